//! Plans built by hand, with every kind of value that no column is, and the tables and rows they are of.

use migratable_core::check::{Expr, Op};
use migratable_core::collation::Collation;
use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::mysql::{IntSize, MySqlType, ZeroDates};
use migratable_core::plan::{
    AccessPattern, Aggregate, Attribute, ChildRows, Collection, CollectionForm, Column, Compute, Derived,
    DerivedSource, Filter, Function, Join, KeyAttribute, KeySource, MapAttribute, Member, Ordering,
    PatternKind, PatternSql, Plan, Scalar, TextPart, Tree, TreeValue,
};
use migratable_core::sql;

/// A shop's tables.
pub const SCHEMA: &str = "
CREATE TABLE users (id INT PRIMARY KEY, email VARCHAR(60) COLLATE utf8mb4_unicode_ci UNIQUE, first_name VARCHAR(20), last_name VARCHAR(20));
CREATE TABLE categories (id INT PRIMARY KEY, parent_id INT NULL, name VARCHAR(20) NOT NULL);
CREATE TABLE products (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, category_id INT NULL, seller_id INT NOT NULL, tester_id INT NULL, price DECIMAL(10,2) NOT NULL);
CREATE TABLE orders (id INT PRIMARY KEY, user_id INT NULL, status CHAR(1) COLLATE utf8mb4_bin NOT NULL, created_at TIMESTAMP NOT NULL, deleted_at DATETIME NULL);
CREATE TABLE order_items (id INT PRIMARY KEY, order_id INT NOT NULL, product_id INT NULL, quantity INT NOT NULL, price DECIMAL(10,2) NULL, note VARBINARY(20) NULL);
CREATE TABLE reviews (id INT PRIMARY KEY, product_id INT NOT NULL, stars TINYINT NOT NULL, written TIMESTAMP(3) NOT NULL);
CREATE TABLE product_tags (product_id INT NOT NULL, tag VARCHAR(20) COLLATE utf8mb4_bin NULL, n INT AUTO_INCREMENT PRIMARY KEY);
";

/// Their rows.
pub const ROWS: &str = "
INSERT INTO users VALUES (1, 'Ann@Example.com', 'Ann', 'Lee'), (2, NULL, 'Bo', NULL);
INSERT INTO categories VALUES (1, NULL, 'Home'), (2, 1, 'Kitchen'), (3, 2, 'Pans'), (7, 8, 'A'), (8, 7, 'B'), (9, 99, 'Lost');
INSERT INTO products VALUES (10, 'Pan', 3, 1, 2, 19.90), (11, 'Lid', NULL, 2, NULL, 5.00), (12, 'Odd', 7, 1, NULL, 1.00);
INSERT INTO orders VALUES (100, 1, 'P', '2024-02-29 22:30:00', NULL), (101, NULL, 'S', '2023-12-31 23:59:59', NULL), (102, 1, 'X', '2024-01-01 00:00:00', '2024-02-01 00:00:00');
INSERT INTO order_items VALUES (1, 100, 10, 2, 19.90, X'003B2C7E'), (2, 100, NULL, 1, NULL, NULL), (3, 100, 11, 2, 5.00, ''), (4, 102, 10, 1, 0.10, NULL);
INSERT INTO reviews VALUES (1, 10, 5, '2024-01-01 10:00:00.5'), (2, 10, 5, '2024-01-02 10:00:00'), (3, 10, 1, '2024-01-03 10:00:00'), (4, 10, 4, '2024-01-04 10:00:00');
INSERT INTO product_tags (product_id, tag) VALUES (10, 'steel'), (10, NULL), (10, 'a;b,c)~'), (10, 'steel');
";

/// INT.
pub const INT: MySqlType = MySqlType::Int { size: IntSize::Int, unsigned: false, display: None };
/// TINYINT.
pub const TINY: MySqlType = MySqlType::Int { size: IntSize::Tiny, unsigned: false, display: None };
/// BIGINT.
pub const BIG: MySqlType = MySqlType::Int { size: IntSize::Big, unsigned: false, display: None };

/// VARCHAR.
pub fn text_type(length: u32, collation: &'static str) -> MySqlType {
    MySqlType::VarChar { length, collation: Collation::constant(collation) }
}

/// A text that is worked out.
pub fn text() -> MySqlType {
    text_type(200, "utf8mb4_bin")
}

