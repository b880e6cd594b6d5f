-- One that nobody works on and that did not fail: it is in no index that asks for either.
INSERT INTO jobs VALUES
  (1, 7, 'mail', NULL, NULL, -3, '2024-03-31 01:30:00'),
  (2, 7, 'import', 4, NULL, 0, '2024-03-31 02:30:00'),
  (3, 8, 'report', NULL, '2024-03-31 02:30:00.5', 127, '1970-01-01 00:00:01'),
  (18446744073709551615, 4294967295, 'mail', 4, '0999-12-31 23:59:59.999', -128, '2038-01-19 03:14:07');
