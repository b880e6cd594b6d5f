//! Column types: names, arguments, and what each takes.

use std::collections::HashSet;
use std::ops::Range;

use migratable_core::List;
use migratable_core::Text;
use migratable_core::collation::Collation;
use migratable_core::mysql::{IntSize, LobSize, MySqlType};

use super::SourceType;
use super::lexer::Lexer;
use super::text::TextError;
use crate::codes;
use crate::diagnostic::suggest;

/// A type's name, as its own thing: arguments and options complete it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Base {
    Int(IntSize),
    Decimal,
    Float,
    Double,
    Bit,
    Year,
    Char,
    VarChar,
    Text(LobSize),
    Binary,
    VarBinary,
    Blob(LobSize),
    Date,
    Time,
    DateTime,
    Timestamp,
    Enum,
    Set,
    Json,
    Other,
}

const NAMES: &[(&str, Base)] = &[
    ("tinyint", Base::Int(IntSize::Tiny)),
    ("smallint", Base::Int(IntSize::Small)),
    ("mediumint", Base::Int(IntSize::Medium)),
    ("int", Base::Int(IntSize::Int)),
    ("bigint", Base::Int(IntSize::Big)),
    ("decimal", Base::Decimal),
    ("float", Base::Float),
    ("double", Base::Double),
    ("bit", Base::Bit),
    ("year", Base::Year),
    ("char", Base::Char),
    ("varchar", Base::VarChar),
    ("tinytext", Base::Text(LobSize::Tiny)),
    ("text", Base::Text(LobSize::Normal)),
    ("mediumtext", Base::Text(LobSize::Medium)),
    ("longtext", Base::Text(LobSize::Long)),
    ("binary", Base::Binary),
    ("varbinary", Base::VarBinary),
    ("tinyblob", Base::Blob(LobSize::Tiny)),
    ("blob", Base::Blob(LobSize::Normal)),
    ("mediumblob", Base::Blob(LobSize::Medium)),
    ("longblob", Base::Blob(LobSize::Long)),
    ("date", Base::Date),
    ("time", Base::Time),
    ("datetime", Base::DateTime),
    ("timestamp", Base::Timestamp),
    ("enum", Base::Enum),
    ("set", Base::Set),
    ("json", Base::Json),
    ("other", Base::Other),
];

/// Other names of the same types, and types that items can't carry yet, with the contract's spelling.
const SPELLINGS: &[(&str, &str)] = &[
    ("integer", "int"),
    ("bool", "tinyint(1)"),
    ("boolean", "tinyint(1)"),
    ("serial", "bigint unsigned auto_increment"),
    ("numeric", "decimal"),
    ("dec", "decimal"),
    ("fixed", "decimal"),
    ("real", "double"),
    ("character", "char"),
    ("nchar", "char(…) collate …"),
    ("nvarchar", "varchar(…) collate …"),
    ("long", "mediumtext"),
    ("geometry", "other(geometry)"),
    ("geometrycollection", "other(geometrycollection)"),
    ("geomcollection", "other(geomcollection)"),
    ("point", "other(point)"),
    ("linestring", "other(linestring)"),
    ("polygon", "other(polygon)"),
    ("multipoint", "other(multipoint)"),
    ("multilinestring", "other(multilinestring)"),
    ("multipolygon", "other(multipolygon)"),
    ("vector", "other(vector)"),
    ("uuid", "other(uuid)"),
    ("inet4", "other(inet4)"),
    ("inet6", "other(inet6)"),
];

/// A type as it was read: not yet complete, since options may follow anywhere.
pub(super) struct RawType {
    base: Base,
    name: &'static str,
    name_range: Range<usize>,
    arguments: Arguments,
    /// From the name to the end of the arguments.
    range: Range<usize>,
}

enum Arguments {
    None,
    Numbers(Vec<(u64, Range<usize>)>),
    Members(Vec<(String, Range<usize>)>),
    Other(String),
}

/// Options that belong to the type.
#[derive(Default)]
pub(super) struct TypeOptions {
    pub(super) unsigned: Option<Range<usize>>,
    pub(super) collation: Option<(String, Range<usize>)>,
}

