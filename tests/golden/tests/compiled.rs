//! The generated code of every case, compiled without a warning, and held to the projection it must be equal to.
#![deny(warnings, missing_docs)]

#[path = "../generated/ancestry/mod.rs"]
pub mod ancestry;
#[path = "../generated/binaries/mod.rs"]
pub mod binaries;
#[path = "../generated/blog/mod.rs"]
pub mod blog;
#[path = "../generated/calculated/mod.rs"]
pub mod calculated;
#[path = "../generated/chain/mod.rs"]
pub mod chain;
#[path = "../generated/checks/mod.rs"]
pub mod checks;
#[path = "../generated/choices/mod.rs"]
pub mod choices;
#[path = "../generated/clocks/mod.rs"]
pub mod clocks;
#[path = "../generated/collected/mod.rs"]
pub mod collected;
#[path = "../generated/composite/mod.rs"]
pub mod composite;
#[path = "../generated/computed/mod.rs"]
pub mod computed;
#[path = "../generated/conditional/mod.rs"]
pub mod conditional;
#[path = "../generated/decimals/mod.rs"]
pub mod decimals;
#[path = "../generated/edited/mod.rs"]
pub mod edited;
#[path = "../generated/enrolment/mod.rs"]
pub mod enrolment;
#[path = "../generated/folded/mod.rs"]
pub mod folded;
#[path = "../generated/foreign_key/mod.rs"]
pub mod foreign_key;
#[path = "../generated/grown/mod.rs"]
pub mod grown;
#[path = "../generated/hostile/mod.rs"]
pub mod hostile;
#[path = "../generated/imported/mod.rs"]
pub mod imported;
#[path = "../generated/junction/mod.rs"]
pub mod junction;
#[path = "../generated/key_forms/mod.rs"]
pub mod key_forms;
#[path = "../generated/keys/mod.rs"]
pub mod keys;
#[path = "../generated/keys_apart/mod.rs"]
pub mod keys_apart;
#[path = "../generated/keys_single/mod.rs"]
pub mod keys_single;
#[path = "../generated/legacy/mod.rs"]
pub mod legacy;
#[path = "../generated/library/mod.rs"]
pub mod library;
#[path = "../generated/long_names/mod.rs"]
pub mod long_names;
#[path = "../generated/lookup/mod.rs"]
pub mod lookup;
#[path = "../generated/market/mod.rs"]
pub mod market;
#[path = "../generated/nullable/mod.rs"]
pub mod nullable;
#[path = "../generated/overrides/mod.rs"]
pub mod overrides;
pub mod own;
#[path = "../generated/relation/mod.rs"]
pub mod relation;
#[path = "../generated/rental/mod.rs"]
pub mod rental;
#[path = "../generated/reserved/mod.rs"]
pub mod reserved;
#[path = "../generated/retention/mod.rs"]
pub mod retention;
#[path = "../generated/self_join/mod.rs"]
pub mod self_join;
#[path = "../generated/several_kinds/mod.rs"]
pub mod several_kinds;
#[path = "../generated/sharded/mod.rs"]
pub mod sharded;
#[path = "../generated/shop_apart/mod.rs"]
pub mod shop_apart;
#[path = "../generated/shop_single/mod.rs"]
pub mod shop_single;
#[path = "../generated/single_columns/mod.rs"]
pub mod single_columns;
#[path = "../generated/sparse/mod.rs"]
pub mod sparse;
#[path = "../generated/timed/mod.rs"]
pub mod timed;
#[path = "../generated/tree/mod.rs"]
pub mod tree;
#[path = "../generated/types/mod.rs"]
pub mod types;
#[path = "../generated/unique_keys/mod.rs"]
pub mod unique_keys;
#[path = "../generated/unsigned/mod.rs"]
pub mod unsigned;
#[path = "../generated/wide/mod.rs"]
pub mod wide;
#[path = "../generated/wiki/mod.rs"]
pub mod wiki;
#[path = "../generated/zero_dates/mod.rs"]
pub mod zero_dates;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue as SdkValue;
use migratable::{Entity, dynamodb};
use migratable_contract::diagnostic::SourceFile;
use migratable_contract::model::Contract;
use migratable_core::dynamodb::AttributeValue;
use migratable_core::projection;
use migratable_test_conformance::random_row;
use proptest::test_runner::TestRunner;

