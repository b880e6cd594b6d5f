//! Keys as SQL, letter by letter what [`crate::key`] writes.

use super::computed::{NoForm, as_in_items, by_pattern, characters, has_form, typed};
use super::expression::literal;
use crate::key::{KeyFormat, KeyPart, KeyTemplate, max_bytes};
use crate::mysql::MySqlType;
use crate::plan::Plan;

/// A key that a template builds; NULL where a column of it is.
pub(super) fn template(plan: &Plan, template: &KeyTemplate) -> Result<String, NoForm> {
    let mut parts = Vec::with_capacity(template.parts.len());
    for found in template.parts.iter() {
        if let KeyPart::Literal(text) = found {
            parts.push(literal(text));
            continue;
        }
        let column = found.column().and_then(|column| plan.columns.get(column));
        let column = has_form(column.ok_or("it is of another plan")?)?;
        parts.push(match found {
            KeyPart::Formatted { format: KeyFormat::Time(pattern), .. } => by_pattern(column, pattern)?,
            KeyPart::Formatted { format: KeyFormat::Padded(width), .. } => {
                number(&column.ty, &typed(column), usize::from(*width))?
            }
            KeyPart::Formatted { format: KeyFormat::Shard(_), .. } => {
                return Err("MySQL doesn't have the hash that says which shard it is");
            }
            KeyPart::Column { fold, .. } => part(&column.ty, &typed(column), *fold)?,
            KeyPart::Literal(_) => continue,
        });
    }
    Ok(format!("CONCAT({})", parts.join(", ")))
}

/// A value inside a key.
pub(super) fn part(ty: &MySqlType, value: &str, fold: bool) -> Result<String, NoForm> {
    Ok(match ty {
        MySqlType::Int { .. } | MySqlType::Bit { .. } | MySqlType::Year | MySqlType::Decimal { .. } => {
            return number(ty, value, 0);
        }
        MySqlType::Date | MySqlType::DateTime { .. } | MySqlType::Timestamp { .. } => as_in_items(ty, value)?,
        MySqlType::Char { .. }
        | MySqlType::VarChar { .. }
        | MySqlType::Text { .. }
        | MySqlType::Enum { .. } => {
            let text = format!("CONVERT({value} USING utf8mb4)");
            match ty.collation().filter(|_| fold) {
                None => escaped(&text),
                Some(collation) if !collation.sorts_by_bytes() => {
                    return Err("MySQL can't say which one of equal texts stands in the key");
                }
                Some(collation) if collation.pads() => escaped(&format!("TRIM(TRAILING ' ' FROM {text})")),
                Some(_) => escaped(&text),
            }
        }
        MySqlType::Binary { .. } | MySqlType::VarBinary { .. } | MySqlType::Blob { .. } => {
            format!("LOWER(HEX({value}))")
        }
        MySqlType::Time { .. } => return Err("a TIME before midnight has digits that MySQL doesn't write"),
        MySqlType::Float { .. } | MySqlType::Double { .. } | MySqlType::Json | MySqlType::Set { .. } => {
            return Err("its type has no form in keys");
        }
    })
}

/// A number with all its digits; below zero, each digit is subtracted from 9: that is adding the number to nines.
fn number(ty: &MySqlType, value: &str, width: usize) -> Result<String, NoForm> {
    let (signed, scale) = match ty {
        MySqlType::Int { unsigned, .. } => (!unsigned, 0),
        MySqlType::Decimal { unsigned, scale, .. } => (!unsigned, usize::from(*scale)),
        MySqlType::Bit { .. } | MySqlType::Year => (false, 0),
        _ => return Err("it is no whole number"),
    };
    let natural = usize::try_from(max_bytes(ty)).unwrap_or_default() - usize::from(signed);
    let width = natural.max(width);
    let value = match ty {
        MySqlType::Decimal { .. } => value.to_owned(),
        _ => format!("CAST({value} AS DECIMAL(65))"),
    };
    let digits = |number: &str| format!("LPAD({}, {width}, '0')", characters(number));
    if !signed {
        return Ok(digits(&value));
    }
    let mut nines = "9".repeat(width - if scale > 0 { scale + 1 } else { 0 });
    if scale > 0 {
        nines = format!("{nines}.{}", "9".repeat(scale));
    }
    let below = digits(&format!("({nines} + {value})"));
    Ok(format!("IF({value} < 0, CONCAT('-', {below}), {})", digits(&value)))
}

/// A text with every character up to `$` written as `$` and two hex digits.
fn escaped(text: &str) -> String {
    // The escape itself goes first. A binary collation, so that nothing else is found equal to these.
    let mut sql = format!("{text} COLLATE utf8mb4_bin");
    for byte in std::iter::once(0x24).chain(0..0x24) {
        sql = format!("REPLACE({sql}, _utf8mb4 X'{byte:02X}', '${byte:02x}')");
    }
    sql
}
