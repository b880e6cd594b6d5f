-- Exact numbers of every width: those a machine word holds, those only a big one does, those DynamoDB's 38 digits don't.
CREATE TABLE ledgers (
  id         INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  digit      DECIMAL(1,0) NOT NULL,
  fraction   DECIMAL(1,1) NULL,
  cents      DECIMAL(9,2) NOT NULL DEFAULT 0.05,
  whole      DECIMAL(18) NULL,
  wide       DECIMAL(28,6) NULL,
  wider      DECIMAL(29,6) NULL,
  limit_38   DECIMAL(38,0) NULL,
  above_38   DECIMAL(39,0) NULL,
  widest     DECIMAL(65,0) NULL,
  finest     DECIMAL(30,30) NULL,
  all_of_it  DECIMAL(65,30) NULL,
  positive   DECIMAL(20,4) UNSIGNED NULL,
  numeric_   NUMERIC(12,3) NULL,
  fixed_     FIXED(12,3) NULL,
  dec_       DEC NULL
);

CREATE TABLE rates (
  rate     DECIMAL(7,4) NOT NULL,
  big      DECIMAL(40,10) NOT NULL,
  name     VARCHAR(10) COLLATE utf8mb4_bin NOT NULL,
  PRIMARY KEY (rate, big)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