/// Reads a type's name and arguments.
pub(super) fn read(lexer: &mut Lexer<'_>) -> Result<RawType, TextError> {
    let Some((word, name_range)) = lexer.word() else {
        let (found, range) = lexer.misfit();
        let message =
            if found.is_empty() { "the column's type is missing".to_owned() } else { unexpected(found) };
        return Err(TextError::new(codes::COLUMN_TYPE, range, message)
            .label("a type is expected here")
            .help("start with the type in MySQL's words, as `int` or `varchar(50) collate utf8mb4_bin`"));
    };
    let Some((name, base)) = NAMES.iter().find(|(name, _)| *name == word) else {
        return Err(unknown(&word, name_range));
    };
    let arguments = if lexer.peek() == Some('(') { arguments(lexer, *base)? } else { Arguments::None };
    let range = name_range.start..lexer.position();
    Ok(RawType { base: *base, name, name_range, arguments, range })
}

fn unknown(word: &str, range: Range<usize>) -> TextError {
    let error = TextError::new(codes::COLUMN_TYPE, range, format!("`{word}` is not a type"));
    if let Some((_, spelling)) = SPELLINGS.iter().find(|(name, _)| *name == word) {
        let why =
            if spelling.starts_with("other") { "items can't carry it yet" } else { "another word for it" };
        return error.label(why).help(format!("write `{spelling}`"));
    }
    match suggest(word, NAMES.iter().map(|(name, _)| *name)) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help("write the type in MySQL's words; one that items can't carry yet as `other(…)`"),
    }
}

pub(super) fn unexpected(found: &str) -> String {
    format!("`{found}` is not expected here")
}

fn arguments(lexer: &mut Lexer<'_>, base: Base) -> Result<Arguments, TextError> {
    match base {
        Base::Other => Ok(Arguments::Other(other(lexer)?)),
        Base::Enum | Base::Set => list(lexer, member).map(Arguments::Members),
        _ => list(lexer, number).map(Arguments::Numbers),
    }
}

/// The text of a type that can't be carried: as it is, or as one string if its parentheses don't match.
fn other(lexer: &mut Lexer<'_>) -> Result<String, TextError> {
    let inner = lexer.parenthesized()?;
    let mut inside = Lexer::new(inner);
    if inside.adjacent() == Some('\'') {
        let value = inside.string();
        if inside.position() == inner.len() {
            return value;
        }
    }
    Ok(inner.to_owned())
}

type Ranged<T> = (T, Range<usize>);

