//! The language as a Markdown page, for people.

use super::reader::either;
use super::{Block, Field, Shape, blocks, prose, quoted_list};

/// The contract language as a Markdown page: every block, every field. The same bytes every time.
pub fn reference() -> String {
    let mut page = String::from(
        "# The contract language\n\n\
         Every block and every field. A scalar is read as the text it is: nothing needs quotes to stay text, and\n\
         `no` is the text `no`.\n",
    );
    for block in blocks() {
        page.push('\n');
        page.push_str(&section(&block));
    }
    page
}

fn section(block: &Block) -> String {
    let mut text = format!("## {}\n\n`{}`: {}\n", heading(block), block.at, prose(block.doc));
    for note in notes(block) {
        text.push_str(&format!("\n{note}\n"));
    }
    text.push_str("\n| field | | value | meaning | example |\n| --- | --- | --- | --- | --- |\n");
    for field in &block.fields {
        text.push_str(&row(field));
    }
    text
}

fn heading(block: &Block) -> String {
    let bare = block.title.split_once(' ').map_or(block.title, |(_, bare)| bare);
    let mut characters = bare.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// What the fields' rows don't say.
fn notes(block: &Block) -> Vec<String> {
    let mut notes = Vec::new();
    if !block.one_of.is_empty() {
        notes.push(format!("Exactly one of {} is there.", quoted_list(&block.one_of)));
    }
    for names in &block.not_both {
        notes.push(format!("At most one of {} is there.", quoted_list(names)));
    }
    for (name, with) in &block.only_with {
        notes.push(format!("`{name}` goes with {} only.", either(with)));
    }
    notes
}

fn row(field: &Field) -> String {
    let need = if field.required { "required" } else { "optional" };
    let cell = |text: &str| text.replace('|', "\\|");
    format!(
        "| `{}` | {need} | {} | {} | `{}: {}` |\n",
        field.name,
        cell(&value(&field.shape)),
        cell(&prose(field.doc)),
        field.name,
        cell(field.example)
    )
}

fn value(shape: &Shape) -> String {
    match shape {
        Shape::Word(rule) => format!("{}: {}", rule.what, rule.advice()),
        Shape::Version(version) => format!("`{version}`"),
        other => other.to_string(),
    }
}
