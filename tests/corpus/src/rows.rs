//! What two schemas may say differently and mean alike: the normalisation table. Each row has its reason, and is counted:
//! one that no file needs is reported.

use crate::facts::{Difference, Facts, IS, Part, Subject};

/// A row of the table.
pub struct Row {
    /// Its name, for the report.
    pub name: &'static str,
    /// Why what it lets pass is no mistake.
    pub why: &'static str,
    /// Whether it explains the difference.
    pub explains: fn(&Seen<'_>) -> bool,
}

/// A difference with all that is known around it.
pub struct Seen<'a> {
    /// The difference.
    pub difference: &'a Difference,
    /// All that we say.
    pub ours: &'a Facts,
    /// All that the server says.
    pub theirs: &'a Facts,
}

impl Seen<'_> {
    fn subject(&self) -> &Subject {
        &self.difference.fact.subject
    }

    fn is(&self, attribute: &str) -> bool {
        self.difference.fact.attribute == attribute
    }

    fn ours(&self) -> Option<&str> {
        self.difference.ours.as_deref()
    }

    fn theirs(&self) -> Option<&str> {
        self.difference.theirs.as_deref()
    }

    /// Another fact that we say of the same subject.
    fn our(&self, attribute: &'static str) -> Option<&str> {
        self.ours.get(self.subject(), attribute)
    }

    /// Another fact that the server says of the same subject.
    fn their(&self, attribute: &'static str) -> Option<&str> {
        self.theirs.get(self.subject(), attribute)
    }
}

/// The table.
pub const ROWS: &[Row] = &[
    Row {
        name: "display width",
        why: "MariaDB prints the width of an integer that was declared without one; only tinyint(1) says anything",
        explains: |seen| {
            seen.is("width")
                && seen.ours().is_none()
                && seen.theirs() == default_width(seen.our("type"), seen.our("unsigned"))
        },
    },
    Row {
        name: "json type",
        why: "to MariaDB JSON is another word for LONGTEXT",
        explains: |seen| {
            seen.our("type") == Some("json")
                && seen.their("type") == Some("longtext")
                && (seen.is("type") && seen.theirs() == Some("longtext")
                    || seen.is("character set") && seen.theirs() == Some("utf8mb4")
                    || seen.is("collation") && seen.theirs() == Some("utf8mb4_bin"))
        },
    },
    Row {
        name: "json check",
        why: "MariaDB adds CHECK (json_valid(…)) to a column declared JSON",
        explains: |seen| {
            let Part::Check(expression) = &seen.subject().part else { return false };
            let column = expression.strip_prefix("json_valid(`").and_then(|rest| rest.strip_suffix("`)"));
            let Some(column) = column else { return false };
            let column = Subject { part: Part::Column(column.to_owned()), ..seen.subject().clone() };
            seen.is(IS) && seen.ours().is_none() && seen.ours.get(&column, "type") == Some("json")
        },
    },
    Row {
        name: "current_timestamp()",
        why: "MariaDB prints CURRENT_TIMESTAMP with parentheses",
        explains: |seen| {
            seen.is("on update")
                && seen.ours() == Some("current_timestamp")
                && seen.theirs() == Some("current_timestamp()")
        },
    },
    Row {
        name: "no action",
        why: "InnoDB treats NO ACTION and RESTRICT alike, and our model has one word for them",
        explains: |seen| {
            (seen.is("on delete") || seen.is("on update"))
                && seen.ours() == Some("restrict")
                && seen.theirs() == Some("no action")
        },
    },
    Row {
        name: "spatial prefix",
        why: "MariaDB gives the parts of a spatial key the length of a rectangle",
        explains: |seen| {
            seen.is("parts")
                && seen.our("kind") == Some("spatial")
                && seen.theirs() == seen.ours().map(|ours| format!("{ours}(32)")).as_deref()
        },
    },
];

/// The width MariaDB prints for an integer type that was declared without one.
fn default_width(ty: Option<&str>, unsigned: Option<&str>) -> Option<&'static str> {
    Some(match (ty?, unsigned? == "yes") {
        ("tinyint", false) => "4",
        ("tinyint", true) => "3",
        ("smallint", false) => "6",
        ("smallint", true) => "5",
        ("mediumint", false) => "9",
        ("mediumint", true) => "8",
        ("int", false) => "11",
        ("int", true) => "10",
        ("bigint", _) => "20",
        ("year", _) => "4",
        _ => return None,
    })
}

/// The row that explains a difference.
pub fn explain(seen: &Seen<'_>) -> Option<&'static Row> {
    ROWS.iter().find(|row| (row.explains)(seen))
}
