SET foreign_key_checks = 0;
INSERT INTO teams VALUES (1, 'Rovers', 'Ely'), (2, 'Wanderers', NULL), (3, 'Ältere Herren', 'Köln');
INSERT INTO grounds VALUES ('PRK', 'The Park', 1), ('HAL', 'Hall 2', 0);
INSERT INTO matches VALUES
  (1, 1, 2, 'PRK', '2024-02-29', 3, 0),
  (2, 2, 1, NULL, '2024-03-09', NULL, NULL),
  (3, 3, 3, 'HAL', '1999-12-31', 1, 1),
  -- A ground, and a team, that no row is.
  (4, 1, 3, 'OLD', '2024-03-10', NULL, NULL),
  (5, 1, 77, 'PRK', '2024-03-11', NULL, NULL);
