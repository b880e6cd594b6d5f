//! An entity for this crate's tests, written by hand as the derive would: several column types, a composite key, three
//! indexes, one of them over folded text.

use std::sync::LazyLock;

use migratable_core::Text;
use migratable_core::check::Draft;
use migratable_core::collation::Collation;
use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::mysql::{IntSize, MySqlType, ZeroDates};
use migratable_core::plan::{
    AccessPattern, Attribute, Column, Index, KeyAttribute, KeySource, PatternKind, PatternSql, Plan,
};
use migratable_core::value::{Date, DateTime, Decimal, Row, Value};

use crate::column;
use crate::entity::Entity;
use crate::field::{Field, FieldError};
use crate::key::Key;
use crate::kind;
use crate::row::RowReader;

/// Columns, by position.
pub(crate) const ID: usize = 0;
pub(crate) const USER: usize = 1;
pub(crate) const CREATED: usize = 2;
pub(crate) const EMAIL: usize = 3;
pub(crate) const TOTAL: usize = 4;
pub(crate) const TAGS: usize = 5;
const COLUMNS: usize = 6;

/// Access patterns, by position.
#[cfg(feature = "dynamodb")]
pub(crate) const GET: usize = 0;
#[cfg(feature = "dynamodb")]
pub(crate) const BY_EMAIL: usize = 1;
pub(crate) const OF_USER: usize = 2;
pub(crate) const IN_TABLE: usize = 3;
pub(crate) const SINCE: usize = 4;
pub(crate) const OF_USER_WITH_TOTAL: usize = 5;
#[cfg(feature = "dynamodb")]
pub(crate) const OF_USER_AT: usize = 6;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Order {
    pub(crate) id: i32,
    pub(crate) user: i32,
    pub(crate) email: Option<String>,
    pub(crate) tags: Vec<String>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct OrderColumns {
    pub(crate) user: column::Column<Order, kind::I32, i32>,
}

pub(crate) fn order() -> Order {
    Order { id: 7, user: 3, email: Some("Bob@example.org".to_owned()), tags: vec!["new".to_owned()] }
}

/// The row of [`order`].
pub(crate) fn row() -> Row {
    vec![
        Value::Int(7),
        Value::Int(3),
        Value::Timestamp(moment()),
        Value::Text("Bob@example.org".to_owned()),
        Value::Decimal(Decimal::parse("12.50").expect("a decimal")),
        Value::Set(vec!["new".to_owned()]),
    ]
}

pub(crate) fn moment() -> DateTime {
    let date = Date { year: 2024, month: 1, day: 31 };
    DateTime { date, hour: 10, minute: 0, second: 0, micros: 0 }
}

impl Entity for Order {
    const FINGERPRINT: u64 = 1;

    type Columns = OrderColumns;

    const COLUMNS: OrderColumns = OrderColumns { user: column::Column::new(USER, "user_id") };

    fn plan() -> &'static Plan {
        static PLAN: LazyLock<Plan> = LazyLock::new(plan);
        &PLAN
    }

    fn draft(&self) -> Draft {
        let mut draft = Draft::default();
        for (column, value) in row().into_iter().enumerate() {
            let value = match column {
                ID => Field::<kind::I32>::to_value(&self.id),
                USER => Field::<kind::I32>::to_value(&self.user),
                EMAIL => Field::<kind::Nullable<kind::Text>>::to_value(&self.email),
                TAGS => Field::<kind::Set>::to_value(&self.tags),
                _ => Ok(value),
            };
            match value {
                Ok(value) => draft.push(value),
                Err(error) => draft.fail(error),
            }
        }
        draft
    }

    fn from_row(row: Row) -> Result<Self, FieldError> {
        let mut row = RowReader::new(row, COLUMNS)?;
        let (id, user, _, email, _, tags) =
            (row.value(), row.value(), row.value(), row.value(), row.value(), row.value());
        Ok(Self {
            id: Field::<kind::I32>::from_value(id).map_err(|error| row.error("order_id", error))?,
            user: Field::<kind::I32>::from_value(user).map_err(|error| row.error("user_id", error))?,
            email: Field::<kind::Nullable<kind::Text>>::from_value(email)
                .map_err(|error| row.error("email", error))?,
            tags: Field::<kind::Set>::from_value(tags).map_err(|error| row.error("tags", error))?,
        })
    }
}

/// Keys as the derive makes them, but that their fields are values.
macro_rules! keys {
    ($($name:ident of $index:expr, $columns:literal;)*) => {
        $(
            #[derive(Clone, Debug, PartialEq)]
            pub(crate) struct $name(pub(crate) Row);

            impl Key for $name {
                type Entity = Order;

                const INDEX: Option<usize> = $index;

                fn to_values(&self) -> Result<Row, FieldError> {
                    Ok(self.0.clone())
                }

                fn from_values(values: &mut RowReader) -> Result<Self, FieldError> {
                    Ok(Self((0..$columns).map(|_| values.value()).collect()))
                }
            }
        )*
    };
}

