//! Keys: what the key attributes of a table and its indexes are made from.

use migratable_core::key::KeyFormat;

use super::entity::Entity;
use super::form::{self, Form};
use super::names::unknown;
use super::path::{Joins, resolve};
use super::source::Source;
use super::template::{self, TemplateError, TemplateMistake, TemplatePart};
use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::language::{Map, Reader, Scalar};

/// A key template with its paths followed.
#[derive(Clone, Debug)]
pub(crate) struct Template<'s> {
    /// The key attribute it makes.
    pub(crate) name: &'s Scalar,
    /// The template as written, if it could be read.
    pub(crate) text: Option<&'s Scalar>,
    /// Its parts; `None` if they could not all be resolved.
    pub(crate) parts: Option<Vec<Part>>,
}

/// A part of a key template.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// Text that stands in every key.
    Literal(String),
    /// A value.
    Variable(Variable),
}

/// A value in a key template.
#[derive(Clone, Debug)]
pub(crate) struct Variable {
    /// Where it stands.
    pub(crate) place: Place,
    /// Its path as written.
    pub(crate) path: String,
    /// The attribute that carries the same path.
    pub(crate) attribute: Option<usize>,
    /// How it stands there.
    pub(crate) form: Form,
}

/// A key attribute of a table or an index, as one entity makes it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key<'s> {
    /// Its name, where the table or the index says it.
    pub(crate) name: &'s Scalar,
    /// What it is made from.
    pub(crate) source: KeySource,
}

/// What a key attribute is made from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum KeySource {
    /// A template, by its position.
    Template(usize),
    /// An attribute of the same name, by its position.
    Attribute(usize),
}

/// An index of the entity's table.
#[derive(Clone, Debug)]
pub(crate) struct Index<'s> {
    /// Its name.
    pub(crate) name: &'s Scalar,
    /// Its partition key attributes; `None` where the entity has nothing of that name.
    pub(crate) partition: Vec<(&'s Scalar, Option<Key<'s>>)>,
    /// Its sort key attributes.
    pub(crate) sort: Vec<(&'s Scalar, Option<Key<'s>>)>,
}

impl<'s> Index<'s> {
    /// Whether the entity has all of its key attributes.
    pub(crate) fn is_complete(&self) -> bool {
        self.attributes().all(|(_, key)| key.is_some())
    }

    /// Its key attributes, partition first.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &(&'s Scalar, Option<Key<'s>>)> {
        self.partition.iter().chain(&self.sort)
    }

    /// The keys the entity has of it, partition first.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key<'s>> {
        self.attributes().filter_map(|(_, key)| key.as_ref())
    }
}

impl Entity<'_> {
    /// Where findings about a whole key point: at its template, or at the attribute that is the key.
    pub(crate) fn key_place(&self, key: &Key<'_>) -> Place {
        match key.source {
            KeySource::Template(template) => self.templates[template].place(),
            KeySource::Attribute(attribute) => self.attributes[attribute].name.place.clone(),
        }
    }

    /// The attributes a key is made from, in order; `None` where not all of them are known.
    pub(crate) fn key_attributes(&self, key: &Key<'_>) -> Option<Vec<usize>> {
        match key.source {
            KeySource::Attribute(attribute) => Some(vec![attribute]),
            KeySource::Template(template) => {
                let template = &self.templates[template];
                template.parts.as_ref()?;
                template.variables().map(|variable| variable.attribute).collect()
            }
        }
    }

    /// The forms of their own that values have in a key.
    pub(crate) fn formats<'e>(&'e self, key: &Key<'_>) -> impl Iterator<Item = &'e KeyFormat> {
        let template = match key.source {
            KeySource::Attribute(_) => None,
            KeySource::Template(template) => self.templates.get(template),
        };
        template.into_iter().flat_map(Template::variables).filter_map(|variable| match &variable.form {
            Form::Format(format) => Some(format),
            Form::Full | Form::Folded => None,
        })
    }

    /// Of the attributes a key is made from, those of which it has nothing but a shard.
    pub(crate) fn scattered(&self, key: &Key<'_>) -> Vec<usize> {
        let KeySource::Template(template) = key.source else { return Vec::new() };
        let (mut shards, mut others) = (Vec::new(), Vec::new());
        for variable in self.templates[template].variables() {
            match variable.form {
                Form::Format(KeyFormat::Shard(_)) => shards.extend(variable.attribute),
                _ => others.extend(variable.attribute),
            }
        }
        shards.retain(|attribute| !others.contains(attribute));
        shards
    }

    /// Of the attributes a key is made from, those that it holds whole: two values are two keys.
    pub(crate) fn told_apart(&self, key: &Key<'_>) -> Vec<usize> {
        match key.source {
            KeySource::Attribute(attribute) => vec![attribute],
            KeySource::Template(template) => self.templates[template].whole().collect(),
        }
    }
}

