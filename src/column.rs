//! Columns by name, as changes and conditions speak of them. What is generic here only makes values; the rest is the same
//! for all entities, so that it is compiled once.

use std::fmt;
use std::marker::PhantomData;

use migratable_core::change::{Change as Edits, Edit, Operation};
use migratable_core::check::{Expr, Op};
use migratable_core::value::Value;
use migratable_core::{Text, ValueError};

use crate::entity::{Entity, Failure};
use crate::field::Field;
use crate::kind;

/// A column of the entity `E`, which a field of the type `F` carries as the [kind](kind) `K`. The derive gives each entity a
/// struct of them, which [`UnitOfWork::change`](crate::UnitOfWork::change) hands to what makes the change.
pub struct Column<E, K, F> {
    position: usize,
    name: &'static str,
    marker: PhantomData<Of<E, K, F>>,
}

/// Names them, and holds none.
type Of<E, K, F> = fn() -> (E, K, F);

impl<E, K, F> Clone for Column<E, K, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E, K, F> Copy for Column<E, K, F> {}

impl<E, K, F> fmt::Debug for Column<E, K, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Column({})", self.name)
    }
}

/// A change of an entity: what becomes of its columns, and under which condition.
#[must_use = "nothing is changed unless a unit of work is given the change"]
pub struct Change<E> {
    pub(crate) made: Made,
    entity: PhantomData<fn() -> E>,
}

/// A condition on an entity as it is stored. As in SQL, a comparison with NULL is neither true nor false, and what is not
/// true doesn't hold.
#[must_use = "a condition that is not used holds nothing back"]
pub struct Condition<E> {
    pub(crate) asked: Asked,
    entity: PhantomData<fn() -> E>,
}

/// A change of any entity.
#[derive(Debug, Default)]
pub(crate) struct Made {
    pub(crate) edits: Edits,
    /// Values that can't be used.
    pub(crate) failures: Vec<Failure>,
}

/// A condition on any entity.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) condition: Expr,
    /// Values that can't be compared with.
    pub(crate) failures: Vec<Failure>,
}

impl<E> fmt::Debug for Change<E> {
    /// Says which columns are changed, never to what.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns: Vec<usize> = self.made.edits.edits.iter().map(|edit| edit.column).collect();
        f.debug_struct("Change").field("columns", &columns).finish_non_exhaustive()
    }
}

impl<E> fmt::Debug for Condition<E> {
    /// Says which columns are compared, never with what.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Condition").field("columns", &self.asked.condition.columns()).finish_non_exhaustive()
    }
}

impl<E: Entity, K, F> Column<E, K, F> {
    /// The column at this position of the entity's plan. Generated code makes them.
    #[doc(hidden)]
    pub const fn new(position: usize, name: &'static str) -> Self {
        Self { position, name, marker: PhantomData }
    }

    fn change<A: Field<N>, N>(self, value: &A, operation: impl FnOnce(Value) -> Operation) -> Change<E> {
        Change::of(Made::new(self.position, self.name, value.to_value(), operation))
    }

    fn compare<A: Field<N>, N>(self, op: Op, value: &A) -> Condition<E> {
        Condition::of(Asked::new(self.position, self.name, value.to_value(), op))
    }
}

impl<E: Entity, K, F: Field<K>> Column<E, K, F> {
    /// The column becomes this value.
    pub fn set(self, value: F) -> Change<E> {
        self.change(&value, Operation::Set)
    }

    /// The column equals this value: texts by the column's collation, as MySQL compares them; NULL equals NULL.
    ///
    /// Floating-point numbers, bytes, sets and JSON are not compared: such a condition is refused as invalid.
    pub fn equals(self, value: F) -> Condition<E> {
        self.compare(Op::NullSafeEqual, &value)
    }

    /// The column doesn't equal this value. See [`Column::equals`].
    pub fn differs(self, value: F) -> Condition<E> {
        self.equals(value).negated()
    }
}

impl<E: Entity, K: Exact, F> Column<E, K, F> {
    /// This amount is added. To NULL nothing can be added: that is refused as invalid.
    #[expect(clippy::should_implement_trait, reason = "what is added to is the store's value, not this one")]
    pub fn add<A: Field<K::Plain>>(self, amount: A) -> Change<E> {
        self.change(&amount, Operation::Add)
    }

    /// This amount is taken away. From NULL nothing can be taken: that is refused as invalid.
    pub fn subtract<A: Field<K::Plain>>(self, amount: A) -> Change<E> {
        self.change(&amount, Operation::Subtract)
    }
}

impl<E: Entity, K: Ordered, F> Column<E, K, F> {
    /// The column is this value or a larger one; a moment, this one or a later one.
    pub fn at_least<A: Field<K::Plain>>(self, value: A) -> Condition<E> {
        self.compare(Op::GreaterOrEqual, &value)
    }

    /// The column is this value or a smaller one; a moment, this one or an earlier one.
    pub fn at_most<A: Field<K::Plain>>(self, value: A) -> Condition<E> {
        self.compare(Op::LessOrEqual, &value)
    }

    /// The column is larger than this value; a moment, later.
    pub fn above<A: Field<K::Plain>>(self, value: A) -> Condition<E> {
        self.compare(Op::Greater, &value)
    }

