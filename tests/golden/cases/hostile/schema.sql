-- Names that would break out of generated source, SQL, YAML or a shell, if anything let them.
CREATE TABLE `type` (
  `fn`                                   INT NOT NULL PRIMARY KEY,
  `self`                                 INT NULL,
  `super`                                INT NULL,
  `a b`                                  INT NULL,
  `A_B`                                  INT NULL,
  `x"] } include!(env!("HOME")); mod y {` INT NULL,
  `it's`                                 VARCHAR(9) COLLATE utf8mb4_bin NULL,
  `back``tick`                           INT NULL,
  `back\slash`                           INT NULL,
  `#{brace}`                             INT NULL,
  `☂`                                    INT NULL,
  `1st`                                  INT NULL,
  `yes`                                  INT NULL,
  `null`                                 INT NULL,
  `- dash`                               INT NULL,
  `a: b`                                 INT NULL,
  `*/ /* --`                             INT NULL,
  `a1234567890123456789012345678901234567890123456789012345678901x` INT NULL,
  UNIQUE KEY `it's; DROP TABLE x` (`it's`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `Types` (
  `id`    INT NOT NULL PRIMARY KEY,
  `match` INT NOT NULL,
  CONSTRAINT `why "not"` FOREIGN KEY (`match`) REFERENCES `type` (`fn`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `☂☃` (
  `PK`     INT NOT NULL,
  `SK`     INT NOT NULL,
  `_entity` INT NULL,
  `GSI1PK` INT NULL,
  PRIMARY KEY (`PK`, `SK`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- What texts hold: comments, defaults, members of ENUM and SET, checks.
CREATE TABLE `mod` (
  `id`   INT NOT NULL PRIMARY KEY COMMENT 'x"] } include!("/etc/passwd") //',
  `kind` ENUM('"; drop', '${jndi:ldap://x/y}', '{{id}}', '#{id}', 'a: b', '- c', 'it''s', 'back\\slash', '☂', '‮evil⁦', 'new
line', '') COLLATE utf8mb4_bin NOT NULL DEFAULT '${jndi:ldap://x/y}' COMMENT '${jndi:ldap://x/y}',
  `tags` SET('"', '''', 'r#"raw"#', '\\n', '*/', '‏') COLLATE utf8mb4_bin NOT NULL DEFAULT 'r#"raw"#,*/' COMMENT '*/ /* // # -- \n---\n- a: b\n...',
  `text` VARCHAR(200) COLLATE utf8mb4_bin NOT NULL DEFAULT '\'"\\ \n\r\t\Z ${x} {y} #{z} `q` $(sh) 😀 ‮⁦' COMMENT 'bell , escape [31m, delete , next line , line separator  , mark ﻿',
  `more` VARCHAR(90) COLLATE utf8mb4_bin NOT NULL DEFAULT "yes' no\": null" COMMENT "!!str &a *a %TAG ` @ | >",
  `sum`  INT NULL DEFAULT (1 + 1) CHECK (`sum` <> 3 OR 'x"] }' = "x' }"),
  CONSTRAINT `"] } mod` CHECK (`text` <> '${jndi} */ {{ "')
) COMMENT = 'x"] } include!("/etc/passwd") // ${jndi:ldap://x/y} \n‮😀';

CREATE TABLE `x"] } include!("/etc/passwd")` (`PK` INT NOT NULL PRIMARY KEY, `view` INT NULL);
CREATE TABLE `main` (`SK` INT NOT NULL PRIMARY KEY, `impl` INT NOT NULL, UNIQUE KEY `impl` (`impl`));

-- Names of what generated code is made of, and of what a shell, a template or a reader would take for its own.
CREATE TABLE `lib` (
  `r#self` INT NOT NULL,
  `crate`  INT NOT NULL,
  `Self`   INT NULL,
  `async`  INT NULL,
  `gen`    INT NULL,
  `_`      INT NULL,
  `__`     INT NULL,
  `$crate` INT NULL,
  `${jndi:ldap://x/y}` INT NULL,
  `{id}`   INT NULL,
  `{{id}}` INT NULL,
  `new
line` INT NULL,
  `tab	here` INT NULL,
  `bellescape[2J` INT NULL,
  `‮evil⁦` INT NULL,
  `‏` INT NULL,
  ` ﻿x` INT NULL,
  `"""`    INT NULL,
  `'''`    INT NULL,
  `\\\\`   INT NULL,
  `r#"raw"#` INT NULL,
  `key`    INT NULL,
  `item`   INT NULL,
  `row`    INT NULL,
  `store`  INT NULL,
  `migratable` INT NULL,
  `String` INT NULL,
  `Option` INT NULL,
  `check a` INT NULL,
  `unique b` INT NULL,
  `foreign key c` INT NULL,
  `trigger d` INT NULL,
  PRIMARY KEY (`r#self`, `crate`),
  UNIQUE KEY `b` (`key`, `_`),
  UNIQUE KEY `${jndi:ldap://x/y}` (`new
line`, `‮evil⁦`),
  UNIQUE KEY `‮⁦` (`{id}`),
  KEY `mod` (`tab	here` DESC, `"""`),
  CONSTRAINT `a` CHECK (`Self` > `check a`),
  CONSTRAINT `x"] }` FOREIGN KEY (`crate`) REFERENCES `mod` (`id`),
  CONSTRAINT `\\` FOREIGN KEY (`${jndi:ldap://x/y}`) REFERENCES `x"] } include!("/etc/passwd")` (`PK`),
  CONSTRAINT `c` FOREIGN KEY (` ﻿x`) REFERENCES `main` (`SK`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `Main` (`SK` INT NOT NULL PRIMARY KEY);
CREATE TABLE `build.rs` (`id` INT NOT NULL PRIMARY KEY);
CREATE TABLE `../escape` (`id` INT NOT NULL PRIMARY KEY);
CREATE TABLE `con` (`id` INT NOT NULL PRIMARY KEY);
CREATE TABLE `r#self` (`id` INT NOT NULL PRIMARY KEY);
CREATE TABLE `user_names` (`id` INT NOT NULL PRIMARY KEY);
CREATE TABLE `userNames` (`id` INT NOT NULL PRIMARY KEY);
CREATE TABLE `USER name` (`id` INT NOT NULL PRIMARY KEY);
CREATE TABLE `‮user-name` (`id` INT NOT NULL PRIMARY KEY);
CREATE TABLE `line
break` (`id` INT NOT NULL PRIMARY KEY);
CREATE TABLE `view v` (`line` INT NULL);
CREATE TABLE `'; --` (`line` INT NULL);
CREATE TABLE `tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt_1` (
  `ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc1` INT NOT NULL,
  `ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc2` INT NOT NULL,
  PRIMARY KEY (`ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc1`),
  UNIQUE KEY `kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk` (`ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc2`)
);
CREATE TABLE `tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt_2` (
  `ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc1` INT NOT NULL PRIMARY KEY,
  `ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc2` INT NOT NULL,
  CONSTRAINT `ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff` FOREIGN KEY (`ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc2`) REFERENCES `tttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt_1` (`ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc1`)
);

-- What there is beside tables, called and made in the same spirit.
CREATE VIEW `x"] } include!("/etc/passwd") v` AS SELECT * FROM `x"] } include!("/etc/passwd")`;
CREATE VIEW `‮${jndi:ldap://x/y}⁦` AS SELECT `new
line` AS `a: b` FROM `lib`, `main`, `view v`;
CREATE VIEW `reads` AS SELECT 'FROM `lib` WHERE 1' AS `FROM`, "JOIN main" AS `writes` FROM `'; --`;
CREATE VIEW `writes` AS SELECT * FROM `reads`;
CREATE TRIGGER `"] }
#{trigger}` BEFORE INSERT ON `lib` FOR EACH ROW SET NEW.`‮evil⁦` = NEW.`‮evil⁦`, NEW.`{{id}}` = NEW.`{{id}}`;
CREATE TRIGGER `sets` AFTER INSERT ON `mod` FOR EACH ROW INSERT INTO `'; --` VALUES (NEW.`id`);
CREATE TRIGGER `check a` AFTER DELETE ON `lib` FOR EACH ROW DELETE FROM `view v` WHERE `line` = OLD.`$crate` OR 'INSERT INTO lib' = "x' -- ";
CREATE PROCEDURE `calls` (IN `x"]` INT) DELETE FROM `'; --` WHERE `line` = `x"]`;
CREATE PROCEDURE `it's */ //` () CALL `calls`(1);
CREATE FUNCTION `calls` () RETURNS INT DETERMINISTIC RETURN 1;
CREATE EVENT `- ${e}: #` ON SCHEDULE EVERY 1 YEAR COMMENT 'x"] }' DO CALL `it's */ //`();
