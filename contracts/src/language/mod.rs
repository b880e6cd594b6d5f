//! The contract language: one table of its fields (`fields.rs`), and what follows from it: reading a tree into typed
//! nodes, the JSON Schema ([`json_schema`]) and the reference page ([`reference()`]).

mod fields;
mod forms;
mod kinds;
mod macros;
mod reader;
mod reference;
mod schema;

use std::fmt;

pub(crate) use fields::{
    Allow, Attribute, AttributeRust, Contract, Entity, EntityRust, Ids, Index, Keys, Pattern, Relation,
    Source, SourceTable, Table, blocks,
};
pub(crate) use forms::Project;
pub(crate) use kinds::{AttributeName, List, Map, MapEntry, PatternName, RustDerive, RustType, UNBOUNDED};
pub use reference::reference;
pub use schema::json_schema;

pub(crate) use reader::{Reader, Scalar, quoted_list};

use crate::diagnostic::Place;
use crate::yaml::Node;

/// What a field's value can be: reads it, and says what it looks like.
pub(crate) trait Value: Sized {
    /// Whether an optional value that can't be read may be taken for absent, without blaming anything else for it.
    const HARMLESS: bool = false;

    /// Reads a node. `owner` is the place of the key it stands under. `None` after a finding.
    fn read(node: &Node, owner: &Place, reader: &mut Reader) -> Option<Self>;

    /// What the node has to look like.
    fn shape() -> Shape;
}

/// What a value looks like.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Any text but the empty one.
    Text,
    /// A name under a rule.
    Word(WordRule),
    /// Two names with a dot between them.
    Dotted(WordRule, WordRule),
    /// The language's version.
    Version(u32),
    /// A whole number within bounds.
    Number(u32, u32),
    /// One of these words.
    Choice(Vec<&'static str>),
    /// `true` or `false`.
    Flag,
    /// A piece of Rust: what it is, with its article.
    Rust(&'static str),
    /// A text of a form: what it is, with its article, and a regular expression for all of it.
    Form(&'static str, String),
    /// One of these words, or what the other shape takes.
    Or(Vec<&'static str>, Box<Shape>),
    /// A list.
    List {
        /// What it holds.
        of: Box<Shape>,
        /// The fewest elements.
        min: usize,
        /// The most elements; `usize::MAX` is any number.
        max: usize,
    },
    /// A map from names to values.
    Map {
        /// What names look like.
        key: Box<Shape>,
        /// What it holds.
        of: Box<Shape>,
    },
    /// The block of this name.
    Block(&'static str),
}

/// In words: "a list of 1 to 4 attribute names".
impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => f.write_str("text"),
            Self::Word(rule) => f.write_str(rule.what),
            Self::Dotted(first, second) => write!(f, "{}, a dot, and {}", first.what, second.what),
            Self::Version(version) => write!(f, "{version}"),
            Self::Number(min, max) => write!(f, "a whole number from {min} to {max}"),
            Self::Choice(words) => write!(f, "one of {}", quoted_list(words)),
            Self::Flag => f.write_str("`true` or `false`"),
            Self::Rust(what) => f.write_str(what),
            Self::Form(what, _) => f.write_str(what),
            Self::Or(words, other) => write!(f, "{} or {other}", quoted_list(words).replace(" and ", ", ")),
            Self::List { of, min, max: usize::MAX } if *min <= 1 => write!(f, "a list of {}", of.names()),
            Self::List { of, min, max } => write!(f, "a list of {min} to {max} {}", of.names()),
            Self::Map { key, of } => write!(f, "a map from {} to {}", key.names(), of.plural()),
            Self::Block(name) => f.write_str(block_title(name)),
        }
    }
}

impl Shape {
    /// The same in the plural, without an article.
    fn plural(&self) -> String {
        let one = self.to_string();
        let bare = one.strip_prefix("a ").or_else(|| one.strip_prefix("an ")).unwrap_or(&one);
        match self {
            Self::Text => "texts".to_owned(),
            Self::List { of, .. } => format!("lists of {}", of.names()),
            Self::Block("Index") => "indexes".to_owned(),
            Self::Form(what, _) => (*what).to_owned(),
            Self::Block("Entity") => "entities".to_owned(),
            Self::Dotted(..) => "names of the form `Entity.method`".to_owned(),
            _ => format!("{bare}s"),
        }
    }
}

impl Shape {
    /// The plural, for what stands in a list or before a colon: text there is a name.
    fn names(&self) -> String {
        if *self == Self::Text { "names".to_owned() } else { self.plural() }
    }
}

fn block_title(name: &str) -> &'static str {
    blocks().into_iter().find(|block| block.name == name).map_or("a block", |block| block.title)
}

/// What a name under a rule looks like. The check and the schema's pattern are both made from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct WordRule {
    /// What such a name is, with its article.
    pub(crate) what: &'static str,
    /// Characters it can start with, as in a regular expression's brackets: `a-z_`.
    pub(crate) first: &'static str,
    /// Characters that can follow.
    pub(crate) rest: &'static str,
    /// The fewest characters.
    pub(crate) min: usize,
    /// The most characters.
    pub(crate) max: usize,
}

impl WordRule {
    /// Whether the text is such a name.
    pub(crate) fn allows(&self, text: &str) -> bool {
        let mut characters = text.chars();
        let count = characters.clone().count();
        (self.min..=self.max).contains(&count)
            && characters.next().is_some_and(|first| in_class(first, self.first))
            && characters.all(|character| in_class(character, self.rest))
    }

