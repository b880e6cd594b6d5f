//! The kinds of value a field can have. Each kind reads a node and says what it takes, from the same constants.

use std::marker::PhantomData;

use migratable_core::dynamodb::AttributeType;
use migratable_core::mysql::ZeroDates;

use super::reader::{Reader, Scalar, is_quoted, key_place, quoted_list};
use super::{Shape, Value, WordRule};
use crate::codes;
use crate::diagnostic::{Diagnostic, Place, suggest};
use crate::model::{
    Billing, Copied, FieldVisibility, Freshness, ItemType, Others, Stream, TimeCrate, Visibility, Zone,
};
use crate::rust::{self, Piece};
use crate::yaml::{Node, NodeKind};

impl Value for Scalar {
    fn read(node: &Node, _: &Place, reader: &mut Reader) -> Option<Self> {
        let scalar = reader.scalar(node, "text")?;
        if scalar.text.is_empty() {
            reader.report(
                Diagnostic::error(codes::BAD_VALUE, "the text is empty")
                    .label(scalar.place, "nothing between the quotes")
                    .help("write the text, or remove the field"),
            );
            return None;
        }
        Some(scalar)
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

/// What a map's key can be.
pub(crate) trait Key: Sized {
    /// Reads a key.
    fn read_key(scalar: Scalar, reader: &mut Reader) -> Option<Self>;
    /// What keys look like.
    fn key_shape() -> Shape;
}

impl Key for Scalar {
    fn read_key(scalar: Self, reader: &mut Reader) -> Option<Self> {
        if scalar.text.is_empty() {
            reader.report(
                Diagnostic::error(codes::BAD_VALUE, "the name is empty")
                    .label(scalar.place, "no name")
                    .help("write the name"),
            );
            return None;
        }
        Some(scalar)
    }

    fn key_shape() -> Shape {
        Shape::Text
    }
}

/// A rule for names.
pub(crate) trait Word {
    /// What such a name looks like.
    const RULE: WordRule;
}

/// A name under a rule. A name that breaks it is reported and carried on with, so that nothing else is blamed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Name<W> {
    /// Its text and place.
    pub(crate) scalar: Scalar,
    rule: PhantomData<W>,
}

impl<W> std::ops::Deref for Name<W> {
    type Target = Scalar;

    fn deref(&self) -> &Scalar {
        &self.scalar
    }
}

impl<W: Word> Name<W> {
    fn checked(scalar: Scalar, reader: &mut Reader) -> Self {
        check_word(&W::RULE, &scalar.text, scalar.place.clone(), reader);
        Self { scalar, rule: PhantomData }
    }
}

impl<W: Word> Value for Name<W> {
    fn read(node: &Node, _: &Place, reader: &mut Reader) -> Option<Self> {
        let scalar = reader.scalar(node, W::RULE.what)?;
        Some(Self::checked(scalar, reader))
    }

    fn shape() -> Shape {
        Shape::Word(W::RULE)
    }
}

impl<W: Word> Key for Name<W> {
    fn read_key(scalar: Scalar, reader: &mut Reader) -> Option<Self> {
        Some(Self::checked(scalar, reader))
    }

