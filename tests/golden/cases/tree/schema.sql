-- Tables that point at themselves: one parent, two of them, and a key of two columns.
CREATE TABLE folders (
  id         INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  parent_id  INT UNSIGNED NULL,
  name       VARCHAR(80) COLLATE utf8mb4_bin NOT NULL,
  CONSTRAINT in_folder FOREIGN KEY (parent_id) REFERENCES folders (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE people (
  id         INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  father_id  INT NULL,
  mother_id  INT NULL,
  named      VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  FOREIGN KEY (father_id) REFERENCES people (id) ON DELETE SET NULL,
  FOREIGN KEY (mother_id) REFERENCES people (id) ON DELETE SET NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE comments (
  page      INT NOT NULL,
  number    INT NOT NULL,
  reply_to  INT NULL,
  body      TEXT COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (page, number),
  CONSTRAINT answered FOREIGN KEY (page, reply_to) REFERENCES comments (page, number)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
