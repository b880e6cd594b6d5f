//! From events and comments to the tree.
//!
//! A comment's home follows from its place alone, so the builder keeps a cursor at the end of what it has consumed and
//! asks, before each event, which comments lie between.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::events::{Comment, Event};
use crate::codes;
use crate::diagnostic::{Diagnostic, Place, SourceFile};
use crate::yaml::{Entry, Line, ListItem, MAX_DEPTH, Node, NodeKind, Style, comments, syntax};

/// Builds one tree.
pub(super) struct Builder<'a> {
    file: &'a Arc<SourceFile>,
    comments: Vec<Comment>,
    /// How many of them have found their home.
    placed: usize,
    /// The end of what has been consumed.
    cursor: usize,
    /// Whole-line comments (and empty lines) that wait for the entry below them.
    pending: Vec<Line>,
    /// Collections that haven't ended, outermost first.
    open: Vec<Frame>,
    root: Option<Node>,
}

/// A collection that hasn't ended.
struct Frame {
    children: Children,
    flow: bool,
    /// Where it starts.
    start: usize,
    /// Where its last child ends.
    end: usize,
    /// The indentation a comment must have to be in its tail.
    tail_column: usize,
    /// The comment on the line it was opened on.
    trailing: Option<String>,
    /// The entry whose value is awaited.
    slot: Option<Slot>,
    /// Whether it stands where a key should.
    is_key: bool,
}

enum Children {
    List(Vec<ListItem>),
    Map(Vec<Entry>, HashMap<String, Range<usize>>),
}

/// An entry or item whose value is awaited.
struct Slot {
    leading: Vec<Line>,
    /// Of a map's entry.
    key: Option<(String, Range<usize>)>,
    /// A comment on the line of `key:` or `-`.
    trailing: Option<String>,
}

impl Frame {
    fn is_empty(&self) -> bool {
        match &self.children {
            Children::List(items) => items.is_empty(),
            Children::Map(entries, _) => entries.is_empty(),
        }
    }

    /// The child that was completed last.
    fn last(&mut self) -> Option<&mut Node> {
        match &mut self.children {
            Children::List(items) => items.last_mut().map(|item| &mut item.value),
            Children::Map(entries, _) => entries.last_mut().map(|entry| &mut entry.value),
        }
    }

    const fn is_block_map(&self) -> bool {
        matches!(self.children, Children::Map(..)) && !self.flow
    }

    const fn awaits_key(&self) -> bool {
        matches!(self.children, Children::Map(..)) && self.slot.is_none()
    }
}

impl<'a> Builder<'a> {
    pub(super) fn new(file: &'a Arc<SourceFile>, comments: Vec<Comment>) -> Self {
        let cursor = if file.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { file, comments, placed: 0, cursor, pending: Vec::new(), open: Vec::new(), root: None }
    }

