//! Small edits of the schema, each of which changes one thing.

/// An edit, and what has to be said about it.
pub(crate) struct Edit {
    /// What it is about; its snapshot's name.
    pub(crate) name: &'static str,
    /// The codes of what is found, in the order of their places.
    pub(crate) codes: &'static [u16],
    /// What is replaced, each once.
    pub(crate) edits: &'static [(&'static str, &'static str)],
}

const fn edit(
    name: &'static str,
    codes: &'static [u16],
    edits: &'static [(&'static str, &'static str)],
) -> Edit {
    Edit { name, codes, edits }
}

const fn same(name: &'static str, edits: &'static [(&'static str, &'static str)]) -> Edit {
    Edit { name, codes: &[], edits }
}

/// Edits that change what a contract records.
pub(crate) const EDITS: &[Edit] = &[
    edit(
        "table_added",
        &[802],
        &[("CREATE TABLE audit", "CREATE TABLE news (id INT PRIMARY KEY);\nCREATE TABLE audit")],
    ),
    edit("table_renamed", &[802, 829, 803, 836, 839], &[("CREATE TABLE audit", "CREATE TABLE log")]),
    edit("column_added", &[804], &[("  score INT", "  rank_of FLOAT NULL,\n  score INT")]),
    edit("column_removed", &[805], &[("  nick VARCHAR(40) COLLATE utf8mb4_bin DEFAULT NULL,\n", "")]),
    edit("column_renamed", &[804, 805], &[("  nick VARCHAR(40)", "  handle VARCHAR(40)")]),
    edit("column_type", &[806], &[("DECIMAL(10,2)", "DECIMAL(12,2)")]),
    edit("enum_members", &[806], &[("'new', 'old'", "'old', 'new'")]),
    edit(
        "column_collation",
        &[807],
        &[("nick VARCHAR(40) COLLATE utf8mb4_bin", "nick VARCHAR(40) COLLATE utf8mb4_0900_ai_ci")],
    ),
    edit("column_null", &[808], &[("user_id INT UNSIGNED NOT NULL", "user_id INT UNSIGNED NULL")]),
    edit("column_default", &[809], &[("level INT NOT NULL DEFAULT 0", "level INT NOT NULL DEFAULT 1")]),
    edit("column_counts", &[810], &[("id INT UNSIGNED NOT NULL AUTO_INCREMENT", "id INT UNSIGNED NOT NULL")]),
    edit("column_on_update", &[811], &[(" ON UPDATE CURRENT_TIMESTAMP(6)", "")]),
    edit("column_generated", &[812], &[("LEFT(email, 1)", "RIGHT(email, 1)")]),
    edit("primary_key", &[813], &[("  PRIMARY KEY (id),", "  PRIMARY KEY (id, level),")]),
    edit("unique_added", &[814], &[("  KEY by_level", "  UNIQUE KEY nick (nick),\n  KEY by_level")]),
    edit("unique_removed", &[815], &[("  UNIQUE KEY email (email),\n", "")]),
    edit("unique_renamed", &[814, 815], &[("UNIQUE KEY email (email)", "UNIQUE KEY one_email (email)")]),
    edit("unique_changed", &[816], &[("UNIQUE KEY email (email)", "UNIQUE KEY email (email(10))")]),
    edit("unique_made_plain", &[815, 817], &[("UNIQUE KEY email (email)", "KEY email (email)")]),
    edit("index_removed", &[818], &[("  KEY by_level (level, seen),\n", "")]),
    edit("fulltext_removed", &[818], &[("  FULLTEXT KEY words (note),\n", "")]),
    edit("index_order", &[819], &[("(level, seen)", "(seen, level)")]),
    edit("index_descending", &[819], &[("(level, seen)", "(level, seen DESC)")]),
    edit(
        "foreign_key_added",
        &[804, 817, 820],
        &[
            ("  FULLTEXT KEY words", "  parent BIGINT UNSIGNED,\n  FULLTEXT KEY words"),
            (
                "  CONSTRAINT fk_user",
                "  CONSTRAINT fk_parent FOREIGN KEY (parent) REFERENCES orders (id),\n  CONSTRAINT fk_user",
            ),
        ],
    ),
    edit(
        "foreign_key_removed",
        &[818, 821],
        &[("  CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users (id),\n", "")],
    ),
    edit(
        "foreign_key_target",
        &[822],
        &[("FOREIGN KEY (user_id) REFERENCES users (id)", "FOREIGN KEY (user_id) REFERENCES audit (id)")],
    ),
    edit("foreign_key_action", &[823], &[("ON DELETE SET NULL", "ON DELETE CASCADE")]),
    edit(
        "check_added",
        &[824],
        &[(
            "  CONSTRAINT known_level",
            "  CONSTRAINT positive CHECK (score >= 0),\n  CONSTRAINT known_level",
        )],
    ),
    edit("check_removed", &[825], &[(",\n  CONSTRAINT known_level CHECK (level >= 0 AND level < 10)", "")]),
    edit("check_changed", &[826], &[("level < 10", "level <= 10")]),
    edit(
        "trigger_added",
        &[827],
        &[(
            "CREATE VIEW",
            "CREATE TRIGGER stamp BEFORE UPDATE ON users FOR EACH ROW SET NEW.score = 0;\nCREATE VIEW",
        )],
    ),
    edit(
        "trigger_removed",
        &[828],
        &[(
            "CREATE TRIGGER first_log AFTER INSERT ON orders FOR EACH ROW INSERT INTO audit (id) VALUES (NEW.id);\n",
            "",
        )],
    ),
    edit("trigger_changed", &[829], &[("first_log AFTER INSERT", "first_log AFTER UPDATE")]),
    edit(
        "trigger_order",
        &[830],
        &[(
            "second_log AFTER INSERT ON orders FOR EACH ROW",
            "second_log AFTER INSERT ON orders FOR EACH ROW PRECEDES first_log",
        )],
    ),
    edit(
        "view_added",
        &[831],
        &[("CREATE PROCEDURE", "CREATE VIEW names AS SELECT nick FROM users;\nCREATE PROCEDURE")],
    ),
    edit("view_removed", &[832], &[("CREATE VIEW open_orders AS SELECT id, total FROM orders;\n", "")]),
    edit("view", &[833], &[("SELECT id, total FROM orders", "SELECT id, level FROM users")]),
    edit(
        "function_added",
        &[834],
        &[("CREATE EVENT", "CREATE FUNCTION one() RETURNS INT DETERMINISTIC RETURN 1;\nCREATE EVENT")],
    ),
    edit("procedure_removed", &[835], &[("CREATE PROCEDURE tidy() DELETE FROM audit;\n", "")]),
    edit(
        "function",
        &[836],
        &[("(SELECT level FROM users WHERE id = who)", "(SELECT id FROM orders WHERE id = who)")],
    ),
    edit(
        "event_added",
        &[837],
        &[(
            "CREATE EVENT nightly",
            "CREATE EVENT weekly ON SCHEDULE EVERY 1 WEEK DO CALL tidy();\nCREATE EVENT nightly",
        )],
    ),
    edit(
        "event_removed",
        &[838],
        &[("CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM audit;\n", "")],
    ),
    edit("event", &[839], &[("EVERY 1 DAY DO DELETE FROM audit", "EVERY 1 DAY DO DELETE FROM orders")]),
];

