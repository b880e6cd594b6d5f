//! Changes of plans, each made for itself: what items are made of beside columns as they are.

use migratable_contract::diff::{SourcePlaces, contracts, drift};
use migratable_contract::model::Contract;
use migratable_core::check::{Expr, Op};
use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{KeyFormat, KeyPart, KeyTemplate};
use migratable_core::mysql::{IntSize, MySqlType};
use migratable_core::plan::{
    Aggregate, ChildRows, Collection, CollectionForm, Column, Compute, Derived, DerivedSource, Filter,
    Function, KeyAttribute, KeySource, MapAttribute, Marker, Member, Ordering, Plan, Scalar, TextPart, Tree,
    TreeValue,
};
use migratable_core::{List, Text};

use super::{SHOP, loaded, report};
use migratable_contract::diagnostic::render;

/// What a change of the user's plan has to give.
struct Change {
    name: &'static str,
    codes: &'static [u16],
    edit: fn(&mut Plan),
}

const fn change(name: &'static str, codes: &'static [u16], edit: fn(&mut Plan)) -> Change {
    Change { name, codes, edit }
}

fn text(text: &'static str) -> Text {
    Text::Borrowed(text)
}

fn list<T: Clone>(items: &[T]) -> List<T> {
    items.to_vec().into()
}

fn bigint() -> MySqlType {
    MySqlType::Int { size: IntSize::Big, unsigned: false, display: None }
}

fn number() -> Scalar {
    Scalar { ty: bigint(), attribute: AttributeType::N, nullable: false }
}

/// The orders of a user: number, total.
fn orders() -> ChildRows {
    let column = |name| Column {
        table: 0,
        name: text(name),
        ty: bigint(),
        nullable: false,
        generated: false,
        zero_dates: Default::default(),
        when_null: None,
    };
    ChildRows {
        table: text("orders"),
        on: list(&[(text("id"), text("user_id"))]),
        joins: List::default(),
        columns: list(&[column("id"), column("total")]),
        filter: None,
    }
}

fn derived(name: &'static str, source: DerivedSource) -> Derived {
    Derived { name: text(name), source }
}

fn marker(prefix: &'static str) -> Marker {
    let template = KeyTemplate {
        parts: list(&[KeyPart::Literal(text(prefix)), KeyPart::Column { column: 1, fold: true }]),
    };
    Marker {
        name: text("email"),
        partition: KeyAttribute { name: text("PK"), source: KeySource::Template(template) },
        sort: None,
    }
}

fn positive(column: usize) -> Expr {
    let zero = Expr::Number { digits: 0, scale: 0 };
    Expr::Apply { op: Op::Greater, operands: list(&[Expr::Column(column), zero]) }
}

fn member(name: &'static str, column: usize) -> Member {
    Member { name: text(name), column, ty: AttributeType::N }
}

/// A user's plan with one of everything.
fn rich(plan: &mut Plan) {
    plan.maps = list(&[MapAttribute {
        name: text("profile"),
        members: list(&[member("level", 4), member("score", 5)]),
    }]);
    let title = Compute::Text(list(&[TextPart::Literal(text("user ")), TextPart::Column(0)]));
    let words = Scalar { ty: plan.columns[2].ty.clone(), attribute: AttributeType::S, nullable: false };
    plan.derived = list(&[
        derived("title", DerivedSource::Computed { compute: title, scalar: words.clone() }),
        derived(
            "spent",
            DerivedSource::Aggregate(Aggregate {
                function: Function::Sum,
                of: Some(Expr::Column(1)),
                rows: orders(),
                when_null: Some(text("0")),
                scalar: number(),
            }),
        ),
        derived(
            "way",
            DerivedSource::Tree(Tree {
                table: 0,
                key: text("id"),
                parent: text("level"),
                value: TreeValue::Path { take: text("nick"), join: text("/") },
                scalar: words,
            }),
        ),
        derived(
            "orders",
            DerivedSource::Collection(Collection {
                rows: orders(),
                order: list(&[Ordering { column: 0, descending: false }]),
                limit: None,
                form: CollectionForm::List(list(&[member("id", 0), member("total", 1)])),
            }),
        ),
    ]);
    plan.filter = Some(Filter { expression: text("level > 0"), rule: positive(4), tombstones: false });
    plan.markers = list(&[marker("EMAIL#")]);
    plan.secrets = list(&[text("level")]);
    plan.snapshots = list(&[text("score")]);
}

