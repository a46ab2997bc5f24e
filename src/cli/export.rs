//! `export`: the plan for other programs and for spreadsheets.

use std::path::Path;

use chrono::{DateTime, Utc};
use rust_xlsxwriter::XlsxError;

use super::args::{self, ExportFormat, Format};
use super::failure::Failure;
use super::folder::{Folder, Loaded, shown};
use super::screen::Screen;
use super::store;
use crate::check;
use crate::domain::{Certificate, Level, Route, Schedule};
use crate::input::SEATS;
use crate::output::plan::Plan;
use crate::output::xlsx::{Named, xlsx};
use crate::output::{exports, quality, views};
use crate::pairs::Pairs;
use crate::report::Figures;

pub fn run(args: &args::Export, screen: &Screen) -> Result<(), Failure> {
    let format = args.format.or_else(|| named_format(args.output.as_deref()));
    if format == Some(ExportFormat::Xlsx) && args.output.is_none() && screen.is_terminal() {
        let hint = "give a file, as `--output plan.xlsx`";
        return Err(Failure::input("a workbook is not text, and standard output is a terminal", hint));
    }
    let folder = Folder::find(&args.event.folder)?;
    let plan = store::plan(&folder)?;
    let loaded = folder.load(&args.event.reading, screen)?;
    if let Some(file) = &args.output {
        can_be_written(&loaded, file)?;
    }
    let Some(format) = format else {
        let hint = "end it in `.csv`, `.xlsx`, `.json` or `.md`, or say `--format`";
        return Err(Failure::input("the name of the file does not tell its format", hint));
    };
    let schedule = store::schedule(&loaded, &plan, screen)?;
    let bytes = match text_format(format) {
        Some(format) => {
            let rows = if args.people { exports::people } else { exports::seats };
            let sheet = rows(&loaded.event, &schedule);
            if args.output.is_none() {
                return screen.sheet(format, &sheet);
            }
            screen.text(format, &sheet, false).into_bytes()
        }
        None => workbook(&loaded, &plan, &schedule, args.people)?,
    };
    match &args.output {
        None => screen.bytes(&bytes),
        Some(file) => {
            store::write_whole(file, &bytes)?;
            screen.note(&format!("wrote `{}`", shown(file)));
            Ok(())
        }
    }
}

/// The format that the name of the file speaks of, CSV when it has no ending; `None` when its ending is of no format.
fn named_format(file: Option<&Path>) -> Option<ExportFormat> {
    let extension = file.and_then(Path::extension).map(|e| e.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        None | Some("csv") => Some(ExportFormat::Csv),
        Some("xlsx") => Some(ExportFormat::Xlsx),
        Some("json") => Some(ExportFormat::Json),
        Some("md" | "markdown") => Some(ExportFormat::Markdown),
        Some(_) => None,
    }
}

/// The format as the other commands have it; `None` for a workbook.
fn text_format(format: ExportFormat) -> Option<Format> {
    match format {
        ExportFormat::Table => Some(Format::Table),
        ExportFormat::Json => Some(Format::Json),
        ExportFormat::Csv => Some(Format::Csv),
        ExportFormat::Markdown => Some(Format::Markdown),
        ExportFormat::Xlsx => None,
    }
}

/// There is a folder for the file, and what the event is made of is not written over.
fn can_be_written(loaded: &Loaded, file: &Path) -> Result<(), Failure> {
    let parent = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let own = loaded.inputs.keys().chain(&loaded.logo).map(|name| loaded.folder.path.join(name));
    let own = own.chain([store::plan_file(&loaded.folder)]).filter_map(|path| path.canonicalize().ok());
    let error = match file.canonicalize() {
        Err(_) if !parent.is_dir() => format!("there is no folder `{}`", shown(parent)),
        Ok(_) if file.is_dir() => format!("`{}` is a folder", shown(file)),
        Ok(target) if own.into_iter().any(|path| path == target) => {
            format!("`{}` is one of the event's own files, and was not written over", shown(file))
        }
        _ => return Ok(()),
    };
    Err(Failure::input(error, "give another file to `--output`"))
}

/// The plan as a workbook: a sheet for each way to look at it, its seats, and how good it is; or its people.
fn workbook(loaded: &Loaded, plan: &Plan, schedule: &Schedule, people: bool) -> Result<Vec<u8>, Failure> {
    let event = &loaded.event;
    let sheets: Vec<Named> = if people {
        vec![("People", exports::people(event, schedule))]
    } else {
        let certificate = certificate(loaded, plan, schedule)?;
        let figures = Figures::new(&Pairs::new(event), schedule, &certificate);
        vec![
            ("Rounds", views::by_round(event, schedule)),
            ("Tables", views::by_table(event, schedule)),
            ("Mentees", views::by_mentee(event, schedule)),
            ("Experts", views::by_expert(event, schedule)),
            (SEATS, exports::seats(event, schedule)),
            ("Quality", quality::figures(event, &figures)),
            ("Certificate", quality::certificate(event, &certificate)),
        ]
    };
    let made = DateTime::parse_from_rfc3339(&plan.made).map_or(DateTime::UNIX_EPOCH, |made| made.with_timezone(&Utc));
    xlsx(&sheets, &event.name, made).map_err(|error| match error {
        XlsxError::RowColumnLimitError => Failure::input(
            "the plan has more than the 1,048,575 rows or 16,384 columns that a sheet of a workbook may have",
            "export it as CSV",
        ),
        error => Failure::Fault(anyhow::Error::new(error).context("cannot make the workbook")),
    })
}

/// How good the plan is. When the files have changed since it was made, its values are counted anew, and its bounds
/// hold no longer.
fn certificate(loaded: &Loaded, plan: &Plan, schedule: &Schedule) -> Result<Certificate, Failure> {
    if plan.inputs == loaded.inputs {
        let name = shown(&store::plan_file(&loaded.folder));
        return plan.certificate().map_err(|unreadable| store::of_file(&unreadable, &name));
    }
    let before = store::before(&loaded.folder, plan)?.map(|before| before.remaining(&loaded.event));
    let values = check::values(&loaded.event, schedule, before.as_ref()).into_iter();
    let levels = values.map(|(priority, value)| Level::new(priority, value, None)).collect();
    Ok(Certificate::new(levels, Route::Adopted, 0, "none".to_owned()))
}
