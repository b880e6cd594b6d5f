//! `cargo xtask bench items`: how fast structs become DynamoDB items and items structs, beside serde_dynamo and beside code
//! written by hand. Nothing is asserted of times, because another machine has others; that all make the same is.
#![expect(clippy::print_stdout, reason = "what it finds is for the developer who asks")]

mod by_hand;
mod entities;
mod measure;

use std::collections::HashMap;
use std::fmt::Debug;

use anyhow::ensure;
use aws_sdk_dynamodb::types::AttributeValue;
use migratable::{Entity, dynamodb};
use serde::Serialize;
use serde::de::DeserializeOwned;

use self::measure::{Taken, Way, in_turn};

type Item = HashMap<String, AttributeValue>;

/// Items in a batch.
const BATCH: u32 = 16;

/// A struct, with what was written by hand for it.
struct Case<E> {
    name: &'static str,
    make: fn(u32) -> anyhow::Result<E>,
    check: fn(&E) -> anyhow::Result<()>,
    to_item: fn(&E) -> Item,
    from_item: fn(Item) -> anyhow::Result<E>,
}

fn main() -> anyhow::Result<()> {
    println!(
        "structs to items of the SDK and back, on one core (medians of 30 rounds in turn; {BATCH} items)"
    );
    println!("a ratio is how much longer the other takes than migratable; A/A is migratable again");
    measure(&Case {
        name: "narrow, 5 attributes",
        make: entities::session,
        check: by_hand::check_session,
        to_item: by_hand::session_item,
        from_item: by_hand::session,
    })?;
    measure(&Case {
        name: "wide, 25 attributes",
        make: entities::invoice,
        check: by_hand::check_invoice,
        to_item: by_hand::invoice_item,
        from_item: by_hand::invoice,
    })?;
    measure(&Case {
        name: "long texts, 8 attributes",
        make: entities::article,
        check: by_hand::check_article,
        to_item: by_hand::article_item,
        from_item: by_hand::article,
    })
}

fn measure<E>(case: &Case<E>) -> anyhow::Result<()>
where
    E: Entity + PartialEq + Debug + Serialize + DeserializeOwned,
{
    let structs = (0..BATCH).map(case.make).collect::<anyhow::Result<Vec<E>>>()?;
    let items = structs.iter().map(dynamodb::to_item).collect::<Result<Vec<Item>, _>>()?;
    let serde_items = structs.iter().map(serde_dynamo::to_item).collect::<Result<Vec<Item>, _>>()?;
    for ((value, item), serde_item) in structs.iter().zip(&items).zip(&serde_items) {
        (case.check)(value)?;
        ensure!((case.to_item)(value) == *item, "what is written by hand makes another item of {value:?}");
        ensure!(dynamodb::from_item::<E>(item.clone())? == *value, "{value:?} does not come back");
        ensure!((case.from_item)(item.clone())? == *value, "{value:?} does not come back by hand");
        let back: E = serde_dynamo::from_item(serde_item.clone())?;
        ensure!(back == *value, "{value:?} does not come back from serde_dynamo");
    }
    let all = || structs.iter().collect::<Vec<&E>>();
    let to_item = |name| Way::new(name, all, |value: &E| dynamodb::to_item(value));
    print(
        case.name,
        "to items",
        &in_turn(vec![
            to_item("migratable"),
            to_item("A/A"),
            Way::new("serde_dynamo", all, |value: &E| serde_dynamo::to_item::<_, Item>(value)),
            Way::new("by hand", all, |value: &E| (case.check)(value).map(|()| (case.to_item)(value))),
            Way::new("by hand, unchecked", all, |value: &E| (case.to_item)(value)),
        ]),
    );
    let of_ours = || items.clone();
    let of_serde = || serde_items.clone();
    let from_item = |name| Way::new(name, of_ours, |item| dynamodb::from_item::<E>(item));
    print(
        case.name,
        "to structs",
        &in_turn(vec![
            from_item("migratable"),
            from_item("A/A"),
            Way::new("serde_dynamo", of_serde, |item| serde_dynamo::from_item::<_, E>(item)),
            Way::new("by hand", of_ours, |item| (case.from_item)(item)),
        ]),
    );
    Ok(())
}

fn print(case: &str, direction: &str, taken: &[Taken]) {
    println!("{case}, {direction}");
    for Taken { name, time, ratio } in taken {
        let nanos = time.as_secs_f64() * 1e9 / f64::from(BATCH);
        let target = match *name {
            "serde_dynamo" => "   (target: 2 or more)",
            "by hand" => "   (target: 1 or more)",
            _ => "",
        };
        println!("  {name:20} {nanos:8.0} ns   {ratio:5.2}{target}");
    }
}
