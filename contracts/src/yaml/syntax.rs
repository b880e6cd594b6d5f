//! What the parser refuses, in our words: one sentence, the place, the next action.

use std::ops::Range;
use std::sync::Arc;

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use crate::codes::{self, Code};
use crate::diagnostic::{Diagnostic, Place, SourceFile};

const QUOTE_HELP: &str = "put the text in quotes";
const INDENT_HELP: &str =
    "entries of one map or list start in one column, two blanks to the right of what they belong to";

/// The diagnostic for a parser's error. `before`: where the last thing that was understood starts; `bracket`: the
/// innermost one that is open there.
pub(super) fn diagnostic(
    file: &Arc<SourceFile>,
    error: &ScanError,
    before: usize,
    bracket: Option<Range<usize>>,
) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(before);
    if let Some(tab) = blamed_tab(&file.text, before..at, bracket.is_some(), error.kind()) {
        return tab_diagnostic(file, tab);
    }
    let (code, message, label, help) = explain(error.kind());
    let diagnostic =
        Diagnostic::error(code, message).label(Place::new(file, word_at(&file.text, at)), label).help(help);
    match bracket {
        // A bracket that was forgotten shows itself only where something else doesn't fit any more.
        Some(bracket) if bracket.start < at => {
            diagnostic.label(Place::new(file, bracket), "inside this bracket")
        }
        _ => diagnostic,
    }
}

/// A tab in the indentation.
pub(super) fn tab_diagnostic(file: &Arc<SourceFile>, tab: Range<usize>) -> Diagnostic {
    Diagnostic::error(codes::YAML_TAB, "a tab is used for indentation")
        .label(Place::new(file, tab), "YAML only knows blanks here")
        .help("indent with blanks, two for each level")
}

/// Tabs in the indentation of lines that say something, comments aside: the range of each line's first run of tabs.
pub(super) fn indentation_tabs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let line_start = start;
        start += line.len();
        let content = line.trim_start_matches([' ', '\t']);
        let indentation = &line[..line.len() - content.len()];
        let tab = indentation.find('\t')?;
        let says_something = !content.trim().is_empty() && !content.starts_with('#');
        let tabs = indentation[tab..].bytes().take_while(|byte| *byte == b'\t').count();
        says_something.then_some(line_start + tab..line_start + tab + tabs)
    })
}

/// The tab that is to blame for an error: one on a line between the last thing the parser understood and the error.
/// Where the parser itself speaks of a tab it is on a later line than it says. Between brackets tabs are blanks.
fn blamed_tab(
    text: &str,
    unclear: Range<usize>,
    in_brackets: bool,
    kind: &ErrorKind,
) -> Option<Range<usize>> {
    let about_tabs = is_about_tabs(kind);
    let first_line = line_start(text, unclear.start);
    let tab = indentation_tabs(text).find(|tab| tab.start >= first_line);
    if let Some(tab) = tab.filter(|tab| about_tabs || (tab.start <= unclear.end && !in_brackets)) {
        return Some(tab);
    }
    let line = line_start(text, unclear.end);
    let tab = line + text[line..].find('\t').filter(|_| about_tabs)?;
    Some(tab..tab + 1)
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..text.floor_char_boundary(offset)].rfind('\n').map_or(0, |newline| newline + 1)
}

const fn is_about_tabs(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TabNotAllowed
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabInIndentation
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInPlainScalar
            | ErrorKind::InvalidBlockEntryWhitespace
            | ErrorKind::InvalidMappingValueWhitespace
    )
}

/// From an offset to the next blank; nothing at the end of a line.
fn word_at(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at);
    let word = text[at..].find(|c: char| c.is_whitespace()).unwrap_or(text.len() - at);
    at..at + word
}

/// Code, message, label and help of an error.
fn explain(kind: &ErrorKind) -> (Code, String, &'static str, &'static str) {
    match kind {
        ErrorKind::DirectiveDisallowed => (
            codes::YAML_DIRECTIVE,
            "a YAML directive is used".to_owned(),
            "starts with `%`",
            "delete the line; a contract says its version by `contract: 1`",
        ),
        ErrorKind::BomInsideDocument => (
            codes::YAML_BOM,
            "a byte order mark stands inside the file".to_owned(),
            "here, though it can't be seen",
            "delete the character U+FEFF",
        ),
        ErrorKind::RecursionLimitExceeded => depth(),
        kind if is_tag_error(kind) => (
            codes::YAML_TAG,
            "a tag is used".to_owned(),
            "starts with `!`",
            "delete the tag, or put the text in quotes if the `!` belongs to it",
        ),
        _ => {
            let (message, label, help) = explain_syntax(kind);
            (codes::YAML_SYNTAX, message, label, help)
        }
    }
}

