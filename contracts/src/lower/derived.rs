//! What an entity carries besides columns as they are: maps, and what is worked out. Each is lowered to what plans hold;
//! what could not be has been reported.

use migratable_core::collation::Collation;
use migratable_core::dynamodb::AttributeType;
use migratable_core::mysql::{IntSize, MySqlType};
use migratable_core::pattern::Pattern;
use migratable_core::plan::{
    Compute, Derived, DerivedSource, Filter, Scalar as Outcome, TextPart, Tree, TreeValue,
};
use migratable_core::{List, Text};

use super::children;
use super::entity::{Attribute, Entity};
use super::names::Found;
use super::path::{Joins, Target, resolve};
use super::source::Source;
use super::template::{self, TemplatePart};
use crate::check::{self, Scope};
use crate::codes::{self, Code};
use crate::diagnostic::{Diagnostic, Place};
use crate::language::{self, Reader, Scalar};
use crate::model::{ItemType, Others, Span, SpanUnit};
use crate::source::SourceType;

/// An attribute that is no column as it is.
#[derive(Debug)]
pub(crate) struct Extra<'s> {
    /// Its name.
    pub(crate) name: &'s Scalar,
    /// Its node.
    pub(crate) node: &'s language::Attribute,
    /// What it is; `None` after a finding.
    pub(crate) kind: Option<ExtraKind<'s>>,
}

/// What such an attribute is.
#[derive(Debug)]
pub(crate) enum ExtraKind<'s> {
    /// A map: names, paths, where they lead.
    Map(Vec<(&'s Scalar, &'s Scalar, Target<'s>)>),
    /// Worked out.
    Derived(Box<Derived>),
}

/// Whether an attribute is a column as it is.
pub(super) fn is_plain(node: &language::Attribute) -> bool {
    node.path.is_some()
        && node.format.is_none()
        && node.plus.is_none()
        && node.minus.is_none()
        && !is_epoch(node)
}

fn is_epoch(node: &language::Attribute) -> bool {
    node.r#as.as_ref().is_some_and(|choice| choice.value == ItemType::Epoch)
}

/// Lowers the attributes that are no columns as they are, once all that are have been followed.
pub(super) fn lower<'s>(entity: &mut Entity<'s>, source: &'s Source<'s>, reader: &mut Reader) {
    let mut joins = std::mem::replace(&mut entity.joins, Joins { joins: Vec::new() });
    for entry in &entity.node.attributes.entries {
        let Some(node) = entry.value.as_ref().filter(|node| !is_plain(node)) else { continue };
        super::words::of_extra(node, reader);
        let name = &entry.key.scalar;
        let mut lowering = Lowering { entity, name, node, source, joins: &mut joins, reader };
        let kind = lowering.kind();
        entity.extras.push(Extra { name, node, kind });
    }
    entity.joins = joins;
    entity.filter = filter(entity, reader);
}

/// Which rows become items.
fn filter(entity: &Entity<'_>, reader: &mut Reader) -> Option<Filter> {
    let written = entity.node.r#where.as_ref()?;
    let rule = condition(written, entity, reader)?;
    let otherwise = entity.node.otherwise.as_ref().map(|choice| choice.value).unwrap_or_default();
    Some(Filter {
        expression: Text::Owned(written.text.clone()),
        rule,
        tombstones: otherwise == Others::Tombstone,
    })
}

/// A condition over what an entity carries.
fn condition(
    written: &Scalar,
    entity: &Entity<'_>,
    reader: &mut Reader,
) -> Option<migratable_core::check::Expr> {
    let carried = entity.attributes.iter().enumerate();
    let carried = carried.filter_map(|(position, attribute)| {
        Some((attribute.path()?.text.as_str(), position, attribute.mysql_type()?))
    });
    let carried: Vec<_> = carried.collect();
    let columns = entity.root.iter().flat_map(|root| root.column_names());
    let names = columns.chain(carried.iter().map(|(path, ..)| *path)).collect();
    match check::compile(&written.text, &Scope { names, carried }) {
        Ok(rule) => Some(rule),
        Err(left) => {
            // Where a column or an attribute could not be read, that has been said.
            let followed = entity.attributes.iter().all(|attribute| attribute.target.is_some());
            if followed && entity.root.is_some_and(|root| root.whole) {
                reader.report(no_expression(written, &left.to_string()));
            }
            None
        }
    }
}

