//! One action of ALTER TABLE, read.

use migratable_contract::diagnostic::Diagnostic;
use sqlparser::tokenizer::Token;

use crate::ddl::charset;
use crate::ddl::cursor::{Cursor, Name, TableName};
use crate::ddl::element;
use crate::ddl::lexer::{Tok, Tokens, text_of};
use crate::ddl::options::{self, Options};
use crate::ddl::problem::Refusal;
use crate::ddl::table::{self, Context, Entry, NewColumn};

/// What an ALTER TABLE does, one thing at a time. `guarded`: IF EXISTS or IF NOT EXISTS.
#[derive(Debug)]
pub(in crate::ddl) enum Action {
    Add {
        entries: Vec<Entry>,
        position: Position,
        guarded: bool,
    },
    Change {
        column: Name,
        new: Box<NewColumn>,
        position: Position,
        guarded: bool,
    },
    RenameColumn {
        from: Name,
        to: Name,
        guarded: bool,
    },
    Drop {
        what: Dropped,
        name: Name,
        guarded: bool,
    },
    Default {
        column: Name,
        value: Option<String>,
        guarded: bool,
    },
    ShowColumn {
        column: Name,
        invisible: bool,
    },
    RenameKey {
        from: Name,
        to: Name,
        guarded: bool,
    },
    ShowKey {
        key: Name,
        invisible: bool,
        guarded: bool,
    },
    Enforce {
        check: Name,
        enforced: bool,
    },
    Rename(TableName),
    Options(Options),
    /// CONVERT TO CHARACTER SET; nothing stands for DEFAULT, the database's.
    Convert(Option<String>),
    RemovePartitions,
    /// Changes nothing that a schema knows.
    Nothing,
}

/// What is dropped by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ddl) enum Dropped {
    Column,
    Key,
    ForeignKey,
    Check,
    /// A check, a foreign key or a unique key.
    Constraint,
}

/// Where a column goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ddl) enum Position {
    /// Where it was; a new one to the end.
    Unsaid,
    First,
    After(Name),
}

/// Words that start upkeep of partitions, before PARTITION.
const UPKEEP: [&str; 12] = [
    "ADD",
    "DROP",
    "COALESCE",
    "REORGANIZE",
    "EXCHANGE",
    "TRUNCATE",
    "ANALYZE",
    "CHECK",
    "OPTIMIZE",
    "REBUILD",
    "REPAIR",
    "SECONDARY_UNLOAD",
];

/// Whether the whole statement is about single partitions.
pub(super) fn is_partition_upkeep(tokens: &[Tok]) -> bool {
    let verb = tokens.first().is_some_and(|tok| tok.is_any(&UPKEEP));
    let tablespace = tokens.first().is_some_and(|tok| tok.is_any(&["DISCARD", "IMPORT"]));
    (verb || tablespace) && tokens.get(1).is_some_and(|tok| tok.is("PARTITION"))
}

/// Where PARTITION BY or REMOVE PARTITIONING starts.
pub(super) fn partition_clause(tokens: &[Tok]) -> Option<usize> {
    let mut depth = 0_usize;
    tokens.iter().enumerate().position(|(at, tok)| {
        match tok.token {
            Token::LParen => depth += 1,
            Token::RParen => depth = depth.saturating_sub(1),
            _ => {}
        }
        let clause = ["PARTITION", "BY"];
        depth == 0 && (tokens.keywords_at(at, &clause) || tokens.keywords_at(at, &["REMOVE", "PARTITIONING"]))
    })
}

/// The collation that an action gives the table, so that columns of other actions can have it.
pub(super) fn collation(tokens: &[Tok], context: Context<'_>) -> Option<String> {
    let first = tokens.first()?;
    if first.is("CONVERT") {
        return convert(&mut Cursor::new(tokens, context.file()), context).ok().flatten();
    }
    let verbs = ["ADD", "MODIFY", "CHANGE", "DROP", "ALTER", "RENAME", "ORDER", "PARTITION"];
    if first.is_any(&verbs) {
        return None;
    }
    options::read(tokens, context.file(), context.server).ok()?.collation
}

