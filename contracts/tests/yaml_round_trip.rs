//! What is written is read back as it was, whatever the texts and comments are.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that can't go on has failed"))]

use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::yaml::{self, Entry, Line, ListItem, Node, NodeKind, Style};
use proptest::collection::vec;
use proptest::prelude::*;

fn read(text: &str) -> Node {
    let outcome = yaml::parse(&SourceFile::new("contract.yaml", text));
    outcome.value.unwrap_or_else(|| panic!("{}\n---\n{text}", render(&outcome.diagnostics, false)))
}

/// Texts that YAML, or a careless reader of it, would take for something else.
fn hostile() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        "no",
        "null",
        "~",
        "true",
        "1.10",
        "007",
        "0x1f",
        "1e3",
        "-",
        "- a",
        "-a",
        "--- a",
        "...",
        "? a",
        "a: b",
        "a:",
        ":a",
        "a #b",
        "#a",
        "a# b",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a`",
        "'a'",
        "\"a\"",
        "[a",
        "a]",
        "{a}",
        "a, b",
        "<<",
        "=",
        "\\",
        "a\\nb",
        "a\nb",
        "\n",
        "a\r\nb",
        "\t",
        "a\tb",
        " a",
        "a ",
        "é",
        "日本語",
        "😀",
        "\u{feff}a",
        "a\u{200b}b",
        "\u{202e}a",
        "\u{85}",
        "\u{2028}",
        "\0",
        "\u{7f}",
        "decimal(10,2)",
        "enum('a','b') collate utf8mb4_bin",
        "a\u{a0}",
        "\u{3000}a",
        "a:\u{a0}b",
        "a: \u{85}",
        ",a",
        "a:,b",
        "a:]",
    ]);
    prop_oneof![
        2 => known.prop_map(str::to_owned),
        2 => r"[-?:,\[\]{}#&*!|>'\x22%@` \\a~\t]{0,6}",
        2 => "[a-z ]{1,12}",
        1 => any::<String>(),
    ]
}

fn comment() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[-a-z#:! {}'\"]{1,12}", any::<String>(), Just(" indented".to_owned())]
}

/// Lines as the tree keeps them: `first` and `last` in their collection.
fn lines(first: bool, last: bool) -> impl Strategy<Value = Vec<Line>> {
    vec(prop_oneof![3 => comment().prop_map(Some), 1 => Just(None)], 0..3).prop_map(move |picked| {
        let mut lines = Vec::new();
        for pick in picked {
            match pick {
                // The builder makes a text fit for a comment.
                Some(text) => lines.extend(Entry::new("x", Node::scalar("")).comment(text).leading),
                None if lines.last().map_or(first, |line| *line == Line::Blank) => {}
                None => lines.push(Line::Blank),
            }
        }
        if last && lines.last() == Some(&Line::Blank) {
            lines.pop();
        }
        lines
    })
}

fn some_lines(first: bool, last: bool) -> impl Strategy<Value = Vec<Line>> {
    prop_oneof![4 => Just(Vec::new()), 1 => lines(first, last)]
}

fn with_trailing(node: impl Strategy<Value = Node>) -> impl Strategy<Value = Node> {
    (node, prop_oneof![4 => Just(None), 1 => comment().prop_map(Some)])
        .prop_map(|(node, comment)| if let Some(comment) = comment { node.trailing(comment) } else { node })
}

fn scalar() -> impl Strategy<Value = Node> {
    prop_oneof![6 => hostile().prop_map(Node::scalar), 1 => hostile().prop_map(Node::quoted)]
}

fn absent() -> Node {
    let mut node = Node::scalar("x");
    node.kind = NodeKind::Scalar { text: String::new(), quoted: false };
    node
}

fn entries(value: impl Strategy<Value = Node>, least: usize) -> impl Strategy<Value = Vec<Entry>> {
    vec((hostile(), value), least..4).prop_map(|pairs| {
        let mut entries: Vec<Entry> = Vec::new();
        for (key, value) in pairs {
            if !entries.iter().any(|entry| entry.key == key) {
                entries.push(Entry::new(key, value));
            }
        }
        entries
    })
}

/// Without comments: with them it wouldn't be written in brackets.
fn flow() -> impl Strategy<Value = Node> {
    scalar().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            entries(inner.clone(), 0).prop_map(Node::flow_map),
            vec(inner, 0..4).prop_map(Node::flow_list),
        ]
    })
}

