#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test's panic is its failure"))]

use std::io::Read;

use super::super::charset::Server;
use super::{Cut, Kind, Splitter, split};

fn texts(text: &str) -> Vec<&str> {
    split(text.as_bytes()).into_iter().map(|piece| &text[piece.range]).collect()
}

#[test]
fn statements_end_at_semicolons_outside_quotes() {
    assert_eq!(texts("a ';' b; c \";\" d; e `;` f"), ["a ';' b", "c \";\" d", "e `;` f"]);
    assert_eq!(texts("a 'it''s;' ; b '\\';' ; c `x``;`"), ["a 'it''s;'", "b '\\';'", "c `x``;`"]);
    // A backslash is an ordinary character in a name.
    assert_eq!(texts("a `\\`; b"), ["a `\\`", "b"]);
}

#[test]
fn comments_hold_no_delimiter_and_start_no_statement() {
    assert_eq!(texts("-- a; b\nc; # d; e\nf /* ; */ g; /* h; */"), ["c", "f /* ; */ g"]);
    assert_eq!(texts("a -- '\n; b # '\n; c"), ["a", "b", "c"]);
    assert_eq!(texts("a /* ' */; b"), ["a", "b"]);
    assert_eq!(texts("--\n-- \na"), ["a"]);
}

#[test]
fn dashes_are_a_comment_without_a_blank_at_a_statement_start_alone() {
    assert_eq!(texts("------;\nselect 1;"), ["select 1"]);
    assert_eq!(texts("select 1--1;\nselect 2"), ["select 1--1", "select 2"]);
}

#[test]
fn versioned_comments_are_statement_text() {
    assert_eq!(texts("/*!40101 SET a = ';' */; b"), ["/*!40101 SET a = ';' */", "b"]);
    assert_eq!(texts("/*M!100100 x; y */; z"), ["/*M!100100 x; y */", "z"]);
    assert_eq!(texts("create /*!50100 a /* b */ c"), ["create /*!50100 a /* b */ c"]);
}

#[test]
fn delimiter_lines_change_the_delimiter() {
    let text = "DELIMITER ;;\nCREATE TRIGGER t BEGIN a; b; END ;;\ndelimiter ;\nc; d";
    assert_eq!(texts(text), ["CREATE TRIGGER t BEGIN a; b; END", "c", "d"]);
}

#[test]
fn a_delimiter_batch_still_splits_ordinary_statements() {
    let text =
        "DELIMITER $$\nDROP PROCEDURE p; CREATE DEFINER=`a`@`b` PROCEDURE p() BEGIN x; y; END $$\nz; w";
    assert_eq!(
        texts(text),
        ["DROP PROCEDURE p", "CREATE DEFINER=`a`@`b` PROCEDURE p() BEGIN x; y; END", "z", "w"]
    );
}

#[test]
fn line_ends_and_a_missing_last_semicolon_change_nothing() {
    assert_eq!(texts("a\r\nb;\r\nc\r\n"), ["a\r\nb", "c"]);
    assert_eq!(texts(";;\n;"), Vec::<&str>::new());
    assert_eq!(texts(""), Vec::<&str>::new());
}

#[test]
fn client_commands_are_lines() {
    assert_eq!(texts("source a.sql\nb; source c ;\nd"), ["b", "d"]);
}

#[test]
fn an_unclosed_quote_costs_one_statement() {
    let text = "CREATE TABLE a (b 'c);\nCREATE TABLE d (e);\nf";
    let pieces = split(text.as_bytes());
    assert_eq!(texts(text), ["CREATE TABLE a (b 'c);", "CREATE TABLE d (e)", "f"]);
    assert_eq!(pieces[0].unterminated, text.find('\''));
    assert!(pieces[1..].iter().all(|piece| piece.unterminated.is_none()));
}

#[test]
fn an_unclosed_comment_is_said() {
    let pieces = split(b"a; /* b");
    assert_eq!(pieces.last().unwrap().unterminated, Some(3));
    let pieces = split(b"/*!40101 SET a");
    assert_eq!(pieces.last().unwrap().unterminated, Some(0));
}

#[test]
fn bytes_that_are_no_utf8_are_text_like_any_other() {
    let text = b"a '\xff;\xfe'; CREATE \xc3\x28 PROCEDURE x; b";
    assert_eq!(split(text).len(), 3);
}

#[test]
fn every_prefix_of_a_file_splits_into_ranges_in_order() {
    let text = b"DELIMITER $$\nCREATE TRIGGER a 'b' /*! c */ ; # d\n$$ delimiter ;\n/* e */ f `g` -- h\n; \"i\\\"\" ; \xf0";
    for length in 0..=text.len() {
        let mut end = 0;
        for piece in split(&text[..length]) {
            assert!(end <= piece.range.start && piece.range.start < piece.range.end, "{length}: {piece:?}");
            assert!(piece.range.end <= length, "{length}: {piece:?}");
            end = piece.range.end;
        }
    }
}

