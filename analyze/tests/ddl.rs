//! Whole files: what is read, what is noted, what is said.
#![expect(clippy::unwrap_used, reason = "a test's panic is its failure")]

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use migratable_analyze::ddl::{self, Key, Reader, Reading, Server, Table};
use migratable_contract::diagnostic::{self, SourceFile};
use migratable_contract::source::{SourceCheck, SourceType};

fn fixture(name: &str) -> Arc<SourceFile> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/ddl").join(name);
    SourceFile::new(name, std::fs::read_to_string(path).unwrap())
}

/// Reads bytes that need not be text.
fn read_bytes(bytes: &[u8]) -> Reading {
    let mut reader = Reader::new(Server::MySql80);
    reader.file("f.sql", bytes, &mut |_| {}).unwrap();
    reader.finish()
}

fn show(reading: &Reading) -> String {
    let mut text = format!("server collation {}\n", reading.schema.server_collation);
    writeln!(text, "passed over {}\n", reading.schema.passed_over).unwrap();
    for table in &reading.schema.tables {
        show_table(&mut text, table).unwrap();
    }
    for object in &reading.schema.objects {
        let touches = &object.touches;
        let dynamic = if object.dynamic { ", dynamic" } else { "" };
        writeln!(
            text,
            "{:?} {:?} {}: {touches}{dynamic} @ {:?}",
            object.database,
            object.kind,
            object.name,
            object.place.text()
        )
        .unwrap();
    }
    text + &diagnostic::render(&reading.diagnostics, false)
}

fn show_table(text: &mut String, table: &Table) -> std::fmt::Result {
    writeln!(
        text,
        "{} in {:?}, {}, at {:?}",
        table.name,
        table.database,
        table.collation,
        table.place.text()
    )?;
    for column in &table.columns {
        let source = &column.source;
        let ty = match &source.ty {
            SourceType::Known(ty) => ty.to_string(),
            SourceType::Other(ty) => format!("other({ty})"),
        };
        write!(text, "  {}: {ty}", source.name)?;
        let word = |condition, word: &'static str| if condition { word } else { "" };
        text.push_str(word(source.nullable, " null"));
        text.push_str(word(source.auto_increment, " auto_increment"));
        for (name, value) in [("default", &source.default), ("on update", &source.on_update)] {
            value.iter().try_for_each(|value| write!(text, " {name} {value}"))?;
        }
        source.generated.iter().try_for_each(|value| write!(text, " generated ({value})"))?;
        text.push_str(word(column.declared_boolean, " [boolean]"));
        text.push_str(word(column.zerofill, " [zerofill]"));
        text.push_str(word(column.stored, " [stored]"));
        text.push_str(word(column.invisible, " [invisible]"));
        writeln!(text, " @ {:?} in {:?}", column.place.text(), column.definition.text())?;
    }
    table.keys.iter().try_for_each(|key| show_key(text, key))?;
    for key in &table.foreign_keys {
        writeln!(text, "  {:?} named {:?} @ {:?}", key.source, key.name, key.place.text())?;
    }
    for check in &table.checks {
        let SourceCheck { name, expression } = &check.source;
        let enforced = if check.enforced { "" } else { " not enforced" };
        writeln!(text, "  check {name}: {expression}{enforced} @ {:?}", check.place.text())?;
    }
    for (subject, note) in table.all_notes() {
        writeln!(text, "  note {subject:?} {:?}: {} @ {:?}", note.fact, note.text, note.place.text())?;
    }
    text.push('\n');
    Ok(())
}

fn show_key(text: &mut String, key: &Key) -> std::fmt::Result {
    write!(text, "  {:?} {} (", key.kind, key.name)?;
    for (at, part) in key.parts.iter().enumerate() {
        text.push_str(if at > 0 { ", " } else { "" });
        write!(text, "{part}")?;
    }
    writeln!(text, "){} @ {:?}", if key.invisible { " invisible" } else { "" }, key.place.text())
}

