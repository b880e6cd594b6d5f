//! Pieces of SQL as other tools' files hold them: conditions of joins, columns, expressions, orders. They are parsed,
//! and what leaves here is the columns they name and their form; the text itself stays the file's own.

use std::ops::Range;

use sqlparser::ast::{
    BinaryOperator, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, Ident, OrderBySort, UnaryOperator,
    Value,
};
use sqlparser::dialect::MySqlDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Span, Token};
use thiserror::Error;

/// How deep an expression may nest.
const MAX_DEPTH: usize = 50;

/// A column, with its table where the text says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnName {
    /// What stands before the dot.
    pub table: Option<String>,
    /// The column.
    pub name: String,
    /// Its bytes in the text, table included.
    pub range: Range<usize>,
}

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    /// As written.
    pub text: String,
    /// Every column it names, in the order of the text, as often as it does.
    pub columns: Vec<ColumnName>,
    /// What it is.
    pub form: Form,
}

/// The forms of expressions that can be said without SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A column alone.
    Column(ColumnName),
    /// A text or a number alone.
    Literal(String),
    /// CONCAT of columns and literals.
    Concat(Vec<Part>),
    /// Equations of two columns each, all of which hold.
    Join(Vec<(ColumnName, ColumnName)>),
    /// `column IS NULL`.
    IsNull(ColumnName),
    /// `column IS NOT NULL`.
    IsNotNull(ColumnName),
    /// Anything else that MySQL's operators make of columns and literals.
    Other,
}

/// A part of a CONCAT.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A column's value.
    Column(ColumnName),
    /// A text.
    Literal(String),
}

/// Why a text is no piece of SQL that can be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SqlError {
    /// The parser's word.
    #[error("{0}")]
    Syntax(String),
    /// It is SQL, but asks for more than operators on columns and literals.
    #[error("{0} is more than columns, literals and operators")]
    Beyond(&'static str),
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// It is no SQL, or has functions, subqueries or the like.
    pub fn read(text: &str) -> Result<Self, SqlError> {
        let (mut parser, lines) = parser(text)?;
        let expression = parser.parse_expr().map_err(|error| syntax(&error))?;
        end(&parser)?;
        let mut columns = Vec::new();
        walk(&expression, &lines, &mut columns)?;
        Ok(Self { text: text.to_owned(), form: form(&expression, &lines), columns })
    }

    /// The text with something else in the place of each column; `None` as soon as there is nothing for one.
    pub fn with_columns(&self, mut name: impl FnMut(&ColumnName) -> Option<String>) -> Option<String> {
        let mut out = String::new();
        let mut at = 0;
        for column in &self.columns {
            out.push_str(&self.text[at..column.range.start]);
            out.push_str(&name(column)?);
            at = column.range.end;
        }
        out.push_str(&self.text[at..]);
        Some(out)
    }
}

/// Reads an ORDER BY list of columns: each with whether it runs backwards.
///
/// # Errors
/// It is no such list.
pub fn read_order(text: &str) -> Result<Vec<(ColumnName, bool)>, SqlError> {
    let (mut parser, lines) = parser(text)?;
    let list = parser.parse_comma_separated(Parser::parse_order_by_expr).map_err(|error| syntax(&error))?;
    end(&parser)?;
    list.iter()
        .map(|item| {
            let column = column(&item.expr, &lines).ok_or(SqlError::Beyond("an expression to order by"))?;
            Ok((column, matches!(item.options.sort, Some(OrderBySort::Desc))))
        })
        .collect()
}

fn parser(text: &str) -> Result<(Parser<'static>, Lines<'_>), SqlError> {
    let parser = Parser::new(&MySqlDialect {}).with_recursion_limit(MAX_DEPTH);
    Ok((parser.try_with_sql(text).map_err(|error| syntax(&error))?, Lines(text)))
}

fn end(parser: &Parser<'_>) -> Result<(), SqlError> {
    match parser.peek_token().token {
        Token::EOF => Ok(()),
        token => Err(SqlError::Syntax(format!("unexpected {token}"))),
    }
}

fn syntax(error: &ParserError) -> SqlError {
    let message = match error {
        ParserError::ParserError(message) | ParserError::TokenizerError(message) => message.as_str(),
        ParserError::RecursionLimitExceeded => "it is nested too deep",
    };
    let text = message.split(" at Line: ").next().unwrap_or(message);
    let text = text
        .strip_prefix("Expected: ")
        .map_or_else(|| text.to_lowercase(), |rest| format!("expected {rest}"));
    SqlError::Syntax(text.replace(", found: ", ", found "))
}

