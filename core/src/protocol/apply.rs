//! P6: making items equal to what MySQL says now. List, allocate, snapshot and project, put, clear.
//!
//! [`Apply`] is what a pass has to do next. Each of its variants takes the answer that belongs to it and nothing else, so that
//! nobody can do the steps in another order, and a pass that is dropped halfway has cleared nothing.
//!
//! Why this order: listing precedes allocating, and allocating precedes the snapshot. So the state under version v holds every
//! commit whose dirt was listed before any v' <= v was allocated, and dirt is cleared only when a state that includes its
//! commit, or one allocated later, is in place.

use super::guard::{Alarm, Guard, Refusal, refusal};
use super::stamp::{Stamp, Stored, Version};

/// A pass over some item keys, and what it has to do next. `K` is an item key, `D` names a row of dirt, `I` is an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Apply<K, D, I> {
    /// List the dirt of the keys.
    List(List<K, D, I>),
    /// Allocate a version.
    Allocate(Allocate<K, D, I>),
    /// Open a fresh snapshot and say what each key's item is in it.
    Project(Project<K, D, I>),
    /// Put what was projected, each under its guard.
    Put(Put<K, D, I>),
    /// Read how far the sequence is: a guard has refused.
    Sequence(Sequence<K, D, I>),
    /// Delete rows of dirt.
    Clear(Clear<K, D, I>),
    /// Nothing more.
    Done(Vec<Finished<K>>),
}

/// How a pass ended for a key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Finished<K> {
    /// The item key.
    pub key: K,
    /// How.
    pub end: End,
}

/// How a pass ends for a key. Dirt is cleared where the state that includes it is in place, and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Nothing was listed: somebody else was here.
    Clean,
    /// The item is in place. Cleared.
    In,
    /// A later one is in place. Cleared.
    Superseded,
    /// A process with a newer contract has to do it (P9). Dirty.
    NewerShape {
        /// The shape there.
        stored: u32,
    },
    /// Somebody has to look at it (P8). Dirty.
    Alarm(Alarm),
    /// No item can hold it, and why (P11). Dirty; its neighbours are not.
    DeadLetter(String),
    /// Not now. Dirty.
    Failed(String),
}

impl End {
    /// Whether the dirt that was listed may go.
    pub const fn clears(&self) -> bool {
        match self {
            Self::In | Self::Superseded => true,
            Self::Clean
            | Self::NewerShape { .. }
            | Self::Alarm(_)
            | Self::DeadLetter(_)
            | Self::Failed(_) => false,
        }
    }
}

/// What a key's item is in a snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Projection<I> {
    /// An item.
    Item(I),
    /// No row has the key.
    Nothing,
    /// A row has it, and no item can be made of that row; why (P11).
    Impossible(String),
}

/// What became of a put.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// It is in.
    In,
    /// Its guard refused: this stands there.
    Refused(Stored),
    /// It was in a transaction that another part's guard refused: it is tried again.
    HeldBack,
    /// DynamoDB will never take it, and why (P11).
    Impossible(String),
    /// Not now, or nobody knows, and why.
    Failed(String),
}

