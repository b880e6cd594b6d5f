//! What a server says of its schema: information_schema as facts.

use std::collections::BTreeMap;

use sqlx::MySqlConnection;

use crate::facts::{Facts, Part, Subject};
use crate::server::{literal, rows};

/// Databases that are the server's own.
const OWN: &str = "('information_schema', 'performance_schema', 'mysql')";

/// A row of a query, by position.
struct Line(Vec<Option<String>>);

impl Line {
    fn get(&self, at: usize) -> Option<&str> {
        self.0.get(at)?.as_deref()
    }

    fn text(&self, at: usize) -> String {
        self.get(at).unwrap_or_default().to_owned()
    }

    /// The first two values name database and table.
    fn subject(&self, part: Part) -> Subject {
        Subject { database: self.text(0), name: self.text(1), part }
    }
}

async fn lines(connection: &mut MySqlConnection, sql: &str) -> anyhow::Result<Vec<Line>> {
    Ok(rows(connection, sql).await?.into_iter().map(Line).collect())
}

/// The databases that hold anything, but for the server's own.
pub async fn databases(connection: &mut MySqlConnection) -> anyhow::Result<Vec<String>> {
    let sql = format!(
        "SELECT schema_name FROM information_schema.schemata WHERE schema_name NOT IN {OWN} ORDER BY schema_name"
    );
    Ok(lines(connection, &sql).await?.iter().map(|line| line.text(0)).collect())
}

/// Everything the server says of these databases.
pub async fn facts(connection: &mut MySqlConnection, databases: &[String]) -> anyhow::Result<Facts> {
    let mut facts = Facts::default();
    if databases.is_empty() {
        return Ok(facts);
    }
    let names: Vec<String> = databases.iter().map(|name| literal(name)).collect();
    let within = format!("IN ({})", names.join(", "));
    tables(connection, &within, &mut facts).await?;
    columns(connection, &within, &mut facts).await?;
    keys(connection, &within, &mut facts).await?;
    foreign_keys(connection, &within, &mut facts).await?;
    checks(connection, &within, &mut facts).await?;
    objects(connection, &within, &mut facts).await?;
    Ok(facts)
}

async fn tables(connection: &mut MySqlConnection, within: &str, facts: &mut Facts) -> anyhow::Result<()> {
    let sql = format!(
        "SELECT table_schema, table_name, table_type, table_collation, table_comment, create_options \
         FROM information_schema.tables WHERE table_schema {within}"
    );
    for line in lines(connection, &sql).await? {
        let object = ["VIEW", "SEQUENCE"].into_iter().find(|word| line.get(2) == Some(word));
        if let Some(word) = object {
            facts.is(&line.subject(Part::Object(word)));
            continue;
        }
        let table = line.subject(Part::Table);
        facts.is(&table);
        facts.say(&table, "collation", line.text(3));
        facts.say(&table, "comment", line.text(4));
        facts.say(&table, "partitioned", yes(line.text(5).contains("partitioned")));
    }
    Ok(())
}

async fn columns(connection: &mut MySqlConnection, within: &str, facts: &mut Facts) -> anyhow::Result<()> {
    let sql = format!(
        "SELECT table_schema, table_name, column_name, ordinal_position, data_type, column_type, \
         character_maximum_length, numeric_precision, numeric_scale, datetime_precision, \
         character_set_name, collation_name, is_nullable, column_default, extra, generation_expression, \
         column_comment FROM information_schema.columns WHERE table_schema {within}"
    );
    for line in lines(connection, &sql).await? {
        let column = line.subject(Part::Column(line.text(2)));
        // Of views only the name is compared.
        if !facts.has(&Subject { part: Part::Table, ..column.clone() }) {
            continue;
        }
        facts.is(&column);
        facts.say(&column, "position", line.text(3));
        column_type(&column, &line, facts);
        facts.say(&column, "nullable", yes(line.get(12) == Some("YES")));
        facts.say(&column, "comment", line.text(16));
        let extra = line.text(14).to_lowercase();
        for (word, attribute) in [("auto_increment", "auto_increment"), ("invisible", "invisible")] {
            facts.say(&column, attribute, yes(extra.contains(word)));
        }
        if let Some((_, action)) = extra.split_once("on update ") {
            facts.say(&column, "on update", action.split(' ').next().unwrap_or_default());
        }
        match line.get(15) {
            Some(expression) => {
                facts.say(&column, "generated", expression);
                facts.say(&column, "stored", yes(extra.contains("stored")));
            }
            None => facts.say(&column, "default", line.get(13).unwrap_or("none")),
        }
    }
    Ok(())
}

/// The type in pieces, so that each is compared for itself.
fn column_type(column: &Subject, line: &Line, facts: &mut Facts) {
    let (name, whole) = (line.text(4), line.text(5));
    let arguments = whole.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')).map(|(inner, _)| inner);
    match name.as_str() {
        "char" | "varchar" | "binary" | "varbinary" => facts.say(column, "length", line.text(6)),
        "decimal" => {
            facts.say(column, "precision", line.text(7));
            facts.say(column, "scale", line.text(8));
        }
        "bit" => facts.say(column, "length", line.text(7)),
        "time" | "datetime" | "timestamp" => facts.say(column, "precision", line.text(9)),
        "enum" | "set" => facts.say(column, "members", arguments.unwrap_or_default()),
        "float" | "double" => {
            if let Some(digits) = arguments {
                facts.say(column, "digits", digits);
            }
        }
        _ => {
            if let Some(width) = arguments {
                facts.say(column, "width", width);
            }
        }
    }
    facts.say(column, "type", name);
    let after = whole.rsplit_once(')').map_or(whole.as_str(), |(_, after)| after);
    facts.say(column, "unsigned", yes(after.contains(" unsigned")));
    facts.say(column, "zerofill", yes(after.contains(" zerofill")));
    if let (Some(charset), Some(collation)) = (line.get(10), line.get(11)) {
        facts.say(column, "character set", charset);
        facts.say(column, "collation", collation);
    }
}

