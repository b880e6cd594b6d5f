//! Items whose unique keys are held by markers: an item and its markers are written in one transaction, or not at all.
//!
//! A marker that another item owns refuses the write. Which markers the item had before follows from the item as it is; that
//! it still is that item is a condition of the transaction, so that of two writers at once one tries again.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{Delete, Put, TransactWriteItem};
use migratable_core::check::ValidRow;
use migratable_core::dynamodb::{AttributeValue, ENTITY_ATTRIBUTE, Item, OWNER_ATTRIBUTE};
use migratable_core::plan::{KeySource, Marker, Plan};
use migratable_core::projection;
use migratable_core::value::Row;

use super::attribute::{self, SdkItem};
use super::classify::{classify_put, classify_read};
use super::{DynamoDb, SdkValue};
use crate::error::{Class, Error, Kind};

/// How often a write is tried that others are in the way of.
const ATTEMPTS: usize = 8;

/// Only if nobody else has it.
const FREE: &str = "attribute_not_exists(#key) OR #owner = :owner";

/// What a transaction does to one item.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part<'p> {
    /// The item itself.
    Item,
    /// The marker of a unique key is taken, or kept.
    Take(&'p str),
    /// A marker that the item had is given up.
    GiveUp(&'p Item),
}

/// What became of an attempt.
enum Attempt {
    Done,
    /// Somebody wrote at the same time.
    Again,
    /// This marker, which was to be given up, belongs to another item.
    NotOurs(Item),
}

impl DynamoDb {
    /// Writes the item of a row that has been checked, and its markers.
    pub(super) async fn put_unique(&self, row: ValidRow<'_>) -> Result<(), Error> {
        let plan = row.plan();
        let values = row.into_row();
        let unfit = |error: projection::ProjectionError| Error::unfit(&error.place, error.source);
        let key = projection::key(plan, &values).map_err(unfit)?;
        let markers = marked(plan, &values)?;
        let item = attribute::to_sdk_item(projection::item(plan, &values).map_err(unfit)?);
        let mut others = Vec::new();
        for _ in 0..ATTEMPTS {
            let unit = Unit { plan, key: &key, item: &item, markers: &markers };
            match self.attempt(&unit, &others).await? {
                Attempt::Done => return Ok(()),
                Attempt::Again => others.clear(),
                Attempt::NotOurs(marker) => others.push(marker),
            }
        }
        let message = format!("others wrote the item or its markers {ATTEMPTS} times meanwhile");
        Err(Error::new(Kind::Store { class: Class::Busy, code: None, message }))
    }

    async fn attempt(&self, unit: &Unit<'_>, others: &[Item]) -> Result<Attempt, Error> {
        let before = self.stored(unit).await?;
        let mut given_up = match &before {
            Some(before) => marked(unit.plan, &attribute::row_of_sdk(unit.plan, before.clone())?)?,
            None => Vec::new(),
        };
        given_up.retain(|(_, old)| {
            !others.contains(old) && unit.markers.iter().all(|(_, new)| !same_key(unit.plan, old, new))
        });
        let mut parts = vec![(Part::Item, unit.put(before.as_ref())?)];
        for (name, marker) in unit.markers {
            parts.push((Part::Take(name), unit.take(marker)?));
        }
        for (_, marker) in &given_up {
            parts.push((Part::GiveUp(marker), unit.give_up(marker)?));
        }
        let (parts, changes): (Vec<Part<'_>>, Vec<TransactWriteItem>) = parts.into_iter().unzip();
        match self.client.transact_write_items().set_transact_items(Some(changes)).send().await {
            Ok(_) => Ok(Attempt::Done),
            Err(error) => {
                let reasons = reasons(error.as_service_error());
                if let Some(attempt) = refused(&parts, &reasons) {
                    return attempt;
                }
                let other =
                    reasons.iter().flatten().find(|reason| !is_expected(reason)).copied().map(canceled);
                Err(match other {
                    Some(kind) => Error::new(kind).with_source(error),
                    None => classify_put(error),
                })
            }
        }
    }

    /// The item that has the key now.
    async fn stored(&self, unit: &Unit<'_>) -> Result<Option<SdkItem>, Error> {
        let request = self
            .client
            .get_item()
            .table_name(unit.plan.table.as_ref())
            .set_key(Some(attribute::to_sdk_item(unit.key.clone())))
            .consistent_read(true);
        let found = request.send().await.map_err(classify_read)?.item;
        let entity = SdkValue::S(unit.plan.entity.to_string());
        if found.as_ref().is_some_and(|item| item.get(ENTITY_ATTRIBUTE) != Some(&entity)) {
            return Err(Error::new(Kind::Taken));
        }
        Ok(found)
    }
}

/// An item to be written, with its markers.
struct Unit<'u> {
    plan: &'u Plan,
    key: &'u Item,
    item: &'u SdkItem,
    markers: &'u [(String, Item)],
}

impl Unit<'_> {
    /// Writes the item, if it is still what it was as far as markers follow from it.
    fn put(&self, before: Option<&SdkItem>) -> Result<TransactWriteItem, Error> {
        let put = Put::builder().table_name(self.plan.table.as_ref()).set_item(Some(self.item.clone()));
        let put = match before {
            None => put
                .condition_expression("attribute_not_exists(#key)")
                .expression_attribute_names("#key", self.plan.partition.name.as_ref()),
            Some(before) => {
                let mut conditions = vec!["#entity = :entity".to_owned()];
                let mut put = put
                    .expression_attribute_names("#entity", ENTITY_ATTRIBUTE)
                    .expression_attribute_values(":entity", SdkValue::S(self.plan.entity.to_string()));
                for (n, name) in marking(self.plan).into_iter().enumerate() {
                    put = put.expression_attribute_names(format!("#m{n}"), name);
                    match before.get(name) {
                        Some(value) => {
                            conditions.push(format!("#m{n} = :m{n}"));
                            put = put.expression_attribute_values(format!(":m{n}"), value.clone());
                        }
                        None => conditions.push(format!("attribute_not_exists(#m{n})")),
                    }
                }
                put.condition_expression(conditions.join(" AND "))
            }
        };
        Ok(TransactWriteItem::builder().put(put.build().map_err(built)?).build())
    }

    fn take(&self, marker: &Item) -> Result<TransactWriteItem, Error> {
        let put = Put::builder()
            .table_name(self.plan.table.as_ref())
            .set_item(Some(attribute::to_sdk_item(marker.clone())))
            .condition_expression(FREE)
            .expression_attribute_names("#key", self.plan.partition.name.as_ref())
            .expression_attribute_names("#owner", OWNER_ATTRIBUTE)
            .expression_attribute_values(":owner", self.owner());
        Ok(TransactWriteItem::builder().put(put.build().map_err(built)?).build())
    }

    fn give_up(&self, marker: &Item) -> Result<TransactWriteItem, Error> {
        let key = marker.iter().filter(|(name, _)| self.key.contains_key(*name));
        let key = key.map(|(name, value)| (name.clone(), value.clone())).collect();
        let delete = Delete::builder()
            .table_name(self.plan.table.as_ref())
            .set_key(Some(attribute::to_sdk_item(key)))
            .condition_expression(FREE)
            .expression_attribute_names("#key", self.plan.partition.name.as_ref())
            .expression_attribute_names("#owner", OWNER_ATTRIBUTE)
            .expression_attribute_values(":owner", self.owner());
        Ok(TransactWriteItem::builder().delete(delete.build().map_err(built)?).build())
    }

    fn owner(&self) -> SdkValue {
        SdkValue::M(attribute::to_sdk_item(self.key.clone()))
    }
}

