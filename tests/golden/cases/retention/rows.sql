INSERT INTO people VALUES
  (1, 'Ada', 'Bern', X'DEADBEEF', NULL), (2, NULL, NULL, X'', NULL), (3, 'Left', 'Ely', X'00', '2024-01-01 00:00:00');
INSERT INTO letters VALUES
  (1, 1, 0, 3, '2024-02-29 22:30:00', '1234'),
  (2, 2, 0, NULL, NULL, NULL),
  (3, 1, 1, 9, '2024-03-01 00:00:00', NULL),
  -- What is not known to be true leaves a row behind, too.
  (4, 3, 0, -1, '2024-03-01 00:00:00', NULL),
  (5, 3, 0, 0, '1970-01-01 00:00:01', '');
