INSERT INTO players VALUES (1, 'Una'), (2, 'Max');
INSERT INTO questions VALUES (1, 'How many moons?'), (2, 'Never asked'), (3, 'Asked, and not picked');
INSERT INTO answers VALUES
  (1, 'b', 'Two', 5, NULL), (1, 'a', 'One', 5, X'00FF'), (1, 'c', NULL, -1, NULL), (1, 'd', 'a "b", c;{d}\\', 0, X''),
  (3, 'a', '', 1, NULL), (3, 'b', NULL, 1, NULL);
INSERT INTO picks VALUES
  (1, 1, 2, 'a', 4.50, '2024-03-31 00:59:59.250', '2024-03-31'),
  (2, 1, 1, 'b', NULL, '2024-03-31 01:00:00', '2024-03-31'),
  (3, 1, NULL, 'c', 4.50, '2024-03-30 12:00:00', '2024-03-30'),
  (4, 1, 1, 'a', -0.75, '2024-03-31 01:00:00', '2024-03-31');
