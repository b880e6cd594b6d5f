//! How the key attributes of a table and its indexes are built for one entity.

use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;

use super::draft::{Piece, Template, Value};
use super::model::{Attribute, Text};
use super::source::Path;
use super::value::Mapper;

/// A key attribute of an entity.
#[derive(Debug)]
pub(super) enum Key<'s> {
    /// Built by a template.
    Template(Template<'s>),
    /// An attribute that is the key as it is.
    Natural(Value<'s>),
}

/// A key that is asked for: its name in the format, and where it is said.
#[derive(Clone, Copy)]
pub(super) struct AskedKey<'a> {
    pub(super) name: &'a Text,
    /// The entity's own template for it.
    pub(super) template: Option<&'a Text>,
    /// Whether items can do without: an index lacks them then.
    pub(super) index: bool,
}

/// Names that say nothing but which end of which key they are: nobody reads such an attribute for its value.
pub(super) fn is_generic(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let end = name.strip_suffix("PK").or_else(|| name.strip_suffix("SK"));
    let Some(rest) = end else { return false };
    let rest = rest.trim_end_matches('_');
    let number = rest.strip_prefix("GSI").or_else(|| rest.strip_prefix("LSI"));
    rest.is_empty() || number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
}

/// The names in `a#b`, which stands for the values of several attributes put together.
pub(super) fn composite(name: &str) -> Option<Vec<&str>> {
    name.contains('#').then(|| name.split('#').collect())
}

