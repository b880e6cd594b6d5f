//! Tables and entities: keys, attributes, what the file has lost, what is kept unique.

use migratable_analyze::design::{self, Hints, names};
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;
use migratable_contract::source::SourceTable;

use super::draft::{Attribute, Entity, Index, Project, Table, Template, Value};
use super::join::Joins;
use super::keys::{AskedKey, Key, composite};
use super::model::{self, Projection, Spot, Text};
use super::source::{Path, Position};
use super::value::Mapper;
use super::{Lost, ledger, types};

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

/// A key attribute of a table: what the file calls it, and what the contract does.
pub(super) struct KeyName {
    pub(super) said: Text,
    pub(super) name: String,
}

/// A table's keys, and which of them make which index.
struct KeyNames {
    /// Those of the table first.
    all: Vec<KeyName>,
    /// How many of them are the table's.
    of_table: usize,
    /// The partition key and the sort key of each index.
    indexes: Vec<(usize, Option<usize>)>,
}

impl KeyNames {
    /// Without templates of an index whose other key the entity doesn't build: its items are not in it.
    fn without_halves<'s>(&self, built: Vec<Built<'s>>) -> Vec<Built<'s>> {
        let has = |at: usize| built.iter().any(|built| built.at == at);
        let whole = |(partition, sort): &(usize, Option<usize>)| has(*partition) && sort.is_none_or(has);
        let (whole, half): (Vec<_>, Vec<_>) = self.indexes.iter().partition(|index| whole(index));
        let of = |indexes: &[(usize, Option<usize>)], at: usize| {
            indexes.iter().any(|(partition, sort)| *partition == at || *sort == Some(at))
        };
        let stays = |built: &Built<'s>| {
            let template = matches!(built.key, Key::Template(_));
            built.at < self.of_table || !template || of(&whole, built.at) || !of(&half, built.at)
        };
        let stays: Vec<bool> = built.iter().map(stays).collect();
        built.into_iter().zip(stays).filter_map(|(built, stays)| stays.then_some(built)).collect()
    }
}