/// One item to be written, or a tombstone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Write<'p, K, I> {
    /// Its place among the keys, for the answer.
    pub position: usize,
    /// Its key.
    pub key: &'p K,
    /// The item; `None` is a tombstone.
    pub item: Option<&'p I>,
    /// What it says of itself.
    pub stamp: Stamp,
    /// Its condition.
    pub guard: Guard,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Entry<K, D, I> {
    key: K,
    listed: Vec<D>,
    state: State<I>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum State<I> {
    /// To be projected.
    Open,
    /// To be put.
    Ready(Option<I>),
    /// The guard refused; what that means depends on how far the sequence is.
    Refused {
        gone: bool,
        stored: Stored,
    },
    Ended(End),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Pass<K, D, I> {
    shape: u32,
    together: bool,
    version: Version,
    entries: Vec<Entry<K, D, I>>,
    /// What is left of the three steps before the puts.
    left: &'static [Before],
}

/// What comes before the puts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Before {
    List,
    Allocate,
    Project,
}

/// The order of P6.
const ORDER: &[Before] = &[Before::List, Before::Allocate, Before::Project];

impl<K, D, I> Apply<K, D, I> {
    /// A pass over keys, which have nothing to do with each other. `shape` is that of this process's contract.
    pub fn each(shape: u32, keys: impl IntoIterator<Item = K>) -> Self {
        Self::ordered(shape, false, keys, ORDER)
    }

    /// A pass over what a unit of work wrote (P10): in one transaction where it fits, so that whoever reads one of the items
    /// finds the others, and cleared when all are in.
    pub fn together(shape: u32, keys: impl IntoIterator<Item = K>) -> Self {
        Self::ordered(shape, true, keys, ORDER)
    }

    pub(super) fn ordered(
        shape: u32,
        together: bool,
        keys: impl IntoIterator<Item = K>,
        left: &'static [Before],
    ) -> Self {
        let entries = keys.into_iter().map(|key| Entry { key, listed: Vec::new(), state: State::Open });
        let version = Version { era: 0, n: 0 };
        Pass { shape, together, version, entries: entries.collect(), left }.next()
    }
}

impl<K, D, I> Pass<K, D, I> {
    /// The next step.
    fn next(mut self) -> Apply<K, D, I> {
        if !self.entries.iter().any(|entry| self.is_open(entry)) {
            return self.done();
        }
        if let Some((step, left)) = self.left.split_first() {
            self.left = left;
            return match step {
                Before::List => Apply::List(List(self)),
                Before::Allocate => Apply::Allocate(Allocate(self)),
                Before::Project => Apply::Project(Project(self)),
            };
        }
        if self.entries.iter().any(|entry| matches!(entry.state, State::Ready(_))) {
            return Apply::Put(Put(self));
        }
        if self.entries.iter().any(|entry| matches!(entry.state, State::Refused { .. })) {
            return Apply::Sequence(Sequence(self));
        }
        self.done()
    }

    /// Whether there is something to do before the end.
    fn is_open(&self, entry: &Entry<K, D, I>) -> bool {
        !matches!(entry.state, State::Ended(_))
    }

    fn done(self) -> Apply<K, D, I> {
        if self.cleared().next().is_some() {
            return Apply::Clear(Clear(self));
        }
        self.report()
    }

    fn report(self) -> Apply<K, D, I> {
        let finished = self.entries.into_iter().map(|entry| {
            let end = match entry.state {
                State::Ended(end) => end,
                // A pass ends when every key has.
                State::Open | State::Ready(_) | State::Refused { .. } => {
                    End::Failed("the pass ended before it".to_owned())
                }
            };
            Finished { key: entry.key, end }
        });
        Apply::Done(finished.collect())
    }

    /// The dirt that may go. Where keys go together, none goes before all are in; what no item can hold is held by nobody.
    fn cleared(&self) -> impl Iterator<Item = &D> {
        let settled = |entry: &Entry<K, D, I>| match &entry.state {
            State::Ended(end) => end.clears() || matches!(end, End::Clean | End::DeadLetter(_)),
            _ => false,
        };
        let held = self.together && !self.entries.iter().all(settled);
        let clears = |entry: &&Entry<K, D, I>| matches!(&entry.state, State::Ended(end) if end.clears());
        self.entries.iter().filter(move |_| !held).filter(clears).flat_map(|entry| &entry.listed)
    }

    const fn stamp(&self, gone: bool) -> Stamp {
        Stamp { version: self.version, shape: self.shape, gone }
    }
}

/// List the dirt of the keys: rows that are committed, as they are now, in no snapshot older than this step.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct List<K, D, I>(Pass<K, D, I>);

impl<K, D, I> List<K, D, I> {
    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.entries.iter().map(|entry| &entry.key)
    }

    /// The dirt of each key, in their order. Keys that aren't dirty are done.
    pub fn listed(mut self, dirt: impl IntoIterator<Item = Vec<D>>) -> Apply<K, D, I> {
        for (entry, listed) in self.0.entries.iter_mut().zip(dirt) {
            entry.listed = listed;
        }
        for entry in self.0.entries.iter_mut().filter(|entry| entry.listed.is_empty()) {
            entry.state = State::Ended(End::Clean);
        }
        self.0.next()
    }
}

