//! Which columns look like secrets, by their names.

use migratable_core::mysql::MySqlType;

/// Words of a name that say it: one alone, or several that follow each other.
const WORDS: &[&[&str]] = &[
    &["password"],
    &["passwd"],
    &["passwort"],
    &["passphrase"],
    &["pwd"],
    &["secret"],
    &["token"],
    &["hash"],
    &["salt"],
    &["otp"],
    &["totp"],
    &["ssn"],
    &["iban"],
    &["cvv"],
    &["cvc"],
    &["api", "key"],
    &["apikey"],
    &["private", "key"],
    &["access", "key"],
    &["card", "number"],
    &["cardnumber"],
    &["credit", "card"],
    &["security", "answer"],
    &["recovery", "code"],
];

/// Whether a column looks like something that is to be seen by nobody: its name says so, and its type can hold it.
/// Dates and flags about a secret (`password_changed_at`, `has_token`) are none.
pub fn looks_secret(name: &str, ty: &MySqlType) -> bool {
    let holds = matches!(
        ty,
        MySqlType::Char { .. }
            | MySqlType::VarChar { .. }
            | MySqlType::Text { .. }
            | MySqlType::Binary { .. }
            | MySqlType::VarBinary { .. }
            | MySqlType::Blob { .. }
            | MySqlType::Json
    );
    let words = words(name);
    holds && WORDS.iter().any(|wanted| words.windows(wanted.len()).any(|run| run == *wanted))
}

/// The words of `snake_case` and `camelCase`, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_lower = false;
    for character in name.chars() {
        let begins = character.is_uppercase() && was_lower;
        was_lower = character.is_lowercase() || character.is_numeric();
        if !character.is_alphanumeric() || begins {
            words.push(String::new());
        }
        if character.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(character.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use migratable_core::collation::Collation;

    use super::*;

    fn says(name: &str) -> bool {
        looks_secret(name, &MySqlType::VarChar { length: 60, collation: Collation::constant("utf8mb4_bin") })
    }

    #[test]
    fn names_of_secrets_are_known_however_they_are_spelt() {
        for name in
            ["password", "password_hash", "passwordHash", "PASSWORD", "api_key", "apiKey", "card number"]
        {
            assert!(says(name), "{name}");
        }
    }

    #[test]
    fn names_that_only_hold_the_letters_are_none() {
        for name in ["hashtag", "saltwater", "tokens_used", "key", "card_holder", "compass", "number_card"] {
            assert!(!says(name), "{name}");
        }
    }

    #[test]
    fn what_can_hold_no_secret_is_none() {
        assert!(!looks_secret("password_changed", &MySqlType::DateTime { fsp: 0 }));
    }
}
