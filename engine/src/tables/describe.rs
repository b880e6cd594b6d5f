//! What an engine says of its tables, as values.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{
    BillingMode, GlobalSecondaryIndexDescription, IndexStatus, KeySchemaElement, PointInTimeRecoveryStatus,
    ProjectionType, ScalarAttributeType, StreamViewType, TableDescription, TableStatus, TimeToLiveStatus,
};
use migratable_contract::model::{Billing, Stream};

use super::model::{
    Described, Feature, Found, FoundIndex, Index, Key, KeyPart, KeyType, Projection, State, WantedTable,
};
use crate::error::{Asked, Error};

/// A DynamoDB to ask, and what to call it.
#[derive(Clone, Debug)]
pub struct Engine {
    /// The client.
    pub client: Client,
    /// Where it is, in words: `DynamoDB in eu-central-1`, `http://127.0.0.1:8000`.
    pub place: String,
}

impl Engine {
    pub(super) fn asked<'a>(&'a self, operation: &'static str, table: &'a str) -> Asked<'a> {
        Asked { operation, table, place: &self.place }
    }
}

/// What there is of each table. Nothing is changed.
///
/// # Errors
/// The engine can't be asked, or describes what makes no sense.
pub async fn describe(
    engine: &Engine,
    tables: &[WantedTable],
) -> Result<Vec<(WantedTable, Described)>, Error> {
    let mut described = Vec::with_capacity(tables.len());
    for table in tables {
        described.push((table.clone(), one(engine, &table.name).await?));
    }
    Ok(described)
}

/// What there is of one name. Engines say whether they know an operation also of a table that isn't there.
pub(super) async fn one(engine: &Engine, name: &str) -> Result<Described, Error> {
    let ttl = time_to_live(engine, name).await?;
    let recovery = recovery(engine, name).await?;
    let table = table(engine, name).await?;
    let mut lacks = BTreeSet::new();
    if matches!(ttl, Said::Unknown) {
        lacks.insert(Feature::TimeToLive);
    }
    if matches!(recovery, Said::Unknown) {
        lacks.insert(Feature::PointInTimeRecovery);
    }
    let Some(description) = table else { return Ok(Described { table: None, lacks }) };
    if description.deletion_protection_enabled.is_none() {
        lacks.insert(Feature::DeletionProtection);
    }
    let mut found = found(name, &description)?;
    found.ttl = ttl.value().flatten();
    found.point_in_time_recovery = recovery.value().unwrap_or_default();
    Ok(Described { table: Some(found), lacks })
}

/// Whether a table and its indexes can be used; `None` where there is none.
pub(super) async fn states(engine: &Engine, name: &str) -> Result<Option<Vec<State>>, Error> {
    let Some(description) = table(engine, name).await? else { return Ok(None) };
    let indexes = description.global_secondary_indexes();
    let indexes = indexes.iter().map(|index| index_state(index.index_status()));
    Ok(Some(std::iter::once(table_state(description.table_status())).chain(indexes).collect()))
}

/// What an engine says of something it may not know.
enum Said<T> {
    /// It is so.
    Is(T),
    /// There is no such table.
    NoTable,
    /// It doesn't know the operation.
    Unknown,
}

impl<T> Said<T> {
    fn value(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::NoTable | Self::Unknown => None,
        }
    }
}

/// Says it of an answer.
fn said<T, E>(asked: Asked<'_>, answer: Result<T, SdkError<E, HttpResponse>>) -> Result<Said<T>, Error>
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    let error = match answer {
        Ok(value) => return Ok(Said::Is(value)),
        Err(error) => error,
    };
    let status = error.raw_response().map_or(0, |response| response.status().as_u16());
    match error.code() {
        // Describing backups has a code of its own for it.
        Some("ResourceNotFoundException" | "TableNotFoundException") => Ok(Said::NoTable),
        Some("UnknownOperationException" | "NotImplemented" | "NotImplementedException") => Ok(Said::Unknown),
        Some(_) if status == 501 => Ok(Said::Unknown),
        _ => Err(asked.failed(&error)),
    }
}

async fn table(engine: &Engine, name: &str) -> Result<Option<TableDescription>, Error> {
    let answer = engine.client.describe_table().table_name(name).send().await;
    match said(engine.asked("DescribeTable", name), answer)? {
        Said::Is(output) => match output.table {
            Some(table) => Ok(Some(table)),
            None => Err(not_dynamodb(engine, "it describes nothing")),
        },
        Said::NoTable => Ok(None),
        Said::Unknown => Err(not_dynamodb(engine, "it doesn't know DescribeTable")),
    }
}

fn not_dynamodb(engine: &Engine, cause: &str) -> Error {
    Error::NotDynamoDb { place: engine.place.clone(), cause: cause.to_owned() }
}

/// The attribute that items expire by, as soon as it is to be that.
async fn time_to_live(engine: &Engine, name: &str) -> Result<Said<Option<String>>, Error> {
    let answer = engine.client.describe_time_to_live().table_name(name).send().await;
    Ok(match said(engine.asked("DescribeTimeToLive", name), answer)? {
        Said::Is(output) => Said::Is(output.time_to_live_description.and_then(|described| {
            let on = [TimeToLiveStatus::Enabled, TimeToLiveStatus::Enabling];
            let on = described.time_to_live_status().is_some_and(|status| on.contains(status));
            described.attribute_name.filter(|_| on)
        })),
        Said::NoTable => Said::NoTable,
        Said::Unknown => Said::Unknown,
    })
}