    /// The tree, as far as there is one; what is wrong with it is added to `diagnostics`.
    pub(super) fn build(
        mut self,
        events: Vec<(Event, Range<usize>)>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Node> {
        let mut documents = 0;
        for (event, range) in events {
            match event {
                Event::Document => {
                    documents += 1;
                    if documents > 1 {
                        diagnostics.push(self.second_document(range));
                        return None;
                    }
                    // `--- # comment` has nothing before it that the comment could belong to.
                    self.comments_until(range.start);
                    self.cursor = self.cursor.max(range.end);
                }
                Event::Tag => diagnostics.push(self.tag(range)),
                Event::Anchor => diagnostics.push(self.anchor(range, "anchor", "starts with `&`")),
                Event::Alias => {
                    diagnostics.push(self.anchor(range.clone(), "alias", "starts with `*`"));
                    self.scalar("*".to_owned(), true, range, diagnostics);
                }
                Event::Scalar { text, quoted } => self.scalar(text, quoted, range, diagnostics),
                Event::ListStart { flow } => self.start(Children::List(Vec::new()), flow, range),
                Event::MapStart { flow } => {
                    self.start(Children::Map(Vec::new(), HashMap::new()), flow, range);
                }
                Event::End { .. } => self.end(range, diagnostics),
            }
            if self.open.len() > MAX_DEPTH {
                diagnostics.push(self.too_deep());
                return None;
            }
        }
        self.finish()
    }

    /// The root, with every comment that found no other home.
    fn finish(mut self) -> Option<Node> {
        self.comments_until(self.file.text.len() + 1);
        let mut root = self.root?;
        root.tail.append(&mut self.pending);
        root.tail = comments::tidy(&root.tail, false, true);
        Some(root)
    }

    fn scalar(&mut self, text: String, quoted: bool, range: Range<usize>, diagnostics: &mut Vec<Diagnostic>) {
        if self.open.last().is_some_and(Frame::awaits_key) {
            self.key(text, quoted, range, diagnostics);
            return;
        }
        let absent = text.is_empty() && !quoted;
        self.begin_value(if absent { None } else { Some(range.start) });
        // The place of a value that isn't there is where it would be: comments after it belong to what follows.
        let range = if absent { self.cursor..self.cursor } else { range };
        if !absent {
            self.comments_until(range.start);
            self.pending_to_slot();
        }
        let node = Node::new(NodeKind::Scalar { text, quoted }, Style::Block);
        self.complete(node, range.clone());
        self.cursor = self.cursor.max(range.end);
        // `key: |  # comment` stands inside the range of the text below it.
        self.comments_until(self.cursor);
    }

    fn key(&mut self, text: String, quoted: bool, range: Range<usize>, diagnostics: &mut Vec<Diagnostic>) {
        if text.is_empty() && !quoted {
            diagnostics.push(self.missing_key(range.start));
        } else {
            self.comments_until(range.start);
        }
        if text == "<<" && !quoted {
            diagnostics.push(self.merge_key(range.clone()));
        }
        let leading = self.leading(range.start);
        self.cursor = self.cursor.max(range.end);
        let place = Place::new(self.file, range.clone());
        let Some(frame) = self.open.last_mut() else { return };
        if let Children::Map(_, known) = &mut frame.children {
            if let Some(first) = known.get(&text) {
                let first = Place::new(self.file, first.clone());
                diagnostics.push(duplicate_key(&text, place, first));
            } else {
                known.insert(text.clone(), range.clone());
            }
        }
        frame.slot = Some(Slot { leading, key: Some((text, range)), trailing: None });
    }

    fn start(&mut self, children: Children, flow: bool, mut range: Range<usize>) {
        let is_key = self.open.last().is_some_and(Frame::awaits_key);
        if !is_key {
            self.begin_value(Some(range.start));
        }
        if flow {
            self.comments_until(range.start);
            // A root has no slot; what stands above it is for its first entry.
            self.pending_to_slot();
        } else {
            self.comments_here(None);
            range.start = self.block_start(range.start);
        }
        let trailing = self.open.last_mut().and_then(|frame| frame.slot.as_mut()?.trailing.take());
        let column = self.column(range.start);
        let indentless = matches!(children, Children::List(_))
            && self.open.last().is_some_and(|outer| outer.is_block_map() && outer.tail_column == column);
        self.open.push(Frame {
            children,
            flow,
            start: range.start,
            end: range.end,
            // A list may start in the column of its key; a comment there belongs to the next key.
            tail_column: if indentless { column + 1 } else { column },
            trailing,
            slot: None,
            is_key,
        });
        if flow {
            self.cursor = self.cursor.max(range.end);
        }
    }

    fn end(&mut self, range: Range<usize>, diagnostics: &mut Vec<Diagnostic>) {
        let Some(frame) = self.open.last() else { return };
        let (flow, column) = (frame.flow, frame.tail_column);
        if flow {
            self.comments_until(range.start);
            self.cursor = self.cursor.max(range.end);
        } else {
            self.comments_here(Some(column));
        }
        let Some(mut frame) = self.open.pop() else { return };
        let mut tail = Vec::new();
        if !frame.is_empty() {
            tail = std::mem::take(&mut self.pending);
            if flow {
                tail.retain(|line| *line != Line::Blank);
            }
        }
        let end = if flow { range.end } else { frame.end };
        let style = if flow { Style::Flow } else { Style::Block };
        let trailing = frame.trailing.take();
        let kind = match frame.children {
            Children::List(items) => NodeKind::List(items),
            Children::Map(entries, _) => NodeKind::Map(entries),
        };
        let mut node = Node::new(kind, style);
        node.tail = comments::tidy(&tail, false, true);
        node.trailing = trailing;
        if frame.is_key {
            diagnostics.push(self.complex_key(frame.start..end, &node));
            if let Some(outer) = self.open.last_mut() {
                outer.slot = Some(Slot {
                    leading: Vec::new(),
                    key: Some((String::new(), frame.start..end)),
                    trailing: None,
                });
            }
        } else {
            self.complete(node, frame.start..end);
        }
    }

    /// Puts a finished node into its collection.
    fn complete(&mut self, mut node: Node, range: Range<usize>) {
        node.place = Some(Place::new(self.file, range.clone()));
        let Some(frame) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        frame.end = frame.end.max(range.end);
        let Some(slot) = frame.slot.take() else { return };
        if node.trailing.is_none() {
            node.trailing = slot.trailing;
        }
        match (&mut frame.children, slot.key) {
            (Children::List(items), _) => items.push(ListItem { leading: slot.leading, value: node }),
            (Children::Map(entries, _), Some((key, key_range))) => entries.push(Entry {
                leading: slot.leading,
                key,
                key_place: Some(Place::new(self.file, key_range)),
                value: node,
            }),
            (Children::Map(..), None) => {}
        }
    }

    /// Consumes what introduces a value: a `-` (with the comments above it), a `:`. `start`: where the value starts,
    /// if there is one.
    fn begin_value(&mut self, start: Option<usize>) {
        let Some(frame) = self.open.last() else { return };
        match (&frame.children, frame.flow) {
            (Children::Map(..), _) => self.indicator(':'),
            (Children::List(_), false) => {
                self.comments_here(None);
                let leading = self.leading(self.cursor + blanks(&self.file.text[self.cursor..]));
                self.indicator('-');
                self.open_item(leading);
            }
            (Children::List(_), true) => {
                self.comments_until(start.unwrap_or(self.cursor));
                let leading = self.leading(self.cursor);
                self.open_item(leading);
            }
        }
    }

    /// Where a block collection starts. The parser starts a list in the column of its key after the first `-`.
    fn block_start(&self, said: usize) -> usize {
        let next = self.cursor + blanks(&self.file.text[self.cursor..]);
        if self.file.text[next..].starts_with('-') { said.min(next) } else { said }
    }

    fn open_item(&mut self, leading: Vec<Line>) {
        if let Some(frame) = self.open.last_mut() {
            frame.slot = Some(Slot { leading, key: None, trailing: None });
        }
    }

    /// Moves whole-line comments that stand between a key (or `-`) and its value above the entry.
    fn pending_to_slot(&mut self) {
        let Some(slot) = self.open.last_mut().and_then(|frame| frame.slot.as_mut()) else { return };
        slot.leading.extend(self.pending.drain(..).filter(|line| *line != Line::Blank));
    }

    /// The lines above an entry that starts at `start`.
    fn leading(&mut self, start: usize) -> Vec<Line> {
        let Some(frame) = self.open.last() else { return Vec::new() };
        let (first, flow) = (frame.is_empty(), frame.flow);
        if !flow && self.opens_line(start) && self.is_after_blank_line(start) {
            self.pending.push(Line::Blank);
        }
        let mut lines = std::mem::take(&mut self.pending);
        if flow {
            lines.retain(|line| *line != Line::Blank);
        }
        comments::tidy(&lines, first, false)
    }

    /// Consumes `indicator` if it comes next, comments aside; otherwise nothing.
    fn indicator(&mut self, indicator: char) {
        let text = &self.file.text;
        let mut at = self.cursor;
        for comment in &self.comments[self.placed..] {
            at += blanks(&text[at..]);
            if comment.range.start != at {
                break;
            }
            at = comment.range.end;
        }
        at += blanks(&text[at..]);
        if text[at..].starts_with(indicator) {
            self.comments_until(at);
            self.cursor = at + indicator.len_utf8();
        }
    }

    /// Consumes the comments before `offset`.
    fn comments_until(&mut self, offset: usize) {
        while self.comments.get(self.placed).is_some_and(|comment| comment.range.start < offset) {
            self.place_next();
        }
        self.cursor = self.cursor.max(offset.min(self.file.text.len()));
    }

    /// Consumes the comments that come next, as long as nothing else does. With `column`: only those at the end of
    /// their line, or at least so far indented.
    fn comments_here(&mut self, column: Option<usize>) {
        loop {
            let start = self.cursor + blanks(&self.file.text[self.cursor..]);
            let Some(comment) = self.comments.get(self.placed) else { return };
            let range = comment.range.clone();
            let too_far_left = |column| self.is_first_on_line(start) && self.column(start) < column;
            if range.start != start || column.is_some_and(too_far_left) {
                return;
            }
            self.place_next();
            self.cursor = range.end;
        }
    }

    /// Finds the next comment its home.
    fn place_next(&mut self) {
        let Some(comment) = self.comments.get(self.placed) else { return };
        let (start, text) = (comment.range.start, comments::text_of(&comment.raw));
        self.placed += 1;
        if !self.is_first_on_line(start) {
            if let Some(home) = self.line_home() {
                *home = Some(text.trim().to_owned());
                return;
            }
        } else if self.is_after_blank_line(start) {
            self.pending.push(Line::Blank);
        }
        self.pending.push(Line::Comment(text));
    }

    /// Where a comment at the end of the current line goes, if nothing is there yet.
    fn line_home(&mut self) -> Option<&mut Option<String>> {
        let home = match self.open.last_mut() {
            None => &mut self.root.as_mut()?.trailing,
            Some(Frame { slot: Some(slot), .. }) => &mut slot.trailing,
            Some(frame) if frame.is_empty() => &mut frame.trailing,
            Some(frame) => &mut frame.last()?.trailing,
        };
        home.is_none().then_some(home)
    }

    fn line_start(&self, offset: usize) -> usize {
        let mark = if self.file.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        self.file.text[..offset].rfind(['\n', '\r']).map_or(mark, |newline| newline + 1)
    }

    /// Bytes before it on its line; only asked where they are blanks and indicators.
    fn column(&self, offset: usize) -> usize {
        offset - self.line_start(offset)
    }

    fn is_first_on_line(&self, offset: usize) -> bool {
        self.file.text[self.line_start(offset)..offset].chars().all(|c| c == ' ' || c == '\t')
    }

    /// As above, but for the `?` of a long key.
    fn opens_line(&self, offset: usize) -> bool {
        let before = self.file.text[self.line_start(offset)..offset].trim();
        before.is_empty() || before == "?"
    }

    fn is_after_blank_line(&self, offset: usize) -> bool {
        let before = &self.file.text[..self.line_start(offset)];
        let before = before.strip_suffix('\n').unwrap_or(before);
        let before = before.strip_suffix('\r').unwrap_or(before);
        let previous = before.rsplit(['\n', '\r']).next().unwrap_or("");
        self.line_start(offset) > 0 && previous.trim().is_empty()
    }
}

/// Diagnostics.
impl Builder<'_> {
    fn second_document(&self, range: Range<usize>) -> Diagnostic {
        Diagnostic::error(codes::YAML_DOCUMENTS, "the file holds more than one document")
            .label(Place::new(self.file, range), "a second one starts here")
            .help("keep one contract in a file: delete the line, or move what follows to a file of its own")
    }

