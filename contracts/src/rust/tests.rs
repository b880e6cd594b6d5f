#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use proptest::prelude::*;

use super::*;

const PIECES: [Piece; 3] = [Piece::Type, Piece::Derive, Piece::Attribute];

/// What Rust's own parser says of a piece.
fn is_rust(piece: Piece, text: &str) -> bool {
    match piece {
        Piece::Type => syn::parse_str::<syn::Type>(text).is_ok(),
        Piece::Derive => syn::parse_str::<syn::ItemStruct>(&format!("#[derive({text})] struct A;")).is_ok(),
        Piece::Attribute => {
            let item = syn::parse_str::<syn::ItemStruct>(&format!("#[{text}] struct A;"));
            // Nothing of it has become something else than its one attribute.
            item.is_ok_and(|item| item.attrs.len() == 1 && item.ident == "A")
        }
    }
}

#[test]
fn what_people_write_is_taken() {
    for text in [
        "crate::Money",
        "::money::Money",
        "String",
        "Vec<u8>",
        "[u8; 16]",
        "crate::Id<crate::User>",
        "std::borrow::Cow<'static, str>",
        "Box<[u8]>",
        "std::collections::BTreeMap<String, (u8, crate::r#type::Kind,)>",
        "crate::List<Vec<Option<u8>>>",
        "uuid::Uuid",
    ] {
        assert_eq!(check(Piece::Type, text), Ok(()), "{text}");
        assert!(is_rust(Piece::Type, text), "{text}");
    }
    for text in ["Eq", "serde::Serialize", "::serde::Serialize", "crate::r#macro"] {
        assert_eq!(check(Piece::Derive, text), Ok(()), "{text}");
    }
    for text in [
        "non_exhaustive",
        "serde(skip)",
        r##"serde(rename = "a\"b", default = r#"x"y"#)"##,
        "doc = \"more \\u{e9} é\"",
        "validate(range(min = 1, max = -1.5))",
        "serde { a = 'x', b = '\\n', c: 'static }",
        "::other::attribute[0..10]",
        "cfg_attr(test, derive(Default))",
    ] {
        assert_eq!(check(Piece::Attribute, text), Ok(()), "{text}");
        assert!(is_rust(Piece::Attribute, text), "{text}");
    }
}

/// The mistakes of each piece, with what is marked and what is said.
#[test]
fn what_is_refused_is_refused_on_its_place() {
    let report = |piece: Piece, texts: &[&str]| {
        let line = |text: &&str| {
            let Mistake { code, range, label, help } = check(piece, text).unwrap_err();
            let marked = text.get(range.clone()).unwrap_or("(behind the end)");
            format!("{code} {text:?} at {range:?} {marked:?}: {label}; {help}")
        };
        texts.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    let types = [
        "",
        "Money",
        "Result<Money>",
        "Vec<Money>",
        "&str",
        "crate::Money::",
        "crate",
        "crate::",
        "self::Money",
        "super::Money",
        "Self",
        "dyn Money",
        "crate::type",
        "crate::crate::A",
        "Vec<&'a u8>",
        "std::borrow::Cow<'a, str>",
        "Vec<u8",
        "Vec<u8>>",
        "[u8; N]",
        "[u8",
        "(u8)",
        "crate::Money; drop()",
        "u8 } struct B {",
        "<A as B>::C",
        "a-b",
        "Vec::<u8>",
        "größe::A",
        "crate::\u{202e}A",
        "crate::A // no",
        "crate: :A",
        "_",
        "[u8; 16u8]",
        "impl",
        "!",
        "*const u8",
    ];
    let derives = [
        "",
        "Serialize",
        "serde::Serialize, Eq",
        "Vec<u8>",
        "serde::",
        "Eq)] struct B; #[derive(",
        "crate::derive!",
    ];
    let attributes = [
        "",
        "#[serde(skip)]",
        "derive(Eq)",
        "migratable(entity = \"A\")",
        "cfg(test)",
        "serde(skip",
        "serde(skip))",
        "serde(skip)] #[derive(Eq)",
        "serde = skip",
        "serde skip",
        "doc = \"a",
        "doc = \"\\q\"",
        "doc = 'ab'",
        "doc = ''",
        "a(1x)",
        "a(b\"c\")",
        "a(r\"c)",
        "a(r#\"c\")",
        "a(r#crate)",
        "a(\u{0})",
        "a(/* b */)",
        "a(`)",
        "unsafe(no_mangle)",
        "a(1\"b\")",
        "a(\\)",
        "a('\\u{d800}')",
    ];
    insta::assert_snapshot!([
        report(Piece::Type, &types),
        report(Piece::Derive, &derives),
        report(Piece::Attribute, &attributes),
    ]
    .join("\n---\n"));
}

#[test]
fn depth_is_bounded() {
    let deep = |open: &str, inner: &str, close: &str, times: usize| {
        format!("{}{inner}{}", open.repeat(times), close.repeat(times))
    };
    for times in [33, 5_000] {
        assert!(check(Piece::Type, &deep("Vec<", "u8", ">", times)).is_err());
        assert!(check(Piece::Type, &deep("[", "u8", "]", times)).is_err());
        assert!(check(Piece::Attribute, &format!("a{}", deep("(", "", ")", times))).is_err());
    }
    assert_eq!(check(Piece::Type, &deep("Vec<", "u8", ">", 30)), Ok(()));
}

/// Tokens, whole and broken, in any order.
fn soup() -> impl Strategy<Value = String> {
    let tokens = [
        "crate",
        "::",
        "a",
        "B",
        "Vec",
        "u8",
        "r#type",
        "r#",
        "self",
        "type",
        "<",
        ">",
        ",",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        ";",
        "1",
        "1.5",
        "_",
        "'static",
        "'a",
        "'a'",
        "'\\''",
        "\"s\"",
        "\"",
        "r\"x\"",
        "r#\"x\"#",
        "r##\"x\"#",
        "b\"x\"",
        "=",
        "#",
        "!",
        "/",
        "//",
        "/*",
        "*",
        "-",
        ".",
        "..",
        "\\",
        "\\n",
        " ",
        "é",
        "serde",
        "skip",
        "&",
        "&&",
        ":",
        "$",
        "@",
        "0x1f",
        "1u8",
        "1_0",
        "c\"x\"",
        "\u{85}",
    ];
    proptest::collection::vec(proptest::sample::select(tokens.to_vec()), 0..12)
        .prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Nothing that is taken surprises the parser of emitted code.
    #[test]
    fn what_is_taken_is_rust(text in soup(), path in "(crate|::a|B)::[a-z]{1,3}(<.{0,8}>)?", inside in soup()) {
        for piece in PIECES {
            let candidates = [text.clone(), path.clone(), format!("a({inside})"), format!("a = {inside}"), format!("Vec<{inside}>")];
            for candidate in candidates {
                match check(piece, &candidate) {
                    Ok(()) => prop_assert!(is_rust(piece, &candidate), "{piece:?}: {candidate}"),
                    Err(mistake) => prop_assert!(mistake.range.end <= candidate.len() + 1 && !mistake.label.is_empty() && !mistake.help.is_empty()),
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        for piece in PIECES {
            if check(piece, &text).is_ok() {
                prop_assert!(is_rust(piece, &text), "{piece:?}: {text}");
            }
        }
    }
}
