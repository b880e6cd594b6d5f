-- Names that would break out of generated source, SQL, YAML or a shell, if anything let them.
CREATE TABLE `type` (
  `fn`                                   INT NOT NULL PRIMARY KEY,
  `self`                                 INT NULL,
  `super`                                INT NULL,
  `a b`                                  INT NULL,
  `A_B`                                  INT NULL,
  `x"] } include!(env!("HOME")); mod y {` INT NULL,
  `it's`                                 VARCHAR(9) COLLATE utf8mb4_bin NULL,
  `back``tick`                           INT NULL,
  `back\slash`                           INT NULL,
  `#{brace}`                             INT NULL,
  `☂`                                    INT NULL,
  `1st`                                  INT NULL,
  `yes`                                  INT NULL,
  `null`                                 INT NULL,
  `- dash`                               INT NULL,
  `a: b`                                 INT NULL,
  `*/ /* --`                             INT NULL,
  `a1234567890123456789012345678901234567890123456789012345678901x` INT NULL,
  UNIQUE KEY `it's; DROP TABLE x` (`it's`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `Types` (
  `id`    INT NOT NULL PRIMARY KEY,
  `match` INT NOT NULL,
  CONSTRAINT `why "not"` FOREIGN KEY (`match`) REFERENCES `type` (`fn`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE `☂☃` (
  `PK`     INT NOT NULL,
  `SK`     INT NOT NULL,
  `_entity` INT NULL,
  `GSI1PK` INT NULL,
  PRIMARY KEY (`PK`, `SK`)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
