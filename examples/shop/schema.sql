-- The schema of an online shop, written for MySQL 8.0. Several of its columns are traps on purpose: each one is a
-- value that naive migrations lose, round, reorder or merge.

CREATE TABLE users (
  id            INT UNSIGNED NOT NULL AUTO_INCREMENT,
  email         VARCHAR(120) COLLATE utf8mb4_unicode_ci NOT NULL,
  username      VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  phone         VARCHAR(20) COLLATE utf8mb4_bin NULL,
  first_name    VARCHAR(50) COLLATE utf8mb4_unicode_ci NULL,
  last_name     VARCHAR(50) COLLATE utf8mb4_unicode_ci NULL,
  display_name  VARCHAR(101) COLLATE utf8mb4_unicode_ci
                GENERATED ALWAYS AS (CONCAT_WS(' ', first_name, last_name)) STORED,
  is_seller     BOOLEAN NOT NULL DEFAULT FALSE,
  loyalty_tier  TINYINT(4) NOT NULL DEFAULT 0,
  interests     SET('books', 'games', 'garden', 'music') COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT '',
  preferences   JSON NULL,
  avatar        VARBINARY(64) NULL,
  born_on       DATE NULL,
  created_at    TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
  updated_at    TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY email (email),
  UNIQUE KEY username (username),
  UNIQUE KEY phone (phone)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE categories (
  id         SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  parent_id  SMALLINT UNSIGNED NULL,
  name       VARCHAR(80) COLLATE utf8mb4_unicode_ci NOT NULL,
  position   SMALLINT NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY idx_parent (parent_id),
  CONSTRAINT fk_category_parent FOREIGN KEY (parent_id) REFERENCES categories (id) ON DELETE SET NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE products (
  id           BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  sku          CHAR(12) COLLATE utf8mb4_bin NOT NULL,
  category_id  SMALLINT UNSIGNED NOT NULL,
  seller_id    INT UNSIGNED NOT NULL,
  editor_id    INT UNSIGNED NULL,
  name         VARCHAR(200) COLLATE utf8mb4_unicode_ci NOT NULL,
  description  TEXT COLLATE utf8mb4_unicode_ci NULL,
  price        DECIMAL(10,2) NOT NULL,
  stock        INT NOT NULL DEFAULT 0,
  weight_kg    FLOAT NULL,
  score        DOUBLE NOT NULL DEFAULT 0,
  density      DECIMAL(65,30) NULL,
  flags        BIT(10) NOT NULL DEFAULT b'0',
  model_year   YEAR NULL,
  prep_time    TIME(3) NULL,
  available_at DATETIME NULL,
  created_at   DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  UNIQUE KEY sku (sku),
  KEY idx_category (category_id),
  KEY idx_seller (seller_id),
  KEY idx_editor (editor_id),
  CONSTRAINT fk_product_category FOREIGN KEY (category_id) REFERENCES categories (id),
  CONSTRAINT fk_product_seller FOREIGN KEY (seller_id) REFERENCES users (id),
  CONSTRAINT fk_product_editor FOREIGN KEY (editor_id) REFERENCES users (id) ON DELETE SET NULL,
  CONSTRAINT price_not_negative CHECK (price >= 0)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE tags (
  id     INT UNSIGNED NOT NULL AUTO_INCREMENT,
  label  VARCHAR(30) COLLATE utf8mb4_unicode_ci NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY label (label)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE product_tags (
  product_id  BIGINT UNSIGNED NOT NULL,
  tag_id      INT UNSIGNED NOT NULL,
  PRIMARY KEY (product_id, tag_id),
  KEY idx_tag (tag_id),
  CONSTRAINT fk_product_tag_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
  CONSTRAINT fk_product_tag_tag FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE cart_items (
  user_id     INT UNSIGNED NOT NULL,
  product_id  BIGINT UNSIGNED NOT NULL,
  quantity    MEDIUMINT NOT NULL DEFAULT 1,
  added_at    TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (user_id, product_id),
  KEY idx_product (product_id),
  CONSTRAINT fk_cart_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT fk_cart_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE orders (
  id            BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  user_id       INT UNSIGNED NOT NULL,
  status        ENUM('pending', 'paid', 'shipped', 'cancelled') COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT 'pending',
  total_amount  DECIMAL(12,2) NOT NULL,
  currency      CHAR(3) COLLATE utf8mb4_bin NOT NULL DEFAULT 'EUR',
  note          VARCHAR(500) COLLATE utf8mb4_unicode_ci NULL,
  placed_at     TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  KEY idx_user (user_id),
  KEY idx_placed (placed_at),
  CONSTRAINT fk_order_user FOREIGN KEY (user_id) REFERENCES users (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE order_lines (
  order_id       BIGINT UNSIGNED NOT NULL,
  line_no        SMALLINT NOT NULL,
  product_id     BIGINT UNSIGNED NOT NULL,
  quantity       INT NOT NULL,
  price_at_time  DECIMAL(10,2) NOT NULL,
  PRIMARY KEY (order_id, line_no),
  KEY idx_line_product (product_id),
  CONSTRAINT fk_line_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
  CONSTRAINT fk_line_product FOREIGN KEY (product_id) REFERENCES products (id),
  CONSTRAINT quantity_positive CHECK (quantity > 0)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE reviews (
  product_id  BIGINT UNSIGNED NOT NULL,
  user_id     INT UNSIGNED NOT NULL,
  rating      TINYINT UNSIGNED NOT NULL,
  helpful     TINYINT(1) NULL,
  body        MEDIUMTEXT COLLATE utf8mb4_unicode_ci NULL,
  written_at  DATETIME NOT NULL,
  PRIMARY KEY (product_id, user_id),
  KEY idx_review_user (user_id),
  CONSTRAINT fk_review_product FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE,
  CONSTRAINT fk_review_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE coupons (
  code        VARCHAR(24) COLLATE utf8mb4_unicode_ci NOT NULL,
  percent     DECIMAL(5,2) NOT NULL,
  valid_until DATETIME NULL,
  PRIMARY KEY (code)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
