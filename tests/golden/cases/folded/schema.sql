-- Texts that are equal though they differ: keys are built from what makes them one.
CREATE TABLE accounts (
  login   VARCHAR(30) COLLATE utf8mb4_general_ci NOT NULL PRIMARY KEY,
  mail    VARCHAR(60) COLLATE utf8mb4_unicode_ci NOT NULL,
  nick    VARCHAR(20) COLLATE latin1_swedish_ci NULL,
  UNIQUE KEY mail (mail),
  KEY by_nick (nick)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE aliases (
  login  VARCHAR(30) COLLATE utf8mb4_general_ci NOT NULL,
  alias  VARCHAR(30) COLLATE utf8mb4_unicode_ci NOT NULL,
  since  DATE NULL,
  PRIMARY KEY (login, alias),
  FOREIGN KEY (login) REFERENCES accounts (login) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_general_ci;
