//! The comparison with a server finds nothing in a right model, and every mistake put into it.
#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

use migratable_analyze::ddl::{KeyKind, ObjectKind, Schema};
use migratable_contract::source::{Action, Indexed, SourceType, Timing};
use migratable_core::mysql::MySqlType;
use migratable_test_corpus::oracle::{Comparison, Oracle, judge};
use migratable_test_corpus::rows::ROWS;
use migratable_test_corpus::server::DATABASE;
use migratable_test_engines::Template;

const DDL: &str = "
CREATE TABLE users (
  id bigint unsigned NOT NULL AUTO_INCREMENT,
  email varchar(100) CHARACTER SET ascii NOT NULL COMMENT 'one each',
  name varchar(50) COLLATE utf8mb4_bin NOT NULL DEFAULT 'nobody; yet',
  kind enum('plain','it''s') NOT NULL,
  amount decimal(10,2) unsigned zerofill DEFAULT 1,
  ratio float(7,3),
  made timestamp(3) NOT NULL DEFAULT current_timestamp(3) ON UPDATE current_timestamp(3),
  twice int AS (char_length(name) * 2) STORED,
  notes json,
  hidden int INVISIBLE DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY email (email),
  KEY name_made (name(10), made DESC),
  FULLTEXT KEY words (name),
  CHECK (amount < 100),
  CONSTRAINT sane CHECK (ratio > 0 AND amount <> 7)
) COMMENT='people';
CREATE TABLE orders (
  user_id bigint unsigned,
  number int NOT NULL PRIMARY KEY,
  INDEX (number) IGNORED,
  CONSTRAINT of_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
ALTER TABLE orders ADD COLUMN note text AFTER user_id, DROP INDEX number;
CREATE TABLE places (
  id int PRIMARY KEY,
  seen datetime ON UPDATE CURRENT_TIMESTAMP,
  at point NOT NULL,
  path varchar(1000),
  SPATIAL KEY near (at),
  KEY path (path),
  FOREIGN KEY (id) REFERENCES orders (number) ON DELETE NO ACTION
) ENGINE=InnoDB;
CREATE VIEW named AS SELECT name FROM users;
CREATE PROCEDURE none() SELECT 1;
DELIMITER //
CREATE TRIGGER early BEFORE INSERT ON orders FOR EACH ROW BEGIN SET NEW.note = ';'; END//
DELIMITER ;
";

/// A mistake: what it is, how it is made, and the difference it has to give.
type Mistake = (&'static str, fn(&mut Schema), &'static str);

const MISTAKES: &[Mistake] = &[
    ("a lost table", |schema| drop(schema.tables.remove(1)), "orders: missing in our model"),
    ("an invented table", |schema| schema.tables.push(renamed(schema)), "other: only in our model"),
    (
        "a lost column",
        |schema| drop(schema.tables[0].columns.remove(9)),
        "column hidden: missing in our model",
    ),
    ("columns in another order", |schema| schema.tables[0].columns.swap(3, 4), "column kind: position"),
    ("another length", |schema| *column(schema, 1) = varchar(99, "ascii_general_ci"), "column email: length"),
    ("another collation", |schema| *column(schema, 2) = varchar(50, "utf8mb4_general_ci"), "name: collation"),
    (
        "another character set",
        |schema| *column(schema, 1) = varchar(100, "latin1_swedish_ci"),
        "character set",
    ),
    ("another type", |schema| *column(schema, 0) = SourceType::Known(MySqlType::Date), "column id: type"),
    (
        "another scale",
        |schema| {
            *column(schema, 4) =
                SourceType::Known(MySqlType::Decimal { precision: 10, scale: 3, unsigned: true })
        },
        "column amount: scale",
    ),
    (
        "a lost sign",
        |schema| {
            *column(schema, 4) =
                SourceType::Known(MySqlType::Decimal { precision: 10, scale: 2, unsigned: false })
        },
        "column amount: unsigned",
    ),
    (
        "another precision of time",
        |schema| *column(schema, 6) = SourceType::Known(MySqlType::Timestamp { fsp: 6 }),
        "column made: precision",
    ),
    ("another member", |schema| *column(schema, 3) = members("its"), "column kind: members"),
    ("lost digits", |schema| schema.tables[0].columns[5].notes.clear(), "column ratio: digits"),
    ("nullable", |schema| schema.tables[0].columns[1].source.nullable = true, "column email: nullable"),
    (
        "a lost count",
        |schema| schema.tables[0].columns[0].source.auto_increment = false,
        "id: auto_increment",
    ),
    ("a lost default", |schema| schema.tables[0].columns[2].source.default = None, "column name: default"),
    (
        "another default",
        |schema| schema.tables[0].columns[2].source.default = Some("'nobody'".to_owned()),
        "column name: default",
    ),
    (
        "a lost ON UPDATE",
        |schema| schema.tables[0].columns[6].source.on_update = None,
        "column made: on update",
    ),
    (
        "another expression",
        |schema| schema.tables[0].columns[7].source.generated = Some("length(name) * 2".to_owned()),
        "column twice: generated",
    ),
    ("virtual", |schema| schema.tables[0].columns[7].stored = false, "column twice: stored"),
    ("visible", |schema| schema.tables[0].columns[9].invisible = false, "column hidden: invisible"),
    ("lost zeros", |schema| schema.tables[0].columns[4].zerofill = false, "column amount: zerofill"),
    ("a lost comment", |schema| schema.tables[0].columns[1].comment = None, "column email: comment"),
    ("a table's comment", |schema| schema.tables[0].comment = None, "users: comment"),
    ("a lost key", |schema| drop(schema.tables[0].keys.remove(0)), "users key PRIMARY: missing"),
    (
        "a key that is not unique",
        |schema| schema.tables[0].keys[1].kind = KeyKind::Plain,
        "key email: unique",
    ),
    ("another order", |schema| schema.tables[0].keys[2].parts.swap(0, 1), "key name_made: parts"),
    ("upwards", |schema| schema.tables[0].keys[2].parts[1].descending = false, "key name_made: parts"),
    (
        "a lost prefix",
        |schema| schema.tables[0].keys[2].parts[0].what = Indexed::Column("name".to_owned()),
        "key name_made: parts",
    ),
    ("no words", |schema| schema.tables[0].keys[3].kind = KeyKind::Plain, "key words: kind"),
    ("ignored", |schema| schema.tables[0].keys[1].invisible = true, "key email: ignored"),
    (
        "a lost foreign key",
        |schema| drop(schema.tables[1].foreign_keys.pop()),
        "foreign key of_user: missing",
    ),
    (
        "another action",
        |schema| schema.tables[1].foreign_keys[0].source.on_delete = Action::SetNull,
        "foreign key of_user: on delete",
    ),
    (
        "another target",
        |schema| schema.tables[1].foreign_keys[0].source.references = vec!["email".to_owned()],
        "foreign key of_user: referenced columns",
    ),
    (
        "a lost check",
        |schema| drop(schema.tables[0].checks.remove(0)),
        "`amount` < 100: missing in our model",
    ),
    (
        "another check",
        |schema| schema.tables[0].checks[1].source.expression = "ratio > 0 OR amount <> 7".to_owned(),
        "or `amount` <> 7: only in our model",
    ),
    (
        "a check's name",
        |schema| schema.tables[0].checks[1].source.name = "mad".to_owned(),
        ": name: we say \"mad\"",
    ),
    ("a lost view", |schema| schema.objects.retain(|it| it.kind != ObjectKind::View), "named VIEW: missing"),
    ("a lost routine", |schema| schema.objects.retain(|it| it.name != "none"), "none PROCEDURE: missing"),
    ("too late", too_late, "early TRIGGER: timing"),
];

fn renamed(schema: &Schema) -> migratable_analyze::ddl::Table {
    let mut table = schema.tables[1].clone();
    table.name = "other".to_owned();
    table
}

fn column(schema: &mut Schema, position: usize) -> &mut SourceType {
    &mut schema.tables[0].columns[position].source.ty
}

fn varchar(length: u32, collation: &'static str) -> SourceType {
    SourceType::Known(MySqlType::VarChar { length, collation: collation_named(collation) })
}

fn members(second: &'static str) -> SourceType {
    let members = vec!["plain".into(), second.into()].into();
    SourceType::Known(MySqlType::Enum { members, collation: collation_named("utf8mb4_unicode_ci") })
}

fn collation_named(name: &'static str) -> migratable_core::collation::Collation {
    migratable_core::collation::Collation::new(name)
}

fn too_late(schema: &mut Schema) {
    for object in &mut schema.objects {
        if let ObjectKind::Trigger(trigger) = &mut object.kind {
            trigger.timing = Timing::After;
        }
    }
}

#[tokio::test]
async fn a_right_model_is_passed_and_every_mistake_in_it_is_found() {
    let template = Template::new().unwrap();
    let mut comparison = Comparison::default();
    let (mut oracle, accepted) = Oracle::new(&template, DDL, &mut comparison).await.unwrap();
    assert_eq!(comparison.refused, []);
    let schemas = oracle.read(&accepted, &mut comparison.errors);
    assert_eq!(schemas.len(), 1);
    assert_eq!(schemas[0].0, DATABASE);
    let facts = oracle.facts(&schemas).await.unwrap();
    judge(&facts, &oracle.theirs, &mut comparison);
    assert!(comparison.left.is_empty(), "a right model: {:#?}", comparison.left);
    for row in ROWS {
        assert!(comparison.explained.contains_key(row.name), "the row {:?} is needed by nothing", row.name);
    }

    for (what, mistake, expected) in MISTAKES {
        let mut wrong = schemas.clone();
        mistake(&mut wrong[0].1);
        let mut comparison = Comparison::default();
        let facts = oracle.facts(&wrong).await.unwrap();
        judge(&facts, &oracle.theirs, &mut comparison);
        let left: Vec<String> = comparison.left.iter().map(ToString::to_string).collect();
        assert!(left.iter().any(|difference| difference.contains(expected)), "{what}: {left:#?}");
    }
}
