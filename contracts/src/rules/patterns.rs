//! Rules about access patterns: what they ask can be answered by both stores alike.

use migratable_core::collation::Collation;
use migratable_core::key::{Disorder, can_be_in_key};
use migratable_core::mysql::MySqlType;
use migratable_core::plan::PatternKind;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{AttributeName, Project, Reader, quoted_list};
use crate::lower::entity::Entity;
use crate::lower::form::Form;
use crate::lower::key::{Index, KeySource, Variable};
use crate::lower::pattern::{Pattern, Question};
use crate::model::Freshness;

/// Methods every repository has.
const OWN_METHODS: [&str; 2] = ["get", "put"];

fn is_list(pattern: &Pattern<'_>) -> bool {
    matches!(pattern.kind, PatternKind::List { .. })
}

/// Patterns whose keys the entity has, with what they ask.
fn questions<'e, 's>(entity: &'e Entity<'s>) -> impl Iterator<Item = (&'e Pattern<'s>, Question)> {
    entity.patterns.iter().filter_map(|pattern| Some((pattern, entity.question(pattern)?)))
}

/// Names of attributes, each once, as a sentence lists them.
fn attribute_list(entity: &Entity<'_>, attributes: &[usize]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for attribute in attributes {
        let name = entity.attributes[*attribute].name.text.as_str();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    quoted_list(&names)
}

fn asked(pattern: &Pattern<'_>, entity: &Entity<'_>) -> String {
    match pattern.index {
        Some(index) => format!("the index `{}`", entity.indexes[index].name.text),
        None => format!("the table `{}`", entity.node.table.text),
    }
}

/// An entity is in the index its patterns ask.
pub(super) fn index(entity: &Entity<'_>, reader: &mut Reader) {
    for pattern in &entity.patterns {
        let Some(index) =
            pattern.index.map(|index| &entity.indexes[index]).filter(|index| !index.is_complete())
        else {
            continue;
        };
        let Some(name) = &pattern.node.index else { continue };
        let missing: Vec<&str> =
            index.attributes().filter(|(_, key)| key.is_none()).map(|(name, _)| name.text.as_str()).collect();
        let list = quoted_list(&missing);
        let message = format!("`{}` is not in the index `{}`", entity.name.text, name.text);
        reader.report(
            Diagnostic::error(codes::PATTERN_INDEX, message)
                .label(name.place.clone(), format!("has the key {list}"))
                .label(entity.name.place.clone(), format!("has no {list}"))
                .help(format!("add {list} to the attributes or the `key` of `{}`", entity.name.text)),
        );
    }
}

/// An index that answers holds whole items: all that the struct has fields for.
pub(super) fn index_lacks(entity: &Entity<'_>, reader: &mut Reader) {
    let Some((_, table)) = entity.table else { return };
    for pattern in &entity.patterns {
        let asked = pattern.index.map(|index| &entity.indexes[index]);
        let Some((index, name)) = asked.zip(pattern.node.index.as_ref()) else { continue };
        let nodes = table.indexes.iter().flat_map(|indexes| indexes.iter());
        let Some((_, node)) = nodes.into_iter().find(|(other, _)| other.text == index.name.text) else {
            continue;
        };
        let (held, place): (&[AttributeName], _) = match &node.project {
            None | Some(Project::All) => continue,
            Some(Project::Keys) => (&[], &index.name.place),
            Some(Project::Attributes(list)) => (&list.items, &list.place),
        };
        let keys = entity.table_keys().chain(index.keys()).map(|key| key.name.text.as_str());
        let held: Vec<&str> = keys.chain(held.iter().map(|name| name.text.as_str())).collect();
        let plain = entity.attributes.iter().map(|attribute| attribute.name);
        let all = plain.chain(entity.extras.iter().map(|extra| extra.name)).map(|name| name.text.as_str());
        let missing: Vec<&str> = all.filter(|name| !held.contains(name)).collect();
        if missing.is_empty() {
            continue;
        }
        let list = quoted_list(&missing);
        let message = format!("`{}` would answer without {list}", pattern.name.scalar.text);
        reader.report(
            Diagnostic::error(codes::INDEX_LACKS, message)
                .label(place.clone(), format!("holds no {list}"))
                .label(name.place.clone(), "asked here")
                .help("add them to `project`, or remove it: an index holds all attributes where nothing else is said"),
        );
    }
}

