//! The stable writer: the same tree gives the same bytes, and reading them gives the same tree.
//!
//! Two blanks of indentation; a collection in brackets stays on its line unless it, or a comment inside it, needs
//! more; plain text where plain is safe, double quotes elsewhere; comments and single empty lines where they were.

use super::quote::{self, Context};
use super::{Entry, Line, ListItem, Node, NodeKind, Style, comments};

/// The widest line a collection in brackets may make, in characters. Wider ones are written one entry a line.
const MAX_WIDTH: usize = 110;

/// The longest a key may be to stand before its `:` without a `? ` (YAML's limit is 1,024 characters, in the file's
/// spelling).
const MAX_SIMPLE_KEY: usize = 1000;

/// Writes a tree as a file. Line ends are `\n`, the last line has one.
pub fn write(node: &Node) -> String {
    let mut writer = Writer { out: String::new() };
    if writer.takes_lines(node) {
        if let Some(comment) = &node.trailing {
            // Nothing stands before the root on whose line its comment could be.
            writer.line(0, &comments::written(comment));
        }
        writer.body(node, 0, false);
    } else {
        writer.inline(node);
        writer.tail(node, 0);
    }
    writer.out
}

struct Writer {
    out: String,
}

impl Writer {
    /// The entries of a block collection and its tail. `open`: the first entry goes on the line that was begun.
    fn body(&mut self, node: &Node, indent: usize, open: bool) {
        match &node.kind {
            NodeKind::Map(entries) => {
                for (at, entry) in entries.iter().enumerate() {
                    self.lead(&entry.leading, indent, at == 0, open);
                    self.entry(entry, indent);
                }
            }
            NodeKind::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.lead(&item.leading, indent, at == 0, open);
                    self.item(item, indent);
                }
            }
            NodeKind::Scalar { .. } => {}
        }
        self.tail(node, indent);
    }

    /// What stands above an entry, and the indentation before it.
    fn lead(&mut self, leading: &[Line], indent: usize, first: bool, open: bool) {
        if first && open {
            return;
        }
        self.lines(&comments::tidy(leading, first, false), indent);
        self.indent(indent);
    }

    fn entry(&mut self, entry: &Entry, indent: usize) {
        let key = key(&entry.key, Context::Block);
        if key.chars().count() > MAX_SIMPLE_KEY {
            self.out.push_str("? ");
            self.out.push_str(&key);
            self.out.push('\n');
            self.indent(indent);
        } else {
            self.out.push_str(&key);
        }
        self.out.push(':');
        if self.takes_lines(&entry.value) {
            self.trailing(&entry.value);
            self.body(&entry.value, indent + 2, false);
        } else {
            if !entry.value.is_absent() {
                self.out.push(' ');
            }
            self.inline(&entry.value);
            self.tail(&entry.value, indent + 2);
        }
    }

    fn item(&mut self, item: &ListItem, indent: usize) {
        self.out.push('-');
        let node = &item.value;
        if !self.takes_lines(node) {
            if !node.is_absent() {
                self.out.push(' ');
            }
            self.inline(node);
            self.tail(node, indent + 2);
        } else if node.trailing.is_none() && !first_leading(node).iter().any(|line| *line != Line::Blank) {
            self.out.push(' ');
            self.body(node, indent + 2, true);
        } else {
            self.trailing(node);
            self.body(node, indent + 2, false);
        }
    }

    /// A node on the rest of the line, its comment, and the line's end.
    fn inline(&mut self, node: &Node) {
        self.out.push_str(&flow(node, Context::Block));
        self.trailing(node);
    }

    fn trailing(&mut self, node: &Node) {
        if let Some(comment) = &node.trailing {
            if !self.out.is_empty() {
                self.out.push(' ');
            }
            self.out.push_str(&comments::written(comment.trim()));
        }
        self.out.push('\n');
    }

    /// The comments and empty lines after the last entry.
    fn tail(&mut self, node: &Node, indent: usize) {
        self.lines(&comments::tidy(&node.tail, false, true), indent);
    }

    fn lines(&mut self, lines: &[Line], indent: usize) {
        for line in lines {
            match line {
                Line::Comment(text) => self.line(indent, &comments::written(text)),
                Line::Blank => self.out.push('\n'),
            }
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        self.indent(indent);
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn indent(&mut self, width: usize) {
        self.out.extend(std::iter::repeat_n(' ', width));
    }

    /// Whether a node gets lines of its own. Asked where its `key:` or `-` has just been written.
    fn takes_lines(&self, node: &Node) -> bool {
        if is_empty(node) {
            return false;
        }
        match (&node.kind, node.style) {
            (NodeKind::Scalar { .. }, _) => false,
            (_, Style::Block) => true,
            (_, Style::Flow) => {
                has_inner_comments(node)
                    || self.column() + 1 + flow(node, Context::Block).chars().count() > MAX_WIDTH
            }
        }
    }

    /// Characters on the line that is being written.
    fn column(&self) -> usize {
        let line_start = self.out.rfind('\n').map_or(0, |newline| newline + 1);
        self.out[line_start..].chars().count()
    }
}

fn is_empty(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Map(entries) => entries.is_empty(),
        NodeKind::List(items) => items.is_empty(),
        NodeKind::Scalar { .. } => false,
    }
}

