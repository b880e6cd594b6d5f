//! The ledger: everything that an entity's MySQL table has (columns, keys, checks, foreign keys, triggers) is carried, or
//! dropped with a reason. Nothing is left behind in silence.

use std::collections::HashSet;

use migratable_core::mysql::MySqlType;

use crate::codes;
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Place, suggest};
use crate::language::{Map, Reader, Scalar};
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::lower::source::SourceTable;
use crate::size::{OVERFLOW, WAY_BACK};
use crate::source::{SourceColumn, SourceType, name_text, names_text, parse_names};

/// What an entry of `dropped` can name.
#[derive(Clone, Debug, PartialEq)]
enum Fact {
    Column(String),
    ForeignKey(Vec<String>),
    Named(Kind, String),
    Habit(Habit, String),
}

/// What MySQL does with a column by itself as a row is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Habit {
    AutoIncrement,
    OnUpdate,
    Generated,
}

impl Habit {
    const ALL: [Self; 3] = [Self::AutoIncrement, Self::OnUpdate, Self::Generated];

    /// Those of a column.
    fn of(column: &SourceColumn) -> impl Iterator<Item = Self> {
        let habits = [
            (Self::AutoIncrement, column.auto_increment),
            (Self::OnUpdate, column.on_update.is_some()),
            (Self::Generated, column.generated.is_some()),
        ];
        habits.into_iter().filter_map(|(habit, has)| has.then_some(habit))
    }

    /// What comes before the column's name in `dropped`.
    const fn words(self) -> &'static str {
        match self {
            Self::AutoIncrement => "auto_increment",
            Self::OnUpdate => "on update",
            Self::Generated => "generated",
        }
    }

    /// What MySQL does with a column, as in "who …".
    fn does(self, column: &str) -> String {
        match self {
            Self::AutoIncrement => format!("counts up `{column}`"),
            Self::OnUpdate => format!("sets `{column}` when a row changes"),
            Self::Generated => format!("works out `{column}`"),
        }
    }

    /// Where it isn't done.
    const fn lost(self) -> &'static str {
        match self {
            Self::AutoIncrement => {
                "repositories write the value that a row comes with, and DynamoDB counts nothing up"
            }
            Self::OnUpdate => {
                "repositories write the value that a row comes with, so that neither store sets it"
            }
            Self::Generated => {
                "an item holds the value that its row came with, and DynamoDB works nothing out"
            }
        }
    }
}

/// What has a name of its own beside the columns.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Unique,
    Fulltext,
    Spatial,
    Check,
    Trigger,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Unique, Self::Fulltext, Self::Spatial, Self::Check, Self::Trigger];

    /// What comes before its name in `dropped`.
    const fn word(self) -> &'static str {
        match self {
            Self::Unique => "unique",
            Self::Fulltext => "fulltext",
            Self::Spatial => "spatial",
            Self::Check => "check",
            Self::Trigger => "trigger",
        }
    }

    /// What it is, for people.
    const fn what(self) -> &'static str {
        match self {
            Self::Unique => "the unique key",
            Self::Fulltext => "the FULLTEXT index",
            Self::Spatial => "the SPATIAL index",
            Self::Check => "the check",
            Self::Trigger => "the trigger",
        }
    }

    /// Why it can't be carried.
    const fn lost(self) -> &'static str {
        match self {
            Self::Unique => "only markers, declared in `unique`, enforce it in DynamoDB",
            Self::Check => ENFORCED,
            Self::Fulltext => "DynamoDB does not search for words",
            Self::Spatial => "DynamoDB does not search by place",
            Self::Trigger => "DynamoDB fires no triggers",
        }
    }

    /// Those of a table.
    fn of<'s>(self, table: &SourceTable<'s>) -> Vec<&'s Scalar> {
        fn names<V>(map: Option<&Map<Scalar, V>>) -> Vec<&Scalar> {
            map.into_iter().flat_map(Map::iter).map(|(name, _)| name).collect()
        }
        let node = table.node;
        match self {
            Self::Unique => names(node.unique.as_ref()),
            Self::Fulltext => names(node.fulltext.as_ref()),
            Self::Spatial => names(node.spatial.as_ref()),
            Self::Check => names(node.checks.as_ref()),
            Self::Trigger => names(node.triggers.as_ref()),
        }
    }
}

