-- A herbarium: taxa stand in a tree, and sheets are of a taxon.
CREATE TABLE taxa (
  id       SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  above_id SMALLINT UNSIGNED NULL,
  name     VARCHAR(30) COLLATE utf8mb4_bin NOT NULL,
  FOREIGN KEY (above_id) REFERENCES taxa (id)
);
CREATE TABLE sheets (
  id        INT UNSIGNED NOT NULL PRIMARY KEY,
  taxon_id  SMALLINT UNSIGNED NULL,
  looked_id SMALLINT UNSIGNED NOT NULL,
  found     VARCHAR(30) COLLATE utf8mb4_bin NULL,
  FOREIGN KEY (taxon_id) REFERENCES taxa (id),
  FOREIGN KEY (looked_id) REFERENCES taxa (id)
);
