//! The JSON Schema and the loader judge alike: every contract of this repository, and what small slips make of them.
//!
//! A slip is tried once for each field of the language and each set of fields beside it, in the shortest contract that
//! has it, of which only what surrounds the slip is kept. The loader refuses more than the schema (names that don't exist,
//! rules): then its codes are not those of the shape.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use migratable_contract::diagnostic::SourceFile;
use migratable_contract::language::json_schema;
use migratable_contract::load;
use migratable_contract::yaml::{self, Entry, ListItem, Node, NodeKind, Style};
use serde_json::Value;

use crate::mutations::LIBRARY;
use crate::schema::{node_as_json, validator};

/// The codes of what reading finds by the table of fields alone.
const SHAPE: std::ops::RangeInclusive<u16> = 201..=208;

/// The codes of Rust that can't be read: of empty texts, which the schema refuses, too, and of others, which it can't judge.
const RUST: std::ops::RangeInclusive<u16> = 501..=505;

/// Folders of contracts, from the package's.
const FOLDERS: [&str; 7] = [
    "fixtures",
    "tests/diff",
    "../tests/golden/cases",
    "../tests/stranger",
    "../tests/items",
    "../examples/shop",
    "../derive/docs",
];

/// What no contract has use for yet.
fn rare() -> String {
    let edits = [
        (
            "name: library\n",
            "name: library\nallow: [{ code: MG0497, reason: why, at: tables, until: 2027-06-30 }]\n",
        ),
        ("derive: [Eq, Hash]", "serde: false, derive: [Eq, Hash]"),
        (
            "ByShelf: { partition: [shelf], sort: [book_key] }",
            "ByShelf: { partition: [shelf], project: [title] }",
        ),
        ("ByEmail: { partition: [email_key] }", "ByEmail: { partition: [email_key], project: keys }"),
        (
            "    billing: on_demand\n",
            "    billing: provisioned\n    capacity: { read: 10, write: 5 }\n    stream: keys_only\n    \
             point_in_time_recovery: false\n    deletion_protection: true\n",
        ),
    ];
    edits.iter().fold(LIBRARY.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "`{from}`");
        text.replacen(from, to, 1)
    })
}

/// The contracts, the shortest first.
fn contracts() -> Vec<Node> {
    let mut texts = vec![rare()];
    for folder in FOLDERS {
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut texts);
    }
    texts.sort_by_key(|text| (text.len(), text.clone()));
    assert!(texts.len() > 40, "{} contracts", texts.len());
    texts
        .into_iter()
        .map(|text| yaml::parse(&SourceFile::new("contract.yaml", text)).value.unwrap())
        .collect()
}

fn collect(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            texts.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

/// A node of a contract: the field it is the value of, and the way to it.
struct Position {
    field: String,
    way: Vec<usize>,
    /// Whether its keys are the language's; a person's otherwise.
    block: bool,
}

/// Walks a contract beside the schema.
struct Walk<'s> {
    schema: &'s Value,
    positions: Vec<Position>,
}

impl<'s> Walk<'s> {
    fn all(schema: &'s Value, root: &Node) -> Self {
        let mut walk = Walk { schema, positions: Vec::new() };
        walk.node(root, schema, "", &[]);
        walk
    }

    /// What the schema says of values of this kind, and the name of the block it is.
    fn resolved(&self, schema: &'s Value, kind: &NodeKind) -> (&'s Value, Option<&'s str>) {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.strip_prefix("#/$defs/").unwrap();
            return (self.resolved(&self.schema["$defs"][name], kind).0, Some(name));
        }
        let has = |alternative: &Value| match kind {
            NodeKind::Map(_) => alternative["type"] == "object" || alternative["$ref"].is_string(),
            NodeKind::List(_) => alternative["type"] == "array",
            NodeKind::Scalar { .. } => false,
        };
        match schema["anyOf"].as_array().and_then(|any| any.iter().find(|alternative| has(alternative))) {
            Some(alternative) => self.resolved(alternative, kind),
            None => (schema, None),
        }
    }

    /// A contract with nothing but what surrounds a node, and the way to the node in it. Maps whose names a person chose
    /// keep the one entry on the way, and none off it.
    fn pruned(&self, node: &Node, schema: &'s Value, way: Option<&[usize]>) -> (Node, Vec<usize>) {
        let (schema, _) = self.resolved(schema, &node.kind);
        let mut kept = node.clone();
        let mut kept_way = Vec::new();
        match (&mut kept.kind, way) {
            (_, Some([])) | (NodeKind::Scalar { .. } | NodeKind::List(_), None) => {}
            (NodeKind::Map(entries), way) if schema["properties"].is_object() => {
                for (position, entry) in entries.iter_mut().enumerate() {
                    let inner = way.filter(|way| way[0] == position).map(|way| &way[1..]);
                    // A field that the schema doesn't have is one of the slips.
                    let (value, rest) = self.pruned(&entry.value, &schema["properties"][&entry.key], inner);
                    entry.value = value;
                    if inner.is_some() {
                        kept_way = [&[position], &rest[..]].concat();
                    }
                }
            }
            (NodeKind::Map(entries), Some([first, rest @ ..])) => {
                let mut entry = entries.swap_remove(*first);
                let (value, rest) = self.pruned(&entry.value, &schema["additionalProperties"], Some(rest));
                entry.value = value;
                *entries = vec![entry];
                kept_way = [&[0], &rest[..]].concat();
            }
            (NodeKind::Map(entries), None) => entries.clear(),
            (NodeKind::List(items), Some([first, rest @ ..])) => {
                let (value, rest) = self.pruned(&items[*first].value, &schema["items"], Some(rest));
                items[*first].value = value;
                kept_way = [&[*first], &rest[..]].concat();
            }
            (NodeKind::Scalar { .. }, Some(_)) => unreachable!("nothing is inside a scalar"),
        }
        (kept, kept_way)
    }

    fn node(&mut self, node: &Node, schema: &'s Value, field: &str, way: &[usize]) {
        let (schema, block) = self.resolved(schema, &node.kind);
        let is_block = schema["properties"].is_object();
        self.positions.push(Position { field: field.to_owned(), way: way.to_vec(), block: is_block });
        for at in 0..children(node) {
            let way = [way, &[at]].concat();
            let child = child(node, at);
            match &node.kind {
                NodeKind::Map(entries) => {
                    let key = entries[at].key.as_str();
                    match schema["properties"].get(key) {
                        Some(of) => {
                            self.node(child, of, &format!("{}.{key}", block.unwrap_or(field)), &way);
                        }
                        None => {
                            self.node(child, &schema["additionalProperties"], &format!("{field}.*"), &way);
                        }
                    }
                }
                _ => self.node(child, &schema["items"], &format!("{field}[]"), &way),
            }
        }
    }
}

