//! Keys, foreign keys and CHECKs.

use super::Row;

pub(crate) const ROWS: &[Row] = &[
    (
        "USING before the columns of a primary key",
        "CREATE TABLE t (a INT, PRIMARY KEY USING BTREE (a))",
        &["t primary (a)", "t.a: int"],
    ),
    (
        "KEY behind a column makes it the primary key",
        "CREATE TABLE t (a INT KEY, b INT UNIQUE KEY)",
        &["t primary (a)", "t unique b(b)"],
    ),
    ("an invisible index", "CREATE TABLE t (a INT, KEY k (a) INVISIBLE)", &["t index k(a)"]),
    (
        "a visible index, as MySQL Workbench writes it",
        "CREATE TABLE t (a INT, UNIQUE INDEX k (a ASC) VISIBLE)",
        &["t unique k(a)"],
    ),
    (
        "an invisible index, as mysqldump writes it",
        "CREATE TABLE t (a INT, KEY `k` (`a`) /*!80000 INVISIBLE */)",
        &["t index k(a)"],
    ),
    ("an ignored index (MariaDB)", "CREATE TABLE t (a INT, KEY k (a) IGNORED)", &["t index k(a)"]),
    (
        "the start of a column, which looks like a function",
        "CREATE TABLE t (a TEXT, KEY k (a(10)))",
        &["t index k(a(10))"],
    ),
    (
        "a unique start of a column",
        "CREATE TABLE t (a VARCHAR(99), UNIQUE k (a(10)))",
        &["t unique k(a(10))"],
    ),
    (
        "a part that runs backwards",
        "CREATE TABLE t (a INT, b INT, KEY k (a DESC, b ASC))",
        &["t index k(a desc, b)"],
    ),
    (
        "a part that is an expression",
        "CREATE TABLE t (a INT, KEY k ((a + 1), (a * 2) DESC))",
        &["t index k((a + 1), (a * 2) desc)"],
    ),
    ("KEY_BLOCK_SIZE of a key", "CREATE TABLE t (a INT, KEY k (a) KEY_BLOCK_SIZE=8)", &["t index k(a)"]),
    (
        "a parser of a FULLTEXT key",
        "CREATE TABLE t (a TEXT, FULLTEXT KEY k (a) WITH PARSER ngram)",
        &["t fulltext k(a)"],
    ),
    (
        "a parser of a FULLTEXT key, as mysqldump writes it",
        "CREATE TABLE t (a TEXT, FULLTEXT KEY k (a) /*!50100 WITH PARSER `ngram` */)",
        &["t fulltext k(a)"],
    ),
    (
        "a comment of a FULLTEXT key",
        "CREATE TABLE t (a TEXT, FULLTEXT k (a) COMMENT 'x')",
        &["t fulltext k(a)"],
    ),
    ("a SPATIAL key", "CREATE TABLE t (a POINT NOT NULL, SPATIAL INDEX k (a))", &["t spatial k(a)"]),
    (
        "USING and a comment behind a key",
        "CREATE TABLE t (a INT, KEY k USING HASH (a) COMMENT 'c', KEY l (a) USING BTREE)",
        &["t index k(a)", "t index l(a)"],
    ),
    (
        "keys without names",
        "CREATE TABLE t (a INT, b INT, UNIQUE (a, b), KEY (a), KEY (b), KEY (a))",
        &["t unique a(a, b)", "t index a_2(a)", "t index b(b)", "t index a_3(a)"],
    ),
    (
        "a name of a constraint names its key",
        "CREATE TABLE t (a INT, CONSTRAINT c UNIQUE (a), CONSTRAINT d UNIQUE KEY e (a))",
        &["t unique c(a)", "t unique e(a)"],
    ),
    (
        "columns behind keys",
        "CREATE TABLE t (KEY k (b), a INT, UNIQUE u (a), b INT)",
        &["t: a, b", "t index k(b)", "t unique u(a)"],
    ),
    (
        "a foreign key and what it does",
        "CREATE TABLE u (a INT, b INT, PRIMARY KEY (a, b)); CREATE TABLE t (x INT, y INT, CONSTRAINT f FOREIGN KEY g (x, y) REFERENCES u (a, b) MATCH SIMPLE ON UPDATE SET NULL ON DELETE CASCADE)",
        &["t foreign key x, y: u(a, b) on delete cascade on update set null"],
    ),
    (
        "NO ACTION is RESTRICT",
        "CREATE TABLE u (a INT PRIMARY KEY); CREATE TABLE t (x INT, FOREIGN KEY (x) REFERENCES u (a) ON DELETE NO ACTION)",
        &["t foreign key x: u.a"],
    ),
    (
        "a CHECK that is not enforced",
        "CREATE TABLE t (a INT, CONSTRAINT c CHECK (a > 1) NOT ENFORCED)",
        &["t check c: a > 1"],
    ),
    (
        "a CHECK behind a column, with a name",
        "CREATE TABLE t (a INT CONSTRAINT c CHECK (a > 1) ENFORCED, b INT CHECK (b < 1))",
        &["t check c: a > 1", "t check t_chk_1: b < 1"],
    ),
    (
        "&& and || in a CHECK",
        "CREATE TABLE t (a INT, CONSTRAINT c CHECK (a = 1 && a = 2 || a = 3))",
        &["t check c: a = 1 && a = 2 || a = 3"],
    ),
    (
        "BINARY, XOR, ^, !, MOD in a CHECK",
        "CREATE TABLE t (a CHAR(9), CONSTRAINT c CHECK (BINARY a = 'x' XOR !a AND 1 ^ 2 MOD 3))",
        &["t check c: BINARY a = 'x' XOR !a AND 1 ^ 2 MOD 3"],
    ),
    (
        "backslashes in a CHECK",
        r"CREATE TABLE t (a CHAR(9), CONSTRAINT c CHECK (a <> 'x\\y\'' AND a REGEXP '^\\d'))",
        &[r"t check c: a <> 'x\\y\'' AND a REGEXP '^\\d'"],
    ),
    (
        "comments in a CHECK",
        "CREATE TABLE t (a INT, CONSTRAINT c CHECK (a > /* one */ 1 -- two\n))",
        &["t check c: a > 1"],
    ),
    (
        "FULLTEXT and SPATIAL by themselves",
        "CREATE TABLE t (a TEXT, b POINT NOT NULL); CREATE FULLTEXT INDEX i ON t (a); CREATE SPATIAL INDEX j ON t (b)",
        &["t fulltext i(a)", "t spatial j(b)"],
    ),
    (
        "an index by itself, with options",
        "CREATE TABLE t (a INT, b TEXT); CREATE UNIQUE INDEX i USING BTREE ON t (a DESC, b(3)) COMMENT 'x' ALGORITHM=INPLACE LOCK=NONE",
        &["t unique i(a desc, b(3))"],
    ),
    (
        "OR REPLACE, IF NOT EXISTS of an index (MariaDB)",
        "CREATE TABLE t (a INT, b INT, KEY i (a)); CREATE INDEX IF NOT EXISTS i ON t (b); CREATE OR REPLACE INDEX j ON t (b)",
        &["t index i(a)", "t index j(b)"],
    ),
];
