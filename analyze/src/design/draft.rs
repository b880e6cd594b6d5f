//! The proposal before it is written: entities with their names, keys, indexes and access patterns.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Facts, Table};
use super::keys::{KeyAttribute, Refusal, Template};
use super::names::{self, Given};
use super::questions::{self, Answer, Origin, Place, Question};
use super::roles::{self, ItemKey, Role};
use super::{Layout, Options};

/// The most global secondary indexes a DynamoDB table has by default (DynamoDB Developer Guide, "Service quotas").
pub(crate) const MOST_INDEXES: usize = 20;

/// The whole proposal. Entities and tables are in the order of the schema's tables.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) entities: Vec<Entity<'a>>,
    pub(crate) tables: Vec<DynamoTable>,
    /// Source tables without items, and why.
    pub(crate) dropped: Vec<(&'a Table<'a>, Option<Refusal>)>,
}

/// One entity.
#[derive(Debug)]
pub(crate) struct Entity<'a> {
    pub(crate) table: &'a Table<'a>,
    pub(crate) name: String,
    pub(crate) repository: String,
    /// What its keys begin with.
    pub(crate) prefix: String,
    /// Attribute names by column; `None` where items can't carry the column.
    pub(crate) attributes: Vec<Option<String>>,
    pub(crate) key: ItemKey,
    /// The foreign key it belongs to its parent by, as a position in the table's foreign keys.
    pub(crate) owner: Option<usize>,
    /// The DynamoDB table, as a position in [`Draft::tables`].
    pub(crate) dynamo_table: usize,
    pub(crate) patterns: Vec<Pattern<'a>>,
    pub(crate) refused: Vec<Refused>,
}

/// One access pattern.
#[derive(Debug)]
pub(crate) struct Pattern<'a> {
    pub(crate) method: String,
    pub(crate) question: Question<'a>,
    /// `None`: the table itself.
    pub(crate) index: Option<EntityIndex>,
}

/// An index, as one entity's items are in it.
#[derive(Debug)]
pub(crate) struct EntityIndex {
    pub(crate) name: String,
    pub(crate) partition: Vec<KeyAttribute>,
    pub(crate) sort: Vec<KeyAttribute>,
}

/// A question that isn't proposed.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) method: String,
    /// The columns it would have been asked by.
    pub(crate) by: Vec<usize>,
    /// `None`: the table has as many indexes as it can.
    pub(crate) refusal: Option<Refusal>,
}

/// A DynamoDB table.
#[derive(Debug)]
pub(crate) struct DynamoTable {
    pub(crate) name: String,
    /// Its entities, as positions in [`Draft::entities`].
    pub(crate) entities: Vec<usize>,
    /// Names of the key attributes templates build in its indexes, by index.
    pub(crate) key_names: BTreeMap<String, [String; 2]>,
}

