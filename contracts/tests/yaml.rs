//! Reading and writing YAML: what is kept, where things are, what is refused.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that can't go on has failed"))]

use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::format;
use migratable_contract::yaml::{self, Entry, ListItem, Node, NodeKind};

fn read(text: &str) -> Node {
    let outcome = yaml::parse(&SourceFile::new("contract.yaml", text));
    outcome.value.unwrap_or_else(|| panic!("{}", render(&outcome.diagnostics, false)))
}

fn report(text: &str) -> String {
    let outcome = yaml::parse(&SourceFile::new("contract.yaml", text));
    assert_eq!(outcome.value.is_none(), outcome.diagnostics.iter().any(|found| found.is_error()));
    render(&outcome.diagnostics, false)
}

const MESSY: &str = "\
# My contract
#  indented
##  title
#


contract: 1   # version
name: 'shöp' # é
source:  # src

  # about tables
  tables:
    users: # header
      columns: # cols
        id:   int auto_increment
        # next
        email: varchar(100) collate utf8mb4_0900_ai_ci


        \"a, b\": x
        # tail of columns
      primary_key: [ id,name ]
      # tail of users
    # tail of tables
  # tail of source

# above the list
list:
- a: 1 # t1
  b: 2

# above the second
-
  # inside
  c: 1
