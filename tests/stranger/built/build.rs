//! Generates the code of the workspace's contract.

fn main() -> Result<(), migratable_build::Error> {
    migratable_build::Contract::new("../contract.yaml").generate_to_out_dir("shop")
}
