//! Ranges of keys, built step by step from typed values.

use std::fmt;
use std::marker::PhantomData;

use migratable_core::ValueError;
use migratable_core::key::Ends;
use migratable_core::value::Value;

use crate::entity::Entity;
use crate::field::{Field, FieldError};
use crate::key::{Key, key_error};
use crate::kind;
use crate::store::RowRange;

/// The front of a key: its partition, and the first few columns of its sort key. `OrderKey::prefix(…)` starts one, and
/// where the sort key has several columns, methods named after them go on.
///
/// A prefix is itself the range of all keys that start with it. The methods here narrow that down by the next column: text
/// compared by its bytes in UTF-8, everything else by what it is, in both stores. `K` is the key, and `C` says which column
/// comes next, so that neither a value of another type nor another order of steps compiles.
///
/// Values that their columns can't hold are errors when the range is asked.
#[must_use = "a range is asked for by a repository's `range`"]
pub struct Prefix<K, C> {
    given: Result<Vec<Value>, FieldError>,
    key: PhantomData<fn() -> (K, C)>,
}

/// The next column of a [`Prefix`]: the sort key's column at the position `AT`, which a field of the type `T` and the kind
/// `M` carries.
pub struct Next<T, M, const AT: usize>(PhantomData<fn() -> (T, M)>);

/// The next column of a [`Prefix`], at the position `AT`, is one that the stores don't sort alike, or that may be NULL: it can
/// be given, and has no ranges.
pub struct Given<const AT: usize>;

/// A [`Prefix`] that is a range: every column that is not given sorts alike in both stores.
#[diagnostic::on_unimplemented(
    message = "this prefix is no range yet",
    label = "its next column has to be given: the stores don't sort it alike, or it may be NULL"
)]
pub trait Ranged {}

impl<T, M, const AT: usize> Ranged for Next<T, M, AT> {}

/// A value for a column whose field is of the type `T` and the kind `M`: a `T`, a reference to one, and for text and bytes
/// the slice, too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value for a field of the type `{T}`",
    label = "the key has a `{T}` here"
)]
pub trait Part<T, M> {
    /// The value as MySQL holds it.
    ///
    /// # Errors
    /// The value has no exact form in MySQL.
    fn into_part(self) -> Result<Value, ValueError>;
}

impl<T: Field<M>, M> Part<T, M> for T {
    fn into_part(self) -> Result<Value, ValueError> {
        self.to_value()
    }
}

impl<T: Field<M>, M> Part<T, M> for &T {
    fn into_part(self) -> Result<Value, ValueError> {
        self.to_value()
    }
}

impl Part<String, kind::Text> for &str {
    fn into_part(self) -> Result<Value, ValueError> {
        Ok(Value::Text(self.to_owned()))
    }
}

impl Part<Vec<u8>, kind::Bytes> for &[u8] {
    fn into_part(self) -> Result<Value, ValueError> {
        Ok(Value::Bytes(self.to_vec()))
    }
}

impl<K: Key, C> Prefix<K, C> {
    /// Of these values, in the key's order.
    #[doc(hidden)]
    pub fn new(values: Vec<Result<Value, ValueError>>) -> Self {
        let mut given = Vec::with_capacity(values.len());
        for (position, value) in values.into_iter().enumerate() {
            match value {
                Ok(value) => given.push(value),
                Err(error) => return Self::of(Err(key_error(K::Entity::plan(), K::INDEX, position, error))),
            }
        }
        Self::of(Ok(given))
    }

    /// With the next column's value.
    #[doc(hidden)]
    pub fn then<D>(&self, value: Result<Value, ValueError>) -> Prefix<K, D> {
        Prefix::of(self.given.clone().and_then(|mut given| {
            let position = given.len();
            given.push(value.map_err(|error| key_error(K::Entity::plan(), K::INDEX, position, error))?);
            Ok(given)
        }))
    }

