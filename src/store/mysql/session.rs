//! Pinned sessions: what a MySQL session must be set to for values to arrive, and come back, as they are.

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlPool, MySqlPoolOptions};
use sqlx::{Connection as _, Executor, Row as _};

use super::DriverError;
use super::classify::classify;
use crate::error::{Class, Error, Kind};

/// TIMESTAMP is read and written in UTC; a value that doesn't fit is an error, never cut; 0 in an AUTO_INCREMENT
/// column is 0; zero dates and days past a month's end can be read, compared and written where the contract keeps them; a
/// collection comes whole, and an average has the digits that the contract counts on.
const PIN: &str = "SET NAMES utf8mb4, time_zone = '+00:00', group_concat_max_len = 536870912, \
                   div_precision_increment = 4, sql_mode = \
                   'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'";

const SHOW: &str = "SELECT CAST(@@session.time_zone AS CHAR), CAST(@@session.sql_mode AS CHAR), \
                    CAST(@@session.character_set_client AS CHAR), CAST(@@session.character_set_connection AS CHAR), \
                    CAST(@@session.character_set_results AS CHAR)";

/// Options for a pool whose sessions are pinned as [`Store::mysql`](crate::Store::mysql) asks for: `utf8mb4`, time zone
/// `+00:00`, `sql_mode` of exactly STRICT_ALL_TABLES, NO_ENGINE_SUBSTITUTION, NO_AUTO_VALUE_ON_ZERO, ALLOW_INVALID_DATES.
///
/// Sizes and timeouts are sqlx's defaults, to be changed as needed. An `after_connect` of your own would replace the
/// pin; a session changed later by other users of the pool stays changed.
pub fn pool_options() -> MySqlPoolOptions {
    MySqlPoolOptions::new().after_connect(|connection, _| {
        Box::pin(async move {
            connection.execute(PIN).await?;
            Ok(())
        })
    })
}

/// Opens a pool with [`pool_options`], after one connection has shown that the server is there and lets us in.
///
/// # Errors
/// The URL can't be read ([`Error::is_misconfigured`]), or the server can't be reached or refuses the credentials.
pub async fn connect(url: &str) -> Result<MySqlPool, Error> {
    // The driver takes any scheme, and what stands behind it for a host.
    if !["mysql://", "mariadb://"].iter().any(|scheme| url.starts_with(scheme)) {
        return Err(unreadable());
    }
    let options: MySqlConnectOptions =
        url.parse().map_err(|error| unreadable().with_source(DriverError::from(error)))?;
    // Alone, because a pool tries again until it has waited long enough, and then says only that it waited.
    let first = MySqlConnection::connect_with(&options).await.map_err(|error| classify(error, ""))?;
    first.close().await.map_err(|error| classify(error, ""))?;
    Ok(pool_options().connect_lazy_with(options))
}

fn unreadable() -> Error {
    let message =
        "the MySQL URL can't be read; it looks like mysql://user:password@host:3306/database".to_owned();
    Error::new(Kind::Store { class: Class::Misconfigured, code: None, message })
}

/// Refuses a pool whose sessions are not pinned.
pub(super) async fn check(pool: &MySqlPool) -> Result<(), Error> {
    let row = pool.fetch_one(SHOW).await.map_err(|error| classify(error, ""))?;
    let mut settings = Vec::new();
    for position in 0..5 {
        let setting: String = row.try_get_unchecked(position).map_err(|error| classify(error, ""))?;
        settings.push(setting);
    }
    let problems = problems(&settings[0], &settings[1], &settings[2..]);
    if problems.is_empty() { Ok(()) } else { Err(Error::new(Kind::Session { problems })) }
}

/// What is wrong with a session's settings.
fn problems(time_zone: &str, sql_mode: &str, charsets: &[String]) -> Vec<String> {
    let modes: Vec<&str> = sql_mode.split(',').collect();
    let mut problems = Vec::new();
    if !matches!(time_zone, "+00:00" | "UTC") {
        problems.push(format!("time_zone is {time_zone} instead of +00:00"));
    }
    if !modes.contains(&"STRICT_ALL_TABLES") && !modes.contains(&"STRICT_TRANS_TABLES") {
        problems.push("sql_mode lacks STRICT_ALL_TABLES".to_owned());
    }
    // Without the second a date that was kept, as 2023-02-29, could be read and not written back. What no contract keeps
    // never comes this far.
    for mode in ["NO_AUTO_VALUE_ON_ZERO", "ALLOW_INVALID_DATES"] {
        if !modes.contains(&mode) {
            problems.push(format!("sql_mode lacks {mode}"));
        }
    }
    // The first two turn zero dates into NULL on the way into a comparison, the third adds blanks to every CHAR.
    for mode in ["NO_ZERO_DATE", "NO_ZERO_IN_DATE", "PAD_CHAR_TO_FULL_LENGTH"] {
        if modes.contains(&mode) {
            problems.push(format!("sql_mode has {mode}"));
        }
    }
    if let Some(charset) = charsets.iter().find(|charset| *charset != "utf8mb4") {
        problems.push(format!("the connection's character set is {charset} instead of utf8mb4"));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charsets() -> Vec<String> {
        vec!["utf8mb4".to_owned(); 3]
    }

    #[test]
    fn the_pinned_settings_pass() {
        let modes = "STRICT_ALL_TABLES,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION";
        assert_eq!(problems("+00:00", modes, &charsets()), Vec::<String>::new());
        assert_eq!(problems("UTC", modes, &charsets()), Vec::<String>::new());
    }

    #[test]
    fn every_problem_is_named() {
        let latin1 = vec!["utf8mb4".to_owned(), "latin1".to_owned()];
        assert_eq!(
            problems("SYSTEM", "NO_ZERO_DATE,NO_ZERO_IN_DATE,PAD_CHAR_TO_FULL_LENGTH", &latin1),
            [
                "time_zone is SYSTEM instead of +00:00",
                "sql_mode lacks STRICT_ALL_TABLES",
                "sql_mode lacks NO_AUTO_VALUE_ON_ZERO",
                "sql_mode lacks ALLOW_INVALID_DATES",
                "sql_mode has NO_ZERO_DATE",
                "sql_mode has NO_ZERO_IN_DATE",
                "sql_mode has PAD_CHAR_TO_FULL_LENGTH",
                "the connection's character set is latin1 instead of utf8mb4",
            ]
        );
        assert_eq!(problems("+00:00", "", &charsets()).len(), 3);
    }
}