impl<'a> Draft<'a> {
    /// Applies the rules. `order` is the schema's order of tables.
    pub(crate) fn new(facts: &'a Facts<'a>, order: &[&'a str], options: &Options) -> Self {
        let names = EntityNames::new(facts);
        let roles = roles::assign(facts, &names.prefixes, options.layout);
        let mut draft = Self { entities: Vec::new(), tables: Vec::new(), dropped: Vec::new() };
        for name in order {
            let table = &facts.tables[name];
            match &roles[name] {
                Role::Nameless => draft.dropped.push((table, None)),
                Role::Keyless(refusal) => draft.dropped.push((table, Some(refusal.clone()))),
                Role::Root { key, shared } => draft.add(table, &names, key, None, *shared, options),
                Role::Child { key, foreign_key } => {
                    draft.add(table, &names, key, Some(*foreign_key), true, options);
                }
            }
        }
        draft.place_in_tables(facts, &roles, options);
        draft.limit_indexes();
        draft.agree_on_sorts();
        draft.name_key_attributes();
        draft
    }

    fn add(
        &mut self,
        table: &'a Table<'a>,
        names: &EntityNames<'a>,
        key: &ItemKey,
        owner: Option<usize>,
        shared: bool,
        options: &Options,
    ) {
        let source = table.source.name.as_str();
        let (name, prefix) = (names.entities[source].clone(), names.prefixes[source].clone());
        let place = Place { layout: options.layout, shared, prefix: &prefix };
        let (patterns, refused) = patterns(table, key, owner.is_none(), place);
        self.entities.push(Entity {
            attributes: attributes(table, &name, options.layout),
            repository: names.repositories[source].clone(),
            table,
            name,
            key: key.clone(),
            owner,
            dynamo_table: 0,
            patterns,
            refused,
            prefix,
        });
    }

    /// Gives every entity its DynamoDB table: one for all, its root's, or its own.
    fn place_in_tables(&mut self, facts: &Facts<'a>, roles: &BTreeMap<&'a str, Role>, options: &Options) {
        let mut given = Given::default();
        let roots = roles.iter().filter(|(_, role)| matches!(role, Role::Root { .. }));
        let names: BTreeMap<&str, String> = match options.layout {
            Layout::SingleTable => {
                let name = names::single_table(&names::contract(&options.name));
                facts.tables.keys().map(|root| (*root, name.clone())).collect()
            }
            // In the order of the names, so that a number goes to the same table whatever the schema's order.
            _ => roots.map(|(root, _)| (*root, given.give(&names::dynamodb_table(root), ""))).collect(),
        };
        for at in 0..self.entities.len() {
            let entity = &self.entities[at];
            let root = match entity.owner {
                Some(owner) => entity.table.foreign_keys[owner].source.table.as_str(),
                None => entity.table.source.name.as_str(),
            };
            let name = &names[root];
            let place = self.tables.iter().position(|table| table.name == *name).unwrap_or_else(|| {
                self.tables.push(DynamoTable::new(name.clone()));
                self.tables.len() - 1
            });
            self.tables[place].entities.push(at);
            self.entities[at].dynamo_table = place;
        }
    }

    /// Keeps the first indexes of every entity, as many as a table can have.
    fn limit_indexes(&mut self) {
        for table in &self.tables {
            let mut entities = table.entities.clone();
            entities.sort_by(|one, other| self.entities[*one].name.cmp(&self.entities[*other].name));
            let longest =
                entities.iter().map(|at| self.entities[*at].patterns.len()).max().unwrap_or_default();
            let mut kept = BTreeSet::new();
            for nth in 0..longest {
                for at in &entities {
                    let index =
                        self.entities[*at].patterns.get(nth).and_then(|pattern| pattern.index.as_ref());
                    if let Some(index) = index.filter(|_| kept.len() < MOST_INDEXES) {
                        kept.insert(index.name.clone());
                    }
                }
            }
            for at in entities {
                self.entities[at].drop_other_indexes(&kept);
            }
        }
    }

    /// An item without an index's sort key isn't in the index, so where one entity sorts, all of them do.
    fn agree_on_sorts(&mut self) {
        for table in &self.tables {
            let indexes = |at: &usize| self.entities[*at].indexes();
            let sorted: BTreeSet<String> = table
                .entities
                .iter()
                .flat_map(indexes)
                .filter(|index| !index.sort.is_empty())
                .map(|index| index.name.clone())
                .collect();
            for at in &table.entities {
                let entity = &mut self.entities[*at];
                for index in entity.patterns.iter_mut().filter_map(|pattern| pattern.index.as_mut()) {
                    if index.sort.is_empty() && sorted.contains(&index.name) {
                        index.sort.push(KeyAttribute::Template(Template::literal(&entity.prefix)));
                    }
                }
            }
        }
    }

    /// Names what templates build, so that it is nothing else's name in the table.
    fn name_key_attributes(&mut self) {
        for table in &mut self.tables {
            let mut given = Given::default();
            given.reserve(PARTITION);
            given.reserve(SORT);
            let mut indexes = BTreeSet::new();
            for at in &table.entities {
                let entity = &self.entities[*at];
                entity.attributes.iter().flatten().for_each(|name| given.reserve(name));
                indexes.extend(entity.indexes().map(|index| index.name.clone()));
            }
            for index in indexes {
                let names = ["PK", "SK"].map(|end| given.give(&format!("{index}{end}"), "_"));
                table.key_names.insert(index, names);
            }
        }
    }
}

/// Name of a table's partition key attribute, where a template builds it.
pub(crate) const PARTITION: &str = "PK";

/// Name of a table's sort key attribute, where a template builds it.
pub(crate) const SORT: &str = "SK";

impl DynamoTable {
    fn new(name: String) -> Self {
        Self { name, entities: Vec::new(), key_names: BTreeMap::new() }
    }
}

impl Entity<'_> {
    /// The indexes its items are in.
    pub(crate) fn indexes(&self) -> impl Iterator<Item = &EntityIndex> {
        self.patterns.iter().filter_map(|pattern| pattern.index.as_ref())
    }

