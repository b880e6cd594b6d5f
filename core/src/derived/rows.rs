//! The text a server gives a collection's rows as.
//!
//! How many elements there are, `:`, and the elements: each its values as the hex digits of their exact texts (`~` is NULL),
//! with `,` between them, `)` at its end and `;` behind it. Hex has none of these, so nothing in a value can end it, and no
//! character set or collation touches it. A text that a server cut (`group_concat_max_len`, `max_allowed_packet`) has fewer
//! elements than it says, or one without its end.

use super::parse;
use crate::ValueError;
use crate::plan::{ChildRows, Collection, CollectionForm};
use crate::value::{Row, Value};

/// What stands for NULL.
pub const NULL: char = '~';

/// Between values.
pub const VALUE: char = ',';

/// At the end of an element.
pub const CLOSE: char = ')';

/// Behind an element.
pub const ELEMENT: char = ';';

/// What sessions set `group_concat_max_len` to (MySQL 8.0 Reference Manual, "Server System Variables": 1,024 by default;
/// MariaDB's most is 1 GB). An item has 400 KB, so that no collection that fits comes near it.
pub const MAX_TEXT: u64 = 1 << 29;

/// Values of elements as bytes; `None` for NULL.
pub(super) fn split(text: &str) -> Result<Vec<Vec<Option<Vec<u8>>>>, ValueError> {
    let (count, elements) = text.split_once(':').ok_or(CUT)?;
    let count: usize = count.parse().map_err(|_| CUT)?;
    let elements = elements.strip_suffix(ELEMENT).unwrap_or(elements);
    let elements = elements.split(ELEMENT).filter(|_| !elements.is_empty());
    let element = |element: &str| element.strip_suffix(CLOSE).ok_or(CUT)?.split(VALUE).map(bytes).collect();
    let elements: Vec<_> = elements.map(element).collect::<Result<_, _>>()?;
    if elements.len() == count { Ok(elements) } else { Err(CUT) }
}

const CUT: ValueError =
    ValueError::Malformed { what: "whole list of rows: the server has cut it (max_allowed_packet)" };

/// A value's bytes; `None` for NULL.
pub(super) fn bytes(hex: &str) -> Result<Option<Vec<u8>>, ValueError> {
    let malformed = ValueError::Malformed { what: "row of a collection" };
    if hex.chars().eq([NULL]) {
        return Ok(None);
    }
    if !hex.len().is_multiple_of(2) || !hex.is_ascii() {
        return Err(malformed);
    }
    let digits = (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16));
    digits.collect::<Result<_, _>>().map(Some).map_err(|_| malformed)
}

/// The rows of a collection, from its text.
///
/// # Errors
/// The text was cut, or a value isn't one of its column's.
pub fn read(collection: &Collection, text: &str) -> Result<Value, ValueError> {
    let columns = collection.element();
    let mut rows = Vec::new();
    for element in split(text)? {
        let row = one(&collection.rows, &columns, element)?;
        let dropped = matches!(collection.form, CollectionForm::Values(_) | CollectionForm::Set(_));
        if !(dropped && row == [Value::Null]) {
            rows.push(row);
        }
    }
    if let CollectionForm::Set(_) = collection.form {
        let text = |row: &Row| match row.first() {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        rows.sort_by_key(text);
        rows.dedup();
    }
    Ok(Value::Rows(rows))
}

fn one(rows: &ChildRows, columns: &[usize], values: Vec<Option<Vec<u8>>>) -> Result<Row, ValueError> {
    let malformed = ValueError::Malformed { what: "row of a collection" };
    if values.len() != columns.len() {
        return Err(malformed);
    }
    let value = |(column, value): (&usize, Option<Vec<u8>>)| {
        let column =
            rows.columns.get(*column).ok_or(ValueError::Malformed { what: "row of a collection" })?;
        let value = value.map_or(Ok(Value::Null), |bytes| parse(&column.ty, &bytes))?;
        crate::projection::admit(column, value)
    };
    columns.iter().zip(values).map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_value_ends_it() {
        let some = |text: &str| Some(text.as_bytes().to_vec());
        assert_eq!(split("0:").expect("no rows"), [] as [Vec<Option<Vec<u8>>>; 0]);
        let two = [vec![some("a,;"), None], vec![some(""), some("~")]];
        assert_eq!(split("2:612C3B,~);,7E);").expect("two rows"), two);
        assert_eq!(split("2:612C3B,~);,7E)").expect("the first two"), two);
    }

    #[test]
    fn what_was_cut_is_found_out() {
        for cut in ["", "1:", "2:61);", "1:6", "1:61", "2:61);62", "1:zz);", "1:é);", "0:61);"] {
            assert!(split(cut).is_err(), "{cut}");
        }
    }
}
