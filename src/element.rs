//! Rows of other tables inside an entity: lists and maps of elements.

use std::collections::BTreeMap;

use migratable_core::ValueError;
use migratable_core::value::{Row, Value};

use crate::field::{Field, FieldError};
use crate::kind;

/// One element of a collection: a row of another table, as the entity's item has it. Generated code has a struct for each
/// collection; one of your own implements this with a value for each of the contract's `fields`, in their order.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no element of a collection",
    label = "no element",
    note = "`migratable generate` writes a struct for each collection's elements; one of your own implements `migratable::Element`"
)]
pub trait Element: Sized {
    /// The element's values.
    ///
    /// # Errors
    /// The first field that holds a value without an exact form in MySQL.
    fn to_row(&self) -> Result<Row, FieldError>;

    /// The element of these values.
    ///
    /// # Errors
    /// A value is of another kind than its field, or the field's type can't hold it exactly.
    fn from_row(row: Row) -> Result<Self, FieldError>;
}

/// The rows of a collection's value.
fn rows(value: Value) -> Result<Vec<Row>, ValueError> {
    match value {
        Value::Rows(rows) => Ok(rows),
        Value::Null => Err(ValueError::Null),
        other => Err(ValueError::Kind { expected: "rows of a collection".to_owned(), found: other.kind() }),
    }
}

const CUT: ValueError = ValueError::Malformed { what: "row of this collection" };

impl<E: Element> Field<kind::Elements> for Vec<E> {
    fn to_value(&self) -> Result<Value, ValueError> {
        let rows = self.iter().map(|element| element.to_row().map_err(|error| error.source));
        rows.collect::<Result<_, _>>().map(Value::Rows)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        let rows = rows(value)?.into_iter();
        rows.map(|row| E::from_row(row).map_err(|error| error.source)).collect()
    }
}

impl<K, T: Field<K>> Field<kind::Values<K>> for Vec<T> {
    fn to_value(&self) -> Result<Value, ValueError> {
        let rows = self.iter().map(|value| value.to_value().map(|value| vec![value]));
        rows.collect::<Result<_, _>>().map(Value::Rows)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        let rows = rows(value)?.into_iter();
        rows.map(|row| T::from_value(row.into_iter().next().ok_or(CUT)?)).collect()
    }
}

impl<K, T: Field<K> + Ord, E: Element> Field<kind::Keyed<K>> for BTreeMap<T, E> {
    fn to_value(&self) -> Result<Value, ValueError> {
        let row = |(key, element): (&T, &E)| {
            let mut row = vec![key.to_value()?];
            row.extend(element.to_row().map_err(|error| error.source)?);
            Ok(row)
        };
        self.iter().map(row).collect::<Result<_, _>>().map(Value::Rows)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        let entry = |row: Row| {
            let mut values = row.into_iter();
            let key = T::from_value(values.next().ok_or(CUT)?)?;
            let element = E::from_row(values.collect()).map_err(|error| error.source)?;
            Ok((key, element))
        };
        rows(value)?.into_iter().map(entry).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::{RowReader, RowWriter};

    #[derive(Debug, PartialEq)]
    struct Line {
        product: String,
        quantity: Option<i32>,
    }

    impl Element for Line {
        fn to_row(&self) -> Result<Row, FieldError> {
            let mut row = RowWriter::new(2);
            row.field("product", Field::<kind::Text>::to_value(&self.product));
            row.field("quantity", Field::<kind::Nullable<kind::I32>>::to_value(&self.quantity));
            row.finish()
        }

        fn from_row(row: Row) -> Result<Self, FieldError> {
            let mut row = RowReader::new(row, 2)?;
            let product =
                Field::<kind::Text>::from_value(row.value()).map_err(|error| row.error("product", error))?;
            let quantity = Field::<kind::Nullable<kind::I32>>::from_value(row.value())
                .map_err(|error| row.error("quantity", error))?;
            Ok(Self { product, quantity })
        }
    }

    fn line(product: &str, quantity: Option<i32>) -> Line {
        Line { product: product.to_owned(), quantity }
    }

    #[test]
    fn elements_come_back_in_their_order() {
        let lines = vec![line("b", Some(2)), line("a", None)];
        let value = Field::<kind::Elements>::to_value(&lines).expect("rows");
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(value, Value::Rows(vec![vec![text("b"), Value::Int(2)], vec![text("a"), Value::Null]]));
        assert_eq!(<Vec<Line> as Field<kind::Elements>>::from_value(value), Ok(lines));
        assert!(
            <Vec<Line> as Field<kind::Elements>>::from_value(Value::Rows(vec![vec![Value::Null]])).is_err()
        );
        assert_eq!(<Vec<Line> as Field<kind::Elements>>::from_value(Value::Null), Err(ValueError::Null));
    }

    #[test]
    fn values_and_keys_come_back() {
        let values = vec![3_i32, 1];
        let rows = Field::<kind::Values<kind::I32>>::to_value(&values).expect("rows");
        assert_eq!(rows, Value::Rows(vec![vec![Value::Int(3)], vec![Value::Int(1)]]));
        assert_eq!(<Vec<i32> as Field<kind::Values<kind::I32>>>::from_value(rows), Ok(values));
        let keyed = BTreeMap::from([(7_u32, line("a", None)), (9, line("b", Some(1)))]);
        let rows = Field::<kind::Keyed<kind::U32>>::to_value(&keyed).expect("rows");
        assert_eq!(<BTreeMap<u32, Line> as Field<kind::Keyed<kind::U32>>>::from_value(rows), Ok(keyed));
    }
}