/// Finds bytes by lines and columns.
struct Lines<'t>(&'t str);

impl Lines<'_> {
    fn offset(&self, location: Location) -> usize {
        let line = usize::try_from(location.line.saturating_sub(1)).unwrap_or(usize::MAX);
        let column = usize::try_from(location.column.saturating_sub(1)).unwrap_or(usize::MAX);
        let start = match line.checked_sub(1) {
            None => 0,
            Some(ends) => self.0.match_indices('\n').nth(ends).map_or(self.0.len(), |(at, _)| at + 1),
        };
        let rest = &self.0[start..];
        start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.offset(span.start);
        start..self.offset(span.end).max(start)
    }
}

fn column(expression: &Expr, lines: &Lines<'_>) -> Option<ColumnName> {
    let named = |table: Option<&Ident>, name: &Ident| {
        let end = lines.range(name.span);
        let start = table.map_or(end.start, |table| lines.range(table.span).start);
        ColumnName {
            table: table.map(|table| table.value.clone()),
            name: name.value.clone(),
            range: start..end.end,
        }
    };
    match expression {
        Expr::Identifier(name) => Some(named(None, name)),
        Expr::CompoundIdentifier(names) => match &names[..] {
            [table, name] => Some(named(Some(table), name)),
            _ => None,
        },
        Expr::Nested(inner) => column(inner, lines),
        _ => None,
    }
}

fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Value(value) => match &value.value {
            Value::Number(digits, _) => Some(digits.clone()),
            Value::SingleQuotedString(text) | Value::DoubleQuotedString(text) => Some(text.clone()),
            _ => None,
        },
        Expr::Nested(inner) => literal(inner),
        _ => None,
    }
}

fn form(expression: &Expr, lines: &Lines<'_>) -> Form {
    if let Some(column) = column(expression, lines) {
        return Form::Column(column);
    }
    if let Some(text) = literal(expression) {
        return Form::Literal(text);
    }
    if let Some(parts) = concat(expression, lines) {
        return Form::Concat(parts);
    }
    let mut equations = Vec::new();
    if equate(expression, lines, &mut equations) {
        return Form::Join(equations);
    }
    match expression {
        Expr::Nested(inner) => form(inner, lines),
        Expr::IsNull(inner) => column(inner, lines).map_or(Form::Other, Form::IsNull),
        Expr::IsNotNull(inner) => column(inner, lines).map_or(Form::Other, Form::IsNotNull),
        _ => Form::Other,
    }
}

/// The parts of a CONCAT, if it is one of columns and literals.
fn concat(expression: &Expr, lines: &Lines<'_>) -> Option<Vec<Part>> {
    let parts = arguments(expression)?;
    let part = |argument: &Expr| {
        let of_column = column(argument, lines).map(Part::Column);
        of_column.or_else(|| literal(argument).map(Part::Literal))
    };
    parts.into_iter().map(part).collect()
}

/// What a CONCAT is of.
fn arguments(expression: &Expr) -> Option<Vec<&Expr>> {
    let Expr::Function(function) = expression else { return None };
    let FunctionArguments::List(list) = &function.args else { return None };
    if !function.name.to_string().eq_ignore_ascii_case("concat") || !list.clauses.is_empty() {
        return None;
    }
    let plain = |argument| match argument {
        &FunctionArg::Unnamed(FunctionArgExpr::Expr(ref inner)) => Some(inner),
        _ => None,
    };
    list.args.iter().map(plain).collect()
}

/// Whether it is equations of columns, which are gathered.
fn equate(expression: &Expr, lines: &Lines<'_>, equations: &mut Vec<(ColumnName, ColumnName)>) -> bool {
    match expression {
        Expr::Nested(inner) => equate(inner, lines, equations),
        Expr::BinaryOp { left, op: BinaryOperator::And, right } => {
            equate(left, lines, equations) && equate(right, lines, equations)
        }
        Expr::BinaryOp { left, op: BinaryOperator::Eq, right } => {
            let equation = column(left, lines).zip(column(right, lines));
            let found = equation.is_some();
            equations.extend(equation);
            found
        }
        _ => false,
    }
}

