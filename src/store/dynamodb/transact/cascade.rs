//! The rows that go with the row they point at, or forget it: found by an index, read, and deleted or changed in the same
//! transaction. That they are all of them is what the counts say.

use std::collections::BTreeSet;

use futures_util::future::try_join_all;
use migratable_core::change::{Change as Edits, Edit, Operation};
use migratable_core::dynamodb::{ENTITY_ATTRIBUTE, Item};
use migratable_core::plan::{AccessPattern, OnDelete, PatternKind, PatternSql, Plan, Reference};
use migratable_core::value::{Row, Value};

use super::prepare::{Change, Strangers};
use super::references::{Made, Target, count_of, target};
use crate::error::{Error, Kind};
use crate::store::dynamodb::attribute::{self, SdkItem};
use crate::store::dynamodb::classify::classify_read;
use crate::store::dynamodb::{DynamoDb, SdkValue, conditions};
use crate::store::{Question, Related};
use crate::unit::{Action, MAX_CHANGES, Step, size};

/// A row that goes along, or forgets what it pointed at.
struct Found {
    plan: &'static Plan,
    key: Item,
    row: Row,
    before: SdkItem,
    /// The change it follows from.
    change: usize,
    becomes: Becomes,
}

enum Becomes {
    Gone,
    /// These columns of it are NULL.
    Without(BTreeSet<usize>),
}

/// A row that goes, whose rows are looked for.
struct Open {
    change: usize,
    plan: Target,
    row: Row,
    before: SdkItem,
}

/// What a unit does by itself.
struct Unit<'u, 'p> {
    steps: &'u [&'u Step<'p>],
    total: usize,
}

impl DynamoDb {
    /// Adds what follows from the rows that go.
    pub(super) async fn follow<'p>(
        &self,
        made: &mut Made<'p>,
        steps: &[&Step<'p>],
        (related, strangers): (Related, &Strangers),
    ) -> Result<(), Error> {
        let unit = Unit { steps, total: steps.len() };
        let mut open = Vec::new();
        for gone in made.gone.iter().filter(|gone| !gone.moves) {
            let plan = Target { plan: related.find(&gone.plan.entity)?, key: gone.key.clone() };
            let (change, row, before) = (gone.change, gone.row.clone(), gone.before.clone());
            open.push(Open { change, plan, row, before });
        }
        let mut found: Vec<Found> = Vec::new();
        let mut refused = Vec::new();
        while let Some(gone) = open.pop() {
            for referrer in gone.plan.plan.referrers.iter() {
                let (child, reference) = related.reference(&referrer.entity, &referrer.name)?;
                let (index, forgets) = match reference.on_delete {
                    OnDelete::Restrict => continue,
                    OnDelete::Cascade { index } => (index, false),
                    OnDelete::SetNull { index } => (index, true),
                };
                let count = count_of(&gone.before, &referrer.count);
                let count = count.map_err(|error| error.of_change(gone.change, unit.total))?;
                if count == 0 {
                    continue;
                }
                let count = usize::try_from(count).unwrap_or(usize::MAX);
                let too_large = |error: Error| error.of_change(gone.change, unit.total);
                check_size(count.saturating_add(1)).map_err(too_large)?;
                for key in self.listed(child, reference, index, &gone).await? {
                    match unit.does_it(made, child, &key, &gone) {
                        Ok(false) => {}
                        Ok(true) => continue,
                        // What goes wrong before it may follow from other rows.
                        Err(error) => {
                            refused.push(error);
                            continue;
                        }
                    }
                    let known =
                        found.iter_mut().find(|known| known.plan.table == child.table && known.key == key);
                    let row = match known {
                        Some(Found { becomes: Becomes::Gone, .. }) => continue,
                        Some(Found { becomes: Becomes::Without(columns), .. }) if forgets => {
                            columns.extend(reference.columns.iter().copied());
                            continue;
                        }
                        Some(known) => {
                            known.becomes = Becomes::Gone;
                            known
                        }
                        None => {
                            let Some(row) = self.pointing(child, reference, key, &gone, related).await?
                            else {
                                continue;
                            };
                            found.push(row);
                            check_size(found.len() + steps.len()).map_err(too_large)?;
                            let Some(row) = found.last_mut() else { continue };
                            if forgets {
                                row.becomes = Becomes::Without(reference.columns.iter().copied().collect());
                                continue;
                            }
                            row
                        }
                    };
                    let plan = Target { plan: row.plan, key: row.key.clone() };
                    let (change, before) = (row.change, row.before.clone());
                    open.push(Open { change, plan, row: row.row.clone(), before });
                }
            }
        }
        for found in found {
            let change = found.change;
            let made = found.parts(made, related, strangers, unit.total);
            refused.extend(made.err().map(|error| error.of_change(change, unit.total)));
        }
        refused.into_iter().min_by_key(Error::change).map_or(Ok(()), Err)
    }

