//! A plan as one stable text: what fingerprints are made of. Any change here changes every fingerprint.

use std::fmt::Write;

use super::{AccessPattern, Column, Index, KeyAttribute, KeySource, PatternKind, Plan};
use crate::check::Check;
use crate::key::{KeyPart, KeyTemplate};

impl Plan {
    /// Everything the plan says, one fact a line, each name quoted so that no name can look like another fact.
    ///
    /// SQL statements are left out: they follow from the rest.
    pub fn canonical(&self) -> String {
        let mut out = String::new();
        line(&mut out, format_args!("entity {:?} of {:?} in {:?}", self.entity, self.root, self.table));
        for join in self.joins.iter() {
            line(&mut out, format_args!("join {:?} to {} on {:?}", join.table, join.parent, join.on));
        }
        for column in self.columns.iter() {
            line(&mut out, format_args!("column {}", column_text(column)));
        }
        for attribute in self.attributes.iter() {
            line(
                &mut out,
                format_args!("attribute {:?} {} {}", attribute.name, attribute.column, attribute.ty),
            );
        }
        for map in self.maps.iter() {
            line(&mut out, format_args!("{map:?}"));
        }
        for derived in self.derived.iter() {
            line(&mut out, format_args!("{derived:?}"));
        }
        line(&mut out, format_args!("partition {}", key_text(&self.partition)));
        if let Some(sort) = &self.sort {
            line(&mut out, format_args!("sort {}", key_text(sort)));
        }
        for index in self.indexes.iter() {
            line(&mut out, format_args!("index {}", index_text(index)));
        }
        line(&mut out, format_args!("primary key {:?}", self.primary_key));
        for check in self.checks.iter() {
            let Check { name, expression, rule } = check;
            line(&mut out, format_args!("check {name:?} {expression:?} {rule}"));
        }
        if let Some(filter) = &self.filter {
            line(&mut out, format_args!("{filter:?}"));
        }
        for marker in self.markers.iter() {
            line(&mut out, format_args!("{marker:?}"));
        }
        if let Some(ids) = &self.ids {
            line(&mut out, format_args!("{ids:?}"));
        }
        for reference in self.references.iter() {
            line(&mut out, format_args!("{reference:?}"));
        }
        for referrer in self.referrers.iter() {
            line(&mut out, format_args!("{referrer:?}"));
        }
        if !self.secrets.is_empty() {
            line(&mut out, format_args!("secrets {:?}", self.secrets));
        }
        if !self.snapshots.is_empty() {
            line(&mut out, format_args!("snapshots {:?}", self.snapshots));
        }
        for pattern in self.patterns.iter() {
            line(&mut out, format_args!("pattern {}", pattern_text(pattern)));
        }
        if !self.fields.is_empty() {
            line(&mut out, format_args!("fields {:?}", self.fields));
        }
        out
    }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String can't fail.
    let _ = writeln!(out, "{text}");
}

fn column_text(column: &Column) -> String {
    let Column { table, name, ty, nullable, generated, zero_dates, when_null } = column;
    let when_null = when_null.iter().map(|text| format!(" when_null={text:?}")).collect::<String>();
    format!(
        "{table} {name:?} {:?} nullable={nullable} generated={generated} zero_dates={zero_dates}{when_null}",
        ty.to_string()
    )
}

fn key_text(key: &KeyAttribute) -> String {
    match &key.source {
        KeySource::Template(template) => format!("{:?} template {}", key.name, template_text(template)),
        KeySource::Attribute(attribute) => format!("{:?} attribute {attribute}", key.name),
    }
}

fn template_text(template: &KeyTemplate) -> String {
    let parts = template.parts.iter().map(|part| match part {
        KeyPart::Literal(text) => format!("{text:?}"),
        KeyPart::Column { column, fold: true } => format!("fold({column})"),
        KeyPart::Column { column, fold: false } => column.to_string(),
        KeyPart::Formatted { column, format } => format!("{format:?}({column})"),
    });
    parts.collect::<Vec<_>>().join(" + ")
}

fn index_text(index: &Index) -> String {
    let keys = |keys: &[KeyAttribute]| keys.iter().map(key_text).collect::<Vec<_>>().join(", ");
    format!("{:?} [{}] [{}]", index.name, keys(&index.partition), keys(&index.sort))
}

fn pattern_text(pattern: &AccessPattern) -> String {
    let kind = match pattern.kind {
        PatternKind::Get => "get".to_owned(),
        PatternKind::List { page } => format!("list page={page}"),
    };
    let AccessPattern { name, by, index, order, cursor, .. } = pattern;
    format!("{name:?} {kind} by={by:?} index={index:?} order={order:?} cursor={cursor:?}")
}