impl Template<'_> {
    /// Its values, in order.
    pub(crate) fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.parts.iter().flatten().filter_map(|part| match part {
            Part::Variable(variable) => Some(variable),
            Part::Literal(_) => None,
        })
    }

    /// Of the attributes it is made from, those that it holds whole.
    pub(crate) fn whole(&self) -> impl Iterator<Item = usize> {
        let whole = self.variables().filter(|variable| variable.form.tells_apart());
        whole.filter_map(|variable| variable.attribute)
    }

    /// Where findings about all of it point.
    pub(crate) fn place(&self) -> Place {
        self.text.map_or_else(|| self.name.place.clone(), |text| text.place.clone())
    }
}

/// Resolves an entity's templates, and the keys of its table and indexes.
pub(crate) fn lower<'s>(entity: &mut Entity<'s>, source: &'s Source<'s>, reader: &mut Reader) {
    for entry in entity.node.key.iter().flat_map(|key| &key.entries) {
        let parts = entry.value.as_ref().and_then(|text| parts(text, entity, source, reader));
        let template = Template { name: &entry.key.scalar, text: entry.value.as_ref(), parts };
        entity.templates.push(template);
    }
    let Some((_, table)) = entity.table else { return };
    report_derived_keys(entity, table, reader);
    entity.partition = table_key(&table.partition, "partition", entity, reader);
    entity.sort = table.sort.as_ref().and_then(|sort| table_key(sort, "sort", entity, reader));
    for (name, index) in table.indexes.iter().flat_map(|indexes| indexes.iter()) {
        let keys = |names: &'s [_]| -> Vec<_> {
            names
                .iter()
                .map(|name: &'s crate::language::AttributeName| (&name.scalar, find(name, entity)))
                .collect()
        };
        let sort = index.sort.as_ref().map_or(&[][..], |sort| &sort.items);
        let index = Index { name: &name.scalar, partition: keys(&index.partition.items), sort: keys(sort) };
        entity.indexes.push(index);
    }
    report_unknown_keys(entity, reader);
}

/// Key attributes that would be values worked out.
fn report_derived_keys(entity: &Entity<'_>, table: &crate::language::Table, reader: &mut Reader) {
    let indexes = table.indexes.iter().flat_map(|indexes| indexes.iter());
    let of_indexes = indexes.flat_map(|(_, index)| {
        index.partition.items.iter().chain(index.sort.iter().flat_map(|sort| &sort.items))
    });
    let keys = [&table.partition].into_iter().chain(&table.sort).chain(of_indexes);
    let mut said = Vec::new();
    for extra in keys.filter_map(|name| entity.extra(&name.text)) {
        if said.contains(&extra.name.text.as_str()) {
            continue;
        }
        said.push(&extra.name.text);
        reader.report(
            Diagnostic::error(codes::DERIVED_KEY, format!("`{}` can't be a key", extra.name.text))
                .label(extra.name.place.clone(), "worked out, not carried as it is")
                .help("build the key from columns in `key`, and give this attribute another name"),
        );
    }
}

/// What the entity makes a key attribute from.
fn find<'s>(name: &'s Scalar, entity: &Entity<'s>) -> Option<Key<'s>> {
    let template = entity.templates.iter().position(|template| template.name.text == name.text);
    let source = match template {
        Some(template) => KeySource::Template(template),
        None => KeySource::Attribute(entity.attribute(&name.text)?),
    };
    Some(Key { name, source })
}

fn table_key<'s>(name: &'s Scalar, role: &str, entity: &Entity<'s>, reader: &mut Reader) -> Option<Key<'s>> {
    let found = find(name, entity);
    if found.is_none() {
        let message =
            format!("`{}` doesn't say how its {role} key `{}` is built", entity.name.text, name.text);
        reader.report(
            Diagnostic::error(codes::MISSING_KEY, message)
                .label(entity.name.place.clone(), format!("has no `{}`", name.text))
                .label(name.place.clone(), format!("the table's {role} key"))
                .help(format!(
                    "add it to `key`, as in `key: {{ {}: \"…#{{path}}\" }}`, or make it an attribute",
                    name.text
                )),
        );
    }
    found
}

/// `key` entries that no key of the table or its indexes has.
fn report_unknown_keys(entity: &Entity<'_>, reader: &mut Reader) {
    let Some((table_name, table)) = entity.table else { return };
    if !table.indexes.as_ref().is_none_or(Map::is_whole) {
        return;
    }
    let mut names: Vec<&str> = vec![&table.partition.text];
    names.extend(table.sort.iter().map(|sort| sort.text.as_str()));
    names.extend(entity.indexes.iter().flat_map(Index::attributes).map(|(name, _)| name.text.as_str()));
    for template in &entity.templates {
        if !names.contains(&template.name.text.as_str()) {
            let what = format!("a key attribute of `{}`", table_name.text);
            let place = template.name.place.clone();
            let names = names.iter().copied();
            reader.report(unknown(codes::UNKNOWN_KEY, &template.name.text, place, &what, names));
        }
    }
}

