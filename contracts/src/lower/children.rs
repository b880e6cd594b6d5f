//! Attributes made of the rows of another table: collections, and functions over them.

use migratable_core::check::{Expr, Op};
use migratable_core::dynamodb::AttributeType;
use migratable_core::mysql::{MySqlType, ZeroDates};
use migratable_core::plan::{
    Aggregate, ChildRows, Collection, CollectionForm, Column, DerivedSource, Function, Join, Member,
    Ordering, Scalar as Outcome,
};
use migratable_core::value::Decimal;
use migratable_core::{List, Text};

use super::derived::{big_int, no_expression, report};
use super::entity::Entity;
use super::names::unknown;
use super::path::{Joins, Target, resolve};
use super::source::{Source, SourceTable};
use crate::check::{self, Scope};
use crate::codes;
use crate::language::{self, Map, Reader, Scalar};
use crate::model::ItemType;
use crate::source::{SourceType, name_text};

/// The most digits of a DynamoDB number.
const DIGITS: u8 = 38;

/// Lowers an attribute that is made of rows of another table. `None` after a finding.
pub(super) fn lower<'s>(
    entity: &Entity<'s>,
    name: &'s Scalar,
    node: &'s language::Attribute,
    source: &'s Source<'s>,
    reader: &mut Reader,
) -> Option<DerivedSource> {
    let words = [
        (&node.collect, None),
        (&node.count, Some(Function::Count)),
        (&node.sum, Some(Function::Sum)),
        (&node.avg, Some(Function::Avg)),
        (&node.min, Some(Function::Min)),
        (&node.max, Some(Function::Max)),
    ];
    // Without any, that has been reported.
    let (written, function) = words.iter().find_map(|(word, function)| Some((word.as_ref()?, *function)))?;
    let (table, on) = pointing(written, entity, name, source, reader)?;
    let rows = Rows { name, node, table, source, joins: Joins { joins: Vec::new() }, columns: Vec::new() };
    match function {
        None => rows.collection(on, reader).map(DerivedSource::Collection),
        Some(function) => rows.aggregate(function, on, reader).map(DerivedSource::Aggregate),
    }
}

/// The table whose foreign key or relation points at an entity's rows, `table.column` or `table.relation`; and columns of
/// the entity's rows with those of the table that equal them.
fn pointing<'s>(
    written: &Scalar,
    entity: &Entity<'s>,
    name: &Scalar,
    source: &'s Source<'s>,
    reader: &mut Reader,
) -> Option<(&'s SourceTable<'s>, List<(Text, Text)>)> {
    let root = entity.root?;
    let tables = source.tables.iter().filter_map(|table| {
        let column = written.text.strip_prefix(table.name.text.as_str())?.strip_prefix('.')?;
        Some((table, column))
    });
    let Some((table, column)) = tables.max_by_key(|(table, _)| table.name.text.len()) else {
        if source.is_whole() {
            let table = written.text.split('.').next().unwrap_or_default();
            let place = written.inside(0..table.len());
            let what = "a table of the source";
            reader.report(unknown(codes::UNKNOWN_SOURCE_TABLE, table, place, what, source.table_names()));
        }
        return None;
    };
    let relations = table.relations.iter();
    let mut named = relations.filter(|relation| relation.name == column && relation.table == root.name.text);
    if let Some(relation) = named.next() {
        return Some((table, reversed(&relation.on)));
    }
    let key = table
        .foreign_keys
        .iter()
        .find(|key| key.facts.columns[..] == [column.to_owned()] && key.facts.table == root.name.text);
    let Some(references) = key.and_then(|key| key.facts.references.first()) else {
        if table.whole && !table.broken_relations.contains(&column) {
            let column = name_text(column);
            let reason = format!(
                "`{}` has no foreign key and no relation {column} that points at `{}`",
                table.name.text, root.name.text
            );
            report(codes::NOT_POINTING, name, written, &reason, reader);
        }
        return None;
    };
    Some((table, reversed(&[(column, references.as_str())])))
}

fn texts(on: &[(&str, &str)]) -> List<(Text, Text)> {
    on.iter().map(|(from, to)| (Text::Owned((*from).to_owned()), Text::Owned((*to).to_owned()))).collect()
}

