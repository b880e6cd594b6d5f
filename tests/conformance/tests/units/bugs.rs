//! What went wrong where an application was moved by hand, number by number, and the test that shows that it doesn't here.

use std::path::Path;

use anyhow::Context;
use migratable::Entity;
use migratable::types::Json;
use migratable_core::dynamodb::AttributeValue;
use migratable_test_conformance::cited::{self, Cited};
use shop::{CartItemKey, Category, Product, ProductKey, User, UserKey};

use crate::shops::{Shops, order, product, user};

/// A mistake, and the tests that show it isn't made here: file, function.
struct Mistake {
    number: u8,
    what: &'static str,
    tests: &'static [Cited],
}

const fn mistake(number: u8, what: &'static str, tests: &'static [Cited]) -> Mistake {
    Mistake { number, what, tests }
}

const HERE: &str = "tests/conformance/tests/units/bugs.rs";
const CHANGES: &str = "tests/conformance/tests/units/changes.rs";
const CROWDS: &str = "tests/conformance/tests/units/crowds.rs";
const FOREIGN_KEYS: &str = "tests/conformance/tests/units/foreign_keys.rs";
const SHOP: &str = "tests/conformance/tests/shop.rs";
const GOLDEN: &str = "tests/golden/tests/golden.rs";
const CONTRACTS: &str = "tests/projection/tests/contracts.rs";

const MISTAKES: [Mistake; 27] = [
    mistake(1, "a key is written one way and asked for another way", &[(GOLDEN, "both_stores_answer_alike")]),
    mistake(
        2,
        "a moment in a key has two spellings",
        &[(HERE, "a_moment_has_one_spelling"), ("core/tests/keys.rs", "one_value_sorts_as_in_mysql")],
    ),
    mistake(3, "writing a row again makes a second item", &[(HERE, "writing_again_makes_no_second_item")]),
    mistake(
        4,
        "a change or a delete misses the row and says it was done",
        &[(HERE, "what_is_not_there_is_not_made_by_a_change"), (CHANGES, "a_row_whose_key_changes_moves")],
    ),
    mistake(5, "two indexes have each other's values", &[(HERE, "each_index_has_its_own_values")]),
    mistake(
        6,
        "an attribute has another name or type than its readers take",
        &[
            (CONTRACTS, "every_case_gives_the_items_that_were_written_down"),
            (GOLDEN, "contracts_give_the_committed_code"),
        ],
    ),
    mistake(7, "who doesn't own a row changes it", &[(HERE, "only_who_owns_a_product_changes_it")]),
    mistake(
        8,
        "ids are made up by the clock",
        &[
            ("tests/conformance/tests/units/ids.rs", "no_id_comes_twice_whoever_else_takes_some"),
            ("tests/conformance/tests/units/ids.rs", "dynamodb_goes_on_where_mysql_stopped"),
        ],
    ),
    mistake(9, "a flag is a number here and a text there", &[(HERE, "a_user_comes_back_as_it_was")]),
    mistake(10, "a document is a text here and a map there", &[(HERE, "a_user_comes_back_as_it_was")]),
    mistake(
        11,
        "a field is lost on the way",
        &[
            (HERE, "a_user_comes_back_as_it_was"),
            ("contracts/tests/rules/main.rs", "each_mutation_gives_its_codes_and_no_other"),
        ],
    ),
    mistake(
        12,
        "a change of what the key is made of is refused, or leaves the old item",
        &[
            (CHANGES, "a_unique_value_moves_with_its_row"),
            (CHANGES, "a_row_with_another_key_keeps_what_is_its_own"),
        ],
    ),
    mistake(
        13,
        "an account overwrites another of the same name",
        &[
            (CROWDS, "a_name_has_one_owner"),
            ("tests/projection/tests/unique.rs", "both_stores_refuse_the_same_guests"),
        ],
    ),
    mistake(
        14,
        "a change of what is gone leaves a part of an item",
        &[(HERE, "what_is_not_there_is_not_made_by_a_change")],
    ),
    mistake(
        15,
        "a number is a text, so that sums are none",
        &[
            (CHANGES, "columns_are_set_added_to_and_taken_from"),
            ("core/tests/codec.rs", "a_value_survives_its_attribute"),
        ],
    ),
    mistake(
        16,
        "what has no rows gets one of NULLs",
        &[
            (HERE, "an_order_without_lines_has_none"),
            (CONTRACTS, "every_case_gives_the_items_that_were_written_down"),
        ],
    ),
    mistake(
        17,
        "a change of one column wipes the others",
        &[
            (CHANGES, "only_what_is_changed_is_changed"),
            ("tests/conformance/tests/units/courses.rs", "who_shares_a_map_loses_nothing"),
        ],
    ),
    mistake(
        18,
        "a question leaves the partition open",
        &[("contracts/tests/rules/main.rs", "each_mutation_gives_its_codes_and_no_other")],
    ),
    mistake(
        19,
        "a row moves in two steps, the second of which may never come",
        &[(CHANGES, "a_row_whose_key_changes_moves")],
    ),
    mistake(
        20,
        "rows that point at a deleted one are left",
        &[
            (FOREIGN_KEYS, "what_points_goes_along_two_deep_or_forgets"),
            (FOREIGN_KEYS, "nobody_is_left_pointing_at_nothing"),
            (HERE, "what_follows_no_foreign_key_is_said"),
        ],
    ),
    mistake(
        21,
        "a copy is taken from another row than the one that is meant",
        &[(CONTRACTS, "every_case_gives_the_items_that_were_written_down")],
    ),
    mistake(
        22,
        "a list ends where the engine cut it",
        &[("tests/proxy/tests/faults/reads.rs", "a_page_is_whole_and_ordered_however_the_engine_cuts_it")],
    ),
    mistake(
        23,
        "a list ignores its size, its start and its order",
        &[
            (SHOP, "a_cursor_goes_on_where_the_other_store_stopped_and_nowhere_else"),
            (GOLDEN, "both_stores_answer_alike"),
        ],
    ),
    mistake(24, "more is sold than there is", &[(CROWDS, "nothing_is_oversold")]),
    mistake(
        25,
        "a checkout stops half-way",
        &[
            ("tests/conformance/tests/units/transactions.rs", "a_checkout_is_done_whole_or_not_at_all"),
            ("tests/proxy/tests/faults/units.rs", "a_unit_that_is_given_up_is_done_whole_or_not_at_all"),
        ],
    ),
    mistake(
        26,
        "a time without a zone is read in another zone",
        &[
            (HERE, "a_moment_has_one_spelling"),
            (CONTRACTS, "every_case_gives_the_items_that_were_written_down"),
        ],
    ),
    mistake(
        27,
        "tests run on tables that are not the contract's",
        &[("engine/tests/tables/embedded.rs", "tables_of_another_script_are_told_from_the_contracts")],
    ),
];

