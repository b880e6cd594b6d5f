//! What items carry, by the attributes' names.

use migratable_core::Text;

use super::carried::{self, Carried};
use super::change::{Changes, Class};
use super::entity::Pair;
use super::steps;
use crate::codes;

pub(super) fn compare(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (old, new) = (carried::all(pair.was()), carried::all(pair.is()));
    for attribute in &old {
        match new.iter().find(|candidate| candidate.name == attribute.name) {
            Some(today) => one(attribute, today, pair, changes),
            None => {
                let moved = new.iter().find(|candidate| {
                    candidate.origin == attribute.origin
                        && !old.iter().any(|known| known.name == candidate.name)
                });
                removed(attribute, moved, pair, changes);
            }
        }
    }
    for attribute in new.iter().filter(|attribute| !old.iter().any(|known| known.name == attribute.name)) {
        added(attribute, pair, changes);
    }
}

fn path<'a>(pair: &Pair<'a>, name: &'a str) -> [&'a str; 4] {
    ["entities", pair.name, "attributes", name]
}

fn removed(attribute: &Carried, moved: Option<&Carried>, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let message = format!("the attribute `{}.{}` is gone", pair.name, attribute.name);
    // Where it may be absent, readers of the older contract do without it.
    let breaking = !attribute.absent;
    let change = changes.of(Class::Stored, codes::ATTRIBUTE_REMOVED, breaking, message);
    let change = change.newer(&["entities", pair.name, "attributes"], "not here any more");
    let change = change.older(&path(pair, &attribute.name), "was here");
    let hint = match moved {
        Some(to) => {
            format!("it looks like it was renamed to `{}`: items have it under the old name", to.name)
        }
        None if breaking => "what an older release reads of newer items lacks it".to_owned(),
        None => "an older release reads newer items as if it were NULL".to_owned(),
    };
    changes.add(change.means(hint).steps(steps::REMOVE));
}

fn added(attribute: &Carried, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let message = format!("the attribute `{}.{}` is new", pair.name, attribute.name);
    let breaking = !attribute.absent;
    let change = changes.of(Class::Stored, codes::ATTRIBUTE_ADDED, breaking, message);
    let change = change.newer(&path(pair, &attribute.name), "new");
    let change = change.older(&["entities", pair.name, "attributes"], "not here yet");
    let meaning = if breaking {
        "items that are there lack it, and it is never absent: reading them is an error"
    } else {
        "items that are there lack it, and are read as if it were NULL"
    };
    changes.add(change.means(meaning).steps(steps::ADD));
}

