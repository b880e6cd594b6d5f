//! From an expression as written to one that has an exact answer: names become columns, and operands have to be of kinds that
//! MySQL compares without a conversion that could round or guess.

use migratable_core::check::{Expr, Op};
use migratable_core::collation::Collation;
use migratable_core::mysql::MySqlType;
use migratable_core::value::{Date, DateTime, Time};

use super::sql::{Sql, Temporal};
use super::{Left, Scope};

/// What an operand is.
#[derive(Clone, Debug, PartialEq)]
enum Kind<'s> {
    Null,
    /// Integers, DECIMAL, BIT and truth values: exact.
    Number,
    /// A number as written.
    Literal,
    /// FLOAT and DOUBLE.
    Real,
    Year,
    Text(&'s Collation),
    /// A text as written.
    Written,
    Bytes,
    Json,
    Date,
    DateTime,
    Timestamp,
    Time,
}

type Typed<'s> = (Expr, Kind<'s>);

/// A condition.
pub(super) fn truth(sql: &Sql, scope: &Scope<'_>) -> Result<Expr, Left> {
    match typed(sql, scope)? {
        (expr, Kind::Null | Kind::Number | Kind::Literal | Kind::Real) => Ok(expr),
        _ => Err(Left::new("something other than a number stands for TRUE or FALSE")),
    }
}

/// A column, or exact arithmetic.
pub(super) fn value(sql: &Sql, scope: &Scope<'_>) -> Result<Expr, Left> {
    match sql {
        Sql::Name(name) => Ok(column(name, scope)?.0),
        other => exact(other, scope),
    }
}

fn typed<'s>(sql: &Sql, scope: &Scope<'s>) -> Result<Typed<'s>, Left> {
    Ok(match sql {
        Sql::Null => (Expr::Null, Kind::Null),
        Sql::Number(digits, scale) => (Expr::Number { digits: *digits, scale: *scale }, Kind::Literal),
        Sql::Text(charset, text) => {
            // MariaDB keeps a check as text, and reads such a text back as another one.
            if charset.is_some() && !text.is_ascii() {
                return Err(Left::new("it says the character set of a text beyond ASCII"));
            }
            (Expr::Text(text.clone().into()), Kind::Written)
        }
        Sql::Temporal(temporal, text) => match temporal {
            Temporal::Date => date(text).map(|date| (Expr::Date(date), Kind::Date))?,
            Temporal::Time => time(text).map(|time| (Expr::Time(time), Kind::Time))?,
            Temporal::Timestamp => moment(text).map(|moment| (Expr::DateTime(moment), Kind::DateTime))?,
        },
        Sql::Name(name) => column(name, scope)?,
        Sql::Apply(Op::Negate, operands) => match (one(operands)?, exact(one(operands)?, scope)?) {
            (Sql::Number(..), Expr::Number { digits, scale }) => {
                (Expr::Number { digits: -digits, scale }, Kind::Literal)
            }
            (_, operand) => (Expr::Apply { op: Op::Negate, operands: vec![operand].into() }, Kind::Number),
        },
        Sql::Apply(op, operands) => (apply(*op, operands, scope)?, Kind::Number),
    })
}

fn column<'s>(name: &str, scope: &Scope<'s>) -> Result<Typed<'s>, Left> {
    if !scope.names.iter().any(|column| column.eq_ignore_ascii_case(name)) {
        if name.contains('.') {
            return Err(Left::new("it names a column with its table"));
        }
        return Err(Left::new(format!("`{name}` is no column of the table")));
    }
    let found = scope.carried.iter().find(|(column, ..)| column.eq_ignore_ascii_case(name));
    let Some((_, position, ty)) = found else {
        return Err(Left::new(format!("the entity does not write `{name}`")));
    };
    let kind = match ty {
        MySqlType::Int { .. } | MySqlType::Decimal { .. } | MySqlType::Bit { .. } => Kind::Number,
        MySqlType::Float { .. } | MySqlType::Double { .. } => Kind::Real,
        MySqlType::Year => Kind::Year,
        MySqlType::Char { collation, .. }
        | MySqlType::VarChar { collation, .. }
        | MySqlType::Text { collation, .. }
        | MySqlType::Enum { collation, .. } => Kind::Text(collation),
        MySqlType::Binary { .. } | MySqlType::VarBinary { .. } | MySqlType::Blob { .. } => Kind::Bytes,
        MySqlType::Json => Kind::Json,
        MySqlType::Date => Kind::Date,
        MySqlType::DateTime { .. } => Kind::DateTime,
        MySqlType::Timestamp { .. } => Kind::Timestamp,
        MySqlType::Time { .. } => Kind::Time,
        MySqlType::Set { .. } => return Err(Left::new(format!("`{name}` is a SET"))),
    };
    Ok((Expr::Column(*position), kind))
}

