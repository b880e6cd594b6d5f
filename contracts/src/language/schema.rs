//! The language as a JSON Schema, for editors.

use std::fmt::Write;

use super::{Block, Field, Shape, WordRule, blocks, prose};

/// The contract language as a JSON Schema (2020-12). The same bytes every time.
///
/// It accepts every contract that loads. It can't know what only the whole file tells (that a name exists, that a key
/// is unique), so it accepts others, too.
pub fn json_schema() -> String {
    let definitions = blocks().iter().map(|block| (block.name.to_owned(), definition(block))).collect();
    let schema = Json::Object(vec![
        ("$schema".to_owned(), Json::text("https://json-schema.org/draft/2020-12/schema")),
        ("title".to_owned(), Json::text("migratable contract")),
        ("$ref".to_owned(), Json::text("#/$defs/Contract")),
        ("$defs".to_owned(), Json::Object(definitions)),
    ]);
    let mut text = String::new();
    schema.write(&mut text, 0);
    text.push('\n');
    text
}

fn definition(block: &Block) -> Json {
    let mut long = vec![
        ("description".to_owned(), Json::Text(prose(block.doc))),
        ("type".to_owned(), Json::text("object")),
        ("properties".to_owned(), Json::Object(block.fields.iter().map(property).collect())),
        ("required".to_owned(), required(block)),
        ("additionalProperties".to_owned(), Json::Bool(false)),
    ];
    if !block.one_of.is_empty() {
        let alternative = |name: &&str| object([("required", Json::Array(vec![Json::text(name)]))]);
        long.push(("oneOf".to_owned(), Json::Array(block.one_of.iter().map(alternative).collect())));
    }
    let both = |names: &Vec<&'static str>| {
        let names = names.iter().map(|name| Json::text(name)).collect();
        object([("not", object([("required", Json::Array(names))]))])
    };
    match &block.not_both[..] {
        [] => {}
        [one] => {
            if let Json::Object(members) = both(one) {
                long.extend(members);
            }
        }
        several => long.push(("allOf".to_owned(), Json::Array(several.iter().map(both).collect()))),
    }
    let alone = |with: &Vec<&'static str>| with.len() == 1;
    let (single, several): (Vec<_>, Vec<_>) = block.only_with.iter().partition(|(_, with)| alone(with));
    if !single.is_empty() {
        let needs = single.into_iter().map(|(name, with)| ((*name).to_owned(), required_names(with)));
        long.push(("dependentRequired".to_owned(), Json::Object(needs.collect())));
    }
    if !several.is_empty() {
        let needs = several.into_iter().map(|(name, with)| {
            let one = |name: &&'static str| object([("required", Json::Array(vec![Json::text(name)]))]);
            ((*name).to_owned(), object([("anyOf", Json::Array(with.iter().map(one).collect()))]))
        });
        long.push(("dependentSchemas".to_owned(), Json::Object(needs.collect())));
    }
    let long = Json::Object(long);
    match block.short.and_then(|short| block.fields.iter().find(|field| field.name == short)) {
        Some(short) => object([("anyOf", Json::Array(vec![shape(&short.shape), long]))]),
        None => long,
    }
}