fn first_leading(node: &Node) -> &[Line] {
    match &node.kind {
        NodeKind::Map(entries) => entries.first().map_or(&[], |entry| &entry.leading),
        NodeKind::List(items) => items.first().map_or(&[], |item| &item.leading),
        NodeKind::Scalar { .. } => &[],
    }
}

/// Whether a comment stands anywhere between the brackets of a collection.
fn has_inner_comments(node: &Node) -> bool {
    let inside = |leading: &[Line], value: &Node| {
        leading.iter().any(|line| *line != Line::Blank)
            || value.trailing.is_some()
            || has_inner_comments(value)
    };
    let children = match &node.kind {
        NodeKind::Map(entries) => entries.iter().any(|entry| inside(&entry.leading, &entry.value)),
        NodeKind::List(items) => items.iter().any(|item| inside(&item.leading, &item.value)),
        NodeKind::Scalar { .. } => false,
    };
    children || !node.tail.is_empty() && !is_empty(node)
}

/// A node on one line, without its comments.
fn flow(node: &Node, context: Context) -> String {
    match &node.kind {
        NodeKind::Scalar { text, quoted } => scalar(text, *quoted, context),
        NodeKind::List(items) if items.is_empty() => "[]".to_owned(),
        NodeKind::Map(entries) if entries.is_empty() => "{}".to_owned(),
        NodeKind::List(items) => {
            let items: Vec<String> = items.iter().map(|item| flow_item(&item.value)).collect();
            format!("[{}]", items.join(", "))
        }
        NodeKind::Map(entries) => {
            let entries: Vec<String> = entries.iter().map(flow_entry).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

/// Between commas nothing can stand for nothing.
fn flow_item(node: &Node) -> String {
    if node.is_absent() { quote::double_quoted("") } else { flow(node, Context::Flow) }
}

fn flow_entry(entry: &Entry) -> String {
    let key = key(&entry.key, Context::Flow);
    if entry.value.is_absent() { key } else { format!("{key}: {}", flow(&entry.value, Context::Flow)) }
}

fn scalar(text: &str, quoted: bool, context: Context) -> String {
    let absent = text.is_empty() && !quoted;
    if !absent && (quoted || quote::is_needed(text, context)) {
        quote::double_quoted(text)
    } else {
        text.to_owned()
    }
}

fn key(text: &str, context: Context) -> String {
    if quote::is_needed(text, context) || quote::is_another_tools_constant(text) {
        quote::double_quoted(text)
    } else {
        text.to_owned()
    }
}
