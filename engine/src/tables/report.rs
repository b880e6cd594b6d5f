//! Findings as diagnostics: on the contract's places, with the next action.

use migratable_contract::codes::{self, Code};
use migratable_contract::diagnostic::{Diagnostic, Place};
use migratable_contract::diff::ContractPlaces;
use migratable_contract::model::{Billing, Payment, Stream};

use super::compare::{Difference, Kind};
use super::model::{Feature, Key, State};
use super::plan::{Plan, paid};
use crate::error::Error;

/// Each difference on its place in the contract.
pub fn differences(differences: &[Difference], places: &ContractPlaces) -> Vec<Diagnostic> {
    differences.iter().map(|difference| self::difference(difference, places)).collect()
}

fn difference(difference: &Difference, places: &ContractPlaces) -> Diagnostic {
    let Difference { table, kind } = difference;
    let (code, message) = sentence(table, kind);
    let (place, text) = label(table, kind, places);
    Diagnostic::error(code, message).label(place, text).help(help(table, kind))
}

fn sentence(table: &str, kind: &Kind) -> (Code, String) {
    match kind {
        Kind::Missing => (codes::TABLE_NOT_THERE, format!("there is no table {table}")),
        Kind::State(state) => (codes::TABLE_NOT_ACTIVE, format!("table {table} is {state}")),
        Kind::IndexState { index, state } => {
            (codes::TABLE_NOT_ACTIVE, format!("index {index} of table {table} is {state}"))
        }
        Kind::Key { found, .. } => {
            (codes::TABLE_KEY_DIFFERS, format!("table {table} has another key: {found}"))
        }
        Kind::LocalIndex(index) => {
            (codes::TABLE_LOCAL_INDEX, format!("table {table} has a local secondary index, {index}"))
        }
        Kind::IndexMissing(index) => {
            (codes::TABLE_INDEX_NOT_THERE, format!("table {table} has no index {}", index.name))
        }
        Kind::IndexUnknown(index) => (
            codes::TABLE_INDEX_UNKNOWN,
            format!("table {table} has an index that the contract doesn't have: {index}"),
        ),
        Kind::IndexKey { index, found, .. } => {
            (codes::TABLE_INDEX_KEY, format!("index {index} of table {table} has another key: {found}"))
        }
        Kind::IndexProjection { index, found, .. } => {
            (codes::TABLE_INDEX_PROJECTION, format!("index {index} of table {table} holds {found}"))
        }
        Kind::Billing { found, .. } => (codes::TABLE_BILLING, format!("table {table} is {}", billed(*found))),
        Kind::Ttl { found, .. } => {
            (codes::TABLE_TTL, format!("items of table {table} {}", expire(found.as_deref())))
        }
        Kind::Stream { found, .. } => (codes::TABLE_STREAM, format!("table {table} has {}", streams(*found))),
        Kind::PointInTimeRecovery(wanted) => {
            (codes::TABLE_RECOVERY, format!("point-in-time recovery of table {table} is {}", on(!wanted)))
        }
        Kind::DeletionProtection(wanted) => {
            (codes::TABLE_PROTECTION, format!("deletion protection of table {table} is {}", on(!wanted)))
        }
    }
}

/// Where the contract says it, and what.
fn label(table: &str, kind: &Kind, places: &ContractPlaces) -> (Place, String) {
    let at = |path: &[&str]| places.at(&[&["tables", table], path].concat());
    match kind {
        Kind::Missing | Kind::State(_) | Kind::LocalIndex(_) => (at(&[]), "this table".to_owned()),
        Kind::Key { wanted, .. } => (at(&["partition"]), format!("the contract says {wanted}")),
        Kind::IndexMissing(index) => (at(&["indexes", &index.name]), format!("its key is {}", index.key)),
        Kind::IndexUnknown(_) => (at(&["indexes"]), "the contract's indexes".to_owned()),
        Kind::IndexState { index, .. } => (at(&["indexes", index]), "this index".to_owned()),
        Kind::IndexKey { index, wanted, .. } => {
            (at(&["indexes", index]), format!("the contract says {wanted}"))
        }
        Kind::IndexProjection { index, wanted, .. } => {
            (at(&["indexes", index]), format!("the contract says that it holds {wanted}"))
        }
        Kind::Billing { wanted, .. } => (at(&["billing"]), format!("the contract says {}", paid(*wanted))),
        Kind::Ttl { wanted, .. } => {
            (at(&["ttl"]), format!("the contract says that they {}", expire(wanted.as_deref())))
        }
        Kind::Stream { wanted, .. } => (at(&["stream"]), format!("the contract says {}", wanted.name())),
        Kind::PointInTimeRecovery(wanted) => (at(&["point_in_time_recovery"]), contract_says(*wanted)),
        Kind::DeletionProtection(wanted) => (at(&["deletion_protection"]), contract_says(*wanted)),
    }
}

