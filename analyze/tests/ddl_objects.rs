//! Views, triggers, routines, events: what they touch, and what later statements do to them.

use migratable_analyze::ddl::{self, Object, ObjectKind, Reading, Server};
use migratable_contract::codes;
use migratable_contract::diagnostic::SourceFile;

/// Tables that bodies can name.
const TABLES: &str = "CREATE TABLE a (x INT PRIMARY KEY, y INT, z INT);
CREATE TABLE b (x INT PRIMARY KEY, y INT);
CREATE TABLE c (x INT PRIMARY KEY, y INT);
CREATE TABLE `d e` (x INT PRIMARY KEY);
";

fn read(statements: &str) -> Reading {
    ddl::read(&SourceFile::new("schema.sql", format!("{TABLES}DELIMITER $$\n{statements}")), Server::MySql80)
}

fn objects(statements: &str) -> Vec<Object> {
    let reading = read(statements);
    assert!(reading.diagnostics.is_empty(), "{statements}: {:?}", reading.diagnostics);
    reading.schema.objects
}

fn show(objects: &[Object]) -> String {
    let one = |object: &Object| {
        let dynamic = if object.dynamic { ", dynamic" } else { "" };
        format!("{} {}: {}{dynamic}", object.kind.word().to_lowercase(), object.name, object.touches)
    };
    objects.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn touches(body: &str, expected: &str) {
    let found = show(&objects(&format!("CREATE PROCEDURE p() {body}")));
    assert_eq!(found, format!("procedure p: {expected}"), "{body}");
}

#[test]
fn tables_stand_behind_from_and_join() {
    touches("SELECT * FROM a", "reads a");
    touches("SELECT * FROM a, b AS q, c WHERE 1", "reads a, b, c");
    touches("SELECT * FROM a JOIN b USING (x) LEFT JOIN c ON c.x = b.x, `d e`", "reads a, b, c, `d e`");
    touches("SELECT * FROM (a, b) STRAIGHT_JOIN (c CROSS JOIN `d e`)", "reads a, b, c, `d e`");
    touches("SELECT * FROM a USE INDEX FOR JOIN (i, b), c FORCE KEY FOR ORDER BY (b)", "reads a, c");
    touches("SELECT * FROM a PARTITION (b) q NATURAL JOIN { OJ c LEFT JOIN b ON 1 }", "reads a, c, b");
    touches(
        "SELECT (SELECT y FROM b WHERE x IN (SELECT x FROM c)) FROM a GROUP BY x, b ORDER BY y, c",
        "reads c, b, a",
    );
    touches(
        "SELECT * FROM (SELECT x FROM a UNION SELECT x FROM b) q, LATERAL (SELECT * FROM c) r",
        "reads a, b, c",
    );
    touches("SELECT * FROM ((SELECT x FROM a) UNION (SELECT x FROM b)) q JOIN c", "reads a, b, c");
    touches("SELECT * FROM JSON_TABLE(@j, '$' COLUMNS (x INT PATH '$')) AS b, DUAL, c", "reads c");
    touches("(TABLE a) UNION (SELECT * FROM b)", "reads a, b");
    touches("SELECT * FROM A JOIN nowhere JOIN other.b", "reads a, b");
}

#[test]
fn other_words_are_no_from_clauses() {
    touches("SELECT EXTRACT(DAY FROM b), TRIM(LEADING 'x' FROM c), SUBSTRING(y FROM 2) FROM a", "reads a");
    touches("SELECT 'FROM b', \"JOIN c\", y /* FROM b */ FROM a -- JOIN c\n", "reads a");
    touches("SELECT a.b, c.`from`, 1 AS b FROM a q", "reads a");
    touches("SELECT INSERT('a', 1, 1, 'b'), REPLACE(y, 'b', 'c'), TRUNCATE(y, 1) FROM a", "reads a");
    touches("SELECT x FROM a INTO @b, c", "reads a");
    touches("SELECT x, y INTO b, c FROM a FOR UPDATE", "reads a");
    touches("SELECT x FROM a LOCK IN SHARE MODE", "reads a");
    touches("SHOW COLUMNS FROM b", "touches nothing");
    touches(
        "BEGIN DECLARE q CURSOR FOR SELECT x FROM a; OPEN q; FETCH NEXT FROM b INTO c; CLOSE q; END",
        "reads a",
    );
}

#[test]
fn what_is_written() {
    touches("INSERT INTO a VALUES (1, 2, 3)", "writes a");
    touches(
        "INSERT LOW_PRIORITY IGNORE a (x) SELECT x FROM b, c ON DUPLICATE KEY UPDATE y = 1, z = 2",
        "reads b, c, writes a",
    );
    touches("INSERT INTO a SET x = (SELECT x FROM b)", "reads b, writes a");
    touches("REPLACE DELAYED INTO a (x) (SELECT x FROM b)", "reads b, writes a");
    touches("UPDATE a SET y = 1 WHERE x IN (SELECT x FROM b)", "reads b, writes a");
    touches("UPDATE a q, b SET q.y = b.y, q.z = (SELECT MAX(y) FROM c)", "reads c, b, writes a");
    touches("UPDATE a JOIN b USING (x) SET `b`.`y` = a.y", "reads a, writes b");
    touches("UPDATE a, b SET z = 1", "writes a, b");
    touches("DELETE FROM a WHERE x = 1 ORDER BY y LIMIT 1", "writes a");
    touches("DELETE q.*, c FROM a q JOIN b ON b.x = q.x JOIN c", "reads b, writes a, c");
    touches("DELETE FROM a, b USING a JOIN b USING (x) JOIN c", "reads c, writes a, b");
    touches("TRUNCATE TABLE a", "writes a");
    touches("LOAD DATA INFILE 'b' REPLACE INTO TABLE a FIELDS TERMINATED BY ','", "writes a");
    touches("BEGIN DROP TABLE IF EXISTS a, b; ALTER TABLE c ADD COLUMN q INT; END", "writes a, b, c");
}

#[test]
fn names_of_a_body_are_its_own() {
    touches("WITH b AS (SELECT * FROM b), q (c) AS (SELECT * FROM b) SELECT * FROM b, q, a", "reads b, a");
    touches("WITH RECURSIVE b AS (SELECT 1 UNION SELECT x FROM b) SELECT * FROM a JOIN b", "reads a");
    touches("BEGIN WITH b AS (SELECT 1) SELECT * FROM b; SELECT * FROM b; END", "reads b");
    touches("SELECT * FROM (WITH b AS (SELECT * FROM a) SELECT * FROM b) q JOIN b", "reads a, b");
    touches("SELECT x, COUNT(*) FROM a GROUP BY x WITH ROLLUP", "reads a");
    touches(
        "BEGIN CREATE TEMPORARY TABLE b (x INT); INSERT INTO b SELECT x FROM a; DROP TEMPORARY TABLE b; END",
        "reads a",
    );
}

#[test]
fn bodies_with_blocks() {
    touches(
        "BEGIN
           DECLARE CONTINUE HANDLER FOR NOT FOUND SET @done = 1;
           l: LOOP
             IF @x THEN INSERT INTO a (x) VALUES (1); ELSE DELETE FROM b; END IF;
             CASE @y WHEN 1 THEN UPDATE c SET y = CASE WHEN x THEN 1 ELSE 2 END; END CASE;
           END LOOP;
           WHILE 1 DO TRUNCATE `d e`; END WHILE;
         END",
        "writes a, b, c, `d e`",
    );
}

#[test]
fn what_handlers_do() {
    touches(
        "BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION TRUNCATE a;
           DECLARE EXIT HANDLER FOR 1062 CALL p();
           DECLARE CONTINUE HANDLER FOR NOT FOUND BEGIN TRUNCATE b; END; END",
        "writes a, b, calls p",
    );
}

#[test]
fn sql_that_is_put_together_is_not_known() {
    touches("BEGIN PREPARE s FROM 'DELETE FROM a'; EXECUTE s; END", "touches nothing, dynamic");
}

#[test]
fn what_is_called_is_done() {
    let found = objects(
        "CREATE PROCEDURE one() BEGIN CALL two(1); SELECT three(x), COUNT(*) FROM a; END $$
         CREATE PROCEDURE two(n INT) BEGIN CALL one(); DELETE FROM b; EXECUTE s; END $$
         CREATE FUNCTION three(n INT) RETURNS varchar(9) CHARSET latin1 DETERMINISTIC RETURN (SELECT y FROM c) $$
         CREATE FUNCTION soname RETURNS STRING SONAME 'x.so'",
    );
    assert_eq!(
        show(&found),
        "procedure one: reads a, c, writes b, calls two, three, dynamic; \
         procedure two: reads a, c, writes b, calls one, dynamic; \
         function three: reads c; function soname: touches nothing"
    );
    assert_eq!(found[2].kind, ObjectKind::Function { returns: "varchar(9) CHARSET latin1".to_owned() });
}

#[test]
fn triggers() {
    let found = objects(
        "CREATE DEFINER=`u`@`%` TRIGGER t1 BEFORE INSERT ON A FOR EACH ROW SET NEW.Y = 1, @v = NEW.x, new.z = NEW.y = 2 $$
         CREATE TRIGGER t2 AFTER DELETE ON a FOR EACH ROW INSERT INTO b SET x = OLD.x, y = 1 $$
         CREATE TRIGGER t3 BEFORE INSERT ON a FOR EACH ROW PRECEDES t1 BEGIN
           IF NEW.x = 1 THEN SELECT x, y INTO NEW.y, @v FROM c; END IF;
         END $$
         CREATE TRIGGER t4 BEFORE INSERT ON a FOR EACH ROW FOLLOWS t3 SET @a = f(1, NEW.x = 2)",
    );
    let facts = |object: &Object| match &object.kind {
        ObjectKind::Trigger(facts) => {
            format!(
                "{} {} {} on {}: sets {:?}, {}",
                object.name, facts.timing, facts.event, facts.table.name, facts.sets, object.touches
            )
        }
        kind => format!("{kind:?}"),
    };
    assert_eq!(
        found.iter().map(facts).collect::<Vec<_>>(),
        [
            r#"t3 before insert on a: sets ["y"], reads c"#,
            r#"t4 before insert on a: sets [], touches nothing"#,
            r#"t1 before insert on a: sets ["y", "z"], touches nothing"#,
            r#"t2 after delete on a: sets [], writes b"#,
        ]
    );
}

#[test]
fn views_and_events() {
    let found = objects(
        "CREATE OR REPLACE ALGORITHM=MERGE DEFINER='u'@'h' SQL SECURITY INVOKER VIEW v (one, two) AS
           SELECT a.x, b.y FROM a JOIN b USING (x) WHERE a.x > 1 WITH CASCADED CHECK OPTION $$
         CREATE VIEW w AS SELECT * FROM v JOIN information_schema.tables $$
         CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2020-01-01' + INTERVAL 1 HOUR ON COMPLETION PRESERVE ENABLE
           COMMENT 'do' DO DELETE FROM a WHERE y < NOW()",
    );
    assert_eq!(show(&found), "view v: reads a, b; view w: reads v; event e: writes a");
    let schedule = "EVERY 1 DAY STARTS '2020-01-01' + INTERVAL 1 HOUR".to_owned();
    assert_eq!(found[2].kind, ObjectKind::Event { schedule });
}

#[test]
fn later_statements() {
    let found = objects(
        "CREATE VIEW v AS SELECT 1 AS x $$ DROP VIEW IF EXISTS v, nothing $$ CREATE VIEW v AS SELECT * FROM a $$
         CREATE OR REPLACE VIEW v AS SELECT * FROM b $$ CREATE VIEW w AS SELECT 1 $$ ALTER VIEW w AS SELECT * FROM c $$
         CREATE PROCEDURE p() DELETE FROM a $$ ALTER PROCEDURE p COMMENT 'x' $$ CREATE FUNCTION p() RETURNS INT RETURN 1 $$
         DROP FUNCTION p $$ CREATE PROCEDURE IF NOT EXISTS p() DELETE FROM b $$
         CREATE EVENT e ON SCHEDULE AT NOW() DO DELETE FROM a $$
         ALTER EVENT e ON SCHEDULE EVERY 1 DAY RENAME TO g DO DELETE FROM b $$
         CREATE TRIGGER t AFTER INSERT ON a FOR EACH ROW DELETE FROM b $$ DROP TRIGGER t",
    );
    assert_eq!(show(&found), "view v: reads b; view w: reads c; procedure p: writes a; event g: writes b");
    assert_eq!(found[3].kind, ObjectKind::Event { schedule: "EVERY 1 DAY".to_owned() });
}

/// As `mysqldump` writes a view: a stand-in first, so that views can name each other, and the view at the end.
#[test]
fn views_of_a_dump() {
    let dump = "DELIMITER ;\n/*!50001 DROP VIEW IF EXISTS `v`*/;
SET @saved_cs_client     = @@character_set_client;
/*!50001 CREATE VIEW `v` AS SELECT\n 1 AS `x`,\n 1 AS `y`*/;
SET character_set_client = @saved_cs_client;
/*!50001 DROP VIEW IF EXISTS `v`*/;
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */
/*!50001 VIEW `v` AS select `a`.`x` AS `x`,`b`.`y` AS `y` from (`a` join `b` on((`a`.`x` = `b`.`x`))) */;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`%`*/ /*!50003 TRIGGER `t` BEFORE UPDATE ON `a` FOR EACH ROW SET NEW.y = 1 */;;
/*!50106 CREATE*/ /*!50117 DEFINER=`root`@`%`*/ /*!50106 EVENT `e` ON SCHEDULE EVERY 1 DAY DO DELETE FROM b */ ;;
DELIMITER ;
";
    assert_eq!(show(&objects(dump)), "view v: reads a, b; trigger t: touches nothing; event e: writes b");
}

/// Before MySQL 5.7 the stand-in was a table.
#[test]
fn views_of_an_old_dump() {
    let dump = "DELIMITER ;
DROP TABLE IF EXISTS `v`;
/*!50001 DROP VIEW IF EXISTS `v`*/;
/*!50001 CREATE TABLE `v` (\n  `x` tinyint NOT NULL,\n  `y` tinyint NOT NULL\n) ENGINE=MyISAM */;
/*!50001 CREATE VIEW `w` AS select `v`.`x` AS `x` from `v` */;
/*!50001 DROP TABLE IF EXISTS `v`*/;
/*!50001 DROP VIEW IF EXISTS `v`*/;
/*!50001 CREATE VIEW `v` AS select `a`.`x` AS `x`,`a`.`y` AS `y` from `a` */;
";
    let reading = read(dump);
    assert_eq!(reading.diagnostics, []);
    assert_eq!(show(&reading.schema.objects), "view w: reads v; view v: reads a");
    assert!(reading.schema.table("v").is_none());
}

/// A contract is of one database, so only one of two objects with one name is in it.
#[test]
fn one_name_in_two_databases() {
    let reading = read(
        "CREATE VIEW d.v AS SELECT * FROM a $$ CREATE VIEW e.V AS SELECT * FROM b $$ CREATE FUNCTION e.v() RETURNS INT RETURN 1",
    );
    assert_eq!(show(&reading.schema.objects), "view v: reads a; function v: touches nothing");
    let said: Vec<_> = reading.diagnostics.iter().map(|found| found.message.as_str()).collect();
    assert_eq!(said, ["VIEW `V` of database `e` is not carried: `d` has one of that name"]);
}

#[test]
fn what_the_server_would_refuse_is_said() {
    let said = |statements: &str| {
        let reading = read(statements);
        let found: Vec<_> =
            reading.diagnostics.iter().map(|found| (found.code, found.message.clone())).collect();
        found
    };
    for (statement, reason) in [
        ("DROP VIEW v", "DROP VIEW `v` is not applied: there is none of that name"),
        ("ALTER VIEW v AS SELECT 1", "ALTER VIEW `v` is not applied: there is none of that name"),
        ("CREATE VIEW a AS SELECT 1", "CREATE VIEW `a` is not applied: a table has that name"),
        (
            "CREATE VIEW v AS SELECT 1 $$ CREATE VIEW v AS SELECT 2",
            "CREATE VIEW `v` is not applied: there is one already",
        ),
        (
            "CREATE TRIGGER t AFTER INSERT ON nowhere FOR EACH ROW SET @a = 1",
            "CREATE TRIGGER `t` is not applied: there is no table `nowhere`",
        ),
        (
            "CREATE SEQUENCE s START WITH 1",
            "CREATE SEQUENCE `s` is not carried: a contract has no word for it",
        ),
    ] {
        assert_eq!(said(statement), [(codes::DDL_NOT_APPLIED, reason.to_owned())]);
    }
    for (statement, reason) in [
        (
            "CREATE TRIGGER t INSTEAD OF INSERT ON a FOR EACH ROW SET @a = 1",
            "CREATE TRIGGER `t` was not understood: expected BEFORE or AFTER",
        ),
        (
            "CREATE PROCEDURE p() BEGIN DELETE FROM a;",
            "CREATE PROCEDURE `p` was not understood: its BEGIN has no END",
        ),
        ("CREATE VIEW `v`", "CREATE VIEW `v` was not understood: it has no body"),
    ] {
        assert_eq!(said(statement), [(codes::DDL_NOT_UNDERSTOOD, reason.to_owned())]);
    }
}
