//! Diagnostics as text for people: the place underlined in its line, and what to do.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::diagnostic::{Diagnostic, Place, Severity};

/// The diagnostics as text for people, underlined in their files; `width` is in columns of the terminal.
pub fn render(diagnostics: &[Diagnostic], colour: bool, width: usize) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(width);
    let each: Vec<String> = diagnostics.iter().map(|diagnostic| one(diagnostic, &renderer)).collect();
    each.concat()
}

fn one(diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(harmless(&diagnostic.message));
    let mut groups = vec![match &diagnostic.place {
        Some(place) => title.element(snippet(place)),
        None => annotate_snippets::Group::with_title(title),
    }];
    if let Some(hint) = &diagnostic.hint {
        let hint = Level::HELP.with_name("hint").secondary_title(harmless(hint));
        groups.push(annotate_snippets::Group::with_title(hint));
    }
    if diagnostic.place.is_some() {
        return format!("{}\n\n", renderer.render(&groups));
    }
    // Without lines of a file between them there is nothing for the bar in front of those lines to join.
    let groups: Vec<_> = groups.into_iter().map(|group| renderer.render(&[group])).collect();
    format!("{}\n\n", groups.join("\n"))
}

fn snippet(place: &Place) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
    let text = |range: std::ops::Range<usize>| harmless(place.source.get(range).unwrap_or_default());
    let before = text(0..place.span.start);
    let cell = text(place.span.clone());
    let after = text(place.span.end..place.source.len());
    let span = before.len()..before.len() + cell.len();
    let column = place.column.as_deref().map(|column| format!("`{}`", harmless(column)));
    let reference = place.reference.as_ref().map(|cell| format!("cell {cell}"));
    let label: Vec<String> = column.into_iter().chain(reference).collect();
    let annotation = AnnotationKind::Primary.span(span).label((!label.is_empty()).then(|| label.join(", ")));
    Snippet::source(before + &cell + &after).line_start(place.line).path(harmless(&place.file)).annotation(annotation)
}

/// The text without characters that could steer a terminal or turn the direction of writing.
fn harmless(text: &str) -> String {
    let tame = |c: char| match c {
        '\t' => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{61c}' => {
            char::REPLACEMENT_CHARACTER
        }
        c => c,
    };
    text.chars().map(tame).collect()
}
