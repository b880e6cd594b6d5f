//! What changes tables after their CREATE TABLE: the schema in the end, and what is said on the way.
#![expect(clippy::unwrap_used, reason = "a test's panic is its failure")]

use migratable_analyze::ddl::{self, ReadOptions, Reading, Server, Table};
use migratable_contract::diagnostic::{self, SourceFile};
use migratable_contract::source::SourceTable;

fn read(text: &str, server: Server) -> Reading {
    ddl::read(&SourceFile::new("schema.sql", text), server)
}

/// Everything of a table that a dump of it says, but for the order of its keys, which SHOW CREATE TABLE has its own of.
fn facts(table: &Table) -> (SourceTable, Vec<String>) {
    let mut source = table.source();
    for keys in [&mut source.unique, &mut source.indexes, &mut source.fulltext] {
        keys.sort_by(|left, right| left.name.cmp(&right.name));
    }
    source.foreign_keys.sort_by(|left, right| left.columns.cmp(&right.columns));
    source.checks.sort_by(|left, right| left.name.cmp(&right.name));
    let mut names: Vec<String> = table.foreign_keys.iter().map(|key| key.name.clone()).collect();
    names.sort();
    let comments = table.columns.iter().map(|column| format!("{:?} {}", column.comment, column.stored));
    let own = [format!("{:?} {}", table.comment, table.collation)];
    (source, names.into_iter().chain(comments).chain(own).collect())
}

fn all_facts(reading: &Reading) -> Vec<(SourceTable, Vec<String>)> {
    let mut all: Vec<_> = reading.schema.tables.iter().map(facts).collect();
    all.sort_by(|left, right| left.0.name.cmp(&right.0.name));
    all
}

/// A schema made by CREATE TABLEs and what follows them is the schema that one CREATE TABLE each makes.
#[test]
fn tables_end_as_mariadb_has_them() {
    let fixture = include_str!("../fixtures/alter/mariadb.sql");
    let cases: Vec<&str> = fixture.split("-- case: ").skip(1).collect();
    assert!(cases.len() > 40);
    for case in cases {
        let (name, rest) = case.split_once('\n').unwrap();
        let (statements, gives) = rest.split_once("-- gives\n").unwrap();
        let (ours, theirs) = (read(statements, Server::MariaDb1011), read(gives, Server::MariaDb1011));
        assert!(!diagnostic::has_errors(&theirs.diagnostics), "{name}: {:?}", theirs.diagnostics);
        assert_eq!(diagnostic::render(&ours.diagnostics, false), "", "{name}");
        assert_eq!(all_facts(&ours), all_facts(&theirs), "{name}");
    }
}

/// A statement that the server would refuse changes nothing, and says why.
#[test]
fn statements_that_can_not_have_run() {
    let text = include_str!("../fixtures/alter/refused.sql");
    let reading = read(text, Server::MySql80);
    let created = text.find("CREATE TABLE lost").unwrap();
    assert_eq!(all_facts(&reading), all_facts(&read(&text[..created], Server::MySql80)));
    insta::assert_snapshot!(diagnostic::render(&reading.diagnostics, false));
}

/// An action that isn't understood costs no other.
#[test]
fn actions_that_are_not_understood() {
    let reading = read(include_str!("../fixtures/alter/actions.sql"), Server::MySql80);
    let columns: Vec<&str> = reading.schema.tables[0].columns.iter().map(|column| column.name()).collect();
    assert_eq!(columns, ["a", "c"]);
    insta::assert_snapshot!(diagnostic::render(&reading.diagnostics, false));
}

#[track_caller]
fn same(statements: &str, table: &str, server: Server) {
    let (ours, expected) = (read(statements, server), read(table, server));
    assert_eq!(diagnostic::render(&ours.diagnostics, false), "");
    assert_eq!(all_facts(&ours), all_facts(&expected));
}

