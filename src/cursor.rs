//! Page cursors: where a list goes on.
//!
//! A cursor holds values of the last row served, not a store's own position. So any store can go on from it, whichever
//! served the page before. In bytes: version, check, then the values of [`AccessPattern::cursor`] in order. The check
//! covers the list (entity, pattern, columns and their types), its parameters, the ends of a range, and the values; it catches mistakes and
//! damage. It is no signature, and needs none: what a forged cursor can reach is another place in the same list.

mod bytes;

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use migratable_core::fingerprint;
use migratable_core::key::Ends;
use migratable_core::mysql::MySqlType;
use migratable_core::plan::{AccessPattern, Plan};
use migratable_core::value::Value;

use crate::error::{CursorFault, Error};
use crate::store::Question;

const VERSION: u8 = 1;
/// Version and check.
const HEADER: usize = 1 + size_of::<u64>();

/// Where a list goes on: [`Page::next`](crate::Page::next) gives one, and the same list with the same parameters takes
/// it, forwards or backwards, from the same store or the other.
///
/// Its text form ([`Display`](fmt::Display), [`FromStr`]) is safe in URLs. It holds the last row's ordering values,
/// readable by who decodes it; it is no secret and no permission.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    bytes: Vec<u8>,
}

impl Cursor {
    /// The cursor that goes on after a row of a list.
    pub(crate) fn after(list: &Question<'_>, row: &[Value]) -> Result<Self, Error> {
        let mut values = Vec::new();
        for &column in list.pattern.cursor.iter() {
            let value = row.get(column).ok_or_else(|| Error::plan("a cursor column is not in the row"))?;
            bytes::write(&mut values, value);
        }
        let mut bytes = vec![VERSION];
        bytes.extend(check(list, &values).to_be_bytes());
        bytes.extend(values);
        Ok(Self { bytes })
    }

    /// The values of [`AccessPattern::cursor`](migratable_core::plan::AccessPattern::cursor), if this is a cursor of that
    /// list with these parameters.
    pub(crate) fn values(&self, list: &Question<'_>) -> Result<Vec<Value>, Error> {
        let (header, values) =
            self.bytes.split_at_checked(HEADER).ok_or(CursorFault::Garbled).map_err(Error::cursor)?;
        if header[0] != VERSION {
            return Err(Error::cursor(CursorFault::Version));
        }
        if header[1..] != check(list, values).to_be_bytes() {
            return Err(Error::cursor(CursorFault::Foreign));
        }
        read_values(list.plan, list.pattern, values).ok_or_else(|| Error::cursor(CursorFault::Garbled))
    }
}

/// The values, each checked against its column: a cursor is input, even if its check is right.
fn read_values(plan: &Plan, pattern: &AccessPattern, bytes: &[u8]) -> Option<Vec<Value>> {
    let mut rest = bytes;
    let mut values = Vec::with_capacity(pattern.cursor.len());
    for &column in pattern.cursor.iter() {
        let column = plan.columns.get(column)?;
        let value = bytes::read(&mut rest)?;
        // MySQL stores an invalid ENUM member as the empty text, which no write of ours makes and a list may pass by.
        let no_member =
            matches!((&column.ty, &value), (MySqlType::Enum { .. }, Value::Text(text)) if text.is_empty());
        if !no_member {
            column.check(&value).ok()?;
        }
        values.push(value);
    }
    rest.is_empty().then_some(values)
}

fn check(list: &Question<'_>, values: &[u8]) -> u64 {
    let Question { plan, pattern, .. } = list;
    let mut parts = vec![
        plan.entity.to_string(),
        pattern.name.to_string(),
        encoded(list.by),
        URL_SAFE_NO_PAD.encode(values),
    ];
    for columns in [&pattern.by, &pattern.order, &pattern.cursor] {
        parts.push(columns.len().to_string());
        for column in columns.iter().filter_map(|&column| plan.columns.get(column)) {
            parts.push(format!("{}.{} {}", column.table, column.name, column.ty));
        }
    }
    if let Some(ends) = list.ends {
        let kind = match ends {
            Ends::Between(..) => "between",
            Ends::From(_) => "from",
            Ends::After(_) => "after",
            Ends::Until(_) => "until",
            Ends::Before(_) => "before",
        };
        parts.extend([kind.to_owned(), encoded(ends.values())]);
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    fingerprint::of(&parts).0
}

fn encoded<'v>(values: impl IntoIterator<Item = &'v Value>) -> String {
    let mut bytes = Vec::new();
    values.into_iter().for_each(|value| bytes::write(&mut bytes, value));
    URL_SAFE_NO_PAD.encode(bytes)
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(&self.bytes))
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cursor({self})")
    }
}

impl FromStr for Cursor {
    type Err = Error;

    /// # Errors
    /// The text is not that of a cursor ([`Error::is_invalid_cursor`]). Which list it is of shows when it is used.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() >= HEADER);
        bytes.map(|bytes| Self { bytes }).ok_or_else(|| Error::cursor(CursorFault::Garbled))
    }
}

#[cfg(test)]
mod tests;