/// DECIMAL.
pub const fn decimal(precision: u8, scale: u8) -> MySqlType {
    MySqlType::Decimal { precision, scale, unsigned: false }
}

/// A column of a table of the plan.
pub fn column(table: usize, name: &'static str, ty: MySqlType, nullable: bool) -> Column {
    Column {
        table,
        name: name.into(),
        ty,
        nullable,
        generated: false,
        zero_dates: ZeroDates::Refuse,
        when_null: None,
    }
}

/// A join by a foreign key to `id`.
pub fn join(table: &'static str, parent: usize, from: &'static str) -> Join {
    Join { table: table.into(), parent, on: vec![(from.into(), "id".into())].into() }
}

/// What is worked out.
pub fn derived(name: &'static str, source: DerivedSource) -> Derived {
    Derived { name: name.into(), source }
}

/// Its type.
pub fn scalar(ty: MySqlType, attribute: AttributeType, nullable: bool) -> Scalar {
    Scalar { ty, attribute, nullable }
}

/// A member of a map.
pub fn member(name: &'static str, column: usize, ty: AttributeType) -> Member {
    Member { name: name.into(), column, ty }
}

/// A key that a template builds.
pub fn key(name: &'static str, parts: Vec<KeyPart>) -> KeyAttribute {
    KeyAttribute { name: name.into(), source: KeySource::Template(KeyTemplate { parts: parts.into() }) }
}

/// Text of a template.
pub fn literal(text: &'static str) -> KeyPart {
    KeyPart::Literal(text.into())
}

/// A column of a template.
pub fn plain(column: usize) -> KeyPart {
    KeyPart::Column { column, fold: false }
}

/// An operation.
pub fn apply(op: Op, operands: Vec<Expr>) -> Expr {
    Expr::Apply { op, operands: operands.into() }
}

/// A plan whose first `attributes` columns are attributes of their own names, asked by its first column.
pub fn plan(
    entity: &'static str,
    root: &'static str,
    joins: Vec<Join>,
    columns: Vec<Column>,
    attributes: usize,
) -> Plan {
    let attribute = |(position, column): (usize, &Column)| Attribute {
        name: format!("{}{}", ["", "seller_", "tester_", "category_"][column.table], column.name).into(),
        column: position,
        ty: column.ty.default_attribute_type(),
    };
    let attributes: Vec<Attribute> = columns.iter().enumerate().take(attributes).map(attribute).collect();
    Plan {
        entity: entity.into(),
        table: "Things".into(),
        root: root.into(),
        joins: joins.into(),
        columns: columns.into(),
        attributes: attributes.into(),
        maps: vec![].into(),
        derived: vec![].into(),
        partition: key("PK", vec![literal("T#"), plain(0)]),
        sort: None,
        indexes: vec![].into(),
        primary_key: vec![0].into(),
        checks: vec![].into(),
        filter: None,
        markers: vec![].into(),
        ids: None,
        references: Default::default(),
        referrers: Default::default(),
        secrets: vec![].into(),
        snapshots: vec![].into(),
        patterns: vec![].into(),
        memo: Default::default(),
        fields: vec![].into(),
    }
}

/// The plan with its statements.
pub fn finished(mut plan: Plan) -> Plan {
    let kind = PatternKind::Get;
    let pattern = AccessPattern {
        name: "get".into(),
        kind,
        by: vec![0].into(),
        index: None,
        order: vec![].into(),
        cursor: vec![].into(),
        sql: PatternSql::default(),
    };
    let sql = sql::pattern_sql(&plan, &[0], &[], kind);
    plan.patterns = vec![AccessPattern { sql, ..pattern }].into();
    // What compiled code carries is the same plan.
    let packed: &'static str = plan.pack().leak();
    assert_eq!(Plan::unpack(packed).as_ref(), Some(&plan));
    plan
}

fn items_of_order(columns: Vec<Column>, joins: Vec<Join>) -> ChildRows {
    ChildRows {
        table: "order_items".into(),
        on: vec![("id".into(), "order_id".into())].into(),
        joins: joins.into(),
        columns: columns.into(),
        filter: None,
    }
}

