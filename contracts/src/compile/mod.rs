//! Compiling: a draft without holes becomes plans, and a plan's fingerprint.

mod checks;
mod pattern;
mod reference;
mod rust;
mod words;

use migratable_core::dynamodb::{AttributeType, ENTITY_ATTRIBUTE};
use migratable_core::fingerprint::{self, Fingerprint};
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::plan::{self, Derived, MapAttribute, Member, Plan, Referrer, TableIndex};
use migratable_core::{List, Text};

use crate::language;
use crate::language::{Contract, Index, Project, Scalar, Table};
use crate::lower::Draft;
use crate::lower::derived::ExtraKind;
use crate::lower::entity::{Attribute, Entity};
use crate::lower::form::Form;
use crate::lower::key::{Key, KeySource, Part, Template};
use crate::lower::marker::Marker;
use crate::lower::path::Join;
use crate::lower::source::{Objects, Source};
use crate::model::{self, Copied};
use crate::source::{SourceSchema, SourceType};

/// Compiles a contract. `None` only where something has been reported.
pub(crate) fn contract(draft: &Draft<'_>) -> Option<model::Contract> {
    let name = draft.node.name.text.clone();
    let mut referrers = reference::referrers(draft);
    let entity =
        |entity| self::entity(entity, draft.node, referrers.remove(&entity.name.text).unwrap_or_default());
    let entities = draft.entities.iter().map(entity).collect::<Option<_>>()?;
    let tables =
        draft.node.tables.iter().map(|(name, node)| table(name, node, draft)).collect::<Option<_>>()?;
    let source = schema(draft.source, &draft.node.source.server);
    let visibility = rust::visibility(draft.node, None);
    Some(model::Contract {
        name,
        source,
        tables,
        entities,
        visibility,
        enums: rust::enums(draft),
        writes: words::writes(draft.node),
        volumes: words::volumes(draft.source),
        storage: words::storage(draft.node)?,
    })
}

/// Compiles one entity, which these foreign keys point at. `None` only where something has been reported.
pub(crate) fn entity(
    entity: &Entity<'_>,
    contract: &Contract,
    referrers: Vec<Referrer>,
) -> Option<model::Entity> {
    let fields = rust::fields(entity, contract)?;
    let rust = rust::structure(entity, contract);
    let plan = plan(entity, contract, &fields, referrers)?;
    let dropped = entity.node.dropped.iter().flat_map(|dropped| dropped.iter());
    let dropped = dropped.map(|(what, why)| (text(&what.text), text(&why.text))).collect();
    let repository = entity.node.repository.text.clone();
    let fingerprint = fingerprint(contract, &repository, &plan, &rust, &fields);
    Some(model::Entity {
        name: entity.name.text.clone(),
        repository,
        plan,
        rust,
        fields,
        dropped,
        left_checks: checks::left(entity),
        not_served: words::not_served(&entity.name.text, contract),
        asked: words::asked(entity),
        fingerprint,
    })
}

/// Changes with everything generated code depends on, and with nothing else. (The plan says the entity's name, its
/// tables and its attributes; fields say the paths that documentation names.)
fn fingerprint(
    contract: &Contract,
    repository: &str,
    plan: &Plan,
    rust: &model::Struct,
    fields: &[model::Field],
) -> Fingerprint {
    let version = contract.contract.0.to_string();
    let canonical = plan.canonical();
    let mut parts = vec![version.as_str(), contract.name.text.as_str(), repository, canonical.as_str()];
    parts.extend(fields.iter().flat_map(|field| [field.name.as_str(), field.path.as_str()]));
    let overrides = rust::overrides(&plan.entity, rust, fields);
    parts.extend(overrides.iter().map(String::as_str));
    fingerprint::of(&parts)
}

fn plan(
    entity: &Entity<'_>,
    contract: &Contract,
    fields: &[model::Field],
    referrers: Vec<Referrer>,
) -> Option<Plan> {
    let root = entity.root?;
    let (table, _) = entity.table?;
    let primary_key = root.primary_key().map(|column| entity.carrier(column)).collect::<Option<Vec<_>>>()?;
    let sort = match &entity.sort {
        Some(sort) => Some(key(entity, sort)?),
        None => None,
    };
    let mut plan = Plan {
        entity: text(&entity.name.text),
        table: text(&table.text),
        root: text(&root.name.text),
        joins: entity.joins.joins.iter().map(join).collect(),
        columns: columns(entity, contract)?,
        attributes: entity.attributes.iter().enumerate().map(attribute).collect::<Option<_>>()?,
        maps: maps(entity)?,
        derived: derived(entity)?,
        partition: key(entity, entity.partition.as_ref()?)?,
        sort,
        indexes: entity.complete_indexes().map(|found| index(entity, found)).collect::<Option<_>>()?,
        primary_key: primary_key.into(),
        checks: checks::evaluated(entity),
        filter: entity.filter.clone(),
        markers: entity.markers.iter().map(marker).collect::<Option<_>>()?,
        ids: ids(entity, contract)?,
        references: reference::all(entity)?,
        referrers: referrers.into(),
        secrets: named(entity, |node| node.secret.is_some_and(|flag| flag.0)),
        snapshots: named(entity, |node| {
            node.copy.as_ref().is_some_and(|choice| choice.value == Copied::AtWrite)
        }),
        patterns: List::default(),
        memo: plan::Memo::default(),
        fields: rust::field_names(entity, fields),
    };
    plan.patterns = pattern::all(entity, &plan)?;
    Some(plan)
}

