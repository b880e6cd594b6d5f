//! Whether something can be an entity's struct at all.

use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, GenericParam};

use super::errors::Errors;

/// Says what keeps this from being an entity's struct. Gives whether it has named fields, which can be judged further.
pub(super) fn check(input: &DeriveInput, errors: &mut Errors) -> bool {
    for parameter in &input.generics.params {
        let message = match parameter {
            GenericParam::Lifetime(_) => {
                "an entity owns its values, so it has no lifetimes: a text is a `String`, bytes are a `Vec<u8>`"
            }
            GenericParam::Type(_) => {
                "an entity has no type parameters: the contract says what every field is, and one struct is one entity"
            }
            GenericParam::Const(_) => {
                "an entity has no const parameters: the contract says how long everything is, as in `[u8; 16]`"
            }
        };
        errors.push(parameter.span(), message);
    }
    if let Some(clause) = &input.generics.where_clause {
        errors.push(clause.span(), "an entity has no bounds: the contract says what every field is");
    }
    let (span, message) = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(_) => return true,
            Fields::Unnamed(fields) => (
                fields.span(),
                "an entity's fields have names, which say what attribute each carries: write `{ name: Type, … }`",
            ),
            Fields::Unit => (
                input.ident.span(),
                "an entity has a field for each attribute, and this has none: write `{ name: Type, … }`",
            ),
        },
        Data::Enum(data) => (
            data.enum_token.span,
            "an entity is a struct: every row of a table has the same columns; an enum can be the type of a field, if it \
             implements `migratable::Field`",
        ),
        Data::Union(data) => (
            data.union_token.span,
            "an entity is a struct: every row of a table has all its columns at once, and a union has one field",
        ),
    };
    errors.push(span, message);
    false
}
