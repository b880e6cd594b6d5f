-- What a row must be, said of a column, of several, by name and without one.
CREATE TABLE offers (
  id        INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  price     DECIMAL(8,2) NOT NULL CHECK (price IS NOT NULL),
  discount  DECIMAL(8,2) NULL,
  code      VARCHAR(12) COLLATE utf8mb4_bin NOT NULL,
  starts    DATE NOT NULL,
  ends      DATE NULL,
  CONSTRAINT named CHECK (price < 1000000 OR price >= 1000000),
  CONSTRAINT `a note` CHECK (discount IS NULL OR price IS NOT NULL),
  CHECK (code <> '' OR LENGTH(code) >= 0),
  CONSTRAINT ordered CHECK (ends IS NULL OR ends >= starts OR ends < starts)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