keys! {
    OrderKey of None, 3;
    OrderByEmailKey of Some(0), 1;
    OrderByUserKey of Some(1), 3;
}

fn plan() -> Plan {
    let int = MySqlType::Int { size: IntSize::Int, unsigned: false, display: None };
    let folded = MySqlType::VarChar { length: 20, collation: Collation::constant("utf8mb4_general_ci") };
    let binary = Collation::constant("utf8mb4_0900_bin");
    let tags = MySqlType::Set {
        members: vec!["new".into(), "paid".into(), "sent".into()].into(),
        collation: binary,
    };
    let columns = [
        ("id", "order_id", int.clone(), AttributeType::N, false),
        ("user_id", "user_id", int, AttributeType::N, false),
        ("created_at", "created_at", MySqlType::Timestamp { fsp: 0 }, AttributeType::S, false),
        ("email", "email", folded, AttributeType::S, true),
        (
            "total",
            "total",
            MySqlType::Decimal { precision: 10, scale: 2, unsigned: false },
            AttributeType::N,
            false,
        ),
        ("tags", "tags", tags, AttributeType::L, false),
    ];
    let mut plan = Plan {
        entity: "Order".into(),
        table: "Orders".into(),
        root: "orders".into(),
        joins: vec![].into(),
        columns: columns
            .iter()
            .map(|(name, _, ty, _, nullable)| column(name, ty, *nullable))
            .collect::<Vec<_>>()
            .into(),
        attributes: columns
            .iter()
            .enumerate()
            .map(|(column, (_, name, _, ty, _))| Attribute { name: Text::Borrowed(name), column, ty: *ty })
            .collect::<Vec<_>>()
            .into(),
        partition: template("PK", &[literal("USER#"), part(USER)]),
        sort: Some(template("SK", &[literal("ORDER#"), part(CREATED), literal("#"), part(ID)])),
        indexes: vec![
            index(
                "ByEmail",
                &[template("GPK", &[literal("E#"), KeyPart::Column { column: EMAIL, fold: true }])],
                &[],
            ),
            index(
                "ByUser",
                &[attribute("user_id", USER)],
                &[attribute("created_at", CREATED), attribute("order_id", ID)],
            ),
        ]
        .into(),
        primary_key: vec![ID].into(),
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
        patterns: vec![].into(),
        memo: Default::default(),
        fields: vec![].into(),
    };
    let list = PatternKind::List { page: 20 };
    plan.patterns = vec![
        pattern(&plan, "get", PatternKind::Get, &[USER, CREATED, ID], None, &[], &[]),
        pattern(&plan, "by_email", PatternKind::Get, &[EMAIL], Some(0), &[], &[]),
        pattern(&plan, "of_user", list, &[USER], Some(1), &[CREATED, ID], &[CREATED, ID]),
        pattern(&plan, "in_table", list, &[USER], None, &[CREATED, ID], &[CREATED, ID]),
        pattern(&plan, "since", list, &[USER, CREATED], None, &[ID], &[ID]),
        pattern(&plan, "of_user_with_total", list, &[USER, TOTAL], Some(1), &[CREATED, ID], &[CREATED, ID]),
        pattern(&plan, "of_user_at", list, &[USER, CREATED], Some(1), &[ID], &[ID]),
    ]
    .into();
    plan
}

fn column(name: &'static str, ty: &MySqlType, nullable: bool) -> Column {
    Column {
        table: 0,
        name: Text::Borrowed(name),
        ty: ty.clone(),
        nullable,
        generated: false,
        zero_dates: ZeroDates::Refuse,
        when_null: None,
    }
}

fn part(column: usize) -> KeyPart {
    KeyPart::Column { column, fold: false }
}

fn literal(text: &'static str) -> KeyPart {
    KeyPart::Literal(Text::Borrowed(text))
}

fn template(name: &'static str, parts: &[KeyPart]) -> KeyAttribute {
    let source = KeySource::Template(KeyTemplate { parts: parts.to_vec().into() });
    KeyAttribute { name: Text::Borrowed(name), source }
}

fn attribute(name: &'static str, position: usize) -> KeyAttribute {
    KeyAttribute { name: Text::Borrowed(name), source: KeySource::Attribute(position) }
}

fn index(name: &'static str, partition: &[KeyAttribute], sort: &[KeyAttribute]) -> Index {
    Index { name: Text::Borrowed(name), partition: partition.to_vec().into(), sort: sort.to_vec().into() }
}

fn pattern(
    plan: &Plan,
    name: &'static str,
    kind: PatternKind,
    by: &[usize],
    index: Option<usize>,
    order: &[usize],
    cursor: &[usize],
) -> AccessPattern {
    let sql: PatternSql = migratable_core::sql::pattern_sql(plan, by, order, kind);
    AccessPattern {
        name: Text::Borrowed(name),
        kind,
        by: by.to_vec().into(),
        index,
        order: order.to_vec().into(),
        cursor: cursor.to_vec().into(),
        sql,
    }
}
