INSERT INTO jobs VALUES
  (1, 'Gazelle', 'G-17', '2024-02-29 22:30:00', '2024-01-31 08:05:09', '2024-02-29'),
  (2, 'Brompton', NULL, '1999-12-31 23:59:59', NULL, NULL),
  (3, 'Tandem {2}', '', '2037-12-31 00:00:00', '2023-03-31 23:59:59', '2023-12-31');
-- Three rows of hours and two parts: joined to each other they would be six.
INSERT INTO hours VALUES
  (1, 1, 1.50, 80.00, 1, '2024-03-01'), (2, 1, 0.25, 80.00, 0, '2024-03-02'), (3, 1, NULL, 100.00, 1, '2024-02-28'),
  (4, 3, NULL, 50.00, 0, '2024-01-01');
INSERT INTO parts VALUES (1, 1, 19.90, 2), (2, 1, 0.05, 7), (3, 3, 5.00, 0), (4, 3, 2.50, -1);
