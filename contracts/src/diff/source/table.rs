//! A table, compared list by list.

use super::change::Change;
use super::objects::sorted;
use super::places::Spot;
use super::renamed::{self, Pair};
use super::{column, sql};
use crate::codes::{self, Code};
use crate::diff::readers::About;
use crate::language::quoted_list;
use crate::source::{
    ForeignKey, KeyPart, SourceCheck, SourceColumn, SourceKey, SourceSchema, SourceTable, SourceTrigger,
    name_text, names_text,
};

/// A table that is only in the older schema.
pub(super) fn removed(table: &SourceTable, to: Option<&str>) -> Change {
    let name = &table.name;
    let about = About::Table(name.clone());
    Change::new(
        codes::SOURCE_TABLE_REMOVED,
        Spot::Table(name.clone()),
        about,
        format!("the table `{name}` is gone"),
    )
    .before("there is no such table any more")
    .edit(format!("delete `{name}`, and what is made of it"))
    .hint(renamed::to(to))
}

/// A table that is only in the newer schema.
pub(super) fn added(table: &SourceTable, from: Option<&str>) -> Change {
    let name = &table.name;
    let about = About::Beside;
    Change::new(codes::SOURCE_TABLE_ADDED, Spot::Table(name.clone()), about, format!("the table `{name}` is new"))
        .after("a new table")
        .edit(format!(
            "add `{name}`, and make an entity of its rows or say in `dropped` why none is; `migratable analyze` writes its text"
        ))
        .hint(renamed::from(from))
}

/// Adds what has changed of a table that both have.
pub(super) fn compare(
    old: &SourceTable,
    new: &SourceTable,
    schema: &SourceSchema,
    changes: &mut Vec<Change>,
) {
    let SourceTable {
        name,
        columns,
        primary_key,
        unique,
        indexes,
        fulltext,
        spatial,
        foreign_keys,
        checks,
        triggers,
    } = old;
    compare_columns(name, columns, &new.columns, changes);
    compare_primary_key(name, primary_key, &new.primary_key, changes);
    for (kind, old, new) in [
        (&UNIQUE, unique, &new.unique),
        (&INDEX, indexes, &new.indexes),
        (&FULLTEXT, fulltext, &new.fulltext),
        (&SPATIAL, spatial, &new.spatial),
    ] {
        compare_keys(kind, name, old, new, changes);
    }
    compare_foreign_keys(name, foreign_keys, &told_apart(&new.foreign_keys, foreign_keys, schema), changes);
    let names: Vec<&str> = new.columns.iter().map(|column| column.name.as_str()).collect();
    compare_checks(name, checks, &new.checks, &names, changes);
    compare_triggers(name, triggers, &new.triggers, changes);
}

fn compare_columns(table: &str, old: &[SourceColumn], new: &[SourceColumn], changes: &mut Vec<Change>) {
    let (pairs, gone, come) = renamed::pairs(old, new, |column| &column.name, renamed::but_for_case);
    let likely = renamed::likely(&gone, &come, column::alike);
    let names: Vec<&str> = new.iter().map(|column| column.name.as_str()).collect();
    let spot = |name: &str| Spot::Column { table: table.to_owned(), name: name.to_owned() };
    let about = |name: &str| About::Columns(table.to_owned(), vec![name.to_owned()]);
    for Pair { old, new } in pairs {
        column::compare(table, old, new, &names, changes);
    }
    for column in gone {
        let name = &column.name;
        let to = likely.iter().find(|(from, _)| std::ptr::eq(*from, column)).map(|(_, to)| to.name.as_str());
        let message = format!("the column `{table}.{name}` is gone");
        changes.push(
            Change::new(codes::SOURCE_COLUMN_REMOVED, spot(name), about(name), message)
                .before("there is no such column any more")
                .edit(format!(
                    "delete `{name}`, and the attributes, keys and entries of `dropped` that name it"
                ))
                .hint(renamed::to(to)),
        );
    }
    for column in come {
        let name = &column.name;
        let from =
            likely.iter().find(|(_, to)| std::ptr::eq(*to, column)).map(|(from, _)| from.name.as_str());
        let message = format!("the column `{table}.{name}` is new");
        changes.push(
            Change::new(codes::SOURCE_COLUMN_ADDED, spot(name), About::Table(table.to_owned()), message)
                .after(column.to_string())
                .edit(format!(
                    "add `{}: {column}`, and carry it in an attribute or drop it with a reason",
                    name_text(name)
                ))
                .hint(renamed::from(from)),
        );
    }
}