    fn key_shape() -> Shape {
        Shape::Word(W::RULE)
    }
}

fn check_word(rule: &WordRule, text: &str, place: Place, reader: &mut Reader) {
    if rule.allows(text) {
        return;
    }
    reader.report(
        Diagnostic::error(codes::BAD_NAME, format!("`{text}` can't be {}", rule.what))
            .label(place, "not a name of this kind")
            .help(rule.advice()),
    );
}

macro_rules! words {
    ($($(#[doc = $doc:literal])+ $Word:ident = $rule:ident: $what:literal, $first:literal $rest:literal, $min:literal..=$max:literal;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Debug, PartialEq)]
            pub(crate) struct $rule;

            impl Word for $rule {
                const RULE: WordRule =
                    WordRule { what: $what, first: $first, rest: $rest, min: $min, max: $max };
            }

            $(#[doc = $doc])+
            pub(crate) type $Word = Name<$rule>;
        )+
    };
}

words! {
    /// A contract's name: it names generated code's module.
    ContractName = ContractWord: "a contract name", "a-z" "a-z0-9_", 1..=64;
    /// An entity's name: it names a Rust struct.
    EntityName = EntityWord: "an entity name", "A-Z" "A-Za-z0-9", 1..=64;
    /// A Rust type's name.
    TypeName = TypeWord: "a Rust type's name", "A-Z" "A-Za-z0-9", 1..=64;
    /// A Rust field's name.
    FieldName = FieldWord: "a Rust field's name", "a-z_" "a-z0-9_", 1..=255;
    /// A repository's name: it names a Rust method.
    RepositoryName = RepositoryWord: "a repository name", "a-z" "a-z0-9_", 1..=64;
    /// The method part of an access pattern's name.
    MethodName = MethodWord: "a method name", "a-z" "a-z0-9_", 1..=64;
    /// A table's or an index's name, as DynamoDB takes it.
    TableName = TableWord: "a table or index name", "A-Za-z0-9_.-" "A-Za-z0-9_.-", 3..=255;
    /// An attribute's name; it names a Rust field too. DynamoDB's limit for key attributes is 255 bytes.
    AttributeName = AttributeWord: "an attribute name", "A-Za-z_" "A-Za-z0-9_", 1..=255;
}

/// An access pattern's name: `Entity.method`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PatternName {
    /// The whole name.
    pub(crate) scalar: Scalar,
    /// The entity it asks for.
    pub(crate) entity: EntityName,
    /// The repository's method.
    pub(crate) method: MethodName,
}

impl Key for PatternName {
    fn read_key(scalar: Scalar, reader: &mut Reader) -> Option<Self> {
        let Some((entity, method)) = scalar.text.split_once('.') else {
            reader.report(
                Diagnostic::error(
                    codes::BAD_NAME,
                    format!("`{}` doesn't say which entity it is about", scalar.text),
                )
                .label(scalar.place, "not of the form `Entity.method`")
                .help("write the entity's name, a dot, and the method's name, as in `Order.by_id`"),
            );
            return None;
        };
        let part = |text: &str, range| Scalar { text: text.to_owned(), place: scalar.inside(range) };
        let dot = entity.len();
        let entity = Name::checked(part(entity, 0..dot), reader);
        let method = Name::checked(part(method, dot + 1..scalar.text.len()), reader);
        Some(Self { scalar, entity, method })
    }

    fn key_shape() -> Shape {
        Shape::Dotted(EntityWord::RULE, MethodWord::RULE)
    }
}

/// The version of the language this tool knows.
pub(crate) const VERSION: u32 = 1;

/// The language's version: [`VERSION`] and no other.
#[derive(Clone, Debug)]
pub(crate) struct Version(pub(crate) u32);

impl Value for Version {
    fn read(node: &Node, _: &Place, reader: &mut Reader) -> Option<Self> {
        if is_quoted(node) {
            reader.wrong_kind(node, &format!("the number {VERSION}"));
            return None;
        }
        let scalar = reader.scalar(node, &format!("the number {VERSION}"))?;
        if scalar.text == VERSION.to_string() {
            return Some(Self(VERSION));
        }
        // Everything else is still worth saying.
        reader.report(
            Diagnostic::error(
                codes::UNSUPPORTED_VERSION,
                format!("language version `{}` is not known", scalar.text),
            )
            .label(scalar.place, format!("this tool knows version {VERSION}"))
            .help(format!("write `contract: {VERSION}`, or use the tool the contract was written for")),
        );
        Some(Self(VERSION))
    }

    fn shape() -> Shape {
        Shape::Version(VERSION)
    }
}

/// A whole number within bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number<const MIN: u32, const MAX: u32>(pub(crate) u32);

impl<const MIN: u32, const MAX: u32> Value for Number<MIN, MAX> {
    const HARMLESS: bool = true;

    fn read(node: &Node, _: &Place, reader: &mut Reader) -> Option<Self> {
        let expected = format!("a whole number from {MIN} to {MAX}");
        if is_quoted(node) {
            reader.wrong_kind(node, &expected);
            return None;
        }
        let scalar = reader.scalar(node, &expected)?;
        let digits = !scalar.text.starts_with('0') && scalar.text.bytes().all(|byte| byte.is_ascii_digit());
        match scalar.text.parse() {
            Ok(number) if digits && (MIN..=MAX).contains(&number) => Some(Self(number)),
            _ => {
                reader.report(
                    Diagnostic::error(codes::BAD_VALUE, format!("`{}` is not {expected}", scalar.text))
                        .label(scalar.place, "out of bounds")
                        .help(format!("write {expected}")),
                );
                None
            }
        }
    }

    fn shape() -> Shape {
        Shape::Number(MIN, MAX)
    }
}

/// One of a few words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice<T> {
    /// What was chosen.
    pub(crate) value: T,
    /// Where.
    pub(crate) place: Place,
}

/// What can be chosen.
pub(crate) trait Choices: Sized + Copy + 'static {
    /// Everything that can be chosen, in the order diagnostics list it.
    fn all() -> Vec<Self>;
    /// The word for it.
    fn word(self) -> &'static str;
}

