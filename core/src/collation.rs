//! Collations: which texts MySQL holds equal, and the canonical form keys use for them.

use crate::Text;

/// A MySQL collation, by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Collation {
    /// Its name, as `utf8mb4_0900_ai_ci`.
    pub name: Text,
}
