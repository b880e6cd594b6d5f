//! What is no dump of MySQL, or a damaged one: something is said at the place, the rest is read, nothing breaks.
#![expect(clippy::unwrap_used, reason = "a test's panic is its failure")]

use std::io::{self, Read};

use insta::assert_snapshot;
use migratable_analyze::ddl::{ReadOptions, Reader, Reading, Server};
use migratable_contract::diagnostic;

fn read(input: impl Read) -> Reading {
    let mut reader = Reader::new(Server::MySql80);
    reader.file("f.sql", input, &mut |_| {}).unwrap();
    reader.finish()
}

/// The tables that were found, and what was said.
fn said(input: impl Read) -> String {
    let reading = read(input);
    let columns = |table: &migratable_analyze::ddl::Table| {
        let names: Vec<&str> = table.columns.iter().map(|column| column.source.name.as_str()).collect();
        format!("{}({})", table.name, names.join(", "))
    };
    let tables: Vec<String> = reading.schema.tables.iter().map(columns).collect();
    format!("tables: {}\n{}", tables.join(" "), diagnostic::render(&reading.diagnostics, false))
}

#[test]
fn a_binary_file() {
    let mut bytes = b"CREATE TABLE a (b INT);\nSELECT 1;\n".to_vec();
    bytes.extend((0..20_000_u32).map(|byte| (byte * byte % 251) as u8));
    bytes.extend(b"\nCREATE TABLE z (b INT);\n");
    assert_snapshot!(said(&bytes[..]));
}

#[test]
fn packed_files() {
    for (start, tool) in
        [(&b"\x1f\x8b\x08\0"[..], "gzip"), (b"BZh91AY", "bzip2"), (b"\x28\xb5\x2f\xfd", "zstd")]
    {
        let said = said(start);
        assert!(said.contains("MG0603") && said.contains(tool), "{said}");
    }
}

#[test]
fn bytes_that_are_not_utf8() {
    let mut text = b"CREATE TABLE a (b INT COMMENT 'caf\xe9', c INT /* caf\xe9 */);\n".to_vec();
    text.extend(b"-- caf\xe9\nINSERT INTO a VALUES ('caf\xe9', '\0');\n");
    text.extend(b"CREATE TABLE caf\xe9s (b INT);\nCREATE TABLE d (e VARCHAR(9) DEFAULT 'caf\xe9');\nCREATE TABLE f (g INT);");
    assert_snapshot!(said(&text[..]));
}

/// MySQL's latin1 has what Windows has, a euro sign among it; the second byte of a character of GBK may be a backslash.
#[test]
fn text_in_the_character_set_that_the_file_names() {
    let mut text =
        b"/*!40101 SET NAMES latin1 */;\nCREATE TABLE caf\xe9s (preis INT COMMENT '\x80 5');\n".to_vec();
    text.extend(b"SET NAMES gbk;\nINSERT INTO x VALUES ('\x95\x5c');\nCREATE TABLE \x95\x5c (b INT COMMENT '\x95\x5c', \xc4\xe3 FOO);\n");
    text.extend(b"SET NAMES utf8mb4;\nCREATE TABLE caf\xc3\xa9 (b INT);\n");
    assert_snapshot!(said(&text[..]));
}

#[test]
fn utf_16_with_a_mark() {
    let text = "CREATE TABLE café (b INT,, c);\r\nCREATE TABLE d (e INT);";
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(to_bytes).collect();
        assert_eq!(said(&bytes[..]), said(text.as_bytes()));
    }
}

/// Repeats a text without ever holding it whole.
struct Repeat(&'static [u8], usize);

impl Read for Repeat {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = (&self.0[self.1..]).read(buffer)?;
        self.1 = (self.1 + length) % self.0.len();
        Ok(length)
    }
}

/// Lines of which each is longer than any memory that is meant for it (the splitter's tests hold it to that). Where
/// the tests are optimised the lines are a gigabyte.
#[test]
fn lines_without_an_end() {
    let length = if cfg!(debug_assertions) { 18_000_000 } else { 1_000_000_000 };
    let rows = b"INSERT INTO x VALUES (1)".chain(Repeat(b",(2,'it''s')", 0).take(length - length % 12));
    let words = b";\nCREATE TABLE b (".chain(Repeat(b"word, ", 0).take(length / 2));
    let rest = &b");\nCREATE TABLE a (b INT);\nWORDS"[..];
    let garbage = Repeat(b" words", 0).take(length / 2);
    assert_snapshot!(said(
        rows.chain(words).chain(rest).chain(garbage).chain(&b";\nCREATE TABLE c (d INT);"[..])
    ));
}

#[test]
fn what_is_nested_deeply() {
    let (open, close) = ("(".repeat(10_000), ")".repeat(10_000));
    let chain = "b = 1 OR ".repeat(200_000);
    let text = format!(
        "CREATE TABLE a (b INT CHECK ({open}b{close}));\n\
        CREATE TABLE c (b INT CHECK ({chain}b = 2));\n\
        CREATE TABLE d (b INT DEFAULT {open}1{close});\n\
        CREATE TABLE e (b {open}INT{close});\n\
        CREATE VIEW v AS SELECT {open}1{close} FROM a WHERE {chain}b = 2;\n\
        ALTER TABLE a ADD CHECK ({open}b{close});\n\
        CREATE TABLE f (b INT);"
    );
    let reading = read(text.as_bytes());
    let names: Vec<&str> = reading.schema.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(names, ["a", "d", "f"]);
    let messages: Vec<String> = reading
        .diagnostics
        .iter()
        .map(|said| format!("{} at line {}: {}", said.code, said.labels[0].place.start().line, said.message))
        .collect();
    assert_snapshot!(messages.join("\n"));
}

