//! What [`crate::derived::compute`] works out of a row, as SQL: for people who look at items before anything moves. Nothing
//! depends on the session's time zone.

use super::{expression, quote};
use crate::dynamodb::MAX_DIGITS;
use crate::mysql::{MySqlType, ZeroDates};
use crate::pattern::Pattern;
use crate::plan::{Column, Compute, Plan, TextPart};

/// Why something has no form in SQL.
pub(super) type NoForm = &'static str;

const FOREIGN: NoForm = "it is of another plan";

/// A column's value, as one of its own type whatever stands for its NULL; a TIMESTAMP as a DATETIME in UTC.
pub(super) fn typed(column: &Column) -> String {
    typed_as("t", column)
}

/// The same, of tables whose names begin so.
pub(super) fn typed_as(alias: &str, column: &Column) -> String {
    let name = format!("{alias}{}.{}", column.table, quote(&column.name));
    let value = match &column.ty {
        // A TIMESTAMP comes in the session's time zone; the seconds since 1970 are the same in each.
        MySqlType::Timestamp { fsp } => in_utc(&name, *fsp),
        _ => name,
    };
    or_else(&column.ty, value, column.when_null.as_deref())
}

/// A value, and what stands for its NULL, as one of its type.
pub(super) fn or_else(ty: &MySqlType, value: String, when_null: Option<&str>) -> String {
    let Some(text) = when_null else { return value };
    let either = format!("COALESCE({value}, {})", expression::literal(text));
    match ty {
        MySqlType::Int { unsigned: false, .. } => format!("CAST({either} AS SIGNED)"),
        MySqlType::Int { unsigned: true, .. } | MySqlType::Bit { .. } | MySqlType::Year => {
            format!("CAST({either} AS UNSIGNED)")
        }
        MySqlType::Decimal { precision, scale, .. } => {
            format!("CAST({either} AS DECIMAL({precision},{scale}))")
        }
        MySqlType::Date => format!("CAST({either} AS DATE)"),
        MySqlType::Time { fsp } => format!("CAST({either} AS TIME({fsp}))"),
        MySqlType::DateTime { fsp } | MySqlType::Timestamp { fsp } => {
            format!("CAST({either} AS DATETIME({fsp}))")
        }
        MySqlType::Float { .. }
        | MySqlType::Double { .. }
        | MySqlType::Char { .. }
        | MySqlType::VarChar { .. }
        | MySqlType::Text { .. }
        | MySqlType::Enum { .. }
        | MySqlType::Set { .. }
        | MySqlType::Binary { .. }
        | MySqlType::VarBinary { .. }
        | MySqlType::Blob { .. }
        | MySqlType::Json => either,
    }
}

/// A TIMESTAMP as a DATETIME in UTC.
fn in_utc(name: &str, fsp: u8) -> String {
    format!(
        "CAST(TIMESTAMP'1970-01-01 00:00:00' + INTERVAL UNIX_TIMESTAMP({name}) SECOND AS DATETIME({fsp}))"
    )
}

/// Whether a column's value has a form: the seconds of a zero TIMESTAMP are those of 1970.
pub(super) fn has_form(column: &Column) -> Result<&Column, NoForm> {
    match (&column.ty, column.zero_dates) {
        (MySqlType::Timestamp { .. }, ZeroDates::Keep) => Err("its TIMESTAMPs may be zero"),
        _ => Ok(column),
    }
}

/// A computed value. A moment out of the years that MySQL counts is NULL here, and an error where rows become items.
pub(super) fn compute(plan: &Plan, compute: &Compute) -> Result<String, NoForm> {
    match compute {
        Compute::Text(parts) => text(plan, parts),
        Compute::Case { arms, otherwise } => {
            let mut sql = "CASE".to_owned();
            for (condition, parts) in arms.iter() {
                let condition = expression::render(condition, &|column| operand(plan, column));
                sql.push_str(&format!(" WHEN {condition} THEN {}", text(plan, parts)?));
            }
            if let Some(parts) = otherwise {
                sql.push_str(&format!(" ELSE {}", text(plan, parts)?));
            }
            Ok(sql + " END")
        }
        Compute::Moment { column, months, seconds, epoch } => {
            let column = plan.columns.get(*column).ok_or(FOREIGN)?;
            let moved = moved(&typed(column), *months, *seconds);
            Ok(match &column.ty {
                _ if *epoch => format!(
                    "((TO_DAYS({moved}) - 719528) * 86400 + HOUR({moved}) * 3600 + MINUTE({moved}) * 60 + SECOND({moved}))"
                ),
                MySqlType::Date => format!("CAST({moved} AS DATE)"),
                MySqlType::DateTime { fsp } | MySqlType::Timestamp { fsp } => {
                    format!("CAST({moved} AS DATETIME({fsp}))")
                }
                _ => return Err("it is no moment"),
            })
        }
    }
}