    fn tag(&self, range: Range<usize>) -> Diagnostic {
        Diagnostic::error(codes::YAML_TAG, "a tag is used")
            .label(Place::new(self.file, range), "starts with `!`")
            .help("delete the tag, or put the text in quotes if the `!` belongs to it")
    }

    fn anchor(&self, range: Range<usize>, what: &str, label: &str) -> Diagnostic {
        Diagnostic::error(codes::YAML_ANCHOR, format!("an {what} is used"))
            .label(Place::new(self.file, range), label)
            .help(
                "write the value out where it is meant, or put the text in quotes if the sign belongs to it",
            )
    }

    fn merge_key(&self, range: Range<usize>) -> Diagnostic {
        Diagnostic::error(codes::YAML_MERGE_KEY, "a merge key is used")
            .label(Place::new(self.file, range), "would pull in another map")
            .help("write the entries out; a key that really is `<<` is written in quotes")
    }

    fn missing_key(&self, at: usize) -> Diagnostic {
        Diagnostic::error(codes::YAML_COMPLEX_KEY, "a map's key is missing")
            .label(Place::new(self.file, at..at), "expected before the `:`")
            .help("write `key: value`; an empty key is written `\"\"`")
    }

    fn complex_key(&self, range: Range<usize>, key: &Node) -> Diagnostic {
        Diagnostic::error(codes::YAML_COMPLEX_KEY, format!("a map's key is {}", key.kind_name()))
            .label(Place::new(self.file, range), "this is a key")
            .help("a key is a plain text; put it in quotes if brackets or braces belong to it")
    }

    fn too_deep(&self) -> Diagnostic {
        let (code, message, label, help) = syntax::depth();
        let range = self.open.last().map_or(0..0, |frame| frame.start..frame.end);
        Diagnostic::error(code, message).label(Place::new(self.file, range), label).help(help)
    }
}

fn duplicate_key(key: &str, place: Place, first: Place) -> Diagnostic {
    Diagnostic::error(codes::YAML_DUPLICATE_KEY, format!("`{key}` stands twice in one map"))
        .label(place, "the second time")
        .label(first, "the first time")
        .help("keep one of the two, or give one another name")
}

/// How many bytes of blanks and line breaks a text starts with.
fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\n', '\r']).len()
}
