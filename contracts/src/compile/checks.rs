//! CHECK constraints of an entity's root table: those that are evaluated before every write, and those left to MySQL.

use migratable_core::List;
use migratable_core::check::{Check, Expr};

use super::text;
use crate::check::{self, Left, Scope};
use crate::lower::entity::Entity;
use crate::model::LeftCheck;

/// The checks that a plan carries.
pub(super) fn evaluated(entity: &Entity<'_>) -> List<Check> {
    let checks = all(entity).filter_map(|(name, expression, compiled)| {
        Some(Check { name: text(name), expression: text(expression), rule: compiled.ok()? })
    });
    checks.collect()
}

/// The others, with the reason.
pub(super) fn left(entity: &Entity<'_>) -> Vec<LeftCheck> {
    let checks = all(entity).filter_map(|(name, expression, compiled)| {
        let reason = compiled.err()?.to_string();
        Some(LeftCheck { name: name.to_owned(), expression: expression.to_owned(), reason })
    });
    checks.collect()
}

fn all<'e>(entity: &'e Entity<'_>) -> impl Iterator<Item = (&'e str, &'e str, Result<Expr, Left>)> {
    let scope = scope(entity);
    let checks = entity.root.iter().flat_map(|root| root.node.checks.iter()).flat_map(|checks| checks.iter());
    checks.map(move |(name, expression)| {
        (name.text.as_str(), expression.text.as_str(), check::compile(&expression.text, &scope))
    })
}

/// What names stand for: a column that MySQL computes has a value of its own there, whatever the entity says.
fn scope<'e>(entity: &'e Entity<'_>) -> Scope<'e> {
    let carried = entity.attributes.iter().enumerate().filter_map(|(position, attribute)| {
        let target = attribute.target.as_ref().filter(|target| target.table == 0)?;
        let facts = &target.column.facts;
        facts.generated.is_none().then_some((facts.name.as_str(), position, attribute.mysql_type()?))
    });
    let names = entity.root.iter().flat_map(|root| root.column_names());
    Scope { names: names.collect(), carried: carried.collect() }
}
