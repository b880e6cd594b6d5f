//! The runtime of migratable: what generated entities and repositories call, over MySQL and DynamoDB alike.
//!
//! An application makes a [`Store`], gives it to its generated handle, and calls repository methods:
//!
//! ```no_run
//! # #[cfg(feature = "mysql")]
//! # async fn example() -> Result<(), migratable::Error> {
//! let pool = migratable::mysql::connect("mysql://app@localhost/shop").await?;
//! let store = migratable::Store::mysql(pool).await?;
//! // let shop = Shop::new(store);
//! // let order = shop.orders().by_id(7).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Nothing here reads a contract: generated code carries its [plans](migratable_core::plan::Plan) as constants.
//!
//! # Features
//! `mysql` and `dynamodb`, both on by default, bring the stores and their drivers. Without them entities, conversions
//! and validation still work.

#[path = "private.rs"]
#[doc(hidden)]
pub mod __private;
mod cursor;
mod entity;
mod error;
mod field;
#[cfg(test)]
mod fixture;
mod get;
pub mod kind;
mod list;
mod request;
mod store;
pub mod types;
mod view;

pub use migratable_core::ValueError;
pub use migratable_core::check::ValidRow;
pub use migratable_core::dynamodb::Item;
pub use migratable_core::mysql::{Misfit, Taken};
pub use migratable_core::plan::Table;
pub use migratable_derive::Migratable;

pub use self::cursor::Cursor;
pub use self::entity::{Entity, Failure, FailureKind, Invalid, KeyRole};
pub use self::error::Error;
pub use self::field::{Field, FieldError};
pub use self::get::{GetFuture, GetRequest};
pub use self::list::{ListRequest, Page};
#[cfg(feature = "mysql")]
pub use self::store::mysql;
pub use self::store::{PageRequest, RowPage, Store};
pub use self::view::View;
