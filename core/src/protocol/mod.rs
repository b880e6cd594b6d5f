//! The mirror protocol: how MySQL and DynamoDB are kept equal while both are written. Pure: states in, steps out. The runtime,
//! the model checker, the tests that force a schedule and the soak drive these same functions; none of them knows another
//! order of steps.
//!
//! # Words
//! An *item key* is a DynamoDB table and its key values; markers of unique keys are items like any other. *Dirt* is a row,
//! appended to a MySQL table of ours, that says "this item may differ from its row" or "this source row changed, and its
//! holders aren't expanded yet". A *version* is a number of one durable sequence in MySQL. To *apply* is to make an item equal
//! to what MySQL says now.
//!
//! # Rules
//! | rule | where |
//! | --- | --- |
//! | P1 A request takes one snapshot of the phase record; a process acknowledges an epoch when no request holds an older one | [`phase`] |
//! | P2 The writer's own transaction appends its dirt, computed from locked rows | [`record`] |
//! | P3 A source row stays dirty until its holders' keys are | [`expand`] |
//! | P4 Where a write moves others' keys or cascades, those are listed by locking reads, the parent locked first | [`record`] |
//! | P6 List, allocate, snapshot, project, put, clear | [`apply`] |
//! | P7 The guard: only over what is absent or older; tombstones have versions | [`guard`], [`stamp`] |
//! | P8 A refusal clears only by what is ours or later, of this era, within the sequence | [`guard`] |
//! | P9 A newer shape is never written over | [`guard`] |
//! | P10 A unit goes together, and none of it is cleared before all is in | [`apply`] |
//! | P11 What no item can hold is a dead letter and stays dirty | [`apply`] |
//! | P12 A copied page: allocate, snapshot, put under the guard | [`page`] |

pub mod apply;
#[cfg(feature = "broken")]
pub mod broken;
pub mod expand;
pub mod guard;
pub mod page;
pub mod phase;
pub mod record;
pub mod stamp;

pub use apply::Apply;
pub use expand::Expand;
pub use guard::{Alarm, Guard, Refusal};
pub use page::Page;
pub use phase::{Flags, Phase};
pub use record::{Dirt, Record};
pub use stamp::{Stamp, Stored, Version};
