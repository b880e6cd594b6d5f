-- A shop that rents films: many to many, two ways from one table to another, a view, a trigger and a procedure.
CREATE TABLE language (
  language_id  TINYINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name         CHAR(20) NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE film (
  film_id       SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  title         VARCHAR(128) NOT NULL,
  release_year  YEAR DEFAULT NULL,
  language_id   TINYINT UNSIGNED NOT NULL,
  original_id   TINYINT UNSIGNED DEFAULT NULL,
  rental_rate   DECIMAL(4,2) NOT NULL DEFAULT 4.99,
  rating        ENUM('G', 'PG', 'PG-13', 'R', 'NC-17') DEFAULT 'G',
  features      SET('Trailers', 'Commentaries', 'Deleted Scenes', 'Behind the Scenes') DEFAULT NULL,
  last_update   TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  KEY idx_title (title),
  CONSTRAINT fk_language FOREIGN KEY (language_id) REFERENCES language (language_id) ON UPDATE CASCADE,
  CONSTRAINT fk_original FOREIGN KEY (original_id) REFERENCES language (language_id) ON UPDATE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE actor (
  actor_id    SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  last_name   VARCHAR(45) NOT NULL,
  KEY idx_last_name (last_name)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE film_actor (
  actor_id  SMALLINT UNSIGNED NOT NULL,
  film_id   SMALLINT UNSIGNED NOT NULL,
  PRIMARY KEY (actor_id, film_id),
  KEY idx_film (film_id),
  FOREIGN KEY (actor_id) REFERENCES actor (actor_id),
  FOREIGN KEY (film_id) REFERENCES film (film_id)
);

CREATE TABLE rental (
  rental_id    INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  film_id      SMALLINT UNSIGNED NOT NULL,
  customer     MEDIUMINT UNSIGNED NOT NULL,
  rented       DATETIME NOT NULL,
  returned     DATETIME DEFAULT NULL,
  UNIQUE KEY once (rented, film_id, customer),
  CONSTRAINT fk_film FOREIGN KEY (film_id) REFERENCES film (film_id)
);

CREATE VIEW film_list AS SELECT f.title, l.name FROM film f JOIN language l ON l.language_id = f.language_id;
DELIMITER ;;
CREATE TRIGGER rental_date BEFORE INSERT ON rental FOR EACH ROW SET NEW.rented = NEW.rented;;
CREATE PROCEDURE overdue (IN days INT) BEGIN SELECT rental_id FROM rental WHERE returned IS NULL; END;;
DELIMITER ;
