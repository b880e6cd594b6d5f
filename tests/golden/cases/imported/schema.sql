-- An observatory, for a design that came from elsewhere.
CREATE TABLE observers (
  id        INT UNSIGNED NOT NULL PRIMARY KEY,
  login     VARCHAR(30) COLLATE utf8mb4_unicode_ci NOT NULL UNIQUE,
  given     VARCHAR(40) COLLATE utf8mb4_bin NULL,
  family    VARCHAR(40) COLLATE utf8mb4_bin NULL,
  staff     TINYINT(1) NOT NULL,
  joined_at TIMESTAMP NOT NULL DEFAULT '2000-01-01 00:00:00'
);
CREATE TABLE sites (
  id        INT UNSIGNED NOT NULL PRIMARY KEY,
  name      VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  within_id INT UNSIGNED NULL,
  FOREIGN KEY (within_id) REFERENCES sites (id)
);
CREATE TABLE nights (
  id          INT UNSIGNED NOT NULL PRIMARY KEY,
  observer_id INT UNSIGNED NOT NULL,
  site_id     INT UNSIGNED NULL,
  begun_at    TIMESTAMP NOT NULL DEFAULT '2000-01-01 00:00:00',
  FOREIGN KEY (observer_id) REFERENCES observers (id),
  FOREIGN KEY (site_id) REFERENCES sites (id)
);
CREATE TABLE sightings (
  id        INT UNSIGNED NOT NULL PRIMARY KEY,
  night_id  INT UNSIGNED NOT NULL,
  object    VARCHAR(30) COLLATE utf8mb4_bin NOT NULL,
  magnitude DECIMAL(4,2) NULL,
  FOREIGN KEY (night_id) REFERENCES nights (id)
);
