//! What the derive emits and what it says, on tokens.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use migratable_codegen::derive::{LoadError, Source, derive};
use migratable_contract::model::{Entity, FieldType};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// The derive's output for a struct that names this entity.
fn expand(input: TokenStream, entity: Entity) -> TokenStream {
    derive(&syn::parse2(input).unwrap(), |_| {
        Ok(Source {
            entity,
            contract: "/project/contract.yaml".to_owned(),
            command: "migratable generate contract.yaml --out src/shop".to_owned(),
        })
    })
}

/// The output as source text.
fn printed(tokens: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

/// The errors in the output, in order.
fn errors(tokens: &TokenStream) -> Vec<String> {
    let file: syn::File = syn::parse2(tokens.clone()).unwrap();
    file.items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Macro(item) => Some(item.mac.tokens.clone()),
            _ => None,
        })
        .map(|message| syn::parse2::<syn::LitStr>(message).unwrap().value())
        .collect()
}

/// The names of the types that have impls, with the traits.
fn impls(tokens: &TokenStream) -> Vec<String> {
    let file: syn::File = syn::parse2(tokens.clone()).unwrap();
    file.items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Impl(item) => {
                let of =
                    item.trait_.as_ref().map(|(path, _)| path.segments.last().unwrap().ident.to_string());
                let name = item.self_ty.to_token_stream();
                Some(of.map_or_else(|| name.to_string(), |of| format!("{of} for {name}")))
            }
            _ => None,
        })
        .collect()
}

