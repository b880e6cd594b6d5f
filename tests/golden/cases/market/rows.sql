INSERT INTO users VALUES
  (1, 'Ann@Example.com', '555', 'CH', 'Ann', 'Lee', X'00FF', NULL),
  (2, 'bo@example.com', NULL, 'CH', 'Bo', NULL, X'01', NULL),
  (3, 'gone@example.com', NULL, NULL, NULL, NULL, X'02', '2024-05-01 00:00:00');
INSERT INTO categories VALUES (1, NULL, 'Home'), (2, 1, 'Kitchen'), (3, 2, 'Pans'), (4, 1, 'Garden');
INSERT INTO products VALUES (10, 3, 1, 2, 'Pan', 19.90), (11, NULL, 2, NULL, 'Lid', 5.00);
INSERT INTO tags VALUES (1, 'steel'), (2, 'new;hot'), (3, 'unused');
INSERT INTO product_tags VALUES (10, 1), (10, 2);
INSERT INTO variants VALUES (10, 1, 'small'), (10, 2, 'large');
INSERT INTO orders VALUES
  (100, 1, 'P', '2024-02-29 22:30:00', NULL),
  (101, 2, 'S', '2023-12-31 23:59:59', '2024-01-02'),
  (102, 1, 'X', '2024-03-01 00:00:00', NULL);
INSERT INTO order_items VALUES
  (1, 100, 10, 2, 2, 19.90),
  (2, 100, 11, NULL, 1, 5.00),
  (3, 100, 10, 1, 2, 18.00);
UPDATE categories SET parent_id = 4 WHERE id = 4;
