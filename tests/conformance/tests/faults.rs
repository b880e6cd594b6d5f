//! What may go wrong with a store, and the tests that show what then happens: on MySQL, and on DynamoDB.

use migratable_test_conformance::cited::{self, Cited};

const MYSQL: &str = "tests/conformance/tests/mysql_faults.rs";
const SHOP: &str = "tests/conformance/tests/shop.rs";
const VALUES: &str = "tests/conformance/tests/units/values.rs";
const TRANSACTIONS: &str = "tests/conformance/tests/units/transactions.rs";
const SETUP: &str = "tests/proxy/tests/faults/setup.rs";
const READS: &str = "tests/proxy/tests/faults/reads.rs";
const UNITS: &str = "tests/proxy/tests/faults/units.rs";
const ENTITY: &str = "src/entity/tests.rs";
const LIMITS: &str = "tests/conformance/tests/limits.rs";

/// A fault; what shows it on MySQL, and on DynamoDB. Where a store can't have it, what shows that.
const FAULTS: [(&str, &[Cited], &[Cited]); 14] = [
    (
        "wrong credentials, endpoint or region",
        &[(MYSQL, "who_is_not_let_in_is_told_so_without_the_password")],
        &[
            (SETUP, "refused_credentials_are_denied_and_kept_to_themselves"),
            (SETUP, "a_client_without_region_or_credentials_is_misconfigured"),
            (SETUP, "an_endpoint_where_nobody_is_can_not_be_reached"),
            (SETUP, "an_endpoint_where_another_server_is_is_told_from_dynamodb"),
        ],
    ),
    (
        "a table or an index that is not there",
        &[(MYSQL, "a_table_that_is_not_there_is_named"), (SHOP, "errors_say_what_is_missing")],
        &[
            (SETUP, "a_table_that_is_not_there_is_named"),
            (SETUP, "a_table_without_its_index_has_another_schema"),
            (SHOP, "errors_say_what_is_missing"),
        ],
    ),
    (
        "a table of another shape, or with columns that the contract doesn't know",
        &[
            (MYSQL, "a_table_of_another_shape_is_named"),
            (MYSQL, "a_column_that_the_contract_doesnt_know_and_has_to_have_a_value_is_named"),
        ],
        &[
            (SETUP, "a_table_without_its_index_has_another_schema"),
            ("engine/tests/tables/embedded.rs", "tables_of_another_script_are_told_from_the_contracts"),
        ],
    ),
    (
        "a value that doesn't fit",
        &[
            (SHOP, "what_mysql_would_change_is_refused_by_both_stores_with_every_field_named"),
            ("tests/conformance/tests/misfits.rs", "what_is_said_of_a_value_is_what_the_server_does_with_it"),
        ],
        &[(SHOP, "what_mysql_would_change_is_refused_by_both_stores_with_every_field_named")],
    ),
    (
        "an item that somebody else wrote, of another version or of none",
        &[(ENTITY, "a_row_of_another_plan_is_refused")],
        &[
            (ENTITY, "an_item_of_another_entity_or_of_none_is_not_read"),
            (ENTITY, "an_attribute_that_cannot_be_read_is_named_and_not_shown"),
            ("src/store/dynamodb/classify/tests.rs", "a_key_held_by_another_entity_is_a_conflict"),
        ],
    ),
    (
        "an item over 400 KB, an empty key, a key too long",
        &[(VALUES, "an_item_too_large_is_refused_by_both_stores")],
        &[
            (VALUES, "an_item_too_large_is_refused_by_both_stores"),
            (LIMITS, "the_engine_takes_what_passes_and_nothing_past_it"),
        ],
    ),
    (
        "more traffic than there is capacity",
        &[(MYSQL, "a_unit_that_waited_too_long_for_a_lock_is_not_done")],
        &[(READS, "faults_that_pass_are_not_seen"), (READS, "faults_that_stay_say_what_they_are")],
    ),
    (
        "an answer in parts",
        &[("tests/golden/tests/golden.rs", "both_stores_answer_alike")],
        &[
            (READS, "a_page_is_whole_and_ordered_however_the_engine_cuts_it"),
            (READS, "a_page_that_breaks_off_is_an_error_and_not_a_shorter_page"),
        ],
    ),
    (
        "a write that took effect and timed out",
        &[(MYSQL, "a_unit_that_loses_its_connection_while_it_commits_is_uncertain")],
        &[
            (UNITS, "a_unit_that_took_effect_and_timed_out_is_uncertain"),
            (UNITS, "a_unit_whose_answer_is_lost_is_done_once"),
        ],
    ),
    (
        "units that wait for each other",
        &[
            (MYSQL, "a_unit_that_a_deadlock_ended_is_done_again_and_once"),
            (MYSQL, "in_the_callers_transaction_a_deadlock_is_an_error_that_can_be_tried_again"),
        ],
        &[(UNITS, "conflicts_are_tried_again_and_totals_are_exact")],
    ),
    (
        "a connection lost in the middle of a unit",
        &[
            (MYSQL, "a_unit_that_loses_its_connection_between_statements_is_not_done"),
            (MYSQL, "a_unit_that_loses_its_connection_while_it_commits_is_uncertain"),
        ],
        &[
            (UNITS, "a_unit_without_an_answer_is_uncertain"),
            (UNITS, "faults_that_pass_are_tried_again_as_the_same_request"),
        ],
    ),
    (
        "a server that goes away and comes back",
        &[(MYSQL, "a_pool_outlives_its_server")],
        &[(READS, "faults_that_pass_are_not_seen")],
    ),
    (
        "a unit that is given up while it runs",
        &[
            (TRANSACTIONS, "a_unit_that_is_given_up_leaves_nothing_half_done"),
            (TRANSACTIONS, "a_unit_that_is_given_up_leaves_no_old_snapshot_behind"),
        ],
        &[
            (UNITS, "a_unit_that_is_given_up_is_done_whole_or_not_at_all"),
            (READS, "a_question_that_is_given_up_leaves_its_client_usable"),
        ],
    ),
    (
        "a read that is not of the last write",
        &[(TRANSACTIONS, "a_unit_that_is_given_up_leaves_no_old_snapshot_behind")],
        &[
            (READS, "the_table_is_asked_for_what_is_and_an_index_may_be_late"),
            (UNITS, "what_a_unit_decides_on_is_never_stale"),
        ],
    ),
];

#[test]
fn every_fault_has_tests_that_are_there() -> anyhow::Result<()> {
    for (what, mysql, dynamodb) in FAULTS {
        cited::are_there(&format!("{what}, on MySQL"), mysql)?;
        cited::are_there(&format!("{what}, on DynamoDB"), dynamodb)?;
    }
    Ok(())
}