    fn drop_other_indexes(&mut self, kept: &BTreeSet<String>) {
        let (stay, go): (Vec<_>, Vec<_>) = std::mem::take(&mut self.patterns)
            .into_iter()
            .partition(|pattern| pattern.index.as_ref().is_none_or(|index| kept.contains(&index.name)));
        self.patterns = stay;
        let refused = go.into_iter();
        self.refused.extend(refused.map(|pattern| Refused {
            method: pattern.method,
            by: pattern.question.by,
            refusal: None,
        }));
    }
}

/// The names of every entity, handed out in the order of the tables' names.
#[derive(Debug)]
struct EntityNames<'a> {
    entities: BTreeMap<&'a str, String>,
    repositories: BTreeMap<&'a str, String>,
    prefixes: BTreeMap<&'a str, String>,
}

impl<'a> EntityNames<'a> {
    fn new(facts: &Facts<'a>) -> Self {
        let (mut entities, mut repositories, mut prefixes) = <(Given, Given, Given)>::default();
        let mut names =
            Self { entities: BTreeMap::new(), repositories: BTreeMap::new(), prefixes: BTreeMap::new() };
        for table in facts.tables.keys() {
            let entity = entities.give(&names::entity(table), "");
            names.prefixes.insert(table, prefixes.give(&names::prefix(&entity), "_"));
            names.entities.insert(table, entity);
            names.repositories.insert(table, repositories.give(&names::repository(table), "_"));
        }
        names
    }
}

/// One attribute name per column that items can carry. A bare `id` says too little beside other entities' items, so it
/// is called after its entity, unless another column is.
fn attributes(table: &Table<'_>, entity: &str, layout: Layout) -> Vec<Option<String>> {
    let mut given = Given::default();
    given.reserve(PARTITION);
    given.reserve(SORT);
    if layout == Layout::SingleTable {
        for nth in 1..=MOST_INDEXES {
            let index = generic_index(nth);
            given.reserve(&format!("{index}PK"));
            given.reserve(&format!("{index}SK"));
        }
    }
    let wish = |at: usize| names::attribute(&table.column(at).name);
    let columns: Vec<usize> = (0..table.source.columns.len()).filter(|at| table.ty(*at).is_some()).collect();
    let (ids, others): (Vec<usize>, Vec<usize>) = columns.into_iter().partition(|at| wish(*at) == "id");
    let mut attributes = vec![None; table.source.columns.len()];
    // Names that need no change first, so that nothing changed takes one.
    let mut changed = Vec::new();
    for at in others {
        let name = wish(at);
        if given.is_free(&name) {
            attributes[at] = Some(given.give(&name, "_"));
        } else {
            changed.push(at);
        }
    }
    for at in ids {
        let by_entity = names::id(entity);
        let name = if given.is_free(&by_entity) { by_entity } else { wish(at) };
        attributes[at] = Some(given.give(&name, "_"));
    }
    for at in changed {
        attributes[at] = Some(given.give(&wish(at), "_"));
    }
    attributes
}

fn generic_index(nth: usize) -> String {
    format!("GSI{nth}")
}

/// The access patterns of an entity, and what would be one if it could.
fn patterns<'a>(
    table: &'a Table<'a>,
    key: &ItemKey,
    is_root: bool,
    place: Place<'_>,
) -> (Vec<Pattern<'a>>, Vec<Refused>) {
    let (mut methods, mut indexes) = <(Given, Given)>::default();
    let (mut patterns, mut refused) = (Vec::new(), Vec::new());
    let mut generic = (1..).map(generic_index);
    for question in questions::of(table, key, is_root) {
        let method = methods.give(&question.method(table), "_");
        match questions::answer(table, key, &question, place) {
            Ok(Answer::Table) => patterns.push(Pattern { method, question, index: None }),
            Ok(Answer::Index { partition, sort }) => {
                let name = match place.layout {
                    Layout::SingleTable => generic.next().unwrap_or_default(),
                    _ => indexes.give(&names::index(table.names(&question.by)), ""),
                };
                let index = Some(EntityIndex { name, partition, sort });
                patterns.push(Pattern { method, question, index });
            }
            Err(refusal) => refused.push(Refused { method, by: question.by, refusal: Some(refusal) }),
        }
    }
    (patterns, refused)
}

impl Pattern<'_> {
    /// Whether it stands for a foreign key.
    pub(crate) const fn is_list(&self) -> bool {
        matches!(self.question.origin, Origin::ForeignKey(_))
    }
}
