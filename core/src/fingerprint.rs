//! Fingerprints: whether two parts of the system were made from the same contract.

use std::fmt;
use std::hash::Hasher;
use std::str::FromStr;

use siphasher::sip::SipHasher13;

use crate::ValueError;

/// 64 bits that change with what they were made from; the same on every machine and version. Not a signature: it tells
/// honest files apart, nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u64);

/// The fingerprint of texts, in order. Lengths count, so `["ab", "c"]` and `["a", "bc"]` differ.
pub fn of<T: AsRef<str>>(parts: &[T]) -> Fingerprint {
    let mut hasher = SipHasher13::new();
    for part in parts {
        let bytes = part.as_ref().as_bytes();
        hasher.write(&(bytes.len() as u64).to_le_bytes());
        hasher.write(bytes);
    }
    Fingerprint(hasher.finish())
}

/// 16 lower-case hex digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Fingerprint {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let digits = text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let number = if digits { u64::from_str_radix(text, 16).ok() } else { None };
        number.map(Self).ok_or(ValueError::Malformed { what: "fingerprint (16 lower-case hex digits)" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_same_everywhere_and_always() {
        // A change of this number makes every generated file stale: never change it without a new contract version.
        assert_eq!(of(&["contract", "1"]).to_string(), "2c7e5ebd034389d0");
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
    }

    #[test]
    fn its_text_reads_back() {
        let fingerprint = of(&["x"]);
        assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
        for text in ["", "123", "00000000000000zz", "0000000000000000 ", "ABCDEFABCDEFABCD"] {
            assert!(text.parse::<Fingerprint>().is_err(), "{text}");
        }
    }
}
