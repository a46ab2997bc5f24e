//! Pieces of the kit in a page of HTML that stands by itself.

use std::fmt::Write;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::badges::{self, Badges};
use super::door_list::DoorList;
use super::expert_sheets::ExpertSheets;
use super::facts::Facts;
use super::mentee_cards::MenteeCards;
use super::paper::{Layout, Size};
use super::run_of_show::RunOfShow;
use super::sit_outs::SitOuts;
use super::spare_blanks::blanks;
use super::table_cards::TableCards;
use super::table_signs::{self, TableSigns};
use super::wording::{about, css_string, shown};
use super::{Kit, MARGIN, Piece};
use crate::domain::Event;

/// What all pages have in common.
const STYLE: &str = include_str!("style.css");

#[derive(Template)]
#[template(path = "print/document.html")]
struct Document<'a> {
    language: &'a str,
    direction: &'static str,
    title: String,
    style: &'static str,
    paper: String,
    body: String,
}

/// These pieces of the kit, in their order, as HTML.
///
/// # Errors
///
/// None that input could cause: the templates have no step that fails.
pub fn document(kit: &Kit, pieces: &[Piece]) -> askama::Result<String> {
    let facts = Facts::new(kit);
    let text = &kit.event.text;
    let body: askama::Result<String> = pieces.iter().map(|&piece| section(&facts, piece)).collect();
    let piece = match pieces {
        [one] => one.name(),
        _ => "venue-kit",
    };
    let document = Document {
        language: &text.language,
        direction: if text.right_to_left { "rtl" } else { "ltr" },
        title: format!("{} · {piece}", shown(&kit.event.name)),
        style: STYLE,
        paper: paper(kit.event, &facts),
        body: body?,
    };
    document.render()
}

fn section(facts: &Facts, piece: Piece) -> askama::Result<String> {
    match piece {
        Piece::TableSigns => TableSigns::new(facts).render(),
        Piece::TableCards => TableCards::new(facts).render(),
        Piece::ExpertSheets => ExpertSheets::new(facts).render(),
        Piece::MenteeCards => MenteeCards::new(facts).render(),
        Piece::Badges => Badges::new(facts).render(),
        Piece::DoorList => DoorList::new(facts).render(),
        Piece::RunOfShow => RunOfShow::new(facts).render(),
        Piece::SitOuts => SitOuts::new(facts).render(),
        Piece::SpareBlanks => blanks(facts),
    }
}

/// The part of the style sheet that the event decides: sizes of paper, accent, logo.
fn paper(event: &Event, facts: &Facts) -> String {
    let mut style = format!(":root{{--accent:{}}}\n", event.print.accent);
    if let Some(logo) = &event.print.logo {
        let data = STANDARD.encode(&logo.bytes);
        let _ =
            writeln!(style, "span.logo{{display:block;background-image:url(data:{};base64,{data})}}", logo.media_type);
    }
    let sheets = [
        ("table-signs", table_signs::layout(event).sheet),
        ("badges", badges::layout(event).sheet),
        ("mentee-cards", Layout::halves(event.print.paper).sheet),
    ];
    for (name, Size { width, height }) in sheets {
        let _ = writeln!(
            style,
            "@page {name}{{size:{width}mm {height}mm;margin:0}}\
             .{name}{{page:{name}}}.{name} .sheet,.{name} .marks{{width:{width}mm;height:{height}mm}}"
        );
    }
    let Size { width, height } = Size::of(event.print.paper);
    let (name, plan) = (css_string(&shown(&event.name)), css_string(&about(&facts.labels.plan, facts.kit.revision)));
    let _ = writeln!(
        style,
        "@page upright{{size:{width}mm {height}mm;margin:{MARGIN}mm;\
         @bottom-left{{content:{name}}}@bottom-center{{content:{plan}}}\
         @bottom-right{{content:counter(page) \" / \" counter(pages)}}}}\n\
         .page{{page:upright}}@media screen{{.page{{width:{width}mm;padding:{MARGIN}mm}}}}"
    );
    style
}
