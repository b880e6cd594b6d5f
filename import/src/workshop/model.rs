//! The format as types, with places: what a file says, not yet what that means.

use migratable_contract::diagnostic::Place;
use migratable_core::dynamodb::AttributeType;

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Spot<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

/// A text and where it stands.
pub(super) type Text = Spot<String>;

/// A DynamoDB table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: Text,
    /// `multi-entity`: its entities stand in a list of their own. Else there is one, made of the table's own fields.
    pub(super) multi: bool,
    /// Name of the partition key attribute; it may be missing in a table of several entities.
    pub(super) pk: Option<Text>,
    pub(super) sk: Option<Text>,
    pub(super) gsis: Vec<Gsi>,
    pub(super) entities: Vec<Entity>,
    pub(super) satisfies: Vec<Text>,
    /// Bytes, as written.
    pub(super) item_size: Option<String>,
}

/// A global secondary index.
#[derive(Debug)]
pub(super) struct Gsi {
    pub(super) name: Text,
    pub(super) pk: Text,
    pub(super) sk: Option<Text>,
    pub(super) projection: Projection,
}

/// What an index holds beside the keys.
#[derive(Clone, Debug)]
pub(super) enum Projection {
    All,
    Keys,
    Include(Vec<Text>),
}

/// A kind of item.
#[derive(Debug)]
pub(super) struct Entity {
    /// `entity_type`, where it is one of several.
    pub(super) kind: Option<Text>,
    pub(super) source_table: Text,
    pub(super) pk_template: Option<Text>,
    pub(super) sk_template: Option<Text>,
    pub(super) attributes: Vec<Attribute>,
}

/// An attribute.
#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) name: Text,
    pub(super) ty: Option<Spot<Type>>,
    pub(super) source_table: Option<Text>,
    /// One, or several for a join over several.
    pub(super) source_columns: Vec<Text>,
    pub(super) join: Option<Spot<Join>>,
    pub(super) calculation: Option<Spot<Calculation>>,
    pub(super) transformation: Option<Spot<Transformation>>,
    pub(super) justification: Option<String>,
}

/// An attribute's DynamoDB type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// One that contracts have.
    Known(AttributeType),
    /// M.
    Map,
    /// NS, BS or NULL.
    Other(&'static str),
}

impl Type {
    pub(super) const ALL: [(&'static str, Self); 10] = [
        ("S", Self::Known(AttributeType::S)),
        ("N", Self::Known(AttributeType::N)),
        ("B", Self::Known(AttributeType::B)),
        ("SS", Self::Known(AttributeType::Ss)),
        ("NS", Self::Other("NS")),
        ("BS", Self::Other("BS")),
        ("M", Self::Map),
        ("L", Self::Known(AttributeType::L)),
        ("BOOL", Self::Known(AttributeType::Bool)),
        ("NULL", Self::Other("NULL")),
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Known(ty) => ty.name(),
            Self::Map => "M",
            Self::Other(name) => name,
        }
    }
}

/// How other rows are reached. The place of each is the word of its `type`.
#[derive(Debug)]
pub(super) enum Join {
    /// `self-join`.
    Own { alias: Text, condition: Text, select: Text, null_value: Option<Text> },
    /// `foreign-key`, and `lookup-table`, which says the same.
    ForeignKey(Hop),
    /// `multi-column`.
    MultiColumn { target: Text, conditions: Vec<Text>, select: Text },
    /// `conditional`.
    Conditional { when: Text, hop: Hop, otherwise: Text },
    /// `chain`.
    Chain { separator: Option<Text>, hops: Vec<Hop> },
    /// `json-construction`.
    Json(Construction),
}

/// One step into another table, and what is taken there.
#[derive(Debug)]
pub(super) struct Hop {
    pub(super) target: Text,
    pub(super) condition: Text,
    pub(super) select: Text,
}

/// Rows or columns put into one value.
#[derive(Debug)]
pub(super) struct Construction {
    pub(super) target: Text,
    pub(super) condition: Text,
    /// `array`; else `object`.
    pub(super) array: bool,
    pub(super) limit: Option<Spot<u32>>,
    pub(super) order_by: Option<Text>,
    /// Field, and what it is taken from.
    pub(super) fields: Vec<(Text, Text)>,
}

/// A value that is worked out.
#[derive(Debug)]
pub(super) enum Calculation {
    /// `aggregate`.
    Aggregate { target: Text, condition: Text, function: Function, select: Text },
    /// `case`: condition and value of each.
    Case { cases: Vec<(Text, Text)>, otherwise: Option<Text> },
    /// `concat` and `date-math`, of which the format doesn't say how they are written.
    Unsaid(&'static str),
}

/// What an aggregate does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Sum,
    Count,
    Avg,
    Min,
    Max,
}

impl Function {
    pub(super) const ALL: [(&'static str, Self); 5] = [
        ("SUM", Self::Sum),
        ("COUNT", Self::Count),
        ("AVG", Self::Avg),
        ("MIN", Self::Min),
        ("MAX", Self::Max),
    ];

    /// The contract's word.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Count => "count",
            Self::Avg => "avg",
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

/// What is done to a value.
#[derive(Debug)]
pub(super) struct Transformation {
    pub(super) kind: TransformationKind,
    pub(super) format: Option<Text>,
}

/// The kinds of transformation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TransformationKind {
    Date,
    String,
    Number,
    Json,
}

impl TransformationKind {
    pub(super) const ALL: [(&'static str, Self); 4] = [
        ("date-format", Self::Date),
        ("string-format", Self::String),
        ("number-format", Self::Number),
        ("json-parse", Self::Json),
    ];
}
