//! Two MySQL schemas, compared fact by fact.
//!
//! What MySQL holds to be the same is no change: the order of columns (every statement of ours names them), the letter
//! case of column and key names, display widths, `0` and `'0'` as the default of a number, backquotes and parentheses
//! that change nothing, MariaDB's words for JSON. Order is compared where it means something: the members of ENUM and SET, the parts of a key, the
//! columns of a foreign key, and triggers that fire at one moment.

mod change;
mod column;
mod json;
mod objects;
mod places;
mod renamed;
mod sql;
mod table;

pub(super) use change::Change;
pub use places::{SourcePlaces, Spot};

use super::readers::About;
use crate::codes;
use crate::source::SourceSchema;
use renamed::Pair;

/// Every change from one schema to another, in the order of the older one, then of the newer.
pub(super) fn compare(old: &SourceSchema, new: &SourceSchema) -> Vec<Change> {
    let (old, new) = (&*json::named(old), &*json::named(new));
    // Every field is named, so that a new kind of fact is a mistake of the compiler's until it is compared.
    let SourceSchema { server, tables, views, procedures, functions, events } = old;
    let mut changes = Vec::new();
    if *server != new.server {
        changes.push(
            Change::new(codes::SOURCE_SERVER, Spot::Server, About::Server, "the server has changed")
                .both(server, &new.server)
                .edit(format!("write `server: {}`", new.server))
                .means("a server decides what DDL means, such as the collation of columns that name none")
                .harmless(),
        );
    }
    let (pairs, gone, come) = renamed::pairs(tables, &new.tables, |table| &table.name, renamed::exactly);
    let likely = renamed::likely(&gone, &come, renamed::alike_tables);
    for table in gone {
        let to = likely.iter().find(|(from, _)| std::ptr::eq(*from, table)).map(|(_, to)| to.name.as_str());
        changes.push(table::removed(table, to));
    }
    for Pair { old, new: today } in pairs {
        table::compare(old, today, new, &mut changes);
    }
    for table in come {
        let from = likely.iter().find(|(_, to)| std::ptr::eq(*to, table)).map(|(from, _)| from.name.as_str());
        changes.push(table::added(table, from));
    }
    objects::compare(&objects::VIEWS, views, &new.views, &mut changes);
    objects::compare(&objects::PROCEDURES, procedures, &new.procedures, &mut changes);
    objects::compare(&objects::FUNCTIONS, functions, &new.functions, &mut changes);
    objects::compare(&objects::EVENTS, events, &new.events, &mut changes);
    changes
}
