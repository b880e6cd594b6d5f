//! An entity's repository: one thin method for each access pattern.

use migratable_contract::model::{Entity, FieldType as RustType};
use migratable_core::plan::{AccessPattern, Ids, PatternKind};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::entity::{case_lint, visibility};
use super::paths::Paths;
use super::types::{self, FieldType, Kind};
use super::{about, docs};
use crate::keys::{self, KeyType};
use crate::names::{self, Scope};

/// Names of methods every repository has; one of its own called `clone` would hide the trait's.
const RESERVED: [&str; 5] = ["new", "put", "get", "range", "clone"];

/// The most parameters clippy bears, `self` among them.
const CLIPPY_PARAMETERS: usize = 7;

/// The names of the types of an entity.
pub(crate) struct Types {
    /// Its struct.
    pub(crate) entity: Ident,
    /// Its key, which the derive makes.
    pub(crate) key: Ident,
    /// Its repository.
    pub(crate) repository: Ident,
    /// Its columns by name, the keys of its indexes, and the prefixes that are types of their own, which the derive makes, too.
    pub(crate) more: Vec<Ident>,
}

impl Types {
    /// All of them, as text.
    pub(crate) fn names(&self) -> Vec<String> {
        [&self.entity, &self.key, &self.repository].into_iter().chain(&self.more).map(names::unraw).collect()
    }

    /// The names that belong to a struct.
    pub(crate) fn of(entity: Ident, structure: &Entity) -> Self {
        let plan = &structure.plan;
        let text = names::unraw(&entity);
        let repository = names::ident(&format!("{text}Repository"));
        let keys = keys::all(&text, plan);
        let key = names::ident(&format!("{text}Key"));
        let prefixes = keys.iter().filter(|key| key.has_steps()).map(|key| key.prefix.clone());
        let elements = names::elements(structure);
        let columns = names::ident(&names::columns(&text));
        let own = [columns].into_iter().chain(keys.iter().skip(1).map(|key| key.name.clone()));
        let more = own.chain(prefixes).chain(elements).collect();
        Self { entity, key, repository, more }
    }
}

/// The repository of an entity. Its methods are `#[inline]`: those that nobody calls cost the compiler no code.
pub(crate) fn repository(entity: &Entity, types: &Types, paths: &Paths) -> TokenStream {
    let plan = &entity.plan;
    let (root, private, result) = (paths.root(), paths.private(), paths.result());
    let Types { entity: structure, repository, .. } = types;
    let type_docs = docs::attributes(&[format!("Reads and writes {}.", about::structure(entity))]);
    let put_docs = docs::attributes(&about::put(entity));
    let get = plan.patterns.first().map(|pattern| get(entity, types, pattern, paths));
    let range = range(entity, types, paths);
    let seed = plan.ids.as_ref().map(|ids| seed(ids, types, paths));
    let mut scope = Scope::with(&RESERVED);
    if plan.ids.is_some() {
        scope.claim("seed_ids");
    }
    let methods = plan.patterns.iter().enumerate().skip(1).map(|(position, pattern)| {
        let name = scope.claim(&pattern.name);
        method(entity, structure, &name, position, pattern, paths)
    });
    let methods: Vec<TokenStream> = methods.collect();
    let visibility = visibility(entity.rust.visibility);
    quote! {
        #type_docs
        #[derive(Clone, Copy, Debug)]
        #visibility struct #repository<'s> {
            store: &'s #root::Store,
        }
        impl<'s> #repository<'s> {
            #[doc = " Over this store."]
            #[inline]
            pub fn new(store: &'s #root::Store) -> Self {
                Self { store }
            }
            #put_docs
            #[inline]
            pub async fn put(&self, value: &#structure) -> #result<(), #root::Error> {
                #private::put(self.store, value).await
            }
            #seed
            #get
            #range
            #(#methods)*
        }
    }
}

/// The method that says where new ids start in DynamoDB.
fn seed(ids: &Ids, types: &Types, paths: &Paths) -> TokenStream {
    let (root, private, result) = (paths.root(), paths.private(), paths.result());
    let structure = &types.entity;
    let docs = docs::attributes(&about::seed(&names::unraw(structure), ids));
    quote! {
        #docs
        #[inline]
        pub async fn seed_ids(&self, mysql: &#root::Store) -> #result<u64, #root::Error> {
            #private::seed_ids::<#structure>(self.store, mysql).await
        }
    }
}

/// The method that asks by the whole key.
fn get(entity: &Entity, types: &Types, pattern: &AccessPattern, paths: &Paths) -> TokenStream {
    let (root, private) = (paths.root(), paths.private());
    let Types { entity: structure, key, .. } = types;
    let docs = docs::attributes(&about::pattern(entity, pattern));
    quote! {
        #docs
        #[inline]
        pub fn get(&self, key: &#key) -> #root::GetRequest<'s, #structure> {
            #private::get(self.store, 0, #private::Key::to_values(key))
        }
    }
}