impl<'s> Mapper<'_, 's> {
    /// How the entity builds a key.
    pub(super) fn key(&mut self, asked: AskedKey<'_>) -> Option<Key<'s>> {
        let name = &asked.name.value;
        if let Some(names) = composite(name) {
            return self.composite_key(asked, &names);
        }
        let attribute = self.entity.attributes.iter().find(|attribute| attribute.name.value == *name);
        let Some(attribute) = attribute else { return self.key_without_attribute(asked) };
        let value = self.value(attribute)?;
        let key = self.key_of_value(attribute, value)?;
        if let Some(template) = asked.template {
            self.compare(template, attribute, &key);
        }
        Some(key)
    }

    /// A value as a key. A column alone becomes a template where only its place in a key is meant, or where the value
    /// as it is would be no key that finds what MySQL finds.
    fn key_of_value(&mut self, attribute: &Attribute, value: Value<'s>) -> Option<Key<'s>> {
        let name = &attribute.name;
        Some(match value {
            Value::Text(template) => Key::Template(template.folded()),
            Value::Date { path, format } => {
                Key::Template(Template(vec![Piece::Value(self.in_braces(path, name)?, Some(format))]))
            }
            Value::Path { path, when_null: None } if is_generic(&name.value) || path.folds() => {
                Key::Template(Template::value(self.in_braces(path, name)?).folded())
            }
            other @ Value::Path { when_null: None, .. } => Key::Natural(other),
            other => {
                self.findings.push(
                    Diagnostic::error(
                        codes::IMPORT_KEY_WORKED_OUT,
                        format!("the key `{}` is worked out, and contracts build keys of columns", name.value),
                    )
                    .label(name.place.clone(), "imported as it is; `check` refuses it")
                    .help("build the key of columns, as in `key: { PK: \"CATEGORY#{id}\" }`; what it tells apart is a column, too"),
                );
                Key::Natural(other)
            }
        })
    }

    /// `a#b`: the values of attributes or columns, with `#` between them.
    fn composite_key(&mut self, asked: AskedKey<'_>, names: &[&str]) -> Option<Key<'s>> {
        let mut pieces = Vec::new();
        for (at, name) in names.iter().enumerate() {
            if at > 0 {
                pieces.push(Piece::Literal("#".to_owned()));
            }
            match self.attribute_pieces(name) {
                Some(found) => pieces.extend(found),
                None => pieces.extend(self.placeholder(name, asked.name, None)?),
            }
        }
        Some(Key::Template(Template(pieces).folded()))
    }

    /// An attribute's value in a composite key: such keys name attributes, so that nothing has to be said of it.
    fn attribute_pieces(&mut self, name: &str) -> Option<Vec<Piece<'s>>> {
        let attribute = self.entity.attributes.iter().find(|attribute| attribute.name.value == name)?;
        match self.aside(attribute)? {
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

    /// The attribute that a built key is made of, where people read it for its value.
    pub(super) fn beside(&mut self, name: &Text, key: &Key<'s>) -> Option<Value<'s>> {
        if is_generic(&name.value) || matches!(key, Key::Natural(_)) {
            return None;
        }
        let attribute = self.entity.attributes.iter().find(|attribute| attribute.name.value == name.value)?;
        self.aside(attribute).filter(|value| matches!(value, Value::Path { .. }))
    }

    /// An attribute's value; what is wrong with it is said elsewhere.
    pub(super) fn aside(&mut self, attribute: &Attribute) -> Option<Value<'s>> {
        let mut aside = Vec::new();
        let mut mapper =
            Mapper { joins: self.joins, root: self.root.clone(), entity: self.entity, findings: &mut aside };
        mapper.value(attribute)
    }

    /// A key that no attribute is: the entity's template, else the column of that name.
    fn key_without_attribute(&mut self, asked: AskedKey<'_>) -> Option<Key<'s>> {
        if let Some(template) = asked.template {
            return Some(Key::Template(self.template(template, None)?.folded()));
        }
        let name = &asked.name.value;
        if asked.index && self.entity.kind.is_some() {
            // One of several entities: its items are not in the index.
            return None;
        }
        let found = self.root.column(name).map(|path| (path, "the column of that name"));
        let found = found.or_else(|| Some((self.own_id(name)?, "the row's own key")));
        let message = format!("no attribute is the key `{name}`");
        match found {
            Some((path, what)) => {
                self.findings.push(
                    Diagnostic::warning(codes::IMPORT_KEY_ATTRIBUTE, message)
                        .label(asked.name.place.clone(), format!("imported as `{}`: {what}", path.text()))
                        .help("nothing is to be done if that is meant"),
                );
                Some(self.natural(path, asked.name)?)
            }
            None => {
                self.findings.push(
                    Diagnostic::error(codes::IMPORT_KEY_ATTRIBUTE, message)
                        .label(asked.name.place.clone(), "nothing says what it holds")
                        .help(format!("add an attribute `{name}`")),
                );
                None
            }
        }
    }

    fn natural(&mut self, path: Path<'s>, text: &Text) -> Option<Key<'s>> {
        if is_generic(&text.value) || path.folds() {
            return Some(Key::Template(Template::value(self.in_braces(path, text)?).folded()));
        }
        Some(Key::Natural(Value::Path { path, when_null: None }))
    }

    /// Two sources of one key: the attribute counts, and the template has to say the same.
    fn compare(&mut self, template: &Text, attribute: &Attribute, key: &Key<'s>) {
        let mut said = Vec::new();
        let mut mapper =
            Mapper { joins: self.joins, root: self.root.clone(), entity: self.entity, findings: &mut said };
        let own = mapper.template(template, None).map(Template::folded);
        // Where it names what isn't there, the attribute says it all the same.
        for found in said {
            self.findings
                .push(Diagnostic { severity: migratable_contract::diagnostic::Severity::Warning, ..found });
        }
        let same = match (&own, key) {
            (Some(own), Key::Template(key)) => own == key,
            (None, _) => true,
            (Some(_), Key::Natural(_)) => false,
        };
        if same {
            return;
        }
        self.findings.push(
            Diagnostic::warning(
                codes::IMPORT_KEY_TWICE,
                format!("the template and the attribute `{}` say different things", attribute.name.value),
            )
            .label(template.place.clone(), "not used")
            .label(attribute.name.place.clone(), "counts")
            .help("make them say the same, or delete the template's names"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::is_generic;

    #[test]
    fn generic_names_say_which_end_of_which_key_they_are() {
        for name in ["PK", "sk", "GSI1PK", "gsi2_sk", "LSI1SK", "GSIPK"] {
            assert!(is_generic(name), "{name}");
        }
        for name in ["email", "risk", "GSI1", "product_id", "BASK", "GSIXPK"] {
            assert!(!is_generic(name), "{name}");
        }
    }
}
