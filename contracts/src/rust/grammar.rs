//! What may stand in a piece of Rust, and which names it may use: emitted modules import nothing, so a name is a path from
//! the root, or one that every module has.

use std::ops::Range;

use super::lexer::{Fault, Kind, Token};

/// Types that every module knows by one word.
const TYPES: [&str; 21] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "str", "u8", "u16", "u32",
    "u64", "u128", "usize", "Box", "Option", "String", "Vec",
];

/// Derives that every module knows by one word.
const DERIVES: [&str; 9] =
    ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Attributes that are emitted code's own, and what to do instead.
const RESERVED: [(&str, &str); 4] = [
    ("derive", "write what is derived in `derive`"),
    ("migratable", "emitted code says it; what may differ are the fields of `rust`"),
    ("cfg", "emitted code names what this could take away; `cfg_attr` is possible"),
    ("path", "emitted code has no use for it"),
];

/// Words that are no names.
const KEYWORDS: [&str; 52] = [
    "_", "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while",
];

/// What is wrong with a piece.
#[derive(Debug)]
pub(super) enum Error {
    /// It can't be read.
    Fault(Fault),
    /// It names what emitted code doesn't see.
    Scope(Fault),
    /// It says what emitted code says itself.
    Reserved(Fault),
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// A parser over a piece's tokens. Their brackets match, and not too deeply.
pub(super) struct Parser<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
    depth: usize,
}

/// The most types in types.
const DEEPEST: usize = 32;