async fn recovery(engine: &Engine, name: &str) -> Result<Said<bool>, Error> {
    let answer = engine.client.describe_continuous_backups().table_name(name).send().await;
    Ok(match said(engine.asked("DescribeContinuousBackups", name), answer)? {
        Said::Is(output) => {
            let described = output.continuous_backups_description();
            let described = described.and_then(|all| all.point_in_time_recovery_description());
            let status = described.and_then(|recovery| recovery.point_in_time_recovery_status());
            Said::Is(status == Some(&PointInTimeRecoveryStatus::Enabled))
        }
        Said::NoTable => Said::NoTable,
        Said::Unknown => Said::Unknown,
    })
}

/// A table, but for what other operations say.
fn found(name: &str, table: &TableDescription) -> Result<Found, Error> {
    let unclear = |what: String| Error::Unclear { table: name.to_owned(), what };
    let definitions = table.attribute_definitions();
    let types: BTreeMap<&str, &ScalarAttributeType> =
        definitions.iter().map(|one| (one.attribute_name(), one.attribute_type())).collect();
    let indexes = table.global_secondary_indexes();
    Ok(Found {
        state: table_state(table.table_status()),
        key: key(table.key_schema(), &types).map_err(unclear)?,
        indexes: indexes.iter().map(|one| index(one, &types)).collect::<Result<_, _>>().map_err(unclear)?,
        local_indexes: table
            .local_secondary_indexes()
            .iter()
            .map(|index| index.index_name().unwrap_or("without a name").to_owned())
            .collect(),
        // A table that never was on demand says nothing of it (API Reference, `BillingModeSummary`).
        billing: match table.billing_mode_summary().and_then(|summary| summary.billing_mode()) {
            Some(BillingMode::PayPerRequest) => Billing::OnDemand,
            _ => Billing::Provisioned,
        },
        stream: stream(table).map_err(unclear)?,
        ttl: None,
        point_in_time_recovery: false,
        deletion_protection: table.deletion_protection_enabled() == Some(true),
    })
}

fn stream(table: &TableDescription) -> Result<Option<Stream>, String> {
    let Some(stream) = table.stream_specification().filter(|stream| stream.stream_enabled()) else {
        return Ok(None);
    };
    Ok(Some(match stream.stream_view_type() {
        Some(StreamViewType::KeysOnly) => Stream::KeysOnly,
        Some(StreamViewType::NewImage) => Stream::NewImage,
        Some(StreamViewType::OldImage) => Stream::OldImage,
        Some(StreamViewType::NewAndOldImages) => Stream::NewAndOldImages,
        other => return Err(format!("its stream says {}", other.map_or("nothing", StreamViewType::as_str))),
    }))
}

fn index(
    index: &GlobalSecondaryIndexDescription,
    types: &BTreeMap<&str, &ScalarAttributeType>,
) -> Result<FoundIndex, String> {
    let name = index.index_name().ok_or("an index has no name")?.to_owned();
    let projection = index.projection().ok_or_else(|| format!("index {name} holds nothing"))?;
    let projection = match projection.projection_type() {
        Some(ProjectionType::All) => Projection::All,
        Some(ProjectionType::KeysOnly) => Projection::Keys,
        Some(ProjectionType::Include) => Projection::of(projection.non_key_attributes().iter().cloned()),
        other => {
            let other = other.map_or("nothing", ProjectionType::as_str);
            return Err(format!("index {name} holds {other}"));
        }
    };
    let key = key(index.key_schema(), types)?;
    Ok(FoundIndex { index: Index { name, key, projection }, state: index_state(index.index_status()) })
}

fn key(schema: &[KeySchemaElement], types: &BTreeMap<&str, &ScalarAttributeType>) -> Result<Key, String> {
    let mut key = Key { partition: Vec::new(), sort: Vec::new() };
    for element in schema {
        let name = element.attribute_name();
        let ty = match types.get(name) {
            Some(ScalarAttributeType::S) => KeyType::S,
            Some(ScalarAttributeType::N) => KeyType::N,
            Some(ScalarAttributeType::B) => KeyType::B,
            other => {
                let other = other.map_or("no type", |ty| ty.as_str());
                return Err(format!("key attribute {name} is of {other}"));
            }
        };
        let part = KeyPart { name: name.to_owned(), ty };
        match element.key_type() {
            aws_sdk_dynamodb::types::KeyType::Hash => key.partition.push(part),
            aws_sdk_dynamodb::types::KeyType::Range => key.sort.push(part),
            other => return Err(format!("attribute {name} is in a key as {}", other.as_str())),
        }
    }
    Ok(key)
}

fn table_state(status: Option<&TableStatus>) -> State {
    match status {
        Some(TableStatus::Active) => State::Active,
        Some(TableStatus::Creating | TableStatus::Updating) => State::Coming,
        Some(TableStatus::Deleting) => State::Going,
        Some(other) => State::Unusable(other.as_str().to_owned()),
        None => State::Unusable("of no status".to_owned()),
    }
}

fn index_state(status: Option<&IndexStatus>) -> State {
    match status {
        Some(IndexStatus::Active) => State::Active,
        Some(IndexStatus::Creating | IndexStatus::Updating) => State::Coming,
        Some(IndexStatus::Deleting) => State::Going,
        Some(other) => State::Unusable(other.as_str().to_owned()),
        None => State::Unusable("of no status".to_owned()),
    }
}