/// Reads an action.
pub(super) fn read(
    tokens: &[Tok],
    collation: &str,
    context: Context<'_>,
    out: &mut Vec<Diagnostic>,
) -> Result<Action, Refusal> {
    let Some(first) = tokens.first() else { return Ok(Action::Nothing) };
    let mut reader = Reader { cursor: Cursor::new(tokens, context.file()), collation, context, out };
    reader.cursor.at = 1;
    match first.keyword().unwrap_or_default().to_ascii_uppercase().as_str() {
        _ if is_partition_upkeep(tokens) => Ok(Action::Nothing),
        "ADD" => reader.add(),
        "MODIFY" => reader.change(false),
        "CHANGE" => reader.change(true),
        "DROP" => reader.drop(),
        "ALTER" => reader.alter(),
        "RENAME" => reader.rename(),
        "CONVERT" => {
            reader.cursor.at = 0;
            let collation = convert(&mut reader.cursor, context)?;
            reader.cursor.end().map(|()| Action::Convert(collation))
        }
        "REMOVE" if reader.cursor.is(&["PARTITIONING"]) => Ok(Action::RemovePartitions),
        "ENABLE" | "DISABLE" if reader.cursor.is(&["KEYS"]) => Ok(Action::Nothing),
        "DISCARD" | "IMPORT" if reader.cursor.is(&["TABLESPACE"]) => Ok(Action::Nothing),
        "ORDER" if reader.cursor.is(&["BY"]) => Ok(Action::Nothing),
        "WITH" | "WITHOUT" if reader.cursor.is(&["VALIDATION"]) => Ok(Action::Nothing),
        "FORCE" | "UPGRADE" | "ALGORITHM" | "LOCK" | "SECONDARY_LOAD" | "SECONDARY_UNLOAD" | "NOWAIT"
        | "WAIT" => Ok(Action::Nothing),
        _ => options::read(tokens, context.file(), context.server).map(Action::Options),
    }
}

/// `CONVERT TO {CHARACTER SET | CHARSET} name [COLLATE name]`, to a collation.
fn convert(cursor: &mut Cursor<'_>, context: Context<'_>) -> Result<Option<String>, Refusal> {
    let start = cursor.place();
    if !cursor.take(&["CONVERT", "TO"]) {
        return Err(Refusal::new("this action is not known here", start));
    }
    if !(cursor.take(&["CHARACTER", "SET"]) || cursor.take(&["CHAR", "SET"]) || cursor.take(&["CHARSET"])) {
        return Err(Refusal::new("expected CHARACTER SET", cursor.place()));
    }
    let mut word = || {
        let range = cursor.place();
        let tok = cursor.peek();
        let text = tok.and_then(|tok| tok.string(cursor.file).or_else(|| tok.name().map(str::to_owned)));
        cursor.at += 1;
        text.map(|text| (text, range.clone())).ok_or_else(|| Refusal::new("a name is missing", range))
    };
    let (charset, range) = word()?;
    let mut collation = None;
    if !charset.eq_ignore_ascii_case("default") {
        let unknown = || Refusal::new(format!("there is no character set `{charset}`"), range);
        collation = Some(charset::default_collation(&charset, context.server).ok_or_else(unknown)?);
    }
    if cursor.take(&["COLLATE"]) {
        let range = cursor.place();
        let tok = cursor.peek();
        let name = tok.and_then(|tok| tok.string(cursor.file).or_else(|| tok.name().map(str::to_owned)));
        cursor.at += 1;
        let name = name.ok_or_else(|| Refusal::new("a name is missing", range.clone()))?;
        let found = charset::collation_name(&name, context.server);
        if !charset::is_collation(&found) {
            return Err(Refusal::new(format!("there is no collation `{name}`"), range));
        }
        collation = Some(found);
    }
    Ok(collation)
}