fn built(error: aws_sdk_dynamodb::error::BuildError) -> Error {
    Error::plan(format!("a transaction can't be built: {error}"))
}

/// The markers of a row, each with its unique key's name.
fn marked(plan: &Plan, row: &Row) -> Result<Vec<(String, Item)>, Error> {
    let markers = projection::markers(plan, row).map_err(|error| Error::unfit(&error.place, error.source))?;
    let start = plan.entity.len() + 1;
    let named = markers.into_iter().map(|marker| {
        let name = match marker.get(ENTITY_ATTRIBUTE) {
            Some(AttributeValue::S(name)) => name.get(start..).unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        (name, marker)
    });
    Ok(named.collect())
}

fn same_key(plan: &Plan, one: &Item, other: &Item) -> bool {
    plan.keys(None).all(|key| one.get(key.name.as_ref()) == other.get(key.name.as_ref()))
}

/// The attributes markers are made of.
fn marking(plan: &Plan) -> BTreeSet<&str> {
    let keys =
        |marker: &'_ Marker| marker.sort.iter().chain([&marker.partition]).cloned().collect::<Vec<_>>();
    let columns = plan.markers.iter().flat_map(keys).flat_map(|key| match key.source {
        KeySource::Template(template) => template.columns().collect(),
        KeySource::Attribute(_) => Vec::new(),
    });
    let carriers = columns.filter_map(|column| {
        plan.attributes
            .iter()
            .find(|attribute| attribute.column == column)
            .map(|attribute| attribute.name.as_ref())
    });
    carriers.collect()
}

/// Why each part was refused, as DynamoDB's codes; `None` for one that was not.
fn reasons(error: Option<&TransactWriteItemsError>) -> Vec<Option<&str>> {
    let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) = error else {
        return Vec::new();
    };
    canceled
        .cancellation_reasons()
        .iter()
        .map(|reason| reason.code().filter(|code| *code != "None"))
        .collect()
}

