//! Diagnostics for people, as the Rust compiler shows them.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str,
};

use super::position::Positions;
use super::{Diagnostic, Label, Severity};

/// Columns the report is fitted to, whatever the terminal's width: same input, same bytes.
const WIDTH: usize = 140;

// The renderer makes titles and sources harmless, but neither paths nor labels nor messages; all of them may quote
// names from DDL, and those may hold what a terminal obeys.

/// The report: one block per diagnostic, an empty line between two. Empty for no diagnostics.
pub fn render(diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut positions = Positions::default();
    let mut text = String::new();
    for diagnostic in diagnostics {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&renderer.render(&[group(diagnostic, &mut positions)]));
        text.push('\n');
    }
    text
}

/// How many there are: `2 errors, 1 warning`; empty for none.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let counts = [(errors, "error"), (diagnostics.len() - errors, "warning")];
    let parts = counts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> =
        parts.map(|(count, word)| format!("{count} {word}{}", if *count == 1 { "" } else { "s" })).collect();
    parts.join(", ")
}

fn group<'a>(diagnostic: &'a Diagnostic, positions: &mut Positions) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group =
        Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.to_string()));
    for labels in by_file(&diagnostic.labels) {
        group = group.element(snippet(&labels, &diagnostic.labels, positions));
    }
    if !diagnostic.help.is_empty() {
        group = group.element(Level::HELP.message(normalize_untrusted_str(&diagnostic.help)));
    }
    group
}

/// The labels by file, files in the order they are first named.
fn by_file(labels: &[Label]) -> Vec<Vec<&Label>> {
    let mut files: Vec<Vec<&Label>> = Vec::new();
    for label in labels {
        match files.iter_mut().find(|known| known[0].place.file == label.place.file) {
            Some(known) => known.push(label),
            None => files.push(vec![label]),
        }
    }
    files
}

/// The lines from the first label to the last: the renderer reads every line it is given, for every diagnostic.
fn snippet<'a>(
    labels: &[&'a Label],
    all: &'a [Label],
    positions: &mut Positions,
) -> Snippet<'a, Annotation<'a>> {
    let file = &labels[0].place.file;
    let ranges = || labels.iter().map(|label| label.place.clamped());
    let first = ranges().map(|range| range.start).min().unwrap_or_default();
    let last = ranges().map(|range| range.end).max().unwrap_or_default();
    let start = file.text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    let end = file.text[last..].find('\n').map_or(file.text.len(), |newline| last + newline + 1);
    Snippet::source(&file.text[start..end])
        .path(normalize_untrusted_str(&file.name))
        .line_start(positions.find(file, start).line)
        .annotations(labels.iter().map(|label| annotation(label, start, std::ptr::eq(*label, &all[0]))))
}

/// `offset`: where the shown lines start.
fn annotation(label: &Label, offset: usize, primary: bool) -> Annotation<'_> {
    let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let range = label.place.clamped();
    let annotation = kind.span(range.start - offset..range.end - offset);
    if label.text.is_empty() { annotation } else { annotation.label(normalize_untrusted_str(&label.text)) }
}
