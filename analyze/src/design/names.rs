//! Names, inferred once: from whatever MySQL calls a thing to names DynamoDB, Rust and people can use.
//!
//! MySQL names are hostile: any character, any case, any length up to 64. What leaves here is ASCII, begins with a
//! letter, and is unique where it has to be. The same set of names always gets the same results, in any order.

use std::collections::BTreeSet;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// DynamoDB takes names of up to 255 characters; a number that makes a name unique, and `PK` or `SK` after an index's
/// name, have to fit in as well.
const LONGEST: usize = 240;

/// The contract language takes names of entities, repositories and methods of up to 64 characters, numbers included.
const LONGEST_IN_CODE: usize = 56;

/// Shortest name DynamoDB takes for a table or an index.
const SHORTEST: usize = 3;

/// Names every Rust file can use without an import, or can't use at all: a struct called so would make the code
/// around it unreadable at best.
const TAKEN_IN_RUST: [&str; 27] = [
    "AsMut", "AsRef", "Box", "Clone", "Copy", "Default", "Drop", "Eq", "Err", "Extend", "Fn", "From", "Into",
    "Iterator", "None", "Ok", "Option", "Ord", "Result", "Self", "Send", "Sized", "Some", "String", "Sync",
    "ToString", "Vec",
];

/// What such a struct is called besides.
const OUT_OF_THE_WAY: &str = "Entity";

/// Plurals the rules below would get wrong, as the end of a word.
const IRREGULAR: [(&str, &str); 19] = [
    ("aliases", "alias"),
    ("analyses", "analysis"),
    ("bonuses", "bonus"),
    ("buses", "bus"),
    ("caches", "cache"),
    ("campuses", "campus"),
    ("children", "child"),
    ("cookies", "cookie"),
    ("movies", "movie"),
    ("news", "news"),
    ("people", "person"),
    ("quizzes", "quiz"),
    ("series", "series"),
    ("shelves", "shelf"),
    ("sms", "sms"),
    ("species", "species"),
    ("statuses", "status"),
    ("viruses", "virus"),
    ("women", "woman"),
];

/// Names given out, so that no name is given twice. Names that differ in case only count as one: Rust files,
/// DynamoDB consoles and people tell them apart badly.
#[derive(Debug, Default)]
pub struct Given(BTreeSet<String>);

impl Given {
    /// Marks a name as taken.
    pub fn reserve(&mut self, name: &str) {
        self.0.insert(name.to_ascii_lowercase());
    }

    /// Whether a name is still free.
    pub fn is_free(&self, name: &str) -> bool {
        !self.0.contains(&name.to_ascii_lowercase())
    }

    /// The wish, or the wish with the first free number from 2 on.
    pub fn give(&mut self, wish: &str, separator: &str) -> String {
        let mut name = wish.to_owned();
        let mut number = 2;
        while !self.is_free(&name) {
            name = format!("{wish}{separator}{number}");
            number += 1;
        }
        self.reserve(&name);
        name
    }
}

/// `order_items` → `OrderItem`.
pub fn entity(table: &str) -> String {
    let name = singular(&snake(table, "table")).to_upper_camel_case();
    shortened(
        if TAKEN_IN_RUST.contains(&name.as_str()) { name + OUT_OF_THE_WAY } else { name },
        LONGEST_IN_CODE,
    )
}

/// `order_items` → `OrderItems`: what a DynamoDB table of its own is called.
pub(crate) fn dynamodb_table(table: &str) -> String {
    lengthened(camel(&snake(table, "table")), "Table")
}

/// `user_id`, `product_id` → `ByUserIdAndProductId`.
pub(crate) fn index<'a>(columns: impl IntoIterator<Item = &'a str>) -> String {
    let parts: Vec<String> = columns.into_iter().map(|column| camel(&snake(column, "column"))).collect();
    shortened(format!("By{}", parts.join("And")), LONGEST)
}

/// `user_id`, `product_id` → `by_user_id_and_product_id`.
pub(crate) fn get_method<'a>(columns: impl IntoIterator<Item = &'a str>) -> String {
    let parts: Vec<String> = columns.into_iter().map(|column| snake(column, "column")).collect();
    shortened(format!("by_{}", parts.join("_and_")), LONGEST_IN_CODE)
}

/// What a foreign key's list is called: by the column without its `_id`, or by the parent where several columns
/// or a bare `id` say nothing.
pub(crate) fn list_method(columns: &[String], parent: &str) -> String {
    let stem = match columns {
        [column] => stem(&snake(column, "column")),
        _ => None,
    };
    let stem = stem.unwrap_or_else(|| singular(&snake(parent, "table")));
    shortened(format!("of_{stem}"), LONGEST_IN_CODE)
}

/// `user_id` → `user`, `author` → `author`, `id` → nothing.
fn stem(column: &str) -> Option<String> {
    match column.strip_suffix("_id") {
        Some("") => None,
        Some(stem) => Some(stem.to_owned()),
        None if column == "id" => None,
        None => Some(column.to_owned()),
    }
}

/// An attribute's name for a column.
pub fn attribute(column: &str) -> String {
    snake(column, "column")
}

/// What an entity's bare `id` is called: after the entity, without what only keeps a struct out of Rust's way.
pub fn id(entity: &str) -> String {
    let noun = entity.strip_suffix(OUT_OF_THE_WAY).filter(|noun| TAKEN_IN_RUST.contains(noun));
    format!("{}_id", attribute(noun.unwrap_or(entity)))
}

/// What the handle calls an entity's repository.
pub fn repository(table: &str) -> String {
    shortened(snake(table, "table"), LONGEST_IN_CODE)
}

