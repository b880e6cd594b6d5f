//! Names of tables and columns in a foreign key's text: `users.id on delete cascade`, `t(a, b)`, and on the other side
//! `a, b`.

use std::fmt;
use std::ops::Range;

use super::lexer::Lexer;
use super::text::TextError;
use super::{Action, ForeignKey};
use crate::codes::{self, Code};
use crate::diagnostic::suggest;

const ACTIONS: &str = "`cascade`, `set null`, `set default`; without `on …` it is refused";

/// Reads a list of names: `user_id`, `a, b`, with backquotes around names that aren't plain words.
///
/// # Errors
/// The first mistake, with its bytes in the text.
pub fn parse_names(text: &str) -> Result<Vec<String>, TextError> {
    let mut lexer = Lexer::new(text);
    let names = names(&mut lexer, codes::NAME_LIST_TEXT)?;
    end(
        &mut lexer,
        codes::NAME_LIST_TEXT,
        "separate the names by commas; names with other signs need backquotes",
    )?;
    Ok(names)
}

/// Writes a list of names as [`parse_names`] reads it.
pub fn names_text(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| name_text(name)).collect();
    names.join(", ")
}

/// Reads where a foreign key points, and its actions, into a foreign key without columns of its own.
///
/// # Errors
/// The first mistake, with its bytes in the text.
pub fn parse_reference(text: &str) -> Result<ForeignKey, TextError> {
    let code = codes::FOREIGN_KEY_TEXT;
    let mut lexer = Lexer::new(text);
    let table = name(&mut lexer, code)?;
    let references = if lexer.take('.') {
        vec![name(&mut lexer, code)?]
    } else if lexer.take('(') {
        let names = names(&mut lexer, code)?;
        if !lexer.take(')') {
            let (_, range) = lexer.misfit();
            return Err(
                TextError::new(code, range, "expected `,` or `)`").help("write it as `users(id, region)`")
            );
        }
        names
    } else {
        let (_, range) = lexer.misfit();
        return Err(TextError::new(code, range, "expected `.` and a column, or `(` and columns")
            .help("write it as `users.id`, or `users(id, region)` for several columns"));
    };
    let mut actions = [None, None];
    while lexer.peek().is_some() {
        action(&mut lexer, &mut actions)?;
    }
    let [on_delete, on_update] = actions.map(Option::unwrap_or_default);
    Ok(ForeignKey { columns: Vec::new(), table, references, on_delete, on_update })
}

/// `on delete cascade`.
fn action(lexer: &mut Lexer<'_>, actions: &mut [Option<Action>; 2]) -> Result<(), TextError> {
    let code = codes::FOREIGN_KEY_TEXT;
    lexer.skip_blanks();
    let start = lexer.position();
    let on = lexer.word().map(|(word, _)| word);
    let event = if on.as_deref() == Some("on") { lexer.word() } else { None };
    let slot = match event.as_ref().map(|(word, _)| word.as_str()) {
        Some("delete") => &mut actions[0],
        Some("update") => &mut actions[1],
        _ => {
            if lexer.position() == start {
                lexer.misfit();
            }
            let range = start..lexer.position();
            let near = suggest(lexer.since(start), ["on delete", "on update"]);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "after the columns come `on delete …` and `on update …`, if anything".to_owned(),
            };
            return Err(TextError::new(code, range, "expected `on delete` or `on update`").help(help));
        }
    };
    let found = what(lexer)?;
    if slot.is_some() {
        return Err(TextError::new(code, start..lexer.position(), "an action is given twice")
            .label("the second time")
            .help("keep one of the two"));
    }
    *slot = Some(found);
    Ok(())
}