fn required_names(names: &[&'static str]) -> Json {
    Json::Array(names.iter().map(|name| Json::text(name)).collect())
}

fn required(block: &Block) -> Json {
    let names = block.fields.iter().filter(|field| field.required);
    Json::Array(names.map(|field| Json::text(field.name)).collect())
}

fn property(field: &Field) -> (String, Json) {
    let mut members = vec![("description".to_owned(), Json::Text(prose(field.doc)))];
    if let Json::Object(rest) = shape(&field.shape) {
        members.extend(rest);
    }
    (field.name.to_owned(), Json::Object(members))
}

fn shape(shape: &Shape) -> Json {
    match shape {
        Shape::Text | Shape::Rust(_) => {
            let Json::Object(mut members) = scalar() else { return scalar() };
            members.push(("minLength".to_owned(), Json::Number(1)));
            Json::Object(members)
        }
        Shape::Word(rule) => word(rule),
        Shape::Dotted(first, second) => {
            object([("type", Json::text("string")), ("pattern", Json::Text(dotted(first, second)))])
        }
        Shape::Version(version) => object([("const", Json::Number(i64::from(*version)))]),
        Shape::Number(min, max) => object([
            ("type", Json::text("integer")),
            ("minimum", Json::Number(i64::from(*min))),
            ("maximum", Json::Number(i64::from(*max))),
        ]),
        Shape::Choice(words) => {
            object([("enum", Json::Array(words.iter().map(|word| Json::text(word)).collect()))])
        }
        // None of them looks like a number to an editor.
        Shape::Form(_, form) => {
            object([("type", Json::text("string")), ("pattern", Json::Text(format!("^{form}$")))])
        }
        Shape::Or(words, other) => {
            let words = Json::Array(words.iter().map(|word| Json::text(word)).collect());
            object([("anyOf", Json::Array(vec![object([("enum", words)]), self::shape(other)]))])
        }
        Shape::Flag => object([("type", Json::text("boolean"))]),
        Shape::List { of, min, max } => {
            let mut members = vec![
                ("type".to_owned(), Json::text("array")),
                ("items".to_owned(), self::shape(of)),
                ("minItems".to_owned(), number(*min)),
            ];
            if *max != usize::MAX {
                members.push(("maxItems".to_owned(), number(*max)));
            }
            Json::Object(members)
        }
        Shape::Map { key, of } => object([
            ("type", Json::text("object")),
            ("propertyNames", key_names(key)),
            ("additionalProperties", self::shape(of)),
        ]),
        Shape::Block(name) => object([("$ref", Json::Text(format!("#/$defs/{name}")))]),
    }
}

/// Names are always strings in JSON, whatever an editor takes a plain scalar for.
fn key_names(key: &Shape) -> Json {
    match key {
        Shape::Word(rule) => object([("pattern", Json::Text(format!("^{}$", rule.pattern())))]),
        Shape::Dotted(first, second) => object([("pattern", Json::Text(dotted(first, second)))]),
        _ => object([("minLength", Json::Number(1))]),
    }
}

fn dotted(first: &WordRule, second: &WordRule) -> String {
    format!("^{}\\.{}$", first.pattern(), second.pattern())
}

/// A name. An editor takes `true` and `100` for other things than text; where they are names, it may.
fn word(rule: &WordRule) -> Json {
    let mut types = vec![Json::text("string")];
    let mut members = Vec::new();
    if ["true", "false"].iter().all(|flag| rule.allows(flag)) {
        types.push(Json::text("boolean"));
    }
    let shortest = rule.min as u32;
    if rule.allows(&"0".repeat(rule.min)) {
        types.push(Json::text("number"));
        if shortest > 1 {
            // Of these, what is written is shorter.
            let short = object([
                ("type", Json::text("integer")),
                ("minimum", Json::Number(1 - 10_i64.pow(shortest - 2))),
                ("maximum", Json::Number(10_i64.pow(shortest - 1) - 1)),
            ]);
            members.push(("not".to_owned(), short));
        }
    }
    let ty = match &types[..] {
        [_] => Json::text("string"),
        _ => Json::Array(types),
    };
    let pattern = Json::Text(format!("^{}$", rule.pattern()));
    members.splice(0..0, [("type".to_owned(), ty), ("pattern".to_owned(), pattern)]);
    Json::Object(members)
}

/// A scalar is read as the text it is; an editor takes `10`, `1.5` and `true` for other things than text.
fn scalar() -> Json {
    object([("type", Json::Array(["string", "number", "boolean"].map(Json::text).into()))])
}

/// A length.
fn number(length: usize) -> Json {
    Json::Number(i64::try_from(length).unwrap_or(i64::MAX))
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// A JSON value whose members keep their order. (Whether `serde_json` keeps it is up to whoever else is in the build.)
enum Json {
    Bool(bool),
    Number(i64),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    fn write(&self, out: &mut String, depth: usize) {
        match self {
            // Writing to a String can't fail.
            Self::Bool(value) => drop(write!(out, "{value}")),
            Self::Number(value) => drop(write!(out, "{value}")),
            Self::Text(text) => out.push_str(&quote(text)),
            Self::Array(items) => {
                write_members(out, depth, ('[', ']'), items, |out, item| item.write(out, depth + 1));
            }
            Self::Object(members) => {
                write_members(out, depth, ('{', '}'), members, |out, (name, value)| {
                    out.push_str(&quote(name));
                    out.push_str(": ");
                    value.write(out, depth + 1);
                });
            }
        }
    }
}

fn quote(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

fn write_members<T>(
    out: &mut String,
    depth: usize,
    (open, close): (char, char),
    members: &[T],
    write_member: impl Fn(&mut String, &T),
) {
    out.push(open);
    for (position, member) in members.iter().enumerate() {
        out.push_str(if position == 0 { "\n" } else { ",\n" });
        out.push_str(&"  ".repeat(depth + 1));
        write_member(out, member);
    }
    if !members.is_empty() {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
    out.push(close);
}
