//! Views, triggers, routines, events. More of what their bodies touch is in `ddl_objects`.

use super::Row;

pub(crate) const ROWS: &[Row] = &[
    (
        "a procedure",
        "CREATE TABLE t (a INT); DELIMITER $$\nCREATE PROCEDURE p() BEGIN SELECT a FROM t; END$$\nDELIMITER ;",
        &["procedure p: reads t"],
    ),
    (
        "a function",
        "CREATE TABLE t (a INT); CREATE FUNCTION f(x INT) RETURNS INT DETERMINISTIC READS SQL DATA RETURN (SELECT MAX(a) FROM t)",
        &["function f: reads t"],
    ),
    (
        "an event, changed and dropped",
        "CREATE TABLE t (a INT); CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM t; ALTER EVENT e RENAME TO g; CREATE EVENT h ON SCHEDULE AT NOW() DO SET @a = 1; DROP EVENT h",
        &["event g: writes t"],
    ),
    (
        "a trigger of one statement",
        "CREATE TABLE t (a INT); CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a=1",
        &["t trigger g: before insert, sets a"],
    ),
    (
        "a trigger with its DEFINER",
        "CREATE TABLE t (a INT); CREATE DEFINER=`r`@`%` TRIGGER g AFTER DELETE ON t FOR EACH ROW SET @x = OLD.a",
        &["t trigger g: after delete"],
    ),
    (
        "a trigger with a body as rich as any",
        "CREATE TABLE t (a INT); CREATE TABLE u (b INT); DELIMITER //\nCREATE TRIGGER g AFTER UPDATE ON t FOR EACH ROW l: BEGIN DECLARE x INT; WHILE x < 3 DO INSERT INTO u VALUES (NEW.a); SET x = x + 1; END WHILE; SIGNAL SQLSTATE '45000'; END l//\nDELIMITER ;",
        &["t trigger g: after update, writes u"],
    ),
    (
        "an UPDATE of several tables",
        "CREATE TABLE a (x INT); CREATE TABLE b (x INT); CREATE PROCEDURE p() UPDATE a, b SET a.x=b.x",
        &["procedure p: reads b, writes a"],
    ),
    (
        "SELECT INTO",
        "CREATE TABLE t (a INT); CREATE PROCEDURE p() SELECT a FROM t INTO @x; CREATE PROCEDURE q() SELECT a FROM t INTO OUTFILE 'x'",
        &["procedure p: reads t", "procedure q: reads t"],
    ),
    (
        "tables in parentheses",
        "CREATE TABLE a (x INT); CREATE TABLE b (y INT); CREATE VIEW v AS SELECT x FROM (a, b)",
        &["view v: reads a, b"],
    ),
    (
        "DELETE of all columns",
        "CREATE TABLE a (x INT); CREATE TABLE b (x INT); CREATE PROCEDURE p() DELETE a.* FROM a JOIN b USING (x)",
        &["procedure p: reads b, writes a"],
    ),
    (
        "the check option of a view",
        "CREATE TABLE t (a INT); CREATE VIEW v AS SELECT a FROM t WHERE a > 1 WITH LOCAL CHECK OPTION",
        &["view v: reads t"],
    ),
    (
        "all there is to say of a view",
        "CREATE TABLE t (a INT); CREATE ALGORITHM=TEMPTABLE DEFINER=r@localhost SQL SECURITY DEFINER VIEW v (x) AS SELECT !a FROM t GROUP BY a DESC LOCK IN SHARE MODE",
        &["view v: reads t"],
    ),
    (
        "odd words in bodies",
        "CREATE TABLE t (a INT); CREATE TABLE u (a INT); CREATE PROCEDURE p() SELECT SQL_CACHE a MOD 2 FROM { OJ t LEFT JOIN u ON !t.a }; CREATE PROCEDURE q() INSERT INTO t PARTITION (u) (a) SELECT 1 ON DUPLICATE KEY UPDATE a = 1; CREATE PROCEDURE r() LOAD DATA INFILE 'u' INTO TABLE t; CREATE PROCEDURE s() UPDATE t, u SET u.a := 1",
        &["procedure p: reads t, u", "procedure q: writes t", "procedure r: writes t"],
    ),
    (
        "statements that are no part of a schema",
        "CREATE TABLE t (a INT); HANDLER t OPEN; DO SLEEP(1); XA START 'x'; PREPARE s FROM 'SELECT 1'; EXPLAIN EXTENDED SELECT 1; DESC t a; SET CHARACTER SET utf8mb4; CREATE USER 'u'@'h' IDENTIFIED BY 'x'; DROP USER 'u'@'h'; GRANT ALL ON *.* TO 'u'@'h' IDENTIFIED BY 'x'; OPTIMIZE TABLE t; CHECK TABLE t; REPAIR TABLE t; CHECKSUM TABLE t; TABLE t; (SELECT 1) UNION (SELECT 2); INSERT INTO t VALUES (1); SELECT a FROM t INTO OUTFILE 'x'; LOCK TABLES `t` WRITE; UNLOCK TABLES; SHOW TABLE STATUS LIKE 'x'; SET SESSION TRANSACTION READ ONLY",
        &["t.a: int null"],
    ),
    (
        "a procedure without a DELIMITER around it",
        "CREATE TABLE t (a INT); CREATE PROCEDURE p() BEGIN SELECT 1; IF 1 THEN DELETE FROM t; END IF; END; CREATE TABLE u (b INT)",
        &["procedure p: writes t", "u: b"],
    ),
];
