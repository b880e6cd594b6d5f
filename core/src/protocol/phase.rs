//! P1: phases, the one record that says which it is, and when it may change.

use std::fmt;

use thiserror::Error;

/// Where a migration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// 1: MySQL alone is read and written.
    MySqlOnly,
    /// 2: MySQL is read and written, DynamoDB is made to follow.
    DualWrite,
    /// 3: as 2, and DynamoDB's answers are compared.
    DualRead,
    /// 4: DynamoDB is read, MySQL is written, DynamoDB is made to follow.
    DynamoDbRead,
    /// 5: DynamoDB alone is read and written.
    DynamoDbOnly,
}

/// Which stores are read and written: what follows from a phase, never the other way round, so that no combination can be set
/// that names no phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Flags {
    read_mysql: bool,
    read_ddb: bool,
    write_mysql: bool,
    write_ddb: bool,
}

impl Flags {
    /// READ_MYSQL: MySQL is asked. In phase 4 it is asked where DynamoDB can't answer.
    pub const fn read_mysql(self) -> bool {
        self.read_mysql
    }

    /// READ_DDB: DynamoDB is asked.
    pub const fn read_ddb(self) -> bool {
        self.read_ddb
    }

    /// WRITE_MYSQL: MySQL is written.
    pub const fn write_mysql(self) -> bool {
        self.write_mysql
    }

    /// WRITE_DDB: DynamoDB is written.
    pub const fn write_ddb(self) -> bool {
        self.write_ddb
    }
}

impl fmt::Display for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bit = u8::from;
        write!(
            f,
            "READ_MYSQL={} READ_DDB={} WRITE_MYSQL={} WRITE_DDB={}",
            bit(self.read_mysql),
            bit(self.read_ddb),
            bit(self.write_mysql),
            bit(self.write_ddb)
        )
    }
}

impl Phase {
    /// All of them, in order.
    pub const ALL: [Self; 5] =
        [Self::MySqlOnly, Self::DualWrite, Self::DualRead, Self::DynamoDbRead, Self::DynamoDbOnly];

    /// 1 to 5.
    pub const fn number(self) -> u8 {
        match self {
            Self::MySqlOnly => 1,
            Self::DualWrite => 2,
            Self::DualRead => 3,
            Self::DynamoDbRead => 4,
            Self::DynamoDbOnly => 5,
        }
    }

    /// The phase of a number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.number() == number)
    }

    /// Which stores are read and written.
    pub const fn flags(self) -> Flags {
        let (read_mysql, read_ddb, write_mysql, write_ddb) = match self {
            Self::MySqlOnly => (true, false, true, false),
            Self::DualWrite => (true, false, true, true),
            Self::DualRead => (true, true, true, true),
            Self::DynamoDbRead => (false, true, true, true),
            Self::DynamoDbOnly => (false, true, false, true),
        };
        Flags { read_mysql, read_ddb, write_mysql, write_ddb }
    }

    /// Whether writers record what they dirty: wherever MySQL is the truth and DynamoDB follows.
    pub const fn records_dirt(self) -> bool {
        matches!(self, Self::DualWrite | Self::DualRead | Self::DynamoDbRead)
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::MySqlOnly => "MySQL only",
            Self::DualWrite => "dual write",
            Self::DualRead => "dual read",
            Self::DynamoDbRead => "DynamoDB read",
            Self::DynamoDbOnly => "DynamoDB only",
        };
        write!(f, "{} ({words})", self.number())
    }
}

/// The one record of a group of entities that are written together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PhaseRecord {
    /// The phase.
    pub phase: Phase,
    /// Grows by one with every change.
    pub epoch: u64,
}

/// Why a phase doesn't change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// It is that already.
    #[error("the phase is {0} already")]
    Same(Phase),
    /// Two processes may be one epoch apart, so what they do may be one phase apart and no more.
    #[error("phase {from} has no way to {to}: go by phase {by}", by = neighbour(*from, *to))]
    NoNeighbour {
        /// The phase it is.
        from: Phase,
        /// The phase that was asked for.
        to: Phase,
    },
    /// DynamoDB can't be made the truth.
    #[error(
        "phase {to} makes DynamoDB the truth, and there is no hand-over yet that loses nothing and leads back"
    )]
    NoHandOver {
        /// The phase that was asked for.
        to: Phase,
    },
    /// A live process may still act as the epoch before said.
    #[error(
        "live processes that have not acknowledged epoch {epoch}: {behind}; wait until all have, or end them"
    )]
    Unacknowledged {
        /// The record's epoch.
        epoch: u64,
        /// How many are behind.
        behind: usize,
    },
}