/// Edits that change nothing.
pub(crate) const SAME: &[Edit] = &[
    same(
        "column order",
        &[(
            "  level INT NOT NULL DEFAULT 0,\n  score INT NOT NULL DEFAULT 0,\n",
            "  score INT NOT NULL DEFAULT 0,\n  level INT NOT NULL DEFAULT 0,\n",
        )],
    ),
    same(
        "letter case of names",
        &[
            ("  level INT NOT NULL", "  LEVEL INT NOT NULL"),
            ("UNIQUE KEY email (email)", "UNIQUE KEY EMAIL (Email)"),
        ],
    ),
    same(
        "a number's default as text",
        &[
            ("DEFAULT 0.00", "DEFAULT '0.00'"),
            ("level INT NOT NULL DEFAULT 0", "level INT NOT NULL DEFAULT '0'"),
        ],
    ),
    same("display width", &[("score INT NOT NULL", "score INT(11) NOT NULL")]),
    same(
        "the current moment",
        &[(
            "DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6)",
            "DEFAULT now(6) ON UPDATE current_timestamp(6)",
        )],
    ),
    same(
        "a check as servers print it",
        &[("(level >= 0 AND level < 10)", "(((`level` >= 0) and (`level` < 10)))")],
    ),
    same("an expression as servers print it", &[("(LEFT(email, 1))", "(left(`email`,1))")]),
    same("stored or computed", &[("VIRTUAL", "STORED")]),
    same(
        "order of tables",
        &[
            (
                "CREATE TABLE audit (id INT NOT NULL PRIMARY KEY, line TEXT COLLATE utf8mb4_bin, at DATETIME NOT NULL);\n",
                "",
            ),
            (
                "CREATE TABLE users",
                "CREATE TABLE audit (id INT NOT NULL PRIMARY KEY, line TEXT COLLATE utf8mb4_bin, at DATETIME NOT NULL);\nCREATE TABLE users",
            ),
        ],
    ),
    same(
        "names of foreign keys, which a contract does not record",
        &[("  CONSTRAINT fk_user FOREIGN KEY", "  KEY fk_user (user_id),\n  CONSTRAINT of_user FOREIGN KEY")],
    ),
    same(
        "a second foreign key on the same columns",
        &[(
            "  CONSTRAINT fk_buyer",
            "  KEY fk_user (user_id),\n  CONSTRAINT fk_twice FOREIGN KEY (user_id) REFERENCES users (id) ON UPDATE CASCADE,\n  CONSTRAINT fk_buyer",
        )],
    ),
];
