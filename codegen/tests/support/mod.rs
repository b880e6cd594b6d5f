//! A contract built by hand, small enough to read its output, odd enough to matter.

use migratable_contract::model::{Contract, Entity, Field, Payment, Storage, Struct, Visibility};
use migratable_contract::source::SourceSchema;
use migratable_core::Text;
use migratable_core::collation::Collation;
use migratable_core::dynamodb::AttributeType;
use migratable_core::fingerprint;
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::mysql::{IntSize, LobSize, MySqlType, ZeroDates};
use migratable_core::plan::{
    AccessPattern, Attribute, Column, Index, Join, KeyAttribute, KeySource, PatternKind, Plan, Table,
    TableIndex,
};
use migratable_core::sql::pattern_sql;

/// Orders of users, and a table of every type.
pub(crate) fn shop() -> Contract {
    Contract {
        name: "shop".to_owned(),
        source: SourceSchema::default(),
        tables: vec![
            Table {
                name: text("Orders"),
                partition: (text("PK"), AttributeType::S),
                sort: Some((text("SK"), AttributeType::S)),
                indexes: vec![TableIndex {
                    name: text("ByUser"),
                    partition: vec![(text("user_id"), AttributeType::N)].into(),
                    sort: vec![(text("order_id"), AttributeType::N)].into(),
                    project: None,
                }]
                .into(),
            },
            Table {
                name: text("Everything"),
                partition: (text("id"), AttributeType::N),
                sort: None,
                indexes: Vec::new().into(),
            },
        ],
        entities: vec![order(), everything()],
        visibility: Visibility::Public,
        enums: Vec::new(),
        writes: Vec::new(),
        volumes: Vec::new(),
        storage: vec![kept(); 2],
    }
}

/// An entity with template keys, an index, a join, a list and a unique key.
pub(crate) fn order() -> Entity {
    let users = Join { table: text("users"), parent: 0, on: vec![(text("user_id"), text("id"))].into() };
    let joined = Column { table: 1, ..column("username", varchar(50, "utf8mb4_0900_ai_ci"), true) };
    let columns = vec![
        column("id", int(IntSize::Int, false), false),
        column("user_id", int(IntSize::Int, true), false),
        column("number", varchar(20, "utf8mb4_bin"), true),
        column("total", decimal(10), false),
        joined,
        Column { generated: true, ..column("label", varchar(40, "utf8mb4_bin"), true) },
    ];
    let attributes = ["order_id", "user_id", "number", "total", "customer", "label"];
    let template = |parts: Vec<KeyPart>| KeySource::Template(KeyTemplate { parts: parts.into() });
    let literal = |literal: &'static str| KeyPart::Literal(text(literal));
    let mut plan = plan("Order", "Orders", "orders", columns, &attributes);
    plan.joins = vec![users].into();
    plan.partition = KeyAttribute {
        name: text("PK"),
        source: template(vec![literal("ORDER#"), KeyPart::Column { column: 0, fold: false }]),
    };
    plan.sort = Some(KeyAttribute { name: text("SK"), source: template(vec![literal("ORDER")]) });
    plan.indexes = vec![
        Index {
            name: text("ByUser"),
            partition: vec![KeyAttribute { name: text("user_id"), source: KeySource::Attribute(1) }].into(),
            sort: vec![KeyAttribute { name: text("order_id"), source: KeySource::Attribute(0) }].into(),
        },
        Index {
            name: text("ByNumber"),
            partition: vec![KeyAttribute { name: text("number"), source: KeySource::Attribute(2) }].into(),
            sort: Vec::new().into(),
        },
    ]
    .into();
    add_pattern(&mut plan, "get", PatternKind::Get, vec![0], None, vec![], vec![]);
    add_pattern(&mut plan, "of_user", PatternKind::List { page: 20 }, vec![1], Some(0), vec![0], vec![0]);
    add_pattern(&mut plan, "by_number", PatternKind::Get, vec![2], Some(1), vec![], vec![]);
    let mut entity = entity("orders", plan);
    entity.fields[4].path = "user_id.username".to_owned();
    entity.dropped = vec![(text("updated_at"), text("nothing reads it [yet]"))];
    entity
}

