SET foreign_key_checks = 0;
INSERT INTO taxa VALUES
  (1, NULL, 'Plantae'), (2, 1, 'Rosales'), (3, 2, 'Rosaceae'), (4, 3, 'Rosa'), (5, NULL, 'Fungi'),
  -- Two that stand above each other, one above itself, and one on the way to them.
  (6, 7, 'Ouro'), (7, 6, 'Boros'), (8, 8, 'Ego'), (9, 6, 'Tail'),
  -- One whose parent is gone, and one below it.
  (10, 999, 'Orphan'), (11, 10, 'Grandchild');
INSERT INTO sheets VALUES (1, 4, 1, 'Jura'), (2, NULL, 5, NULL), (3, 9, 1, NULL), (4, 11, 4, ''), (5, 1, 4, NULL);
