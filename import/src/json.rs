//! JSON as a tree with places.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use jsonc_parser::ast;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use migratable_contract::codes;
use migratable_contract::diagnostic::{Diagnostic, Place, SourceFile};

/// The grammar of RFC 8259, and nothing that other dialects add to it.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// What some editors put before the text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A value and its place.
#[derive(Clone, Debug)]
pub(crate) struct Json {
    pub(crate) kind: Kind,
    pub(crate) place: Place,
}

/// The kinds of value.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// No name stands twice.
    Object(Vec<Member>),
    List(Vec<Json>),
    Text(String),
    /// As written.
    Number(String),
    Bool,
    Null,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) name_place: Place,
    pub(crate) value: Json,
}

impl Json {
    /// What it is, for a sentence.
    pub(crate) const fn kind_name(&self) -> &'static str {
        match self.kind {
            Kind::Object(_) => "an object",
            Kind::List(_) => "a list",
            Kind::Text(_) => "a text",
            Kind::Number(_) => "a number",
            Kind::Bool => "true or false",
            Kind::Null => "null",
        }
    }
}

/// Parses a file. `None` where it is no JSON; of names that stand twice in an object the first counts.
pub(crate) fn parse(file: &Arc<SourceFile>, findings: &mut Vec<Diagnostic>) -> Option<Json> {
    let text = &file.text;
    if text.starts_with(BYTE_ORDER_MARK) {
        let place = Place::new(file, 0..BYTE_ORDER_MARK.len_utf8());
        findings.push(
            Diagnostic::error(codes::IMPORT_SYNTAX, "the file begins with a byte order mark")
                .label(place, "before the first character")
                .help("save it as UTF-8 without a byte order mark"),
        );
        return None;
    }
    let parsed = match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(parsed) => parsed.value,
        Err(error) => {
            let range = error.range();
            findings.push(refused(error.kind(), Place::new(file, range.start..range.end)));
            return None;
        }
    };
    let Some(value) = parsed else {
        findings.push(
            Diagnostic::error(codes::IMPORT_SYNTAX, "the file says nothing")
                .label(Place::new(file, 0..0), "no JSON value")
                .help("name the file that holds the design"),
        );
        return None;
    };
    let mut builder = Builder { file, findings };
    Some(builder.value(value))
}

fn refused(kind: &ParseErrorKind, place: Place) -> Diagnostic {
    if let ParseErrorKind::NestingDepthExceeded = kind {
        return Diagnostic::error(codes::IMPORT_DEPTH, "the file nests values too deep")
            .label(place, "too deep")
            .help("the format needs ten levels; make sure that this is such a file");
    }
    let text = kind.to_string();
    let mut letters = text.chars();
    let text: String =
        letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default();
    Diagnostic::error(codes::IMPORT_SYNTAX, format!("the file is not JSON: {}", text.trim_end_matches('.')))
        .label(place, "here")
        .help("put it right where it says so; JSON has no comments and no comma before a closing bracket")
}

struct Builder<'a> {
    file: &'a Arc<SourceFile>,
    findings: &'a mut Vec<Diagnostic>,
}

impl Builder<'_> {
    fn place(&self, range: jsonc_parser::common::Range) -> Place {
        Place::new(self.file, range.start..range.end)
    }

    fn value(&mut self, value: ast::Value<'_>) -> Json {
        use jsonc_parser::common::Ranged;
        let place = self.place(value.range());
        let kind = match value {
            ast::Value::StringLit(text) => {
                self.check(&place);
                Kind::Text(text.value.into_owned())
            }
            ast::Value::NumberLit(number) => Kind::Number(number.value.to_owned()),
            ast::Value::BooleanLit(_) => Kind::Bool,
            ast::Value::NullKeyword(_) => Kind::Null,
            ast::Value::Array(list) => {
                Kind::List(list.elements.into_iter().map(|value| self.value(value)).collect())
            }
            ast::Value::Object(object) => Kind::Object(self.members(object.properties)),
        };
        Json { kind, place }
    }

    fn members(&mut self, properties: Vec<ast::ObjectProp<'_>>) -> Vec<Member> {
        use jsonc_parser::common::Ranged;
        let mut seen = HashSet::new();
        let mut members: Vec<Member> = Vec::new();
        for property in properties {
            let name_place = self.place(match &property.name {
                ast::ObjectPropName::String(name) => name.range(),
                ast::ObjectPropName::Word(name) => name.range(),
            });
            let name = property.name.into_string();
            if seen.insert(name.clone()) {
                self.check(&name_place);
                members.push(Member { name, name_place, value: self.value(property.value) });
                continue;
            }
            let first = members.iter().find(|member| member.name == name);
            let found =
                Diagnostic::error(codes::IMPORT_DUPLICATE, format!("`{name}` stands twice in one object"))
                    .label(name_place, "left out: most readers take this one alone, without a word");
            let found = match first {
                Some(first) => found.label(first.name_place.clone(), "the first, which counts here"),
                None => found,
            };
            self.findings.push(found.help("delete one of the two"));
        }
        members
    }

    /// JSON has no line breaks and other control characters between quotes, which the parser lets pass.
    fn check(&mut self, place: &Place) {
        let Some(at) = place.text().find(|c: char| c < ' ') else { return };
        let at = place.range.start + at;
        let range: Range<usize> = at..at + 1;
        self.findings.push(
            Diagnostic::error(codes::IMPORT_SYNTAX, "the file is not JSON: a text holds a control character")
                .label(Place::new(self.file, range), "a line break, a tab or the like")
                .help("write it as `\\n`, `\\t` or `\\u0001`"),
        );
    }
}
