//! When a scalar needs quotes, and how it is written in them.
//!
//! The rule: a text stands plain if this reader and any YAML 1.2 reader take the plain text apart into the same
//! characters; otherwise in double quotes. What another tool would make of a plain word or number (`no`, `1.10`) is no
//! reason for quotes in a value: the language reads raw text everywhere.

use std::fmt::Write;

/// What is around a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// Nothing, or block collections only.
    Block,
    /// Brackets or braces.
    Flow,
}

/// Whether a text can't stand plain. (A `?` between brackets could; readers of YAML 1.1 stumble over it.)
pub(super) fn is_needed(text: &str, context: Context) -> bool {
    text.is_empty()
        || text.starts_with([' ', '\t'])
        || text.ends_with([' ', '\t', ':'])
        || starts_like_syntax(text)
        || text.contains(": ")
        || text.contains(":\t")
        || text.contains(" #")
        || text.contains("\t#")
        || text == "<<"
        || text.chars().any(needs_escape)
        || (context == Context::Flow && text.contains([',', '[', ']', '{', '}', '?']))
}

/// Whether other tools take a plain text for nothing or for a truth value (YAML 1.1 has more words for these than 1.2).
/// As a value the language alone says what it is; as a key it is a name, which such tools, and editors with the JSON
/// Schema, would not find.
pub(super) fn is_another_tools_constant(text: &str) -> bool {
    let one_case = [text.to_ascii_lowercase(), text.to_ascii_uppercase()].iter().any(|cased| cased == text);
    let capital = text.starts_with(|first: char| first.is_ascii_uppercase())
        && text[1..].chars().all(|rest| rest.is_ascii_lowercase());
    let words = ["~", "null", "true", "false", "yes", "no", "on", "off"];
    (one_case || capital) && words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Indicators, document marks, and a dash that isn't followed by a letter or digit. A colon or question mark with a
/// letter after it could stand, but readers of YAML 1.1 take it for an indicator.
fn starts_like_syntax(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        Some('-') => !characters.next().is_some_and(char::is_alphanumeric),
        Some(first) => "?:[]{},#&*!|>'\"%@`".contains(first) || text.starts_with("..."),
        None => false,
    }
}

/// Characters that YAML doesn't let stand for themselves everywhere, or that nobody could see.
fn needs_escape(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
        || is_invisible(character)
}

/// Marks that change how the text around them looks (bidirectional controls, zero-width joiners): a contract is
/// reviewed by eye, so they are spelt out.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// A text in double quotes, on one line.
pub(super) fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            _ if needs_escape(character) => push_escape(&mut out, u32::from(character)),
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

fn push_escape(out: &mut String, code: u32) {
    // Writing to a String can't fail.
    let _ = match code {
        0..=0xff => write!(out, "\\x{code:02x}"),
        0x100..=0xffff => write!(out, "\\u{code:04x}"),
        _ => write!(out, "\\U{code:08x}"),
    };
}
