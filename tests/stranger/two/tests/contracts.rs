//! Contracts and code are held together.

#[test]
fn the_shop_is_what_its_contract_says() {
    migratable_build::assert_current("../contract.yaml", "src/shop");
}

#[test]
fn billing_is_what_its_contract_says() {
    migratable_build::assert_current("contracts/billing.yaml", "src/billing");
}
