-- A wiki as old ones are: titles and times as bytes, namespaces as numbers, links by what they point at and no foreign keys.
CREATE TABLE page (
  page_id         INT UNSIGNED NOT NULL AUTO_INCREMENT,
  page_namespace  INT NOT NULL,
  page_title      VARBINARY(255) NOT NULL,
  page_is_new     TINYINT UNSIGNED NOT NULL DEFAULT 0,
  page_random     DOUBLE UNSIGNED NOT NULL,
  page_touched    BINARY(14) NOT NULL,
  page_latest     INT UNSIGNED NOT NULL,
  page_lang       VARBINARY(35) DEFAULT NULL,
  PRIMARY KEY (page_id),
  UNIQUE KEY page_name_title (page_namespace, page_title),
  KEY page_random (page_random)
) DEFAULT CHARSET = binary;

CREATE TABLE revision (
  rev_id         BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  rev_page       INT UNSIGNED NOT NULL,
  rev_timestamp  BINARY(14) NOT NULL,
  rev_minor      TINYINT UNSIGNED NOT NULL DEFAULT 0,
  rev_parent_id  BIGINT UNSIGNED DEFAULT NULL,
  rev_sha1       VARBINARY(32) NOT NULL DEFAULT '',
  PRIMARY KEY (rev_id),
  KEY rev_page_timestamp (rev_page, rev_timestamp)
) DEFAULT CHARSET = binary;

CREATE TABLE categorylinks (
  cl_from     INT UNSIGNED NOT NULL DEFAULT 0,
  cl_to       VARBINARY(255) NOT NULL,
  cl_sortkey  VARBINARY(230) NOT NULL DEFAULT '',
  cl_type     ENUM('page', 'subcat', 'file') NOT NULL DEFAULT 'page',
  PRIMARY KEY (cl_from, cl_to),
  KEY cl_sortkey (cl_to, cl_type, cl_from)
) DEFAULT CHARSET = binary;