fn apply(op: Op, operands: &[Sql], scope: &Scope<'_>) -> Result<Expr, Left> {
    let operands = match op {
        Op::And | Op::Or | Op::Xor | Op::Not | Op::IsTrue | Op::IsFalse => {
            operands.iter().map(|operand| truth(operand, scope)).collect::<Result<_, _>>()?
        }
        Op::IsNull => vec![typed(one(operands)?, scope)?.0],
        Op::Negate | Op::Add | Op::Subtract | Op::Multiply => {
            operands.iter().map(|operand| exact(operand, scope)).collect::<Result<_, _>>()?
        }
        Op::CharLength | Op::Length | Op::JsonValid => vec![measured(op, one(operands)?, scope)?],
        Op::Like => {
            let (text, pattern) = two(operands)?;
            vec_of(like(typed(text, scope)?, typed(pattern, scope)?)?)
        }
        Op::Equal | Op::NotEqual | Op::NullSafeEqual => {
            let (left, right) = two(operands)?;
            vec_of(compared(false, typed(left, scope)?, typed(right, scope)?)?)
        }
        Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual => {
            let (left, right) = two(operands)?;
            vec_of(compared(true, typed(left, scope)?, typed(right, scope)?)?)
        }
    };
    Ok(Expr::Apply { op, operands: operands.into() })
}

fn vec_of((left, right): (Expr, Expr)) -> Vec<Expr> {
    vec![left, right]
}

fn one(operands: &[Sql]) -> Result<&Sql, Left> {
    match operands {
        [operand] => Ok(operand),
        _ => Err(Left::new("an operation has too many operands")),
    }
}

fn two(operands: &[Sql]) -> Result<(&Sql, &Sql), Left> {
    match operands {
        [left, right] => Ok((left, right)),
        _ => Err(Left::new("an operation has too many operands")),
    }
}

/// An operand of exact arithmetic.
fn exact(sql: &Sql, scope: &Scope<'_>) -> Result<Expr, Left> {
    match typed(sql, scope)? {
        (expr, Kind::Number | Kind::Literal) => Ok(expr),
        _ => Err(Left::new("it calculates with something other than exact numbers")),
    }
}

/// The operand of a function that measures texts.
fn measured(op: Op, sql: &Sql, scope: &Scope<'_>) -> Result<Expr, Left> {
    let (expr, kind) = typed(sql, scope)?;
    let known = match (op, kind) {
        (Op::CharLength | Op::JsonValid, Kind::Text(_)) | (Op::CharLength | Op::Length, Kind::Bytes) => true,
        (Op::JsonValid, Kind::Json) => true,
        (Op::Length, Kind::Text(collation)) => {
            collation.is_single_byte()
                || matches!(
                    collation.charset(),
                    "utf8mb4" | "utf8mb3" | "utf8" | "ucs2" | "utf16" | "utf16le" | "utf32"
                )
        }
        _ => false,
    };
    if known { Ok(expr) } else { Err(Left::new("it measures something other than a column's text")) }
}

