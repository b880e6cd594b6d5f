//! Makes the tables that aren't there.

use std::time::Duration;

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use aws_sdk_dynamodb::types::{PointInTimeRecoverySpecification, TimeToLiveSpecification};
use tokio::time::{Instant, sleep};

use super::compare::compare;
use super::describe::{Engine, describe, one, states};
use super::model::{State, WantedTable};
use super::plan::{Plan, Step, Verdict};
use super::request::create_table;
use crate::error::Error;

/// Tables that are made at once. An account may make 250 that have indexes, fewer while it makes complex ones (Amazon
/// DynamoDB API Reference, `LimitExceededException`).
const AT_ONCE: usize = 25;

/// The shortest and the longest time between two looks.
const LOOKS: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(2));

/// How long one thing may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// The longest time for one table to be active, and for one setting to be taken.
    pub limit: Duration,
}

impl Default for Patience {
    /// Ten minutes. Empty tables take seconds, those with many indexes a minute or two.
    fn default() -> Self {
        Self { limit: Duration::from_secs(600) }
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// What was to be done. Where a table that was there differs, nothing was.
    pub before: Plan,
    /// The tables that were made, in the contract's order.
    pub made: Vec<String>,
    /// What there is now, compared again.
    pub after: Plan,
}

/// It ended on the way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct Failed {
    /// Why.
    pub error: Error,
    /// Tables that are made, with everything.
    pub made: Vec<String>,
    /// Tables that may have been made, without what follows.
    pub begun: Vec<String>,
}

/// Makes the tables that aren't there, waits until they and their indexes are active, sets what is set on a table, and
/// compares again. Changes nothing that is there: if any table differs, none is made.
///
/// # Errors
/// The engine can't be asked, refuses, or takes too long; what was made by then is said.
pub async fn create(engine: &Engine, tables: &[WantedTable], patience: Patience) -> Result<Created, Failed> {
    let mut work = Work { engine, patience, made: Vec::new(), begun: Vec::new() };
    match work.run(tables).await {
        Ok((before, after)) => Ok(Created { before, made: work.made, after }),
        Err(error) => Err(Failed { error, made: work.made, begun: work.begun }),
    }
}

struct Work<'a> {
    engine: &'a Engine,
    patience: Patience,
    made: Vec<String>,
    begun: Vec<String>,
}