/// Seen from the other side.
fn reversed(on: &[(&str, &str)]) -> List<(Text, Text)> {
    let reversed: Vec<(&str, &str)> = on.iter().map(|(from, to)| (*to, *from)).collect();
    texts(&reversed)
}

/// The rows of another table on their way to a plan.
struct Rows<'s> {
    name: &'s Scalar,
    node: &'s language::Attribute,
    table: &'s SourceTable<'s>,
    source: &'s Source<'s>,
    joins: Joins<'s>,
    columns: Vec<Column>,
}

impl<'s> Rows<'s> {
    fn aggregate(
        mut self,
        function: Function,
        on: List<(Text, Text)>,
        reader: &mut Reader,
    ) -> Option<Aggregate> {
        let of = match &self.node.of {
            Some(of) => Some(self.expression(of, Wanted::Value, reader)?),
            None => None,
        };
        let when_null = match &self.node.when_null {
            Some(number) if Decimal::parse(&number.text).is_err() => {
                report(codes::WORD_TEXT, self.name, number, "an exact number stands for NULL", reader);
                return None;
            }
            other => other.as_ref().map(|number| Text::Owned(number.text.clone())),
        };
        let ty = match (function, &self.node.of, &of) {
            (Function::Count, ..) => big_int(),
            (_, Some(written), Some(of)) => self.outcome(function, written, of, reader)?,
            _ => return None,
        };
        let attribute = ty.default_attribute_type();
        if when_null.is_some() && attribute != AttributeType::N {
            report(
                codes::DERIVED_TYPE,
                self.name,
                self.node.when_null.as_ref()?,
                "the value is no number",
                reader,
            );
            return None;
        }
        let nullable = function != Function::Count && when_null.is_none();
        let filter = self.filter(reader)?;
        let scalar = Outcome { ty, attribute, nullable };
        Some(Aggregate { function, of, rows: self.rows(on, filter), when_null, scalar })
    }

    /// The type of a function's value: MySQL's scale, and as many digits as DynamoDB has.
    fn outcome(
        &self,
        function: Function,
        written: &Scalar,
        of: &Expr,
        reader: &mut Reader,
    ) -> Option<MySqlType> {
        if let (Function::Min | Function::Max, Expr::Column(column)) = (function, of) {
            let ty = self.columns[*column].ty.clone();
            let ordered = matches!(
                ty,
                MySqlType::Int { .. }
                    | MySqlType::Decimal { .. }
                    | MySqlType::Year
                    | MySqlType::Date
                    | MySqlType::DateTime { .. }
                    | MySqlType::Timestamp { .. }
            );
            if !ordered {
                let reason = "only exact numbers, dates and moments have a smallest and a largest one here";
                report(codes::DERIVED_TYPE, self.name, written, reason, reader);
                return None;
            }
            return Some(ty);
        }
        let Some(scale) = self.scale(of) else {
            let reason = "only exact numbers are summed up and averaged";
            report(codes::DERIVED_TYPE, self.name, written, reason, reader);
            return None;
        };
        // MySQL Reference Manual, "Aggregate Function Descriptions": an average has div_precision_increment digits more.
        let scale = if function == Function::Avg { scale.saturating_add(4) } else { scale };
        Some(MySqlType::Decimal { precision: DIGITS.max(scale), scale, unsigned: false })
    }

    /// Digits after the point of an exact number.
    fn scale(&self, of: &Expr) -> Option<u8> {
        match of {
            Expr::Number { scale, .. } => Some(*scale),
            Expr::Column(column) => match self.columns.get(*column)?.ty {
                MySqlType::Int { .. } => Some(0),
                MySqlType::Decimal { scale, .. } => Some(scale),
                _ => None,
            },
            Expr::Apply { op, operands } => {
                let scales =
                    operands.iter().map(|operand| self.scale(operand)).collect::<Option<Vec<_>>>()?;
                let scale = match op {
                    Op::Add | Op::Subtract | Op::Negate => scales.into_iter().max()?,
                    Op::Multiply => scales.into_iter().try_fold(0u8, u8::checked_add)?,
                    _ => return None,
                };
                // MySQL keeps no more than 30 digits after the point.
                (scale <= 30).then_some(scale)
            }
            _ => None,
        }
    }

