//! One entry of a table, from the parser's words to ours. It knows nothing yet of the table it will be part of, so that
//! CREATE TABLE and ALTER TABLE read theirs alike.

use std::ops::Range;

use migratable_contract::diagnostic::{Diagnostic, Place};
use migratable_contract::source::{self, Action, SourceCheck, SourceColumn, SourceType, parse_column};
use sqlparser::ast::{
    ColumnDef, ColumnOption, ForeignKeyConstraint, GeneratedExpressionMode, Ident, ReferentialAction,
    TableConstraint,
};

use super::Context;
use crate::ddl::element::{self, ColumnElement, Element, KeyElement};
use crate::ddl::keys::NewKey;
use crate::ddl::problem::Refusal;
use crate::ddl::schema::{Check, Column, Fact, ForeignKey, KeyKind, Note};

/// An entry: its names are as written, and what has none is not named yet.
#[derive(Debug)]
pub(in crate::ddl) enum Entry {
    Column(Box<NewColumn>),
    Key(NewKey),
    Check(NewCheck),
    ForeignKey(NewForeignKey),
}

/// A column with what is written behind it.
#[derive(Debug)]
pub(in crate::ddl) struct NewColumn {
    pub(in crate::ddl) column: Column,
    /// Whether NULL or NOT NULL is written.
    pub(in crate::ddl) explicit: bool,
    pub(in crate::ddl) keys: Vec<NewKey>,
    pub(in crate::ddl) checks: Vec<NewCheck>,
    pub(in crate::ddl) foreign_keys: Vec<NewForeignKey>,
}

/// A check that may have no name yet.
#[derive(Debug)]
pub(in crate::ddl) struct NewCheck {
    pub(in crate::ddl) name: Option<String>,
    /// Its own name is empty where `name` is.
    pub(in crate::ddl) check: Check,
}

/// A foreign key that may have no name yet.
#[derive(Debug)]
pub(in crate::ddl) struct NewForeignKey {
    pub(in crate::ddl) name: Option<String>,
    /// What the key under it is to be called.
    pub(in crate::ddl) index: Option<String>,
    /// Its own name is empty where `name` is.
    pub(in crate::ddl) key: ForeignKey,
}

/// Reads entries, and says what will surprise in them.
pub(super) struct EntryReader<'a> {
    pub(super) context: Context<'a>,
    /// The collation of text columns that name none.
    pub(super) collation: &'a str,
    pub(super) out: &'a mut Vec<Diagnostic>,
}

