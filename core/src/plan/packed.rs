//! A plan as one short text, to stand in compiled code: a literal costs the compiler next to nothing, where the same plan
//! as a constant expression costs it more than all the rest of an entity.
//!
//! The text is the plan's values one after another, each ended by a blank: numbers in digits, `0` or `1` for a flag and
//! before what may be absent, variants by name, and texts and lists behind their lengths. It is written and read by the
//! same version, so it carries no names of fields and no version of its own. SQL follows from the rest and is made again.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::{
    AccessPattern, Aggregate, Attribute, ChildRows, Collection, CollectionForm, Column, Compute, Derived,
    DerivedSource, Filter, Function, Ids, Index, Join, KeyAttribute, KeySource, MapAttribute, Marker, Member,
    Memo, OnDelete, Ordering, PatternKind, PatternSql, Plan, Reference, Referrer, Scalar, TextPart, Tree,
    TreeValue,
};
use crate::check::{Check, Expr, Op};
use crate::collation::Collation;
use crate::dynamodb::AttributeType;
use crate::key::{KeyFormat, KeyPart, KeyTemplate};
use crate::mysql::{IntSize, LobSize, MySqlType, ZeroDates};
use crate::value::{Date, DateTime, Time};
use crate::{List, Text, sql};

/// A plan in compiled code, read when it is first asked for.
#[derive(Debug)]
pub struct PackedPlan {
    text: &'static str,
    plan: OnceLock<Plan>,
}

impl PackedPlan {
    /// The plan that [`Plan::pack`] made this text of.
    pub const fn new(text: &'static str) -> Self {
        Self { text, plan: OnceLock::new() }
    }

    /// The plan.
    ///
    /// # Panics
    /// The text is not one of [`Plan::pack`]. The derive writes no other, and is of the runtime's version.
    pub fn get(&self) -> &Plan {
        self.plan.get_or_init(|| Plan::unpack(self.text).expect("a plan packed by this version"))
    }
}

impl Plan {
    /// The plan as one text.
    pub fn pack(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    /// The plan of a text that [`Plan::pack`] made; `None` for any other. Its texts are not copied.
    pub fn unpack(text: &'static str) -> Option<Self> {
        let mut reader = Reader(text);
        let mut plan = Self::read(&mut reader).filter(|_| reader.0.is_empty())?;
        let mut patterns = std::mem::take(&mut plan.patterns);
        for pattern in patterns.to_mut() {
            let known = |columns: &[usize]| columns.iter().all(|&column| column < plan.columns.len());
            if !known(&pattern.by) || !known(&pattern.order) {
                return None;
            }
            pattern.sql = sql::pattern_sql(&plan, &pattern.by, &pattern.order, pattern.kind);
        }
        plan.patterns = patterns;
        Some(plan)
    }
}

/// What is left of a packed text.
struct Reader(&'static str);

impl Reader {
    /// Up to the next blank.
    fn word(&mut self) -> Option<&'static str> {
        let (word, rest) = self.0.split_once(' ')?;
        self.0 = rest;
        Some(word)
    }

    /// So many bytes, and the blank after them.
    fn text(&mut self, length: usize) -> Option<&'static str> {
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest.strip_prefix(' ')?;
        Some(text)
    }
}

/// A value in a packed text.
trait Packed: Sized {
    fn write(&self, out: &mut String);
    fn read(from: &mut Reader) -> Option<Self>;
}

macro_rules! numbers {
    ($($number:ident)*) => {$(
        impl Packed for $number {
            fn write(&self, out: &mut String) {
                out.push_str(&self.to_string());
                out.push(' ');
            }
            fn read(from: &mut Reader) -> Option<Self> {
                from.word()?.parse().ok()
            }
        }
    )*};
}

numbers! { u8 u16 u32 usize i64 i128 }

impl Packed for bool {
    fn write(&self, out: &mut String) {
        u8::from(*self).write(out);
    }
    fn read(from: &mut Reader) -> Option<Self> {
        Some(u8::read(from)? != 0)
    }
}

impl Packed for Text {
    fn write(&self, out: &mut String) {
        self.len().write(out);
        out.push_str(self);
        out.push(' ');
    }
    fn read(from: &mut Reader) -> Option<Self> {
        let length = usize::read(from)?;
        from.text(length).map(Cow::Borrowed)
    }
}

impl<T: Packed> Packed for Option<T> {
    fn write(&self, out: &mut String) {
        self.is_some().write(out);
        if let Some(value) = self {
            value.write(out);
        }
    }
    fn read(from: &mut Reader) -> Option<Self> {
        if bool::read(from)? { T::read(from).map(Some) } else { Some(None) }
    }
}

impl<T: Packed + Clone> Packed for List<T> {
    fn write(&self, out: &mut String) {
        self.len().write(out);
        self.iter().for_each(|element| element.write(out));
    }
    fn read(from: &mut Reader) -> Option<Self> {
        let length = usize::read(from)?;
        (0..length).map(|_| T::read(from)).collect::<Option<Vec<T>>>().map(Cow::Owned)
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn write(&self, out: &mut String) {
        self.0.write(out);
        self.1.write(out);
    }
    fn read(from: &mut Reader) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?))
    }
}