fn snapshot(name: &str, server: Server) -> String {
    show(&ddl::read(&fixture(name), server))
}

#[test]
fn a_dump() {
    insta::assert_snapshot!(snapshot("dump.sql", Server::MySql80));
}

#[test]
fn a_dump_on_mariadb_skips_what_is_for_mysql() {
    let reading = ddl::read(&fixture("dump.sql"), Server::MariaDb1011);
    let rows = reading.schema.table("rows").unwrap();
    assert!(!rows.column("hidden").unwrap().invisible);
    assert!(rows.notes.iter().any(|note| note.fact == ddl::Fact::Partitions));
}

#[test]
fn schemas_written_by_hand() {
    insta::assert_snapshot!(snapshot("hand.sql", Server::MySql80));
}

#[test]
fn programs() {
    insta::assert_snapshot!(snapshot("programs.sql", Server::MySql80));
}

#[test]
fn statements_that_are_not_applied() {
    insta::assert_snapshot!(snapshot("later.sql", Server::MySql80));
}

#[test]
fn statements_that_are_not_understood() {
    insta::assert_snapshot!(snapshot("broken.sql", Server::MySql80));
}

#[test]
fn what_only_mariadb_has() {
    insta::assert_snapshot!(snapshot("mariadb.sql", Server::MariaDb1011));
}

#[test]
fn what_mysql_57_did() {
    insta::assert_snapshot!(snapshot("mysql57.sql", Server::MySql57));
}

#[test]
fn places_in_files_with_carriage_returns() {
    // In here and not in a file, where tools would change the line ends.
    let text = "CREATE TABLE a (\r\n  id INT,\r\n  name VARCHAR(3) FROB\r\n);\r\nCREATE TABLE b (id INT COMMENT \"x\r\ny\");\r\n";
    insta::assert_snapshot!(show(&ddl::read(&SourceFile::new("crlf.sql", text), Server::MySql80)));
}

#[test]
fn files_without_a_table() {
    let empty = |text: &str| show(&ddl::read(&SourceFile::new("empty.sql", text), Server::MySql80));
    insta::assert_snapshot!(format!("{}\n{}", empty(""), empty("-- nothing\nSELECT 1;\n")));
}

/// What SHOW CREATE TABLE prints has no semicolon, also for a temporary table, which is none of ours.
#[test]
fn a_temporary_table_without_a_semicolon_hides_nothing() {
    let text = "CREATE TEMPORARY TABLE `t` (\n  `a` int\n)\n\nCREATE TABLE `u` (\n  `a` int\n)\nCREATE TABLE `v` (a int)";
    let reading = ddl::read(&SourceFile::new("f.sql", text), Server::MySql80);
    let names: Vec<&str> = reading.schema.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["u", "v"], "{}", diagnostic::render(&reading.diagnostics, false));
}

#[test]
fn two_dashes_in_front_of_a_comment_hide_nothing() {
    for between in ["--# it", "--/* it */", "--##it##"] {
        let text = format!("CREATE TABLE `t` (\n  `a` int\n)\n{between}\nCREATE TABLE `u` (\n  `a` int\n)");
        let reading = ddl::read(&SourceFile::new("f.sql", text), Server::MySql80);
        let names: Vec<&str> = reading.schema.tables.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["t", "u"], "{between}: {}", diagnostic::render(&reading.diagnostics, false));
    }
}

#[test]
fn references_take_the_spelling_of_what_they_name() {
    let reading = ddl::read(&fixture("hand.sql"), Server::MySql80);
    let key = &reading.schema.table("book").unwrap().foreign_keys[0].source;
    assert_eq!((key.columns[0].as_str(), key.table.as_str()), ("author_id", "Author"));
    assert_eq!(key.references, ["Id"]);
}

