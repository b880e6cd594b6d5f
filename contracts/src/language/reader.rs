//! What reading a tree needs: scalars that know their places, a block's fields, and a sink for what is wrong.
//!
//! Reading never stops at a mistake. A field that can't be read is `None` in its collection, so that its name is
//! still known and nothing else is blamed for it.

use std::ops::Range;
use std::sync::Arc;

use super::{Block, Value};
use crate::codes;
use crate::diagnostic::{Diagnostic, Place, SourceFile, suggest};
use crate::yaml::{Entry, Node, NodeKind};

/// Collects what is wrong while a tree is read.
pub(crate) struct Reader {
    file: Arc<SourceFile>,
    /// Everything found, in the order it was found.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Reader {
    /// A reader of a file's tree.
    pub(crate) fn new(file: &Arc<SourceFile>) -> Self {
        Self { file: Arc::clone(file), diagnostics: Vec::new() }
    }

    /// Notes a finding.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// The place of a node; the start of the file for a node that was built, not read.
    pub(crate) fn place(&self, node: &Node) -> Place {
        self.or_start(node.place.as_ref())
    }

    fn or_start(&self, place: Option<&Place>) -> Place {
        place.cloned().unwrap_or_else(|| Place { file: Arc::clone(&self.file), range: 0..0 })
    }

    /// Says that a node is of another kind than its field takes.
    pub(crate) fn wrong_kind(&mut self, node: &Node, expected: &str) {
        let place = self.place(node);
        let found = describe(node);
        self.report(
            Diagnostic::error(codes::WRONG_KIND, format!("expected {expected}, found {found}"))
                .label(place, format!("this is {found}"))
                .help(format!("write {expected} here")),
        );
    }

    /// The scalar in a node; a finding and `None` where there is none, or nothing in it.
    pub(crate) fn scalar(&mut self, node: &Node, expected: &str) -> Option<Scalar> {
        match &node.kind {
            NodeKind::Scalar { text, quoted } if *quoted || !crate::yaml::is_null(text) => {
                Some(Scalar { text: text.clone(), place: self.place(node) })
            }
            _ => {
                self.wrong_kind(node, expected);
                None
            }
        }
    }
}

/// Whether a node is a quoted scalar: text, whatever stands between the quotes.
pub(crate) fn is_quoted(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Scalar { quoted: true, .. })
}

/// What a node is, in words a person would use.
fn describe(node: &Node) -> &'static str {
    match &node.kind {
        NodeKind::Scalar { text, quoted: false } if crate::yaml::is_null(text) => "nothing",
        NodeKind::Scalar { .. } => "text",
        NodeKind::List(_) => "a list",
        NodeKind::Map(_) => "a map",
    }
}

/// A scalar's text and its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scalar {
    /// The text, unescaped.
    pub(crate) text: String,
    /// Where it stands, quotes included.
    pub(crate) place: Place,
}

impl Scalar {
    /// The place of a part of the text, given as bytes of the unescaped text. Where the writing is too different from
    /// the text to tell (a folded or a block scalar), the whole scalar's place.
    pub(crate) fn inside(&self, range: Range<usize>) -> Place {
        let start = self.place.range.start;
        let raw = self.place.file.text.get(self.place.range.clone()).unwrap_or_default();
        let Some(offsets) = raw_offsets(raw, &self.text) else { return self.place.clone() };
        match (offsets.get(range.start), offsets.get(range.end)) {
            (Some(from), Some(to)) => {
                Place { file: Arc::clone(&self.place.file), range: start + from..start + to }
            }
            _ => self.place.clone(),
        }
    }
}

/// For each byte of the text, and its end, the byte of the raw scalar it was written at; `None` where the raw scalar
/// is not a one-line spelling of the text.
fn raw_offsets(raw: &str, text: &str) -> Option<Vec<usize>> {
    let (body, skipped, escape) = match raw.as_bytes().first()? {
        b'\'' => (raw.get(1..raw.len() - 1)?, 1, Escape::Single),
        b'"' => (raw.get(1..raw.len() - 1)?, 1, Escape::Double),
        _ => (raw, 0, Escape::None),
    };
    let mut offsets = Vec::with_capacity(text.len() + 1);
    let mut at = 0;
    for char in text.chars() {
        let width = escape.width(&body[at..], char)?;
        offsets.extend(std::iter::repeat_n(skipped + at, char.len_utf8()));
        at += width;
    }
    offsets.push(skipped + at);
    (at == body.len()).then_some(offsets)
}

/// How a scalar's style writes characters that can't stand for themselves.
#[derive(Clone, Copy)]
enum Escape {
    /// Plain: all stand for themselves.
    None,
    /// `''` is one quote.
    Single,
    /// Backslashes.
    Double,
}

impl Escape {
    /// The bytes `rest` spends on its first character, if that is `char`.
    fn width(self, rest: &str, char: char) -> Option<usize> {
        match self {
            Self::Single if char == '\'' => rest.starts_with("''").then_some(2),
            Self::Double if rest.starts_with('\\') => match rest.as_bytes().get(1)? {
                b'x' => Some(4),
                b'u' => Some(6),
                b'U' => Some(10),
                b'\n' | b'\r' => None,
                _ => Some(2),
            },
            _ => rest.starts_with(char).then(|| char.len_utf8()),
        }
    }
}

/// A block's fields while they are read.
pub(crate) struct Fields<'n, 'r> {
    block: &'r Block,
    owner: &'r Place,
    found: Vec<(&'n str, Place, &'n Node)>,
    reader: &'r mut Reader,
}

