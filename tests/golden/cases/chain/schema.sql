-- Foreign keys behind foreign keys, five deep: an item says where in the world it is.
CREATE TABLE continents (id TINYINT UNSIGNED NOT NULL PRIMARY KEY, name VARCHAR(20) COLLATE utf8mb4_bin NOT NULL);
CREATE TABLE countries (
  id            SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  name          VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  continent_id  TINYINT UNSIGNED NOT NULL,
  FOREIGN KEY (continent_id) REFERENCES continents (id)
);
CREATE TABLE regions (
  id          INT UNSIGNED NOT NULL PRIMARY KEY,
  name        VARCHAR(40) COLLATE utf8mb4_bin NULL,
  country_id  SMALLINT UNSIGNED NOT NULL,
  FOREIGN KEY (country_id) REFERENCES countries (id)
);
CREATE TABLE cities (
  id         INT UNSIGNED NOT NULL PRIMARY KEY,
  name       VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  people     INT UNSIGNED NULL,
  region_id  INT UNSIGNED NULL,
  FOREIGN KEY (region_id) REFERENCES regions (id)
);
CREATE TABLE streets (
  id       INT UNSIGNED NOT NULL PRIMARY KEY,
  name     VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  city_id  INT UNSIGNED NOT NULL,
  FOREIGN KEY (city_id) REFERENCES cities (id)
);
CREATE TABLE houses (
  id         INT UNSIGNED NOT NULL PRIMARY KEY,
  number     SMALLINT UNSIGNED NOT NULL,
  street_id  INT UNSIGNED NOT NULL,
  FOREIGN KEY (street_id) REFERENCES streets (id)
);
