-- Character sets of another time, beside each other in one schema, and in one table.
CREATE TABLE addresses (
  id       INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  street   VARCHAR(60) CHARACTER SET latin1 COLLATE latin1_german1_ci NOT NULL,
  town     VARCHAR(60) CHARACTER SET latin1 COLLATE latin1_spanish_ci NOT NULL,
  region   VARCHAR(60) CHARACTER SET utf16 COLLATE utf16_general_ci NULL,
  country  CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  old      VARCHAR(60) CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci NULL,
  wide     VARCHAR(60) CHARACTER SET ucs2 COLLATE ucs2_bin NULL,
  note     TEXT CHARACTER SET utf32 COLLATE utf32_bin NULL,
  KEY by_country (country)
) DEFAULT CHARSET = latin1;

CREATE TABLE codes (
  code   CHAR(4) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL PRIMARY KEY,
  means  VARCHAR(40) NOT NULL
) DEFAULT CHARSET = latin1 COLLATE = latin1_swedish_ci;