async fn keys(connection: &mut MySqlConnection, within: &str, facts: &mut Facts) -> anyhow::Result<()> {
    let sql = format!(
        "SELECT table_schema, table_name, index_name, column_name, sub_part, collation, non_unique, index_type, \
         ignored FROM information_schema.statistics WHERE table_schema {within} \
         ORDER BY table_schema, table_name, index_name, seq_in_index"
    );
    let mut parts: BTreeMap<Subject, Vec<String>> = BTreeMap::new();
    for line in lines(connection, &sql).await? {
        let key = line.subject(Part::Key(line.text(2)));
        let length = line.get(4).map_or_else(String::new, |length| format!("({length})"));
        let direction = if line.get(5) == Some("D") { " desc" } else { "" };
        parts.entry(key.clone()).or_default().push(format!("{}{length}{direction}", line.text(3)));
        facts.is(&key);
        facts.say(&key, "unique", yes(line.get(6) == Some("0")));
        facts.say(&key, "ignored", yes(line.get(8) == Some("YES")));
        let kind = match line.get(7) {
            Some(kind @ ("FULLTEXT" | "SPATIAL")) => kind.to_lowercase(),
            _ => "plain".to_owned(),
        };
        facts.say(&key, "kind", kind);
    }
    for (key, parts) in parts {
        facts.say(&key, "parts", parts.join(", "));
    }
    Ok(())
}

async fn foreign_keys(
    connection: &mut MySqlConnection,
    within: &str,
    facts: &mut Facts,
) -> anyhow::Result<()> {
    let sql = format!(
        "SELECT k.table_schema, k.table_name, k.constraint_name, k.column_name, k.referenced_table_schema, \
         k.referenced_table_name, k.referenced_column_name, r.delete_rule, r.update_rule \
         FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r \
         ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name \
         AND r.table_name = k.table_name \
         WHERE k.table_schema {within} AND k.referenced_table_name IS NOT NULL \
         ORDER BY k.table_schema, k.table_name, k.constraint_name, k.ordinal_position"
    );
    let mut columns: BTreeMap<Subject, (Vec<String>, Vec<String>)> = BTreeMap::new();
    for line in lines(connection, &sql).await? {
        let key = line.subject(Part::ForeignKey(line.text(2)));
        let (own, other) = columns.entry(key.clone()).or_default();
        own.push(line.text(3));
        other.push(line.text(6));
        facts.is(&key);
        facts.say(&key, "references", format!("{}.{}", line.text(4), line.text(5)));
        facts.say(&key, "on delete", line.text(7).to_lowercase());
        facts.say(&key, "on update", line.text(8).to_lowercase());
    }
    for (key, (own, other)) in columns {
        facts.say(&key, "columns", own.join(", "));
        facts.say(&key, "referenced columns", other.join(", "));
    }
    Ok(())
}

async fn checks(connection: &mut MySqlConnection, within: &str, facts: &mut Facts) -> anyhow::Result<()> {
    let sql = format!(
        "SELECT constraint_schema, table_name, constraint_name, check_clause \
         FROM information_schema.check_constraints WHERE constraint_schema {within}"
    );
    for line in lines(connection, &sql).await? {
        let check = line.subject(Part::Check(line.text(3)));
        facts.is(&check);
        facts.say(&check, "name", line.text(2));
    }
    Ok(())
}

/// Triggers, routines and events; views are among the tables.
async fn objects(connection: &mut MySqlConnection, within: &str, facts: &mut Facts) -> anyhow::Result<()> {
    let sql = format!(
        "SELECT trigger_schema, trigger_name, event_object_table, action_timing, event_manipulation \
         FROM information_schema.triggers WHERE trigger_schema {within}"
    );
    for line in lines(connection, &sql).await? {
        let trigger = line.subject(Part::Object("TRIGGER"));
        facts.is(&trigger);
        facts.say(&trigger, "table", line.text(2));
        facts.say(&trigger, "timing", line.text(3).to_lowercase());
        facts.say(&trigger, "event", line.text(4).to_lowercase());
    }
    let sql = format!(
        "SELECT routine_schema, routine_name, routine_type FROM information_schema.routines \
         WHERE routine_schema {within}"
    );
    for line in lines(connection, &sql).await? {
        let kind = match line.get(2) {
            Some("FUNCTION") => "FUNCTION",
            Some("PROCEDURE") => "PROCEDURE",
            _ => "PACKAGE",
        };
        facts.is(&line.subject(Part::Object(kind)));
    }
    let sql =
        format!("SELECT event_schema, event_name FROM information_schema.events WHERE event_schema {within}");
    for line in lines(connection, &sql).await? {
        facts.is(&line.subject(Part::Object("EVENT")));
    }
    Ok(())
}

/// A fact that is there or isn't.
pub(crate) fn yes(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}