#[test]
fn what_mysql_does_otherwise() {
    let same = |statements: &str, table: &str| same(statements, table, Server::MySql80);
    // A unique key keeps what is left of it.
    same(
        "CREATE TABLE t (a INT, b INT, UNIQUE k (a, b)); ALTER TABLE t DROP a",
        "CREATE TABLE t (b INT, UNIQUE k (b))",
    );
    // A column's check is the table's, and named after it.
    same(
        "CREATE TABLE t (a INT CHECK (`a` > 1), b INT); ALTER TABLE t MODIFY a BIGINT, RENAME TO u",
        "CREATE TABLE u (a BIGINT, b INT, CONSTRAINT u_chk_1 CHECK (`a` > 1))",
    );
    same(
        "CREATE TABLE t (a INT, CONSTRAINT c CHECK (`a` > 1)); CREATE TABLE u LIKE t",
        "CREATE TABLE t (a INT, CONSTRAINT c CHECK (`a` > 1)); CREATE TABLE u (a INT, CHECK (`a` > 1))",
    );
    // The name of its key is not a foreign key's name.
    same(
        "CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE t (a INT); ALTER TABLE t ADD FOREIGN KEY k (a) REFERENCES p (id)",
        "CREATE TABLE p (id INT PRIMARY KEY);
        CREATE TABLE t (a INT, KEY k (a), CONSTRAINT t_ibfk_1 FOREIGN KEY (a) REFERENCES p (id))",
    );
}

#[test]
fn what_is_shown_and_what_is_enforced() {
    let text =
        "CREATE TABLE t (a INT, b INT INVISIBLE, KEY k (a), KEY j (b) INVISIBLE, CONSTRAINT c CHECK (a > 1));
        ALTER TABLE t ALTER INDEX k INVISIBLE, ALTER INDEX j VISIBLE, ALTER CHECK c NOT ENFORCED,
            ALTER COLUMN a SET INVISIBLE, ALTER COLUMN b SET VISIBLE";
    let reading = read(text, Server::MySql80);
    let table = &reading.schema.tables[0];
    let invisible: Vec<bool> = table.keys.iter().map(|key| key.invisible).collect();
    assert_eq!(invisible, [true, false]);
    let invisible: Vec<bool> = table.columns.iter().map(|column| column.invisible).collect();
    assert_eq!(invisible, [true, false]);
    assert!(!table.checks[0].enforced);
    let said: Vec<&str> = table.all_notes().map(|(_, note)| note.place.text()).collect();
    assert_eq!(said, ["a", "k", "c"]);
}

/// A fact's place is where it was last said.
#[test]
fn places_are_those_of_the_last_word() {
    let text = "CREATE TABLE t (a INT, b INT); ALTER TABLE t CHANGE a z INT NULL; RENAME TABLE t TO u";
    let reading = read(text, Server::MySql80);
    let table = &reading.schema.tables[0];
    assert_eq!(table.columns[0].definition.text(), "z INT NULL");
    assert_eq!((table.name.as_str(), table.place.range.start), ("u", text.len() - 1));
}

#[test]
fn engines_without_foreign_keys_read_over_them() {
    let text = "CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE t (a INT REFERENCES p (id)) ENGINE=MyISAM";
    let reading = read(text, Server::MariaDb1011);
    let table = &reading.schema.tables[1];
    assert_eq!(table.foreign_keys, []);
    assert_eq!(table.keys[0].name, "a");
    assert!(table.notes.iter().any(|note| note.text == "FOREIGN KEY (a) is read over by MyISAM"));
    // Whether it could hold is not looked at then.
    let without_columns = text.replace("p (id))", "p)");
    assert_eq!(all_facts(&read(&without_columns, Server::MariaDb1011)), all_facts(&reading));
    let held = read(&without_columns.replace("MyISAM", "InnoDB"), Server::MariaDb1011);
    assert!(diagnostic::has_errors(&held.diagnostics) && held.schema.tables.len() == 1);
}

