#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test's panic is its failure"))]

use super::split;

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