fn children(node: &Node) -> usize {
    match &node.kind {
        NodeKind::Scalar { .. } => 0,
        NodeKind::List(items) => items.len(),
        NodeKind::Map(entries) => entries.len(),
    }
}

fn child(node: &Node, at: usize) -> &Node {
    match &node.kind {
        NodeKind::List(items) => &items[at].value,
        NodeKind::Map(entries) => &entries[at].value,
        NodeKind::Scalar { .. } => unreachable!("a scalar has no children"),
    }
}

fn child_mut(node: &mut Node, at: usize) -> &mut Node {
    match &mut node.kind {
        NodeKind::List(items) => &mut items[at].value,
        NodeKind::Map(entries) => &mut entries[at].value,
        NodeKind::Scalar { .. } => unreachable!("a scalar has no children"),
    }
}

fn at<'n>(root: &'n Node, way: &[usize]) -> &'n Node {
    way.iter().fold(root, |node, step| child(node, *step))
}

/// A contract with another node in a place.
fn with(root: &Node, way: &[usize], node: Node) -> Node {
    let mut edited = root.clone();
    *way.iter().fold(&mut edited, |node, step| child_mut(node, *step)) = node;
    edited
}

fn node(kind: NodeKind) -> Node {
    Node { kind, place: None, trailing: None, tail: Vec::new(), style: Style::Flow }
}

fn plain(text: &str) -> Node {
    node(NodeKind::Scalar { text: text.to_owned(), quoted: false })
}

fn quoted(text: &str) -> Node {
    node(NodeKind::Scalar { text: text.to_owned(), quoted: true })
}

fn list(items: impl IntoIterator<Item = Node>) -> Node {
    let items = items.into_iter().map(|value| ListItem { leading: Vec::new(), value });
    node(NodeKind::List(items.collect()))
}

fn entry(key: &str, value: Node) -> Entry {
    Entry { leading: Vec::new(), key: key.to_owned(), key_place: None, value }
}

/// What may stand in place of any node.
fn others() -> Vec<Node> {
    vec![
        plain("null"),
        plain("7"),
        plain("12000"),
        plain("1.5"),
        plain("-3"),
        plain("true"),
        plain("word"),
        plain("Word"),
        quoted(""),
        quoted("7"),
        quoted("true"),
        quoted("not a name!"),
        list([]),
        list([plain("word")]),
        list([plain("7"), plain("null")]),
        node(NodeKind::Map(Vec::new())),
        node(NodeKind::Map(vec![entry("word", plain("word"))])),
    ]
}

/// What a node becomes by one slip inside it; `beside`: what stands in such a map elsewhere.
fn slips(original: &Node, beside: Option<&BTreeMap<String, Node>>) -> Vec<Node> {
    let mut slips = Vec::new();
    match &original.kind {
        NodeKind::Scalar { text, quoted: was } => {
            slips.push(if *was { plain(text) } else { quoted(text) });
            slips.push(plain(&format!("{text}!")));
            slips.push(plain(&text.repeat(300)));
        }
        NodeKind::List(items) => {
            let values = || items.iter().map(|item| item.value.clone());
            slips.push(list(values().skip(1)));
            slips.push(list(values().cycle().take(items.len() * 5)));
        }
        NodeKind::Map(entries) => {
            let map = |entries: Vec<Entry>| node(NodeKind::Map(entries));
            for position in 0..entries.len() {
                let mut without = entries.clone();
                without.remove(position);
                slips.push(map(without));
            }
            for key in ["zzz", "Zzz", "Zzz.zzz", "not a name!", "", "7", "true"] {
                let mut renamed = entries.clone();
                if let Some(first) = renamed.first_mut() {
                    first.key = key.to_owned();
                }
                slips.push(map(renamed));
            }
            slips.push(map([entries.clone(), vec![entry("zzz", plain("7"))]].concat()));
            let missing = beside.into_iter().flatten();
            for (key, value) in missing.filter(|(key, _)| entries.iter().all(|entry| entry.key != **key)) {
                slips.push(map([entries.clone(), vec![entry(key, value.clone())]].concat()));
            }
        }
    }
    slips
}

