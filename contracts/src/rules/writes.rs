//! Rules about changes that happen together or not at all.

use super::items;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::Reader;
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::model::{Change, ChangeKind};

/// Items one transaction takes (DynamoDB API Reference, "TransactWriteItems").
const MAX_CHANGES: usize = 100;

/// Bytes all of them may have together (as above).
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// How many items a change touches: its own, and markers, of which the old and the new one differ.
fn touched(change: &Change, entity: Option<&Entity<'_>>) -> usize {
    let markers = entity.map_or(0, |entity| entity.markers.len());
    match change.kind {
        ChangeKind::Insert | ChangeKind::Delete => 1 + markers,
        ChangeKind::Change => 1 + 2 * markers,
    }
}

/// A unit fits into one transaction.
pub(super) fn write_too_large(draft: &Draft<'_>, reader: &mut Reader) {
    for (name, write) in draft.node.writes.iter().flat_map(|writes| writes.iter()) {
        let changes = &write.does.items;
        let entity = |name: &str| draft.entities.iter().find(|entity| entity.name.text == name);
        let items: usize =
            changes.iter().map(|change| touched(&change.value, entity(&change.value.entity))).sum();
        if let Some(first) = changes.last().filter(|_| items > MAX_CHANGES) {
            let message = format!("`{}` changes {items} items, a transaction takes {MAX_CHANGES}", name.text);
            reader.report(
                Diagnostic::error(codes::WRITE_TOO_LARGE, message)
                    .label(first.place.clone(), "items and their markers, all together")
                    .help("make several writes of it, each of which leaves the data whole"),
            );
            continue;
        }
        let written = changes.iter().filter(|change| change.value.kind != ChangeKind::Delete);
        let written = written.filter_map(|change| entity(&change.value.entity).filter(|entity| entity.whole));
        let most = written.fold(0_u64, |sum, entity| sum.saturating_add(items::most(entity)));
        if most > MAX_BYTES {
            let message = format!("`{}` can be {most} bytes, a transaction {MAX_BYTES} at most", name.text);
            reader.report(
                Diagnostic::warning(codes::WRITE_TOO_LARGE, message)
                    .label(name.place.clone(), "with the largest items of each kind")
                    .help("make several writes of it, or keep long values elsewhere and their address here"),
            );
        }
    }
}
