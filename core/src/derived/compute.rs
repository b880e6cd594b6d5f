//! Values worked out of a row's columns.

use crate::ValueError;
use crate::check::truth;
use crate::codec;
use crate::dynamodb::AttributeValue;
use crate::pattern;
use crate::plan::{Compute, Plan, Scalar, TextPart};
use crate::value::{Date, DateTime, Value};

/// Works a value out.
///
/// # Errors
/// A condition has no exact answer here, a moment leaves the years 0 to 9999, or the value isn't one of the scalar's type.
pub fn value(plan: &Plan, compute: &Compute, scalar: &Scalar, row: &[Value]) -> Result<Value, ValueError> {
    let value = match compute {
        Compute::Text(parts) => text(plan, parts, row)?,
        Compute::Case { arms, otherwise } => {
            let mut chosen = otherwise.as_ref();
            for (condition, parts) in arms.iter() {
                if truth(plan, row, condition)? == Some(true) {
                    chosen = Some(parts);
                    break;
                }
            }
            chosen.map_or(Ok(Value::Null), |parts| text(plan, parts, row))?
        }
        Compute::Moment { column, months, seconds, epoch } => {
            moment(plan, *column, (*months, *seconds), *epoch, row)?
        }
    };
    match value {
        Value::Null if !scalar.nullable => Err(ValueError::Null),
        value => scalar.ty.check(&value).map(|()| value),
    }
}

fn operand(row: &[Value], column: usize) -> Result<&Value, ValueError> {
    row.get(column).ok_or(ValueError::Malformed { what: "row of this plan" })
}

fn text(plan: &Plan, parts: &[TextPart], row: &[Value]) -> Result<Value, ValueError> {
    let mut out = String::new();
    for part in parts {
        let (TextPart::Column(column) | TextPart::Time { column, .. } | TextPart::Padded { column, .. }) =
            part
        else {
            if let TextPart::Literal(text) = part {
                out.push_str(text);
            }
            continue;
        };
        let value = operand(row, *column)?;
        if *value == Value::Null {
            return Ok(Value::Null);
        }
        let ty = &plan.columns.get(*column).ok_or(ValueError::Malformed { what: "row of this plan" })?.ty;
        match part {
            TextPart::Time { pattern, .. } => pattern::push(pattern, ty, value, &mut out)?,
            TextPart::Padded { width, .. } => {
                let digits = number(value).ok_or_else(|| ty.kind_error(value))?;
                let (sign, digits) =
                    digits.strip_prefix('-').map_or(("", digits.as_str()), |digits| ("-", digits));
                out.push_str(sign);
                out.extend(std::iter::repeat_n('0', usize::from(*width).saturating_sub(digits.len())));
                out.push_str(digits);
            }
            _ => match codec::encode(ty, ty.default_attribute_type(), value)? {
                Some(AttributeValue::S(text) | AttributeValue::N(text)) => out.push_str(&text),
                _ => return Err(ty.kind_error(value)),
            },
        }
    }
    Ok(Value::Text(out))
}

fn number(value: &Value) -> Option<String> {
    match value {
        Value::Int(number) => Some(number.to_string()),
        Value::UInt(number) => Some(number.to_string()),
        _ => None,
    }
}

fn moment(
    plan: &Plan,
    column: usize,
    (months, seconds): (i64, i64),
    epoch: bool,
    row: &[Value],
) -> Result<Value, ValueError> {
    let value = operand(row, column)?;
    if *value == Value::Null {
        return Ok(Value::Null);
    }
    let ty = &plan.columns.get(column).ok_or(ValueError::Malformed { what: "row of this plan" })?.ty;
    let start = pattern::moment(ty, value)?;
    if start.date.month == 0 || start.date.day == 0 {
        return Err(ValueError::ZeroDate);
    }
    let past = || ValueError::Malformed { what: "moment of the years 0 to 9999 after it was moved" };
    let moved = add_months(start, months).and_then(|moment| add_seconds(moment, seconds)).ok_or_else(past)?;
    Ok(match value {
        _ if epoch => Value::Int(days(moved.date) * DAY + seconds_of_day(&moved)),
        Value::Date(_) => Value::Date(moved.date),
        Value::Timestamp(_) => Value::Timestamp(moved),
        _ => Value::DateTime(moved),
    })
}

