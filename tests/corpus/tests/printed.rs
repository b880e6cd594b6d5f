//! A contract that was proposed for a schema as people write it records what a server prints of that schema: dumps are
//! compared with it, and nothing has changed.
#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

use migratable_analyze::ddl::{self, ReadOptions, Reading, Server as For};
use migratable_analyze::design::{self, Hints, Options};
use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::diff::{ContractPlaces, drift};
use migratable_contract::load;
use migratable_test_corpus::server::{DATABASE, Server, execute, rows};
use migratable_test_engines::Template;
use sqlx::MySqlConnection;

const SCHEMA: &str = concat!(
    include_str!("../../../analyze/tests/drift/schema.sql"),
    "CREATE TABLE odd (id INT PRIMARY KEY, `two words` JSON, bits BIT(3) DEFAULT b'101', pad BINARY(4) DEFAULT 'a');\n"
);

fn read(text: &str) -> Reading {
    ddl::read(&SourceFile::new("schema.sql", text), ReadOptions::from(For::MariaDb1011))
}

/// What a dump holds beside rows.
async fn printed(connection: &mut MySqlConnection) -> String {
    // What is listed, the column that names it, and the column that a print of it has its statement in.
    let kinds = [
        ("TABLE", "SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'", 0, 1),
        ("VIEW", "SHOW FULL TABLES WHERE Table_type = 'VIEW'", 0, 1),
        ("TRIGGER", "SHOW TRIGGERS", 0, 2),
        ("PROCEDURE", "SHOW PROCEDURE STATUS WHERE Db = DATABASE()", 1, 2),
        ("FUNCTION", "SHOW FUNCTION STATUS WHERE Db = DATABASE()", 1, 2),
        ("EVENT", "SHOW EVENTS", 1, 3),
    ];
    let mut script = String::new();
    for (kind, listing, name, statement) in kinds {
        for listed in rows(connection, listing).await.unwrap() {
            let name = listed[name].as_deref().unwrap();
            let shown =
                rows(connection, &format!("SHOW CREATE {kind} {}", migratable_core::sql::quote(name)))
                    .await
                    .unwrap();
            script += shown[0][statement].as_deref().unwrap();
            script += ";\n";
        }
    }
    script
}

#[tokio::test]
async fn what_a_server_prints_is_no_drift() {
    let server = Server::start(&Template::new().unwrap()).await.unwrap();
    let mut connection = server.connect(DATABASE).await.unwrap();
    execute(&mut connection, SCHEMA).await.unwrap();
    let script = printed(&mut connection).await;
    assert_ne!(script, "");
    let (old, new) = (read(SCHEMA), read(&script));
    let options = Options { name: "shop".to_owned(), layout: design::Layout::default() };
    let proposal = design::propose(&old.schema.source(), &Hints::from(&old.schema), &options);
    let file = SourceFile::new("contract.yaml", proposal.text);
    let contract = load(&file).value.unwrap();
    let places = ContractPlaces::read(&file).source();
    let found = drift(&contract, &places, &new.schema.source(), &new.schema.places());
    assert_eq!(render(&found, false), "", "{script}");
}