/// The next phase on the way.
fn neighbour(from: Phase, to: Phase) -> Phase {
    let step = if to > from { from.number() + 1 } else { from.number() - 1 };
    Phase::from_number(step).unwrap_or(from)
}

impl PhaseRecord {
    /// The record before anything was changed.
    pub const FIRST: Self = Self { phase: Phase::MySqlOnly, epoch: 1 };

    /// The record after a change of phase. `acknowledged` are the epochs that live processes have acknowledged, each its
    /// own: as long as one is behind, it may act as the phase before this one, and would be two phases apart.
    ///
    /// # Errors
    /// It may not change to that now.
    pub fn change(self, to: Phase, acknowledged: impl IntoIterator<Item = u64>) -> Result<Self, Refused> {
        if to == self.phase {
            return Err(Refused::Same(to));
        }
        if to.number().abs_diff(self.phase.number()) != 1 {
            return Err(Refused::NoNeighbour { from: self.phase, to });
        }
        if to == Phase::DynamoDbOnly {
            return Err(Refused::NoHandOver { to });
        }
        let behind = acknowledged.into_iter().filter(|epoch| *epoch < self.epoch).count();
        if behind > 0 {
            return Err(Refused::Unacknowledged { epoch: self.epoch, behind });
        }
        Ok(Self { phase: to, epoch: self.epoch + 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phase_reads_only_what_is_written() {
        for phase in Phase::ALL {
            let flags = phase.flags();
            assert!(flags.read_mysql() || flags.read_ddb(), "{phase}");
            assert!(flags.write_mysql() || !flags.read_mysql(), "{phase}");
            assert!(flags.write_ddb() || !flags.read_ddb(), "{phase}");
            assert_eq!(phase.records_dirt(), flags.write_mysql() && flags.write_ddb(), "{phase}");
            assert_eq!(Phase::from_number(phase.number()), Some(phase));
        }
        // Four flags tell all five apart.
        for (position, phase) in Phase::ALL.iter().enumerate() {
            assert!(Phase::ALL[..position].iter().all(|other| other.flags() != phase.flags()), "{phase}");
        }
        assert_eq!(Phase::from_number(0).or(Phase::from_number(6)), None);
    }

    #[test]
    fn what_neighbours_read_is_written_by_both() {
        // Two processes may be one phase apart: what one reads, the other must write, as long as MySQL is the truth.
        for pair in Phase::ALL[1..4].windows(2) {
            let [one, other] = [pair[0].flags(), pair[1].flags()];
            for (reader, writer) in [(one, other), (other, one)] {
                assert!(!reader.read_mysql() || writer.write_mysql());
                assert!(!reader.read_ddb() || writer.write_ddb());
            }
        }
    }

    #[test]
    fn only_a_neighbour_follows_and_only_when_all_have_acknowledged() {
        let at = |phase| PhaseRecord { phase, epoch: 4 };
        for from in Phase::ALL {
            for to in Phase::ALL {
                let changed = at(from).change(to, [4, 4]);
                let expected = match (from.number(), to.number()) {
                    (a, b) if a == b => Err(Refused::Same(to)),
                    (4, 5) => Err(Refused::NoHandOver { to }),
                    (a, b) if a.abs_diff(b) == 1 => Ok(PhaseRecord { phase: to, epoch: 5 }),
                    _ => Err(Refused::NoNeighbour { from, to }),
                };
                assert_eq!(changed, expected, "{from} to {to}");
            }
        }
        let behind = at(Phase::DualWrite).change(Phase::DualRead, [4, 3, 5, 1]);
        assert_eq!(behind, Err(Refused::Unacknowledged { epoch: 4, behind: 2 }));
    }

    #[test]
    fn a_refusal_says_the_way() {
        let words = |at: PhaseRecord, to| at.change(to, []).map_err(|refused| refused.to_string());
        assert_eq!(
            words(PhaseRecord::FIRST, Phase::DynamoDbRead),
            Err("phase 1 (MySQL only) has no way to 4 (DynamoDB read): go by phase 2 (dual write)".to_owned())
        );
        let last = PhaseRecord { phase: Phase::DynamoDbRead, epoch: 9 };
        assert_eq!(
            words(last, Phase::MySqlOnly),
            Err("phase 4 (DynamoDB read) has no way to 1 (MySQL only): go by phase 3 (dual read)".to_owned())
        );
    }
}
