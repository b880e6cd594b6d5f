//! `satisfies`: labels. One becomes an access pattern where it names what a key asks; of the others nobody can tell
//! what they ask.

use migratable_analyze::design::names;
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;

use super::draft::{Attribute, Entity, Pattern, Table, Value};
use super::model::Text;

/// What a label asks: the words before `by`, and the names after it.
struct Asked {
    of: Vec<String>,
    by: Vec<String>,
}

/// The patterns that a table's labels name.
pub(super) fn of_table(
    labels: &[Text],
    table: &Table,
    entities: &[&Entity<'_>],
    findings: &mut Vec<Diagnostic>,
) -> Vec<Pattern> {
    let mut patterns: Vec<Pattern> = Vec::new();
    let mut untied: Vec<&Text> = Vec::new();
    for label in labels {
        match tied(&label.value, table, entities) {
            Some(pattern) if patterns.iter().any(|other| other.name == pattern.name) => {}
            Some(pattern) => patterns.push(pattern),
            None => untied.push(label),
        }
    }
    findings.extend(say(&untied, table));
    patterns
}

fn say(untied: &[&Text], table: &Table) -> Option<Diagnostic> {
    let [first, ..] = untied else { return None };
    let all: Vec<String> = untied.iter().map(|label| format!("`{}`", label.value)).collect();
    let message = format!("{} names no question that a key of `{}` answers", all.join(", "), table.name);
    let message = if all.len() == 1 {
        message
    } else {
        message.replacen(" names no question", " name no questions", 1)
    };
    Some(
        Diagnostic::warning(codes::IMPORT_LABEL, message)
            .label(first.place.clone(), "a label, tied to nothing")
            .help(
                "say in `access_patterns` what is asked: `Order.of_user: { list: [user_id], index: ByUser }`, or why it \
                 is not answered: `{ not_served: …, remedy: … }`",
            ),
    )
}

/// The pattern that a label of the form `GetOrderByUserId` names.
fn tied(label: &str, table: &Table, entities: &[&Entity<'_>]) -> Option<Pattern> {
    let asked = asked(label)?;
    let mut found = entities.iter().filter(|entity| is_of(entity, &asked, entities)).filter_map(|entity| {
        let own = (table.partition.as_str(), table.sort.as_deref(), None);
        let indexes = table
            .indexes
            .iter()
            .map(|index| (index.partition.as_str(), index.sort.as_deref(), Some(index.name.as_str())));
        [own].into_iter().chain(indexes).find_map(|key| answered(entity, &asked, key, label))
    });
    let pattern = found.next()?;
    // Two entities that answer it are one too many.
    found.next().is_none().then_some(pattern)
}

fn asked(label: &str) -> Option<Asked> {
    let words = names::attribute(label);
    let (of, by) = words.split_once("_by_")?;
    Some(Asked {
        of: of.split('_').map(str::to_owned).collect(),
        by: by.split("_and_").map(str::to_owned).collect(),
    })
}

/// Whether a label speaks of an entity: the only one, or the one it names.
fn is_of(entity: &Entity<'_>, asked: &Asked, entities: &[&Entity<'_>]) -> bool {
    let name = names::attribute(&entity.name);
    let says = |word: &String| *word == name || names::attribute(&names::entity(word)) == name;
    entities.len() == 1 || asked.of.iter().any(says)
}

/// The pattern, if a key answers what is asked by exactly what it is asked by.
fn answered(
    entity: &Entity<'_>,
    asked: &Asked,
    (partition, sort, index): (&str, Option<&str>, Option<&str>),
    label: &str,
) -> Option<Pattern> {
    let partition = of_key(entity, partition)?;
    let sort = match sort {
        Some(sort) => of_key(entity, sort)?,
        None => Vec::new(),
    };
    let mut by = Vec::new();
    for name in &asked.by {
        let attribute = partition.iter().chain(&sort).find(|attribute| is_named(attribute, name))?;
        by.push(attribute.name.clone());
    }
    let given =
        |attributes: &[&Attribute<'_>]| attributes.iter().all(|attribute| by.contains(&attribute.name));
    if !given(&partition) {
        return None;
    }
    let whole = given(&sort);
    Some(Pattern {
        name: format!("{}.{}_{}", entity.name, if whole { "by" } else { "of" }, by.join("_and_")),
        list: !whole,
        by,
        index: index.map(str::to_owned),
        comment: format!("the label {label}"),
    })
}

/// The attributes that an entity's key is made of; `None` where it doesn't build it, or not of carried columns alone.
fn of_key<'e, 's>(entity: &'e Entity<'s>, name: &str) -> Option<Vec<&'e Attribute<'s>>> {
    if let Some(attribute) = entity.attributes.iter().find(|attribute| attribute.name == name) {
        return Some(vec![attribute]);
    }
    let (_, template) = entity.keys.iter().find(|(key, _)| key == name)?;
    let carrying = |path| entity.attributes.iter().find(|attribute| attribute.value.is_plain(path));
    let mut attributes = Vec::new();
    for path in template.values() {
        let attribute = carrying(path)?;
        if !attributes.iter().any(|other: &&Attribute<'s>| other.name == attribute.name) {
            attributes.push(attribute);
        }
    }
    Some(attributes)
}

fn is_named(attribute: &Attribute<'_>, name: &str) -> bool {
    let column = match &attribute.value {
        Value::Path { path, .. } if path.is_own() => Some(names::attribute(&path.column.name)),
        _ => None,
    };
    names::attribute(&attribute.name) == name || column.as_deref() == Some(name)
}