fn compare_primary_key(table: &str, old: &[KeyPart], new: &[KeyPart], changes: &mut Vec<Change>) {
    if same_parts(old, new) {
        return;
    }
    let columns = old.iter().filter_map(|part| part.name().map(str::to_owned)).collect();
    let message = format!("the primary key of `{table}` has changed");
    let about = About::PrimaryKey(table.to_owned(), columns);
    changes.push(
        Change::new(codes::SOURCE_PRIMARY_KEY, Spot::PrimaryKey(table.to_owned()), about, message)
            .both(parts_text(old), parts_text(new))
            .edit(if new.is_empty() {
                "delete `primary_key`, and drop the table: rows that nothing tells apart become no items"
                    .to_owned()
            } else {
                format!("write `primary_key: {}`", parts_text(new))
            }),
    );
}

/// A kind of key, in words and codes.
struct KeyKind {
    field: &'static str,
    word: &'static str,
    codes: [Code; 3],
    /// Whether rows are held apart by it.
    tells_apart: bool,
}

const UNIQUE: KeyKind = KeyKind {
    field: "unique",
    word: "unique key",
    codes: [codes::SOURCE_UNIQUE_ADDED, codes::SOURCE_UNIQUE_REMOVED, codes::SOURCE_UNIQUE],
    tells_apart: true,
};

const INDEXES: [Code; 3] = [codes::SOURCE_INDEX_ADDED, codes::SOURCE_INDEX_REMOVED, codes::SOURCE_INDEX];

const INDEX: KeyKind = KeyKind { field: "indexes", word: "index", codes: INDEXES, tells_apart: false };

const FULLTEXT: KeyKind =
    KeyKind { field: "fulltext", word: "FULLTEXT index", codes: INDEXES, tells_apart: false };

const SPATIAL: KeyKind =
    KeyKind { field: "spatial", word: "SPATIAL index", codes: INDEXES, tells_apart: false };

fn compare_keys(
    kind: &KeyKind,
    table: &str,
    old: &[SourceKey],
    new: &[SourceKey],
    changes: &mut Vec<Change>,
) {
    let (pairs, gone, come) = renamed::pairs(old, new, |key| &key.name, renamed::but_for_case);
    let likely = renamed::likely(&gone, &come, |left, right| same_parts(&left.parts, &right.parts));
    let KeyKind { field, word, codes: [added, removed, changed], tells_apart } = *kind;
    let change = |code, key: &SourceKey, message: String| {
        let spot = Spot::Key { table: table.to_owned(), name: key.name.clone() };
        let about = if tells_apart {
            let columns = key.parts.iter().filter_map(|part| part.name().map(str::to_owned)).collect();
            About::Unique(table.to_owned(), columns)
        } else {
            About::Beside
        };
        let change = Change::new(code, spot, about, message);
        if tells_apart {
            change
        } else {
            change.harmless().means("it decides how fast MySQL answers, not what")
        }
    };
    for Pair { old, new } in pairs.iter().filter(|pair| !same_parts(&pair.old.parts, &pair.new.parts)) {
        let message = format!("the {word} `{}` of `{table}` has changed", old.name);
        changes.push(
            change(changed, old, message).both(parts_text(&old.parts), parts_text(&new.parts)).edit(format!(
                "write `{}: {}` under `{field}`",
                old.name,
                parts_text(&new.parts)
            )),
        );
    }
    for key in gone {
        let to = likely.iter().find(|(from, _)| std::ptr::eq(*from, key)).map(|(_, to)| to.name.as_str());
        changes.push(
            change(removed, key, format!("the {word} `{}` of `{table}` is gone", key.name))
                .before(parts_text(&key.parts))
                .edit(format!("delete `{}` under `{field}`, and what names it in `dropped`", key.name))
                .hint(renamed::to(to)),
        );
    }
    for key in come {
        let from = likely.iter().find(|(_, to)| std::ptr::eq(*to, key)).map(|(from, _)| from.name.as_str());
        changes.push(
            change(added, key, format!("the {word} `{}` of `{table}` is new", key.name))
                .after(parts_text(&key.parts))
                .edit(format!("add `{}: {}` under `{field}`", key.name, parts_text(&key.parts)))
                .hint(renamed::from(from)),
        );
    }
}

/// The foreign keys that a contract has a place for: those that point at something, one for each list of columns. Where
/// several stand on one list, the one that is recorded already.
fn told_apart<'a>(
    new: &'a [ForeignKey],
    recorded: &[ForeignKey],
    schema: &SourceSchema,
) -> Vec<&'a ForeignKey> {
    let mut kept: Vec<&ForeignKey> = Vec::new();
    for key in new.iter().filter(|key| points_at_something(key, schema)) {
        match kept.iter_mut().find(|kept| same_names(&kept.columns, &key.columns)) {
            None => kept.push(key),
            Some(kept) if recorded.iter().any(|known| same_foreign_key(known, key)) => *kept = key,
            Some(_) => {}
        }
    }
    kept
}

