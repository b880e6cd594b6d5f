INSERT INTO films VALUES (1, 'Fog'), (2, 'The Long Walk'), (3, 'Nobody Home');
INSERT INTO actors VALUES (1, 'Zed'), (2, 'Ana'), (3, NULL), (4, 'Idle');
INSERT INTO languages VALUES ('de', 'German'), ('fr', 'French'), ('en', 'English');
INSERT INTO film_languages VALUES (1, 'fr'), (1, 'en'), (2, 'de');
INSERT INTO roles VALUES (1, 1, 'A sailor', 2), (1, 2, 'The captain', 1), (1, 3, 'A gull', 2), (2, 1, 'The walker', 1);