fn tree() -> impl Strategy<Value = Node> {
    let leaf = with_trailing(prop_oneof![4 => scalar(), 1 => Just(absent()), 2 => flow()]);
    leaf.prop_recursive(4, 40, 4, |inner| {
        with_trailing(prop_oneof![block_map(inner.clone()), block_list(inner)])
    })
}

fn block_map(inner: impl Strategy<Value = Node>) -> impl Strategy<Value = Node> {
    let leading = (some_lines(true, false), vec(some_lines(false, false), 4));
    (entries(inner, 1), leading, some_lines(false, true)).prop_map(|(mut entries, (first, rest), tail)| {
        for (entry, leading) in entries.iter_mut().zip(std::iter::once(first).chain(rest)) {
            entry.leading = leading;
        }
        Node { tail, ..Node::block_map(entries) }
    })
}

fn block_list(inner: impl Strategy<Value = Node>) -> impl Strategy<Value = Node> {
    let leading = (some_lines(true, false), vec(some_lines(false, false), 4));
    (vec(inner, 1..4), leading, some_lines(false, true)).prop_map(|(values, (first, rest), tail)| {
        let leading = std::iter::once(first).chain(rest);
        let items = values.into_iter().zip(leading).map(|(value, leading)| ListItem { leading, value });
        Node { tail, ..Node::block_list(items) }
    })
}

/// A tree that can be a whole file: it says something, and no line stands before its first entry.
fn root() -> impl Strategy<Value = Node> {
    prop_oneof![
        8 => block_map(tree()),
        2 => block_list(tree()),
        1 => (scalar(), some_lines(false, true)).prop_map(|(node, tail)| Node { tail, ..node }),
    ]
}

/// Whether brackets are kept depends on the width of the line; what is said doesn't.
fn without_styles(mut node: Node) -> Node {
    node.style = Style::Block;
    match &mut node.kind {
        NodeKind::Scalar { .. } => {}
        NodeKind::List(items) => {
            for item in items {
                item.value = without_styles(item.value.clone());
            }
        }
        NodeKind::Map(entries) => {
            for entry in entries {
                entry.value = without_styles(entry.value.clone());
            }
        }
    }
    node
}

proptest! {
    #[test]
    fn a_tree_is_read_back_as_it_was_written(tree in root()) {
        let text = yaml::write(&tree);
        let again = read(&text).without_places();
        prop_assert_eq!(without_styles(again), without_styles(tree), "\n{}", text);
    }

    #[test]
    fn writing_what_was_read_changes_nothing_more(tree in root()) {
        let text = yaml::write(&tree);
        prop_assert_eq!(yaml::write(&read(&text)), text);
    }

    #[test]
    fn brackets_that_fit_their_line_stay(tree in flow()) {
        let tree = Node::block_map([Entry::new("key", tree)]);
        let text = yaml::write(&tree);
        if text.lines().count() == 1 {
            prop_assert!(text.trim_end().chars().count() <= 110 || tree.get("key").unwrap().as_scalar().is_some());
            prop_assert_eq!(read(&text).without_places(), tree);
        }
    }

    /// Neither the reader nor the writer can be made to panic.
    #[test]
    fn any_text_is_read_or_refused(lines in vec(line(), 0..8)) {
        let outcome = yaml::parse(&SourceFile::new("contract.yaml", lines.join("\n")));
        render(&outcome.diagnostics, false);
        prop_assert_eq!(outcome.value.is_none(), outcome.diagnostics.iter().any(|d| d.is_error()));
        if let Some(node) = outcome.value {
            let written = yaml::write(&node);
            prop_assert_eq!(yaml::write(&read(&written)), written);
        }
    }

    /// However a file is laid out: every comment is there once, the values are the same.
    #[test]
    fn formatting_keeps_every_comment_and_every_value(text in messy_file()) {
        let tree = read(&text);
        let written = yaml::write(&tree);
        for comment in text.split("#~").skip(1).filter_map(|rest| rest.split('~').next()).map(|n| format!("~{n}~")) {
            prop_assert_eq!(written.matches(&comment).count(), 1, "{}\n{}\nfrom\n{}", comment, written, text);
        }
        let again = read(&written);
        prop_assert_eq!(yaml::write(&again), &written[..]);
        prop_assert_eq!(only_values(again), only_values(tree), "{}\nfrom\n{}", written, text);
    }
}