impl Work<'_> {
    async fn run(&mut self, tables: &[WantedTable]) -> Result<(Plan, Plan), Error> {
        let before = Plan::of(&describe(self.engine, tables).await?);
        if before.is_blocked() {
            return Ok((before.clone(), before));
        }
        let missing: Vec<(&str, &[Step])> = before
            .tables
            .iter()
            .filter_map(|table| match &table.verdict {
                Verdict::Missing(steps) => Some((table.name.as_str(), steps.as_slice())),
                Verdict::Same | Verdict::Coming | Verdict::Different(_) => None,
            })
            .collect();
        for group in missing.chunks(AT_ONCE) {
            self.group(group).await?;
        }
        for table in before.tables.iter().filter(|table| table.verdict == Verdict::Coming) {
            wait(self.engine, &table.name, self.patience).await?;
        }
        let after = Plan::of(&describe(self.engine, tables).await?);
        Ok((before, after))
    }

    /// Begins all of them, then finishes one after the other: most of it is waiting.
    async fn group(&mut self, group: &[(&str, &[Step])]) -> Result<(), Error> {
        let mut others = Vec::new();
        for (name, steps) in group {
            for step in *steps {
                if let Step::Create(table) = step {
                    let begun = self.begin(table).await;
                    if begun.as_ref().err().is_none_or(Error::may_have_happened) {
                        self.begun.push((*name).to_owned());
                    }
                    if begun? == Begun::ThereAlready {
                        others.push(table);
                    }
                }
            }
        }
        for (name, steps) in group {
            let other = others.iter().find(|table| table.name == *name);
            let end = self.finish(name, steps, other.copied()).await?;
            self.begun.retain(|begun| begun != name);
            if end == End::Made {
                self.made.push((*name).to_owned());
            }
        }
        Ok(())
    }

    async fn begin(&self, table: &WantedTable) -> Result<Begun, Error> {
        let asked = self.engine.asked("CreateTable", &table.name);
        let request = create_table(&self.engine.client, table).map_err(|error| Error::Request {
            operation: asked.operation,
            table: table.name.clone(),
            cause: error.to_string(),
        })?;
        match request.send().await {
            Ok(_) => Ok(Begun::Now),
            // The first answer was lost and the SDK asked again; or somebody else was faster.
            Err(error) if error.code() == Some("ResourceInUseException") => Ok(Begun::ThereAlready),
            Err(error) => Err(asked.failed(&error)),
        }
    }

    /// `other`: the table, where somebody else may have made one of its name.
    async fn finish(&self, name: &str, steps: &[Step], other: Option<&WantedTable>) -> Result<End, Error> {
        for step in steps {
            match step {
                Step::Create(_) => {}
                Step::Wait(_) => {
                    wait(self.engine, name, self.patience).await?;
                    if let Some(wanted) = other
                        && compare(wanted, &one(self.engine, name).await?)
                            .iter()
                            .any(|difference| !difference.kind.is_set_later())
                    {
                        // Not the table that was asked for: nothing is set on it, and the comparison says it.
                        return Ok(End::Others);
                    }
                }
                Step::Expire(attribute) => self.expire(name, attribute).await?,
                Step::Recover => self.recover(name).await?,
            }
        }
        Ok(End::Made)
    }

    async fn expire(&self, name: &str, attribute: &str) -> Result<(), Error> {
        let asked = self.engine.asked("UpdateTimeToLive", name);
        let setting = TimeToLiveSpecification::builder().enabled(true).attribute_name(attribute).build();
        let setting = setting.map_err(|error| Error::Request {
            operation: asked.operation,
            table: name.to_owned(),
            cause: error.to_string(),
        })?;
        let request =
            self.engine.client.update_time_to_live().table_name(name).time_to_live_specification(setting);
        let Err(error) = request.send().await else { return Ok(()) };
        // Asked twice, because the first answer was lost, it is refused: then it has been set.
        let set = error.code() == Some("ValidationException")
            && one(self.engine, name)
                .await?
                .table
                .is_some_and(|table| table.ttl.as_deref() == Some(attribute));
        if set { Ok(()) } else { Err(asked.failed(&error)) }
    }

    async fn recover(&self, name: &str) -> Result<(), Error> {
        let asked = self.engine.asked("UpdateContinuousBackups", name);
        let setting =
            PointInTimeRecoverySpecification::builder().point_in_time_recovery_enabled(true).build();
        let setting = setting.map_err(|error| Error::Request {
            operation: asked.operation,
            table: name.to_owned(),
            cause: error.to_string(),
        })?;
        let mut looks = Looks::new(self.patience);
        loop {
            let request = self.engine.client.update_continuous_backups().table_name(name);
            let Err(error) = request.point_in_time_recovery_specification(setting.clone()).send().await
            else {
                return Ok(());
            };
            // A new table's backups take a while to be there (API Reference, `ContinuousBackupsUnavailableException`).
            let later = error.code() == Some("ContinuousBackupsUnavailableException");
            if !later || !looks.again().await {
                return Err(asked.failed(&error));
            }
        }
    }
}

/// Who began a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begun {
    Now,
    ThereAlready,
}

/// What came of a table that was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// It is the one that was asked for.
    Made,
    /// Somebody else made one of its name that is another.
    Others,
}

/// Waits until a table and its indexes are active. A table that isn't there yet is waited for: right after it was made,
/// DynamoDB may not know it (API Reference, `DescribeTable`).
///
/// # Errors
/// The engine can't be asked, or the table isn't active in time.
pub async fn wait(engine: &Engine, table: &str, patience: Patience) -> Result<(), Error> {
    let mut looks = Looks::new(patience);
    loop {
        let states = states(engine, table).await?;
        let waits = match &states {
            None => Some("not there".to_owned()),
            Some(states) => states.iter().find(|state| **state != State::Active).map(State::to_string),
        };
        let Some(state) = waits else { return Ok(()) };
        if !looks.again().await {
            let seconds = patience.limit.as_secs();
            return Err(Error::NotReady { table: table.to_owned(), state, seconds });
        }
    }
}

/// Looks at something again and again, less and less often.
struct Looks {
    until: Instant,
    pause: Duration,
}

impl Looks {
    fn new(patience: Patience) -> Self {
        Self { until: Instant::now() + patience.limit, pause: LOOKS.0 }
    }

    /// Pauses; false where there is no time left.
    async fn again(&mut self) -> bool {
        if Instant::now() >= self.until {
            return false;
        }
        sleep(self.pause).await;
        self.pause = (self.pause * 2).min(LOOKS.1);
        true
    }
}
