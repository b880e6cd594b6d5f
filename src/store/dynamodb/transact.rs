//! Units of work as one `TransactWriteItems`: rows with the markers of their unique keys, all or none.
//!
//! A marker that another item owns refuses the unit. Which markers an item had before follows from the item as it is; that
//! it still is that item is a condition of the transaction, so that of two writers at once one tries again. A request that
//! is sent twice, because its answer was lost, is done once: it carries a token.

mod answers;
mod cascade;
mod expression;
mod marker;
mod parts;
mod prepare;
mod references;

use std::time::Duration;

use aws_sdk_dynamodb::config::AsyncSleep;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::TransactWriteItem;
use aws_smithy_async::rt::sleep::default_async_sleep;
use futures_util::future::try_join_all;
use migratable_core::dynamodb::Item;

use self::answers::Unanswered;
use self::cascade::is_of;
use self::parts::{Part, Parts, Role};
pub(super) use self::prepare::is_more_than_an_item;
use self::prepare::{Change, Strangers};
use self::references::{Made, Settled, Target};
use super::DynamoDb;
use super::attribute::SdkItem;
use super::classify::classify_put;
use crate::error::{Class, Error, Kind};
use crate::store::Related;
use crate::unit::step::PRIMARY;
use crate::unit::{Committed, Entry, Step, size};

/// How often a unit is tried that others are in the way of.
const ATTEMPTS: u32 = 16;

/// The longest pause before the second attempt; it doubles with each, up to [`LONGEST_PAUSE`]. How much of it is waited is
/// left to chance, so that writers who met once don't meet again.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(640);

/// Only if this was the answer is it certain that nothing was done.
const FAILED: &str = "ConditionalCheckFailed";
const CONFLICT: &str = "TransactionConflict";

/// A unit whose rows have their ids.
#[derive(Default)]
struct Unit {
    steps: Vec<Step<'static>>,
    new_ids: Vec<u64>,
}

/// What follows from an attempt that was canceled.
enum Canceled {
    /// Somebody wrote at the same time, or a condition doesn't hold: which it was shows once the items are read.
    Again,
    /// This marker, which was to be given up, belongs to another item.
    NotOurs(Item),
    /// It can't be done.
    Never(Error),
    /// It can't be done now.
    Later(Error),
}

impl DynamoDb {
    /// Does a unit of work in one transaction, once everything has its id.
    pub(in crate::store) async fn commit(
        &self,
        entries: Vec<Entry<'_>>,
        related: Related,
    ) -> Result<Committed, Error> {
        let total = entries.len();
        for (position, entry) in entries.iter().enumerate() {
            related.check(entry.plan()).map_err(|error| error.of_change(position, total))?;
        }
        let mut unit = Unit::default();
        self.take_ids(&mut unit, entries).await?;
        let steps: Vec<&Step<'_>> = unit.steps.iter().collect();
        size::check(&steps)?;
        let placed = |error: Error| match error.change().and_then(|change| steps.get(change)) {
            Some(step) => {
                let place = format!("DynamoDB table {}", step.plan.table);
                error.at(step.operation, step.plan, None, place)
            }
            None => error,
        };
        self.transact(&steps, related).await.map_err(placed)?;
        Ok(Committed { new_ids: unit.new_ids })
    }

    /// The steps that entries become, each where it stands, and what follows it behind it.
    async fn take_ids(&self, unit: &mut Unit, entries: Vec<Entry<'_>>) -> Result<(), Error> {
        for entry in entries {
            match entry {
                Entry::Step(step) => unit.steps.push(step),
                Entry::New(new) => {
                    let id = self.next_id(new.plan, new.ids).await.map_err(|error| {
                        let place = format!("DynamoDB table {}", new.ids.table);
                        error.at("take an id for", new.plan, None, place)
                    })?;
                    let (step, followers) = new.with(id)?;
                    unit.steps.push(step);
                    unit.new_ids.push(id);
                    Box::pin(self.take_ids(unit, followers)).await?;
                }
            }
        }
        Ok(())
    }