/// Whether a reason says that others wrote, and nothing else.
fn is_expected(reason: &str) -> bool {
    matches!(reason, "ConditionalCheckFailed" | "TransactionConflict")
}

/// A transaction that was canceled for another reason.
fn canceled(reason: &str) -> Kind {
    let class = match reason {
        "ThrottlingError" | "ProvisionedThroughputExceeded" => Class::Throttled,
        "ValidationError" | "ItemCollectionSizeLimitExceeded" => Class::Rejected,
        _ => Class::Unknown,
    };
    let message = "the item and its markers were not written".to_owned();
    Kind::Store { class, code: Some(reason.to_owned()), message }
}

/// What follows from why parts were refused (DynamoDB API Reference, "TransactWriteItems"); `None` where that is nothing of
/// markers.
fn refused(parts: &[Part<'_>], reasons: &[Option<&str>]) -> Option<Result<Attempt, Error>> {
    let refused = || parts.iter().zip(reasons).filter_map(|(part, reason)| Some((part, (*reason)?)));
    if refused().next().is_none() || refused().any(|(_, reason)| !is_expected(reason)) {
        return None;
    }
    let failed = || refused().filter(|(_, reason)| *reason == "ConditionalCheckFailed").map(|(part, _)| part);
    // That the item has changed says more than what follows from how it was.
    if failed().any(|part| *part == Part::Item) {
        return Some(Ok(Attempt::Again));
    }
    let taken = failed().find_map(|part| match part {
        Part::Take(name) => Some(Err(Error::new(Kind::Duplicate { key: Some((*name).to_owned()) }))),
        _ => None,
    });
    let not_ours = || {
        failed().find_map(|part| match part {
            Part::GiveUp(marker) => Some(Ok(Attempt::NotOurs((*marker).clone()))),
            _ => None,
        })
    };
    Some(taken.or_else(not_ours).unwrap_or(Ok(Attempt::Again)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FAILED: Option<&str> = Some("ConditionalCheckFailed");
    const CONFLICT: Option<&str> = Some("TransactionConflict");

    fn outcome(reasons: &[Option<&str>]) -> String {
        let marker = Item::from([("PK".to_owned(), AttributeValue::S("EMAIL#a".to_owned()))]);
        let parts = [Part::Item, Part::Take("email"), Part::GiveUp(&marker)];
        match refused(&parts, reasons) {
            None => "not about markers".to_owned(),
            Some(Ok(Attempt::Done)) => "done".to_owned(),
            Some(Ok(Attempt::Again)) => "again".to_owned(),
            Some(Ok(Attempt::NotOurs(marker))) => format!("not ours: {:?}", marker["PK"]),
            Some(Err(error)) => error.to_string(),
        }
    }

    #[test]
    fn why_a_transaction_was_canceled_says_what_follows() {
        assert_eq!(outcome(&[FAILED, FAILED, None]), "again");
        assert_eq!(outcome(&[None, CONFLICT, None]), "again");
        assert_eq!(outcome(&[None, None, FAILED]), r#"not ours: S("EMAIL#a")"#);
        assert!(outcome(&[None, FAILED, FAILED]).contains("unique key `email`"));
        assert_eq!(outcome(&[None, Some("ThrottlingError"), None]), "not about markers");
        assert_eq!(outcome(&[]), "not about markers");
    }
}
