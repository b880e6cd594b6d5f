//! Tables and entities: keys, attributes, what the file has lost, what is kept unique.

use migratable_analyze::design::{self, Hints, names};
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;
use migratable_contract::source::SourceTable;

use super::draft::{Attribute, Entity, Index, Project, Table, Template, Value};
use super::join::Joins;
use super::key_names::{Built, KeyNames, key_names};
use super::keys::{AskedKey, Key, composite};
use super::model::{self, Projection, Text};
use super::source::{Path, Position};
use super::value::Mapper;
use super::{Lost, ledger, spelling, types};

/// Puts the contract together.
pub(super) struct Assembler<'a, 's> {
    pub(super) joins: Joins<'s>,
    pub(super) hints: &'a Hints,
    pub(super) lost: Lost,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) tables: Vec<Table>,
    pub(super) entities: Vec<Entity<'s>>,
    given: Given,
}

/// Names that are taken.
#[derive(Default)]
struct Given {
    entities: names::Given,
    repositories: names::Given,
}

impl<'a, 's> Assembler<'a, 's> {
    pub(super) fn new(joins: Joins<'s>, hints: &'a Hints, lost: Lost) -> Self {
        Self {
            joins,
            hints,
            lost,
            findings: Vec::new(),
            tables: Vec::new(),
            entities: Vec::new(),
            given: Given::default(),
        }
    }

    /// A table with its entities; gives what it is called, if there is anything in it.
    pub(super) fn table(&mut self, table: &model::Table) -> Option<String> {
        let mut keys = key_names(table);
        self.say_names(table, &keys);
        let mut read = Vec::new();
        for entity in &table.entities {
            let Some(rows) = self.joins.table(&entity.source_table, &mut self.findings) else { continue };
            let built = self.keys(table, entity, rows, &keys);
            // An item that lacks a key of its table is none.
            if (0..keys.of_table).all(|at| built.iter().any(|key| key.at == at)) {
                read.push((entity, rows, built));
            } else {
                self.left_out(entity, &table.name);
            }
        }
        self.rename(&mut keys, &read);
        if read.is_empty() {
            return None;
        }
        let name = spelling::table(&table.name, &mut self.findings);
        if let Some(first) = self.tables.iter().find(|other| other.name == name) {
            let message = format!("a table `{}` stands twice in the file", first.name);
            self.findings.push(twice(message, &table.name));
            return None;
        }
        let indexes = self.indexes(table, &keys, &read);
        let entities: Vec<Entity<'s>> = read
            .into_iter()
            .map(|(entity, rows, built)| self.entity(entity, rows, &name, &keys, built))
            .collect();
        let size = table.item_size.as_ref();
        self.tables.push(Table {
            name: name.clone(),
            partition: keys.all[0].name.clone(),
            sort: keys.all[..keys.of_table].get(1).map(|key| key.name.clone()),
            indexes,
            comments: size
                .map(|bytes| format!("items of about {bytes} bytes, as the file estimates"))
                .into_iter()
                .collect(),
        });
        self.entities.extend(entities);
        Some(name)
    }

