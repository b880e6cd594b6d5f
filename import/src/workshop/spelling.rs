//! Names as contracts take them.

use migratable_analyze::design::names;
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;

use super::model::Text;

/// The longest name of a table, an index or an attribute.
const LONGEST: usize = 255;

/// The shortest name of a table or an index.
const SHORTEST: usize = 3;

/// An attribute's name, said where it isn't the file's.
pub(super) fn attribute(said: &Text, findings: &mut Vec<Diagnostic>) -> String {
    let name = attribute_name(&said.value);
    say(said, &name, findings);
    name
}

/// An attribute's name: letters of ASCII, digits and `_`, and no digit at the beginning.
pub(super) fn attribute_name(said: &str) -> String {
    let mut letters = said.chars();
    let starts = letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    if starts && letters.all(|c| c.is_ascii_alphanumeric() || c == '_') && said.len() <= LONGEST {
        return said.to_owned();
    }
    let mut name = names::attribute(said);
    name.truncate(LONGEST);
    name
}

/// A table's or an index's name, said where it isn't the file's.
pub(super) fn table(said: &Text, findings: &mut Vec<Diagnostic>) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let name: String = said.value.chars().map(|c| if fits(c) { c } else { '_' }).take(LONGEST).collect();
    let name = if name.len() < SHORTEST { name + "Table" } else { name };
    say(said, &name, findings);
    name
}

/// Says that a name isn't the file's.
pub(super) fn say(said: &Text, name: &str, findings: &mut Vec<Diagnostic>) {
    if said.value == name {
        return;
    }
    findings.push(
        Diagnostic::warning(codes::IMPORT_NAME, format!("`{}` is no name that a contract takes", said.value))
            .label(said.place.clone(), format!("imported as `{name}`"))
            .help("write the name that is meant into the contract"),
    );
}
