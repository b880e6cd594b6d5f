-- A bakery's people: whom each works for, and who stands in for them, are people of the bakery, too.
CREATE TABLE bakers (
  id          INT UNSIGNED NOT NULL PRIMARY KEY,
  name        VARCHAR(30) COLLATE utf8mb4_bin NOT NULL,
  nickname    VARCHAR(30) COLLATE utf8mb4_bin NULL,
  boss_id     INT UNSIGNED NULL,
  stand_in_id INT UNSIGNED NULL,
  FOREIGN KEY (boss_id) REFERENCES bakers (id),
  FOREIGN KEY (stand_in_id) REFERENCES bakers (id)
);