// Every struct is taken apart whole, so that a new field does not compile until it is listed here too.
macro_rules! structs {
    ($($name:ident { $($field:ident),* } $(without $left_out:ident: $absent:ty)?;)*) => {$(
        impl Packed for $name {
            fn write(&self, out: &mut String) {
                let Self { $($field,)* $($left_out: _)? } = self;
                $($field.write(out);)*
            }
            fn read(from: &mut Reader) -> Option<Self> {
                $(let $field = Packed::read(from)?;)*
                Some(Self { $($field,)* $($left_out: <$absent>::default())? })
            }
        }
    )*};
}

structs! {
    Plan { entity, table, root, joins, columns, attributes, maps, derived, partition, sort, indexes, primary_key, checks, filter, markers, ids, references, referrers, secrets, snapshots, patterns, fields } without memo: Memo;
    Join { table, parent, on };
    Column { table, name, ty, nullable, generated, zero_dates, when_null };
    MapAttribute { name, members };
    Member { name, column, ty };
    Derived { name, source };
    Scalar { ty, attribute, nullable };
    ChildRows { table, on, joins, columns, filter };
    Aggregate { function, of, rows, when_null, scalar };
    Tree { table, key, parent, value, scalar };
    Collection { rows, order, limit, form };
    Ordering { column, descending };
    Filter { expression, rule, tombstones };
    Marker { name, partition, sort };
    Ids { column, table, key, block };
    Reference { name, columns, entity, to, count, on_delete };
    Referrer { entity, name, count };
    Attribute { name, column, ty };
    KeyAttribute { name, source };
    KeyTemplate { parts };
    Index { name, partition, sort };
    AccessPattern { name, kind, by, index, order, cursor } without sql: PatternSql;
    Collation { name };
    Check { name, expression, rule };
    Date { year, month, day };
    DateTime { date, hour, minute, second, micros };
    Time { micros };
}

macro_rules! enums {
    ($($name:ident { $($variant:ident $(($value:ident))? $({ $($field:ident),* })?),* $(,)? })*) => {$(
        impl Packed for $name {
            fn write(&self, out: &mut String) {
                match self {
                    $(Self::$variant $(($value))? $({ $($field),* })? => {
                        out.push_str(concat!(stringify!($variant), " "));
                        $($value.write(out);)?
                        $($($field.write(out);)*)?
                    })*
                }
            }
            fn read(from: &mut Reader) -> Option<Self> {
                match from.word()? {
                    $(stringify!($variant) => {
                        $(let $value = Packed::read(from)?;)?
                        $($(let $field = Packed::read(from)?;)*)?
                        Some(Self::$variant $(($value))? $({ $($field),* })?)
                    })*
                    _ => None,
                }
            }
        }
    )*};
}

enums! {
    MySqlType {
        Int { size, unsigned, display },
        Decimal { precision, scale, unsigned },
        Float { unsigned },
        Double { unsigned },
        Bit { length },
        Year,
        Char { length, collation },
        VarChar { length, collation },
        Text { size, collation },
        Binary { length },
        VarBinary { length },
        Blob { size },
        Date,
        Time { fsp },
        DateTime { fsp },
        Timestamp { fsp },
        Enum { members, collation },
        Set { members, collation },
        Json,
    }
    IntSize { Tiny, Small, Medium, Int, Big }
    LobSize { Tiny, Normal, Medium, Long }
    ZeroDates { Refuse, Keep }
    AttributeType { S, N, B, Bool, Ss, L, M }
    KeySource { Template(template), Attribute(attribute) }
    KeyPart { Literal(literal), Column { column, fold }, Formatted { column, format } }
    KeyFormat { Time(pattern), Padded(width), Shard(shards) }
    DerivedSource { Computed { compute, scalar }, Aggregate(aggregate), Tree(tree), Collection(collection) }
    Compute { Text(parts), Case { arms, otherwise }, Moment { column, months, seconds, epoch } }
    TextPart { Literal(literal), Column(column), Time { column, pattern }, Padded { column, width } }
    Function { Count, Sum, Avg, Min, Max }
    TreeValue { Path { take, join }, Depth }
    CollectionForm { List(members), Map { key, members }, Values(member), Set(member) }
    PatternKind { Get, List { page } }
    OnDelete { Restrict, Cascade { index }, SetNull { index } }
    Expr {
        Null,
        Number { digits, scale },
        Text(text),
        Date(date),
        DateTime(moment),
        Time(time),
        Column(column),
        Apply { op, operands },
    }
    Op {
        And, Or, Xor, Not, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, NullSafeEqual, IsNull, IsTrue,
        IsFalse, Negate, Add, Subtract, Multiply, CharLength, Length, Like, JsonValid,
    }
}