/// An entity with every type and with names Rust can't have as they are.
pub(crate) fn everything() -> Entity {
    let keep = |column| Column { zero_dates: ZeroDates::Keep, ..column };
    let members = || vec![text("new"), text("it's"), text("a\"b\\c")].into();
    let bin = || collation("utf8mb4_bin");
    let columns = vec![
        column("id", int(IntSize::Big, true), false),
        column("type", int(IntSize::Tiny, false), true),
        column("self", MySqlType::Int { size: IntSize::Tiny, unsigned: false, display: Some(1) }, false),
        column("createdAt", MySqlType::Timestamp { fsp: 6 }, false),
        column("wide", decimal(65), true),
        column("ratio", MySqlType::Float { unsigned: false }, false),
        column("precise", MySqlType::Double { unsigned: true }, false),
        column("bits", MySqlType::Bit { length: 9 }, false),
        column("vintage", MySqlType::Year, false),
        column("code", MySqlType::Char { length: 2, collation: bin() }, false),
        column("notes", MySqlType::Text { size: LobSize::Medium, collation: bin() }, true),
        column("hash", MySqlType::Binary { length: 16 }, false),
        column("token", MySqlType::VarBinary { length: 9 }, false),
        column("picture", MySqlType::Blob { size: LobSize::Long }, true),
        column("born", MySqlType::Date, true),
        keep(column("died", MySqlType::Date, true)),
        column("took", MySqlType::Time { fsp: 3 }, false),
        column("at", MySqlType::DateTime { fsp: 0 }, false),
        keep(column("seen", MySqlType::Timestamp { fsp: 0 }, false)),
        column("state", MySqlType::Enum { members: members(), collation: bin() }, false),
        column("flags", MySqlType::Set { members: members(), collation: bin() }, false),
        column("a`b\n\"} evil", MySqlType::Json, false),
        column("small", int(IntSize::Small, false), false),
        column("medium", int(IntSize::Medium, true), false),
    ];
    let attributes = [
        "id",
        "type",
        "self",
        "createdAt",
        "wide",
        "ratio",
        "precise",
        "bits",
        "vintage",
        "code",
        "notes",
        "hash",
        "token",
        "picture",
        "born",
        "died",
        "took",
        "at",
        "seen",
        "state",
        "flags",
        "document",
        "small",
        "medium",
    ];
    let mut plan = plan("Everything", "Everything", "every`thing", columns, &attributes);
    plan.attributes.to_mut()[2].ty = AttributeType::Bool;
    plan.partition = KeyAttribute { name: text("id"), source: KeySource::Attribute(0) };
    add_pattern(&mut plan, "get", PatternKind::Get, vec![0], None, vec![], vec![]);
    add_pattern(&mut plan, "put", PatternKind::Get, vec![1, 9, 11, 4, 3], None, vec![], vec![]);
    entity("type", plan)
}

fn entity(repository: &str, plan: Plan) -> Entity {
    Entity {
        name: plan.entity.to_string(),
        repository: repository.to_owned(),
        rust: Struct::plain(plan.entity.as_ref()),
        fields: plan
            .attributes
            .iter()
            .map(|attribute| {
                Field::plain(attribute.name.as_ref(), plan.columns[attribute.column].name.as_ref())
            })
            .collect(),
        dropped: Vec::new(),
        left_checks: Vec::new(),
        not_served: Vec::new(),
        asked: Vec::new(),
        fingerprint: fingerprint::of(&[plan.entity.as_ref()]),
        plan,
    }
}

fn plan(
    entity: &'static str,
    table: &'static str,
    root: &'static str,
    columns: Vec<Column>,
    attributes: &[&'static str],
) -> Plan {
    assert_eq!(columns.len(), attributes.len());
    let attributes: Vec<Attribute> = attributes
        .iter()
        .zip(&columns)
        .enumerate()
        .map(|(column, (name, facts))| Attribute {
            name: text(name),
            column,
            ty: facts.ty.default_attribute_type(),
        })
        .collect();
    Plan {
        entity: text(entity),
        table: text(table),
        root: text(root),
        joins: Vec::new().into(),
        columns: columns.into(),
        attributes: attributes.into(),
        partition: KeyAttribute { name: text(""), source: KeySource::Attribute(0) },
        sort: None,
        indexes: Vec::new().into(),
        primary_key: vec![0].into(),
        checks: vec![].into(),
        filter: None,
        markers: Default::default(),
        ids: None,
        references: Default::default(),
        referrers: Default::default(),
        secrets: Default::default(),
        snapshots: Default::default(),
        maps: Default::default(),
        derived: Default::default(),
        patterns: Vec::new().into(),
        memo: Default::default(),
        fields: Vec::new().into(),
    }
}

fn add_pattern(
    plan: &mut Plan,
    name: &'static str,
    kind: PatternKind,
    by: Vec<usize>,
    index: Option<usize>,
    order: Vec<usize>,
    cursor: Vec<usize>,
) {
    let sql = pattern_sql(plan, &by, &order, kind);
    let (by, order, cursor) = (by.into(), order.into(), cursor.into());
    plan.patterns.to_mut().push(AccessPattern { name: text(name), kind, by, index, order, cursor, sql });
}

fn column(name: &'static str, ty: MySqlType, nullable: bool) -> Column {
    Column {
        table: 0,
        name: text(name),
        ty,
        nullable,
        generated: false,
        zero_dates: ZeroDates::Refuse,
        when_null: None,
    }
}

fn int(size: IntSize, unsigned: bool) -> MySqlType {
    MySqlType::Int { size, unsigned, display: None }
}

fn decimal(precision: u8) -> MySqlType {
    MySqlType::Decimal { precision, scale: 2, unsigned: false }
}

fn varchar(length: u32, name: &'static str) -> MySqlType {
    MySqlType::VarChar { length, collation: collation(name) }
}

fn collation(name: &'static str) -> Collation {
    Collation::constant(name)
}

fn text(text: &'static str) -> Text {
    Text::Borrowed(text)
}

fn kept() -> Storage {
    Storage {
        ttl: None,
        payment: Payment::OnDemand,
        stream: None,
        point_in_time_recovery: true,
        deletion_protection: true,
    }
}