fn order_struct(fields: &TokenStream) -> TokenStream {
    quote! {
        #[migratable(contract = "contract.yaml")]
        pub struct Order { #fields }
    }
}

fn order_fields() -> TokenStream {
    quote! {
        pub label: Option<String>,
        pub order_id: OrderId,
        user_id: u32,
        pub number: Option<String>,
        pub total: Money,
        pub customer: Option<String>,
    }
}

#[test]
fn a_struct_written_by_hand() {
    insta::assert_snapshot!(printed(expand(order_struct(&order_fields()), support::order())));
}

#[test]
fn a_generated_struct_under_another_crate_name() {
    let fingerprint = support::everything().fingerprint.to_string();
    let fields = support::everything().fields;
    let fields = fields.iter().map(|field| migratable_codegen::names::ident(&field.name));
    let fields = fields.map(|field| if field == "self" { quote!(self_: X) } else { quote!(#field: X) });
    let input = quote! {
        #[migratable(contract = "../c.yaml", entity = "Everything", fingerprint = #fingerprint, crate = "renamed::inner")]
        pub(crate) struct All { #(#fields),* }
    };
    let expanded = expand(input, support::everything());
    assert_eq!(errors(&expanded), Vec::<String>::new());
    let text = printed(expanded);
    assert!(!text.contains("::migratable"), "every path begins at the name the struct gives");
    assert!(!text.contains("include_bytes"), "a generated module tracks the contract once, in its mod.rs");
    insta::assert_snapshot!(text);
}

#[test]
fn missing_and_extra_fields_are_all_said_and_stand_ins_emitted() {
    let expanded = expand(
        order_struct(&quote! {
            pub order_id: i32,
            pub user_id: u32,
            pub numbr: Option<String>,
            pub colour: String,
        }),
        support::order(),
    );
    insta::assert_snapshot!(errors(&expanded).join("\n"));
    assert_eq!(
        impls(&expanded),
        [
            "Key for OrderKey",
            "Key for OrderByUserKey",
            "OrderByUserKey",
            "Key for OrderByNumberKey",
            "Entity for Order",
            "Order"
        ]
    );
}

#[test]
fn a_stale_fingerprint_names_the_command_and_nothing_else() {
    let input = quote! {
        #[migratable(contract = "contract.yaml", fingerprint = "0000000000000000")]
        pub struct Order { gone: i32 }
    };
    let expanded = expand(input, support::order());
    assert_eq!(
        errors(&expanded),
        [
            "the contract's entity `Order` has changed since `Order` was generated; run `migratable generate contract.yaml \
          --out src/shop`"
        ]
    );
    assert_eq!(
        impls(&expanded),
        [
            "Key for OrderKey",
            "Key for OrderByUserKey",
            "OrderByUserKey",
            "Key for OrderByNumberKey",
            "Entity for Order",
            "Order"
        ]
    );
}

#[test]
fn a_fingerprint_that_is_none_is_said_beside_what_else_is_wrong() {
    let fields = order_fields();
    let input = quote! {
        #[migratable(contract = "contract.yaml", fingerprint = "fresh")]
        pub struct Order { #fields gone: i32 }
    };
    insta::assert_snapshot!(errors(&expand(input, support::order())).join("\n"));
}

#[test]
fn a_generated_struct_is_not_to_be_edited() {
    let fingerprint = support::order().fingerprint.to_string();
    let input = quote! {
        #[migratable(contract = "contract.yaml", fingerprint = #fingerprint)]
        pub struct Order { pub order_id: i32 }
    };
    insta::assert_snapshot!(errors(&expand(input, support::order())).join("\n"));
}

#[test]
fn a_subset() {
    let input = quote! {
        #[migratable(contract = "contract.yaml", entity = "Order", subset = "crate::shop::Order")]
        pub struct OrderHead { pub total: Money, pub user_id: u32, pub label: Option<String> }
    };
    let expanded = expand(input, support::order());
    assert_eq!(impls(&expanded), ["View for OrderHead"]);
    insta::assert_snapshot!(printed(expanded));
}

#[test]
fn what_the_contract_says_of_rust_is_what_messages_and_subsets_name() {
    let mut entity = support::order();
    entity.rust.name = "Purchase".to_owned();
    entity.fields[2].ty = FieldType::Own("crate::Number".to_owned());
    entity.fields[3].ty = FieldType::Own("crate::Money".to_owned());
    let input = quote! {
        #[migratable(contract = "contract.yaml", entity = "Order", subset)]
        pub struct Head { pub user_id: u32 }
    };
    let text = expand(input, entity.clone()).to_string();
    assert!(text.contains("type Entity = Purchase"), "{text}");
    let input = quote! {
        #[migratable(contract = "contract.yaml")]
        pub struct Order { order_id: i32, user_id: u32, customer: Option<String>, label: Option<String> }
    };
    insta::assert_snapshot!(errors(&expand(input, entity)).join("\n"));
}

#[test]
fn a_subset_with_mistakes_is_still_a_view_of_its_entity() {
    let input = quote! {
        #[migratable(contract = "contract.yaml", entity = "Order", subset)]
        pub struct OrderHead { pub totals: Money, pub nothing: i32 }
    };
    let expanded = expand(input, support::order());
    assert_eq!(impls(&expanded), ["View for OrderHead"]);
    insta::assert_snapshot!(errors(&expanded).join("\n"));
}

#[test]
fn what_is_called_otherwise_is_told_how_it_is_called() {
    let input = quote! {
        #[migratable(contract = "contract.yaml", entity = "Order", subset)]
        pub struct Head {
            pub id: i32,
            pub userId: u32,
            pub username: Option<String>,
            pub updated_at: i64,
            pub total: Money,
            pub Total: Money,
            pub numbers: String,
        }
    };
    insta::assert_snapshot!(errors(&expand(input, support::order())).join("\n"));
}

#[test]
fn mistakes_in_the_attribute_come_all_at_once() {
    let input = quote! {
        #[migratable(contarct = "a.yaml", entity = Order, table = "orders", crate = "1 + 1")]
        #[migratable(entity = "Order", fingerprint = "a", fingerprint = "b")]
        pub struct Order {
            #[migratable(rename = "x")]
            order_id: i32,
        }
    };
    let expanded = derive(&syn::parse2(input).unwrap(), |_| panic!("nothing to load"));
    insta::assert_snapshot!(errors(&expanded).join("\n"));
}

#[test]
fn what_is_no_entity_is_refused_with_the_reason() {
    let inputs = [
        quote!(
            enum Order {
                A,
            }
        ),
        quote!(union Order { a: i32 }),
        quote!(
            struct Order(i32);
        ),
        quote!(
            struct Order;
        ),
        quote!(
            struct Order<'a, T, const N: usize>
            where
                T: Copy,
            {
                a: &'a [T; N],
            }
        ),
    ];
    let messages = inputs.map(|input| {
        let input = quote!(#[migratable(contract = "c.yaml")] #input);
        let expanded = expand(input, support::order());
        format!("{}\n  stand-ins: {}", errors(&expanded).join("\n"), impls(&expanded).join(", "))
    });
    insta::assert_snapshot!(messages.join("\n\n"));
}

#[test]
fn every_entity_of_a_contract_expands_without_help_of_the_others() {
    for entity in support::shop().entities {
        let fields = migratable_codegen::names::of_fields(&entity);
        let name = migratable_codegen::names::ident(&entity.name);
        let input = quote!(#[migratable(contract = "c.yaml")] struct #name { #(#fields: X),* });
        assert_eq!(errors(&expand(input, entity)), Vec::<String>::new());
    }
}

#[test]
fn a_struct_without_a_contract_is_told_how_to_name_one() {
    let input = syn::parse2(quote!(
        struct Order {
            a: i32,
        }
    ))
    .unwrap();
    let message = "which contract? Say it: `#[migratable(contract = \"contract.yaml\")]`";
    assert_eq!(errors(&derive(&input, |_| panic!("nothing to load"))), [message]);
}

#[test]
fn a_contract_that_can_not_be_had_leaves_stand_ins() {
    let input = order_struct(&order_fields());
    let expanded = derive(&syn::parse2(input).unwrap(), |args| {
        assert_eq!((args.contract.value().as_str(), args.entity.as_str()), ("contract.yaml", "Order"));
        Err(LoadError::Entity("no entity `Order`".to_owned()))
    });
    assert_eq!(errors(&expanded), ["no entity `Order`"]);
    assert_eq!(impls(&expanded), ["Key for OrderKey", "Entity for Order", "Order"]);
}