/// Orders, with their lines and their customers.
pub fn order() -> Plan {
    let when_null = Column {
        when_null: Some("nobody".into()),
        ..column(1, "email", text_type(60, "utf8mb4_unicode_ci"), false)
    };
    let columns = vec![
        column(0, "id", INT, false),
        column(
            0,
            "status",
            MySqlType::Char { length: 1, collation: Collation::constant("utf8mb4_bin") },
            false,
        ),
        column(0, "created_at", MySqlType::Timestamp { fsp: 0 }, false),
        column(0, "deleted_at", MySqlType::DateTime { fsp: 0 }, true),
        when_null,
        column(1, "first_name", text_type(20, "utf8mb4_unicode_ci"), true),
        column(1, "last_name", text_type(20, "utf8mb4_unicode_ci"), true),
    ];
    let mut plan = plan("Order", "orders", vec![join("users", 0, "user_id")], columns, 5);
    plan.maps = vec![MapAttribute {
        name: "customer".into(),
        members: vec![member("first", 5, AttributeType::S), member("last", 6, AttributeType::S)].into(),
    }]
    .into();
    let line = vec![
        column(0, "id", INT, false),
        column(1, "name", text_type(20, "utf8mb4_unicode_ci"), true),
        column(0, "quantity", INT, false),
        column(0, "price", decimal(10, 2), true),
        column(0, "note", MySqlType::VarBinary { length: 20 }, true),
    ];
    let lines = || items_of_order(line.clone(), vec![join("products", 0, "product_id")]);
    let members = || {
        vec![
            member("product", 1, AttributeType::S),
            member("quantity", 2, AttributeType::N),
            member("price", 3, AttributeType::N),
            member("note", 4, AttributeType::B),
        ]
    };
    let down = |column| Ordering { column, descending: true };
    let up = |column| Ordering { column, descending: false };
    let value = apply(Op::Multiply, vec![Expr::Column(3), Expr::Column(2)]);
    let aggregate = |function, of, when_null: Option<&'static str>, scalar| {
        DerivedSource::Aggregate(Aggregate {
            function,
            of,
            rows: lines(),
            when_null: when_null.map(Into::into),
            scalar,
        })
    };
    let moment = |months, seconds, epoch| Compute::Moment { column: 2, months, seconds, epoch };
    let status = |letter: &'static str| apply(Op::Equal, vec![Expr::Column(1), Expr::Text(letter.into())]);
    let several = ChildRows {
        filter: Some(apply(Op::Greater, vec![Expr::Column(2), Expr::Number { digits: 1, scale: 0 }])),
        ..lines()
    };
    plan.derived = vec![
        derived(
            "lines",
            DerivedSource::Collection(Collection {
                rows: lines(),
                // A tie of quantities is broken by the id.
                order: vec![down(2), up(0)].into(),
                limit: None,
                form: CollectionForm::List(members().into()),
            }),
        ),
        derived(
            "first_two",
            DerivedSource::Collection(Collection {
                rows: lines(),
                order: vec![up(0)].into(),
                limit: Some(2),
                form: CollectionForm::List(vec![member("quantity", 2, AttributeType::N)].into()),
            }),
        ),
        derived(
            "by_line",
            DerivedSource::Collection(Collection {
                rows: several,
                order: vec![up(0)].into(),
                limit: None,
                form: CollectionForm::Map {
                    key: 0,
                    members: vec![member("quantity", 2, AttributeType::N)].into(),
                },
            }),
        ),
        derived("count", aggregate(Function::Count, None, None, scalar(BIG, AttributeType::N, false))),
        derived(
            "total",
            aggregate(
                Function::Sum,
                Some(value.clone()),
                Some("0"),
                scalar(decimal(38, 2), AttributeType::N, false),
            ),
        ),
        derived(
            "average",
            aggregate(
                Function::Avg,
                Some(Expr::Column(3)),
                None,
                scalar(decimal(14, 6), AttributeType::N, true),
            ),
        ),
        derived(
            "most",
            aggregate(Function::Max, Some(Expr::Column(2)), None, scalar(INT, AttributeType::N, true)),
        ),
        derived(
            "least",
            aggregate(Function::Min, Some(value), None, scalar(decimal(20, 2), AttributeType::N, true)),
        ),
        derived(
            "expires_at",
            DerivedSource::Computed {
                compute: moment(84, 0, true),
                scalar: scalar(BIG, AttributeType::N, false),
            },
        ),
        derived(
            "next_day",
            DerivedSource::Computed {
                compute: moment(0, 86_400, false),
                scalar: scalar(MySqlType::Timestamp { fsp: 0 }, AttributeType::S, false),
            },
        ),
        derived(
            "label",
            DerivedSource::Computed {
                compute: Compute::Text(
                    vec![
                        TextPart::Column(5),
                        TextPart::Literal(" ".into()),
                        TextPart::Column(6),
                        TextPart::Literal(" ".into()),
                        TextPart::Padded { column: 0, width: 5 },
                    ]
                    .into(),
                ),
                scalar: scalar(text(), AttributeType::S, true),
            },
        ),
        derived(
            "month",
            DerivedSource::Computed {
                compute: Compute::Text(
                    vec![TextPart::Time { column: 2, pattern: "%Y-%m %H:%M".into() }].into(),
                ),
                scalar: scalar(text(), AttributeType::S, true),
            },
        ),
        derived(
            "state",
            DerivedSource::Computed {
                compute: Compute::Case {
                    arms: vec![
                        (status("P"), vec![TextPart::Literal("Pending".into())].into()),
                        (status("S"), vec![TextPart::Literal("Shipped ".into()), TextPart::Column(0)].into()),
                    ]
                    .into(),
                    otherwise: None,
                },
                scalar: scalar(text(), AttributeType::S, true),
            },
        ),
    ]
    .into();
    plan.filter = Some(Filter {
        expression: "deleted_at is null".into(),
        rule: apply(Op::IsNull, vec![Expr::Column(3)]),
        tombstones: true,
    });
    plan.secrets = vec!["email".into()].into();
    finished(plan)
}

