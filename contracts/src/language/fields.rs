//! The contract language, field by field. This is the only place that says which fields there are: reading, the JSON
//! Schema and the reference page all follow it.

use migratable_core::dynamodb::AttributeType;
use migratable_core::mysql::ZeroDates;

use super::kinds::{
    AttributeName, Choice, ContractName, EntityName, FieldName, Flag, List, Map, Number, PatternName,
    RepositoryName, RustAttribute, RustDerive, RustType, TableName, TypeName, UNBOUNDED, Version,
};
use super::macros::language;
use super::reader::{Fields, Reader, Scalar};
use super::{Block, Field, Shape, Value, word};
use crate::diagnostic::Place;
use crate::model::{FieldVisibility, TimeCrate, Visibility};
use crate::yaml::Node;

/// The parts of a MySQL table's key.
pub(crate) type KeyParts = List<Scalar, 1, UNBOUNDED>;

/// Keys of a MySQL table: name, parts.
pub(crate) type Keys = Map<Scalar, KeyParts>;

/// Derives, of which there may be none.
pub(crate) type Derives = List<RustDerive, 0, UNBOUNDED>;

language! {
    /// One reviewed file: the MySQL schema it was written against, the DynamoDB tables, how rows become items, and how
    /// every access pattern is answered in both stores.
    block Contract "the contract" at "the file" {
        /// Version of the language.
        required contract: Version = "1",
        /// What the contract is called; generated code has a handle of this name.
        required name: ContractName = "shop",
        /// What happens to MySQL's zero dates (`0000-00-00`, `2024-00-15`) where an attribute doesn't say: `refuse` (the
        /// default) is an error that names the row, `keep` carries them as text.
        optional zero_dates: Choice<ZeroDates> = "refuse",
        /// The MySQL schema, in MySQL's words.
        required source: Source = "{ server: mysql 8.0, tables: { } }",
        /// The DynamoDB tables, by name.
        required tables: Map<TableName, Table> = "{ Orders: { partition: PK } }",
        /// The kinds of item, by name; the name is the Rust struct's.
        required entities: Map<EntityName, Entity> =
            "{ Order: { table: Orders, rows: orders, repository: orders, attributes: { order_id: id } } }",
        /// What the application asks of the data. The key is `Entity.method`, the value how it is answered.
        optional access_patterns: Map<PatternName, Pattern> = "{ Order.of_user: { list: [user_id], index: ByUser } }",
        /// What generated Rust is like, for all entities that don't say otherwise.
        optional rust: Rust = "{ serde: true }",
        /// What of the source no entity reads, each with the reason: a table's name, `view NAME`, `procedure NAME`,
        /// `function NAME`, `event NAME`. A table's name stands in backquotes if it isn't a plain word.
        optional dropped: Map<Scalar, Scalar> = "{ audit_log: kept in MySQL for the auditors }",
    }

    /// What generated Rust is like. The nearest word counts: an attribute's, then its entity's, then the contract's `types`
    /// by the column's type, then what follows from the column's type.
    block Rust "the contract's `rust`" at "rust" harmless(true) {
        /// The crate that dates and times are of: `chrono` (the default), or `time`, for which the runtime has a feature of
        /// that name.
        optional time: Choice<TimeCrate> = "time",
        /// Who sees structs, keys and repositories: everybody, `pub` (the default), or `pub(crate)`.
        optional visibility: Choice<Visibility> = "pub(crate)",
        /// Derives of structs besides `Clone`, `Debug` and `PartialEq`, as paths: nothing is imported in generated code.
        /// One that has the last word of a derive that is there already (`derive_more::Debug`) takes its place.
        optional derive: Derives = "[Default, crate::Audited]",
        /// Whether serde reads and writes structs, keys and generated enums. The program depends on `serde` with its
        /// derives, and the runtime needs its feature `serde`.
        optional serde: Flag = "true",
        /// Types of one's own by MySQL type: the type as the source writes it, without its collation (`decimal(10,2)`,
        /// `int unsigned`), or without what it has in parentheses (`decimal`); the longer one counts first. Such a type
        /// implements the runtime's `Field` for the kind of column.
        optional types: Map<Scalar, RustType> = "{ char(36): crate::Uuid }",
    }

    /// The MySQL schema the contract was written against, in MySQL's words.
    block Source "the source" at "source" {
        /// The server: `mysql` or `mariadb`, and its version.
        required server: Scalar = "mysql 8.0",
        /// The tables, by name.
        required tables: Map<Scalar, SourceTable> = "{ orders: { columns: { id: int }, primary_key: [id] } }",
        /// Views: name, and what the query reads: `reads a, b`, or `touches nothing`.
        optional views: Map<Scalar, Scalar> = "{ open_orders: 'reads orders, users' }",
        /// Stored procedures: name, and what the body touches: `reads a, b`, `writes c`, `calls f`, separated by commas,
        /// or `touches nothing`.
        optional procedures: Map<Scalar, Scalar> = "{ close_month: 'reads orders, writes invoices, calls tax' }",
        /// Stored functions, in the same way.
        optional functions: Map<Scalar, Scalar> = "{ tax: touches nothing }",
        /// Events of the server's scheduler, in the same way.
        optional events: Map<Scalar, Scalar> = "{ nightly: writes sessions }",
    }

    /// A MySQL table.
    block SourceTable "a source table" at "source.tables.NAME" {
        /// Its columns, in order. The value is the type, then in any order `unsigned`, `collate NAME`, `null` (a column is
        /// NOT NULL where this is not said), `auto_increment`, `default EXPR`, `on update EXPR`, `generated (EXPR)`. Text
        /// types need their collation. `other(TEXT)` is a type that items can't carry yet.
        required columns: Map<Scalar, Scalar> =
            "{ id: int auto_increment, email: varchar(100) collate utf8mb4_0900_ai_ci null }",
        /// The primary key's columns, each of them whole: `name`, or `name desc`. (MySQL also takes `name(10)`; rows
        /// of such a table become no items.) Names that aren't plain words stand in backquotes.
        optional primary_key: KeyParts = "[id]",
        /// Unique keys: name, parts. A part is a column as in the primary key, the start of its values (`name(10)`), or an
        /// expression in parentheses; behind any of them `desc`. Only keys over whole columns tell rows apart here.
        optional unique: Keys = "{ email: [email] }",
        /// Other indexes: name, parts. They carry no data, but say what is looked up.
        optional indexes: Keys = "{ idx_user: [user_id, created_at desc], idx_name: [name(10), (lower(city))] }",
        /// FULLTEXT indexes: name, columns.
        optional fulltext: Keys = "{ words: [title, body] }",
        /// SPATIAL indexes: name, column.
        optional spatial: Keys = "{ place: [position] }",
        /// Foreign keys. The key is the column (`"a, b"` for several), the value what it points at, `table.column` or
        /// `table(a, b)`, and its actions: `on delete cascade`, `on update set null`.
        optional foreign_keys: Map<Scalar, Scalar> = "{ user_id: users.id on delete cascade }",
        /// CHECK constraints: name, expression.
        optional checks: Map<Scalar, Scalar> = "{ positive: total >= 0 }",
        /// Triggers: name, when they fire (`before insert`, `after delete`), the columns of the row they set (`sets a, b`),
        /// and what they touch (`reads a`, `writes b`, `calls f`), separated by commas.
        optional triggers: Map<Scalar, Scalar> = "{ count: 'before insert, sets position, writes counters' }",
    }

    /// A DynamoDB table.
    block Table "a table" at "tables.NAME" {
        /// Name of the partition key attribute: one built by the entities' `key`, or one of their attributes.
        required partition: AttributeName = "PK",
        /// Name of the sort key attribute.
        optional sort: AttributeName = "SK",
        /// Global secondary indexes, by name.
        optional indexes: Map<TableName, Index> = "{ ByUser: { partition: [user_id], sort: [order_id] } }",
    }

    /// A global secondary index. An item that lacks one of its key attributes is not in it.
    block Index "an index" at "tables.NAME.indexes.NAME" {
        /// Partition key attributes, 1 to 4.
        required partition: List<AttributeName, 1, 4> = "[user_id]",
        /// Sort key attributes, up to 4.
        optional sort: List<AttributeName, 1, 4> = "[order_id]",
    }

    /// One kind of item: the rows of one MySQL table, with what foreign keys lead to.
    block Entity "an entity" at "entities.NAME" {
        /// The DynamoDB table its items live in.
        required table: TableName = "Orders",
        /// The MySQL table whose rows become items.
        required rows: Scalar = "orders",
        /// What the repository is called on the generated handle.
        required repository: RepositoryName = "orders",
        /// How key attributes are built: text with paths in braces. `{path}` is a value, `{path:fold}` a text made equal to
        /// whatever its collation holds equal to it, `{{` and `}}` are braces. A key attribute that is an attribute of the
        /// entity needs no entry.
        optional key: Map<AttributeName, Scalar> = "{ PK: \"ORDER#{id}\" }",
        /// What its Rust is like.
        optional rust: EntityRust = "{ name: PurchaseOrder, derive: [Hash] }",
        /// What the item carries: attribute name, and where its value comes from.
        required attributes: Map<AttributeName, Attribute> = "{ order_id: id, customer: user_id.username }",
        /// What of the MySQL table is left behind, each with the reason: a column's name (in backquotes if it isn't a
        /// plain word), `unique NAME`, `fulltext NAME`, `spatial NAME`, `check NAME`, `foreign key COLUMN`, `trigger NAME`; and
        /// what MySQL does with columns that are carried: `auto_increment COLUMN`, `on update COLUMN`, `generated COLUMN`;
        /// and `items over 400 KB`, the rows that DynamoDB takes no item of.
        optional dropped: Map<Scalar, Scalar> = "{ updated_at: nothing reads it }",
    }

    /// What an entity's Rust is like.
    block EntityRust "an entity's `rust`" at "entities.NAME.rust" harmless(true) {
        /// The struct's name, where it is not the entity's; the key and the repository are called after it.
        optional name: TypeName = "PurchaseOrder",
        /// Who sees the struct, its key and its repository.
        optional visibility: Choice<Visibility> = "pub(crate)",
        /// Derives of the struct, in place of the contract's.
        optional derive: Derives = "[Eq, Hash]",
        /// Whether serde reads and writes the struct and its key.
        optional serde: Flag = "false",
        /// Attributes of the struct, without `#[` and `]`. They stand behind its derives.
        optional attributes: List<RustAttribute, 1, UNBOUNDED> = "[\"serde(rename_all = \\\"camelCase\\\")\"]",
    }

    /// An attribute of an item. A path alone is the short form: `status: status`.
    block Attribute "an attribute" at "entities.NAME.attributes.NAME" short(path) {
        /// Where the value comes from: a column of the row, or one reached through foreign keys, `user_id.email`.
        required path: Scalar = "user_id.email",
        /// The DynamoDB type, where it is not the one that follows from the column's type.
        optional r#as: Choice<AttributeType> = "BOOL",
        /// What happens to zero dates, where it differs from the contract's `zero_dates`.
        optional zero_dates: Choice<ZeroDates> = "keep",
        /// What its Rust field is like.
        optional rust: AttributeRust = "{ enum: OrderStatus }",
    }

    /// What a field is like.
    block AttributeRust "an attribute's `rust`" at "entities.NAME.attributes.NAME.rust" not_both(r#type, r#enum)
        harmless(true) {
        /// A type of one's own; where the column may be NULL, the field is an `Option` of it.
        optional r#type: RustType = "crate::Money",
        /// The name of an enum that is generated from the column's members, which have to be ENUM's. Several columns of
        /// the same members can have one enum.
        optional r#enum: TypeName = "OrderStatus",
        /// The field's name, where it is not the attribute's.
        optional name: FieldName = "state",
        /// Who sees the field: everybody who sees the struct, `pub` (the default), `pub(crate)`, or nobody beyond the
        /// struct's module, `private`.
        optional visibility: Choice<FieldVisibility> = "private",
        /// Attributes of the field, without `#[` and `]`.
        optional attributes: List<RustAttribute, 1, UNBOUNDED> = "[serde(skip)]",
    }

    /// One question the application asks. `get` has at most one answer, `list` any number, in order, page by page.
    block Pattern "an access pattern" at "access_patterns.ENTITY.METHOD" one_of(get, list) only_with(page: list) {
        /// The attributes the caller gives, for at most one answer.
        optional get: List<AttributeName, 1, UNBOUNDED> = "[order_id]",
        /// The attributes the caller gives, for any number of answers.
        optional list: List<AttributeName, 1, UNBOUNDED> = "[user_id]",
        /// The index that answers; the table itself where this is not said.
        optional index: TableName = "ByUser",
        /// Items in a page when the caller doesn't say.
        optional page: Number<1, 1000> = "20",
    }
}

impl Source {
    /// Whether every view, routine and event could be read.
    pub(crate) fn is_whole(&self) -> bool {
        let objects = [&self.views, &self.procedures, &self.functions, &self.events];
        objects.into_iter().flatten().all(Map::is_whole)
    }
}

impl SourceTable {
    /// Whether every key, check and trigger could be read.
    pub(crate) fn is_whole(&self) -> bool {
        let keys = [&self.unique, &self.indexes, &self.fulltext, &self.spatial];
        let texts = [&self.foreign_keys, &self.checks, &self.triggers];
        keys.into_iter().flatten().all(Map::is_whole) && texts.into_iter().flatten().all(Map::is_whole)
    }
}
