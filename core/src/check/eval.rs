//! Evaluating a CHECK constraint on a row.
//!
//! Logic is three-valued, and a check fails only where it is FALSE: NULL passes. Where the exact answer is not known here
//! (text whose equals under its collation were not measured, a number past 38 digits or past BIGINT), there is no verdict,
//! and the server is left to give it.

use std::cmp::Ordering;

use super::number::Number;
use super::text;
use super::{Check, Expr, Op};
use crate::ValueError;
use crate::collation::Collation;
use crate::mysql::{MySqlType, is_surely_json};
use crate::plan::Plan;
use crate::value::{Date, DateTime, Time, Value};

/// What a check says of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// TRUE or NULL.
    Passes,
    /// FALSE.
    Fails,
    /// Only the server knows.
    Undecided,
}

/// The answer is not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Undecided;

type Answer<T> = Result<T, Undecided>;

/// A value on its way through an expression.
#[derive(Clone, Copy)]
enum Operand<'r> {
    Null,
    Number(Number),
    /// FLOAT and DOUBLE.
    Real(f64),
    /// A text, with the collation it is compared under and which a literal has not.
    Text(&'r str, Option<&'r Collation>),
    Bytes(&'r [u8]),
    Json(&'r str),
    Date(Date),
    /// DATETIME and TIMESTAMP.
    Moment(DateTime),
    Time(Time),
}

/// What a condition over a plan's columns is of a row: TRUE, FALSE or NULL.
///
/// # Errors
/// There is no exact answer here.
pub(crate) fn truth(plan: &Plan, row: &[Value], condition: &Expr) -> Result<Option<bool>, ValueError> {
    (Scope { plan, row }).truth(condition).map_err(|Undecided| ValueError::Undecided)
}

impl Check {
    /// What the check says of a row of the plan.
    pub fn verdict(&self, plan: &Plan, row: &[Value]) -> Verdict {
        match (Scope { plan, row }).truth(&self.rule) {
            Ok(Some(false)) => Verdict::Fails,
            Ok(_) => Verdict::Passes,
            Err(Undecided) => Verdict::Undecided,
        }
    }

    /// Whether the check reads this column.
    pub(super) fn reads(&self, column: usize) -> bool {
        self.rule.columns().contains(&column)
    }
}

/// What names stand for.
#[derive(Clone, Copy)]
struct Scope<'r> {
    plan: &'r Plan,
    row: &'r [Value],
}

impl<'r> Scope<'r> {
    fn truth(self, expr: &'r Expr) -> Answer<Option<bool>> {
        match self.value(expr)? {
            Operand::Null => Ok(None),
            Operand::Number(number) => Ok(Some(!number.is_zero())),
            Operand::Real(number) => Ok(Some(number != 0.0)),
            _ => Err(Undecided),
        }
    }

    fn value(self, expr: &'r Expr) -> Answer<Operand<'r>> {
        Ok(match expr {
            Expr::Null => Operand::Null,
            Expr::Number { digits, scale } => Operand::Number(Number::literal(*digits, *scale)),
            Expr::Text(text) => Operand::Text(text, None),
            Expr::Date(date) => Operand::Date(*date),
            Expr::DateTime(moment) => Operand::Moment(*moment),
            Expr::Time(time) => Operand::Time(*time),
            Expr::Column(column) => return self.column(*column),
            Expr::Apply { op, operands } => return self.apply(*op, operands),
        })
    }

    fn column(self, position: usize) -> Answer<Operand<'r>> {
        let column = self.plan.columns.get(position).ok_or(Undecided)?;
        Ok(match self.row.get(position).ok_or(Undecided)? {
            Value::Null => Operand::Null,
            Value::Int(number) => Operand::Number(Number::signed(*number)),
            Value::UInt(number) => Operand::Number(Number::unsigned(*number)),
            Value::Decimal(number) => {
                let unsigned = matches!(column.ty, MySqlType::Decimal { unsigned: true, .. });
                Operand::Number(Number::decimal(number, unsigned).ok_or(Undecided)?)
            }
            Value::Float(number) => Operand::Real(f64::from(*number)),
            Value::Double(number) => Operand::Real(*number),
            Value::Text(text) => Operand::Text(text, column.ty.collation()),
            Value::Bytes(bytes) => Operand::Bytes(bytes),
            Value::Json(text) => Operand::Json(text),
            Value::Date(date) => Operand::Date(*date),
            Value::DateTime(moment) | Value::Timestamp(moment) => Operand::Moment(*moment),
            Value::Time(time) => Operand::Time(*time),
            Value::Set(_) | Value::Rows(_) => return Err(Undecided),
        })
    }

