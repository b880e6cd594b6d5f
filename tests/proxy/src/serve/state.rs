//! Rules with what they have done, and the requests there were.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::sync::{oneshot, watch};

use super::request::Request;
use crate::control::{RuleId, Seen};
use crate::rule::{Fault, When};

/// How long a test waits for a fault before it is told that there was none.
const PATIENCE: Duration = Duration::from_secs(60);

/// Shared by all connections.
#[derive(Default)]
pub(super) struct State(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    rules: BTreeMap<RuleId, Rule>,
    last: u32,
    seen: Vec<Seen>,
}

struct Rule {
    when: When,
    fault: Fault,
    /// Requests it was for.
    meant: u32,
    /// How often its fault has happened.
    happened: watch::Sender<usize>,
    held: Vec<oneshot::Sender<()>>,
}

impl State {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(&self, when: When, fault: Fault) -> anyhow::Result<RuleId> {
        if let Some(misfit) = fault.misfit(&when) {
            bail!(misfit);
        }
        let mut inner = self.lock();
        inner.last += 1;
        let id = RuleId(inner.last);
        let (happened, _) = watch::channel(0);
        inner.rules.insert(id, Rule { when, fault, meant: 0, happened, held: Vec::new() });
        Ok(id)
    }

    pub(super) fn remove(&self, rule: RuleId) -> anyhow::Result<()> {
        // What it holds goes on when its senders are dropped.
        self.lock().rules.remove(&rule).map(drop).context("there is no such rule")
    }

    pub(super) fn release(&self, rule: RuleId) -> anyhow::Result<usize> {
        let mut inner = self.lock();
        let rule = inner.rules.get_mut(&rule).context("there is no such rule")?;
        Ok(rule.held.drain(..).count())
    }

    pub(super) async fn happened(&self, rule: RuleId, count: usize) -> anyhow::Result<()> {
        let mut happened = {
            let inner = self.lock();
            inner.rules.get(&rule).context("there is no such rule")?.happened.subscribe()
        };
        let enough = tokio::time::timeout(PATIENCE, happened.wait_for(|times| *times >= count));
        let reached = enough.await.map(|outcome| outcome.is_ok());
        match reached {
            Ok(true) => Ok(()),
            Ok(false) => bail!("the rule was removed"),
            Err(_) => bail!("the fault did not happen {count} times within {} s", PATIENCE.as_secs()),
        }
    }

    pub(super) fn seen(&self) -> Vec<Seen> {
        self.lock().seen.clone()
    }

    pub(super) fn forget(&self) {
        self.lock().seen.clear();
    }

    /// Takes a request down, and finds the first rule that is for it and whose turn it is.
    pub(super) fn meet(&self, request: &Request) -> Option<(RuleId, Fault)> {
        let mut inner = self.lock();
        let mut found = None;
        for (id, rule) in &mut inner.rules {
            if !request.is_meant(&rule.when) {
                continue;
            }
            rule.meant = rule.meant.saturating_add(1);
            let turn = rule.meant.checked_sub(rule.when.skip).filter(|turn| *turn > 0);
            if turn.is_some_and(|turn| rule.when.times.is_none_or(|times| turn <= times)) {
                found = Some((*id, rule.fault.clone()));
                break;
            }
        }
        inner.seen.push(Seen {
            operation: request.name.clone(),
            body: request.json.clone(),
            attempt: request.attempt(),
            rule: found.as_ref().map(|(id, _)| *id),
        });
        found
    }

    /// Says that a rule's fault has happened.
    pub(super) fn count(&self, rule: RuleId) {
        if let Some(rule) = self.lock().rules.get(&rule) {
            rule.happened.send_modify(|times| *times += 1);
        }
    }

    /// Waits until the rule lets go.
    pub(super) async fn hold(&self, rule: RuleId) {
        let (release, released) = oneshot::channel();
        {
            let mut inner = self.lock();
            let Some(rule) = inner.rules.get_mut(&rule) else { return };
            rule.held.push(release);
            rule.happened.send_modify(|times| *times += 1);
        }
        // A sender that is dropped lets go, too.
        let _ = released.await;
    }
}
