//! An application whose contract is in the workspace's folder, and whose generated code is committed.
#![deny(warnings, missing_docs)]

// Generated code calls the runtime by its own name, whatever the application calls it.
extern crate db as migratable;

mod login;
mod order_ext;
pub mod shop;

pub use self::login::Login;
pub use self::order_ext::Priced;
