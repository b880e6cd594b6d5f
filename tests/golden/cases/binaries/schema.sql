-- Bytes as keys: identifiers of sixteen of them, hashes, tokens of any length; and bytes as values.
CREATE TABLE devices (
  uuid    BINARY(16) NOT NULL PRIMARY KEY,
  secret  VARBINARY(64) NOT NULL,
  photo   LONGBLOB NULL,
  icon    TINYBLOB NULL,
  mask    BIT(64) NOT NULL,
  UNIQUE KEY secret (secret)
);

CREATE TABLE events (
  device  BINARY(16) NOT NULL,
  hash    BINARY(20) NOT NULL,
  body    BLOB NOT NULL,
  PRIMARY KEY (device, hash),
  FOREIGN KEY (device) REFERENCES devices (uuid) ON DELETE CASCADE
);

CREATE TABLE tokens (
  token  VARBINARY(32) NOT NULL,
  part   TINYINT UNSIGNED NOT NULL,
  owner  BINARY(16) NULL,
  PRIMARY KEY (token, part),
  KEY by_owner (owner)
);
