INSERT INTO halls VALUES (1, 'Lumière'), (2, 'Small');
-- The same numbers in both halls.
INSERT INTO seats VALUES (1, 1, 'A1', 0), (1, 2, 'A2', 1), (2, 1, 'front 1', 0);
INSERT INTO tickets VALUES
  (1, 1, 1, 'Eve', 12.00), (2, 1, 1, NULL, 9.50), (3, 2, 1, 'Tom', 12.00), (4, 2, NULL, 'Jo', 5.00), (5, 1, 1, 'Abe', 9.50);
INSERT INTO repairs VALUES (1, 1, 1, 'creaks'), (2, 9, 1, 'which hall?'), (3, 2, 1, 'torn'), (4, 1, 1, 'still creaks');
