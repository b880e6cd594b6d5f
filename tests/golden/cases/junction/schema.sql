-- Pairs and nothing else: every column is in the key, so there is nothing to update.
CREATE TABLE posts (
  id     INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  title  VARCHAR(100) COLLATE utf8mb4_bin NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE tags (
  id     SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  label  VARCHAR(30) COLLATE utf8mb4_bin NOT NULL,
  UNIQUE KEY label (label)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE post_tags (
  post_id  INT UNSIGNED NOT NULL,
  tag_id   SMALLINT UNSIGNED NOT NULL,
  PRIMARY KEY (post_id, tag_id),
  KEY by_tag (tag_id, post_id),
  FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
  FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
);

CREATE TABLE friends (
  one    INT NOT NULL,
  other  INT NOT NULL,
  PRIMARY KEY (one, other),
  UNIQUE KEY both_ways (other, one)
);
