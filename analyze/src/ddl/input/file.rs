//! One file: bytes to statements to the session.

use std::io::{self, Read};
use std::sync::Arc;

use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;
use migratable_contract::diagnostic::{Origin, Place, SourceFile};

use super::super::problem::{self, Reporter};
use super::super::session::Session;
use super::super::splitter::{Cut, Kind, Splitter};
use super::super::statement::{Statement, classify};
use super::decode::{Decoded, decode};
use super::{charset, dialect};

/// After so many unknown statements in a row the file isn't SQL.
const STRANGERS: usize = 50;

/// What files start with that are packed, and what unpacks them.
const PACKED: [(&[u8], &str); 5] = [
    (b"\x1f\x8b", "gzip -dc"),
    (b"\x28\xb5\x2f\xfd", "zstd -dc"),
    (b"\xfd7zXZ", "xz -dc"),
    (b"BZh", "bzip2 -dc"),
    (b"PK\x03\x04", "unzip -p"),
];

/// Reads the file with that name and number.
pub(super) fn read(
    session: &mut Session,
    (name, number): (&str, usize),
    input: &mut dyn Read,
) -> io::Result<()> {
    let mut head = Vec::new();
    (&mut *input).take(6).read_to_end(&mut head)?;
    if let Some((_, tool)) = PACKED.iter().find(|(magic, _)| head.starts_with(magic)) {
        session.say(problem::packed(name, tool));
        return Ok(());
    }
    let file =
        File { name, number, session, encoding: None, dialect: None, replaced: false, strangers: None };
    match *head {
        // As `>` makes them on Windows.
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            let input = head.chain(input);
            file.read(&mut DecodeReaderBytesBuilder::new().build(input))
        }
        // A mark is three bytes that are no SQL; blanks keep all places.
        [0xef, 0xbb, 0xbf, ..] => file.read(&mut b"   ".chain(&head[3..]).chain(input)),
        _ => file.read(&mut head.chain(input)),
    }
}

struct File<'s> {
    name: &'s str,
    number: usize,
    session: &'s mut Session,
    /// Of the statements from here on, where they aren't UTF-8.
    encoding: Option<&'static Encoding>,
    /// The other kind of database it is a dump of.
    dialect: Option<&'static str>,
    /// Whether it was said that bytes were replaced.
    replaced: bool,
    strangers: Option<Strangers>,
}

/// Statements in a row that are not known.
struct Strangers {
    count: usize,
    first: Place,
    /// How many diagnostics there were before.
    said: usize,
}

/// Whether to read on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Go {
    On,
    Stop,
}

impl File<'_> {
    fn read(mut self, input: &mut dyn Read) -> io::Result<()> {
        let mut splitter = Splitter::new(input, self.session.server());
        while let Some(cut) = splitter.next()? {
            let bytes = splitter.excerpt(&cut);
            let go = match cut.kind {
                Kind::Whole => self.statement(&cut, bytes),
                Kind::Data | Kind::TooLong => self.passed_over(&cut, bytes),
            };
            if go == Go::Stop {
                return Ok(());
            }
            if splitter.gave_up() {
                self.session.say(problem::given_up(
                    self.place(&cut, splitter.excerpt(&cut)),
                    "64 quotes or comments in it are never closed",
                ));
            }
            splitter.set_leads(charset::leads(self.encoding));
        }
        Ok(())
    }

    /// A statement that is there whole.
    fn statement(&mut self, cut: &Cut, bytes: &[u8]) -> Go {
        let start = cut.range.start - cut.line.start;
        if let Some(zero) = memchr::memchr(0, &bytes[start..]) {
            self.session.say(problem::binary(self.name, "a zero byte", cut.range.start + zero));
            return Go::Stop;
        }
        let ends = [cut.range.end, cut.unterminated.unwrap_or(cut.range.end)];
        let places = [start, ends[0] - cut.line.start, ends[1] - cut.line.start];
        let Decoded { text, places: [start, end, opening], foreign, refused } =
            decode(bytes, places, self.encoding);
        let file = self.excerpt(cut, text);
        let place = Place::new(&file, start..end);
        if let Some(offset) = refused {
            let said = self.session.said();
            self.session.say(problem::not_utf8(&file, offset, bytes[offset]));
            return self.count_strangers(place, said);
        }
        if let Some(offset) = foreign.filter(|_| !std::mem::replace(&mut self.replaced, true)) {
            self.session.say(problem::replaced(&file, offset, bytes[offset]));
        }
        if let Some(encoding) = charset::set_names(place.text(), self.session.server()) {
            self.encoding = encoding;
        }
        if let Some(dialect) = dialect::foreign(place.text()) {
            if self.dialect.replace(dialect).is_none() {
                self.session.say(problem::other_dialect(&place, dialect));
            }
            self.session.pass_over();
            return Go::On;
        }
        let said = self.session.said();
        self.session.statement(&place, cut.unterminated.map(|_| opening));
        if cut.unterminated.is_some() { Go::On } else { self.count_strangers(place, said) }
    }

    /// Data: nothing of it matters but that it ends.
    fn passed_over(&mut self, cut: &Cut, head: &[u8]) -> Go {
        self.session.pass_over();
        if cut.kind == Kind::TooLong {
            let place = self.place(cut, head);
            self.session.say(problem::too_long(place));
        }
        if let Some(opening) = cut.unterminated {
            let place = self.place(cut, head);
            let near = opening - cut.line.start;
            let report = Reporter { file: Arc::clone(&place.file) };
            self.session.say(if near < head.len() && place.file.text.len() == head.len() {
                report.unterminated(near)
            } else {
                report.unterminated_behind(place.range)
            });
        }
        self.strangers = None;
        Go::On
    }

    /// Gives the file up when too much of it is not known, and takes back what was said of that.
    fn count_strangers(&mut self, place: Place, said: usize) -> Go {
        if !matches!(classify(place.text(), self.session.server()), Statement::Unknown(_)) {
            self.strangers = None;
            return Go::On;
        }
        let strangers = self.strangers.get_or_insert(Strangers { count: 0, first: place, said });
        strangers.count += 1;
        if strangers.count < STRANGERS {
            return Go::On;
        }
        self.session.take_back(strangers.said);
        let why = format!("{STRANGERS} statements in a row are not known here");
        self.session.say(problem::given_up(strangers.first.clone(), &why));
        Go::Stop
    }

    /// The first line of the statement.
    fn place(&self, cut: &Cut, head: &[u8]) -> Place {
        let start = (cut.range.start - cut.line.start).min(head.len());
        let before = String::from_utf8_lossy(&head[..start]);
        let text = String::from_utf8_lossy(&head[start..]);
        let line = text.lines().next().unwrap_or_default().trim_end().len();
        let start = before.len();
        let file = self.excerpt(cut, format!("{before}{text}"));
        Place::new(&file, start..start + line)
    }

    fn excerpt(&self, cut: &Cut, text: String) -> Arc<SourceFile> {
        let origin = Origin { file: self.number, offset: cut.line.start, lines: cut.line.before };
        SourceFile::excerpt(self.name, text, origin)
    }
}