    fn keys(
        &mut self,
        table: &model::Table,
        entity: &model::Entity,
        rows: &'s SourceTable,
        keys: &KeyNames,
    ) -> Vec<Built<'s>> {
        let mut mapper = Mapper {
            joins: &mut self.joins,
            root: Position::root(rows),
            entity,
            findings: &mut self.findings,
        };
        let mut built = Vec::new();
        for (at, key) in keys.all.iter().enumerate() {
            let template = match at {
                0 => entity.pk_template.as_ref(),
                1 if keys.of_table == 2 => entity.sk_template.as_ref(),
                _ => None,
            };
            let asked = AskedKey { name: &key.said, template, index: at >= keys.of_table };
            if asked.index
                && table.multi
                && composite(&key.said.value).is_none()
                && !has(entity, &key.said.value)
            {
                continue;
            }
            if let Some(built_key) = mapper.key(asked) {
                let beside = mapper.beside(&key.said, &built_key);
                built.push(Built { at, key: built_key, beside });
            }
        }
        built
    }

    fn left_out(&mut self, entity: &model::Entity, table: &Text) {
        let name = entity.kind.as_ref().unwrap_or(table);
        self.findings.push(
            Diagnostic::error(
                codes::IMPORT_ENTITY,
                format!("`{}` is left out: its key can't be built", name.value),
            )
            .label(name.place.clone(), "not in the contract")
            .help("put right what is said of its keys, and import again"),
        );
    }

    fn entity(
        &mut self,
        entity: &model::Entity,
        rows: &'s SourceTable,
        table: &str,
        keys: &KeyNames,
        built: Vec<Built<'s>>,
    ) -> Entity<'s> {
        let wish = match &entity.kind {
            Some(kind) => names::entity(&kind.value),
            None => names::entity(&rows.name),
        };
        let name = self.given.entities.give(&wish, "");
        let repository = self.given.repositories.give(&names::repository(&rows.name), "_");
        let built = keys.without_halves(entity, built, &mut self.findings);
        types::keys(entity, keys, &built, &self.joins.source, &mut self.findings);
        let mut attributes = self.attributes(entity, rows, keys, &built);
        let mut templates = Vec::new();
        for Built { at, key, .. } in built {
            if let Key::Template(template) = key {
                templates.push((keys.all[at].name.clone(), template));
            }
        }
        let dropped = ledger::lost(self, entity, rows, keys, &templates, &mut attributes);
        ledger::twice(entity, &mut attributes, &mut self.findings);
        let (unique, left) =
            ledger::unique(self, entity, rows, &name, &keys.all[..keys.of_table], &templates);
        Entity {
            name,
            table: table.to_owned(),
            rows,
            repository,
            keys: templates,
            unique,
            attributes,
            dropped: dropped.into_iter().chain(left).collect(),
            comments: Vec::new(),
        }
    }

    fn attributes(
        &mut self,
        entity: &model::Entity,
        rows: &'s SourceTable,
        keys: &KeyNames,
        built: &[Built<'s>],
    ) -> Vec<Attribute<'s>> {
        let mut attributes = Vec::new();
        let mut times = Vec::new();
        for said in &entity.attributes {
            let key = keys.all.iter().position(|key| key.said.value == said.name.value);
            let built = key.map(|at| built.iter().find(|built| built.at == at));
            let value = match built {
                // A key that can't be built was said to be so.
                Some(None | Some(Built { key: Key::Template(_), beside: None, .. })) => continue,
                Some(Some(Built { key: Key::Natural(value), .. } | Built { beside: Some(value), .. })) => {
                    Some(value.clone())
                }
                None => self.mapper(entity, rows).value(said),
            };
            let Some(value) = value else { continue };
            let is_key = key.is_some();
            let Some(ty) = types::attribute(said, &value, is_key, &self.joins.source, &mut self.findings)
            else {
                continue;
            };
            if let Value::Path { path, .. } = &value
                && path.is_date()
            {
                times.push(said.name.place.clone());
            }
            let name = spelling::attribute(&said.name, &mut self.findings);
            if attributes.iter().any(|other: &Attribute<'s>| other.name == name) {
                self.findings
                    .push(twice(format!("an attribute `{name}` stands twice in the entity"), &said.name));
                continue;
            }
            let comments = said.justification.iter().cloned().collect();
            attributes.push(Attribute { name, value, ty, comments });
        }
        // Keys that no attribute of the file is.
        for built in built {
            let key = &keys.all[built.at];
            if let Key::Natural(value) = &built.key
                && !has(entity, &key.said.value)
            {
                attributes.insert(
                    0,
                    Attribute {
                        name: key.name.clone(),
                        value: value.clone(),
                        ty: None,
                        comments: Vec::new(),
                    },
                );
            }
        }
        types::times(entity, times, &mut self.findings);
        types::same_calculation(entity, &attributes, &mut self.findings);
        attributes
    }

    fn mapper<'m>(&'m mut self, entity: &'m model::Entity, rows: &'s SourceTable) -> Mapper<'m, 's> {
        Mapper { joins: &mut self.joins, root: Position::root(rows), entity, findings: &mut self.findings }
    }

    fn indexes(
        &mut self,
        table: &model::Table,
        keys: &KeyNames,
        read: &[(&model::Entity, &'s SourceTable, Vec<Built<'s>>)],
    ) -> Vec<Index> {
        let mut indexes = Vec::new();
        for (gsi, (partition, sort)) in table.gsis.iter().zip(&keys.indexes) {
            let (partition, sort) = (*partition, *sort);
            let builds =
                |key: usize| read.iter().any(|(.., built)| built.iter().any(|built| built.at == key));
            if !builds(partition) || sort.is_some_and(|sort| !builds(sort)) {
                self.findings.push(
                    Diagnostic::error(
                        codes::IMPORT_INDEX,
                        format!("the index `{}` is left out: no entity builds its key", gsi.name.value),
                    )
                    .label(gsi.name.place.clone(), "not in the contract")
                    .help("add the attributes that are its key, or delete the index"),
                );
                continue;
            }
            let name = spelling::table(&gsi.name, &mut self.findings);
            if indexes.iter().any(|other: &Index| other.name == name) {
                self.findings.push(twice(format!("an index `{name}` stands twice in the table"), &gsi.name));
                continue;
            }
            let project = match &gsi.projection {
                Projection::All => Project::All,
                Projection::Keys => Project::Keys,
                Projection::Include(names) => Project::Some(
                    names.iter().map(|name| spelling::attribute(name, &mut self.findings)).collect(),
                ),
            };
            indexes.push(Index {
                name,
                partition: keys.all[partition].name.clone(),
                sort: sort.map(|sort| keys.all[sort].name.clone()),
                project,
            });
        }
        indexes
    }

    /// What analyze's ledger says of a table.
    pub(super) fn ledger_of(&self, rows: &SourceTable) -> Vec<(String, String)> {
        let entries = design::dropped_of_table(self.joins.source.schema, self.hints, &rows.name);
        let text = |entry: migratable_contract::yaml::Entry| {
            let reason = entry.value.as_scalar().unwrap_or_default().to_owned();
            (entry.key, reason)
        };
        entries.into_iter().map(text).collect()
    }
}

/// What to say of the second of two that have one name.
fn twice(message: String, name: &Text) -> Diagnostic {
    Diagnostic::error(codes::IMPORT_DUPLICATE, message)
        .label(name.place.clone(), "the second is left out")
        .help("give it a name of its own, or delete one of the two")
}

/// Whether an entity has an attribute of that name.
fn has(entity: &model::Entity, name: &str) -> bool {
    entity.attributes.iter().any(|attribute| attribute.name.value == name)
}

/// The templates' values that an entity has to carry.
pub(super) fn in_keys<'t, 's>(templates: &'t [(String, Template<'s>)]) -> impl Iterator<Item = &'t Path<'s>> {
    templates.iter().flat_map(|(_, template)| template.values())
}
