//! Which ranges of a key both stores answer alike.

use migratable_core::Text;
use migratable_core::collation::Collation;
use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::mysql::{IntSize, MySqlType, ZeroDates};
use migratable_core::plan::{
    AccessPattern, Attribute, Column, Index, KeyAttribute, KeySource, PatternKind, Plan, Ranges,
};
use migratable_core::sql;

const OWNER: usize = 0;
const NAME: usize = 1;
const SEEN: usize = 2;
const ID: usize = 3;

fn plan() -> Plan {
    let int = MySqlType::Int { size: IntSize::Int, unsigned: false, display: None };
    let folded = MySqlType::VarChar { length: 9, collation: Collation::constant("utf8mb4_general_ci") };
    let columns =
        [int.clone(), folded, MySqlType::Date, int].into_iter().zip(["owner", "name", "seen", "id"]);
    let columns: Vec<Column> = columns
        .map(|(ty, name)| Column {
            table: 0,
            name: Text::Borrowed(name),
            ty,
            nullable: name == "seen",
            generated: false,
            zero_dates: ZeroDates::Refuse,
            when_null: None,
        })
        .collect();
    let attributes = (0..columns.len()).map(|column| Attribute {
        name: columns[column].name.clone(),
        column,
        ty: AttributeType::S,
    });
    let mut plan = Plan {
        maps: Default::default(),
        derived: Default::default(),
        filter: None,
        markers: Default::default(),
        ids: None,
        references: Default::default(),
        referrers: Default::default(),
        secrets: Default::default(),
        snapshots: Default::default(),
        entity: "Thing".into(),
        table: "Things".into(),
        root: "things".into(),
        joins: vec![].into(),
        attributes: attributes.collect::<Vec<_>>().into(),
        checks: vec![].into(),
        memo: Default::default(),
        fields: columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>().into(),
        columns: columns.into(),
        partition: template("PK", &[OWNER]),
        sort: Some(template("SK", &[ID])),
        indexes: vec![].into(),
        primary_key: vec![ID].into(),
        patterns: vec![].into(),
    };
    plan.indexes = vec![
        index(template("APK", &[OWNER]), vec![template("ASK", &[OWNER, NAME, SEEN, ID])]),
        index(template("BPK", &[OWNER]), vec![template("BSK", &[ID, NAME])]),
        index(template("CPK", &[OWNER]), vec![template("CSK", &[SEEN]), attribute("id", ID)]),
        index(template("DPK", &[OWNER]), vec![template("DSK", &[ID])]),
        index(template("EPK", &[OWNER]), vec![]),
    ]
    .into();
    plan.patterns = [(None, 20), (Some(0), 5), (Some(1), 5), (Some(2), 5), (Some(4), 5)]
        .map(|(index, page)| list(&plan, index, page))
        .to_vec()
        .into();
    plan
}

fn template(name: &'static str, columns: &[usize]) -> KeyAttribute {
    let parts = columns.iter().flat_map(|column| {
        let literal = KeyPart::Literal(Text::Borrowed("#"));
        [KeyPart::Column { column: *column, fold: *column == NAME }, literal]
    });
    let source = KeySource::Template(KeyTemplate { parts: parts.collect::<Vec<_>>().into() });
    KeyAttribute { name: Text::Borrowed(name), source }
}

fn attribute(name: &'static str, position: usize) -> KeyAttribute {
    KeyAttribute { name: Text::Borrowed(name), source: KeySource::Attribute(position) }
}

fn index(partition: KeyAttribute, sort: Vec<KeyAttribute>) -> Index {
    let name = partition.name.clone();
    Index { name, partition: vec![partition].into(), sort: sort.into() }
}

fn list(plan: &Plan, index: Option<usize>, page: u32) -> AccessPattern {
    let kind = PatternKind::List { page };
    let none = || Vec::new().into();
    let sql = sql::pattern_sql(plan, &[], &[], kind);
    AccessPattern { name: "list".into(), kind, by: none(), index, order: none(), cursor: none(), sql }
}

#[test]
fn ranges_start_behind_what_sorts_otherwise_or_may_be_null() {
    let plan = plan();
    let ranges = |sort: &[usize], fixed, page| {
        Some(Ranges { partition: vec![OWNER], sort: sort.to_vec(), fixed, page })
    };
    assert_eq!(plan.ranges(None), ranges(&[ID], 0, 20));
    // A folded text, and a column that may be NULL: both have to be given. The partition's column is known.
    assert_eq!(plan.ranges(Some(0)), ranges(&[NAME, SEEN, ID], 2, 5));
    // The last column has no ranges, so none before it has: its order would be the last word.
    assert_eq!(plan.ranges(Some(1)), None);
    // A number that is the attribute itself, as text.
    assert_eq!(plan.ranges(Some(2)), None);
    // No list of the contract asks it, or nothing is left to sort by.
    assert_eq!(plan.ranges(Some(3)), None);
    assert_eq!(plan.ranges(Some(4)), None);
}

#[test]
fn a_range_asks_as_a_list_does() {
    let plan = plan();
    for given in [0, 1, 2, 5] {
        assert_eq!(plan.range_pattern(Some(0), given), None, "{given} columns");
    }
    let pattern = plan.range_pattern(Some(0), 3).expect("the name and the date are given");
    assert_eq!((&*pattern.by, &*pattern.order), (&[OWNER, NAME, SEEN][..], &[ID][..]));
    assert_eq!((pattern.kind, &*pattern.name), (PatternKind::List { page: 5 }, "range of APK"));
    assert_eq!(&*pattern.cursor, &[ID]);
    let whole = plan.range_pattern(Some(0), 4).expect("the whole key");
    assert_eq!((&*whole.order, &*whole.cursor), (&[][..], &[][..]));
    assert_eq!(plan.range_pattern(None, 1).expect("the table's").name, "range");
}
