//! Attributes, documentation and other derives on the struct and its fields; fields that aren't always compiled.
#![deny(warnings, missing_docs)]

use migratable::{Entity, Migratable, View};

/// An order,
/// documented.
#[derive(Clone, Debug)]
#[derive(Default, Migratable)]
#[derive(PartialEq)]
#[migratable(
    contract = r"../contracts/shop.yaml",
)]
#[migratable(entity = r#"Order"#)]
#[must_use]
#[non_exhaustive]
pub struct Order {
    /// Its number.
    pub order_id: i32,
    #[doc = "Whose it is."]
    #[doc(alias = "customer")]
    pub user_id: u32,
    /// Its number for people.
    #[cfg(all())]
    pub number: Option<String>,
    /// How far it is.
    #[cfg_attr(all(), doc = "Or not.")]
    pub status: String,
    /// What it costs.
    #[rustfmt::skip]
    pub total:   migratable::types::Decimal,
    /// When.
    #[allow(clippy::struct_field_names)]
    pub placed_at: migratable::types::NaiveDateTime,
    /// Not compiled, so not there.
    #[cfg(any())]
    pub colour: Nothing,
}

/// A subset that is larger in some builds.
#[derive(Debug, PartialEq, Migratable)]
#[migratable(contract = "../contracts/shop.yaml", entity = "Order", subset)]
pub struct Head {
    /// Its number.
    pub order_id: i32,
    /// How far it is.
    #[cfg(any())]
    pub status: String,
}

fn main() {
    let order = Order { order_id: 3, status: "done".to_owned(), ..Order::default() };
    assert_eq!(Head::of_row(order.to_row().unwrap()).unwrap(), Head { order_id: 3 });
}
