//! Protocols that are wrong: what tests hold against the right one, to see that they would notice.

use super::apply::{Apply, Before};

/// Wrong orders of the three steps before the puts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// A version is allocated before the dirt is listed.
    AllocateListProject,
    /// The snapshot is older than the version.
    ListProjectAllocate,
    /// The snapshot is older than the listing.
    ProjectListAllocate,
    /// The version is allocated first, the dirt listed last.
    AllocateProjectList,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::AllocateListProject,
        Self::ListProjectAllocate,
        Self::ProjectListAllocate,
        Self::AllocateProjectList,
    ];

    /// What is wrong with it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AllocateListProject => "allocate, list, project",
            Self::ListProjectAllocate => "list, project, allocate",
            Self::ProjectListAllocate => "project, list, allocate",
            Self::AllocateProjectList => "allocate, project, list",
        }
    }

    /// A pass in this order.
    pub fn apply<K, D, I>(self, shape: u32, keys: impl IntoIterator<Item = K>) -> Apply<K, D, I> {
        use Before::{Allocate, List, Project};
        let order: &'static [Before] = match self {
            Self::AllocateListProject => &[Allocate, List, Project],
            Self::ListProjectAllocate => &[List, Project, Allocate],
            Self::ProjectListAllocate => &[Project, List, Allocate],
            Self::AllocateProjectList => &[Allocate, Project, List],
        };
        Apply::ordered(shape, false, keys, order)
    }
}