fn contract(case: &str) -> Contract {
    let path = format!("{}/cases/{case}/contract.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    migratable_contract::load(&SourceFile::new(path, text)).value.expect("a contract without errors")
}

/// Whether a generated struct carries any row exactly, and makes the item that the contract's plan, compiled at run
/// time, makes of the row.
fn agrees<E: Entity>(contract: &Contract) {
    let entity = contract.entities.iter().find(|entity| *entity.name == *E::plan().entity);
    let plan = &entity.expect("the struct's entity is in the contract").plan;
    assert_eq!(E::plan(), plan, "the constant is the plan compiled at run time");
    let mut runner = TestRunner::deterministic();
    // A wide row has many values of each type: fewer rows say as much.
    for _ in 0..(6000 / plan.columns.len()).clamp(50, 300) {
        let row = random_row(plan, &mut runner).expect("any value of every type");
        let value = E::from_row(row.clone()).expect("the struct holds what the column holds");
        assert_eq!(value.to_row().expect("and gives it back"), row);
        let item = value.to_item().expect("an item");
        assert_eq!(item, projection::item(plan, &row).expect("the projection's item"));
        assert_eq!(E::from_item(&item).and_then(|back| back.to_item()).expect("back again"), item);
        assert_eq!(projection::row(plan, &item).expect("the row"), row);
        // What the store writes and reads is made without that item.
        let of_sdk = dynamodb::to_item(&value).expect("an item of the SDK");
        assert_eq!(of_sdk, item.iter().map(|(name, value)| (name.clone(), sdk_value(value))).collect());
        let back: E = dynamodb::from_item(of_sdk).expect("back from the SDK");
        assert_eq!(back.to_row().expect("the row"), row);
    }
}

fn sdk_value(value: &AttributeValue) -> SdkValue {
    match value {
        AttributeValue::S(text) => SdkValue::S(text.clone()),
        AttributeValue::N(digits) => SdkValue::N(digits.clone()),
        AttributeValue::B(bytes) => SdkValue::B(Blob::new(bytes.clone())),
        AttributeValue::Bool(flag) => SdkValue::Bool(*flag),
        AttributeValue::Ss(texts) => SdkValue::Ss(texts.clone()),
        AttributeValue::L(values) => SdkValue::L(values.iter().map(sdk_value).collect()),
        AttributeValue::M(values) => {
            SdkValue::M(values.iter().map(|(name, value)| (name.clone(), sdk_value(value))).collect())
        }
        other => panic!("no plan makes {}", other.type_name()),
    }
}

macro_rules! agree {
    ($($test:ident: $module:ident [$($entity:ident)*])*) => {$(
        #[test]
        fn $test() {
            let contract = contract(stringify!($module));
            assert_eq!(contract.entities.len(), [$(stringify!($entity)),*].len(), "an entity is not listed here");
            $(agrees::<$module::$entity>(&contract);)*
        }
    )*};
}

agree! {
    library_agrees: library [Author Book Loan]
    shop_agrees: shop_single [User Category Product Tag ProductTag CartItem Order OrderLine Review Coupon]
    types_agree: types [Sample]
    overrides_agree: overrides [Account Booking]
    grown_agrees: grown [Person Club Belong Log]
    hostile_names_agree: hostile [BuildRs Con Escape Lib LineBreak Main Main2 Mod RSelf Table2 Tttttttttttttttttttttttttttttttttttttttttttttttttttttttt Tttttttttttttttttttttttttttttttttttttttttttttttttttttttt2 Type Type2 UserName UserName2 UserName3 UserName4 XIncludeEtcPasswd]
    keys_agree: keys [Parent ByTiny ByUbig ByBig ByMoney ByBorn ByMet BySeen ByLast ByYear ByFlag ByCode ByPaddedCode ByUuid ByToken ByKind Word Reading]
    composite_agrees: composite [Warehouse Shelf Measurement]
    tree_agrees: tree [Folder Person Comment]
    enrolment_agrees: enrolment [Student Course Enrolment Attempt]
    junction_agrees: junction [Post Tag PostTag Friend]
    choices_agrees: choices [Choice Setting]
    decimals_agrees: decimals [Ledger Rate]
    clocks_agrees: clocks [Clock Shift]
    unsigned_agrees: unsigned [Counter Pair]
    nullable_agrees: nullable [Draft]
    zero_dates_agrees: zero_dates [Account]
    folded_agrees: folded [Account Alias]
    binaries_agrees: binaries [Device Event Token]
    computed_agrees: computed [BoxEntity]
    checks_agrees: checks [Offer]
    legacy_agrees: legacy [Address Code]
    reserved_agrees: reserved [Order Use OptionEntity ResultEntity]
    long_names_agrees: long_names [TheTableWhoseNameIsAsLongAsTheServerTakesNamesToB1 TheTableWhoseNameIsAsLongAsTheServerTakesNamesToB2]
    single_columns_agrees: single_columns [Allowed Word Hash Holiday Price]
    wide_agrees: wide [Answer]
    chain_agrees: chain [Continent Country Region Street City House]
    sparse_agrees: sparse [Job]
    wiki_agrees: wiki [Page Revision Categorylink]
    blog_agrees: blog [BlUser BlPost BlPostmeta BlTermRelationship]
    rental_agrees: rental [Language Film Actor FilmActor Rental]
    market_agrees: market [User Order Product Category]
    self_join_agrees: self_join [Baker]
    foreign_key_agrees: foreign_key [Team Match]
    conditional_agrees: conditional [Parcel]
    lookup_agrees: lookup [Film Actor Role]
    collected_agrees: collected [Question]
    several_kinds_agrees: several_kinds [Singer Rehearsal Score]
    calculated_agrees: calculated [Job]
    sharded_agrees: sharded [Job]
    timed_agrees: timed [Station Reading]
    ancestry_agrees: ancestry [Taxon Sheet]
    retention_agrees: retention [Person Letter]
    relation_agrees: relation [Seat Ticket Repair]
    imported_agrees: imported [Observer Night Site]
    unique_keys_agrees: unique_keys [Badge]
    key_forms_agree: key_forms [Keeper Ship]
    edited_agrees: edited [Customer Order]
}
