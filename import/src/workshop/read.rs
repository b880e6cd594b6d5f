//! From JSON to the format's types. What can't be read is said and left out: an attribute without a join that was
//! asked for would be another attribute, so that the whole attribute goes.

use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;

use super::fields::{Fields, Reader};
use super::model::{
    Attribute, Calculation, Construction, Entity, Function, Gsi, Hop, Join, Projection, Spot, Table, Text,
    Transformation, TransformationKind, Type,
};
use crate::json::{Json, Kind};

/// Reads the file's tables; `None` where it isn't of this format at all.
pub(super) fn tables(json: &Json, reader: &mut Reader) -> Option<Vec<Table>> {
    let fields = reader.object(json, "the file", &["tables"])?;
    let Some(tables) = fields.get("tables") else {
        reader.missing(&fields, "tables");
        return None;
    };
    let Kind::List(tables) = &tables.kind else {
        reader.wrong_kind(tables, "a list");
        return None;
    };
    Some(tables.iter().filter_map(|json| table(json, reader)).collect())
}

fn table(json: &Json, reader: &mut Reader) -> Option<Table> {
    let known = [
        "table",
        "type",
        "source_table",
        "pk",
        "sk",
        "gsis",
        "entities",
        "attributes",
        "satisfies",
        "estimated_item_size_bytes",
    ];
    let fields = reader.object(json, "a table", &known)?;
    let name = reader.required(&fields, "table");
    let multi = is_multi(&fields, reader);
    let source_table = reader.optional(&fields, "source_table");
    let pk = reader.optional(&fields, "pk");
    let sk = reader.optional(&fields, "sk");
    let gsis = reader.list(&fields, "gsis").iter().filter_map(|json| gsi(json, reader)).collect();
    let entities = if multi {
        only_with(&fields, "attributes", "single-entity", reader);
        own_schema(&fields, reader);
        reader.list(&fields, "entities").iter().filter_map(|json| entity(json, reader)).collect()
    } else {
        only_with(&fields, "entities", "multi-entity", reader);
        single(&fields, source_table, reader).into_iter().collect()
    };
    let satisfies = reader.texts(&fields, "satisfies");
    let item_size = match fields.get("estimated_item_size_bytes").map(|json| (json, &json.kind)) {
        Some((_, Kind::Number(digits))) => Some(digits.clone()),
        Some((json, _)) => {
            reader.wrong_kind(json, "a number");
            None
        }
        None => None,
    };
    if pk.is_none() && !multi && fields.get("pk").is_none() {
        reader.missing(&fields, "pk");
    }
    Some(Table { name: name?, multi, pk, sk, gsis, entities, satisfies, item_size })
}

/// Whether its entities stand in a list of their own: as it says, else as it looks.
fn is_multi(fields: &Fields<'_>, reader: &mut Reader) -> bool {
    let said = reader.required(fields, "type");
    let words = [("single-entity", false), ("multi-entity", true)];
    let said = said.and_then(|word| reader.word(&word, &words));
    said.unwrap_or_else(|| fields.get("entities").is_some())
}

/// Says that a field of the other kind of table isn't read. Empty ones are there to please the format's own schema.
fn only_with(fields: &Fields<'_>, name: &str, kind: &str, reader: &mut Reader) {
    let Some(json) = fields.get(name) else { return };
    if matches!(&json.kind, Kind::List(elements) if elements.is_empty()) {
        return;
    }
    let start = json.place.range.start;
    let place = migratable_contract::diagnostic::Place::new(&json.place.file, start..start + 1);
    reader.findings.push(
        Diagnostic::error(codes::IMPORT_UNKNOWN_FIELD, format!("`{name}` goes with tables of type `{kind}`"))
            .label(place, "not read")
            .help("give the table the type that it is of"),
    );
}

/// The format's own schema asks for what only a table of one entity has.
fn own_schema(fields: &Fields<'_>, reader: &mut Reader) {
    let lacks: Vec<&str> =
        ["attributes", "source_table", "pk"].into_iter().filter(|name| fields.get(name).is_none()).collect();
    if lacks.is_empty() {
        return;
    }
    let lacks = lacks.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    reader.findings.push(
        Diagnostic::warning(
            codes::IMPORT_OWN_SCHEMA,
            format!("the format's own schema refuses this table: it has no {lacks}"),
        )
        .label(fields.place().clone(), "a table of several entities needs none of it, but the schema asks")
        .help("nothing is to be done here: the entities say it"),
    );
}

