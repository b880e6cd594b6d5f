//! What the contract says beside rows and keys: when items expire, how patterns are read, where values come from.

use migratable_core::dynamodb::AttributeType;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::Reader;
use crate::lower::Draft;
use crate::lower::derived::ExtraKind;
use crate::lower::entity::Entity;
use crate::model::Billing;

/// Items expire by a number of seconds, which one of the table's entities carries.
pub(super) fn ttl(draft: &Draft<'_>, reader: &mut Reader) {
    for (table, ttl) in draft.node.tables.iter().filter_map(|(name, table)| Some((name, table.ttl.as_ref()?)))
    {
        let entities: Vec<_> =
            draft.entities.iter().filter(|entity| entity.node.table.text == table.text).collect();
        let carried: Vec<_> = entities
            .iter()
            .filter_map(|entity| entity.attributes.get(entity.attribute(&ttl.text)?))
            .collect();
        let derived = entities
            .iter()
            .filter_map(|entity| Some((entity.extra(&ttl.text)?, extra_type(entity, &ttl.text))));
        let derived: Vec<_> = derived.collect();
        let message = match &carried[..] {
            _ if derived.iter().any(|(_, ty)| not_seconds(*ty)) => {
                format!("`{}` is no number of seconds", ttl.text)
            }
            [] if !derived.is_empty() => continue,
            [] if draft.whole => format!("no entity of `{}` has the attribute `{}`", table.text, ttl.text),
            _ if carried.iter().any(|attribute| not_seconds(attribute.attribute_type())) => {
                format!("`{}` is no number of seconds", ttl.text)
            }
            _ => continue,
        };
        let mut finding = Diagnostic::error(codes::TTL_ATTRIBUTE, message)
            .label(ttl.place.clone(), "DynamoDB expires items by a number of seconds since 1970");
        if let Some(attribute) = carried.iter().find(|attribute| not_seconds(attribute.attribute_type())) {
            finding = finding.label(attribute.name.place.clone(), "not of type `N`");
        }
        reader.report(finding.help("name an attribute of type `N`, or remove `ttl`"));
    }
}

/// Provisioned capacity is said where it is paid for, and nowhere else.
pub(super) fn capacity(draft: &Draft<'_>, reader: &mut Reader) {
    for (name, table) in draft.node.tables.iter() {
        let billing = table.billing.as_ref();
        let finding = match (billing.map(|choice| choice.value), &table.capacity) {
            (Some(Billing::Provisioned), None) => Diagnostic::error(
                codes::CAPACITY,
                format!("how much `{}` is provisioned is not said", name.text),
            )
            .help(
                "add how many reads and writes a second it is made for: `capacity: { read: 10, write: 5 }`",
            ),
            (None | Some(Billing::OnDemand), Some(_)) => Diagnostic::error(
                codes::CAPACITY,
                format!("`{}` has a `capacity` and is paid for by request", name.text),
            )
            .help("add `billing: provisioned`, or remove `capacity`"),
            (Some(Billing::Provisioned), Some(_)) | (None | Some(Billing::OnDemand), None) => continue,
        };
        reader.report(match billing {
            Some(choice) => finding.label(choice.place.clone(), "it is paid for like this"),
            None => finding.label(name.place.clone(), "it is paid for by request, as nothing else is said"),
        });
    }
}

fn extra_type(entity: &Entity<'_>, name: &str) -> Option<AttributeType> {
    match entity.extra(name)?.kind.as_ref()? {
        ExtraKind::Map(_) => Some(AttributeType::M),
        ExtraKind::Derived(derived) => Some(derived.attribute_type()),
    }
}

fn not_seconds(ty: Option<AttributeType>) -> bool {
    ty.is_some_and(|ty| ty != AttributeType::N)
}

/// DynamoDB reads tables consistently and indexes never.
pub(super) fn consistent(entity: &Entity<'_>, reader: &mut Reader) {
    for pattern in &entity.patterns {
        let (Some(index), Some(flag)) = (&pattern.node.index, pattern.node.consistent) else { continue };
        if flag.0 {
            let message = format!("`{}` can't be read consistently", pattern.name.scalar.text);
            reader.report(
                Diagnostic::error(codes::CONSISTENT_INDEX, message)
                    .label(index.place.clone(), "an index lags behind its table")
                    .help("remove `consistent`, or ask the table itself"),
            );
        }
    }
}

/// Only values of other tables' rows are copies.
pub(super) fn copy(entity: &Entity<'_>, reader: &mut Reader) {
    for attribute in &entity.attributes {
        let Some(copy) = attribute.node.and_then(|node| node.copy.as_ref()) else { continue };
        if attribute.root_column().is_some() {
            reader.report(
                Diagnostic::error(codes::COPY_OF_OWN, format!("`{}` is no copy", attribute.name.text))
                    .label(copy.place.clone(), "the value is the row's own")
                    .help("remove `copy`"),
            );
        }
    }
}
