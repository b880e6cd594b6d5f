-- A table of another decade, whose contract people have edited: names that say something, other types, less of it.
CREATE TABLE tbl_cust (
  cust_no     INT NOT NULL PRIMARY KEY,
  nm1         VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
  nm2         VARCHAR(40) COLLATE utf8mb4_bin NULL,
  act         TINYINT(1) NOT NULL DEFAULT 1,
  bal         DECIMAL(12,2) NOT NULL,
  lim         DECIMAL(50,2) NULL,
  flgs        SET('vip', 'staff') COLLATE utf8mb4_bin NOT NULL,
  pw_md5      CHAR(32) COLLATE utf8mb4_bin NULL,
  rec_dt      DATETIME NOT NULL,
  UNIQUE KEY nm (nm1, nm2)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE tbl_ord (
  cust_no  INT NOT NULL,
  ord_no   INT UNSIGNED NOT NULL,
  ord_dt   DATE NOT NULL,
  shp_dt   DATE NULL,
  amt      DECIMAL(12,2) NOT NULL,
  PRIMARY KEY (cust_no, ord_no),
  CONSTRAINT fk_cust FOREIGN KEY (cust_no) REFERENCES tbl_cust (cust_no)
);
CREATE TABLE tbl_tmp (x INT NULL);
