//! The reader: the parser's events, collected, then built into a tree.
//!
//! The parser gives every event its byte range and every comment its place; [`builder`] walks both side by side.

mod builder;
mod events;

use std::sync::Arc;

use self::builder::Builder;
use self::events::{Event, Events};
use super::{Node, syntax};
use crate::codes;
use crate::diagnostic::{Diagnostic, Place, SourceFile};
use crate::{Outcome, diagnostic};

/// Reads a file into a tree.
///
/// A syntax error is reported alone, since nothing after it can be trusted; everything else (duplicate keys, anchors,
/// tags, …) all at once.
pub fn parse(file: &Arc<SourceFile>) -> Outcome<Node> {
    let mut diagnostics: Vec<Diagnostic> = byte_order_mark(file).into_iter().collect();
    let node = match events::collect(file) {
        Ok(events) => build(file, events, &mut diagnostics),
        Err(error) => {
            diagnostics.push(*error);
            None
        }
    };
    diagnostic::sort(&mut diagnostics);
    let value = node.filter(|_| !diagnostic::has_errors(&diagnostics));
    Outcome { value, diagnostics }
}

fn build(file: &Arc<SourceFile>, events: Events, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    if !events.list.iter().any(|(event, _)| event.is_content()) {
        diagnostics.push(empty(file));
        return None;
    }
    if let Some(tab) = stray_tab(file, &events) {
        diagnostics.push(syntax::tab_diagnostic(file, tab));
        return None;
    }
    Builder::new(file, events.comments).build(events.list, diagnostics)
}

fn empty(file: &Arc<SourceFile>) -> Diagnostic {
    Diagnostic::error(codes::YAML_EMPTY, "the file says nothing")
        .label(Place::new(file, 0..0), "no entry follows")
        .help("start with `contract: 1`, or let `migratable analyze` write the file from DDL")
}

fn byte_order_mark(file: &Arc<SourceFile>) -> Option<Diagnostic> {
    file.text.starts_with('\u{feff}').then(|| {
        Diagnostic::warning(codes::YAML_BOM, "the file starts with a byte order mark")
            .label(Place::new(file, 0..'\u{feff}'.len_utf8()), "can't be seen, and is ignored")
            .help("save the file as UTF-8 without a byte order mark")
    })
}

/// A tab that indents a line of block structure, where the parser let it pass. Inside brackets and texts of several
/// lines a tab is only a blank.
fn stray_tab(file: &SourceFile, events: &Events) -> Option<std::ops::Range<usize>> {
    syntax::indentation_tabs(&file.text).find(|tab| {
        let mut depth = 0_usize;
        for (event, range) in &events.list {
            if range.start >= tab.end {
                break;
            }
            match event {
                Event::Scalar { quoted: true, .. } if range.end > tab.end => return false,
                Event::MapStart { flow: true, .. } | Event::ListStart { flow: true, .. } => depth += 1,
                Event::End { flow: true } => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        depth == 0
    })
}
