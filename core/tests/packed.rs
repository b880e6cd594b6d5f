//! A plan packed into a text comes back as it was, whatever is in it; no other text is one.

use migratable_core::arbitrary::any_type;
use migratable_core::check::{Check, Expr, Op};
use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::mysql::ZeroDates;
use migratable_core::plan::{
    AccessPattern, Attribute, Column, Index, Join, KeyAttribute, KeySource, Memo, PatternKind, PatternSql,
    Plan,
};
use migratable_core::value::{Date, DateTime, Time};
use migratable_core::{List, Text, sql};
use proptest::collection::vec;
use proptest::prelude::*;

/// Names as DDL may have them: blanks, digits, several bytes, nothing.
fn name() -> impl Strategy<Value = Text> {
    "[a-z0-9 :\n#é日]{0,8}".prop_map(Text::from)
}

fn list<T: Clone + std::fmt::Debug + 'static>(
    element: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = List<T>> {
    vec(element, 0..4).prop_map(List::from)
}

fn column() -> impl Strategy<Value = Column> {
    let rest = (any::<bool>(), any::<bool>(), any::<bool>(), 0..3_usize);
    (name(), any_type(), rest).prop_map(|(name, ty, (nullable, generated, keep, table))| {
        let zero_dates = if keep { ZeroDates::Keep } else { ZeroDates::Refuse };
        Column { table, name, ty, nullable, generated, zero_dates }
    })
}

fn key() -> impl Strategy<Value = KeyAttribute> {
    let part = prop_oneof![
        name().prop_map(KeyPart::Literal),
        (0..9_usize, any::<bool>()).prop_map(|(column, fold)| KeyPart::Column { column, fold }),
    ];
    let source = prop_oneof![
        list(part).prop_map(|parts| KeySource::Template(KeyTemplate { parts })),
        (0..9_usize).prop_map(KeySource::Attribute),
    ];
    (name(), source).prop_map(|(name, source)| KeyAttribute { name, source })
}

fn attribute() -> impl Strategy<Value = Attribute> {
    (name(), 0..9_usize, proptest::sample::select(AttributeType::ALL.to_vec()))
        .prop_map(|(name, column, ty)| Attribute { name, column, ty })
}

fn index() -> impl Strategy<Value = Index> {
    (name(), list(key()), list(key())).prop_map(|(name, partition, sort)| Index { name, partition, sort })
}

fn join() -> impl Strategy<Value = Join> {
    (name(), 0..3_usize, list((name(), name()))).prop_map(|(table, parent, on)| Join { table, parent, on })
}

/// A pattern over the first column.
fn pattern() -> impl Strategy<Value = AccessPattern> {
    let kind = prop_oneof![Just(PatternKind::Get), any::<u32>().prop_map(|page| PatternKind::List { page })];
    (name(), kind, proptest::option::of(0..9_usize)).prop_map(|(name, kind, index)| {
        let (by, order, cursor) = (vec![0].into(), vec![0].into(), vec![0].into());
        AccessPattern { name, kind, by, index, order, cursor, sql: PatternSql::default() }
    })
}

fn check() -> impl Strategy<Value = Check> {
    let leaf = prop_oneof![
        Just(Expr::Null),
        (any::<i128>(), 0..=30_u8).prop_map(|(digits, scale)| Expr::Number { digits, scale }),
        name().prop_map(Expr::Text),
        (0..=9999_u16, 0..=12_u8, 0..=31_u8).prop_map(|(year, month, day)| Expr::Date(Date {
            year,
            month,
            day
        })),
        (0..24_u8, 0..60_u8, 0..60_u8, 0..1_000_000_u32).prop_map(|(hour, minute, second, micros)| {
            let date = Date { year: 2024, month: 1, day: 31 };
            Expr::DateTime(DateTime { date, hour, minute, second, micros })
        }),
        any::<i64>().prop_map(|micros| Expr::Time(Time { micros })),
        (0..9_usize).prop_map(Expr::Column),
    ];
    let rule = leaf.prop_recursive(3, 12, 3, |operand| {
        let op = proptest::sample::select(Op::ALL.to_vec());
        (op, list(operand)).prop_map(|(op, operands)| Expr::Apply { op, operands })
    });
    (name(), name(), rule).prop_map(|(name, expression, rule)| Check { name, expression, rule })
}

fn plan() -> impl Strategy<Value = Plan> {
    let columns = vec(column(), 1..4).prop_map(List::from);
    let names = (name(), name(), name());
    let keys = (key(), proptest::option::of(key()), list(index()), list(0..9_usize));
    let rest = (list(check()), list(pattern()), list(name()));
    (names, list(join()), columns, list(attribute()), keys, rest).prop_map(
        |(names, joins, columns, attributes, keys, (checks, patterns, fields))| {
            let ((entity, table, root), (partition, sort, indexes, primary_key)) = (names, keys);
            let mut plan = Plan {
                entity,
                table,
                root,
                joins,
                columns,
                attributes,
                partition,
                sort,
                indexes,
                primary_key,
                checks,
                patterns: List::default(),
                memo: Memo::default(),
                fields,
            };
            let with_sql = patterns.iter().map(|pattern| AccessPattern {
                sql: sql::pattern_sql(&plan, &pattern.by, &pattern.order, pattern.kind),
                ..pattern.clone()
            });
            plan.patterns = with_sql.collect::<Vec<_>>().into();
            plan
        },
    )
}

proptest! {
    #[test]
    fn a_plan_comes_back_from_its_text(plan in plan()) {
        let text: &'static str = plan.pack().leak();
        prop_assert_eq!(Plan::unpack(text), Some(plan));
    }

    #[test]
    fn what_is_not_whole_is_no_plan(plan in plan(), at in any::<proptest::sample::Index>()) {
        let text: &'static str = plan.pack().leak();
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        prop_assert_eq!(Plan::unpack(&text[..ends[at.index(ends.len())]]), None);
        prop_assert_eq!(Plan::unpack(format!("{text}0 ").leak()), None);
    }
}