/// `cascade`, `set null`, …
fn what(lexer: &mut Lexer<'_>) -> Result<Action, TextError> {
    lexer.skip_blanks();
    let start = lexer.position();
    let first = lexer.word().map(|(word, _)| word);
    match first.as_deref() {
        Some("cascade") => return Ok(Action::Cascade),
        Some("restrict") => return Ok(Action::Restrict),
        Some("set") => match lexer.word().map(|(word, _)| word).as_deref() {
            Some("null") => return Ok(Action::SetNull),
            Some("default") => return Ok(Action::SetDefault),
            _ => {}
        },
        Some("no") => {
            lexer.word();
        }
        Some(_) => {}
        None => {
            lexer.misfit();
        }
    }
    let range: Range<usize> = start..lexer.position();
    let written = lexer.since(start);
    let error = TextError::new(codes::FOREIGN_KEY_TEXT, range, "expected an action");
    Err(match suggest(written, ["cascade", "set null", "set default", "restrict"]) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None if written.eq_ignore_ascii_case("no action") => error.help(
            "leave `on …` out: InnoDB refuses the change, whether told `restrict`, `no action` or nothing",
        ),
        None => error.help(format!("actions are {ACTIONS}")),
    })
}

fn names(lexer: &mut Lexer<'_>, code: Code) -> Result<Vec<String>, TextError> {
    let mut names = vec![name(lexer, code)?];
    while lexer.take(',') {
        names.push(name(lexer, code)?);
    }
    Ok(names)
}

pub(super) fn name(lexer: &mut Lexer<'_>, code: Code) -> Result<String, TextError> {
    if lexer.peek() == Some('`') {
        return backquoted(lexer, code);
    }
    if let Some((name, _)) = lexer.take_while(is_plain) {
        return Ok(name.to_owned());
    }
    let (_, range) = lexer.misfit();
    Err(TextError::new(code, range, "a name is expected here")
        .help("put names that aren't plain words in backquotes: `` `order items` ``"))
}

/// A name in backquotes; a backquote inside is doubled.
fn backquoted(lexer: &mut Lexer<'_>, code: Code) -> Result<String, TextError> {
    let start = lexer.position();
    let mut name = String::new();
    lexer.take('`');
    loop {
        match lexer.adjacent() {
            None => {
                return Err(TextError::new(code, start..start + 1, "a backquote isn't closed")
                    .label("opened here")
                    .help("add the closing backquote; a backquote inside is doubled"));
            }
            Some('`') => {
                lexer.take('`');
                if lexer.adjacent() != Some('`') {
                    break;
                }
                lexer.take('`');
                name.push('`');
            }
            Some(other) => {
                lexer.advance(other);
                name.push(other);
            }
        }
    }
    if name.is_empty() {
        return Err(TextError::new(code, start..lexer.position(), "a name is empty").help("write the name"));
    }
    Ok(name)
}

pub(super) fn end(lexer: &mut Lexer<'_>, code: Code, help: &str) -> Result<(), TextError> {
    if lexer.peek().is_none() {
        return Ok(());
    }
    let (found, range) = lexer.misfit();
    Err(TextError::new(code, range, super::types::unexpected(found)).help(help))
}

/// What MySQL takes in a name without quotes.
pub(super) fn is_plain(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

/// A name as it is read back: plain, or in backquotes as in MySQL.
pub fn name_text(name: &str) -> String {
    if !name.is_empty() && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        migratable_core::sql::quote(name)
    }
}

impl ForeignKey {
    /// Its key in the contract's map: its columns.
    pub fn key_text(&self) -> String {
        names_text(&self.columns)
    }
}

/// Where it points, and its actions: `users.id on delete cascade`.
impl fmt::Display for ForeignKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&name_text(&self.table))?;
        match &self.references[..] {
            [column] => write!(f, ".{}", name_text(column))?,
            columns => write!(f, "({})", names_text(columns))?,
        }
        for (event, action) in [("delete", self.on_delete), ("update", self.on_update)] {
            if action != Action::Restrict {
                write!(f, " on {event} {action}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Restrict => "restrict",
            Self::Cascade => "cascade",
            Self::SetNull => "set null",
            Self::SetDefault => "set default",
        })
    }
}
