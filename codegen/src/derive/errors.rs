//! Mistakes, all of them at once.

use proc_macro2::{Span, TokenStream};

/// Collects errors of one struct.
#[derive(Default)]
pub(crate) struct Errors {
    all: Option<syn::Error>,
}

impl Errors {
    /// One more.
    pub(crate) fn push(&mut self, span: Span, message: &str) {
        self.push_error(syn::Error::new(span, message));
    }

    /// One more, or several.
    pub(crate) fn push_error(&mut self, error: syn::Error) {
        match &mut self.all {
            Some(all) => all.combine(error),
            None => self.all = Some(error),
        }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_none()
    }

    /// What makes rustc say them; nothing if there are none.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.all.map_or_else(TokenStream::new, |all| all.to_compile_error())
    }
}