#[test]
fn many_unclosed_quotes_do_not_take_quadratic_time() {
    let text = "CREATE '\n".repeat(20_001);
    let pieces = split(text.as_bytes());
    assert!(pieces.len() <= 70, "{}", pieces.len());
}

#[test]
fn a_program_without_a_delimiter_ends_with_its_block() {
    let programs = [
        "CREATE PROCEDURE p() BEGIN x; y; END",
        "create definer=`a`@`b` trigger t before insert on u for each row begin if a then b; end if; end",
        "CREATE FUNCTION f() RETURNS INT DETERMINISTIC main: BEGIN LOOP x; END LOOP; END main",
        "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN BEGIN x; END; BEGIN END; y; END",
        // CASE, as an expression and as a statement.
        "CREATE PROCEDURE p() BEGIN SELECT CASE a WHEN 1 THEN 2 END; CASE a WHEN 1 THEN b; END CASE; END",
        // A handler's block, names and texts that only look like keywords.
        "CREATE PROCEDURE p() BEGIN DECLARE EXIT HANDLER FOR SQLSTATE '1' BEGIN x; END; y; END",
        "CREATE PROCEDURE p() BEGIN SELECT a.begin, 'begin', `begin` /* begin */; -- begin\n SET end = NEW.end; END",
    ];
    for program in programs {
        assert_eq!(texts(&format!("a; {program};\nb; c")), ["a", program, "b", "c"]);
        // Forgotten.
        assert_eq!(texts(&format!("{program}\nCREATE b;")), [program, "CREATE b"]);
    }
    assert_eq!(
        texts("CREATE TRIGGER t FOR EACH ROW SET a = 1; b"),
        ["CREATE TRIGGER t FOR EACH ROW SET a = 1", "b"]
    );
    assert_eq!(texts("BEGIN; a; COMMIT"), ["BEGIN", "a", "COMMIT"]);
}

#[test]
fn a_block_that_is_never_closed_is_said() {
    let text = "CREATE PROCEDURE p() BEGIN x; y;\nCREATE TABLE a (b);";
    let pieces = split(text.as_bytes());
    assert_eq!(texts(text), ["CREATE PROCEDURE p() BEGIN x; y;", "CREATE TABLE a (b)"]);
    assert_eq!(pieces[0].unterminated, text.find("BEGIN"));
}

#[test]
fn what_the_client_takes_as_an_end_is_one() {
    assert_eq!(texts("a\\G\nb \\g c"), ["a", "b", "c"]);
    assert_eq!(texts("USE a\nCREATE b; use c; d"), ["USE a", "CREATE b", "use c", "d"]);
    // The delimiter was forgotten where the client was to be told of another.
    assert_eq!(
        texts("DELIMITER //\nCREATE EVENT e x; y\nDELIMITER ;\nz; w"),
        ["CREATE EVENT e x; y", "z", "w"]
    );
    assert_eq!(texts("CREATE TABLE a (\ndelimiter char)"), ["CREATE TABLE a (\ndelimiter char)"]);
}

#[test]
fn rows_for_postgres_are_no_statements() {
    let text = "COPY a (b) FROM stdin;\n1\t';\n\\N\n\\.\n\nb;\nCOPY c FROM stdin;\n1\n";
    assert_eq!(texts(text), ["COPY a (b) FROM stdin", "b", "COPY c FROM stdin"]);
}

#[test]
fn a_stray_quote_in_rows_costs_no_table() {
    let table = "CREATE TABLE a (b INT COMMENT 'c')";
    // Unclosed at the end; a semicolon inside what was turned inside out.
    for (rows, rest) in [("('it's')", ""), ("('it's')", ";\nCREATE TABLE d (e INT COMMENT 'f;g')")] {
        let text = format!("INSERT INTO x VALUES {rows};\n{table}{rest}");
        assert!(texts(&text).contains(&table), "{:?}", texts(&text));
        assert!(split(text.as_bytes())[0].unterminated.is_some());
    }
    // A semicolon that was forgotten.
    assert_eq!(texts(&format!("INSERT INTO x VALUES (1)\n{table}")), ["INSERT INTO x VALUES (1)", table]);
    // Rows may well hold statements.
    let rows = format!("INSERT INTO x VALUES ('\n{table};\n')").replace("'c'", "''c''");
    assert_eq!(texts(&format!("{rows};\nb")), [rows.as_str(), "b"]);
}

/// Gives what it holds in parts of these sizes, in turn.
struct Parts<'t> {
    text: &'t [u8],
    sizes: std::iter::Cycle<std::iter::Copied<std::slice::Iter<'t, usize>>>,
}

impl Read for Parts<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.sizes.next().unwrap_or(1).min(buffer.len());
        self.text.read(&mut buffer[..length])
    }
}

