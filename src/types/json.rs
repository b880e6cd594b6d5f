use std::fmt;
use std::str::FromStr;

/// A JSON document, kept as the text it came as: number forms, key order and duplicate keys included. (MySQL has its
/// own canonical text and gives that back; MariaDB and DynamoDB give back what was written.)
///
/// Equality is that of texts.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Json(String);

/// Text that is no JSON document. Says where, never what.
#[derive(Debug, thiserror::Error)]
#[error("not a JSON document: line {line}, column {column}")]
pub struct JsonError {
    line: usize,
    column: usize,
}

impl Json {
    /// Takes a text that is one JSON document.
    ///
    /// # Errors
    /// It isn't one.
    pub fn parse(text: impl Into<String>) -> Result<Self, JsonError> {
        let text = text.into();
        // A raw value: only the grammar is checked, so that no number is too large and no digit is lost.
        match serde_json::from_str::<&serde_json::value::RawValue>(&text) {
            Ok(_) => Ok(Self(text)),
            Err(error) => Err(JsonError { line: error.line(), column: error.column() }),
        }
    }

    /// The document's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The document's text.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        Self(value.to_string())
    }
}

impl FromStr for Json {
    type Err = JsonError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Json({})", self.0)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a panic is the failure")]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_verbatim() {
        for text in [
            r#"{"b": 1.50, "a": 1, "a": 2}"#,
            "1e999",
            " [1,\n2] ",
            r#""😀""#,
            "null",
            "12345678901234567890123",
        ] {
            assert_eq!(Json::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn what_is_no_document_is_refused_with_its_place() {
        for text in ["", "{", "{'a': 1}", "[1,]", "1 2", "NaN", "\"a"] {
            assert!(Json::parse(text).is_err(), "{text}");
        }
        let error = Json::parse("{\n  \"password\": secret}").unwrap_err();
        assert_eq!(error.to_string(), "not a JSON document: line 2, column 15");
    }
}