fn edit_derived(plan: &mut Plan, name: &str, edit: impl FnOnce(&mut DerivedSource)) {
    let mut all = plan.derived.to_vec();
    let found = all.iter_mut().find(|derived| derived.name == name).expect("an attribute of that name");
    edit(&mut found.source);
    plan.derived = all.into();
}

fn edit_orders(plan: &mut Plan, edit: impl FnOnce(&mut Collection)) {
    edit_derived(plan, "orders", |source| match source {
        DerivedSource::Collection(collection) => edit(collection),
        _ => panic!("orders are collected"),
    });
}

fn edit_spent(plan: &mut Plan, edit: impl FnOnce(&mut Aggregate)) {
    edit_derived(plan, "spent", |source| match source {
        DerivedSource::Aggregate(aggregate) => edit(aggregate),
        _ => panic!("what was spent is summed up"),
    });
}

fn edit_key(plan: &mut Plan, format: KeyFormat) {
    let parts = [KeyPart::Literal(text("USER#")), KeyPart::Formatted { column: 0, format }];
    plan.partition.source = KeySource::Template(KeyTemplate { parts: list(&parts) });
}

const CHANGES: &[Change] = &[
    change("nothing", &[], |_| {}),
    change("map_gone", &[860], |plan| plan.maps = List::default()),
    change("map_member_new", &[866], |plan| {
        plan.maps = list(&[MapAttribute {
            name: text("profile"),
            members: list(&[member("level", 4), member("score", 5), member("id", 0)]),
        }]);
    }),
    change("derived_gone", &[860, 860, 860, 860], |plan| plan.derived = List::default()),
    change("computed_otherwise", &[861], |plan| {
        edit_derived(plan, "title", |source| {
            if let DerivedSource::Computed { compute, .. } = source {
                let (then, other) =
                    (TextPart::Literal(text("high")), TextPart::Padded { column: 4, width: 3 });
                *compute = Compute::Case {
                    arms: list(&[(positive(4), list(&[then]))]),
                    otherwise: Some(list(&[other])),
                };
            }
        });
    }),
    change("moment_otherwise", &[861], |plan| {
        edit_derived(plan, "title", |source| {
            if let DerivedSource::Computed { compute, .. } = source {
                *compute = Compute::Moment { column: 3, months: 12, seconds: 0, epoch: true };
            }
        });
    }),
    change("computed_may_be_absent", &[865], |plan| {
        edit_derived(plan, "title", |source| {
            if let DerivedSource::Computed { scalar, .. } = source {
                scalar.nullable = true;
            }
        });
    }),
    change("another_function", &[861], |plan| edit_spent(plan, |spent| spent.function = Function::Max)),
    change("other_rows_summed_up", &[861], |plan| {
        edit_spent(plan, |spent| spent.rows.filter = Some(positive(1)))
    }),
    change("another_when_null", &[867], |plan| edit_spent(plan, |spent| spent.when_null = Some(text("1")))),
    change("another_type_of_a_sum", &[862], |plan| {
        edit_spent(plan, |spent| spent.scalar.attribute = AttributeType::S)
    }),
    change("depth_of_a_tree", &[861], |plan| {
        edit_derived(plan, "way", |source| {
            if let DerivedSource::Tree(tree) = source {
                tree.value = TreeValue::Depth;
            }
        });
    }),
    change("rows_in_another_order", &[861], |plan| {
        edit_orders(plan, |orders| orders.order = list(&[Ordering { column: 0, descending: true }]));
    }),
    change("fewer_rows", &[861], |plan| edit_orders(plan, |orders| orders.limit = Some(5))),
    change("rows_by_another_column", &[861], |plan| {
        edit_orders(plan, |orders| orders.rows.on = list(&[(text("id"), text("buyer_id"))]));
    }),
    change("rows_as_a_map", &[862, 866, 893], |plan| {
        edit_orders(plan, |orders| {
            orders.form =
                CollectionForm::Map { key: 0, members: list(&[member("id", 0), member("total", 1)]) };
        });
    }),
    change("rows_as_values", &[866], |plan| {
        edit_orders(plan, |orders| orders.form = CollectionForm::Values(member("id", 0)));
    }),
    change("element_without_a_member", &[866], |plan| {
        edit_orders(plan, |orders| orders.form = CollectionForm::List(list(&[member("id", 0)])));
    }),
    change("filter_gone", &[869], |plan| plan.filter = None),
    change("tombstones", &[869], |plan| {
        plan.filter = plan.filter.take().map(|filter| Filter { tombstones: true, ..filter });
    }),
    change("marker_gone", &[855], |plan| plan.markers = List::default()),
    change("marker_elsewhere", &[870], |plan| plan.markers = list(&[marker("MAIL#")])),
    change("marker_new", &[854], |plan| {
        plan.markers = list(&[marker("EMAIL#"), Marker { name: text("nick"), ..marker("NICK#") }]);
    }),
    change("secret_no_more", &[896], |plan| plan.secrets = List::default()),
    change("secret_now", &[896], |plan| plan.secrets = list(&[text("level"), text("email")])),
    change("copy_that_follows", &[868], |plan| plan.snapshots = List::default()),
    change("copy_that_stays", &[868], |plan| plan.snapshots = list(&[text("score"), text("level")])),
    change("column_when_null", &[865, 867], |plan| {
        let mut columns = plan.columns.to_vec();
        columns[2].when_null = Some(text("nobody"));
        plan.columns = columns.into();
    }),
    change("key_padded", &[851], |plan| edit_key(plan, KeyFormat::Padded(12))),
    change("key_in_shards", &[851], |plan| edit_key(plan, KeyFormat::Shard(8))),
    change("key_by_month", &[851], |plan| edit_key(plan, KeyFormat::Time(text("%Y-%m")))),
];

