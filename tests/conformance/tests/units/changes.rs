//! What becomes of rows: the same in both stores.

use anyhow::Context;
use migratable::UnitOfWork;
use migratable::types::{Decimal, Json};
use shop::{CartItem, CartItemKey, Product, ProductKey, Shop, User, UserKey};

use crate::club::{Club, Member, MemberColumns, MemberKey};
use crate::clubs::{Clubs, member};
use crate::shops::{Shops, cart_item, product};

async fn the_product(shop: &Shop) -> anyhow::Result<Product> {
    shop.products().by_id(7).await?.context("the product")
}

async fn the_member(club: &Club, member_id: u32) -> anyhow::Result<Member> {
    club.members().by_id(member_id).await?.context("the member")
}

async fn the_user(shop: &Shop) -> anyhow::Result<User> {
    shop.users().by_id(1).await?.context("the user")
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_are_set_added_to_and_taken_from() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let name = format!("{:?}", shop.store());
        let before = the_product(shop).await?;
        // None of these has to be known to be changed.
        shop.unit_of_work()
            .change(ProductKey { product_id: 7 }, |p| {
                p.stock
                    .subtract(11)
                    .and(p.name.set("Klavier".into()))
                    .and(p.description.set(Some("88 keys".into())))
                    .and(p.model_year.set(Some(2026)))
                    .and(p.density.set(Some("0.000000000000000000000000000001".parse().expect("a number"))))
            })
            .commit()
            .await?;
        let expected = Product {
            stock: -3,
            name: "Klavier".into(),
            description: Some("88 keys".into()),
            model_year: Some(2026),
            density: Some("0.000000000000000000000000000001".parse()?),
            ..before
        };
        assert_eq!(the_product(shop).await?, expected, "{name}");

        // The price is in a CHECK, the category in a key: their row is read first.
        shop.unit_of_work()
            .change(ProductKey { product_id: 7 }, |p| {
                p.price.add(Decimal::new(1, 2)).and(p.description.set(None)).and(p.editor_id.set(Some(2)))
            })
            .commit()
            .await?;
        let expected =
            Product { price: Decimal::new(1000, 2), description: None, editor_id: Some(2), ..expected };
        assert_eq!(the_product(shop).await?, expected, "{name}");
        // The index has followed.
        let edited = shop.products().of_editor(2).first().await?.items;
        assert_eq!(edited.len(), 1, "{name}");
        shop.unit_of_work().change(ProductKey { product_id: 7 }, |p| p.editor_id.set(None)).commit().await?;
        assert_eq!(shop.products().of_editor(2).first().await?.items, [], "{name}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_changed_is_changed() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let before = the_user(shop).await?;
        shop.unit_of_work()
            .change(UserKey { user_id: 1 }, |u| {
                u.interests
                    .set(vec!["music".into(), "books".into()])
                    .and(u.preferences.set(Some(Json::parse(r#"{"theme": "dark"}"#).expect("JSON"))))
                    .and(u.loyalty_tier.add(5))
                    .and(u.is_seller.set(true))
            })
            .commit()
            .await?;
        // `updated_at` would follow the clock in MySQL; in DynamoDB nothing does, so it doesn't in either.
        let expected = User {
            interests: vec!["books".into(), "music".into()],
            preferences: Some(Json::parse(r#"{"theme": "dark"}"#)?),
            loyalty_tier: 5,
            is_seller: true,
            ..before
        };
        assert_eq!(the_user(shop).await?, expected, "{:?}", shop.store());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unique_value_moves_with_its_row() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    for club in clubs.each() {
        let name = format!("{:?}", club.store());
        club.unit_of_work()
            .insert(&member(1, "ada@x.org", "ada"))
            .insert(&member(2, "bob@x.org", "bob"))
            .commit()
            .await?;
        let set = |member_id: u32, mail: &'static str| {
            club.unit_of_work().change(MemberKey { member_id }, move |m| m.mail.set(mail.into()))
        };
        let error = set(1, "BOB@x.org").commit().await.expect_err("Bob has it");
        assert!(error.is_conflict(), "{name}: {error}");
        assert_eq!(error.constraint(), Some("mail"), "{name}: {error}");
        // Another spelling of its own is no conflict.
        set(1, "Ada@X.org").commit().await?;
        set(1, "new@x.org").commit().await?;
        assert_eq!(the_member(club, 1).await?.mail, "new@x.org", "{name}");
        // What was given up is free, and what was taken is not.
        club.unit_of_work().insert(&member(3, "ada@x.org", "eve")).commit().await?;
        let error = club.unit_of_work().insert(&member(4, "NEW@x.org", "mal")).commit().await;
        assert_eq!(error.expect_err("it is taken").constraint(), Some("mail"), "{name}");

        // From one row to another within a unit, in the order in which MySQL allows it.
        let pass_on =
            set(1, "other@x.org").change(MemberKey { member_id: 2 }, |m| m.mail.set("new@x.org".into()));
        pass_on.commit().await?;
        assert_eq!(the_member(club, 2).await?.mail, "new@x.org", "{name}");
        let snatch =
            set(3, "new@x.org").change(MemberKey { member_id: 2 }, |m| m.mail.set("free@x.org".into()));
        let error = snatch.commit().await.expect_err("it is taken while the other has it");
        assert_eq!((error.constraint(), error.change()), (Some("mail"), Some(0)), "{name}");

        // Who goes gives all up.
        club.unit_of_work().delete(MemberKey { member_id: 2 }).commit().await?;
        club.unit_of_work().insert(&member(5, "NEW@x.org", "bob")).commit().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_with_another_key_keeps_what_is_its_own() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    for club in clubs.each() {
        let name = format!("{:?}", club.store());
        let lodger = Member { wing: Some(3), locker: Some(9), ..member(1, "ada@x.org", "ada") };
        club.unit_of_work().insert(&lodger).insert(&member(2, "bob@x.org", "bob")).commit().await?;
        let renumber = club
            .unit_of_work()
            .change(MemberKey { member_id: 1 }, |m| m.member_id.set(7).and(m.wing.set(Some(4))));
        renumber.commit().await?;
        assert!(club.members().by_id(1).await?.is_none(), "{name}");
        assert_eq!(the_member(club, 7).await?, Member { member_id: 7, wing: Some(4), ..lodger }, "{name}");
        // Its names are still its own, under the new key; the old locker is free.
        let error = club
            .unit_of_work()
            .change(MemberKey { member_id: 2 }, |m| m.nick.set("ada".into()))
            .commit()
            .await;
        assert_eq!(error.expect_err("it is taken").constraint(), Some("nick"), "{name}");
        let locker = |m: &MemberColumns, wing| m.wing.set(Some(wing)).and(m.locker.set(Some(9)));
        let error = club.unit_of_work().change(MemberKey { member_id: 2 }, |m| locker(m, 4)).commit().await;
        assert_eq!(error.expect_err("it is taken").constraint(), Some("locker"), "{name}");
        club.unit_of_work().change(MemberKey { member_id: 2 }, |m| locker(m, 3)).commit().await?;
        club.unit_of_work().change(MemberKey { member_id: 7 }, |m| m.nick.set("Ada".into())).commit().await?;
    }
    Ok(())
}

fn renumber(unit: UnitOfWork<'_>) -> UnitOfWork<'_> {
    unit.change(MemberKey { member_id: 1 }, |m| m.member_id.set(2))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_doesnt_move_to_where_the_unit_has_another() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    for club in clubs.each() {
        let name = format!("{:?}", club.store());
        let members = [member(1, "ada@x.org", "ada"), member(2, "bob@x.org", "bob")];
        club.unit_of_work().insert_all(&members).commit().await?;
        let unit = || club.unit_of_work();
        let before = renumber(unit().delete(MemberKey { member_id: 2 }));
        let after = renumber(unit()).insert(&member(2, "eve@x.org", "eve"));
        for unit in [before, after] {
            let error = unit.commit().await.expect_err("one transaction does one thing to an item");
            assert!(error.is_invalid(), "{name}: {error}");
            assert_eq!(error.change(), Some(1), "{name}: {error}");
            assert!(error.to_string().contains("change 1 of the unit"), "{name}: {error}");
        }
        assert_eq!(the_member(club, 1).await?, members[0], "{name}");
        assert_eq!(the_member(club, 2).await?, members[1], "{name}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_worked_out_of_a_changed_column_follows_it() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    for club in clubs.each() {
        let name = format!("{:?}", club.store());
        club.unit_of_work().insert(&member(1, "ada@x.org", "ada")).commit().await?;
        let change = club
            .unit_of_work()
            .change(MemberKey { member_id: 1 }, |m| m.level.set("full".into()).and(m.visits.add(1)));
        change.commit().await?;
        let found = the_member(club, 1).await?;
        assert_eq!((found.badge.as_str(), found.visits), ("ada (full)", 1), "{name}");
        let listed = |level: &str| club.members().of_level(level).first();
        assert_eq!(listed("full").await?.items, [found], "{name}");
        assert_eq!(listed("guest").await?.items, [], "{name}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_whose_key_changes_moves() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let name = format!("{:?}", shop.store());
        shop.unit_of_work()
            .insert(&product(8, "KB-200", 1)?)
            .insert(&cart_item(1, 7)?)
            .insert(&cart_item(2, 8)?)
            .commit()
            .await?;
        let move_to = |user_id: u32, from: u64, to: u64| {
            shop.unit_of_work().change(CartItemKey { user_id, product_id: from }, move |c| {
                c.product_id.set(to).and(c.quantity.add(1))
            })
        };
        move_to(1, 7, 8).commit().await?;
        let moved = CartItem { quantity: 3, ..cart_item(1, 8)? };
        assert_eq!(shop.cart_items().of_user(1).first().await?.items, [moved], "{name}");
        let of_product = |product_id| async move { shop.cart_items().of_product(product_id).first().await };
        assert_eq!(of_product(7).await?.items, [], "{name}");
        assert_eq!(of_product(8).await?.items.len(), 2, "{name}");

        // Where another row is, none moves.
        shop.unit_of_work().insert(&cart_item(1, 7)?).commit().await?;
        let error = move_to(1, 7, 8).commit().await.expect_err("there is one");
        assert!(error.is_conflict(), "{name}: {error}");
        assert_eq!(error.constraint(), Some("PRIMARY"), "{name}: {error}");
        assert_eq!(shop.cart_items().of_user(1).first().await?.items.len(), 2, "{name}");
    }
    Ok(())
}
