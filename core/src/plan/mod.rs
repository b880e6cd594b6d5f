//! A projection, compiled: how the rows of one entity become items, and how each access pattern is asked of either
//! store. A plan is plain data. Generated code carries it as one packed text; tools compile the same one from a contract.

mod canonical;
mod derived;
mod dirty;
mod inverse;
mod keys;
mod packed;
mod places;
mod references;

pub use derived::{
    Aggregate, ChildRows, Collection, CollectionForm, Compute, Derived, DerivedSource, Filter, Function,
    MapAttribute, Marker, Member, Ordering, Scalar, TextPart, Tree, TreeValue,
};
pub use dirty::{Dirty, Path};
pub use inverse::{Given, Inverse, Lookup, NoInverse};
pub use keys::Ranges;
pub use packed::PackedPlan;
pub use places::{Memo, Places};
pub use references::{OnDelete, Reference, Referrer};

use crate::check::Check;
use crate::dynamodb::AttributeType;
use crate::key::KeyTemplate;
use crate::mysql::{MySqlType, ZeroDates};
use crate::{List, Text};

/// Everything the runtime has to know about one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The entity's name.
    pub entity: Text,
    /// The DynamoDB table its items live in.
    pub table: Text,
    /// The MySQL table whose rows become items.
    pub root: Text,
    /// Tables reached from the root by foreign keys, each a LEFT JOIN; a join's parent comes before it.
    pub joins: List<Join>,
    /// What a projection reads, in this order. A [`crate::value::Row`] has a value for each, then one for each of `derived`.
    pub columns: List<Column>,
    /// What an item carries of columns as they are, besides its keys: attribute n carries column n.
    pub attributes: List<Attribute>,
    /// What it carries as maps of columns.
    pub maps: List<MapAttribute>,
    /// What it carries that is worked out.
    pub derived: List<Derived>,
    /// The table's partition key.
    pub partition: KeyAttribute,
    /// The table's sort key.
    pub sort: Option<KeyAttribute>,
    /// Secondary indexes the entity's items can be in.
    pub indexes: List<Index>,
    /// The root's primary key, as positions in `columns`.
    pub primary_key: List<usize>,
    /// The root table's CHECK constraints that are checked before every write. The others are left to MySQL.
    pub checks: List<Check>,
    /// Which rows become items; all of them where this is absent.
    pub filter: Option<Filter>,
    /// The items that hold the root's unique keys.
    pub markers: List<Marker>,
    /// Who hands out ids, where it is not the application.
    pub ids: Option<Ids>,
    /// The root's foreign keys that units of work keep.
    pub references: List<Reference>,
    /// The foreign keys that are kept by counts of this entity.
    pub referrers: List<Referrer>,
    /// Attributes whose values are shown to nobody.
    pub secrets: List<Text>,
    /// Attributes that keep what they were when the item was written, whatever becomes of the row they came from.
    pub snapshots: List<Text>,
    /// How the application asks for items.
    pub patterns: List<AccessPattern>,
    /// What has been worked out of all this.
    pub memo: Memo,
    /// The names of the struct's fields, which errors call values by: field n carries column n. Empty where they are the
    /// attributes'.
    pub fields: List<Text>,
}

/// One LEFT JOIN. Table 0 is the root, table n is `joins[n - 1]`; the SQL alias of table n is `tn`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The table joined.
    pub table: Text,
    /// The table it hangs on: 0 for the root.
    pub parent: usize,
    /// Column of the parent, column of the joined table.
    pub on: List<(Text, Text)>,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The table it is read from: 0 for the root.
    pub table: usize,
    /// The column's name in MySQL.
    pub name: Text,
    /// Its type.
    pub ty: MySqlType,
    /// Whether it may be NULL: declared so, or reached through a nullable foreign key.
    pub nullable: bool,
    /// Whether MySQL computes it, so that it is read and never written.
    pub generated: bool,
    /// What to do with zero dates.
    pub zero_dates: ZeroDates,
    /// What stands for NULL, as the column's type reads it.
    pub when_null: Option<Text>,
}

/// One attribute of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name in DynamoDB.
    pub name: Text,
    /// The column it carries, as a position in [`Plan::columns`].
    pub column: usize,
    /// Its DynamoDB type.
    pub ty: AttributeType,
}

