//! From an attribute of the format to where its value comes from.

use migratable_analyze::sql::{ColumnName, Expression, Form, Part};
use migratable_contract::codes;
use migratable_contract::diagnostic::{Diagnostic, suggest};
use migratable_contract::source::SourceTable;

use super::draft::{Piece, Template, Value};
use super::format::strftime;
use super::join::{Asked, Joins, Names, Said, resolve, unknown_column};
use super::model::{Attribute, Entity, Hop, Join, Spot, Text, Transformation, TransformationKind};
use super::source::{Path, Position};

/// Works out the values of one entity.
pub(super) struct Mapper<'m, 's> {
    pub(super) joins: &'m mut Joins<'s>,
    pub(super) root: Position<'s>,
    pub(super) entity: &'m Entity,
    pub(super) findings: &'m mut Vec<Diagnostic>,
}

impl<'s> Mapper<'_, 's> {
    /// An attribute's value; where there is none, it was said why.
    pub(super) fn value(&mut self, attribute: &Attribute) -> Option<Value<'s>> {
        let base = match (&attribute.join, &attribute.calculation) {
            (Some(join), Some(calculation)) => {
                self.findings.push(
                    Diagnostic::error(
                        codes::IMPORT_CONTRADICTION,
                        format!("`{}` is joined and calculated at once", attribute.name.value),
                    )
                    .label(calculation.place.clone(), "two sources of one value")
                    .label(join.place.clone(), "the other one")
                    .help("keep one of `join` and `calculation`"),
                );
                return None;
            }
            (Some(join), None) => Some(self.join(attribute, join)?),
            (None, Some(calculation)) => Some(self.calculation(attribute, calculation)?),
            (None, None) if is_text_format(attribute) => None,
            (None, None) => Some(self.plain(attribute)?),
        };
        match (&attribute.transformation, base) {
            (Some(transformation), base) => self.transformed(attribute, transformation, base),
            (None, base) => base,
        }
    }

    /// A column's value as it is.
    fn plain(&mut self, attribute: &Attribute) -> Option<Value<'s>> {
        let [column] = &attribute.source_columns[..] else {
            let (message, label) = match attribute.source_columns.is_empty() {
                true => ("names no column".to_owned(), "of which column?"),
                false => {
                    ("names several columns, and nothing puts them together".to_owned(), "of one column only")
                }
            };
            self.findings.push(
                Diagnostic::error(
                    codes::IMPORT_MISSING_FIELD,
                    format!("`{}` {message}", attribute.name.value),
                )
                .label(attribute.name.place.clone(), label)
                .help("say in `source_column` which column's value it is"),
            );
            return None;
        };
        let from = self.position_of(attribute)?;
        match from.column(&column.value) {
            Some(path) => Some(Value::Path { path, when_null: None }),
            None => {
                self.findings.push(unknown_column(column, from.table, &column.value));
                None
            }
        }
    }

    /// The row that an attribute's `source_table` means: the entity's own, or one that a foreign key leads to.
    fn position_of(&mut self, attribute: &Attribute) -> Option<Position<'s>> {
        let Some(said) = &attribute.source_table else { return Some(self.root.clone()) };
        let table = self.joins.table(said, self.findings)?;
        if std::ptr::eq(table, self.root.table) {
            return Some(self.root.clone());
        }
        let root = self.root.table;
        let keys = root.foreign_keys.iter().filter(|key| key.table == table.name);
        let ways: Vec<Position<'s>> = keys.filter_map(|key| self.root.by_key(key, table)).collect();
        let message =
            format!("`{}` is of `{}`, and this entity of `{}`", attribute.name.value, table.name, root.name);
        let found = |severity: fn(_, String) -> Diagnostic| {
            severity(codes::IMPORT_OTHER_TABLE, message.clone())
                .label(said.place.clone(), "another table's column, without a join")
        };
        if let [way] = &ways[..] {
            let column = way.steps.join(".");
            self.findings.push(
                found(Diagnostic::warning)
                    .help(format!("nothing is to be done if it is what the foreign key in `{column}` leads to: so it is imported")),
            );
            return Some(way.clone());
        }
        self.findings.push(found(Diagnostic::error).help("say by a `join` which row of that table is meant"));
        None
    }

    fn join(&mut self, attribute: &Attribute, join: &Spot<Join>) -> Option<Value<'s>> {
        match &join.value {
            Join::Own { alias, condition, select, null_value } => {
                let target = self.own_target(join, alias, condition)?;
                let asked = Asked {
                    from: &self.root.clone(),
                    target,
                    conditions: &[condition],
                    alias: Some(alias),
                    many: false,
                };
                let there = self.reach(&asked)?;
                let names = [(vec![alias.value.as_str(), &target.name], &there)];
                let mut value = self.selected(select, &names, attribute)?;
                if let Some(null) = null_value.as_ref().filter(|null| !self.is_empty(null)) {
                    self.put_for_null(&mut value, null);
                }
                Some(value)
            }
            Join::ForeignKey(hop) => {
                let there = self.hop(&self.root.clone(), hop)?;
                self.selected(&hop.select, &[(vec![&there.table.name], &there)], attribute)
            }
            Join::MultiColumn { target, conditions, select } => {
                let table = self.joins.table(target, self.findings)?;
                let conditions: Vec<&Text> = conditions.iter().collect();
                let asked = Asked {
                    from: &self.root.clone(),
                    target: table,
                    conditions: &conditions,
                    alias: None,
                    many: false,
                };
                let there = self.reach(&asked)?;
                self.selected(select, &[(vec![&there.table.name], &there)], attribute)
            }
            Join::Conditional { when, hop, otherwise } => self.conditional(when, hop, otherwise, attribute),
            Join::Chain { separator, hops } => self.chain(join, separator.as_ref(), hops, attribute),
            Join::Json(construction) => self.construction(attribute, join, construction),
        }
    }

    /// The table that a self-join leads into: its own, unless the foreign key that it follows leads elsewhere.
    fn own_target(&mut self, join: &Spot<Join>, alias: &Text, condition: &Text) -> Option<&'s SourceTable> {
        let root = self.root.table;
        let Ok(Form::Join(equations)) = Expression::read(&condition.value).map(|read| read.form) else {
            // Whoever follows the condition says what is wrong with it.
            return Some(root);
        };
        let is_alias = |column: &ColumnName| column.table.as_deref() == Some(alias.value.as_str());
        let sides = equations.iter().find_map(|(left, right)| match (is_alias(left), is_alias(right)) {
            (true, false) => Some((right, left)),
            (false, true) => Some((left, right)),
            _ => None,
        });
        let Some((here, there)) = sides else { return Some(root) };
        let leads = |key: &&migratable_contract::source::ForeignKey| {
            matches!((&key.columns[..], &key.references[..]), ([from], [to])
                if from.eq_ignore_ascii_case(&here.name) && to.eq_ignore_ascii_case(&there.name))
        };
        let Some(key) = root.foreign_keys.iter().find(leads).filter(|key| key.table != root.name) else {
            return Some(root);
        };
        let message =
            format!("a self-join of `{}` that follows a foreign key into `{}`", root.name, key.table);
        self.findings.push(
            Diagnostic::warning(codes::IMPORT_JOIN_KIND, message)
                .label(join.place.clone(), "joins the table to itself")
                .label(condition.place.clone(), format!("`{}` points at `{}`", here.name, key.table))
                .help(format!(
                    "nothing is to be done if `{}` is meant: it is imported as `{}.…`",
                    key.table, here.name
                )),
        );
        self.joins.source.table(&key.table)
    }

    /// Follows one hop's condition.
    pub(super) fn hop(&mut self, from: &Position<'s>, hop: &Hop) -> Option<Position<'s>> {
        let target = self.joins.table(&hop.target, self.findings)?;
        self.reach(&Asked { from, target, conditions: &[&hop.condition], alias: None, many: false })
    }

    /// The row that conditions lead to.
    fn reach(&mut self, asked: &Asked<'_, 's>) -> Option<Position<'s>> {
        match self.joins.said(asked, self.findings)? {
            Said::Pairs(pairs) => self.joins.follow(asked, &pairs, self.findings),
            Said::Tautology => {
                self.tautology(asked, "it is imported as the row's own value");
                Some(asked.from.clone())
            }
        }
    }

    /// Says that a condition holds for every row.
    pub(super) fn tautology(&mut self, asked: &Asked<'_, 's>, mended: &str) {
        let Some(condition) = asked.conditions.first() else { return };
        self.findings.push(
            Diagnostic::warning(
                codes::IMPORT_JOIN_TAUTOLOGY,
                "the join's condition compares a column with itself",
            )
            .label(condition.place.clone(), "read as SQL, every row is joined with every row")
            .help(format!("nothing is to be done: {mended}")),
        );
    }

    /// What a `select_column` takes.
    pub(super) fn selected(
        &mut self,
        select: &Text,
        names: &Names<'_, 's>,
        attribute: &Attribute,
    ) -> Option<Value<'s>> {
        let template = self.template_of_sql(select, names)?;
        let value = match &template.0[..] {
            [Piece::Value(path, None)] => Value::Path { path: path.clone(), when_null: None },
            _ => Value::Text(template),
        };
        self.one_level(attribute, &value);
        Some(value)
    }

    /// A column, a literal or a CONCAT, as a template.
    pub(super) fn template_of_sql(&mut self, text: &Text, names: &Names<'_, 's>) -> Option<Template<'s>> {
        let read = match Expression::read(&text.value) {
            Ok(read) => read,
            Err(error) => {
                self.findings.push(no_value(text, &error.to_string()));
                return None;
            }
        };
        let parts = match read.form {
            Form::Column(column) => vec![Part::Column(column)],
            Form::Literal(text) => vec![Part::Literal(text)],
            Form::Concat(parts) => parts,
            _ => {
                self.findings
                    .push(no_value(text, "it is no column, no text in quotes and no CONCAT of these"));
                return None;
            }
        };
        let mut pieces = Vec::new();
        for part in parts {
            pieces.push(match part {
                Part::Literal(text) => Piece::Literal(text),
                Part::Column(column) => Piece::Value(self.path(&column, text, names)?, None),
            });
        }
        Some(Template(pieces))
    }

    /// The path of a column, or what is wrong with its name.
    pub(super) fn path(
        &mut self,
        column: &ColumnName,
        text: &Text,
        names: &Names<'_, 's>,
    ) -> Option<Path<'s>> {
        match resolve(column, names) {
            Ok(path) => Some(path),
            Err(why) => {
                self.findings.push(why.said(column, text));
                None
            }
        }
    }

    fn chain(
        &mut self,
        join: &Spot<Join>,
        separator: Option<&Text>,
        hops: &[Hop],
        attribute: &Attribute,
    ) -> Option<Value<'s>> {
        let mut at = self.root.clone();
        let mut values = Vec::new();
        for hop in hops {
            at = self.hop(&at, hop)?;
            values.push(self.template_of_sql(&hop.select, &[(vec![&at.table.name], &at)])?);
        }
        let Some(last) = values.last() else {
            self.findings.push(
                Diagnostic::error(codes::IMPORT_MISSING_FIELD, "a chain of no joins")
                    .label(join.place.clone(), "leads nowhere")
                    .help("add the steps to `joins`"),
            );
            return None;
        };
        let Some(separator) = separator else {
            let value = match &last.0[..] {
                [Piece::Value(path, None)] => Value::Path { path: path.clone(), when_null: None },
                _ => Value::Text(last.clone()),
            };
            self.one_level(attribute, &value);
            return Some(value);
        };
        let between = Piece::Literal(separator.value.clone());
        let parts: Vec<Vec<Piece<'s>>> = values.into_iter().map(|template| template.0).collect();
        Some(Value::Text(Template(parts.join(&between))))
    }

    fn put_for_null(&mut self, value: &mut Value<'s>, null: &Text) {
        match value {
            Value::Path { path, .. } if !path.nullable => {
                let path = path.clone();
                self.never_missing(&path, null);
            }
            Value::Path { path, when_null } if path.is_text() => *when_null = Some(null.value.clone()),
            Value::Path { path, .. } => {
                self.findings.push(
                    Diagnostic::error(
                        codes::IMPORT_TYPE,
                        format!("`{}` can't stand for NULL in `{}`", null.value, path.text()),
                    )
                    .label(null.place.clone(), "a text among values that are none")
                    .label_of_column(self, path)
                    .help("left out: the attribute is absent where the value is NULL"),
                );
            }
            _ => {
                self.findings.push(
                    Diagnostic::error(codes::IMPORT_TYPE, "a text of parts has no value for NULL here")
                        .label(null.place.clone(), "left out")
                        .help(
                            "the attribute is absent where a part is NULL; write a `case` into the contract",
                        ),
                );
            }
        }
    }

    /// Says that nothing has to stand for NULL, because there is none.
    pub(super) fn never_missing(&mut self, path: &Path<'s>, text: &Text) {
        self.findings.push(
            Diagnostic::warning(codes::IMPORT_NEVER_NULL, format!("`{}` is never NULL", path.text()))
                .label(text.place.clone(), "not used")
                .label_of_column(self, path)
                .help("nothing is to be done: the value is always there"),
        );
    }

    /// A name that promises a whole path, for one step's value.
    fn one_level(&mut self, attribute: &Attribute, value: &Value<'s>) {
        let Value::Path { path, .. } = value else { return };
        let why = attribute.justification.as_deref().unwrap_or_default().to_lowercase();
        let name = attribute.name.value.to_lowercase();
        let promises = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
        if path.is_own()
            || !promises(&["path", "breadcrumb"], &name) && !promises(&["hierarch", "recursive"], &why)
        {
            return;
        }
        let own = |key: &&migratable_contract::source::ForeignKey| {
            key.table == path.table.name && key.columns.len() == 1
        };
        let Some(tree) = path.table.foreign_keys.iter().find(own) else { return };
        let (parent, take) = (&tree.columns[0], &path.column.name);
        // From the row itself where it is one of the tree, else from what it points at.
        let within = std::ptr::eq(path.table, self.root.table);
        let start = if within { parent.clone() } else { format!("{}.{parent}", path.steps.join(".")) };
        let help =
            format!("if all of them are meant, write `{{ ancestors: {start}, take: {take}, join: \"/\" }}`");
        self.findings.push(
            Diagnostic::warning(
                codes::IMPORT_ONE_LEVEL,
                format!("`{}` holds one `{take}`, not the path that leads to it", attribute.name.value),
            )
            .label(attribute.name.place.clone(), format!("imported as `{}`", path.text()))
            .help(help),
        );
    }

    fn transformed(
        &mut self,
        attribute: &Attribute,
        transformation: &Spot<Transformation>,
        base: Option<Value<'s>>,
    ) -> Option<Value<'s>> {
        let Transformation { kind, format } = &transformation.value;
        match (kind, format) {
            (TransformationKind::String, Some(format)) => {
                self.template(format, base.as_ref()).map(Value::Text)
            }
            (TransformationKind::Date, Some(format)) => self.date(format, base?),
            (TransformationKind::String | TransformationKind::Date, None) => {
                self.findings.push(
                    Diagnostic::error(
                        codes::IMPORT_MISSING_FIELD,
                        format!("`{}` is to have a form, and none is said", attribute.name.value),
                    )
                    .label(transformation.place.clone(), "no `format`")
                    .help("add `format`, or delete the transformation"),
                );
                None
            }
            (TransformationKind::Number | TransformationKind::Json, _) => {
                let (message, help) = if *kind == TransformationKind::Number {
                    (
                        "a number has no form in DynamoDB",
                        "the number is carried as it is; where it is part of a key, its digits are padded so that it sorts",
                    )
                } else {
                    (
                        "JSON is carried as the text that MySQL has",
                        "the application parses it, as it does what MySQL gives",
                    )
                };
                self.findings.push(
                    Diagnostic::warning(codes::IMPORT_TRANSFORMATION, message)
                        .label(transformation.place.clone(), "left out")
                        .help(help),
                );
                base
            }
        }
    }

    fn date(&mut self, format: &Text, base: Value<'s>) -> Option<Value<'s>> {
        let error = |message: String, help: &str| {
            Diagnostic::error(codes::IMPORT_DATE_FORMAT, message)
                .label(format.place.clone(), "can't be carried")
                .help(help.to_owned())
        };
        let path = match base {
            Value::Path { path, when_null: None } if path.is_date() => path,
            _ => {
                self.findings.push(error(
                    "what is formatted as a date is none".to_owned(),
                    "format a DATE, DATETIME or TIMESTAMP column",
                ));
                return None;
            }
        };
        match strftime(&format.value) {
            Ok(format) => Some(Value::Date { path, format }),
            Err(letters) => {
                self.findings.push(error(
                    format!("`{letters}` in a format of dates is not known"),
                    "the letters are YYYY MM DD HH mm ss, or %Y %m %d %H %M %S",
                ));
                None
            }
        }
    }
}

