//! Column types: every spelling MySQL takes, to the one type it makes of it.

use std::ops::Range;

use migratable_contract::source::SourceType;
use migratable_core::Text;
use migratable_core::collation::Collation;
use migratable_core::mysql::{IntSize, LobSize, MySqlType};
use sqlparser::tokenizer::Token;

use super::charset::{self, Server};
use super::lexer::{Tok, Tokens, split_commas};
use super::problem::Refusal;
use super::schema::Fact;

/// A type as written: MySQL's own name for it, what stood in parentheses, where.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    /// The name, upper-case, synonyms resolved: `DEC` is `DECIMAL`.
    pub(super) name: String,
    /// NATIONAL, NCHAR, NVARCHAR: the character set is utf8mb3.
    national: bool,
    numbers: Vec<u64>,
    strings: Vec<String>,
    /// Its bytes in the file.
    pub(super) range: Range<usize>,
    /// How many tokens it took.
    pub(super) length: usize,
}

/// What may stand behind a type and changes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Attributes {
    pub(super) unsigned: bool,
    pub(super) zerofill: bool,
    /// BINARY: the byte-wise collation of the character set.
    pub(super) binary: bool,
    /// CHARACTER SET; ASCII, UNICODE and BYTE are latin1, ucs2 and binary.
    pub(super) charset: Option<(String, Range<usize>)>,
    pub(super) collation: Option<(String, Range<usize>)>,
}

/// A type, and what of it a contract can't say.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub(super) ty: SourceType,
    /// BOOL, BOOLEAN.
    pub(super) boolean: bool,
    /// SERIAL: NOT NULL, AUTO_INCREMENT and UNIQUE as well.
    pub(super) serial: bool,
    /// A name no server is known to have as a type.
    pub(super) unknown: bool,
    pub(super) notes: Vec<(Fact, String)>,
}

/// Spellings of one word, and the name MySQL turns them into.
const SYNONYMS: [(&str, &str); 18] = [
    ("INTEGER", "INT"),
    ("INT1", "TINYINT"),
    ("INT2", "SMALLINT"),
    ("INT3", "MEDIUMINT"),
    ("MIDDLEINT", "MEDIUMINT"),
    ("INT4", "INT"),
    ("INT8", "BIGINT"),
    ("NUMERIC", "DECIMAL"),
    ("DEC", "DECIMAL"),
    ("FIXED", "DECIMAL"),
    ("NUMBER", "DECIMAL"),
    ("REAL", "DOUBLE"),
    ("FLOAT4", "FLOAT"),
    ("FLOAT8", "DOUBLE"),
    ("CHARACTER", "CHAR"),
    ("VARCHARACTER", "VARCHAR"),
    ("BOOLEAN", "BOOL"),
    ("GEOMCOLLECTION", "GEOMETRYCOLLECTION"),
];

/// Spellings of several words. Longer ones come first.
const PHRASES: [(&[&str], &str, bool); 20] = [
    (&["NATIONAL", "CHARACTER", "VARYING"], "VARCHAR", true),
    (&["NATIONAL", "CHAR", "VARYING"], "VARCHAR", true),
    (&["NATIONAL", "VARCHARACTER"], "VARCHAR", true),
    (&["NATIONAL", "VARCHAR"], "VARCHAR", true),
    (&["NATIONAL", "CHARACTER"], "CHAR", true),
    (&["NATIONAL", "CHAR"], "CHAR", true),
    (&["NCHAR", "VARYING"], "VARCHAR", true),
    (&["NCHAR", "VARCHARACTER"], "VARCHAR", true),
    (&["NCHAR", "VARCHAR"], "VARCHAR", true),
    (&["NCHAR"], "CHAR", true),
    (&["NVARCHAR"], "VARCHAR", true),
    (&["CHARACTER", "VARYING"], "VARCHAR", false),
    (&["CHAR", "VARYING"], "VARCHAR", false),
    (&["LONG", "CHARACTER", "VARYING"], "MEDIUMTEXT", false),
    (&["LONG", "CHAR", "VARYING"], "MEDIUMTEXT", false),
    (&["LONG", "VARCHARACTER"], "MEDIUMTEXT", false),
    (&["LONG", "VARCHAR"], "MEDIUMTEXT", false),
    (&["LONG", "VARBINARY"], "MEDIUMBLOB", false),
    (&["LONG"], "MEDIUMTEXT", false),
    (&["DOUBLE", "PRECISION"], "DOUBLE", false),
];

/// Types that items can't carry yet.
const OTHERS: [&str; 13] = [
    "GEOMETRY",
    "POINT",
    "LINESTRING",
    "POLYGON",
    "MULTIPOINT",
    "MULTILINESTRING",
    "MULTIPOLYGON",
    "GEOMETRYCOLLECTION",
    "VECTOR",
    "INET4",
    "INET6",
    "UUID",
    "XMLTYPE",
];

