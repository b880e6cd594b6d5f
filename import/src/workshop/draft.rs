//! The contract as it will be, before it is text.

use migratable_core::dynamodb::AttributeType;

use super::source::Path;

/// A text of literals and values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Template<'s>(pub(super) Vec<Piece<'s>>);

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece<'s> {
    /// A text, with its braces single.
    Literal(String),
    /// A value, and the format it has: `fold`, `%Y-%m`.
    Value(Path<'s>, Option<String>),
}

/// Where an attribute's value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value<'s> {
    /// A column, with what stands for NULL.
    Path { path: Path<'s>, when_null: Option<String> },
    /// A column's date in a form.
    Date { path: Path<'s>, format: String },
    /// A text.
    Text(Template<'s>),
    /// The first of some texts whose condition holds.
    Case { cases: Vec<Case<'s>>, otherwise: Option<Template<'s>> },
    /// Columns under names.
    Map(Vec<(String, Path<'s>)>),
    /// Rows that point here.
    Collect(Collect),
    /// How many rows point here.
    Count { from: String, filter: Option<String> },
    /// A sum or the like over them.
    Aggregate { function: &'static str, from: String, of: String },
}

/// A condition and what stands where it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Case<'s> {
    pub(super) when: String,
    /// The columns that the condition names.
    pub(super) of: Vec<Path<'s>>,
    pub(super) then: Template<'s>,
}

/// Collected rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Collect {
    /// `table.column`.
    pub(super) from: String,
    pub(super) order: Option<String>,
    pub(super) limit: Option<u32>,
    /// Field, path from the collected row.
    pub(super) fields: Vec<(String, String)>,
}

/// An attribute.
#[derive(Clone, Debug)]
pub(super) struct Attribute<'s> {
    pub(super) name: String,
    pub(super) value: Value<'s>,
    /// Where it isn't the one that follows.
    pub(super) ty: Option<AttributeType>,
    pub(super) comments: Vec<String>,
}

/// An entity.
#[derive(Debug)]
pub(super) struct Entity<'s> {
    pub(super) name: String,
    /// The DynamoDB table.
    pub(super) table: String,
    /// The MySQL table.
    pub(super) rows: &'s migratable_contract::source::SourceTable,
    pub(super) repository: String,
    /// Key attributes that templates build.
    pub(super) keys: Vec<(String, Template<'s>)>,
    /// Unique key, and the key attributes of its marker.
    pub(super) unique: Vec<(String, Vec<(String, Template<'s>)>)>,
    pub(super) attributes: Vec<Attribute<'s>>,
    /// Columns and unique keys left behind.
    pub(super) dropped: Vec<(String, String)>,
    pub(super) comments: Vec<String>,
}

/// A DynamoDB table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) partition: String,
    pub(super) sort: Option<String>,
    pub(super) indexes: Vec<Index>,
    pub(super) comments: Vec<String>,
}

/// An index.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) name: String,
    pub(super) partition: String,
    pub(super) sort: Option<String>,
    pub(super) project: Project,
}

/// What an index holds beside keys.
#[derive(Debug)]
pub(super) enum Project {
    All,
    Keys,
    Some(Vec<String>),
}

/// An access pattern.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// `Entity.method`.
    pub(super) name: String,
    pub(super) list: bool,
    pub(super) by: Vec<String>,
    pub(super) index: Option<String>,
    pub(super) comment: String,
}

impl<'s> Template<'s> {
    /// A template that is the same for every row.
    pub(super) fn literal(text: impl Into<String>) -> Self {
        Self(vec![Piece::Literal(text.into())])
    }

    /// A value alone.
    pub(super) fn value(path: Path<'s>) -> Self {
        Self(vec![Piece::Value(path, None)])
    }

    /// The values in it.
    pub(super) fn values(&self) -> impl Iterator<Item = &Path<'s>> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Value(path, _) => Some(path),
            Piece::Literal(_) => None,
        })
    }

    /// As a key: text that MySQL compares by a collation is folded.
    #[must_use]
    pub(super) fn folded(mut self) -> Self {
        for piece in &mut self.0 {
            if let Piece::Value(path, format @ None) = piece
                && path.folds()
            {
                *format = Some("fold".to_owned());
            }
        }
        self
    }

    /// As contracts write it.
    pub(super) fn text(&self) -> String {
        let piece = |piece: &Piece<'_>| match piece {
            Piece::Literal(text) => text.replace('{', "{{").replace('}', "}}"),
            Piece::Value(path, None) => format!("{{{}}}", path.text()),
            Piece::Value(path, Some(format)) => format!("{{{}:{format}}}", path.text()),
        };
        self.0.iter().map(piece).collect()
    }
}

impl<'s> Value<'s> {
    /// The columns that it carries as they are.
    pub(super) fn carries(&self) -> Vec<&Path<'s>> {
        match self {
            Self::Path { path, .. } => vec![path],
            Self::Map(fields) => fields.iter().map(|(_, path)| path).collect(),
            _ => Vec::new(),
        }
    }

    /// The columns that it is worked out of.
    pub(super) fn made_of(&self) -> Vec<&Path<'s>> {
        match self {
            Self::Date { path, .. } => vec![path],
            Self::Text(template) => template.values().collect(),
            Self::Case { cases, otherwise } => {
                let cases = cases.iter().flat_map(|case| case.of.iter().chain(case.then.values()));
                cases.chain(otherwise.iter().flat_map(Template::values)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether it is one column's value as it is.
    pub(super) fn is_plain(&self, path: &Path<'_>) -> bool {
        matches!(self, Self::Path { path: own, when_null: None } if own == path)
    }
}
