//! CHECK constraints as data: an expression over a row's columns, which [`Check::verdict`] evaluates as MySQL does.

use std::fmt;

use crate::value::{Date, DateTime, Time};
use crate::{List, Text};

/// A CHECK constraint of the root table that can be evaluated here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its name.
    pub name: Text,
    /// Its expression, in MySQL's words.
    pub expression: Text,
    /// The same, as data.
    pub rule: Expr,
}

/// An expression. Contracts make only those that evaluate exactly as in MySQL; anything else is left to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// NULL.
    Null,
    /// An exact number: digits, and how many of them stand after the point. TRUE is 1, FALSE 0.
    Number {
        /// The digits, without the point.
        digits: i128,
        /// Digits after the point.
        scale: u8,
    },
    /// A text.
    Text(Text),
    /// A date.
    Date(Date),
    /// A date and time.
    DateTime(DateTime),
    /// A time.
    Time(Time),
    /// The value of a column, by its position in the plan.
    Column(usize),
    /// What an operation makes of its operands.
    Apply {
        /// The operation.
        op: Op,
        /// Its operands.
        operands: List<Expr>,
    },
}

/// An operation, with the number of its operands where it is not two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// All of one or more.
    And,
    /// Any of one or more.
    Or,
    /// One or the other.
    Xor,
    /// One operand.
    Not,
    /// `=`.
    Equal,
    /// `<>`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
    /// `<=>`: two NULLs are equal.
    NullSafeEqual,
    /// One operand.
    IsNull,
    /// One operand.
    IsTrue,
    /// One operand.
    IsFalse,
    /// One operand.
    Negate,
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// Characters of a text; one operand.
    CharLength,
    /// Bytes of a text in its character set, or of bytes; one operand.
    Length,
    /// LIKE with the escape character `\`: a text and a pattern.
    Like,
    /// One operand.
    JsonValid,
}

impl Op {
    /// Every operation.
    pub const ALL: [Self; 22] = [
        Self::And,
        Self::Or,
        Self::Xor,
        Self::Not,
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::NullSafeEqual,
        Self::IsNull,
        Self::IsTrue,
        Self::IsFalse,
        Self::Negate,
        Self::Add,
        Self::Subtract,
        Self::Multiply,
        Self::CharLength,
        Self::Length,
        Self::Like,
        Self::JsonValid,
    ];

    /// The variant's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::And => "And",
            Self::Or => "Or",
            Self::Xor => "Xor",
            Self::Not => "Not",
            Self::Equal => "Equal",
            Self::NotEqual => "NotEqual",
            Self::Less => "Less",
            Self::LessOrEqual => "LessOrEqual",
            Self::Greater => "Greater",
            Self::GreaterOrEqual => "GreaterOrEqual",
            Self::NullSafeEqual => "NullSafeEqual",
            Self::IsNull => "IsNull",
            Self::IsTrue => "IsTrue",
            Self::IsFalse => "IsFalse",
            Self::Negate => "Negate",
            Self::Add => "Add",
            Self::Subtract => "Subtract",
            Self::Multiply => "Multiply",
            Self::CharLength => "CharLength",
            Self::Length => "Length",
            Self::Like => "Like",
            Self::JsonValid => "JsonValid",
        }
    }
}

/// One stable text, part of a plan's fingerprint: `And(GreaterOrEqual(column 3, 0), Not(IsNull(column 4)))`.
impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("NULL"),
            Self::Number { digits, scale: 0 } => write!(f, "{digits}"),
            Self::Number { digits, scale } => write!(f, "{digits}e-{scale}"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Date(date) => write!(f, "date {date}"),
            Self::DateTime(moment) => write!(f, "datetime {}", moment.format(6, ' ')),
            Self::Time(time) => write!(f, "time {}", time.format(6)),
            Self::Column(column) => write!(f, "column {column}"),
            Self::Apply { op, operands } => {
                write!(f, "{}(", op.name())?;
                for (position, operand) in operands.iter().enumerate() {
                    let separator = if position == 0 { "" } else { ", " };
                    write!(f, "{separator}{operand}")?;
                }
                f.write_str(")")
            }
        }
    }
}