fn contract_says(wanted: bool) -> String {
    format!("the contract says {}", on(wanted))
}

/// What can be done about it. Names in commands are the contract's, which are plain words.
fn help(table: &str, kind: &Kind) -> String {
    let aws = |rest: &str| format!("`aws dynamodb {rest}`");
    match kind {
        Kind::Missing => "`migratable tables create` makes it".to_owned(),
        Kind::State(State::Unusable(_)) | Kind::IndexState { state: State::Unusable(_), .. } => {
            "look into it in the console: waiting won't change it".to_owned()
        }
        Kind::State(State::Going) => "wait until it is gone, then create it".to_owned(),
        Kind::State(_) | Kind::IndexState { .. } => "wait, and ask again".to_owned(),
        Kind::Key { .. } => {
            "a table's key can't be changed: give the contract's table another name and create that; or delete this \
             table, if nobody needs what it holds"
                .to_owned()
        }
        Kind::LocalIndex(_) => {
            "a local index can't be removed: give the contract's table another name and create that; or delete this \
             table, if nobody needs what it holds"
                .to_owned()
        }
        Kind::IndexMissing(_) => {
            "can be changed in place: add it by UpdateTable, one index at a time; DynamoDB fills it while the table is \
             in use"
                .to_owned()
        }
        Kind::IndexUnknown(_) => {
            "can be changed in place: remove it by UpdateTable if nobody asks it, or add it to the contract".to_owned()
        }
        Kind::IndexKey { wanted, found, .. } if of_two_types(wanted, found) => {
            "the table can stay, the index can't be changed: remove it by UpdateTable, then add it as in the contract; an \
             attribute can't be in keys with two types at once, so nothing answers in between"
                .to_owned()
        }
        Kind::IndexKey { .. } | Kind::IndexProjection { .. } => {
            "the table can stay, the index can't be changed: add one of another name to the contract and to the table, \
             move what asks it, then remove this one"
                .to_owned()
        }
        Kind::Billing { wanted: Payment::OnDemand, .. } => {
            let command = aws(&format!("update-table --table-name {table} --billing-mode PAY_PER_REQUEST"));
            format!("can be changed in place: {command}")
        }
        Kind::Billing { wanted: Payment::Provisioned(_), .. } => {
            "can be changed in place by UpdateTable, with a capacity for the table and each index".to_owned()
        }
        Kind::Ttl { wanted: Some(wanted), found: None } => {
            let specification = format!("Enabled=true,AttributeName={wanted}");
            let command = format!("update-time-to-live --table-name {table} --time-to-live-specification {specification}");
            format!("can be changed in place; DynamoDB then deletes what has expired: {}", aws(&command))
        }
        Kind::Ttl { wanted: Some(_), found: Some(_) } => {
            "can be changed in place by UpdateTimeToLive: off, and an hour later on by the contract's attribute".to_owned()
        }
        Kind::Ttl { wanted: None, .. } => {
            "can be changed in place: turn it off by UpdateTimeToLive, or add `ttl` to the contract".to_owned()
        }
        Kind::Stream { found: None, wanted } => {
            let view = wanted.name().to_ascii_uppercase();
            let specification = format!("StreamEnabled=true,StreamViewType={view}");
            let command = format!("update-table --table-name {table} --stream-specification {specification}");
            format!("can be changed in place: {}", aws(&command))
        }
        Kind::Stream { found: Some(_), .. } => {
            "can be changed in place by UpdateTable: off, and on again, which makes another stream".to_owned()
        }
        Kind::PointInTimeRecovery(wanted) => {
            let specification = format!("PointInTimeRecoveryEnabled={wanted}");
            let command = "update-continuous-backups --table-name";
            let option = "--point-in-time-recovery-specification";
            format!("can be changed in place: {}", aws(&format!("{command} {table} {option} {specification}")))
        }
        Kind::DeletionProtection(wanted) => {
            let no = if *wanted { "" } else { "no-" };
            let command = format!("update-table --table-name {table} --{no}deletion-protection-enabled");
            format!("can be changed in place: {}", aws(&command))
        }
    }
}