/// What is said of collections nested too deeply.
pub(super) fn depth() -> (Code, String, &'static str, &'static str) {
    (
        codes::YAML_DEPTH,
        format!("collections are nested more than {} deep", super::MAX_DEPTH),
        "one more starts here",
        "no part of a contract needs this; look for brackets that were opened by mistake",
    )
}

const fn is_tag_error(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UndeclaredTagHandle
            | ErrorKind::ExpectedTagBang
            | ErrorKind::InvalidGlobalTagCharacter
            | ErrorKind::InvalidTagTerminator
            | ErrorKind::MissingTagUri
            | ErrorKind::UnclosedVerbatimTag
            | ErrorKind::InvalidTagEscape
            | ErrorKind::InvalidTagUtf8LeadingByte
            | ErrorKind::InvalidTagUtf8TrailingByte
            | ErrorKind::InvalidTagUtf8
    )
}

fn explain_syntax(kind: &ErrorKind) -> (String, &'static str, &'static str) {
    match kind {
        ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => (
            "a quoted text isn't closed".to_owned(),
            "opened here",
            "add the closing quote; a quote inside is written `''` in single quotes and `\\\"` in double quotes",
        ),
        ErrorKind::UnclosedFlowCollection { open } => {
            (format!("a `{open}` isn't closed"), "opened here", "add the closing bracket")
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => (
            format!("a `{open}` is closed by a `{close}`"),
            "opened here",
            "a list is written `[…]`, a map `{ … }`; put texts that hold brackets in quotes",
        ),
        ErrorKind::MisplacedFlowCollectionEnd => {
            ("a bracket is closed that wasn't opened".to_owned(), "", QUOTE_HELP)
        }
        ErrorKind::UnexpectedEofFlowSequence | ErrorKind::ExpectedFlowSequenceSeparator => (
            "expected `,` or a closing bracket".to_owned(),
            "here",
            "put a comma between the elements; put texts that hold commas or brackets in quotes",
        ),
        ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator => (
            "expected `,` or a closing bracket".to_owned(),
            "here",
            "put a comma between the entries; put texts that hold commas or brackets in quotes",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => (
            "expected `:` after a key".to_owned(),
            "this is neither a key nor part of what stands above",
            "write `key: value`, or check the indentation",
        ),
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::FlowMappingValueAdjacentCollection => (
            "a `:` can't make a key here".to_owned(),
            "",
            "put the text in quotes if the colon belongs to it; otherwise check the indentation of this line",
        ),
        ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::UnexpectedEofBlockMapping
        | ErrorKind::UnexpectedEofBlockSequence
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::InvalidFlowScalarIndent
        | ErrorKind::InvalidBlockScalarIndent => {
            ("this doesn't continue what stands above".to_owned(), "", INDENT_HELP)
        }
        ErrorKind::UnexpectedCharacter { character: '`' } => {
            ("a text can't start with a backquote".to_owned(), "", QUOTE_HELP)
        }
        ErrorKind::UnexpectedCharacter { character } => {
            (format!("a text can't start with `{character}`"), "", QUOTE_HELP)
        }
        ErrorKind::BlockEntryInFlowCollection | ErrorKind::PlainScalarStartsWithDashFlowIndicator => (
            "a `-` can't start an element inside brackets".to_owned(),
            "",
            "separate the elements by commas, without `-`",
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "text follows a closing quote".to_owned(),
            "",
            "put the whole text in quotes; a quote inside is written `''` in single quotes and `\\\"` in double quotes",
        ),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate => (
            "double quotes hold an escape that YAML doesn't know".to_owned(),
            "",
            "write a backslash as `\\\\`, or use single quotes, where backslashes are plain",
        ),
        ErrorKind::CommentNotSeparated => (
            "a comment must be apart from what stands before it".to_owned(),
            "",
            "put a blank before the `#`, or quotes around the text if the `#` belongs to it",
        ),
        ErrorKind::CommentInterceptedScalar => (
            "a text goes on after a comment".to_owned(),
            "",
            "put the text on one line, or the comment on a line of its own above it",
        ),
        other => (
            sentence(&other.to_string()),
            "",
            "see the YAML 1.2 syntax; putting texts in quotes is always safe",
        ),
    }
}

/// The parser's own words in the house style.
fn sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(characters).collect()
}
