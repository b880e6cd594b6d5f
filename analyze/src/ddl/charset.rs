//! Servers, character sets and collations: what a column's collation is when the DDL doesn't say.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The server a DDL file is read for. What MySQL text means depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Server {
    /// MySQL 5.7.
    MySql57,
    /// MySQL 8.0.
    #[default]
    MySql80,
    /// MySQL 8.4.
    MySql84,
    /// MySQL 9.0.
    MySql90,
    /// MariaDB 10.11.
    MariaDb1011,
}

/// A server this program doesn't know.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("unknown server `{0}`; known are mysql 5.7, mysql 8.0, mysql 8.4, mysql 9.0 and mariadb 10.11")]
pub struct UnknownServer(String);

impl Server {
    const ALL: [Self; 5] = [Self::MySql57, Self::MySql80, Self::MySql84, Self::MySql90, Self::MariaDb1011];

    /// As a contract names it: `mysql 8.0`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MySql57 => "mysql 5.7",
            Self::MySql80 => "mysql 8.0",
            Self::MySql84 => "mysql 8.4",
            Self::MySql90 => "mysql 9.0",
            Self::MariaDb1011 => "mariadb 10.11",
        }
    }

    /// The collation of a database that names none, with the server's own settings left alone. MariaDB's packages
    /// set utf8mb4, which its bare default (latin1) is not.
    pub const fn default_collation(self) -> &'static str {
        match self {
            Self::MySql57 => "latin1_swedish_ci",
            Self::MySql80 | Self::MySql84 | Self::MySql90 => "utf8mb4_0900_ai_ci",
            Self::MariaDb1011 => "utf8mb4_general_ci",
        }
    }

    /// Whether it is a MariaDB.
    pub const fn is_mariadb(self) -> bool {
        matches!(self, Self::MariaDb1011)
    }

    /// Whether `REFERENCES` behind a column makes a foreign key: MySQL reads over it before 9.0.
    pub const fn honours_inline_references(self) -> bool {
        matches!(self, Self::MySql90 | Self::MariaDb1011)
    }

    /// Whether a foreign key without a name of its own is called like the index named in it: not since MySQL 8.0.16.
    pub(super) const fn names_foreign_keys_by_index(self) -> bool {
        matches!(self, Self::MySql57 | Self::MariaDb1011)
    }

    /// Whether CHECK constraints exist: MySQL reads over them before 8.0.16.
    pub const fn has_checks(self) -> bool {
        !matches!(self, Self::MySql57)
    }

    /// Whether a TIMESTAMP column is like any other (`explicit_defaults_for_timestamp`): the default since MySQL 8.0 and MariaDB 10.10.
    pub const fn plain_timestamps(self) -> bool {
        !matches!(self, Self::MySql57)
    }

    /// Whether the server reads the SQL inside a versioned comment. MariaDB passes over the versions that only MySQL has had.
    pub(super) const fn reads(self, version: Option<u32>, for_mariadb: bool) -> bool {
        if for_mariadb && !self.is_mariadb() {
            return false;
        }
        let Some(version) = version else { return true };
        if self.is_mariadb() && !for_mariadb && version >= 50_700 && version <= 99_999 {
            return false;
        }
        version <= self.version()
    }

    /// The highest version number of the series, as versioned comments write it.
    const fn version(self) -> u32 {
        match self {
            Self::MySql57 => 50_799,
            Self::MySql80 => 80_099,
            Self::MySql84 => 80_499,
            Self::MySql90 => 90_099,
            Self::MariaDb1011 => 101_199,
        }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Server {
    type Err = UnknownServer;

    fn from_str(text: &str) -> Result<Self, UnknownServer> {
        let found = Self::ALL.into_iter().find(|server| server.name().eq_ignore_ascii_case(text.trim()));
        found.ok_or_else(|| UnknownServer(text.to_owned()))
    }
}

/// Character sets: name, default collation, most bytes a character takes (`SHOW CHARACTER SET`). utf8mb4's default
/// differs between servers and is not in here.
const CHARSETS: [(&str, &str, u64); 40] = [
    ("armscii8", "armscii8_general_ci", 1),
    ("ascii", "ascii_general_ci", 1),
    ("big5", "big5_chinese_ci", 2),
    ("binary", "binary", 1),
    ("cp1250", "cp1250_general_ci", 1),
    ("cp1251", "cp1251_general_ci", 1),
    ("cp1256", "cp1256_general_ci", 1),
    ("cp1257", "cp1257_general_ci", 1),
    ("cp850", "cp850_general_ci", 1),
    ("cp852", "cp852_general_ci", 1),
    ("cp866", "cp866_general_ci", 1),
    ("cp932", "cp932_japanese_ci", 2),
    ("dec8", "dec8_swedish_ci", 1),
    ("eucjpms", "eucjpms_japanese_ci", 3),
    ("euckr", "euckr_korean_ci", 2),
    ("gb18030", "gb18030_chinese_ci", 4),
    ("gb2312", "gb2312_chinese_ci", 2),
    ("gbk", "gbk_chinese_ci", 2),
    ("geostd8", "geostd8_general_ci", 1),
    ("greek", "greek_general_ci", 1),
    ("hebrew", "hebrew_general_ci", 1),
    ("hp8", "hp8_english_ci", 1),
    ("keybcs2", "keybcs2_general_ci", 1),
    ("koi8r", "koi8r_general_ci", 1),
    ("koi8u", "koi8u_general_ci", 1),
    ("latin1", "latin1_swedish_ci", 1),
    ("latin2", "latin2_general_ci", 1),
    ("latin5", "latin5_turkish_ci", 1),
    ("latin7", "latin7_general_ci", 1),
    ("macce", "macce_general_ci", 1),
    ("macroman", "macroman_general_ci", 1),
    ("sjis", "sjis_japanese_ci", 2),
    ("swe7", "swe7_swedish_ci", 1),
    ("tis620", "tis620_thai_ci", 1),
    ("ucs2", "ucs2_general_ci", 2),
    ("ujis", "ujis_japanese_ci", 3),
    ("utf16", "utf16_general_ci", 4),
    ("utf16le", "utf16le_general_ci", 4),
    ("utf32", "utf32_general_ci", 4),
    ("utf8mb3", "utf8mb3_general_ci", 3),
];

/// The collation of the character set that goes by this name, where nothing else names one. `None`: no such set.
pub(super) fn default_collation(charset: &str, server: Server) -> Option<String> {
    let charset = charset.to_ascii_lowercase();
    match charset.as_str() {
        "utf8" => default_collation("utf8mb3", server),
        "utf8mb4" if server.default_collation().starts_with("utf8mb4") => {
            Some(server.default_collation().to_owned())
        }
        "utf8mb4" => Some("utf8mb4_general_ci".to_owned()),
        name => CHARSETS.iter().find(|row| row.0 == name).map(|row| collation_name(row.1, server)),
    }
}

/// A collation by the name today's servers give it, which is `utf8mb3_…` where DDL may still say `utf8_…`; MySQL 5.7
/// knows only the latter.
pub(super) fn collation_name(name: &str, server: Server) -> String {
    let name = name.to_ascii_lowercase();
    let (old, new) = ("utf8_", "utf8mb3_");
    let (from, to) = if server == Server::MySql57 { (new, old) } else { (old, new) };
    name.strip_prefix(from).map_or_else(|| name.clone(), |rest| format!("{to}{rest}"))
}

/// The character set a collation belongs to: its name up to the first underscore.
pub(super) fn charset_of(collation: &str) -> &str {
    collation.split('_').next().unwrap_or(collation)
}

/// Whether the collation's character set is one MySQL has.
pub(super) fn is_collation(collation: &str) -> bool {
    max_bytes(collation).is_some() && (collation == "binary" || collation.contains('_'))
}

/// The most bytes a character takes under a collation.
pub(super) fn max_bytes(collation: &str) -> Option<u64> {
    match charset_of(collation) {
        "utf8mb4" => Some(4),
        "utf8" => Some(3),
        name => CHARSETS.iter().find(|row| row.0 == name).map(|row| row.2),
    }
}

/// The byte-wise collation of the same character set: what the `BINARY` attribute asks for.
pub(super) fn binary_collation(collation: &str) -> String {
    match charset_of(collation) {
        "binary" => "binary".to_owned(),
        charset => format!("{charset}_bin"),
    }
}