/// Whether one attribute is in both keys, as two types.
fn of_two_types(wanted: &Key, found: &Key) -> bool {
    wanted.parts().any(|part| found.parts().any(|other| other.name == part.name && other.ty != part.ty))
}

fn on(is: bool) -> &'static str {
    if is { "on" } else { "off" }
}

fn billed(billing: Billing) -> &'static str {
    match billing {
        Billing::OnDemand => "paid for by request",
        Billing::Provisioned => "paid for by provisioned capacity",
    }
}

fn expire(attribute: Option<&str>) -> String {
    attribute.map_or_else(|| "never expire".to_owned(), |attribute| format!("expire by {attribute}"))
}

fn streams(stream: Option<Stream>) -> String {
    stream.map_or_else(|| "no stream".to_owned(), |stream| format!("a stream of {}", stream.name()))
}

/// A warning for each feature that the engine lacks and the contract wants, with the tables.
pub fn lacking(plan: &Plan, places: &ContractPlaces) -> Vec<Diagnostic> {
    let features = [Feature::TimeToLive, Feature::PointInTimeRecovery, Feature::DeletionProtection];
    let warning = |feature: Feature| {
        let tables: Vec<&str> = plan
            .tables
            .iter()
            .filter(|table| table.lacking.contains(&feature))
            .map(|table| table.name.as_str())
            .collect();
        let first = tables.first()?;
        let message = format!("this engine has no {}: {} go without it", feature.name(), tables.join(", "));
        let (word, otherwise) = match feature {
            Feature::TimeToLive => ("ttl", "nothing expires there by itself; DynamoDB itself has it"),
            Feature::PointInTimeRecovery => ("point_in_time_recovery", "DynamoDB itself has it"),
            Feature::DeletionProtection => ("deletion_protection", "DynamoDB itself has it"),
        };
        let place = places.at(&["tables", first, word]);
        Some(Diagnostic::warning(codes::ENGINE_LACKS, message).label(place, "wanted here").help(otherwise))
    };
    features.into_iter().filter_map(warning).collect()
}

/// Why DynamoDB couldn't be asked, and what to do about it.
pub fn failure(error: &Error) -> Diagnostic {
    let (code, help) = match error {
        Error::NoRegion { .. } => (
            codes::AWS_NO_REGION,
            "add --region, or set AWS_REGION, or a profile's `region`; an engine of your own takes any: --region local",
        ),
        Error::NoCredentials { .. } => (
            codes::AWS_NO_CREDENTIALS,
            "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which an engine of your own takes whatever \
             they are; for a profile with SSO: eval \"$(aws configure export-credentials --format env)\"",
        ),
        Error::Credentials { .. } => (
            codes::AWS_CREDENTIALS,
            "see which they are with `aws sts get-caller-identity`; sign in again if they have expired",
        ),
        Error::Denied { .. } => {
            (codes::AWS_DENIED, "allow it in the policy of the role, or use another profile by AWS_PROFILE")
        }
        Error::Unreachable { .. } => (
            codes::AWS_UNREACHABLE,
            "mend --endpoint or --region, start the engine, or look at the network between",
        ),
        Error::NotDynamoDb { .. } => (
            codes::AWS_OTHER,
            "mend --endpoint: another service listens there, or a proxy answers in its place",
        ),
        Error::Refused { .. } | Error::Request { .. } | Error::Unclear { .. } => {
            (codes::AWS_REFUSED, "mend what the message names, and run it again: what is made by then stays")
        }
        Error::NotReady { .. } => {
            (codes::AWS_NOT_READY, "look at the table in the console, and run it again when it is active")
        }
    };
    Diagnostic::error(code, error.to_string()).help(help)
}
