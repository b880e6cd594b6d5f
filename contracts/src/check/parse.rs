//! The grammar of expressions, by precedence (MySQL Reference Manual, "Expressions" and "Operator Precedence", with the
//! server's default mode: `||` is no concatenation, NOT binds loosely).

use migratable_core::check::Op;

use super::Left;
use super::sql::{Sql, Temporal};
use super::tokens::{Token, tokens};

/// How deep expressions may nest: parsing, evaluating and dropping them all go as deep.
const MAX_DEPTH: usize = 64;

/// Digits of an exact number, and digits after its point (MySQL's DECIMAL has at most 30).
const MAX_DIGITS: usize = 38;
const MAX_SCALE: u8 = 30;

/// Functions of one operand.
const FUNCTIONS: [(&str, Op); 6] = [
    ("char_length", Op::CharLength),
    ("character_length", Op::CharLength),
    ("length", Op::Length),
    ("octet_length", Op::Length),
    ("json_valid", Op::JsonValid),
    ("not", Op::Not),
];

/// Words that no column is meant by unless quoted.
const RESERVED: [&str; 15] = [
    "and", "or", "xor", "not", "is", "in", "between", "like", "null", "true", "false", "div", "mod", "case",
    "interval",
];

/// Parses an expression. `columns` tells texts in double quotes from names.
pub(super) fn parse(text: &str, columns: &[&str]) -> Result<Sql, Left> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0, rows: 0, columns };
    let expression = parser.or()?;
    match parser.peek() {
        None => Ok(expression),
        Some(token) => Err(unexpected(token)),
    }
}