    fn apply(self, op: Op, operands: &'r [Expr]) -> Answer<Operand<'r>> {
        match (op, operands) {
            (Op::And, operands) => self.all(operands, false).map(truth_value),
            (Op::Or, operands) => self.all(operands, true).map(truth_value),
            (Op::Xor, [left, right]) => {
                let (left, right) = (self.truth(left)?, self.truth(right)?);
                Ok(truth_value(left.zip(right).map(|(left, right)| left != right)))
            }
            (Op::Not, [operand]) => Ok(truth_value(self.truth(operand)?.map(|truth| !truth))),
            (Op::IsTrue, [operand]) => Ok(truth_value(Some(self.truth(operand)? == Some(true)))),
            (Op::IsFalse, [operand]) => Ok(truth_value(Some(self.truth(operand)? == Some(false)))),
            (Op::IsNull, [operand]) => Ok(truth_value(Some(matches!(self.value(operand)?, Operand::Null)))),
            (_, [operand]) => one(op, self.value(operand)?),
            (_, [left, right]) => two(op, self.value(left)?, self.value(right)?),
            _ => Err(Undecided),
        }
    }

    /// AND, where `decisive` is FALSE, or OR, where it is TRUE: one decisive operand decides, whatever the others are.
    fn all(self, operands: &'r [Expr], decisive: bool) -> Answer<Option<bool>> {
        let mut answer = Ok(Some(!decisive));
        for operand in operands {
            match self.truth(operand) {
                Ok(Some(truth)) if truth == decisive => return Ok(Some(decisive)),
                Ok(Some(_)) => {}
                Ok(None) => answer = answer.map(|_| None),
                Err(Undecided) => answer = Err(Undecided),
            }
        }
        answer
    }
}

fn truth_value<'r>(truth: Option<bool>) -> Operand<'r> {
    truth.map_or(Operand::Null, |truth| Operand::Number(Number::unsigned(u64::from(truth))))
}

fn one<'r>(op: Op, operand: Operand<'r>) -> Answer<Operand<'r>> {
    Ok(match (op, operand) {
        (_, Operand::Null) => Operand::Null,
        (Op::Negate, Operand::Number(number)) => Operand::Number(number.negated().ok_or(Undecided)?),
        (Op::CharLength, Operand::Text(text, _)) => count(text.chars().count()),
        (Op::CharLength | Op::Length, Operand::Bytes(bytes)) => count(bytes.len()),
        (Op::Length, Operand::Text(text, Some(collation))) => {
            count(text::stored_bytes(collation, text).ok_or(Undecided)?)
        }
        (Op::JsonValid, Operand::Text(text, _) | Operand::Json(text)) if is_surely_json(text) => {
            truth_value(Some(true))
        }
        _ => return Err(Undecided),
    })
}

fn count<'r>(count: usize) -> Operand<'r> {
    Operand::Number(Number::unsigned(count as u64))
}

fn two<'r>(op: Op, left: Operand<'r>, right: Operand<'r>) -> Answer<Operand<'r>> {
    if op == Op::NullSafeEqual {
        return Ok(truth_value(Some(match (left, right) {
            (Operand::Null, Operand::Null) => true,
            (Operand::Null, _) | (_, Operand::Null) => false,
            (left, right) => equal(left, right)?,
        })));
    }
    if matches!(left, Operand::Null) || matches!(right, Operand::Null) {
        return Ok(Operand::Null);
    }
    if let (Op::Add | Op::Subtract | Op::Multiply, Operand::Number(left), Operand::Number(right)) =
        (op, left, right)
    {
        let result = match op {
            Op::Add => left.plus(right),
            Op::Subtract => left.minus(right),
            _ => left.times(right),
        };
        return result.map(Operand::Number).ok_or(Undecided);
    }
    let truth = match op {
        Op::Equal => equal(left, right)?,
        Op::NotEqual => !equal(left, right)?,
        Op::Less => order(left, right)?.is_lt(),
        Op::LessOrEqual => order(left, right)?.is_le(),
        Op::Greater => order(left, right)?.is_gt(),
        Op::GreaterOrEqual => order(left, right)?.is_ge(),
        Op::Like => like(left, right)?,
        _ => return Err(Undecided),
    };
    Ok(truth_value(Some(truth)))
}

fn equal(left: Operand<'_>, right: Operand<'_>) -> Answer<bool> {
    match (left, right) {
        (Operand::Text(left, own), Operand::Text(right, other)) => {
            text::equal(own.or(other).ok_or(Undecided)?, left, right).ok_or(Undecided)
        }
        (left, right) => order(left, right).map(Ordering::is_eq),
    }
}

fn order(left: Operand<'_>, right: Operand<'_>) -> Answer<Ordering> {
    let order = match (left, right) {
        (Operand::Number(left), Operand::Number(right)) => Some(left.order(right)),
        (Operand::Real(left), Operand::Real(right)) => left.partial_cmp(&right),
        (Operand::Real(left), Operand::Number(right)) => {
            right.to_real().and_then(|right| left.partial_cmp(&right))
        }
        (Operand::Number(left), Operand::Real(right)) => {
            left.to_real().and_then(|left| left.partial_cmp(&right))
        }
        (Operand::Text(left, own), Operand::Text(right, other)) => {
            own.or(other).and_then(|collation| text::order(collation, left, right))
        }
        (Operand::Time(left), Operand::Time(right)) => Some(left.cmp(&right)),
        (left, right) => moment(left).zip(moment(right)).map(|(left, right)| left.cmp(&right)),
    };
    order.ok_or(Undecided)
}

/// A date is the start of its day.
fn moment(operand: Operand<'_>) -> Option<DateTime> {
    match operand {
        Operand::Date(date) => Some(DateTime { date, hour: 0, minute: 0, second: 0, micros: 0 }),
        Operand::Moment(moment) => Some(moment),
        _ => None,
    }
}

fn like(text: Operand<'_>, pattern: Operand<'_>) -> Answer<bool> {
    match (text, pattern) {
        (Operand::Text(text, Some(collation)), Operand::Text(pattern, _)) => {
            text::like(collation, text, pattern).ok_or(Undecided)
        }
        _ => Err(Undecided),
    }
}
