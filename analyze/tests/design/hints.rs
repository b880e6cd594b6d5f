//! What the design takes from DDL beside the schema.

use migratable_analyze::ddl::{self, Server};
use migratable_analyze::design::{Hints, Layout, Options, propose};
use migratable_contract::diagnostic::{SourceFile, render};

const DDL: &str = "CREATE TABLE users (
  id INT PRIMARY KEY,
  active BOOLEAN NOT NULL,
  level TINYINT(1) NOT NULL,
  name VARCHAR(40) NOT NULL,
  bio VARCHAR(600) NOT NULL,
  UNIQUE KEY bio (bio),
  CONSTRAINT kept CHECK (id > 0),
  CONSTRAINT loose CHECK (id < 9) NOT ENFORCED
);
CREATE TABLE log (line INT NOT NULL, UNIQUE KEY line (line));
";

#[test]
fn ddl_says_what_the_schema_does_not() {
    let file = SourceFile::new("shop.sql", DDL);
    let reading = ddl::read(&file, Server::MySql80);
    let hints = Hints::from(&reading.schema);
    let pair = |table: &str, name: &str| (table.to_owned(), name.to_owned());
    assert_eq!(hints.declared_boolean, [pair("users", "active")].into());
    assert_eq!(hints.unenforced_checks, [pair("users", "loose")].into());
    assert_eq!(hints.places[&("users".to_owned(), Some("level".to_owned()))].text(), "level");
    assert_eq!(hints.places[&("log".to_owned(), None)].text(), "log");
}

#[test]
fn findings_point_into_the_ddl() {
    let file = SourceFile::new("shop.sql", DDL);
    let reading = ddl::read(&file, Server::MySql80);
    let options = Options { name: "shop".to_owned(), layout: Layout::default() };
    let proposal = propose(&reading.schema.source(), &Hints::from(&reading.schema), &options);
    insta::assert_snapshot!(render(&proposal.diagnostics, false));
}

/// Nothing the DDL says is lost in silence: what the contract has no place for stands in its comments.
#[test]
fn what_a_contract_has_no_place_for_is_said_in_comments() {
    let ddl = "CREATE TABLE users (
  id INT(5) ZEROFILL PRIMARY KEY COMMENT 'the\nnumber',
  name VARCHAR(40) NOT NULL,
  score FLOAT(7,3) NOT NULL,
  no BIGINT AS (id + 1) STORED,
  city_id INT NOT NULL,
  UNIQUE KEY start (name(5)),
  UNIQUE KEY folded ((LOWER(name))),
  KEY latest (score DESC, name),
  KEY sum ((id + city_id)),
  FULLTEXT KEY words (name),
  FOREIGN KEY (city_id) REFERENCES cities (id),
  FOREIGN KEY (city_id) REFERENCES users (id),
  FOREIGN KEY (city_id, id) REFERENCES towns (a, b) MATCH FULL,
  FOREIGN KEY (no) REFERENCES cities (id) MATCH SIMPLE ON DELETE CASCADE ON UPDATE SET NULL
) ENGINE=InnoDB COMMENT='who may #log in';
CREATE TABLE cities (id INT PRIMARY KEY INVISIBLE, CHECK (id > 0)) AUTO_INCREMENT=7 PARTITION BY KEY (id) PARTITIONS 4;
";
    let reading = ddl::read(&SourceFile::new("shop.sql", ddl), Server::MySql80);
    let options = Options { name: "shop".to_owned(), layout: Layout::default() };
    let proposal = propose(&reading.schema.source(), &Hints::from(&reading.schema), &options);
    let end = proposal.text.find("\n\ntables:").unwrap_or_default();
    insta::assert_snapshot!(&proposal.text[..end]);
    let file = SourceFile::new("contract.yaml", proposal.text.clone());
    assert_eq!(render(&migratable_contract::load(&file).diagnostics, false), "");
    assert_eq!(migratable_contract::format(&file).value, Some(proposal.text));
}

