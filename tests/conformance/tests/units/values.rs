//! Values that get lost between MySQL and DynamoDB elsewhere: each goes MySQL → struct → item → struct → MySQL and is the same,
//! or is refused before anything is written.

use anyhow::Context;
use migratable::types::{Decimal, Json};
use migratable_test_conformance::cited::{self, Cited};
use shop::{Product, User};
use sqlx::Row as _;

use crate::shops::{Shops, product, user};

/// A kind of value, and the tests that hold it: file, function.
struct Trap {
    number: u8,
    what: &'static str,
    tests: &'static [Cited],
}

const fn trap(number: u8, what: &'static str, tests: &'static [Cited]) -> Trap {
    Trap { number, what, tests }
}

const HERE: &str = "tests/conformance/tests/units/values.rs";
const CODEC: &str = "core/tests/codec.rs";
const MISFITS: &str = "tests/conformance/tests/misfits.rs";
const LIMITS: &str = "tests/conformance/tests/limits.rs";
const FOLD: &str = "tests/conformance/tests/fold.rs";
const CHARSETS: &str = "tests/conformance/tests/charsets.rs";
const ZERO_DATES: &str = "tests/conformance/tests/zero_dates.rs";
const UNIQUE: &str = "tests/projection/tests/unique.rs";
const GOLDEN: &str = "tests/golden/tests/golden.rs";

const ROUND: (&str, &str) = (HERE, "values_go_the_whole_way_and_back");
const SERVER: (&str, &str) = (MISFITS, "what_is_said_of_a_value_is_what_the_server_does_with_it");

const TRAPS: [Trap; 25] = [
    trap(
        1,
        "texts that a collation holds equal",
        &[(FOLD, "folding_joins_what_the_server_joins"), (UNIQUE, "both_stores_refuse_the_same_guests")],
    ),
    trap(2, "one text in two forms of Unicode", &[(FOLD, "folding_joins_what_the_server_joins")]),
    trap(
        3,
        "the empty text, in a key and elsewhere",
        &[ROUND, (LIMITS, "the_engine_takes_what_passes_and_nothing_past_it")],
    ),
    trap(
        4,
        "NULL in an index's key",
        &[
            (CODEC, "null_is_absent_and_the_null_type_is_null"),
            ("tests/conformance/tests/units/changes.rs", "columns_are_set_added_to_and_taken_from"),
        ],
    ),
    trap(
        5,
        "a value of another type in an index's key",
        &[(CODEC, "what_a_column_cannot_hold_never_becomes_an_attribute")],
    ),
    trap(6, "the empty set", &[ROUND, (CODEC, "an_empty_set_is_not_null")]),
    trap(
        7,
        "numbers with zeros, with exponents, with more than 38 digits",
        &[
            ROUND,
            (CODEC, "numbers_dynamodb_has_no_room_for_are_refused_not_rounded"),
            (CODEC, "zeros_after_the_point_are_no_digits_to_dynamodb"),
        ],
    ),
    trap(8, "unsigned numbers of 64 bits", &[ROUND]),
    trap(9, "FLOAT, whose text has 6 digits", &[ROUND]),
    trap(10, "the zero below zero", &[(CODEC, "what_is_written_stays_what_it_is")]),
    trap(11, "a TINYINT(1) that is no flag", &[(CODEC, "only_0_and_1_are_flags")]),
    trap(12, "BIT", &[ROUND]),
    trap(13, "ENUM and SET, out of order and out of range", &[ROUND, SERVER]),
    trap(
        14,
        "zero dates, and times past a day",
        &[ROUND, (ZERO_DATES, "zero_dates_are_kept_where_the_contract_says_so_and_refused_elsewhere")],
    ),
    trap(15, "TIMESTAMP in another zone, DATETIME in the hour that isn't", &[ROUND]),
    trap(16, "fractions of a second", &[ROUND, SERVER]),
    trap(17, "what a server clamps and cuts outside strict mode", &[SERVER]),
    trap(18, "blanks and zero bytes at the end", &[ROUND, SERVER]),
    trap(19, "ZEROFILL", &[(GOLDEN, "both_stores_answer_alike")]),
    trap(20, "JSON as it was written", &[ROUND]),
    trap(
        21,
        "character sets",
        &[
            (CHARSETS, "random_rows_are_the_same_in_both_stores"),
            (CHARSETS, "a_text_outside_a_columns_character_set_is_refused_by_both_stores"),
        ],
    ),
    trap(
        22,
        "items and keys too large",
        &[
            (LIMITS, "the_engine_takes_what_passes_and_nothing_past_it"),
            (HERE, "an_item_too_large_is_refused_by_both_stores"),
        ],
    ),
    trap(23, "unique keys with NULL in them", &[(UNIQUE, "both_stores_refuse_the_same_guests")]),
    trap(24, "columns that the server works out", &[ROUND]),
    trap(25, "names that expressions take for their own", &[(GOLDEN, "both_stores_answer_alike")]),
];

#[test]
fn every_trap_has_a_test_that_is_there() -> anyhow::Result<()> {
    let numbers: Vec<u8> = TRAPS.iter().map(|trap| trap.number).collect();
    assert_eq!(numbers, (1..=25).collect::<Vec<u8>>());
    for trap in &TRAPS {
        cited::are_there(&format!("{}: {}", trap.number, trap.what), trap.tests)?;
    }
    Ok(())
}

