//! Changes of a row: what is set, added and taken away, and under which condition. Both stores go by [`Change::apply`],
//! so that the same change of the same row ends alike.

use crate::ValueError;
use crate::check::{Expr, Op, truth};
use crate::mysql::{Misfit, MySqlType};
use crate::plan::{Column, Compute, DerivedSource, Filter, KeyAttribute, KeySource, Plan, TextPart};
use crate::value::{Decimal, Row, Value};

/// A change of one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// What becomes of columns, each of them at most once.
    pub edits: Vec<Edit>,
    /// The row is changed only where this is TRUE of it as it was; without one always. NULL is not TRUE, as in MySQL.
    pub condition: Option<Expr>,
}

/// What becomes of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// Its position in [`Plan::columns`].
    pub column: usize,
    /// What is done.
    pub operation: Operation,
}

/// What is done to a column's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// It becomes this one.
    Set(Value),
    /// This number is added to it: an integer or a DECIMAL, as the column.
    Add(Value),
    /// This number is taken away from it.
    Subtract(Value),
}

/// Why a row is not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The condition is not TRUE of it.
    Condition,
    /// The condition has no exact answer here.
    Undecided,
    /// A column can't be changed so.
    Column {
        /// Its position.
        column: usize,
        /// Why.
        error: ValueError,
    },
}

impl Change {
    /// The row after the change. Of the row only the columns have to be there that the change names.
    ///
    /// # Errors
    /// The condition is not TRUE of it, or a number can't be added to what it holds: it is NULL, no number, or the sum has
    /// more digits than can be counted with. That the column holds what comes out is for the checks of a row.
    pub fn apply(&self, plan: &Plan, mut row: Row) -> Result<Row, Refusal> {
        if let Some(condition) = &self.condition {
            match truth(plan, &row, condition) {
                Ok(Some(true)) => {}
                Ok(_) => return Err(Refusal::Condition),
                Err(_) => return Err(Refusal::Undecided),
            }
        }
        for Edit { column, operation } in &self.edits {
            let failed = |error| Refusal::Column { column: *column, error };
            let Some((value, Column { ty, .. })) = row.get_mut(*column).zip(plan.columns.get(*column)) else {
                return Err(failed(ValueError::Malformed { what: "column of this plan" }));
            };
            *value = match operation {
                Operation::Set(new) => new.clone(),
                Operation::Add(amount) => moved(ty, value, amount, false).map_err(failed)?,
                Operation::Subtract(amount) => moved(ty, value, amount, true).map_err(failed)?,
            };
        }
        Ok(row)
    }

    /// Whether it changes this column.
    pub fn edits(&self, column: usize) -> bool {
        self.edits.iter().any(|edit| edit.column == column)
    }

    /// The columns that decide what comes out of the change: as long as they hold what they held, the same change ends
    /// alike. They are those its condition reads and its sums start from, and those that keys, markers, computed values,
    /// CHECKs, foreign keys that are kept and the entity's `where` read beside an edited one, or that stand beside it in a map, which is written whole.
    pub fn depends_on(&self, plan: &Plan) -> Vec<usize> {
        let mut columns = Vec::new();
        if let Some(condition) = &self.condition {
            columns.extend(condition.columns());
        }
        let sums = self.edits.iter().filter(|edit| !matches!(edit.operation, Operation::Set(_)));
        columns.extend(sums.map(|edit| edit.column));
        for together in plan.read_together() {
            if together.iter().any(|column| self.edits(*column)) {
                columns.extend(together);
            }
        }
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

impl Expr {
    /// The columns it reads, by their positions, each as often as it is read.
    pub fn columns(&self) -> Vec<usize> {
        match self {
            Self::Column(column) => vec![*column],
            Self::Apply { operands, .. } => operands.iter().flat_map(Self::columns).collect(),
            _ => Vec::new(),
        }
    }

    /// A value as a constant of an expression; `None` for kinds that conditions don't compare exactly: FLOAT and DOUBLE,
    /// bytes, sets, JSON, rows.
    pub fn constant(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => Self::Null,
            Value::Int(number) => Self::Number { digits: i128::from(*number), scale: 0 },
            Value::UInt(number) => Self::Number { digits: i128::from(*number), scale: 0 },
            Value::Decimal(number) => Self::Number { digits: number.mantissa()?, scale: number.scale() },
            Value::Text(text) => Self::Text(text.clone().into()),
            Value::Date(date) => Self::Date(*date),
            Value::Time(time) => Self::Time(*time),
            Value::DateTime(moment) | Value::Timestamp(moment) => Self::DateTime(*moment),
            Value::Float(_) | Value::Double(_) => return None,
            Value::Bytes(_) | Value::Set(_) | Value::Json(_) | Value::Rows(_) => return None,
        })
    }

    /// All of these conditions.
    pub fn all(self, other: Self) -> Self {
        Self::Apply { op: Op::And, operands: vec![self, other].into() }
    }
}

