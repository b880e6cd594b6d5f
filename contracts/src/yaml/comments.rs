//! Comments: the text of one, and the way from `#` to it and back.

use super::Line;

/// A comment's text as it was written: without `#`, one blank after it, and blanks at the end.
pub(super) fn text_of(raw: &str) -> String {
    clean(raw.strip_prefix(' ').unwrap_or(raw).trim_end())
}

/// A text made fit for a comment: a control character would end the line or hide what follows, one of directions would
/// show words in another order than they are read in.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if is_forbidden(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn is_forbidden(character: char) -> bool {
    (character.is_control() && character != '\t')
        || matches!(character, '\u{feff}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The comment as it stands in a file. Text that starts with `#` or `!` keeps close to its `#`: `## Title`, `#!run`.
pub(super) fn written(text: &str) -> String {
    let text = clean(text.trim_end());
    if text.is_empty() || text.starts_with(['#', '!']) { format!("#{text}") } else { format!("# {text}") }
}

/// Lines as they are kept: no two empty ones in a row, none at the start of what stands `first` in its collection,
/// none at the end of what stands `last`.
pub(super) fn tidy(lines: &[Line], first: bool, last: bool) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::new();
    for line in lines {
        let after_blank = kept.last().map_or(first, |line| *line == Line::Blank);
        if *line != Line::Blank || !after_blank {
            kept.push(line.clone());
        }
    }
    if last && kept.last() == Some(&Line::Blank) {
        kept.pop();
    }
    kept
}
