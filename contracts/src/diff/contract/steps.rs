//! What makes changes safe.

pub(super) const NONE: &[&str] = &[];

/// Keys can't be changed: items are written again under new ones.
pub(super) const KEY: &[&str] = &[
    "give the entity a DynamoDB table of its own with the new key, in a contract of its own",
    "write to both tables, and fill the new one from MySQL",
    "compare the two, and let readers ask the new one",
    "delete what the old table holds of the entity",
];

/// Items in a table of their own already.
pub(super) const MOVE: &[&str] = &[
    "make the new table, and fill it from MySQL while the older release still writes the old one",
    "compare the two, and let readers ask the new one",
    "delete what the old table holds of the entity",
];

/// An attribute that items don't have yet, and that is never absent.
pub(super) const ADD: &[&str] = &[
    "release code that writes it and reads it nowhere",
    "backfill the items there are from MySQL",
    "then read it, in a release of its own",
];

/// An attribute that readers of the older contract don't do without.
pub(super) const REMOVE: &[&str] = &[
    "release code that no longer reads it, and still writes it",
    "when no older release runs, stop writing it",
    "take it off the items there are, if it should go",
];

/// An attribute of one name that holds something else.
pub(super) const REWRITE: &[&str] = &[
    "add the new attribute under another name, in a release that writes both",
    "backfill the items there are from MySQL",
    "read the new one, then stop writing the old one",
];

/// An attribute that may be absent now, or that may no longer be.
pub(super) const ABSENT: &[&str] =
    &["release readers that take both first", "then change the column in MySQL and write accordingly"];

/// Items of an entity that there were none of.
pub(super) const FILL: &[&str] =
    &["release code that writes the items", "fill them from MySQL", "then read them"];

/// Items that nothing of the newer contract reads.
pub(super) const EMPTY: &[&str] =
    &["wait until no release of the older contract runs", "then delete the items it left"];

/// Copies that follow their rows from now on.
pub(super) const REFRESH: &[&str] = &["write the items there are again from MySQL"];

/// Values that are shown from now on.
pub(super) const SECRET: &[&str] = &["make sure that logs and reports may have the value"];

/// Other rows are items.
pub(super) const FILTER: &[&str] = &[
    "release code that writes by the new condition",
    "then write the items of all rows again from MySQL, or take them away",
];

pub(super) const MARKER_FIRST: &[&str] = &[
    "release code that writes a marker with each item",
    "write the markers of the rows there are; two rows with one key show then",
    "only then rely on them",
];

/// Ids come from another counter.
pub(super) const IDS: &[&str] = &[
    "stop all processes that take ids from the old counter",
    "seed the new one with the number it had come to",
    "then start those that take ids from the new one",
];

/// Foreign keys are kept by counts.
pub(super) const REFERENCES: &[&str] = &[
    "stop all processes that write these entities in DynamoDB by the older contract",
    "write the items that count again from MySQL, or count in DynamoDB what points at them",
    "then start those that write by the newer one",
];

pub(super) const MARKER_LATER: &[&str] = &[
    "when no older release runs, delete the markers that are there",
    "let MySQL or the application refuse what they refused",
];

pub(super) const MARKER_KEY: &[&str] = &[
    "write markers under both keys, in a release of its own",
    "write those of the rows there are under the new key",
    "then stop writing the old ones, and delete them",
];

/// Writes that nobody tells of.
pub(super) const WRITERS: &[&str] =
    &["make sure that who writes the table writes the items, too, or tells of it"];

/// Items that DynamoDB deletes.
pub(super) const TTL: &[&str] = &[
    "make sure that the items there are hold the attribute as they should",
    "turn expiry off, and on again by the new attribute",
];

/// Streams that say something else.
pub(super) const STREAM: &[&str] = &[
    "make sure that who reads the stream knows both images",
    "let them read the old stream to its end; turn it off, and the new one on",
];

/// Answers that may be older.
pub(super) const FRESHNESS: &[&str] = &["make sure that callers can do with answers that are older"];

pub(super) const PATTERN: &[&str] = &[
    "add the new question under a name of its own, and move its callers",
    "when no release asks the old one, take that out",
];

/// Cursors that were handed out are no longer taken.
pub(super) const CURSOR: &[&str] = &[
    "let clients start again from the first page: a cursor of the older contract is refused, never misread",
];

/// An index can't be changed, only made anew.
pub(super) const INDEX: &[&str] = &[
    "add an index of another name with the new definition",
    "write its key attributes to the items there are, and wait until DynamoDB has filled it",
    "move the access patterns to it, then delete the old one",
];

pub(super) const INDEX_LATER: &[&str] =
    &["move the access patterns off it", "when no release asks it, delete it from the table"];

pub(super) const INDEX_FIRST: &[&str] = &[
    "make the index before code that asks it is released",
    "write its key attributes to the items there are",
];

pub(super) const CODE: &[&str] = &["generate again, and mend what the compiler names"];

pub(super) const TABLE_FIRST: &[&str] = &["make the table before code that asks it is released"];

pub(super) const TABLE_LATER: &[&str] = &["delete the table when no release asks it any more"];

/// Code of a contract runs on the schema that it records.
pub(super) const SOURCE: &[&str] = &[
    "change MySQL before code of the newer contract runs, in a way that code of the older one still works on",
];