fn text(text: &str) -> Text {
    Text::Owned(text.to_owned())
}

fn join(join: &Join<'_>) -> plan::Join {
    plan::Join {
        table: text(&join.table.name.text),
        parent: join.parent,
        on: join.on.iter().map(|(from, to)| (text(from), text(to))).collect(),
    }
}

fn column(attribute: &Attribute<'_>) -> Option<plan::Column> {
    let target = attribute.target.as_ref()?;
    Some(plan::Column {
        table: target.table,
        name: text(&target.column.name.text),
        ty: attribute.mysql_type()?.clone(),
        nullable: attribute.is_nullable(),
        generated: target.column.facts.generated.is_some(),
        zero_dates: attribute.zero_dates,
        when_null: attribute.node.and_then(|node| node.when_null.as_ref()).map(|written| text(&written.text)),
    })
}

/// Columns that attributes are, then members of maps.
fn columns(entity: &Entity<'_>, contract: &Contract) -> Option<List<plan::Column>> {
    let zero_dates = contract.zero_dates.as_ref().map(|choice| choice.value).unwrap_or_default();
    let members = entity.members().map(|(.., target)| {
        let SourceType::Known(ty) = &target.column.facts.ty else { return None };
        Some(plan::Column {
            table: target.table,
            name: text(&target.column.name.text),
            ty: ty.clone(),
            nullable: target.nullable,
            generated: target.column.facts.generated.is_some(),
            zero_dates,
            when_null: None,
        })
    });
    entity.attributes.iter().map(column).chain(members).collect()
}

fn maps(entity: &Entity<'_>) -> Option<List<MapAttribute>> {
    let mut column = entity.attributes.len();
    let mut maps = Vec::new();
    for extra in &entity.extras {
        let ExtraKind::Map(paths) = extra.kind.as_ref()? else { continue };
        let mut members = Vec::new();
        for (name, _, target) in paths {
            let SourceType::Known(ty) = &target.column.facts.ty else { return None };
            members.push(Member { name: text(&name.text), column, ty: ty.default_attribute_type() });
            column += 1;
        }
        maps.push(MapAttribute { name: text(&extra.name.text), members: members.into() });
    }
    Some(maps.into())
}

fn derived(entity: &Entity<'_>) -> Option<List<Derived>> {
    let derived = entity.extras.iter().filter_map(|extra| match &extra.kind {
        None => Some(None),
        Some(ExtraKind::Map(_)) => None,
        Some(ExtraKind::Derived(derived)) => Some(Some(Derived::clone(derived))),
    });
    derived.collect()
}

/// The names of the attributes of which something is said.
fn named(entity: &Entity<'_>, said: impl Fn(&language::Attribute) -> bool) -> List<Text> {
    let plain = entity.attributes.iter().filter_map(|attribute| Some((attribute.name, attribute.node?)));
    let all = plain.chain(entity.extras.iter().map(|extra| (extra.name, extra.node)));
    all.filter(|(_, node)| said(node)).map(|(name, _)| text(&name.text)).collect()
}

fn attribute((position, attribute): (usize, &Attribute<'_>)) -> Option<plan::Attribute> {
    Some(plan::Attribute {
        name: text(&attribute.name.text),
        column: position,
        ty: attribute.attribute_type()?,
    })
}

fn key(entity: &Entity<'_>, key: &Key<'_>) -> Option<plan::KeyAttribute> {
    let source = match key.source {
        KeySource::Attribute(attribute) => plan::KeySource::Attribute(attribute),
        KeySource::Template(template) => {
            plan::KeySource::Template(self::template(&entity.templates[template])?)
        }
    };
    Some(plan::KeyAttribute { name: text(&key.name.text), source })
}

fn template(template: &Template<'_>) -> Option<KeyTemplate> {
    let parts = template.parts.as_ref()?.iter().map(part).collect::<Option<Vec<_>>>()?;
    Some(KeyTemplate { parts: parts.into() })
}

fn marker(marker: &Marker<'_>) -> Option<plan::Marker> {
    let key = |template: &Template<'_>| {
        let source = plan::KeySource::Template(self::template(template)?);
        Some(plan::KeyAttribute { name: text(&template.name.text), source })
    };
    Some(plan::Marker {
        name: text(&marker.name.text),
        partition: key(marker.partition.as_ref()?)?,
        sort: match &marker.sort {
            Some(sort) => Some(key(sort)?),
            None => None,
        },
    })
}

