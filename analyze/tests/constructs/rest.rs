//! Options of tables, partitions, versioned comments, and what is refused.

use super::Row;

pub(crate) const ROWS: &[Row] = &[
    ("partitions", "CREATE TABLE t (a INT) PARTITION BY KEY(a) PARTITIONS 4", &["t.a: int null"]),
    (
        "partitions, as mysqldump writes them",
        "CREATE TABLE t (a INT NOT NULL) ENGINE=InnoDB\n/*!50100 PARTITION BY RANGE (a)\n(PARTITION p0 VALUES LESS THAN (10) ENGINE = InnoDB,\n PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB) */",
        &["t.a: int"],
    ),
    ("an engine in quotes", "CREATE TABLE t (a INT) ENGINE='InnoDB'", &["t.a: int null"]),
    ("SECONDARY_ENGINE", "CREATE TABLE t (a INT) SECONDARY_ENGINE=RAPID", &["t.a: int null"]),
    (
        "options without = and with commas",
        "CREATE TABLE t (a CHAR(1)) ENGINE InnoDB, DEFAULT CHARSET latin1, COLLATE latin1_bin, AUTO_INCREMENT 3",
        &["t.a: char(1) collate latin1_bin null"],
    ),
    (
        "a versioned comment the server reads",
        "CREATE TABLE t (a INT /*!80023 INVISIBLE */, b INT)",
        &["t Column(\"a\"): INVISIBLE"],
    ),
    (
        "a versioned comment for a later server",
        "CREATE TABLE t (a INT, b INT /*!99999 NOT NULL */)",
        &["t.b: int null"],
    ),
    (
        "a comment for the other server alone",
        "CREATE TABLE t (a INT /*M!100301 NOT NULL */)",
        &["t.a: int null"],
    ),
    (
        "a comment for MariaDB alone, to MariaDB",
        "CREATE TABLE t (a INT /*M!100301 NOT NULL */)",
        &["t.a: int"],
    ),
    ("places that others fill in", "CREATE TABLE /*_*/t (a INT) /*$wgDBTableOptions*/", &["t.a: int null"]),
    ("rulers", "-----------\n--x\nCREATE TABLE t (a INT);\n#y\n", &["t.a: int null"]),
    (
        "CREATE TABLE … SELECT is known to the server alone",
        "CREATE TABLE u (x INT); CREATE TABLE t (a INT) IGNORE SELECT x FROM u",
        &["MG0601: CREATE TABLE `t` was not understood: its rows and columns come from a query"],
    ),
    (
        "names in double quotes are texts, unless a setting says otherwise",
        "CREATE TABLE \"t\" (a INT)",
        &["MG0601: CREATE TABLE was not understood: a name is missing"],
    ),
];
