//! What our model says, as facts.

use migratable_analyze::ddl::{Column, Fact as Noted, ForeignKey, Object, ObjectKind, Schema, Table};
use migratable_contract::source::{Action, Indexed, KeyPart, SourceColumn, SourceType, Timing, TriggerEvent};
use migratable_core::Text;
use migratable_core::mysql::{IntSize, LobSize, MySqlType};

use crate::catalog::yes;
use crate::facts::{Facts, Part, Subject};
use crate::probe::{Answers, Expression, Role};

/// The tables of a schema that are in that database, as those are whose database isn't said.
pub fn tables<'s>(schema: &'s Schema, database: &'s str) -> impl Iterator<Item = &'s Table> {
    schema.tables.iter().filter(move |table| is_in(table.database.as_deref(), database))
}

fn is_in(said: Option<&str>, database: &str) -> bool {
    said.is_none_or(|said| said == database)
}

/// The expressions of a table.
pub fn expressions(table: &Table) -> Vec<Expression> {
    let mut found = Vec::new();
    for column in table.columns.iter().map(|column| &column.source) {
        let name = || column.name.clone();
        if let Some(sql) = &column.default {
            found.push(Expression { role: Role::Default(name()), sql: sql.clone() });
        }
        if let Some(sql) = &column.generated {
            found.push(Expression { role: Role::Generated(name()), sql: sql.clone() });
        }
    }
    for check in &table.checks {
        found.push(Expression { role: Role::Check, sql: check.source.expression.clone() });
    }
    found
}

/// Everything we say of a database.
pub fn facts(schema: &Schema, database: &str, answers: &Answers, facts: &mut Facts) {
    for table in tables(schema, database) {
        Says { database, table, answers, facts }.table();
    }
    for found in schema.objects.iter().filter(|object| is_in(object.database.as_deref(), database)) {
        object(found, database, facts);
    }
}

/// Views, routines and events by name; of a trigger, when it fires.
fn object(object: &Object, database: &str, facts: &mut Facts) {
    let part = Part::Object(object.kind.word());
    let subject = Subject { database: database.to_owned(), name: object.name.clone(), part };
    facts.is(&subject);
    if let ObjectKind::Trigger(trigger) = &object.kind {
        facts.say(&subject, "table", trigger.table.name.clone());
        facts.say(
            &subject,
            "timing",
            match trigger.timing {
                Timing::Before => "before",
                Timing::After => "after",
            },
        );
        facts.say(
            &subject,
            "event",
            match trigger.event {
                TriggerEvent::Insert => "insert",
                TriggerEvent::Update => "update",
                TriggerEvent::Delete => "delete",
            },
        );
    }
}

struct Says<'a> {
    database: &'a str,
    table: &'a Table,
    answers: &'a Answers,
    facts: &'a mut Facts,
}

