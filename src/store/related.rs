//! The entities whose foreign keys are kept: who writes a row has to find what it points at, and who deletes one what points
//! at it. A plan says them by name.

use std::fmt;

use migratable_core::plan::{Plan, Reference};

use crate::error::Error;

/// Plans of entities, for whoever has only their names.
#[derive(Clone, Copy, Default)]
pub(crate) struct Related(&'static [fn() -> &'static Plan]);

impl fmt::Debug for Related {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|plan| &plan().entity)).finish()
    }
}

#[cfg_attr(not(feature = "dynamodb"), expect(dead_code, reason = "MySQL keeps foreign keys by itself"))]
impl Related {
    pub(crate) const fn new(plans: &'static [fn() -> &'static Plan]) -> Self {
        Self(plans)
    }

    /// The plan of an entity.
    pub(crate) fn find(self, entity: &str) -> Result<&'static Plan, Error> {
        self.0.iter().map(|plan| plan()).find(|plan| plan.entity == entity).ok_or_else(|| {
            Error::argument(format!(
                "its foreign keys are kept with the entity `{entity}`, which this store doesn't know; take the store \
                 or the unit of work from the contract's handle"
            ))
        })
    }

    /// A foreign key of an entity.
    pub(crate) fn reference(
        self,
        entity: &str,
        name: &str,
    ) -> Result<(&'static Plan, &'static Reference), Error> {
        let plan = self.find(entity)?;
        let found = plan.references.iter().find(|reference| reference.name == name);
        let reference = found
            .ok_or_else(|| Error::plan(format!("`{entity}` doesn't keep `{name}`, which others count on")))?;
        Ok((plan, reference))
    }

    /// Whether everything is known that a change of an entity may lead to.
    pub(crate) fn check(self, plan: &Plan) -> Result<(), Error> {
        let mut open = names(plan);
        let mut seen: Vec<&str> = vec![&plan.entity];
        while let Some(entity) = open.pop() {
            if seen.contains(&entity) {
                continue;
            }
            seen.push(entity);
            open.extend(names(self.find(entity)?));
        }
        Ok(())
    }
}

/// The entities that an entity's foreign keys lead to, and those whose foreign keys lead to it.
fn names(plan: &Plan) -> Vec<&str> {
    let to = plan.references.iter().map(|reference| reference.entity.as_ref());
    to.chain(plan.referrers.iter().map(|referrer| referrer.entity.as_ref())).collect()
}
