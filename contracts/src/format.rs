//! The canonical form of a contract file.

use std::sync::Arc;

use crate::diagnostic::SourceFile;
use crate::{Outcome, yaml};

/// Reads a file and writes it in its canonical form, comments kept. Formatting twice changes nothing more. Only the
/// YAML is looked at: a contract with mistakes in it can be formatted all the same.
pub fn format(file: &Arc<SourceFile>) -> Outcome<String> {
    let Outcome { value, diagnostics } = yaml::parse(file);
    Outcome { value: value.map(|node| yaml::write(&node)), diagnostics }
}
