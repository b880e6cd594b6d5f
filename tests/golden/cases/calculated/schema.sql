-- A repair shop: what a job costs stands in its hours and its parts.
CREATE TABLE jobs (
  id        INT UNSIGNED NOT NULL PRIMARY KEY,
  bike      VARCHAR(20) COLLATE utf8mb4_bin NOT NULL,
  frame     VARCHAR(20) COLLATE utf8mb4_bin NULL,
  taken_at  TIMESTAMP NOT NULL DEFAULT '2000-01-01 00:00:00',
  wanted    DATETIME NULL,
  ready_on  DATE NULL
);
CREATE TABLE hours (
  id      INT UNSIGNED NOT NULL PRIMARY KEY,
  job_id  INT UNSIGNED NOT NULL,
  spent   DECIMAL(4,2) NULL,
  rate    DECIMAL(6,2) NOT NULL,
  billed  TINYINT(1) NOT NULL,
  done_on DATE NOT NULL,
  FOREIGN KEY (job_id) REFERENCES jobs (id)
);
CREATE TABLE parts (
  id      INT UNSIGNED NOT NULL PRIMARY KEY,
  job_id  INT UNSIGNED NOT NULL,
  price   DECIMAL(8,2) NOT NULL,
  pieces  INT NOT NULL,
  FOREIGN KEY (job_id) REFERENCES jobs (id)
);
