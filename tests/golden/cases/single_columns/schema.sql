-- Tables of one column, which is the key: of a number, a text, bytes, a date, an exact number.
CREATE TABLE allowed (id INT NOT NULL PRIMARY KEY);
CREATE TABLE words (word VARCHAR(40) COLLATE utf8mb4_nopad_bin NOT NULL PRIMARY KEY) DEFAULT CHARSET = utf8mb4;
CREATE TABLE hashes (hash BINARY(32) NOT NULL PRIMARY KEY);
CREATE TABLE holidays (day DATE NOT NULL PRIMARY KEY);
CREATE TABLE prices (price DECIMAL(10,2) NOT NULL PRIMARY KEY);
