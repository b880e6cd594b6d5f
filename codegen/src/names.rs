//! Rust names from a contract's names. Every identifier in emitted code that comes from a contract is made here, so
//! that no text from a schema reaches source code any other way, whatever it holds.

use std::collections::BTreeSet;

#[cfg(feature = "files")]
use heck::{ToSnakeCase, ToUpperCamelCase};
use migratable_contract::model::Entity;
use migratable_core::plan::Plan;
use proc_macro2::{Ident, Span};

/// Every word Rust keeps for itself, in all editions, but those that can't be raw identifiers.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names that can't even be raw identifiers; they get a `_` at their end.
const NEVER_RAW: [&str; 5] = ["_", "crate", "self", "Self", "super"];

/// Names that a parameter can't have: as a pattern, each means the prelude's variant.
pub const VARIANTS: [&str; 4] = ["None", "Some", "Ok", "Err"];

/// The one constructor of Rust identifiers.
///
/// A name that is an ASCII identifier stays as it is. Keywords become raw (`r#type`), the few that can't be raw get a
/// `_` at their end. Any other character is spelled out as `_u{code point in hex}_`, so that what was hostile is inert; a
/// name that starts with a digit gets a `_` before it, the empty name is `_empty`. Where names of one scope could come out
/// equal, [`Scope`] tells them apart.
pub fn ident(name: &str) -> Ident {
    if NEVER_RAW.contains(&name) {
        return Ident::new(&format!("{name}_"), Span::call_site());
    }
    if KEYWORDS.contains(&name) {
        return Ident::new_raw(name, Span::call_site());
    }
    Ident::new(&spelled(name), Span::call_site())
}

/// The name with only characters an identifier may have.
fn spelled(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        text.push('_');
    }
    for character in name.chars() {
        if character.is_ascii_alphanumeric() || character == '_' {
            text.push(character);
        } else {
            text.push_str(&format!("_u{:x}_", u32::from(character)));
        }
    }
    if text.is_empty() { "_empty".to_owned() } else { text }
}

/// The identifier of a type, in upper camel case: for names the contract doesn't already keep in it.
#[cfg(feature = "files")]
pub fn upper_camel(name: &str) -> Ident {
    ident(&ident_text(name).to_upper_camel_case())
}

/// The identifiers of an enum's variants, one for each member, in the members' order. What separates words in a member
/// separates them in the variant.
#[cfg(feature = "files")]
pub fn variants<'a>(members: impl IntoIterator<Item = &'a str>) -> Vec<Ident> {
    let mut scope = Scope::default();
    let variant = |member: &str| {
        let words = member.replace([' ', '-', '.', ',', '/', ':'], "_");
        let camel = ident_text(&words).to_upper_camel_case();
        scope.claim(if camel.is_empty() { "Empty" } else { &camel })
    };
    members.into_iter().map(variant).collect()
}

/// The name of an entity's module and file, without the ending.
#[cfg(feature = "files")]
pub fn module(entity: &str) -> String {
    ident_text(entity).to_snake_case()
}

/// The identifier's text without `r#`.
#[cfg(feature = "files")]
fn ident_text(name: &str) -> String {
    unraw(&ident(name))
}

/// An identifier's text without `r#`.
pub fn unraw(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map(str::to_owned).unwrap_or(text)
}

/// Names that live side by side: no two may be equal.
#[derive(Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
}

