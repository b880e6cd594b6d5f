-- What contract.yaml says of generated Rust: types of one's own, enums, names, derives, attributes, visibility.
CREATE TABLE accounts (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email varchar(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  state enum('new','in progress','N/A','1st','Self','größer','it''s "x"') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  last_state enum('new','in progress','N/A','1st','Self','größer','it''s "x"') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  balance decimal(10,2) NOT NULL,
  credit decimal(10,2) NULL,
  rate decimal(5,4) NOT NULL,
  born date NULL,
  opened datetime(6) NOT NULL,
  seen timestamp(3) NOT NULL,
  token binary(16) NOT NULL,
  `type` tinyint NOT NULL,
  createdBy varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL
);
CREATE TABLE transfers (
  account_id bigint unsigned NOT NULL,
  at datetime NOT NULL,
  amount decimal(10,2) NOT NULL,
  kind enum('in','out') CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  note varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (account_id, at),
  FOREIGN KEY (account_id) REFERENCES accounts (id)
);