impl Says<'_> {
    fn subject(&self, part: Part) -> Subject {
        Subject { database: self.database.to_owned(), name: self.table.name.clone(), part }
    }

    fn answer(&self, role: Role, sql: &str) -> String {
        let expression = Expression { role, sql: sql.to_owned() };
        self.answers.text(self.database, &self.table.name, &expression)
    }

    fn table(&mut self) {
        let table = self.table;
        let subject = self.subject(Part::Table);
        self.facts.is(&subject);
        self.facts.say(&subject, "collation", table.collation.clone());
        self.facts.say(&subject, "comment", table.comment.clone().unwrap_or_default());
        let partitioned = table.notes.iter().any(|note| note.fact == Noted::Partitions);
        self.facts.say(&subject, "partitioned", yes(partitioned));
        for (position, column) in table.columns.iter().enumerate() {
            self.column(position, column);
        }
        // As a contract records them: what it lacks would be missing here.
        let source = table.source();
        if !source.primary_key.is_empty() {
            self.key("PRIMARY", "plain", true, &source.primary_key);
        }
        let plain = [(&source.unique, "plain", true), (&source.indexes, "plain", false)];
        let other = [(&source.fulltext, "fulltext", false), (&source.spatial, "spatial", false)];
        for (keys, kind, unique) in plain.into_iter().chain(other) {
            for key in keys {
                self.key(&key.name, kind, unique, &key.parts);
            }
        }
        for key in &table.foreign_keys {
            self.foreign_key(key);
        }
        for check in &table.checks {
            let subject = self.subject(Part::Check(self.answer(Role::Check, &check.source.expression)));
            self.facts.is(&subject);
            self.facts.say(&subject, "name", check.source.name.clone());
        }
    }

    fn column(&mut self, position: usize, own: &Column) {
        let column = &own.source;
        let subject = self.subject(Part::Column(column.name.clone()));
        let default = self.default(column);
        let generated =
            column.generated.as_ref().map(|sql| self.answer(Role::Generated(column.name.clone()), sql));
        let facts = &mut *self.facts;
        facts.is(&subject);
        facts.say(&subject, "position", (position + 1).to_string());
        column_type(&subject, &column.ty, facts);
        let digits = own.notes.iter().find(|note| note.fact == Noted::FloatDigits);
        if let Some(note) = digits {
            facts.say(&subject, "digits", numbers(&note.text));
        }
        facts.say(&subject, "zerofill", yes(own.zerofill));
        facts.say(&subject, "nullable", yes(column.nullable));
        facts.say(&subject, "comment", own.comment.clone().unwrap_or_default());
        facts.say(&subject, "auto_increment", yes(column.auto_increment));
        facts.say(&subject, "invisible", yes(own.invisible));
        if let Some(action) = &column.on_update {
            facts.say(&subject, "on update", action.clone());
        }
        match generated {
            Some(expression) => {
                facts.say(&subject, "generated", expression);
                facts.say(&subject, "stored", yes(own.stored));
            }
            None => facts.say(&subject, "default", default),
        }
    }

    fn default(&self, column: &SourceColumn) -> String {
        match &column.default {
            Some(sql) => self.answer(Role::Default(column.name.clone()), sql),
            None if column.nullable => "NULL".to_owned(),
            None => "none".to_owned(),
        }
    }

    fn key(&mut self, name: &str, kind: &'static str, unique: bool, parts: &[KeyPart]) {
        let subject = self.subject(Part::Key(name.to_owned()));
        let ignored = self.table.key(name).is_some_and(|key| key.invisible);
        self.facts.is(&subject);
        self.facts.say(&subject, "unique", yes(unique));
        self.facts.say(&subject, "ignored", yes(ignored));
        self.facts.say(&subject, "kind", kind);
        let parts: Vec<String> = parts.iter().map(part).collect();
        self.facts.say(&subject, "parts", parts.join(", "));
    }

    fn foreign_key(&mut self, own: &ForeignKey) {
        let key = &own.source;
        let subject = self.subject(Part::ForeignKey(own.name.clone()));
        self.facts.is(&subject);
        let database = own.database.as_deref().unwrap_or(self.database);
        self.facts.say(&subject, "references", format!("{database}.{}", key.table));
        self.facts.say(&subject, "columns", key.columns.join(", "));
        self.facts.say(&subject, "referenced columns", key.references.join(", "));
        self.facts.say(&subject, "on delete", action(key.on_delete));
        self.facts.say(&subject, "on update", action(key.on_update));
    }
}

/// The numbers in a text for people.
fn numbers(text: &str) -> String {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    numbers.collect::<Vec<_>>().join(",")
}

fn part(part: &KeyPart) -> String {
    let what = match &part.what {
        Indexed::Column(name) => name.clone(),
        Indexed::Prefix(name, length) => format!("{name}({length})"),
        Indexed::Expression(sql) => format!("({sql})"),
    };
    format!("{what}{}", if part.descending { " desc" } else { "" })
}

const fn action(action: Action) -> &'static str {
    match action {
        Action::Restrict => "restrict",
        Action::Cascade => "cascade",
        Action::SetNull => "set null",
        Action::SetDefault => "set default",
    }
}

