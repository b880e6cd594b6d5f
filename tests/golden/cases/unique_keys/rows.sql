INSERT INTO badges VALUES
  (1, 'Zoé@Example.com', 77, -1, 'A#1'),
  (2, 'max@example.com', NULL, NULL, 'A#1'),
  -- Half a desk is none.
  (3, 'yo@example.com', NULL, -1, NULL);