/// Allocate a version: one for the pass.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Allocate<K, D, I>(Pass<K, D, I>);

impl<K, D, I> Allocate<K, D, I> {
    /// This one, which nobody else has.
    pub fn allocated(mut self, version: Version) -> Apply<K, D, I> {
        self.0.version = version;
        self.0.next()
    }
}

/// Open a snapshot, which has to be younger than this step, and say what each key's item is in it: found by the key, never by
/// remembered ids.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Project<K, D, I>(Pass<K, D, I>);

impl<K, D, I> Project<K, D, I> {
    /// The keys to be projected.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.entries.iter().filter(|entry| self.0.is_open(entry)).map(|entry| &entry.key)
    }

    /// What the key's items are, in the order of [`Project::keys`].
    pub fn projected(mut self, items: impl IntoIterator<Item = Projection<I>>) -> Apply<K, D, I> {
        let open = self.0.entries.iter_mut().filter(|entry| matches!(entry.state, State::Open));
        for (entry, item) in open.zip(items) {
            entry.state = match item {
                Projection::Item(item) => State::Ready(Some(item)),
                Projection::Nothing => State::Ready(None),
                Projection::Impossible(why) => State::Ended(End::DeadLetter(why)),
            };
        }
        self.0.next()
    }
}

/// Put items, each under its guard.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Put<K, D, I>(Pass<K, D, I>);

impl<K, D, I> Put<K, D, I> {
    /// Whether they go in one transaction.
    pub const fn together(&self) -> bool {
        self.0.together
    }

    /// What is to be written.
    pub fn writes(&self) -> impl Iterator<Item = Write<'_, K, I>> {
        self.0.entries.iter().enumerate().filter_map(|(position, entry)| {
            let State::Ready(item) = &entry.state else { return None };
            let stamp = self.0.stamp(item.is_none());
            Some(Write { position, key: &entry.key, item: item.as_ref(), stamp, guard: Guard::of(&stamp) })
        })
    }

    /// What became of some of the writes: by position. The others are still to be done.
    pub fn answered(mut self, answers: impl IntoIterator<Item = (usize, Answer)>) -> Apply<K, D, I> {
        for (position, answer) in answers {
            let Some(entry) = self.0.entries.get_mut(position) else { continue };
            let State::Ready(item) = &entry.state else { continue };
            entry.state = match answer {
                Answer::In => State::Ended(End::In),
                Answer::Refused(stored) => State::Refused { gone: item.is_none(), stored },
                Answer::HeldBack => continue,
                Answer::Impossible(why) => State::Ended(End::DeadLetter(why)),
                Answer::Failed(why) => State::Ended(End::Failed(why)),
            };
        }
        self.0.next()
    }
}

/// Read the last version that the sequence has allocated: now, after the refusals.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sequence<K, D, I>(Pass<K, D, I>);

impl<K, D, I> Sequence<K, D, I> {
    /// It has come to this one.
    pub fn is_at(mut self, last: Version) -> Apply<K, D, I> {
        let (version, shape) = (self.0.version, self.0.shape);
        for entry in &mut self.0.entries {
            let State::Refused { gone, stored } = entry.state else { continue };
            let end = match refusal(&stored, &Stamp { version, shape, gone }, last) {
                Refusal::Superseded => End::Superseded,
                Refusal::NewerShape { stored } => End::NewerShape { stored },
                Refusal::Alarm(alarm) => End::Alarm(alarm),
            };
            entry.state = State::Ended(end);
        }
        self.0.next()
    }
}

/// Delete exactly these rows of dirt: those that were listed, none that came since.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clear<K, D, I>(Pass<K, D, I>);

impl<K, D, I> Clear<K, D, I> {
    /// The rows.
    pub fn dirt(&self) -> impl Iterator<Item = &D> {
        self.0.cleared()
    }

    /// They are gone. (Where they aren't, the pass is dropped: they are applied again, which changes nothing.)
    pub fn cleared(self) -> Apply<K, D, I> {
        self.0.report()
    }
}

#[cfg(test)]
mod tests;