/// The contract's own name.
pub fn contract(name: &str) -> String {
    shortened(snake(name, "contract"), LONGEST_IN_CODE)
}

/// The table everything lives in: `online_shop` → `OnlineShop`.
pub(crate) fn single_table(contract: &str) -> String {
    lengthened(camel(contract), "Table")
}

/// `OrderItem` → `ORDER_ITEM`: what begins the keys of an entity, and of a column's own template.
pub fn prefix(name: &str) -> String {
    snake(name, "key").to_shouty_snake_case()
}

/// Lower snake case in ASCII, beginning with a letter; `fallback` where nothing is left of the name.
fn snake(name: &str, fallback: &str) -> String {
    let ascii: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let snake = ascii.to_snake_case();
    match snake.chars().next() {
        None => fallback.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("{fallback}_{snake}"),
        Some(_) => snake,
    }
}

fn camel(snake: &str) -> String {
    shortened(snake.to_upper_camel_case(), LONGEST)
}

fn shortened(mut name: String, longest: usize) -> String {
    // Always at a character boundary: everything here is ASCII.
    name.truncate(longest);
    name
}

fn lengthened(name: String, suffix: &str) -> String {
    if name.len() < SHORTEST { name + suffix } else { name }
}

/// The singular of a name's last word. Knows regular English; leaves alone what it doesn't know.
fn singular(snake: &str) -> String {
    let (head, word) = snake.rsplit_once('_').map_or(("", snake), |(head, word)| (head, word));
    let word = singular_word(word);
    if head.is_empty() { word } else { format!("{head}_{word}") }
}

fn singular_word(word: &str) -> String {
    if let Some((plural, singular)) = IRREGULAR.iter().find(|(plural, _)| word.ends_with(plural)) {
        return format!("{}{singular}", &word[..word.len() - plural.len()]);
    }
    let cut = |bytes: usize| word[..word.len() - bytes].to_owned();
    if word.len() > 4 && word.ends_with("ies") {
        return cut(3) + "y";
    }
    if ["sses", "xes", "ches", "shes"].iter().any(|ending| word.ends_with(ending)) {
        return cut(2);
    }
    let keeps_its_s = ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    if word.len() > 2 && word.ends_with('s') && !keeps_its_s { cut(1) } else { word.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_knows_regular_plurals_and_leaves_the_rest_alone() {
        for (plural, one) in [
            ("users", "user"),
            ("categories", "category"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("batches", "batch"),
            ("dishes", "dish"),
            ("statuses", "status"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("address", "address"),
            ("order_status_histories", "order_status_history"),
            ("courses", "course"),
            ("page_caches", "page_cache"),
            ("movies", "movie"),
            ("ties", "tie"),
            ("person_children", "person_child"),
            ("mail_aliases", "mail_alias"),
            ("shelves", "shelf"),
            ("news", "news"),
            ("data", "data"),
            ("s", "s"),
            ("us", "us"),
        ] {
            assert_eq!(singular(plural), one, "{plural}");
        }
    }

    #[test]
    fn every_name_is_ascii_and_begins_with_a_letter() {
        for hostile in
            ["", "🦀", "2fa tokens", "_private", "a`b", "überweisungen", "Robert'); DROP", "__", "ID"]
        {
            for name in [attribute(hostile), repository(hostile), contract(hostile)] {
                assert!(name.starts_with(|c: char| c.is_ascii_lowercase()), "{hostile:?} → {name:?}");
                assert!(
                    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'),
                    "{hostile:?} → {name:?}"
                );
            }
            for name in [entity(hostile), dynamodb_table(hostile), single_table(&contract(hostile))] {
                assert!(name.starts_with(|c: char| c.is_ascii_uppercase()), "{hostile:?} → {name:?}");
                assert!(name.chars().all(|c| c.is_ascii_alphanumeric()), "{hostile:?} → {name:?}");
            }
        }
    }

    #[test]
    fn names_of_rust_itself_are_not_entities() {
        assert_eq!(entity("options"), "OptionEntity");
        assert_eq!(entity("self"), "SelfEntity");
        assert_eq!(id("OptionEntity"), "option_id");
        assert_eq!(id("LegalEntity"), "legal_entity_id");
        assert_eq!(entity("order_options"), "OrderOption");
    }

    #[test]
    fn tables_and_indexes_are_as_long_as_dynamodb_wants() {
        assert_eq!(dynamodb_table("a"), "ATable");
        let columns = vec!["c".repeat(64); 16];
        let index = index(columns.iter().map(String::as_str));
        assert!(index.len() + "PK".len() <= 255, "{}", index.len());
        for name in [
            get_method(columns.iter().map(String::as_str)),
            entity(&columns[0]),
            repository(&"aB".repeat(32)),
        ] {
            assert!(name.len() <= 64, "{name}");
        }
    }

    #[test]
    fn a_taken_name_gets_a_number_whatever_its_case() {
        let mut given = Given::default();
        assert_eq!(given.give("User", ""), "User");
        assert_eq!(given.give("USER", ""), "USER2");
        assert_eq!(given.give("User", ""), "User3");
        assert_eq!(given.give("id", "_"), "id");
        assert_eq!(given.give("id", "_"), "id_2");
    }

    #[test]
    fn lists_are_called_by_what_the_column_points_at() {
        assert_eq!(list_method(&["user_id".into()], "users"), "of_user");
        assert_eq!(list_method(&["authorId".into()], "users"), "of_author");
        assert_eq!(list_method(&["reviewer".into()], "users"), "of_reviewer");
        assert_eq!(list_method(&["id".into()], "users"), "of_user");
        assert_eq!(list_method(&["a".into(), "b".into()], "order_items"), "of_order_item");
    }
}