/// A path, as far as anything depends on it.
struct Path {
    range: Range<usize>,
    segments: usize,
    rooted: bool,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str, tokens: &'t [Token]) -> Self {
        Self { text, tokens, at: 0, depth: 0 }
    }

    /// One type, and nothing behind it.
    pub(super) fn field_type(&mut self) -> Result<(), Error> {
        self.ty()?;
        self.end()
    }

    /// The path of a derive, and nothing behind it.
    pub(super) fn derive(&mut self) -> Result<(), Error> {
        let path = self.path(false)?;
        self.end()?;
        let text = &self.text[path.range.clone()];
        if path.segments == 1 && !path.rooted && !DERIVES.contains(&text) {
            return Err(Error::Scope(
                Fault::new(path.range, "not in scope where the code is generated")
                    .help(format!("write its path, as in `serde::{text}` or `crate::{text}`")),
            ));
        }
        Ok(())
    }

    /// An attribute's path and what it takes, and nothing behind it.
    pub(super) fn attribute(&mut self) -> Result<(), Error> {
        if let Some(Token { kind: Kind::Punct(b'#'), range }) = self.peek() {
            let inner = self.text.trim().trim_start_matches('#').trim_start_matches('!');
            let inner = inner.trim().trim_start_matches('[').trim_end_matches(']');
            let fault = Fault::new(range.clone(), "the brackets are emitted code's");
            return Err(fault.help(format!("write `{inner}`, without `#[` and `]`")).into());
        }
        let path = self.path(false)?;
        let text = &self.text[path.range.clone()];
        if let Some((_, instead)) = RESERVED.iter().find(|(name, _)| *name == text) {
            return Err(Error::Reserved(Fault::new(path.range, "emitted code's own").help(*instead)));
        }
        match self.peek().map(|token| token.kind) {
            None => {}
            Some(Kind::Open(_)) => self.group(),
            Some(Kind::Punct(b'=')) => {
                self.at += 1;
                match self.peek() {
                    Some(Token { kind: Kind::Literal | Kind::Integer, .. }) => self.at += 1,
                    _ => return Err(self.expected("a literal, as in `doc = \"text\"`")),
                }
            }
            Some(_) => return Err(self.expected("`(…)`, `= …`, or nothing")),
        }
        self.end()
    }

    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn is_punct(&self, wanted: u8) -> bool {
        self.peek().is_some_and(|token| token.kind == Kind::Punct(wanted))
    }

    /// Whether the next two tokens are `::`.
    fn is_separator(&self) -> bool {
        let colon = |at: usize| self.tokens.get(at).filter(|token| token.kind == Kind::Punct(b':'));
        match (colon(self.at), colon(self.at + 1)) {
            (Some(one), Some(other)) => one.range.end == other.range.start,
            _ => false,
        }
    }

    /// The finding that something else should stand here.
    fn expected(&self, what: &str) -> Error {
        let range = self.peek().map_or(self.text.len()..self.text.len(), |token| token.range.clone());
        Fault::new(range, format!("here should stand {what}")).into()
    }

    fn end(&self) -> Result<(), Error> {
        match self.tokens.get(self.at..).unwrap_or_default() {
            [] => Ok(()),
            [first, .., last] | [first @ last] => {
                Err(Fault::new(first.range.start..last.range.end, "too much").help("take it out").into())
            }
        }
    }

    /// Everything to the bracket that closes this one.
    fn group(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.peek() {
            self.at += 1;
            match token.kind {
                Kind::Open(_) => depth += 1,
                Kind::Close(_) if depth == 1 => return,
                Kind::Close(_) => depth -= 1,
                _ => {}
            }
        }
    }

    fn ty(&mut self) -> Result<(), Error> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.expected("something less deep: give the inner part a name in your code"));
        }
        match self.peek().map(|token| token.kind) {
            Some(Kind::Open(b'[')) => self.array()?,
            Some(Kind::Open(b'(')) => self.tuple()?,
            Some(Kind::Punct(b'&')) => {
                return Err(Fault::new(self.tokens[self.at].range.clone(), "a reference")
                    .help("an entity owns its values: write the type itself")
                    .into());
            }
            Some(Kind::Word | Kind::Punct(b':')) => {
                let path = self.path(true)?;
                self.in_scope(&path)?;
            }
            _ => return Err(self.expected("a type")),
        }
        self.depth -= 1;
        Ok(())
    }

    /// A type's name alone is one that every module knows.
    fn in_scope(&self, path: &Path) -> Result<(), Error> {
        let text = &self.text[path.range.clone()];
        let name = text.split('<').next().unwrap_or_default().trim();
        if path.segments > 1 || path.rooted || TYPES.contains(&name) {
            return Ok(());
        }
        Err(Error::Scope(
            Fault::new(
                path.range.start..path.range.start + name.len(),
                "not in scope where the code is generated",
            )
            .help(format!("write its path, as in `crate::{name}`")),
        ))
    }

    /// `[T]` or `[T; 16]`.
    fn array(&mut self) -> Result<(), Error> {
        self.at += 1;
        self.ty()?;
        if self.is_punct(b';') {
            self.at += 1;
            match self.peek() {
                Some(Token { kind: Kind::Integer, .. }) => self.at += 1,
                _ => return Err(self.expected("a length, as in `[u8; 16]`")),
            }
        }
        self.close(b']')
    }

    /// `()`, `(T,)`, `(T, U)`.
    fn tuple(&mut self) -> Result<(), Error> {
        self.at += 1;
        let mut types = 0;
        while !self.peek().is_some_and(|token| token.kind == Kind::Close(b')')) {
            self.ty()?;
            types += 1;
            if !self.is_punct(b',') {
                break;
            }
            self.at += 1;
        }
        // One type in parentheses is that type, with a warning.
        if types == 1 && self.tokens[self.at - 1].kind != Kind::Punct(b',') {
            return Err(self.expected("`,`"));
        }
        self.close(b')')
    }

    fn close(&mut self, bracket: u8) -> Result<(), Error> {
        if self.peek().is_some_and(|token| token.kind == Kind::Close(bracket)) {
            self.at += 1;
            return Ok(());
        }
        Err(self.expected(&format!("`{}`", char::from(bracket))))
    }

    /// A path from the root or of one word. `generic` is whether its segments take arguments.
    fn path(&mut self, generic: bool) -> Result<Path, Error> {
        let start = self.peek().map_or(self.text.len(), |token| token.range.start);
        let rooted = self.is_separator();
        if rooted {
            self.at += 2;
        }
        let mut segments = 0;
        loop {
            self.segment(segments == 0 && !rooted)?;
            segments += 1;
            if generic && self.is_punct(b'<') {
                self.arguments()?;
            }
            if !self.is_separator() {
                break;
            }
            self.at += 2;
        }
        let end = self.tokens[self.at - 1].range.end;
        let path = Path { range: start..end, segments, rooted };
        if segments == 1 && &self.text[path.range.clone()] == "crate" {
            return Err(self.expected("`::` and a name"));
        }
        Ok(path)
    }

    /// One word of a path.
    fn segment(&mut self, first: bool) -> Result<(), Error> {
        let Some(token) = self.peek().filter(|token| token.kind == Kind::Word) else {
            return Err(self.expected("a name"));
        };
        let word = &self.text[token.range.clone()];
        if first && matches!(word, "self" | "super" | "Self") {
            return Err(Error::Scope(
                Fault::new(token.range.clone(), "depends on where the code stands")
                    .help("start the path at `crate::`"),
            ));
        }
        if KEYWORDS.contains(&word) && !(first && word == "crate") {
            let fault = Fault::new(token.range.clone(), "a word of Rust's own, not a name");
            return Err(match word {
                "dyn" | "impl" | "fn" => {
                    fault.help("give the type a name in your code, and write its path").into()
                }
                _ => fault.into(),
            });
        }
        self.at += 1;
        Ok(())
    }

    /// `<T, 'static, 4>`.
    fn arguments(&mut self) -> Result<(), Error> {
        self.at += 1;
        while !self.is_punct(b'>') {
            match self.peek() {
                Some(Token { kind: Kind::Lifetime, range }) => {
                    if &self.text[range.clone()] != "'static" {
                        let fault = Fault::new(range.clone(), "a lifetime");
                        return Err(fault
                            .help("an entity owns its values: only `'static` is possible")
                            .into());
                    }
                    self.at += 1;
                }
                Some(Token { kind: Kind::Integer, .. }) => self.at += 1,
                _ => self.ty()?,
            }
            if !self.is_punct(b',') {
                break;
            }
            self.at += 1;
        }
        if !self.is_punct(b'>') {
            return Err(self.expected("`>`"));
        }
        self.at += 1;
        Ok(())
    }
}
