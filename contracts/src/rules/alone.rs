//! Rules about phase 5, in which MySQL is gone: what its joins did is done by DynamoDB.

use super::ways::{Follows, are_listed_by, by_rows, is_found_by, is_whole, leads};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Reader, quoted_list};
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::lower::names::Found;

/// Whether the rows have these columns; where they don't, that is a finding of its own.
fn has_columns(entity: &Entity<'_>, columns: &[&str]) -> bool {
    entity.root.is_some_and(|root| columns.iter().all(|column| matches!(root.column(column), Found::Yes(_))))
}

/// What stands behind a foreign key is an item that can be got.
pub(super) fn join_unreachable(draft: &Draft<'_>, reader: &mut Reader) {
    if !is_whole(draft) {
        return;
    }
    let entities = by_rows(draft);
    for entity in &draft.entities {
        for lead in leads(entity) {
            let taken = lead.steps.iter().skip(1).map(|step| &step.from).chain([&lead.taken]);
            let lost = lead.steps.iter().zip(taken).find_map(|(step, columns)| {
                let Some(other) = entities.get(step.rows) else {
                    return Some(format!("make an entity of the rows of `{}`", step.rows));
                };
                if !has_columns(other, &step.to) {
                    return None;
                }
                if !is_found_by(other, &step.to) {
                    let columns = quoted_list(&step.to);
                    return Some(format!("give `{}` a key made of {columns} alone", other.name.text));
                }
                let missing = columns.iter().find(|column| !other.carries(column))?;
                Some(format!("let `{}` carry `{missing}`", other.name.text))
            });
            let Some(remedy) = lost else { continue };
            let message =
                format!("without MySQL, nothing finds `{}` for a `{}`", lead.what, entity.name.text);
            let mut finding = Diagnostic::warning(codes::JOIN_UNREACHABLE, message)
                .label(lead.written.place.clone(), "another row's value");
            if let Some(column) = lead.column {
                finding = finding.label(column.clone(), "the column");
            }
            reader
                .report(finding.help(format!("{remedy}; or let the application bring the value in phase 5")));
        }
    }
}

/// Copies of another row's value are found when that row changes.
pub(super) fn holders_unlisted(draft: &Draft<'_>, reader: &mut Reader) {
    if !is_whole(draft) {
        return;
    }
    let entities = by_rows(draft);
    for entity in &draft.entities {
        for lead in leads(entity).into_iter().filter(|lead| lead.follows != Follows::Never) {
            let mut holder = entities.get(lead.start).copied();
            let lost = lead.steps.iter().find_map(|step| {
                let found = holder.filter(|holder| !are_listed_by(holder, &step.from));
                holder = entities.get(step.rows).copied();
                found.map(|holder| (holder, step))
            });
            let Some((holder, step)) = lost else { continue };
            let message =
                format!("without MySQL, nothing finds the copies of `{}` when it changes", lead.what);
            let mut finding = Diagnostic::warning(codes::HOLDERS_UNLISTED, message)
                .label(lead.written.place.clone(), "a copy of another row's value");
            if let Some(column) = lead.column {
                finding = finding.label(column.clone(), "the column");
            }
            let stay = match lead.follows {
                Follows::Live => "; or keep what it was when the item was written, `copy: at_write`",
                Follows::Always | Follows::Never => "",
            };
            reader.report(finding.help(format!(
                "give `{}` an index whose partition key is made of {} alone{stay}",
                holder.name.text,
                quoted_list(&step.from)
            )));
        }
    }
}