fn points_at_something(key: &ForeignKey, schema: &SourceSchema) -> bool {
    let table = schema.tables.iter().find(|table| table.name == key.table);
    let has = |table: &SourceTable, name: &str| {
        table.columns.iter().any(|column| renamed::but_for_case(&column.name, name))
    };
    table.is_some_and(|table| {
        key.references.len() == key.columns.len() && key.references.iter().all(|name| has(table, name))
    })
}

fn same_names(left: &[String], right: &[String]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).all(|(left, right)| renamed::but_for_case(left, right))
}

fn same_target(left: &ForeignKey, right: &ForeignKey) -> bool {
    left.table == right.table && same_names(&left.references, &right.references)
}

fn same_foreign_key(left: &ForeignKey, right: &ForeignKey) -> bool {
    let ForeignKey { columns, table: _, references: _, on_delete, on_update } = left;
    same_names(columns, &right.columns)
        && same_target(left, right)
        && (*on_delete, *on_update) == (right.on_delete, right.on_update)
}

fn compare_foreign_keys(table: &str, old: &[ForeignKey], new: &[&ForeignKey], changes: &mut Vec<Change>) {
    let change = |code, key: &ForeignKey, what: &str| {
        let spot = Spot::ForeignKey { table: table.to_owned(), columns: key.columns.clone() };
        let about = About::ForeignKey(table.to_owned(), key.columns.clone());
        let message = format!("the foreign key of `{table}` on {} {what}", quoted_list(&key.columns));
        Change::new(code, spot, about, message)
    };
    let write = |key: &ForeignKey| format!("`{}: {key}` under `foreign_keys`", names_text(&key.columns));
    for key in old {
        let Some(today) = new.iter().find(|today| same_names(&today.columns, &key.columns)) else {
            changes.push(
                change(codes::SOURCE_FOREIGN_KEY_REMOVED, key, "is gone")
                    .before(key.to_string())
                    .edit("delete it, and what names it in `dropped`")
                    .means(
                        "rows may point at nothing now, and what it did when a row went is not done any more",
                    ),
            );
            continue;
        };
        if !same_target(key, today) {
            changes.push(
                change(codes::SOURCE_FOREIGN_KEY_TARGET, key, "points elsewhere")
                    .both(key.to_string(), today.to_string())
                    .edit(format!("write {}", write(today))),
            );
        } else if !same_foreign_key(key, today) {
            changes.push(
                change(codes::SOURCE_FOREIGN_KEY_ACTION, key, "does something else to rows")
                    .both(key.to_string(), today.to_string())
                    .edit(format!("write {}", write(today)))
                    .means("the application has to do what MySQL does when the row it points at goes"),
            );
        }
    }
    for key in new.iter().filter(|key| !old.iter().any(|known| same_names(&known.columns, &key.columns))) {
        changes.push(
            Change { about: About::Beside, ..change(codes::SOURCE_FOREIGN_KEY_ADDED, key, "is new") }
                .after(key.to_string())
                .edit(format!("add {}", write(key)))
                .means("MySQL refuses rows that it took before"),
        );
    }
}

fn compare_checks(
    table: &str,
    old: &[SourceCheck],
    new: &[SourceCheck],
    columns: &[&str],
    changes: &mut Vec<Change>,
) {
    let same = |left: &SourceCheck, right: &SourceCheck| {
        sql::normal(&left.expression, columns) == sql::normal(&right.expression, columns)
    };
    let (pairs, gone, come) = renamed::pairs(old, new, |check| &check.name, renamed::but_for_case);
    let likely = renamed::likely(&gone, &come, same);
    let change = |code, check: &SourceCheck, what: &str| {
        let (table, name) = (table.to_owned(), check.name.clone());
        let message = format!("the check `{name}` of `{table}` {what}");
        Change::new(
            code,
            Spot::Check { table: table.clone(), name: name.clone() },
            About::Check(table, name),
            message,
        )
    };
    for Pair { old, new } in pairs.iter().filter(|pair| !same(pair.old, pair.new)) {
        changes.push(
            change(codes::SOURCE_CHECK, old, "has changed")
                .both(&*old.expression, &*new.expression)
                .edit(format!("write `{}: {}` under `checks`", old.name, new.expression)),
        );
    }
    for check in gone {
        let to = likely.iter().find(|(from, _)| std::ptr::eq(*from, check)).map(|(_, to)| to.name.as_str());
        changes.push(
            change(codes::SOURCE_CHECK_REMOVED, check, "is gone")
                .before(&*check.expression)
                .edit(format!("delete `{}` under `checks`, and what names it in `dropped`", check.name))
                .hint(renamed::to(to)),
        );
    }
    for check in come {
        let from = likely.iter().find(|(_, to)| std::ptr::eq(*to, check)).map(|(from, _)| from.name.as_str());
        changes.push(
            change(codes::SOURCE_CHECK_ADDED, check, "is new")
                .after(&*check.expression)
                .edit(format!("add `{}: {}` under `checks`", check.name, check.expression))
                .hint(renamed::from(from)),
        );
    }
}