/// Gathers the columns, and refuses what isn't operators on columns and literals.
fn walk(expression: &Expr, lines: &Lines<'_>, columns: &mut Vec<ColumnName>) -> Result<(), SqlError> {
    if let Some(column) = column(expression, lines) {
        columns.push(column);
        return Ok(());
    }
    let mut all = |parts: &[&Expr]| parts.iter().try_for_each(|part| walk(part, lines, columns));
    match expression {
        Expr::Value(_) => Ok(()),
        Expr::Nested(inner)
        | Expr::IsNull(inner)
        | Expr::IsNotNull(inner)
        | Expr::IsTrue(inner)
        | Expr::IsNotTrue(inner)
        | Expr::IsFalse(inner)
        | Expr::IsNotFalse(inner)
        | Expr::UnaryOp {
            op: UnaryOperator::Minus | UnaryOperator::Plus | UnaryOperator::Not,
            expr: inner,
        } => all(&[inner]),
        Expr::BinaryOp { left, right, .. } => all(&[left, right]),
        Expr::Between { expr, low, high, .. } => all(&[expr, low, high]),
        Expr::Like { expr, pattern, .. } => all(&[expr, pattern]),
        Expr::InList { expr, list, .. } => {
            all(&[expr])?;
            all(&list.iter().collect::<Vec<_>>())
        }
        Expr::Function(_) => match arguments(expression) {
            Some(parts) => all(&parts),
            None => Err(SqlError::Beyond("a function")),
        },
        Expr::Subquery(_) | Expr::Exists { .. } | Expr::InSubquery { .. } => {
            Err(SqlError::Beyond("a subquery"))
        }
        _ => Err(SqlError::Beyond("what it says")),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test's failure is a panic")]
mod tests {
    use super::*;

    fn names(expression: &Expression) -> Vec<(Option<&str>, &str, &str)> {
        let columns = expression.columns.iter();
        columns
            .map(|column| {
                (column.table.as_deref(), column.name.as_str(), &expression.text[column.range.clone()])
            })
            .collect()
    }

    #[test]
    fn columns_are_where_they_stand_in_the_text() {
        let read = Expression::read("é.price * `order items`.`qty`\n - sum").unwrap();
        assert_eq!(
            names(&read),
            [
                (Some("é"), "price", "é.price"),
                (Some("order items"), "qty", "`order items`.`qty`"),
                (None, "sum", "sum"),
            ]
        );
        let renamed = read.with_columns(|column| Some(column.name.to_uppercase())).unwrap();
        assert_eq!(renamed, "PRICE * QTY\n - SUM");
        assert_eq!(read.with_columns(|column| column.table.clone()), None);
    }

    #[test]
    fn forms_are_told_apart() {
        let form = |text| Expression::read(text).unwrap().form;
        assert!(
            matches!(form("users.email"), Form::Column(column) if column.table.as_deref() == Some("users"))
        );
        assert_eq!(form("'ROOT'"), Form::Literal("ROOT".into()));
        assert_eq!(form("(12)"), Form::Literal("12".into()));
        assert!(matches!(form("a.x = b.y"), Form::Join(pairs) if pairs.len() == 1));
        assert!(matches!(form("(a.x = b.y) AND a.z = b.z"), Form::Join(pairs) if pairs.len() == 2));
        assert!(matches!(form("a.x = 3"), Form::Other));
        assert!(matches!(form("a.x = b.y OR a.z = b.z"), Form::Other));
        assert!(matches!(form("parent_id IS NULL"), Form::IsNull(_)));
        assert!(matches!(form("(t.parent_id is not null)"), Form::IsNotNull(_)));
        let Form::Concat(parts) = form("CONCAT(a.name, ' - ', b)") else { panic!("not a CONCAT") };
        assert!(
            matches!(&parts[..], [Part::Column(_), Part::Literal(text), Part::Column(_)] if text == " - ")
        );
    }

    #[test]
    fn what_is_more_than_operators_is_refused() {
        for text in ["now()", "(SELECT 1)", "a IN (SELECT b FROM c)", "CASE WHEN a THEN b END", "a.b.c"] {
            assert!(matches!(Expression::read(text), Err(SqlError::Beyond(_))), "{text}");
        }
        for text in ["", "a =", "a b", "a; DROP TABLE b", "'open", &"(".repeat(100_000)] {
            assert!(matches!(Expression::read(text), Err(SqlError::Syntax(_))), "{text}");
        }
    }

    #[test]
    fn orders_are_lists_of_columns() {
        let order = read_order("reviews.created_at DESC, id").unwrap();
        let order: Vec<_> =
            order.iter().map(|(column, backwards)| (column.name.as_str(), *backwards)).collect();
        assert_eq!(order, [("created_at", true), ("id", false)]);
        assert!(read_order("rand()").is_err());
        assert!(read_order("a,").is_err());
    }
}