/// Products, with the way to their categories, tags and reviews.
pub fn product() -> Plan {
    let columns = vec![
        column(0, "id", INT, false),
        column(0, "name", text_type(20, "utf8mb4_unicode_ci"), false),
        column(1, "first_name", text_type(20, "utf8mb4_unicode_ci"), true),
        column(2, "first_name", text_type(20, "utf8mb4_unicode_ci"), true),
    ];
    let joins = vec![
        join("users", 0, "seller_id"),
        join("users", 0, "tester_id"),
        join("categories", 0, "category_id"),
    ];
    let mut plan = plan("Product", "products", joins, columns, 4);
    let rows = |table: &'static str, columns: Vec<Column>| ChildRows {
        table: table.into(),
        on: vec![("id".into(), "product_id".into())].into(),
        joins: vec![].into(),
        columns: columns.into(),
        filter: None,
    };
    let tags = || {
        rows(
            "product_tags",
            vec![column(0, "tag", text_type(20, "utf8mb4_bin"), true), column(0, "n", INT, false)],
        )
    };
    let by_n = vec![Ordering { column: 1, descending: false }];
    let reviews = vec![
        column(0, "stars", TINY, false),
        column(0, "written", MySqlType::Timestamp { fsp: 3 }, false),
        column(0, "id", INT, false),
    ];
    let way = |value, ty, attribute| {
        DerivedSource::Tree(Tree {
            table: 3,
            key: "id".into(),
            parent: "parent_id".into(),
            value,
            scalar: scalar(ty, attribute, true),
        })
    };
    plan.derived = vec![
        derived(
            "category_path",
            way(TreeValue::Path { take: "name".into(), join: " > ".into() }, text(), AttributeType::S),
        ),
        derived("category_level", way(TreeValue::Depth, INT, AttributeType::N)),
        derived(
            "tags",
            DerivedSource::Collection(Collection {
                rows: tags(),
                order: by_n.clone().into(),
                limit: None,
                form: CollectionForm::Values(member("tag", 0, AttributeType::S)),
            }),
        ),
        derived(
            "tag_set",
            DerivedSource::Collection(Collection {
                rows: tags(),
                order: by_n.into(),
                limit: None,
                form: CollectionForm::Set(member("tag", 0, AttributeType::S)),
            }),
        ),
        derived(
            "reviews",
            DerivedSource::Collection(Collection {
                rows: rows("reviews", reviews),
                order: vec![
                    Ordering { column: 0, descending: true },
                    Ordering { column: 1, descending: true },
                ]
                .into(),
                limit: Some(3),
                form: CollectionForm::List(
                    vec![member("stars", 0, AttributeType::N), member("written", 1, AttributeType::S)].into(),
                ),
            }),
        ),
    ]
    .into();
    finished(plan)
}
