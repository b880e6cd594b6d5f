//! Reading objects field by field: what must be there is, what is there is known and of its kind.

use migratable_contract::codes;
use migratable_contract::diagnostic::{Diagnostic, Place, suggest};

use super::model::{Spot, Text};
use crate::json::{Json, Kind, Member};

/// The most elements that a contract's list can be limited to.
const MOST_ELEMENTS: u32 = 1_000_000;

/// An object that is being read.
pub(super) struct Fields<'j> {
    members: &'j [Member],
    /// Its brace.
    place: Place,
    /// What it is, for a sentence: `a table`.
    what: &'static str,
}

/// Reads values and gathers what is wrong with them.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) findings: Vec<Diagnostic>,
}

impl<'j> Fields<'j> {
    pub(super) fn get(&self, name: &str) -> Option<&'j Json> {
        let member = self.members.iter().find(|member| member.name == name)?;
        // Some writers say with null what others don't say at all.
        if let Kind::Null = member.value.kind { None } else { Some(&member.value) }
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }
}

impl Reader {
    /// An object of these fields; others are said.
    pub(super) fn object<'j>(
        &mut self,
        json: &'j Json,
        what: &'static str,
        known: &[&str],
    ) -> Option<Fields<'j>> {
        let Kind::Object(members) = &json.kind else {
            self.wrong_kind(json, "an object");
            return None;
        };
        for member in members.iter().filter(|member| !known.contains(&member.name.as_str())) {
            let help = match suggest(&member.name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "delete it, or carry what it says into the contract by hand".to_owned(),
            };
            self.findings.push(
                Diagnostic::warning(codes::IMPORT_UNKNOWN_FIELD, format!("{what} has no `{}`", member.name))
                    .label(member.name_place.clone(), "not read")
                    .help(help),
            );
        }
        let start = json.place.range.start;
        let place = Place::new(&json.place.file, start..start + 1);
        Some(Fields { members, place, what })
    }

    pub(super) fn wrong_kind(&mut self, json: &Json, wanted: &str) {
        let found = match &json.kind {
            Kind::Number(digits) => format!("`{digits}`"),
            _ => json.kind_name().to_owned(),
        };
        // An object's or a list's whole text is no label.
        let end = match json.kind {
            Kind::Object(_) | Kind::List(_) => json.place.range.start + 1,
            _ => json.place.range.end,
        };
        let place = Place::new(&json.place.file, json.place.range.start..end);
        self.findings.push(
            Diagnostic::error(codes::IMPORT_WRONG_KIND, format!("{wanted} is needed here, not {found}"))
                .label(place, found)
                .help(format!("write {wanted}")),
        );
    }

    pub(super) fn missing(&mut self, fields: &Fields<'_>, name: &str) {
        self.findings.push(
            Diagnostic::error(codes::IMPORT_MISSING_FIELD, format!("{} needs `{name}`", fields.what))
                .label(fields.place.clone(), format!("no `{name}`"))
                .help(format!("add `{name}`")),
        );
    }

    /// A text that isn't empty.
    pub(super) fn text(&mut self, json: &Json) -> Option<Text> {
        match &json.kind {
            Kind::Text(text) => Some(Spot { value: text.clone(), place: json.place.clone() }),
            _ => {
                self.wrong_kind(json, "a text");
                None
            }
        }
    }

    pub(super) fn optional(&mut self, fields: &Fields<'_>, name: &str) -> Option<Text> {
        self.text(fields.get(name)?)
    }

    /// A text that says something.
    pub(super) fn required(&mut self, fields: &Fields<'_>, name: &str) -> Option<Text> {
        let Some(json) = fields.get(name) else {
            self.missing(fields, name);
            return None;
        };
        let text = self.text(json)?;
        if text.value.trim().is_empty() {
            self.findings.push(
                Diagnostic::error(codes::IMPORT_WRONG_KIND, format!("`{name}` says nothing"))
                    .label(text.place, "empty")
                    .help(format!("say in `{name}` what is meant")),
            );
            return None;
        }
        Some(text)
    }

    /// The elements of a list; none where it isn't there.
    pub(super) fn list<'j>(&mut self, fields: &Fields<'j>, name: &str) -> &'j [Json] {
        match fields.get(name).map(|json| (json, &json.kind)) {
            None => &[],
            Some((_, Kind::List(elements))) => elements,
            Some((json, _)) => {
                self.wrong_kind(json, "a list");
                &[]
            }
        }
    }

    /// Texts of a list.
    pub(super) fn texts(&mut self, fields: &Fields<'_>, name: &str) -> Vec<Text> {
        let elements = self.list(fields, name);
        elements.iter().filter_map(|json| self.text(json)).collect()
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(&mut self, text: &Text, words: &[(&'static str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == text.value);
        if found.is_none() {
            let listed: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            let help = match suggest(&text.value, words.iter().map(|(word, _)| *word)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the format has {}", listed.join(", ")),
            };
            self.findings.push(
                Diagnostic::error(
                    codes::IMPORT_UNKNOWN_WORD,
                    format!("the format has no `{}` here", text.value),
                )
                .label(text.place.clone(), "not known")
                .help(help),
            );
        }
        found.map(|(_, value)| *value)
    }

    /// A number of elements, as contracts limit it.
    pub(super) fn number(&mut self, json: &Json) -> Option<Spot<u32>> {
        if let Kind::Number(digits) = &json.kind
            && let Ok(value) = digits.parse()
            && (1..=MOST_ELEMENTS).contains(&value)
        {
            return Some(Spot { value, place: json.place.clone() });
        }
        self.wrong_kind(json, "a whole number from 1 to 1000000");
        None
    }
}
