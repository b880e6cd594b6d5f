//! What a table's keys are called: in the file, and in the contract.

use migratable_analyze::design::names;
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;
use migratable_contract::source::SourceTable;

use super::assemble::Assembler;
use super::draft::Value;
use super::keys::{Key, composite};
use super::model::{self, Spot, Text};
use super::source::Path;
use super::spelling;

/// A key attribute of a table: what the file calls it, and what the contract does.
pub(super) struct KeyName {
    pub(super) said: Text,
    pub(super) name: String,
}

/// A table's keys, and which of them make which index.
pub(super) struct KeyNames {
    /// Those of the table first.
    pub(super) all: Vec<KeyName>,
    /// How many of them are the table's.
    pub(super) of_table: usize,
    /// The partition key and the sort key of each index.
    pub(super) indexes: Vec<(usize, Option<usize>)>,
}

impl KeyNames {
    /// Without templates of an index whose other key the entity doesn't build: its items are not in it.
    pub(super) fn without_halves<'s>(
        &self,
        entity: &model::Entity,
        built: Vec<Built<'s>>,
        findings: &mut Vec<Diagnostic>,
    ) -> Vec<Built<'s>> {
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
        let (stays, halves): (Vec<_>, Vec<_>) =
            built.into_iter().map(|built| (stays(&built), built)).partition(|(stays, _)| *stays);
        for (_, Built { at, .. }) in halves {
            let name = &self.all[at].said.value;
            let said = entity.attributes.iter().find(|said| said.name.value == *name);
            let place =
                said.map_or_else(|| entity.source_table.place.clone(), |said| said.name.place.clone());
            findings.push(
                Diagnostic::error(
                    codes::IMPORT_INDEX,
                    format!("`{name}` is left out: the index's other key isn't built"),
                )
                .label(place, "one of two keys")
                .help("add the attribute that is the index's other key, so that the items are in it"),
            );
        }
        stays.into_iter().map(|(_, built)| built).collect()
    }
}

/// A key of an entity: which of the table's, and how it is built.
pub(super) struct Built<'s> {
    pub(super) at: usize,
    pub(super) key: Key<'s>,
    /// The file's attribute of that name, which is read for its value and stays one beside the key.
    pub(super) beside: Option<Value<'s>>,
}

impl Assembler<'_, '_> {
    /// Says what keys are called that the file gives no name, or one that no attribute has.
    pub(super) fn say_names(&mut self, table: &model::Table, keys: &KeyNames) {
        for key in keys.iter() {
            spelling::say(&key.said, &key.name, &mut self.findings);
        }
        if table.pk.is_none() {
            let named: Vec<String> =
                keys[..keys.of_table].iter().map(|key| format!("`{}`", key.name)).collect();
            self.findings.push(
                Diagnostic::warning(
                    codes::IMPORT_KEY_ATTRIBUTE,
                    "the table doesn't say what its keys are called",
                )
                .label(table.name.place.clone(), format!("imported as {}", named.join(" and ")))
                .help("say it in `pk` and `sk`"),
            );
        }
    }

    /// A key that a template builds of a column has another name than the attribute that carries it.
    pub(super) fn rename(
        &mut self,
        keys: &mut KeyNames,
        read: &[(&model::Entity, &SourceTable, Vec<Built<'_>>)],
    ) {
        let taken: Vec<String> = keys.all.iter().map(|key| key.name.clone()).collect();
        for built in read.iter().flat_map(|(.., built)| built) {
            let Key::Template(template) = &built.key else { continue };
            let KeyName { said, name } = &mut keys.all[built.at];
            let of_its_own = |path: &Path<'_>| path.is_own() && path.column.name.eq_ignore_ascii_case(name);
            if built.beside.is_none() && !template.values().any(of_its_own) {
                continue;
            }
            let wish = format!("{name}_key");
            let numbered = (2..).map(|number| format!("{wish}_{number}"));
            let free = |name: &String| !taken.contains(name);
            *name = std::iter::once(wish.clone()).chain(numbered).find(free).unwrap_or(wish);
            self.findings.push(
                Diagnostic::warning(
                    codes::IMPORT_NAME,
                    format!("`{}` is a key and a column's value at once", said.value),
                )
                .label(said.place.clone(), format!("the key is imported as `{name}`"))
                .help("the value keeps the name; whoever reads the key by it has to read the other"),
            );
        }
    }
}

/// The keys of a table and its indexes. Names that put others together, as `a#b`, are no names of attributes: such keys
/// get names of their own.
pub(super) fn key_names(table: &model::Table) -> KeyNames {
    let stand_in = |name: &str| Spot { value: name.to_owned(), place: table.name.place.clone() };
    let templated = |template: fn(&model::Entity) -> bool| table.entities.iter().any(template);
    let pk = table.pk.clone().unwrap_or_else(|| stand_in("PK"));
    let sk = table.sk.clone();
    let sk = sk.or_else(|| templated(|entity| entity.sk_template.is_some()).then(|| stand_in("SK")));
    let named = |said: Text, own: String| {
        let name = if composite(&said.value).is_some() { own } else { spelling::attribute_name(&said.value) };
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

impl std::ops::Deref for KeyNames {
    type Target = [KeyName];

    fn deref(&self) -> &[KeyName] {
        &self.all
    }
}
