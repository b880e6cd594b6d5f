-- A city of no region is nowhere further up; a region without a name is still in its country.
INSERT INTO continents VALUES (1, 'Europe'), (2, 'Asia');
INSERT INTO countries VALUES (41, 'Switzerland', 1), (81, 'Japan', 2);
INSERT INTO regions VALUES (10, 'Jura', 41), (20, NULL, 81);
INSERT INTO cities VALUES (100, 'Delémont', 12682, 10), (200, 'Somewhere', NULL, 20), (300, 'Atlantis', 0, NULL);
INSERT INTO streets VALUES (1000, 'Rue du 23-Juin', 100), (2000, 'Main Street', 200), (3000, 'Coral Lane', 300);
INSERT INTO houses VALUES (1, 12, 1000), (2, 65535, 2000), (3, 0, 3000), (4, 14, 1000);
