CREATE TABLE users (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL,
  phone VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  country CHAR(2) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  first_name VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  last_name VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  password_hash VARBINARY(60) NOT NULL,
  deleted_at DATETIME NULL,
  UNIQUE KEY email (email),
  UNIQUE KEY phone (country, phone)
);
CREATE TABLE categories (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  parent_id INT UNSIGNED NULL,
  name VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  FOREIGN KEY (parent_id) REFERENCES categories (id)
);
CREATE TABLE products (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  category_id INT UNSIGNED NULL,
  seller_id INT UNSIGNED NOT NULL,
  tester_id INT UNSIGNED NULL,
  name VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  FOREIGN KEY (category_id) REFERENCES categories (id),
  FOREIGN KEY (seller_id) REFERENCES users (id),
  FOREIGN KEY (tester_id) REFERENCES users (id)
);
CREATE TABLE tags (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  label VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL
);
CREATE TABLE product_tags (
  product_id INT UNSIGNED NOT NULL,
  tag_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (product_id, tag_id),
  FOREIGN KEY (product_id) REFERENCES products (id),
  FOREIGN KEY (tag_id) REFERENCES tags (id)
);
CREATE TABLE variants (
  product_id INT UNSIGNED NOT NULL,
  variant SMALLINT NOT NULL,
  label VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (product_id, variant),
  FOREIGN KEY (product_id) REFERENCES products (id)
);
CREATE TABLE orders (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id INT UNSIGNED NOT NULL,
  state CHAR(1) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  created_at TIMESTAMP NOT NULL DEFAULT '2000-01-01 00:00:00',
  shipped_on DATE NULL,
  FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE TABLE order_items (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id INT UNSIGNED NOT NULL,
  product_id INT UNSIGNED NOT NULL,
  variant SMALLINT NULL,
  quantity INT NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  FOREIGN KEY (order_id) REFERENCES orders (id),
  FOREIGN KEY (product_id) REFERENCES products (id)
);
