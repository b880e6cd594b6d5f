//! DynamoDB's limits: a row that passes is an item the engine takes, and one byte more is neither.

use std::collections::HashMap;

use anyhow::ensure;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue as SdkValue;
use migratable_core::check::ValidRow;
use migratable_core::collation::Collation;
use migratable_core::dynamodb::{AttributeType, ENTITY_ATTRIBUTE, MAX_ITEM_BYTES};
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::mysql::{LobSize, MySqlType, ZeroDates};
use migratable_core::plan::{
    Attribute, Column, Index, KeyAttribute, KeySource, Memo, Plan, Table, TableIndex,
};
use migratable_core::value::{Decimal, Row, Value};
use migratable_test_engines::{DynamoDb, create_tables};

const NAMES: [&str; 7] = ["p", "s", "gp", "gs", "body", "number", "parts"];

/// Texts in every place of a key, a long one, a number and a set. No contract makes keys of columns this long.
fn plan() -> Plan {
    let collation = Collation::constant("utf8mb4_0900_bin");
    let column = |name: &'static str| {
        let ty = match name {
            "body" => MySqlType::Text { size: LobSize::Medium, collation: collation.clone() },
            "number" => MySqlType::Decimal { precision: 38, scale: 10, unsigned: false },
            "parts" => {
                let members = vec!["one".into(), "two".into(), "three".into()].into();
                MySqlType::Set { members, collation: collation.clone() }
            }
            _ => MySqlType::VarChar { length: 5000, collation: collation.clone() },
        };
        let nullable = name.starts_with('g');
        Column {
            table: 0,
            name: name.into(),
            ty,
            nullable,
            generated: false,
            zero_dates: ZeroDates::Refuse,
            when_null: None,
        }
    };
    let key = |name: &'static str, column: usize| {
        let parts = vec![KeyPart::Column { column, fold: false }];
        KeyAttribute { name: name.into(), source: KeySource::Template(KeyTemplate { parts: parts.into() }) }
    };
    Plan {
        entity: "Document".into(),
        table: "Documents".into(),
        root: "documents".into(),
        joins: vec![].into(),
        columns: NAMES.iter().map(|name| column(name)).collect(),
        attributes: NAMES
            .iter()
            .enumerate()
            .map(|(column, name)| {
                let ty = match *name {
                    "number" => AttributeType::N,
                    "parts" => AttributeType::L,
                    _ => AttributeType::S,
                };
                Attribute { name: (*name).into(), column, ty }
            })
            .collect(),
        partition: key("PK", 0),
        sort: Some(key("SK", 1)),
        indexes: vec![Index {
            name: "ByG".into(),
            partition: vec![key("GPK", 2)].into(),
            sort: vec![key("GSK", 3)].into(),
        }]
        .into(),
        primary_key: vec![0, 1].into(),
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
        fields: vec![].into(),
        memo: Memo::default(),
    }
}

fn table() -> Table {
    let key = |name: &'static str| (name.into(), AttributeType::S);
    Table {
        name: "Documents".into(),
        partition: key("PK"),
        sort: Some(key("SK")),
        indexes: vec![TableIndex {
            name: "ByG".into(),
            partition: vec![key("GPK")].into(),
            sort: vec![key("GSK")].into(),
            project: None,
        }]
        .into(),
    }
}

/// A row by the lengths of its texts; `None` is NULL.
#[derive(Clone, Copy)]
struct Lengths {
    keys: [Option<usize>; 4],
    body: usize,
    number: &'static str,
    parts: &'static [&'static str],
}

const SMALL: Lengths = Lengths {
    keys: [Some(1), Some(1), Some(1), Some(1)],
    body: 0,
    number: "-12.5",
    parts: &["one", "three"],
};

fn row(lengths: Lengths) -> Row {
    let text = |length: Option<usize>| length.map_or(Value::Null, |length| Value::Text("x".repeat(length)));
    let mut row: Row = lengths.keys.map(text).to_vec();
    row.push(text(Some(lengths.body)));
    row.push(Value::Decimal(Decimal::parse(lengths.number).expect("a number")));
    row.push(Value::Set(lengths.parts.iter().map(|&part| part.to_owned()).collect()));
    row
}

