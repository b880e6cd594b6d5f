//! The ledger: every column, unique key, check and foreign key of an entity's MySQL table is carried, or dropped with
//! a reason. Nothing is left behind in silence.

use crate::codes;
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Place, suggest};
use crate::language::{Reader, Scalar};
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::lower::source::SourceTable;
use crate::source::{names_text, parse_names};

/// What an entry of `dropped` can name.
#[derive(Clone, Debug, PartialEq)]
enum Fact {
    Column(String),
    Unique(String),
    Check(String),
    ForeignKey(Vec<String>),
}

impl Fact {
    /// How `dropped` names it.
    fn entry(&self) -> String {
        match self {
            Self::Column(name) => name.clone(),
            Self::Unique(name) => format!("unique {name}"),
            Self::Check(name) => format!("check {name}"),
            Self::ForeignKey(columns) => format!("foreign key {}", names_text(columns)),
        }
    }
}

/// Everything about a table that has to be accounted for, with its place.
fn facts(table: &SourceTable<'_>) -> Vec<(Fact, Place)> {
    let columns =
        table.columns.iter().map(|column| (Fact::Column(column.name.text.clone()), &column.name.place));
    let unique = table.node.unique.iter().flat_map(|keys| keys.iter());
    let unique = unique.map(|(name, _)| (Fact::Unique(name.text.clone()), &name.place));
    let checks = table.node.checks.iter().flat_map(|checks| checks.iter());
    let checks = checks.map(|(name, _)| (Fact::Check(name.text.clone()), &name.place));
    let keys = table.foreign_keys.iter();
    let keys = keys.map(|key| (Fact::ForeignKey(key.facts.columns.clone()), &key.key.place));
    columns.chain(unique).chain(checks).chain(keys).map(|(fact, place)| (fact, place.clone())).collect()
}

/// Whether an entry of `dropped` names a fact.
fn names(entry: &str, fact: &Fact) -> bool {
    match fact {
        // However the columns are spaced and quoted.
        Fact::ForeignKey(columns) => {
            let listed = entry.strip_prefix("foreign key ").map(parse_names);
            listed.is_some_and(|listed| listed.is_ok_and(|listed| listed == *columns))
        }
        other => entry == other.entry(),
    }
}

fn dropped<'s>(entity: &Entity<'s>) -> impl Iterator<Item = &'s Scalar> + Clone {
    entity.node.dropped.iter().flat_map(|dropped| &dropped.entries).map(|entry| &entry.key)
}

/// The facts of an entity's table that no entry of its `dropped` names.
fn not_dropped(entity: &Entity<'_>) -> Vec<(Fact, Place)> {
    let Some(root) = entity.root else { return Vec::new() };
    let mut facts = facts(root);
    facts.retain(|(fact, _)| !dropped(entity).any(|entry| names(&entry.text, fact)));
    facts
}

/// The entities that are first to read their rows: a second one for the same table is a finding of its own.
fn owners<'d, 's>(draft: &'d Draft<'s>) -> impl Iterator<Item = &'d Entity<'s>> {
    let first = |entity: &Entity<'_>| {
        draft
            .entities
            .iter()
            .find(|other| other.node.rows.text == entity.node.rows.text)
            .map(|other| &other.name.text)
    };
    draft.entities.iter().filter(move |entity| first(entity) == Some(&entity.name.text))
}

/// Every column is carried or dropped. (Primary key columns have to be carried; that is a rule of its own.)
pub(super) fn column_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    for entity in owners(draft).filter(|entity| entity.whole) {
        for (fact, place) in not_dropped(entity) {
            let Fact::Column(name) = fact else { continue };
            let primary = entity.root.is_some_and(|root| root.primary_key().any(|column| column == name));
            if primary || entity.carrier(&name).is_some() {
                continue;
            }
            let message = format!("`{}` neither carries nor drops the column `{name}`", entity.name.text);
            let help = format!("add an attribute with the path `{name}`, or `{name}: why` to `dropped`");
            report(entity, codes::COLUMN_UNACCOUNTED, message, (place, "not accounted for"), help, reader);
        }
    }
}

/// Every unique key is dropped: DynamoDB does not enforce it.
pub(super) fn unique_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    report_each(draft, codes::UNIQUE_UNACCOUNTED, reader, |fact| match fact {
        Fact::Unique(name) => Some(format!("the unique key `{name}`")),
        _ => None,
    });
}

/// Every check is dropped: DynamoDB does not enforce it.
pub(super) fn check_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    report_each(draft, codes::CHECK_UNACCOUNTED, reader, |fact| match fact {
        Fact::Check(name) => Some(format!("the check `{name}`")),
        _ => None,
    });
}

/// Every foreign key is dropped: DynamoDB does not enforce it.
pub(super) fn foreign_key_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    report_each(draft, codes::FOREIGN_KEY_UNACCOUNTED, reader, |fact| match fact {
        Fact::ForeignKey(columns) => Some(format!("the foreign key in {}", columns.join(", "))),
        _ => None,
    });
}

fn report_each(
    draft: &Draft<'_>,
    code: Code,
    reader: &mut Reader,
    describe: impl Fn(&Fact) -> Option<String>,
) {
    for entity in owners(draft) {
        for (fact, place) in not_dropped(entity) {
            let Some(what) = describe(&fact) else { continue };
            let message = format!("`{}` doesn't say that {what} is left behind", entity.name.text);
            let help = format!("DynamoDB does not enforce it; add `{}: why` to `dropped`", fact.entry());
            report(entity, code, message, (place, "not accounted for"), help, reader);
        }
    }
}

fn report(
    entity: &Entity<'_>,
    code: Code,
    message: String,
    (place, label): (Place, &str),
    help: String,
    reader: &mut Reader,
) {
    reader.report(
        Diagnostic::error(code, message)
            .label(place, label)
            .label(entity.name.place.clone(), format!("reads the rows of `{}`", entity.node.rows.text))
            .help(help),
    );
}

/// Every entry of `dropped` names something.
pub(super) fn dropped_nothing(draft: &Draft<'_>, reader: &mut Reader) {
    for entity in &draft.entities {
        let Some(root) = entity.root.filter(|root| root.whole) else { continue };
        let facts = facts(root);
        for entry in dropped(entity) {
            if facts.iter().any(|(fact, _)| names(&entry.text, fact)) {
                continue;
            }
            let entries: Vec<String> = facts.iter().map(|(fact, _)| fact.entry()).collect();
            let help = match suggest(&entry.text, entries.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "name a column, `unique NAME`, `check NAME` or `foreign key COLUMN`; or remove the entry"
                        .to_owned()
                }
            };
            let message = format!("`{}` names nothing that `{}` has", entry.text, root.name.text);
            reader.report(
                Diagnostic::error(codes::DROPPED_NOTHING, message)
                    .label(entry.place.clone(), "nothing of this name")
                    .help(help),
            );
        }
    }
}

/// What is carried is not dropped.
pub(super) fn dropped_and_carried(draft: &Draft<'_>, reader: &mut Reader) {
    for entity in &draft.entities {
        for entry in dropped(entity) {
            let Some(attribute) = entity.carrier(&entry.text) else { continue };
            let attribute = &entity.attributes[attribute];
            reader.report(
                Diagnostic::error(
                    codes::DROPPED_AND_CARRIED,
                    format!("the column `{}` is carried and dropped", entry.text),
                )
                .label(entry.place.clone(), "dropped here")
                .label(attribute.name.place.clone(), "carried here")
                .help("remove one of the two"),
            );
        }
    }
}