struct Reader<'a, 'o> {
    cursor: Cursor<'a>,
    collation: &'a str,
    context: Context<'a>,
    out: &'o mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    fn unknown<T>(&self) -> Result<T, Refusal> {
        let range = self.cursor.tokens.whole().unwrap_or_default();
        Err(Refusal::new("this action is not known here", range))
    }

    fn entries(&mut self, tokens: &[Tok]) -> Result<Vec<Entry>, Refusal> {
        if tokens.is_empty() {
            return Err(Refusal::new(
                "expected a column or a key",
                self.cursor.tokens.whole().unwrap_or_default(),
            ));
        }
        if let Some(nameless) = tokens.iter().find(|tok| tok.name() == Some("")) {
            return Err(Refusal::new("a name is empty", nameless.range.clone()));
        }
        table::entries(tokens, 0..tokens.len(), self.collation, self.context, self.out)
    }

    fn add(&mut self) -> Result<Action, Refusal> {
        if self.cursor.is(&["SYSTEM", "VERSIONING"]) || self.cursor.is(&["PERIOD", "FOR"]) {
            return Err(Refusal::new("system-versioned tables are not known here", self.cursor.place()));
        }
        let column = self.cursor.take(&["COLUMN"]);
        let mut guarded = self.cursor.take(&["IF", "NOT", "EXISTS"]);
        let rest = self.cursor.rest();
        if rest.opens_at(0) {
            let Some(close) = rest.close(0) else {
                return Err(Refusal::new("the parenthesis is never closed", self.cursor.place()));
            };
            let entries = self.entries(&rest[1..close])?;
            self.cursor.at += close + 1;
            self.cursor.end()?;
            return Ok(Action::Add { entries, position: Position::Unsaid, guarded });
        }
        if !column && !element::is_column(rest) {
            let (tokens, found) = without_guard(rest);
            guarded |= found;
            let entries = self.entries(&tokens)?;
            return Ok(Action::Add { entries, position: Position::Unsaid, guarded });
        }
        let (definition, position) = position(rest);
        let entries = self.entries(definition)?;
        Ok(Action::Add { entries, position, guarded })
    }

    fn change(&mut self, renames: bool) -> Result<Action, Refusal> {
        self.cursor.take(&["COLUMN"]);
        let guarded = self.cursor.take(&["IF", "EXISTS"]);
        let column = self.cursor.name()?;
        if !renames {
            self.cursor.at -= 1;
        }
        let (definition, position) = position(self.cursor.rest());
        match self.entries(definition)?.pop() {
            Some(Entry::Column(new)) => Ok(Action::Change { column, new, position, guarded }),
            _ => self.unknown(),
        }
    }

    fn drop(&mut self) -> Result<Action, Refusal> {
        if self.cursor.is(&["SYSTEM", "VERSIONING"]) || self.cursor.is(&["PERIOD", "FOR"]) {
            return Err(Refusal::new("system-versioned tables are not known here", self.cursor.place()));
        }
        let what = if self.cursor.take_any(&["INDEX", "KEY"]) {
            Dropped::Key
        } else if self.cursor.is(&["PRIMARY", "KEY"]) {
            let name = Name { text: "PRIMARY".to_owned(), range: self.cursor.place() };
            self.cursor.at += 2;
            self.cursor.end()?;
            return Ok(Action::Drop { what: Dropped::Key, name, guarded: false });
        } else if self.cursor.take(&["FOREIGN", "KEY"]) {
            Dropped::ForeignKey
        } else if self.cursor.take(&["CHECK"]) {
            Dropped::Check
        } else if self.cursor.take(&["CONSTRAINT"]) {
            Dropped::Constraint
        } else {
            self.cursor.take(&["COLUMN"]);
            Dropped::Column
        };
        let guarded = self.cursor.take(&["IF", "EXISTS"]);
        let name = self.cursor.name()?;
        self.cursor.take_any(&["RESTRICT", "CASCADE"]);
        self.cursor.end()?;
        Ok(Action::Drop { what, name, guarded })
    }

    fn alter(&mut self) -> Result<Action, Refusal> {
        if self.cursor.take_any(&["INDEX", "KEY"]) {
            let guarded = self.cursor.take(&["IF", "EXISTS"]);
            let key = self.cursor.name()?;
            let invisible = match () {
                () if self.cursor.take(&["NOT", "IGNORED"]) || self.cursor.take(&["VISIBLE"]) => false,
                () if self.cursor.take_any(&["IGNORED", "INVISIBLE"]) => true,
                () => return self.unknown(),
            };
            self.cursor.end()?;
            return Ok(Action::ShowKey { key, invisible, guarded });
        }
        if self.cursor.take_any(&["CHECK", "CONSTRAINT"]) {
            let check = self.cursor.name()?;
            let enforced = !self.cursor.take(&["NOT"]);
            if !self.cursor.take(&["ENFORCED"]) {
                return self.unknown();
            }
            self.cursor.end()?;
            return Ok(Action::Enforce { check, enforced });
        }
        self.cursor.take(&["COLUMN"]);
        let guarded = self.cursor.take(&["IF", "EXISTS"]);
        let column = self.cursor.name()?;
        if self.cursor.take(&["DROP", "DEFAULT"]) {
            self.cursor.end()?;
            return Ok(Action::Default { column, value: None, guarded });
        }
        if !self.cursor.take(&["SET"]) {
            return self.unknown();
        }
        if self.cursor.peek().is_some_and(|tok| tok.is_any(&["VISIBLE", "INVISIBLE"])) {
            let invisible = self.cursor.take(&["INVISIBLE"]);
            return Ok(Action::ShowColumn { column, invisible });
        }
        if !self.cursor.take(&["DEFAULT"]) {
            return self.unknown();
        }
        let value = self.default()?;
        Ok(Action::Default { column, value, guarded })
    }

    /// The value as the same words behind a column would give it.
    fn default(&self) -> Result<Option<String>, Refusal> {
        let tokens = self.cursor.rest();
        let (value, length) = element::default_value(tokens, self.cursor.file)
            .ok_or_else(|| Refusal::new("DEFAULT needs an expression", self.cursor.place()))?;
        if length < tokens.len() {
            let text = text_of(&tokens[length..], self.cursor.file);
            let range = tokens[length..].whole().unwrap_or_default();
            return Err(Refusal::new(format!("`{text}` stands behind the default"), range));
        }
        Ok(value)
    }

    fn rename(&mut self) -> Result<Action, Refusal> {
        if self.cursor.take(&["COLUMN"]) {
            let guarded = self.cursor.take(&["IF", "EXISTS"]);
            let (from, to) = self.rename_pair()?;
            return Ok(Action::RenameColumn { from, to, guarded });
        }
        if self.cursor.take_any(&["INDEX", "KEY"]) {
            let guarded = self.cursor.take(&["IF", "EXISTS"]);
            let (from, to) = self.rename_pair()?;
            return Ok(Action::RenameKey { from, to, guarded });
        }
        if !self.cursor.take_any(&["TO", "AS"]) {
            self.cursor.take_token(&Token::Eq);
        }
        let name = self.cursor.table_name()?;
        self.cursor.end()?;
        Ok(Action::Rename(name))
    }

    fn rename_pair(&mut self) -> Result<(Name, Name), Refusal> {
        let from = self.cursor.name()?;
        if !self.cursor.take(&["TO"]) {
            return self.unknown();
        }
        let to = self.cursor.name()?;
        self.cursor.end()?;
        Ok((from, to))
    }
}

/// The tokens without IF NOT EXISTS, which the parser doesn't take there, and whether it stood there.
fn without_guard(tokens: &[Tok]) -> (Vec<Tok>, bool) {
    let guard = ["IF", "NOT", "EXISTS"];
    // Behind the parentheses nothing like it can stand.
    let head = tokens.iter().position(|tok| tok.token == Token::LParen).unwrap_or(tokens.len());
    match (0..head).find(|at| tokens.keywords_at(*at, &guard)) {
        Some(at) => ([&tokens[..at], &tokens[at + guard.len()..]].concat(), true),
        None => (tokens.to_vec(), false),
    }
}

/// A column's definition, and where the column goes.
fn position(tokens: &[Tok]) -> (&[Tok], Position) {
    match tokens {
        [definition @ .., first] if first.is("FIRST") && definition.len() > 1 => {
            (definition, Position::First)
        }
        [definition @ .., after, name] if after.is("AFTER") && definition.len() > 1 => match name.name() {
            Some(text) => {
                let name = Name { text: text.to_owned(), range: name.range.clone() };
                (definition, Position::After(name))
            }
            None => (tokens, Position::Unsaid),
        },
        _ => (tokens, Position::Unsaid),
    }
}
