//! What is said when a struct's entity can't be had.

use migratable_contract::codes::UNKNOWN_ENTITY;
use migratable_contract::diagnostic::{Diagnostic, Position, Severity};

use super::Args;

/// How many of a contract's errors a message shows: `migratable check` shows all of them, with their lines.
const SHOWN: usize = 3;

/// Why a struct's entity can't be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// Something is wrong with the contract: said at its path.
    Contract(String),
    /// The contract has no such entity: said at the entity's name.
    Entity(String),
}

impl LoadError {
    /// The error at its place in the attribute.
    pub(super) fn at(self, args: &Args) -> syn::Error {
        match self {
            Self::Contract(message) => syn::Error::new(args.contract.span(), message),
            Self::Entity(message) => syn::Error::new(args.entity_span, message),
        }
    }
}

/// What a contract's diagnostics say of one entity: that there is none of the name, or that the contract has errors, with
/// codes, places, texts, and where to see them whole.
pub fn describe(contract: &str, entity: &str, diagnostics: &[Diagnostic]) -> LoadError {
    let errors: Vec<&Diagnostic> =
        diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
    let named = format!("`{entity}`");
    let unknown = |error: &&&Diagnostic| error.code == UNKNOWN_ENTITY && error.message.contains(&named);
    if let Some(error) = errors.iter().find(unknown) {
        return LoadError::Entity(format!("{} (`{contract}`); {}", error.message, error.help));
    }
    let mut message = match errors.len() {
        1 => format!("the contract `{contract}` has an error"),
        count => format!("the contract `{contract}` has {count} errors"),
    };
    for diagnostic in errors.iter().take(SHOWN) {
        message.push_str(&format!("\n  {}", line(contract, diagnostic)));
    }
    if errors.len() > SHOWN {
        message.push_str(&format!("\n  … and {} more", errors.len() - SHOWN));
    }
    message.push_str(&format!("\nrun `migratable check {contract}` to see them in place"));
    LoadError::Contract(message)
}

/// One error in one line.
fn line(contract: &str, diagnostic: &Diagnostic) -> String {
    let Diagnostic { code, message, labels, .. } = diagnostic;
    match labels.first() {
        Some(label) => {
            let Position { line, column } = Position::of(&label.place.file.text, label.place.range.start);
            format!("{code} at {contract}:{line}:{column}: {message}")
        }
        None => format!("{code}: {message}"),
    }
}

#[cfg(test)]
mod tests {
    use migratable_contract::codes::Code;
    use migratable_contract::diagnostic::{Label, Place, SourceFile};

    use super::*;

    #[test]
    fn errors_say_where_they_are_and_what_to_run() {
        let file = SourceFile::new("contract.yaml", "contract: 1\nentities:\n  Ordér: x\n");
        let error = |code, message: &str, at: usize| Diagnostic {
            code: Code(code),
            severity: Severity::Error,
            message: message.to_owned(),
            labels: vec![Label { place: Place::new(&file, at..at + 1), text: String::new() }],
            help: String::new(),
        };
        let warning = Diagnostic { severity: Severity::Warning, ..error(999, "not shown", 0) };
        let one = describe("db/contract.yaml", "Order", &[warning.clone(), error(101, "no such field", 32)]);
        let many: Vec<Diagnostic> = (0..5).map(|at| error(100 + at, "wrong", usize::from(at))).collect();
        let unknown = Diagnostic {
            code: UNKNOWN_ENTITY,
            help: "did you mean `Order`?".to_owned(),
            ..error(0, "`Ordr` is not an entity of this contract", 0)
        };
        let unknown = describe("c.yaml", "Ordr", &[error(1, "another", 1), unknown]);
        insta::assert_snapshot!(
            [one, describe("c.yaml", "Order", &many), unknown]
                .map(|error| match error {
                    LoadError::Contract(message) => message,
                    LoadError::Entity(message) => format!("(at the entity) {message}"),
                })
                .join("\n---\n")
        );
    }
}
