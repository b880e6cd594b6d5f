use std::error::Error as _;

use super::*;

fn server(number: u16, state: &str, message: &str) -> Error {
    Error::new(server_kind(number, Some(state), message, "orders"))
}

#[test]
fn a_taken_unique_key_is_a_conflict_that_names_the_key() {
    for (message, key) in [
        ("Duplicate entry 'bob@example.org' for key 'email'", "email"),
        ("Duplicate entry 'bob@example.org' for key 'orders.email'", "email"),
        ("Duplicate entry 'bob@example.org' for key 'users.email'", "users.email"),
        ("Duplicate entry 'a' for key 'b' for key 'real'", "real"),
    ] {
        let error = server(1062, "23000", message);
        assert!(error.is_conflict() && !error.is_invalid() && !error.is_retryable());
        assert_eq!(error.constraint(), Some(key), "{message}");
        assert!(!error.to_string().contains("bob"), "{error}");
    }
}

#[test]
fn a_broken_reference_is_invalid_and_a_row_that_is_referenced_a_conflict() {
    let text = "a foreign key constraint fails (`shop`.`orders`, CONSTRAINT `orders_ibfk_1` FOREIGN KEY (`user_id`) \
                REFERENCES `users` (`id`))";
    let missing = server(1452, "23000", &format!("Cannot add or update a child row: {text}"));
    assert!(missing.is_invalid() && !missing.is_conflict());
    assert_eq!(missing.constraint(), Some("orders_ibfk_1"));
    let referenced = server(1451, "23000", &format!("Cannot delete or update a parent row: {text}"));
    assert!(referenced.is_conflict() && !referenced.is_invalid());
}

#[test]
fn every_class_answers_to_its_predicate() {
    for (number, state, holds) in [
        (1213, "40001", Error::is_retryable as fn(&Error) -> bool),
        (1205, "HY000", Error::is_retryable),
        (1040, "08004", Error::is_retryable),
        (1146, "42S02", Error::is_missing_table),
        (1146, "42S02", Error::is_schema_mismatch),
        (1054, "42S22", Error::is_schema_mismatch),
        (1045, "28000", Error::is_denied),
        (1406, "22001", Error::is_invalid),
        (3819, "HY000", Error::is_invalid),
        (4025, "23000", Error::is_invalid),
        (1046, "3D000", Error::is_misconfigured),
    ] {
        assert!(holds(&server(number, state, "message")), "{number}");
    }
    assert!(!server(4025, "HY000", "message").is_invalid());
    assert!(!server(1054, "42S22", "message").is_missing_table());
    assert!(!server(1064, "42000", "message").is_retryable());
}

#[test]
fn a_deadlock_has_the_code_that_put_looks_for() {
    assert_eq!(server(1213, "40001", "Deadlock found").code(), Some(DEADLOCK_CODE));
}

#[test]
fn values_never_stand_in_a_message() {
    for (number, message, expected) in [
        (
            1366,
            "Incorrect string value: '\\xF0\\x9F' for column `s`.`t`.`c` at row 1",
            "Incorrect string value: '…' for column `s`.`t`.`c` at row 1",
        ),
        (
            1292,
            "Incorrect date value: 'secret' for column 'x' for column 'born' at row 1",
            "Incorrect date value: '…' for column 'born' at row 1",
        ),
        (1292, "Truncated incorrect DOUBLE value: 'sec'ret'", "Truncated incorrect DOUBLE value: '…'"),
        (1366, "Incorrect integer value: 'half", "Incorrect integer value: '…"),
        (1406, "Data too long for column 'name' at row 1", "Data too long for column 'name' at row 1"),
    ] {
        assert_eq!(redacted(number, message), expected);
    }
}

#[test]
fn a_lost_connection_can_be_retried_and_keeps_its_source() {
    let lost = sqlx::Error::Io(std::io::Error::new(std::io::ErrorKind::ConnectionReset, "reset by peer"));
    let error = classify(lost, "orders");
    assert!(error.is_retryable() && !error.is_throttled());
    assert_eq!(error.to_string(), "the connection failed: reset by peer; it is safe to try again");
    let source = error.source().and_then(|source| source.downcast_ref::<DriverError>());
    assert!(matches!(source.map(DriverError::get), Some(sqlx::Error::Io(_))));
    assert!(format!("{error:?}").contains("reset by peer"), "{error:?}");
    assert!(classify(sqlx::Error::PoolTimedOut, "orders").is_retryable());
    assert!(classify(sqlx::Error::PoolClosed, "orders").is_misconfigured());
}
