//! The rules a contract has to keep: one function each, all of them in one table.
//!
//! A rule reads the draft and reports; it never changes anything, and it never relies on another rule. Where a name
//! could not be resolved, rules about what is there still run, rules about what is missing wait.

mod alone;
mod attributes;
mod derived;
mod hot;
mod ids;
mod items;
mod kept;
mod keys;
mod ledger;
mod markers;
mod moves;
mod objects;
mod patterns;
mod references;
mod rows;
mod rust;
mod sharing;
mod sizes;
mod source;
mod unused;
mod ways;
mod words;
mod writes;

use crate::codes::{self, Code};
use crate::language::Reader;
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::lower::source::Source;

/// One rule.
pub(crate) struct Rule {
    /// What it reports.
    pub(crate) code: Code,
    /// The rule.
    check: Check,
}

/// What a rule has to see.
#[derive(Clone, Copy)]
enum Check {
    /// MySQL tables, each in itself.
    Tables(fn(&Source<'_>, &mut Reader)),
    /// One entity, and what it needs.
    Entity(fn(&Entity<'_>, &mut Reader)),
    /// The whole contract.
    Contract(fn(&Draft<'_>, &mut Reader)),
}

const fn entity(code: Code, check: fn(&Entity<'_>, &mut Reader)) -> Rule {
    Rule { code, check: Check::Entity(check) }
}

const fn tables(code: Code, check: fn(&Source<'_>, &mut Reader)) -> Rule {
    Rule { code, check: Check::Tables(check) }
}

const fn contract(code: Code, check: fn(&Draft<'_>, &mut Reader)) -> Rule {
    Rule { code, check: Check::Contract(check) }
}

/// Every rule, in the order of the codes.
pub(crate) const RULES: &[Rule] = &[
    entity(codes::DERIVED_CLASH, derived::clash),
    entity(codes::WHEN_NULL_VALUE, derived::when_null),
    entity(codes::MEMBER_CARRIED, derived::member_carried),
    contract(codes::REPEATED, source::repeated),
    contract(codes::TTL_ATTRIBUTE, words::ttl),
    entity(codes::CONSISTENT_INDEX, words::consistent),
    entity(codes::COPY_OF_OWN, words::copy),
    contract(codes::FOREIGN_KEY_TARGET, source::foreign_key_target),
    tables(codes::FOREIGN_KEY_ARITY, source::foreign_key_arity),
    tables(codes::KEY_COLUMN, source::key_column),
    tables(codes::NULLABLE_PRIMARY_KEY, source::nullable_primary_key),
    entity(codes::JOIN_NOT_UNIQUE, rows::join_not_unique),
    contract(codes::AUTO_INCREMENT_UNACCOUNTED, ledger::auto_increment_unaccounted),
    contract(codes::ON_UPDATE_UNACCOUNTED, ledger::on_update_unaccounted),
    contract(codes::GENERATED_UNACCOUNTED, ledger::generated_unaccounted),
    contract(codes::DROPPED_NEEDED, ledger::dropped_needed),
    contract(codes::COLUMN_UNACCOUNTED, ledger::column_unaccounted),
    contract(codes::UNIQUE_UNACCOUNTED, ledger::unique_unaccounted),
    contract(codes::CHECK_UNACCOUNTED, ledger::check_unaccounted),
    contract(codes::FOREIGN_KEY_UNACCOUNTED, ledger::foreign_key_unaccounted),
    contract(codes::DROPPED_NOTHING, ledger::dropped_nothing),
    contract(codes::DROPPED_AND_CARRIED, ledger::dropped_and_carried),
    contract(codes::SOURCE_TABLE_UNUSED, objects::source_table_unused),
    contract(codes::DROPPED_TABLE, objects::dropped_table),
    contract(codes::ROWS_TWICE, rows::rows_twice),
    entity(codes::NO_PRIMARY_KEY, rows::no_primary_key),
    entity(codes::PRIMARY_KEY_NOT_CARRIED, rows::primary_key_not_carried),
    entity(codes::CARRIED_TWICE, rows::carried_twice),
    entity(codes::PRIMARY_KEY_PART, rows::primary_key_part),
    contract(codes::FULLTEXT_UNACCOUNTED, ledger::fulltext_unaccounted),
    contract(codes::SPATIAL_UNACCOUNTED, ledger::spatial_unaccounted),
    contract(codes::TRIGGER_UNACCOUNTED, ledger::trigger_unaccounted),
    contract(codes::VIEW_UNACCOUNTED, objects::view_unaccounted),
    contract(codes::ROUTINE_UNACCOUNTED, objects::routine_unaccounted),
    contract(codes::EVENT_UNACCOUNTED, objects::event_unaccounted),
    entity(codes::REFERENCE_ON_UPDATE, references::on_update),
    entity(codes::ATTRIBUTE_CLASH, attributes::clash),
    entity(codes::RESERVED_NAME, attributes::reserved_name),
    entity(codes::SHADOWED_KEY, attributes::shadowed_key),
    entity(codes::ATTRIBUTE_TYPE, attributes::attribute_type),
    entity(codes::NUMBER_TOO_WIDE, attributes::number_too_wide),
    entity(codes::SOURCE_TYPE, attributes::source_type),
    entity(codes::NULLABLE_SET, attributes::nullable_set),
    entity(codes::ZERO_DATES_TYPE, attributes::zero_dates_type),
    entity(codes::SECRET_UNMARKED, attributes::secret_unmarked),
    entity(codes::ITEM_SIZE, items::item_size),
    entity(codes::KEY_NOT_CARRIED, keys::not_carried),
    entity(codes::KEY_NULLABLE, keys::nullable),
    entity(codes::KEY_TYPE, keys::key_type),
    entity(codes::KEY_UNTERMINATED, keys::unterminated),
    entity(codes::KEY_EMPTY, sizes::empty),
    entity(codes::KEY_COLLATION, keys::collation),
    entity(codes::KEY_FOLD, keys::fold),
    entity(codes::KEY_SIZE, sizes::size),
    entity(codes::KEY_NOT_UNIQUE, keys::not_unique),
    entity(codes::INDEX_KEY_EMPTY, sizes::index_key_empty),
    contract(codes::KEY_COLLISION, sharing::key_collision),
    contract(codes::NATURAL_TABLE_SHARED, sharing::natural_table_shared),
    contract(codes::INDEX_MIXED, sharing::index_mixed),
    contract(codes::KEY_TYPE_CONFLICT, sharing::key_type_conflict),
    contract(codes::INDEX_ATTRIBUTE_UNUSED, sharing::index_attribute_unused),
    contract(codes::NAME_CLASH, sharing::name_clash),
    contract(codes::INDEX_LIMIT, sharing::index_limit),
    contract(codes::TABLE_UNUSED, sharing::table_unused),
    entity(codes::MARKER_COLUMNS, markers::columns),
    entity(codes::INDEX_LACKS, patterns::index_lacks),
    entity(codes::PATTERN_INDEX, patterns::index),
    entity(codes::PATTERN_KEY, patterns::key),
    entity(codes::PATTERN_BY, patterns::by),
    entity(codes::PATTERN_NOT_UNIQUE, patterns::not_unique),
    entity(codes::PATTERN_NO_TOTAL_ORDER, patterns::total_order),
    entity(codes::PATTERN_ORDER, patterns::order),
    entity(codes::PATTERN_NAME, patterns::name),
    entity(codes::PATTERN_SPARSE, patterns::sparse),
    entity(codes::PATTERN_COMPARES, patterns::compares),
    contract(codes::NO_REMEDY, unused::no_remedy),
    entity(codes::KEY_MOVES, moves::key_moves),
    entity(codes::STRICT_LAGS, patterns::strict_lags),
    tables(codes::RELATION_NOT_INDEXED, source::relation_not_indexed),
    contract(codes::CAPACITY, words::capacity),
    entity(codes::IDS_COLUMN, ids::column),
    contract(codes::IDS_TABLE, ids::table),
    contract(codes::ENTITY_UNUSED, unused::entity_unused),
    contract(codes::INDEX_UNUSED, unused::index_unused),
    entity(codes::REFERENCE_KEY, references::key),
    contract(codes::REFERENCE_COUNT, references::count),
    contract(codes::RUST_TYPE_UNUSED, rust::type_unused),
    entity(codes::RUST_FIELD_CLASH, rust::field_clash),
    contract(codes::RUST_TYPE_CLASH, rust::type_clash),
    entity(codes::RUST_ENUM_COLUMN, rust::enum_column),
    contract(codes::RUST_ENUM_MEMBERS, rust::enum_members),
    contract(codes::RUST_DERIVE_TWICE, rust::derive_twice),
    contract(codes::HOT_PARTITION, hot::hot_partition),
    contract(codes::JOIN_UNREACHABLE, alone::join_unreachable),
    contract(codes::HOLDERS_UNLISTED, alone::holders_unlisted),
    contract(codes::WRITE_TOO_LARGE, writes::write_too_large),
    contract(codes::NO_WAY_BACK, ledger::no_way_back),
    entity(codes::NOT_ADDED_UP, kept::not_added_up),
    entity(codes::LIST_GROWS, kept::list_grows),
    contract(codes::ROWS_UNKEPT, kept::rows_unkept),
];

/// Runs every rule.
pub(crate) fn check(draft: &Draft<'_>, reader: &mut Reader) {
    run(RULES, draft, reader);
}

fn run<'r>(rules: impl IntoIterator<Item = &'r Rule>, draft: &Draft<'_>, reader: &mut Reader) {
    for rule in rules {
        let before = reader.diagnostics.len();
        match rule.check {
            Check::Tables(check) => check(draft.source, reader),
            Check::Entity(check) => draft.entities.iter().for_each(|entity| check(entity, reader)),
            Check::Contract(check) => check(draft, reader),
        }
        let found = &reader.diagnostics[before..];
        debug_assert!(
            found.iter().all(|finding| finding.code == rule.code),
            "a rule has one code: {}",
            rule.code
        );
    }
}

/// Runs the rules that see one entity only, and the MySQL tables it reads.
pub(crate) fn check_entity(subject: &Entity<'_>, source: &Source<'_>, reader: &mut Reader) {
    for rule in RULES {
        match rule.check {
            Check::Tables(check) => check(source, reader),
            Check::Entity(check) => check(subject, reader),
            Check::Contract(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
