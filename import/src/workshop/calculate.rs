//! Conditionals, calculations and constructions: values that are more than one column's.

use migratable_analyze::sql::{ColumnName, Expression, Form, read_order};
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;
use migratable_contract::source::name_text;
use migratable_core::dynamodb::AttributeType;

use super::draft::{Case, Collect, Piece, Template, Value};
use super::join::{Asked, Children, Names, Said, resolve};
use super::model::{Attribute, Calculation, Construction, Function, Hop, Join, Spot, Text, Type};
use super::source::{Path, Position};
use super::spelling;
use super::value::Mapper;

impl<'s> Mapper<'_, 's> {
    /// `conditional`: one of two values.
    pub(super) fn conditional(
        &mut self,
        when: &Text,
        hop: &Hop,
        otherwise: &Text,
        attribute: &Attribute,
    ) -> Option<Value<'s>> {
        let there = self.hop(&self.root.clone(), hop)?;
        let root = self.root.clone();
        // Where a table is joined to itself, its bare name is the row's own.
        let names = [(vec![root.table.name.as_str()], &root), (vec![there.table.name.as_str()], &there)];
        let condition = self.condition(when, &names)?;
        let joined = [(vec![there.table.name.as_str()], &there), (vec![root.table.name.as_str()], &root)];
        let then = self.template_of_sql(&hop.select, &joined)?;
        if let [Piece::Literal(text)] = &then.0[..] {
            self.findings.push(
                Diagnostic::warning(
                    codes::IMPORT_ELSE_VALUE,
                    "`select_column` holds a text, where the format has a column",
                )
                .label(hop.select.place.clone(), format!("taken as the text `{text}`"))
                .help("nothing is to be done if the text is meant"),
            );
        }
        let empty = self.is_empty(otherwise);
        let otherwise = self.otherwise(otherwise, &joined)?;
        let (null, present) = match &condition.form {
            Form::IsNull(column) => (Some((column, &then)), &otherwise),
            Form::IsNotNull(column) => (Some((column, &otherwise)), &then),
            _ => (None, &otherwise),
        };
        if let (Some((tested, instead)), [Piece::Value(path, None)]) = (null, &present.0[..])
            && let [Piece::Literal(text)] = &instead.0[..]
            && self.is_null_with(path, tested, &names)
        {
            if !path.nullable {
                self.never_missing(path, when);
                return Some(Value::Path { path: path.clone(), when_null: None });
            }
            self.type_of_literal(attribute, text);
            let when_null = (!text.is_empty()).then(|| text.clone());
            if when_null.is_none() && !empty {
                self.is_empty(&hop.select);
            }
            return Some(Value::Path { path: path.clone(), when_null });
        }
        self.not_empty(&then, &hop.select)?;
        let cases = vec![condition.case(&names, then)?];
        Some(Value::Case { cases, otherwise: (!empty).then_some(otherwise) })
    }

    /// Whether a path is NULL exactly where a column is: it goes through that column, and ends in one that is NOT NULL.
    fn is_null_with(&self, path: &Path<'s>, tested: &ColumnName, names: &Names<'_, 's>) -> bool {
        let Ok(tested) = resolve(tested, names) else { return false };
        // What stands for NULL is said of paths that leave the row.
        match &path.steps[..] {
            [step] => {
                path.is_text() && tested.is_own() && *step == tested.column.name && !path.column.nullable
            }
            _ => false,
        }
    }

    /// A text that stands for NULL is a value among the column's own.
    fn type_of_literal(&mut self, attribute: &Attribute, text: &str) {
        if let Some(ty) = attribute.ty.as_ref().filter(|ty| ty.value != Type::Known(AttributeType::S)) {
            self.findings.push(
                Diagnostic::warning(
                    codes::IMPORT_TYPE,
                    format!(
                        "`{text}` is a text, and `{}` is of type `{}`",
                        attribute.name.value,
                        ty.value.name()
                    ),
                )
                .label(ty.place.clone(), "imported as S")
                .help("nothing is to be done if the attribute is text"),
            );
        }
    }

    /// Whether a text that stands for what isn't there is empty itself, which contracts say by saying nothing.
    pub(super) fn is_empty(&mut self, text: &Text) -> bool {
        let empty = ["", "''", "\"\""].contains(&text.value.trim());
        if empty {
            self.findings.push(
                Diagnostic::warning(codes::IMPORT_EMPTY_TEXT, "an empty text stands for what isn't there")
                    .label(text.place.clone(), "imported as nothing: the attribute is absent then")
                    .help("code that reads the attribute has to take its absence for the empty text"),
            );
        }
        empty
    }

    /// Refuses an empty text where a condition holds: absence stands for what no condition is of.
    fn not_empty(&mut self, template: &Template<'_>, text: &Text) -> Option<()> {
        if !template.text().is_empty() {
            return Some(());
        }
        self.findings.push(
            Diagnostic::error(codes::IMPORT_EMPTY_TEXT, "a condition's value is an empty text")
                .label(text.place.clone(), "contracts have no empty text here")
                .help("leave the condition out: the attribute is absent where none holds"),
        );
        None
    }

    /// `else_value`: by the format's pages a text; here and there a column.
    fn otherwise(&mut self, text: &Text, names: &Names<'_, 's>) -> Option<Template<'s>> {
        let read = Expression::read(&text.value).map(|read| read.form);
        let column = match read {
            Ok(Form::Literal(literal)) if text.value.starts_with(['\'', '"']) => {
                return Some(Template::literal(literal));
            }
            Ok(Form::Column(column)) if column.table.is_some() => column,
            _ => return Some(Template::literal(text.value.as_str())),
        };
        let path = match resolve(&column, names) {
            Ok(path) => Some(path),
            // An alias that nothing declares: the joined table's column of that name is meant.
            Err(_) => names.first().and_then(|(_, joined)| joined.column(&column.name)),
        };
        let found = Diagnostic::warning(
            codes::IMPORT_ELSE_VALUE,
            format!("`{}` is a text or a column, and the file doesn't say which", text.value),
        );
        let (found, template) = match path {
            Some(path) => {
                let found = found
                    .label(text.place.clone(), format!("imported as the column `{}`", path.text()))
                    .help(
                        "nothing is to be done if the column is meant; a text with a dot has to be in quotes",
                    );
                (found, Template::value(path))
            }
            None => {
                let found = found
                    .label(text.place.clone(), "imported as the text, because there is no such column")
                    .help("nothing is to be done if the text is meant");
                (found, Template::literal(text.value.as_str()))
            }
        };
        self.findings.push(found);
        Some(template)
    }

    /// A condition, with its names found.
    fn condition(&mut self, text: &Text, names: &Names<'_, 's>) -> Option<Condition> {
        match Expression::read(&text.value) {
            Ok(expression) => {
                for column in &expression.columns {
                    self.path(column, text, names)?;
                }
                Some(Condition { form: expression.form.clone(), expression })
            }
            Err(error) => {
                self.findings.push(no_condition(text, &error.to_string()));
                None
            }
        }
    }

    /// `aggregate`, `case`, and what isn't said.
    pub(super) fn calculation(
        &mut self,
        attribute: &Attribute,
        calculation: &Spot<Calculation>,
    ) -> Option<Value<'s>> {
        match &calculation.value {
            Calculation::Aggregate { target, condition, function, select } => {
                let children = self.children(target, condition)?;
                self.aggregate(&children, *function, select)
            }
            Calculation::Case { cases, otherwise } => {
                let root = self.root.clone();
                let names = [(vec![root.table.name.as_str()], &root)];
                let mut read = Vec::new();
                for (when, then) in cases {
                    let condition = self.condition(when, &names)?;
                    let value = self.case_value(then, &names)?;
                    self.not_empty(&value, then)?;
                    read.push(condition.case(&names, value)?);
                }
                let otherwise = match otherwise {
                    Some(text) if !self.is_empty(text) => Some(self.case_value(text, &names)?),
                    _ => None,
                };
                Some(Value::Case { cases: read, otherwise })
            }
            Calculation::Unsaid(word) => {
                let spelling = match *word {
                    "concat" => "`{ text: \"{first_name} {last_name}\" }`",
                    _ => "`{ path: created_at, plus: 7d }`",
                };
                self.findings.push(
                    Diagnostic::error(
                        codes::IMPORT_TRANSFORMATION,
                        format!(
                            "the format doesn't say how a `{word}` is written, so that `{}` is left out",
                            attribute.name.value
                        ),
                    )
                    .label(calculation.place.clone(), "nothing can be read from it")
                    .help(format!("write it into the contract by hand, as in {spelling}")),
                );
                None
            }
        }
    }

    /// A case's value: SQL, or a text that nobody has put in quotes.
    fn case_value(&mut self, text: &Text, names: &Names<'_, 's>) -> Option<Template<'s>> {
        match Expression::read(&text.value).map(|read| read.form) {
            Ok(Form::Column(column)) if column.table.is_none() && resolve(&column, names).is_err() => {
                self.findings.push(
                    Diagnostic::warning(
                        codes::IMPORT_ELSE_VALUE,
                        format!("`{}` is no column, and has no quotes", text.value),
                    )
                    .label(text.place.clone(), "imported as the text")
                    .help("nothing is to be done if the text is meant"),
                );
                Some(Template::literal(text.value.as_str()))
            }
            _ => self.template_of_sql(text, names),
        }
    }

    /// The rows of a table that point at this row.
    fn children(&mut self, target: &Text, condition: &Text) -> Option<Children<'s>> {
        let table = self.joins.table(target, self.findings)?;
        let root = self.root.clone();
        let asked = Asked { from: &root, target: table, conditions: &[condition], alias: None, many: true };
        match self.joins.said(&asked, self.findings)? {
            Said::Pairs(pairs) => self.joins.children(&asked, &pairs, self.findings),
            Said::Tautology => {
                self.findings.push(
                    Diagnostic::error(
                        codes::IMPORT_JOIN_TAUTOLOGY,
                        "the join's condition compares a column with itself",
                    )
                    .label(condition.place.clone(), "every row would have every row")
                    .help("say which column of the collected rows points at this row"),
                );
                None
            }
        }
    }

    fn aggregate(&mut self, children: &Children<'s>, function: Function, select: &Text) -> Option<Value<'s>> {
        let from = children.from();
        let child = Position::root(children.table);
        let names = [(vec![child.table.name.as_str()], &child)];
        if function == Function::Count && select.value.trim() == "*" {
            return Some(Value::Count { from, filter: None });
        }
        let condition = self.condition(select, &names)?;
        let of = condition.text(&names)?;
        if function != Function::Count {
            return Some(Value::Aggregate { function: function.word(), from, of });
        }
        // COUNT(x) passes over rows where x is NULL.
        let nullable =
            condition.columns().any(|column| resolve(column, &names).is_ok_and(|path| path.nullable));
        let filter = nullable.then(|| format!("{of} is not null"));
        Some(Value::Count { from, filter })
    }

    /// `json-construction`: a map of this row's columns or another's, or a list of rows that point here.
    pub(super) fn construction(
        &mut self,
        attribute: &Attribute,
        join: &Spot<Join>,
        construction: &Construction,
    ) -> Option<Value<'s>> {
        let value = if construction.array { self.list(join, construction)? } else { self.map(construction)? };
        let (ours, what) = match &value {
            Value::Map(_) => (Type::Map, "a map"),
            _ => (Type::Known(AttributeType::L), "a list"),
        };
        if let Some(said) = attribute.ty.as_ref().filter(|said| said.value != ours) {
            self.findings.push(
                Diagnostic::warning(
                    codes::IMPORT_JSON_TEXT,
                    format!(
                        "`{}` is built as {what}, and of type `{}`",
                        attribute.name.value,
                        said.value.name()
                    ),
                )
                .label(said.place.clone(), format!("imported as {what}, type {}", ours.name()))
                .help("code that parses JSON text has to read the attribute itself instead"),
            );
        }
        Some(value)
    }

    fn map(&mut self, construction: &Construction) -> Option<Value<'s>> {
        let table = self.joins.table(&construction.target, self.findings)?;
        let root = self.root.clone();
        let asked = Asked {
            from: &root,
            target: table,
            conditions: &[&construction.condition],
            alias: None,
            many: false,
        };
        let there = match self.joins.said(&asked, self.findings)? {
            Said::Pairs(pairs) => self.joins.follow(&asked, &pairs, self.findings)?,
            Said::Tautology => {
                self.tautology(&asked, "it is imported as a map of the row's own columns");
                root.clone()
            }
        };
        let names = [(vec![there.table.name.as_str()], &there), (vec![root.table.name.as_str()], &root)];
        let mut fields = Vec::new();
        for (name, select) in &construction.fields {
            let name = spelling::attribute(name, self.findings);
            fields.push((name, self.one_column(select, &names)?));
        }
        for unused in construction.order_by.iter().map(|text| &text.place) {
            self.findings.push(
                Diagnostic::warning(codes::IMPORT_CONTRADICTION, "an object has no order")
                    .label(unused.clone(), "not used")
                    .help("delete it, or make the construction an `array`"),
            );
        }
        Some(Value::Map(fields))
    }

    fn list(&mut self, join: &Spot<Join>, construction: &Construction) -> Option<Value<'s>> {
        let children = self.children(&construction.target, &construction.condition)?;
        let child = Position::root(children.table);
        let names = [(vec![child.table.name.as_str()], &child)];
        let mut fields = Vec::new();
        for (name, select) in &construction.fields {
            let name = spelling::attribute(name, self.findings);
            fields.push((name, self.one_column(select, &names)?.text()));
        }
        let order = match &construction.order_by {
            Some(text) => Some(self.order(text, &names)?),
            None => {
                let keys = super::source::primary_key(children.table).join(", ");
                self.findings.push(
                    Diagnostic::warning(codes::IMPORT_ORDER, "the order of the list's elements is not said")
                        .label(
                            join.place.clone(),
                            format!("in the order of `{}`'s primary key: {keys}", children.table.name),
                        )
                        .help("say another order in the contract: `order: created_at desc`"),
                );
                None
            }
        };
        let limit = construction.limit.as_ref().map(|limit| limit.value);
        Some(Value::Collect(Collect { from: children.from(), order, limit, fields }))
    }

    fn order(&mut self, text: &Text, names: &Names<'_, 's>) -> Option<String> {
        let list = match read_order(&text.value) {
            Ok(list) => list,
            Err(error) => {
                self.findings.push(no_condition(text, &error.to_string()));
                return None;
            }
        };
        let mut parts = Vec::new();
        for (column, backwards) in list {
            let path = self.path(&column, text, names)?.text();
            parts.push(if backwards { format!("{path} desc") } else { path });
        }
        Some(parts.join(", "))
    }

    /// A field's column.
    fn one_column(&mut self, select: &Text, names: &Names<'_, 's>) -> Option<Path<'s>> {
        let template = self.template_of_sql(select, names)?;
        match &template.0[..] {
            [Piece::Value(path, None)] => Some(path.clone()),
            _ => {
                self.findings.push(
                    Diagnostic::error(codes::IMPORT_SQL, "a field of a construction is one column")
                        .label(select.place.clone(), "more than a column")
                        .help("name one column; put texts together where they are read"),
                );
                None
            }
        }
    }
}

