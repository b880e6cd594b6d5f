//! What an item carries besides columns as they are: maps of columns, values worked out of the row, of rows that point at
//! it, of the way up a tree; which rows become items; and markers that hold unique keys.
//!
//! A [`crate::value::Row`] has a value for each of the plan's columns, then one for each of [`super::Plan::derived`].

use super::{Column, Join, KeyAttribute};
use crate::check::Expr;
use crate::dynamodb::AttributeType;
use crate::mysql::MySqlType;
use crate::{List, Text};

/// An attribute that is a map of columns. Its columns stand behind those of [`super::Plan::attributes`] and have no
/// attributes of their own. A NULL is an absent member; the map itself is always there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapAttribute {
    /// Its name.
    pub name: Text,
    /// What it holds, in the contract's order.
    pub members: List<Member>,
}

/// A column's value inside a map or an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name in the map.
    pub name: Text,
    /// The column: a position in [`super::Plan::columns`], or in [`ChildRows::columns`] for elements of a collection.
    pub column: usize,
    /// Its DynamoDB type.
    pub ty: AttributeType,
}

/// An attribute that is worked out. MySQL never gets it from us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived {
    /// The attribute's name.
    pub name: Text,
    /// What of.
    pub source: DerivedSource,
}

/// What a derived attribute is worked out of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DerivedSource {
    /// The row's own columns, here. Every write works it out again, whatever the struct holds.
    Computed {
        /// How.
        compute: Compute,
        /// What comes out.
        scalar: Scalar,
    },
    /// Rows of another table, by the server.
    Aggregate(Aggregate),
    /// The way from the root of a tree.
    Tree(Tree),
    /// Rows of another table: a list, a map or a set.
    Collection(Collection),
}

/// The type of a derived value that is no collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// As if it were a column.
    pub ty: MySqlType,
    /// Its DynamoDB type.
    pub attribute: AttributeType,
    /// Whether it may be NULL, which is an absent attribute.
    pub nullable: bool,
}

/// A value worked out of columns, by their positions in [`super::Plan::columns`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Compute {
    /// Parts, one after another; NULL where one is NULL, as CONCAT.
    Text(List<TextPart>),
    /// The parts of the first condition that is TRUE.
    Case {
        /// Condition, and what stands for it.
        arms: List<(Expr, List<TextPart>)>,
        /// What stands where none is TRUE; NULL where this is absent.
        otherwise: Option<List<TextPart>>,
    },
    /// A moment (DATE, DATETIME or TIMESTAMP), moved.
    Moment {
        /// The column.
        column: usize,
        /// Months to add, clamped to the last day of the month as DATE_ADD does.
        months: i64,
        /// Seconds to add after that. Days have 86,400.
        seconds: i64,
        /// Seconds since 1970-01-01T00:00:00Z instead of a moment; fractions are cut. DATE and DATETIME are read as UTC.
        epoch: bool,
    },
}

/// A part of a computed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextPart {
    /// Text that stands there always.
    Literal(Text),
    /// A column's value, written as in an item.
    Column(usize),
    /// A moment by a pattern of `%Y %m %d %H %M %S %%`.
    Time {
        /// The column.
        column: usize,
        /// The pattern.
        pattern: Text,
    },
    /// A whole number with leading zeros.
    Padded {
        /// The column.
        column: usize,
        /// The fewest digits, the sign not among them.
        width: u8,
    },
}

/// The rows of another table that point at a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildRows {
    /// The table; alias `cn_0` in SQL, its joins `cn_1` and on.
    pub table: Text,
    /// Column of the entity's root, column of `table` that equals it.
    pub on: List<(Text, Text)>,
    /// Tables reached from `table`, each a LEFT JOIN.
    pub joins: List<Join>,
    /// What is read of each: their `table` is 0 for `table`, n for `joins[n - 1]`.
    pub columns: List<Column>,
    /// Which rows count: those it is TRUE for. Columns are positions in `columns`.
    pub filter: Option<Expr>,
}

/// A function over rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// How many there are.
    Count,
    /// NULL where there are none.
    Sum,
    /// NULL where there are none.
    Avg,
    /// NULL where there are none.
    Min,
    /// NULL where there are none.
    Max,
}

impl Function {
    /// SQL's name for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Count => "COUNT",
            Self::Sum => "SUM",
            Self::Avg => "AVG",
            Self::Min => "MIN",
            Self::Max => "MAX",
        }
    }
}

