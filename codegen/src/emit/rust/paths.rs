//! The paths by which emitted code names what it uses.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// Names every module has without asking for them, and emitted code uses.
const PRELUDE: [&str; 5] = ["IntoIterator", "Option", "Result", "String", "Vec"];

/// How emitted code names the runtime and the standard library.
#[derive(Clone, Debug)]
pub struct Paths {
    root: TokenStream,
    short: bool,
}

impl Default for Paths {
    /// Paths that hold wherever the code stands: whole, from `::migratable` and `::std`.
    fn default() -> Self {
        Self { root: quote!(::migratable), short: false }
    }
}

impl Paths {
    /// Paths below another name of the runtime crate, as `#[migratable(crate = "…")]` gives it.
    pub fn below(root: &syn::Path) -> Self {
        Self { root: quote!(#root), short: false }
    }

    /// The same, but with the prelude's names bare, as people write them: for code that stands in a module with nothing else in
    /// it. A module that has its own `Option` gets whole paths all the same.
    pub fn for_module(&self, own: &[&str]) -> Self {
        let short = !own.iter().any(|name| PRELUDE.contains(name));
        Self { root: self.root.clone(), short }
    }

    /// The runtime crate.
    pub fn root(&self) -> &TokenStream {
        &self.root
    }

    /// What only emitted code may name. The number changes when emitted code and runtime no longer understand
    /// each other, so that a mismatch is a compile error and not a surprise.
    pub fn private(&self) -> TokenStream {
        // A module imports it: see `import_private`.
        if self.short {
            return quote!(v1);
        }
        let root = &self.root;
        quote!(#root::__private::v1)
    }

    /// The import that the short paths of a module need; nothing for whole paths.
    pub fn import_private(&self) -> TokenStream {
        let root = &self.root;
        if self.short { quote!(use #root::__private::v1;) } else { TokenStream::new() }
    }

    /// The crate `migratable-core`, for plans and values.
    pub fn core(&self) -> TokenStream {
        let private = self.private();
        quote!(#private::core)
    }

    /// `IntoIterator`.
    pub fn into_iterator(&self) -> TokenStream {
        self.prelude("iter", "IntoIterator")
    }

    /// `Option`.
    pub fn option(&self) -> TokenStream {
        self.prelude("option", "Option")
    }

    /// `Result`.
    pub fn result(&self) -> TokenStream {
        self.prelude("result", "Result")
    }

    /// `String`.
    pub fn string(&self) -> TokenStream {
        self.prelude("string", "String")
    }

    /// `Vec`.
    pub fn vec(&self) -> TokenStream {
        self.prelude("vec", "Vec")
    }

    fn prelude(&self, module: &str, name: &str) -> TokenStream {
        let (module, name) = (format_ident!("{module}"), format_ident!("{name}"));
        if self.short { quote!(#name) } else { quote!(::std::#module::#name) }
    }
}