    fn collection(mut self, on: List<(Text, Text)>, reader: &mut Reader) -> Option<Collection> {
        let set = self.node.r#as.as_ref().map(|choice| choice.value);
        let form = match (&self.node.fields, &self.node.take) {
            (Some(fields), _) => {
                if let Some(r#as) = &self.node.r#as {
                    let at = Scalar { text: "as".to_owned(), place: r#as.place.clone() };
                    report(codes::DERIVED_TYPE, self.name, &at, "elements with `fields` are maps", reader);
                    return None;
                }
                self.fields(fields, &on, reader)?
            }
            (None, Some(take)) => {
                let column = self.column(take, reader)?;
                let ty = self.columns[column].ty.default_attribute_type();
                let member = Member { name: Text::Owned(self.name.text.clone()), column, ty };
                match (set, ty) {
                    (
                        None | Some(ItemType::Of(AttributeType::L)),
                        AttributeType::S | AttributeType::N | AttributeType::Bool,
                    ) => CollectionForm::Values(member),
                    (Some(ItemType::Of(AttributeType::Ss)), AttributeType::S) => CollectionForm::Set(member),
                    _ => {
                        let reason = "a list is of texts or numbers, a set (`as: SS`) of texts";
                        report(codes::DERIVED_TYPE, self.name, take, reason, reader);
                        return None;
                    }
                }
            }
            (None, None) => return None,
        };
        let order = self.order(&form, reader)?;
        let limit = self.node.limit.map(|limit| limit.0);
        let filter = self.filter(reader)?;
        Some(Collection { rows: self.rows(on, filter), order, limit, form })
    }

    fn fields(
        &mut self,
        fields: &'s Map<language::AttributeName, Scalar>,
        on: &[(Text, Text)],
        reader: &mut Reader,
    ) -> Option<CollectionForm> {
        let members = fields.iter().map(|(name, path)| {
            let column = self.column(path, reader)?;
            let ty = self.columns[column].ty.default_attribute_type();
            Some(Member { name: Text::Owned(name.text.clone()), column, ty })
        });
        let members: Vec<_> = members.collect();
        let members: List<Member> = members.into_iter().collect::<Option<_>>()?;
        let Some(path) = &self.node.keyed_by else { return Some(CollectionForm::List(members)) };
        let key = self.column(path, reader)?;
        let Column { ty, nullable, .. } = &self.columns[key];
        let names = matches!(ty, MySqlType::Int { .. } | MySqlType::Char { .. } | MySqlType::VarChar { .. });
        let pointing = on.iter().map(|(_, column)| column.as_ref());
        let own = matches!(&self.columns[key], Column { table: 0, name, .. }
            if self.table.is_unique(&pointing.chain([name.as_ref()]).collect::<Vec<_>>()));
        if !names || *nullable || !own {
            let reason = "elements are named by a whole number or a text that is never NULL and that only one of the rows has";
            report(codes::DERIVED_TYPE, self.name, path, reason, reader);
            return None;
        }
        Some(CollectionForm::Map { key, members })
    }

    /// What is asked for, then what tells rows apart.
    fn order(&mut self, form: &CollectionForm, reader: &mut Reader) -> Option<List<Ordering>> {
        let mut order: Vec<Ordering> = Vec::new();
        match (&self.node.order, form) {
            (Some(written), _) => {
                let mut start = 0;
                for step in written.text.split(',') {
                    let lead = step.len() - step.trim_start().len();
                    let step_text = step.trim();
                    let (path, descending) = match step_text.strip_suffix(" desc") {
                        Some(path) => (path.trim_end(), true),
                        None => (step_text, false),
                    };
                    let from = start + lead;
                    let place = written.inside(from..from + path.len());
                    start += step.len() + 1;
                    let column = self.column(&Scalar { text: path.to_owned(), place }, reader)?;
                    order.push(Ordering { column, descending });
                }
            }
            (None, CollectionForm::Values(member) | CollectionForm::Set(member)) => {
                order.push(Ordering { column: member.column, descending: false });
            }
            (None, _) => {}
        }
        let keys: Vec<&str> = self.table.primary_key().collect();
        if keys.is_empty() {
            let at = self.node.collect.as_ref()?;
            report(
                codes::NOT_POINTING,
                self.name,
                at,
                "its table has no primary key to order rows by",
                reader,
            );
            return None;
        }
        for key in keys {
            let place = self.node.collect.as_ref()?.place.clone();
            let column = self.column(&Scalar { text: key.to_owned(), place }, reader)?;
            if order.iter().all(|step| step.column != column) {
                order.push(Ordering { column, descending: false });
            }
        }
        Some(order.into())
    }

    fn filter(&mut self, reader: &mut Reader) -> Option<Option<Expr>> {
        match &self.node.r#where {
            Some(written) => Some(Some(self.expression(written, Wanted::Truth, reader)?)),
            None => Some(None),
        }
    }

