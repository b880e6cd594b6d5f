//! What a statement about an object says before its body: CREATE, ALTER, DROP, the kind, the name, when it runs.

use std::ops::Range;

use migratable_contract::source::{Timing, TriggerEvent};
use sqlparser::tokenizer::Token;

use super::walk::{Touched, walk};
use super::{ObjectKind, TableName, TriggerFacts};
use crate::ddl::cursor::Cursor;
use crate::ddl::lexer::{Tok, Tokens, text_of};
use crate::ddl::problem::Refusal;

/// What a statement does to the objects of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ddl) enum Change {
    /// CREATE.
    Create {
        /// What is created.
        draft: Draft,
        /// OR REPLACE.
        or_replace: bool,
        /// IF NOT EXISTS.
        if_not_exists: bool,
        /// FOLLOWS, PRECEDES: where among the triggers of its table.
        order: Option<Order>,
    },
    /// ALTER VIEW: all of it is given anew.
    Replace(Draft),
    /// ALTER EVENT.
    AlterEvent {
        /// The event.
        name: TableName,
        /// RENAME TO.
        to: Option<TableName>,
        /// ON SCHEDULE.
        schedule: Option<String>,
        /// DO: what the new body touches.
        touched: Option<Touched>,
    },
    /// DROP.
    Drop {
        /// The kind's word.
        word: &'static str,
        /// What is dropped: several views, one of all else.
        names: Vec<TableName>,
        /// IF EXISTS.
        if_exists: bool,
    },
    /// Changes nothing that is kept here: ALTER PROCEDURE, ALTER SEQUENCE, DROP PACKAGE BODY.
    Nothing,
}

impl Change {
    /// Whether it makes something that a contract has no word for.
    pub(in crate::ddl) fn has_no_word(&self) -> bool {
        matches!(
            self,
            Self::Create { draft: Draft { kind: ObjectKind::Package | ObjectKind::Sequence, .. }, .. }
        )
    }
}

/// An object as its statement says it: nothing of it is looked up yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ddl) struct Draft {
    pub(super) kind: ObjectKind,
    pub(super) name: TableName,
    /// The bytes of the name.
    pub(super) range: Range<usize>,
    pub(super) touched: Touched,
}

/// Where a trigger stands among those of its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ddl) enum Order {
    /// Right after another.
    Follows(String),
    /// Right before another.
    Precedes(String),
}

const KINDS: [(&str, &str); 7] = [
    ("VIEW", "VIEW"),
    ("TRIGGER", "TRIGGER"),
    ("PROCEDURE", "PROCEDURE"),
    ("FUNCTION", "FUNCTION"),
    ("EVENT", "EVENT"),
    ("PACKAGE", "PACKAGE"),
    ("SEQUENCE", "SEQUENCE"),
];

/// What can stand behind a function's type: what is said of it, and what a body starts with.
const AFTER_TYPE: [&str; 22] = [
    "COMMENT",
    "LANGUAGE",
    "NOT",
    "DETERMINISTIC",
    "CONTAINS",
    "NO",
    "READS",
    "MODIFIES",
    "SQL",
    "SONAME",
    "BEGIN",
    "RETURN",
    "IF",
    "CASE",
    "LOOP",
    "WHILE",
    "REPEAT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "SELECT",
    "AS",
];

/// What can be said of a routine before its body; behind some of it comes a word or a text.
const CHARACTERISTICS: [(&[&str], usize); 9] = [
    (&["COMMENT"], 1),
    (&["LANGUAGE"], 1),
    (&["NOT", "DETERMINISTIC"], 0),
    (&["DETERMINISTIC"], 0),
    (&["CONTAINS", "SQL"], 0),
    (&["NO", "SQL"], 0),
    (&["READS", "SQL", "DATA"], 0),
    (&["MODIFIES", "SQL", "DATA"], 0),
    (&["SQL", "SECURITY"], 1),
];

/// Reads a statement that starts with CREATE, ALTER or DROP and is about one of these kinds. `file`: the text that the
/// tokens' bytes count in.
pub(in crate::ddl) fn read(tokens: &[Tok], file: &str) -> Result<Change, Refusal> {
    let mut cursor = Cursor::new(tokens, file);
    let verb = choice(&mut cursor, &[("CREATE", "CREATE"), ("ALTER", "ALTER"), ("DROP", "DROP")]);
    let or_replace = cursor.take(&["OR", "REPLACE"]);
    cursor.take_until(&KINDS.map(|(word, _)| word));
    let Some(word) = choice(&mut cursor, &KINDS) else {
        return Err(Refusal::new("it doesn't say what it is about", cursor.place()));
    };
    let is_body = word == "PACKAGE" && cursor.take(&["BODY"]);
    match verb {
        Some("CREATE") => {
            let if_not_exists = cursor.take(&["IF", "NOT", "EXISTS"]);
            let (draft, order) = draft(word, &mut cursor, file)?;
            // The body of a package that is there already.
            Ok(if is_body {
                Change::Nothing
            } else {
                Change::Create { draft, or_replace, if_not_exists, order }
            })
        }
        Some("ALTER") if word == "VIEW" => Ok(Change::Replace(draft(word, &mut cursor, file)?.0)),
        Some("ALTER") if word == "EVENT" => alter_event(&mut cursor, file),
        Some("DROP") if !is_body => dropped(word, &mut cursor),
        _ => Ok(Change::Nothing),
    }
}

/// Takes the one of these keywords that comes next, for what it stands for.
fn choice<T: Copy>(cursor: &mut Cursor<'_>, keywords: &[(&str, T)]) -> Option<T> {
    keywords.iter().find(|(keyword, _)| cursor.take(&[keyword])).map(|(_, value)| *value)
}

