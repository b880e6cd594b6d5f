//! Tokens as text: the same bytes on every machine.

use std::mem::{Discriminant, discriminant};

use proc_macro2::TokenStream;
use syn::Item;

use crate::emit::rust::docs::printable;
use crate::file::HEADER;
use crate::{File, Options};

/// A file of these tokens, with the header that says whose it is.
pub(crate) fn file(path: &str, options: &Options, tokens: TokenStream) -> File {
    let mut text = format!(
        "{HEADER}{} from {}. Do not edit: change the contract and run `{}`.\n",
        env!("CARGO_PKG_VERSION"),
        printable(&options.contract_path),
        printable(&options.command),
    );
    text.push_str(&items(tokens));
    File { path: path.to_owned(), text }
}

/// The tokens of a file, printed: prettyplease leaves no empty lines, people like one between items.
///
/// # Panics
/// The tokens are no Rust file, which is a mistake in the emitter that made them, never in a contract.
pub(crate) fn items(tokens: TokenStream) -> String {
    let mut file = match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => file,
        Err(error) => unreachable!("emitted tokens that don't parse ({error}): {tokens}"),
    };
    let items = std::mem::take(&mut file.items);
    let mut text = prettyplease::unparse(&file);
    let head = syn::File { attrs: Vec::new(), ..file };
    let mut previous: Option<Discriminant<Item>> = None;
    for item in items {
        let kind = discriminant(&item);
        let together = is_line(&item) && previous == Some(kind);
        if !together && !text.is_empty() {
            text.push('\n');
        }
        let one = syn::File { items: vec![item], ..head.clone() };
        text.push_str(&prettyplease::unparse(&one));
        previous = Some(kind);
    }
    text
}

/// Whether an item is one line that stands with others of its kind.
fn is_line(item: &Item) -> bool {
    matches!(item, Item::Use(_) | Item::Mod(_))
}
