//! Tokens of a piece of Rust: fewer than Rust has, and each of them one for Rust, too, whatever stands beside it.

use std::ops::Range;

/// Something that can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) label: String,
    /// What to do, where that isn't plain.
    pub(super) help: Option<String>,
}

impl Fault {
    pub(super) fn new(range: Range<usize>, label: impl Into<String>) -> Self {
        Self { range, label: label.into(), help: None }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// A kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, keywords and `r#words` included.
    Word,
    /// `'static`, `'a`.
    Lifetime,
    /// A whole number without a suffix.
    Integer,
    /// Any other literal.
    Literal,
    /// One character of punctuation.
    Punct(u8),
    /// An opening bracket.
    Open(u8),
    /// A closing bracket.
    Close(u8),
}

/// A token and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Where, in bytes.
    pub(super) range: Range<usize>,
}

/// The most brackets in brackets.
const DEEPEST: usize = 32;

/// The tokens of a text, with brackets that match.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    if let Some((at, hostile)) = text.char_indices().find(|(_, character)| is_hostile(*character)) {
        return Err(Fault::new(at..at + hostile.len_utf8(), "a character that isn't seen")
            .help("take the character out"));
    }
    let mut lexer = Lexer { text, at: 0 };
    let mut tokens = Vec::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    while let Some(token) = lexer.next()? {
        match token.kind {
            Kind::Open(_) if open.len() == DEEPEST => {
                return Err(Fault::new(token.range, "nested too deeply")
                    .help("give the inner part a name in your code, and use that"));
            }
            Kind::Open(bracket) => open.push((bracket, token.range.start)),
            Kind::Close(bracket) if open.pop().is_none_or(|(opened, _)| closing(opened) != bracket) => {
                return Err(Fault::new(token.range, "closes nothing"));
            }
            _ => {}
        }
        tokens.push(token);
    }
    match open.last() {
        Some((_, at)) => Err(Fault::new(*at..at + 1, "never closed")),
        None => Ok(tokens),
    }
}

/// Characters that end a line, or turn its direction: nobody sees them, and rustc refuses them in texts.
fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

