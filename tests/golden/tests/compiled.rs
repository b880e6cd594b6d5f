//! The generated code of every case, compiled without a warning, and held to the projection it must be equal to.
#![deny(warnings, missing_docs)]

#[path = "../generated/grown/mod.rs"]
pub mod grown;
#[path = "../generated/hostile/mod.rs"]
pub mod hostile;
#[path = "../generated/keys/mod.rs"]
pub mod keys;
#[path = "../generated/keys_apart/mod.rs"]
pub mod keys_apart;
#[path = "../generated/keys_single/mod.rs"]
pub mod keys_single;
#[path = "../generated/library/mod.rs"]
pub mod library;
#[path = "../generated/shop_apart/mod.rs"]
pub mod shop_apart;
#[path = "../generated/shop_single/mod.rs"]
pub mod shop_single;
#[path = "../generated/types/mod.rs"]
pub mod types;

use migratable::Entity;
use migratable_contract::diagnostic::SourceFile;
use migratable_contract::model::Contract;
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
    for _ in 0..300 {
        let row = random_row(plan, &mut runner).expect("any value of every type");
        let value = E::from_row(row.clone()).expect("the struct holds what the column holds");
        assert_eq!(value.to_row().expect("and gives it back"), row);
        let item = value.to_item().expect("an item");
        assert_eq!(item, projection::item(plan, &row).expect("the projection's item"));
        assert_eq!(E::from_item(&item).and_then(|back| back.to_item()).expect("back again"), item);
        assert_eq!(projection::row(plan, &item).expect("the row"), row);
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
    grown_agrees: grown [Person Club Belong Log]
    hostile_names_agree: hostile [BuildRs Con Escape Lib LineBreak Main Main2 Mod RSelf Table2 Tttttttttttttttttttttttttttttttttttttttttttttttttttttttt Tttttttttttttttttttttttttttttttttttttttttttttttttttttttt2 Type Type2 UserName UserName2 UserName3 UserName4 XIncludeEtcPasswd]
    keys_agree: keys [Parent ByTiny ByUbig ByBig ByMoney ByBorn ByMet BySeen ByLast ByYear ByFlag ByCode ByPaddedCode ByUuid ByToken ByKind Word Reading]
}
