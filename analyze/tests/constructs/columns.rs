//! Types and options of columns.

use super::Row;

pub(crate) const ROWS: &[Row] = &[
    (
        "BINARY behind a text type",
        "CREATE TABLE t (a VARCHAR(9) BINARY) CHARSET utf8mb4",
        &["t.a: varchar(9) collate utf8mb4_bin null"],
    ),
    (
        "BINARY with a character set",
        "CREATE TABLE t (a CHAR(9) CHARACTER SET latin1 BINARY)",
        &["t.a: char(9) collate latin1_bin null"],
    ),
    (
        "CHARSET, short, of a column",
        "CREATE TABLE t (a CHAR(9) CHARSET utf8mb4)",
        &["t.a: char(9) collate utf8mb4_0900_ai_ci null"],
    ),
    (
        "a collation of an ENUM",
        "CREATE TABLE t (a ENUM('x') COLLATE latin1_bin)",
        &["t.a: enum('x') collate latin1_bin null"],
    ),
    ("ASCII", "CREATE TABLE t (a CHAR(9) ASCII)", &["t.a: char(9) collate latin1_swedish_ci null"]),
    ("UNICODE", "CREATE TABLE t (a CHAR(9) UNICODE)", &["t.a: char(9) collate ucs2_general_ci null"]),
    ("BYTE", "CREATE TABLE t (a CHAR(9) BYTE)", &["t.a: binary(9) null"]),
    (
        "ZEROFILL",
        "CREATE TABLE t (a INT(5) ZEROFILL)",
        &["t.a: int(5) unsigned null", "t Column(\"a\"): ZEROFILL to 5 digits"],
    ),
    ("NUMERIC UNSIGNED", "CREATE TABLE t (a NUMERIC(5,2) UNSIGNED)", &["t.a: decimal(5,2) unsigned null"]),
    ("SIGNED", "CREATE TABLE t (a INT SIGNED NOT NULL)", &["t.a: int"]),
    (
        "FIXED, DEC",
        "CREATE TABLE t (a FIXED(3,1), b DEC(4))",
        &["t.a: decimal(3,1) null", "t.b: decimal(4,0) null"],
    ),
    ("a display width of one", "CREATE TABLE t (a TINYINT(1) NOT NULL)", &["t.a: tinyint(1)"]),
    ("a display width of a year", "CREATE TABLE t (a YEAR(4) NOT NULL)", &["t.a: year"]),
    (
        "NATIONAL CHAR",
        "CREATE TABLE t (a NATIONAL CHAR(5), b NATIONAL VARCHAR(5))",
        &["t.a: char(5) collate utf8mb3_general_ci null", "t.b: varchar(5) collate utf8mb3_general_ci null"],
    ),
    (
        "NCHAR",
        "CREATE TABLE t (a NCHAR(5), b NVARCHAR(5))",
        &["t.a: char(5) collate utf8mb3_general_ci null", "t.b: varchar(5) collate utf8mb3_general_ci null"],
    ),
    (
        "LONG VARCHAR, LONG",
        "CREATE TABLE t (a LONG VARCHAR, b LONG, c LONG VARBINARY) COLLATE utf8mb4_bin",
        &[
            "t.a: mediumtext collate utf8mb4_bin null",
            "t.b: mediumtext collate utf8mb4_bin null",
            "t.c: mediumblob null",
        ],
    ),
    ("SERIAL", "CREATE TABLE t (a SERIAL)", &["t.a: bigint unsigned auto_increment", "t unique a(a)"]),
    (
        "SERIAL DEFAULT VALUE",
        "CREATE TABLE t (a INT SERIAL DEFAULT VALUE)",
        &["t.a: int auto_increment", "t unique a(a)"],
    ),
    (
        "a comment in double quotes",
        "CREATE TABLE t (a INT COMMENT \"x\") COMMENT \"it's\"",
        &["t.a: int null"],
    ),
    (
        "hex as a value of ENUM",
        "CREATE TABLE t (a ENUM(0x61, 'b') COLLATE utf8mb4_bin)",
        &["t.a: enum('a','b') collate utf8mb4_bin null"],
    ),
    (
        "a value of SET in double quotes",
        "CREATE TABLE t (a SET(\"a\", 'b''c') COLLATE utf8mb4_bin)",
        &["t.a: set('a','b''c') collate utf8mb4_bin null"],
    ),
    (
        "texts side by side are one",
        "CREATE TABLE t (a CHAR(9) COLLATE utf8mb4_bin DEFAULT 'a' 'b')",
        &["t.a: char(9) collate utf8mb4_bin null default 'ab'"],
    ),
    ("a default in double quotes", "CREATE TABLE t (a INT DEFAULT \"5\")", &["t.a: int null default '5'"]),
    (
        "defaults in bits",
        "CREATE TABLE t (a BIT(2) DEFAULT b'01', b BIT(2) DEFAULT 0b01)",
        &["t.a: bit(2) null default b'01'", "t.b: bit(2) null default 0b01"],
    ),
    (
        "a default in hex",
        "CREATE TABLE t (a BINARY(1) DEFAULT 0x41, b BINARY(1) DEFAULT x'41')",
        &["t.a: binary(1) null default 0x41", "t.b: binary(1) null default x'41'"],
    ),
    (
        "a default with an introducer",
        "CREATE TABLE t (a CHAR(9) COLLATE utf8mb4_bin DEFAULT _utf8mb4'x')",
        &["t.a: char(9) collate utf8mb4_bin null default _utf8mb4'x'"],
    ),
    (
        "a default that is an expression",
        "CREATE TABLE t (a CHAR(36) COLLATE utf8mb4_bin DEFAULT (uuid()))",
        &["t.a: char(36) collate utf8mb4_bin null default (uuid())"],
    ),
    (
        "backslashes in a default",
        r"CREATE TABLE t (a CHAR(9) COLLATE utf8mb4_bin DEFAULT 'a\\b\'')",
        &[r"t.a: char(9) collate utf8mb4_bin null default 'a\\b\''"],
    ),
    (
        "the time at hand, with digits",
        "CREATE TABLE t (a DATETIME(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6))",
        &["t.a: datetime(6) null default current_timestamp(6) on update current_timestamp(6)"],
    ),
    (
        "NOW() is the same",
        "CREATE TABLE t (a DATETIME DEFAULT NOW() ON UPDATE LOCALTIME)",
        &["t.a: datetime null default current_timestamp on update current_timestamp"],
    ),
    (
        "generated, both ways to say it",
        "CREATE TABLE t (a INT, b INT GENERATED ALWAYS AS (a + 1) STORED, c INT AS (a * 2) VIRTUAL)",
        &["t.b: int null generated (a + 1)", "t.c: int null generated (a * 2)"],
    ),
    (
        "generated, PERSISTENT (MariaDB)",
        "CREATE TABLE t (a INT, b INT AS (a + 1) PERSISTENT)",
        &["t.b: int null generated (a + 1)"],
    ),
    (
        "&& is AND, after =",
        "CREATE TABLE t (a INT, b INT AS (a = 1 && a = 2))",
        &["t.b: int null generated (a = 1 && a = 2)"],
    ),
    (
        "|| is OR, after =",
        "CREATE TABLE t (a INT, b INT AS (a = 1 || a = 2))",
        &["t.b: int null generated (a = 1 || a = 2)"],
    ),
    (
        "XOR is weaker than AND, ^ stronger than +",
        "CREATE TABLE t (a INT, b INT AS (a XOR a AND 1), c INT AS (1 ^ 2 + 3))",
        &["t.b: int null generated (a XOR a AND 1)", "t.c: int null generated (1 ^ 2 + 3)"],
    ),
    (
        "BINARY before an expression",
        "CREATE TABLE t (a CHAR(9) COLLATE utf8mb4_bin, b INT AS (BINARY a = 'x'))",
        &["t.b: int null generated (BINARY a = 'x')"],
    ),
    (
        "MOD and DIV",
        "CREATE TABLE t (a INT, b INT AS (a MOD 2), c INT AS (a DIV 2))",
        &["t.b: int null generated (a MOD 2)", "t.c: int null generated (a DIV 2)"],
    ),
    ("!", "CREATE TABLE t (a INT, b INT AS (!a))", &["t.b: int null generated (!a)"]),
    (
        "units of two parts, and the function INTERVAL",
        "CREATE TABLE t (a DATETIME, b DATETIME AS (a + INTERVAL '1:2' MINUTE_SECOND), c INT AS (INTERVAL(1, 2)))",
        &[
            "t.b: datetime null generated (a + INTERVAL '1:2' MINUTE_SECOND)",
            "t.c: int null generated (INTERVAL(1, 2))",
        ],
    ),
    (
        "CAST with a character set, to SIGNED INTEGER, CHAR USING",
        "CREATE TABLE t (a INT, b INT AS (CAST(a AS CHAR CHARACTER SET utf8mb4)), c INT AS (CAST(a AS SIGNED INTEGER)), d INT AS (CHAR(a USING utf8mb4)))",
        &[
            "t.b: int null generated (CAST(a AS CHAR CHARACTER SET utf8mb4))",
            "t.c: int null generated (CAST(a AS SIGNED INTEGER))",
            "t.d: int null generated (CHAR(a USING utf8mb4))",
        ],
    ),
    (
        "SOUNDS LIKE, a null as \\N",
        "CREATE TABLE t (a INT, b INT AS (a SOUNDS LIKE 'x'), c INT AS (a <=> \\N))",
        &["t.b: int null generated (a SOUNDS LIKE 'x')", "t.c: int null generated (a <=> \\N)"],
    ),
    (
        "an invisible column",
        "CREATE TABLE t (a INT, b INT INVISIBLE)",
        &["t.b: int null", "t Column(\"b\"): INVISIBLE"],
    ),
    ("SRID", "CREATE TABLE t (a POINT NOT NULL SRID 4326)", &["t.a: other(point)"]),
    ("COLUMN_FORMAT, STORAGE", "CREATE TABLE t (a INT COLUMN_FORMAT FIXED STORAGE DISK)", &["t.a: int null"]),
    (
        "names that are no words",
        "CREATE TABLE `t``x` (`a b` INT, `select` INT, `é` INT)",
        &["t`x: a b, select, é"],
    ),
];
