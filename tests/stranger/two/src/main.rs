//! Two contracts in one crate, each with an `Order`.
#![deny(warnings, missing_docs)]

mod billing;
mod shop;

use migratable::Entity;

fn main() {
    println!("{} {}", shop::Order::plan().root, billing::Order::plan().partition.name);
}
