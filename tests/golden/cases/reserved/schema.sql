-- Words that SQL, Rust and DynamoDB keep for themselves, as names of everything.
CREATE TABLE `order` (
  `key`     INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  `group`   INT NOT NULL,
  `select`  INT NULL,
  `from`    INT NULL,
  `where`   VARCHAR(10) COLLATE utf8mb4_bin NULL,
  `default` INT NULL,
  `index`   INT NULL,
  `loop`    INT NULL,
  `type`    INT NULL,
  `fn`      INT NULL,
  `match`   INT NULL,
  `async`   INT NULL,
  `dyn`     INT NULL,
  `self`    INT NULL,
  `status`  INT NULL,
  `name`    INT NULL,
  `value`   INT NULL,
  `hash`    INT NULL,
  `range`   INT NULL,
  `ttl`     INT NULL,
  UNIQUE KEY `unique` (`index`),
  KEY `primary_` (`group`, `loop`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `use` (
  `table`   INT NOT NULL,
  `column`  INT NOT NULL,
  `Self`    INT NULL,
  PRIMARY KEY (`table`, `column`),
  CONSTRAINT `foreign` FOREIGN KEY (`table`) REFERENCES `order` (`key`) ON DELETE CASCADE
);

CREATE TABLE `option` (`some` INT NOT NULL PRIMARY KEY, `none` INT NULL);
CREATE TABLE `result` (`ok` INT NOT NULL PRIMARY KEY, `err` INT NULL);
