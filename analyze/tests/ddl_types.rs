//! Every spelling of a column type, and what MySQL makes of it.
#![expect(clippy::unwrap_used, reason = "a test's panic is its failure")]

use migratable_analyze::ddl::{self, ReadOptions, Server, Table};
use migratable_contract::diagnostic::SourceFile;
use migratable_contract::source::SourceType;

fn table(column: &str, tail: &str, server: Server) -> Result<Table, String> {
    let file = SourceFile::new("t.sql", format!("CREATE TABLE t (c {column}){tail}"));
    let mut reading = ddl::read(&file, server);
    match reading.schema.tables.pop() {
        Some(table) => Ok(table),
        None => Err(reading.diagnostics.remove(0).message),
    }
}

fn type_on(column: &str, tail: &str, server: Server) -> String {
    match table(column, tail, server).map(|table| table.columns[0].source.ty.clone()) {
        Ok(SourceType::Known(ty)) => ty.to_string(),
        Ok(SourceType::Other(text)) => format!("other({text})"),
        Err(message) => message,
    }
}

fn type_of(column: &str) -> String {
    type_on(column, "", Server::MySql80)
}

#[track_caller]
fn all(rows: &[(&str, &str)]) {
    let wrong: Vec<_> = (rows.iter())
        .map(|(column, expected)| (*column, *expected, type_of(column)))
        .filter(|(_, expected, found)| expected != found)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn numbers() {
    all(&[
        ("TINYINT", "tinyint"),
        ("tinyint(1)", "tinyint(1)"),
        ("TINYINT(4) UNSIGNED", "tinyint(4) unsigned"),
        ("SMALLINT SIGNED", "smallint"),
        ("MEDIUMINT UNSIGNED", "mediumint unsigned"),
        ("INT(11) NOT NULL", "int(11)"),
        ("INTEGER", "int"),
        ("int(5) zerofill", "int(5) unsigned"),
        ("BIGINT(20) UNSIGNED ZEROFILL", "bigint(20) unsigned"),
        ("INT1", "tinyint"),
        ("INT2 UNSIGNED", "smallint unsigned"),
        ("INT3", "mediumint"),
        ("MIDDLEINT", "mediumint"),
        ("INT4", "int"),
        ("INT8", "bigint"),
        ("BOOL", "tinyint(1)"),
        ("BOOLEAN", "tinyint(1)"),
        ("SERIAL", "bigint unsigned"),
        ("DECIMAL", "decimal(10,0)"),
        ("DECIMAL(0)", "decimal(10,0)"),
        ("DECIMAL(5)", "decimal(5,0)"),
        ("DECIMAL(65,30)", "decimal(65,30)"),
        ("DEC(7,2) UNSIGNED", "decimal(7,2) unsigned"),
        ("NUMERIC(5,2) UNSIGNED", "decimal(5,2) unsigned"),
        ("FIXED(6,1)", "decimal(6,1)"),
        ("FLOAT", "float"),
        ("FLOAT(24)", "float"),
        ("FLOAT(25)", "double"),
        ("FLOAT(7,4) UNSIGNED", "float unsigned"),
        ("FLOAT4", "float"),
        ("FLOAT8", "double"),
        ("DOUBLE", "double"),
        ("DOUBLE PRECISION", "double"),
        ("DOUBLE PRECISION(8,3)", "double"),
        ("REAL(8,3) UNSIGNED", "double unsigned"),
        ("BIT", "bit(1)"),
        ("BIT(64)", "bit(64)"),
        ("YEAR", "year"),
        ("YEAR(4)", "year"),
    ]);
}

#[test]
fn texts_and_bytes() {
    let c = "collate utf8mb4_0900_ai_ci";
    all(&[
        ("CHAR", &format!("char(1) {c}")),
        ("CHAR(0)", &format!("char(0) {c}")),
        ("CHARACTER(3)", &format!("char(3) {c}")),
        ("VARCHAR(255)", &format!("varchar(255) {c}")),
        ("CHARACTER VARYING(9)", &format!("varchar(9) {c}")),
        ("CHAR VARYING(9)", &format!("varchar(9) {c}")),
        ("VARCHARACTER(9)", &format!("varchar(9) {c}")),
        ("NCHAR(4)", "char(4) collate utf8mb3_general_ci"),
        ("NATIONAL CHAR(4)", "char(4) collate utf8mb3_general_ci"),
        ("NVARCHAR(4)", "varchar(4) collate utf8mb3_general_ci"),
        ("NATIONAL VARCHAR(4)", "varchar(4) collate utf8mb3_general_ci"),
        ("NATIONAL CHARACTER VARYING(4)", "varchar(4) collate utf8mb3_general_ci"),
        ("NCHAR VARCHAR(4)", "varchar(4) collate utf8mb3_general_ci"),
        ("TINYTEXT", &format!("tinytext {c}")),
        ("TEXT", &format!("text {c}")),
        ("TEXT(63)", &format!("tinytext {c}")),
        ("TEXT(64)", &format!("text {c}")),
        ("TEXT(255) CHARACTER SET latin1", "tinytext collate latin1_swedish_ci"),
        ("TEXT(16384)", &format!("mediumtext {c}")),
        ("MEDIUMTEXT", &format!("mediumtext {c}")),
        ("LONGTEXT", &format!("longtext {c}")),
        ("LONG", &format!("mediumtext {c}")),
        ("LONG CHARACTER VARYING", &format!("mediumtext {c}")),
        ("LONG VARCHAR", &format!("mediumtext {c}")),
        ("LONG VARBINARY", "mediumblob"),
        ("BINARY", "binary(1)"),
        ("BINARY(16)", "binary(16)"),
        ("VARBINARY(9)", "varbinary(9)"),
        ("TINYBLOB", "tinyblob"),
        ("BLOB", "blob"),
        ("BLOB(0)", "blob"),
        ("BLOB(255)", "tinyblob"),
        ("BLOB(256)", "blob"),
        ("BLOB(65536)", "mediumblob"),
        ("LONGBLOB", "longblob"),
        ("JSON", "json"),
    ]);
}

#[test]
fn enums_keep_their_members_as_values() {
    let c = "collate utf8mb4_0900_ai_ci";
    all(&[
        ("ENUM('a','b')", &format!("enum('a','b') {c}")),
        (
            "ENUM('it''s', \"say \"\"hi\"\"\", 'a,b', 'c)')",
            &format!("enum('it''s','say \"hi\"','a,b','c)') {c}"),
        ),
        // Blanks at the end go; a backslash escapes, also before a letter that means nothing.
        ("ENUM('a  ', ' b', 'c\\'d', 'e\\af')", &format!("enum('a',' b','c''d','eaf') {c}")),
        ("SET('x','y') CHARACTER SET ascii", "set('x','y') collate ascii_general_ci"),
    ]);
}

#[test]
fn times() {
    all(&[
        ("DATE", "date"),
        ("TIME", "time"),
        ("TIME(3)", "time(3)"),
        ("DATETIME", "datetime"),
        ("DATETIME(0)", "datetime"),
        ("DATETIME(6)", "datetime(6)"),
        ("TIMESTAMP(6) NULL", "timestamp(6)"),
    ]);
}

#[test]
fn types_that_items_cannot_carry() {
    all(&[
        ("POINT NOT NULL SRID 4326", "other(point)"),
        ("GEOMETRY", "other(geometry)"),
        ("GEOMCOLLECTION", "other(geometrycollection)"),
        ("VECTOR(3)", "other(vector(3))"),
        ("UUID", "other(uuid)"),
        ("FROBNICATE(3)", "other(frobnicate(3))"),
    ]);
}

#[test]
fn types_mysql_refuses() {
    let t = "CREATE TABLE `t` was not understood:";
    all(&[
        ("VARCHAR", &format!("{t} VARCHAR needs a length")),
        ("VARBINARY", &format!("{t} VARBINARY needs a length")),
        ("CHAR(256)", &format!("{t} CHAR goes up to 255")),
        ("VARCHAR(65536)", &format!("{t} VARCHAR goes up to 65535")),
        ("BIT(65)", &format!("{t} BIT goes up to 64")),
        ("DECIMAL(66)", &format!("{t} DECIMAL has up to 65 digits, up to 30 of them after the point")),
        ("DECIMAL(40,31)", &format!("{t} DECIMAL has up to 65 digits, up to 30 of them after the point")),
        ("DECIMAL(2,3)", &format!("{t} DECIMAL has up to 65 digits, up to 30 of them after the point")),
        ("FLOAT(54)", &format!("{t} FLOAT goes up to 53 bits")),
        ("TIME(7)", &format!("{t} TIME goes up to 6")),
        ("ENUM()", &format!("{t} not something a type takes")),
        ("ENUM", &format!("{t} ENUM needs a list of strings")),
        ("DATE(3)", &format!("{t} DATE takes nothing in parentheses")),
        ("INT('a')", &format!("{t} INT takes a number, not a string")),
        ("MEDIUMTEXT(3)", &format!("{t} MEDIUMTEXT takes no length")),
        ("", &format!("{t} a type is missing")),
    ]);
}

#[test]
fn collations_come_from_the_nearest_place_that_names_one() {
    let row = |column: &str, tail: &str| type_on(column, tail, Server::MySql80);
    let tail = " CHARSET=latin1 COLLATE=latin1_bin";
    assert_eq!(row("CHAR(1)", tail), "char(1) collate latin1_bin");
    assert_eq!(row("CHAR(1) CHARACTER SET latin1", tail), "char(1) collate latin1_swedish_ci");
    assert_eq!(row("CHAR(1) CHARSET utf8", tail), "char(1) collate utf8mb3_general_ci");
    assert_eq!(row("CHAR(1) COLLATE utf8mb4_bin", tail), "char(1) collate utf8mb4_bin");
    assert_eq!(row("CHAR(1) NOT NULL DEFAULT 'x' COLLATE 'utf8_bin'", tail), "char(1) collate utf8mb3_bin");
    assert_eq!(row("CHAR(1) BINARY", " CHARSET utf8mb4"), "char(1) collate utf8mb4_bin");
    assert_eq!(row("CHAR(1) CHARSET cp1251 BINARY", ""), "char(1) collate cp1251_bin");
    assert_eq!(row("CHAR(1) ASCII", ""), "char(1) collate latin1_swedish_ci");
    assert_eq!(row("CHAR(1) CHARSET ascii", ""), "char(1) collate ascii_general_ci");
    assert_eq!(row("CHAR(1) UNICODE", ""), "char(1) collate ucs2_general_ci");
    assert_eq!(row("CHAR(1)", " DEFAULT CHARACTER SET = gbk"), "char(1) collate gbk_chinese_ci");
    // COLLATE goes before the character set's default, in either order.
    assert_eq!(
        row("CHAR(1)", " COLLATE latin1_german1_ci CHARSET latin1"),
        "char(1) collate latin1_german1_ci"
    );
}

#[test]
fn the_binary_character_set_makes_bytes() {
    let row = |column: &str, tail: &str| type_on(column, tail, Server::MySql80);
    assert_eq!(row("CHAR(3) CHARACTER SET binary", ""), "binary(3)");
    assert_eq!(row("CHAR(3) BYTE", ""), "binary(3)");
    assert_eq!(row("VARCHAR(3) CHARSET binary", ""), "varbinary(3)");
    assert_eq!(row("MEDIUMTEXT COLLATE binary", ""), "mediumblob");
    assert_eq!(row("VARCHAR(3)", " CHARSET=binary"), "varbinary(3)");
    // Blanks at the end of a member are bytes like any other here.
    assert_eq!(row("ENUM('a ') CHARSET binary", ""), "enum('a ') collate binary");
}

#[test]
fn servers_differ() {
    let on = |server| type_on("CHAR(1)", " CHARSET=utf8mb4", server);
    assert_eq!(on(Server::MySql57), "char(1) collate utf8mb4_general_ci");
    assert_eq!(on(Server::MySql80), "char(1) collate utf8mb4_0900_ai_ci");
    assert_eq!(on(Server::MariaDb1011), "char(1) collate utf8mb4_general_ci");
    let plain = |server| type_on("CHAR(1)", "", server);
    assert_eq!(plain(Server::MySql57), "char(1) collate latin1_swedish_ci");
    assert_eq!(plain(Server::MariaDb1011), "char(1) collate utf8mb4_general_ci");
    assert_eq!(type_on("CHAR(1)", " CHARSET=utf8", Server::MySql57), "char(1) collate utf8_general_ci");
    for server in ["mysql 5.7", "mysql 8.0", "mysql 8.4", "mysql 9.0", "mariadb 10.11"] {
        assert_eq!(server.parse::<Server>().unwrap().name(), server);
    }
    assert!("oracle".parse::<Server>().is_err());
}

#[test]
fn the_server_default_can_be_given() {
    let file = SourceFile::new("t.sql", "CREATE TABLE t (c CHAR(1))");
    let options = ReadOptions { collation: Some("utf8mb4_bin".to_owned()), ..ReadOptions::default() };
    let reading = ddl::read(&file, options);
    assert_eq!(reading.schema.tables[0].collation, "utf8mb4_bin");
}

#[test]
fn null_follows_from_keys_numbers_and_the_server() {
    let nullable = |column: &str, server| table(column, "", server).unwrap().columns[0].source.nullable;
    assert!(nullable("INT", Server::MySql80));
    assert!(nullable("INT NULL", Server::MySql80));
    assert!(!nullable("INT NOT NULL", Server::MySql80));
    assert!(!nullable("INT PRIMARY KEY", Server::MySql80));
    assert!(!nullable("INT AUTO_INCREMENT UNIQUE", Server::MySql80));
    assert!(!nullable("SERIAL", Server::MySql80));
    assert!(nullable("TIMESTAMP", Server::MySql80));
    assert!(nullable("TIMESTAMP", Server::MariaDb1011));
    assert!(!nullable("TIMESTAMP", Server::MySql57));
    assert!(nullable("TIMESTAMP NULL", Server::MySql57));
}

#[test]
fn defaults_are_expressions_of_mysql() {
    let default_of = |ty: &str, text: &str| {
        let read = table(&format!("{ty} DEFAULT {text}"), "", Server::MySql80);
        read.unwrap().columns[0].source.default.clone()
    };
    let default = |text: &str| default_of("VARCHAR(9)", text);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(default("NULL"), None);
    assert_eq!(default("'a''b'"), some("'a''b'"));
    assert_eq!(default("\"it's\" NOT NULL"), some("'it''s'"));
    assert_eq!(default("-1"), some("-1"));
    assert_eq!(default("- 1.5e3 COMMENT 'x'"), some("- 1.5e3"));
    assert_eq!(default("TRUE"), some("1"));
    assert_eq!(default("false"), some("0"));
    assert_eq!(default("b'01'"), some("b'01'"));
    assert_eq!(default("0x41"), some("0x41"));
    assert_eq!(default("_utf8mb4'x' COLLATE utf8mb4_bin"), some("_utf8mb4'x'"));
    assert_eq!(default("CURRENT_TIMESTAMP"), some("current_timestamp"));
    assert_eq!(default("now()"), some("current_timestamp"));
    assert_eq!(
        default_of("DATETIME(6)", "CURRENT_TIMESTAMP(6) ON UPDATE NOW(6)"),
        some("current_timestamp(6)")
    );
    assert_eq!(default("(uuid() /* x */ + 1)"), some("(uuid() + 1)"));
    assert_eq!(default("(concat(\"a\", 'b'))"), some("(concat('a', 'b'))"));
    assert_eq!(default("uuid()"), some("uuid()"));
}

#[test]
fn a_unique_primary_key_is_two_keys_to_mysql_alone() {
    let unique = |column: &str, server| table(column, "", server).unwrap().source().unique.len();
    for column in ["INT UNIQUE PRIMARY KEY", "SERIAL PRIMARY KEY", "INT SERIAL DEFAULT VALUE KEY"] {
        assert_eq!(
            (unique(column, Server::MySql80), unique(column, Server::MariaDb1011)),
            (1, 0),
            "{column}"
        );
    }
}

#[test]
fn booleans_are_remembered() {
    let boolean = |column: &str| table(column, "", Server::MySql80).unwrap().columns[0].declared_boolean;
    assert!(boolean("BOOL"));
    assert!(boolean("boolean NOT NULL DEFAULT false"));
    assert!(!boolean("TINYINT(1)"));
}
