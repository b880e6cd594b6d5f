-- A mailing list: people who left, letters that expire, and what is not for everybody's eyes.
CREATE TABLE people (
  id      INT UNSIGNED NOT NULL PRIMARY KEY,
  name    VARCHAR(30) COLLATE utf8mb4_bin NULL,
  town    VARCHAR(30) COLLATE utf8mb4_bin NULL,
  token   VARBINARY(8) NOT NULL,
  left_at DATETIME NULL
);
CREATE TABLE letters (
  id        INT UNSIGNED NOT NULL PRIMARY KEY,
  person_id INT UNSIGNED NOT NULL,
  draft     TINYINT(1) NOT NULL,
  score     SMALLINT NULL,
  sent_at   TIMESTAMP NULL DEFAULT NULL,
  pin       VARCHAR(8) COLLATE utf8mb4_bin NULL,
  FOREIGN KEY (person_id) REFERENCES people (id)
);
