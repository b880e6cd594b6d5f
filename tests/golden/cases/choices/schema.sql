-- Lists of members: one of one, many of many, like numbers, like sentences, in keys and as what a list is asked by.
CREATE TABLE choices (
  id        INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  only      ENUM('only') COLLATE utf8mb4_bin NOT NULL,
  numbers   ENUM('0', '1', '2', '10', '-1', '1.0') COLLATE utf8mb4_bin NOT NULL DEFAULT '1',
  spaced    ENUM('a b', ' c', 'é', '日本', 'a''b', 'x,y') COLLATE utf8mb4_bin NULL,
  folded    ENUM('Open', 'closed') COLLATE utf8mb4_general_ci NOT NULL DEFAULT 'Open',
  words     ENUM('null', 'true', 'no', 'default', 'select') COLLATE utf8mb4_bin NOT NULL,
  flags     SET('read', 'write', 'own') COLLATE utf8mb4_bin NOT NULL DEFAULT 'read',
  none      SET('x') COLLATE utf8mb4_bin NULL,
  many      SET('b00', 'b01', 'b02', 'b03', 'b04', 'b05', 'b06', 'b07', 'b08', 'b09', 'b10', 'b11', 'b12', 'b13', 'b14', 'b15',
                'b16', 'b17', 'b18', 'b19', 'b20', 'b21', 'b22', 'b23', 'b24', 'b25', 'b26', 'b27', 'b28', 'b29', 'b30', 'b31',
                'b32', 'b33', 'b34', 'b35', 'b36', 'b37', 'b38', 'b39', 'b40', 'b41', 'b42', 'b43', 'b44', 'b45', 'b46', 'b47',
                'b48', 'b49', 'b50', 'b51', 'b52', 'b53', 'b54', 'b55', 'b56', 'b57', 'b58', 'b59', 'b60', 'b61', 'b62', 'b63')
            COLLATE utf8mb4_bin NOT NULL,
  KEY by_words (words, numbers)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE settings (
  scope  ENUM('user', 'group', 'all') COLLATE utf8mb4_bin NOT NULL,
  owner  INT NOT NULL,
  value  VARCHAR(40) COLLATE utf8mb4_bin NULL,
  PRIMARY KEY (scope, owner)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
