//! Whether a text is one JSON document, by RFC 8259: what MySQL's JSON columns take.

/// The deepest nesting of arrays and objects that is taken (MySQL Reference Manual, "The JSON Data Type": 100; MariaDB
/// takes 32 at most in 10.11).
const MAX_DEPTH: usize = 100;

/// How deep every server goes.
const COMMON_DEPTH: usize = 30;

/// Checks a text; the error is the byte at which it can't go on.
pub(super) fn validate(text: &str) -> Result<(), usize> {
    validate_to(text, MAX_DEPTH)
}

fn validate_to(text: &str, max_depth: usize) -> Result<(), usize> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0, max_depth };
    scan.value(0).ok_or(scan.at)?;
    scan.blanks();
    if scan.at == text.len() { Ok(()) } else { Err(scan.at) }
}

/// Whether a text is a JSON document to every server. MariaDB also takes some that are none (`1.`).
pub(crate) fn is_surely_json(text: &str) -> bool {
    validate_to(text, COMMON_DEPTH).is_ok()
}

struct Scan<'t> {
    bytes: &'t [u8],
    at: usize,
    max_depth: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, wanted: u8) -> Option<()> {
        (self.peek() == Some(wanted)).then(|| self.at += 1)
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        self.blanks();
        match self.peek()? {
            b'{' => self.sequence(depth, b'}', Self::pair),
            b'[' => self.sequence(depth, b']', Self::value),
            b'"' => self.string(),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => None,
        }
    }

    /// An array or an object: elements with commas between them.
    fn sequence(&mut self, depth: usize, end: u8, element: fn(&mut Self, usize) -> Option<()>) -> Option<()> {
        if depth == self.max_depth {
            return None;
        }
        self.at += 1;
        self.blanks();
        if self.take(end).is_some() {
            return Some(());
        }
        loop {
            element(self, depth + 1)?;
            self.blanks();
            if self.take(end).is_some() {
                return Some(());
            }
            self.take(b',')?;
        }
    }

    fn pair(&mut self, depth: usize) -> Option<()> {
        self.blanks();
        self.string()?;
        self.blanks();
        self.take(b':')?;
        self.value(depth)
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        word.iter().try_for_each(|byte| self.take(*byte))
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn number(&mut self) -> Option<()> {
        let _ = self.take(b'-');
        if self.take(b'0').is_none() {
            self.digits()?;
        }
        if self.take(b'.').is_some() {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Some(())
    }

    fn string(&mut self) -> Option<()> {
        self.take(b'"')?;
        loop {
            match self.peek()? {
                b'"' => return self.take(b'"'),
                b'\\' => self.escape()?,
                0..=0x1f => return None,
                _ => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        self.at += 1;
        match self.peek()? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
            b'u' => match self.unit()? {
                // A high surrogate and a low one are one character; alone, neither is.
                0xd800..=0xdbff => {
                    self.take(b'\\')?;
                    (0xdc00..=0xdfff).contains(&self.unit()?).then_some(())?;
                }
                0xdc00..=0xdfff => return None,
                _ => {}
            },
            _ => return None,
        }
        Some(())
    }

    /// `uXXXX`.
    fn unit(&mut self) -> Option<u32> {
        self.take(b'u')?;
        let digits = self.bytes.get(self.at..self.at + 4)?;
        let unit =
            digits.iter().try_fold(0, |unit, byte| Some(unit * 16 + char::from(*byte).to_digit(16)?))?;
        self.at += 4;
        Some(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_from_what_is_none() {
        for text in [
            "null",
            " [1, 2.50, -0, 1e999] ",
            r#"{"a": {"b": []}, "a": "\u00e9\ud83d\ude00\n"}"#,
            "\"😀\"",
            "0",
        ] {
            assert_eq!(validate(text), Ok(()), "{text}");
        }
        for (text, at) in [
            ("", 0),
            ("{", 1),
            ("[1,]", 3),
            ("01", 1),
            ("1.", 2),
            ("{'a': 1}", 1),
            ("1 2", 2),
            ("NaN", 0),
            ("\"a", 2),
            ("\"\u{1}\"", 1),
            (r#""\ud800""#, 7),
            (r#""\udc00""#, 7),
            (r#""\x""#, 2),
            ("{\"a\" 1}", 5),
            ("tru", 3),
        ] {
            assert_eq!(validate(text), Err(at), "{text}");
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(validate(&nested(100)), Ok(()));
        assert_eq!(validate(&nested(101)), Err(100));
        assert!(validate(&"[".repeat(1_000_000)).is_err());
    }
}