/// The type in pieces, so that each is compared for itself.
fn column_type(column: &Subject, ty: &SourceType, facts: &mut Facts) {
    let ty = match ty {
        SourceType::Known(ty) => ty,
        SourceType::Other(text) => {
            let name: String = text.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
            facts.say(column, "type", name);
            facts.say(column, "unsigned", "no");
            return;
        }
    };
    facts.say(column, "type", type_name(ty));
    let unsigned = match ty {
        MySqlType::Int { unsigned, .. }
        | MySqlType::Decimal { unsigned, .. }
        | MySqlType::Float { unsigned }
        | MySqlType::Double { unsigned } => *unsigned,
        _ => false,
    };
    facts.say(column, "unsigned", yes(unsigned));
    match ty {
        MySqlType::Int { display: Some(width), .. } => facts.say(column, "width", width.to_string()),
        MySqlType::Decimal { precision, scale, .. } => {
            facts.say(column, "precision", precision.to_string());
            facts.say(column, "scale", scale.to_string());
        }
        MySqlType::Bit { length } => facts.say(column, "length", length.to_string()),
        MySqlType::Char { length, .. }
        | MySqlType::VarChar { length, .. }
        | MySqlType::Binary { length }
        | MySqlType::VarBinary { length } => facts.say(column, "length", length.to_string()),
        MySqlType::Time { fsp } | MySqlType::DateTime { fsp } | MySqlType::Timestamp { fsp } => {
            facts.say(column, "precision", fsp.to_string());
        }
        MySqlType::Enum { members, .. } | MySqlType::Set { members, .. } => {
            facts.say(column, "members", member_list(members));
        }
        _ => {}
    }
    if let Some(collation) = ty.collation() {
        facts.say(column, "character set", collation.charset());
        facts.say(column, "collation", collation.name.to_string());
    }
}

fn member_list(members: &[Text]) -> String {
    let quoted: Vec<String> =
        members.iter().map(|member| format!("'{}'", member.replace('\'', "''"))).collect();
    quoted.join(",")
}

const fn type_name(ty: &MySqlType) -> &'static str {
    match ty {
        MySqlType::Int { size: IntSize::Tiny, .. } => "tinyint",
        MySqlType::Int { size: IntSize::Small, .. } => "smallint",
        MySqlType::Int { size: IntSize::Medium, .. } => "mediumint",
        MySqlType::Int { size: IntSize::Int, .. } => "int",
        MySqlType::Int { size: IntSize::Big, .. } => "bigint",
        MySqlType::Decimal { .. } => "decimal",
        MySqlType::Float { .. } => "float",
        MySqlType::Double { .. } => "double",
        MySqlType::Bit { .. } => "bit",
        MySqlType::Year => "year",
        MySqlType::Char { .. } => "char",
        MySqlType::VarChar { .. } => "varchar",
        MySqlType::Text { size: LobSize::Tiny, .. } => "tinytext",
        MySqlType::Text { size: LobSize::Normal, .. } => "text",
        MySqlType::Text { size: LobSize::Medium, .. } => "mediumtext",
        MySqlType::Text { size: LobSize::Long, .. } => "longtext",
        MySqlType::Binary { .. } => "binary",
        MySqlType::VarBinary { .. } => "varbinary",
        MySqlType::Blob { size: LobSize::Tiny } => "tinyblob",
        MySqlType::Blob { size: LobSize::Normal } => "blob",
        MySqlType::Blob { size: LobSize::Medium } => "mediumblob",
        MySqlType::Blob { size: LobSize::Long } => "longblob",
        MySqlType::Date => "date",
        MySqlType::Time { .. } => "time",
        MySqlType::DateTime { .. } => "datetime",
        MySqlType::Timestamp { .. } => "timestamp",
        MySqlType::Enum { .. } => "enum",
        MySqlType::Set { .. } => "set",
        MySqlType::Json => "json",
    }
}
