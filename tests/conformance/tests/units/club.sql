-- A club: an address is one member's in any spelling, a nickname is one member's as it is spelt, and so is a locker, if
-- there is one. What a member is called follows from other columns.
CREATE TABLE members (
  id      INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  mail    VARCHAR(60) COLLATE utf8mb4_unicode_ci NOT NULL,
  nick    VARCHAR(20) COLLATE utf8mb4_bin NOT NULL,
  wing    TINYINT NULL,
  locker  INT NULL,
  visits  INT NOT NULL DEFAULT 0,
  level   ENUM('guest', 'full') COLLATE utf8mb4_bin NOT NULL,
  UNIQUE KEY mail (mail),
  UNIQUE KEY nick (nick),
  UNIQUE KEY locker (wing, locker)
);

-- A course is found by its day in DynamoDB, and where and for how many it is stands in a map.
CREATE TABLE courses (
  id      INT UNSIGNED NOT NULL PRIMARY KEY,
  starts  DATETIME NOT NULL,
  seats   INT NOT NULL,
  room    VARCHAR(20) COLLATE utf8mb4_bin NOT NULL
);

-- Who a member brings along.
CREATE TABLE guests (
  member_id  INT UNSIGNED NOT NULL,
  nr         SMALLINT NOT NULL,
  name       VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (member_id, nr),
  CONSTRAINT guest_of FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE CASCADE
);
