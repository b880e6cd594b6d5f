-- Queues of jobs: few queues, many jobs, and everybody asks for what is due next.
CREATE TABLE jobs (
  id    INT UNSIGNED NOT NULL PRIMARY KEY,
  queue ENUM('mail', 'bill') COLLATE utf8mb4_nopad_bin NOT NULL,
  due   DATETIME NOT NULL,
  label VARCHAR(30) COLLATE utf8mb4_nopad_bin NULL
);
