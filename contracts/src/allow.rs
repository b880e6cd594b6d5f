//! Warnings that a contract allows: each by its code, with a reason, at a place, until a day.

use std::ops::Range;

use migratable_core::value::Date;

use crate::codes::{self, Code};
use crate::diagnostic::{Diagnostic, Place, Severity, suggest};
use crate::language::{Allow, Contract, Reader, Scalar};
use crate::yaml::{Node, NodeKind};

/// Takes away the warnings that a contract allows, and says which of its entries allow none. Without a day, none has
/// expired.
pub(crate) fn apply(contract: &Contract, tree: &Node, today: Option<Date>, reader: &mut Reader) {
    for entry in contract.allow.iter().flat_map(|entries| &entries.items) {
        if let Some(finding) = one(entry, tree, today, &mut reader.diagnostics) {
            reader.report(finding);
        }
    }
}

/// What is wrong with an entry; nothing where it took warnings away.
fn one(
    entry: &Allow,
    tree: &Node,
    today: Option<Date>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Diagnostic> {
    let Some(code) = code(&entry.code.text) else { return Some(unknown_code(&entry.code)) };
    let until = match entry.until.as_ref().map(|until| (until, Date::parse(&until.text))) {
        None => None,
        Some((_, Ok(date))) if date.is_in_range() && !date.is_zero() => Some(date),
        Some((until, _)) => return Some(not_a_day(until)),
    };
    let within = match entry.at.as_ref().map(|at| (at, find(tree, &at.text))) {
        None => None,
        Some((_, Some(range))) => Some(range),
        Some((at, None)) => return Some(nowhere(at)),
    };
    let meant = |finding: &Diagnostic| {
        finding.code == code
            && within.as_ref().is_none_or(|within| {
                finding.labels.first().is_some_and(|label| within.contains(&label.place.range.start))
            })
    };
    if diagnostics.iter().any(|finding| meant(finding) && finding.severity == Severity::Error) {
        return Some(is_an_error(entry, code));
    }
    if let Some(until) = until.filter(|until| today.is_some_and(|today| *until < today)) {
        return Some(expired(entry, until));
    }
    let before = diagnostics.len();
    diagnostics.retain(|finding| !meant(finding));
    (diagnostics.len() == before).then(|| allows_nothing(entry, code))
}

/// A code as it is printed.
fn code(text: &str) -> Option<Code> {
    codes::ALL.iter().map(|info| info.code).find(|code| code.to_string() == text)
}

/// The bytes of the file that a path names: the keys on the way to it, with dots between them. Keys can have dots
/// themselves: at each step, the longest one that fits is taken.
fn find(node: &Node, path: &str) -> Option<Range<usize>> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    let rest = |key: &str| match path.strip_prefix(key)? {
        "" => Some(""),
        rest => rest.strip_prefix('.'),
    };
    let fitting = entries.iter().filter_map(|entry| Some((entry, rest(&entry.key)?)));
    let (entry, rest) = fitting.max_by_key(|(entry, _)| entry.key.len())?;
    if !rest.is_empty() {
        return find(&entry.value, rest);
    }
    let key = entry.key_place.as_ref()?;
    let end = last_byte(&entry.value).unwrap_or_default().max(key.range.end);
    Some(key.range.start..end)
}

/// Where a node ends, with all that is in it.
fn last_byte(node: &Node) -> Option<usize> {
    let own = node.place.as_ref().map(|place| place.range.end);
    let inner = match &node.kind {
        NodeKind::Scalar { .. } => None,
        NodeKind::List(items) => items.iter().filter_map(|item| last_byte(&item.value)).max(),
        NodeKind::Map(entries) => {
            let key =
                entries.iter().filter_map(|entry| entry.key_place.as_ref().map(|place| place.range.end));
            key.chain(entries.iter().filter_map(|entry| last_byte(&entry.value))).max()
        }
    };
    own.max(inner)
}

fn place(entry: &Allow) -> Place {
    entry.code.place.clone()
}

fn unknown_code(code: &Scalar) -> Diagnostic {
    let known: Vec<String> = codes::ALL.iter().map(|info| info.code.to_string()).collect();
    let help = match suggest(&code.text, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the code of a warning as `check` prints it, such as MG0490".to_owned(),
    };
    Diagnostic::error(codes::ALLOW_CODE, format!("`{}` is no code", code.text))
        .label(code.place.clone(), "no finding has it")
        .help(help)
}

fn is_an_error(entry: &Allow, code: Code) -> Diagnostic {
    Diagnostic::error(codes::ALLOW_CODE, format!("`{code}` is an error here, and errors can't be allowed"))
        .label(place(entry), "allows nothing")
        .help("mend what the error names, and remove the entry")
}

fn not_a_day(until: &Scalar) -> Diagnostic {
    Diagnostic::error(codes::ALLOW_UNTIL, format!("`{}` is no day", until.text))
        .label(until.place.clone(), "the last day on which the warning is allowed")
        .help("write a day as in 2027-06-30, or remove `until`")
}

fn nowhere(at: &Scalar) -> Diagnostic {
    Diagnostic::error(codes::ALLOW_AT, format!("`{}` leads nowhere in this contract", at.text))
        .label(at.place.clone(), "nothing stands there")
        .help("write the keys on the way to it with dots between them, as in `entities.Order.key`")
}

fn expired(entry: &Allow, until: Date) -> Diagnostic {
    Diagnostic::warning(codes::ALLOW_NOTHING, format!("`{}` was allowed until {until}", entry.code.text))
        .label(place(entry), entry.reason.text.clone())
        .help("mend what the warning names; or, if the reason still holds, say until when")
}

fn allows_nothing(entry: &Allow, code: Code) -> Diagnostic {
    Diagnostic::warning(codes::ALLOW_NOTHING, format!("no warning `{code}` is there to be allowed"))
        .label(place(entry), "allows nothing")
        .help("remove the entry; or, if it is about another place, mend its `at`")
}
