//! The contract language, field by field. This is the only place that says which fields there are: reading, the JSON
//! Schema and the reference page all follow it.

use migratable_core::mysql::ZeroDates;

use super::forms::{Formed, Project};
use super::kinds::{
    AttributeName, Choice, ContractName, EntityName, FieldName, Flag, List, Map, MethodName, Number,
    PatternName, RepositoryName, RustAttribute, RustDerive, RustType, TableName, TypeName, UNBOUNDED,
    Version,
};
use super::macros::language;
use super::reader::{Fields, Reader, Scalar};
use super::{Block, Field, Shape, Value, word};
use crate::diagnostic::Place;
use crate::model::{
    Billing, Change, Copied, FieldVisibility, Freshness, ItemType, Others, Rate, Span, Stream, TimeCrate,
    Visibility, Zone,
};
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
        /// Joins that no foreign key of one column says: `table.name`, and where it leads. Paths go through one by its name,
        /// as through a foreign key's column.
        optional relations: Map<Scalar, Relation> =
            "{ order_items.variant: { to: variants, on: { product_id: product_id, size: size } } }",
        /// The MySQL schema, in MySQL's words.
        required source: Source = "{ server: mysql 8.0, tables: { } }",
        /// The DynamoDB tables, by name.
        required tables: Map<TableName, Table> = "{ Orders: { partition: PK } }",
        /// The kinds of item, by name; the name is the Rust struct's.
        required entities: Map<EntityName, Entity> =
            "{ Order: { table: Orders, rows: orders, repository: orders, attributes: { order_id: id } } }",
        /// What the application asks of the data. The key is `Entity.method`, the value how it is answered.
        optional access_patterns: Map<PatternName, Pattern> = "{ Order.of_user: { list: [user_id], index: ByUser } }",
        /// What the application changes as one unit, by name. Generated code doesn't depend on it; rules do.
        optional writes: Map<MethodName, Write> =
            "{ place_order: { does: [insert Order, change Product], rate: 200/s } }",
        /// What generated Rust is like, for all entities that don't say otherwise.
        optional rust: Rust = "{ serde: true }",
        /// What of the source no entity reads, each with the reason: a table's name, `view NAME`, `procedure NAME`,
        /// `function NAME`, `event NAME`. A table's name stands in backquotes if it isn't a plain word.
        optional dropped: Map<Scalar, Scalar> = "{ audit_log: kept in MySQL for the auditors }",
        /// Warnings that are known and accepted. They are left out of what `check` says; one that is no longer there is said.
        optional allow: List<Allow, 1, UNBOUNDED> =
            "[{ code: MG0490, at: entities.Order.key, reason: ids never change, until: 2027-06-30 }]",
    }

    /// A warning that is known and accepted.
    block Allow "an entry of `allow`" at "allow" {
        /// Its code, as `check` prints it. Errors can't be allowed.
        required code: Scalar = "MG0490",
        /// Where it stands: the keys on the way there, with dots between them. Anywhere, where this is not said.
        optional at: Scalar = "entities.Order.key",
        /// Why it is accepted.
        required reason: Scalar = "ids never change",
        /// The last day on which it is; `check` says the warning again after that.
        optional until: Scalar = "2027-06-30",
    }

    /// A join that no foreign key of one column says.
    block Relation "a relation" at "relations.TABLE.NAME" {
        /// The table it leads to.
        required to: Scalar = "variants",
        /// Columns of the table it starts at, and the columns of the other one that equal them; those name one row at most.
        required on: Map<Scalar, Scalar> = "{ product_id: product_id, size: size }",
    }

    /// Changes that happen together or not at all.
    block Write "a write" at "writes.NAME" {
        /// What it changes: `insert`, `change` or `delete`, and the entity.
        required does: List<Formed<Change>, 1, UNBOUNDED> = "[insert Order, change Product, delete CartItem]",
        /// How often it happens.
        optional rate: Formed<Rate> = "200/s",
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
        /// How many rows there are; rules about sizes and costs ask it.
        optional rows: Number<1, { u32::MAX }> = "1200000",
        /// How many values columns have.
        optional distinct: Map<Scalar, Number<1, { u32::MAX }>> = "{ status: 3 }",
        /// Who writes it: `repository`, which is generated code, and names of one's own. Nobody but the repository where this
        /// is not said.
        optional writers: List<Scalar, 1, UNBOUNDED> = "[repository, nightly_import]",
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
        /// The attribute that says when an item expires: a number of seconds since 1970.
        optional ttl: AttributeName = "expires_at",
        /// How it is paid for: by request, `on_demand` (the default), or by `provisioned` capacity.
        optional billing: Choice<Billing> = "on_demand",
        /// The provisioned capacity that the table and each of its indexes is made with. What it is later, nothing compares,
        /// so that it can be scaled.
        optional capacity: Capacity = "{ read: 10, write: 5 }",
        /// What the table's stream says of each write: the keys alone (`keys_only`), the item after it (`new_image`) or before
        /// it (`old_image`), or both. Where this is not said, no stream is made, and one that is there is left alone.
        optional stream: Choice<Stream> = "new_and_old_images",
        /// Whether the table can be restored as it was at any second of the last weeks. It is, unless `false` stands here.
        optional point_in_time_recovery: Flag = "false",
        /// Whether DynamoDB refuses to delete the table. It does, unless `false` stands here.
        optional deletion_protection: Flag = "false",
        /// Global secondary indexes, by name.
        optional indexes: Map<TableName, Index> = "{ ByUser: { partition: [user_id], sort: [order_id] } }",
    }

    /// Provisioned capacity.
    block Capacity "a capacity" at "tables.NAME.capacity" {
        /// Reads of 4 KB a second, strongly consistent; half of that for reads that may lag.
        required read: Number<1, { u32::MAX }> = "10",
        /// Writes of 1 KB a second.
        required write: Number<1, { u32::MAX }> = "5",
    }

    /// A global secondary index. An item that lacks one of its key attributes is not in it.
    block Index "an index" at "tables.NAME.indexes.NAME" {
        /// Partition key attributes, 1 to 4.
        required partition: List<AttributeName, 1, 4> = "[user_id]",
        /// Sort key attributes, up to 4.
        optional sort: List<AttributeName, 1, 4> = "[order_id]",
        /// What it holds of each item besides keys: `all` (the default), `keys` alone, or these attributes.
        optional project: Project = "[total, status]",
    }

    /// One kind of item: the rows of one MySQL table, with what foreign keys lead to.
    block Entity "an entity" at "entities.NAME" only_with(otherwise: r#where) {
        /// The DynamoDB table its items live in.
        required table: TableName = "Orders",
        /// The MySQL table whose rows become items.
        required rows: Scalar = "orders",
        /// Which rows become items: those of which this is TRUE. In MySQL's words, with paths.
        optional r#where: Scalar = "deleted_at is null",
        /// What the other rows become: nothing, `absent` (the default), or a `tombstone`, the key alone.
        optional otherwise: Choice<Others> = "tombstone",
        /// What the repository is called on the generated handle.
        required repository: RepositoryName = "orders",
        /// How key attributes are built: text with paths in braces. `{path}` is a value in full, `{path:fold}` a text made
        /// equal to whatever its collation holds equal to it, `{path:%Y-%m}` a part of a date or of a moment (in UTC),
        /// `{path:012}` a whole number with more digits than its type needs, `{shard(path, 8)}` one of so many shards, which
        /// depends on the value alone; `{{` and `}}` are braces. A key attribute that is an attribute of the entity needs no
        /// entry.
        optional key: Map<AttributeName, Scalar> = "{ PK: \"ORDER#{id}\" }",
        /// Items that hold unique keys of the MySQL table: the unique key's name, and the table's key attributes as the
        /// entity's `key` has them. Where a column of the key is NULL, there is none.
        optional unique: Map<Scalar, Map<AttributeName, Scalar>> =
            "{ email: { PK: \"EMAIL#{email:fold}\", SK: EMAIL } }",
        /// Who counts up what MySQL counted up: the AUTO_INCREMENT column, and the DynamoDB table whose item counts from then
        /// on.
        optional ids: Map<Scalar, Ids> = "{ id: Counters }",
        /// Foreign keys that units of work keep in DynamoDB as MySQL keeps them: the foreign key's columns, and the attribute
        /// that counts these rows, of the entity whose rows it points at. What `on delete` does is the source's to say.
        optional references: Map<Scalar, Scalar> = "{ user_id: User.order_count }",
        /// What its Rust is like.
        optional rust: EntityRust = "{ name: PurchaseOrder, derive: [Hash] }",
        /// What the item carries: attribute name, and where its value comes from.
        required attributes: Map<AttributeName, Attribute> = "{ order_id: id, customer: user_id.username }",
        /// What of the MySQL table is left behind, each with the reason: a column's name (in backquotes if it isn't a
        /// plain word), `unique NAME`, `fulltext NAME`, `spatial NAME`, `check NAME`, `foreign key COLUMN`, `trigger NAME`; and
        /// what MySQL does with columns that are carried: `auto_increment COLUMN`, `on update COLUMN`, `generated COLUMN`;
        /// and `items over 400 KB`, the rows that DynamoDB takes no item of; `way back`, that rows made of items lack something.
        optional dropped: Map<Scalar, Scalar> = "{ updated_at: nothing reads it }",
    }

    /// Who counts up a column. A table's name alone is the short form: `id: Counters`.
    block Ids "who counts up a column" at "entities.NAME.ids.NAME" short(table) {
        /// A table of counters: a partition key and nothing else, and no entity in it.
        required table: TableName = "Counters",
        /// How many ids a process takes at once, 100 where this is not said. What it has not given out when it ends is lost.
        optional block: Number<1, 1_000_000> = "1000",
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
    block Attribute "an attribute" at "entities.NAME.attributes.NAME" short(path)
        one_of(path, text, case, map, collect, count, sum, avg, min, max, ancestors, depth)
        not_both(plus, minus) not_both(take, fields) not_both(take, keyed_by)
        only_with(r#as: path | collect, zero_dates: path, copy: path, format: path, plus: path, minus: path,
            zone: path, when_null: path | sum | avg | min | max, r#else: case, sum: of, avg: of, min: of, max: of,
            of: sum | avg | min | max, r#where: collect | count | sum | avg | min | max, order: collect,
            limit: collect, stale: avg | min | max | collect, fields: collect, keyed_by: collect, take: collect | ancestors, collect: take | fields,
            ancestors: take, join: ancestors) {
        /// Where the value comes from: a column of the row, or one reached through foreign keys, `user_id.email`.
        optional path: Scalar = "user_id.email",
        /// The DynamoDB type, where it is not the one that follows from the column's type. `epoch` makes a moment a number of
        /// seconds since 1970, in UTC.
        optional r#as: Choice<ItemType> = "BOOL",
        /// What happens to zero dates, where it differs from the contract's `zero_dates`.
        optional zero_dates: Choice<ZeroDates> = "keep",
        /// Whether a value of another table's row follows that row, `live` (the default), or stays what it was when the item
        /// was written, `at_write`.
        optional copy: Choice<Copied> = "at_write",
        /// What stands where there is no value: on a path that leaves the row, and on what is worked out of rows.
        optional when_null: Scalar = "Anonymous",
        /// A moment as text, by a pattern of `%Y`, `%m`, `%d`, `%H`, `%M`, `%S` and `%%`.
        optional format: Scalar = "\"%Y-%m\"",
        /// A moment that much later.
        optional plus: Formed<Span> = "30d",
        /// A moment that much earlier.
        optional minus: Formed<Span> = "1y",
        /// The time zone that a DATE or DATETIME is read in, for `as: epoch`.
        optional zone: Choice<Zone> = "UTC",
        /// A text with paths in braces, written as in `key`. It is absent where one of them is NULL.
        optional text: Scalar = "\"{first_name} {last_name}\"",
        /// Conditions, in MySQL's words, and the text with paths in braces that stands for the first one that is TRUE.
        optional case: Map<Scalar, Scalar> = "{ \"status = 'P'\": Pending, \"status = 'S'\": \"{shipped_at}\" }",
        /// The text that stands where no condition is TRUE; without one, the attribute is absent there.
        optional r#else: Scalar = "Unknown",
        /// A map: names, and the paths of their values. What is NULL is not in it.
        optional map: Map<AttributeName, Scalar> = "{ first: first_name, last: last_name }",
        /// The rows of another table that point at this row, as a list: `table.column` of the foreign key, or
        /// `table.name` of a relation.
        optional collect: Scalar = "order_items.order_id",
        /// How many rows point at this row.
        optional count: Scalar = "order_items.order_id",
        /// The sum over the rows that point at this row. Of no rows it is absent.
        optional sum: Scalar = "order_items.order_id",
        /// The average, in the same way.
        optional avg: Scalar = "order_items.order_id",
        /// The smallest value, in the same way.
        optional min: Scalar = "order_items.order_id",
        /// The largest value, in the same way.
        optional max: Scalar = "order_items.order_id",
        /// What is summed up or compared: an expression over the other table's columns.
        optional of: Scalar = "price * quantity",
        /// Which of the rows count, over the other table's columns.
        optional r#where: Scalar = "quantity > 0",
        /// The order of a list's elements: columns of the other table, `desc` behind those that go down. Its primary key
        /// decides where they are equal.
        optional order: Scalar = "position, id desc",
        /// How many elements a list has at most: the first of its order.
        optional limit: Number<1, 1000000> = "5",
        /// How old the value may be in phase 5, where no write of a single row keeps it: those of `avg`, `min`, `max`, and of
        /// lists.
        optional stale: Formed<Span> = "1h",
        /// What each element carries: names, and paths from the other table.
        optional fields: Map<AttributeName, Scalar> = "{ product: product_id.name, quantity: quantity }",
        /// One path instead of `fields`, so that elements are its values; of `ancestors`, what each row gives.
        optional take: Scalar = "tag_id.name",
        /// The path whose values name the elements: a map instead of a list.
        optional keyed_by: Scalar = "id",
        /// The way from the root of a tree to this row, as text: the column that points at the row above. It may stand
        /// behind a path.
        optional ancestors: Scalar = "parent_id",
        /// What stands between the rows of the way.
        optional join: Scalar = "\"/\"",
        /// How many rows stand above this row in a tree: the column that points at the row above.
        optional depth: Scalar = "parent_id",
        /// Whether it stays out of what `Debug` prints.
        optional secret: Flag = "true",
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
    block Pattern "an access pattern" at "access_patterns.ENTITY.METHOD" one_of(get, list, not_served) only_with(page: list, index: get | list, rate: get | list, freshness: get | list, consistent: get | list,
        remedy: not_served) {
        /// The attributes the caller gives, for at most one answer.
        optional get: List<AttributeName, 1, UNBOUNDED> = "[order_id]",
        /// The attributes the caller gives, for any number of answers.
        optional list: List<AttributeName, 1, UNBOUNDED> = "[user_id]",
        /// The index that answers; the table itself where this is not said.
        optional index: TableName = "ByUser",
        /// Items in a page when the caller doesn't say.
        optional page: Number<1, 1000> = "20",
        /// How often it is asked.
        optional rate: Formed<Rate> = "220/s",
        /// How old an answer may be: what the copies it carries lag behind, `bounded` (the default), or not at all,
        /// `strict`.
        optional freshness: Choice<Freshness> = "strict",
        /// Whether DynamoDB reads it consistently, which indexes can't.
        optional consistent: Flag = "true",
        /// Why nothing answers it. No method is generated.
        optional not_served: Scalar = "text search over names and descriptions",
        /// What answers it instead.
        optional remedy: Scalar = "a search index fed from the table's stream",
    }
}

impl Source {
    /// Whether every view, routine and event could be read.
    pub(crate) fn is_whole(&self) -> bool {
        let objects = [&self.views, &self.procedures, &self.functions, &self.events];
        objects.into_iter().flatten().all(Map::is_whole)
    }
}

impl Attribute {
    /// Which rows of another table it is worked out of.
    pub(crate) fn rows(&self) -> Option<&Scalar> {
        let words = [&self.collect, &self.count, &self.sum, &self.avg, &self.min, &self.max];
        words.into_iter().find_map(Option::as_ref)
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
