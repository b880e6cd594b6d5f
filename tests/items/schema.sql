-- Three tables whose items are measured: a narrow one, a wide one with columns of every common type, and one of long texts.

CREATE TABLE sessions (
  id BIGINT UNSIGNED NOT NULL,
  user_id INT UNSIGNED NOT NULL,
  token CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  started_at DATETIME NOT NULL,
  is_open BOOL NOT NULL,
  PRIMARY KEY (id),
  KEY of_user (user_id, started_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE invoices (
  customer_id INT UNSIGNED NOT NULL,
  number INT UNSIGNED NOT NULL,
  status ENUM('draft', 'sent', 'paid', 'void') NOT NULL,
  currency CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  net DECIMAL(12, 2) NOT NULL,
  tax DECIMAL(12, 2) NOT NULL,
  gross DECIMAL(12, 2) NOT NULL,
  exchange_rate DECIMAL(14, 6) NULL,
  discount_percent DECIMAL(5, 2) NULL,
  lines_count SMALLINT UNSIGNED NOT NULL,
  priority TINYINT NOT NULL,
  is_paid BOOL NOT NULL,
  is_exported BOOL NOT NULL,
  issued_on DATE NOT NULL,
  due_on DATE NOT NULL,
  paid_at DATETIME(3) NULL,
  created_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  reference VARCHAR(40) NOT NULL,
  recipient VARCHAR(120) NOT NULL,
  city VARCHAR(60) NULL,
  note VARCHAR(500) NULL,
  total_weight DOUBLE NULL,
  checksum BINARY(16) NOT NULL,
  balance BIGINT NOT NULL,
  PRIMARY KEY (customer_id, number),
  KEY of_status (status, issued_on, customer_id, number)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE articles (
  id INT UNSIGNED NOT NULL,
  author_id INT UNSIGNED NOT NULL,
  slug VARCHAR(120) NOT NULL,
  title VARCHAR(200) NOT NULL,
  summary TEXT NOT NULL,
  body MEDIUMTEXT NOT NULL,
  source MEDIUMTEXT NULL,
  published_at DATETIME NULL,
  PRIMARY KEY (id),
  UNIQUE KEY slug (slug),
  KEY of_author (author_id, published_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
