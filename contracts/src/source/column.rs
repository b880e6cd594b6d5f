//! A column's text: its type, then its options in any order.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use super::lexer::{self, Lexer};
use super::text::TextError;
use super::types::{self, RawType, TypeOptions, unexpected};
use super::{SourceColumn, SourceType};
use crate::codes;
use crate::diagnostic::suggest;

/// The words that options start with.
const OPTIONS: [&str; 7] =
    ["unsigned", "collate", "null", "auto_increment", "default", "on update", "generated"];

/// Words that MySQL takes here and a contract doesn't, and what to do about each.
const REFUSED: &[(&str, &str)] = &[
    ("not", "delete `not null`: a column is NOT NULL unless its text says `null`"),
    (
        "zerofill",
        "delete it, but keep the `unsigned` it stands for; zeros only change how MySQL shows the number",
    ),
    ("signed", "delete it: a number is signed unless its text says `unsigned`"),
    ("character", "delete it; the collation says the character set: `collate utf8mb4_bin`"),
    ("charset", "delete it; the collation says the character set: `collate utf8mb4_bin`"),
    ("binary", "delete it; say the collation: `collate utf8mb4_bin`"),
    ("ascii", "delete it; say the collation: `collate ascii_general_ci`"),
    ("comment", "delete it; YAML comments can say it"),
    ("primary", "delete it, and list the column in the table's `primary_key`"),
    ("key", "delete it, and list the column in the table's `primary_key`, `unique` or `indexes`"),
    ("unique", "delete it, and list the column in the table's `unique`"),
    ("references", "delete it, and say it in the table's `foreign_keys`"),
    ("check", "delete it, and say it in the table's `checks`"),
    ("as", "write `generated (…)`"),
    ("stored", "delete it: it makes no difference to what is read"),
    ("persistent", "delete it: it makes no difference to what is read"),
    ("virtual", "delete it: it makes no difference to what is read"),
    ("visible", "delete it: it makes no difference to what is read"),
    ("invisible", "delete it: columns are always read by name"),
    ("srid", "write it inside the parentheses: `other(point srid 4326)`"),
];

/// Words that are an expression on their own.
const WORDS: [&str; 12] = [
    "null",
    "true",
    "false",
    "current_timestamp",
    "current_date",
    "current_time",
    "current_user",
    "localtime",
    "localtimestamp",
    "utc_timestamp",
    "utc_date",
    "utc_time",
];

/// Reads a column's text into a column without a name.
///
/// NOT NULL is the default; text types need a collation. DEFAULT and ON UPDATE keep their SQL: a string, a number, a
/// word like `null` or `current_timestamp`, a call, or anything in parentheses.
///
/// # Errors
/// The first mistake, with its bytes in the text.
pub fn parse_column(text: &str) -> Result<SourceColumn, TextError> {
    let mut lexer = Lexer::new(text);
    let ty = types::read(&mut lexer)?;
    let mut options = Options::default();
    while lexer.peek().is_some() {
        options.read(&mut lexer)?;
    }
    options.check(&ty)?;
    let nullable = options.null.is_some();
    let auto_increment = options.auto_increment.is_some();
    let own = |found: Option<(String, Range<usize>)>| found.map(|(text, _)| text);
    Ok(SourceColumn {
        name: String::new(),
        ty: ty.build(options.of_type)?,
        nullable,
        auto_increment,
        default: own(options.default),
        on_update: own(options.on_update),
        generated: own(options.generated),
    })
}

/// What was read after the type, each with the place of its words.
#[derive(Default)]
struct Options {
    of_type: TypeOptions,
    null: Option<Range<usize>>,
    auto_increment: Option<Range<usize>>,
    default: Option<(String, Range<usize>)>,
    on_update: Option<(String, Range<usize>)>,
    generated: Option<(String, Range<usize>)>,
}

