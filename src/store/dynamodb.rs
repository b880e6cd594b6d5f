//! The DynamoDB store, and items as the SDK has them.
//!
//! Code of your own that talks to DynamoDB, for a scan or a batch say, makes its items and reads them with [`to_item`] and
//! [`from_item`]: they are what a [`Store`](crate::Store) writes and reads.

mod attribute;
mod classify;
mod conditions;
mod ids;
mod transact;

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_sdk_dynamodb::types::AttributeValue as SdkValue;
use futures_util::future::try_join_all;
use migratable_core::check::ValidRow;
use migratable_core::dynamodb::{ENTITY_ATTRIBUTE, Item};
use migratable_core::key::sorted;
use migratable_core::plan::Plan;
use migratable_core::value::Row;

use self::classify::{classify_put, classify_read};
use self::conditions::{Access, Query};
use super::{Question, Related, Stretch};
use crate::entity::{self, Entity, written};
use crate::error::{Error, Kind};
use crate::unit::{Action, Step};
use crate::view::View;

/// The item DynamoDB holds for an entity: attributes, table keys and index keys.
///
/// # Errors
/// The entity is not valid ([`Error::is_invalid`]).
pub fn to_item<E: Entity>(entity: &E) -> Result<HashMap<String, SdkValue>, Error> {
    written(entity, attribute::item_of_row)
}

/// The entity of an item, or the part of it that `V` is. Attributes that the contract doesn't know are left alone.
///
/// # Errors
/// The item is of another entity, or an attribute can't be read by the contract ([`Error::is_unreadable`]).
pub fn from_item<V: View>(item: HashMap<String, SdkValue>) -> Result<V, Error> {
    entity::read(|plan| attribute::row_of_sdk(plan, item))
}

/// A client.
pub(super) struct DynamoDb {
    client: Client,
    /// Ids that are taken and not given out.
    blocks: ids::Blocks,
}

impl DynamoDb {
    pub(super) fn new(client: Client) -> Self {
        Self { client, blocks: ids::Blocks::new() }
    }

    /// Writes the item of a row that has been checked, with its markers and where it is counted; never over an item of another entity, or of none.
    pub(super) async fn put(&self, row: ValidRow<'_>, related: Related) -> Result<(), Error> {
        let plan = row.plan();
        if transact::is_more_than_an_item(plan) {
            related.check(plan)?;
            let step = Step::of_row("put", row, Action::Put)?;
            // Not a change of a unit, whoever asks.
            return self.transact(&[&step], related).await.map_err(Error::of_no_change);
        }
        let item = attribute::item_of_row(row).map_err(|error| Error::unfit(&error.place, error.source))?;
        let request = self
            .client
            .put_item()
            .table_name(plan.table.as_ref())
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#key) OR #entity = :entity")
            .expression_attribute_names("#key", plan.partition.name.as_ref())
            .expression_attribute_names("#entity", ENTITY_ATTRIBUTE)
            .expression_attribute_values(":entity", SdkValue::S(plan.entity.to_string()));
        request.send().await.map_err(classify_put).map(drop)
    }

    /// The one row that answers. From the table itself it is read consistently; an index lags behind the table.
    pub(super) async fn get(&self, question: &Question<'_>) -> Result<Option<Row>, Error> {
        match conditions::access(question)? {
            Access::Key { key, residual } => match self.get_item(question.plan, key).await? {
                Some(row) if residual.admits(question.plan, &row)? => Ok(Some(row)),
                _ => Ok(None),
            },
            Access::Queries(queries) => {
                // Two items where there should be one is an error, not a choice.
                let stretch = Stretch { limit: 2, backwards: false, after: None };
                let mut rows = self.merged(question, &queries, &stretch).await?;
                if rows.len() > 1 {
                    return Err(Error::new(Kind::NotUnique));
                }
                Ok(rows.pop())
            }
        }
    }

