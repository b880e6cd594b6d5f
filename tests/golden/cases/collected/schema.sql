-- A quiz: a question has answers, and players pick some of them.
CREATE TABLE players (
  id   INT UNSIGNED NOT NULL PRIMARY KEY,
  name VARCHAR(20) COLLATE utf8mb4_bin NOT NULL
);
CREATE TABLE questions (
  id   INT UNSIGNED NOT NULL PRIMARY KEY,
  text VARCHAR(80) COLLATE utf8mb4_bin NOT NULL
);
CREATE TABLE answers (
  question_id INT UNSIGNED NOT NULL,
  letter      CHAR(1) COLLATE utf8mb4_bin NOT NULL,
  text        VARCHAR(40) COLLATE utf8mb4_bin NULL,
  points      SMALLINT NOT NULL,
  image       VARBINARY(10) NULL,
  PRIMARY KEY (question_id, letter),
  FOREIGN KEY (question_id) REFERENCES questions (id)
);
CREATE TABLE picks (
  id          INT UNSIGNED NOT NULL PRIMARY KEY,
  question_id INT UNSIGNED NOT NULL,
  player_id   INT UNSIGNED NULL,
  letter      CHAR(1) COLLATE utf8mb4_bin NOT NULL,
  seconds     DECIMAL(5,2) NULL,
  picked_at   TIMESTAMP(3) NOT NULL DEFAULT '2000-01-01 00:00:00',
  on_day      DATE NOT NULL,
  FOREIGN KEY (question_id) REFERENCES questions (id),
  FOREIGN KEY (player_id) REFERENCES players (id)
);
