//! A contract as a Rust module: a struct and a repository for each entity, and a handle over all of them. What the derive
//! emits too stands in [`types`] and [`paths`].

#[cfg(feature = "files")]
mod about;
pub(crate) mod docs;
#[cfg(feature = "files")]
mod element;
#[cfg(feature = "files")]
mod entity;
#[cfg(feature = "files")]
mod enums;
#[cfg(feature = "files")]
mod handle;
#[cfg(feature = "files")]
mod module;
pub mod paths;
#[cfg(feature = "files")]
mod repository;
#[cfg(feature = "files")]
mod tables;
pub mod types;

#[cfg(feature = "files")]
pub use self::module::{generate, generate_in_one_file};