/// A pattern gives the whole partition key, but for shards; a get by the table's key, the whole key.
pub(super) fn key(entity: &Entity<'_>, reader: &mut Reader) {
    for (pattern, question) in questions(entity) {
        let mut needed = question.partition;
        if !is_list(pattern) && pattern.index.is_none() {
            needed.extend(question.sort);
        } else {
            needed.retain(|attribute| !question.scattered.contains(attribute));
        }
        needed.retain(|attribute| !pattern.by.iter().any(|(_, given)| given == attribute));
        if needed.is_empty() {
            continue;
        }
        let list = attribute_list(entity, &needed);
        let message = format!("`{}` doesn't give {list}", pattern.name.scalar.text);
        reader.report(
            Diagnostic::error(codes::PATTERN_KEY, message)
                .label(pattern.by_place.clone(), format!("{} needs {list}", asked(pattern, entity)))
                .help(format!("give {list}, too, or ask an index whose partition key is what is given")),
        );
    }
}

/// Everything a list gives is a part of the key it asks: pages would have holes where the rest was filtered. (A get may
/// give more than names its one answer.)
pub(super) fn by(entity: &Entity<'_>, reader: &mut Reader) {
    for (pattern, question) in questions(entity).filter(|(pattern, _)| is_list(pattern)) {
        let used = |attribute: &usize| {
            let leading = &question.sort[..question.leading];
            (question.partition.contains(attribute) || leading.contains(attribute))
                && !question.partial.contains(attribute)
        };
        for (name, _) in pattern.by.iter().filter(|(_, attribute)| !used(attribute)) {
            let attribute = entity.attribute(&name.text);
            let partial = attribute.is_some_and(|attribute| question.partial.contains(&attribute));
            let late = attribute.is_some_and(|attribute| question.sort.contains(&attribute));
            let (label, help) = if partial {
                let help =
                    "build the key from the value in full: `{…}` without a form; this one is for `get`";
                ("the key has only a part of it", help.to_owned())
            } else if late {
                let before = attribute_list(entity, &question.order);
                (
                    "stands behind others in the sort key",
                    format!("give {before}, too, or build the sort key in another order"),
                )
            } else {
                ("not in the key", "remove it, or ask an index that has it in its key".to_owned())
            };
            let message = format!("{} can't be asked by `{}`", asked(pattern, entity), name.text);
            reader.report(
                Diagnostic::error(codes::PATTERN_BY, message).label(name.place.clone(), label).help(help),
            );
        }
    }
}

/// A get by an index has at most one answer.
pub(super) fn not_unique(entity: &Entity<'_>, reader: &mut Reader) {
    let Some(root) = entity.root.filter(|root| root.whole) else { return };
    for pattern in entity.patterns.iter().filter(|pattern| !is_list(pattern) && pattern.index.is_some()) {
        let columns: Vec<&str> = pattern
            .by
            .iter()
            .filter_map(|(_, attribute)| entity.attributes[*attribute].root_column())
            .collect();
        if root.is_unique_but_for_null(&columns) {
            continue;
        }
        let message = format!("`{}` may have several answers", pattern.name.scalar.text);
        reader.report(
            Diagnostic::error(codes::PATTERN_NOT_UNIQUE, message)
                .label(pattern.by_place.clone(), format!("no unique key of `{}`", root.name.text))
                .help("make it a `list`, or give the columns of a unique key"),
        );
    }
}