/// The parts of a template, with every path followed.
pub(super) fn parts<'s>(
    text: &Scalar,
    entity: &Entity<'s>,
    source: &'s Source<'s>,
    reader: &mut Reader,
) -> Option<Vec<Part>> {
    let parts = match template::parse(&text.text) {
        Ok(parts) => parts,
        Err(mistakes) => {
            if let Some(finding) = brace_in_a_name(text, entity) {
                reader.report(finding);
                return None;
            }
            for mistake in mistakes {
                reader.report(brace_mistake(text, &mistake));
            }
            return None;
        }
    };
    let parts: Vec<_> = parts
        .into_iter()
        .map(|part| match part {
            TemplatePart::Literal(literal) => Some(Part::Literal(literal)),
            TemplatePart::Variable { text: written, range } => {
                variable(&Scalar { text: written, place: text.inside(range) }, entity, source, reader)
                    .map(Part::Variable)
            }
        })
        .collect();
    parts.into_iter().collect()
}

/// MySQL lets names have braces, and a template has no spelling for one inside a value.
fn brace_in_a_name(text: &Scalar, entity: &Entity<'_>) -> Option<Diagnostic> {
    let paths = entity.attributes.iter().filter_map(|attribute| attribute.path());
    let (path, start) = paths
        .filter(|path| path.text.contains(['{', '}']))
        .find_map(|path| Some((path, text.text.find(&format!("{{{}", path.text))? + 1)))?;
    let message = format!("`{}` can't stand in a template: its name has a brace", path.text);
    Some(
        Diagnostic::error(codes::KEY_TEMPLATE, message)
            .label(text.inside(start..start + path.text.len()), "a brace here ends the value, or opens another")
            .help("name its attribute itself as the key (`partition: ATTRIBUTE`), or rename the column in MySQL"),
    )
}

pub(super) fn brace_mistake(text: &Scalar, mistake: &TemplateError) -> Diagnostic {
    let place = text.inside(mistake.range.clone());
    let (message, label, help) = match mistake.what {
        TemplateMistake::NotClosed => {
            ("a brace is not closed", "no `}` follows", "close it with `}`, or write `{{` for a brace itself")
        }
        TemplateMistake::NotOpened => (
            "a brace closes nothing",
            "no `{` before it",
            "open it with `{`, or write `}}` for a brace itself",
        ),
        TemplateMistake::Empty => {
            ("nothing stands between the braces", "which value?", "write a path, as in `{id}`")
        }
    };
    Diagnostic::error(codes::KEY_TEMPLATE, message).label(place, label).help(help)
}

/// A value of a template. The text before the first colon is its path, unless the whole is.
fn variable<'s>(
    written: &Scalar,
    entity: &Entity<'s>,
    source: &'s Source<'s>,
    reader: &mut Reader,
) -> Option<Variable> {
    if let Some(attribute) = carrier(&written.text, entity) {
        let (place, path) = (written.place.clone(), written.text.clone());
        return Some(Variable { place, path, attribute: Some(attribute), form: Form::Full });
    }
    let form::Written { path, start, asked } = split(&written.text, entity);
    let attribute = carrier(path, entity);
    if attribute.is_none() {
        // Only for what it says about a path that leads nowhere; one that does is a rule's matter.
        let path = Scalar { text: path.to_owned(), place: written.inside(start..start + path.len()) };
        let mut joins = Joins { joins: Vec::new() };
        resolve(&path, entity.root?, source, &mut joins, reader)?;
    }
    let ty = attribute.and_then(|attribute| entity.attributes[attribute].mysql_type());
    match form::form(written, asked, ty) {
        Ok(form) => Some(Variable { place: written.place.clone(), path: path.to_owned(), attribute, form }),
        Err(finding) => {
            reader.report(finding);
            None
        }
    }
}

/// Takes apart what stands between braces. MySQL lets names have colons: one that an attribute carries goes first.
fn split<'w>(written: &'w str, entity: &Entity<'_>) -> form::Written<'w> {
    let carried = entity.attributes.iter().filter_map(|attribute| attribute.path());
    let leads = carried.filter(|path| {
        written.strip_prefix(path.text.as_str()).is_some_and(|format| format.starts_with(':'))
    });
    match leads.map(|path| path.text.len()).max() {
        Some(length) => form::split_at(written, length),
        None => form::split(written),
    }
}

/// The attribute that carries a path.
fn carrier(path: &str, entity: &Entity<'_>) -> Option<usize> {
    entity.attributes.iter().position(|attribute| attribute.path().is_some_and(|other| other.text == path))
}