/// What a body does is known as far as its SQL stands in it.
#[test]
fn what_sql_that_is_put_together_touches_is_said_to_be_unknown() {
    let ddl = "CREATE TABLE users (id INT PRIMARY KEY); DELIMITER $$\n
CREATE PROCEDURE one() BEGIN DELETE FROM users; PREPARE s FROM @sql; EXECUTE s; END $$\n
CREATE FUNCTION one() RETURNS INT RETURN 1 $$";
    let reading = ddl::read(&SourceFile::new("shop.sql", ddl), Server::MySql80);
    let options = Options { name: "shop".to_owned(), layout: Layout::default() };
    let text = propose(&reading.schema.source(), &Hints::from(&reading.schema), &options).text;
    let line = |name: &str| {
        text.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(
        line("procedure one"),
        "procedure one: DynamoDB runs no procedures; MySQL runs it in phases 1 to 4, then the application has to (it \
         writes users); what the SQL touches that it puts together isn't known"
    );
    assert!(!line("function one").contains("isn't known"));
}

/// Whoever moves rows by hand sees here what a trigger did for them.
#[test]
fn what_is_there_beside_tables_is_named_and_dropped() {
    let ddl = "CREATE TABLE orders (id INT PRIMARY KEY, total INT NOT NULL, at DATETIME NOT NULL);
CREATE TABLE audit (id INT PRIMARY KEY, note VARCHAR(9) NOT NULL, FULLTEXT KEY words (note));
CREATE TABLE log (line INT);
CREATE VIEW big AS SELECT * FROM orders WHERE total > 9;
CREATE TRIGGER stamp BEFORE INSERT ON orders FOR EACH ROW SET NEW.at = NOW(), NEW.total = tax(NEW.total);
CREATE TRIGGER trail AFTER UPDATE ON orders FOR EACH ROW INSERT INTO audit VALUES (NEW.id, 'x');
CREATE TRIGGER guard BEFORE DELETE ON orders FOR EACH ROW SIGNAL SQLSTATE '45000';
CREATE TRIGGER copy AFTER INSERT ON log FOR EACH ROW UPDATE orders SET total = NEW.line;
CREATE FUNCTION tax(t INT) RETURNS INT RETURN t * 2;
CREATE PROCEDURE tax(IN t INT) DELETE FROM audit WHERE id = t;
CREATE PROCEDURE odd() PREPARE s FROM @sql;
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DO CALL tax(1);
";
    let reading = ddl::read(&SourceFile::new("shop.sql", ddl), Server::MySql80);
    assert_eq!(render(&reading.diagnostics, false), "");
    let options = Options { name: "shop".to_owned(), layout: Layout::TablePerEntity };
    let proposal = propose(&reading.schema.source(), &Hints::from(&reading.schema), &options);
    insta::assert_snapshot!(format!("{}\n{}", proposal.text, render(&proposal.diagnostics, false)));
    let file = SourceFile::new("contract.yaml", proposal.text);
    assert_eq!(render(&migratable_contract::load(&file).diagnostics, false), "");
}

/// Every fact that reading notes comes out, wherever the contract has room for it.
#[test]
fn no_note_is_lost() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/ddl");
    let mut notes = 0;
    for (name, server) in [
        ("dump.sql", Server::MySql80),
        ("hand.sql", Server::MySql80),
        ("later.sql", Server::MySql80),
        ("mysql57.sql", Server::MySql57),
        ("mariadb.sql", Server::MariaDb1011),
    ] {
        let text = std::fs::read_to_string(folder.join(name)).expect("a fixture");
        let schema = ddl::read(&SourceFile::new(name, text), server).schema;
        let options = Options { name: "shop".to_owned(), layout: Layout::default() };
        let proposal = propose(&schema.source(), &Hints::from(&schema), &options);
        for (subject, note) in schema.tables.iter().flat_map(ddl::Table::all_notes) {
            let said = note.text.replace(char::is_control, " ");
            let known = matches!(note.fact, ddl::Fact::NotEnforced) || said == "ENGINE InnoDB";
            assert!(known || proposal.text.contains(said.trim()), "{name}, {subject:?}: {said}");
            notes += 1;
        }
    }
    assert!(notes > 20, "{notes}");
}

/// Rows are told apart by whole columns alone, in whichever direction a key has them.
#[test]
fn parts_of_values_name_no_rows() {
    let ddl = "CREATE TABLE words (
  id INT PRIMARY KEY,
  start VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  lower VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  back INT NOT NULL,
  UNIQUE KEY start (start(5)),
  UNIQUE KEY lower ((LOWER(lower)), id),
  UNIQUE KEY back (back DESC)
);
CREATE TABLE starts (word VARCHAR(40) COLLATE utf8mb4_bin NOT NULL, PRIMARY KEY (word(5)));
CREATE TABLE backs (a INT, b INT, PRIMARY KEY (a DESC, b));
";
    let reading = ddl::read(&SourceFile::new("shop.sql", ddl), Server::MySql80);
    let options = Options { name: "shop".to_owned(), layout: Layout::TablePerEntity };
    let proposal = propose(&reading.schema.source(), &Hints::from(&reading.schema), &options);
    let start = proposal.text.find("access_patterns:").unwrap_or_default();
    insta::assert_snapshot!(format!("{}\n{}", &proposal.text[start..], render(&proposal.diagnostics, false)));
    let file = SourceFile::new("contract.yaml", proposal.text);
    assert_eq!(render(&migratable_contract::load(&file).diagnostics, false), "");
}
