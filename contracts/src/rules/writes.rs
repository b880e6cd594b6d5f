//! Rules about changes that happen together or not at all.

use super::items;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::Reader;
use crate::lower::Draft;
use crate::model::ChangeKind;

/// Items one transaction takes (DynamoDB API Reference, "TransactWriteItems").
const MAX_CHANGES: usize = 100;

/// Bytes all of them may have together (as above).
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// A unit fits into one transaction.
pub(super) fn write_too_large(draft: &Draft<'_>, reader: &mut Reader) {
    for (name, write) in draft.node.writes.iter().flat_map(|writes| writes.iter()) {
        let changes = &write.does.items;
        if let Some(first) = changes.get(MAX_CHANGES) {
            let message =
                format!("`{}` changes {} items, a transaction takes {MAX_CHANGES}", name.text, changes.len());
            reader.report(
                Diagnostic::error(codes::WRITE_TOO_LARGE, message)
                    .label(first.place.clone(), "the first one too many")
                    .help("make several writes of it, each of which leaves the data whole"),
            );
            continue;
        }
        let entity = |name: &str| draft.entities.iter().find(|entity| entity.name.text == name);
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
