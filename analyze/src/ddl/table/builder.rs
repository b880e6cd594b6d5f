//! The entries of a CREATE TABLE, put together as a table.

use std::ops::Range;

use migratable_contract::diagnostic::Diagnostic;
use migratable_contract::source::{
    Action, ForeignKey, SourceCheck, SourceColumn, SourceTable, SourceType, parse_column,
};
use migratable_core::mysql::MySqlType;
use sqlparser::ast::{
    ColumnDef, ColumnOption, ForeignKeyConstraint, GeneratedExpressionMode, Ident, ReferentialAction,
    TableConstraint,
};

use super::{Context, Head};
use crate::ddl::element::{self, ColumnElement, Element, KeyElement};
use crate::ddl::keys::{self, Gathered, Role};
use crate::ddl::lexer::{Tok, Tokens};
use crate::ddl::problem::Refusal;
use crate::ddl::schema::{
    CheckFacts, ColumnFacts, Fact, ForeignKeyFacts, KeyKind, Note, Subject, Table, same_name,
};

/// Puts a table together, entry by entry.
pub(super) struct Builder<'a> {
    table: Table,
    keys: Vec<Gathered>,
    /// Names that checks have, or will have further down, in lower case.
    check_names: Vec<String>,
    context: Context<'a>,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    pub(super) fn new(
        head: &Head,
        tokens: &[Tok],
        collation: String,
        context: Context<'a>,
        out: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let source = SourceTable {
            name: head.name.clone(),
            columns: Vec::new(),
            primary_key: Vec::new(),
            unique: Vec::new(),
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
        };
        let table = Table {
            source,
            place: context.report.place(head.name_range.clone()),
            statement: context.report.place(tokens.whole().unwrap_or_default()),
            database: head.database.clone(),
            collation,
            comment: None,
            columns: Vec::new(),
            primary_key: None,
            unique: Vec::new(),
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
            notes: Vec::new(),
        };
        Self { table, keys: Vec::new(), check_names: Vec::new(), context, out }
    }

    /// The parser keeps columns and constraints apart, each in order; the entries say how they were mixed.
    pub(super) fn elements(
        &mut self,
        elements: Vec<(Element, &[Tok])>,
        columns: Vec<ColumnDef>,
        constraints: Vec<TableConstraint>,
    ) -> Result<(), Refusal> {
        self.check_names = check_names(&columns, &constraints);
        let (mut columns, mut constraints) = (columns.into_iter(), constraints.into_iter());
        for (element, tokens) in elements {
            let range = tokens.whole().unwrap_or_default();
            let lost = || Refusal::new("the parser reads this entry as something else", range.clone());
            match element {
                Element::Column(column) => {
                    self.column(&column, columns.next().ok_or_else(lost)?, range)?;
                }
                other => self.constraint(other, constraints.next().ok_or_else(lost)?, range)?,
            }
        }
        Ok(())
    }

    fn note(&mut self, subject: Subject, (fact, text, range): element::Remark) {
        let place = self.context.report.place(range);
        self.table.notes.push(Note { subject, fact, text, place });
    }

    fn column(
        &mut self,
        element: &ColumnElement,
        parsed: ColumnDef,
        range: Range<usize>,
    ) -> Result<(), Refusal> {
        let name = parsed.name.value;
        if self.table.column(&name).is_some() {
            return Err(Refusal::new(format!("it has two columns named `{name}`"), element.name.clone()));
        }
        let type_range = element.written.range.clone();
        let resolved =
            element.written.resolve(&element.attributes, &self.table.collation, self.context.server)?;
        if let (true, SourceType::Other(ty)) = (resolved.unknown, &resolved.ty) {
            self.out.push(self.context.report.unknown_type(&name, ty, type_range.clone()));
        }
        for (fact, text) in resolved.notes {
            self.note(Subject::Column(name.clone()), (fact, text, type_range.clone()));
        }
        for remark in &element.remarks {
            self.note(Subject::Column(name.clone()), remark.clone());
        }
        let serial = resolved.serial || element.serial;
        let mut column = SourceColumn {
            name: name.clone(),
            ty: resolved.ty,
            nullable: !serial,
            auto_increment: serial,
            default: element.default.clone(),
            on_update: element.on_update.clone(),
            generated: element.generated.clone(),
        };
        let facts = ColumnFacts {
            place: self.context.report.place(element.name.clone()),
            definition: self.context.report.place(range.clone()),
            declared_boolean: resolved.boolean,
            zerofill: element.attributes.zerofill,
            stored: false,
            invisible: element.invisible,
            comment: element.comment.clone(),
        };
        let key_range = element.key.clone().unwrap_or_else(|| element.name.clone());
        let primary = parsed.options.iter().any(|def| matches!(def.option, ColumnOption::PrimaryKey(_)));
        if serial && !(primary && self.context.server.is_mariadb()) {
            self.keys.push(Gathered::of_column(Role::Unique, &name, key_range.clone()));
        }
        let explicit =
            parsed.options.iter().any(|def| matches!(def.option, ColumnOption::Null | ColumnOption::NotNull));
        self.table.columns.push(facts);
        let mut checks = element.checks.iter();
        for def in parsed.options {
            match def.option {
                ColumnOption::Null => column.nullable = true,
                ColumnOption::NotNull => column.nullable = false,
                ColumnOption::PrimaryKey(_) => {
                    self.keys.push(Gathered::of_column(Role::Primary, &name, key_range.clone()));
                }
                // MariaDB makes no second key of what is the primary key already.
                ColumnOption::Unique(_) if primary && self.context.server.is_mariadb() => {}
                ColumnOption::Unique(_) => {
                    self.keys.push(Gathered::of_column(Role::Unique, &name, key_range.clone()));
                }
                // The one option of MySQL that the parser gives as bare words.
                ColumnOption::DialectSpecific(_) => column.auto_increment = true,
                ColumnOption::Generated { generation_expr_mode, .. } => {
                    self.generation(&name, generation_expr_mode.as_ref(), element.name.clone());
                }
                ColumnOption::Check(check) => {
                    if let Some((expression, place)) = checks.next() {
                        let name = def.name.as_ref().map(|name| name.value.clone());
                        let enforced = check.enforced != Some(false);
                        self.check(name, Some(&column.name), expression.clone(), enforced, place.clone())?;
                    }
                }
                ColumnOption::ForeignKey(key) => {
                    let place = element.references.clone().unwrap_or_else(|| range.clone());
                    self.inline_references(&name, key, def.name, place)?;
                }
                _ => return Err(Refusal::new("it has an option that is not known here", range)),
            }
        }
        if !explicit {
            self.timestamp(&mut column);
        }
        // Values that the server numbers are never NULL.
        column.nullable &= !column.auto_increment;
        // What a contract's text refuses (a text that counts, a generated column with a default), servers refuse, too.
        if let Err(error) = parse_column(&column.to_string()) {
            return Err(Refusal::new(error.message, range));
        }
        self.table.source.columns.push(column);
        Ok(())
    }

    /// Before `explicit_defaults_for_timestamp`, TIMESTAMP columns are NOT NULL unless they say NULL, the first one
    /// is set with each write, and the others start at zero.
    fn timestamp(&mut self, column: &mut SourceColumn) {
        let SourceType::Known(MySqlType::Timestamp { fsp }) = column.ty else { return };
        if self.context.server.plain_timestamps() {
            return;
        }
        column.nullable = false;
        if column.default.is_some() || column.on_update.is_some() || column.generated.is_some() {
            return;
        }
        let timestamp =
            |column: &SourceColumn| matches!(column.ty, SourceType::Known(MySqlType::Timestamp { .. }));
        if self.table.source.columns.iter().any(timestamp) {
            column.default = Some("'0000-00-00 00:00:00'".to_owned());
        } else {
            let now =
                if fsp == 0 { "current_timestamp".to_owned() } else { format!("current_timestamp({fsp})") };
            column.default = Some(now.clone());
            column.on_update = Some(now);
        }
    }

    fn generation(&mut self, column: &str, mode: Option<&GeneratedExpressionMode>, range: Range<usize>) {
        let stored = mode == Some(&GeneratedExpressionMode::Stored);
        if let Some(facts) = self.table.columns.last_mut() {
            facts.stored = stored;
        }
        let text = if stored { "STORED" } else { "VIRTUAL" };
        self.note(Subject::Column(column.to_owned()), (Fact::Generation, text.to_owned(), range));
    }

    fn constraint(
        &mut self,
        element: Element,
        parsed: TableConstraint,
        range: Range<usize>,
    ) -> Result<(), Refusal> {
        let text = |name: Option<Ident>| name.map(|name| name.value);
        match (element, parsed) {
            (Element::Key(key), TableConstraint::PrimaryKey(_)) => self.key(Role::Primary, None, key, range),
            (Element::Key(key), TableConstraint::Unique(unique)) => {
                self.key(Role::Unique, text(unique.index_name).or_else(|| text(unique.name)), key, range);
            }
            (Element::Key(key), TableConstraint::Index(index)) => {
                self.key(Role::Index(KeyKind::Plain), text(index.name), key, range);
            }
            (Element::Key(key), TableConstraint::FulltextOrSpatial(index)) => {
                let kind = if index.fulltext { KeyKind::FullText } else { KeyKind::Spatial };
                self.key(Role::Index(kind), text(index.opt_index_name), key, range);
            }
            (Element::Check { expression }, TableConstraint::Check(check)) => {
                let enforced = check.enforced != Some(false);
                self.check(text(check.name), None, expression, enforced, range)?;
            }
            (Element::ForeignKey, TableConstraint::ForeignKey(key)) => {
                let columns = key.columns.iter().map(|column| column.value.clone()).collect();
                let name = text(key.name.clone());
                self.foreign_key(columns, &key, name, range)?;
            }
            _ => return Err(Refusal::new("the parser reads this entry as something else", range)),
        }
        Ok(())
    }

    fn key(&mut self, role: Role, name: Option<String>, key: KeyElement, range: Range<usize>) {
        let KeyElement { parts, invisible, remarks } = key;
        self.keys.push(Gathered { role, name, parts, invisible, remarks, range });
    }

    /// A name that no other check has, for one that is given none. MySQL numbers these through the table; MariaDB calls
    /// a column's check like the column, beside which a constraint may have the same name.
    fn check_name(&mut self, column: Option<&str>) -> String {
        let table = &self.table.source.name;
        let numbered = |number: u64| match (self.context.server.is_mariadb(), column) {
            (true, Some(column)) if number == 1 => column.to_owned(),
            (true, Some(column)) => format!("{column}_{number}"),
            (true, None) => format!("CONSTRAINT_{number}"),
            (false, _) => format!("{table}_chk_{number}"),
        };
        let free = |name: &String| !self.check_names.contains(&name.to_lowercase());
        let name = (1..).map(numbered).find(free).unwrap_or_default();
        self.check_names.push(name.to_lowercase());
        name
    }

    fn check(
        &mut self,
        name: Option<String>,
        column: Option<&str>,
        expression: String,
        enforced: bool,
        range: Range<usize>,
    ) -> Result<(), Refusal> {
        let name = match name {
            Some(name) if self.table.source.checks.iter().any(|other| same_name(&other.name, &name)) => {
                return Err(Refusal::new(format!("it has two checks named `{name}`"), range));
            }
            Some(name) => name,
            None => self.check_name(column),
        };
        if !self.context.server.has_checks() {
            self.note(
                Subject::Check(name),
                (Fact::ReadOver, format!("CHECK ({expression}) is read over"), range),
            );
            return Ok(());
        }
        if !enforced {
            self.note(
                Subject::Check(name.clone()),
                (Fact::NotEnforced, "NOT ENFORCED".to_owned(), range.clone()),
            );
        }
        self.table.checks.push(CheckFacts { place: self.context.report.place(range), enforced });
        self.table.source.checks.push(SourceCheck { name, expression });
        Ok(())
    }

    fn inline_references(
        &mut self,
        column: &str,
        key: ForeignKeyConstraint,
        name: Option<Ident>,
        range: Range<usize>,
    ) -> Result<(), Refusal> {
        if !self.context.server.honours_inline_references() {
            self.out.push(self.context.report.inline_references(column, self.context.server, range));
            return Ok(());
        }
        self.foreign_key(vec![column.to_owned()], &key, name.map(|name| name.value), range)
    }

    fn foreign_key(
        &mut self,
        columns: Vec<String>,
        key: &ForeignKeyConstraint,
        name: Option<String>,
        range: Range<usize>,
    ) -> Result<(), Refusal> {
        let names: Vec<String> = key
            .foreign_table
            .0
            .iter()
            .filter_map(|part| part.as_ident())
            .map(|ident| ident.value.clone())
            .collect();
        let Some((table, database)) = names.split_last() else {
            return Err(Refusal::new("a foreign key names no table", range));
        };
        let references: Vec<String> =
            key.referred_columns.iter().map(|column| column.value.clone()).collect();
        if references.len() != columns.len() {
            return Err(Refusal::new(
                "a foreign key names as many columns of one table as of the other",
                range,
            ));
        }
        let database = database.first().filter(|name| self.table.database.as_ref() != Some(*name)).cloned();
        if let Some(kind) = &key.match_kind {
            self.note(Subject::ForeignKey(columns.clone()), (Fact::Match, kind.to_string(), range.clone()));
        }
        self.table.foreign_keys.push(ForeignKeyFacts {
            place: self.context.report.place(range),
            name,
            database,
        });
        self.table.source.foreign_keys.push(ForeignKey {
            columns,
            table: table.clone(),
            references,
            on_delete: action(key.on_delete.as_ref()),
            on_update: action(key.on_update.as_ref()),
        });
        Ok(())
    }

    /// What can only be said once all columns are known.
    pub(super) fn finish(mut self) -> Result<Table, Refusal> {
        if self.table.source.columns.is_empty() {
            return Err(Refusal::new("it has no columns", self.table.place.range));
        }
        keys::add(&mut self.table, self.keys, self.context.report, self.out)?;
        let columns = &mut self.table.source.columns;
        for column in columns.iter_mut() {
            if self.table.source.primary_key.contains(&column.name) {
                column.nullable = false;
            }
        }
        for (key, facts) in self.table.source.foreign_keys.iter_mut().zip(&self.table.foreign_keys) {
            for name in &mut key.columns {
                let Some(column) = columns.iter().find(|column| same_name(&column.name, name)) else {
                    let reason = format!("a foreign key names `{name}`, which is no column of it");
                    return Err(Refusal::new(reason, facts.place.range.clone()));
                };
                name.clone_from(&column.name);
            }
        }
        self.table.notes.sort_by_key(|note| note.place.range.start);
        Ok(self.table)
    }
}

/// The names that checks are given, in lower case.
fn check_names(columns: &[ColumnDef], constraints: &[TableConstraint]) -> Vec<String> {
    let options = columns.iter().flat_map(|column| &column.options);
    let of_columns = options.filter_map(|def| match &def.option {
        ColumnOption::Check(_) => def.name.as_ref(),
        _ => None,
    });
    let of_table = constraints.iter().filter_map(|constraint| match constraint {
        TableConstraint::Check(check) => check.name.as_ref(),
        _ => None,
    });
    of_columns.chain(of_table).map(|name| name.value.to_lowercase()).collect()
}

fn action(action: Option<&ReferentialAction>) -> Action {
    match action {
        None | Some(ReferentialAction::NoAction | ReferentialAction::Restrict) => Action::Restrict,
        Some(ReferentialAction::Cascade) => Action::Cascade,
        Some(ReferentialAction::SetNull) => Action::SetNull,
        Some(ReferentialAction::SetDefault) => Action::SetDefault,
    }
}