impl Choices for ZeroDates {
    fn all() -> Vec<Self> {
        vec![Self::Refuse, Self::Keep]
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Choices for ItemType {
    fn all() -> Vec<Self> {
        // A map is what it is made of; nothing else can be asked to be one.
        let types = AttributeType::ALL.into_iter().filter(|ty| *ty != AttributeType::M);
        types.map(Self::Of).chain([Self::Epoch]).collect()
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Choices for TimeCrate {
    fn all() -> Vec<Self> {
        vec![Self::Chrono, Self::Time]
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Choices for Visibility {
    fn all() -> Vec<Self> {
        vec![Self::Public, Self::Crate]
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Choices for FieldVisibility {
    fn all() -> Vec<Self> {
        vec![Self::Public, Self::Crate, Self::Private]
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Choices for Billing {
    fn all() -> Vec<Self> {
        vec![Self::OnDemand, Self::Provisioned]
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Choices for Stream {
    fn all() -> Vec<Self> {
        vec![Self::KeysOnly, Self::NewImage, Self::OldImage, Self::NewAndOldImages]
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Choices for Copied {
    fn all() -> Vec<Self> {
        vec![Self::Live, Self::AtWrite]
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Choices for Freshness {
    fn all() -> Vec<Self> {
        vec![Self::Bounded, Self::Strict]
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Choices for Others {
    fn all() -> Vec<Self> {
        vec![Self::Absent, Self::Tombstone]
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Choices for Zone {
    fn all() -> Vec<Self> {
        vec![Self::Utc]
    }

    fn word(self) -> &'static str {
        self.name()
    }
}

impl<T: Choices> Value for Choice<T> {
    const HARMLESS: bool = true;

    fn read(node: &Node, _: &Place, reader: &mut Reader) -> Option<Self> {
        let words: Vec<_> = T::all().into_iter().map(T::word).collect();
        let list = quoted_list(&words);
        let scalar = reader.scalar(node, &format!("one of {list}"))?;
        if let Some(value) = T::all().into_iter().find(|value| value.word() == scalar.text) {
            return Some(Self { value, place: scalar.place });
        }
        let help = match suggest(&scalar.text, words.iter().copied()) {
            Some(word) => format!("did you mean `{word}`?"),
            None => format!("write one of {list}"),
        };
        reader.report(
            Diagnostic::error(codes::BAD_VALUE, format!("`{}` is not one of {list}", scalar.text))
                .label(scalar.place, "no such choice")
                .help(help),
        );
        None
    }

    fn shape() -> Shape {
        Shape::Choice(T::all().into_iter().map(T::word).collect())
    }
}

/// Yes or no.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Flag(pub(crate) bool);

impl Value for Flag {
    const HARMLESS: bool = true;

    fn read(node: &Node, _: &Place, reader: &mut Reader) -> Option<Self> {
        let expected = Self::shape().to_string();
        match &node.kind {
            NodeKind::Scalar { text, quoted: false } if text == "true" => Some(Self(true)),
            NodeKind::Scalar { text, quoted: false } if text == "false" => Some(Self(false)),
            NodeKind::Scalar { text, quoted: false } if !crate::yaml::is_null(text) => {
                let place = reader.place(node);
                reader.report(
                    Diagnostic::error(codes::BAD_VALUE, format!("`{text}` is not {expected}"))
                        .label(place, "neither")
                        .help(format!("write {expected}")),
                );
                None
            }
            _ => {
                reader.wrong_kind(node, &expected);
                None
            }
        }
    }

    fn shape() -> Shape {
        Shape::Flag
    }
}

/// A piece of Rust. One that can't be read is reported and carried on with, so that nothing else is blamed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Code<P> {
    /// Its text and place.
    pub(crate) scalar: Scalar,
    piece: PhantomData<P>,
}

impl<P> std::ops::Deref for Code<P> {
    type Target = Scalar;

    fn deref(&self) -> &Scalar {
        &self.scalar
    }
}

/// A kind of piece.
pub(crate) trait Pieces {
    /// Which.
    const PIECE: Piece;
}

impl<P: Pieces> Value for Code<P> {
    const HARMLESS: bool = true;

    fn read(node: &Node, _: &Place, reader: &mut Reader) -> Option<Self> {
        let scalar = reader.scalar(node, P::PIECE.what())?;
        if let Err(mistake) = rust::check(P::PIECE, &scalar.text) {
            let title = mistake.code.title().unwrap_or_default();
            reader.report(
                Diagnostic::error(mistake.code, format!("`{}`: {title}", scalar.text))
                    .label(scalar.inside(mistake.range), mistake.label)
                    .help(mistake.help),
            );
        }
        Some(Self { scalar, piece: PhantomData })
    }

    fn shape() -> Shape {
        Shape::Rust(P::PIECE.what())
    }
}

macro_rules! pieces {
    ($($(#[doc = $doc:literal])+ $Code:ident = $Kind:ident: $piece:ident;)+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Clone, Debug, PartialEq)]
            pub(crate) struct $Kind;

            impl Pieces for $Kind {
                const PIECE: Piece = Piece::$piece;
            }

            $(#[doc = $doc])+
            pub(crate) type $Code = Code<$Kind>;
        )+
    };
}

pieces! {
    /// The type of a field.
    RustType = TypePiece: Type;
    /// The path of a derive macro.
    RustDerive = DerivePiece: Derive;
    /// What stands between `#[` and `]`.
    RustAttribute = AttributePiece: Attribute;
}

/// No upper bound on a list's length.
pub(crate) const UNBOUNDED: usize = usize::MAX;

/// A list.
#[derive(Clone, Debug)]
pub(crate) struct List<T, const MIN: usize, const MAX: usize> {
    /// Where it stands.
    pub(crate) place: Place,
    /// Its elements.
    pub(crate) items: Vec<T>,
}

impl<T: Value, const MIN: usize, const MAX: usize> Value for List<T, MIN, MAX> {
    fn read(node: &Node, _: &Place, reader: &mut Reader) -> Option<Self> {
        let NodeKind::List(elements) = &node.kind else {
            reader.wrong_kind(node, &Self::shape().to_string());
            return None;
        };
        let place = reader.place(node);
        let items: Vec<_> = elements
            .iter()
            .map(|element| {
                let place = reader.place(&element.value);
                T::read(&element.value, &place, reader)
            })
            .collect();
        if items.len() < MIN || items.len() > MAX {
            let bounds = Self::shape();
            reader.report(
                Diagnostic::error(codes::LIST_LENGTH, format!("expected {bounds}, found {}", items.len()))
                    .label(place.clone(), format!("{} here", items.len()))
                    .help(if items.len() < MIN { "add what is missing" } else { "remove what is too much" }),
            );
            return None;
        }
        Some(Self { place, items: items.into_iter().collect::<Option<_>>()? })
    }

    fn shape() -> Shape {
        Shape::List { of: Box::new(T::shape()), min: MIN, max: MAX }
    }
}

/// A map from names to values, in the file's order.
#[derive(Clone, Debug)]
pub(crate) struct Map<K, V> {
    /// Its entries.
    pub(crate) entries: Vec<MapEntry<K, V>>,
}

/// One entry of a [`Map`].
#[derive(Clone, Debug)]
pub(crate) struct MapEntry<K, V> {
    /// The name.
    pub(crate) key: K,
    /// The value; `None` if it could not be read.
    pub(crate) value: Option<V>,
}

impl<K, V> Map<K, V> {
    /// The entries that could be read.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter().filter_map(|entry| Some((&entry.key, entry.value.as_ref()?)))
    }

    /// Whether every entry could be read.
    pub(crate) fn is_whole(&self) -> bool {
        self.entries.iter().all(|entry| entry.value.is_some())
    }
}

impl<K: Key, V: Value> Value for Map<K, V> {
    fn read(node: &Node, _: &Place, reader: &mut Reader) -> Option<Self> {
        let NodeKind::Map(nodes) = &node.kind else {
            reader.wrong_kind(node, &Self::shape().to_string());
            return None;
        };
        let mut entries = Vec::with_capacity(nodes.len());
        for node in nodes {
            let place = key_place(node, reader);
            let key = K::read_key(Scalar { text: node.key.clone(), place: place.clone() }, reader);
            let value = V::read(&node.value, &place, reader);
            if let Some(key) = key {
                entries.push(MapEntry { key, value });
            }
        }
        Some(Self { entries })
    }

    fn shape() -> Shape {
        Shape::Map { key: Box::new(K::key_shape()), of: Box::new(V::shape()) }
    }
}
