//! Views, routines and events, of which a schema says what they touch.

use super::change::Change;
use super::places::Spot;
use super::renamed::{self, Pair};
use crate::codes::{self, Code};
use crate::diff::readers::About;
use crate::source::{SourceObject, Touches};

/// A kind of object, in words and codes.
pub(super) struct ObjectKind {
    field: &'static str,
    word: &'static str,
    spot: fn(String) -> Spot,
    codes: [Code; 3],
    meaning: &'static str,
    /// Whether no row changes by it.
    only_reads: bool,
}

const ROUTINES: [Code; 3] =
    [codes::SOURCE_ROUTINE_ADDED, codes::SOURCE_ROUTINE_REMOVED, codes::SOURCE_ROUTINE];

const ROUTINE: &str = "what it does to rows, the application does without MySQL";

pub(super) const VIEWS: ObjectKind = ObjectKind {
    field: "views",
    word: "view",
    spot: Spot::View,
    codes: [codes::SOURCE_VIEW_ADDED, codes::SOURCE_VIEW_REMOVED, codes::SOURCE_VIEW],
    meaning: "who asks it gets its answer from nowhere without MySQL",
    only_reads: true,
};

pub(super) const PROCEDURES: ObjectKind = ObjectKind {
    field: "procedures",
    word: "procedure",
    spot: Spot::Procedure,
    codes: ROUTINES,
    meaning: ROUTINE,
    only_reads: false,
};

pub(super) const FUNCTIONS: ObjectKind = ObjectKind {
    field: "functions",
    word: "function",
    spot: Spot::Function,
    codes: ROUTINES,
    meaning: ROUTINE,
    only_reads: false,
};

pub(super) const EVENTS: ObjectKind = ObjectKind {
    field: "events",
    word: "event",
    spot: Spot::Event,
    codes: [codes::SOURCE_EVENT_ADDED, codes::SOURCE_EVENT_REMOVED, codes::SOURCE_EVENT],
    meaning: "what it does to rows, something else has to do in time",
    only_reads: false,
};

/// Adds what has changed of one kind of objects.
pub(super) fn compare(
    kind: &ObjectKind,
    old: &[SourceObject],
    new: &[SourceObject],
    changes: &mut Vec<Change>,
) {
    let alike = |left: &SourceObject, right: &SourceObject| {
        let SourceObject { name: _, touches } = left;
        same(touches, &right.touches)
    };
    let (pairs, gone, come) = renamed::pairs(old, new, |object| &object.name, renamed::exactly);
    let likely = renamed::likely(&gone, &come, alike);
    let ObjectKind { field, word, spot, codes: [added, removed, changed], meaning, only_reads } = *kind;
    let change = |code, object: &SourceObject, what: &str| {
        let name = &object.name;
        let change =
            Change::new(code, spot(name.clone()), About::Beside, format!("the {word} `{name}` {what}"));
        let change = change.means(meaning);
        if only_reads { change.harmless() } else { change }
    };
    for Pair { old, new } in pairs.iter().filter(|pair| !alike(pair.old, pair.new)) {
        changes.push(
            change(changed, old, "touches something else")
                .both(old.touches.to_string(), new.touches.to_string())
                .edit(format!("write `{}: {}` under `{field}`", old.name, new.touches)),
        );
    }
    for object in gone {
        let to = likely.iter().find(|(from, _)| std::ptr::eq(*from, object)).map(|(_, to)| to.name.as_str());
        changes.push(
            change(removed, object, "is gone")
                .before(object.touches.to_string())
                .edit(format!("delete `{}` under `{field}`, and `{word} {0}` in `dropped`", object.name))
                .hint(renamed::to(to)),
        );
    }
    for object in come {
        let from =
            likely.iter().find(|(_, to)| std::ptr::eq(*to, object)).map(|(from, _)| from.name.as_str());
        changes.push(
            change(added, object, "is new")
                .after(object.touches.to_string())
                .edit(format!(
                    "add `{}: {}` under `{field}`, and say in `dropped` who does its work",
                    object.name, object.touches
                ))
                .hint(renamed::from(from)),
        );
    }
}

/// Whether the same things are touched, in whatever order.
pub(super) fn same(left: &Touches, right: &Touches) -> bool {
    let Touches { reads, writes, calls } = left;
    sorted(reads) == sorted(&right.reads)
        && sorted(writes) == sorted(&right.writes)
        && sorted(calls) == sorted(&right.calls)
}

/// Names as a set.
pub(super) fn sorted(names: &[String]) -> Vec<&str> {
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    names
}
