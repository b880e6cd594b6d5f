-- Weather stations: what is asked is always of a time.
CREATE TABLE stations (
  code  CHAR(4) COLLATE utf8mb4_nopad_bin NOT NULL PRIMARY KEY,
  since YEAR NOT NULL
);
CREATE TABLE readings (
  id           BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  station_code CHAR(4) COLLATE utf8mb4_nopad_bin NOT NULL,
  taken_at     TIMESTAMP(3) NOT NULL DEFAULT '2000-01-01 00:00:00',
  local_day    DATE NOT NULL,
  local_time   TIME NOT NULL,
  checked_at   DATETIME NULL,
  celsius      DECIMAL(4,1) NULL,
  FOREIGN KEY (station_code) REFERENCES stations (code)
);
