//! Building trees by code, and looking things up in them.

use super::quote::{self, Context};
use super::{Entry, Line, ListItem, Node, NodeKind, Style};

impl Node {
    /// A scalar; quoted exactly if its plain text would not be read back as it is, or would be read as nothing.
    pub fn scalar(text: impl Into<String>) -> Self {
        let text = text.into();
        let quoted = quote::is_needed(&text, Context::Block) || super::is_null(&text);
        Self::new(NodeKind::Scalar { text, quoted }, Style::Block)
    }

    /// A scalar in quotes, whatever its text.
    pub fn quoted(text: impl Into<String>) -> Self {
        Self::new(NodeKind::Scalar { text: text.into(), quoted: true }, Style::Block)
    }

    /// `{ a: b, c: d }`.
    pub fn flow_map(entries: impl IntoIterator<Item = Entry>) -> Self {
        Self::new(NodeKind::Map(entries.into_iter().collect()), Style::Flow).flowed()
    }

    /// One entry a line.
    pub fn block_map(entries: impl IntoIterator<Item = Entry>) -> Self {
        Self::new(NodeKind::Map(entries.into_iter().collect()), Style::Block)
    }

    /// `[a, b]`.
    pub fn flow_list(items: impl IntoIterator<Item = impl Into<ListItem>>) -> Self {
        Self::new(NodeKind::List(items.into_iter().map(Into::into).collect()), Style::Flow).flowed()
    }

    /// One `- item` a line.
    pub fn block_list(items: impl IntoIterator<Item = impl Into<ListItem>>) -> Self {
        Self::new(NodeKind::List(items.into_iter().map(Into::into).collect()), Style::Block)
    }

    pub(super) fn new(kind: NodeKind, style: Style) -> Self {
        Self { kind, place: None, trailing: None, tail: Vec::new(), style }
    }

    /// Between brackets more characters have a meaning, and everything below a bracket is between brackets.
    fn flowed(mut self) -> Self {
        match &mut self.kind {
            NodeKind::Scalar { text, quoted } => *quoted |= quote::is_needed(text, Context::Flow),
            NodeKind::List(items) => {
                self.style = Style::Flow;
                for item in items {
                    item.value = std::mem::replace(&mut item.value, Self::scalar("")).flowed();
                }
            }
            NodeKind::Map(entries) => {
                self.style = Style::Flow;
                for entry in entries {
                    entry.value = std::mem::replace(&mut entry.value, Self::scalar("")).flowed();
                }
            }
        }
        self
    }

    /// Adds a comment at the end of the node's line. Line breaks in it become blanks.
    #[must_use]
    pub fn trailing(mut self, comment: impl AsRef<str>) -> Self {
        let joined = comment.as_ref().split(['\n', '\r']).collect::<Vec<_>>().join(" ");
        self.trailing = Some(super::comments::clean(joined.trim()));
        self
    }

    /// Adds whole-line comments after the last entry of the collection, one for each line of the text.
    #[must_use]
    pub fn tail(mut self, comment: impl AsRef<str>) -> Self {
        self.tail.extend(comment_lines(comment.as_ref()));
        self
    }

    /// The entries of a map.
    pub fn as_map(&self) -> Option<&[Entry]> {
        if let NodeKind::Map(entries) = &self.kind { Some(entries) } else { None }
    }

    /// The items of a list.
    pub fn as_list(&self) -> Option<&[ListItem]> {
        if let NodeKind::List(items) = &self.kind { Some(items) } else { None }
    }

    /// The text of a scalar.
    pub fn as_scalar(&self) -> Option<&str> {
        if let NodeKind::Scalar { text, .. } = &self.kind { Some(text) } else { None }
    }

    /// Whether nothing was written at all: `key:` with no value, unlike `key: ""`.
    pub fn is_absent(&self) -> bool {
        matches!(&self.kind, NodeKind::Scalar { text, quoted: false } if text.is_empty())
    }

    /// What it is, for a sentence: `a map`, `a list`, `a text`, `nothing`.
    pub fn kind_name(&self) -> &'static str {
        match &self.kind {
            NodeKind::Map(_) => "a map",
            NodeKind::List(_) => "a list",
            NodeKind::Scalar { .. } if self.is_absent() => "nothing",
            NodeKind::Scalar { .. } => "a text",
        }
    }

    /// The value of a key, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of a key, if this is a map that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_map()?.iter().find(|entry| entry.key == key)
    }

    /// The same tree without any place, for comparing what two files say.
    #[must_use]
    pub fn without_places(mut self) -> Self {
        self.place = None;
        match &mut self.kind {
            NodeKind::Scalar { .. } => {}
            NodeKind::List(items) => {
                for item in items {
                    item.value = std::mem::replace(&mut item.value, Self::scalar("")).without_places();
                }
            }
            NodeKind::Map(entries) => {
                for entry in entries {
                    entry.key_place = None;
                    entry.value = std::mem::replace(&mut entry.value, Self::scalar("")).without_places();
                }
            }
        }
        self
    }
}

impl Entry {
    /// An entry without comments.
    pub fn new(key: impl Into<String>, value: Node) -> Self {
        Self { leading: Vec::new(), key: key.into(), key_place: None, value }
    }

    /// Adds whole-line comments above the entry, one for each line of the text.
    #[must_use]
    pub fn comment(mut self, text: impl AsRef<str>) -> Self {
        self.leading.extend(comment_lines(text.as_ref()));
        self
    }

    /// Adds an empty line above the entry (and above the comments that are added after this call).
    #[must_use]
    pub fn blank(mut self) -> Self {
        self.leading.push(Line::Blank);
        self
    }

    /// Adds a comment at the end of the line.
    #[must_use]
    pub fn trailing(mut self, comment: impl AsRef<str>) -> Self {
        self.value = self.value.trailing(comment);
        self
    }
}

impl ListItem {
    /// An item without comments.
    pub fn new(value: Node) -> Self {
        Self { leading: Vec::new(), value }
    }

    /// Adds whole-line comments above the item, one for each line of the text.
    #[must_use]
    pub fn comment(mut self, text: impl AsRef<str>) -> Self {
        self.leading.extend(comment_lines(text.as_ref()));
        self
    }
}

impl From<Node> for ListItem {
    fn from(value: Node) -> Self {
        Self::new(value)
    }
}

fn comment_lines(text: &str) -> Vec<Line> {
    text.lines().map(|line| Line::Comment(super::comments::clean(line.trim_end()))).collect()
}
