-- Badges: an address is one person's in any spelling, and a desk is one person's, if there is one.
CREATE TABLE badges (
  id     INT UNSIGNED NOT NULL PRIMARY KEY,
  mail   VARCHAR(40) COLLATE utf8mb4_unicode_ci NOT NULL,
  chip   BIGINT UNSIGNED NULL,
  floor  TINYINT NULL,
  desk   CHAR(3) COLLATE utf8mb4_nopad_bin NULL,
  UNIQUE KEY mail (mail),
  UNIQUE KEY chip (chip),
  UNIQUE KEY desk (floor, desk)
);