    /// Does steps in one transaction.
    pub(super) async fn transact(&self, steps: &[&Step<'_>], related: Related) -> Result<(), Error> {
        let mut strangers = Vec::new();
        // First only what has to be read is; then everything, so that what is in the way has a name.
        let mut careful = false;
        let blind = steps.iter().any(|step| !prepare::needs_item(step) || !step.plan.references.is_empty());
        let mut last = None;
        for attempt in 0..ATTEMPTS {
            if attempt > 0 {
                self.pause(attempt).await;
            }
            let settled = match self.prepare(steps, (related, &strangers), careful).await {
                // Something that was not read may be wrong before it, which is said first, as MySQL does.
                Err(error) if !careful && blind && error.is_of_stored() => {
                    careful = true;
                    self.prepare(steps, (related, &strangers), careful).await?
                }
                settled => settled?,
            };
            let (Settled::All, parts) = settled else {
                last = Some(lagging());
                continue;
            };
            if parts.0.is_empty() {
                return Ok(());
            }
            parts.check_size()?;
            match self.send(parts.to_sdk()?).await {
                Ok(()) => return Ok(()),
                Err(Rejected::Canceled(reasons, error)) => match judge(&parts.0, &reasons, steps.len()) {
                    Canceled::Again => careful = true,
                    Canceled::NotOurs(marker) => strangers.push(marker),
                    Canceled::Never(kind) => return Err(kind.with_source(error)),
                    Canceled::Later(kind) => last = Some(kind.with_source(error)),
                },
                Err(Rejected::Fault(error)) => return Err(error),
            }
        }
        Err(last.unwrap_or_else(|| {
            let message = format!("others wrote the same items {ATTEMPTS} times meanwhile");
            Error::new(Kind::Store { class: Class::Busy, code: None, message })
        }))
    }

    async fn pause(&self, attempt: u32) {
        let longest = FIRST_PAUSE.saturating_mul(1 << attempt.min(16).saturating_sub(1)).min(LONGEST_PAUSE);
        // A client says how to wait only where it was told to; otherwise the SDK has its own way, without saying it.
        if let Some(sleep) = self.client.config().sleep_impl().or_else(default_async_sleep) {
            sleep.sleep(longest.mul_f64(fastrand::f64())).await;
        }
    }

    /// The parts of the unit, with what has to be known of the items as they are.
    async fn prepare<'p>(
        &self,
        steps: &[&Step<'p>],
        (related, strangers): (Related, &Strangers),
        careful: bool,
    ) -> Result<(Settled, Parts<'p>), Error> {
        let total = steps.len();
        let read = steps.iter().enumerate().map(async |(position, &step)| {
            let before = if careful || prepare::needs_item(step) {
                let found = self.stored(step).await;
                Some(found.map_err(|error| error.of_change(position, total))?)
            } else {
                None
            };
            Ok::<_, Error>(Change { position, step, before })
        });
        let changes = try_join_all(read).await?;
        let mut made = Made::default();
        let refused = changes.into_iter().find_map(|change| {
            let position = change.position;
            let refused = change.parts((related, strangers), &mut made, total).err()?;
            Some(refused.of_change(position, total))
        });
        let unfollowed = self.follow(&mut made, steps, (related, strangers)).await.err();
        let refused = refused.into_iter().chain(unfollowed).min_by_key(Error::change);
        // Without them it is only known that something is wrong, and not what.
        let known = if careful || refused.is_some() { Some(self.counted_in(&made).await?) } else { None };
        let settled = references::settle(&mut made, known.as_deref(), related, total);
        let (settled, unsettled) = match settled {
            Ok(settled) => (settled, None),
            Err(error) => (Settled::Lagging, Some(error)),
        };
        // What goes wrong first is said, as MySQL does.
        let refused = refused.into_iter().chain(unsettled).min_by_key(Error::change);
        match refused {
            Some(refused) if !refused.is_of_stored() => Err(refused),
            Some(refused) => Err(self.taken(&made.parts, &refused, total).await?.unwrap_or(refused)),
            None => Ok((settled, made.parts)),
        }
    }

    /// The error for the first key that another item holds, of the changes up to one that is refused. Otherwise the
    /// transaction finds out.
    async fn taken(&self, parts: &Parts<'_>, refused: &Error, total: usize) -> Result<Option<Error>, Error> {
        // Of one change, MySQL looks at its keys before it looks at what it points at, and at all else before that.
        let earlier = |change: usize| match refused.change() {
            Some(at) if refused.points_at_nothing() => change <= at,
            at => Some(change) < at,
        };
        for part in parts.0.iter().filter(|part| earlier(part.change)) {
            let (name, owners) = match &part.role {
                Role::Take { name, owners } => (name.as_str(), &**owners),
                Role::Moved => (PRIMARY, &[][..]),
                Role::Row | Role::Counted | Role::GiveUp { .. } => continue,
            };
            let Some(there) = self.read_item(part.plan, &part.key).await? else { continue };
            if !owners.iter().any(|owner| marker::belongs_to(&there, owner)) {
                let error = Error::new(Kind::Duplicate { key: Some(name.to_owned()) });
                return Ok(Some(error.of_change(part.change, total)));
            }
        }
        Ok(None)
    }

    /// The items that rows are counted in, as they are.
    async fn counted_in(&self, made: &Made<'_>) -> Result<Vec<(Target, Option<SdkItem>)>, Error> {
        let read = references::outside(made).into_iter().map(async |to| {
            let item = self.read_item(to.plan, &to.key).await?.filter(|item| is_of(to.plan, item));
            Ok::<_, Error>((to, item))
        });
        try_join_all(read).await
    }

    /// The item that has the key now.
    async fn stored(&self, step: &Step<'_>) -> Result<Option<SdkItem>, Error> {
        let found = self.read_item(step.plan, &step.item).await?;
        if found.as_ref().is_some_and(|item| !is_of(step.plan, item)) {
            return Err(Error::new(Kind::Taken));
        }
        Ok(found)
    }

    async fn send(&self, items: Vec<TransactWriteItem>) -> Result<(), Rejected> {
        let token = format!("{:032x}", fastrand::u128(..));
        let unanswered = Unanswered::default();
        let mut attempt = 0;
        loop {
            let request = self.client.transact_write_items().client_request_token(token.clone());
            let request = request.set_transact_items(Some(items.clone())).customize();
            let Err(error) = request.interceptor(unanswered.clone()).send().await else {
                return Ok(());
            };
            match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(canceled)) => {
                    let reasons = canceled.cancellation_reasons().iter();
                    let reasons = reasons.map(|reason| {
                        let code = reason.code().filter(|code| *code != "None");
                        code.map(|code| (code.to_owned(), reason.message().map(str::to_owned)))
                    });
                    return Err(Rejected::Canceled(reasons.collect(), Box::new(error)));
                }
                // The first request is still under way. By its token this is the same one.
                Some(TransactWriteItemsError::TransactionInProgressException(_)) if attempt < ATTEMPTS => {
                    attempt += 1;
                    self.pause(attempt).await;
                }
                refused => {
                    let under_way =
                        matches!(refused, Some(TransactWriteItemsError::TransactionInProgressException(_)));
                    let error = classify_put(error);
                    let lost = under_way || unanswered.any();
                    return Err(Rejected::Fault(if lost { error.uncertain() } else { error }));
                }
            }
        }
    }
}