#[test]
fn every_mistake_has_a_test_that_is_there() -> anyhow::Result<()> {
    let numbers: Vec<u8> = MISTAKES.iter().map(|mistake| mistake.number).collect();
    assert_eq!(numbers, (1..=27).collect::<Vec<u8>>());
    for mistake in &MISTAKES {
        cited::are_there(&format!("{}: {}", mistake.number, mistake.what), mistake.tests)?;
    }
    Ok(())
}

#[test]
fn a_moment_has_one_spelling() -> anyhow::Result<()> {
    let item = order(1)?.to_item()?;
    assert_eq!(item["placed_at"], AttributeValue::S("2026-01-01T00:00:00.000Z".to_owned()));
    let elsewhere = shop::Order { placed_at: "2026-01-01T02:00:00+02:00".parse()?, ..order(1)? };
    assert_eq!(elsewhere.to_item()?, item, "the same instant, said in another zone");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn writing_again_makes_no_second_item() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        for _ in 0..2 {
            shop.orders().put(&order(1)?).await?;
        }
        let again = shop.unit_of_work().insert(&order(1)?).commit().await.expect_err("it is there");
        assert!(again.is_conflict(), "{again}");
        assert_eq!(shop.orders().of_user(1).first().await?.items, [order(1)?], "{:?}", shop.store());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_made_by_a_change() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let name = format!("{:?}", shop.store());
        let cart = || CartItemKey { user_id: 1, product_id: 7 };
        let error = shop.unit_of_work().change(cart(), |c| c.quantity.set(3)).commit().await;
        assert!(error.expect_err("the cart is empty").is_not_found(), "{name}");
        assert_eq!(shop.cart_items().get(&cart()).await?, None, "{name}");
        let error =
            shop.unit_of_work().change(ProductKey { product_id: 8 }, |p| p.stock.add(1)).commit().await;
        assert!(error.expect_err("there is no such product").is_not_found(), "{name}");
        assert_eq!(shop.products().by_id(8).await?, None, "{name}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_index_has_its_own_values() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let name = format!("{:?}", shop.store());
        // A category and a seller of the same number.
        let other = Category { category_id: 2, parent_id: None, name: "keys".into(), position: 1 };
        let sold = Product { seller_id: 2, ..product(8, "KB-200", 1)? };
        let filed = Product { category_id: 2, ..product(9, "KB-300", 1)? };
        shop.unit_of_work().insert(&other).insert(&sold).insert(&filed).commit().await?;
        assert_eq!(shop.products().of_seller(2).first().await?.items, [sold], "{name}");
        assert_eq!(shop.products().of_category(2).first().await?.items, [filed], "{name}");
        shop.unit_of_work().change(ProductKey { product_id: 8 }, |p| p.category_id.set(2)).commit().await?;
        assert_eq!(shop.products().of_category(2).first().await?.items.len(), 2, "{name}");
        assert_eq!(shop.products().of_seller(2).first().await?.items.len(), 1, "{name}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_owns_a_product_changes_it() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let name = format!("{:?}", shop.store());
        let by = |seller: u32| {
            shop.unit_of_work().change(ProductKey { product_id: 7 }, move |p| {
                p.name.set(format!("of {seller}")).only_if(p.seller_id.equals(seller))
            })
        };
        assert!(by(2).commit().await.expect_err("not theirs").is_condition_failed(), "{name}");
        let theirs = shop.unit_of_work().delete_if(ProductKey { product_id: 7 }, |p| p.seller_id.equals(2));
        assert!(theirs.commit().await.expect_err("not theirs").is_condition_failed(), "{name}");
        by(1).commit().await?;
        let found = shop.products().by_id(7).await?.context("the product")?;
        assert_eq!(found.name, "of 1", "{name}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_comes_back_as_it_was() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let name = format!("{:?}", shop.store());
        for (user_id, is_seller) in [(10, true), (11, false)] {
            let new = User {
                is_seller,
                preferences: Some(Json::parse(r#"{"first_name": "Ada", "sizes": [1, 2.50]}"#)?),
                interests: vec!["books".into()],
                ..user(user_id, &format!("{user_id}@example.com"), &format!("u{user_id}"))?
            };
            shop.unit_of_work().insert(&new).commit().await?;
            assert_eq!(shop.users().by_id(user_id).await?, Some(new.clone()), "{name}");
            // A change of something else leaves it so.
            shop.unit_of_work().change(UserKey { user_id }, |u| u.loyalty_tier.add(1)).commit().await?;
            let expected = User { loyalty_tier: 1, ..new };
            assert_eq!(shop.users().by_id(user_id).await?, Some(expected), "{name}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_without_lines_has_none() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        shop.orders().put(&order(1)?).await?;
        let page = shop.order_lines().of_order(1).first().await?;
        assert!(page.items.is_empty() && page.next.is_none(), "{:?}: {page:?}", shop.store());
    }
    Ok(())
}

/// Where a contract keeps no foreign key nothing follows, and nobody is to find that out by its rows.
#[test]
fn what_follows_no_foreign_key_is_said() -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (file, words) in [
        ("ARCHITECTURE.md", "(`references`) and no others"),
        ("docs/guide.md", "a foreign key that is `dropped` refuses and takes along nothing"),
        ("examples/shop/src/shop/order_line.rs", "foreign key order_id"),
    ] {
        let text = std::fs::read_to_string(root.join(file)).with_context(|| file.to_owned())?;
        assert!(text.contains(words), "{file} doesn't say {words:?}");
    }
    Ok(())
}