/// A value over rows: a scalar subquery, so that nothing multiplies rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aggregate {
    /// The function.
    pub function: Function,
    /// What of each row; none for a count. Columns are positions in [`ChildRows::columns`].
    pub of: Option<Expr>,
    /// The rows.
    pub rows: ChildRows,
    /// What stands for NULL: an exact number.
    pub when_null: Option<Text>,
    /// What comes out.
    pub scalar: Scalar,
}

/// A value of the way from a root of a tree to a row. A cycle is an error of the row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// The table whose row is the last of the way: 0 for the entity's own, n for `joins[n - 1]`.
    pub table: usize,
    /// The column that `parent` points at.
    pub key: Text,
    /// The column that points at the row above; NULL at a root.
    pub parent: Text,
    /// What of it.
    pub value: TreeValue,
    /// What comes out.
    pub scalar: Scalar,
}

/// What of the way up a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TreeValue {
    /// A column of each row, root first, the row itself last.
    Path {
        /// The column.
        take: Text,
        /// What stands between.
        join: Text,
    },
    /// How many rows stand above.
    Depth,
}

/// Rows of another table as one attribute. Its value in a row is [`crate::value::Value::Rows`]; without rows it is empty,
/// never NULL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// The rows.
    pub rows: ChildRows,
    /// In what order; the last of them tell rows apart.
    pub order: List<Ordering>,
    /// The first so many of the order; all where this is absent.
    pub limit: Option<u32>,
    /// As what.
    pub form: CollectionForm,
}

/// One step of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ordering {
    /// A position in [`ChildRows::columns`].
    pub column: usize,
    /// Largest first.
    pub descending: bool,
}

/// What a collection's rows are in the item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CollectionForm {
    /// A list of maps.
    List(List<Member>),
    /// A map of maps, by the value of a column written as in a key, so that two appends can't lose one.
    Map {
        /// The column: a position in [`ChildRows::columns`].
        key: usize,
        /// What each holds.
        members: List<Member>,
    },
    /// A list of one column's values; NULLs are left out.
    Values(Member),
    /// A set of texts (SS) of one column; NULLs are left out, equal texts are one, an empty set is an absent attribute.
    Set(Member),
}

impl CollectionForm {
    /// What each element holds.
    pub fn members(&self) -> &[Member] {
        match self {
            Self::List(members) | Self::Map { members, .. } => members,
            Self::Values(member) | Self::Set(member) => std::slice::from_ref(member),
        }
    }

    /// The attribute's DynamoDB type.
    pub const fn attribute_type(&self) -> AttributeType {
        match self {
            Self::List(_) | Self::Values(_) => AttributeType::L,
            Self::Map { .. } => AttributeType::M,
            Self::Set(_) => AttributeType::Ss,
        }
    }
}

/// Which rows become items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// In MySQL's words.
    pub expression: Text,
    /// The same, as data, over [`super::Plan::columns`]: rows it is TRUE for become items.
    pub rule: Expr,
    /// Whether the others become tombstones; else nothing.
    pub tombstones: bool,
}

/// An item that holds a unique key: no other row can have one with its key. A NULL in it: there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The unique key's name in MySQL.
    pub name: Text,
    /// The table's partition key attribute, as the marker has it.
    pub partition: KeyAttribute,
    /// The table's sort key attribute.
    pub sort: Option<KeyAttribute>,
}

impl Derived {
    /// Its type, where it is no collection.
    pub const fn scalar(&self) -> Option<&Scalar> {
        match &self.source {
            DerivedSource::Computed { scalar, .. } => Some(scalar),
            DerivedSource::Aggregate(aggregate) => Some(&aggregate.scalar),
            DerivedSource::Tree(tree) => Some(&tree.scalar),
            DerivedSource::Collection(_) => None,
        }
    }

    /// The collection it is, if it is one.
    pub const fn collection(&self) -> Option<&Collection> {
        match &self.source {
            DerivedSource::Collection(collection) => Some(collection),
            _ => None,
        }
    }

    /// Its DynamoDB type.
    pub const fn attribute_type(&self) -> AttributeType {
        match &self.source {
            DerivedSource::Collection(collection) => collection.form.attribute_type(),
            DerivedSource::Computed { scalar, .. }
            | DerivedSource::Aggregate(Aggregate { scalar, .. })
            | DerivedSource::Tree(Tree { scalar, .. }) => scalar.attribute,
        }
    }
}
