//! Ids from counters: a process takes a block at once, and gives its ids out one by one. What is lost with a process, or with
//! an answer, is a gap; no id comes twice.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValue;
use migratable_core::ValueError;
use migratable_core::dynamodb::NEXT_ATTRIBUTE;
use migratable_core::plan::{Ids, Plan};

use super::classify::classify_put;
use super::{DynamoDb, SdkValue};
use crate::error::{Error, Kind};

/// A counter: its table, and the entity it counts for.
type Counter = (String, String);

/// Blocks that are begun.
pub(super) struct Blocks(Mutex<HashMap<Counter, Vec<Range<u64>>>>);

impl Blocks {
    pub(super) fn new() -> Self {
        Self(Mutex::new(HashMap::new()))
    }

    /// The next id of a block that is begun.
    fn take(&self, plan: &Plan, ids: &Ids) -> Option<u64> {
        // A panic elsewhere leaves no half of a block.
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = blocks.get_mut(&key(plan, ids))?;
        loop {
            match begun.last_mut()?.next() {
                Some(id) => return Some(id),
                None => drop(begun.pop()),
            }
        }
    }

    fn put(&self, plan: &Plan, ids: &Ids, block: Range<u64>) {
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        blocks.entry(key(plan, ids)).or_default().push(block);
    }

    /// Forgets what was taken before a counter was seeded.
    #[cfg(feature = "mysql")]
    fn clear(&self, plan: &Plan, ids: &Ids) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(plan, ids));
    }
}

fn key(plan: &Plan, ids: &Ids) -> Counter {
    (ids.table.to_string(), plan.entity.to_string())
}

impl DynamoDb {
    /// An id that nobody else has, or will have.
    pub(super) async fn next_id(&self, plan: &Plan, ids: &Ids) -> Result<u64, Error> {
        if let Some(id) = self.blocks.take(plan, ids) {
            return Ok(id);
        }
        // Of several at once each takes a block: no one waits for another's answer.
        let mut block = self.next_block(plan, ids).await?;
        let id = block.next().ok_or_else(|| Error::plan("its blocks of ids are empty"))?;
        self.blocks.put(plan, ids, block);
        Ok(id)
    }

    /// Takes a block from the counter. Sent twice, because an answer was lost, it takes two, and one is a gap.
    async fn next_block(&self, plan: &Plan, ids: &Ids) -> Result<Range<u64>, Error> {
        let request = self
            .client
            .update_item()
            .table_name(ids.table.as_ref())
            .key(ids.key.as_ref(), SdkValue::S(plan.entity.to_string()))
            .update_expression("ADD #next :block")
            .condition_expression("attribute_exists(#next)")
            .expression_attribute_names("#next", NEXT_ATTRIBUTE)
            .expression_attribute_values(":block", SdkValue::N(ids.block.to_string()))
            .return_values(ReturnValue::UpdatedNew);
        let output = request.send().await.map_err(|error| match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(_)) => {
                Error::new(Kind::Unseeded { table: ids.table.to_string() }).with_source(error)
            }
            _ => classify_put(error),
        })?;
        let attributes = output.attributes.unwrap_or_default();
        let next = attributes.get(NEXT_ATTRIBUTE).and_then(|value| value.as_n().ok());
        let end: Option<u64> = next.and_then(|digits| digits.parse().ok());
        let start = end.and_then(|end| end.checked_sub(u64::from(ids.block)));
        let block = start.zip(end).map(|(start, end)| start..end);
        block.ok_or_else(|| Error::unreadable(NEXT_ATTRIBUTE, ValueError::Malformed { what: "count of ids" }))
    }

    /// Sets the counter to the next id, unless it is further.
    #[cfg(feature = "mysql")]
    pub(in crate::store) async fn seed(&self, plan: &Plan, ids: &Ids, next: u64) -> Result<(), Error> {
        let request = self
            .client
            .update_item()
            .table_name(ids.table.as_ref())
            .key(ids.key.as_ref(), SdkValue::S(plan.entity.to_string()))
            .update_expression("SET #next = :next")
            .condition_expression("attribute_not_exists(#next) OR #next < :next")
            .expression_attribute_names("#next", NEXT_ATTRIBUTE)
            .expression_attribute_values(":next", SdkValue::N(next.to_string()));
        match request.send().await {
            Ok(_) => {
                self.blocks.clear(plan, ids);
                Ok(())
            }
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(_)) => Ok(()),
                _ => Err(classify_put(error)),
            },
        }
    }
}
