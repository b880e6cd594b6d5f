//! An expression as written, names not resolved.

use std::fmt;

use migratable_core::check::Op;

/// An expression. IN and BETWEEN are what they stand for: comparisons with OR and AND between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sql {
    Null,
    /// An exact number: digits, and how many stand after the point.
    Number(i128, u8),
    /// A text, with its character set where an introducer says it.
    Text(Option<String>, String),
    /// `DATE'…'` and its like.
    Temporal(Temporal, String),
    /// A column.
    Name(String),
    Apply(Op, Vec<Sql>),
}

/// What a literal of dates and times is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Temporal {
    Date,
    Time,
    Timestamp,
}

/// SQL again, every operation in parentheses; reading it gives the same expression.
impl fmt::Display for Sql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("NULL"),
            Self::Number(digits, 0) => write!(f, "{digits}"),
            Self::Number(digits, scale) => {
                let scale = usize::from(*scale);
                let digits = format!("{digits:0>width$}", width = scale + 1);
                let (whole, fraction) = digits.split_at(digits.len() - scale);
                write!(f, "{whole}.{fraction}")
            }
            Self::Text(charset, text) => {
                if let Some(charset) = charset {
                    write!(f, "_{charset}")?;
                }
                text_literal(f, text)
            }
            Self::Temporal(temporal, text) => {
                f.write_str(match temporal {
                    Temporal::Date => "DATE",
                    Temporal::Time => "TIME",
                    Temporal::Timestamp => "TIMESTAMP",
                })?;
                text_literal(f, text)
            }
            Self::Name(name) => write!(f, "`{}`", name.replace('`', "``")),
            Self::Apply(op, operands) => apply(f, *op, operands),
        }
    }
}

/// A backslash is escaped but before `%` and `_`, where it stands for itself.
fn text_literal(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("'")?;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\'' => f.write_str("''")?,
            '\\' if matches!(rest.peek(), Some('%' | '_')) => f.write_str("\\")?,
            '\\' => f.write_str("\\\\")?,
            other => write!(f, "{other}")?,
        }
    }
    f.write_str("'")
}

fn apply(f: &mut fmt::Formatter<'_>, op: Op, operands: &[Sql]) -> fmt::Result {
    let (before, between, after) = match op {
        Op::And => ("", " AND ", ""),
        Op::Or => ("", " OR ", ""),
        Op::Xor => ("", " XOR ", ""),
        Op::Not => ("NOT ", "", ""),
        Op::Equal => ("", " = ", ""),
        Op::NotEqual => ("", " <> ", ""),
        Op::Less => ("", " < ", ""),
        Op::LessOrEqual => ("", " <= ", ""),
        Op::Greater => ("", " > ", ""),
        Op::GreaterOrEqual => ("", " >= ", ""),
        Op::NullSafeEqual => ("", " <=> ", ""),
        Op::IsNull => ("", "", " IS NULL"),
        Op::IsTrue => ("", "", " IS TRUE"),
        Op::IsFalse => ("", "", " IS FALSE"),
        Op::Negate => ("- ", "", ""),
        Op::Add => ("", " + ", ""),
        Op::Subtract => ("", " - ", ""),
        Op::Multiply => ("", " * ", ""),
        Op::CharLength => ("char_length(", "", ")"),
        Op::Length => ("length(", "", ")"),
        Op::Like => ("", " LIKE ", ""),
        Op::JsonValid => ("json_valid(", "", ")"),
    };
    write!(f, "({before}")?;
    for (position, operand) in operands.iter().enumerate() {
        if position > 0 {
            f.write_str(between)?;
        }
        write!(f, "{operand}")?;
    }
    write!(f, "{after})")
}