/// An expression that has no exact answer.
pub(super) fn no_expression(written: &Scalar, reason: &str) -> Diagnostic {
    Diagnostic::error(codes::EXPRESSION, format!("`{}` has no exact answer here", written.text))
        .label(written.place.clone(), reason.to_owned())
        .help("compare and calculate with columns that are carried as attributes, each with its own kind")
}

/// One attribute on its way to a plan.
struct Lowering<'l, 's> {
    entity: &'l Entity<'s>,
    name: &'s Scalar,
    node: &'s language::Attribute,
    source: &'s Source<'s>,
    joins: &'l mut Joins<'s>,
    reader: &'l mut Reader,
}

impl<'s> Lowering<'_, 's> {
    fn kind(&mut self) -> Option<ExtraKind<'s>> {
        let source = if let Some(map) = &self.node.map {
            return self.map(map);
        } else if let Some(path) = &self.node.path {
            self.moment(path)?
        } else if let Some(text) = &self.node.text {
            let (parts, nullable) = self.parts(text)?;
            DerivedSource::Computed { compute: Compute::Text(parts), scalar: text_outcome(nullable) }
        } else if let Some(case) = &self.node.case {
            self.case(case)?
        } else if let Some(parent) = &self.node.ancestors {
            self.tree(parent, true)?
        } else if let Some(parent) = &self.node.depth {
            self.tree(parent, false)?
        } else {
            children::lower(self.entity, self.name, self.node, self.source, self.reader)?
        };
        let name = Text::Owned(self.name.text.clone());
        Some(ExtraKind::Derived(Box::new(Derived { name, source })))
    }

    fn map(&mut self, map: &'s language::Map<language::AttributeName, Scalar>) -> Option<ExtraKind<'s>> {
        let root = self.entity.root?;
        let mut members = Vec::new();
        for (name, path) in map.iter() {
            let target = resolve(path, root, self.source, self.joins, self.reader);
            if let Some(target) = target.as_ref().filter(|target| !is_known(target)) {
                self.report(
                    codes::SOURCE_TYPE,
                    path,
                    &format!("`{}` can't be carried yet", target.column.name.text),
                );
                continue;
            }
            members.extend(target.map(|target| (&name.scalar, path, target)));
        }
        (members.len() == map.entries.len()).then_some(ExtraKind::Map(members))
    }

    /// The attribute that carries a path, as a column's position.
    fn carried(&mut self, path: &Scalar) -> Option<(usize, &'s MySqlType, bool)> {
        let found = self
            .entity
            .attributes
            .iter()
            .enumerate()
            .find(|(_, attribute)| attribute.path().is_some_and(|other| other.text == path.text));
        let Some((position, attribute)) = found else {
            let root = self.entity.root?;
            // Only for what it says about a path that leads nowhere.
            resolve(path, root, self.source, &mut Joins { joins: Vec::new() }, self.reader)?;
            let message =
                format!("`{}` is worked out of `{}`, which is not carried", self.name.text, path.text);
            self.reader.report(
                Diagnostic::error(codes::DERIVED_NOT_CARRIED, message)
                    .label(path.place.clone(), "no attribute carries it")
                    .help(format!("carry it, too, as in `{0}: {0}`", path.text)),
            );
            return None;
        };
        let nullable = attribute.is_nullable();
        Some((position, attribute.mysql_type()?, nullable))
    }

    /// A moment as text, moved, or as a number of seconds.
    fn moment(&mut self, path: &Scalar) -> Option<DerivedSource> {
        let (column, ty, nullable) = self.carried(path)?;
        let is_moment =
            matches!(ty, MySqlType::Date | MySqlType::DateTime { .. } | MySqlType::Timestamp { .. });
        if !is_moment {
            self.report(codes::DERIVED_TYPE, path, &format!("`{}` is no date and no moment", path.text));
            return None;
        }
        if let Some(format) = &self.node.format {
            if self.node.plus.is_some() || self.node.minus.is_some() || is_epoch(self.node) {
                self.report(
                    codes::WORD_TEXT,
                    format,
                    "`format` shows a moment as it is, neither moved nor as a number",
                );
                return None;
            }
            let part = self.time(&format.text, format.place.clone(), column, ty)?;
            let compute = Compute::Text(vec![part].into());
            return Some(DerivedSource::Computed { compute, scalar: text_outcome(nullable) });
        }
        let epoch = is_epoch(self.node);
        let has_zone = matches!(ty, MySqlType::Timestamp { .. });
        if epoch && !has_zone && self.node.zone.is_none() {
            self.report(
                codes::DERIVED_TYPE,
                path,
                "it doesn't say which time zone it is in: write `zone: UTC`",
            );
            return None;
        }
        if let Some(zone) = self.node.zone.as_ref().filter(|_| !epoch || has_zone) {
            let reason =
                if epoch { "a TIMESTAMP has one already" } else { "only `as: epoch` asks for a time zone" };
            let zone = Scalar { text: "zone".to_owned(), place: zone.place.clone() };
            self.report(codes::DERIVED_TYPE, &zone, reason);
            return None;
        }
        let signed = [(self.node.plus.as_ref(), 1), (self.node.minus.as_ref(), -1)];
        let moved = signed.iter().filter_map(|(span, sign)| Some((span.as_ref()?.value, *sign)));
        let (months, seconds) = moved.map(|(span, sign)| amounts(span, sign)).next().unwrap_or_default();
        if matches!(ty, MySqlType::Date) && !epoch && seconds % 86_400 != 0 {
            self.report(codes::DERIVED_TYPE, path, "a date is moved by whole days");
            return None;
        }
        let (ty, attribute) =
            if epoch { (big_int(), AttributeType::N) } else { (ty.clone(), ty.default_attribute_type()) };
        let scalar = Outcome { ty, attribute, nullable };
        Some(DerivedSource::Computed { compute: Compute::Moment { column, months, seconds, epoch }, scalar })
    }

    fn case(&mut self, case: &'s language::Map<Scalar, Scalar>) -> Option<DerivedSource> {
        let mut arms = Vec::new();
        let mut nullable = self.node.r#else.is_none();
        for (condition, text) in case.iter() {
            let condition = self::condition(condition, self.entity, self.reader);
            let parts = self.parts(text);
            let (parts, may_be_null) = parts?;
            nullable |= may_be_null;
            arms.push((condition?, parts));
        }
        let otherwise = match &self.node.r#else {
            Some(text) => {
                let (parts, may_be_null) = self.parts(text)?;
                nullable |= may_be_null;
                Some(parts)
            }
            None => None,
        };
        let compute = Compute::Case { arms: arms.into(), otherwise };
        Some(DerivedSource::Computed { compute, scalar: text_outcome(nullable) })
    }

    /// The parts of a text with paths in braces, and whether one of them may be NULL.
    fn parts(&mut self, text: &Scalar) -> Option<(List<TextPart>, bool)> {
        let parts = match template::parse(&text.text) {
            Ok(parts) => parts,
            Err(mistakes) => {
                for mistake in mistakes {
                    self.reader.report(super::key::brace_mistake(text, &mistake));
                }
                return None;
            }
        };
        let (mut lowered, mut nullable) = (Vec::new(), false);
        for part in parts {
            lowered.push(match part {
                TemplatePart::Literal(literal) => TextPart::Literal(Text::Owned(literal)),
                TemplatePart::Variable { text: written, range } => {
                    let written = Scalar { text: written, place: text.inside(range) };
                    let (part, may_be_null) = self.variable(&written)?;
                    nullable |= may_be_null;
                    part
                }
            });
        }
        Some((lowered.into(), nullable))
    }

    /// `path`, `path:%Y-%m` or `path:010`.
    fn variable(&mut self, written: &Scalar) -> Option<(TextPart, bool)> {
        let (path, format) = match written.text.split_once(':') {
            Some((path, format)) => (path, Some(format)),
            None => (written.text.as_str(), None),
        };
        let length = path.len();
        let path = Scalar { text: path.to_owned(), place: written.inside(0..length) };
        let (column, ty, nullable) = self.carried(&path)?;
        let Some(format) = format else {
            let written_out = matches!(ty.default_attribute_type(), AttributeType::S | AttributeType::N);
            if !written_out {
                self.report(codes::DERIVED_TYPE, &path, &format!("`{}` has no form as text", path.text));
                return None;
            }
            return Some((TextPart::Column(column), nullable));
        };
        let place = written.inside(length + 1..written.text.len());
        if format.starts_with('%') {
            return Some((self.time(format, place, column, ty)?, nullable));
        }
        let width = format
            .strip_prefix('0')
            .and_then(|digits| digits.parse().ok())
            .filter(|width| (1..=20).contains(width));
        match (width, ty) {
            (Some(width), MySqlType::Int { .. }) => Some((TextPart::Padded { column, width }, nullable)),
            _ => {
                let written = Scalar { text: format.to_owned(), place };
                self.report(
                    codes::WORD_TEXT,
                    &written,
                    "it is neither a pattern of a moment, as in `%Y-%m`, nor a width of whole numbers, as in `010`",
                );
                None
            }
        }
    }

    fn time(&mut self, format: &str, place: Place, column: usize, ty: &MySqlType) -> Option<TextPart> {
        let written = Scalar { text: format.to_owned(), place };
        let has_time = match ty {
            MySqlType::Date => false,
            MySqlType::DateTime { .. } | MySqlType::Timestamp { .. } => true,
            _ => {
                self.report(codes::DERIVED_TYPE, &written, "the column is no date and no moment");
                return None;
            }
        };
        match Pattern::parse(format) {
            Ok(pattern) if pattern.has_time() && !has_time => {
                self.report(codes::DERIVED_TYPE, &written, "a date has no hours, minutes and seconds");
                None
            }
            Ok(pattern) if !pattern.has_fields() => {
                self.report(codes::WORD_TEXT, &written, "it would be one text for every moment");
                None
            }
            Ok(_) => Some(TextPart::Time { column, pattern: Text::Owned(format.to_owned()) }),
            Err(_) => {
                self.report(
                    codes::WORD_TEXT,
                    &written,
                    "a pattern knows `%Y`, `%m`, `%d`, `%H`, `%M`, `%S` and `%%`",
                );
                None
            }
        }
    }

    /// The way up a tree.
    fn tree(&mut self, parent: &Scalar, is_path: bool) -> Option<DerivedSource> {
        let root = self.entity.root?;
        let target = resolve(parent, root, self.source, self.joins, self.reader)?;
        let table = match target.table.checked_sub(1) {
            Some(join) => self.joins.joins[join].table,
            None => root,
        };
        let own = &target.column.facts.name;
        let key = table
            .foreign_keys
            .iter()
            .find(|key| key.facts.table == table.name.text && key.facts.columns[..] == [own.clone()]);
        let Some(key) = key.and_then(|key| key.facts.references.first()) else {
            let what = format!("`{own}` is no foreign key from `{0}` to `{0}`", table.name.text);
            self.report(codes::NOT_POINTING, parent, &what);
            return None;
        };
        let nullable = target.table > 0;
        let value = match &self.node.take {
            Some(take) if is_path => {
                let Found::Yes(column) = table.column(&take.text) else {
                    let what = format!("a column of `{}`", table.name.text);
                    let place = take.place.clone();
                    self.reader.report(super::names::unknown(
                        codes::UNKNOWN_COLUMN,
                        &take.text,
                        place,
                        &what,
                        table.column_names(),
                    ));
                    return None;
                };
                let is_text = matches!(
                    column.facts.ty,
                    SourceType::Known(
                        MySqlType::Char { .. } | MySqlType::VarChar { .. } | MySqlType::Text { .. }
                    )
                );
                if !is_text || column.facts.nullable {
                    self.report(codes::DERIVED_TYPE, take, "a way is made of texts that are never NULL");
                    return None;
                }
                let join = self.node.join.as_ref().map_or("/", |join| &join.text);
                TreeValue::Path { take: Text::Owned(take.text.clone()), join: Text::Owned(join.to_owned()) }
            }
            _ => TreeValue::Depth,
        };
        let scalar = match value {
            TreeValue::Path { .. } => text_outcome(nullable),
            TreeValue::Depth => Outcome { ty: big_int(), attribute: AttributeType::N, nullable },
        };
        let (key, parent) = (Text::Owned(key.clone()), Text::Owned(own.clone()));
        Some(DerivedSource::Tree(Tree { table: target.table, key, parent, value, scalar }))
    }

    fn report(&mut self, code: Code, at: &Scalar, reason: &str) {
        report(code, self.name, at, reason, self.reader);
    }
}

