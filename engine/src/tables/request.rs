//! What DynamoDB is asked to make.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::operation::create_table::builders::CreateTableFluentBuilder;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, ProjectionType,
    ProvisionedThroughput, ScalarAttributeType, StreamSpecification, StreamViewType,
};
use migratable_contract::model::{Capacity, Payment, Stream};

use super::model::{Index, Key, KeyPart, KeyType, Projection, WantedTable};

/// The request that makes a table with all its indexes, its billing, its stream and its protection from deletion. When
/// items expire and point-in-time recovery are requests of their own, once the table is active.
///
/// # Errors
/// The SDK misses something; it is given everything.
pub fn create_table(client: &Client, table: &WantedTable) -> Result<CreateTableFluentBuilder, BuildError> {
    let storage = &table.storage;
    let indexes: Vec<_> =
        table.indexes.iter().map(|index| self::index(index, storage.payment)).collect::<Result<_, _>>()?;
    let request = client
        .create_table()
        .table_name(&table.name)
        .set_attribute_definitions(Some(attribute_definitions(table)?))
        .set_key_schema(Some(key_schema(&table.key)?))
        .set_global_secondary_indexes((!indexes.is_empty()).then_some(indexes))
        .set_stream_specification(storage.stream.map(stream).transpose()?)
        // Not asked for, it isn't said: engines without it take the request.
        .set_deletion_protection_enabled(storage.deletion_protection.then_some(true));
    Ok(match storage.payment {
        Payment::OnDemand => request.billing_mode(BillingMode::PayPerRequest),
        Payment::Provisioned(capacity) => {
            request.billing_mode(BillingMode::Provisioned).provisioned_throughput(throughput(capacity)?)
        }
    })
}

fn index(index: &Index, payment: Payment) -> Result<GlobalSecondaryIndex, BuildError> {
    let capacity = match payment {
        Payment::OnDemand => None,
        Payment::Provisioned(capacity) => Some(throughput(capacity)?),
    };
    GlobalSecondaryIndex::builder()
        .index_name(&index.name)
        .set_key_schema(Some(key_schema(&index.key)?))
        .projection(projection(&index.projection))
        .set_provisioned_throughput(capacity)
        .build()
}

fn projection(projection: &Projection) -> aws_sdk_dynamodb::types::Projection {
    let builder = aws_sdk_dynamodb::types::Projection::builder();
    match projection {
        Projection::All => builder.projection_type(ProjectionType::All).build(),
        Projection::Keys => builder.projection_type(ProjectionType::KeysOnly).build(),
        Projection::Attributes(names) => builder
            .projection_type(ProjectionType::Include)
            .set_non_key_attributes(Some(names.iter().cloned().collect()))
            .build(),
    }
}

fn throughput(capacity: Capacity) -> Result<ProvisionedThroughput, BuildError> {
    ProvisionedThroughput::builder()
        .read_capacity_units(capacity.read.into())
        .write_capacity_units(capacity.write.into())
        .build()
}

fn stream(stream: Stream) -> Result<StreamSpecification, BuildError> {
    let view = match stream {
        Stream::KeysOnly => StreamViewType::KeysOnly,
        Stream::NewImage => StreamViewType::NewImage,
        Stream::OldImage => StreamViewType::OldImage,
        Stream::NewAndOldImages => StreamViewType::NewAndOldImages,
    };
    StreamSpecification::builder().stream_enabled(true).stream_view_type(view).build()
}

fn key_schema(key: &Key) -> Result<Vec<KeySchemaElement>, BuildError> {
    let element =
        |part: &KeyPart, key| KeySchemaElement::builder().attribute_name(&part.name).key_type(key).build();
    let partition = key.partition.iter().map(|part| element(part, aws_sdk_dynamodb::types::KeyType::Hash));
    let sort = key.sort.iter().map(|part| element(part, aws_sdk_dynamodb::types::KeyType::Range));
    partition.chain(sort).collect()
}

/// Every attribute of any key, once: DynamoDB refuses one that no key has, and one that stands there twice.
fn attribute_definitions(table: &WantedTable) -> Result<Vec<AttributeDefinition>, BuildError> {
    let keys = std::iter::once(&table.key).chain(table.indexes.iter().map(|index| &index.key));
    let types: BTreeMap<&str, KeyType> =
        keys.flat_map(Key::parts).map(|part| (part.name.as_str(), part.ty)).collect();
    let definition = |(name, ty)| {
        let ty = match ty {
            KeyType::S => ScalarAttributeType::S,
            KeyType::N => ScalarAttributeType::N,
            KeyType::B => ScalarAttributeType::B,
        };
        AttributeDefinition::builder().attribute_name(name).attribute_type(ty).build()
    };
    types.into_iter().map(definition).collect()
}