    /// The column is smaller than this value; a moment, earlier.
    pub fn below<A: Field<K::Plain>>(self, value: A) -> Condition<E> {
        self.compare(Op::Less, &value)
    }
}

impl<E: Entity, K, F> Column<E, kind::Nullable<K>, F> {
    /// The column is NULL.
    pub fn is_null(self) -> Condition<E> {
        Condition::of(Asked {
            condition: apply(Op::IsNull, [Expr::Column(self.position)]),
            failures: Vec::new(),
        })
    }

    /// The column is not NULL.
    pub fn is_set(self) -> Condition<E> {
        self.is_null().negated()
    }
}

impl<E> Change<E> {
    fn of(made: Made) -> Self {
        Self { made, entity: PhantomData }
    }

    /// This change and another of the same row.
    pub fn and(mut self, other: Self) -> Self {
        self.made.add(other.made);
        self
    }

    /// Only if the condition holds of the row as it is stored; of several conditions, all of them. Where it doesn't,
    /// nothing of the unit of work is done, and [`Error::is_condition_failed`](crate::Error::is_condition_failed) says so.
    pub fn only_if(mut self, condition: Condition<E>) -> Self {
        self.made.only_if(condition.asked);
        self
    }
}

impl<E> Condition<E> {
    fn of(asked: Asked) -> Self {
        Self { asked, entity: PhantomData }
    }

    /// This condition and another.
    pub fn and(self, other: Self) -> Self {
        Self::of(self.asked.with(Op::And, other.asked))
    }

    /// This condition or another.
    pub fn or(self, other: Self) -> Self {
        Self::of(self.asked.with(Op::Or, other.asked))
    }

    /// That this condition is false.
    pub fn negated(self) -> Self {
        let Asked { condition, failures } = self.asked;
        Self::of(Asked { condition: apply(Op::Not, [condition]), failures })
    }
}

impl Made {
    fn new(
        column: usize,
        name: &'static str,
        value: Result<Value, ValueError>,
        operation: impl FnOnce(Value) -> Operation,
    ) -> Self {
        match value {
            Ok(value) => {
                let edits = vec![Edit { column, operation: operation(value) }];
                Self { edits: Edits { edits, condition: None }, failures: Vec::new() }
            }
            Err(error) => {
                Self { edits: Edits::default(), failures: vec![Failure::value(name.to_owned(), error)] }
            }
        }
    }

    fn add(&mut self, other: Self) {
        self.edits.edits.extend(other.edits.edits);
        self.failures.extend(other.failures);
        if let Some(condition) = other.edits.condition {
            self.only_if(Asked { condition, failures: Vec::new() });
        }
    }

    fn only_if(&mut self, asked: Asked) {
        self.failures.extend(asked.failures);
        self.edits.condition = Some(match self.edits.condition.take() {
            Some(condition) => apply(Op::And, [condition, asked.condition]),
            None => asked.condition,
        });
    }
}

impl Asked {
    fn new(column: usize, name: &'static str, value: Result<Value, ValueError>, op: Op) -> Self {
        let constant = value.and_then(|value| {
            let other = ValueError::Kind {
                expected: "a value that conditions compare exactly".to_owned(),
                found: value.kind(),
            };
            Expr::constant(&value).ok_or(other)
        });
        match constant {
            Ok(constant) => {
                Self { condition: apply(op, [Expr::Column(column), constant]), failures: Vec::new() }
            }
            Err(error) => Self {
                condition: Expr::Null,
                failures: vec![Failure::value(Text::Borrowed(name).into_owned(), error)],
            },
        }
    }

    fn with(mut self, op: Op, other: Self) -> Self {
        self.failures.extend(other.failures);
        Self { condition: apply(op, [self.condition, other.condition]), failures: self.failures }
    }
}

fn apply<const N: usize>(op: Op, operands: [Expr; N]) -> Expr {
    Expr::Apply { op, operands: operands.to_vec().into() }
}

/// Kinds of exact numbers, which can be added to: integers and DECIMAL.
#[diagnostic::on_unimplemented(
    message = "nothing can be added to a column of the kind `{Self}`",
    note = "integers and DECIMAL are added to; FLOAT and DOUBLE would come out otherwise in each store"
)]
pub trait Exact: Ordered {}

/// Kinds that have an order which both stores know: numbers, dates and times.
#[diagnostic::on_unimplemented(
    message = "columns of the kind `{Self}` have no order that both stores know",
    note = "exact numbers, dates and times are compared; texts and the others can be equal"
)]
pub trait Ordered {
    /// The kind itself, without NULL.
    type Plain;
}

macro_rules! kinds {
    ($which:ident: $($name:ident)*) => {
        $(kinds!(@ $which $name);)*
    };
    (@ ordered $name:ident) => {
        impl Ordered for kind::$name {
            type Plain = kind::$name;
        }
    };
    (@ exact $name:ident) => {
        kinds!(@ ordered $name);
        impl Exact for kind::$name {}
    };
}

kinds!(exact: I8 U8 I16 U16 I32 U32 I64 U64 Decimal BigDecimal);
kinds!(ordered: Date DateTime Timestamp Time Year);

impl<K: Ordered> Ordered for kind::Nullable<K> {
    type Plain = K::Plain;
}

impl<K: Exact> Exact for kind::Nullable<K> {}