/// The type that starts with the first of these tokens.
pub(super) fn read(tokens: &[Tok], file: &str) -> Result<Written, Refusal> {
    let phrase = PHRASES.iter().find(|(words, ..)| tokens.keywords_at(0, words));
    let (name, national, words) = match phrase {
        Some((words, name, national)) => ((*name).to_owned(), *national, words.len()),
        None => {
            let word = tokens.first().and_then(Tok::keyword).unwrap_or_default().to_ascii_uppercase();
            let synonym = SYNONYMS.iter().find(|(from, _)| *from == word);
            (synonym.map_or(word, |(_, to)| (*to).to_owned()), false, 1)
        }
    };
    let mut written =
        Written { name, national, numbers: Vec::new(), strings: Vec::new(), range: 0..0, length: words };
    if tokens.opens_at(words) {
        let Some(close) = tokens.close(words) else {
            return Err(Refusal::new("the parenthesis is never closed", tokens[words].range.clone()));
        };
        for part in split_commas(&tokens[words + 1..close]) {
            read_argument(&mut written, part, file).ok_or_else(|| {
                Refusal::new(
                    "not something a type takes",
                    part.whole().unwrap_or(tokens[words].range.clone()),
                )
            })?;
        }
        written.length = close + 1;
    }
    written.range = tokens[..written.length].whole().unwrap_or_default();
    Ok(written)
}

fn read_argument(written: &mut Written, part: &[Tok], file: &str) -> Option<()> {
    let first = part.first()?;
    if let Some(strings) = part.iter().map(|tok| value(tok, file)).collect() {
        written.strings.push(strings);
    } else {
        written.numbers.push(first.number().filter(|_| part.len() == 1)?);
    }
    Some(())
}

/// A member of ENUM or SET: a string, or its bytes in hex, which mean the same in every character set only in ASCII.
fn value(tok: &Tok, file: &str) -> Option<String> {
    let Token::HexStringLiteral(digits) = &tok.token else { return tok.string(file) };
    let bytes = digits.as_bytes().chunks(2).map(|pair| {
        let byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        (pair.len() == 2 && byte.is_ascii()).then_some(char::from(byte))
    });
    bytes.collect()
}

impl Attributes {
    /// The collation of a text column with these attributes.
    fn collation(&self, national: bool, table: &str, server: Server) -> Result<String, Refusal> {
        let of_charset =
            match &self.charset {
                Some((name, range)) => Some(charset::default_collation(name, server).ok_or_else(|| {
                    Refusal::new(format!("there is no character set `{name}`"), range.clone())
                })?),
                None if national => charset::default_collation("utf8mb3", server),
                None => None,
            };
        if let Some((name, range)) = &self.collation {
            let collation = charset::collation_name(name, server);
            if !charset::is_collation(&collation) {
                return Err(Refusal::new(format!("there is no collation `{name}`"), range.clone()));
            }
            let named = of_charset.as_deref().map(charset::charset_of);
            if named.is_some_and(|charset| charset != charset::charset_of(&collation)) {
                let reason = format!("collation `{name}` is not one of the column's character set");
                return Err(Refusal::new(reason, range.clone()));
            }
            return Ok(collation);
        }
        let collation = of_charset.unwrap_or_else(|| table.to_owned());
        Ok(if self.binary { charset::binary_collation(&collation) } else { collation })
    }
}

