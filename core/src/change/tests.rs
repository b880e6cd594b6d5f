use super::*;
use crate::check::Check;
use crate::collation::Collation;
use crate::dynamodb::AttributeType;
use crate::key::{KeyPart, KeyTemplate};
use crate::mysql::{IntSize, ZeroDates};
use crate::plan::{Attribute, KeyAttribute, MapAttribute, Member};

const ID: usize = 0;
const STOCK: usize = 1;
const TOTAL: usize = 2;
const PRICE: usize = 3;
const NAME: usize = 4;
const SIZE: usize = 5;
const WEIGHT: usize = 6;

fn column(name: &'static str, ty: MySqlType) -> Column {
    let name = name.into();
    Column {
        table: 0,
        name,
        ty,
        nullable: true,
        generated: false,
        zero_dates: ZeroDates::Refuse,
        when_null: None,
    }
}

fn compare(op: Op, column: usize, digits: i128) -> Expr {
    Expr::Apply { op, operands: vec![Expr::Column(column), Expr::Number { digits, scale: 0 }].into() }
}

/// Products: `name` is in the key, `price` and `total` in a CHECK, `size` and `weight` in a map.
fn plan() -> Plan {
    let int = |unsigned| MySqlType::Int { size: IntSize::Big, unsigned, display: None };
    let text = MySqlType::VarChar { length: 20, collation: Collation::constant("utf8mb4_0900_bin") };
    let columns = vec![
        column("id", int(true)),
        column("stock", int(false)),
        column("total", int(true)),
        column("price", MySqlType::Decimal { precision: 10, scale: 2, unsigned: false }),
        column("name", text),
        column("size", int(false)),
        column("weight", int(false)),
    ];
    let attribute = |column: usize| Attribute {
        name: columns[column].name.clone(),
        column,
        ty: if column == NAME { AttributeType::S } else { AttributeType::N },
    };
    let template = KeyTemplate {
        parts: vec![
            KeyPart::Column { column: NAME, fold: false },
            KeyPart::Literal("#".into()),
            KeyPart::Column { column: ID, fold: false },
        ]
        .into(),
    };
    Plan {
        entity: "Product".into(),
        table: "Products".into(),
        root: "products".into(),
        joins: vec![].into(),
        attributes: (0..SIZE).map(attribute).collect::<Vec<_>>().into(),
        maps: vec![MapAttribute {
            name: "box".into(),
            members: [("size", SIZE), ("weight", WEIGHT)]
                .map(|(name, column)| Member { name: name.into(), column, ty: AttributeType::N })
                .to_vec()
                .into(),
        }]
        .into(),
        columns: columns.clone().into(),
        derived: Default::default(),
        partition: KeyAttribute { name: "PK".into(), source: KeySource::Template(template) },
        sort: None,
        indexes: vec![].into(),
        primary_key: vec![ID].into(),
        checks: vec![Check {
            name: "cheap".into(),
            expression: "price < total".into(),
            rule: Expr::Apply {
                op: Op::Less,
                operands: vec![Expr::Column(PRICE), Expr::Column(TOTAL)].into(),
            },
        }]
        .into(),
        filter: None,
        markers: Default::default(),
        ids: None,
        references: Default::default(),
        referrers: Default::default(),
        secrets: Default::default(),
        snapshots: Default::default(),
        patterns: vec![].into(),
        memo: Default::default(),
        fields: vec![].into(),
    }
}

fn row() -> Row {
    vec![
        Value::UInt(1),
        Value::Int(8),
        Value::UInt(u64::MAX),
        Value::Decimal(Decimal::parse("9.99").expect("a number")),
        Value::Text("a".to_owned()),
        Value::Null,
        Value::Null,
    ]
}

fn edit(column: usize, operation: Operation) -> Change {
    Change { edits: vec![Edit { column, operation }], condition: None }
}

fn after(change: &Change, column: usize) -> Result<Value, Refusal> {
    change.apply(&plan(), row()).map(|row| row[column].clone())
}