fn compare_triggers(table: &str, old: &[SourceTrigger], new: &[SourceTrigger], changes: &mut Vec<Change>) {
    let same = |left: &SourceTrigger, right: &SourceTrigger| {
        let SourceTrigger { name: _, timing, event, sets, touches } = left;
        (*timing, *event) == (right.timing, right.event)
            && sorted(sets) == sorted(&right.sets)
            && super::objects::same(touches, &right.touches)
    };
    let (pairs, gone, come) = renamed::pairs(old, new, |trigger| &trigger.name, renamed::exactly);
    let likely = renamed::likely(&gone, &come, same);
    let change = |code, trigger: &SourceTrigger, what: &str| {
        let (table, name) = (table.to_owned(), trigger.name.clone());
        let message = format!("the trigger `{name}` of `{table}` {what}");
        Change::new(code, Spot::Trigger { table: table.clone(), name }, About::Table(table), message)
            .means("whatever a trigger does to rows, the application does without MySQL")
    };
    for Pair { old, new } in pairs.iter().filter(|pair| !same(pair.old, pair.new)) {
        changes.push(
            change(codes::SOURCE_TRIGGER, old, "does something else")
                .both(old.to_string(), new.to_string())
                .edit(format!("write `{}: {new}` under `triggers`", old.name)),
        );
    }
    for trigger in gone {
        let to = likely.iter().find(|(from, _)| std::ptr::eq(*from, trigger)).map(|(_, to)| to.name.as_str());
        changes.push(
            change(codes::SOURCE_TRIGGER_REMOVED, trigger, "is gone")
                .before(trigger.to_string())
                .edit(format!("delete `{}` under `triggers`, and what names it in `dropped`", trigger.name))
                .hint(renamed::to(to)),
        );
    }
    for trigger in come {
        let from =
            likely.iter().find(|(_, to)| std::ptr::eq(*to, trigger)).map(|(from, _)| from.name.as_str());
        changes.push(
            change(codes::SOURCE_TRIGGER_ADDED, trigger, "is new")
                .after(trigger.to_string())
                .edit(format!("add `{}: {trigger}` under `triggers`", trigger.name))
                .hint(renamed::from(from)),
        );
    }
    if let Some((was, is)) = fires_otherwise(&pairs, new) {
        let what = "fires in another order";
        changes.push(
            change(codes::SOURCE_TRIGGER_ORDER, was, what)
                .both(format!("firing where `{}` fires now", is.name), "firing elsewhere")
                .edit("put the triggers under `triggers` in the order MySQL fires them in"),
        );
    }
}

/// The first trigger whose turn has changed among those of its moment, and the one that has its turn now.
fn fires_otherwise<'a>(
    pairs: &[Pair<'a, SourceTrigger>],
    new: &'a [SourceTrigger],
) -> Option<(&'a SourceTrigger, &'a SourceTrigger)> {
    let stays = |trigger: &&SourceTrigger| pairs.iter().any(|pair| pair.new.name == trigger.name);
    let was: Vec<&SourceTrigger> = pairs.iter().map(|pair| pair.new).collect();
    let is: Vec<&SourceTrigger> = new.iter().filter(stays).collect();
    pairs.iter().find_map(|pair| {
        let moment = |trigger: &SourceTrigger| (trigger.timing, trigger.event);
        let fellows = |of: &[&'a SourceTrigger]| -> Vec<&'a SourceTrigger> {
            of.iter().copied().filter(|trigger| moment(trigger) == moment(pair.new)).collect()
        };
        let turn = fellows(&was).iter().position(|trigger| trigger.name == pair.new.name)?;
        let now = fellows(&is).get(turn).copied()?;
        (now.name != pair.new.name).then_some((pair.old, now))
    })
}

fn same_parts(left: &[KeyPart], right: &[KeyPart]) -> bool {
    let normal = |parts: &[KeyPart]| -> Vec<String> {
        parts
            .iter()
            .map(|part| match part.name() {
                Some(_) => part.to_string().to_lowercase(),
                None => sql::normal(&part.to_string(), &[]),
            })
            .collect()
    };
    normal(left) == normal(right)
}

fn parts_text(parts: &[KeyPart]) -> String {
    let parts: Vec<String> = parts.iter().map(KeyPart::to_string).collect();
    format!("[{}]", parts.join(", "))
}