/// What tells a place to slip from others: its field, and what is there.
fn kind_of(position: &Position, node: &Node) -> (String, Vec<String>) {
    let shape = match &node.kind {
        NodeKind::Scalar { .. } => vec!["scalar".to_owned()],
        NodeKind::List(_) => vec!["list".to_owned()],
        NodeKind::Map(entries) if position.block => entries.iter().map(|entry| entry.key.clone()).collect(),
        NodeKind::Map(_) => vec!["map".to_owned()],
    };
    (position.field.clone(), shape)
}

/// Every field of the language.
fn all_fields(schema: &Value) -> impl Iterator<Item = String> + '_ {
    schema["$defs"].as_object().unwrap().iter().flat_map(|(block, definition)| {
        let alternatives = definition["anyOf"].as_array();
        let long = alternatives.map_or(definition, |alternatives| alternatives.last().unwrap());
        long["properties"].as_object().unwrap().keys().map(move |field| format!("{block}.{field}"))
    })
}

#[test]
fn the_schema_accepts_every_contract_there_is() {
    let validator = validator();
    for contract in contracts() {
        let errors: Vec<String> =
            validator.iter_errors(&node_as_json(&contract)).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{}", yaml::write(&contract));
    }
}

/// Whether the schema accepts a contract, and how the loader differs if it does.
fn judged(contract: &Node, validator: &jsonschema::Validator) -> (bool, Option<String>) {
    let found = load(&SourceFile::new("contract.yaml", yaml::write(contract))).diagnostics;
    let shape = found.iter().find(|finding| SHAPE.contains(&finding.code.0));
    let rust = found.iter().any(|finding| RUST.contains(&finding.code.0));
    let accepts = validator.is_valid(&node_as_json(contract));
    let difference = match (accepts, shape) {
        (true, Some(finding)) => format!("accepted, but {}: {}", finding.code, finding.message),
        (false, None) if !rust => "refused, but its shape is right".to_owned(),
        _ => return (accepts, None),
    };
    (accepts, Some(difference))
}

#[test]
fn the_schema_and_the_loader_judge_slips_alike() {
    let validator = validator();
    let schema: Value = serde_json::from_str(&json_schema()).unwrap();
    let contracts = contracts();
    let walks: Vec<Walk<'_>> = contracts.iter().map(|contract| Walk::all(&schema, contract)).collect();
    let tried: BTreeSet<&str> = walks.iter().flat_map(|walk| &walk.positions).map(|at| &*at.field).collect();
    let missing: Vec<String> = all_fields(&schema).filter(|field| !tried.contains(&**field)).collect();
    assert_eq!(missing, [""; 0], "no contract has these");
    let beside = beside(&contracts, &walks);
    let (mut kinds, mut fields) = (BTreeSet::new(), BTreeSet::new());
    let (mut accepted, mut refused, mut different) = (0, 0, String::new());
    for (contract, walk) in contracts.iter().zip(&walks) {
        for position in &walk.positions {
            let original = at(contract, &position.way);
            if !kinds.insert(kind_of(position, original)) {
                continue;
            }
            let (around, way) = walk.pruned(contract, &schema, Some(&position.way));
            let others = if fields.insert(&position.field) { others() } else { Vec::new() };
            for slip in others.into_iter().chain(slips(original, beside.get(&*position.field))) {
                let (accepts, difference) = judged(&with(&around, &way, slip.clone()), &validator);
                *(if accepts { &mut accepted } else { &mut refused }) += 1;
                if let Some(difference) = difference {
                    different += &format!("{}: {}is {difference}\n", position.field, yaml::write(&slip));
                }
            }
        }
    }
    assert!(different.is_empty(), "{different}");
    assert!(accepted > 1000 && refused > 2000, "{accepted} accepted, {refused} refused");
}

/// What stands in each block of the language somewhere.
fn beside<'w>(contracts: &[Node], walks: &'w [Walk<'_>]) -> BTreeMap<&'w str, BTreeMap<String, Node>> {
    let mut beside: BTreeMap<&str, BTreeMap<String, Node>> = BTreeMap::new();
    for (contract, walk) in contracts.iter().zip(walks) {
        for position in walk.positions.iter().filter(|position| position.block) {
            let NodeKind::Map(entries) = &at(contract, &position.way).kind else { continue };
            let known = beside.entry(&position.field).or_default();
            for entry in entries {
                known.entry(entry.key.clone()).or_insert_with(|| entry.value.clone());
            }
        }
    }
    beside
}
