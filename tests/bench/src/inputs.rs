//! What is read: made here, the same on every machine.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Bytes of one INSERT, as mysqldump cuts them.
const INSERT: usize = 1_000_000;

/// Tables of the dump.
const TABLES: u64 = 20;

/// Writes a dump of so many bytes, unless it is there.
pub(crate) fn dump(path: &Path, size: u64) -> io::Result<()> {
    if path.metadata().is_ok_and(|file| file.len() >= size) {
        return Ok(());
    }
    let mut file = BufWriter::new(File::create(path)?);
    let mut random = Random(1);
    let mut written = 0;
    file.write_all(b"-- MySQL dump 10.13  Distrib 8.0.36\n/*!40101 SET NAMES utf8mb4 */;\n/*!40014 SET FOREIGN_KEY_CHECKS=0 */;\n")?;
    for table in 1.. {
        let name = format!("t{table}");
        let head = format!(
            "DROP TABLE IF EXISTS `{name}`;\n{};\nLOCK TABLES `{name}` WRITE;\n/*!40000 ALTER TABLE `{name}` DISABLE KEYS */;\n",
            create(&name, None)
        );
        file.write_all(head.as_bytes())?;
        let end = table * size / TABLES;
        while written < end {
            let rows = rows(&name, &mut random);
            written += rows.len() as u64;
            file.write_all(rows.as_bytes())?;
        }
        let tail = format!("/*!40000 ALTER TABLE `{name}` ENABLE KEYS */;\nUNLOCK TABLES;\n");
        file.write_all(tail.as_bytes())?;
        if written >= size {
            break;
        }
    }
    file.flush()
}

/// A schema without rows.
pub(crate) fn schema(tables: usize) -> String {
    let mut text = String::new();
    for table in 0..tables {
        let parent = (table > 0).then(|| format!("table_{}", table / 3));
        text.push_str(&create(&format!("table_{table}"), parent.as_deref()));
        text.push_str(";\n\n");
    }
    text
}

fn create(name: &str, parent: Option<&str>) -> String {
    let parent = parent.map_or_else(String::new, |parent| {
        format!(",\n  CONSTRAINT `{name}_parent` FOREIGN KEY (`parent_id`) REFERENCES `{parent}` (`id`) ON DELETE CASCADE")
    });
    format!(
        "CREATE TABLE `{name}` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `parent_id` bigint unsigned DEFAULT NULL,
  `email` varchar(190) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'where to write to',
  `title` varchar(255) DEFAULT NULL,
  `state` enum('new','open','done') NOT NULL DEFAULT 'new',
  `price` decimal(12,2) NOT NULL DEFAULT '0.00',
  `count` int NOT NULL DEFAULT '0',
  `notes` text,
  `picture` blob,
  `made_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `changed_at` datetime(6) DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (`id`),
  UNIQUE KEY `email` (`email`),
  KEY `parent` (`parent_id`,`made_at`),
  KEY `state` (`state`,`made_at`){parent}
) ENGINE=InnoDB AUTO_INCREMENT=1001 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci"
    )
}

/// One INSERT.
fn rows(table: &str, random: &mut Random) -> String {
    let mut text = format!("INSERT INTO `{table}` VALUES ");
    while text.len() < INSERT {
        if !text.ends_with(' ') {
            text.push(',');
        }
        let id = random.below(1_000_000_000);
        let _ = write!(
            text,
            "({id},{},'user{id}@example.com','It\\'s number {id} of \\\"many\\\"','open',{}.{:02},{},'",
            if id.is_multiple_of(3) { "NULL".to_owned() } else { (id / 2).to_string() },
            random.below(10_000),
            random.below(100),
            random.below(2_000_000).cast_signed() - 1_000_000,
        );
        for _ in 0..random.below(40) {
            text.push_str(WORDS[usize::try_from(random.below(WORDS.len() as u64)).unwrap_or(0)]);
        }
        let _ = write!(
            text,
            "',0x{:016X},'2024-{:02}-{:02} 12:34:56',NULL)",
            random.next(),
            random.below(12) + 1,
            random.below(28) + 1
        );
    }
    text.push_str(";\n");
    text
}

/// What texts are made of.
const WORDS: [&str; 12] = [
    "row ",
    "column ",
    "isn\\'t ",
    "naïve ",
    "a;b ",
    "line\\r\\nline ",
    "-- ",
    "/* ",
    "(1,2) ",
    "`name` ",
    "日本 ",
    "the longest of these words ",
];

/// Numbers that look random and are the same each time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 ^ (self.0 >> 29)
    }

    fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 16) % end
    }
}