fn single(fields: &Fields<'_>, source_table: Option<Text>, reader: &mut Reader) -> Option<Entity> {
    if source_table.is_none() && fields.get("source_table").is_none() {
        reader.missing(fields, "source_table");
    }
    if fields.get("attributes").is_none() {
        reader.missing(fields, "attributes");
    }
    let attributes = attributes(fields, reader);
    Some(Entity { kind: None, source_table: source_table?, pk_template: None, sk_template: None, attributes })
}

fn attributes(fields: &Fields<'_>, reader: &mut Reader) -> Vec<Attribute> {
    reader.list(fields, "attributes").iter().filter_map(|json| attribute(json, reader)).collect()
}

fn gsi(json: &Json, reader: &mut Reader) -> Option<Gsi> {
    let known = ["index_name", "pk", "sk", "projection", "projected_attributes"];
    let fields = reader.object(json, "an index", &known)?;
    let (name, pk) = (reader.required(&fields, "index_name"), reader.required(&fields, "pk"));
    let sk = reader.optional(&fields, "sk");
    let projected = reader.texts(&fields, "projected_attributes");
    let said = reader.optional(&fields, "projection");
    let words = [("ALL", "ALL"), ("KEYS_ONLY", "KEYS_ONLY"), ("INCLUDE", "INCLUDE")];
    let said = said.and_then(|word| reader.word(&word, &words));
    let projection = match said {
        Some("KEYS_ONLY") => Projection::Keys,
        Some("INCLUDE") => {
            if projected.is_empty() {
                reader.missing(&fields, "projected_attributes");
            }
            Projection::Include(projected)
        }
        _ => Projection::All,
    };
    Some(Gsi { name: name?, pk: pk?, sk, projection })
}

fn entity(json: &Json, reader: &mut Reader) -> Option<Entity> {
    let known = ["entity_type", "source_table", "pk_template", "sk_template", "attributes"];
    let fields = reader.object(json, "an entity", &known)?;
    let kind = reader.required(&fields, "entity_type");
    let source_table = reader.required(&fields, "source_table");
    let pk_template = reader.required(&fields, "pk_template");
    let sk_template = reader.required(&fields, "sk_template");
    let attributes = attributes(&fields, reader);
    Some(Entity { kind: Some(kind?), source_table: source_table?, pk_template, sk_template, attributes })
}

fn attribute(json: &Json, reader: &mut Reader) -> Option<Attribute> {
    let known = [
        "name",
        "type",
        "source_table",
        "source_column",
        "join",
        "calculation",
        "transformation",
        "denormalized",
        "justification",
    ];
    let fields = reader.object(json, "an attribute", &known)?;
    let name = reader.required(&fields, "name");
    let ty = reader.required(&fields, "type");
    let ty = ty.and_then(|text| Some(Spot { value: reader.word(&text, &Type::ALL)?, place: text.place }));
    let source_table = reader.optional(&fields, "source_table");
    let source_columns = match fields.get("source_column").map(|json| (json, &json.kind)) {
        Some((_, Kind::List(_))) => reader.texts(&fields, "source_column"),
        Some((json, _)) => reader.text(json).into_iter().collect(),
        None => Vec::new(),
    };
    if let Some(json) = fields.get("denormalized")
        && !matches!(json.kind, Kind::Bool)
    {
        reader.wrong_kind(json, "true or false");
    }
    // What is there and can't be read takes the attribute with it.
    let join = part(fields.get("join"), |json| join(json, reader));
    let calculation = part(fields.get("calculation"), |json| calculation(json, reader));
    let transformation = part(fields.get("transformation"), |json| transformation(json, reader));
    let justification = reader.optional(&fields, "justification").map(|text| text.value);
    Some(Attribute {
        name: name?,
        ty,
        source_table,
        source_columns,
        join: join?,
        calculation: calculation?,
        transformation: transformation?,
        justification,
    })
}

