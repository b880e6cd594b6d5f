//! `fault-proxy ENDPOINT`: stands before this DynamoDB engine until its input ends.

fn main() -> anyhow::Result<()> {
    migratable_test_proxy::run()
}
