//! A plan packed into a text comes back as it was, whatever is in it; no other text is one.

use migratable_core::arbitrary::any_type;
use migratable_core::check::{Check, Expr, Op};
use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{KeyFormat, KeyPart, KeyTemplate};
use migratable_core::mysql::ZeroDates;
use migratable_core::plan::{
    AccessPattern, Aggregate, Attribute, ChildRows, Collection, CollectionForm, Column, Compute, Derived,
    DerivedSource, Filter, Function, Ids, Index, Join, KeyAttribute, KeySource, MapAttribute, Marker, Member,
    Memo, OnDelete, Ordering, PatternKind, PatternSql, Plan, Reference, Referrer, Scalar, TextPart, Tree,
    TreeValue,
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
    let rest = (any::<bool>(), any::<bool>(), any::<bool>(), 0..3_usize, proptest::option::of(name()));
    (name(), any_type(), rest).prop_map(|(name, ty, (nullable, generated, keep, table, when_null))| {
        let zero_dates = if keep { ZeroDates::Keep } else { ZeroDates::Refuse };
        Column { table, name, ty, nullable, generated, zero_dates, when_null }
    })
}

fn key() -> impl Strategy<Value = KeyAttribute> {
    let part = prop_oneof![
        name().prop_map(KeyPart::Literal),
        (0..9_usize, any::<bool>()).prop_map(|(column, fold)| KeyPart::Column { column, fold }),
        (0..9_usize, key_format()).prop_map(|(column, format)| KeyPart::Formatted { column, format }),
    ];
    let source = prop_oneof![
        list(part).prop_map(|parts| KeySource::Template(KeyTemplate { parts })),
        (0..9_usize).prop_map(KeySource::Attribute),
    ];
    (name(), source).prop_map(|(name, source)| KeyAttribute { name, source })
}

fn key_format() -> impl Strategy<Value = KeyFormat> {
    prop_oneof![
        name().prop_map(KeyFormat::Time),
        any::<u8>().prop_map(KeyFormat::Padded),
        any::<u32>().prop_map(KeyFormat::Shard),
    ]
}

fn attribute_type() -> impl Strategy<Value = AttributeType> {
    proptest::sample::select(AttributeType::ALL.to_vec())
}

fn member() -> impl Strategy<Value = Member> {
    (name(), 0..9_usize, attribute_type()).prop_map(|(name, column, ty)| Member { name, column, ty })
}

fn scalar() -> impl Strategy<Value = Scalar> {
    (any_type(), attribute_type(), any::<bool>()).prop_map(|(ty, attribute, nullable)| Scalar {
        ty,
        attribute,
        nullable,
    })
}

fn text_part() -> impl Strategy<Value = TextPart> {
    prop_oneof![
        name().prop_map(TextPart::Literal),
        (0..9_usize).prop_map(TextPart::Column),
        (0..9_usize, name()).prop_map(|(column, pattern)| TextPart::Time { column, pattern }),
        (0..9_usize, any::<u8>()).prop_map(|(column, width)| TextPart::Padded { column, width }),
    ]
}

fn compute() -> impl Strategy<Value = Compute> {
    let arm = (check().prop_map(|check| check.rule), list(text_part()));
    prop_oneof![
        list(text_part()).prop_map(Compute::Text),
        (list(arm), proptest::option::of(list(text_part())))
            .prop_map(|(arms, otherwise)| Compute::Case { arms, otherwise }),
        (0..9_usize, any::<i64>(), any::<i64>(), any::<bool>())
            .prop_map(|(column, months, seconds, epoch)| Compute::Moment { column, months, seconds, epoch }),
    ]
}

fn child_rows() -> impl Strategy<Value = ChildRows> {
    let filter = proptest::option::of(check().prop_map(|check| check.rule));
    (name(), list((name(), name())), list(join()), list(column()), filter)
        .prop_map(|(table, on, joins, columns, filter)| ChildRows { table, on, joins, columns, filter })
}