    /// The same as a regular expression.
    pub(crate) fn pattern(&self) -> String {
        let escape = |class: &str| class.replace('.', "\\.");
        format!("[{}][{}]{{{},{}}}", escape(self.first), escape(self.rest), self.min - 1, self.max - 1)
    }

    /// The same as advice.
    pub(crate) fn advice(&self) -> String {
        let (first, rest) = (spell_class(self.first), spell_class(self.rest));
        let start =
            if self.first == self.rest { String::new() } else { format!("start with {first}, then ") };
        format!("{start}use {rest}; {} to {} characters", self.min, self.max)
    }
}

/// The ranges (`a-z`) and single characters of a class.
fn class_parts(class: &str) -> Vec<(char, char)> {
    let characters: Vec<char> = class.chars().collect();
    let mut parts = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        // A hyphen at the end stands for itself.
        let is_range = characters.get(at + 1) == Some(&'-') && at + 2 < characters.len();
        let last = if is_range { at + 2 } else { at };
        parts.push((characters[at], characters[last]));
        at = last + 1;
    }
    parts
}

fn in_class(character: char, class: &str) -> bool {
    class_parts(class).into_iter().any(|(from, to)| (from..=to).contains(&character))
}

fn spell_class(class: &str) -> String {
    let spell = |(from, to): (char, char)| match (from, to) {
        _ if from == to => format!("`{from}`"),
        _ => format!("{from}-{to}"),
    };
    class_parts(class).into_iter().map(spell).collect::<Vec<_>>().join(", ")
}

/// A block of the language, as data.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The Rust struct's name.
    pub(crate) name: &'static str,
    /// What diagnostics call it, with its article.
    pub(crate) title: &'static str,
    /// Where it stands in a file.
    pub(crate) at: &'static str,
    /// What it is for.
    pub(crate) doc: &'static str,
    /// The field a scalar in place of the block stands for.
    pub(crate) short: Option<&'static str>,
    /// Exactly one of these fields is there.
    pub(crate) one_of: Vec<&'static str>,
    /// At most one of each of these is there.
    pub(crate) not_both: Vec<Vec<&'static str>>,
    /// The first field means something only where one of the others is.
    pub(crate) only_with: Vec<(&'static str, Vec<&'static str>)>,
    /// Its fields, in the order they are best written.
    pub(crate) fields: Vec<Field>,
}

impl Block {
    /// The example value of a field.
    fn example(&self, name: &str) -> &'static str {
        self.fields.iter().find(|field| field.name == name).map_or("…", |field| field.example)
    }
}

/// A field of a block, as data.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it is for.
    pub(crate) doc: &'static str,
    /// Whether it has to be there.
    pub(crate) required: bool,
    /// What its value looks like.
    pub(crate) shape: Shape,
    /// A value, as it would be written.
    pub(crate) example: &'static str,
    /// Reads a value; for the test that examples are right.
    #[cfg(test)]
    reads: fn(&Node, &Place, &mut Reader) -> bool,
}

/// A field's name without the mark Rust needs on its own keywords.
fn word(name: &'static str) -> &'static str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Doc comment lines as paragraphs of one line each.
fn prose(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::yaml::{self, NodeKind};

    #[test]
    fn a_word_rule_is_its_pattern() {
        let table = WordRule { what: "a table name", first: "a-z_.-", rest: "a-z0-9_.-", min: 2, max: 4 };
        for (text, allowed) in [
            ("ab", true),
            (".-", true),
            ("a", false),
            ("abcde", false),
            ("0b", false),
            ("a0", true),
            ("aé", false),
        ] {
            assert_eq!(table.allows(text), allowed, "{text}");
        }
        assert_eq!(table.pattern(), "[a-z_\\.-][a-z0-9_\\.-]{1,3}");
        assert_eq!(
            table.advice(),
            "start with a-z, `_`, `.`, `-`, then use a-z, 0-9, `_`, `.`, `-`; 2 to 4 characters"
        );
    }

    #[test]
    fn every_example_is_a_value_of_its_field() {
        for (block, field) in blocks().into_iter().flat_map(|block| {
            let name = block.name;
            block.fields.into_iter().map(move |field| (name, field))
        }) {
            let file = SourceFile::new("example.yaml", format!("{}: {}\n", field.name, field.example));
            let tree = yaml::parse(&file).value.expect("YAML");
            let NodeKind::Map(entries) = &tree.kind else { panic!("{block}.{}", field.name) };
            let mut reader = Reader::new(&file);
            let read = (field.reads)(&entries[0].value, &Place::new(&file, 0..0), &mut reader);
            assert!(read && reader.diagnostics.is_empty(), "{block}.{}", field.name);
        }
    }

    #[test]
    fn shapes_say_what_they_take() {
        let field = |block: &str, name: &str| {
            let block = blocks().into_iter().find(|found| found.name == block).expect("a block");
            block.fields.into_iter().find(|found| found.name == name).expect("a field").shape.to_string()
        };
        assert_eq!(field("Index", "partition"), "a list of 1 to 4 attribute names");
        assert_eq!(field("Contract", "entities"), "a map from entity names to entities");
        assert_eq!(field("SourceTable", "unique"), "a map from names to lists of names");
        assert_eq!(field("Pattern", "page"), "a whole number from 1 to 1000");
    }
}