fn user(contract: &mut Contract) -> &mut Plan {
    &mut contract.entities.iter_mut().find(|entity| entity.name == "User").expect("there are users").plan
}

#[test]
fn each_change_of_a_plan_gives_its_codes_and_no_other() {
    let (mut old, places) = loaded("shop.yaml", SHOP);
    rich(user(&mut old));
    let mut surprises = String::new();
    let mut said = String::new();
    for change in CHANGES {
        let mut new = old.clone();
        (change.edit)(user(&mut new));
        let (codes, diagnostics) = report(contracts((&old, &places), (&new, &places)));
        if codes != change.codes {
            let text = render(&diagnostics, false);
            surprises += &format!("{}: {codes:?}, not {:?}\n{text}\n", change.name, change.codes);
        }
        for diagnostic in diagnostics {
            let labels: Vec<&str> = diagnostic.labels.iter().map(|label| label.text.as_str()).collect();
            said += &format!("{}: {}\n  {}\n", change.name, diagnostic.message, labels.join("\n  "));
        }
    }
    assert!(surprises.is_empty(), "{surprises}");
    insta::assert_snapshot!(said);
}

/// For the test that every code has a case.
pub(crate) fn codes() -> impl Iterator<Item = u16> {
    CHANGES.iter().flat_map(|change| change.codes).copied()
}

/// What depends on a column that is gone, however it is read: as it is, inside a map, worked out, over rows that point here,
/// up a tree, as a condition, in a marker, or as the foreign key that a path goes through.
#[test]
fn drift_names_whatever_reads_a_column() {
    let (mut contract, places) = loaded("shop.yaml", SHOP);
    rich(user(&mut contract));
    let mut said = String::new();
    let columns = [
        "users.id",
        "users.email",
        "users.nick",
        "users.level",
        "orders.total",
        "orders.user_id",
        "orders.note",
    ];
    for (table, column) in columns.iter().filter_map(|name| name.split_once('.')) {
        let mut today = contract.source.clone();
        let gone = today.tables.iter_mut().find(|found| found.name == table).expect("the table");
        gone.columns.retain(|found| found.name != column);
        let found = drift(&contract, &places.source(), &today, &SourcePlaces::default());
        let helps =
            found.iter().filter(|diagnostic| diagnostic.message.contains(&format!("{table}.{column}`")));
        said.extend(helps.map(|diagnostic| format!("{}\n  {}\n", diagnostic.message, diagnostic.help)));
    }
    insta::assert_snapshot!(said);
}
