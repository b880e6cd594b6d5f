//! What words of the language stand for, besides what plans are made of.

use migratable_core::dynamodb::AttributeType;

/// How a table is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Billing {
    /// By request.
    OnDemand,
    /// By capacity.
    Provisioned,
}

impl Billing {
    /// The contract's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::OnDemand => "on_demand",
            Self::Provisioned => "provisioned",
        }
    }
}

/// How a table is paid for, with what that takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Payment {
    /// By request.
    #[default]
    OnDemand,
    /// By capacity.
    Provisioned(Capacity),
}

impl Payment {
    /// The contract's word for it.
    pub const fn billing(self) -> Billing {
        match self {
            Self::OnDemand => Billing::OnDemand,
            Self::Provisioned(_) => Billing::Provisioned,
        }
    }
}

/// What a table, and each of its indexes, is made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Capacity {
    /// Strongly consistent reads of 4 KB a second.
    pub read: u32,
    /// Writes of 1 KB a second.
    pub write: u32,
}

/// What a table's stream says of each write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// The item's key.
    KeysOnly,
    /// The item after it.
    NewImage,
    /// The item before it.
    OldImage,
    /// The item before and after it.
    NewAndOldImages,
}

impl Stream {
    /// The contract's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::KeysOnly => "keys_only",
            Self::NewImage => "new_image",
            Self::OldImage => "old_image",
            Self::NewAndOldImages => "new_and_old_images",
        }
    }
}

/// Whether a value of another table's row follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Copied {
    /// It does.
    #[default]
    Live,
    /// It stays what it was when the item was written.
    AtWrite,
}

impl Copied {
    /// The contract's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::AtWrite => "at_write",
        }
    }
}

/// How old what a pattern answers may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Freshness {
    /// Copies may lag behind.
    #[default]
    Bounded,
    /// Not at all.
    Strict,
}

impl Freshness {
    /// The contract's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bounded => "bounded",
            Self::Strict => "strict",
        }
    }
}

/// What rows become that an entity's `where` leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Others {
    /// Nothing.
    #[default]
    Absent,
    /// The key alone.
    Tombstone,
}

impl Others {
    /// The contract's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Tombstone => "tombstone",
        }
    }
}

/// The time zone that times without one are read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// UTC.
    Utc,
}

impl Zone {
    /// The contract's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utc => "UTC",
        }
    }
}

/// What happens to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// It comes into being.
    Insert,
    /// It changes.
    Change,
    /// It goes.
    Delete,
}

impl ChangeKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Insert, Self::Change, Self::Delete];

    /// The contract's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Insert => "insert",
            Self::Change => "change",
            Self::Delete => "delete",
        }
    }
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SpanUnit {
    /// Calendar years.
    Years,
    /// Calendar months.
    Months,
    /// Seven days.
    Weeks,
    /// 86,400 seconds.
    Days,
    /// 3,600 seconds.
    Hours,
    /// 60 seconds.
    Minutes,
    /// Seconds.
    Seconds,
}

impl SpanUnit {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Years, Self::Months, Self::Weeks, Self::Days, Self::Hours, Self::Minutes, Self::Seconds];

    /// The contract's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Years => "y",
            Self::Months => "mo",
            Self::Weeks => "w",
            Self::Days => "d",
            Self::Hours => "h",
            Self::Minutes => "min",
            Self::Seconds => "s",
        }
    }
}

/// What an attribute is asked to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemType {
    /// Of this type.
    Of(AttributeType),
    /// A number of seconds since 1970-01-01T00:00:00Z.
    Epoch,
}

impl ItemType {
    /// The type it has in DynamoDB, where it doesn't say what is made of the value, too.
    pub const fn stored(self) -> Option<AttributeType> {
        match self {
            Self::Of(ty) => Some(ty),
            Self::Epoch => None,
        }
    }

    /// The contract's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Of(ty) => ty.name(),
            Self::Epoch => "epoch",
        }
    }
}

/// How often something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// So many times,
    pub times: u32,
    /// in so many seconds.
    pub seconds: u32,
}

/// A span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: SpanUnit,
}

/// A change of one entity's items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happens.
    pub kind: ChangeKind,
    /// The entity.
    pub entity: String,
}

/// Changes that happen together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    /// Its name.
    pub name: String,
    /// What it changes.
    pub does: Vec<Change>,
    /// How often it happens.
    pub rate: Option<Rate>,
}

/// How much a MySQL table holds, and who writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// The table.
    pub table: String,
    /// How many rows there are.
    pub rows: Option<u32>,
    /// How many values columns have.
    pub distinct: Vec<(String, u32)>,
    /// Who writes it; `None` is the repository alone.
    pub writers: Option<Vec<String>>,
}

/// How a DynamoDB table is kept. What the contract doesn't say has been filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Storage {
    /// The attribute items expire by.
    pub ttl: Option<String>,
    /// How it is paid for.
    pub payment: Payment,
    /// What its stream says; `None` is what nobody decided.
    pub stream: Option<Stream>,
    /// Whether it can be restored as it was at a point in time.
    pub point_in_time_recovery: bool,
    /// Whether DynamoDB refuses to delete it.
    pub deletion_protection: bool,
}

/// A question that nothing answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotServed {
    /// Its name: the method that is not there.
    pub name: String,
    /// Why.
    pub reason: String,
    /// What answers it instead.
    pub remedy: Option<String>,
}

/// How a pattern is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its name.
    pub name: String,
    /// How often.
    pub rate: Option<Rate>,
    /// How old its answers may be.
    pub freshness: Freshness,
    /// Whether it is to be read consistently.
    pub consistent: bool,
}
