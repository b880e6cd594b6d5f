//! Nothing that is in scope where a struct stands changes what the derive emits, and what it emits draws no warning.
#![deny(warnings, missing_docs, unreachable_pub, missing_debug_implementations)]
#![deny(rustdoc::all, unused_qualifications, single_use_lifetimes)]
#![allow(dead_code)]

/// Everything is called like something else.
pub mod shadows {
    /// Not the standard one.
    #[derive(Clone, Debug)]
    pub struct Option;
    /// Not the standard one.
    #[derive(Clone, Debug)]
    pub struct Vec;
    /// Not the standard one.
    #[derive(Clone, Debug)]
    pub struct Cow;
    /// Not the standard one.
    #[derive(Clone, Debug)]
    pub enum Result {
        /// Not the standard one.
        Ok,
        /// Not the standard one.
        Err,
    }
    pub use self::Result::{Err, Ok};
    /// Not the standard one.
    #[derive(Clone, Debug)]
    pub struct Some;
    /// Not the standard one.
    #[derive(Clone, Debug)]
    pub struct None;
    /// Not the standard one.
    pub mod std {}
    /// Not the standard one.
    pub mod core {}
    /// Not the runtime.
    pub mod migratable {}
    /// Not the runtime's.
    pub trait Field {}
    /// Not the runtime's.
    pub trait Entity {}
    /// Not the runtime's.
    pub trait Key {}
    /// Not the standard one.
    #[macro_export]
    macro_rules! vec {
        () => {
            compile_error!("somebody else's macro")
        };
    }
    /// Not the standard one.
    #[macro_export]
    macro_rules! include_bytes {
        ($path:expr) => {
            compile_error!("somebody else's macro")
        };
    }
    pub use crate::{include_bytes, vec};

    /// An order.
    #[derive(Clone, Debug, PartialEq, ::migratable::Migratable)]
    #[migratable(contract = "../contracts/shop.yaml")]
    pub struct Order {
        /// Its number.
        pub order_id: i32,
        /// Whose it is.
        pub user_id: u32,
        /// Its number for people.
        pub number: ::std::option::Option<::std::string::String>,
        /// How far it is.
        pub status: ::std::string::String,
        /// What it costs.
        pub total: ::migratable::types::Decimal,
        /// When it was placed.
        pub placed_at: ::migratable::types::NaiveDateTime,
    }

    /// A struct nobody else sees.
    #[derive(Debug, ::migratable::Migratable)]
    #[migratable(contract = "../contracts/shop.yaml")]
    struct User {
        user_id: i32,
        username: ::std::string::String,
    }
}

fn main() {}
