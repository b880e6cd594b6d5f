INSERT INTO singers VALUES (1, 'Ute', 'alto', 'CH93', 'nuts'), (2, 'Ben', 'bass', NULL, NULL);
INSERT INTO rehearsals VALUES (1, '2024-01-09', 0), (1, '2024-01-16', 1), (2, '2024-01-09', 0);
INSERT INTO scores VALUES (1, 'Requiem', 1), (1, 'A#B', 2);
