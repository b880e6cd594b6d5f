-- Many to many, with something to say of each pair: once by both keys, once with a key of its own.
CREATE TABLE students (
  id    INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name  VARCHAR(60) COLLATE utf8mb4_bin NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE courses (
  code   CHAR(8) COLLATE utf8mb4_nopad_bin NOT NULL PRIMARY KEY,
  title  VARCHAR(100) COLLATE utf8mb4_bin NOT NULL
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE enrolments (
  student_id  INT UNSIGNED NOT NULL,
  course      CHAR(8) COLLATE utf8mb4_nopad_bin NOT NULL,
  since       DATE NOT NULL,
  grade       DECIMAL(3,1) NULL,
  PRIMARY KEY (student_id, course),
  KEY by_course (course),
  CONSTRAINT of_student FOREIGN KEY (student_id) REFERENCES students (id) ON DELETE CASCADE,
  CONSTRAINT of_course FOREIGN KEY (course) REFERENCES courses (code)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE attempts (
  id          BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  student_id  INT UNSIGNED NOT NULL,
  course      CHAR(8) COLLATE utf8mb4_nopad_bin NOT NULL,
  points      SMALLINT UNSIGNED NOT NULL,
  at          DATETIME(3) NOT NULL,
  UNIQUE KEY once (student_id, course, at),
  FOREIGN KEY (student_id, course) REFERENCES enrolments (student_id, course)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
