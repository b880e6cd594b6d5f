-- Dates that are none, as old servers took them: carried in some places, refused in others.
CREATE TABLE accounts (
  id          INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  registered  DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
  born        DATE NOT NULL DEFAULT '0000-00-00',
  last_seen   TIMESTAMP NULL,
  closed      DATETIME(6) NULL,
  KEY by_born (born)
);