/// One key attribute of a table or an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyAttribute {
    /// Its name in DynamoDB.
    pub name: Text,
    /// Where its value comes from.
    pub source: KeySource,
}

/// Where a key attribute's value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// A text built from columns.
    Template(KeyTemplate),
    /// One of [`Plan::attributes`], as it is.
    Attribute(usize),
}

/// A secondary index, as one entity uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: Text,
    /// 1..=4 partition key attributes.
    pub partition: List<KeyAttribute>,
    /// 0..=4 sort key attributes.
    pub sort: List<KeyAttribute>,
}

/// Who counts up a column: MySQL, by AUTO_INCREMENT, as long as it is written; else an item of a table of counters, whose key
/// is the entity's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids {
    /// The column, as a position in [`Plan::columns`].
    pub column: usize,
    /// The DynamoDB table.
    pub table: Text,
    /// Its partition key attribute, of type S.
    pub key: Text,
    /// How many ids a process takes at once.
    pub block: u32,
}

impl Ids {
    /// How many where a contract doesn't say.
    pub const BLOCK: u32 = 100;
}

/// One question the application asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPattern {
    /// Its name: the repository's method.
    pub name: Text,
    /// How many answers it may have.
    pub kind: PatternKind,
    /// What the caller gives: positions in [`Plan::columns`], compared by equality.
    pub by: List<usize>,
    /// The index asked, as a position in [`Plan::indexes`]; `None` is the table itself.
    pub index: Option<usize>,
    /// What orders a list, ascending: positions in [`Plan::columns`]. With `by`, it names a row exactly.
    pub order: List<usize>,
    /// What a page cursor carries: every column the order and the key attributes need and `by` does not give.
    pub cursor: List<usize>,
    /// The MySQL statement, and for a list the one that continues after a cursor, forwards and backwards.
    pub sql: PatternSql,
}

/// How many answers a pattern may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PatternKind {
    /// At most one item.
    Get,
    /// Any number, in order, page by page.
    List {
        /// Items in a page when the caller doesn't say.
        page: u32,
    },
}

/// The statements of a pattern. Parameters are bound in the order: `by`, then (for `after`)
/// [`crate::sql::keyset_binds`] of `order`, then (for a list) the limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatternSql {
    /// The first page, ascending; for [`PatternKind::Get`] the only statement.
    pub first: Text,
    /// The next page, ascending. Empty for a get.
    pub after: Text,
    /// The first page, descending. Empty for a get.
    pub first_descending: Text,
    /// The next page, descending. Empty for a get.
    pub after_descending: Text,
}

/// A DynamoDB table as the contract declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: Text,
    /// Partition key: attribute name and type.
    pub partition: (Text, AttributeType),
    /// Sort key: attribute name and type.
    pub sort: Option<(Text, AttributeType)>,
    /// Global secondary indexes.
    pub indexes: List<TableIndex>,
}

/// A global secondary index as the contract declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableIndex {
    /// Its name.
    pub name: Text,
    /// 1..=4 partition key attributes with their types.
    pub partition: List<(Text, AttributeType)>,
    /// 0..=4 sort key attributes with their types.
    pub sort: List<(Text, AttributeType)>,
    /// The attributes it holds besides keys; `None` is all there are.
    pub project: Option<List<Text>>,
}

impl Plan {
    /// How many values a row has.
    pub fn width(&self) -> usize {
        self.columns.len() + self.derived.len()
    }

    /// The position of the column of the root table with this name.
    pub fn root_column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.table == 0 && column.name == name)
    }

    /// The index an access pattern asks, or `None` for the table itself.
    pub fn index_of(&self, pattern: &AccessPattern) -> Option<&Index> {
        pattern.index.and_then(|index| self.indexes.get(index))
    }

    /// The partition key attributes a pattern fixes.
    pub fn partition_of(&self, pattern: &AccessPattern) -> &[KeyAttribute] {
        self.partition_keys(pattern.index)
    }

    /// The sort key attributes a pattern walks along.
    pub fn sort_of(&self, pattern: &AccessPattern) -> &[KeyAttribute] {
        self.sort_keys(pattern.index)
    }
}
