//! What a contract says that no plan is made of: how often, how fresh, how much, by whom.

use super::change::{Changes, Class};
use super::entity::Pair;
use super::steps;
use crate::codes;
use crate::language::quoted_list;
use crate::model::{
    Asked, Capacity, Contract, Freshness, NotServed, Payment, Rate, Storage, Stream, Volume, Write,
};

/// What the application changes as one unit.
pub(super) fn writes(old: &[Write], new: &[Write], changes: &mut Changes<'_>) {
    let find = |of: &'_ [Write], name: &str| of.iter().position(|write| write.name == name);
    for write in old {
        let Write { name, does, rate } = write;
        let path = ["writes", name.as_str()];
        let Some(today) = find(new, name).map(|at| &new[at]) else {
            let change = changes.keeps(
                Class::Cost,
                codes::WRITE_UNIT,
                format!("the unit of changes `{name}` is gone"),
            );
            changes.add(change.newer(&["writes"], "not here any more").older(&path, "was here"));
            continue;
        };
        if *does != today.does {
            let text = |write: &Write| {
                let one = |change: &crate::model::Change| format!("{} {}", change.kind.name(), change.entity);
                quoted_list(&write.does.iter().map(one).collect::<Vec<_>>())
            };
            let message = format!("the unit of changes `{name}` holds something else");
            let change = changes.keeps(Class::Cost, codes::WRITE_UNIT, message);
            changes.add(change.both(&path, text(write), text(today)));
        }
        of_rate(&format!("`{name}`"), &path, *rate, today.rate, changes);
    }
    for write in new.iter().filter(|write| find(old, &write.name).is_none()) {
        let name = &write.name;
        let message = format!("the unit of changes `{name}` is new");
        let change = changes.keeps(Class::Cost, codes::WRITE_UNIT, message);
        changes.add(change.newer(&["writes", name], "new").older(&["writes"], "not here yet"));
    }
}