/// Why a constraint can't be carried.
const ENFORCED: &str = "DynamoDB does not enforce it";

/// What a foreign key needs to be carried.
const KEPT: &str = "in DynamoDB only units of work keep it, where `references` says what counts its rows";

impl Fact {
    /// How `dropped` names it.
    fn entry(&self) -> String {
        match self {
            Self::Column(name) => name_text(name),
            Self::ForeignKey(columns) => format!("foreign key {}", names_text(columns)),
            Self::Named(kind, name) => format!("{} {name}", kind.word()),
            Self::Habit(habit, column) => format!("{} {}", habit.words(), name_text(column)),
        }
    }
}

/// Everything about a table that has to be accounted for, with its place.
fn facts(table: &SourceTable<'_>) -> Vec<(Fact, Place)> {
    let columns = table.columns.iter().map(|column| (Fact::Column(column.name.text.clone()), column.name));
    let habits = table.columns.iter().flat_map(|column| {
        let name = &column.name.text;
        Habit::of(&column.facts).map(move |habit| (Fact::Habit(habit, name.clone()), column.text))
    });
    let named = Kind::ALL.into_iter().flat_map(|kind| {
        let names = kind.of(table).into_iter();
        names.map(move |name| (Fact::Named(kind, name.text.clone()), name))
    });
    let keys = table.foreign_keys.iter();
    let keys = keys.map(|key| (Fact::ForeignKey(key.facts.columns.clone()), key.key));
    columns.chain(habits).chain(named).chain(keys).map(|(fact, name)| (fact, name.place.clone())).collect()
}

/// Whether an entry of `dropped` names a fact. A column's name stands alone, so that one with a blank in it, which could
/// be taken for something else, needs its backquotes.
fn names(entry: &str, fact: &Fact) -> bool {
    let lists = |text: &str, names: &[String]| parse_names(text).is_ok_and(|listed| listed == names);
    match fact {
        Fact::Column(name) => lists(entry, std::slice::from_ref(name)),
        // However the columns are spaced and quoted.
        Fact::ForeignKey(columns) => {
            entry.strip_prefix("foreign key ").is_some_and(|text| lists(text, columns))
        }
        Fact::Named(..) => entry == fact.entry(),
        Fact::Habit(habit, column) => {
            let name = entry.strip_prefix(habit.words()).and_then(|text| text.strip_prefix(' '));
            name.is_some_and(|text| lists(text, std::slice::from_ref(column)))
        }
    }
}

fn dropped<'s>(entity: &Entity<'s>) -> impl Iterator<Item = &'s Scalar> + Clone {
    entity.node.dropped.iter().flat_map(|dropped| &dropped.entries).map(|entry| &entry.key)
}

/// The facts of an entity's table that are asked for and that no entry of its `dropped` names.
fn not_dropped(entity: &Entity<'_>, asked: impl Fn(&Fact) -> bool) -> Vec<(Fact, Place)> {
    let Some(root) = entity.root else { return Vec::new() };
    let mut facts = facts(root);
    let held = |fact: &Fact| match fact {
        Fact::Named(Kind::Unique, name) => holds(entity, name).is_some(),
        Fact::Habit(Habit::AutoIncrement, column) => counts(entity, column).is_some(),
        Fact::ForeignKey(columns) => keeps(entity, columns).is_some(),
        _ => false,
    };
    facts.retain(|(fact, _)| {
        asked(fact) && !held(fact) && !dropped(entity).any(|entry| names(&entry.text, fact))
    });
    facts
}

/// Where markers of a unique key are declared.
fn holds<'s>(entity: &Entity<'s>, name: &str) -> Option<&'s Scalar> {
    let mut declared = entity.node.unique.iter().flat_map(Map::iter);
    declared.find(|(unique, _)| unique.text == name).map(|(unique, _)| unique)
}

