-- A schema that grew: what its first CREATE TABLEs say is no longer true, and beside the tables are programs.
CREATE TABLE `member` (
  `id`    INT(5) UNSIGNED ZEROFILL NOT NULL,
  `mail`  VARCHAR(80) BINARY NOT NULL,
  `old`   INT NULL,
  `kind`  ENUM("a", 0x62) CHARSET latin1 NOT NULL DEFAULT "a",
  KEY `by_mail` (`mail`(10)),
  KEY `old` (`old`)
) ENGINE='InnoDB' DEFAULT CHARSET latin1 COMMENT "people";

CREATE TABLE club (
  `id`      SERIAL,
  `title`   NATIONAL VARCHAR(40) NOT NULL COMMENT "its name",
  `motto`   TEXT,
  `founded` DATETIME DEFAULT NOW() ON UPDATE LOCALTIME,
  `fee`     NUMERIC(6,2) UNSIGNED NOT NULL DEFAULT "5",
  `early`   TINYINT(1) AS (`fee` = 1 || `fee` = 2 && !`id`) VIRTUAL,
  PRIMARY KEY USING BTREE (`id`),
  FULLTEXT KEY `words` (`motto`) COMMENT 'searched' /*!80000 WITH PARSER `ngram` */,
  CONSTRAINT `fair` CHECK (`fee` <> 3 XOR BINARY `title` = 'x\\y')
) DEFAULT CHARSET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE belongs (
  `club`   BIGINT UNSIGNED NOT NULL,
  `person` INT UNSIGNED NOT NULL,
  `since`  DATE NOT NULL,
  `rank`   INT NOT NULL,
  PRIMARY KEY (`club`, `person`),
  CONSTRAINT `in_club` FOREIGN KEY (`club`) REFERENCES club (`id`) ON DELETE CASCADE,
  KEY `late` (`since` DESC, `rank`)
);

CREATE TABLE gone (`id` INT PRIMARY KEY);
CREATE TABLE `log` (`line` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, `said` VARCHAR(200) COLLATE utf8mb4_bin NOT NULL);
CREATE VIEW seen AS SELECT `id` FROM gone;

ALTER TABLE `member` DISABLE KEYS;
ALTER TABLE `member` ADD (`name` VARCHAR(40) NOT NULL, `born` DATE NULL), ADD PRIMARY KEY (`id`), DROP COLUMN `old`;
ALTER TABLE `member` CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, ENGINE=InnoDB, ADD UNIQUE KEY `mail` (`mail`);
ALTER TABLE `member` DROP KEY `by_mail`, CHANGE `name` `called` VARCHAR(60) NOT NULL AFTER `id`, ORDER BY `id`;
ALTER TABLE `member` RENAME `person`;
CREATE UNIQUE INDEX `start` ON `person` (`called`(20), `born`);
ALTER TABLE belongs ADD CONSTRAINT `of_person` FOREIGN KEY (`person`) REFERENCES person (`id`) ON DELETE CASCADE, ALTER `rank` SET DEFAULT 1;
ALTER TABLE belongs RENAME INDEX `late` TO `latest`, FORCE;
DROP VIEW IF EXISTS seen, unseen;
DROP TABLE gone;

DELIMITER $$
CREATE TRIGGER person_bi BEFORE INSERT ON person FOR EACH ROW SET NEW.`called` = NEW.`called`$$
CREATE TRIGGER person_bu BEFORE UPDATE ON person FOR EACH ROW BEGIN
  IF NEW.`born` IS NULL AND FALSE THEN
    SET NEW.`born` = OLD.`born`;
  END IF;
END$$
CREATE TRIGGER club_ai AFTER INSERT ON club FOR EACH ROW INSERT INTO `log` (`said`) SELECT `title` FROM club WHERE FALSE$$
CREATE PROCEDURE tidy(IN days INT)
BEGIN
  DELETE b.* FROM belongs b JOIN person p ON p.`id` = b.`person` WHERE days_old(b.`since`) > days;
  PREPARE s FROM 'OPTIMIZE TABLE `log`';
  EXECUTE s;
END$$
CREATE FUNCTION days_old(`day` DATE) RETURNS INT NOT DETERMINISTIC NO SQL RETURN DATEDIFF(CURRENT_DATE, `day`)$$
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DISABLE DO CALL tidy(30)$$
DELIMITER ;
CREATE OR REPLACE VIEW elders (`who`, `where`) AS
  SELECT p.`called`, c.`title` FROM (person p, club c) JOIN belongs b ON b.`person` = p.`id` AND b.`club` = c.`id`
  WHERE EXTRACT(YEAR FROM p.`born`) < 1950;
