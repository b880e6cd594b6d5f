-- A choir: a singer, the scores the singer has, and the rehearsals the singer came to, are read together.
CREATE TABLE singers (
  id      INT UNSIGNED NOT NULL PRIMARY KEY,
  name    VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  voice   ENUM('soprano', 'alto', 'tenor', 'bass') COLLATE utf8mb4_bin NOT NULL,
  iban    VARCHAR(34) COLLATE utf8mb4_bin NULL,
  allergy VARCHAR(40) COLLATE utf8mb4_bin NULL
);
CREATE TABLE rehearsals (
  singer_id INT UNSIGNED NOT NULL,
  held_on   DATE NOT NULL,
  late      TINYINT(1) NOT NULL,
  PRIMARY KEY (singer_id, held_on),
  FOREIGN KEY (singer_id) REFERENCES singers (id)
);
CREATE TABLE scores (
  singer_id INT UNSIGNED NOT NULL,
  title     VARCHAR(40) COLLATE utf8mb4_nopad_bin NOT NULL,
  copies    TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (singer_id, title),
  FOREIGN KEY (singer_id) REFERENCES singers (id)
);