/// Where it is said who counts up a column.
fn counts<'s>(entity: &Entity<'s>, column: &str) -> Option<&'s Scalar> {
    super::ids::of(entity).find(|(name, _)| name.text == column).map(|(name, _)| name)
}

/// Where it is said that a foreign key is kept.
fn keeps<'s>(entity: &Entity<'s>, columns: &[String]) -> Option<&'s Scalar> {
    let mut kept = entity.node.references.iter().flat_map(Map::iter);
    kept.find(|(name, _)| parse_names(&name.text).is_ok_and(|named| named == columns)).map(|(name, _)| name)
}

/// The entities that are first to read their rows: a second one for the same table is a finding of its own.
fn owners<'d, 's>(draft: &'d Draft<'s>) -> impl Iterator<Item = &'d Entity<'s>> {
    let mut seen = HashSet::new();
    draft.entities.iter().filter(move |entity| seen.insert(entity.node.rows.text.as_str()))
}

/// Every column is carried or dropped. (Primary key columns have to be carried; that is a rule of its own.)
pub(super) fn column_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    for entity in owners(draft).filter(|entity| entity.whole) {
        let left_out = |fact: &Fact| matches!(fact, Fact::Column(name) if !entity.carries(name));
        for (fact, place) in not_dropped(entity, left_out) {
            let Fact::Column(name) = fact else { continue };
            let primary = entity.root.is_some_and(|root| root.primary_key().any(|column| column == name));
            if primary {
                continue;
            }
            let message = format!("`{}` neither carries nor drops the column `{name}`", entity.name.text);
            let entry = name_text(&name);
            let help = format!("add an attribute with the path `{name}`, or `{entry}: why` to `dropped`");
            report(entity, codes::COLUMN_UNACCOUNTED, message, (place, "not accounted for"), help, reader);
        }
    }
}

/// Every unique key is held by markers or dropped: DynamoDB does not enforce it.
pub(super) fn unique_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    report_kind(draft, codes::UNIQUE_UNACCOUNTED, Kind::Unique, reader);
}

/// Every FULLTEXT index is dropped: DynamoDB answers no MATCH … AGAINST.
pub(super) fn fulltext_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    report_kind(draft, codes::FULLTEXT_UNACCOUNTED, Kind::Fulltext, reader);
}

/// Every SPATIAL index is dropped: DynamoDB knows no shapes.
pub(super) fn spatial_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    report_kind(draft, codes::SPATIAL_UNACCOUNTED, Kind::Spatial, reader);
}

/// Every check is dropped: DynamoDB does not enforce it.
pub(super) fn check_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    report_kind(draft, codes::CHECK_UNACCOUNTED, Kind::Check, reader);
}

/// Every trigger is dropped: nothing fires at an item.
pub(super) fn trigger_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    report_kind(draft, codes::TRIGGER_UNACCOUNTED, Kind::Trigger, reader);
}

/// Every foreign key is kept by a count or dropped: DynamoDB does not enforce it.
pub(super) fn foreign_key_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    report_each(draft, codes::FOREIGN_KEY_UNACCOUNTED, reader, |fact| match fact {
        Fact::ForeignKey(columns) => Some((format!("the foreign key in {}", columns.join(", ")), KEPT)),
        _ => None,
    });
}

/// Who counts up what MySQL counted up is said.
pub(super) fn auto_increment_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    report_habit(draft, codes::AUTO_INCREMENT_UNACCOUNTED, Habit::AutoIncrement, reader);
}

/// Who sets what MySQL set when a row changed is said.
pub(super) fn on_update_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    report_habit(draft, codes::ON_UPDATE_UNACCOUNTED, Habit::OnUpdate, reader);
}

/// Who works out what MySQL worked out is said.
pub(super) fn generated_unaccounted(draft: &Draft<'_>, reader: &mut Reader) {
    report_habit(draft, codes::GENERATED_UNACCOUNTED, Habit::Generated, reader);
}

