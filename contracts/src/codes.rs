//! Every diagnostic's stable code. A code is never reused for another meaning.

/// A stable code, printed as `MG0101`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u16);

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MG{:04}", self.0)
    }
}