    const fn of(given: Result<Vec<Value>, FieldError>) -> Self {
        Self { given, key: PhantomData }
    }
}

impl<K: Key, T, M, const AT: usize> Prefix<K, Next<T, M, AT>> {
    /// The keys whose next column lies between two values, both included. With the later one first there are none.
    pub fn between(&self, from: impl Part<T, M>, until: impl Part<T, M>) -> Range<K::Entity> {
        let until = until.into_part();
        self.ended(from.into_part().and_then(|from| Ok(Ends::Between(from, until?))))
    }

    /// The keys whose next column is this value or comes after it.
    pub fn from(&self, from: impl Part<T, M>) -> Range<K::Entity> {
        self.ended(from.into_part().map(Ends::From))
    }

    /// The keys whose next column comes after this value.
    pub fn after(&self, after: impl Part<T, M>) -> Range<K::Entity> {
        self.ended(after.into_part().map(Ends::After))
    }

    /// The keys whose next column comes before this value or is it.
    pub fn until(&self, until: impl Part<T, M>) -> Range<K::Entity> {
        self.ended(until.into_part().map(Ends::Until))
    }

    /// The keys whose next column comes before this value.
    pub fn before(&self, before: impl Part<T, M>) -> Range<K::Entity> {
        self.ended(before.into_part().map(Ends::Before))
    }

    fn ended(&self, ends: Result<Ends, ValueError>) -> Range<K::Entity> {
        let rows = self.given.clone().and_then(|given| {
            let position = given.len();
            let ends = ends.map_err(|error| key_error(K::Entity::plan(), K::INDEX, position, error))?;
            Ok(RowRange { index: K::INDEX, given, ends: Some(ends) })
        });
        Range::of(K::INDEX, rows)
    }
}

impl<K, C> Clone for Prefix<K, C> {
    fn clone(&self) -> Self {
        Self { given: self.given.clone(), key: PhantomData }
    }
}

/// Says how many columns are given, never their values.
impl<K, C> fmt::Debug for Prefix<K, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = self.given.as_ref().map(Vec::len);
        f.debug_struct("Prefix").field("given", &given).finish()
    }
}

impl<T, M, const AT: usize> fmt::Debug for Next<T, M, AT> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Next({AT})")
    }
}

impl<const AT: usize> fmt::Debug for Given<AT> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Given({AT})")
    }
}

/// A range of an entity's rows: those of one partition of a key, in the key's order, whose next column lies within ends.
/// Made from a [`Prefix`], asked for by the repository's `range`.
#[must_use = "a range is asked for by a repository's `range`"]
pub struct Range<E> {
    index: Option<usize>,
    rows: Result<RowRange, FieldError>,
    entity: PhantomData<fn() -> E>,
}

impl<E: Entity> Range<E> {
    const fn of(index: Option<usize>, rows: Result<RowRange, FieldError>) -> Self {
        Self { index, rows, entity: PhantomData }
    }

    /// The index it is of, and what is asked.
    pub(crate) fn into_rows(self) -> (Option<usize>, Result<RowRange, FieldError>) {
        (self.index, self.rows)
    }
}

/// Every key that starts with the prefix.
impl<K: Key, C: Ranged> From<Prefix<K, C>> for Range<K::Entity> {
    fn from(prefix: Prefix<K, C>) -> Self {
        let rows = prefix.given.map(|given| RowRange { index: K::INDEX, given, ends: None });
        Self::of(K::INDEX, rows)
    }
}

impl<E> Clone for Range<E> {
    fn clone(&self) -> Self {
        Self { index: self.index, rows: self.rows.clone(), entity: PhantomData }
    }
}

/// Says how much is given, never any value.
impl<E> fmt::Debug for Range<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let given = self.rows.as_ref().map(|rows| rows.given.len());
        f.debug_struct("Range").field("index", &self.index).field("given", &given).finish()
    }
}

#[cfg(test)]
mod tests;
