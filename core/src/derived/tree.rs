//! The way from the root of a tree to a row, out of the rows above it in any order.

use std::collections::{HashMap, HashSet};

use super::rows;
use crate::ValueError;
use crate::mysql::MySqlType;
use crate::plan::{Tree, TreeValue};
use crate::value::Value;

/// A value of the server's as bytes; `None` for NULL.
type Bytes = Option<Vec<u8>>;

/// The value of a tree, from the text a server gives: the key it starts from, `)`, and an element for the row itself and each
/// row above it, which is its key, the key of the row above, and (for a path) the text taken. NULL where there is no row to
/// start from.
///
/// # Errors
/// The rows go in a circle, or the text is not of this tree.
pub fn read(tree: &Tree, text: Option<&str>) -> Result<Value, ValueError> {
    let malformed = ValueError::Malformed { what: "rows of a tree" };
    let Some(text) = text else { return Ok(Value::Null) };
    let (start, text) = text.split_once(rows::CLOSE).ok_or(malformed.clone())?;
    let mut above: HashMap<Vec<u8>, (Bytes, Bytes)> = HashMap::new();
    for mut element in rows::split(text)? {
        let taken = if element.len() == 3 { element.pop().flatten() } else { None };
        let (Some(parent), Some(Some(key))) = (element.pop(), element.pop()) else { return Err(malformed) };
        above.insert(key, (parent, taken));
    }
    let start = rows::bytes(start)?.ok_or(malformed)?;
    let mut way = Vec::new();
    let mut seen = HashSet::new();
    let mut at = Some(start);
    while let Some(key) = at {
        // A parent that is gone ends the way, as a join that finds nothing.
        let Some((parent, taken)) = above.get(&key) else { break };
        if !seen.insert(key) {
            return Err(ValueError::Malformed { what: "tree: its rows go in a circle" });
        }
        way.push(taken.clone());
        at = parent.clone();
    }
    match &tree.value {
        TreeValue::Depth => depth(way.len(), &tree.scalar.ty),
        TreeValue::Path { join, .. } => path(way, join),
    }
}

fn depth(rows: usize, ty: &MySqlType) -> Result<Value, ValueError> {
    let above = rows.checked_sub(1).ok_or(ValueError::Malformed { what: "rows of a tree" })?;
    let value = Value::Int(i64::try_from(above).unwrap_or(i64::MAX));
    ty.check(&value).map(|()| value)
}

fn path(way: Vec<Bytes>, join: &str) -> Result<Value, ValueError> {
    let mut names = Vec::with_capacity(way.len());
    for name in way.into_iter().rev() {
        let Some(name) = name else { return Ok(Value::Null) };
        names.push(String::from_utf8(name).map_err(|_| ValueError::Malformed { what: "text of a tree" })?);
    }
    Ok(Value::Text(names.join(join)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;
    use crate::collation::Collation;
    use crate::dynamodb::AttributeType;
    use crate::mysql::IntSize;
    use crate::plan::Scalar;

    fn tree(value: TreeValue) -> Tree {
        let ty = match value {
            TreeValue::Depth => MySqlType::Int { size: IntSize::Int, unsigned: false, display: None },
            TreeValue::Path { .. } => {
                MySqlType::VarChar { length: 100, collation: Collation::constant("utf8mb4_bin") }
            }
        };
        let scalar = Scalar { ty, attribute: AttributeType::S, nullable: true };
        Tree { table: 0, key: Text::Borrowed("id"), parent: Text::Borrowed("parent_id"), value, scalar }
    }

    fn path() -> Tree {
        tree(TreeValue::Path { take: Text::Borrowed("name"), join: Text::Borrowed("/") })
    }

    // 1 is the root `a`, 2 is `b` under it, 3 is `c` under that.
    const ROWS: &str = "3:33,32,63);31,~,61);32,31,62);";

    #[test]
    fn the_way_goes_from_the_root_to_the_row() {
        let text = |text: &str| Ok(Value::Text(text.to_owned()));
        let path = |start: &str| read(&path(), Some(&format!("{start}){ROWS}")));
        assert_eq!(path("33"), text("a/b/c"));
        assert_eq!(path("31"), text("a"));
        assert_eq!(read(&tree(TreeValue::Depth), Some("33)3:33,32);31,~);32,31);")), Ok(Value::Int(2)));
        assert_eq!(read(&tree(TreeValue::Depth), None), Ok(Value::Null));
    }

    #[test]
    fn a_circle_is_an_error_and_a_missing_parent_ends_the_way() {
        assert!(read(&path(), Some("31)2:31,32,61);32,31,62);")).is_err());
        assert!(read(&path(), Some("31)1:31,31,61);")).is_err());
        assert_eq!(read(&path(), Some("32)1:32,39,62);")), Ok(Value::Text("b".to_owned())));
    }
}
