//! A pool's connection, in use.

use std::ops::{Deref, DerefMut};

use sqlx::mysql::{MySqlConnection, MySqlPool};
use sqlx::pool::PoolConnection;

/// A connection that goes back to its pool once what it was taken for has ended, well or not. A future that is dropped on the
/// way leaves it in the middle of something: a transaction that was begun, or an answer that nobody has read. Then it is
/// closed, which ends both, and nobody asks by it again.
pub(super) struct Lease {
    connection: PoolConnection<sqlx::MySql>,
    ended: bool,
}

impl Lease {
    /// A connection of the pool.
    pub(super) async fn new(pool: &MySqlPool) -> Result<Self, sqlx::Error> {
        Ok(Self { connection: pool.acquire().await?, ended: false })
    }

    /// Gives the connection back.
    pub(super) fn end(mut self) {
        self.ended = true;
    }
}

impl Deref for Lease {
    type Target = MySqlConnection;

    fn deref(&self) -> &MySqlConnection {
        &self.connection
    }
}

impl DerefMut for Lease {
    fn deref_mut(&mut self) -> &mut MySqlConnection {
        &mut self.connection
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if !self.ended {
            self.connection.close_on_drop();
        }
    }
}