/// The method that asks for ranges of keys; nothing where no key has some.
fn range(entity: &Entity, types: &Types, paths: &Paths) -> TokenStream {
    let keys = keys::all(&names::unraw(&types.entity), &entity.plan);
    let ranged: Vec<&KeyType> = keys.iter().filter(|key| key.ranges.is_some()).collect();
    if ranged.is_empty() {
        return TokenStream::new();
    }
    let (root, private, structure) = (paths.root(), paths.private(), &types.entity);
    let docs = docs::attributes(&about::range(entity, &ranged));
    quote! {
        #docs
        pub fn range(
            &self,
            range: impl ::std::convert::Into<#root::Range<#structure>>,
        ) -> #root::ListRequest<'s, #structure> {
            #private::range(self.store, range)
        }
    }
}

/// The method of an access pattern.
fn method(
    entity: &Entity,
    structure: &Ident,
    name: &Ident,
    position: usize,
    pattern: &AccessPattern,
    paths: &Paths,
) -> TokenStream {
    let (root, private) = (paths.root(), paths.private());
    let docs = docs::attributes(&about::pattern(entity, pattern));
    let parameters = parameters(entity, pattern);
    let lints = lints(name, &parameters);
    let declared = parameters.iter().map(|Parameter { name, column, ty, .. }| {
        let ty = types::parameter(entity, *column, *ty, paths);
        quote!(#name: #ty)
    });
    let values = parameters.iter().map(|parameter| value(entity, parameter, paths));
    let by = quote!(let by = [#(#values),*];);
    // An array's own `into_iter` is another one before the 2021 edition.
    let into_iterator = paths.into_iterator();
    let by_values = quote!(#into_iterator::into_iter(by).collect());
    let position = Literal::usize_unsuffixed(position);
    let (request, ask) = match pattern.kind {
        PatternKind::Get => (quote!(GetRequest), quote!(get)),
        PatternKind::List { .. } => (quote!(ListRequest), quote!(list)),
    };
    quote! {
        #docs
        #lints
        #[inline]
        pub fn #name(&self, #(#declared),*) -> #root::#request<'s, #structure> {
            #by
            #private::#ask(self.store, #position, #by_values)
        }
    }
}

/// What a pattern's method takes.
struct Parameter {
    name: Ident,
    /// The field it is compared with, as errors call it.
    field: String,
    /// Its column.
    column: usize,
    ty: FieldType,
}

/// A pattern's parameters. A column that may be NULL is asked for by a value.
fn parameters(entity: &Entity, pattern: &AccessPattern) -> Vec<Parameter> {
    let fields = names::of_fields(entity);
    let types = FieldType::all(&entity.plan);
    let mut scope = Scope::with(&names::VARIANTS);
    let parameter = |column: &usize| {
        let field = names::unraw(&fields[*column]);
        Parameter { name: scope.claim(&field), field, column: *column, ty: types[*column] }
    };
    pattern.by.iter().map(parameter).collect()
}

/// A parameter as a value, or what is wrong with it. Slices become values of their own without a detour.
fn value(entity: &Entity, parameter: &Parameter, paths: &Paths) -> TokenStream {
    let Parameter { name, field, column, ty: FieldType { kind, .. } } = parameter;
    let (private, core) = (paths.private(), paths.core());
    let (variant, is_reference) = match (&entity.fields[*column].ty, kind) {
        (RustType::Own(_), _) => (None, true),
        (RustType::Enum(_) | RustType::Time, _) => (None, false),
        (RustType::Column, Kind::Text) => (Some(quote!(Text)), true),
        (RustType::Column, Kind::Bytes) => (Some(quote!(Bytes)), true),
        (RustType::Column, Kind::Set) => (Some(quote!(Set)), true),
        (RustType::Column, kind) => (None, kind.parameter_is_reference()),
    };
    let Some(variant) = variant else {
        let reference = if is_reference { quote!(#name) } else { quote!(&#name) };
        let marker = kind.marker(paths);
        return quote!(#private::to_value::<#marker, _>(#field, #reference));
    };
    quote!(Ok(#core::value::Value::#variant(#name.to_owned())))
}

/// Lints about names and shapes that are the contract's, not the code's.
fn lints(name: &Ident, parameters: &[Parameter]) -> TokenStream {
    let case = case_lint(parameters.iter().map(|parameter| &parameter.name).chain([name]));
    let text = names::unraw(name);
    let many = (parameters.len() + 1 > CLIPPY_PARAMETERS)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "as many as the pattern has")]));
    let convention = ["from_", "into_", "to_", "as_", "is_"].iter().any(|prefix| text.starts_with(prefix));
    let convention = convention
        .then(|| quote!(#[allow(clippy::wrong_self_convention, reason = "the pattern's name, as it is")]));
    let operator = (text == "cmp")
        .then(|| quote!(#[allow(clippy::should_implement_trait, reason = "the pattern's name, as it is")]));
    quote!(#case #many #convention #operator)
}
