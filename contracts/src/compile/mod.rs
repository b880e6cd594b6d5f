//! Compiling: a draft without holes becomes plans, and a plan's fingerprint.

mod checks;
mod pattern;
mod rust;
mod words;

use migratable_core::dynamodb::AttributeType;
use migratable_core::fingerprint::{self, Fingerprint};
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::plan::{self, Plan, TableIndex};
use migratable_core::{List, Text};

use crate::language::{Contract, Scalar, Table};
use crate::lower::Draft;
use crate::lower::entity::{Attribute, Entity};
use crate::lower::key::{Key, KeySource, Part};
use crate::lower::path::Join;
use crate::lower::source::{Objects, Source};
use crate::model;
use crate::source::SourceSchema;

/// Compiles a contract. `None` only where something has been reported.
pub(crate) fn contract(draft: &Draft<'_>) -> Option<model::Contract> {
    let name = draft.node.name.text.clone();
    let entities =
        draft.entities.iter().map(|entity| self::entity(entity, draft.node)).collect::<Option<_>>()?;
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
        storage: words::storage(draft.node),
    })
}

/// Compiles one entity. `None` only where something has been reported.
pub(crate) fn entity(entity: &Entity<'_>, contract: &Contract) -> Option<model::Entity> {
    let fields: Vec<model::Field> =
        entity.attributes.iter().map(|attribute| rust::field(attribute, contract)).collect::<Option<_>>()?;
    let rust = rust::structure(entity, contract);
    let plan = plan(entity, &fields)?;
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

fn plan(entity: &Entity<'_>, fields: &[model::Field]) -> Option<Plan> {
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
        columns: entity.attributes.iter().map(column).collect::<Option<_>>()?,
        attributes: entity.attributes.iter().enumerate().map(attribute).collect::<Option<_>>()?,
        maps: List::default(),
        derived: List::default(),
        partition: key(entity, entity.partition.as_ref()?)?,
        sort,
        indexes: entity.complete_indexes().map(|found| index(entity, found)).collect::<Option<_>>()?,
        primary_key: primary_key.into(),
        checks: checks::evaluated(entity),
        filter: None,
        markers: List::default(),
        secrets: List::default(),
        snapshots: List::default(),
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
        on: vec![(text(join.from), text(join.to))].into(),
    }
}

fn column(attribute: &Attribute<'_>) -> Option<plan::Column> {
    let target = attribute.target.as_ref()?;
    Some(plan::Column {
        table: target.table,
        name: text(&target.column.name.text),
        ty: attribute.mysql_type()?.clone(),
        nullable: target.nullable,
        generated: target.column.facts.generated.is_some(),
        zero_dates: attribute.zero_dates,
        when_null: None,
    })
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
            let parts = entity.templates[template].parts.as_ref()?;
            let parts = parts.iter().map(part).collect::<Option<Vec<_>>>()?;
            plan::KeySource::Template(KeyTemplate { parts: parts.into() })
        }
    };
    Some(plan::KeyAttribute { name: text(&key.name.text), source })
}

fn part(part: &Part) -> Option<KeyPart> {
    Some(match part {
        Part::Literal(literal) => KeyPart::Literal(text(literal)),
        Part::Variable(variable) => KeyPart::Column { column: variable.attribute?, fold: variable.fold },
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

/// The type of a key attribute: S where a template builds it, else the attribute's own.
fn key_type(table: &str, name: &str, draft: &Draft<'_>) -> Option<AttributeType> {
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