/// What of one attribute has changed.
fn one(old: &Carried, new: &Carried, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let Carried { name, origin, shown, ty, form, inside, absent, zero_dates, when_null } = old;
    let path = path(pair, name);
    let name = format!("`{}.{name}`", pair.name);
    if *origin != new.origin {
        let change =
            changes.breaks(Class::Stored, codes::ATTRIBUTE_PATH, format!("{name} comes from elsewhere"));
        let change = change.both(&path, shown, &new.shown);
        changes.add(change.means("items that are there hold the older value").steps(steps::REWRITE));
    }
    if *ty != new.ty {
        let message = format!("the DynamoDB type of {name} has changed");
        let change = changes.breaks(Class::Stored, codes::ATTRIBUTE_TYPE_CHANGED, message);
        let change = change.both(&path, ty, new.ty);
        changes.add(change.means("items that are there can't be read").steps(steps::REWRITE));
    } else if *form != new.form {
        let message = format!("the values of {name} are written otherwise");
        let change = changes.breaks(Class::Stored, codes::ATTRIBUTE_FORM, message);
        let change = change.both(&path, form, &new.form);
        changes.add(change.means("the column's type decides how a value is written").steps(steps::REWRITE));
    }
    if *inside != new.inside {
        let message = format!("what {name} holds has changed");
        let change = changes.breaks(Class::Stored, codes::ATTRIBUTE_INSIDE, message);
        let only = |of: &[String], other: &[String]| {
            let only: Vec<&str> =
                of.iter().filter(|member| !other.contains(member)).map(String::as_str).collect();
            if only.is_empty() { "without that".to_owned() } else { only.join("; ") }
        };
        let change = change.both(&path, only(inside, &new.inside), only(&new.inside, inside));
        changes.add(change.means("items that are there hold the older members").steps(steps::REWRITE));
    }
    if let (Some(was), Some(is)) = (zero_dates, new.zero_dates)
        && *was != is
    {
        let message = format!("what happens to zero dates in {name} has changed");
        let change = changes.breaks(Class::Stored, codes::ATTRIBUTE_ZERO_DATES, message);
        let change = change.both(&path, was.name(), is.name());
        changes
            .add(change.means("what one of them writes, the other one refuses to read").steps(steps::ABSENT));
    }
    if *when_null != new.when_null {
        let message = format!("what stands for NULL in {name} has changed");
        let change = changes.breaks(Class::Stored, codes::ATTRIBUTE_WHEN_NULL, message);
        let text = |text: &Option<String>| {
            text.as_ref().map_or_else(|| "nothing".to_owned(), |text| format!("{text:?}"))
        };
        let change = change.both(&path, text(when_null), text(&new.when_null));
        changes.add(change.means("items that are there hold what stood for it").steps(steps::REWRITE));
    }
    if *absent != new.absent {
        let message = format!("{name} may {} be absent", if new.absent { "now" } else { "no longer" });
        let word = |absent| if absent { "may be NULL" } else { "never NULL" };
        let change = changes.breaks(Class::Stored, codes::ATTRIBUTE_ABSENT, message);
        let change = change.both(&path, word(*absent), word(new.absent));
        let meaning = if new.absent {
            "an older release can't read items that lack it, and its field becomes an `Option`"
        } else {
            "items that lack it can't be read, and its field is no `Option` any more"
        };
        changes.add(change.means(meaning).steps(steps::ABSENT));
    }
}

/// Attributes that were copies when the item was written, and those that follow their rows.
pub(super) fn copies(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    each_changed(&names(&pair.old.plan.snapshots), &names(&pair.new.plan.snapshots), pair, |name, now| {
        let message = format!("when `{}.{name}` is copied has changed", pair.name);
        let change = changes.breaks(Class::Stored, codes::ATTRIBUTE_COPY, message);
        let word = |snapshot| if snapshot { "what it was at the write" } else { "what it is" };
        let change = change.both(&path(pair, name), word(!now), word(now));
        let meaning = if now {
            "items that are there go on with the value they have"
        } else {
            "items that are there may hold older values than their rows"
        };
        changes.add(change.means(meaning).steps(if now { steps::NONE } else { steps::REFRESH }));
    });
}

/// Attributes whose values are shown to nobody.
pub(super) fn secrets(pair: &Pair<'_>, changes: &mut Changes<'_>) {
    each_changed(&names(&pair.old.plan.secrets), &names(&pair.new.plan.secrets), pair, |name, now| {
        let message = format!("`{}.{name}` is {} secret", pair.name, if now { "now" } else { "no longer" });
        let change = changes.of(Class::Code, codes::ATTRIBUTE_SECRET, !now, message);
        let word = |secret| if secret { "shown to nobody" } else { "shown in messages and logs" };
        let change = change.both(&path(pair, name), word(!now), word(now));
        changes.add(change.steps(if now { steps::NONE } else { steps::SECRET }));
    });
}

fn names(said: &[Text]) -> Vec<&str> {
    said.iter().map(Text::as_ref).collect()
}

/// Names that are in one of two lists, of attributes that both have, with whether they are in the newer one.
fn each_changed(old: &[&str], new: &[&str], pair: &Pair<'_>, mut said: impl FnMut(&str, bool)) {
    let (was, is) = (carried::all(pair.was()), carried::all(pair.is()));
    let stays = |name: &str| [&was, &is].iter().all(|all| all.iter().any(|attribute| attribute.name == name));
    for name in old.iter().filter(|name| !new.contains(name) && stays(name)) {
        said(name, false);
    }
    for name in new.iter().filter(|name| !old.contains(name) && stays(name)) {
        said(name, true);
    }
}
