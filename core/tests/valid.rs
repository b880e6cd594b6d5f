//! What keeps a row from being written: everything at once, and nothing that is right.

use migratable_core::check::{Draft, FailureKind, Invalid, KeyRole, ValidRow};
use migratable_core::collation::Collation;
use migratable_core::dynamodb::{AttributeType, MAX_ITEM_BYTES, item_bytes};
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::mysql::{IntSize, LobSize, MySqlType, ZeroDates};
use migratable_core::plan::{Attribute, Column, Index, KeyAttribute, KeySource, Plan};
use migratable_core::value::{Date, Decimal, Row, Value};
use migratable_core::{Text, ValueError, projection};

const ID: usize = 0;
const NAME: usize = 1;
const TAGS: usize = 2;
const PRICE: usize = 3;
const ON: usize = 4;
const BODY: usize = 5;
const RATIO: usize = 6;

fn template(name: &'static str, parts: &[KeyPart]) -> KeyAttribute {
    let source = KeySource::Template(KeyTemplate { parts: parts.to_vec().into() });
    KeyAttribute { name: Text::Borrowed(name), source }
}

fn part(column: usize, fold: bool) -> KeyPart {
    KeyPart::Column { column, fold }
}

fn literal(text: &'static str) -> KeyPart {
    KeyPart::Literal(Text::Borrowed(text))
}