impl Written {
    /// The type it is, in a table with that default collation.
    pub(super) fn resolve(
        &self,
        attributes: &Attributes,
        table: &str,
        server: Server,
    ) -> Result<Resolved, Refusal> {
        let known = |ty| SourceType::Known(ty);
        let mut resolved = Resolved {
            ty: known(MySqlType::Year),
            boolean: false,
            serial: false,
            unknown: false,
            notes: Vec::new(),
        };
        let unsigned = attributes.unsigned || attributes.zerofill;
        let collation = || attributes.collation(self.national, table, server);
        let ty = match self.name.as_str() {
            "TINYINT" => self.int(IntSize::Tiny, unsigned)?,
            "SMALLINT" => self.int(IntSize::Small, unsigned)?,
            "MEDIUMINT" => self.int(IntSize::Medium, unsigned)?,
            "INT" => self.int(IntSize::Int, unsigned)?,
            "BIGINT" => self.int(IntSize::Big, unsigned)?,
            "BOOL" => {
                self.no_arguments()?;
                resolved.boolean = true;
                MySqlType::Int { size: IntSize::Tiny, unsigned: false, display: Some(1) }
            }
            "SERIAL" => {
                self.no_arguments()?;
                resolved.serial = true;
                MySqlType::Int { size: IntSize::Big, unsigned: true, display: None }
            }
            "DECIMAL" => self.decimal(unsigned)?,
            "FLOAT" => self.float(unsigned)?,
            "DOUBLE" => {
                self.digits()?;
                MySqlType::Double { unsigned }
            }
            "BIT" => MySqlType::Bit { length: self.length_up_to(64, Some(1))?.max(1) as u8 },
            "YEAR" => {
                self.length_up_to(4, Some(4))?;
                MySqlType::Year
            }
            "CHAR" => self.text(self.length_up_to(255, Some(1))?, collation()?, true),
            "VARCHAR" => self.text(self.length_up_to(65_535, None)?, collation()?, false),
            "TINYTEXT" => self.lob(LobSize::Tiny, &collation()?)?,
            "TEXT" => self.lob(LobSize::Normal, &collation()?)?,
            "MEDIUMTEXT" => self.lob(LobSize::Medium, &collation()?)?,
            "LONGTEXT" => self.lob(LobSize::Long, &collation()?)?,
            "BINARY" => MySqlType::Binary { length: self.length_up_to(255, Some(1))? as u32 },
            "VARBINARY" => MySqlType::VarBinary { length: self.length_up_to(65_535, None)? as u32 },
            "TINYBLOB" => self.lob(LobSize::Tiny, "binary")?,
            "BLOB" => self.lob(LobSize::Normal, "binary")?,
            "MEDIUMBLOB" => self.lob(LobSize::Medium, "binary")?,
            "LONGBLOB" => self.lob(LobSize::Long, "binary")?,
            "DATE" => {
                self.no_arguments()?;
                MySqlType::Date
            }
            "TIME" => MySqlType::Time { fsp: self.fsp()? },
            "DATETIME" => MySqlType::DateTime { fsp: self.fsp()? },
            "TIMESTAMP" => MySqlType::Timestamp { fsp: self.fsp()? },
            "ENUM" => {
                let collation = collation()?;
                MySqlType::Enum { members: self.members(&collation)?, collation: Collation::new(collation) }
            }
            "SET" => {
                let collation = collation()?;
                MySqlType::Set { members: self.members(&collation)?, collation: Collation::new(collation) }
            }
            "JSON" => {
                self.no_arguments()?;
                MySqlType::Json
            }
            // Not a word: a string, or a name in quotes.
            "" => return Err(self.refuse("a type is missing")),
            name => {
                resolved.unknown = !OTHERS.contains(&name);
                resolved.ty = SourceType::Other(self.other());
                return Ok(resolved);
            }
        };
        resolved.notes = self.notes(&ty, attributes);
        resolved.ty = known(ty);
        Ok(resolved)
    }

    fn refuse(&self, reason: impl Into<String>) -> Refusal {
        Refusal::new(reason, self.range.clone())
    }

    fn no_arguments(&self) -> Result<(), Refusal> {
        if self.numbers.is_empty() && self.strings.is_empty() {
            Ok(())
        } else {
            Err(self.refuse(format!("{} takes nothing in parentheses", self.name)))
        }
    }

    /// The numbers in parentheses, at most `most` of them.
    fn numbers(&self, most: usize) -> Result<&[u64], Refusal> {
        if !self.strings.is_empty() {
            return Err(self.refuse(format!("{} takes a number, not a string", self.name)));
        }
        if self.numbers.len() > most {
            return Err(self.refuse(format!("{} takes fewer numbers", self.name)));
        }
        Ok(&self.numbers)
    }

    fn length_up_to(&self, limit: u64, default: Option<u64>) -> Result<u64, Refusal> {
        let length = self.numbers(1)?.first().copied().or(default);
        match length {
            Some(length) if length <= limit => Ok(length),
            Some(_) => Err(self.refuse(format!("{} goes up to {limit}", self.name))),
            None => Err(self.refuse(format!("{} needs a length", self.name))),
        }
    }

    fn fsp(&self) -> Result<u8, Refusal> {
        Ok(self.length_up_to(6, Some(0))? as u8)
    }

    fn int(&self, size: IntSize, unsigned: bool) -> Result<MySqlType, Refusal> {
        // The width says nothing about the values; 255 is the most MySQL takes.
        let display = self.numbers(1)?.first().copied();
        match display.map(u8::try_from).transpose() {
            Ok(display) => Ok(MySqlType::Int { size, unsigned, display }),
            Err(_) => Err(self.refuse("a display width goes up to 255")),
        }
    }

