//! How a value stands in a key template: in full, folded, or in a form of its own.

use migratable_core::Text;
use migratable_core::key::KeyFormat;
use migratable_core::mysql::MySqlType;
use migratable_core::pattern::Pattern;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::Scalar;

/// How a value stands in a key.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Form {
    /// As every value of its type is written in keys.
    Full,
    /// A text made equal to whatever its collation holds equal to it.
    Folded,
    /// In a form of its own.
    Format(KeyFormat),
}

impl Form {
    /// Whether two values that differ have two texts.
    pub(crate) const fn tells_apart(&self) -> bool {
        match self {
            Self::Full | Self::Folded => true,
            Self::Format(format) => format.gives_back(),
        }
    }

    /// The most bytes a value of a type has.
    pub(crate) fn max_bytes(&self, ty: &MySqlType) -> u64 {
        match self {
            Self::Full | Self::Folded => migratable_core::key::max_bytes(ty),
            Self::Format(format) => format.max_bytes(ty),
        }
    }

    /// Whether something has to end a value of this type.
    pub(crate) fn is_variable_length(&self, ty: &MySqlType) -> bool {
        !matches!(self, Self::Format(_)) && migratable_core::key::is_variable_length(ty)
    }
}

/// What stands between braces, in parts: a path, where it starts, and what is asked of it.
#[derive(Debug, PartialEq)]
pub(super) struct Written<'w> {
    /// The path.
    pub(super) path: &'w str,
    /// Its first byte.
    pub(super) start: usize,
    /// What is asked of it, and the byte it starts at: `fold`, a pattern, a width, or the shards.
    pub(super) asked: Option<Asked<'w>>,
}

/// What is asked of a value in a key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Asked<'w> {
    /// What stands behind the first colon, and where.
    Format(&'w str, usize),
    /// What stands behind the comma in `shard(PATH, N)`, and where.
    Shards(&'w str, usize),
}

/// Takes apart what stands between braces.
pub(super) fn split(written: &str) -> Written<'_> {
    if let Some(inner) = written.strip_prefix("shard(").and_then(|rest| rest.strip_suffix(')'))
        && let Some((path, shards)) = inner.rsplit_once(',')
    {
        let start = "shard(".len() + (path.len() - path.trim_start().len());
        let at = "shard(".len() + path.len() + 1 + (shards.len() - shards.trim_start().len());
        return Written { path: path.trim(), start, asked: Some(Asked::Shards(shards.trim(), at)) };
    }
    // A pattern may have colons of its own.
    match written.find(':') {
        Some(colon) => split_at(written, colon),
        None => Written { path: written, start: 0, asked: None },
    }
}

/// Takes it apart at a colon.
pub(super) fn split_at(written: &str, colon: usize) -> Written<'_> {
    let asked = Some(Asked::Format(&written[colon + 1..], colon + 1));
    Written { path: &written[..colon], start: 0, asked }
}

/// The fewest shards that are any.
const MIN_SHARDS: u32 = 2;

/// The most: a question reads them all.
const MAX_SHARDS: u32 = 1_000;

/// How a value of this type stands in a key. `None` for the type is one that is not known, of which nothing is said.
pub(super) fn form(
    written: &Scalar,
    asked: Option<Asked<'_>>,
    ty: Option<&MySqlType>,
) -> Result<Form, Diagnostic> {
    let refuse = |text: &str, at: usize, label: &str, help: &str| {
        Diagnostic::error(codes::KEY_FORMAT, format!("`{text}` is not a form this value has in keys"))
            .label(written.inside(at..at + text.len()), label)
            .help(help)
    };
    match asked {
        None => Ok(Form::Full),
        Some(Asked::Format("fold", _)) => Ok(Form::Folded),
        Some(Asked::Shards(text, at)) => match text.parse::<u32>() {
            Ok(shards @ MIN_SHARDS..=MAX_SHARDS) => Ok(Form::Format(KeyFormat::Shard(shards))),
            _ => Err(refuse(
                text,
                at,
                "no number of shards",
                &format!("write a number from {MIN_SHARDS} to {MAX_SHARDS}, as in `{{shard(id, 8)}}`"),
            )),
        },
        Some(Asked::Format(text, at)) => {
            let width = text.strip_prefix('0').and_then(|width| width.parse::<u8>().ok());
            match (ty, width) {
                (Some(MySqlType::Int { .. } | MySqlType::Year), Some(width @ 1..=38)) => {
                    Ok(Form::Format(KeyFormat::Padded(width)))
                }
                (None, Some(1..=38)) => Ok(Form::Full),
                (_, Some(_)) => Err(refuse(
                    text,
                    at,
                    "a width of whole numbers, 1 to 38 digits",
                    "remove it: other values are written in full, so that they sort",
                )),
                (_, None) => time(text, ty).map_err(|(label, help)| refuse(text, at, label, help)),
            }
        }
    }
}

fn time(text: &str, ty: Option<&MySqlType>) -> Result<Form, (&'static str, &'static str)> {
    let pattern = Pattern::parse(text).ok().filter(Pattern::has_fields);
    let Some(pattern) = pattern else {
        return Err((
            "unknown format",
            "formats are `fold` for texts, a pattern of `%Y %m %d %H %M %S` for moments, and digits such as `010` for whole numbers; without one, values are written in full, so that they sort",
        ));
    };
    match ty {
        Some(MySqlType::Date) if pattern.has_time() => {
            Err(("the hour of a date", "a DATE has no hours, minutes and seconds; take `%Y`, `%m` and `%d`"))
        }
        Some(MySqlType::Date | MySqlType::DateTime { .. } | MySqlType::Timestamp { .. }) | None => {
            Ok(Form::Format(KeyFormat::Time(Text::Owned(text.to_owned()))))
        }
        Some(_) => Err((
            "a pattern of moments",
            "remove it: only DATE, DATETIME and TIMESTAMP are written by a pattern",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_braces_is_a_path_and_a_form() {
        let format = |text, at| Some(Asked::Format(text, at));
        assert_eq!(split("a.b"), Written { path: "a.b", start: 0, asked: None });
        assert_eq!(split("at:%H:%M"), Written { path: "at", start: 0, asked: format("%H:%M", 3) });
        let shards = Some(Asked::Shards("8", 13));
        assert_eq!(split("shard( a.b , 8)"), Written { path: "a.b", start: 7, asked: shards });
        assert_eq!(split("shard(a)"), Written { path: "shard(a)", start: 0, asked: None });
    }
}