#[test]
fn numbers_are_added_to_exactly() {
    let decimal = |text| Value::Decimal(Decimal::parse(text).expect("a number"));
    assert_eq!(after(&edit(STOCK, Operation::Subtract(Value::Int(9))), STOCK), Ok(Value::Int(-1)));
    assert_eq!(after(&edit(STOCK, Operation::Add(Value::Int(-9))), STOCK), Ok(Value::Int(-1)));
    assert_eq!(after(&edit(PRICE, Operation::Add(decimal("0.01"))), PRICE), Ok(decimal("10.00")));
    assert_eq!(after(&edit(PRICE, Operation::Subtract(decimal("10"))), PRICE), Ok(decimal("-0.01")));
}

#[test]
fn what_64_bits_dont_hold_is_out_of_range_and_nothing_wraps() {
    let refused = |change: Change| match after(&change, ID) {
        Err(Refusal::Column { error, .. }) => error.to_string(),
        other => panic!("{other:?}"),
    };
    let above = refused(edit(TOTAL, Operation::Add(Value::UInt(1))));
    assert!(above.contains("it is above 18446744073709551615"), "{above}");
    let below = refused(edit(ID, Operation::Subtract(Value::UInt(2))));
    assert!(below.contains("it is below 0"), "{below}");
    let below = refused(edit(STOCK, Operation::Subtract(Value::Int(i64::MIN))));
    assert!(below.contains("it is above 9223372036854775807"), "{below}");
    assert_eq!(refused(edit(SIZE, Operation::Add(Value::Int(1)))), ValueError::Null.to_string());
    let text = refused(edit(NAME, Operation::Add(Value::Int(1))));
    assert_eq!(text, "expected an exact number, found text");
}

#[test]
fn a_condition_that_is_not_true_refuses() {
    let only_if = |condition: Expr| {
        let change = Change { condition: Some(condition), ..edit(STOCK, Operation::Subtract(Value::Int(2))) };
        after(&change, STOCK)
    };
    assert_eq!(only_if(compare(Op::GreaterOrEqual, STOCK, 8)), Ok(Value::Int(6)));
    assert_eq!(only_if(compare(Op::Greater, STOCK, 8)), Err(Refusal::Condition));
    // NULL is not TRUE, and neither is its opposite.
    let unknown = compare(Op::Greater, SIZE, 0);
    assert_eq!(only_if(unknown.clone()), Err(Refusal::Condition));
    let negated = Expr::Apply { op: Op::Not, operands: vec![unknown].into() };
    assert_eq!(only_if(negated), Err(Refusal::Condition));
}

#[test]
fn a_change_depends_on_what_is_read_beside_it() {
    let plan = plan();
    let depends = |change: &Change| change.depends_on(&plan);
    assert_eq!(depends(&edit(STOCK, Operation::Set(Value::Int(1)))), []);
    assert_eq!(depends(&edit(STOCK, Operation::Add(Value::Int(1)))), [STOCK]);
    assert_eq!(depends(&edit(NAME, Operation::Set(Value::Null))), [ID, NAME]);
    assert_eq!(depends(&edit(TOTAL, Operation::Set(Value::Null))), [TOTAL, PRICE]);
    // A map is written whole, with what others put into it.
    assert_eq!(depends(&edit(SIZE, Operation::Set(Value::Null))), [SIZE, WEIGHT]);
    let condition = Some(compare(Op::Equal, SIZE, 1));
    assert_eq!(depends(&Change { condition, ..edit(STOCK, Operation::Set(Value::Null)) }), [SIZE]);
}

#[test]
fn a_column_stands_alone_where_nothing_else_is_made_of_it() {
    let plan = plan();
    let alone: Vec<usize> = (0..plan.columns.len()).filter(|column| plan.stands_alone(*column)).collect();
    assert_eq!(alone, [STOCK]);
}
