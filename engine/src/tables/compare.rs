//! How a table that is there differs from the one that the contract wants. Pure: nobody is asked.

use migratable_contract::model::{Billing, Payment, Stream};

use super::model::{Described, Feature, Found, FoundIndex, Index, Key, Projection, State, WantedTable};

/// One difference between the contract and what there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: String,
    /// What of it.
    pub kind: Kind,
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// There is no such table.
    Missing,
    /// It can't be used, or not yet.
    State(State),
    /// Its key.
    Key {
        /// What the contract says.
        wanted: Key,
        /// What there is.
        found: Key,
    },
    /// It has a local secondary index, which the contract has no word for.
    LocalIndex(String),
    /// It lacks an index.
    IndexMissing(Index),
    /// It has an index that the contract doesn't.
    IndexUnknown(String),
    /// An index can't be used, or not yet.
    IndexState {
        /// The index.
        index: String,
        /// What it is.
        state: State,
    },
    /// The key of an index.
    IndexKey {
        /// The index.
        index: String,
        /// What the contract says.
        wanted: Key,
        /// What there is.
        found: Key,
    },
    /// What an index holds.
    IndexProjection {
        /// The index.
        index: String,
        /// What the contract says.
        wanted: Projection,
        /// What there is.
        found: Projection,
    },
    /// How it is paid for.
    Billing {
        /// What the contract says.
        wanted: Payment,
        /// What there is.
        found: Billing,
    },
    /// When items expire.
    Ttl {
        /// The contract's attribute.
        wanted: Option<String>,
        /// The table's.
        found: Option<String>,
    },
    /// What its stream says.
    Stream {
        /// What the contract says.
        wanted: Stream,
        /// What there is.
        found: Option<Stream>,
    },
    /// Whether it can be restored as it was: what the contract says, of which the table does the opposite.
    PointInTimeRecovery(bool),
    /// Whether it is protected from deletion: what the contract says, of which the table does the opposite.
    DeletionProtection(bool),
}

/// What mends a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Making the table.
    Create,
    /// Waiting.
    Wait,
    /// What a person has to look into.
    ByHand,
    /// Changing the table as it stands.
    InPlace,
    /// Deleting an index of the table and making it again.
    IndexAgain,
    /// Another table, into which the items move.
    NewTable,
}

impl Change {
    /// Its word in reports for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Wait => "wait",
            Self::ByHand => "by_hand",
            Self::InPlace => "in_place",
            Self::IndexAgain => "index_again",
            Self::NewTable => "new_table",
        }
    }
}

impl Kind {
    /// What mends it (Amazon DynamoDB Developer Guide, "Working with tables" and "Managing global secondary indexes";
    /// what `UpdateTable` has no parameter for can't be changed).
    pub const fn change(&self) -> Change {
        match self {
            Self::Missing => Change::Create,
            Self::State(State::Unusable(_)) | Self::IndexState { state: State::Unusable(_), .. } => {
                Change::ByHand
            }
            Self::State(_) | Self::IndexState { .. } => Change::Wait,
            Self::Key { .. } | Self::LocalIndex(_) => Change::NewTable,
            Self::IndexKey { .. } | Self::IndexProjection { .. } => Change::IndexAgain,
            Self::IndexMissing(_)
            | Self::IndexUnknown(_)
            | Self::Billing { .. }
            | Self::Ttl { .. }
            | Self::Stream { .. }
            | Self::PointInTimeRecovery(_)
            | Self::DeletionProtection(_) => Change::InPlace,
        }
    }

    /// Whether it is set on a table that is there already, after `CreateTable`.
    pub(super) const fn is_set_later(&self) -> bool {
        matches!(self, Self::Ttl { .. } | Self::PointInTimeRecovery(_))
    }
}

/// All differences, in the order of the table's parts. What the engine lacks is none: [`lacking`] says it.
pub fn compare(wanted: &WantedTable, described: &Described) -> Vec<Difference> {
    let kinds = match &described.table {
        None => vec![Kind::Missing],
        Some(found) => {
            let mut kinds = Vec::new();
            shape(wanted, found, &mut kinds);
            indexes(wanted, found, &mut kinds);
            settings(wanted, found, described, &mut kinds);
            kinds
        }
    };
    kinds.into_iter().map(|kind| Difference { table: wanted.name.clone(), kind }).collect()
}

fn shape(wanted: &WantedTable, found: &Found, kinds: &mut Vec<Kind>) {
    if found.state != State::Active {
        kinds.push(Kind::State(found.state.clone()));
    }
    if wanted.key != found.key {
        kinds.push(Kind::Key { wanted: wanted.key.clone(), found: found.key.clone() });
    }
    kinds.extend(found.local_indexes.iter().cloned().map(Kind::LocalIndex));
}

fn indexes(wanted: &WantedTable, found: &Found, kinds: &mut Vec<Kind>) {
    for index in &wanted.indexes {
        match found.indexes.iter().find(|there| there.index.name == index.name) {
            None => kinds.push(Kind::IndexMissing(index.clone())),
            Some(there) => one_index(index, there, kinds),
        }
    }
    let unknown = found
        .indexes
        .iter()
        .filter(|there| wanted.indexes.iter().all(|index| index.name != there.index.name));
    kinds.extend(unknown.map(|there| Kind::IndexUnknown(there.index.name.clone())));
}

fn one_index(wanted: &Index, there: &FoundIndex, kinds: &mut Vec<Kind>) {
    let FoundIndex { index: found, state } = there;
    let index = wanted.name.clone();
    if wanted.key != found.key {
        let (wanted, found) = (wanted.key.clone(), found.key.clone());
        kinds.push(Kind::IndexKey { index: index.clone(), wanted, found });
    }
    if wanted.projection != found.projection {
        let (wanted, found) = (wanted.projection.clone(), found.projection.clone());
        kinds.push(Kind::IndexProjection { index: index.clone(), wanted, found });
    }
    if *state != State::Active {
        kinds.push(Kind::IndexState { index, state: state.clone() });
    }
}

fn settings(wanted: &WantedTable, found: &Found, described: &Described, kinds: &mut Vec<Kind>) {
    let storage = &wanted.storage;
    let has = |feature| !described.lacks.contains(&feature);
    if storage.payment.billing() != found.billing {
        kinds.push(Kind::Billing { wanted: storage.payment, found: found.billing });
    }
    if has(Feature::TimeToLive) && storage.ttl != found.ttl {
        kinds.push(Kind::Ttl { wanted: storage.ttl.clone(), found: found.ttl.clone() });
    }
    if let Some(stream) = storage.stream
        && found.stream != Some(stream)
    {
        kinds.push(Kind::Stream { wanted: stream, found: found.stream });
    }
    if has(Feature::PointInTimeRecovery) && storage.point_in_time_recovery != found.point_in_time_recovery {
        kinds.push(Kind::PointInTimeRecovery(storage.point_in_time_recovery));
    }
    if has(Feature::DeletionProtection) && storage.deletion_protection != found.deletion_protection {
        kinds.push(Kind::DeletionProtection(storage.deletion_protection));
    }
}

/// What the contract wants of the table and the engine is known not to have.
pub(super) fn lacking(wanted: &WantedTable, described: &Described) -> Vec<Feature> {
    let storage = &wanted.storage;
    let asked = |feature: &Feature| match feature {
        Feature::TimeToLive => storage.ttl.is_some(),
        Feature::PointInTimeRecovery => storage.point_in_time_recovery,
        Feature::DeletionProtection => storage.deletion_protection,
    };
    described.lacks.iter().copied().filter(asked).collect()
}
