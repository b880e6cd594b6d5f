-- Columns the server computes: kept or made when read, from numbers, texts and dates, and looked up by.
CREATE TABLE boxes (
  id       INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  width    SMALLINT UNSIGNED NOT NULL,
  depth    SMALLINT UNSIGNED NOT NULL,
  area     INT UNSIGNED GENERATED ALWAYS AS (width * depth) STORED,
  half     DECIMAL(10,2) AS (width / 2) VIRTUAL,
  label    VARCHAR(20) COLLATE utf8mb4_bin NOT NULL,
  shout    VARCHAR(20) COLLATE utf8mb4_bin AS (UPPER(label)) STORED,
  packed   DATE NULL,
  packed_in SMALLINT AS (YEAR(packed)) VIRTUAL,
  KEY by_area (area)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
