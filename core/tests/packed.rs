//! A plan packed into a text comes back as it was, whatever is in it; no other text is one.

use migratable_core::arbitrary::any_type;
use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::mysql::ZeroDates;
use migratable_core::plan::{
    AccessPattern, Attribute, Column, Index, Join, KeyAttribute, KeySource, Memo, PatternKind, PatternSql,
    Plan,
};
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

fn plan() -> impl Strategy<Value = Plan> {
    let columns = vec(column(), 1..4).prop_map(List::from);
    let names = (name(), name(), name());
    let keys = (key(), proptest::option::of(key()), list(index()), list(0..9_usize));
    (names, list(join()), columns, list(attribute()), keys, list(pattern()), list(name())).prop_map(
        |(names, joins, columns, attributes, keys, patterns, fields)| {
            let ((entity, table, root), (partition, sort, indexes, primary_key)) = (names, keys);
            let rest = Vec::new().into();
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
                patterns: rest,
                checks: Vec::new().into(),
                memo: Memo::default(),
                fields,
                checks: Vec::new().into(),
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
