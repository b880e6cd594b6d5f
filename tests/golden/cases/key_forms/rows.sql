INSERT INTO keepers VALUES (7, 'Iris'), (-7, 'Nemo');
-- The last second of a month here is the first of the next one where the session is.
INSERT INTO ships VALUES
  (1, 7, '2024-02-29 23:59:59', 'NO', '2024-03-01'),
  (2, 7, '2024-03-01 00:00:00', 'NO', NULL),
  (3, -7, '1999-12-31 23:59:59', 'CH', '2000-12-31');
