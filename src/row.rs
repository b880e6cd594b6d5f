//! How generated code makes a row and takes one apart. Nothing here is generic: it is compiled once, and what each
//! entity adds is a call for each field.

use std::vec;

use migratable_core::ValueError;
use migratable_core::check::Draft;
use migratable_core::value::{Row, Value};

use crate::entity::columns_error;
use crate::field::FieldError;

/// A row in the making.
#[derive(Debug)]
pub struct RowWriter {
    row: Draft,
    error: Option<FieldError>,
}

impl RowWriter {
    /// A row of so many columns.
    pub fn new(columns: usize) -> Self {
        Self { row: Draft::with_capacity(columns), error: None }
    }

    /// The next column's value, or why the field of this name has none. The first such field is the row's error.
    #[inline]
    pub fn field(&mut self, name: &'static str, value: Result<Value, ValueError>) {
        match value {
            Ok(value) => self.row.push(value),
            Err(error) => self.fail(name, error),
        }
    }

    #[cold]
    fn fail(&mut self, name: &'static str, error: ValueError) {
        self.error.get_or_insert_with(|| FieldError::new(name, error.clone()));
        self.row.fail(error);
    }

    /// The row.
    ///
    /// # Errors
    /// A field has no value.
    pub fn finish(self) -> Result<Row, FieldError> {
        self.error.map_or_else(|| Ok(self.row.into_values()), Err)
    }

    /// The row with every field that has no value.
    pub fn draft(self) -> Draft {
        self.row
    }
}

/// A row being taken apart.
#[derive(Debug)]
pub struct RowReader(vec::IntoIter<Value>);

impl RowReader {
    /// Takes a row of so many columns apart.
    ///
    /// # Errors
    /// The row is of another plan: it has another number of values.
    pub fn new(row: Row, columns: usize) -> Result<Self, FieldError> {
        if row.len() == columns {
            Ok(Self(row.into_iter()))
        } else {
            Err(FieldError::new("row", columns_error(columns)))
        }
    }

    /// The next column's value; NULL past the last.
    pub fn value(&mut self) -> Value {
        self.0.next().unwrap_or(Value::Null)
    }

    /// The value after so many others.
    pub fn value_after(&mut self, others: usize) -> Value {
        self.0.nth(others).unwrap_or(Value::Null)
    }

    /// The error of the field of this name.
    pub fn error(&self, name: &'static str, error: ValueError) -> FieldError {
        FieldError::new(name, error)
    }
}