/// Who hands out ids; `None` inside where nobody does.
fn ids(entity: &Entity<'_>, contract: &Contract) -> Option<Option<plan::Ids>> {
    let Some((column, ids)) = entity.node.ids.iter().flat_map(language::Map::iter).next() else {
        return Some(None);
    };
    let (_, table) = contract.tables.iter().find(|(name, _)| name.text == ids.table.text)?;
    Some(Some(plan::Ids {
        column: entity.carrier(&column.text)?,
        table: text(&ids.table.text),
        key: text(&table.partition.text),
        block: ids.block.map_or(plan::Ids::BLOCK, |block| block.0),
    }))
}

fn part(part: &Part) -> Option<KeyPart> {
    Some(match part {
        Part::Literal(literal) => KeyPart::Literal(text(literal)),
        Part::Variable(variable) => {
            let column = variable.attribute?;
            match &variable.form {
                Form::Full => KeyPart::Column { column, fold: false },
                Form::Folded => KeyPart::Column { column, fold: true },
                Form::Format(format) => KeyPart::Formatted { column, format: format.clone() },
            }
        }
    })
}

fn index(entity: &Entity<'_>, index: &crate::lower::key::Index<'_>) -> Option<plan::Index> {
    let keys = |keys: &[(&Scalar, Option<Key<'_>>)]| -> Option<List<plan::KeyAttribute>> {
        keys.iter().map(|(_, found)| key(entity, found.as_ref()?)).collect()
    };
    Some(plan::Index {
        name: text(&index.name.text),
        partition: keys(&index.partition)?,
        sort: keys(&index.sort)?,
    })
}

/// A DynamoDB table; the types of its keys are those its entities give them.
fn table(name: &Scalar, node: &Table, draft: &Draft<'_>) -> Option<plan::Table> {
    let typed = |key: &Scalar| Some((text(&key.text), key_type(&name.text, &key.text, draft)?));
    let indexes = node.indexes.iter().flat_map(|indexes| indexes.iter()).map(|(name, index)| {
        let sort = index.sort.as_ref().map_or(&[][..], |sort| &sort.items);
        Some(TableIndex {
            name: text(&name.text),
            partition: index.partition.items.iter().map(|key| typed(key)).collect::<Option<_>>()?,
            sort: sort.iter().map(|key| typed(key)).collect::<Option<_>>()?,
            project: project(node, index),
        })
    });
    Some(plan::Table {
        name: text(&name.text),
        partition: typed(&node.partition)?,
        sort: match &node.sort {
            Some(sort) => Some(typed(sort)?),
            None => None,
        },
        indexes: indexes.collect::<Option<_>>()?,
    })
}

/// What an index holds besides keys. What says which entity an item is of is among it.
fn project(table: &Table, index: &Index) -> Option<List<Text>> {
    let asked = match &index.project {
        None | Some(Project::All) => return None,
        Some(Project::Keys) => &[][..],
        Some(Project::Attributes(list)) => &list.items,
    };
    let keys = [&table.partition].into_iter().chain(&table.sort).chain(&index.partition.items);
    let keys: Vec<_> = keys.chain(index.sort.iter().flat_map(|sort| &sort.items)).collect();
    let asked = asked.iter().filter(|name| keys.iter().all(|key| key.text != name.text));
    let names = std::iter::once(ENTITY_ATTRIBUTE).chain(asked.map(|name| name.text.as_str()));
    Some(names.map(text).collect())
}

/// The type of a key attribute: S where a template builds it, and of counters, else the attribute's own.
fn key_type(table: &str, name: &str, draft: &Draft<'_>) -> Option<AttributeType> {
    let ids = draft.entities.iter().flat_map(|entity| entity.node.ids.iter().flat_map(language::Map::iter));
    if ids.into_iter().any(|(_, ids)| ids.table.text == table) {
        return Some(AttributeType::S);
    }
    draft.entities.iter().filter(|entity| entity.node.table.text == table).find_map(|entity| {
        if entity.templates.iter().any(|template| template.name.text == name) {
            return Some(AttributeType::S);
        }
        entity.attributes[entity.attribute(name)?].attribute_type()
    })
}

fn schema(source: &Source<'_>, server: &Scalar) -> SourceSchema {
    let Objects { views, procedures, functions, events } = source.objects.clone();
    let tables = source.tables.iter().map(|table| table.model()).collect();
    SourceSchema { server: server.text.clone(), tables, views, procedures, functions, events }
}