    /// An expression over the table's own columns; those it names are read.
    fn expression(&mut self, written: &Scalar, wanted: Wanted, reader: &mut Reader) -> Option<Expr> {
        let known = self.table.columns.iter().enumerate().filter_map(|(position, column)| {
            let SourceType::Known(ty) = &column.facts.ty else { return None };
            Some((column.facts.name.as_str(), position, ty))
        });
        let scope = Scope { names: self.table.column_names().collect(), carried: known.collect() };
        let compiled = match wanted {
            Wanted::Truth => check::compile(&written.text, &scope),
            Wanted::Value => check::value(&written.text, &scope),
        };
        match compiled {
            Ok(expr) => {
                let table = self.table;
                Some(renumbered(expr, &mut |position| {
                    let column = &table.columns[position];
                    self.add(&Target { table: 0, column, nullable: column.facts.nullable })
                })?)
            }
            Err(left) => {
                if self.table.whole {
                    reader.report(no_expression(written, &left.to_string()));
                }
                None
            }
        }
    }

    /// The column a path from the table leads to.
    fn column(&mut self, path: &Scalar, reader: &mut Reader) -> Option<usize> {
        let target = resolve(path, self.table, self.source, &mut self.joins, reader)?;
        let column = self.add(&target);
        if column.is_none() {
            let reason = format!("`{}` can't be carried yet", target.column.name.text);
            report(codes::DERIVED_TYPE, self.name, path, &reason, reader);
        }
        column
    }

    fn add(&mut self, target: &Target<'_>) -> Option<usize> {
        let SourceType::Known(ty) = &target.column.facts.ty else { return None };
        let name = &target.column.name.text;
        let same = |column: &Column| column.table == target.table && column.name == *name;
        Some(self.columns.iter().position(same).unwrap_or_else(|| {
            self.columns.push(Column {
                table: target.table,
                name: Text::Owned(name.clone()),
                ty: ty.clone(),
                nullable: target.nullable,
                generated: target.column.facts.generated.is_some(),
                zero_dates: ZeroDates::Refuse,
                when_null: None,
            });
            self.columns.len() - 1
        }))
    }

    fn rows(self, on: List<(Text, Text)>, filter: Option<Expr>) -> ChildRows {
        let joins = self.joins.joins.iter().map(|join| Join {
            table: Text::Owned(join.table.name.text.clone()),
            parent: join.parent,
            on: texts(&join.on),
        });
        ChildRows {
            table: Text::Owned(self.table.name.text.clone()),
            on,
            joins: joins.collect(),
            columns: self.columns.into(),
            filter,
        }
    }
}

/// What an expression has to be.
#[derive(Clone, Copy)]
enum Wanted {
    Truth,
    Value,
}

/// The same expression over other positions.
fn renumbered(expr: Expr, position: &mut impl FnMut(usize) -> Option<usize>) -> Option<Expr> {
    Some(match expr {
        Expr::Column(column) => Expr::Column(position(column)?),
        Expr::Apply { op, operands } => {
            let operands = operands.iter().map(|operand| renumbered(operand.clone(), position));
            Expr::Apply { op, operands: operands.collect::<Option<_>>()? }
        }
        other => other,
    })
}
