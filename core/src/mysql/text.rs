//! A column type in MySQL's words: the spelling the contract uses.

use std::fmt;

use super::{IntSize, LobSize, MySqlType};
use crate::collation::Collation;
use crate::{List, Text};

impl fmt::Display for MySqlType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = |unsigned: bool| if unsigned { " unsigned" } else { "" };
        match self {
            Self::Int { size, unsigned, display } => {
                f.write_str(int_name(*size))?;
                if let Some(width) = display {
                    write!(f, "({width})")?;
                }
                f.write_str(sign(*unsigned))
            }
            Self::Decimal { precision, scale, unsigned } => {
                write!(f, "decimal({precision},{scale}){}", sign(*unsigned))
            }
            Self::Float { unsigned } => write!(f, "float{}", sign(*unsigned)),
            Self::Double { unsigned } => write!(f, "double{}", sign(*unsigned)),
            Self::Bit { length } => write!(f, "bit({length})"),
            Self::Year => f.write_str("year"),
            Self::Char { length, collation } => collated(f, format_args!("char({length})"), collation),
            Self::VarChar { length, collation } => collated(f, format_args!("varchar({length})"), collation),
            Self::Text { size, collation } => {
                collated(f, format_args!("{}text", lob_prefix(*size)), collation)
            }
            Self::Binary { length } => write!(f, "binary({length})"),
            Self::VarBinary { length } => write!(f, "varbinary({length})"),
            Self::Blob { size } => write!(f, "{}blob", lob_prefix(*size)),
            Self::Date => f.write_str("date"),
            Self::Time { fsp } => fractional(f, "time", *fsp),
            Self::DateTime { fsp } => fractional(f, "datetime", *fsp),
            Self::Timestamp { fsp } => fractional(f, "timestamp", *fsp),
            Self::Enum { members, collation } => {
                collated(f, format_args!("enum({})", quoted(members)), collation)
            }
            Self::Set { members, collation } => {
                collated(f, format_args!("set({})", quoted(members)), collation)
            }
            Self::Json => f.write_str("json"),
        }
    }
}

const fn int_name(size: IntSize) -> &'static str {
    match size {
        IntSize::Tiny => "tinyint",
        IntSize::Small => "smallint",
        IntSize::Medium => "mediumint",
        IntSize::Int => "int",
        IntSize::Big => "bigint",
    }
}

const fn lob_prefix(size: LobSize) -> &'static str {
    match size {
        LobSize::Tiny => "tiny",
        LobSize::Normal => "",
        LobSize::Medium => "medium",
        LobSize::Long => "long",
    }
}

fn collated(f: &mut fmt::Formatter<'_>, ty: fmt::Arguments<'_>, collation: &Collation) -> fmt::Result {
    write!(f, "{ty} collate {}", collation.name)
}

fn fractional(f: &mut fmt::Formatter<'_>, name: &str, fsp: u8) -> fmt::Result {
    if fsp == 0 { f.write_str(name) } else { write!(f, "{name}({fsp})") }
}

/// ENUM and SET members as SQL string literals, quotes doubled and backslashes escaped as MySQL reads them.
fn quoted(members: &List<Text>) -> String {
    let quoted: Vec<String> = members
        .iter()
        .map(|member| format!("'{}'", member.replace('\\', r"\\").replace('\'', "''")))
        .collect();
    quoted.join(",")
}
