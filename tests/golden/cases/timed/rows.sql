INSERT INTO stations VALUES ('BASL', 1901), ('PAYE', 2155);
-- The rows are written in another time zone than they are read in, and neither is UTC.
SET time_zone = '-09:30';
INSERT INTO readings VALUES
  (1, 'BASL', '2024-02-29 14:29:59.999', '2024-03-01', '00:59:59', NULL, -0.5),
  (2, 'BASL', '2024-02-29 14:30:00', '2024-03-01', '01:00:00', '2024-03-31 02:30:00', NULL),
  (3, 'PAYE', '1999-12-31 14:29:59', '2000-01-01', '00:59:59', '1969-12-31 23:59:59', 40.0);
