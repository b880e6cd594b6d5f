//! Kinds of value that are texts of a form: rates, spans of time, changes.

use super::reader::{Reader, Scalar};
use super::{List, Shape, UNBOUNDED, Value};
use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::language::AttributeName;
use crate::model::{Change, ChangeKind, Rate, Span, SpanUnit};
use crate::yaml::{Node, NodeKind};

/// What a text of a form says.
pub(crate) trait Form: Sized {
    /// What it is, with its article.
    const WHAT: &'static str;
    /// A text of the form.
    const EXAMPLE: &'static str;

    /// What a text says; `None` for one that is not of the form.
    fn parse(text: &str) -> Option<Self>;

    /// A regular expression for the whole of such a text.
    fn pattern() -> String;
}

/// A text of a form, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Formed<T> {
    /// What it says.
    pub(crate) value: T,
    /// Where.
    pub(crate) place: Place,
}

impl<T: Form> Value for Formed<T> {
    fn read(node: &Node, _: &Place, reader: &mut Reader) -> Option<Self> {
        let Scalar { text, place } = reader.scalar(node, T::WHAT)?;
        if let Some(value) = T::parse(&text) {
            return Some(Self { value, place });
        }
        reader.report(
            Diagnostic::error(codes::BAD_VALUE, format!("`{text}` is not {}", T::WHAT))
                .label(place, "can't be read")
                .help(format!("write it as in `{}`", T::EXAMPLE)),
        );
        None
    }

    fn shape() -> Shape {
        Shape::Form(T::WHAT, T::pattern())
    }
}

/// The most digits a number of a form has, so that it fits 32 bits.
const DIGITS: usize = 9;

/// A whole number above 0, as the patterns below have it.
fn number(text: &str) -> Option<u32> {
    let plain = text.len() <= DIGITS && !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn number_pattern() -> String {
    format!("[1-9][0-9]{{0,{}}}", DIGITS - 1)
}

impl Form for Rate {
    const WHAT: &'static str = "how often, as a number of times per `s`, `min`, `h` or `d`";
    const EXAMPLE: &'static str = "220/s";

    fn parse(text: &str) -> Option<Self> {
        let (times, unit) = text.split_once('/')?;
        let seconds = match unit {
            "s" => 1,
            "min" => 60,
            "h" => 3_600,
            "d" => 86_400,
            _ => return None,
        };
        Some(Self { times: number(times)?, seconds })
    }

    fn pattern() -> String {
        format!("{}/(s|min|h|d)", number_pattern())
    }
}

impl Form for Span {
    const WHAT: &'static str = "a span of time, as a number of `y`, `mo`, `w`, `d`, `h`, `min` or `s`";
    const EXAMPLE: &'static str = "30d";

    fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = text.split_at(digits);
        let unit = SpanUnit::ALL.into_iter().find(|known| known.name() == unit)?;
        Some(Self { count: number(count)?, unit })
    }

    fn pattern() -> String {
        let units: Vec<_> = SpanUnit::ALL.into_iter().map(SpanUnit::name).collect();
        format!("{}({})", number_pattern(), units.join("|"))
    }
}

impl Form for Change {
    const WHAT: &'static str = "a change, as `insert`, `change` or `delete` and an entity's name";
    const EXAMPLE: &'static str = "insert Order";

    fn parse(text: &str) -> Option<Self> {
        let (kind, entity) = text.split_once(' ')?;
        let kind = ChangeKind::ALL.into_iter().find(|known| known.name() == kind)?;
        let plain = entity.starts_with(|first: char| first.is_ascii_uppercase())
            && entity.chars().all(|character| character.is_ascii_alphanumeric());
        plain.then(|| Self { kind, entity: entity.to_owned() })
    }

    fn pattern() -> String {
        let kinds: Vec<_> = ChangeKind::ALL.into_iter().map(ChangeKind::name).collect();
        format!("({}) [A-Z][A-Za-z0-9]*", kinds.join("|"))
    }
}

/// What an index holds of each item besides keys.
#[derive(Clone, Debug)]
pub(crate) enum Project {
    /// All of it.
    All,
    /// Nothing.
    Keys,
    /// These attributes.
    Attributes(List<AttributeName, 1, UNBOUNDED>),
}

impl Value for Project {
    fn read(node: &Node, owner: &Place, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            NodeKind::Scalar { text, .. } if text == "all" => Some(Self::All),
            NodeKind::Scalar { text, .. } if text == "keys" => Some(Self::Keys),
            NodeKind::List(_) => List::read(node, owner, reader).map(Self::Attributes),
            _ => {
                reader.wrong_kind(node, &Self::shape().to_string());
                None
            }
        }
    }

    fn shape() -> Shape {
        Shape::Or(vec!["all", "keys"], Box::new(List::<AttributeName, 1, UNBOUNDED>::shape()))
    }
}