/// Articles by id; an index by folded name, one by name as it is.
fn plan() -> Plan {
    let bin = Collation::constant("utf8mb4_0900_bin");
    let members: Vec<Text> = ["new", "old", "odd"].into_iter().map(Text::Borrowed).collect();
    let columns = [
        ("id", MySqlType::Int { size: IntSize::Tiny, unsigned: false, display: None }, AttributeType::N),
        (
            "name",
            MySqlType::VarChar { length: 3000, collation: Collation::constant("utf8mb4_general_ci") },
            AttributeType::S,
        ),
        ("tags", MySqlType::Set { members: members.into(), collation: bin.clone() }, AttributeType::L),
        ("price", MySqlType::Decimal { precision: 5, scale: 2, unsigned: true }, AttributeType::N),
        ("on", MySqlType::Date, AttributeType::S),
        ("body", MySqlType::Text { size: LobSize::Medium, collation: bin }, AttributeType::S),
        ("ratio", MySqlType::Double { unsigned: false }, AttributeType::N),
    ];
    Plan {
        entity: "Article".into(),
        table: "Articles".into(),
        root: "articles".into(),
        joins: vec![].into(),
        columns: columns
            .iter()
            .map(|(name, ty, _)| Column {
                table: 0,
                name: Text::Borrowed(name),
                ty: ty.clone(),
                nullable: *name == "name" || *name == "ratio",
                generated: false,
                zero_dates: ZeroDates::Refuse,
                when_null: None,
            })
            .collect(),
        attributes: columns
            .iter()
            .enumerate()
            .map(|(column, (name, _, ty))| Attribute { name: Text::Borrowed(name), column, ty: *ty })
            .collect(),
        partition: template("PK", &[literal("A#"), part(ID, false)]),
        sort: Some(template("SK", &[literal("N#"), part(NAME, false)])),
        indexes: vec![Index {
            name: "ByName".into(),
            partition: vec![template("GPK", &[part(NAME, true)])].into(),
            sort: vec![KeyAttribute { name: "name".into(), source: KeySource::Attribute(NAME) }].into(),
        }]
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
    }
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn row() -> Row {
    vec![
        Value::Int(7),
        text("Bob"),
        Value::Set(vec!["old".to_owned()]),
        Value::Decimal(Decimal::parse("9.50").expect("a number")),
        Value::Date(Date { year: 2024, month: 1, day: 31 }),
        text("Body"),
        Value::Double(0.5),
    ]
}

fn failures(row: impl Into<Draft>) -> Vec<String> {
    match ValidRow::new(&plan(), row) {
        Ok(_) => Vec::new(),
        Err(invalid) => invalid.failures().iter().map(ToString::to_string).collect(),
    }
}

fn with(changes: impl IntoIterator<Item = (usize, Value)>) -> Row {
    let mut row = row();
    for (column, value) in changes {
        row[column] = value;
    }
    row
}

#[test]
fn everything_wrong_is_said_at_once_and_no_value_is_printed() {
    let mut draft = Draft::with_capacity(7);
    for (column, value) in with([
        (ID, Value::Int(128)),
        (TAGS, Value::Set(["s3cret", "new", "old ", "OLD"].map(str::to_owned).to_vec())),
        (PRICE, Value::Decimal(Decimal::parse("1234.567").expect("a number"))),
        (BODY, Value::Null),
        (RATIO, Value::Double(1e-200)),
    ])
    .into_iter()
    .enumerate()
    {
        if column == ON {
            draft.fail(ValueError::Malformed { what: "date" });
        } else {
            draft.push(value);
        }
    }
    let invalid: Invalid = ValidRow::new(&plan(), draft).expect_err("nearly all of it is wrong");
    let said: Vec<(String, &str)> =
        invalid.failures().iter().map(|failure| (failure.to_string(), failure.code())).collect();
    let set = "does not fit set('new','old','odd') collate utf8mb4_0900_bin: it is no member; MySQL would";
    let expected = [
        (
            "`id`: does not fit tinyint: it is above 127; MySQL would store 127 outside strict mode"
                .to_owned(),
            "above",
        ),
        (format!("`tags[0]`: {set} leave it out outside strict mode"), "member"),
        (format!("`tags[2]`: {set} take it for member 2 (from 1), in strict mode too"), "member"),
        (format!("`tags[3]`: {set} leave it out outside strict mode"), "member"),
        (
            "`price`: does not fit decimal(5,2) unsigned: it is above 999.99; \
             MySQL would store 999.99 outside strict mode"
                .to_owned(),
            "above",
        ),
        ("`on`: not a date".to_owned(), "malformed"),
        ("`body`: NULL where a value is required".to_owned(), "null"),
        (
            "`ratio`: DynamoDB can't hold it: numbers have magnitudes of 1E-130 to 9.99E+125".to_owned(),
            "dynamodb",
        ),
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_row_that_passes_holds_its_sets_in_declaration_order() {
    let tags = ["odd", "new", "odd"].map(str::to_owned).to_vec();
    let plan = plan();
    let row = ValidRow::new(&plan, with([(TAGS, Value::Set(tags))])).expect("it is right");
    assert_eq!(row.values()[TAGS], Value::Set(vec!["new".to_owned(), "odd".to_owned()]));
    assert_eq!(row.into_row()[ID], Value::Int(7));
    assert_eq!(failures(row_of_another_plan()), ["`row`: expected 7 values, found another number of values"]);
}

fn row_of_another_plan() -> Row {
    row()[1..].to_vec()
}

#[test]
fn a_key_attribute_is_as_long_as_its_place_takes_and_no_longer() {
    let index_sort = "`key name`: it would have 1025 bytes, and DynamoDB takes 1024 in a sort key";
    let table_sort = "`key SK`: it would have 1025 bytes, and DynamoDB takes 1024 in a sort key";
    let name = |name: String| failures(with([(NAME, text(name))]));
    // The table's sort key has two bytes more than the name, which is the index's.
    assert_eq!(name("x".repeat(1022)), [""; 0]);
    assert_eq!(name("x".repeat(1023)), [table_sort]);
    assert_eq!(name("x".repeat(1025))[1], index_sort);
    // Blanks are escaped with three bytes; characters have as many as UTF-8 gives them.
    assert_eq!(name(" ".repeat(339) + "xxxxx"), [""; 0]);
    assert_eq!(name(" ".repeat(339) + "xxxxxx"), [table_sort]);
    assert_eq!(name("東".repeat(340) + "xx"), [""; 0]);
    assert_eq!(name("東".repeat(340) + "xxx"), [table_sort]);
    let long = ValidRow::new(&plan(), with([(NAME, text("x".repeat(2049)))])).expect_err("too long");
    let partition =
        long.failures().iter().find(|failure| failure.path == "key GPK").map(|failure| &failure.kind);
    let expected = FailureKind::KeyBytes { role: KeyRole::Partition, actual: 2049, most: 2048 };
    assert_eq!(partition, Some(&expected));
}

#[test]
fn a_key_attribute_is_never_empty_and_its_text_can_be_folded() {
    let empty = "it would be empty, which DynamoDB takes in no key";
    assert_eq!(
        failures(with([(NAME, text(""))])),
        [format!("`key GPK`: {empty}"), format!("`key name`: {empty}")]
    );
    // Folding cuts blanks at the end.
    assert_eq!(failures(with([(NAME, text("  "))])), [format!("`key GPK`: {empty}")]);
    let unknown = failures(with([(NAME, text("😀"))]));
    assert!(
        matches!(&unknown[..], [one] if one.starts_with("`key GPK`: does not fit a key under")),
        "{unknown:?}"
    );
    // Without a value the item is not in an index; the table's key can't do without.
    assert_eq!(failures(with([(NAME, Value::Null)])), ["`key SK`: NULL where a value is required"]);
}

#[test]
fn an_item_of_the_most_bytes_fits_and_one_byte_more_does_not() {
    let plan = plan();
    let empty = projection::item(&plan, &with([(BODY, text(""))])).expect("it is right");
    let room = usize::try_from(MAX_ITEM_BYTES - item_bytes(&empty)).expect("less than 400 KB");
    let full = ValidRow::new(&plan, with([(BODY, text("x".repeat(room)))])).expect("it fits");
    let item = projection::item(&plan, full.values()).expect("it is right");
    assert_eq!(item_bytes(&item), 409_600);

    let invalid = ValidRow::new(&plan, with([(BODY, text("x".repeat(room + 1)))])).expect_err("too large");
    let [failure] = invalid.failures() else { panic!("{invalid}") };
    let FailureKind::ItemBytes { actual, most, largest } = &failure.kind else { panic!("{failure}") };
    assert_eq!((failure.path.as_ref(), *actual, *most), ("item", 409_601, 409_600));
    let named: Vec<&str> = largest.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((named, largest[0].1), (vec!["body", "_entity", "on"], room as u64 + 1 + 4));
}

#[test]
fn errors_call_a_field_what_the_struct_calls_it() {
    let names = ["id", "title", "tags", "price", "on", "body", "ratio"];
    let named = Plan { fields: names.map(Text::Borrowed).to_vec().into(), ..plan() };
    let invalid = ValidRow::new(&named, with([(NAME, Value::Int(1))])).expect_err("no text");
    let fields: Vec<&str> = invalid.failures().iter().map(|failure| failure.path.as_ref()).collect();
    assert_eq!(fields, ["title"]);
}
