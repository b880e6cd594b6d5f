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
  FOREIGN KEY (city_id, id) REFERENCES towns (a, b)
) ENGINE=InnoDB COMMENT='who may #log in';
CREATE TABLE cities (id INT PRIMARY KEY, CHECK (id > 0));
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
        "procedure one: \"DynamoDB runs no procedures; MySQL runs it in phases 1 to 4, then the application has to: it \
         writes users; what the SQL touches that it puts together isn't known\""
    );
    assert!(!line("function one").contains("isn't known"));
}
