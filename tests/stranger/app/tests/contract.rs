//! Contract and code are held together.

#[test]
fn code_is_what_the_contract_says() {
    migratable_build::assert_current("../contract.yaml", "src/shop");
}