/// `Some(None)` where there is nothing, `None` where there is something that can't be read.
fn part<T>(json: Option<&Json>, read: impl FnOnce(&Json) -> Option<T>) -> Option<Option<T>> {
    match json {
        None => Some(None),
        Some(json) => read(json).map(Some),
    }
}

#[derive(Clone, Copy)]
enum JoinKind {
    Own,
    ForeignKey,
    MultiColumn,
    Conditional,
    Chain,
    Json,
}

const JOINS: [(&str, JoinKind); 7] = [
    ("self-join", JoinKind::Own),
    ("foreign-key", JoinKind::ForeignKey),
    ("multi-column", JoinKind::MultiColumn),
    ("conditional", JoinKind::Conditional),
    ("chain", JoinKind::Chain),
    ("lookup-table", JoinKind::ForeignKey),
    ("json-construction", JoinKind::Json),
];

fn join(json: &Json, reader: &mut Reader) -> Option<Spot<Join>> {
    let known = [
        "type",
        "join_alias",
        "join_condition",
        "join_conditions",
        "select_column",
        "null_value",
        "target_table",
        "condition",
        "else_value",
        "chain_separator",
        "joins",
        "construction",
    ];
    let fields = reader.object(json, "a join", &known)?;
    let word = reader.required(&fields, "type")?;
    let join = match reader.word(&word, &JOINS)? {
        JoinKind::Own => {
            let alias = reader.required(&fields, "join_alias");
            let condition = reader.required(&fields, "join_condition");
            let select = reader.required(&fields, "select_column");
            let null_value = reader.optional(&fields, "null_value");
            Join::Own { alias: alias?, condition: condition?, select: select?, null_value }
        }
        JoinKind::ForeignKey => Join::ForeignKey(hop(&fields, reader)?),
        JoinKind::MultiColumn => {
            let target = reader.required(&fields, "target_table");
            let select = reader.required(&fields, "select_column");
            if fields.get("join_conditions").is_none() {
                reader.missing(&fields, "join_conditions");
            }
            let conditions = reader.texts(&fields, "join_conditions");
            Join::MultiColumn { target: target?, conditions, select: select? }
        }
        JoinKind::Conditional => {
            let when = reader.required(&fields, "condition");
            let hop = hop(&fields, reader);
            let otherwise = match fields.get("else_value") {
                Some(json) => reader.text(json),
                None => {
                    reader.missing(&fields, "else_value");
                    None
                }
            };
            Join::Conditional { when: when?, hop: hop?, otherwise: otherwise? }
        }
        JoinKind::Chain => {
            let separator = reader.optional(&fields, "chain_separator");
            if fields.get("joins").is_none() {
                reader.missing(&fields, "joins");
            }
            let elements = reader.list(&fields, "joins");
            let hops: Vec<Option<Hop>> = elements.iter().map(|json| step(json, reader)).collect();
            Join::Chain { separator, hops: hops.into_iter().collect::<Option<_>>()? }
        }
        JoinKind::Json => {
            let target = reader.required(&fields, "target_table");
            let condition = reader.required(&fields, "join_condition");
            let Some(json) = fields.get("construction") else {
                reader.missing(&fields, "construction");
                return None;
            };
            let construction = construction(json, reader);
            Join::Json(construction.and_then(|made| made.of(target?, condition?))?)
        }
    };
    Some(Spot { value: join, place: word.place })
}

fn hop(fields: &Fields<'_>, reader: &mut Reader) -> Option<Hop> {
    let target = reader.required(fields, "target_table");
    let condition = reader.required(fields, "join_condition");
    let select = reader.required(fields, "select_column");
    Some(Hop { target: target?, condition: condition?, select: select? })
}

fn step(json: &Json, reader: &mut Reader) -> Option<Hop> {
    let fields =
        reader.object(json, "a step of a chain", &["target_table", "join_condition", "select_column"])?;
    hop(&fields, reader)
}

/// A construction that isn't yet told which rows it is of.
struct Shape {
    array: bool,
    limit: Option<Spot<u32>>,
    order_by: Option<Text>,
    fields: Vec<(Text, Text)>,
}

