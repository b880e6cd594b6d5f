//! Looking names up, and what to say when there is nothing of that name.

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Place, suggest};
use crate::language::quoted_list;

/// What a look-up gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Found<T> {
    /// It is there.
    Yes(T),
    /// It is there but could not be read, which has been said already.
    Broken,
    /// There is nothing of that name.
    No,
}

/// The most names a help line lists.
const LISTED: usize = 12;

/// A finding about a name that names nothing. `what` is what it was taken for, as `a column of \`orders\``.
pub(crate) fn unknown<'n>(
    code: Code,
    written: &str,
    place: Place,
    what: &str,
    candidates: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let candidates: Vec<&str> = candidates.collect();
    let help = match suggest(written, candidates.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => choices(&candidates),
    };
    Diagnostic::error(code, format!("`{written}` is not {what}"))
        .label(place, "nothing of this name")
        .help(help)
}

fn choices(candidates: &[&str]) -> String {
    match candidates {
        [] => "there is none yet; add it, or remove what names it".to_owned(),
        [one] => format!("the only one is `{one}`"),
        _ if candidates.len() <= LISTED => format!("choose from {}", quoted_list(candidates)),
        _ => format!(
            "choose from {}, or {} others",
            candidates[..LISTED].iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
            candidates.len() - LISTED
        ),
    }
}
