//! What triggers, views, routines and events touch: `before insert, sets total, writes log`, `reads a, b`.

use std::fmt;
use std::ops::Range;

use super::lexer::Lexer;
use super::names::{end, is_plain, name, name_text};
use super::text::TextError;
use super::{SourceTrigger, Timing, Touches, TriggerEvent};
use crate::codes;
use crate::diagnostic::suggest;
use crate::language::quoted_list;

const CODE: codes::Code = codes::OBJECT_TEXT;

/// What begins a list of names. A name that is one of these words stands in backquotes.
const VERBS: [&str; 4] = ["sets", "reads", "writes", "calls"];

/// What stands for a body that names nothing.
const NOTHING: &str = "touches nothing";

/// Reads what a view, a routine or an event touches: `reads a, b, writes c`, `touches nothing`.
///
/// # Errors
/// The first mistake, with its bytes in the text.
pub fn parse_touches(text: &str) -> Result<Touches, TextError> {
    let mut lexer = Lexer::new(text);
    if text.trim() == NOTHING {
        return Ok(Touches::default());
    }
    let [_, reads, writes, calls] = lists(&mut lexer, &VERBS[1..])?;
    Ok(Touches { reads, writes, calls })
}

/// Reads a trigger, into one without a name: `before insert`, `after delete, writes log`.
///
/// # Errors
/// The first mistake, with its bytes in the text.
pub fn parse_trigger(text: &str) -> Result<SourceTrigger, TextError> {
    let mut lexer = Lexer::new(text);
    let timing = word(&mut lexer, [("before", Timing::Before), ("after", Timing::After)])?;
    let event = word(
        &mut lexer,
        [
            ("insert", TriggerEvent::Insert),
            ("update", TriggerEvent::Update),
            ("delete", TriggerEvent::Delete),
        ],
    )?;
    let [sets, reads, writes, calls] = match lexer.take(',') {
        true => lists(&mut lexer, &VERBS)?,
        false => {
            end(&mut lexer, CODE, "put a comma before what it touches: `before insert, writes log`")?;
            Default::default()
        }
    };
    Ok(SourceTrigger { name: String::new(), timing, event, sets, touches: Touches { reads, writes, calls } })
}

/// One of a few words.
fn word<T, const N: usize>(lexer: &mut Lexer<'_>, known: [(&str, T); N]) -> Result<T, TextError> {
    let (found, range) = lexer.misfit();
    let words = known.each_ref().map(|(word, _)| *word);
    let message = format!("expected {}", either(&words));
    let place = known.into_iter().find(|(word, _)| *word == found);
    place.map(|(_, value)| value).ok_or_else(|| {
        let error = TextError::new(CODE, range, message);
        match suggest(found, words) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("write when it fires, and at what: `before insert`"),
        }
    })
}

/// Words as alternatives.
fn either(words: &[&str]) -> String {
    quoted_list(words).replace(" and ", " or ")
}

/// Lists of names to the end of the text, in the order of [`VERBS`]; each at most once.
fn lists(lexer: &mut Lexer<'_>, verbs: &[&str]) -> Result<[Vec<String>; 4], TextError> {
    let mut lists: [Vec<String>; 4] = Default::default();
    loop {
        let (verb, range) = verb(lexer, verbs)?;
        let list = &mut lists[verb];
        if !list.is_empty() {
            return Err(TextError::new(CODE, range, format!("`{}` is given twice", VERBS[verb]))
                .label("the second time")
                .help("put all its names into one list"));
        }
        loop {
            list.push(name(lexer, CODE)?);
            if !lexer.take(',') {
                end(lexer, CODE, "separate the names by commas; names with other signs need backquotes")?;
                return Ok(lists);
            }
            if VERBS.contains(&lexer.clone().take_while(is_plain).map_or("", |(word, _)| word)) {
                break;
            }
        }
    }
}

/// The position of the verb that comes next in [`VERBS`], and where it stands.
fn verb(lexer: &mut Lexer<'_>, known: &[&str]) -> Result<(usize, Range<usize>), TextError> {
    let (found, range) = lexer.misfit();
    match VERBS.iter().position(|verb| *verb == found && known.contains(verb)) {
        Some(position) => Ok((position, range)),
        None => {
            let error = TextError::new(CODE, range, format!("expected {}", either(known)));
            Err(match suggest(found, known.iter().copied()) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.help("write it as `reads a, b, writes c`"),
            })
        }
    }
}

fn object_names(names: &[String]) -> String {
    let text = |name: &String| match VERBS.contains(&name.as_str()) {
        true => migratable_core::sql::quote(name),
        false => name_text(name),
    };
    names.iter().map(text).collect::<Vec<_>>().join(", ")
}

/// The lists that hold something, each with its verb.
fn listed(lists: [&[String]; 4]) -> Vec<String> {
    let filled = VERBS.iter().zip(lists).filter(|(_, names)| !names.is_empty());
    filled.map(|(verb, names)| format!("{verb} {}", object_names(names))).collect()
}

/// `reads a, b, writes c`.
impl fmt::Display for Touches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lists = listed([&[], &self.reads, &self.writes, &self.calls]);
        f.write_str(if lists.is_empty() { NOTHING } else { "" })?;
        f.write_str(&lists.join(", "))
    }
}

/// `before insert, sets total, writes log`: all but its name.
impl fmt::Display for SourceTrigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.timing, self.event)?;
        let Touches { reads, writes, calls } = &self.touches;
        listed([&self.sets, reads, writes, calls]).iter().try_for_each(|list| write!(f, ", {list}"))
    }
}

impl fmt::Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Before => "before",
            Self::After => "after",
        })
    }
}

impl fmt::Display for TriggerEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Insert => "insert",
            Self::Update => "update",
            Self::Delete => "delete",
        })
    }
}
