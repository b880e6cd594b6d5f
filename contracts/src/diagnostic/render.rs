//! Diagnostics for people, as the Rust compiler shows them.

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str,
};

use super::{Diagnostic, Label, Severity};

/// Columns the report is fitted to, whatever the terminal's width: same input, same bytes.
const WIDTH: usize = 140;

// The renderer makes titles and sources harmless, but neither paths nor labels nor messages; all of them may quote
// names from DDL, and those may hold what a terminal obeys.

/// The report: one block per diagnostic, an empty line between two. Empty for no diagnostics.
pub fn render(diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut text = String::new();
    for diagnostic in diagnostics {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&renderer.render(&[group(diagnostic)]));
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

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group =
        Group::with_title(level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.to_string()));
    for labels in by_file(&diagnostic.labels) {
        group = group.element(snippet(&labels, &diagnostic.labels));
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

fn snippet<'a>(labels: &[&'a Label], all: &'a [Label]) -> Snippet<'a, Annotation<'a>> {
    let file = &labels[0].place.file;
    Snippet::source(file.text.as_str())
        .path(normalize_untrusted_str(&file.name))
        .annotations(labels.iter().map(|label| annotation(label, std::ptr::eq(*label, &all[0]))))
}

fn annotation(label: &Label, primary: bool) -> Annotation<'_> {
    let kind = if primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    let annotation = kind.span(label.place.clamped());
    if label.text.is_empty() { annotation } else { annotation.label(normalize_untrusted_str(&label.text)) }
}
