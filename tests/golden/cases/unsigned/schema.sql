-- Numbers without a sign, of every width and spelling, also as keys.
CREATE TABLE counters (
  id        BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tiny      TINYINT UNSIGNED NOT NULL,
  flag      TINYINT(1) UNSIGNED NOT NULL,
  small     SMALLINT UNSIGNED NOT NULL,
  medium    MEDIUMINT UNSIGNED NOT NULL,
  plain     INT UNSIGNED NOT NULL,
  filled    INT(8) ZEROFILL NOT NULL,
  big       BIGINT UNSIGNED NOT NULL,
  money     DECIMAL(10,2) UNSIGNED NOT NULL,
  ratio     FLOAT UNSIGNED NOT NULL,
  precise   DOUBLE UNSIGNED NOT NULL,
  KEY by_medium (medium, tiny)
);

CREATE TABLE pairs (
  low   SMALLINT UNSIGNED NOT NULL,
  high  BIGINT UNSIGNED NOT NULL,
  seen  MEDIUMINT UNSIGNED NULL,
  PRIMARY KEY (low, high)
);