fn dropped(word: &'static str, cursor: &mut Cursor<'_>) -> Result<Change, Refusal> {
    let if_exists = cursor.take(&["IF", "EXISTS"]);
    let mut names = vec![cursor.table_name()?.into()];
    while cursor.take_token(&Token::Comma) {
        names.push(cursor.table_name()?.into());
    }
    Ok(Change::Drop { word, names, if_exists })
}

fn draft(word: &str, cursor: &mut Cursor<'_>, file: &str) -> Result<(Draft, Option<Order>), Refusal> {
    let name = cursor.table_name()?;
    let range = name.range.clone();
    let mut order = None;
    let mut kind = match word {
        "VIEW" => ObjectKind::View,
        "TRIGGER" => {
            let (facts, found) = trigger(cursor)?;
            order = found;
            ObjectKind::Trigger(facts)
        }
        "PROCEDURE" => {
            parameters(cursor);
            characteristics(cursor);
            ObjectKind::Procedure
        }
        "FUNCTION" => {
            parameters(cursor);
            let returns = if cursor.take(&["RETURNS"]) || cursor.take(&["RETURN"]) {
                text_of(cursor.take_until(&AFTER_TYPE), file)
            } else {
                return Err(Refusal::new("expected RETURNS", cursor.place()));
            };
            characteristics(cursor);
            ObjectKind::Function { returns }
        }
        "EVENT" => ObjectKind::Event { schedule: schedule(cursor, file).unwrap_or_default() },
        "PACKAGE" => ObjectKind::Package,
        _ => ObjectKind::Sequence,
    };
    if let ObjectKind::Event { .. } = kind {
        cursor.take_until(&["DO"]);
        cursor.at += 1;
    }
    let body = cursor.rest();
    if body.is_empty() && !matches!(kind, ObjectKind::Sequence) {
        return Err(Refusal::new("it has no body", cursor.place()));
    }
    let touched = match kind {
        ObjectKind::Package | ObjectKind::Sequence => Touched::default(),
        _ => whole(body)?,
    };
    if let ObjectKind::Trigger(facts) = &mut kind {
        facts.sets.clone_from(&touched.sets);
    }
    Ok((Draft { kind, name: name.into(), range, touched }, order))
}

fn parameters(cursor: &mut Cursor<'_>) {
    if cursor.rest().opens_at(0) {
        cursor.at += cursor.rest().close(0).map_or(0, |close| close + 1);
    }
}

fn characteristics(cursor: &mut Cursor<'_>) {
    loop {
        let found = CHARACTERISTICS.iter().find(|(words, _)| cursor.take(words));
        match found {
            Some((_, behind)) => cursor.at += behind,
            None => return,
        }
    }
}

/// What a body touches. One that was cut off in its middle is refused: what it would have done there isn't known.
fn whole(body: &[Tok]) -> Result<Touched, Refusal> {
    let touched = walk(body);
    match &touched.open {
        Some(begin) => Err(Refusal::new("its BEGIN has no END", begin.clone())
            .help("programs need a DELIMITER around them that doesn't stand in them")),
        None => Ok(touched),
    }
}

/// `BEFORE INSERT ON t FOR EACH ROW [FOLLOWS other]`.
fn trigger(cursor: &mut Cursor<'_>) -> Result<(TriggerFacts, Option<Order>), Refusal> {
    let expected = |cursor: &Cursor<'_>, what: &str| Refusal::new(format!("expected {what}"), cursor.place());
    let timing = choice(cursor, &[("BEFORE", Timing::Before), ("AFTER", Timing::After)])
        .ok_or_else(|| expected(cursor, "BEFORE or AFTER"))?;
    let events = [
        ("INSERT", TriggerEvent::Insert),
        ("UPDATE", TriggerEvent::Update),
        ("DELETE", TriggerEvent::Delete),
    ];
    let event = choice(cursor, &events).ok_or_else(|| expected(cursor, "INSERT, UPDATE or DELETE"))?;
    if !cursor.take(&["ON"]) {
        return Err(expected(cursor, "ON"));
    }
    let table = cursor.table_name()?.into();
    if !cursor.take(&["FOR", "EACH", "ROW"]) {
        return Err(expected(cursor, "FOR EACH ROW"));
    }
    let order = if cursor.take(&["FOLLOWS"]) {
        Some(Order::Follows(cursor.table_name()?.name))
    } else if cursor.take(&["PRECEDES"]) {
        Some(Order::Precedes(cursor.table_name()?.name))
    } else {
        None
    };
    Ok((TriggerFacts { table, timing, event, sets: Vec::new() }, order))
}

/// `ON SCHEDULE EVERY 1 DAY`, if it stands here.
fn schedule(cursor: &mut Cursor<'_>, file: &str) -> Option<String> {
    cursor
        .take(&["ON", "SCHEDULE"])
        .then(|| text_of(cursor.take_until(&["ON", "RENAME", "ENABLE", "DISABLE", "COMMENT", "DO"]), file))
}

fn alter_event(cursor: &mut Cursor<'_>, file: &str) -> Result<Change, Refusal> {
    cursor.take(&["IF", "EXISTS"]);
    let name = cursor.table_name()?.into();
    let schedule = schedule(cursor, file);
    cursor.take_until(&["RENAME", "DO"]);
    let to = if cursor.take(&["RENAME", "TO"]) { Some(cursor.table_name()?.into()) } else { None };
    cursor.take_until(&["DO"]);
    let touched = if cursor.take(&["DO"]) { Some(whole(cursor.rest())?) } else { None };
    Ok(Change::AlterEvent { name, to, schedule, touched })
}