impl Scope {
    /// A scope in which these names are already taken.
    pub fn with(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// Whether a name is taken.
    pub fn holds(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Takes a name; one that is taken already gets as many `_` at its end as it needs.
    pub fn claim(&mut self, name: &str) -> Ident {
        let mut ident = ident(name);
        while !self.taken.insert(unraw(&ident)) {
            ident = self::ident(&format!("{}_", unraw(&ident)));
        }
        ident
    }
}

/// The names of an entity's key types.
pub struct KeyNames {
    /// The key: a struct.
    pub key: Ident,
    /// The prefixes of the key, where those take several steps.
    pub prefix: Ident,
}

/// The name of the struct of an entity's columns.
pub fn columns(structure: &str) -> String {
    format!("{structure}Columns")
}

/// The names of the key types of a struct, the table's first, then those of the indexes.
pub fn of_keys(structure: &str, plan: &Plan) -> Vec<KeyNames> {
    let repository = format!("{structure}Repository");
    let mut scope = Scope::with(&[structure, &repository, &columns(structure)]);
    let own = std::iter::once(String::new());
    own.chain(plan.indexes.iter().map(|index| joined_words(&index.name)))
        .map(|index| KeyNames {
            key: scope.claim(&format!("{structure}{index}Key")),
            prefix: scope.claim(&format!("{structure}{index}Prefix")),
        })
        .collect()
}

/// The name of the struct of a collection's elements: the entity's, and the attribute's. `position` is the field's. No type of
/// the entity has it.
pub fn element(entity: &Entity, position: usize) -> String {
    let (structure, plan) = (&entity.rust.name, &entity.plan);
    let repository = format!("{structure}Repository");
    let mut scope = Scope::with(&[structure, &repository, &columns(structure)]);
    for KeyNames { key, prefix } in of_keys(structure, plan) {
        scope.claim(&unraw(&key));
        scope.claim(&unraw(&prefix));
    }
    let attributes = plan.derived.iter().map(|derived| &derived.name);
    let names: Vec<Ident> =
        attributes.map(|attribute| scope.claim(&format!("{structure}{}", joined_words(attribute)))).collect();
    position.checked_sub(plan.columns.len()).and_then(|at| names.get(at)).map(unraw).unwrap_or_default()
}

/// The structs of an entity's elements.
pub fn elements(entity: &Entity) -> Vec<Ident> {
    use migratable_core::plan::CollectionForm;
    let columns = entity.plan.columns.len();
    let found = entity.plan.derived.iter().enumerate().filter(|(_, derived)| {
        let form = derived.collection().map(|collection| &collection.form);
        matches!(form, Some(CollectionForm::List(_) | CollectionForm::Map { .. }))
    });
    found.map(|(position, _)| ident(&element(entity, columns + position))).collect()
}

/// The words of a name as a part of a type's: `by_user-id` is `ByUserId`. What is no ASCII letter or digit ends a word.
fn joined_words(name: &str) -> String {
    let words = name.split(|character: char| !character.is_ascii_alphanumeric());
    words
        .map(|word| {
            let mut characters = word.chars();
            characters.next().map_or_else(String::new, |first| {
                format!("{}{}", first.to_ascii_uppercase(), characters.as_str())
            })
        })
        .collect()
}

/// The identifiers of an entity's fields, in the fields' order: what a struct calls them, and the parameters of its access
/// patterns.
pub fn of_fields(entity: &Entity) -> Vec<Ident> {
    fields(entity.fields.iter().map(|field| field.name.as_str()))
}

/// These names as identifiers of one scope.
fn fields<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Ident> {
    let mut scope = Scope::default();
    names.into_iter().map(|name| scope.claim(name)).collect()
}

/// Whether rustc holds a name to be in snake case; names of a contract are kept as they are, so the lint has to be
/// answered where they are not.
pub fn is_snake_case(ident: &Ident) -> bool {
    let text = unraw(ident);
    let text = text.trim_matches('_');
    !text.contains("__") && !text.contains(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str) -> String {
        ident(name).to_string()
    }

    #[test]
    fn plain_names_stay() {
        for name in ["id", "user_id", "createdAt", "_hidden", "x9", "union", "raw", "Order"] {
            assert_eq!(text(name), name);
        }
    }

    #[test]
    fn keywords_become_raw() {
        for name in KEYWORDS {
            assert_eq!(text(name), format!("r#{name}"));
        }
    }

    #[test]
    fn every_word_syn_refuses_is_handled() {
        for name in KEYWORDS.into_iter().chain(NEVER_RAW) {
            // The keyword of the 2024 edition, which syn takes for a name, as the editions before do.
            let keyword = name == "gen" || syn::parse_str::<Ident>(name).is_err();
            assert!(keyword, "{name} is not a keyword");
            assert!(syn::parse_str::<Ident>(&text(name)).is_ok(), "{name}");
        }
    }

    #[test]
    fn words_that_can_not_be_raw_get_a_suffix() {
        assert_eq!(
            ["_", "self", "Self", "super", "crate"].map(text),
            ["__", "self_", "Self_", "super_", "crate_"]
        );
    }

    #[test]
    fn hostile_names_are_inert() {
        insta::assert_snapshot!(
            [
                "x\"] } include!(\"/etc/passwd\"); mod y { #[doc = \"",
                "a b",
                "r#type",
                "🦀",
                "größe",
                "1st",
                "",
                "a\0b",
                "a\nb",
                "\u{202e}evil",
                "'static",
                "__",
                "-",
            ]
            .map(|name| format!("{name:?} -> {}", ident(name)))
            .join("\n")
        );
    }

    #[test]
    fn hostile_names_are_identifiers_and_stay_different() {
        let names = ["a b", "a_b", "a-b", "a\"b", "a\u{e9}b", "", "_", "1", "_1x", "self", "type", "\u{0}"];
        let idents: BTreeSet<String> = names.into_iter().map(text).collect();
        assert_eq!(idents.len(), names.len());
        for ident in idents {
            syn::parse_str::<Ident>(&ident).unwrap();
        }
    }

    #[test]
    fn taken_names_get_a_suffix() {
        let mut scope = Scope::with(&["put", "get"]);
        let claimed: Vec<String> =
            ["put", "type", "put", "type", "of"].map(|name| scope.claim(name).to_string()).to_vec();
        assert_eq!(claimed, ["put_", "r#type", "put__", "type_", "of"]);
    }

    #[test]
    fn fields_never_collide() {
        assert_eq!(fields(["self", "self_", "a"]).map_strings(), ["self_", "self__", "a"]);
    }

    #[test]
    fn words_of_an_index_join_a_types_name() {
        for (name, words) in [
            ("ByUserId", "ByUserId"),
            ("by_user-id", "ByUserId"),
            ("gsi1.pk", "Gsi1Pk"),
            ("GSI1", "GSI1"),
            ("x\"] }", "X"),
            ("größe", "GrE"),
            ("", ""),
        ] {
            assert_eq!(joined_words(name), words, "{name}");
        }
    }

    #[test]
    fn modules_and_handles_follow_rust_case() {
        assert_eq!(module("OrderLine"), "order_line");
        assert_eq!(module("Mod"), "mod");
        assert_eq!(upper_camel("online_shop").to_string(), "OnlineShop");
        assert_eq!(upper_camel("self").to_string(), "Self_");
        assert_eq!(upper_camel("").to_string(), "Empty");
    }

    #[test]
    fn variants_are_in_rust_case_and_never_collide() {
        let members = [
            "in progress",
            "in-progress",
            "InProgress",
            "N/A",
            "1st",
            "",
            " ",
            "self",
            "Self",
            "größe",
            "a\"b",
            "ALL",
            "_",
        ];
        assert_eq!(
            variants(members).map_strings(),
            [
                "InProgress",
                "InProgress_",
                "InProgress__",
                "NA",
                "_1st",
                "Empty",
                "Empty_",
                "Self_",
                "Self__",
                "GrUf6UdfE",
                "AU22B",
                "All",
                "Empty__",
            ]
        );
    }

    #[test]
    fn snake_case_is_judged_as_rustc_does() {
        for (name, snake) in [("a_b", true), ("aB", false), ("a__b", false), ("a_", true), ("type", true)] {
            assert_eq!(is_snake_case(&ident(name)), snake, "{name}");
        }
    }

    trait MapStrings {
        fn map_strings(&self) -> Vec<String>;
    }

    impl MapStrings for Vec<Ident> {
        fn map_strings(&self) -> Vec<String> {
            self.iter().map(Ident::to_string).collect()
        }
    }
}
