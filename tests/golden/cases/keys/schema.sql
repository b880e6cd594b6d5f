-- Children of one parent, each ordered by a key of another type: lists must come in one order from both stores.
CREATE TABLE parents (
  id    INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name  VARCHAR(20) COLLATE utf8mb4_bin NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_tiny (
  parent_id  INT NOT NULL,
  tiny  TINYINT NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, tiny),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_ubig (
  parent_id  INT NOT NULL,
  ubig  BIGINT UNSIGNED NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, ubig),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_big (
  parent_id  INT NOT NULL,
  big  BIGINT NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, big),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_money (
  parent_id  INT NOT NULL,
  money  DECIMAL(8,3) NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, money),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_born (
  parent_id  INT NOT NULL,
  born  DATE NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, born),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_met (
  parent_id  INT NOT NULL,
  met  DATETIME(6) NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, met),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_seen (
  parent_id  INT NOT NULL,
  seen  TIMESTAMP(3) NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, seen),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_lasts (
  parent_id  INT NOT NULL,
  lasts  TIME(3) NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, lasts),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_years (
  parent_id  INT NOT NULL,
  years  YEAR NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, years),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_flags (
  parent_id  INT NOT NULL,
  flags  BIT(12) NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, flags),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_code (
  parent_id  INT NOT NULL,
  code  VARCHAR(16) COLLATE utf8mb4_nopad_bin NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, code),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_padded_code (
  parent_id  INT NOT NULL,
  padded_code  VARCHAR(16) COLLATE utf8mb4_bin NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, padded_code),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_uuid (
  parent_id  INT NOT NULL,
  uuid  BINARY(16) NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, uuid),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_token (
  parent_id  INT NOT NULL,
  token  VARBINARY(12) NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, token),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE by_kind (
  parent_id  INT NOT NULL,
  kind  ENUM('b', 'a', 'c') COLLATE utf8mb4_bin NOT NULL,
  note       INT NULL,
  PRIMARY KEY (parent_id, kind),
  FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

-- Whole keys that are not integers.
CREATE TABLE words (
  word   VARCHAR(30) COLLATE utf8mb4_unicode_ci NOT NULL PRIMARY KEY,
  count  INT NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE readings (
  sensor    SMALLINT NOT NULL,
  day       DATE NOT NULL,
  at_time   TIME NOT NULL,
  measured  DOUBLE NULL,
  PRIMARY KEY (sensor, day, at_time)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
