//! CHECK constraints: from MySQL's words to what `core::check` evaluates.
//!
//! Text → tokens → [`Sql`](sql::Sql), the grammar alone → [`Expr`](migratable_core::check::Expr), where every comparison is one
//! that has an exact answer here. What has none (functions, patterns of REGEXP, doubles built from texts, collations that were
//! not measured) is no mistake of a contract: it is left to MySQL, with the reason for its documentation.

mod parse;
mod sql;
mod tokens;
mod typed;

use migratable_core::check::Expr;
use migratable_core::mysql::MySqlType;
use thiserror::Error;

/// What names in a check stand for.
pub(crate) struct Scope<'s> {
    /// Every column of the table.
    pub(crate) names: Vec<&'s str>,
    /// Those an entity carries and writes: name, position in its plan, type.
    pub(crate) carried: Vec<(&'s str, usize, &'s MySqlType)>,
}

/// Why a check is left to MySQL: a phrase that goes on after "because".
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub(crate) struct Left(String);

impl Left {
    fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

/// Compiles a check's expression.
pub(crate) fn compile(expression: &str, scope: &Scope<'_>) -> Result<Expr, Left> {
    typed::truth(&parse::parse(expression, &scope.names)?, scope)
}

/// Compiles an expression whose value is asked for: a column, or exact arithmetic.
pub(crate) fn value(expression: &str, scope: &Scope<'_>) -> Result<Expr, Left> {
    typed::value(&parse::parse(expression, &scope.names)?, scope)
}

/// One text for every way to write an expression of the grammar; `None` where it is not one. `columns` tells texts in
/// double quotes from names.
pub(crate) fn normal(expression: &str, columns: &[&str]) -> Option<String> {
    Some(parse::parse(expression, columns).ok()?.to_string())
}

#[cfg(test)]
mod tests;