const DAY: i64 = 86_400;

fn seconds_of_day(moment: &DateTime) -> i64 {
    i64::from(moment.hour) * 3600 + i64::from(moment.minute) * 60 + i64::from(moment.second)
}

/// The day is clamped to the month's last, as DATE_ADD does.
fn add_months(moment: DateTime, months: i64) -> Option<DateTime> {
    let month = i64::from(moment.date.year).checked_mul(12)?.checked_add(i64::from(moment.date.month) - 1)?;
    let month = month.checked_add(months)?;
    let year = u16::try_from(month.div_euclid(12)).ok().filter(|year| *year <= 9999)?;
    let month = u8::try_from(month.rem_euclid(12) + 1).ok()?;
    let day = moment.date.day.min(last_day(year, month));
    Some(DateTime { date: Date { year, month, day }, ..moment })
}

fn add_seconds(moment: DateTime, seconds: i64) -> Option<DateTime> {
    let total = (days(moment.date) * DAY + seconds_of_day(&moment)).checked_add(seconds)?;
    let date = date(total.div_euclid(DAY))?;
    let rest = u32::try_from(total.rem_euclid(DAY)).ok()?;
    let part = |number: u32| u8::try_from(number).ok();
    Some(DateTime {
        date,
        hour: part(rest / 3600)?,
        minute: part(rest / 60 % 60)?,
        second: part(rest % 60)?,
        micros: moment.micros,
    })
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn last_day(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, which is MySQL's. March is the first month, so that the day
/// of the leap is the last of its year.
fn days(date: Date) -> i64 {
    let (year, month) = (i64::from(date.year), i64::from(date.month));
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(date.day) - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

/// The date so many days after 1970-01-01; `None` outside the years 0 to 9999.
pub fn date(days: i64) -> Option<Date> {
    let estimate = days.div_euclid(365) + 1970;
    // Leap days put the estimate ahead by a few years at most.
    let start = |year: i64| -> Option<i64> {
        Some(self::days(Date { year: u16::try_from(year).ok()?, month: 1, day: 1 }))
    };
    let mut year = estimate.clamp(0, 9999);
    while year > 0 && start(year)? > days {
        year -= 1;
    }
    while year < 9999 && start(year + 1)? <= days {
        year += 1;
    }
    let mut rest = days - start(year)?;
    let year = u16::try_from(year).ok()?;
    for month in 1..=12 {
        let length = i64::from(last_day(year, month));
        if (0..length).contains(&rest) {
            return Some(Date { year, month, day: u8::try_from(rest + 1).ok()? });
        }
        rest -= length;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: u16, month: u8, day: u8) -> DateTime {
        DateTime { date: Date { year, month, day }, hour: 23, minute: 59, second: 58, micros: 7 }
    }

    #[test]
    fn days_are_counted_as_the_calendar_counts_them() {
        assert_eq!(days(Date { year: 1970, month: 1, day: 1 }), 0);
        assert_eq!(days(Date { year: 2000, month: 3, day: 1 }), 11_017);
        assert_eq!(days(Date { year: 1969, month: 12, day: 31 }), -1);
        for day in (days(Date { year: 0, month: 1, day: 1 })..=days(Date { year: 9999, month: 12, day: 31 }))
            .step_by(97)
        {
            assert_eq!(days(date(day).expect("a date")), day);
        }
        assert_eq!(date(days(Date { year: 9999, month: 12, day: 31 }) + 1), None);
    }

    #[test]
    fn months_are_clamped_and_seconds_carried() {
        assert_eq!(add_months(at(2024, 1, 31), 1), Some(at(2024, 2, 29)));
        assert_eq!(add_months(at(2024, 2, 29), 12 * 7), Some(at(2031, 2, 28)));
        assert_eq!(add_months(at(2024, 1, 31), -2), Some(at(2023, 11, 30)));
        assert_eq!(add_months(at(9999, 12, 1), 1), None);
        let next = add_seconds(at(2023, 12, 31), 2).expect("in range");
        assert_eq!(
            (next.date, next.hour, next.second, next.micros),
            (Date { year: 2024, month: 1, day: 1 }, 0, 0, 7)
        );
    }
}
