//! The contract's own ledger: every source table is read by an entity or dropped with a reason, and so is every view,
//! procedure, function and event, which nothing in DynamoDB stands for.

use crate::codes::{self, Code};
use crate::diagnostic::Diagnostic;
use crate::language::{Map, Reader, Scalar};
use crate::lower::Draft;
use crate::lower::names::{Found, unknown};
use crate::lower::source::Source;
use crate::source::{name_text, parse_names};

/// What a schema has beside tables.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    View,
    Procedure,
    Function,
    Event,
}

impl Kind {
    const ALL: [Self; 4] = [Self::View, Self::Procedure, Self::Function, Self::Event];

    /// What it is, and what comes before its name in `dropped`.
    const fn word(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Procedure => "procedure",
            Self::Function => "function",
            Self::Event => "event",
        }
    }

    /// The names of those a schema has.
    fn of<'s>(self, source: &Source<'s>) -> impl Iterator<Item = &'s Scalar> {
        let node = source.node;
        let map = match self {
            Self::View => &node.views,
            Self::Procedure => &node.procedures,
            Self::Function => &node.functions,
            Self::Event => &node.events,
        };
        map.iter().flat_map(|map: &Map<Scalar, Scalar>| &map.entries).map(|entry| &entry.key)
    }

    fn entry(self, name: &str) -> String {
        format!("{} {name}", self.word())
    }
}

fn dropped<'s>(draft: &Draft<'s>) -> impl Iterator<Item = &'s Scalar> + use<'s> {
    draft.node.dropped.iter().flat_map(|dropped| &dropped.entries).map(|entry| &entry.key)
}

/// The table an entry of `dropped` names, if it can name one: `view v` doesn't, `` `view v` `` does.
fn table(entry: &str) -> Option<String> {
    let [name] = <[String; 1]>::try_from(parse_names(entry).ok()?).ok()?;
    Some(name)
}

/// Every source table is read by an entity or dropped.
pub(super) fn source_table_unused(draft: &Draft<'_>, reader: &mut Reader) {
    let known = draft.entities.iter().all(|entity| entity.root.is_some());
    if !known || !draft.node.entities.is_whole() {
        return;
    }
    for source in &draft.source.tables {
        let name = &source.name.text;
        let read = draft.entities.iter().any(|entity| entity.node.rows.text == *name);
        if read || dropped(draft).any(|entry| table(&entry.text).as_ref() == Some(name)) {
            continue;
        }
        let entry = name_text(name);
        reader.report(
            Diagnostic::error(codes::SOURCE_TABLE_UNUSED, format!("no entity reads the rows of `{name}`"))
                .label(source.name.place.clone(), "not accounted for")
                .help(format!(
                    "add an entity with `rows: {name}`, or `{entry}: why` to the contract's `dropped`"
                )),
        );
    }
}

/// Every entry of the contract's `dropped` names something of the source, and no table that an entity reads.
pub(super) fn dropped_table(draft: &Draft<'_>, reader: &mut Reader) {
    let source = draft.source;
    let objects: Vec<String> = Kind::ALL
        .into_iter()
        .flat_map(|kind| kind.of(source).map(move |name| kind.entry(&name.text)))
        .collect();
    for entry in dropped(draft) {
        let name = table(&entry.text);
        let found = name.as_ref().map_or(Found::No, |name| source.table(name));
        if matches!(found, Found::No) && !objects.contains(&entry.text) {
            let tables: Vec<String> = source.table_names().map(name_text).collect();
            let known = tables.iter().chain(&objects).map(String::as_str);
            let what = if objects.is_empty() { "a table of the source" } else { "anything of the source" };
            reader.report(unknown(codes::DROPPED_TABLE, &entry.text, entry.place.clone(), what, known));
        } else if let Some(entity) =
            draft.entities.iter().find(|entity| Some(&entity.node.rows.text) == name.as_ref())
        {
            let message = format!("the table `{}` is read and dropped", entity.node.rows.text);
            reader.report(
                Diagnostic::error(codes::DROPPED_TABLE, message)
                    .label(entry.place.clone(), "dropped here")
                    .label(entity.node.rows.place.clone(), "read here")
                    .help("remove the entry, or the entity"),
            );
        }
    }
}

/// Every view is dropped: nothing answers its query.
pub(super) fn view_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    unaccounted(draft, Kind::View, codes::VIEW_UNACCOUNTED, reader);
}

/// Every procedure and function is dropped: DynamoDB runs neither.
pub(super) fn routine_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    unaccounted(draft, Kind::Procedure, codes::ROUTINE_UNACCOUNTED, reader);
    unaccounted(draft, Kind::Function, codes::ROUTINE_UNACCOUNTED, reader);
}

/// Every event is dropped: DynamoDB has no scheduler.
pub(super) fn event_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    unaccounted(draft, Kind::Event, codes::EVENT_UNACCOUNTED, reader);
}

fn unaccounted(draft: &Draft<'_>, kind: Kind, code: Code, reader: &mut Reader) {
    for name in kind.of(draft.source) {
        let entry = kind.entry(&name.text);
        if dropped(draft).any(|dropped| dropped.text == entry) {
            continue;
        }
        let message = format!("nothing says that the {} `{}` is left behind", kind.word(), name.text);
        reader.report(
            Diagnostic::error(code, message)
                .label(name.place.clone(), "not accounted for")
                .help(format!("DynamoDB has none; add `{entry}: why` to the contract's `dropped`")),
        );
    }
}