- # header
  d: { a: 1, \"b\" : \"x, y\" } # fl
- - x
  - y # why
-
- [a, # one
   b, # two
   # three
  ] # four
# above empty
empty: {} # e
nothing: # n
# above block
block: | # hdr
  line 1
  # not a comment
  line 2
folded: >-
  aa
  bb
after:
  # own line
  value # same line
flow: { # open
  a: 1,
  # above b
  b: [] } # close
void: [ # inside
  # more
  ]
wide: { aaaaaaaaaaaaaaaaaaaaaaaaa: aaaaaaaaaaaaaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbbbbbbbbbbbbbbb: cccccccccccccc, d: [a, b] }
# end

# very end
";

#[test]
fn comments_and_layout_find_their_canonical_form() {
    let file = SourceFile::new("contract.yaml", MESSY);
    let formatted = format(&file).value.unwrap();
    insta::assert_snapshot!(formatted);
    assert_eq!(format(&SourceFile::new("contract.yaml", formatted.clone())).value.unwrap(), formatted);
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing_but_themselves() {
    let windows = format!("\u{feff}{}", MESSY.replace('\n', "\r\n"));
    assert_eq!(yaml::write(&read(&windows)), yaml::write(&read(MESSY)));
}

#[test]
fn scalars_keep_their_raw_text() {
    let text = "a: no\nb: 1.10\nc: 007\nd: ~\ne: 0x1F\nf: \"x\\ty\\u00e9\"\ng: 'it''s'\nh:\ni: \"\"\nj: two\n  lines\n";
    let tree = read(text);
    let value = |key: &str| {
        let node = tree.get(key).unwrap();
        let NodeKind::Scalar { text, quoted } = &node.kind else { panic!("{key} is {}", node.kind_name()) };
        (text.clone(), *quoted)
    };
    let expected = [
        ("a", "no", false),
        ("b", "1.10", false),
        ("c", "007", false),
        ("d", "~", false),
        ("e", "0x1F", false),
        ("f", "x\tyé", true),
        ("g", "it's", true),
        ("h", "", false),
        ("i", "", true),
        ("j", "two lines", false),
    ];
    for (key, text, quoted) in expected {
        assert_eq!(value(key), (text.to_owned(), quoted), "{key}");
    }
    assert!(tree.get("h").unwrap().is_absent() && !tree.get("i").unwrap().is_absent());
}

#[test]
fn places_are_exact_bytes() {
    let text =
        "größe:\n  schlüssel: \"wört\" # ü\n  liste: [ä, { ö: ü }]\n  block:\n    - é: ß\n    - x\nende: z\n";
    let tree = read(text);
    let text_of = |node: &Node| node.place.as_ref().unwrap().text().to_owned();
    let inner = tree.get("größe").unwrap();
    assert_eq!(tree.entry("größe").unwrap().key_place.as_ref().unwrap().text(), "größe");
    assert_eq!(text_of(inner.get("schlüssel").unwrap()), "\"wört\"");
    let list = inner.get("liste").unwrap();
    assert_eq!(text_of(list), "[ä, { ö: ü }]");
    assert_eq!(text_of(&list.as_list().unwrap()[1].value), "{ ö: ü }");
    assert_eq!(text_of(&list.as_list().unwrap()[0].value), "ä");
    assert_eq!(text_of(inner.get("block").unwrap()), "- é: ß\n    - x");
    assert_eq!(text_of(tree.get("ende").unwrap()), "z");
    assert_eq!(text_of(&tree), text.trim_end());
}

#[test]
fn a_list_in_the_column_of_its_key_has_its_place_and_leaves_comments_to_the_next_key() {
    let tree = read("a:\n- b\n- c\n# of d\nd: 1\n");
    assert_eq!(tree.get("a").unwrap().place.as_ref().unwrap().text(), "- b\n- c");
    assert_eq!(tree.entry("d").unwrap().leading, [yaml::Line::Comment("of d".to_owned())]);
}

#[test]
fn the_place_of_nothing_is_after_its_key() {
    let tree = read("a:\n# comment\nb: 1\n");
    assert_eq!(tree.get("a").unwrap().place.as_ref().unwrap().range, 2..2);
}

#[test]
fn a_built_tree_is_written_in_the_house_style() {
    let key = Node::flow_map([
        Entry::new("PK", Node::scalar("ORDER#{id}")),
        Entry::new("SK", Node::quoted("ORDER")),
    ]);
    let tree = Node::block_map([
        Entry::new("contract", Node::scalar("1")).comment("Written by a test.\n\nTwo paragraphs."),
        Entry::new("a: b", Node::scalar("plain # not")).trailing("why\nnot"),
        Entry::new(
            "Order",
            Node::block_map([
                Entry::new("key", key),
                Entry::new("primary_key", Node::flow_list([Node::scalar("id"), Node::scalar("a, b")])),
                Entry::new(
                    "items",
                    Node::block_list([
                        ListItem::new(Node::block_map([
                            Entry::new("x", Node::scalar("-1")),
                            Entry::new("y", Node::scalar("- 1")),
                        ])),
                        ListItem::new(Node::scalar("")).comment("empty"),
                    ]),
                ),
                Entry::new("none", Node::flow_map([])),
            ])
            .tail("the end"),
        )
        .blank(),
    ]);
    insta::assert_snapshot!(yaml::write(&tree));
    let again = read(&yaml::write(&tree)).without_places();
    assert_eq!(again, tree);
}

#[test]
fn keys_too_long_for_a_line_are_still_keys() {
    let key = "k".repeat(3000);
    let tree = Node::block_map([
        Entry::new(key, Node::block_map([Entry::new("a", Node::scalar("b"))])).trailing("c")
    ]);
    assert_eq!(read(&yaml::write(&tree)).without_places(), tree);
}

#[test]
fn everything_refused_is_refused_at_once() {
    insta::assert_snapshot!(report(
        "a: 1\nb: &anchor\n  c: *anchor\n  d: *unknown\na: 2\ne: !!str x\nf: { <<: *anchor }\n[g, h]: 1\n? { i: j }\n: 2\n: k\nb: 3\n"
    ));
}

#[test]
fn a_file_that_says_nothing() {
    insta::assert_snapshot!([report(""), report("# only a comment\n"), report("---\n...\n")].concat());
}

#[test]
fn a_second_document() {
    insta::assert_snapshot!(report("--- # the first\na: 1\n---\nb: 2\n"));
    assert!(yaml::parse(&SourceFile::new("f", "---\na: 1\n...\n# after\n")).value.is_some());
}

#[test]
fn tabs_are_found_on_their_own_line() {
    let files = [
        "a:\n\tb: 1\n",
        "a:\n  b: 1\n\tc: 2\n",
        "a:\n  é: 1\n  \tc: 2\n",
        "a: x\n\ty\n",
        "a:\n- b\n\t- c\n",
        "a:\n\n# comment\n\t- b\n",
    ];
    insta::assert_snapshot!(files.map(report).concat());
    for fine in [
        "a: [b,\n\tc]\n",
        "a: \"b\n\tc\"\n",
        "a: |\n  b\n  \tc\n",
        "a:\tb\n",
        "-\ta: 1\n",
        "a: b\n\t# comment\n",
        "a: b\n\t\n",
    ] {
        assert_eq!(report(fine), "", "{fine:?}");
    }
}

#[test]
fn tabs_are_not_blamed_for_the_mistakes_of_others() {
    for text in ["a: \"b\n\tc\n", "a: [b, c,\n\td, @ ]\n", "a: @b\nc:\n\td: e\n", "a: [b,\n\tc\n"] {
        assert!(report(text).starts_with("error[MG0101]"), "{}", report(text));
    }
}

#[test]
fn byte_order_marks() {
    insta::assert_snapshot!([report("\u{feff}a: 1\n"), report("a: 1\n\u{feff}b: 2\n")].concat());
}

#[test]
fn nesting_has_a_limit_and_no_stack_overflows() {
    let flow = format!("a: {}", "[".repeat(100));
    let block: String = (0..100).map(|depth| format!("{}a:\n", "  ".repeat(depth))).collect();
    insta::assert_snapshot!([report(&format!("{flow}{}\n", "]".repeat(100))), report(&block)].concat());
    for deep in ["[".repeat(200_000), "{a: ".repeat(100_000), "- ".repeat(100_000)] {
        assert!(yaml::parse(&SourceFile::new("f", deep)).value.is_none());
    }
    let most: String = (0..64).map(|depth| format!("{}a:\n", "  ".repeat(depth))).collect();
    assert_eq!(report(&most), "");
}

#[test]
fn syntax_errors_come_one_at_a_time() {
    let files = [
        "a: \"b\nc: d\n",
        "a: 'it's'\n",
        "a: [b, c\nd: e\n",
        "a: { b: c ]\n",
        "a: ]\n",
        "a: b: c\n",
        "a: 1\n  b: 2\n",
        "a:\n    b: 1\n  c: 2\n",
        "a: 1\nb\n",
        "a:\n  - b\n  c: d\n",
        "a: @b\n",
        "a: `b`\n",
        "a: %b\n",
        "%YAML 1.2\n---\na: 1\n",
        "a: \"\\q\"\n",
        "a: \"b\"#c\n",
        "a: b\n # c\n d\n",
        "a: [- b]\n",
        "a: { b: c d: e }\n",
        "a: [b c: d e: f]\n",
        "a: !e!x b\n",
        "a: 1\n...\nb: 2\n",
    ];
    insta::assert_snapshot!(files.map(report).join("\n"));
}
