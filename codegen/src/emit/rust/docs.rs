//! Doc comments. Names in them come from a schema, so they are quoted like everything else: nothing in them can end a
//! comment, open a link, or turn the text around it.

#[cfg(feature = "files")]
use migratable_contract::model::Visibility;
use proc_macro2::TokenStream;
use quote::quote;

/// Doc attributes, one a line.
pub(crate) fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

/// One line of text without anything a comment can't hold: control characters and those that change the direction of
/// writing are spelled out.
pub(crate) fn printable(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut line, character| {
        let turns =
            matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
        if character.is_control() || turns {
            line.extend(character.escape_unicode());
        } else {
            line.push(character);
        }
        line
    })
}

/// A name or a text as inline code.
pub(crate) fn code(text: &str) -> String {
    let text = printable(text);
    match longest_run(&text) {
        0 if !text.is_empty() => format!("`{text}`"),
        run => {
            let fence = "`".repeat(run + 1);
            format!("{fence} {text} {fence}")
        }
    }
}

/// A public type's name as a link to it; as inline code where it is no plain word, or nobody outside sees the type.
#[cfg(feature = "files")]
pub(crate) fn link(name: &str, visibility: Visibility) -> String {
    let plain = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if plain && visibility == Visibility::Public { format!("[`{name}`]") } else { code(name) }
}

/// The longest run of backticks.
pub(crate) fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "files")]
    #[test]
    fn only_what_is_there_for_the_reader_is_a_link() {
        assert_eq!(link("Order", Visibility::Public), "[`Order`]");
        assert_eq!(link("Order", Visibility::Crate), "`Order`");
        assert_eq!(link("a](http://evil)", Visibility::Public), "`a](http://evil)`");
        assert_eq!(link("", Visibility::Public), "`  `");
    }

    #[test]
    fn names_can_not_leave_their_quotes() {
        assert_eq!(code("id"), "`id`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code(""), "`  `");
        assert_eq!(code("a\n//! b"), "`a\\u{a}//! b`");
        assert_eq!(code("\u{202e}x"), "`\\u{202e}x`");
    }
}