impl Plan {
    /// The groups of columns that are read together: by one key attribute, one marker, one computed value, one CHECK, one
    /// map, one foreign key that is kept, or the entity's `where`.
    fn read_together(&self) -> Vec<Vec<usize>> {
        let indexes = (0..self.indexes.len()).flat_map(|index| self.keys(Some(index)));
        let keys = self.keys(None).chain(indexes).map(|key| self.columns_of([key]));
        let markers = self
            .markers
            .iter()
            .map(|marker| self.columns_of(std::iter::once(&marker.partition).chain(&marker.sort)));
        let computed = self.derived.iter().filter_map(|derived| match &derived.source {
            DerivedSource::Computed { compute, .. } => Some(compute.columns()),
            _ => None,
        });
        let checks = self.checks.iter().map(|check| check.rule.columns());
        let filter = self.filter.iter().map(|Filter { rule, .. }| rule.columns());
        let maps = self.maps.iter().map(|map| map.members.iter().map(|member| member.column).collect());
        let references = self.references.iter().map(|reference| reference.columns.to_vec());
        let own = keys.chain(markers).chain(computed).chain(checks).chain(filter).chain(maps);
        own.chain(references).collect()
    }

    /// Whether a column stands in an item as its own attribute and nowhere else: no key but one that is the attribute
    /// itself, no marker, no computed value, no CHECK, no foreign key that is kept and no `where` is made of it.
    pub fn stands_alone(&self, column: usize) -> bool {
        let is_key = |key: &KeyAttribute| match &key.source {
            KeySource::Attribute(position) => {
                self.attributes.get(*position).is_some_and(|attribute| attribute.column == column)
            }
            KeySource::Template(_) => false,
        };
        let has_attribute = self.attributes.iter().any(|attribute| attribute.column == column);
        let in_key = self.keys(None).any(is_key);
        let read = self.read_together().iter().any(|together| together.contains(&column));
        has_attribute && !in_key && !read
    }
}

impl Compute {
    /// The columns it is worked out of.
    pub fn columns(&self) -> Vec<usize> {
        fn of_parts(parts: &[TextPart]) -> impl Iterator<Item = usize> + '_ {
            parts.iter().filter_map(|part| match part {
                TextPart::Literal(_) => None,
                TextPart::Column(column)
                | TextPart::Time { column, .. }
                | TextPart::Padded { column, .. } => Some(*column),
            })
        }
        match self {
            Self::Text(parts) => of_parts(parts).collect(),
            Self::Case { arms, otherwise } => {
                let arms = arms.iter().flat_map(|(condition, parts)| {
                    condition.columns().into_iter().chain(of_parts(parts)).collect::<Vec<_>>()
                });
                arms.chain(otherwise.iter().flat_map(|parts| of_parts(parts))).collect()
            }
            Self::Moment { column, .. } => vec![*column],
        }
    }
}

/// A number of this type, and an amount added to it or taken from it.
fn moved(ty: &MySqlType, value: &Value, amount: &Value, down: bool) -> Result<Value, ValueError> {
    let signed = |amount: i128| if down { -amount } else { amount };
    match (value, amount) {
        (Value::Null, _) | (_, Value::Null) => Err(ValueError::Null),
        (Value::Int(number), Value::Int(amount)) => {
            let sum = i128::from(*number) + signed(i128::from(*amount));
            i64::try_from(sum).map(Value::Int).map_err(|_| beyond(ty, sum, i64::MIN, i64::MAX))
        }
        (Value::UInt(number), Value::UInt(amount)) => {
            let sum = i128::from(*number) + signed(i128::from(*amount));
            u64::try_from(sum).map(Value::UInt).map_err(|_| beyond(ty, sum, u64::MIN, u64::MAX))
        }
        (Value::Decimal(number), Value::Decimal(amount)) => {
            let scale = number.scale().max(amount.scale());
            let digits = |number: &Decimal| number.rescale(scale).ok().and_then(|number| number.mantissa());
            let sum = digits(number).zip(digits(amount));
            let sum = sum.and_then(|(number, amount)| number.checked_add(signed(amount)));
            sum.and_then(|sum| Decimal::from_mantissa(sum, scale)).map(Value::Decimal).ok_or_else(|| {
                ValueError::Kind { expected: "numbers of at most 38 digits".to_owned(), found: "longer ones" }
            })
        }
        (value, _) => Err(ValueError::Kind { expected: "an exact number".to_owned(), found: value.kind() }),
    }
}

/// The error for a sum that 64 bits don't hold: only types that reach to their ends have any.
fn beyond<T: ToString>(ty: &MySqlType, sum: i128, least: T, most: T) -> ValueError {
    ty.range_error(if sum < 0 {
        Misfit::Below { least: least.to_string() }
    } else {
        Misfit::Above { most: most.to_string() }
    })
}

#[cfg(test)]
mod tests;