/// Reports what MySQL does with columns that are carried, and nothing else does. (DEFAULT is not among it: a struct has
/// a value for every column that is carried.)
fn report_habit(draft: &Draft<'_>, code: Code, wanted: Habit, reader: &mut Reader) {
    for entity in owners(draft) {
        let carried = |fact: &Fact| match fact {
            Fact::Habit(habit, column) => *habit == wanted && entity.carries(column),
            _ => false,
        };
        for (fact, place) in not_dropped(entity, carried) {
            let Fact::Habit(habit, column) = &fact else { continue };
            let message = format!("`{}` doesn't say who {}", entity.name.text, habit.does(column));
            let counter = match habit {
                Habit::AutoIncrement => {
                    format!("let a counter do it, `ids: {{ {}: Counters }}`, or ", name_text(column))
                }
                Habit::OnUpdate | Habit::Generated => String::new(),
            };
            let help = format!(
                "{}; {counter}say what does it instead: `{}: what`, in `dropped`",
                habit.lost(),
                fact.entry()
            );
            reader.report(
                Diagnostic::warning(code, message)
                    .label(place, "MySQL does it by itself")
                    .label(
                        entity.name.place.clone(),
                        format!("reads the rows of `{}`", entity.node.rows.text),
                    )
                    .help(help),
            );
        }
    }
}

/// What is dropped can be left out of a row that is written.
pub(super) fn dropped_needed(draft: &Draft<'_>, reader: &mut Reader) {
    for entity in owners(draft).filter(|entity| entity.whole) {
        let Some(root) = entity.root else { continue };
        let left_out = |name: &str| !entity.carries(name);
        for column in
            root.columns.iter().filter(|column| is_needed(&column.facts) && left_out(&column.name.text))
        {
            let fact = Fact::Column(column.name.text.clone());
            let Some(entry) = dropped(entity).find(|entry| names(&entry.text, &fact)) else { continue };
            let message =
                format!("no row can be written to `{}` without `{}`", root.name.text, column.name.text);
            reader.report(
                Diagnostic::warning(codes::DROPPED_NEEDED, message)
                    .label(entry.place.clone(), "dropped, so no repository gives it a value")
                    .label(column.text.place.clone(), "NOT NULL, and no default")
                    .help("give it a default in MySQL or make it NULL; or carry it: a row made of an item would need it, too"),
            );
        }
    }
}

/// Whether MySQL has no value of its own where an INSERT gives none. (An ENUM has its first member.)
fn is_needed(column: &SourceColumn) -> bool {
    let is_enum = matches!(column.ty, SourceType::Known(MySqlType::Enum { .. }));
    let filled = column.default.is_some() || column.auto_increment || column.generated.is_some() || is_enum;
    !column.nullable && !filled
}

fn report_kind(draft: &Draft<'_>, code: Code, wanted: Kind, reader: &mut Reader) {
    report_each(draft, code, reader, |fact| match fact {
        Fact::Named(kind, name) if *kind == wanted => {
            Some((format!("{} `{name}`", kind.what()), kind.lost()))
        }
        _ => None,
    });
}