#[test]
fn quotes_that_are_never_closed() {
    assert_snapshot!(said(
        &b"CREATE TABLE a (b INT COMMENT 'it's');\nCREATE TABLE c (d INT);\n/* CREATE TABLE e (f INT);\n\
        CREATE TABLE g (h INT);\nCREATE PROCEDURE p() BEGIN SELECT 1;\nCREATE TABLE i (`j INT);\n\
        INSERT INTO a VALUES ('it's');\nCREATE TABLE k (l INT COMMENT 'm');\n/*!50100 CREATE TABLE n (o INT);"[..]
    ));
}

#[test]
fn a_dump_that_ends_in_the_middle() {
    let text = "CREATE TABLE a (b INT);\nCREATE TABLE c (\n  d INT,\n  e VARCHAR(";
    assert_snapshot!(said(text.as_bytes()));
    let rows = "CREATE TABLE a (b INT);\nINSERT INTO a VALUES (1),(2),('x";
    assert_snapshot!("rows_that_end_in_the_middle", said(rows.as_bytes()));
}

#[test]
fn a_dump_of_postgres() {
    let dump = "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\nSET client_encoding = 'UTF8';\n\
        SELECT pg_catalog.set_config('search_path', '', false);\n\
        CREATE TABLE public.users (\n    id integer NOT NULL,\n    name character varying(20)\n);\n\
        COPY public.users (id, name) FROM stdin;\n1\tIt's; a name\n2\t\\N\n\\.\n\n\
        \\connect other\nCREATE TABLE public.tags (id integer NOT NULL);\n";
    assert_snapshot!(said(dump.as_bytes()));
}

#[test]
fn dumps_of_others() {
    let sqlite =
        "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE a (b INTEGER PRIMARY KEY);\nCOMMIT;\n";
    assert_snapshot!(said(sqlite.as_bytes()));
    let sql_server = "SET ANSI_NULLS ON\nGO\nCREATE TABLE [dbo].[a] ([b] [int] NOT NULL)\nGO\n";
    assert_snapshot!("a_script_of_sql_server", said(sql_server.as_bytes()));
}

#[test]
fn what_is_no_sql_is_given_up() {
    let text = format!(
        "CREATE TABLE a (b INT);\n{}CREATE TABLE c (d INT);",
        "Dear reader; this is prose;\n".repeat(5_000)
    );
    assert_snapshot!(said(text.as_bytes()));
    let noise: Vec<u8> =
        (1..200_000_u32).map(|byte| (byte.wrapping_mul(2_654_435_761) >> 24) as u8 | 1).collect();
    let reading = read(&noise[..]);
    assert!(reading.diagnostics.len() <= 200, "{}", reading.diagnostics.len());
    let comments = format!("CREATE TABLE a (b INT);\n{}", "CREATE TABLE b (c /*\n".repeat(5_000));
    let reading = read(comments.as_bytes());
    assert!(reading.diagnostics.len() <= 70, "{}", reading.diagnostics.len());
    assert!(reading.diagnostics.iter().any(|said| said.message.contains("was not read")));
    let quotes = format!("CREATE TABLE a (b INT);\n{}", "CREATE TABLE b (c '\n".repeat(5_001));
    assert!(read(quotes.as_bytes()).diagnostics.len() <= 200);
}

#[test]
fn odd_delimiters_and_line_ends() {
    let text = "DELIMITER\nDELIMITER ;;\nCREATE TABLE a (b INT);;\nCREATE TABLE c (d INT);\nDELIMITER\t$$ -- x\n\
        CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.b = 1; END$$\nDELIMITER ;\n\
        CREATE TRIGGER u BEFORE INSERT ON c FOR EACH ROW BEGIN SET NEW.d = 1; END;\nUSE x\nCREATE TABLE e (f INT)\\G\n";
    let reading = read(text.as_bytes());
    assert_eq!(reading.schema.objects.len(), 2);
    assert_snapshot!(said(text.replace('\n', "\r\n").as_bytes()));
}

/// An input that fails in the middle.
#[test]
fn what_was_read_before_an_error_stays_read() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
    let mut reader = Reader::new(ReadOptions::default());
    let error =
        reader.file("f.sql", b"CREATE TABLE a (b INT);\nCREATE TABLE b (c INT)".chain(Fails), &mut |_| {});
    assert_eq!(error.unwrap_err().to_string(), "gone");
    let mut bytes = 0;
    reader.file("g.sql", &b"CREATE TABLE c (d INT);"[..], &mut |now| bytes = now).unwrap();
    assert_eq!(bytes, 23);
    let names: Vec<String> = reader.finish().schema.tables.into_iter().map(|table| table.name).collect();
    assert_eq!(names, ["a", "c"]);
}
