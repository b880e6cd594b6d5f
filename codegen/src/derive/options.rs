//! The options of `#[migratable(…)]`, one by one: a mistake in one doesn't hide those in the others.

use migratable_contract::diagnostic::suggest;
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::{Attribute, LitStr, Meta};

use super::errors::Errors;

/// The options, as suggestions know them.
const OPTIONS: [&str; 5] = ["contract", "entity", "fingerprint", "crate", "subset"];

/// The options as found, each at most once.
#[derive(Default)]
pub(super) struct Given {
    pub(super) contract: Option<LitStr>,
    pub(super) entity: Option<LitStr>,
    pub(super) fingerprint: Option<LitStr>,
    pub(super) krate: Option<LitStr>,
    /// Where it stands, and the path it may be given.
    pub(super) subset: Option<(Span, Option<LitStr>)>,
}

impl Given {
    /// Where the text of an option goes.
    fn slot(&mut self, name: &str) -> Option<&mut Option<LitStr>> {
        match name {
            "contract" => Some(&mut self.contract),
            "entity" => Some(&mut self.entity),
            "fingerprint" => Some(&mut self.fingerprint),
            "crate" => Some(&mut self.krate),
            _ => None,
        }
    }
}

/// Reads the options of one attribute.
pub(super) fn read(attribute: &Attribute, given: &mut Given, errors: &mut Errors) {
    let list = match &attribute.meta {
        Meta::List(list) if matches!(list.delimiter, syn::MacroDelimiter::Paren(_)) => list,
        other => {
            let message = "the options stand in parentheses: `#[migratable(contract = \"contract.yaml\")]`";
            return errors.push(other.span(), message);
        }
    };
    for option in split(&list.tokens) {
        read_one(&option, given, errors);
    }
}

/// The options between the commas.
fn split(tokens: &TokenStream) -> Vec<Vec<TokenTree>> {
    let mut options = vec![Vec::new()];
    for token in tokens.clone() {
        match (&token, options.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => options.push(Vec::new()),
            (_, Some(option)) => option.push(token),
            (_, None) => {}
        }
    }
    options.retain(|option| !option.is_empty());
    options
}

/// Reads one option: a name, and mostly `=` and a text.
fn read_one(option: &[TokenTree], given: &mut Given, errors: &mut Errors) {
    let Some((TokenTree::Ident(name), rest)) = option.split_first() else {
        let Some(first) = option.first() else { return };
        return errors.push(first.span(), &unnamed(first));
    };
    let text = name.to_string();
    if text == "subset" {
        return subset(name, rest, given, errors);
    }
    let Some(slot) = given.slot(&text) else {
        return errors.push(name.span(), &unknown(&text));
    };
    match value(rest) {
        Ok(Some(_)) if slot.is_some() => errors.push(name.span(), &format!("`{text}` stands here twice")),
        Ok(Some(literal)) if literal.value().trim().is_empty() => {
            errors.push(literal.span(), &format!("`{text}` is empty"));
        }
        Ok(Some(literal)) => *slot = Some(literal),
        Ok(None) => errors.push(name.span(), &format!("`{text}` takes a text: `{text} = \"…\"`")),
        Err(wrong) => errors.push(wrong.span, &wrong.message(&text)),
    }
}

/// `subset` alone, or with the path of the entity's struct.
fn subset(name: &Ident, rest: &[TokenTree], given: &mut Given, errors: &mut Errors) {
    match value(rest) {
        Ok(_) if given.subset.is_some() => errors.push(name.span(), "`subset` stands here twice"),
        Ok(path) => given.subset = Some((name.span(), path)),
        Err(wrong) => {
            let message = "`subset` stands alone, or takes the path of the entity's own struct in quotes: \
                           `subset = \"crate::shop::Order\"`";
            errors.push(wrong.span, message);
            // What it means for the fields is clear all the same.
            given.subset = Some((name.span(), None));
        }
    }
}

/// What stands where `= "…"` should.
struct Wrong {
    span: Span,
    /// How it would be right, if that can be told.
    right: Option<String>,
}

impl Wrong {
    fn message(&self, name: &str) -> String {
        match &self.right {
            Some(right) => format!("`{name}` takes a text in quotes: `{name} = {right}`"),
            None => format!("`{name}` takes a text in quotes"),
        }
    }
}

/// The text after an option's name; `None` where nothing follows.
fn value(rest: &[TokenTree]) -> Result<Option<LitStr>, Wrong> {
    let Some((first, rest)) = rest.split_first() else { return Ok(None) };
    let after = match first {
        TokenTree::Punct(punct) if punct.as_char() == '=' => rest,
        // `contract("…")`, `contract: "…"`.
        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            return Err(Wrong { span: first.span(), right: quoted(&inner) });
        }
        _ => return Err(Wrong { span: first.span(), right: quoted(rest) }),
    };
    let tokens: TokenStream = after.iter().cloned().collect();
    syn::parse2::<LitStr>(tokens.clone()).map(Some).map_err(|_| {
        let span = if after.is_empty() { first.span() } else { tokens.span() };
        Wrong { span, right: quoted(after) }
    })
}

/// What was written, as it should have been: quoted text as it is, names in quotes.
fn quoted(tokens: &[TokenTree]) -> Option<String> {
    let tokens: TokenStream = tokens.iter().cloned().collect();
    if let Ok(literal) = syn::parse2::<LitStr>(tokens.clone()) {
        return Some(format!("\"{}\"", literal.value()));
    }
    let path = syn::parse2::<syn::Path>(tokens.clone()).is_ok();
    path.then(|| format!("\"{}\"", tokens.to_string().replace(' ', "")))
}

/// The message for something without a name.
fn unnamed(first: &TokenTree) -> String {
    match syn::parse2::<LitStr>(first.clone().into()) {
        Ok(literal) => {
            let text = literal.value();
            let name = if text.contains('.') || text.contains('/') { "contract" } else { "entity" };
            format!("which option is this? Say it: `{name} = \"{text}\"`")
        }
        Err(_) => format!("an option is expected here: one of `{}`", OPTIONS.join("`, `")),
    }
}

/// The message for an option there isn't.
fn unknown(name: &str) -> String {
    let reason = match name {
        "table" | "table_name" => "which table an entity is in, the contract says",
        "rename" | "rename_all" => {
            "fields have the attributes' names: rename those, or the fields, in the contract"
        }
        "key" | "primary_key" | "partition" | "sort" | "index" | "unique" => {
            "keys and indexes are the contract's"
        }
        "path" | "file" | "yaml" | "schema" => return "no such option; did you mean `contract`?".to_owned(),
        "name" | "of" | "struct" => return "no such option; did you mean `entity`?".to_owned(),
        "partial" | "projection" | "view" | "readonly" => {
            return "no such option; did you mean `subset`?".to_owned();
        }
        _ => {
            return match suggest(name, OPTIONS) {
                Some(near) => format!("no such option; did you mean `{near}`?"),
                None => format!("no such option; there are `{}`", OPTIONS.join("`, `")),
            };
        }
    };
    format!("no such option: {reason}")
}
