INSERT INTO observers VALUES
  (1, 'Élise', 'Élise', 'Noir', 1, '2024-01-01 00:00:00'), (2, 'bo', NULL, NULL, 0, '2024-01-02 12:00:00');
INSERT INTO sites VALUES (1, 'Peak', NULL), (2, 'Dome B', 1), (3, 'Pier 4', 2);
INSERT INTO nights VALUES
  (1, 1, 3, '2024-02-29 22:30:00'), (2, 2, NULL, '2024-03-01 00:00:00'), (3, 1, 1, '2024-03-31 01:30:00');
INSERT INTO sightings VALUES (1, 1, 'M31', 3.44), (2, 1, 'Vega', -0.03), (3, 1, '?', NULL), (4, 3, 'M31', 3.40);
