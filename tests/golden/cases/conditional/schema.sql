-- A parcel service: what a parcel's page says hangs on what is known of it.
CREATE TABLE senders (
  id      INT UNSIGNED NOT NULL PRIMARY KEY,
  name    VARCHAR(30) COLLATE utf8mb4_bin NULL,
  company TINYINT(1) NOT NULL
);
CREATE TABLE parcels (
  id         INT UNSIGNED NOT NULL PRIMARY KEY,
  sender_id  INT UNSIGNED NULL,
  state      CHAR(1) COLLATE utf8mb4_bin NULL,
  grams      INT UNSIGNED NOT NULL,
  paid       DECIMAL(6,2) NULL,
  handed_on  DATE NULL,
  FOREIGN KEY (sender_id) REFERENCES senders (id)
);