/// A key of an entity: which of the table's, and how it is built.
pub(super) struct Built<'s> {
    pub(super) at: usize,
    pub(super) key: Key<'s>,
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

    /// A table with its entities.
    pub(super) fn table(&mut self, table: &model::Table) {
        let mut keys = key_names(table);
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
        rename(&mut keys, &read);
        if read.is_empty() {
            return;
        }
        let name = self.table_name(&table.name);
        let indexes = self.indexes(table, &keys, &read);
        let entities: Vec<Entity<'s>> = read
            .into_iter()
            .map(|(entity, rows, built)| self.entity(entity, rows, &name, &keys, built))
            .collect();
        let size = table.item_size.as_ref();
        self.tables.push(Table {
            name,
            partition: keys.all[0].name.clone(),
            sort: keys.all[..keys.of_table].get(1).map(|key| key.name.clone()),
            indexes,
            comments: size
                .map(|bytes| format!("items of about {bytes} bytes, as the file estimates"))
                .into_iter()
                .collect(),
        });
        self.entities.extend(entities);
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
            if let Some(key) = mapper.key(asked) {
                built.push(Built { at, key });
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
        let built = keys.without_halves(built);
        types::keys(entity, keys, &built, &self.joins.source, &mut self.findings);
        let mut attributes = self.attributes(entity, rows, keys, &built);
        let mut templates = Vec::new();
        for Built { at, key } in built {
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
                Some(None | Some(Built { key: Key::Template(_), .. })) => continue,
                Some(Some(Built { key: Key::Natural(value), .. })) => Some(value.clone()),
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
            let name = self.attribute_name(&said.name);
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
            let project = match &gsi.projection {
                Projection::All => Project::All,
                Projection::Keys => Project::Keys,
                Projection::Include(names) => {
                    Project::Some(names.iter().map(|name| self.attribute_name(name)).collect())
                }
            };
            indexes.push(Index {
                name: self.table_name(&gsi.name),
                partition: keys.all[partition].name.clone(),
                sort: sort.map(|sort| keys.all[sort].name.clone()),
                project,
            });
        }
        indexes
    }

    /// A table's or an index's name, as DynamoDB takes it.
    fn table_name(&mut self, said: &Text) -> String {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let name: String = said.value.chars().map(|c| if fits(c) { c } else { '_' }).take(255).collect();
        let name = if name.len() < 3 { name + "Table" } else { name };
        self.renamed(said, &name);
        name
    }

    /// An attribute's name, as the contract takes it.
    fn attribute_name(&mut self, said: &Text) -> String {
        let mut letters = said.value.chars();
        let starts = letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
        if starts && letters.all(|c| c.is_ascii_alphanumeric() || c == '_') && said.value.len() <= 255 {
            return said.value.clone();
        }
        let name = names::attribute(&said.value);
        self.renamed(said, &name);
        name
    }

    fn renamed(&mut self, said: &Text, name: &str) {
        if said.value == name {
            return;
        }
        self.findings.push(
            Diagnostic::warning(
                codes::IMPORT_NAME,
                format!("`{}` is no name that a contract takes", said.value),
            )
            .label(said.place.clone(), format!("imported as `{name}`"))
            .help("write the name that is meant into the contract"),
        );
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

/// Whether an entity has an attribute of that name.
fn has(entity: &model::Entity, name: &str) -> bool {
    entity.attributes.iter().any(|attribute| attribute.name.value == name)
}

/// The keys of a table and its indexes. Names that put others together, as `a#b`, are no names of attributes: such keys
/// get names of their own.
fn key_names(table: &model::Table) -> KeyNames {
    let stand_in = |name: &str| Spot { value: name.to_owned(), place: table.name.place.clone() };
    let templated = |template: fn(&model::Entity) -> bool| table.entities.iter().any(template);
    let pk = table.pk.clone().unwrap_or_else(|| stand_in("PK"));
    let sk = table.sk.clone();
    let sk = sk.or_else(|| templated(|entity| entity.sk_template.is_some()).then(|| stand_in("SK")));
    let named = |said: Text, own: String| {
        let name = if composite(&said.value).is_some() { own } else { said.value.clone() };
        KeyName { said, name }
    };
    let of_table = 1 + usize::from(sk.is_some());
    let mut all = vec![named(pk, "PK".to_owned())];
    all.extend(sk.map(|sk| named(sk, "SK".to_owned())));
    let mut indexes = Vec::new();
    for gsi in &table.gsis {
        let own = |end: &str| names::attribute(&gsi.name.value) + end;
        let partition = push(&mut all, named(gsi.pk.clone(), own("_pk")));
        let sort = gsi.sk.clone().map(|sk| push(&mut all, named(sk, own("_sk"))));
        indexes.push((partition, sort));
    }
    KeyNames { all, of_table, indexes }
}

/// A key's position: two indexes may have one key.
fn push(all: &mut Vec<KeyName>, key: KeyName) -> usize {
    let found = all.iter().position(|other| other.said.value == key.said.value);
    found.unwrap_or_else(|| {
        all.push(key);
        all.len() - 1
    })
}

/// A key that a template builds of one column has another name than the column: that is the attribute's.
fn rename(keys: &mut KeyNames, read: &[(&model::Entity, &SourceTable, Vec<Built<'_>>)]) {
    let taken: Vec<String> = keys.all.iter().map(|key| key.name.clone()).collect();
    for built in read.iter().flat_map(|(.., built)| built) {
        let Key::Template(template) = &built.key else { continue };
        let name = &mut keys.all[built.at].name;
        let of_its_own = |path: &Path<'_>| path.is_own() && path.column.name.eq_ignore_ascii_case(name);
        if template.values().any(of_its_own) {
            let wish = format!("{name}_key");
            let free = |name: &String| !taken.contains(name);
            *name = std::iter::once(wish.clone())
                .chain((2..).map(|number| format!("{wish}_{number}")))
                .find(free)
                .unwrap_or(wish);
        }
    }
}

/// The templates' values that an entity has to carry.
pub(super) fn in_keys<'t, 's>(templates: &'t [(String, Template<'s>)]) -> impl Iterator<Item = &'t Path<'s>> {
    templates.iter().flat_map(|(_, template)| template.values())
}

impl std::ops::Deref for KeyNames {
    type Target = [KeyName];

    fn deref(&self) -> &[KeyName] {
        &self.all
    }
}
