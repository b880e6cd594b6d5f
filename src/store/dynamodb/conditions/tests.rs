#![expect(clippy::unwrap_used, reason = "a panic is the failure")]

use migratable_core::key::{KeyFormat, KeyTemplate};
use migratable_core::value::Decimal;

use super::*;
use crate::entity::Entity;
use crate::fixture::USER;
use crate::fixture::{
    self, BY_EMAIL, CREATED, EMAIL, GET, ID, IN_TABLE, OF_USER, OF_USER_AT, OF_USER_WITH_TOTAL, Order, SINCE,
    TOTAL,
};

fn ask<T>(pattern: usize, by: &[Value], check: impl FnOnce(&Question<'_>) -> T) -> T {
    let plan = Order::plan();
    check(&Question::new(plan, &plan.patterns[pattern], by).unwrap())
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn number(digits: &str) -> AttributeValue {
    AttributeValue::N(digits.to_owned())
}

fn created() -> Value {
    Value::Timestamp(fixture::moment())
}

/// A query as text: the expression with every placeholder's meaning in it.
fn shown(query: &Query) -> String {
    let (names, values) = query.placeholders();
    let mut text = query.expression();
    for (placeholder, name) in names {
        text = text.replace(&placeholder, &name);
    }
    for (placeholder, value) in values {
        text = text.replace(&placeholder, &format!("{value:?}"));
    }
    let residual: Vec<usize> = query.residual.0.iter().map(|(column, _)| *column).collect();
    format!("{text} residual {residual:?}")
}

#[test]
fn a_get_by_the_whole_key_is_by_that_key() {
    let access = ask(GET, &[Value::Int(3), created(), Value::Int(7)], |question| access(question).unwrap());
    let key = Item::from([
        ("PK".to_owned(), text("USER#0000000003")),
        ("SK".to_owned(), text("ORDER#2024-01-31T10:00:00Z#0000000007")),
    ]);
    assert_eq!(access, Access::Key { key, residual: Residual(vec![]) });
}

#[test]
fn a_value_of_which_the_key_has_only_a_part_is_compared() {
    let mut plan = Order::plan().clone();
    let month = KeyFormat::Time("%Y-%m".into());
    let parts = [
        KeyPart::Formatted { column: CREATED, format: month },
        KeyPart::Literal("#".into()),
        KeyPart::Column { column: ID, fold: false },
    ];
    plan.sort = plan.sort.map(|key| {
        let source = KeySource::Template(KeyTemplate { parts: parts.to_vec().into() });
        KeyAttribute { source, ..key }
    });
    let by = [Value::Int(3), created(), Value::Int(7)];
    let question = Question::new(&plan, &plan.patterns[GET], &by).unwrap();
    let key = Item::from([
        ("PK".to_owned(), text("USER#0000000003")),
        ("SK".to_owned(), text("2024-01#0000000007")),
    ]);
    // Without the comparison, an order of the same month would answer whoever asks for another moment.
    assert_eq!(
        access(&question).unwrap(),
        Access::Key { key, residual: Residual(vec![(CREATED, created())]) }
    );
}

#[test]
fn a_list_asks_every_shard_and_each_goes_on_after_the_cursor_in_its_own_partition() {
    let mut plan = Order::plan().clone();
    let parts = [
        KeyPart::Literal("USER#".into()),
        KeyPart::Column { column: USER, fold: false },
        KeyPart::Literal("#".into()),
        KeyPart::Formatted { column: ID, format: KeyFormat::Shard(3) },
    ];
    plan.partition.source = KeySource::Template(KeyTemplate { parts: parts.to_vec().into() });
    let by = [Value::Int(3)];
    let question = Question::new(&plan, &plan.patterns[IN_TABLE], &by).unwrap();
    let queries = queries(&question).unwrap();
    let partitions: Vec<String> = queries.iter().map(shown).collect();
    let shard =
        |n: u32| format!(r#"PK = S("USER#0000000003#{n}") AND begins_with(SK, S("ORDER#")) residual []"#);
    assert_eq!(partitions, [shard(0), shard(1), shard(2)]);
    let after = [created(), Value::Int(7)];
    for (n, query) in queries.iter().enumerate() {
        let key = start_key(&question, query, &after).unwrap();
        assert_eq!(key["PK"], text(&format!("USER#0000000003#{n}")));
        assert_eq!(key["SK"], text("ORDER#2024-01-31T10:00:00Z#0000000007"));
    }
}

#[test]
fn a_get_through_an_index_folds_as_the_items_do() {
    let Access::Queries(queries) = ask(BY_EMAIL, &[Value::Text("BÓB ".to_owned())], |q| access(q).unwrap())
    else {
        panic!("an index can't be asked by its key");
    };
    assert_eq!(shown(&queries[0]), r#"GPK = S("E#bob") residual []"#);
}

#[test]
fn a_list_fixes_the_partition_and_what_the_sort_key_starts_with() {
    let partition = r#"PK = S("USER#0000000003")"#;
    assert_eq!(
        ask(IN_TABLE, &[Value::Int(3)], |question| shown(&queries(question).unwrap()[0])),
        format!(r#"{partition} AND begins_with(SK, S("ORDER#")) residual []"#)
    );
    assert_eq!(
        ask(SINCE, &[Value::Int(3), created()], |question| shown(&queries(question).unwrap()[0])),
        format!(r#"{partition} AND begins_with(SK, S("ORDER#2024-01-31T10:00:00Z#")) residual []"#)
    );
}

#[test]
fn attributes_of_an_index_are_fixed_one_by_one_and_the_first_open_one_ends_it() {
    assert_eq!(
        ask(OF_USER, &[Value::Int(3)], |question| shown(&queries(question).unwrap()[0])),
        r#"user_id = N("3") residual []"#
    );
    assert_eq!(
        ask(OF_USER_AT, &[Value::Int(3), created()], |question| shown(&queries(question).unwrap()[0])),
        r#"user_id = N("3") AND created_at = S("2024-01-31T10:00:00Z") residual []"#
    );
}

#[test]
fn a_parameter_past_an_open_attribute_or_in_no_key_is_compared_with_each_row() {
    let mut plan = Order::plan().clone();
    plan.patterns.to_mut()[OF_USER].by = vec![fixture::USER, ID].into();
    let by = [Value::Int(3), Value::Int(7)];
    let question = Question::new(&plan, &plan.patterns[OF_USER], &by).unwrap();
    let query = queries(&question).unwrap().remove(0);
    assert_eq!(shown(&query), format!(r#"user_id = N("3") residual [{ID}]"#));
    let mut row = fixture::row();
    assert!(query.residual.admits(&plan, &row).unwrap());
    row[ID] = Value::Int(8);
    assert!(!query.residual.admits(&plan, &row).unwrap());
}

#[test]
fn what_is_compared_here_is_compared_as_mysql_does() {
    let plan = Order::plan();
    let decimal = |text: &str| Value::Decimal(Decimal::parse(text).unwrap());
    let by = [Value::Int(3), decimal("12.5")];
    let query = ask(OF_USER_WITH_TOTAL, &by, |question| queries(question).unwrap().remove(0));
    assert_eq!(shown(&query), format!(r#"user_id = N("3") residual [{TOTAL}]"#));
    assert!(query.residual.admits(plan, &fixture::row()).unwrap());
    let residual = Residual(vec![(EMAIL, Value::Text("BOB@EXAMPLE.ORG  ".to_owned()))]);
    assert!(residual.admits(plan, &fixture::row()).unwrap());
    let residual = Residual(vec![(EMAIL, Value::Text("rob@example.org".to_owned()))]);
    assert!(!residual.admits(plan, &fixture::row()).unwrap());
}

#[test]
fn a_partition_key_that_is_left_open_is_refused_not_scanned() {
    let mut plan = Order::plan().clone();
    plan.patterns.to_mut()[IN_TABLE].by = vec![ID].into();
    plan.patterns.to_mut()[GET].by = vec![fixture::USER].into();
    for pattern in [IN_TABLE, GET] {
        let by = [Value::Int(7)];
        let question = Question::new(&plan, &plan.patterns[pattern], &by).unwrap();
        let error = access(&question).unwrap_err();
        assert!(error.to_string().contains("open"), "{error}");
    }
}

#[test]
fn an_empty_prefix_is_no_condition() {
    let mut plan = Order::plan().clone();
    let KeySource::Template(template) = &mut plan.sort.as_mut().unwrap().source else { panic!("a template") };
    template.parts.to_mut().remove(0);
    let by = [Value::Int(3)];
    let question = Question::new(&plan, &plan.patterns[IN_TABLE], &by).unwrap();
    assert_eq!(shown(&queries(&question).unwrap().remove(0)), r#"PK = S("USER#0000000003") residual []"#);
}

#[test]
fn a_list_goes_on_after_the_keys_of_table_and_index() {
    let after = [created(), Value::Int(7)];
    let key = ask(OF_USER, &[Value::Int(3)], |question| {
        start_key(question, &queries(question).unwrap()[0], &after).unwrap()
    });
    let expected = Item::from([
        ("PK".to_owned(), text("USER#0000000003")),
        ("SK".to_owned(), text("ORDER#2024-01-31T10:00:00Z#0000000007")),
        ("user_id".to_owned(), number("3")),
        ("created_at".to_owned(), text("2024-01-31T10:00:00Z")),
        ("order_id".to_owned(), number("7")),
    ]);
    assert_eq!(key, expected);
    let key = ask(IN_TABLE, &[Value::Int(3)], |question| {
        start_key(question, &queries(question).unwrap()[0], &after).unwrap()
    });
    assert_eq!(key.len(), 2);
}

#[test]
fn a_cursor_that_makes_no_key_is_refused() {
    let error = ask(OF_USER, &[Value::Int(3)], |question| {
        start_key(question, &queries(question).unwrap()[0], &[created(), Value::Null]).unwrap_err()
    });
    assert!(error.is_invalid_cursor(), "{error}");
}

#[test]
fn parameters_are_checked_before_anything_is_asked() {
    let plan = Order::plan();
    for by in [vec![], vec![Value::Null], vec![Value::Text("3".to_owned())], vec![Value::Int(1 << 40)]] {
        let Err(error) = Question::new(plan, &plan.patterns[OF_USER], &by) else { panic!("{by:?}") };
        assert!(error.is_invalid(), "{error}");
    }
}

#[test]
fn a_pattern_of_another_plan_is_refused_not_followed() {
    let plan = Order::plan();
    let mut other = plan.patterns[OF_USER].clone();
    other.index = Some(9);
    let Err(error) = Question::new(plan, &other, &[Value::Int(3)]) else { panic!("it has no such index") };
    assert!(error.is_invalid() && error.to_string().contains("another plan"), "{error}");
}

#[test]
fn texts_that_cannot_be_folded_are_equal_only_if_they_are_the_same_and_else_nobody_knows() {
    let plan = Order::plan();
    let text = |text: &str| Value::Text(text.to_owned());
    let row = |email: &str| {
        let mut row = fixture::row();
        row[EMAIL] = text(email);
        row
    };
    let residual = |email: &str| Residual(vec![(EMAIL, text(email))]);
    assert!(residual("😀").admits(plan, &row("😀")).unwrap());
    // utf8mb4_general_ci holds all such characters equal.
    for (asked, stored) in [("😀", "😁"), ("😀", "bob"), ("bob", "😀")] {
        let error = residual(asked).admits(plan, &row(stored)).unwrap_err();
        assert!(error.to_string().contains("`email`"), "{error}");
    }
    let members = vec!["new".into(), "paid".into()].into();
    let collation = migratable_core::collation::Collation::constant("latin1_swedish_ci");
    let status = MySqlType::Enum { members, collation };
    assert_eq!(same(&status, &text("new"), &text("paid")), Ok(false));
}

#[test]
fn a_parameter_behind_an_open_one_in_a_template_is_compared_with_each_row() {
    let mut plan = Order::plan().clone();
    plan.patterns.to_mut()[IN_TABLE].by = vec![fixture::USER, ID].into();
    let by = [Value::Int(3), Value::Int(7)];
    let question = Question::new(&plan, &plan.patterns[IN_TABLE], &by).unwrap();
    assert_eq!(
        shown(&queries(&question).unwrap().remove(0)),
        format!(r#"PK = S("USER#0000000003") AND begins_with(SK, S("ORDER#")) residual [{ID}]"#)
    );
}

#[test]
fn nothing_is_asked_of_a_key_past_the_one_that_only_starts_with_something() {
    let mut plan = Order::plan().clone();
    let start = plan.sort.clone().unwrap();
    let total = KeyAttribute { name: "total".into(), source: KeySource::Attribute(TOTAL) };
    plan.indexes.to_mut()[1].sort = vec![start, total].into();
    let by = [Value::Int(3), Value::Decimal(Decimal::parse("12.5").unwrap())];
    let question = Question::new(&plan, &plan.patterns[OF_USER_WITH_TOTAL], &by).unwrap();
    assert_eq!(
        shown(&queries(&question).unwrap().remove(0)),
        format!(r#"user_id = N("3") AND begins_with(SK, S("ORDER#")) residual [{TOTAL}]"#)
    );
}

/// A range of the key, as [`shown`]; `None` where nothing is asked.
fn range(index: Option<usize>, given: &[Value], ends: Ends) -> Option<String> {
    let plan = Order::plan();
    let pattern = plan.range_pattern(index, given.len()).unwrap();
    let question = Question { plan, pattern: &pattern, by: given, ends: Some(&ends) };
    let query = queries(&question).unwrap().pop()?;
    Some(shown(&query))
}

#[test]
fn a_range_of_a_template_is_one_stretch_of_its_texts() {
    let partition = r#"PK = S("USER#0000000003") AND SK"#;
    let user = || vec![Value::Int(3)];
    let of_day = || vec![Value::Int(3), created()];
    let later = Value::Timestamp(migratable_core::value::DateTime { hour: 11, ..fixture::moment() });
    for (asked, lower, upper) in [
        (
            range(None, &user(), Ends::Between(created(), later)),
            "2024-01-31T10:00:00Z",
            "2024-01-31T11:00:00Z…",
        ),
        (range(None, &user(), Ends::From(created())), "2024-01-31T10:00:00Z", "…"),
        (range(None, &user(), Ends::After(created())), "2024-01-31T10:00:00[", "…"),
        (range(None, &user(), Ends::Until(created())), "", "2024-01-31T10:00:00Z…"),
        (range(None, &user(), Ends::Before(created())), "", "2024-01-31T10:00:00Y…"),
        (
            range(None, &of_day(), Ends::From(Value::Int(-7))),
            "2024-01-31T10:00:00Z#-9999999992",
            "2024-01-31T10:00:00Z#…",
        ),
        (
            range(None, &of_day(), Ends::Until(Value::Int(7))),
            "2024-01-31T10:00:00Z#",
            "2024-01-31T10:00:00Z#0000000007…",
        ),
    ] {
        let (asked, start) = (cut(&asked.unwrap()), "ORDER#");
        let expected =
            format!(r#"{partition} BETWEEN S("{start}{lower}") AND S("{start}{upper}") residual []"#);
        assert_eq!(asked, expected);
    }
}

/// What fills a text up to the length of a key, as an ellipsis.
fn cut(text: &str) -> String {
    let text = text.replace('\u{7ff}', "").replace(r"\u{7f}", "").replace(r"\u{ffff}", "");
    let mut cut = text.replace(r"\u{10ffff}", "…");
    while cut.contains("……") {
        cut = cut.replace("……", "…");
    }
    cut
}

#[test]
fn a_range_of_a_key_that_is_the_attribute_itself_is_its_comparison() {
    let user = r#"user_id = N("3") AND"#;
    let seven = || Value::Int(7);
    let at = r#"user_id = N("3") AND created_at = S("2024-01-31T10:00:00Z") AND"#;
    let given = [Value::Int(3), created()];
    for (ends, test) in [
        (Ends::Between(Value::Int(-7), seven()), r#"order_id BETWEEN N("-7") AND N("7")"#),
        (Ends::From(seven()), r#"order_id >= N("7")"#),
        (Ends::After(seven()), r#"order_id > N("7")"#),
        (Ends::Until(seven()), r#"order_id <= N("7")"#),
        (Ends::Before(seven()), r#"order_id < N("7")"#),
    ] {
        assert_eq!(range(Some(1), &given, ends).as_deref(), Some(&*format!("{at} {test} residual []")));
    }
    let ends = Ends::From(created());
    assert_eq!(
        range(Some(1), &given[..1], ends).as_deref(),
        Some(&*format!(r#"{user} created_at >= S("2024-01-31T10:00:00Z") residual []"#))
    );
}

#[test]
fn an_empty_end_of_a_key_that_is_the_attribute_itself_comes_before_all_keys() {
    let mut plan = Order::plan().clone();
    plan.columns.to_mut()[ID].ty = plan.columns[EMAIL].ty.clone();
    plan.attributes.to_mut()[ID].ty = migratable_core::dynamodb::AttributeType::S;
    let MySqlType::VarChar { collation, .. } = &mut plan.columns.to_mut()[ID].ty else { panic!("a text") };
    *collation = migratable_core::collation::Collation::constant("utf8mb4_0900_bin");
    let pattern = plan.range_pattern(Some(1), 2).unwrap();
    let given = [Value::Int(3), created()];
    let text = |text: &str| Value::Text(text.to_owned());
    let asked = |ends: Ends| {
        let question = Question { plan: &plan, pattern: &pattern, by: &given, ends: Some(&ends) };
        queries(&question).unwrap().first().map(Query::expression)
    };
    let all = Some("#k0 = :k0 AND #k1 = :k1".to_owned());
    assert_eq!(asked(Ends::From(text(""))), all);
    assert_eq!(asked(Ends::After(text(""))), all);
    assert_eq!(asked(Ends::Until(text(""))), None);
    assert_eq!(asked(Ends::Before(text(""))), None);
    assert_eq!(asked(Ends::Between(text(""), text(""))), None);
    let up_to = all.map(|all| format!("{all} AND #k2 <= :k2"));
    assert_eq!(asked(Ends::Between(text(""), text("a"))), up_to);
}
