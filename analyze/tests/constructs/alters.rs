//! What changes tables that are there.

use super::Row;

pub(crate) const ROWS: &[Row] = &[
    (
        "DISABLE KEYS, ENABLE KEYS",
        "CREATE TABLE t (a INT); /*!40000 ALTER TABLE `t` DISABLE KEYS */; ALTER TABLE t ENABLE KEYS",
        &["t.a: int null"],
    ),
    (
        "the character set of a table, for columns to come",
        "CREATE TABLE t (a CHAR(1)) CHARSET latin1; ALTER TABLE t DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; ALTER TABLE t ADD b CHAR(1)",
        &["t.a: char(1) collate latin1_swedish_ci null", "t.b: char(1) collate utf8mb4_bin null"],
    ),
    (
        "a collation alone",
        "CREATE TABLE t (a INT) CHARSET latin1; ALTER TABLE t COLLATE utf8mb4_bin, ADD b CHAR(1)",
        &["t.b: char(1) collate utf8mb4_bin null"],
    ),
    (
        "CONVERT TO CHARACTER SET",
        "CREATE TABLE t (a CHAR(1), b VARCHAR(9) CHARSET latin1, c INT) CHARSET latin1; ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
        &[
            "t.a: char(1) collate utf8mb4_bin null",
            "t.b: varchar(9) collate utf8mb4_bin null",
            "t.c: int null",
        ],
    ),
    (
        "CONVERT makes room in texts",
        "CREATE TABLE t (a TEXT CHARSET latin1); ALTER TABLE t CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
        &["t.a: mediumtext collate utf8mb4_bin null"],
    ),
    (
        "the character set of a database",
        "CREATE DATABASE d; USE d; ALTER DATABASE d COLLATE utf8mb4_bin; CREATE TABLE t (a CHAR(1))",
        &["t.a: char(1) collate utf8mb4_bin null"],
    ),
    (
        "CREATE SCHEMA",
        "CREATE SCHEMA d DEFAULT CHARACTER SET latin1; USE d; CREATE TABLE t (a CHAR(1))",
        &["t.a: char(1) collate latin1_swedish_ci null"],
    ),
    (
        "the head of a dump of databases",
        "CREATE DATABASE /*!32312 IF NOT EXISTS*/ `d` /*!40100 DEFAULT CHARACTER SET latin1 COLLATE latin1_bin */ /*!80016 DEFAULT ENCRYPTION='N' */; USE `d`; CREATE TABLE t (a CHAR(1))",
        &["t.a: char(1) collate latin1_bin null"],
    ),
    (
        "options of a table",
        "CREATE TABLE t (a INT); ALTER TABLE t ENGINE=InnoDB, AUTO_INCREMENT=5 ROW_FORMAT=DYNAMIC COMMENT='x', ADD b INT",
        &["t.b: int null"],
    ),
    (
        "DROP KEY",
        "CREATE TABLE t (a INT, KEY k (a), UNIQUE u (a)); ALTER TABLE t DROP KEY k, DROP INDEX u",
        &["t: a"],
    ),
    (
        "DROP PRIMARY KEY",
        "CREATE TABLE t (a INT, b INT, PRIMARY KEY (a)); ALTER TABLE t DROP PRIMARY KEY, ADD PRIMARY KEY (b)",
        &["t primary (b)"],
    ),
    (
        "RENAME without TO, into another database",
        "CREATE DATABASE d; CREATE TABLE d.t (a INT); ALTER TABLE d.t RENAME d.u",
        &["u.a: int null"],
    ),
    (
        "RENAME TABLE, several",
        "CREATE TABLE a (x INT); CREATE TABLE b (y INT); RENAME TABLE a TO c, b TO a, c TO b",
        &["a: y", "b: x"],
    ),
    (
        "upkeep of partitions",
        "CREATE TABLE t (a INT) PARTITION BY LIST (a) (PARTITION p VALUES IN (1)); ALTER TABLE t ADD PARTITION (PARTITION q VALUES IN (2)); ALTER TABLE t DROP PARTITION p; ALTER TABLE t REMOVE PARTITIONING",
        &["t.a: int null"],
    ),
    (
        "ADD of several in parentheses",
        "CREATE TABLE t (x INT); ALTER TABLE t ADD (a INT, b INT NOT NULL)",
        &["t: x, a, b", "t.b: int"],
    ),
    (
        "FIRST, AFTER",
        "CREATE TABLE t (a INT, b INT); ALTER TABLE t ADD COLUMN c INT FIRST, ADD d INT AFTER `a`, MODIFY b BIGINT AFTER c",
        &["t: c, b, a, d", "t.b: bigint null"],
    ),
    (
        "MODIFY, CHANGE, ALTER of columns",
        "CREATE TABLE t (a INT, b INT, c INT DEFAULT 1); ALTER TABLE t MODIFY a BIGINT NOT NULL, CHANGE b x VARCHAR(3) COLLATE utf8mb4_bin, ALTER c DROP DEFAULT",
        &["t.a: bigint", "t.x: varchar(3) collate utf8mb4_bin null", "t.c: int null"],
    ),
    (
        "RENAME COLUMN, in keys too",
        "CREATE TABLE t (a INT, b INT, KEY k (a)); ALTER TABLE t RENAME COLUMN a TO x",
        &["t: x, b", "t index k(x)"],
    ),
    (
        "DROP COLUMN, in keys too",
        "CREATE TABLE t (a INT, b INT, KEY k (a, b), KEY l (b)); ALTER TABLE t DROP b",
        &["t: a", "t index k(a)"],
    ),
    (
        "ALTER INDEX",
        "CREATE TABLE t (a INT, KEY k (a)); ALTER TABLE t ALTER INDEX k INVISIBLE",
        &["t index k(a)"],
    ),
    (
        "ALTER CHECK, DROP CHECK",
        "CREATE TABLE t (a INT, CONSTRAINT c CHECK (a > 1), CONSTRAINT d CHECK (a > 2)); ALTER TABLE t ALTER CHECK c NOT ENFORCED, DROP CHECK d",
        &["t check c: a > 1"],
    ),
    (
        "RENAME INDEX, RENAME KEY",
        "CREATE TABLE t (a INT, KEY a1 (a)); ALTER TABLE t RENAME INDEX a1 TO b1; ALTER TABLE t RENAME KEY b1 TO c1",
        &["t index c1(a)"],
    ),
    (
        "ORDER BY, FORCE",
        "CREATE TABLE t (a INT, b INT); ALTER TABLE t ORDER BY a DESC, b; ALTER TABLE t FORCE",
        &["t: a, b"],
    ),
    (
        "ALTER IGNORE TABLE (MariaDB)",
        "CREATE TABLE t (a INT); ALTER IGNORE TABLE t ADD UNIQUE KEY k (a)",
        &["t unique k(a)"],
    ),
    (
        "IF EXISTS, IF NOT EXISTS inside (MariaDB)",
        "CREATE TABLE t (a INT); ALTER TABLE IF EXISTS t ADD COLUMN IF NOT EXISTS a BIGINT, ADD COLUMN IF NOT EXISTS b INT, DROP COLUMN IF EXISTS c, DROP INDEX IF EXISTS i",
        &["t: a, b", "t.a: int null"],
    ),
    (
        "foreign keys",
        "CREATE TABLE u (a INT PRIMARY KEY); CREATE TABLE t (x INT, y INT, CONSTRAINT f FOREIGN KEY (x) REFERENCES u (a)); ALTER TABLE t DROP FOREIGN KEY f, ADD CONSTRAINT g FOREIGN KEY (y) REFERENCES u (a) ON DELETE CASCADE",
        &["t foreign key y: u.a on delete cascade"],
    ),
    (
        "SYSTEM VERSIONING (MariaDB)",
        "CREATE TABLE t (a INT) WITH SYSTEM VERSIONING",
        &["t.a: int null", "t Table: WITH SYSTEM VERSIONING"],
    ),
    ("DROP TABLE", "CREATE TABLE t (a INT); CREATE TABLE u (b INT); DROP TABLE IF EXISTS t, v", &["u: b"]),
    (
        "LIKE",
        "CREATE TABLE t (a INT PRIMARY KEY, b INT, KEY k (b)); CREATE TABLE u LIKE t",
        &["u: a, b", "u primary (a)", "u index k(b)"],
    ),
];
