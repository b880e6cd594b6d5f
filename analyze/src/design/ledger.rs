//! The `dropped:` blocks: what of the schema no item carries, and what takes its place.

use migratable_contract::size::{OVERFLOW, WAY_BACK, most_bytes};
use migratable_contract::source::{
    Action, ForeignKey, SourceColumn, SourceObject, SourceSchema, SourceTrigger, SourceType, Touches,
    name_text,
};
use migratable_contract::yaml::{Entry, Node};
use migratable_core::dynamodb::MAX_ITEM_BYTES;

use super::draft::Draft;
use super::facts::{LeftOut, Table};
use super::findings::{self, target};
use super::hints::Hints;
use super::write::has;

/// What of a table isn't in the item, and why.
pub(crate) fn of_table(table: &Table<'_>) -> Vec<Entry> {
    let source = table.source;
    let columns = source.columns.iter().filter_map(|column| match &column.ty {
        SourceType::Known(_) => None,
        SourceType::Other(text) => Some((name_text(&column.name), format!("items can't carry {text} yet"))),
    });
    let carried = source.columns.iter().filter(|column| matches!(column.ty, SourceType::Known(_)));
    let habits = carried.flat_map(habits);
    let unique =
        source.unique.iter().map(|key| (named("unique", &key.name), enforced("DynamoDB has no unique keys")));
    let fulltext = source.fulltext.iter().map(|key| {
        let reason =
            "DynamoDB does not search for words; MySQL does in phases 1 to 4, then a search engine has to";
        (named("fulltext", &key.name), reason.to_owned())
    });
    let spatial = source.spatial.iter().map(|key| {
        let reason =
            "DynamoDB does not search by place; MySQL does in phases 1 to 4, then the application has to";
        (named("spatial", &key.name), reason.to_owned())
    });
    let checks = table.checks.iter().map(|(name, is_enforced)| {
        let reason = match is_enforced {
            true => enforced("DynamoDB checks no values"),
            false => "MySQL doesn't enforce it either".to_owned(),
        };
        (named("check", name), reason)
    });
    let kept = table.declared.iter().filter(|(_, left_out)| left_out.is_none());
    let foreign_keys =
        kept.map(|(key, _)| (named("foreign key", &key.key_text()), foreign_key(key) + &others(table, key)));
    let triggers = source.triggers.iter();
    let triggers = triggers.map(|trigger| (named("trigger", &trigger.name), self::trigger(trigger)));
    let facts = columns.chain(habits).chain(unique).chain(fulltext).chain(spatial).chain(checks);
    entries(facts.chain(foreign_keys).chain(triggers).chain(overflow(table)).chain(way_back(table)))
}

/// What rows lack that are made of items again.
fn way_back(table: &Table<'_>) -> Option<(String, String)> {
    let is_lost =
        |column: &SourceColumn| matches!(column.ty, SourceType::Other(_)) && column.generated.is_none();
    let has_lost = table.source.columns.iter().any(is_lost);
    has_lost.then(|| {
        (
            WAY_BACK.to_owned(),
            "what no item carries gets its default in rows that are made of items".to_owned(),
        )
    })
}

/// The rows that are too large for an item, where there can be any.
fn overflow(table: &Table<'_>) -> Option<(String, String)> {
    let columns = table.source.columns.iter().filter_map(|column| match &column.ty {
        SourceType::Known(ty) => {
            Some(most_bytes(ty, ty.default_attribute_type()).saturating_add(column.name.len() as u64))
        }
        SourceType::Other(_) => None,
    });
    let most = columns.fold(0, u64::saturating_add);
    (most > MAX_ITEM_BYTES).then(|| {
        (
            OVERFLOW.to_owned(),
            "both stores refuse such a row, and say how large its attributes are".to_owned(),
        )
    })
}

/// What MySQL does with a column by itself, and what does it where the column is carried.
fn habits(column: &SourceColumn) -> impl Iterator<Item = (String, String)> {
    let habits = [
        (
            column.auto_increment,
            "auto_increment",
            "repositories write the number a row comes with, and DynamoDB counts nothing up; the application has to",
        ),
        (
            column.on_update.is_some(),
            "on update",
            "repositories write the time a row comes with; the application has to set it",
        ),
        (
            column.generated.is_some(),
            "generated",
            "DynamoDB works nothing out; MySQL does for its rows in phases 1 to 4, the application has to for items",
        ),
    ];
    let name = name_text(&column.name);
    habits
        .into_iter()
        .filter(|(has, ..)| *has)
        .map(move |(_, word, reason)| (named(word, &name), reason.to_owned()))
}