fn is_text_format(attribute: &Attribute) -> bool {
    attribute.transformation.as_ref().is_some_and(|found| found.value.kind == TransformationKind::String)
}

/// What to say of SQL that is no value.
fn no_value(text: &Text, reason: &str) -> Diagnostic {
    Diagnostic::error(codes::IMPORT_SQL, format!("`{}` can't be used: {reason}", text.value))
        .label(text.place.clone(), "no value")
        .help("name a column, a text in quotes, or a CONCAT of these")
}

/// A label on the DDL, where it is known.
pub(super) trait LabelOfColumn {
    /// Labels the path's column.
    fn label_of_column(self, mapper: &Mapper<'_, '_>, path: &Path<'_>) -> Self;
}

impl LabelOfColumn for Diagnostic {
    fn label_of_column(self, mapper: &Mapper<'_, '_>, path: &Path<'_>) -> Self {
        match mapper.joins.source.place(path.table, &path.column.name) {
            Some(place) => self.label(place.clone(), "the column"),
            None => self,
        }
    }
}

/// The nearest of an entity's attributes and columns to a name.
pub(super) fn nearest<'a>(name: &str, mapper: &'a Mapper<'_, '_>) -> Option<&'a str> {
    let columns = mapper.root.table.columns.iter().map(|column| column.name.as_str());
    let attributes = mapper.entity.attributes.iter().map(|attribute| attribute.name.value.as_str());
    suggest(name, columns.chain(attributes))
}