fn list<T>(
    lexer: &mut Lexer<'_>,
    element: fn(&mut Lexer<'_>) -> Result<Ranged<T>, TextError>,
) -> Result<Vec<Ranged<T>>, TextError> {
    lexer.take('(');
    let mut elements = Vec::new();
    loop {
        elements.push(element(lexer)?);
        if lexer.take(')') {
            return Ok(elements);
        }
        if !lexer.take(',') {
            let (_, range) = lexer.misfit();
            return Err(TextError::new(codes::COLUMN_TYPE_ARGUMENT, range, "expected `,` or `)`")
                .help("separate the type's arguments by commas and close the parenthesis"));
        }
    }
}

fn number(lexer: &mut Lexer<'_>) -> Result<Ranged<u64>, TextError> {
    let digits = lexer.take_while(|c| c.is_ascii_digit());
    let (text, range) = digits.unwrap_or_else(|| lexer.misfit());
    let value = text.parse().map_err(|_| {
        TextError::new(codes::COLUMN_TYPE_ARGUMENT, range.clone(), "expected a number")
            .help("write the type's length or digits as a number")
    })?;
    Ok((value, range))
}

fn member(lexer: &mut Lexer<'_>) -> Result<Ranged<String>, TextError> {
    if lexer.peek() != Some('\'') {
        let (_, range) = lexer.misfit();
        return Err(TextError::new(codes::COLUMN_TYPE_ARGUMENT, range, "expected a member in single quotes")
            .help("write the members as `'a','b'`; a quote inside is written `''`"));
    }
    let start = lexer.position();
    let value = lexer.string()?;
    Ok((value, start..lexer.position()))
}

impl RawType {
    /// Whether AUTO_INCREMENT goes with it. What a type does that isn't known here is the server's matter.
    pub(super) const fn counts(&self) -> bool {
        matches!(self.base, Base::Int(_) | Base::Float | Base::Double | Base::Other)
    }

    /// Whether ON UPDATE goes with it.
    pub(super) const fn keeps_time(&self) -> bool {
        matches!(self.base, Base::DateTime | Base::Timestamp | Base::Other)
    }

    pub(super) const fn name(&self) -> &'static str {
        self.name
    }

    /// The whole type.
    pub(super) fn build(&self, options: TypeOptions) -> Result<SourceType, TextError> {
        if let Arguments::Other(text) = &self.arguments {
            self.refuse_options(&options)?;
            if text.is_empty() {
                return Err(self.argument(self.range.clone(), "`other` doesn't say which type"));
            }
            return Ok(SourceType::Other(text.clone()));
        }
        self.known(options).map(SourceType::Known)
    }

    fn known(&self, options: TypeOptions) -> Result<MySqlType, TextError> {
        self.refuse_options(&options)?;
        let unsigned = options.unsigned.is_some();
        Ok(match self.base {
            Base::Int(size) => MySqlType::Int { size, unsigned, display: self.display_width()? },
            Base::Decimal => self.decimal(unsigned)?,
            Base::Float => MySqlType::Float { unsigned },
            Base::Double => MySqlType::Double { unsigned },
            Base::Bit => MySqlType::Bit { length: narrow(self.length(Some(1), 1..=64)?) },
            Base::Year => MySqlType::Year,
            Base::Char => MySqlType::Char {
                length: self.length(Some(1), 0..=255)?,
                collation: self.collation(options)?,
            },
            Base::VarChar => MySqlType::VarChar {
                length: self.length(None, 0..=65_535)?,
                collation: self.collation(options)?,
            },
            Base::Text(size) => MySqlType::Text { size, collation: self.collation(options)? },
            Base::Binary => MySqlType::Binary { length: self.length(Some(1), 0..=255)? },
            Base::VarBinary => MySqlType::VarBinary { length: self.length(None, 0..=65_535)? },
            Base::Blob(size) => MySqlType::Blob { size },
            Base::Date => MySqlType::Date,
            Base::Time => MySqlType::Time { fsp: narrow(self.length(Some(0), 0..=6)?) },
            Base::DateTime => MySqlType::DateTime { fsp: narrow(self.length(Some(0), 0..=6)?) },
            Base::Timestamp => MySqlType::Timestamp { fsp: narrow(self.length(Some(0), 0..=6)?) },
            Base::Enum => {
                MySqlType::Enum { members: self.members(65_535)?, collation: self.collation(options)? }
            }
            Base::Set => MySqlType::Set { members: self.set_members()?, collation: self.collation(options)? },
            Base::Json => MySqlType::Json,
            Base::Other => return Err(self.argument(self.range.clone(), "`other` doesn't say which type")),
        })
    }

    const fn has_sign(&self) -> bool {
        matches!(self.base, Base::Int(_) | Base::Decimal | Base::Float | Base::Double)
    }

    const fn is_text(&self) -> bool {
        matches!(self.base, Base::Char | Base::VarChar | Base::Text(_) | Base::Enum | Base::Set)
    }

    const fn takes_no_argument(&self) -> bool {
        matches!(
            self.base,
            Base::Float | Base::Double | Base::Year | Base::Text(_) | Base::Blob(_) | Base::Date | Base::Json
        )
    }

    /// Options and arguments of other types.
    fn refuse_options(&self, options: &TypeOptions) -> Result<(), TextError> {
        let name = self.name;
        if let (Some(range), false) = (&options.unsigned, self.has_sign()) {
            return Err(TextError::new(
                codes::COLUMN_OPTION,
                range.clone(),
                format!("`{name}` has no `unsigned`"),
            )
            .help("delete the word; only number types take it"));
        }
        if let (Some((_, range)), false) = (&options.collation, self.is_text()) {
            return Err(TextError::new(
                codes::COLUMN_OPTION,
                range.clone(),
                format!("`{name}` has no collation"),
            )
            .help("delete `collate` and its name; only text types, enum and set take it"));
        }
        if self.takes_no_argument() && !matches!(self.arguments, Arguments::None) {
            let range = self.name_range.end..self.range.end;
            let why = match self.base {
                Base::Float | Base::Double => "; digits only change how MySQL shows it",
                Base::Text(_) | Base::Blob(_) => "; MySQL turns a length into the size class, as `tinytext`",
                _ => "",
            };
            return Err(TextError::new(
                codes::COLUMN_TYPE_ARGUMENT,
                range,
                format!("`{name}` takes no argument"),
            )
            .help(format!("write `{name}`{why}")));
        }
        Ok(())
    }

    fn argument(&self, range: Range<usize>, message: impl Into<String>) -> TextError {
        let fraction = format!("`{}(6)`: 0 to 6 fractional digits", self.name);
        let example = match self.base {
            Base::Decimal => "`decimal(10,2)`: 1 to 65 digits, 0 to 30 of them after the point",
            Base::Int(_) => "`int`; of the widths MySQL displays only that of `tinyint(1)` has a meaning",
            Base::Bit => "`bit(8)`: 1 to 64 bits",
            Base::Char => "`char(2)`: 0 to 255 characters",
            Base::Binary => "`binary(16)`: 0 to 255 bytes",
            Base::VarChar => "`varchar(50)`: 0 to 65535 characters",
            Base::VarBinary => "`varbinary(50)`: 0 to 65535 bytes",
            Base::Time | Base::DateTime | Base::Timestamp => &fraction,
            Base::Enum => "`enum('a','b')`: different members",
            Base::Set => "`set('a','b')`: up to 64 different members without commas",
            _ => "`other(point)`",
        };
        TextError::new(codes::COLUMN_TYPE_ARGUMENT, range, message).help(format!("write it as {example}"))
    }

    fn numbers(&self) -> &[(u64, Range<usize>)] {
        if let Arguments::Numbers(numbers) = &self.arguments { numbers } else { &[] }
    }

    /// The only argument.
    fn length(&self, default: Option<u32>, allowed: std::ops::RangeInclusive<u32>) -> Result<u32, TextError> {
        match (self.numbers(), default) {
            ([], Some(default)) => Ok(default),
            ([], None) => Err(self.argument(self.range.clone(), format!("`{}` needs a length", self.name))),
            ([(length, range)], _) => self.fitting(*length, range, allowed),
            ([_, (_, range), ..], _) => {
                Err(self.argument(range.clone(), format!("`{}` takes one argument", self.name)))
            }
        }
    }

    fn fitting(
        &self,
        number: u64,
        range: &Range<usize>,
        allowed: std::ops::RangeInclusive<u32>,
    ) -> Result<u32, TextError> {
        u32::try_from(number).ok().filter(|number| allowed.contains(number)).ok_or_else(|| {
            self.argument(range.clone(), format!("{number} is out of range for `{}`", self.name))
        })
    }

    fn display_width(&self) -> Result<Option<u8>, TextError> {
        if self.numbers().is_empty() { Ok(None) } else { Ok(Some(narrow(self.length(None, 0..=255)?))) }
    }

    fn decimal(&self, unsigned: bool) -> Result<MySqlType, TextError> {
        let (precision, scale) = match self.numbers() {
            [] => (10, 0),
            [(precision, range)] => (self.fitting(*precision, range, 1..=65)?, 0),
            [(precision, first), (scale, second)] => {
                let precision = self.fitting(*precision, first, 1..=65)?;
                (precision, self.fitting(*scale, second, 0..=precision.min(30))?)
            }
            [_, _, (_, range), ..] => {
                return Err(self.argument(range.clone(), "`decimal` takes two arguments"));
            }
        };
        Ok(MySqlType::Decimal { precision: narrow(precision), scale: narrow(scale), unsigned })
    }

    fn collation(&self, options: TypeOptions) -> Result<Collation, TextError> {
        options.collation.map(|(name, _)| Collation::new(name)).ok_or_else(|| {
            TextError::new(
                codes::COLUMN_COLLATION,
                self.range.clone(),
                format!("`{}` needs a collation", self.name),
            )
            .label("which texts are equal here is not said")
            .help("add `collate` and the column's collation; MySQL 8's own default is `utf8mb4_0900_ai_ci`")
        })
    }

    fn members(&self, most: usize) -> Result<List<Text>, TextError> {
        let Arguments::Members(members) = &self.arguments else {
            return Err(self.argument(self.range.clone(), format!("`{}` needs its members", self.name)));
        };
        let mut known = HashSet::new();
        for (at, (member, range)) in members.iter().enumerate() {
            if at == most {
                return Err(
                    self.argument(range.clone(), format!("`{}` has more than {most} members", self.name))
                );
            }
            if !known.insert(member) {
                return Err(self.argument(range.clone(), format!("`{member}` is a member twice")));
            }
        }
        Ok(members.iter().map(|(member, _)| Text::Owned(member.clone())).collect())
    }

    fn set_members(&self) -> Result<List<Text>, TextError> {
        if let Arguments::Members(members) = &self.arguments
            && let Some((member, range)) = members.iter().find(|(member, _)| member.contains(','))
        {
            return Err(
                self.argument(range.clone(), format!("`{member}` has a comma, which separates members"))
            );
        }
        self.members(64)
    }
}

/// Every caller has checked the range.
fn narrow(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