/// Statements with what is shown of them, read in parts of these sizes.
fn cuts<'t>(text: &'t [u8], sizes: &'t [usize]) -> Vec<(Cut, Vec<u8>)> {
    let mut splitter = Splitter::new(Parts { text, sizes: sizes.iter().copied().cycle() }, Server::default());
    let mut cuts = Vec::new();
    while let Some(cut) = splitter.next().unwrap() {
        let excerpt = splitter.excerpt(&cut).to_vec();
        let whole = &text[cut.line.start..];
        assert!(whole.starts_with(&excerpt), "{cut:?} shows something else");
        assert_eq!(cut.line.before, text[..cut.line.start].iter().filter(|byte| **byte == b'\n').count());
        cuts.push((cut, excerpt));
    }
    cuts
}

/// What all the rules above are about.
const WORDS: [&str; 44] = [
    "CREATE TABLE a (",
    "CREATE ",
    "INSERT INTO a VALUES (",
    "DROP ",
    "ALTER ",
    "UPDATE ",
    "SET ",
    "USE a",
    "\n",
    "\n",
    "\nCREATE ",
    "\nINSERT ",
    ";",
    ";",
    ";;",
    "$$",
    "DELIMITER $$\n",
    "delimiter ;\n",
    "'",
    "'",
    "\"",
    "`",
    "\\",
    "--",
    "-- ",
    "#",
    "/*",
    "*/",
    "/*!40101 ",
    "/*M! ",
    "PROCEDURE p() ",
    "BEGIN ",
    "END",
    "CASE ",
    "IF ",
    "COPY a FROM stdin;",
    "\\.\n",
    "\r\n",
    " ",
    "a",
    "é",
    ",",
    ")",
    "source x",
];

proptest::proptest! {
    #[test]
    fn how_the_bytes_come_in_makes_no_difference(
        words in proptest::collection::vec(proptest::sample::select(&WORDS[..]), 0..60),
        sizes in proptest::collection::vec(1..40_usize, 1..6),
    ) {
        let text = words.concat();
        let whole = cuts(text.as_bytes(), &[usize::MAX]);
        proptest::prop_assert_eq!(&cuts(text.as_bytes(), &[1]), &whole);
        proptest::prop_assert_eq!(&cuts(text.as_bytes(), &sizes), &whole);
    }
}

/// A repeated text between a start and an end, none of it held.
fn long(start: &'static str, part: &'static str, parts: u64, end: &'static str) -> impl Read {
    struct Repeat(&'static [u8], usize);
    impl Read for Repeat {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let length = (&self.0[self.1..]).read(buffer)?;
            self.1 = (self.1 + length) % self.0.len();
            Ok(length)
        }
    }
    start.as_bytes().chain(Repeat(part.as_bytes(), 0).take(parts * part.len() as u64)).chain(end.as_bytes())
}

#[test]
fn what_is_long_is_not_held() {
    const PART: &str = "('a', \"b\", -1.5, NULL, 'c;d'), ";
    let part = PART.len() as u64;
    let table = "CREATE TABLE b (c INT)";
    let hidden = "\nCREATE TABLE b (c INT) ";
    for (start, middle, end, kind) in [
        ("INSERT INTO a VALUES ", PART, "(1);\n", Kind::Data),
        // A statement that isn't data, and one that isn't a statement.
        ("CREATE TABLE a ", PART, "(1);\n", Kind::TooLong),
        ("", "abcdefghijklmnopqrst uvwxyz01234", ";\n", Kind::TooLong),
        // A quote with a line in it that looks like a statement; more of it than is remembered.
        ("INSERT INTO a VALUES ('", "abcdefghijklmnopqrst uvwxyz01234", "');\n", Kind::Data),
    ] {
        let mut splitter = Splitter::new(
            long(start, middle, (3 << 20) / part, end).chain(table.as_bytes()),
            Server::default(),
        );
        let cut = splitter.next().unwrap().unwrap();
        assert_eq!((cut.kind, cut.unterminated), (kind, None));
        assert!(splitter.excerpt(&cut).len() <= 200, "{start}");
        let last = splitter.next().unwrap().unwrap();
        assert_eq!(splitter.excerpt(&last), table.as_bytes());
        assert_eq!(splitter.next().unwrap(), None);
        let most = if kind == Kind::Data { 1 << 20 } else { 4 << 20 };
        assert!(splitter.held() <= most, "{start}: {}", splitter.held());
    }
    for start in ["INSERT INTO a VALUES ('", "CREATE TABLE a (b INT COMMENT '", "/* "] {
        let text = start.as_bytes().chain(hidden.as_bytes()).chain(long("", "x", 3 << 20, ""));
        let mut splitter = Splitter::new(text, Server::default());
        assert!(splitter.next().unwrap().unwrap().unterminated.is_some(), "{start}");
        assert!(splitter.next().unwrap().is_some(), "{start}");
        assert!(splitter.held() <= 4 << 20, "{start}: {}", splitter.held());
    }
}