fn operand(plan: &Plan, column: usize) -> String {
    plan.columns.get(column).map_or_else(|| "NULL".to_owned(), typed)
}

fn moved(start: &str, months: i64, seconds: i64) -> String {
    let mut moved = format!("CAST({start} AS DATETIME(6))");
    for (number, unit) in [(months, "MONTH"), (seconds, "SECOND")] {
        if number != 0 {
            moved = format!("({moved} + INTERVAL {number} {unit})");
        }
    }
    moved
}

fn text(plan: &Plan, parts: &[TextPart]) -> Result<String, NoForm> {
    let mut texts = Vec::with_capacity(parts.len());
    for part in parts {
        let column = |column: &usize| plan.columns.get(*column).ok_or(FOREIGN).and_then(has_form);
        texts.push(match part {
            TextPart::Literal(text) => expression::literal(text),
            TextPart::Column(found) => as_in_items(&column(found)?.ty, &typed(column(found)?))?,
            TextPart::Time { column: found, pattern } => by_pattern(column(found)?, pattern)?,
            TextPart::Padded { column: found, width } => padded(&typed(column(found)?), *width),
        });
    }
    Ok(if texts.is_empty() { "''".to_owned() } else { format!("CONCAT({})", texts.join(", ")) })
}

/// A moment by a pattern.
pub(super) fn by_pattern(column: &Column, pattern: &str) -> Result<String, NoForm> {
    let pattern = Pattern::parse(pattern).map_err(|_| "its pattern is none")?;
    let format = expression::literal(&pattern.for_date_format());
    Ok(format!("DATE_FORMAT({}, {format})", typed(column)))
}

/// A whole number with at least so many digits.
fn padded(number: &str, width: u8) -> String {
    let digits = format!("TRIM(LEADING '-' FROM {})", characters(number));
    format!(
        "CONCAT(IF({number} < 0, '-', ''), LPAD({digits}, GREATEST({width}, CHAR_LENGTH({digits})), '0'))"
    )
}

/// A value as text in UTF-8.
pub(super) fn characters(value: &str) -> String {
    format!("CAST({value} AS CHAR CHARACTER SET utf8mb4)")
}

/// A value as the text it is in an item.
pub(super) fn as_in_items(ty: &MySqlType, value: &str) -> Result<String, NoForm> {
    let text = characters(value);
    Ok(match ty {
        MySqlType::Decimal { scale, precision, .. } if *scale > 0 && *precision <= MAX_DIGITS => {
            format!("TRIM(TRAILING '.' FROM TRIM(TRAILING '0' FROM {text}))")
        }
        MySqlType::Bit { .. } | MySqlType::Year => characters(&format!("CAST({value} AS UNSIGNED)")),
        MySqlType::DateTime { .. } => format!("REPLACE({text}, ' ', 'T')"),
        MySqlType::Timestamp { .. } => format!("CONCAT(REPLACE({text}, ' ', 'T'), 'Z')"),
        MySqlType::Char { .. }
        | MySqlType::VarChar { .. }
        | MySqlType::Text { .. }
        | MySqlType::Enum { .. } => {
            format!("CONVERT({value} USING utf8mb4)")
        }
        MySqlType::Int { .. } | MySqlType::Decimal { .. } | MySqlType::Date | MySqlType::Time { .. } => text,
        MySqlType::Json => text,
        MySqlType::Float { .. } | MySqlType::Double { .. } => {
            return Err("MySQL writes floating-point numbers with other digits");
        }
        MySqlType::Set { .. }
        | MySqlType::Binary { .. }
        | MySqlType::VarBinary { .. }
        | MySqlType::Blob { .. } => return Err("it is no text"),
    })
}
