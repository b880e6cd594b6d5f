//! Says what the generated code knows.
#![deny(warnings, missing_docs)]

use migratable::Entity;

// The same file once more, private and mostly unused, as `include!` itself includes it.
mod again {
    include!(concat!(env!("OUT_DIR"), "/shop/mod.rs"));
}

fn main() {
    let attributes = built::shop::Order::plan().attributes.iter();
    let names: Vec<_> = attributes.map(|attribute| &*attribute.name).collect();
    println!("{}", names.join(" "));
    println!("{}", again::Order::plan().entity);
}
