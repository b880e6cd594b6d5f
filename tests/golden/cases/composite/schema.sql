-- Keys of several columns: in another order than the table's, backwards, of four types, and pointed at as a whole.
CREATE TABLE warehouses (
  country  CHAR(2) COLLATE utf8mb4_nopad_bin NOT NULL,
  number   SMALLINT UNSIGNED NOT NULL,
  city     VARCHAR(60) COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (country, number)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE shelves (
  floor    TINYINT NOT NULL,
  letter   CHAR(1) COLLATE utf8mb4_nopad_bin NOT NULL,
  country  CHAR(2) COLLATE utf8mb4_nopad_bin NOT NULL,
  number   SMALLINT UNSIGNED NOT NULL,
  height   DECIMAL(4,2) NULL,
  PRIMARY KEY (country, number, floor, letter),
  CONSTRAINT in_warehouse FOREIGN KEY (country, number) REFERENCES warehouses (country, number) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE measurements (
  taken_on  DATE NOT NULL,
  sensor    INT UNSIGNED NOT NULL,
  slot      TINYINT UNSIGNED NOT NULL,
  value     DOUBLE NOT NULL,
  PRIMARY KEY (sensor, taken_on DESC, slot),
  KEY by_day (taken_on, slot)
);