impl EntryReader<'_> {
    pub(super) fn constraint(
        &mut self,
        element: Element,
        parsed: TableConstraint,
        range: Range<usize>,
    ) -> Result<Entry, Refusal> {
        let text = |name: Option<Ident>| name.map(|name| name.value);
        Ok(match (element, parsed) {
            (Element::Key(key), TableConstraint::PrimaryKey(_)) => {
                Entry::Key(self.key(KeyKind::Primary, None, key, range))
            }
            (Element::Key(key), TableConstraint::Unique(unique)) => {
                let name = text(unique.index_name).or_else(|| text(unique.name));
                Entry::Key(self.key(KeyKind::Unique, name, key, range))
            }
            (Element::Key(key), TableConstraint::Index(index)) => {
                Entry::Key(self.key(KeyKind::Plain, text(index.name), key, range))
            }
            (Element::Key(key), TableConstraint::FulltextOrSpatial(index)) => {
                let kind = if index.fulltext { KeyKind::FullText } else { KeyKind::Spatial };
                Entry::Key(self.key(kind, text(index.opt_index_name), key, range))
            }
            (Element::Check { expression }, TableConstraint::Check(check)) => {
                let enforced = check.enforced != Some(false);
                Entry::Check(self.check(text(check.name), expression, enforced, range))
            }
            (Element::ForeignKey, TableConstraint::ForeignKey(key)) => {
                let columns = key.columns.iter().map(|column| column.value.clone()).collect();
                Entry::ForeignKey(self.foreign_key(columns, &key, key.name.as_ref(), range)?)
            }
            _ => return Err(Refusal::new("the parser reads this entry as something else", range)),
        })
    }

    pub(super) fn column(
        &mut self,
        element: &ColumnElement,
        parsed: ColumnDef,
        range: Range<usize>,
    ) -> Result<NewColumn, Refusal> {
        let name = parsed.name.value;
        let server = self.context.server;
        let is_primary =
            |def: &sqlparser::ast::ColumnOptionDef| matches!(def.option, ColumnOption::PrimaryKey(_));
        let primary = parsed.options.iter().any(is_primary);
        let (column, serial) = self.plain_column(&name, element, range.clone())?;
        let mut new = NewColumn {
            column,
            explicit: false,
            keys: Vec::new(),
            checks: Vec::new(),
            foreign_keys: Vec::new(),
        };
        let key_place = self.place(element.key.clone().unwrap_or_else(|| element.name.clone()));
        let key_over = |kind| NewKey::of_column(kind, &name, key_place.clone());
        if serial && !(primary && server.is_mariadb()) {
            new.keys.push(key_over(KeyKind::Unique));
        }
        let mut checks = element.checks.iter();
        for def in parsed.options {
            match def.option {
                option @ (ColumnOption::Null | ColumnOption::NotNull) => {
                    new.explicit = true;
                    new.column.source.nullable = option == ColumnOption::Null;
                }
                ColumnOption::PrimaryKey(_) => new.keys.push(key_over(KeyKind::Primary)),
                // MariaDB makes no second key of what is the primary key already.
                ColumnOption::Unique(_) if primary && server.is_mariadb() => {}
                ColumnOption::Unique(_) => new.keys.push(key_over(KeyKind::Unique)),
                // The one option of MySQL that the parser gives as bare words.
                ColumnOption::DialectSpecific(_) => new.column.source.auto_increment = true,
                ColumnOption::Generated { generation_expr_mode, .. } => {
                    self.generation(&mut new.column, generation_expr_mode.as_ref(), element.name.clone());
                }
                ColumnOption::Check(check) => {
                    if let Some((expression, place)) = checks.next() {
                        let enforced = check.enforced != Some(false);
                        let name = def.name.map(|name| name.value);
                        new.checks.push(self.check(name, expression.clone(), enforced, place.clone()));
                    }
                }
                ColumnOption::ForeignKey(key) => {
                    let place = element.references.clone().unwrap_or_else(|| range.clone());
                    new.foreign_keys.extend(self.inline_references(&name, &key, def.name.as_ref(), place)?);
                }
                _ => return Err(Refusal::new("it has an option that is not known here", range)),
            }
        }
        // Values that the server numbers are never NULL.
        new.column.source.nullable &= !new.column.source.auto_increment;
        // What a contract's text refuses (a text that counts, a generated column with a default), servers refuse, too.
        if let Err(error) = parse_column(&new.column.source.to_string()) {
            return Err(Refusal::new(error.message, range));
        }
        Ok(new)
    }

    /// The column without what the parser says of it, and whether it is SERIAL.
    fn plain_column(
        &mut self,
        name: &str,
        element: &ColumnElement,
        range: Range<usize>,
    ) -> Result<(Column, bool), Refusal> {
        let type_range = element.written.range.clone();
        let resolved = element.written.resolve(&element.attributes, self.collation, self.context.server)?;
        if let (true, SourceType::Other(ty)) = (resolved.unknown, &resolved.ty) {
            self.out.push(self.context.report.unknown_type(name, ty, type_range.clone()));
        }
        let of_type = resolved.notes.into_iter().map(|(fact, text)| (fact, text, type_range.clone()));
        let notes = of_type.chain(element.remarks.iter().cloned());
        let serial = resolved.serial || element.serial;
        let source = SourceColumn {
            name: name.to_owned(),
            ty: resolved.ty,
            nullable: !serial,
            auto_increment: serial,
            default: element.default.clone(),
            on_update: element.on_update.clone(),
            generated: element.generated.clone(),
        };
        let column = Column {
            source,
            place: self.place(element.name.clone()),
            definition: self.place(range),
            declared_boolean: resolved.boolean,
            zerofill: element.attributes.zerofill,
            stored: false,
            invisible: element.invisible,
            comment: element.comment.clone(),
            notes: notes.map(|remark| self.note(remark)).collect(),
        };
        Ok((column, serial))
    }

    fn place(&self, range: Range<usize>) -> Place {
        self.context.report.place(range)
    }

    fn note(&self, remark: element::Remark) -> Note {
        self.context.note(remark)
    }

    fn generation(&self, column: &mut Column, mode: Option<&GeneratedExpressionMode>, range: Range<usize>) {
        column.stored = mode == Some(&GeneratedExpressionMode::Stored);
        let text = if column.stored { "STORED" } else { "VIRTUAL" };
        column.notes.push(self.note((Fact::Generation, text.to_owned(), range)));
    }

    fn key(&self, kind: KeyKind, name: Option<String>, key: KeyElement, range: Range<usize>) -> NewKey {
        let KeyElement { parts, invisible, remarks } = key;
        let parts: Vec<_> = parts.into_iter().map(|(part, range)| (part, self.place(range))).collect();
        let remarks = remarks.into_iter().map(|remark| self.note(remark)).collect();
        NewKey { kind, name, parts, invisible, generated: false, place: self.place(range), remarks }
    }

    fn check(
        &self,
        name: Option<String>,
        expression: String,
        enforced: bool,
        range: Range<usize>,
    ) -> NewCheck {
        let mut notes = Vec::new();
        if !enforced {
            notes.push(self.note((Fact::NotEnforced, "NOT ENFORCED".to_owned(), range.clone())));
        }
        let source = SourceCheck { name: name.clone().unwrap_or_default(), expression };
        NewCheck { name, check: Check { source, place: self.place(range), enforced, column: None, notes } }
    }

    fn inline_references(
        &mut self,
        column: &str,
        key: &ForeignKeyConstraint,
        name: Option<&Ident>,
        range: Range<usize>,
    ) -> Result<Option<NewForeignKey>, Refusal> {
        if !self.context.server.honours_inline_references() {
            self.out.push(self.context.report.inline_references(column, self.context.server, range));
            return Ok(None);
        }
        self.foreign_key(vec![column.to_owned()], key, name, range).map(Some)
    }

    fn foreign_key(
        &self,
        columns: Vec<String>,
        key: &ForeignKeyConstraint,
        name: Option<&Ident>,
        range: Range<usize>,
    ) -> Result<NewForeignKey, Refusal> {
        let parts = key.foreign_table.0.iter().filter_map(|part| part.as_ident());
        let names: Vec<String> = parts.map(|ident| ident.value.clone()).collect();
        let Some((table, database)) = names.split_last() else {
            return Err(Refusal::new("a foreign key names no table", range));
        };
        let references: Vec<String> =
            key.referred_columns.iter().map(|column| column.value.clone()).collect();
        let matching = key.match_kind.as_ref();
        let notes = matching
            .map(|kind| self.note((Fact::Match, kind.to_string(), range.clone())))
            .into_iter()
            .collect();
        let source = source::ForeignKey {
            columns,
            table: table.clone(),
            references,
            on_delete: action(key.on_delete.as_ref()),
            on_update: action(key.on_update.as_ref()),
        };
        let text = |name: Option<&Ident>| name.map(|name| name.value.clone());
        let name = text(name);
        let index = name.clone().or_else(|| text(key.index_name.as_ref()));
        let name = if self.context.server.names_foreign_keys_by_index() { index.clone() } else { name };
        let database = database.first().cloned();
        let own = name.clone().unwrap_or_default();
        let key = ForeignKey { source, place: self.place(range), name: own, database, notes };
        Ok(NewForeignKey { name, index, key })
    }
}

fn action(action: Option<&ReferentialAction>) -> Action {
    match action {
        None | Some(ReferentialAction::NoAction | ReferentialAction::Restrict) => Action::Restrict,
        Some(ReferentialAction::Cascade) => Action::Cascade,
        Some(ReferentialAction::SetNull) => Action::SetNull,
        Some(ReferentialAction::SetDefault) => Action::SetDefault,
    }
}