#[test]
fn bytes_that_are_no_text() {
    let said = |bytes: &[u8]| diagnostic::render(&read_bytes(bytes).diagnostics, false);
    let latin1 = b"CREATE TABLE a (id INT);\nCREATE TABLE b (c INT COMMENT 'caf\xe9');\n";
    insta::assert_snapshot!(
        [
            said(b"\x7fELF\x02\x01\x01\x00\x00"),
            said(b"SELECT 1;\x00"),
            said(b"\xff\xfeC\x00R\x00"),
            said(b"\x89PNG\r\n\x1a\n\x00\x00"),
            said(latin1),
        ]
        .join("\n")
    );
}

#[test]
fn foreign_bytes_in_data_and_comments_cost_nothing() {
    let bytes = b"\xef\xbb\xbfCREATE TABLE a (id INT); -- caf\xe9\nINSERT INTO a VALUES ('\xff;\x00');\nCREATE TABLE b (c INT);";
    let reading = read_bytes(bytes);
    let names: Vec<_> = reading.schema.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(reading.diagnostics, []);
    let place = &reading.schema.tables[1].place;
    assert_eq!(&bytes[place.order().1..][..1], b"b");
}

/// An expression is never parsed, so its depth costs nothing; a test's thread has a small stack.
#[test]
fn deep_nesting_is_no_problem() {
    let depth = 20_000;
    let (open, close) = ("(".repeat(depth), ")".repeat(depth));
    let text = format!(
        "CREATE TABLE a (b INT CHECK ({open}1{close}), c INT DEFAULT ({open}1{close}), d INT AS ({open}b{close}))"
    );
    let reading = ddl::read(&SourceFile::new("deep.sql", text), Server::MySql80);
    assert_eq!(reading.schema.tables.len(), 1, "{:?}", reading.diagnostics);
    let nested = format!("CREATE TABLE a (b INT{open}1{close}, c FOO{open}, PRIMARY KEY {open})");
    let reading = ddl::read(&SourceFile::new("deep.sql", nested), Server::MySql80);
    assert!(reading.schema.tables.is_empty());
}

#[test]
fn a_statement_of_too_many_tokens_is_refused() {
    let text = format!("CREATE TABLE a (b INT CHECK (b{}))", " + 1".repeat(100_000));
    let marks = format!("CREATE TABLE a (b INT CHECK (b {}))", "+-".repeat(400_000));
    for text in [text, marks] {
        let reading = ddl::read(&SourceFile::new("long.sql", text), Server::MySql80);
        let said = &reading.diagnostics[0];
        assert!(said.message.contains("more than 200000 tokens"), "{said:?}");
    }
}

/// Whatever is cut off or left out: no panic, and every place is inside the file.
#[test]
fn damaged_files_are_read_without_a_panic() {
    for name in ["dump.sql", "hand.sql", "later.sql", "broken.sql", "mariadb.sql"] {
        let text = fixture(name).text.clone();
        let boundaries: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        // A step that visits every kind of place; all of them would take a quarter of a minute.
        for (position, at) in boundaries.iter().copied().enumerate().step_by(7) {
            // A prefix; and the file without some characters in the middle.
            let skip = boundaries[(position + 1 + at % 7).min(boundaries.len() - 1)];
            let damaged =
                if at % 3 == 0 { text[..at].to_owned() } else { format!("{}{}", &text[..at], &text[skip..]) };
            let file = SourceFile::new(name, damaged);
            for said in ddl::read(&file, Server::MySql80).diagnostics {
                for label in said.labels {
                    assert!(
                        label.place.file.text.get(label.place.range.clone()).is_some(),
                        "{name} {at}: {}",
                        said.message
                    );
                }
            }
        }
    }
}

