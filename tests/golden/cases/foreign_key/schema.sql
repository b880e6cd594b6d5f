-- A league: a match has a home team, a guest team and, once it is known, a ground.
CREATE TABLE teams (
  id   SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  name VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  town VARCHAR(40) COLLATE utf8mb4_bin NULL
);
CREATE TABLE grounds (
  code  CHAR(3) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
  name  VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  grass TINYINT(1) NOT NULL
);
CREATE TABLE matches (
  id          INT NOT NULL PRIMARY KEY,
  home_id     SMALLINT UNSIGNED NOT NULL,
  guest_id    SMALLINT UNSIGNED NOT NULL,
  ground_code CHAR(3) COLLATE utf8mb4_bin NULL,
  played_on   DATE NOT NULL,
  home_goals  TINYINT UNSIGNED NULL,
  guest_goals TINYINT UNSIGNED NULL,
  FOREIGN KEY (home_id) REFERENCES teams (id),
  FOREIGN KEY (guest_id) REFERENCES teams (id),
  FOREIGN KEY (ground_code) REFERENCES grounds (code)
);