impl Options {
    fn read(&mut self, lexer: &mut Lexer<'_>) -> Result<(), TextError> {
        let Some((word, range)) = lexer.word() else {
            let (found, range) = lexer.misfit();
            let help = if self.default.is_some() && "+-*/%|&^<>=!".contains(found) {
                "put the whole expression in parentheses".to_owned()
            } else {
                format!("after the type, a column takes {}", listed())
            };
            return Err(TextError::new(codes::COLUMN_WORD, range, unexpected(found)).help(help));
        };
        match word.as_str() {
            "unsigned" => once(&mut self.of_type.unsigned, range.clone(), &word, range),
            "null" => once(&mut self.null, range.clone(), &word, range),
            "auto_increment" => once(&mut self.auto_increment, range.clone(), &word, range),
            "collate" => {
                let name = collation_name(lexer, &range)?;
                let whole = range.start..lexer.position();
                once(&mut self.of_type.collation, (name, whole.clone()), &word, whole)
            }
            "default" => {
                let sql = expression(lexer, "default")?;
                once(&mut self.default, (sql, range.clone()), &word, range)
            }
            "on" => {
                on_update_words(lexer, &range)?;
                let whole = range.start..lexer.position();
                let sql = expression(lexer, "on update")?;
                once(&mut self.on_update, (sql, whole.clone()), "on update", whole)
            }
            "generated" => {
                let sql = generated(lexer, &range)?;
                once(&mut self.generated, (sql, range.clone()), &word, range)
            }
            _ => Err(unknown(&word, range)),
        }
    }

    /// What doesn't go together.
    fn check(&self, ty: &RawType) -> Result<(), TextError> {
        let misfit = |range: &Range<usize>, what: &str, help: &str| {
            Err(TextError::new(
                codes::COLUMN_OPTION,
                range.clone(),
                format!("`{}` has no `{what}`", ty.name()),
            )
            .help(help))
        };
        if let (Some(range), false) = (&self.auto_increment, ty.counts()) {
            return misfit(range, "auto_increment", "delete it; only integers, float and double can count");
        }
        if let (Some((_, range)), false) = (&self.on_update, ty.keeps_time()) {
            return misfit(range, "on update", "delete it; only datetime and timestamp take it");
        }
        let against = |range: &Range<usize>, message: &str, help: &str| {
            Err(TextError::new(codes::COLUMN_TWICE, range.clone(), message).help(help))
        };
        if self.generated.is_some() {
            let auto_increment = self.auto_increment.as_ref();
            let valued =
                auto_increment.or(self.default.as_ref().or(self.on_update.as_ref()).map(|(_, range)| range));
            if let Some(range) = valued {
                let message = "a generated column has no value of its own";
                return against(range, message, "delete this, or `generated` and its expression");
            }
        }
        if let Some((sql, range)) = &self.default {
            if self.auto_increment.is_some() {
                return against(
                    range,
                    "a column that counts has no default",
                    "delete `default` or `auto_increment`",
                );
            }
            if sql.eq_ignore_ascii_case("null") && self.null.is_none() {
                return against(
                    range,
                    "the default is null, but the column can't be null",
                    "add `null`, or delete the default",
                );
            }
        }
        Ok(())
    }
}

fn once<T>(slot: &mut Option<T>, value: T, word: &str, range: Range<usize>) -> Result<(), TextError> {
    if slot.is_some() {
        return Err(TextError::new(codes::COLUMN_TWICE, range, format!("`{word}` is given twice"))
            .label("the second time")
            .help("keep one of the two"));
    }
    *slot = Some(value);
    Ok(())
}

fn unknown(word: &str, range: Range<usize>) -> TextError {
    if let Some((_, help)) = REFUSED.iter().find(|(refused, _)| *refused == word) {
        let message = format!("a column's text has no `{word}`");
        return TextError::new(codes::COLUMN_REDUNDANT, range, message).help(*help);
    }
    let error = TextError::new(codes::COLUMN_WORD, range, unexpected(word));
    match suggest(word, OPTIONS) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help(format!("after the type, a column takes {}", listed())),
    }
}

fn listed() -> String {
    OPTIONS.map(|option| format!("`{option}`")).join(", ")
}

fn collation_name(lexer: &mut Lexer<'_>, word: &Range<usize>) -> Result<String, TextError> {
    lexer.word().map(|(name, _)| name).ok_or_else(|| {
        let range = word.start..lexer.position();
        TextError::new(codes::COLUMN_WORD, range, "`collate` doesn't say which collation")
            .help("add its name: `collate utf8mb4_0900_ai_ci`")
    })
}

fn on_update_words(lexer: &mut Lexer<'_>, on: &Range<usize>) -> Result<(), TextError> {
    let range = match lexer.word() {
        Some((word, _)) if word == "update" => return Ok(()),
        Some((_, range)) => on.start..range.end,
        None => on.clone(),
    };
    Err(TextError::new(codes::COLUMN_WORD, range, "expected `on update`").help(
        "write `on update current_timestamp`; a foreign key's actions stand in the table's `foreign_keys`",
    ))
}