/// What of the schema is no entity's, and why; `None` where all of it is.
pub(crate) fn of_schema(schema: &SourceSchema, draft: &Draft<'_>, hints: &Hints) -> Option<Entry> {
    let tables = draft.dropped.iter().map(|(table, refusal)| {
        let reason = match refusal {
            None => findings::NAMELESS.to_owned(),
            Some(refusal) => findings::reason(table, Some(refusal)),
        };
        (name_text(&table.source.name), reason + &triggers(table))
    });
    let objects = objects(schema, hints);
    let entries = entries(tables.chain(objects));
    (!entries.is_empty()).then(|| Entry::new("dropped", Node::block_map(entries)))
}

/// Views, routines and events, and what takes their place.
fn objects(schema: &SourceSchema, hints: &Hints) -> Vec<(String, String)> {
    let of = |word: &'static str, objects: &[SourceObject], reason: fn(&Touches) -> String| {
        let object = |object: &SourceObject| {
            let dynamic = hints.dynamic.contains(&(word.to_ascii_uppercase().as_str(), object.name.clone()));
            let unknown =
                if dynamic { "; what the SQL touches that it puts together isn't known" } else { "" };
            (named(word, &object.name), reason(&object.touches) + unknown)
        };
        objects.iter().map(object).collect::<Vec<_>>()
    };
    [
        of("view", &schema.views, |_| {
            "DynamoDB has no views; the application has to put together what it reads".to_owned()
        }),
        of("procedure", &schema.procedures, |touches| {
            runs("DynamoDB runs no procedures", "the application has to", &writes(touches))
        }),
        of("function", &schema.functions, |touches| {
            runs("DynamoDB runs no functions", "the application has to", &writes(touches))
        }),
        of("event", &schema.events, |touches| {
            let place = "a scheduled task of the application has to";
            runs("DynamoDB has no scheduler", place, &writes(touches))
        }),
    ]
    .concat()
}

/// The same as entries.
pub(crate) fn of_objects(schema: &SourceSchema, hints: &Hints) -> Vec<Entry> {
    entries(objects(schema, hints).into_iter())
}

/// What triggers of a table without items do to others' rows.
fn triggers(table: &Table<'_>) -> String {
    let trigger = |trigger: &SourceTrigger| {
        let does = writes(&trigger.touches);
        (!does.is_empty()).then(|| format!("; its trigger {} {}", trigger.name, does.join(" and ")))
    };
    table.source.triggers.iter().filter_map(trigger).collect()
}

/// What names a fact of its own in `dropped`.
fn named(word: &str, name: &str) -> String {
    format!("{word} {name}")
}

/// Each fact once: names that read alike are one entry, which stands for all of them.
fn entries(facts: impl Iterator<Item = (String, String)>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (key, reason) in facts {
        if !has(&entries, &key) {
            entries.push(Entry::new(key, Node::scalar(reason)));
        }
    }
    entries
}

fn enforced(lost: &str) -> String {
    format!("{lost}; MySQL enforces it in phases 1 to 4")
}

/// What a foreign key does when a row goes, DynamoDB doesn't.
fn foreign_key(key: &ForeignKey) -> String {
    let actions = [("delete", key.on_delete), ("update", key.on_update)];
    let actions = actions.iter().filter(|(_, action)| *action != Action::Restrict);
    let actions: Vec<String> = actions.map(|(event, action)| format!("on {event} {action}")).collect();
    match actions.as_slice() {
        [] => enforced("DynamoDB has no foreign keys"),
        actions => format!(
            "DynamoDB has no foreign keys, so no {}; MySQL does it in phases 1 to 4",
            actions.join(" and no ")
        ),
    }
}

/// The foreign keys on the same columns that the contract has no place for.
fn others(table: &Table<'_>, kept: &ForeignKey) -> String {
    let second = table
        .declared
        .iter()
        .filter(|(key, left_out)| *left_out == Some(LeftOut::Second) && key.columns == kept.columns);
    second.map(|(key, _)| format!("; so it is with a second one, to {}", target(key))).collect()
}

fn trigger(trigger: &SourceTrigger) -> String {
    runs("DynamoDB fires no triggers", "the application has to", &does(trigger))
}

/// What a trigger does to rows, which is what is lost with it.
pub(crate) fn does(trigger: &SourceTrigger) -> Vec<String> {
    let sets = (!trigger.sets.is_empty()).then(|| format!("sets {}", trigger.sets.join(", ")));
    sets.into_iter().chain(writes(&trigger.touches)).collect()
}

fn writes(touches: &Touches) -> Vec<String> {
    let lists = [("writes", &touches.writes), ("calls", &touches.calls)];
    let filled = lists.iter().filter(|(_, names)| !names.is_empty());
    filled.map(|(verb, names)| format!("{verb} {}", names.join(", "))).collect()
}

fn runs(lost: &str, successor: &str, does: &[String]) -> String {
    let does = match does {
        [] => String::new(),
        does => format!(" (it {})", does.join(" and ")),
    };
    format!("{lost}; MySQL runs it in phases 1 to 4, then {successor}{does}")
}
