//! A struct of the application's own beside the generated ones, for the same entity.

/// Who may log in: a `User`, with a type of the application's own.
#[derive(Clone, Debug, PartialEq, db::Migratable)]
#[migratable(contract = "../contract.yaml", entity = "User", crate = "::db")]
pub struct Login {
    /// The user.
    pub user_id: u32,
    /// Its address.
    pub email: Email,
}

/// A text with an `@` in it.
pub type Email = String;

impl Login {
    /// The part of the address behind the `@`.
    pub fn domain(&self) -> Option<&str> {
        self.email.split_once('@').map(|(_, domain)| domain)
    }
}
