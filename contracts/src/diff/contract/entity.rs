//! Entities, by name. One that has another name is another one: its items say which they are of.

use migratable_core::plan::{Plan, Table};

use super::change::{Changes, Class};
use super::named::Named;
use super::{attributes, indexes, keys, patterns, rows, rust, steps, words};
use crate::codes;
use crate::model::Entity;

/// An entity that both contracts have.
pub(super) struct Pair<'c> {
    pub(super) name: &'c str,
    pub(super) old: &'c Entity,
    pub(super) new: &'c Entity,
    /// The DynamoDB tables of the two contracts.
    pub(super) tables: [&'c [Table]; 2],
}

impl<'c> Pair<'c> {
    /// Whether the older contract has this index, of the entity's table.
    pub(super) fn old_index_is_there(&self, index: &str) -> bool {
        has_index(self.tables[0], &self.old.plan.table, index)
    }

    /// Whether the newer contract has it.
    pub(super) fn new_index_is_there(&self, index: &str) -> bool {
        has_index(self.tables[1], &self.new.plan.table, index)
    }

    pub(super) fn was(&self) -> Named<'c> {
        Named { plan: &self.old.plan }
    }

    pub(super) fn is(&self) -> Named<'c> {
        Named { plan: &self.new.plan }
    }
}

fn has_index(tables: &[Table], table: &str, index: &str) -> bool {
    let table = tables.iter().find(|candidate| candidate.name == table);
    table.is_some_and(|table| table.indexes.iter().any(|candidate| candidate.name == index))
}

pub(super) fn compare(
    (old, old_tables): (&[Entity], &[Table]),
    (new, new_tables): (&[Entity], &[Table]),
    changes: &mut Changes<'_>,
) {
    let find = |of: &'_ [Entity], name: &str| of.iter().position(|entity| entity.name == name);
    let alike = |left: &Entity, right: &Entity| {
        left.plan.root == right.plan.root && left.plan.table == right.plan.table
    };
    for entity in old.iter().filter(|entity| find(new, &entity.name).is_none()) {
        let name = &entity.name;
        let renamed = new.iter().find(|new| find(old, &new.name).is_none() && alike(entity, new));
        let hint = match renamed {
            Some(new) => format!(
                "it looks like it was renamed to `{}`: items say which entity they are of, so they have to be written again",
                new.name
            ),
            None => format!("its items stay in `{}` until they are deleted", entity.plan.table),
        };
        let change =
            changes.breaks(Class::Stored, codes::ENTITY_REMOVED, format!("the entity `{name}` is gone"));
        let change = change.newer(&["entities"], "not here any more").older(&["entities", name], "was here");
        changes.add(change.means(hint).steps(steps::EMPTY));
    }
    for entity in new.iter().filter(|entity| find(old, &entity.name).is_none()) {
        let name = &entity.name;
        let renamed = old.iter().find(|old| find(new, &old.name).is_none() && alike(old, entity));
        let hint = renamed.map(|old| format!("it looks like `{}` was renamed", old.name)).unwrap_or_default();
        let change = changes.keeps(Class::Stored, codes::ENTITY_ADDED, format!("the entity `{name}` is new"));
        let change = change.newer(&["entities", name], "new").older(&["entities"], "not here yet");
        changes.add(change.means(hint).steps(steps::FILL));
    }
    for old in old {
        let Some(at) = find(new, &old.name) else { continue };
        let pair = Pair { name: &old.name, old, new: &new[at], tables: [old_tables, new_tables] };
        // Every field is named, so that a new one is a mistake of the compiler's until it is compared.
        let Entity {
            name: _,
            repository,
            plan,
            rust: structure,
            fields,
            // What is left behind, and why: words for people.
            dropped: _,
            left_checks: _,
            not_served,
            asked,
            // Of all the rest.
            fingerprint: _,
        } = old;
        rust::repository(repository, &pair, changes);
        rust::structure(structure, &pair, changes);
        rust::fields(fields, &pair, changes);
        compare_plans(plan, &pair, changes);
        words::not_served(not_served, &pair, changes);
        words::asked(asked, &pair, changes);
    }
}

fn compare_plans(old: &Plan, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let Plan {
        entity: _,
        table,
        root,
        // Part of what columns are: see `Scope::origin`.
        joins: _,
        columns: _,
        // What an item carries: see `carried`.
        attributes: _,
        maps: _,
        derived: _,
        filter,
        markers,
        ids,
        references,
        // What points at it says so.
        referrers: _,
        // Said of fields, too: see `attributes::secrets` and `attributes::copies`.
        secrets: _,
        snapshots: _,
        partition,
        sort,
        indexes,
        // Of the source, where it is compared; keys say for themselves what they are built from.
        primary_key: _,
        checks,
        patterns,
        // Worked out of all this.
        memo: _,
        // Said of the entity's own fields.
        fields: _,
    } = old;
    keys::table(table, pair, changes);
    rows::root(root, pair, changes);
    rows::filter(filter.as_ref(), pair, changes);
    rows::markers(markers, pair, changes);
    rows::ids(ids.as_ref(), pair, changes);
    rows::references(references, pair, changes);
    keys::compare(partition, sort.as_ref(), pair, changes);
    attributes::compare(pair, changes);
    attributes::copies(pair, changes);
    attributes::secrets(pair, changes);
    indexes::compare(indexes, pair, changes);
    patterns::compare(patterns, pair, changes);
    rust::checks(checks, pair, changes);
}