/// A list's order tells rows apart, so that pages neither repeat nor skip.
pub(super) fn total_order(entity: &Entity<'_>, reader: &mut Reader) {
    let Some(root) = entity.root.filter(|_| entity.whole) else { return };
    for (pattern, question) in questions(entity).filter(|(pattern, _)| is_list(pattern)) {
        // The partition key has to be given whole; where it is not, that is a finding of its own.
        let given = pattern.by.iter().map(|(_, attribute)| *attribute);
        let keys = question.partition.into_iter().chain(question.order);
        let whole = keys.filter(|attribute| !question.partial.contains(attribute));
        let known: Vec<usize> = given.chain(whole).collect();
        let carriers = root.primary_key().filter_map(|column| entity.carrier(column));
        let missing: Vec<usize> = carriers.filter(|attribute| !known.contains(attribute)).collect();
        if missing.is_empty() {
            continue;
        }
        let list = attribute_list(entity, &missing);
        let message = format!("the order of `{}` doesn't tell rows apart", pattern.name.scalar.text);
        let place = pattern.node.index.as_ref().map_or(&pattern.by_place, |index| &index.place);
        reader.report(
            Diagnostic::error(codes::PATTERN_NO_TOTAL_ORDER, message)
                .label(place.clone(), format!("no {list} in its sort key"))
                .help(format!("add {list} to the end of the sort key of {}", asked(pattern, entity))),
        );
    }
}

/// A list is in one order in both stores.
pub(super) fn order(entity: &Entity<'_>, reader: &mut Reader) {
    for (pattern, question) in questions(entity).filter(|(pattern, _)| is_list(pattern)) {
        let Some((_, sort)) = entity.asked_keys(pattern) else { continue };
        for attribute in question.order {
            let Some(reason) = sort.iter().find_map(|key| disorder(entity, key.source, attribute)) else {
                continue;
            };
            let subject = &entity.attributes[attribute];
            let place = pattern.node.index.as_ref().map_or(&pattern.by_place, |index| &index.place);
            let message = format!(
                "`{}` would be ordered by `{}`, {reason}",
                pattern.name.scalar.text, subject.name.text
            );
            reader.report(
                Diagnostic::error(codes::PATTERN_ORDER, message)
                    .label(place.clone(), "its sort key")
                    .label(subject.name.place.clone(), "doesn't sort alike in both stores")
                    .help(
                        "sort by numbers, dates or text with a binary collation, or give this attribute, too",
                    ),
            );
        }
    }
}

/// Why a value in a sort key doesn't sort as in MySQL.
fn disorder(entity: &Entity<'_>, source: KeySource, attribute: usize) -> Option<Disorder> {
    let subject = &entity.attributes[attribute];
    let ty = subject.mysql_type()?;
    match source {
        KeySource::Template(template) => {
            let template = &entity.templates[template];
            let same =
                template.variables().filter(|variable: &&Variable| variable.attribute == Some(attribute));
            // A month and then the moment sort as the moment alone.
            let whole = template.whole().any(|whole| whole == attribute);
            let mut counting = same.filter(
                |variable| !matches!(&variable.form, Form::Format(format) if whole && format.sorts()),
            );
            counting.find_map(|variable| match &variable.form {
                Form::Full => Disorder::in_template(ty, false),
                Form::Folded => Disorder::in_template(ty, true),
                Form::Format(format) => Disorder::in_format(format),
            })
        }
        KeySource::Attribute(natural) if natural == attribute => {
            Disorder::of_attribute(ty, subject.attribute_type()?)
        }
        KeySource::Attribute(_) => None,
    }
}

/// A pattern's name is not one of the methods every repository has.
pub(super) fn name(entity: &Entity<'_>, reader: &mut Reader) {
    for pattern in &entity.patterns {
        let method = &pattern.name.method;
        if OWN_METHODS.contains(&method.text.as_str()) {
            reader.report(
                Diagnostic::error(
                    codes::PATTERN_NAME,
                    format!("every repository has a method `{}`", method.text),
                )
                .label(method.place.clone(), "already taken")
                .help(format!("choose another name, as `{}_by_…`", method.text)),
            );
        }
    }
}