impl Children<'_> {
    /// As contracts write it.
    fn from(&self) -> String {
        format!("{}.{}", self.table.name, self.by)
    }
}

/// A condition whose names are there.
struct Condition {
    expression: Expression,
    form: Form,
}

impl Condition {
    /// As contracts write it: with paths in the place of columns.
    fn text(&self, names: &Names<'_, '_>) -> Option<String> {
        let path = |column: &ColumnName| {
            let path = resolve(column, names).ok()?;
            Some(if path.is_own() { name_text(&path.column.name) } else { path.text() })
        };
        self.expression.with_columns(path)
    }

    /// With what stands where it holds.
    fn case<'s>(&self, names: &Names<'_, 's>, then: Template<'s>) -> Option<Case<'s>> {
        let of = self.columns().filter_map(|column| resolve(column, names).ok()).collect();
        Some(Case { when: self.text(names)?, of, then })
    }

    fn columns(&self) -> impl Iterator<Item = &ColumnName> {
        self.expression.columns.iter()
    }
}

fn no_condition(text: &Text, reason: &str) -> Diagnostic {
    Diagnostic::error(codes::IMPORT_SQL, format!("`{}` can't be used: {reason}", text.value))
        .label(text.place.clone(), "can't be carried")
        .help("write it with columns, literals and operators")
}
