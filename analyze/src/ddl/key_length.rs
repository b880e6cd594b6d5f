//! How much of a text a key is over.

use migratable_contract::source::{Indexed, SourceType};
use migratable_core::mysql::{LobSize, MySqlType};

use super::charset;
use super::schema::{Column, KeyKind, Table, same_name};

/// A key over the beginning of a text that is no longer than that is a key over the whole.
pub(super) fn whole(column: &Column, what: Indexed) -> Indexed {
    match (what, length(column)) {
        (Indexed::Prefix(name, prefix), Some((Some(most), _))) if most <= prefix => Indexed::Column(name),
        // No text any more.
        (Indexed::Prefix(name, _), None) if matches!(column.source.ty, SourceType::Known(_)) => {
            Indexed::Column(name)
        }
        (what, _) => what,
    }
}

/// Makes keys over the whole of what keys are over the beginning of, where columns have become as short as that.
pub(super) fn shorten(table: &mut Table) {
    change(table, |_| true, whole);
}

/// MariaDB cuts a plain key off where no more goes into an index, which other servers refuse.
pub(super) fn cut(table: &mut Table) {
    let Some(most) = most_bytes(table.engine.as_deref()) else { return };
    let cut = |column: &Column, what: Indexed| {
        let Some((length, bytes)) = length(column) else { return what };
        let (name, characters) = match &what {
            Indexed::Column(name) => (name, length),
            Indexed::Prefix(name, prefix) => (name, Some(*prefix)),
            Indexed::Expression(_) => return what,
        };
        let goes_in =
            |characters: u64| characters.saturating_mul(bytes) <= most && characters <= holds(column);
        if characters.is_some_and(goes_in) {
            return what;
        }
        Indexed::Prefix(name.clone(), (most / bytes).min(holds(column)))
    };
    change(table, |kind| kind == KeyKind::Plain, cut);
}

fn change(table: &mut Table, of: fn(KeyKind) -> bool, change: impl Fn(&Column, Indexed) -> Indexed) {
    let Table { columns, keys, .. } = table;
    for part in keys.iter_mut().filter(|key| of(key.kind)).flat_map(|key| &mut key.parts) {
        let Some(name) = part.name() else { continue };
        if let Some(column) = columns.iter().find(|column| same_name(column.name(), name)) {
            part.what = change(column, part.what.clone());
        }
    }
}

/// The most bytes of a column that go into an index of MariaDB 10.11, measured; nothing, where that isn't known.
fn most_bytes(engine: Option<&str>) -> Option<u64> {
    match engine.map(str::to_ascii_lowercase).as_deref() {
        None | Some("innodb" | "memory" | "heap") => Some(3072),
        Some("myisam") => Some(1000),
        Some("aria") => Some(2300),
        Some(_) => None,
    }
}

/// The most bytes that fit into a column, where that is less than into an index.
fn holds(column: &Column) -> u64 {
    match &column.source.ty {
        SourceType::Known(
            MySqlType::Text { size: LobSize::Tiny, .. } | MySqlType::Blob { size: LobSize::Tiny },
        ) => 255,
        _ => u64::MAX,
    }
}

/// How many characters a column takes, if a key can be over fewer (no number: more than any key is over), and the most
/// bytes of one. Bytes count as characters.
fn length(column: &Column) -> Option<(Option<u64>, u64)> {
    let SourceType::Known(ty) = &column.source.ty else { return None };
    let bytes = ty.collation().and_then(|collation| charset::max_bytes(collation.charset())).unwrap_or(1);
    match ty {
        MySqlType::Char { length, .. }
        | MySqlType::VarChar { length, .. }
        | MySqlType::Binary { length }
        | MySqlType::VarBinary { length } => Some((Some(u64::from(*length)), bytes)),
        MySqlType::Text { .. } | MySqlType::Blob { .. } => Some((None, bytes)),
        _ => None,
    }
}
