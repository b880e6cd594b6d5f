-- Jobs of a queue, most of them done: indexes that hold only some items, and keys of several attributes.
CREATE TABLE jobs (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant    INT UNSIGNED NOT NULL,
  kind      ENUM('mail', 'report', 'import') COLLATE utf8mb4_nopad_bin NOT NULL,
  worker    INT UNSIGNED NULL,
  failed_at DATETIME(3) NULL,
  priority  TINYINT NOT NULL,
  due       TIMESTAMP NOT NULL,
  KEY by_worker (worker, due),
  KEY by_failure (tenant, failed_at)
);