/// The error where an index never knew of all rows that go with another one.
fn lagging() -> Error {
    let message = "not all rows were found that go with a deleted one: their index lags behind".to_owned();
    Error::new(Kind::Store { class: Class::Busy, code: None, message })
}

/// Why each part was refused: DynamoDB's code, and its words; `None` for one that was not.
type Reasons = Vec<Option<(String, Option<String>)>>;

/// Why a transaction was not done.
enum Rejected {
    Canceled(Reasons, Box<dyn std::error::Error + Send + Sync>),
    Fault(Error),
}

/// What follows from why parts were refused (Amazon DynamoDB API Reference, "TransactWriteItems").
fn judge(parts: &[Part<'_>], reasons: &Reasons, total: usize) -> Canceled {
    let refused = || {
        let both = parts.iter().zip(reasons);
        both.filter_map(|(part, reason)| reason.as_ref().map(|(code, message)| (part, &**code, message)))
    };
    if let Some((part, code, message)) = refused().find(|(_, code, _)| *code != FAILED && *code != CONFLICT) {
        return other(part, code, message.as_deref(), total);
    }
    let failed = || refused().filter(|(_, code, _)| *code == FAILED).map(|(part, ..)| part);
    // That an item has changed says more than what follows from how it was.
    if failed().any(|part| part.role == Role::Row) {
        return Canceled::Again;
    }
    // What a change points at is read before it is said that it isn't there; what went wrong before that comes first.
    let counted = failed().filter(|part| part.role == Role::Counted).map(|part| part.change).min();
    for part in failed().filter(|part| counted.is_none_or(|counted| part.change <= counted)) {
        let key = match &part.role {
            Role::Take { name, .. } => name.clone(),
            Role::Moved => PRIMARY.to_owned(),
            Role::GiveUp { marker, .. } => return Canceled::NotOurs(marker.clone()),
            Role::Row | Role::Counted => continue,
        };
        let error = Error::new(Kind::Duplicate { key: Some(key) });
        return Canceled::Never(error.of_change(part.change, total));
    }
    Canceled::Again
}

/// A reason that has nothing to do with others.
fn other(part: &Part<'_>, code: &str, message: Option<&str>, total: usize) -> Canceled {
    let class = match code {
        "ThrottlingError" | "ProvisionedThroughputExceeded" => Class::Throttled,
        "ValidationError" | "ItemCollectionSizeLimitExceeded" => Class::Rejected,
        _ => Class::Unknown,
    };
    let message = message.unwrap_or("the transaction was canceled, and nothing was written").to_owned();
    let error = Error::new(Kind::Store { class, code: Some(code.to_owned()), message });
    let error = error.of_change(part.change, total);
    if class == Class::Throttled { Canceled::Later(error) } else { Canceled::Never(error) }
}

#[cfg(test)]
mod tests;
