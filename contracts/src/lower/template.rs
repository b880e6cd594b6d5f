//! Key templates as text: `ORDER#{id}`, `{email:fold}`, `{{` and `}}` for braces.

use std::ops::Range;

/// A part of a template as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TemplatePart {
    /// Text that stands in every key, its braces undoubled.
    Literal(String),
    /// What stands between braces, and where: bytes of the template's text, without the braces.
    Variable {
        /// As written.
        text: String,
        /// Its bytes.
        range: Range<usize>,
    },
}

/// What is wrong with a template's braces, and where.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TemplateError {
    /// What is wrong.
    pub(crate) what: TemplateMistake,
    /// Bytes of the template's text.
    pub(crate) range: Range<usize>,
}

/// The ways braces can be wrong.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum TemplateMistake {
    /// `{` without `}`.
    NotClosed,
    /// `}` without `{`.
    NotOpened,
    /// `{}`.
    Empty,
}

/// Splits a template into its parts; every mistake at once.
pub(crate) fn parse(text: &str) -> Result<Vec<TemplatePart>, Vec<TemplateError>> {
    let mut parts = Vec::new();
    let mut mistakes = Vec::new();
    let mut literal = String::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let rest = &text[at..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            literal.push(character);
            at += 2;
        } else if character == '{' {
            if !literal.is_empty() {
                parts.push(TemplatePart::Literal(std::mem::take(&mut literal)));
            }
            at = variable(text, at, &mut parts, &mut mistakes);
        } else {
            if character == '}' {
                mistakes.push(TemplateError { what: TemplateMistake::NotOpened, range: at..at + 1 });
            }
            literal.push(character);
            at += character.len_utf8();
        }
    }
    if !literal.is_empty() {
        parts.push(TemplatePart::Literal(literal));
    }
    if mistakes.is_empty() { Ok(parts) } else { Err(mistakes) }
}

/// Reads the variable that opens at `open`; gives where to go on.
fn variable(
    text: &str,
    open: usize,
    parts: &mut Vec<TemplatePart>,
    mistakes: &mut Vec<TemplateError>,
) -> usize {
    let start = open + 1;
    let end = match text[start..].find(['{', '}']) {
        Some(length) if text[start + length..].starts_with('}') => start + length,
        other => {
            mistakes.push(TemplateError { what: TemplateMistake::NotClosed, range: open..open + 1 });
            return other.map_or(text.len(), |length| start + length);
        }
    };
    let range = trimmed(text, start..end);
    if range.is_empty() {
        mistakes.push(TemplateError { what: TemplateMistake::Empty, range: open..end + 1 });
    } else {
        parts.push(TemplatePart::Variable { text: text[range.clone()].to_owned(), range });
    }
    end + 1
}

/// The range without the blanks at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let start = range.start + (inner.len() - inner.trim_start().len());
    start..start + inner.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> TemplatePart {
        TemplatePart::Literal(text.to_owned())
    }

    fn variable(text: &str, range: Range<usize>) -> TemplatePart {
        TemplatePart::Variable { text: text.to_owned(), range }
    }

    #[test]
    fn parts_come_in_order_with_their_places() {
        assert_eq!(
            parse("ORDER#{id}#{ email:fold }"),
            Ok(vec![literal("ORDER#"), variable("id", 7..9), literal("#"), variable("email:fold", 13..23)])
        );
        assert_eq!(parse("é{x}"), Ok(vec![literal("é"), variable("x", 3..4)]));
    }

    #[test]
    fn doubled_braces_are_braces() {
        assert_eq!(parse("{{{a}}}"), Ok(vec![literal("{"), variable("a", 3..4), literal("}")]));
        assert_eq!(parse("a{{b}}c"), Ok(vec![literal("a{b}c")]));
    }

    #[test]
    fn every_unmatched_brace_is_found_where_it_is() {
        let mistake = |what, range| TemplateError { what, range };
        assert_eq!(
            parse("{a{b}} {} {c"),
            Err(vec![
                mistake(TemplateMistake::NotClosed, 0..1),
                mistake(TemplateMistake::NotOpened, 5..6),
                mistake(TemplateMistake::Empty, 7..9),
                mistake(TemplateMistake::NotClosed, 10..11),
            ])
        );
    }
}
