//! P7 to P9: which puts an item key lets through, and what it means that it refused one.

use std::fmt;

use super::stamp::{Stamp, Stored, Version};

/// The condition of every write of an item. A store asks DynamoDB the same, in one expression, so that nothing can come
/// between question and write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Guard {
    /// The item is absent, or its version is below this one (P7) …
    pub below: Version,
    /// … and its shape is at most this one (P9).
    pub shape: u32,
}

impl Guard {
    /// The guard of an item to be written.
    pub const fn of(stamp: &Stamp) -> Self {
        Self { below: stamp.version, shape: stamp.shape }
    }

    /// Whether what stands there may be written over. Of an item that says nothing of its age, nobody knows.
    pub fn admits(&self, stored: &Stored) -> bool {
        match stored {
            Stored::Absent => true,
            Stored::Unstamped => false,
            Stored::Stamped(stamp) => stamp.version < self.below && stamp.shape <= self.shape,
        }
    }
}

/// What it means that the guard refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// What stands there includes what was listed: our own put that we had no answer of, or a later one. Clears (P8).
    Superseded,
    /// A process with a newer contract has been here: the key is left to such a process, and stays dirty (P9).
    NewerShape {
        /// The shape there.
        stored: u32,
    },
    /// Somebody has to look at it; the key stays dirty (P8).
    Alarm(Alarm),
}

/// What should not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alarm {
    /// An item that the mirror did not write.
    Foreign,
    /// An item of another era: this process, or the one that wrote it, has missed a change of authority or a failover.
    OtherEra {
        /// Its version.
        stored: Version,
    },
    /// A version that the sequence hasn't reached: a failover rewound it.
    BeyondSequence {
        /// Its version.
        stored: Version,
        /// The last one allocated, as read after the refusal.
        last: Version,
    },
    /// The guard admits what is said to have stood there.
    Contradiction,
}

impl fmt::Display for Alarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str("an item stands there that says nothing of its version"),
            Self::OtherEra { stored } => {
                write!(f, "the item there is of another era: its version is {stored}")
            }
            Self::BeyondSequence { stored, last } => write!(
                f,
                "the item there has version {stored}, but the sequence is only at {last}: a failover may have rewound it"
            ),
            Self::Contradiction => f.write_str("a write was refused that what stands there admits"),
        }
    }
}

/// What a refusal means (P8, P9). `last` is the sequence's last version, read after the refusal: read before, a version
/// that was allocated since would look as if it were beyond it.
pub fn refusal(stored: &Stored, ours: &Stamp, last: Version) -> Refusal {
    let stamp = match stored {
        Stored::Absent => return Refusal::Alarm(Alarm::Contradiction),
        Stored::Unstamped => return Refusal::Alarm(Alarm::Foreign),
        Stored::Stamped(stamp) => stamp,
    };
    let stored = stamp.version;
    if stored < ours.version && stamp.shape > ours.shape {
        return Refusal::NewerShape { stored: stamp.shape };
    }
    if stored.era != ours.version.era {
        return Refusal::Alarm(Alarm::OtherEra { stored });
    }
    if stored > last {
        return Refusal::Alarm(Alarm::BeyondSequence { stored, last });
    }
    if stored >= ours.version { Refusal::Superseded } else { Refusal::Alarm(Alarm::Contradiction) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn stamp(era: u32, n: u64, shape: u32) -> Stamp {
        Stamp { version: Version { era, n }, shape, gone: false }
    }

    const OURS: Stamp = stamp(2, 10, 3);
    const LAST: Version = Version { era: 2, n: 20 };

    #[test]
    fn a_guard_lets_through_what_is_newer_and_nothing_else() {
        let guard = Guard::of(&OURS);
        let cases = [
            (Stored::Absent, true),
            (Stored::Unstamped, false),
            (Stored::Stamped(stamp(2, 9, 3)), true),
            (Stored::Stamped(stamp(2, 10, 3)), false),
            (Stored::Stamped(stamp(2, 11, 3)), false),
            (Stored::Stamped(stamp(1, 99, 3)), true),
            (Stored::Stamped(stamp(3, 1, 3)), false),
            (Stored::Stamped(stamp(2, 9, 2)), true),
            (Stored::Stamped(stamp(2, 9, 4)), false),
            (Stored::Stamped(Stamp { gone: true, ..stamp(2, 11, 3) }), false),
        ];
        for (stored, admitted) in cases {
            assert_eq!(guard.admits(&stored), admitted, "{stored:?}");
        }
    }

    #[test]
    fn a_refusal_clears_only_by_what_is_ours_or_later_of_this_era_and_within_the_sequence() {
        let stored = |era, n, shape| Stored::Stamped(stamp(era, n, shape));
        let version = |era, n| Version { era, n };
        let cases = [
            (stored(2, 10, 3), Refusal::Superseded),
            (stored(2, 20, 3), Refusal::Superseded),
            (stored(2, 20, 4), Refusal::Superseded),
            (stored(2, 21, 3), Refusal::Alarm(Alarm::BeyondSequence { stored: version(2, 21), last: LAST })),
            (stored(3, 1, 3), Refusal::Alarm(Alarm::OtherEra { stored: version(3, 1) })),
            (stored(1, 9, 3), Refusal::Alarm(Alarm::OtherEra { stored: version(1, 9) })),
            (stored(1, 9, 4), Refusal::NewerShape { stored: 4 }),
            (stored(2, 9, 4), Refusal::NewerShape { stored: 4 }),
            (stored(2, 9, 3), Refusal::Alarm(Alarm::Contradiction)),
            (Stored::Unstamped, Refusal::Alarm(Alarm::Foreign)),
            (Stored::Absent, Refusal::Alarm(Alarm::Contradiction)),
        ];
        for (stored, meaning) in cases {
            assert_eq!(refusal(&stored, &OURS, LAST), meaning, "{stored:?}");
        }
    }

    #[test]
    fn a_number_is_ordered_as_its_version_and_gives_it_back() {
        let ordered = [(0, 0), (0, u64::MAX), (1, 0), (1, 1), (u32::MAX, u64::MAX)];
        let versions = ordered.map(|(era, n)| Version { era, n });
        assert!(versions.is_sorted() && versions.map(Version::to_number).is_sorted());
        for version in versions {
            assert_eq!(Version::from_number(version.to_number()), Some(version));
        }
        assert_eq!(Version::from_number(u128::MAX), None);
        // DynamoDB holds 38 digits.
        assert!(versions[4].to_number().to_string().len() <= 38);
    }
}