const fn closing(bracket: u8) -> u8 {
    match bracket {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl Lexer<'_> {
    fn next(&mut self) -> Result<Option<Token>, Fault> {
        self.at += self.text[self.at..].len() - self.text[self.at..].trim_start_matches(' ').len();
        let start = self.at;
        let Some(first) = self.peek(0) else { return Ok(None) };
        let kind = match first {
            'a'..='z' | 'A'..='Z' | '_' => self.word()?,
            '0'..='9' => self.number(),
            '"' => self.string()?,
            '\'' => self.quote()?,
            '(' | '[' | '{' => self.single(Kind::Open),
            ')' | ']' | '}' => self.single(Kind::Close),
            '/' if matches!(self.peek(1), Some('/' | '*')) => {
                return Err(Fault::new(start..start + 2, "a comment")
                    .help("put the comment behind `#` in the contract"));
            }
            '!' | '#' | '%' | '&' | '*' | '+' | ',' | '-' | '.' | '/' | ':' | ';' | '<' | '=' | '>' | '?'
            | '@' | '^' | '|' | '~' => self.single(Kind::Punct),
            other => return Err(Fault::new(start..start + other.len_utf8(), "not a token of Rust")),
        };
        let literal = matches!(kind, Kind::Integer | Kind::Literal | Kind::Lifetime);
        if literal
            && self.peek(0).is_some_and(|next| is_word(next) || next == '"' || next == '\'' || next == '#')
        {
            return Err(Fault::new(start..self.at + 1, "runs into what stands behind it")
                .help("put a blank or a comma between them; literals take no suffix here"));
        }
        Ok(Some(Token { kind, range: start..self.at }))
    }

    /// The character this many characters on.
    fn peek(&self, ahead: usize) -> Option<char> {
        self.text[self.at..].chars().nth(ahead)
    }

    fn bump(&mut self) -> Option<char> {
        let next = self.peek(0)?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn single(&mut self, kind: fn(u8) -> Kind) -> Kind {
        let byte = self.text.as_bytes()[self.at];
        self.at += 1;
        kind(byte)
    }

    fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek(0).is_some_and(&wanted) {
            self.at += 1;
        }
    }

    fn word(&mut self) -> Result<Kind, Fault> {
        let start = self.at;
        self.skip(is_word);
        let word = &self.text[start..self.at];
        match (word, self.peek(0), self.peek(1)) {
            ("r", Some('"'), _) | ("r", Some('#'), Some('"' | '#')) => self.raw_string(start),
            ("r", Some('#'), Some(first)) if is_word(first) && !first.is_ascii_digit() => {
                self.at += 1;
                self.skip(is_word);
                match &self.text[start + 2..self.at] {
                    "_" | "crate" | "self" | "Self" | "super" => {
                        Err(Fault::new(start..self.at, "can't be raw"))
                    }
                    _ => Ok(Kind::Word),
                }
            }
            (_, Some('"' | '\'' | '#'), _) => {
                Err(Fault::new(start..self.at + 1, "a prefix that isn't taken here")
                    .help("write a text as \"…\" or r\"…\""))
            }
            _ => Ok(Kind::Word),
        }
    }

    fn number(&mut self) -> Kind {
        let digits = |character: char| character.is_ascii_digit() || character == '_';
        self.skip(digits);
        if self.peek(0) == Some('.') && self.peek(1).is_some_and(|next| next.is_ascii_digit()) {
            self.at += 1;
            self.skip(digits);
            return Kind::Literal;
        }
        Kind::Integer
    }

    fn string(&mut self) -> Result<Kind, Fault> {
        let start = self.at;
        self.at += 1;
        loop {
            let at = self.at;
            match self.bump() {
                None => return Err(Fault::new(start..start + 1, "never closed").help("add the closing `\"`")),
                Some('"') => return Ok(Kind::Literal),
                Some('\\') => self.escape(at)?,
                Some(_) => {}
            }
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self, start: usize) -> Result<(), Fault> {
        let fault =
            |end| Err(Fault::new(start..end, "not an escape of Rust").help("write a backslash as `\\\\`"));
        match self.bump() {
            Some('n' | 'r' | 't' | '0' | '\\' | '"' | '\'') => Ok(()),
            Some('u') if self.peek(0) == Some('{') => {
                let rest = &self.text[self.at + 1..];
                let Some(end) = rest.find('}') else { return fault(self.at) };
                let digits = &rest[..end];
                self.at += end + 2;
                let plain =
                    (1..=6).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                let character = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                if plain && character.is_some() { Ok(()) } else { fault(self.at) }
            }
            other => fault(start + 1 + other.map_or(0, char::len_utf8)),
        }
    }

    fn raw_string(&mut self, start: usize) -> Result<Kind, Fault> {
        let fences = self.text[self.at..].bytes().take_while(|byte| *byte == b'#').count();
        let body = self.at + fences + 1;
        let end = format!("\"{}", "#".repeat(fences));
        let opened = self.text[self.at + fences..].starts_with('"') && fences < 256;
        match self.text.get(body..).filter(|_| opened).and_then(|rest| rest.find(&end)) {
            Some(length) => {
                self.at = body + length + end.len();
                Ok(Kind::Literal)
            }
            None => Err(Fault::new(start..start + 1, "a raw text that is never closed")
                .help(format!("add the closing `{end}`"))),
        }
    }

    /// A lifetime or a character.
    fn quote(&mut self) -> Result<Kind, Fault> {
        let start = self.at;
        self.at += 1;
        let first = self.bump();
        match first {
            Some('\\') => self.escape(start + 1)?,
            Some(first) if is_word(first) && !first.is_ascii_digit() && self.peek(0) != Some('\'') => {
                self.skip(is_word);
                return Ok(Kind::Lifetime);
            }
            Some('\'') | None => return Err(Fault::new(start..self.at, "an empty character")),
            Some(_) => {}
        }
        match self.bump() {
            Some('\'') => Ok(Kind::Literal),
            _ => Err(Fault::new(start..start + 1, "never closed").help("write a text as \"…\"")),
        }
    }
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}