    /// A stretch of a list.
    pub(super) async fn list(&self, question: &Question<'_>, stretch: &Stretch) -> Result<Vec<Row>, Error> {
        self.merged(question, &conditions::queries(question)?, stretch).await
    }

    /// What several queries give, in the list's order: all are asked at once, each for as much as may be needed.
    async fn merged(
        &self,
        question: &Question<'_>,
        queries: &[Query],
        stretch: &Stretch,
    ) -> Result<Vec<Row>, Error> {
        if let [query] = queries {
            return self.query(question, query, stretch).await;
        }
        let answers = queries.iter().map(|query| self.query(question, query, stretch));
        let rows = try_join_all(answers).await?.concat();
        let mut sorted = rows
            .into_iter()
            .map(|row| Ok((sort_texts(question, &row)?, row)))
            .collect::<Result<Vec<_>, Error>>()?;
        sorted
            .sort_by(|(one, _), (other, _)| if stretch.backwards { other.cmp(one) } else { one.cmp(other) });
        sorted.truncate(usize::try_from(stretch.limit).unwrap_or(usize::MAX));
        Ok(sorted.into_iter().map(|(_, row)| row).collect())
    }

    async fn get_item(&self, plan: &Plan, key: Item) -> Result<Option<Row>, Error> {
        let request = self
            .client
            .get_item()
            .table_name(plan.table.as_ref())
            .set_key(Some(attribute::to_sdk_item(key)))
            .consistent_read(true);
        let output = request.send().await.map_err(classify_read)?;
        output.item.map(|item| read(plan, item)).transpose()
    }

    /// Follows DynamoDB's own pages, which end at 1 MB, until the stretch is full or there is no more.
    async fn query(
        &self,
        question: &Question<'_>,
        query: &Query,
        stretch: &Stretch,
    ) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::new();
        let after = stretch.after.as_deref();
        let mut start = after.map(|after| conditions::start_key(question, query, after)).transpose()?;
        loop {
            let missing = stretch.limit - rows.len() as u64;
            let output = self.query_once(question, query, stretch.backwards, start.take(), missing).await?;
            for item in output.items.unwrap_or_default() {
                let row = read(question.plan, item)?;
                if query.residual.admits(question.plan, &row)? {
                    rows.push(row);
                }
            }
            if rows.len() as u64 >= stretch.limit {
                return Ok(rows);
            }
            match output.last_evaluated_key {
                Some(key) => start = Some(attribute::from_sdk_item(key)?),
                None => return Ok(rows),
            }
        }
    }

    async fn query_once(
        &self,
        question: &Question<'_>,
        query: &Query,
        backwards: bool,
        start: Option<Item>,
        limit: u64,
    ) -> Result<QueryOutput, Error> {
        let index = question.plan.index_of(question.pattern);
        let (names, values) = query.placeholders();
        let request = self
            .client
            .query()
            .table_name(question.plan.table.as_ref())
            .set_index_name(index.map(|index| index.name.to_string()))
            .key_condition_expression(query.expression())
            .set_expression_attribute_names(Some(names))
            .set_expression_attribute_values(Some(attribute::to_sdk_item(values)))
            .scan_index_forward(!backwards)
            // Global indexes can't be read consistently; the table can, as MySQL is.
            .consistent_read(index.is_none())
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .set_exclusive_start_key(start.map(attribute::to_sdk_item));
        request.send().await.map_err(classify_read)
    }
}

/// What orders a row in a list, as texts.
fn sort_texts(question: &Question<'_>, row: &Row) -> Result<Vec<String>, Error> {
    let Question { plan, pattern, .. } = question;
    let text = |&column: &usize| {
        let text = sorted(&plan.columns[column].ty, &row[column]);
        text.map_err(|error| Error::unfit(plan.field_name(column), error))
    };
    pattern.order.iter().map(text).collect()
}

fn read(plan: &Plan, item: attribute::SdkItem) -> Result<Row, Error> {
    attribute::row_of_sdk(plan, item)
}
