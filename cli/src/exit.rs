//! Exit codes. Scripts depend on them: a number never changes its meaning.

/// Everything went well.
pub(crate) const OK: u8 = 0;

/// Something nobody expected: the disk is full, a folder can't be written to.
pub(crate) const UNEXPECTED: u8 = 1;

/// The command line was not understood. Clap's own code for it; a test holds the two together.
#[cfg_attr(not(test), expect(dead_code, reason = "clap exits with it by itself"))]
pub(crate) const USAGE: u8 = 2;

/// An input can't be read: it is missing, a folder, not text, not UTF-8, or holds nothing that can be imported.
pub(crate) const INPUT: u8 = 3;

/// The contract has errors, or `check --deny-warnings` found a warning; nothing was written.
pub(crate) const CONTRACT: u8 = 4;

/// With `--check`: files differ from what would be written.
pub(crate) const DIFFERENT: u8 = 5;

/// Some DDL statements, or parts of a design that was imported, were not understood; each was said, and the contract has
/// what was.
pub(crate) const PARTLY: u8 = 6;

/// Refused to overwrite an existing contract or a folder that isn't the tool's.
pub(crate) const REFUSED: u8 = 7;

/// The source that the contract records is not the DDL's.
pub(crate) const DRIFT: u8 = 8;

/// A contract changes in a way that breaks code or items of the older one.
pub(crate) const BREAKING: u8 = 9;

/// A design was imported, and something in it was mended or is not as it should be; each was said.
pub(crate) const MENDED: u8 = 10;

/// DynamoDB's tables are not what the contract says; each difference was said.
pub(crate) const TABLES: u8 = 11;

/// DynamoDB couldn't be asked, or didn't do what it was asked.
pub(crate) const DYNAMODB: u8 = 12;

/// The table at the end of every help text.
pub(crate) const HELP: &str = "\
Exit codes:
  0  ok
  1  unexpected failure, such as a full disk
  2  the command line was not understood
  3  an input can't be read: missing, a folder, not text, not UTF-8, nothing that can be imported
  4  the contract has errors, or check --deny-warnings found a warning; nothing was written
  5  --check: files differ from what would be written
  6  some of the DDL, or of what was imported, was not understood; the contract has the rest
  7  refused to overwrite a file or folder
  8  check --ddl: the contract records another schema than the DDL
  9  diff, check --against: a change breaks code or items of the older contract
  10 import: the contract is written, and what was mended or missing is in the warnings
  11 tables: they are not what the contract says; verify: or aren't there
  12 tables: DynamoDB couldn't be asked (region, credentials, endpoint), or refused";

#[cfg(test)]
mod tests {
    use clap::error::ErrorKind;

    use super::*;

    #[test]
    fn usage_is_claps_own_code() {
        assert_eq!(clap::Error::new(ErrorKind::UnknownArgument).exit_code(), i32::from(USAGE));
    }

    #[test]
    fn help_lists_every_code_once() {
        for code in [
            OK, UNEXPECTED, USAGE, INPUT, CONTRACT, DIFFERENT, PARTLY, REFUSED, DRIFT, BREAKING, MENDED,
            TABLES, DYNAMODB,
        ] {
            assert_eq!(HELP.matches(&format!("\n  {code:<2} ")).count(), 1, "{code}");
        }
    }
}
