-- A theatre: what stands on what, three deep; a tree of people; places that forget who had them.
CREATE TABLE people (
  id       INT UNSIGNED NOT NULL PRIMARY KEY,
  name     VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  boss_id  INT UNSIGNED NULL,
  UNIQUE KEY name (name),
  CONSTRAINT people_boss FOREIGN KEY (boss_id) REFERENCES people (id) ON DELETE CASCADE
);

CREATE TABLE halls (
  code  VARCHAR(10) COLLATE utf8mb4_unicode_ci NOT NULL PRIMARY KEY,
  name  VARCHAR(40) COLLATE utf8mb4_bin NOT NULL
);

CREATE TABLE shows (
  id     INT UNSIGNED NOT NULL PRIMARY KEY,
  hall   VARCHAR(10) COLLATE utf8mb4_unicode_ci NOT NULL,
  title  VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  UNIQUE KEY title (title),
  CONSTRAINT shows_hall FOREIGN KEY (hall) REFERENCES halls (code) ON DELETE CASCADE
);

CREATE TABLE seats (
  show_id    INT UNSIGNED NOT NULL,
  nr         SMALLINT NOT NULL,
  label      VARCHAR(20) COLLATE utf8mb4_bin NOT NULL,
  holder_id  INT UNSIGNED NULL,
  PRIMARY KEY (show_id, nr),
  UNIQUE KEY label (label),
  CONSTRAINT seats_show FOREIGN KEY (show_id) REFERENCES shows (id) ON DELETE CASCADE,
  CONSTRAINT seats_holder FOREIGN KEY (holder_id) REFERENCES people (id) ON DELETE SET NULL
);

-- A ticket is somebody's, and may be for a seat.
CREATE TABLE tickets (
  id        INT UNSIGNED NOT NULL PRIMARY KEY,
  buyer_id  INT UNSIGNED NOT NULL,
  show_id   INT UNSIGNED NULL,
  seat_nr   SMALLINT NULL,
  CONSTRAINT tickets_buyer FOREIGN KEY (buyer_id) REFERENCES people (id),
  CONSTRAINT tickets_seat FOREIGN KEY (show_id, seat_nr) REFERENCES seats (show_id, nr)
);