impl<'n, 'r> Fields<'n, 'r> {
    /// Opens a block: names its unknown fields, and sees that those that exclude or need each other do.
    pub(crate) fn open(
        block: &'r Block,
        node: &'n Node,
        owner: &'r Place,
        reader: &'r mut Reader,
    ) -> Option<Self> {
        let found = match (&node.kind, block.short) {
            (NodeKind::Map(entries), _) => known_fields(block, entries, reader),
            (NodeKind::Scalar { .. }, Some(short)) => vec![(short, reader.place(node), node)],
            _ => {
                reader.wrong_kind(node, &format!("{} (a map)", block.title));
                return None;
            }
        };
        let mut fields = Self { block, owner, found, reader };
        fields.check_one_of();
        fields.check_not_both();
        fields.check_only_with();
        Some(fields)
    }

    /// Reads a field that has to be there.
    pub(crate) fn required<T: Value>(&mut self, name: &str) -> Option<T> {
        if let Some(value) = self.read(name) {
            return value;
        }
        self.reader.report(
            Diagnostic::error(codes::MISSING_FIELD, format!("`{name}` is missing in {}", self.block.title))
                .label(self.owner.clone(), format!("needs `{name}`"))
                .help(format!("add `{name}: {}`", self.block.example(name))),
        );
        None
    }

    /// Reads a field that may be there: `None` if it is and can't be read, `Some(None)` if it isn't.
    pub(crate) fn optional<T: Value>(&mut self, name: &str) -> Option<Option<T>> {
        match self.read(name) {
            Some(None) if !T::HARMLESS => None,
            Some(value) => Some(value),
            None => Some(None),
        }
    }

    fn read<T: Value>(&mut self, name: &str) -> Option<Option<T>> {
        let (_, place, node) = self.found.iter().find(|(found, _, _)| *found == name)?;
        Some(T::read(node, place, self.reader))
    }

    fn check_one_of(&mut self) {
        let names = &self.block.one_of;
        let present: Vec<_> = self.found.iter().filter(|(name, _, _)| names.contains(name)).collect();
        let list = quoted_list(names);
        if let [(first, first_place, _), (second, second_place, _), ..] = present[..] {
            let message = format!("{} has both `{first}` and `{second}`", self.block.title);
            self.reader.report(
                Diagnostic::error(codes::FIELDS_EXCLUDE, message)
                    .label(second_place.clone(), "one too many")
                    .label(first_place.clone(), "the other one")
                    .help(format!("keep one of {list}")),
            );
        } else if present.is_empty() && !names.is_empty() {
            let message = format!("{} has none of {list}", self.block.title);
            self.reader.report(
                Diagnostic::error(codes::MISSING_FIELD, message)
                    .label(self.owner.clone(), format!("needs one of {list}"))
                    .help(format!("add `{}: {}`", names[0], self.block.example(names[0]))),
            );
        }
    }

    fn check_not_both(&mut self) {
        for names in &self.block.not_both {
            let mut present = self.found.iter().filter(|(name, _, _)| names.contains(name));
            let (Some((first, first_place, _)), Some((second, place, _))) = (present.next(), present.next())
            else {
                continue;
            };
            self.reader.report(
                Diagnostic::error(
                    codes::FIELDS_EXCLUDE,
                    format!("{} has both `{first}` and `{second}`", self.block.title),
                )
                .label(place.clone(), "one too many")
                .label(first_place.clone(), "the other one")
                .help(format!("keep one of {}", quoted_list(names))),
            );
        }
    }

    fn check_only_with(&mut self) {
        for (name, with) in &self.block.only_with {
            let Some((_, place, _)) = self.found.iter().find(|(found, _, _)| found == name) else { continue };
            if self.found.iter().any(|(found, _, _)| with.contains(found)) {
                continue;
            }
            let list = either(with);
            self.reader.report(
                Diagnostic::error(codes::FIELDS_EXCLUDE, format!("`{name}` means nothing without {list}"))
                    .label(place.clone(), format!("only goes with {list}"))
                    .help(format!("remove `{name}`, or write {list}")),
            );
        }
    }
}

/// Names of which one is enough: `a`, `b` or `c`.
pub(crate) fn either(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            let rest: Vec<_> = rest.iter().map(|name| format!("`{name}`")).collect();
            format!("{} or `{last}`", rest.join(", "))
        }
        _ => quoted_list(names),
    }
}

/// The entries that are fields of the block; a finding for each that isn't.
fn known_fields<'n>(
    block: &Block,
    entries: &'n [Entry],
    reader: &mut Reader,
) -> Vec<(&'n str, Place, &'n Node)> {
    let mut found = Vec::with_capacity(entries.len());
    for entry in entries {
        let place = reader.or_start(entry.key_place.as_ref());
        if block.fields.iter().any(|field| field.name == entry.key) {
            found.push((entry.key.as_str(), place, &entry.value));
            continue;
        }
        let names = || block.fields.iter().map(|field| field.name);
        let help = match suggest(&entry.key, names()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("its fields are {}", quoted_list(&names().collect::<Vec<_>>())),
        };
        reader.report(
            Diagnostic::error(codes::UNKNOWN_FIELD, format!("{} has no field `{}`", block.title, entry.key))
                .label(place, "unknown field")
                .help(help),
        );
    }
    found
}

/// The place of an entry's key.
pub(crate) fn key_place(entry: &Entry, reader: &Reader) -> Place {
    reader.or_start(entry.key_place.as_ref())
}

/// Names as a sentence lists them: `a`, `b` and `c`.
pub(crate) fn quoted_list<T: AsRef<str>>(names: &[T]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => "nothing".to_owned(),
    }
}
