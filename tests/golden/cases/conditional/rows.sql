INSERT INTO senders VALUES (1, 'Mill & Sons', 1), (2, NULL, 0), (3, 'Robot', 2);
INSERT INTO parcels VALUES
  (1, 1, 'n', 800, 4.90, NULL),
  (2, 2, 'd', 5000, 4.90, '2024-02-29'),
  (3, NULL, 'd', 5001, NULL, NULL),
  (4, 1, NULL, 31000, 0.00, NULL),
  (5, 2, 'N', 1, 12.00, NULL),
  -- Robots' parcels are for others.
  (6, 3, 'n', 1, 12.00, NULL);