fn products() -> anyhow::Result<Vec<Product>> {
    let plain = |id: u64| product(id, &format!("P-{}", id % 1000), 0);
    Ok(vec![
        Product {
            price: Decimal::new(1_50, 2),
            density: Some("99999999999999999999999999999999999.999999999999999999999999999999".parse()?),
            flags: 0b11_1111_1111,
            weight_kg: Some(16_777_216.0),
            score: 1.0 / 3.0,
            description: Some(String::new()),
            ..plain(u64::MAX)?
        },
        Product {
            density: Some("-0.000000000000000000000000000001".parse()?),
            weight_kg: Some(0.1),
            score: 5e-130,
            model_year: Some(0),
            prep_time: Some("-838:59:59".parse()?),
            // The hour that clocks leave out in spring.
            available_at: Some("2026-03-29T02:30:00".parse()?),
            created_at: "2026-12-31T23:59:59.999".parse()?,
            description: Some(" blanks at both ends ".to_owned()),
            ..plain(2)?
        },
        Product {
            stock: i32::MIN,
            model_year: Some(2155),
            prep_time: Some("838:59:59".parse()?),
            ..plain(3)?
        },
    ])
}

fn users() -> anyhow::Result<Vec<User>> {
    let plain = |id: u32| user(id, &format!("{id}@example.com"), &format!("v{id}"));
    Ok(vec![
        User {
            phone: Some(String::new()),
            first_name: Some("Zoe\u{301} \u{1F3B9}".to_owned()),
            last_name: None,
            display_name: Some("Zoe\u{301} \u{1F3B9}".to_owned()),
            is_seller: true,
            loyalty_tier: i8::MIN,
            preferences: Some(Json::parse(r#"{"b": 1.50, "a": [1e3, "x"], "b": null}"#)?),
            avatar: Some(vec![0, 255, 0]),
            born_on: Some("1000-01-01".parse()?),
            created_at: "1970-01-01T00:00:01.000001Z".parse()?,
            updated_at: "2038-01-19T03:14:07.999999Z".parse()?,
            ..plain(u32::MAX)?
        },
        User {
            interests: vec!["books".into(), "music".into()],
            avatar: Some(Vec::new()),
            preferences: None,
            ..plain(12)?
        },
    ])
}

/// Every column of a table as the server has it, byte by byte.
async fn raw(shops: &Shops, table: &str) -> anyhow::Result<Vec<String>> {
    let columns: Vec<String> = sqlx::query_scalar(
        "SELECT CAST(COLUMN_NAME AS CHAR) FROM information_schema.COLUMNS \
         WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION",
    )
    .bind(table)
    .fetch_all(&shops.pool)
    .await?;
    let columns: Vec<String> =
        columns.iter().map(|column| format!("COALESCE(HEX(`{column}`), 'NULL')")).collect();
    let sql = format!("SELECT CONCAT_WS(',', {}) FROM `{table}` ORDER BY id", columns.join(", "));
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&shops.pool).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

#[tokio::test(flavor = "multi_thread")]
async fn values_go_the_whole_way_and_back() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for new in products()? {
        shops.mysql.products().put(&new).await?;
        let there = shops.mysql.products().by_id(new.product_id).await?.context("the product")?;
        assert_eq!(there, new);
        for shop in [&shops.dynamodb, &shops.second] {
            shop.products().put(&there).await?;
            let back = shop.products().by_id(new.product_id).await?.context("the item")?;
            assert_eq!(back, new);
        }
    }
    for new in users()? {
        shops.mysql.users().put(&new).await?;
        let there = shops.mysql.users().by_id(new.user_id).await?.context("the user")?;
        assert_eq!(there, new);
        for shop in [&shops.dynamodb, &shops.second] {
            shop.users().put(&there).await?;
            let back = shop.users().by_id(new.user_id).await?.context("the item")?;
            assert_eq!(back, new);
        }
    }
    let before = (raw(&shops, "products").await?, raw(&shops, "users").await?);
    assert_eq!((before.0.len(), before.1.len()), (4, 4));
    for shop in [&shops.dynamodb, &shops.second] {
        for product in shop.products().of_seller(1).page(100, None).await?.items {
            shops.mysql.products().put(&product).await?;
        }
        for user_id in [u32::MAX, 12] {
            let user = shop.users().by_id(user_id).await?.context("the item")?;
            shops.mysql.users().put(&user).await?;
        }
        assert_eq!((raw(&shops, "products").await?, raw(&shops, "users").await?), before);
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_too_large_is_refused_by_both_stores() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    let review = |bytes: usize| -> anyhow::Result<shop::Review> {
        Ok(shop::Review {
            product_id: 7,
            user_id: 1,
            rating: 5,
            helpful: None,
            body: Some("x".repeat(bytes)),
            written_at: "2026-01-01T00:00:00".parse()?,
        })
    };
    for shop in shops.each() {
        let name = format!("{:?}", shop.store());
        let error = shop.unit_of_work().insert(&review(410_000)?).commit().await.expect_err("too large");
        assert!(error.is_invalid() && error.change() == Some(0), "{name}: {error}");
        assert_eq!(error.invalid_fields().context("why")?.failures()[0].code(), "item_bytes", "{name}");
        assert_eq!(shop.reviews().of_product(7).first().await?.items, [], "{name}");
        shop.unit_of_work().insert(&review(400_000)?).commit().await?;
    }
    Ok(())
}
