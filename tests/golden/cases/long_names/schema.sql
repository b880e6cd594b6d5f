-- Names as long as MySQL takes them, sixty-four characters, some alike up to the last.
CREATE TABLE `the_table_whose_name_is_as_long_as_the_server_takes_names_to_b_1` (
  `the_column_whose_name_is_as_long_as_servers_take_them_to_be_as_1` INT NOT NULL PRIMARY KEY,
  `the_column_whose_name_is_as_long_as_servers_take_them_to_be_as_2` INT NOT NULL,
  `the_column_whose_name_is_as_long_as_servers_take_them_to_be_as_3` VARCHAR(20) COLLATE utf8mb4_bin NULL,
  UNIQUE KEY `the_unique_key_whose_name_is_as_long_as_the_server_takes_names_1` (`the_column_whose_name_is_as_long_as_servers_take_them_to_be_as_2`)
);
CREATE TABLE `the_table_whose_name_is_as_long_as_the_server_takes_names_to_b_2` (
  `the_column_whose_name_is_as_long_as_servers_take_them_to_be_as_1` INT NOT NULL,
  `the_column_whose_name_is_as_long_as_servers_take_them_to_be_as_2` INT NOT NULL,
  PRIMARY KEY (`the_column_whose_name_is_as_long_as_servers_take_them_to_be_as_1`, `the_column_whose_name_is_as_long_as_servers_take_them_to_be_as_2`),
  CONSTRAINT `the_foreign_key_whose_name_is_as_long_as_the_server_takes_them_1` FOREIGN KEY (`the_column_whose_name_is_as_long_as_servers_take_them_to_be_as_1`)
    REFERENCES `the_table_whose_name_is_as_long_as_the_server_takes_names_to_b_1` (`the_column_whose_name_is_as_long_as_servers_take_them_to_be_as_1`) ON DELETE CASCADE
);
