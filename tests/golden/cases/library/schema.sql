-- A lending library: its contract is edited by hand, with values that foreign keys lead to.
CREATE TABLE authors (
  id    INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name  VARCHAR(60) COLLATE utf8mb4_unicode_ci NOT NULL,
  mentor_id INT NULL,
  FOREIGN KEY (mentor_id) REFERENCES authors (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE books (
  id         INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  isbn       CHAR(13) COLLATE utf8mb4_bin NOT NULL UNIQUE,
  title      VARCHAR(120) COLLATE utf8mb4_unicode_ci NOT NULL,
  author_id  INT NOT NULL,
  editor_id  INT NULL,
  in_print   TINYINT(1) NOT NULL DEFAULT 1,
  secret     VARCHAR(20) COLLATE utf8mb4_bin NULL,
  FOREIGN KEY (author_id) REFERENCES authors (id),
  FOREIGN KEY (editor_id) REFERENCES authors (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE loans (
  id         BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  book_id    INT NOT NULL,
  lent_on    DATE NOT NULL,
  due        DATETIME NULL,
  fee        DECIMAL(6,2) NOT NULL,
  FOREIGN KEY (book_id) REFERENCES books (id)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_ci;