/// The names of a table's checks are keys of a map in the contract, so no two are one.
#[test]
fn every_check_has_a_name_of_its_own() {
    let checks = |text: &str, server| {
        let reading = ddl::read(&SourceFile::new("checks.sql", text), server);
        assert_eq!(reading.diagnostics, []);
        let checks = &reading.schema.tables[0].checks;
        checks
            .iter()
            .map(|check| format!("{}: {}", check.source.name, check.source.expression))
            .collect::<Vec<_>>()
    };
    let of_column = "CREATE TABLE t (a INT CHECK (a > 0), CONSTRAINT A CHECK (a < 5), CHECK (a < 9), CONSTRAINT constraint_1 CHECK (a < 7))";
    assert_eq!(
        checks(of_column, Server::MariaDb1011),
        ["a_2: a > 0", "A: a < 5", "CONSTRAINT_2: a < 9", "constraint_1: a < 7"]
    );
    let numbered = "CREATE TABLE t (a INT CHECK (a > 0), CHECK (a < 9), CONSTRAINT t_chk_1 CHECK (a < 5))";
    assert_eq!(checks(numbered, Server::MySql80), ["t_chk_2: a > 0", "t_chk_3: a < 9", "t_chk_1: a < 5"]);
    let twice = "CREATE TABLE t (a INT, CONSTRAINT b CHECK (a > 0), CONSTRAINT B CHECK (a < 5))";
    let reading = ddl::read(&SourceFile::new("checks.sql", twice), Server::MySql80);
    assert!(
        reading.diagnostics[0].message.ends_with("it has two checks named `B`"),
        "{:?}",
        reading.diagnostics
    );
}

/// What is read is what a contract can hold: nothing less, and nothing it would refuse.
#[test]
fn a_column_that_no_server_takes_is_refused_where_it_stands() {
    for (column, reason) in [
        ("b ENUM('x') AUTO_INCREMENT", "`enum` has no `auto_increment`"),
        ("b INT ON UPDATE CURRENT_TIMESTAMP", "`int` has no `on update`"),
        ("b INT AS (a + 1) DEFAULT 5", "a generated column has no value of its own"),
        ("b INT AUTO_INCREMENT DEFAULT 5", "a column that counts has no default"),
    ] {
        let text = format!("CREATE TABLE t (a INT, {column})");
        let reading = ddl::read(&SourceFile::new("columns.sql", text), Server::MySql80);
        let said = &reading.diagnostics[0];
        assert!(said.message.ends_with(reason), "{}", said.message);
        assert_eq!(said.labels[0].place.text(), column);
        assert!(reading.schema.tables.is_empty());
    }
    let text = "CREATE TABLE t (a INT, b INT, KEY k (a, b(3), A))";
    let reading = ddl::read(&SourceFile::new("keys.sql", text), Server::MySql80);
    assert!(reading.diagnostics[0].message.ends_with("a key names `A` twice"), "{:?}", reading.diagnostics);
    assert_eq!(reading.diagnostics[0].labels[0].place.text(), "A");
}

#[test]
fn a_name_is_never_empty() {
    for text in ["CREATE TABLE t (`` INT)", "CREATE TABLE t (a INT, CONSTRAINT `` CHECK (a > 0))"] {
        let reading = ddl::read(&SourceFile::new("names.sql", text), Server::MySql80);
        let said = &reading.diagnostics[0];
        assert!(said.message.ends_with("a name is empty"), "{}", said.message);
        assert_eq!(said.labels[0].place.text(), "``");
    }
}

#[test]
fn a_type_that_is_not_known_may_do_anything() {
    let text =
        "CREATE TABLE t (a INT PRIMARY KEY, b HUGEINT AUTO_INCREMENT, c MOMENT ON UPDATE CURRENT_TIMESTAMP)";
    let reading = ddl::read(&SourceFile::new("columns.sql", text), Server::MySql80);
    let columns: Vec<String> =
        reading.schema.tables[0].columns.iter().map(|column| column.source.to_string()).collect();
    let expected = ["int", "other(hugeint) auto_increment", "other(moment) null on update current_timestamp"];
    assert_eq!(columns, expected);
}
