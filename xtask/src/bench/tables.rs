//! A schema of as many tables as one wants, each of 12 columns of common types.

use std::fmt::Write;

/// The columns, as DDL and as the fields a generated struct has for them.
const COLUMNS: [(&str, &str); 12] = [
    ("id BIGINT UNSIGNED NOT NULL PRIMARY KEY", "id: u64"),
    ("owner_id INT UNSIGNED NOT NULL", "owner_id: u32"),
    ("name VARCHAR(80) NOT NULL", "name: String"),
    ("slug VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL", "slug: String"),
    ("description TEXT NULL", "description: Option<String>"),
    ("price DECIMAL(12,2) NOT NULL", "price: rust_decimal::Decimal"),
    ("quantity INT NOT NULL", "quantity: i32"),
    ("weight DOUBLE NULL", "weight: Option<f64>"),
    ("is_active BOOL NOT NULL", "is_active: bool"),
    ("released_on DATE NULL", "released_on: Option<chrono::NaiveDate>"),
    ("created_at DATETIME NOT NULL", "created_at: chrono::NaiveDateTime"),
    (
        "updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)",
        "updated_at: chrono::DateTime<chrono::Utc>",
    ),
];

/// So many tables, which all refer to one more.
pub(super) fn schema(tables: usize) -> String {
    let columns: Vec<&str> = COLUMNS.iter().map(|(column, _)| *column).collect();
    let mut schema = "CREATE TABLE owners (id INT UNSIGNED NOT NULL PRIMARY KEY);\n".to_owned();
    for table in 0..tables {
        // Writing to a String can't fail.
        let _ = writeln!(
            schema,
            "CREATE TABLE thing_{table:04} (\n  {},\n  CONSTRAINT fk_{table} FOREIGN KEY (owner_id) REFERENCES owners (id)\n) \
             DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;",
            columns.join(",\n  ")
        );
    }
    schema
}

/// The structs of so many tables, with these derives.
pub(super) fn structs(tables: usize, derives: &str) -> String {
    let fields: String = COLUMNS.iter().map(|(_, field)| format!("    pub {field},\n")).collect();
    (0..tables)
        .map(|table| format!("#[derive({derives})]\npub struct Thing{table:04} {{\n{fields}}}\n"))
        .collect()
}