    fn decimal(&self, unsigned: bool) -> Result<MySqlType, Refusal> {
        let (precision, scale) = match *self.numbers(2)? {
            [] | [0] => (10, 0),
            [precision] => (precision, 0),
            [0, 0] => (10, 0),
            [precision, scale, ..] => (precision, scale),
        };
        if precision > 65 || scale > 30 || scale > precision {
            return Err(self.refuse("DECIMAL has up to 65 digits, up to 30 of them after the point"));
        }
        Ok(MySqlType::Decimal { precision: precision as u8, scale: scale as u8, unsigned })
    }

    /// FLOAT(p) asks for so many bits; FLOAT(m,d) for digits.
    fn float(&self, unsigned: bool) -> Result<MySqlType, Refusal> {
        if let [bits] = *self.numbers(2)? {
            return match bits {
                0..=24 => Ok(MySqlType::Float { unsigned }),
                25..=53 => Ok(MySqlType::Double { unsigned }),
                _ => Err(self.refuse("FLOAT goes up to 53 bits")),
            };
        }
        self.digits()?;
        Ok(MySqlType::Float { unsigned })
    }

    fn digits(&self) -> Result<(), Refusal> {
        match *self.numbers(2)? {
            [] => Ok(()),
            [digits, scale] if digits <= 255 && scale <= 30 && scale <= digits => Ok(()),
            _ => {
                Err(self
                    .refuse(format!("{} takes (digits, decimals): up to 255, up to 30 of them", self.name)))
            }
        }
    }

    fn text(&self, length: u64, collation: String, fixed: bool) -> MySqlType {
        let length = length as u32;
        match (collation == "binary", fixed) {
            (true, true) => MySqlType::Binary { length },
            (true, false) => MySqlType::VarBinary { length },
            (false, true) => MySqlType::Char { length, collation: Collation::new(collation) },
            (false, false) => MySqlType::VarChar { length, collation: Collation::new(collation) },
        }
    }

    /// TEXT(n) and BLOB(n) are the smallest of the four that n characters fit in, whatever bytes they take.
    fn lob(&self, named: LobSize, collation: &str) -> Result<MySqlType, Refusal> {
        let size = match *self.numbers(1)? {
            [] | [0] => named,
            [_] if named != LobSize::Normal => {
                return Err(self.refuse(format!("{} takes no length", self.name)));
            }
            [characters, ..] => {
                let bytes = characters.saturating_mul(charset::max_bytes(collation).unwrap_or(1));
                let sizes = [LobSize::Tiny, LobSize::Normal, LobSize::Medium, LobSize::Long];
                let fits = sizes.into_iter().find(|size| bytes <= size.max_bytes());
                fits.ok_or_else(|| self.refuse(format!("{} goes up to 4294967295 bytes", self.name)))?
            }
        };
        if collation == "binary" {
            return Ok(MySqlType::Blob { size });
        }
        Ok(MySqlType::Text { size, collation: Collation::new(collation.to_owned()) })
    }

    /// Members, without the blanks at their ends, which MySQL drops from text and keeps in bytes.
    fn members(&self, collation: &str) -> Result<migratable_core::List<Text>, Refusal> {
        if self.strings.is_empty() || !self.numbers.is_empty() {
            return Err(self.refuse(format!("{} needs a list of strings", self.name)));
        }
        if self.name == "SET" && self.strings.len() > 64 {
            return Err(self.refuse("SET has up to 64 members"));
        }
        let blanks: &[char] = if collation == "binary" { &[] } else { &[' '] };
        let members =
            self.strings.iter().map(|member| Text::Owned(member.trim_end_matches(blanks).to_owned()));
        Ok(members.collect::<Vec<_>>().into())
    }

    fn other(&self) -> String {
        let name = self.name.to_lowercase();
        match self.numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(",") {
            numbers if numbers.is_empty() => name,
            numbers => format!("{name}({numbers})"),
        }
    }

    fn notes(&self, ty: &MySqlType, attributes: &Attributes) -> Vec<(Fact, String)> {
        let mut notes = Vec::new();
        let float = matches!(ty, MySqlType::Float { .. } | MySqlType::Double { .. });
        if attributes.zerofill {
            let width = match ty {
                MySqlType::Int { size, display, .. } => {
                    format!(" to {} digits", display.unwrap_or(default_width(*size)))
                }
                _ => String::new(),
            };
            notes.push((Fact::ZeroFill, format!("ZEROFILL{width}")));
        }
        if let ([digits, decimals], true) = (self.numbers.as_slice(), float) {
            let text = format!("rounds to {digits} digits, {decimals} of them after the point");
            notes.push((Fact::FloatDigits, text));
        }
        notes
    }
}

/// The display width of an unsigned integer that names none.
const fn default_width(size: IntSize) -> u8 {
    match size {
        IntSize::Tiny => 3,
        IntSize::Small => 5,
        IntSize::Medium => 8,
        IntSize::Int => 10,
        IntSize::Big => 20,
    }
}