/// The item of a row, made by hand: the projection makes none of what doesn't fit.
fn item(lengths: Lengths) -> HashMap<String, SdkValue> {
    let text = |length: usize| SdkValue::S("x".repeat(length));
    let mut item = HashMap::from([
        (ENTITY_ATTRIBUTE.to_owned(), SdkValue::S("Document".to_owned())),
        ("body".to_owned(), text(lengths.body)),
        ("number".to_owned(), SdkValue::N(lengths.number.to_owned())),
        (
            "parts".to_owned(),
            SdkValue::L(lengths.parts.iter().map(|&part| SdkValue::S(part.to_owned())).collect()),
        ),
    ]);
    for (position, length) in lengths.keys.into_iter().enumerate() {
        if let Some(length) = length {
            item.insert(NAMES[position].to_owned(), text(length));
            item.insert(["PK", "SK", "GPK", "GSK"][position].to_owned(), text(length));
        }
    }
    item
}

async fn takes(client: &Client, lengths: Lengths) -> anyhow::Result<bool> {
    let put = client.put_item().table_name("Documents").set_item(Some(item(lengths)));
    match put.send().await {
        Ok(_) => Ok(true),
        Err(error) => {
            let error = error.into_service_error();
            ensure!(error.meta().code() == Some("ValidationException"), "{error:?}");
            Ok(false)
        }
    }
}

/// Texts of the most bytes that an item still holds beside the rest of such a row.
fn full(plan: &Plan, lengths: Lengths) -> anyhow::Result<usize> {
    let mut most = usize::try_from(MAX_ITEM_BYTES)?;
    while ValidRow::new(plan, row(Lengths { body: most, ..lengths })).is_err() {
        most -= 1;
    }
    Ok(most)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_engine_takes_what_passes_and_nothing_past_it() -> anyhow::Result<()> {
    let plan = plan();
    let engine = DynamoDb::start()?;
    let client = engine.client();
    create_tables(&client, &[table()]).await?;
    let mut cases = Vec::new();
    for (place, limit) in [(0, 2048), (1, 1024), (2, 2048), (3, 1024)] {
        for length in [0, 1, limit - 1, limit, limit + 1] {
            let mut lengths = SMALL;
            lengths.keys[place] = Some(length);
            // The embedded engine lets keys of indexes be too long, which DynamoDB refuses (Developer Guide,
            // "Service quotas": the limits are of tables' keys and of secondary indexes').
            if place < 2 || length <= limit {
                cases.push(lengths);
            } else {
                ensure!(ValidRow::new(&plan, row(lengths)).is_err(), "an index key of {length} bytes passes");
            }
        }
    }
    cases.push(Lengths { keys: [Some(1), Some(1), None, None], ..SMALL });
    for number in
        ["-12.5", "0", "1", "99", "100", "-1234567890.12345", "9999999999999999999999999999", "0.0000000001"]
    {
        for parts in [&[][..], &["one"], &["one", "two", "three"]] {
            let lengths = Lengths { number, parts, ..SMALL };
            let most = full(&plan, lengths)?;
            cases.extend([most, most + 1].map(|body| Lengths { body, ..lengths }));
        }
    }
    let (mut taken, mut refused, mut wrong) = (0, 0, Vec::new());
    for lengths in cases {
        let passes = ValidRow::new(&plan, row(lengths)).is_ok();
        let takes = takes(&client, lengths).await?;
        if passes == takes {
            *(if takes { &mut taken } else { &mut refused }) += 1;
        } else {
            let Lengths { keys, body, number, parts } = lengths;
            wrong.push(format!(
                "{keys:?} {body} {number} {parts:?}: passes {passes}, the engine takes it {takes}"
            ));
        }
    }
    ensure!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    ensure!(taken > 30 && refused > 25, "too little was compared: {taken} taken, {refused} refused");
    Ok(())
}