/// Reports the facts that `describe` says something about: what each is, and why it can't be carried.
fn report_each(
    draft: &Draft<'_>,
    code: Code,
    reader: &mut Reader,
    describe: impl Fn(&Fact) -> Option<(String, &'static str)>,
) {
    for entity in owners(draft) {
        for (fact, place) in not_dropped(entity, |fact| describe(fact).is_some()) {
            let Some((what, lost)) = describe(&fact) else { continue };
            let message = format!("`{}` doesn't say that {what} is left behind", entity.name.text);
            let help = format!("{lost}; add `{}: why` to `dropped`", fact.entry());
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

/// What rows lack that are made of an entity's items, and where that is said.
fn lost_on_the_way_back<'e>(entity: &'e Entity<'_>) -> Vec<(String, &'e Place)> {
    let Some(root) = entity.root else { return Vec::new() };
    let dropped = root.columns.iter().filter_map(|column| {
        if column.facts.generated.is_some() || entity.carries(&column.name.text) {
            return None;
        }
        let fact = Fact::Column(column.name.text.clone());
        let entry = dropped(entity).find(|entry| names(&entry.text, &fact))?;
        Some((format!("the column `{}`", column.name.text), &entry.place))
    });
    let left_out = entity.node.r#where.as_ref();
    let left_out =
        left_out.map(|filter| (format!("all rows but those where {}", filter.text), &filter.place));
    dropped.chain(left_out).collect()
}

/// Rows can be made of items again, or it is accepted that they can't.
pub(super) fn no_way_back(draft: &Draft<'_>, reader: &mut Reader) {
    for entity in owners(draft).filter(|entity| entity.whole) {
        if dropped(entity).any(|entry| entry.text == WAY_BACK) {
            continue;
        }
        let lost = lost_on_the_way_back(entity);
        let Some((_, first)) = lost.first() else { continue };
        let names: Vec<&str> = lost.iter().map(|(name, _)| name.as_str()).collect();
        let rows = &entity.node.rows.text;
        let message = format!("rows of `{rows}` made of items again lack {}", names.join(", "));
        reader.report(
            Diagnostic::warning(codes::NO_WAY_BACK, message)
                .label((*first).clone(), "no item has it")
                .help(format!(
                    "carry it; or say why the way back from DynamoDB can do without: `{WAY_BACK}: why`, in `dropped`"
                )),
        );
    }
}

/// Every entry of `dropped` names something.
pub(super) fn dropped_nothing(draft: &Draft<'_>, reader: &mut Reader) {
    for entity in &draft.entities {
        let Some(root) = entity.root.filter(|root| root.whole) else { continue };
        let facts = facts(root);
        for entry in dropped(entity).filter(|entry| entry.text != OVERFLOW) {
            if entry.text == WAY_BACK && !lost_on_the_way_back(entity).is_empty() {
                continue;
            }
            if facts.iter().any(|(fact, _)| names(&entry.text, fact)) {
                continue;
            }
            let entries: Vec<String> = facts.iter().map(|(fact, _)| fact.entry()).collect();
            let help = match suggest(&entry.text, entries.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("name a column, {} or `foreign key COLUMN`; or remove the entry", kinds()),
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

/// `unique NAME`, `check NAME` and so on, as advice.
fn kinds() -> String {
    let kinds = Kind::ALL.iter().map(|kind| format!("`{} NAME`", kind.word()));
    let habits = Habit::ALL.iter().map(|habit| format!("`{} COLUMN`", habit.words()));
    let rows = [OVERFLOW, WAY_BACK].map(|words| format!("`{words}`"));
    kinds.chain(habits).chain(rows).collect::<Vec<_>>().join(", ")
}

/// What an entry of `dropped` names that the entity carries, and where.
fn carried<'s>(entity: &Entity<'s>, entry: &str) -> Option<(String, &'s Scalar)> {
    if let Some(name) = entry.strip_prefix("unique ") {
        return Some((format!("the unique key `{name}`"), holds(entity, name)?));
    }
    if let Some(name) =
        entry.strip_prefix(Habit::AutoIncrement.words()).and_then(|text| text.strip_prefix(' '))
    {
        let [name] = <[String; 1]>::try_from(parse_names(name).ok()?).ok()?;
        return Some((format!("who counts up `{name}`"), counts(entity, &name)?));
    }
    if let Some(columns) = entry.strip_prefix("foreign key ") {
        let columns = parse_names(columns).ok()?;
        return Some((format!("the foreign key in {}", columns.join(", ")), keeps(entity, &columns)?));
    }
    let [name] = <[String; 1]>::try_from(parse_names(entry).ok()?).ok()?;
    let attribute = entity.carrier(&name).map(|attribute| entity.attributes[attribute].name);
    let carrier = attribute.or_else(|| entity.member(&name))?;
    Some((format!("the column `{name}`"), carrier))
}

/// What is carried is not dropped.
pub(super) fn dropped_and_carried(draft: &Draft<'_>, reader: &mut Reader) {
    for entity in &draft.entities {
        for entry in dropped(entity) {
            let Some((what, carrier)) = carried(entity, &entry.text) else { continue };
            reader.report(
                Diagnostic::error(codes::DROPPED_AND_CARRIED, format!("{what} is carried and dropped"))
                    .label(entry.place.clone(), "dropped here")
                    .label(carrier.place.clone(), "carried here")
                    .help("remove one of the two"),
            );
        }
    }
}
