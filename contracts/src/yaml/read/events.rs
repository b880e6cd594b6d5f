//! The parser's events, reduced to what a contract may hold, each with its byte range.

use std::ops::Range;
use std::sync::Arc;

use serde_yaml::granit_parser::{self as granit, Parser, ScalarStyle, Span, StructureStyle};

use crate::diagnostic::{Diagnostic, SourceFile};
use crate::yaml::syntax;

/// What the builder works from.
pub(super) enum Event {
    /// A document starts.
    Document,
    /// A scalar.
    Scalar { text: String, quoted: bool },
    /// A list starts.
    ListStart { flow: bool },
    /// A map starts.
    MapStart { flow: bool },
    /// The innermost collection ends.
    End { flow: bool },
    /// `*name`: stands where a node would.
    Alias,
    /// `&name`: follows the node it is written before.
    Anchor,
    /// `!name`: comes before the node it is written before.
    Tag,
}

impl Event {
    /// Whether it is, or starts, a node that says something.
    pub(super) fn is_content(&self) -> bool {
        match self {
            Self::Scalar { text, quoted } => *quoted || !text.is_empty(),
            Self::ListStart { .. } | Self::MapStart { .. } | Self::Alias => true,
            Self::Document | Self::End { .. } | Self::Anchor | Self::Tag => false,
        }
    }
}

/// A comment: where it stands, and what follows its `#`.
pub(super) struct Comment {
    /// From `#` to the end of the line.
    pub(super) range: Range<usize>,
    /// The text after `#`.
    pub(super) raw: String,
}

/// A whole file's events, comments apart and in order.
pub(super) struct Events {
    pub(super) list: Vec<(Event, Range<usize>)>,
    pub(super) comments: Vec<Comment>,
}

/// Runs the parser to the end, or to its first error.
pub(super) fn collect(file: &Arc<SourceFile>) -> Result<Events, Box<Diagnostic>> {
    let options = granit::options! {
        disallow_directives: true,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        // The file is in memory already: neither limit protects anything.
        max_buffered_comment_events: usize::MAX,
        simple_key_max_lookahead: 1 << 16,
    };
    let mut events = Events { list: Vec::new(), comments: Vec::new() };
    let mut open = Vec::new();
    let mut understood = 0;
    for next in Parser::new_from_str_with_options(&file.text, options) {
        let (event, span) = next.map_err(|error| {
            let bracket = open.iter().rev().find_map(|collection: &Open| collection.bracket.clone());
            Box::new(syntax::diagnostic(file, &error, understood, bracket))
        })?;
        let range = byte_range(&span, &file.text);
        understood = understood.max(range.start);
        events.push(event, &span, range, &mut open);
    }
    events.comments.sort_by_key(|comment| comment.range.start);
    Ok(events)
}

impl Events {
    /// `open`: the collections that haven't ended.
    fn push(&mut self, event: granit::Event<'_>, span: &Span, range: Range<usize>, open: &mut Vec<Open>) {
        if let (Some(_), Some(tag)) =
            (event.tag(), span.tag_span().or_else(|| span.tag_start().map(Span::empty)))
        {
            self.list.push((Event::Tag, tag.byte_range().unwrap_or_else(|| range.clone())));
        }
        let event = match event {
            granit::Event::Comment(text, _) => {
                self.comments.push(Comment { range, raw: text.into_owned() });
                return;
            }
            granit::Event::DocumentStart(..) => Event::Document,
            // The parser puts `~` where nothing is written; only the range tells it from a real one.
            granit::Event::Scalar(_, ScalarStyle::Plain, ..) if range.is_empty() => {
                Event::Scalar { text: String::new(), quoted: false }
            }
            granit::Event::Scalar(text, style, ..) => {
                Event::Scalar { text: text.into_owned(), quoted: style != ScalarStyle::Plain }
            }
            granit::Event::SequenceStart(style, ..) => Event::ListStart { flow: opened(style, &range, open) },
            granit::Event::MappingStart(style, ..) => Event::MapStart { flow: opened(style, &range, open) },
            granit::Event::SequenceEnd | granit::Event::MappingEnd => {
                Event::End { flow: open.pop().is_some_and(|collection| collection.bracket.is_some()) }
            }
            granit::Event::Alias(_) | granit::Event::UnresolvedAlias(_) => Event::Alias,
            granit::Event::Anchor(..) => Event::Anchor,
            _ => return,
        };
        self.list.push((event, range));
    }
}

/// A collection that hasn't ended.
struct Open {
    /// Where it was opened, if by a bracket.
    bracket: Option<Range<usize>>,
}

fn opened(style: StructureStyle, range: &Range<usize>, open: &mut Vec<Open>) -> bool {
    let flow = style == StructureStyle::Flow;
    open.push(Open { bracket: flow.then(|| range.clone()) });
    flow
}

/// The parser always knows byte offsets of a `&str`; the fallback, the whole file, keeps a wrong assumption harmless.
fn byte_range(span: &Span, text: &str) -> Range<usize> {
    span.byte_range().unwrap_or(0..text.len())
}