fn unexpected(token: &Token) -> Left {
    let shown = match token {
        Token::Word(_, word) | Token::Name(word) | Token::Number(word) => word,
        Token::Symbol(symbol) => *symbol,
        Token::Text(_) | Token::Quoted(_) => "a text",
    };
    Left::new(format!("`{shown}` is not evaluated here"))
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
    /// Operators that follow another one of their kind: `a + b + c` nests to the left, once for each.
    rows: usize,
    columns: &'t [&'t str],
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Result<&'t Token, Left> {
        let token = self.peek().ok_or_else(|| Left::new("it ends too early"))?;
        self.at += 1;
        Ok(token)
    }

    fn word(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(word, _)) if word == wanted);
        self.at += usize::from(found);
        found
    }

    fn symbol(&mut self, wanted: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Symbol(symbol)) if *symbol == wanted);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: &str) -> Result<(), Left> {
        if self.symbol(wanted) {
            Ok(())
        } else {
            Err(self.peek().map_or_else(|| Left::new("it ends too early"), unexpected))
        }
    }

    /// One level further in.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Left>) -> Result<T, Left> {
        if self.depth == MAX_DEPTH {
            return Err(Left::new("it nests too deep"));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// An operation on what stands to its left; `first`: whether that is no such operation itself.
    fn leaning(&mut self, first: &mut bool) -> Result<(), Left> {
        if !std::mem::take(first) {
            self.rows += 1;
        }
        if self.rows > MAX_DEPTH { Err(Left::new("it nests too deep")) } else { Ok(()) }
    }

    /// Operands of one operation in a row.
    fn joined(
        &mut self,
        op: Op,
        between: fn(&mut Self) -> bool,
        operand: fn(&mut Self) -> Result<Sql, Left>,
    ) -> Result<Sql, Left> {
        let first = operand(self)?;
        let mut operands = vec![first];
        while between(self) {
            operands.push(operand(self)?);
        }
        Ok(match <[Sql; 1]>::try_from(operands) {
            Ok([only]) => only,
            Err(operands) => Sql::Apply(op, operands),
        })
    }

    fn or(&mut self) -> Result<Sql, Left> {
        self.nested(|parser| parser.joined(Op::Or, |parser| parser.word("or"), Self::xor))
    }

    fn xor(&mut self) -> Result<Sql, Left> {
        let (mut left, mut first) = (self.and()?, true);
        while self.word("xor") {
            self.leaning(&mut first)?;
            left = two(Op::Xor, left, self.and()?);
        }
        Ok(left)
    }

    fn and(&mut self) -> Result<Sql, Left> {
        self.joined(Op::And, |parser| parser.word("and") || parser.symbol("&&"), Self::not)
    }

    fn not(&mut self) -> Result<Sql, Left> {
        if self.word("not") {
            return Ok(one(Op::Not, self.nested(Self::not)?));
        }
        self.test()
    }

    /// `… IS [NOT] TRUE`.
    fn test(&mut self) -> Result<Sql, Left> {
        let (mut left, mut first) = (self.comparison()?, true);
        while self.word("is") {
            self.leaning(&mut first)?;
            let negated = self.word("not");
            let op = match self.next()? {
                Token::Word(word, _) if word == "true" => Op::IsTrue,
                Token::Word(word, _) if word == "false" => Op::IsFalse,
                Token::Word(word, _) if word == "unknown" => Op::IsNull,
                token => return Err(unexpected(token)),
            };
            left = negate(negated, one(op, left));
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Result<Sql, Left> {
        const OPERATORS: [(&str, Op); 8] = [
            ("=", Op::Equal),
            ("<=>", Op::NullSafeEqual),
            ("<>", Op::NotEqual),
            ("!=", Op::NotEqual),
            ("<", Op::Less),
            ("<=", Op::LessOrEqual),
            (">", Op::Greater),
            (">=", Op::GreaterOrEqual),
        ];
        let (mut left, mut first) = (self.predicate()?, true);
        loop {
            if let Some(negated) = self.is_null() {
                self.leaning(&mut first)?;
                left = negate(negated, one(Op::IsNull, left));
                continue;
            }
            let Some((_, op)) = OPERATORS.into_iter().find(|(symbol, _)| self.symbol(symbol)) else {
                return Ok(left);
            };
            self.leaning(&mut first)?;
            left = two(op, left, self.predicate()?);
        }
    }

    /// Takes `IS [NOT] NULL`, which binds tighter than `IS TRUE`; gives whether it is negated.
    fn is_null(&mut self) -> Option<bool> {
        let start = self.at;
        if self.word("is") {
            let negated = self.word("not");
            if self.word("null") {
                return Some(negated);
            }
        }
        self.at = start;
        None
    }

    fn predicate(&mut self) -> Result<Sql, Left> {
        let left = self.sum()?;
        let start = self.at;
        let negated = self.word("not");
        let predicate = if self.word("in") {
            self.expect("(")?;
            let mut equal = vec![two(Op::Equal, left.clone(), self.or()?)];
            while self.symbol(",") {
                equal.push(two(Op::Equal, left.clone(), self.or()?));
            }
            self.expect(")")?;
            match <[Sql; 1]>::try_from(equal) {
                Ok([only]) => only,
                Err(equal) => Sql::Apply(Op::Or, equal),
            }
        } else if self.word("between") {
            let least = self.sum()?;
            if !self.word("and") {
                return Err(Left::new("its BETWEEN has no AND"));
            }
            let most = self.nested(Self::predicate)?;
            let least = two(Op::GreaterOrEqual, left.clone(), least);
            Sql::Apply(Op::And, vec![least, two(Op::LessOrEqual, left, most)])
        } else if self.word("like") {
            let pattern = self.sum()?;
            if let Some(Token::Word(word, _)) = self.peek()
                && word == "escape"
            {
                return Err(Left::new("ESCAPE is not evaluated here"));
            }
            two(Op::Like, left, pattern)
        } else {
            self.at = start;
            return Ok(left);
        };
        Ok(negate(negated, predicate))
    }

    fn sum(&mut self) -> Result<Sql, Left> {
        let (mut left, mut first) = (self.product()?, true);
        loop {
            let op = if self.symbol("+") {
                Op::Add
            } else if self.symbol("-") {
                Op::Subtract
            } else {
                return Ok(left);
            };
            self.leaning(&mut first)?;
            left = two(op, left, self.product()?);
        }
    }

    fn product(&mut self) -> Result<Sql, Left> {
        let (mut left, mut first) = (self.unary()?, true);
        while self.symbol("*") {
            self.leaning(&mut first)?;
            left = two(Op::Multiply, left, self.unary()?);
        }
        Ok(left)
    }

    fn unary(&mut self) -> Result<Sql, Left> {
        if self.symbol("-") {
            return Ok(one(Op::Negate, self.nested(Self::unary)?));
        }
        if self.symbol("!") {
            return Ok(one(Op::Not, self.nested(Self::unary)?));
        }
        self.primary()
    }

    fn primary(&mut self) -> Result<Sql, Left> {
        match self.next()? {
            Token::Symbol("(") => {
                let inner = self.or()?;
                self.expect(")")?;
                Ok(inner)
            }
            Token::Number(digits) => number(digits),
            Token::Text(text) => self.text(None, text),
            Token::Quoted(text) if !is_column(self.columns, text) => self.text(None, text),
            Token::Quoted(name) | Token::Name(name) => self.column(name),
            Token::Word(word, written) => self.begun_by(word, written),
            token => Err(unexpected(token)),
        }
    }

    /// Texts in a row are one text in MySQL; nobody writes that in a check.
    fn text(&self, charset: Option<&str>, text: &str) -> Result<Sql, Left> {
        match self.peek() {
            Some(Token::Text(_) | Token::Quoted(_)) => Err(Left::new("it has two texts in a row")),
            _ => Ok(Sql::Text(charset.map(str::to_owned), text.to_owned())),
        }
    }

    fn column(&self, name: &str) -> Result<Sql, Left> {
        match self.peek() {
            Some(Token::Symbol(".")) => Err(Left::new("it names a column with its table")),
            _ => Ok(Sql::Name(name.to_owned())),
        }
    }

    fn begun_by(&mut self, word: &str, written: &str) -> Result<Sql, Left> {
        if let Some(Token::Text(text)) = self.peek() {
            let temporal = match word {
                "date" => Some(Temporal::Date),
                "time" => Some(Temporal::Time),
                "timestamp" => Some(Temporal::Timestamp),
                _ => None,
            };
            self.at += 1;
            return match (temporal, word.strip_prefix('_')) {
                (Some(temporal), _) => Ok(Sql::Temporal(temporal, text.clone())),
                (_, Some(charset)) => self.text(Some(charset), text),
                _ => Err(Left::new(format!("`{written}'…'` is not evaluated here"))),
            };
        }
        if matches!(self.peek(), Some(Token::Symbol("("))) {
            let function = FUNCTIONS.into_iter().find(|(name, _)| *name == word);
            let (_, op) = function.ok_or_else(|| Left::new(format!("`{word}()` is not evaluated here")))?;
            self.at += 1;
            let operand = self.or()?;
            self.expect(")")?;
            return Ok(one(op, operand));
        }
        match word {
            "null" => Ok(Sql::Null),
            "true" => Ok(Sql::Number(1, 0)),
            "false" => Ok(Sql::Number(0, 0)),
            _ if RESERVED.contains(&word) => Err(Left::new(format!("`{written}` is not evaluated here"))),
            _ => self.column(written),
        }
    }
}

fn is_column(columns: &[&str], name: &str) -> bool {
    columns.iter().any(|column| column.eq_ignore_ascii_case(name))
}

fn number(text: &str) -> Result<Sql, Left> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction}");
    let scale = u8::try_from(fraction.len()).ok().filter(|scale| *scale <= MAX_SCALE);
    match (digits.parse(), scale) {
        (Ok(number), Some(scale)) if digits.len() <= MAX_DIGITS => Ok(Sql::Number(number, scale)),
        _ => Err(Left::new("it has a number of too many digits")),
    }
}

fn one(op: Op, operand: Sql) -> Sql {
    Sql::Apply(op, vec![operand])
}

fn two(op: Op, left: Sql, right: Sql) -> Sql {
    Sql::Apply(op, vec![left, right])
}

fn negate(negated: bool, operand: Sql) -> Sql {
    if negated { one(Op::Not, operand) } else { operand }
}