/// Two operands that can be compared. `ordered` asks which is the larger.
fn compared<'s>(ordered: bool, left: Typed<'s>, right: Typed<'s>) -> Result<(Expr, Expr), Left> {
    let (left, right) = (temporal(left, &right.1)?, right);
    let right = temporal(right, &left.1)?;
    let comparable = match (&left.1, &right.1) {
        (Kind::Null, _) | (_, Kind::Null) => true,
        (Kind::Number | Kind::Literal, Kind::Number | Kind::Literal) => true,
        (Kind::Real, Kind::Real | Kind::Literal) | (Kind::Literal, Kind::Real) => true,
        (Kind::Year, Kind::Year) => true,
        // Literals below 100 are years of two digits to MySQL.
        (Kind::Year, Kind::Literal) => is_year(&right.0),
        (Kind::Literal, Kind::Year) => is_year(&left.0),
        (Kind::Text(collation), Kind::Written) => is_known(ordered, collation, &right.0),
        (Kind::Written, Kind::Text(collation)) => is_known(ordered, collation, &left.0),
        (Kind::Text(left), Kind::Text(right)) => left == right && is_compared(ordered, left),
        (Kind::Date | Kind::DateTime, Kind::Date | Kind::DateTime) => true,
        // Other pairs depend on the session's zone.
        (Kind::Timestamp, Kind::Timestamp) | (Kind::Time, Kind::Time) => true,
        _ => false,
    };
    if comparable {
        return Ok((left.0, right.0));
    }
    Err(Left::new(match (&left.1, &right.1) {
        (Kind::Text(collation), Kind::Written) | (Kind::Written, Kind::Text(collation)) => {
            format!("how {} compares this is not known here", collation.name)
        }
        (Kind::Timestamp, _) | (_, Kind::Timestamp) => {
            "what it compares a TIMESTAMP with depends on the session's time zone".to_owned()
        }
        _ => "it compares values of different kinds".to_owned(),
    }))
}

/// A text beside a date or time is one.
fn temporal<'s>((expr, kind): Typed<'s>, other: &Kind<'_>) -> Result<Typed<'s>, Left> {
    let Expr::Text(text) = &expr else { return Ok((expr, kind)) };
    Ok(match other {
        Kind::Date => (Expr::Date(date(text)?), Kind::Date),
        Kind::DateTime if text.len() == "2024-01-31".len() => (Expr::Date(date(text)?), Kind::Date),
        Kind::DateTime => (Expr::DateTime(moment(text)?), Kind::DateTime),
        Kind::Time => (Expr::Time(time(text)?), Kind::Time),
        _ => (expr, kind),
    })
}

fn is_year(literal: &Expr) -> bool {
    matches!(literal, Expr::Number { digits: 1901..=2155, scale: 0 })
}

/// Whether comparisons under a collation are known here.
fn is_compared(ordered: bool, collation: &Collation) -> bool {
    let by_code = matches!(collation.charset(), "utf8mb4" | "utf8mb3" | "utf8" | "ascii");
    if ordered { collation.sorts_by_bytes() && by_code } else { collation.foldable() }
}

/// Whether a column is compared with a text as written: the column's character set has it, and the collation's equals of it
/// are known.
fn is_known(ordered: bool, collation: &Collation, literal: &Expr) -> bool {
    let Expr::Text(text) = literal else { return false };
    is_compared(ordered, collation) && is_held(collation, text) && collation.folds(text)
}

fn is_held(collation: &Collation, text: &str) -> bool {
    match collation.charset() {
        "utf8mb4" => true,
        "utf8mb3" | "utf8" => text.chars().all(|character| character.len_utf8() < 4),
        _ => text.is_ascii(),
    }
}

fn like<'s>((text, kind): Typed<'s>, (pattern, other): Typed<'s>) -> Result<(Expr, Expr), Left> {
    let known = match (&kind, &other, &pattern) {
        (Kind::Text(collation), Kind::Written, Expr::Text(pattern)) => {
            collation.foldable()
                && is_held(collation, pattern)
                && (collation.sorts_by_bytes() || pattern.is_ascii())
                // An escape with nothing after it is the server's to judge.
                && !pattern.ends_with('\\')
        }
        _ => false,
    };
    if known { Ok((text, pattern)) } else { Err(Left::new("its LIKE is not known here")) }
}

fn date(text: &str) -> Result<Date, Left> {
    let date = Date::parse(text).ok().filter(|date| !date.is_zero());
    date.ok_or_else(|| Left::new("it has a text for a date that is none, as in 2024-01-31"))
}

fn moment(text: &str) -> Result<DateTime, Left> {
    let plain = !text.contains(['T', 'Z']);
    let moment = DateTime::parse(text).ok().filter(|moment| plain && !moment.date.is_zero());
    moment
        .ok_or_else(|| Left::new("it has a text for a date and time that is none, as in 2024-01-31 10:00:00"))
}

fn time(text: &str) -> Result<Time, Left> {
    Time::parse(text).map_err(|_| Left::new("it has a text for a time that is none, as in 10:00:00"))
}