/// A line of a file, seldom one that goes with the others.
fn line() -> impl Strategy<Value = String> {
    let content = prop::sample::select(vec![
        "",
        "",
        "a: 1",
        "b:",
        "c: x",
        "d: [1, 2]",
        "e: { f: 1 }",
        "- g",
        "-",
        "- h: 1",
        "- - i",
        "j: {",
        "}",
        "k: [",
        "]",
        "l: |",
        "m: >-",
        "n: \"o",
        "\"",
        "? p",
        ": q",
        "é: ü",
        "r, s",
        "t,",
        "---",
        "...",
        "# u",
        "v: # w",
        "*x",
        "&y z",
        "!a b",
        "<<: c",
        "%d",
        "{ e",
        "[[[[",
    ]);
    (prop::sample::select(vec!["", "", "  ", "    ", "   ", "\t"]), content)
        .prop_map(|(indent, content)| format!("{indent}{content}"))
}

/// A file in anybody's layout: each `@` may become a comment, each `K` becomes a key.
fn messy_file() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "K: value@\n@\n",
        "K:@\n",
        "@\n@\nK: 'a\n\n   b'@\n",
        "K:@\n  @\n  value@\n",
        "K: [a,@\n  b@\n  @\n  ]@\n",
        "K: {@\n  a: 1,@\n  @\n  b: [] }@\n",
        "K: {@\n  @\n  }@\n",
        "K: [ { a,@\n b: [x@\n, y]@\n } ,@\n z ]@\n",
        "K:@\n@\n    a: 1@\n     @\n    b:@\n   @\n  @\n@\n",
        "K:@\n- a@\n@\n- b@\n@\n",
        "K:@\n  @\n  - x@\n  @\n  -@\n    y: 1@\n   @\n  -@\n   @\n    @\n  - - é@\n    @\n    - c@\n  @\n",
        "K: |@\n  text\n  more\n@\n",
        "K: >-@\n  text\n  more\n\n @\n@\n",
        "? K@\n@\n: v@\n",
        "? K\n:@\n  - a@\n",
        "K: [a, b, [c, { d: e }]]@\n",
        "K: { a: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, b: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb, c: ccccccccccccccccccccc, d: e }@\n",
    ]);
    (vec((part, vec(any::<bool>(), 12)), 1..5), any::<bool>()).prop_map(|(parts, crlf)| {
        let mut number = 0;
        let mut text = String::new();
        for (at, (part, comments)) in parts.into_iter().enumerate() {
            let mut comments = comments.into_iter();
            for character in part.chars() {
                match character {
                    'K' => text.push_str(&format!("key{at}")),
                    '@' if comments.next().unwrap_or(false) => {
                        number += 1;
                        text.push_str(&format!(" #~{number}~"));
                    }
                    '@' => {}
                    other => text.push(other),
                }
            }
        }
        if crlf { text.replace('\n', "\r\n") } else { text }
    })
}

fn only_values(node: Node) -> Node {
    let mut node = without_styles(node.without_places());
    node.trailing = None;
    node.tail.clear();
    match &mut node.kind {
        NodeKind::Scalar { quoted, text } => *quoted = text.is_empty() && *quoted,
        NodeKind::List(items) => {
            for item in items {
                *item = ListItem::new(only_values(item.value.clone()));
            }
        }
        NodeKind::Map(entries) => {
            for entry in entries {
                *entry = Entry::new(entry.key.clone(), only_values(entry.value.clone()));
            }
        }
    }
    node
}

/// What other readers would take for nothing, or for a truth value, is a name here: `null`, `no` and `on` are columns.
#[test]
fn keys_that_other_readers_take_for_something_else_are_quoted() {
    let names = ["null", "Null", "~", "true", "FALSE", "yes", "No", "ON", "off"];
    let plain = ["nullable", "yesterday", "tRue", "note", "onto", "1"];
    let entries = names.into_iter().chain(plain).map(|name| Entry::new(name, Node::scalar("x")));
    let written = yaml::write(&Node::block_map(entries));
    let expected: String = (names.iter().map(|name| format!("\"{name}\": x\n")))
        .chain(plain.iter().map(|name| format!("{name}: x\n")))
        .collect();
    assert_eq!(written, expected);
    let within = Node::flow_map([Entry::new("no", Node::scalar("x"))]);
    assert_eq!(yaml::write(&Node::block_map([Entry::new("a", within)])), "a: { \"no\": x }\n");
    assert_eq!(yaml::write(&read(&written)), written);
}
