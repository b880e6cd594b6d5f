//! What reading DDL has to say: every diagnostic of this room, in one place.

use std::ops::Range;
use std::sync::Arc;

use migratable_contract::codes;
use migratable_contract::diagnostic::{Diagnostic, Place, SourceFile};

use super::charset::Server;
use super::objects::Object;
use super::schema::{ForeignKey, Table};

/// Why a statement could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The reason, lower-case, without a full stop.
    pub(super) reason: String,
    /// The bytes of the file it is about.
    pub(super) range: Range<usize>,
    /// What is to be said at that place.
    pub(super) label: &'static str,
    /// What to do about it, where that is not the usual thing.
    pub(super) help: Option<String>,
}

impl Refusal {
    pub(super) fn new(reason: impl Into<String>, range: Range<usize>) -> Self {
        Self { reason: reason.into(), range, label: "", help: None }
    }

    /// The place is where reading stopped, not what is wrong.
    pub(super) fn stopped(mut self) -> Self {
        self.label = "reading stopped here";
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What was done about what never ends.
const RESUMED: &str =
    "close it; reading went on at the next line that starts with CREATE, DROP, ALTER or INSERT";

/// Makes diagnostics for one file.
#[derive(Clone, Debug)]
pub(super) struct Reporter {
    pub(super) file: Arc<SourceFile>,
}

impl Reporter {
    pub(super) fn place(&self, range: Range<usize>) -> Place {
        Place { file: Arc::clone(&self.file), range }
    }

    /// A statement was not understood.
    pub(super) fn not_understood(&self, statement: &str, refusal: Refusal) -> Diagnostic {
        let help = refusal.help.unwrap_or_else(|| {
            "the other statements were read; if the server takes this one, give what SHOW CREATE TABLE prints for it"
                .to_owned()
        });
        let message = format!("{statement} was not understood: {}", refusal.reason);
        Diagnostic::error(codes::DDL_NOT_UNDERSTOOD, message)
            .label(self.place(refusal.range), refusal.label)
            .help(help)
    }

    /// A statement about a view, a program was not understood.
    pub(super) fn object_not_understood(&self, statement: &str, mut refusal: Refusal) -> Diagnostic {
        refusal.help.get_or_insert_with(|| {
            "the other statements were read; if the server takes this one, what it touches has to be put into the \
             contract by hand"
                .to_owned()
        });
        self.not_understood(statement, refusal)
    }

    /// A quote or comment without an end.
    pub(super) fn unterminated(&self, opening: usize) -> Diagnostic {
        let (what, length) = match self.file.text.as_bytes().get(opening) {
            Some(b'/') => ("a comment", 2),
            Some(b'`') => ("a quoted name", 1),
            Some(b'B' | b'b') => ("a BEGIN", "BEGIN".len()),
            _ => ("a string", 1),
        };
        Diagnostic::error(codes::DDL_NOT_UNDERSTOOD, format!("a statement holds {what} that never ends"))
            .label(self.place(opening..opening + length), "opens here")
            .help(RESUMED)
    }

    /// The same, somewhere in a statement of which only the head is at hand.
    pub(super) fn unterminated_behind(&self, head: Range<usize>) -> Diagnostic {
        let message = "a statement holds a string or a comment that never ends";
        Diagnostic::error(codes::DDL_NOT_UNDERSTOOD, message)
            .label(self.place(head), "in this statement")
            .help(RESUMED)
    }

    /// A statement that changes or extends the schema and isn't applied.
    pub(super) fn not_applied(&self, statement: &str, range: Range<usize>) -> Diagnostic {
        let message = format!("{statement} is not applied: the schema is read as if it weren't there");
        Diagnostic::warning(codes::DDL_NOT_APPLIED, message)
            .label(self.place(range), "")
            .help("read a dump made after it ran (mysqldump --no-data), or put its effect into CREATE TABLE by hand")
    }

    /// A statement that the server would refuse where the schema is as it was read.
    pub(super) fn not_applied_because(
        &self,
        statement: &str,
        reason: &str,
        range: Range<usize>,
    ) -> Diagnostic {
        let message = format!("{statement} is not applied: {reason}");
        Diagnostic::warning(codes::DDL_NOT_APPLIED, message).label(self.place(range), "").help(
            "the server would refuse it; see to it that all statements before it are there, in their order",
        )
    }

    /// An action of an ALTER TABLE was not understood; the others were applied.
    pub(super) fn action_not_applied(&self, statement: &str, refusal: Refusal) -> Diagnostic {
        let message = format!("an action of {statement} is not applied: {}", refusal.reason);
        let help = refusal.help.unwrap_or_else(|| {
            "the statement's other actions were applied; see to this one in what SHOW CREATE TABLE prints"
                .to_owned()
        });
        Diagnostic::warning(codes::DDL_NOT_APPLIED, message)
            .label(self.place(refusal.range), refusal.label)
            .help(help)
    }

    /// A statement that can't have run on the schema as it was read.
    pub(super) fn refused(&self, statement: &str, server: Server, refusal: Refusal) -> Diagnostic {
        let message = format!("{server} would refuse {statement}: {}", refusal.reason);
        let help = refusal.help.unwrap_or_else(|| {
            "nothing of it was applied; if it did run, a statement before it is missing: give all files, in their order"
                .to_owned()
        });
        Diagnostic::error(codes::DDL_REFUSED, message)
            .label(self.place(refusal.range), refusal.label)
            .help(help)
    }

    /// DROP or RENAME of a table that isn't there.
    pub(super) fn no_such_table(&self, statement: &str, range: Range<usize>) -> Diagnostic {
        let message = format!("{statement} does nothing: there is no such table");
        Diagnostic::warning(codes::DDL_NO_SUCH_TABLE, message)
            .label(self.place(range), "")
            .help("give the files that create it as well, before this one, or add IF EXISTS")
    }

    /// A package, a sequence: what a contract has no word for.
    pub(super) fn no_word_for(&self, statement: &str, range: Range<usize>) -> Diagnostic {
        let message = format!("{statement} is not carried: a contract has no word for it");
        Diagnostic::warning(codes::DDL_NOT_APPLIED, message)
            .label(self.place(range), "")
            .help("see to what it does when the application moves: nothing of it will be there in DynamoDB")
    }

    /// A table that is there already.
    pub(super) fn duplicate_table(&self, name: &str, range: Range<usize>, first: Place) -> Diagnostic {
        Diagnostic::error(codes::DDL_TABLE_TWICE, format!("table `{name}` is created twice"))
            .label(self.place(range), "again here")
            .label(first, "first here, which is the one that was read")
            .help("keep one of the two, or give each database a file of its own")
    }

    /// CREATE TABLE IF NOT EXISTS of a table that is there already.
    pub(super) fn ignored_table(&self, name: &str, range: Range<usize>, first: Place) -> Diagnostic {
        let message = format!("CREATE TABLE IF NOT EXISTS `{name}` does nothing: the table is there already");
        Diagnostic::warning(codes::DDL_TABLE_IGNORED, message)
            .label(self.place(range), "ignored")
            .label(first, "created here")
            .help("remove the one that doesn't describe the table")
    }

    /// REFERENCES behind a column, which the server reads over.
    pub(super) fn inline_references(&self, column: &str, server: Server, range: Range<usize>) -> Diagnostic {
        let message =
            format!("{server} reads over REFERENCES behind column `{column}`: it makes no foreign key");
        Diagnostic::warning(codes::DDL_INLINE_REFERENCES, message)
            .label(self.place(range), "")
            .help("write FOREIGN KEY (…) REFERENCES … as an entry of its own if it is meant to hold")
    }

    /// A type no server is known to have.
    pub(super) fn unknown_type(&self, column: &str, ty: &str, range: Range<usize>) -> Diagnostic {
        let message = format!("column `{column}` has the type `{ty}`, which is not known here");
        Diagnostic::warning(codes::DDL_UNKNOWN_TYPE, message)
            .label(self.place(range), "")
            .help("items can't carry it: drop the column in the contract with a reason, or correct the type")
    }
}

/// A foreign key that points out of the database.
pub(super) fn other_database(key: &ForeignKey) -> Diagnostic {
    let database = key.database.as_deref().unwrap_or_default();
    let message = format!(
        "the foreign key to `{database}`.`{}` points into another database; it is left out",
        key.source.table
    );
    Diagnostic::warning(codes::DDL_OTHER_DATABASE, message)
        .label(key.place.clone(), "")
        .help("put the tables of both databases into one file if one contract is to know both")
}

/// Tables of more than one database, each with a name of its own.
pub(super) fn several_databases(databases: &[(&str, Place)]) -> Diagnostic {
    let names: Vec<String> = databases.iter().map(|(name, _)| database_name(name)).collect();
    let message = format!("the tables are of {}: a contract is of one database", names.join(" and "));
    let found = Diagnostic::warning(codes::DDL_SEVERAL_DATABASES, message);
    let label = |found: Diagnostic, (name, place): &(&str, Place)| {
        found.label(place.clone(), format!("the first table of {}", database_name(name)))
    };
    databases
        .iter()
        .fold(found, label)
        .help("all of them are read; say which database is meant with --database NAME if it is one")
}

fn database_name(name: &str) -> String {
    if name.is_empty() { "no named database".to_owned() } else { format!("`{name}`") }
}

/// Two databases have a table of one name.
pub(super) fn in_two_databases(first: &Table, second: &Table) -> Diagnostic {
    let of = |table: &Table| database_name(table.database.as_deref().unwrap_or_default());
    let message = format!("table `{}` is in {} and in {}", second.name, of(first), of(second));
    Diagnostic::error(codes::DDL_TABLE_IN_TWO_DATABASES, message)
        .label(second.place.clone(), "again here")
        .label(first.place.clone(), "first here, which is the one that was read")
        .help("say which database the contract is of: --database NAME")
}

/// Nothing to work with.
pub(super) fn no_table(inputs: &[String]) -> Diagnostic {
    let what = match inputs {
        [] => "the schema".to_owned(),
        [name] => name.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    };
    let start = SourceFile::new(inputs.first().map_or("", String::as_str), "");
    Diagnostic::error(codes::DDL_NO_TABLE, format!("{what} creates no table"))
        .label(Place::new(&start, 0..0), "")
        .help("give the output of mysqldump --no-data, or any file of CREATE TABLE statements")
}

/// The file is no text. Its bytes have no places, so there is no label.
pub(super) fn binary(name: &str, what: &str, offset: usize) -> Diagnostic {
    Diagnostic::error(codes::DDL_NOT_TEXT, format!("{name} is not a text file: {what} at byte {offset}"))
        .help("give the SQL text, as mysqldump --no-data prints it")
}

/// A file in a format that other tools unpack.
pub(super) fn packed(name: &str, tool: &str) -> Diagnostic {
    Diagnostic::error(codes::DDL_NOT_TEXT, format!("{name} is not a text file: it is packed, from byte 0 on"))
        .help(format!("unpack it on the way: {tool} {name} | migratable analyze -"))
}

/// A statement in another encoding. Its text has the foreign bytes replaced.
pub(super) fn not_utf8(file: &Arc<SourceFile>, offset: usize, byte: u8) -> Diagnostic {
    let at = file.origin.offset + offset;
    let message = format!("a statement was not read, because it is not UTF-8 at byte {at}");
    Diagnostic::error(codes::DDL_NOT_TEXT, message)
        .label(Place::new(file, offset..offset + 1), format!("byte 0x{byte:02x}"))
        .help(
            "convert the file (iconv -f latin1 -t utf-8), or say before it what it is in (SET NAMES latin1;)",
        )
}

/// Foreign bytes in comments.
pub(super) fn replaced(file: &Arc<SourceFile>, offset: usize, byte: u8) -> Diagnostic {
    let at = file.origin.offset + offset;
    let message = format!("comments are not UTF-8, from byte {at} on; what isn't is read as `?`");
    Diagnostic::warning(codes::DDL_NOT_TEXT, message)
        .label(Place::new(file, offset..offset + 1), format!("byte 0x{byte:02x}"))
        .help("convert the file (iconv -f latin1 -t utf-8) if comments matter")
}

/// A statement of more bytes than are read.
pub(super) fn too_long(place: Place) -> Diagnostic {
    Diagnostic::error(codes::DDL_NOT_UNDERSTOOD, "a statement is longer than 8 MiB, and was not read")
        .label(place, "it starts here")
        .help("check that it ends where it should; no table needs so many words")
}

/// A dump of another kind of database.
pub(super) fn other_dialect(place: &Place, dialect: &str) -> Diagnostic {
    let message = format!("{} is a dump of {dialect}, not of MySQL", place.file.name);
    let line = place.text().lines().next().unwrap_or_default().len();
    Diagnostic::error(codes::DDL_OTHER_DIALECT, message)
        .label(
            Place::new(&place.file, place.range.start..place.range.start + line),
            "only there is a statement like this",
        )
        .help("what MySQL would take was read; give a dump of the MySQL database (mysqldump --no-data)")
}

/// The rest of a file that makes no sense.
pub(super) fn given_up(place: Place, why: &str) -> Diagnostic {
    let message = format!("the rest of {} was not read: {why}", place.file.name);
    Diagnostic::error(codes::DDL_GIVEN_UP, message)
        .label(place, "from here on")
        .help("give a file of MySQL statements, as mysqldump --no-data prints it")
}

/// A trigger whose table isn't there.
pub(super) fn trigger_of_no_table(trigger: &Object, table: &str) -> Diagnostic {
    let message = format!("CREATE TRIGGER `{}` is not applied: there is no table `{table}`", trigger.name);
    Diagnostic::warning(codes::DDL_NOT_APPLIED, message)
        .label(trigger.place.clone(), "")
        .help("give the file that creates the table too")
}

/// An object with the name of another in another database.
pub(super) fn object_twice(object: &Object, first: Option<&str>) -> Diagnostic {
    let of = |database: Option<&str>| database.unwrap_or_default().to_owned();
    let message = format!(
        "{} `{}` of database `{}` is not carried: `{}` has one of that name",
        object.kind.word(),
        object.name,
        of(object.database.as_deref()),
        of(first)
    );
    Diagnostic::warning(codes::DDL_NOT_APPLIED, message)
        .label(object.place.clone(), "")
        .help("a contract is of one database: read the other's statements into a contract of its own")
}