fn generated(lexer: &mut Lexer<'_>, word: &Range<usize>) -> Result<String, TextError> {
    let start = lexer.peek().map_or(word.start, |_| lexer.position());
    let inner = if lexer.peek() == Some('(') { lexer.parenthesized()? } else { "" };
    if inner.is_empty() {
        let (_, range) = lexer.misfit();
        return Err(TextError::new(
            codes::COLUMN_EXPRESSION,
            start..range.end,
            "`generated` needs an expression",
        )
        .help("write it in parentheses, without `always as`: `generated (concat(a, b))`"));
    }
    Ok(inner.to_owned())
}

/// An SQL expression as `default` and `on update` take it; its text is kept.
fn expression(lexer: &mut Lexer<'_>, after: &str) -> Result<String, TextError> {
    lexer.skip_blanks();
    let start = lexer.position();
    if matches!(lexer.adjacent(), Some('+' | '-')) {
        lexer.misfit();
        lexer.skip_blanks();
    }
    let signed = lexer.position() > start;
    match lexer.adjacent() {
        Some('0'..='9' | '.') => number(lexer, after)?,
        Some('\'') if !signed => {
            lexer.string()?;
        }
        Some('(') if !signed => {
            lexer.parenthesized()?;
        }
        Some('a'..='z' | 'A'..='Z' | '_') if !signed => word_expression(lexer, after)?,
        _ => {
            let (_, range) = lexer.misfit();
            return Err(not_an_expression(range, after));
        }
    }
    Ok(lexer.since(start).to_owned())
}

/// `12`, `1.5e-3`, `0x1F`.
fn number(lexer: &mut Lexer<'_>, after: &str) -> Result<(), TextError> {
    let start = lexer.position();
    lexer.take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '_'));
    let exponent = lexer.since(start).strip_suffix(['e', 'E']).is_some_and(is_decimal);
    if let (true, Some(sign @ ('+' | '-'))) = (exponent, lexer.adjacent()) {
        lexer.advance(sign);
        lexer.take_while(|c| c.is_alphanumeric() || c == '_');
    }
    let written = lexer.since(start);
    let digits = |prefix: &str, radix| {
        written
            .strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_digit(radix)))
    };
    if is_decimal(written) || digits("0x", 16) || digits("0b", 2) {
        Ok(())
    } else {
        Err(not_an_expression(start..lexer.position(), after))
    }
}

/// Digits with at most one point, and an exponent.
fn is_decimal(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || c == '.') && text.parse::<f64>().is_ok()
}

/// `null`, `current_timestamp(6)`, `uuid()`, `b'01'`, `_utf8mb4'x'`.
fn word_expression(lexer: &mut Lexer<'_>, after: &str) -> Result<(), TextError> {
    let Some((word, range)) = lexer.word() else { return Ok(()) };
    match lexer.adjacent() {
        Some('\'') if matches!(word.as_str(), "b" | "x" | "n") || word.starts_with('_') => {
            lexer.string()?;
        }
        Some('(') => {
            lexer.parenthesized()?;
        }
        _ if WORDS.contains(&word.as_str()) => {}
        _ => return Err(not_an_expression(range, after)),
    }
    Ok(())
}

fn not_an_expression(range: Range<usize>, after: &str) -> TextError {
    TextError::new(codes::COLUMN_EXPRESSION, range, format!("`{after}` needs an SQL expression")).help(
        "write a text in single quotes, a number, `null`, `current_timestamp`, or anything else in parentheses",
    )
}

/// SQL as it stands after `default` and `on update`: what is no single piece of it needs parentheses to have an end.
#[must_use]
pub fn expression_text(sql: &str) -> Cow<'_, str> {
    if is_expression(sql) { Cow::Borrowed(sql) } else { Cow::Owned(format!("({sql})")) }
}

/// Whether a text can stand after `default` as it is.
fn is_expression(text: &str) -> bool {
    let mut lexer = Lexer::new(text);
    expression(&mut lexer, "default").is_ok_and(|read| read == text)
}

/// The column's text, without its name.
impl fmt::Display for SourceColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.ty)?;
        if self.nullable {
            f.write_str(" null")?;
        }
        if self.auto_increment {
            f.write_str(" auto_increment")?;
        }
        for (word, sql) in [("default", &self.default), ("on update", &self.on_update)] {
            if let Some(sql) = sql {
                write!(f, " {word} {}", expression_text(sql))?;
            }
        }
        match &self.generated {
            Some(sql) => write!(f, " generated ({sql})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for SourceType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(ty) => write!(f, "{ty}"),
            Self::Other(text) if lexer::is_balanced(text) && !text.starts_with('\'') => {
                write!(f, "other({text})")
            }
            Self::Other(text) => write!(f, "other({})", lexer::quoted(text)),
        }
    }
}