    /// The keys of the items that point at a row, as far as an index knows.
    async fn listed(
        &self,
        child: &'static Plan,
        reference: &Reference,
        index: Option<usize>,
        gone: &Open,
    ) -> Result<Vec<Item>, Error> {
        let value = |to| {
            let column = gone.plan.plan.root_column(to);
            column.and_then(|column| gone.row.get(column)).cloned().unwrap_or(Value::Null)
        };
        let by: Vec<Value> = reference.to.iter().map(|to| value(to)).collect();
        let pattern = AccessPattern {
            name: reference.name.clone(),
            kind: PatternKind::List { page: 1 },
            by: reference.columns.clone(),
            index,
            order: Vec::new().into(),
            cursor: Vec::new().into(),
            sql: PatternSql::default(),
        };
        let question = Question { plan: child, pattern: &pattern, by: &by, ends: None };
        let queries = conditions::queries(&question)?;
        let asked = queries.iter().map(async |query| {
            let mut keys = Vec::new();
            let mut start = None;
            while keys.len() <= MAX_CHANGES {
                let most = (MAX_CHANGES + 1) as u64;
                let output = self.query_once(&question, query, false, start.take(), most).await?;
                for item in output.items.unwrap_or_default() {
                    keys.extend(own_key(child, &item)?);
                }
                match output.last_evaluated_key {
                    Some(key) => start = Some(attribute::from_sdk_item(key)?),
                    None => break,
                }
            }
            Ok::<_, Error>(keys)
        });
        Ok(try_join_all(asked).await?.concat())
    }

    /// The row of an item, if it points at what goes.
    async fn pointing(
        &self,
        child: &'static Plan,
        reference: &Reference,
        key: Item,
        gone: &Open,
        related: Related,
    ) -> Result<Option<Found>, Error> {
        let Some(before) = self.read_item(child, &key).await?.filter(|item| is_of(child, item)) else {
            return Ok(None);
        };
        let row = attribute::row_of_sdk(child, before.clone())?;
        let to = target(related, child, reference, &row)?;
        let points = to.is_some_and(|to| to.is(gone.plan.plan, &gone.plan.key));
        let (change, becomes) = (gone.change, Becomes::Gone);
        Ok(points.then_some(Found { plan: child, key, row, before, change, becomes }))
    }

    /// The item with this key, as it is now.
    pub(super) async fn read_item(&self, plan: &Plan, key: &Item) -> Result<Option<SdkItem>, Error> {
        let request = self
            .client
            .get_item()
            .table_name(plan.table.as_ref())
            .set_key(Some(attribute::to_sdk_item(key.clone())))
            .consistent_read(true);
        Ok(request.send().await.map_err(classify_read)?.item)
    }
}

/// Whether an item is one of the entity.
pub(super) fn is_of(plan: &Plan, item: &SdkItem) -> bool {
    matches!(item.get(ENTITY_ATTRIBUTE), Some(SdkValue::S(entity)) if *entity == plan.entity)
}

/// The key of an item that an index gave; `None` for one of another entity.
fn own_key(plan: &Plan, item: &SdkItem) -> Result<Option<Item>, Error> {
    if !is_of(plan, item) {
        return Ok(None);
    }
    let names = plan.keys(None).map(|key| key.name.as_ref());
    let key = names.filter_map(|name: &str| Some((name.to_owned(), item.get(name)?.clone())));
    attribute::from_sdk_item(key.collect()).map(Some)
}

/// Refuses more rows than a transaction has items.
fn check_size(rows: usize) -> Result<(), Error> {
    if rows <= MAX_CHANGES {
        return Ok(());
    }
    Err(size::with_what_follows(rows))
}

impl Unit<'_, '_> {
    /// Whether the unit sees to a row itself that goes with another one.
    fn does_it(&self, made: &Made<'_>, child: &Plan, key: &Item, gone: &Open) -> Result<bool, Error> {
        let same = |step: &&Step<'_>| step.plan.table == child.table && step.item == *key;
        let Some(position) = self.steps.iter().position(same) else { return Ok(false) };
        let later = position > gone.change;
        match &self.steps[position].action {
            _ if position == gone.change => Ok(true),
            Action::Delete { required: None, .. } if later => Ok(true),
            // As MySQL finds it.
            Action::Change { .. } | Action::Delete { .. } | Action::Require { .. } if later => {
                Err(Error::new(Kind::NotFound).of_change(position, self.total))
            }
            _ if later => Err(size::same_item(gone.change).of_change(position, self.total)),
            _ => {
                let left = made.moves.iter().any(|one| {
                    let of_it = one.row.0 == child.table && one.row.1 == *key;
                    of_it && !one.arrives && one.to.is(gone.plan.plan, &gone.plan.key)
                });
                if left {
                    return Ok(true);
                }
                Err(size::same_item(position).of_change(gone.change, self.total))
            }
        }
    }
}

impl Found {
    /// Adds its parts.
    fn parts(
        self,
        made: &mut Made<'_>,
        related: Related,
        strangers: &Strangers,
        total: usize,
    ) -> Result<(), Error> {
        let Self { plan, key: item, row, before, change, becomes } = self;
        let key = plan.key_columns(None).into_iter().filter_map(|column| row.get(column).cloned()).collect();
        let action = match becomes {
            Becomes::Gone => Action::Delete { key, required: None },
            Becomes::Without(columns) => {
                let edit = |column| Edit { column, operation: Operation::Set(Value::Null) };
                let edits = Edits { edits: columns.into_iter().map(edit).collect(), condition: None };
                Action::Change { key, edits }
            }
        };
        let step = Step { operation: "delete", plan, item, action };
        Change { position: change, step: &step, before: Some(Some(before)) }.parts(
            (related, strangers),
            made,
            total,
        )
    }
}
