-- A cinema: a seat is a number in a hall, so whatever is of a seat names both.
CREATE TABLE halls (
  id   TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  name VARCHAR(20) COLLATE utf8mb4_bin NOT NULL
);
CREATE TABLE seats (
  hall_id    TINYINT UNSIGNED NOT NULL,
  number     SMALLINT UNSIGNED NOT NULL,
  label      VARCHAR(10) COLLATE utf8mb4_bin NOT NULL,
  wheelchair TINYINT(1) NOT NULL,
  PRIMARY KEY (hall_id, number),
  FOREIGN KEY (hall_id) REFERENCES halls (id)
);
CREATE TABLE tickets (
  id      INT UNSIGNED NOT NULL PRIMARY KEY,
  hall_id TINYINT UNSIGNED NOT NULL,
  number  SMALLINT UNSIGNED NULL,
  buyer   VARCHAR(20) COLLATE utf8mb4_bin NULL,
  price   DECIMAL(5,2) NOT NULL,
  FOREIGN KEY (hall_id, number) REFERENCES seats (hall_id, number)
);
-- Written down by the cleaners; no foreign key keeps it right.
CREATE TABLE repairs (
  id     INT UNSIGNED NOT NULL PRIMARY KEY,
  hall   TINYINT UNSIGNED NOT NULL,
  seat   SMALLINT UNSIGNED NOT NULL,
  note   VARCHAR(20) COLLATE utf8mb4_bin NOT NULL
);