/// An index that answers has every row that MySQL would answer with.
pub(super) fn sparse(entity: &Entity<'_>, reader: &mut Reader) {
    for pattern in &entity.patterns {
        let Some(index) =
            pattern.index.map(|index| &entity.indexes[index]).filter(|index| index.is_complete())
        else {
            continue;
        };
        let Some(name) = &pattern.node.index else { continue };
        for attribute in absent_with_null(entity, index, pattern) {
            let subject = &entity.attributes[attribute];
            let message = format!(
                "`{}` would miss rows whose `{}` is NULL",
                pattern.name.scalar.text, subject.name.text
            );
            reader.report(
                Diagnostic::error(codes::PATTERN_SPARSE, message)
                    .label(name.place.clone(), "an item without the key is not in the index")
                    .label(subject.name.place.clone(), "may be NULL")
                    .help(format!(
                        "give `{}`, too, or build the index from columns that are never NULL",
                        subject.name.text
                    )),
            );
        }
    }
}

/// What a get gives beyond its key is compared by MySQL with its own rules, and by the runtime with the key's: only
/// values that can stand in a key are equal in one way.
pub(super) fn compares(entity: &Entity<'_>, reader: &mut Reader) {
    for (pattern, question) in questions(entity) {
        let in_key = |attribute: &usize| {
            (question.partition.contains(attribute) || question.sort.contains(attribute))
                && !question.partial.contains(attribute)
        };
        for (name, attribute) in pattern.by.iter().filter(|(_, attribute)| !in_key(attribute)) {
            let Some(ty) = entity.attributes[*attribute].mysql_type().filter(|ty| !compares_alike(ty)) else {
                continue;
            };
            let message = format!("`{}` is not compared alike by the stores", name.text);
            reader.report(
                Diagnostic::error(codes::PATTERN_COMPARES, message)
                    .label(name.place.clone(), format!("of type {ty}"))
                    .help("remove it: the application can compare what it gets"),
            );
        }
    }
}

fn compares_alike(ty: &MySqlType) -> bool {
    let folds = |collation: &Collation| collation.is_binary() || collation.foldable();
    can_be_in_key(ty) && ty.collation().is_none_or(folds)
}

/// The attributes of an index's key that may be NULL and are not given.
fn absent_with_null(entity: &Entity<'_>, index: &Index<'_>, pattern: &Pattern<'_>) -> Vec<usize> {
    let mut attributes: Vec<usize> =
        index.keys().filter_map(|key| entity.key_attributes(key)).flatten().collect();
    attributes.sort_unstable();
    attributes.dedup();
    let nullable = |attribute: &usize| {
        entity.attributes[*attribute].target.as_ref().is_some_and(|target| target.nullable)
    };
    attributes
        .retain(|attribute| nullable(attribute) && !pattern.by.iter().any(|(_, given)| given == attribute));
    attributes
}

/// What may not lag is read from the table, and has no copies that follow later.
pub(super) fn strict_lags(entity: &Entity<'_>, reader: &mut Reader) {
    for pattern in &entity.patterns {
        let Some(freshness) =
            pattern.node.freshness.as_ref().filter(|choice| choice.value == Freshness::Strict)
        else {
            continue;
        };
        let copy = entity.attributes.iter().find(|attribute| {
            attribute.target.as_ref().is_some_and(|target| target.table > 0) && attribute.is_live()
        });
        let (place, label, help) = match (&pattern.node.index, copy) {
            (Some(index), _) => (
                &index.place,
                "an index lags behind its table",
                "ask the table itself, or remove `freshness`",
            ),
            (None, Some(copy)) => (
                &copy.name.place,
                "follows another row later",
                "drop the copy, make it one that never follows, `copy: at_write`, or remove `freshness`",
            ),
            (None, None) => continue,
        };
        let message = format!("`{}` can't be strict", pattern.name.scalar.text);
        reader.report(
            Diagnostic::error(codes::STRICT_LAGS, message)
                .label(freshness.place.clone(), "no answer may lag behind")
                .label(place.clone(), label)
                .help(help),
        );
    }
}