/// Says why an attribute can't be made.
pub(super) fn report(code: Code, name: &Scalar, at: &Scalar, reason: &str, reader: &mut Reader) {
    let help = match code {
        codes::NOT_POINTING => "name the foreign key as `table.column`",
        codes::WORD_TEXT => "write it in the form the reference of the language gives",
        _ => "take a column of another kind, or remove the word",
    };
    reader.report(
        Diagnostic::error(code, format!("`{}` can't be made of `{}`", name.text, at.text))
            .label(at.place.clone(), reason.to_owned())
            .help(help),
    );
}

fn is_known(target: &Target<'_>) -> bool {
    matches!(target.column.facts.ty, SourceType::Known(_))
}

/// Months and seconds of a span.
fn amounts(span: Span, sign: i64) -> (i64, i64) {
    let count = sign * i64::from(span.count);
    match span.unit {
        SpanUnit::Years => (count * 12, 0),
        SpanUnit::Months => (count, 0),
        SpanUnit::Weeks => (0, count * 7 * 86_400),
        SpanUnit::Days => (0, count * 86_400),
        SpanUnit::Hours => (0, count * 3_600),
        SpanUnit::Minutes => (0, count * 60),
        SpanUnit::Seconds => (0, count),
    }
}

/// The most characters a VARCHAR of utf8mb4 has in a row of 65,535 bytes (MySQL Reference Manual, "Column Count and Row
/// Size Limits").
const LONGEST: u32 = 16_383;

/// A text that is worked out: compared by its bytes.
fn text_outcome(nullable: bool) -> Outcome {
    let collation = Collation::new("utf8mb4_bin");
    Outcome { ty: MySqlType::VarChar { length: LONGEST, collation }, attribute: AttributeType::S, nullable }
}

/// BIGINT.
pub(super) fn big_int() -> MySqlType {
    MySqlType::Int { size: IntSize::Big, unsigned: false, display: None }
}

impl Attribute<'_> {
    /// Whether it may be NULL, with what the contract says stands for NULL.
    pub(crate) fn is_nullable(&self) -> bool {
        let replaced = self.node.is_some_and(|node| node.when_null.is_some());
        !replaced && self.target.as_ref().is_some_and(|target| target.nullable)
    }
}
