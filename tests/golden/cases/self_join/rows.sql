-- Rolf's boss is nobody's row: such rows come from times without foreign keys.
SET foreign_key_checks = 0;
INSERT INTO bakers VALUES
  (1, 'Maud', 'Mo', NULL, 2),
  (2, 'Piet', NULL, 1, 1),
  (3, 'Ida', '', 2, 3),
  (4, 'Rolf', NULL, 99, 3);
