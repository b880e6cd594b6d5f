-- A blog as old ones are: keys of twenty digits, dates that default to none, and bags of whatever a plugin wanted to keep.
CREATE TABLE bl_users (
  ID               BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT,
  user_login       VARCHAR(60) NOT NULL DEFAULT '',
  user_email       VARCHAR(100) NOT NULL DEFAULT '',
  user_registered  DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
  user_status      INT(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (ID),
  KEY user_login_key (user_login),
  KEY user_email (user_email)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE bl_posts (
  ID            BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT,
  post_author   BIGINT(20) UNSIGNED NOT NULL DEFAULT 0,
  post_date     DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00',
  post_content  LONGTEXT NOT NULL,
  post_status   VARCHAR(20) NOT NULL DEFAULT 'publish',
  post_name     VARCHAR(200) NOT NULL DEFAULT '',
  post_parent   BIGINT(20) UNSIGNED NOT NULL DEFAULT 0,
  menu_order    INT(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (ID),
  KEY post_name (post_name(191)),
  KEY post_parent (post_parent),
  KEY post_author (post_author)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE bl_postmeta (
  meta_id     BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT,
  post_id     BIGINT(20) UNSIGNED NOT NULL DEFAULT 0,
  meta_key    VARCHAR(255) DEFAULT NULL,
  meta_value  LONGTEXT,
  PRIMARY KEY (meta_id),
  KEY post_id (post_id),
  KEY meta_key (meta_key(191))
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;

CREATE TABLE bl_term_relationships (
  object_id         BIGINT(20) UNSIGNED NOT NULL DEFAULT 0,
  term_taxonomy_id  BIGINT(20) UNSIGNED NOT NULL DEFAULT 0,
  term_order        INT(11) NOT NULL DEFAULT 0,
  PRIMARY KEY (object_id, term_taxonomy_id),
  KEY term_taxonomy_id (term_taxonomy_id)
);
