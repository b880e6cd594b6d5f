//! Expressions of contracts as SQL.

use crate::check::{Expr, Op};

/// An expression, each of its columns as `column` says it. In parentheses wherever it has parts.
pub(crate) fn render(expression: &Expr, column: &dyn Fn(usize) -> String) -> String {
    match expression {
        Expr::Null => "NULL".to_owned(),
        Expr::Number { digits, scale } => number(*digits, *scale),
        Expr::Text(text) => literal(text),
        Expr::Date(date) => format!("DATE'{date}'"),
        Expr::DateTime(moment) => format!("TIMESTAMP'{}'", moment.format(6, ' ')),
        Expr::Time(time) => format!("TIME'{}'", time.format(6)),
        Expr::Column(position) => column(*position),
        Expr::Apply { op, operands } => {
            let operands: Vec<String> = operands.iter().map(|operand| render(operand, column)).collect();
            apply(*op, &operands)
        }
    }
}

/// A text, whatever is in it and whatever the session makes of backslashes; its collation gives way to a column's.
pub(crate) fn literal(text: &str) -> String {
    let hex: String = text.bytes().map(|byte| format!("{byte:02X}")).collect();
    format!("_utf8mb4 X'{hex}'")
}

fn number(digits: i128, scale: u8) -> String {
    let (sign, magnitude) = (if digits < 0 { "-" } else { "" }, digits.unsigned_abs().to_string());
    let scale = usize::from(scale);
    if scale == 0 {
        return format!("{sign}{magnitude}");
    }
    let padded = format!("{magnitude:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    format!("{sign}{whole}.{fraction}")
}

fn apply(op: Op, operands: &[String]) -> String {
    let between = |word: &str| format!("({})", operands.join(&format!(" {word} ")));
    let first = operands.first().map_or("NULL", String::as_str);
    match op {
        Op::And => between("AND"),
        Op::Or => between("OR"),
        Op::Xor => between("XOR"),
        Op::Equal => between("="),
        Op::NotEqual => between("<>"),
        Op::Less => between("<"),
        Op::LessOrEqual => between("<="),
        Op::Greater => between(">"),
        Op::GreaterOrEqual => between(">="),
        Op::NullSafeEqual => between("<=>"),
        Op::Add => between("+"),
        Op::Subtract => between("-"),
        Op::Multiply => between("*"),
        Op::Like => between("LIKE"),
        Op::Not => format!("(NOT {first})"),
        Op::Negate => format!("(-{first})"),
        Op::IsNull => format!("({first} IS NULL)"),
        Op::IsTrue => format!("({first} IS TRUE)"),
        Op::IsFalse => format!("({first} IS FALSE)"),
        Op::CharLength => format!("CHAR_LENGTH({first})"),
        Op::Length => format!("LENGTH({first})"),
        Op::JsonValid => format!("JSON_VALID({first})"),
    }
}
