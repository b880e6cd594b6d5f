-- Tables that make the order of statements matter to a reader who isn't careful: every name collides with another one,
-- every row could belong to several others, and foreign keys lead forwards, backwards, in circles and nowhere new.
CREATE TABLE `order_items` (
  `order_id` INT NOT NULL,
  `item_no`  INT NOT NULL,
  `note`     VARCHAR(80) COLLATE utf8mb4_bin NULL COMMENT 'said by "them"',
  PRIMARY KEY (`order_id`, `item_no`),
  FULLTEXT KEY `words` (`note`),
  CONSTRAINT `of_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE CASCADE
);

CREATE TABLE `OrderItems` (
  `id`      INT NOT NULL PRIMARY KEY,
  `orderID` INT NOT NULL,
  `ORDER id` INT NOT NULL,
  CONSTRAINT `of_order_2` FOREIGN KEY (`orderID`) REFERENCES `orders` (`id`) ON DELETE CASCADE,
  CONSTRAINT `of_order_3` FOREIGN KEY (`ORDER id`) REFERENCES `orders` (`id`) ON DELETE CASCADE
);

CREATE TABLE `order-item` (
  `a` INT NOT NULL,
  `b` INT NOT NULL,
  `c` INT NOT NULL,
  PRIMARY KEY (`a`, `b`, `c`),
  CONSTRAINT `by_a` FOREIGN KEY (`a`) REFERENCES `orders` (`id`),
  CONSTRAINT `by_b` FOREIGN KEY (`b`) REFERENCES `people` (`id`) ON DELETE CASCADE,
  CONSTRAINT `by_c` FOREIGN KEY (`c`) REFERENCES `person` (`id`) ON DELETE CASCADE
);

CREATE TABLE `orders` (
  `id`        INT NOT NULL PRIMARY KEY,
  `person_id` INT NOT NULL,
  `latest_id` INT NULL,
  UNIQUE KEY `latest` (`latest_id`),
  CONSTRAINT `by_person` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`) ON DELETE CASCADE,
  CONSTRAINT `latest_of` FOREIGN KEY (`latest_id`) REFERENCES `orders` (`id`) ON DELETE SET NULL
) COMMENT = 'in a circle with people';

CREATE TABLE `people` (
  `id`            INT NOT NULL PRIMARY KEY,
  `last_order_id` INT NULL,
  `name`          VARCHAR(60) COLLATE utf8mb4_0900_ai_ci NOT NULL,
  UNIQUE KEY `start` (`name`(5)),
  CONSTRAINT `last_order` FOREIGN KEY (`last_order_id`) REFERENCES `orders` (`id`) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT `last_order_too` FOREIGN KEY (`last_order_id`) REFERENCES `OrderItems` (`id`)
);

CREATE TABLE `person` (
  `id`   INT NOT NULL PRIMARY KEY,
  `name` VARCHAR(3000) COLLATE utf8mb4_0900_ai_ci NOT NULL,
  `word` VARCHAR(20) COLLATE latin1_german2_ci NOT NULL,
  `key`  CHAR(36) COLLATE utf8mb4_0900_ai_ci NOT NULL,
  UNIQUE KEY `long` (`name`),
  UNIQUE KEY `word` (`word`)
);

CREATE TABLE `Persons` (
  `uuid` CHAR(36) COLLATE utf8mb4_0900_ai_ci NOT NULL PRIMARY KEY,
  `boss` CHAR(36) COLLATE utf8mb4_0900_ai_ci NULL,
  CONSTRAINT `boss` FOREIGN KEY (`boss`) REFERENCES `Persons` (`uuid`)
);

CREATE TABLE `log` (`line` TEXT, `person_id` INT NULL, CONSTRAINT `by` FOREIGN KEY (`person_id`) REFERENCES `people` (`id`));
CREATE TABLE `logs` (`line` VARCHAR(200) NOT NULL, PRIMARY KEY (`line`(20)));
CREATE TABLE `loops` (
  `id` INT NOT NULL PRIMARY KEY,
  `a`  INT NOT NULL,
  CONSTRAINT `to_loop` FOREIGN KEY (`a`) REFERENCES `loop` (`id`) ON DELETE CASCADE
);
CREATE TABLE `loop` (
  `id` INT NOT NULL PRIMARY KEY,
  `a`  INT NOT NULL,
  CONSTRAINT `to_loops` FOREIGN KEY (`a`) REFERENCES `loops` (`id`) ON DELETE CASCADE
);

-- Two tables to a server on Linux; to which of them `NODE` leads, the reader has to decide.
CREATE TABLE `Node` (`id` INT NOT NULL PRIMARY KEY);
CREATE TABLE `node` (`id` INT NOT NULL PRIMARY KEY, `ID2` INT NOT NULL);
CREATE TABLE `leaf` (
  `id` INT NOT NULL PRIMARY KEY,
  `up` INT NOT NULL,
  CONSTRAINT `to_node` FOREIGN KEY (`UP`) REFERENCES `NODE` (`ID`) ON DELETE CASCADE
);

-- What comes later: for each table in its own order, for the tables among themselves in any.
ALTER TABLE `order_items` ADD COLUMN `OrderId` INT NULL FIRST, ADD CONSTRAINT `again` FOREIGN KEY (`OrderId`) REFERENCES `OrderItems` (`id`) ON DELETE CASCADE;
ALTER TABLE `order_items` RENAME COLUMN `OrderId` TO `order_Id2`, MODIFY `note` VARCHAR(90) COLLATE utf8mb4_bin NULL COMMENT 'longer';
CREATE UNIQUE INDEX `once` ON `order_items` (`order_Id2`, `note`(5));
CREATE INDEX `by_word` ON `person` (`word`, (LOWER(`name`)));
ALTER TABLE `person` DROP KEY `long`, ADD UNIQUE KEY `long_2` (`key`, `id`);
ALTER TABLE `loops` ADD COLUMN `person_id` INT NOT NULL, ADD UNIQUE (`person_id`), ADD FOREIGN KEY (`person_id`) REFERENCES `person` (`id`) ON DELETE CASCADE;
ALTER TABLE `log` ADD COLUMN `id` INT NOT NULL AUTO_INCREMENT PRIMARY KEY;
CREATE VIEW `latest` AS SELECT * FROM `order_items`, `newest`;
CREATE VIEW `newest` AS SELECT * FROM `orders`;
CREATE TRIGGER `count` AFTER INSERT ON `order_items` FOR EACH ROW INSERT INTO `log` (`line`) VALUES (NEW.`note`);
CREATE TRIGGER `count_2` BEFORE INSERT ON `person` FOR EACH ROW SET NEW.`word` = (SELECT `line` FROM `log` LIMIT 1);
CREATE TRIGGER `watch` AFTER INSERT ON `logs` FOR EACH ROW UPDATE `people` SET `name` = 'x';
