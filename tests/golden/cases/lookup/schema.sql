-- A film archive: who plays in a film, and which languages it is in, stand in tables of pairs.
CREATE TABLE films (
  id    INT UNSIGNED NOT NULL PRIMARY KEY,
  title VARCHAR(60) COLLATE utf8mb4_bin NOT NULL
);
CREATE TABLE actors (
  id   INT UNSIGNED NOT NULL PRIMARY KEY,
  name VARCHAR(60) COLLATE utf8mb4_bin NULL
);
CREATE TABLE languages (
  code CHAR(2) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
  name VARCHAR(20) COLLATE utf8mb4_bin NOT NULL
);
CREATE TABLE film_languages (
  film_id       INT UNSIGNED NOT NULL,
  language_code CHAR(2) COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (film_id, language_code),
  FOREIGN KEY (film_id) REFERENCES films (id),
  FOREIGN KEY (language_code) REFERENCES languages (code)
);
CREATE TABLE roles (
  film_id  INT UNSIGNED NOT NULL,
  actor_id INT UNSIGNED NOT NULL,
  part     VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  billing  TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (film_id, actor_id),
  FOREIGN KEY (film_id) REFERENCES films (id),
  FOREIGN KEY (actor_id) REFERENCES actors (id)
);
