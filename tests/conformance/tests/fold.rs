//! Folding joins exactly what the server's collations join: character by character over the whole repertoire, and in
//! texts. The oracle is MariaDB.

use migratable_core::collation::Collation;
use migratable_test_engines::MariaDb;
use sqlx::{Connection, MySqlConnection, Row};

/// The collations of MariaDB that can be folded. `utf8mb4_0900_ai_ci` exists on MySQL 8 only.
const COLLATIONS: [&str; 6] = [
    "utf8mb4_general_ci",
    "utf8mb4_unicode_ci",
    "utf8mb4_unicode_520_ci",
    "utf8mb4_uca1400_ai_ci",
    "utf8mb4_bin",
    "utf8mb4_nopad_bin",
];

/// Texts whose characters meet: expansions, blanks at the end, accents beside letters.
const TEXTS: [&str; 14] = [
    "bob",
    "Bob",
    "BÓB",
    "bob ",
    "bob  x",
    "straße",
    "STRASSE",
    "strase",
    "œuvre",
    "oeuvre",
    "Ελλάς",
    "ΕΛΛΑΣ",
    "ёлка",
    "йод",
];

/// Every character that can be folded, alone, and some texts: each with its folded form.
fn samples(collation: &Collation) -> Vec<(String, String)> {
    let characters = ('\0'..'\u{10000}').map(String::from);
    let texts = characters.chain(TEXTS.map(str::to_owned));
    texts.filter_map(|text| collation.fold(&text).ok().map(|folded| (text, folded))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn folding_joins_what_the_server_joins() -> anyhow::Result<()> {
    let server = MariaDb::start()?;
    server.create_database("fold").await?;
    let mut connection = MySqlConnection::connect(&server.url("fold")).await?;
    for name in COLLATIONS {
        let samples = samples(&Collation::constant(name));
        assert!(samples.len() > 30_000, "the repertoire of {name} has only {} samples", samples.len());
        let table = format!("CREATE TEMPORARY TABLE t (a VARCHAR(20), b VARCHAR(20)) COLLATE {name}");
        sqlx::query(sqlx::AssertSqlSafe(table)).execute(&mut connection).await?;
        for chunk in samples.chunks(8_000) {
            let rows = vec!["(?, ?)"; chunk.len()].join(", ");
            let mut insert = sqlx::query(sqlx::AssertSqlSafe(format!("INSERT INTO t VALUES {rows}")));
            for (text, folded) in chunk {
                insert = insert.bind(text).bind(folded);
            }
            insert.execute(&mut connection).await?;
        }
        let apart =
            sqlx::query("SELECT a, b FROM t WHERE a <> b LIMIT 20").fetch_all(&mut connection).await?;
        let apart: Vec<(String, String)> = apart.iter().map(|row| (row.get(0), row.get(1))).collect();
        assert!(apart.is_empty(), "{name}: folded to what the server holds different: {apart:?}");

        let joined = sqlx::query("SELECT GROUP_CONCAT(DISTINCT b COLLATE utf8mb4_nopad_bin SEPARATOR '|') FROM t GROUP BY b HAVING COUNT(DISTINCT b COLLATE utf8mb4_nopad_bin) > 1 LIMIT 20")
            .fetch_all(&mut connection)
            .await?;
        let joined: Vec<String> = joined.iter().map(|row| row.get(0)).collect();
        assert!(joined.is_empty(), "{name}: folded apart what the server joins: {joined:?}");
        sqlx::query("DROP TEMPORARY TABLE t").execute(&mut connection).await?;
    }
    Ok(())
}
