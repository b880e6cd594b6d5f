-- A lighthouse: ships that were seen, more in a month than one partition takes.
CREATE TABLE keepers (
  id   SMALLINT NOT NULL PRIMARY KEY,
  name VARCHAR(20) COLLATE utf8mb4_bin NOT NULL
);
CREATE TABLE ships (
  id        INT UNSIGNED NOT NULL PRIMARY KEY,
  keeper_id SMALLINT NOT NULL,
  seen_at   TIMESTAMP NOT NULL DEFAULT '2000-01-01 00:00:00',
  flag      CHAR(2) COLLATE utf8mb4_nopad_bin NOT NULL,
  due_on    DATE NULL,
  FOREIGN KEY (keeper_id) REFERENCES keepers (id)
);