impl Shape {
    fn of(self, target: Text, condition: Text) -> Option<Construction> {
        let Self { array, limit, order_by, fields } = self;
        Some(Construction { target, condition, array, limit, order_by, fields })
    }
}

fn construction(json: &Json, reader: &mut Reader) -> Option<Shape> {
    let fields = reader.object(json, "a construction", &["type", "limit", "order_by", "select_columns"])?;
    let word = reader.required(&fields, "type")?;
    let array = reader.word(&word, &[("array", true), ("object", false)]);
    let limit = part(fields.get("limit"), |json| reader.number(json));
    let order_by = reader.optional(&fields, "order_by");
    let Some(columns) = fields.get("select_columns") else {
        reader.missing(&fields, "select_columns");
        return None;
    };
    let Kind::Object(members) = &columns.kind else {
        reader.wrong_kind(columns, "an object");
        return None;
    };
    let columns: Vec<Option<(Text, Text)>> = members
        .iter()
        .map(|member| {
            let name = Spot { value: member.name.clone(), place: member.name_place.clone() };
            Some((name, reader.text(&member.value)?))
        })
        .collect();
    Some(Shape {
        array: array?,
        limit: limit?,
        order_by,
        fields: columns.into_iter().collect::<Option<_>>()?,
    })
}

#[derive(Clone, Copy)]
enum CalculationKind {
    Aggregate,
    Case,
    Unsaid(&'static str),
}

const CALCULATIONS: [(&str, CalculationKind); 4] = [
    ("aggregate", CalculationKind::Aggregate),
    ("case", CalculationKind::Case),
    ("concat", CalculationKind::Unsaid("concat")),
    ("date-math", CalculationKind::Unsaid("date-math")),
];

fn calculation(json: &Json, reader: &mut Reader) -> Option<Spot<Calculation>> {
    let known = ["type", "target_table", "join_condition", "operation", "select_column", "cases", "else"];
    let Kind::Object(members) = &json.kind else {
        reader.wrong_kind(json, "an object");
        return None;
    };
    let word = members.iter().find(|member| member.name == "type").map(|member| &member.value.kind);
    // What those two may say nobody has written down, so that none of it is wrong.
    let open = matches!(word, Some(Kind::Text(word)) if ["concat", "date-math"].contains(&word.as_str()));
    let any: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    let fields = reader.object(json, "a calculation", if open { &any } else { &known })?;
    let word = reader.required(&fields, "type")?;
    let value = match reader.word(&word, &CALCULATIONS)? {
        CalculationKind::Aggregate => {
            let hop = hop(&fields, reader);
            let operation = reader.required(&fields, "operation")?;
            let function = reader.word(&operation, &Function::ALL)?;
            let Hop { target, condition, select } = hop?;
            Calculation::Aggregate { target, condition, function, select }
        }
        CalculationKind::Case => {
            if fields.get("cases").is_none() {
                reader.missing(&fields, "cases");
            }
            let cases: Vec<Option<(Text, Text)>> =
                reader.list(&fields, "cases").iter().map(|json| case(json, reader)).collect();
            let otherwise = reader.optional(&fields, "else");
            Calculation::Case { cases: cases.into_iter().collect::<Option<_>>()?, otherwise }
        }
        CalculationKind::Unsaid(word) => Calculation::Unsaid(word),
    };
    Some(Spot { value, place: word.place })
}

fn case(json: &Json, reader: &mut Reader) -> Option<(Text, Text)> {
    let fields = reader.object(json, "a case", &["when", "then"])?;
    let (when, then) = (reader.required(&fields, "when"), fields.get("then"));
    let Some(then) = then else {
        reader.missing(&fields, "then");
        return None;
    };
    let then = reader.text(then);
    Some((when?, then?))
}

fn transformation(json: &Json, reader: &mut Reader) -> Option<Spot<Transformation>> {
    let fields = reader.object(json, "a transformation", &["type", "format", "source_format"])?;
    let word = reader.required(&fields, "type")?;
    let kind = reader.word(&word, &TransformationKind::ALL)?;
    let format = reader.optional(&fields, "format");
    // What form a value has in MySQL its column's type says.
    let _ = reader.optional(&fields, "source_format");
    Some(Spot { value: Transformation { kind, format }, place: word.place })
}