#[test]
fn a_program_without_a_name_is_said() {
    let text = "CREATE TABLE t (a INT);
        DELIMITER //
        BEGIN NOT ATOMIC IF @x THEN ALTER TABLE t ADD b INT; END IF; END //
        DELIMITER ;
        BEGIN; COMMIT; CREATE TABLE u (a INT)";
    let reading = read(text, Server::MariaDb1011);
    let said: Vec<&str> = reading.diagnostics.iter().map(|said| said.message.as_str()).collect();
    assert_eq!(said, ["BEGIN NOT ATOMIC is not applied: the schema is read as if it weren't there"]);
    assert_eq!(reading.schema.tables.len(), 2);
}

const TWO_DATABASES: &str = "CREATE TABLE s (a INT);
    CREATE DATABASE d CHARACTER SET latin1; USE d; CREATE TABLE t (b CHAR(1)); CREATE TABLE u (c INT);
    USE e; CREATE TABLE d.w (e INT); RENAME TABLE d.u TO u; ALTER TABLE d.t ADD f CHAR(2), RENAME d.v;";

fn names(reading: &Reading) -> Vec<String> {
    let tables = reading.schema.tables.iter();
    tables.map(|table| format!("{}.{}", table.database.as_deref().unwrap_or_default(), table.name)).collect()
}

#[test]
fn databases_are_told_apart() {
    let all = read(TWO_DATABASES, Server::MySql80);
    assert_eq!(names(&all), [".s", "d.v", "e.u", "d.w"]);
    let of = |name: &str| {
        let options = ReadOptions { database: Some(name.to_owned()), ..ReadOptions::default() };
        ddl::read(&SourceFile::new("schema.sql", TWO_DATABASES), options)
    };
    assert_eq!(names(&of("c")), ["c.s"]);
    assert_eq!(names(&of("d")), ["d.s", "d.v", "d.w"]);
    assert_eq!(names(&of("e")), ["e.s", "e.u"]);
    assert_eq!(of("d").schema.tables[1].collation, "latin1_swedish_ci");
    let twice =
        read("CREATE TABLE a.t (a INT); CREATE TABLE b.t (b INT); CREATE TABLE b.u (c INT)", Server::MySql80);
    assert_eq!(names(&twice), ["a.t", "b.u"]);
    let dropped =
        read("CREATE TABLE a.t (a INT); CREATE TABLE b.t (b INT); DROP DATABASE a", Server::MySql80);
    assert_eq!((names(&dropped), dropped.diagnostics), (vec!["b.t".to_owned()], Vec::new()));
    let said = [all.diagnostics, twice.diagnostics].concat();
    insta::assert_snapshot!(diagnostic::render(&said, false));
}

#[test]
fn foreign_keys_follow_a_table_into_another_database() {
    let text =
        "CREATE TABLE a.p (id INT PRIMARY KEY); CREATE TABLE a.t (p INT, FOREIGN KEY (p) REFERENCES p (id));
        RENAME TABLE a.p TO b.q; RENAME TABLE a.t TO b.t;";
    let reading = read(text, Server::MySql80);
    let key = &reading.schema.table("t").unwrap().foreign_keys[0];
    assert_eq!((key.source.table.as_str(), key.database.as_deref()), ("q", None));
}

/// What stands before or behind a statement, and is none, costs it nothing.
#[test]
fn statements_are_found_behind_others() {
    same(
        "CREATE TABLE t (a INT); SET STATEMENT sql_mode = '', max_statement_time = 1 FOR ALTER TABLE t ADD b INT;
        CREATE TEMPORARY TABLE t (x INT) ENGINE=Memory
        CREATE TABLE u (c INT)",
        "CREATE TABLE t (a INT, b INT); CREATE TABLE u (c INT)",
        Server::MariaDb1011,
    );
    let text = format!(
        "CREATE TABLE t (a INT); {} ALTER TABLE t ADD b INT",
        "SET STATEMENT a = 1 FOR ".repeat(10_000)
    );
    assert!(diagnostic::has_errors(&read(&text, Server::MariaDb1011).diagnostics));
}