fn of_rate(what: &str, path: &[&str], old: Option<Rate>, new: Option<Rate>, changes: &mut Changes<'_>) {
    // Per second: `60/min` is `1/s`.
    let same = |old: Rate, new: Rate| {
        u64::from(old.times) * u64::from(new.seconds) == u64::from(new.times) * u64::from(old.seconds)
    };
    let unchanged = match (old, new) {
        (Some(old), Some(new)) => same(old, new),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    if unchanged {
        return;
    }
    let text = |rate: Option<Rate>| match rate {
        Some(Rate { times, seconds: 1 }) => format!("{times} in a second"),
        Some(Rate { times, seconds }) => format!("{times} in {seconds} seconds"),
        None => "not said".to_owned(),
    };
    let change = changes.keeps(Class::Cost, codes::RATE, format!("how often {what} happens has changed"));
    changes.add(change.both(path, text(old), text(new)));
}

/// How much MySQL tables hold, and who writes them.
pub(super) fn volumes(old: &[Volume], new: &[Volume], changes: &mut Changes<'_>) {
    let none =
        |table: &str| Volume { table: table.to_owned(), rows: None, distinct: Vec::new(), writers: None };
    let of = |all: &[Volume], table: &str| {
        all.iter().find(|volume| volume.table == table).cloned().unwrap_or_else(|| none(table))
    };
    let come = new.iter().filter(|volume| !old.iter().any(|known| known.table == volume.table));
    for table in old.iter().chain(come).map(|volume| volume.table.as_str()) {
        let Volume { table: _, rows, mut distinct, writers } = of(old, table);
        let mut today = of(new, table);
        distinct.sort_unstable();
        today.distinct.sort_unstable();
        let path = ["source", "tables", table];
        if (rows, &distinct) != (today.rows, &today.distinct) {
            let text = |rows: Option<u32>, distinct: &[(String, u32)]| {
                let rows = rows.map(|rows| format!("{rows} rows"));
                let distinct = distinct.iter().map(|(column, count)| format!("{count} of `{column}`"));
                let all: Vec<String> = rows.into_iter().chain(distinct).collect();
                if all.is_empty() { "not said".to_owned() } else { all.join(", ") }
            };
            let message = format!("how much `{table}` holds has changed");
            let change = changes.keeps(Class::Cost, codes::VOLUME, message);
            changes.add(change.both(&path, text(rows, &distinct), text(today.rows, &today.distinct)));
        }
        if writers != today.writers {
            let text = |writers: &Option<Vec<String>>| {
                writers.as_ref().map_or_else(|| "the repository alone".to_owned(), |names| quoted_list(names))
            };
            let message = format!("others write `{table}`");
            let change = changes.breaks(Class::Source, codes::WRITERS, message);
            let change = change.both(&path, text(&writers), text(&today.writers));
            changes.add(
                change.means("items follow only the writes that somebody tells of").steps(steps::WRITERS),
            );
        }
    }
}

fn paid(payment: Payment) -> String {
    match payment {
        Payment::OnDemand => payment.billing().name().to_owned(),
        Payment::Provisioned(Capacity { read, write }) => {
            format!("{}, {read} reads and {write} writes a second", payment.billing().name())
        }
    }
}

/// How the DynamoDB tables that both have are kept.
pub(super) fn storage(old: &Contract, new: &Contract, changes: &mut Changes<'_>) {
    for (table, kept) in old.tables.iter().zip(&old.storage) {
        let today = new.tables.iter().zip(&new.storage).find(|(today, _)| today.name == table.name);
        let Some((_, today)) = today else { continue };
        let Storage { ttl, payment, stream, point_in_time_recovery, deletion_protection } = kept;
        let name = table.name.as_ref();
        if *ttl != today.ttl {
            let message = format!("when items of `{name}` expire has changed");
            let change = changes.breaks(Class::Stored, codes::TTL, message);
            let text = |ttl: &Option<String>| {
                ttl.as_ref().map_or_else(|| "never".to_owned(), |name| format!("by `{name}`"))
            };
            let change = change.both(&["tables", name, "ttl"], text(ttl), text(&today.ttl));
            changes
                .add(change.means("DynamoDB deletes what has expired, and says nothing").steps(steps::TTL));
        }
        if *payment != today.payment {
            let message = format!("how `{name}` is paid for has changed");
            let change = changes.keeps(Class::Cost, codes::BILLING, message);
            changes.add(change.both(&["tables", name, "billing"], paid(*payment), paid(today.payment)));
        }
        if *stream != today.stream {
            let message = format!("what the stream of `{name}` says has changed");
            let change = changes.breaks(Class::Stored, codes::STREAM, message);
            let text = |stream: Option<Stream>| stream.map_or("not said", Stream::name);
            let change = change.both(&["tables", name, "stream"], text(*stream), text(today.stream));
            changes.add(change.means("a stream that is turned on anew is another one").steps(steps::STREAM));
        }
        let guards = [
            ("point_in_time_recovery", *point_in_time_recovery, today.point_in_time_recovery),
            ("deletion_protection", *deletion_protection, today.deletion_protection),
        ];
        for (word, was, is) in guards.into_iter().filter(|(_, was, is)| was != is) {
            let message = format!("`{word}` of `{name}` has changed");
            let change = changes.keeps(Class::Stored, codes::SAFEGUARDS, message);
            changes.add(change.both(&["tables", name, word], was.to_string(), is.to_string()));
        }
    }
}

/// Questions that nothing answers. One that is answered now, or no longer, is an access pattern that came or went.
pub(super) fn not_served(old: &[NotServed], pair: &Pair<'_>, changes: &mut Changes<'_>) {
    for question in old {
        let NotServed { name, reason, remedy } = question;
        let Some(today) = pair.new.not_served.iter().find(|today| today.name == *name) else { continue };
        if (reason, remedy) != (&today.reason, &today.remedy) {
            let key = format!("{}.{name}", pair.name);
            let message = format!("what is said of `{key}`, which is not served, has changed");
            let change = changes.keeps(Class::Query, codes::NOT_SERVED_OTHERWISE, message);
            let text = |reason: &str, remedy: &Option<String>| match remedy {
                Some(remedy) => format!("{reason}: {remedy}"),
                None => reason.to_owned(),
            };
            let change = change.both(
                &["access_patterns", &key],
                text(reason, remedy),
                text(&today.reason, &today.remedy),
            );
            changes.add(change);
        }
    }
    let served = |named: &[NotServed], name: &str| !named.iter().any(|known| known.name == name);
    let has_pattern = |patterns: &[migratable_core::plan::AccessPattern], name: &str| {
        patterns.iter().any(|pattern| pattern.name == name)
    };
    let (was, is) = (&pair.old.plan.patterns, &pair.new.plan.patterns);
    for question in pair.new.not_served.iter().filter(|question| served(old, &question.name)) {
        // One that was a pattern is said to be gone.
        if !has_pattern(was, &question.name) {
            let key = format!("{}.{}", pair.name, question.name);
            let message = format!("`{key}` is said not to be served");
            let change = changes.keeps(Class::Query, codes::NOT_SERVED_OTHERWISE, message);
            let change = change.newer(&["access_patterns", &key], "not served");
            changes.add(change.older(&["access_patterns"], "not here yet"));
        }
    }
    for question in old.iter().filter(|question| served(&pair.new.not_served, &question.name)) {
        if !has_pattern(is, &question.name) {
            let key = format!("{}.{}", pair.name, question.name);
            let message = format!("nothing is said of `{key}` any more, which was not served");
            let change = changes.keeps(Class::Query, codes::NOT_SERVED_OTHERWISE, message);
            let change = change.newer(&["access_patterns"], "not here any more");
            changes.add(change.older(&["access_patterns", &key], "was not served"));
        }
    }
}

/// How the patterns that both have are asked.
pub(super) fn asked(old: &[Asked], pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let said = |of: &[Asked], name: &str| {
        let default = || Asked {
            name: name.to_owned(),
            rate: None,
            freshness: Freshness::default(),
            consistent: false,
        };
        of.iter().find(|asked| asked.name == name).cloned().unwrap_or_else(default)
    };
    for pattern in pair.old.plan.patterns.iter() {
        let name = pattern.name.as_ref();
        if !pair.new.plan.patterns.iter().any(|today| today.name == pattern.name) {
            continue;
        }
        let Asked { name: _, rate, freshness, consistent } = said(old, name);
        let today = said(&pair.new.asked, name);
        let key = format!("{}.{name}", pair.name);
        let path = ["access_patterns", key.as_str()];
        of_rate(&format!("`{key}`"), &path, rate, today.rate, changes);
        if freshness != today.freshness {
            let older = today.freshness == Freshness::Bounded;
            let message = format!("how old the answers of `{key}` may be has changed");
            let change = changes.of(Class::Query, codes::FRESHNESS, older, message);
            let change = change.both(&path, freshness.name(), today.freshness.name());
            changes.add(change.steps(if older { steps::FRESHNESS } else { steps::NONE }));
        }
        if consistent != today.consistent {
            let older = consistent;
            let message = format!("whether `{key}` is read consistently has changed");
            let change = changes.of(Class::Query, codes::FRESHNESS, older, message);
            let word = |consistent| if consistent { "consistent" } else { "as it comes" };
            let change = change.both(&path, word(consistent), word(today.consistent));
            let meaning = if older {
                "an answer may lack the newest writes"
            } else {
                "a consistent read costs twice as much"
            };
            changes.add(change.means(meaning).steps(if older { steps::FRESHNESS } else { steps::NONE }));
        }
    }
}
