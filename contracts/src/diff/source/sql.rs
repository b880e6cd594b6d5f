//! SQL that means the same though it is not written the same: what people write, and what servers print of it.

use migratable_core::mysql::MySqlType;

use crate::check;
use crate::source::{SourceColumn, SourceType};

/// What one and the same expression is written as by everybody.
pub(super) fn normal(expression: &str, columns: &[&str]) -> String {
    let grammar = check::normal(expression, columns);
    plain(grammar.as_deref().unwrap_or(expression))
}

/// Without blanks, backquotes, introducers and outer parentheses that change nothing, words in lower case. Texts stay as they are.
fn plain(sql: &str) -> String {
    let mut plain = String::new();
    let mut rest = outer(sql.trim());
    let mut gap = false;
    while let Some(next) = rest.chars().next() {
        let length = match next {
            '\'' | '"' => quoted(rest, next),
            '`' => quoted(rest, next),
            _ if is_word(next) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ => next.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        if next.is_whitespace() {
            gap = true;
            continue;
        }
        // `_utf8mb4'x'`: the set of the connection, which servers print and people don't write.
        if token.starts_with('_') && rest.trim_start().starts_with('\'') {
            continue;
        }
        let token = match next {
            '\'' | '"' => token.to_owned(),
            '`' => token.trim_matches('`').replace("``", "`").to_lowercase(),
            _ => token.to_lowercase(),
        };
        if gap && plain.ends_with(is_word) && token.starts_with(is_word) {
            plain.push(' ');
        }
        gap = false;
        plain.push_str(&token);
    }
    plain
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

/// How long the text in quotes is that this starts with.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if escaped {
            escaped = false;
        } else if character == '\\' && quote != '`' {
            escaped = true;
        } else if character == quote && characters.next_if(|(_, next)| *next == quote).is_none() {
            return at + 1;
        }
    }
    text.len()
}

/// Without parentheses around all of it.
fn outer(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else { return text };
    let (mut depth, mut rest) = (0_usize, inner);
    while let Some(next) = rest.chars().next() {
        let length = if matches!(next, '\'' | '"' | '`') { quoted(rest, next) } else { next.len_utf8() };
        match next {
            '(' => depth += 1,
            ')' if depth == 0 => return text,
            ')' => depth -= 1,
            _ => {}
        }
        rest = &rest[length..];
    }
    outer(inner.trim())
}

/// What one and the same default is written as by everybody. No default and `NULL` are one.
pub(super) fn default(column: &SourceColumn) -> Option<String> {
    let sql = plain(column.default.as_deref()?);
    let text = sql.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    let number = |text: &str| {
        let text = text.trim().trim_start_matches('+');
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
        (!text.is_empty() && text.parse::<f64>().is_ok()).then(|| text.to_owned())
    };
    Some(match sql.as_str() {
        "null" => return None,
        "true" => "1".to_owned(),
        "false" => "0".to_owned(),
        _ if is_number(&column.ty) => {
            bits(&sql).or_else(|| number(text.unwrap_or(&sql))).unwrap_or_else(|| sql.clone())
        }
        // The server fills it up to the column's length.
        _ if matches!(column.ty, SourceType::Known(MySqlType::Binary { .. })) => match text {
            Some(text) => format!("'{}'", text.trim_end_matches("\\0")),
            None => sql,
        },
        // A number is the text it is written as.
        _ if text.is_none() && is_text(&column.ty) && sql.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("'{sql}'")
        }
        _ => moment(&sql),
    })
}

/// The number that `b'101'`, `x'1F'` or `0x1f` stands for.
fn bits(sql: &str) -> Option<String> {
    let literal = |letter: char| sql.strip_prefix(letter)?.strip_prefix('\'')?.strip_suffix('\'');
    let parsed = match (literal('b'), literal('x').or_else(|| sql.strip_prefix("0x"))) {
        (Some(digits), _) => u64::from_str_radix(digits, 2),
        (None, Some(digits)) => u64::from_str_radix(digits, 16),
        (None, None) => return None,
    };
    parsed.ok().map(|number| number.to_string())
}

/// The one word for the current moment.
pub(super) fn moment(sql: &str) -> String {
    let sql = plain(sql);
    let digits = |rest: &str| {
        let digits = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest);
        digits.chars().all(|digit| digit.is_ascii_digit()).then(|| digits.to_owned())
    };
    let words = ["current_timestamp", "localtimestamp", "localtime", "now"];
    match words.iter().find_map(|word| digits(sql.strip_prefix(word)?)).as_deref() {
        None => sql,
        Some("" | "0") => "current_timestamp".to_owned(),
        Some(digits) => format!("current_timestamp({digits})"),
    }
}

fn is_number(ty: &SourceType) -> bool {
    matches!(
        ty,
        SourceType::Known(
            MySqlType::Int { .. }
                | MySqlType::Decimal { .. }
                | MySqlType::Float { .. }
                | MySqlType::Double { .. }
                | MySqlType::Bit { .. }
                | MySqlType::Year
        )
    )
}

fn is_text(ty: &SourceType) -> bool {
    matches!(ty, SourceType::Known(ty) if ty.collation().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::parse_column;

    fn same(left: &str, right: &str) -> bool {
        normal(left, &["a", "price"]) == normal(right, &["a", "price"])
    }

    #[test]
    fn what_servers_print_is_what_people_write() {
        assert!(same("price >= 0 and a > 1", "((`price` >= 0) and (`a` > 1))"));
        assert!(same("concat(A, ' x')", "(concat(`a`,_utf8mb4' x'))"));
        assert!(same("JSON_EXTRACT(a, '$.x')", "json_extract( `a` , '$.x' )"));
    }

    #[test]
    fn what_means_something_else_is_something_else() {
        assert!(!same("price > 0", "price >= 0"));
        assert!(!same("concat(a, ' X')", "concat(a, ' x')"));
        assert!(!same("(a) + (price)", "a + (price + 1)"));
        assert!(!same("price - (a - 1)", "(price - a) - 1"));
        assert!(!same("a is null", "a isnull"));
    }

    #[test]
    fn defaults_are_values() {
        let same = |left: &str, right: &str| {
            default(&parse_column(left).expect("a column"))
                == default(&parse_column(right).expect("a column"))
        };
        assert!(same("int default 0", "int default '0'"));
        assert!(same("decimal(10,2) default 0", "decimal(10,2) default '0.00'"));
        assert!(same("int null", "int null default null"));
        assert!(same("tinyint(1) default true", "tinyint(1) default '1'"));
        assert!(same("datetime default CURRENT_TIMESTAMP", "datetime default now()"));
        assert!(same("datetime(6) default CURRENT_TIMESTAMP(6)", "datetime(6) default current_timestamp(6)"));
        assert!(same("bit(4) default b'0101'", "bit(4) default 5"));
        assert!(same("binary(3) default 'a'", "binary(3) default 'a\\0\\0'"));
        assert!(same("int default x'1F'", "int default 0x1f"));
        assert!(!same("bit(4) default b'0101'", "bit(4) default b'0111'"));
        assert!(same("char(3) collate ascii_bin default 5", "char(3) collate ascii_bin default '5'"));
        assert!(!same("int default 0", "int"));
        assert!(!same("int default 10", "int default 1"));
        assert!(!same("char(3) collate ascii_bin default 'A'", "char(3) collate ascii_bin default 'a'"));
        assert!(!same("char(3) collate ascii_bin default '0.0'", "char(3) collate ascii_bin default '0'"));
        assert!(!same("datetime(6) default current_timestamp(6)", "datetime(6) default current_timestamp"));
    }
}
