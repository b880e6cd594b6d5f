//! DynamoDB tables and their indexes, by name.

use migratable_core::dynamodb::AttributeType;
use migratable_core::plan::{Table, TableIndex};
use migratable_core::{List, Text};

use super::change::{Changes, Class};
use super::steps;
use crate::codes;

pub(super) fn compare(old: &[Table], new: &[Table], changes: &mut Changes<'_>) {
    for table in old {
        let name = table.name.as_ref();
        let Some(today) = new.iter().find(|candidate| candidate.name == table.name) else {
            let message = format!("the DynamoDB table `{name}` is gone");
            let change = changes.keeps(Class::Cost, codes::TABLE_REMOVED, message);
            let change = change.newer(&["tables"], "not here any more").older(&["tables", name], "was here");
            changes.add(change.steps(steps::TABLE_LATER));
            continue;
        };
        let Table { name: _, partition, sort, indexes } = table;
        let schema = |partition: &Key, sort: &Option<Key>| {
            let sort = sort.as_ref().map(|sort| format!(", {}", typed(sort)));
            format!("{}{}", typed(partition), sort.unwrap_or_default())
        };
        let (was, is) = (schema(partition, sort), schema(&today.partition, &today.sort));
        if was != is {
            let message = format!("the key of the DynamoDB table `{name}` has changed");
            let change =
                changes.breaks(Class::Key, codes::TABLE_KEY, message).both(&["tables", name], was, is);
            changes.add(change.means("a table's key can't be changed").steps(steps::KEY));
        }
        compare_indexes(name, indexes, &today.indexes, changes);
    }
    for table in new.iter().filter(|table| !old.iter().any(|known| known.name == table.name)) {
        let name = table.name.as_ref();
        let message = format!("the DynamoDB table `{name}` is new");
        let change = changes.keeps(Class::Cost, codes::TABLE_ADDED, message);
        let change = change.newer(&["tables", name], "new").older(&["tables"], "not here yet");
        changes.add(change.steps(steps::TABLE_FIRST));
    }
}

type Key = (Text, AttributeType);

fn typed((name, ty): &Key) -> String {
    format!("{name} ({ty})")
}

fn compare_indexes(table: &str, old: &[TableIndex], new: &[TableIndex], changes: &mut Changes<'_>) {
    let path = |name: &'_ str| ["tables".to_owned(), table.to_owned(), "indexes".to_owned(), name.to_owned()];
    for index in old {
        let name = index.name.as_ref();
        let Some(today) = new.iter().find(|candidate| candidate.name == index.name) else {
            let message = format!("the index `{name}` of `{table}` is gone");
            let change = changes.breaks(Class::Projection, codes::INDEX_REMOVED, message);
            let change = change.newer(&["tables", table], "not here any more").older(&path(name), "was here");
            changes.add(change.means("older releases ask it").steps(steps::INDEX_LATER));
            continue;
        };
        let TableIndex { name: _, partition, sort, project } = index;
        let schema = |partition: &List<Key>, sort: &List<Key>| {
            let names = |keys: &List<Key>| keys.iter().map(typed).collect::<Vec<_>>().join(", ");
            format!("[{}] [{}]", names(partition), names(sort))
        };
        let (was, is) = (schema(partition, sort), schema(&today.partition, &today.sort));
        if was != is {
            let message = format!("the key of the index `{name}` of `{table}` has changed");
            let change = changes.breaks(Class::Projection, codes::INDEX_KEY, message);
            let change = change.both(&path(name), was, is);
            changes.add(change.means("an index's key can't be changed").steps(steps::INDEX));
        }
        let held = |project: &Option<List<Text>>| match project {
            None => "all attributes".to_owned(),
            Some(names) => names.join(", "),
        };
        let (was, is) = (held(project), held(&today.project));
        if was != is {
            let message = format!("what the index `{name}` of `{table}` holds of items has changed");
            let change = changes.breaks(Class::Projection, codes::INDEX_PROJECTS, message);
            let change = change.both(&path(name), was, is);
            changes.add(change.means("what an index holds can't be changed").steps(steps::INDEX));
        }
    }
    for index in new.iter().filter(|index| !old.iter().any(|known| known.name == index.name)) {
        let name = index.name.as_ref();
        let message = format!("the index `{name}` of `{table}` is new");
        let change = changes.keeps(Class::Cost, codes::INDEX_ADDED, message);
        let change = change.newer(&path(name), "new").older(&["tables", table], "not here yet");
        let meaning = "each item in it is stored and written once more";
        changes.add(change.means(meaning).steps(steps::INDEX_FIRST));
    }
}