fn derived() -> impl Strategy<Value = Derived> {
    let function = proptest::sample::select(vec![
        Function::Count,
        Function::Sum,
        Function::Avg,
        Function::Min,
        Function::Max,
    ]);
    let of = proptest::option::of(check().prop_map(|check| check.rule));
    let aggregate = (function, of, child_rows(), proptest::option::of(name()), scalar()).prop_map(
        |(function, of, rows, when_null, scalar)| {
            DerivedSource::Aggregate(Aggregate { function, of, rows, when_null, scalar })
        },
    );
    let value = prop_oneof![
        Just(TreeValue::Depth),
        (name(), name()).prop_map(|(take, join)| TreeValue::Path { take, join }),
    ];
    let tree =
        (0..3_usize, name(), name(), value, scalar()).prop_map(|(table, key, parent, value, scalar)| {
            DerivedSource::Tree(Tree { table, key, parent, value, scalar })
        });
    let form = prop_oneof![
        list(member()).prop_map(CollectionForm::List),
        (0..9_usize, list(member())).prop_map(|(key, members)| CollectionForm::Map { key, members }),
        member().prop_map(CollectionForm::Values),
        member().prop_map(CollectionForm::Set),
    ];
    let order = (0..9_usize, any::<bool>()).prop_map(|(column, descending)| Ordering { column, descending });
    let collection = (child_rows(), list(order), proptest::option::of(any::<u32>()), form).prop_map(
        |(rows, order, limit, form)| DerivedSource::Collection(Collection { rows, order, limit, form }),
    );
    let computed =
        (compute(), scalar()).prop_map(|(compute, scalar)| DerivedSource::Computed { compute, scalar });
    let source = prop_oneof![computed, aggregate, tree, collection];
    (name(), source).prop_map(|(name, source)| Derived { name, source })
}

fn marker() -> impl Strategy<Value = Marker> {
    (name(), key(), proptest::option::of(key())).prop_map(|(name, partition, sort)| Marker {
        name,
        partition,
        sort,
    })
}

fn reference() -> impl Strategy<Value = Reference> {
    let index = || proptest::option::of(0..9_usize);
    let on_delete = prop_oneof![
        Just(OnDelete::Restrict),
        index().prop_map(|index| OnDelete::Cascade { index }),
        index().prop_map(|index| OnDelete::SetNull { index }),
    ];
    let columns = (list(0..9_usize), list(name()));
    (name(), columns, name(), name(), on_delete).prop_map(
        |(name, (columns, to), entity, count, on_delete)| Reference {
            name,
            columns,
            entity,
            to,
            count,
            on_delete,
        },
    )
}

fn referrer() -> impl Strategy<Value = Referrer> {
    (name(), name(), name()).prop_map(|(entity, name, count)| Referrer { entity, name, count })
}

/// What foreign keys are kept.
type Kept = (List<Reference>, List<Referrer>);

/// What stands behind the columns.
type More = (
    List<MapAttribute>,
    List<Derived>,
    Option<Filter>,
    List<Marker>,
    Option<Ids>,
    List<Text>,
    List<Text>,
    Kept,
);

fn more() -> impl Strategy<Value = More> {
    let map = (name(), list(member())).prop_map(|(name, members)| MapAttribute { name, members });
    let filter = (check(), any::<bool>()).prop_map(|(check, tombstones)| Filter {
        expression: check.expression,
        rule: check.rule,
        tombstones,
    });
    let ids = (0..9_usize, name(), name(), any::<u32>());
    let ids = ids.prop_map(|(column, table, key, block)| Ids { column, table, key, block });
    let (filter, ids) = (proptest::option::of(filter), proptest::option::of(ids));
    let kept = (list(reference()), list(referrer()));
    (list(map), list(derived()), filter, list(marker()), ids, list(name()), list(name()), kept)
}

fn attribute() -> impl Strategy<Value = Attribute> {
    (name(), 0..9_usize, attribute_type()).prop_map(|(name, column, ty)| Attribute { name, column, ty })
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
    let rest = (list(check()), list(pattern()), list(name()), more());
    (names, list(join()), columns, list(attribute()), keys, rest).prop_map(
        |(names, joins, columns, attributes, keys, (checks, patterns, fields, more))| {
            let ((entity, table, root), (partition, sort, indexes, primary_key)) = (names, keys);
            let (maps, derived, filter, markers, ids, secrets, snapshots, (references, referrers)) = more;
            let mut plan = Plan {
                entity,
                table,
                root,
                joins,
                columns,
                attributes,
                maps,
                derived,
                partition,
                sort,
                indexes,
                primary_key,
                checks,
                filter,
                markers,
                ids,
                references,
                referrers,
                secrets,
                snapshots,
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
