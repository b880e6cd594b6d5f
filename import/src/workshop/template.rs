//! Texts with names in braces, as key templates and `string-format` have them.

use migratable_analyze::design::names;
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;

use super::draft::{Piece, Template, Value};
use super::model::Text;
use super::source::{self, Path};
use super::value::{Mapper, nearest};

/// A text in its parts: literals, and names that stood in braces.
enum Part<'t> {
    Literal(&'t str),
    Name(&'t str),
}

impl<'s> Mapper<'_, 's> {
    /// A template with its names found. `joined` is the value of the attribute's own join, which a name may mean.
    pub(super) fn template(&mut self, text: &Text, joined: Option<&Value<'s>>) -> Option<Template<'s>> {
        let Some(parts) = parts(&text.value) else {
            self.findings.push(
                Diagnostic::error(codes::IMPORT_KEY_TEMPLATE, "the braces of a template don't match")
                    .label(text.place.clone(), "`{` without `}`, or the other way round")
                    .help("put each name between `{` and `}`"),
            );
            return None;
        };
        let mut pieces = Vec::new();
        for part in parts {
            match part {
                Part::Literal(literal) => pieces.push(Piece::Literal(literal.to_owned())),
                Part::Name(name) => pieces.extend(self.placeholder(name, text, joined)?),
            }
        }
        Some(Template(pieces))
    }

    /// What a name in a template stands for. Anything but a column of the row is said, because the text doesn't say it.
    pub(super) fn placeholder(
        &mut self,
        name: &str,
        text: &Text,
        joined: Option<&Value<'s>>,
    ) -> Option<Vec<Piece<'s>>> {
        let table = self.root.table;
        if let Some(path) = self.root.column(name) {
            return self.in_braces(path, text).map(|path| vec![Piece::Value(path, None)]);
        }
        let found = self
            .joined(name, joined)
            .map(|path| (vec![Piece::Value(path, None)], "the column that is joined"))
            .or_else(|| Some((self.of_attribute(name)?, "the attribute of that name")))
            .or_else(|| {
                Some((vec![Piece::Value(self.through(name)?, None)], "what the foreign key leads to"))
            })
            .or_else(|| Some((vec![Piece::Value(self.own_id(name)?, None)], "the row's own key")));
        let message = format!("`{{{name}}}` is no column of `{}`", table.name);
        let Some((pieces, what)) = found else {
            let help = match nearest(name, self) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => format!("name a column of `{}`", table.name),
            };
            self.findings.push(
                Diagnostic::error(codes::IMPORT_KEY_TEMPLATE, message)
                    .label(text.place.clone(), "nothing can be built from it")
                    .help(help),
            );
            return None;
        };
        let spelled = Template(pieces.clone()).text();
        self.findings.push(
            Diagnostic::warning(codes::IMPORT_KEY_TEMPLATE, message)
                .label(text.place.clone(), format!("imported as `{spelled}`: {what}"))
                .help(format!("nothing is to be done if `{spelled}` is meant")),
        );
        Some(pieces)
    }

    /// A path that a template can name.
    pub(super) fn in_braces(&mut self, path: Path<'s>, text: &Text) -> Option<Path<'s>> {
        if path.fits_in_braces() {
            return Some(path);
        }
        self.findings.push(
            Diagnostic::error(
                codes::IMPORT_KEY_TEMPLATE,
                format!("a template can't name the column `{}`", path.text()),
            )
            .label(text.place.clone(), "its name has braces, a colon or blanks at its ends")
            .help("rename the column"),
        );
        None
    }

    /// The column that the attribute's own join takes.
    fn joined(&self, name: &str, joined: Option<&Value<'s>>) -> Option<Path<'s>> {
        match joined {
            Some(Value::Path { path, .. }) if path.column.name.eq_ignore_ascii_case(name) => {
                Some(path.clone())
            }
            _ => None,
        }
    }

    /// Another attribute of the entity, if its value is one that texts can hold.
    fn of_attribute(&mut self, name: &str) -> Option<Vec<Piece<'s>>> {
        let attribute = self.entity.attributes.iter().find(|attribute| attribute.name.value == name)?;
        let formatted = attribute.transformation.as_ref();
        // Texts of texts could go in circles.
        if formatted.is_some_and(|found| found.value.kind == super::model::TransformationKind::String) {
            return None;
        }
        // What is wrong with it is said where it is an attribute.
        let mut aside = Vec::new();
        let mut mapper =
            Mapper { joins: self.joins, root: self.root.clone(), entity: self.entity, findings: &mut aside };
        match mapper.value(attribute)? {
            Value::Path { path, when_null: None } if path.fits_in_braces() => {
                Some(vec![Piece::Value(path, None)])
            }
            Value::Date { path, format } if path.fits_in_braces() => {
                Some(vec![Piece::Value(path, Some(format))])
            }
            Value::Text(template) => Some(template.0),
            _ => None,
        }
    }

    /// `user_email`: the column `email` of what `user_id` points at.
    fn through(&self, name: &str) -> Option<Path<'s>> {
        let root = self.root.table;
        root.foreign_keys.iter().find_map(|key| {
            let [from] = &key.columns[..] else { return None };
            let stem = from.strip_suffix("_id").unwrap_or(from);
            let column = name.strip_prefix(stem)?.strip_prefix('_')?;
            let table = self.joins.source.table(&key.table)?;
            self.root.by_key(key, table)?.column(column).filter(Path::fits_in_braces)
        })
    }

    /// `order_id` in `orders`: the one column of its primary key.
    pub(super) fn own_id(&self, name: &str) -> Option<Path<'s>> {
        let table = self.root.table;
        let [key] = source::primary_key(table)[..] else { return None };
        let own = names::id(&names::entity(&table.name));
        (own.eq_ignore_ascii_case(name)).then(|| self.root.column(key)).flatten()
    }
}

/// Splits a text at its braces; `None` where they don't match.
fn parts(text: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['{', '}']) {
        let close = open + rest[open..].find('}')?;
        let name = rest.get(open + 1..close)?.trim();
        if name.is_empty() || name.contains('{') {
            return None;
        }
        if open > 0 {
            parts.push(Part::Literal(&rest[..open]));
        }
        parts.push(Part::Name(name));
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(rest));
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    fn shown(text: &str) -> Option<String> {
        let part = |part: Part<'_>| match part {
            Part::Literal(text) => format!("'{text}'"),
            Part::Name(name) => format!("<{name}>"),
        };
        Some(parts(text)?.into_iter().map(part).collect())
    }

    #[test]
    fn names_stand_in_braces() {
        assert_eq!(shown("ORDER#{ created_at }#{id}").as_deref(), Some("'ORDER#'<created_at>'#'<id>"));
        assert_eq!(shown("#META").as_deref(), Some("'#META'"));
        for text in ["{a", "a}", "{}", "{a{b}}", "}{"] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
