//! Values in a key in a form of their own: times by a pattern, numbers with more digits, shards.

use std::fmt;

use super::part;
use crate::mysql::MySqlType;
use crate::pattern::{self, Pattern};
use crate::value::Value;
use crate::{Text, ValueError};

/// How a value is written where it is not written in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFormat {
    /// A DATE, DATETIME or TIMESTAMP (in UTC) by a [`pattern`]. It sorts as the pattern does and doesn't give the value back.
    Time(Text),
    /// A whole number with at least so many digits; those of its type are the fewest there are. It gives the value back.
    Padded(u8),
    /// Which of so many shards the value falls in: digits, all of one width. It gives nothing back.
    ///
    /// The shard is the FNV-1a hash (64 bits; Fowler, Noll, Vo) of the value's full form in a key, modulo the shards.
    Shard(u32),
}

impl KeyFormat {
    /// Whether the value can be read back from the key.
    pub const fn gives_back(&self) -> bool {
        matches!(self, Self::Padded(_))
    }

    /// Whether two values that MySQL sorts one way can't sort the other way.
    pub fn sorts(&self) -> bool {
        match self {
            Self::Time(pattern) => Pattern::parse(pattern).is_ok_and(|pattern| pattern.sorts()),
            Self::Padded(_) => true,
            Self::Shard(_) => false,
        }
    }

    /// The most bytes it has: all of one type have so many, but for a sign.
    pub fn max_bytes(&self, ty: &MySqlType) -> u64 {
        match self {
            Self::Time(pattern) => Pattern::parse(pattern).map_or(u64::MAX, |pattern| pattern.width() as u64),
            Self::Padded(width) => part::max_bytes(ty).max(u64::from(*width) + 1),
            Self::Shard(shards) => shard_width(*shards) as u64,
        }
    }

    pub(super) fn push(&self, ty: &MySqlType, value: &Value, out: &mut String) -> Result<(), ValueError> {
        if *value == Value::Null {
            return Err(ValueError::Null);
        }
        match self {
            Self::Time(pattern) => pattern::push(pattern, ty, value, out),
            Self::Padded(width) => {
                let full = part::encode_part(ty, false, value)?;
                let (sign, filler, digits) = match full.strip_prefix('-') {
                    Some(digits) => ("-", '9', digits),
                    None => ("", '0', full.as_str()),
                };
                out.push_str(sign);
                out.extend(std::iter::repeat_n(filler, usize::from(*width).saturating_sub(digits.len())));
                out.push_str(digits);
                Ok(())
            }
            Self::Shard(shards) => {
                let full = part::encode_part(ty, ty.collation().is_some_and(|c| !c.is_binary()), value)?;
                let shard = fnv1a(full.as_bytes()) % u64::from((*shards).max(1));
                out.push_str(&shard_text(shard, *shards));
                Ok(())
            }
        }
    }

    /// Reads it off the front of a key: the value, if it gives it back, and what is left.
    pub(super) fn pull<'k>(
        &self,
        ty: &MySqlType,
        key: &'k str,
    ) -> Result<(Option<Value>, &'k str), ValueError> {
        let malformed = || ValueError::Malformed { what: "key of this template" };
        let digits = |width: usize| key.split_at_checked(width).ok_or_else(malformed);
        match self {
            Self::Time(pattern) => {
                let width = Pattern::parse(pattern).map_err(|_| malformed())?.width();
                digits(width).map(|(_, rest)| (None, rest))
            }
            Self::Shard(shards) => digits(shard_width(*shards)).map(|(_, rest)| (None, rest)),
            Self::Padded(width) => {
                let (sign, filler, magnitude) = match key.strip_prefix('-') {
                    Some(rest) => ("-", '9', rest),
                    None => ("", '0', key),
                };
                let signed = matches!(ty, MySqlType::Int { unsigned: false, .. });
                let natural =
                    usize::try_from(part::max_bytes(ty)).unwrap_or(usize::MAX) - usize::from(signed);
                let extra = usize::from(*width).saturating_sub(natural);
                let (filled, rest) = magnitude.split_at_checked(extra).ok_or_else(malformed)?;
                let (number, rest) = rest.split_at_checked(natural).ok_or_else(malformed)?;
                if filled.chars().any(|character| character != filler) {
                    return Err(malformed());
                }
                let (value, left) = part::decode_part(ty, &format!("{sign}{number}"))
                    .map(|(value, left)| (value, left.is_empty()))?;
                if left { Ok((Some(value), rest)) } else { Err(malformed()) }
            }
        }
    }
}

/// A shard as it stands in keys.
pub(super) fn shard_text(shard: impl fmt::Display, shards: u32) -> String {
    format!("{shard:0width$}", width = shard_width(shards))
}

fn shard_width(shards: u32) -> usize {
    shards.saturating_sub(1).checked_ilog10().map_or(1, |log| log as usize + 1)
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mysql::IntSize;
    use crate::value::{Date, DateTime};

    const INT: MySqlType = MySqlType::Int { size: IntSize::Small, unsigned: false, display: None };

    fn pushed(format: &KeyFormat, ty: &MySqlType, value: &Value) -> String {
        let mut out = String::new();
        format.push(ty, value, &mut out).expect("fits");
        out
    }

    #[test]
    fn more_digits_sort_and_read_back() {
        let format = KeyFormat::Padded(8);
        let numbers = [-32768, -300, -2, -1, 0, 1, 2, 300, 32767];
        let texts: Vec<String> =
            numbers.iter().map(|number| pushed(&format, &INT, &Value::Int(*number))).collect();
        assert_eq!(texts[5], "00000001");
        assert!(texts.is_sorted(), "{texts:?}");
        for (number, text) in numbers.iter().zip(&texts) {
            let key = format!("{text}#x");
            assert_eq!(format.pull(&INT, &key).expect("ours"), (Some(Value::Int(*number)), "#x"));
        }
        assert!(format.pull(&INT, "10000001").is_err());
        assert_eq!(pushed(&KeyFormat::Padded(2), &INT, &Value::Int(7)), "00007");
    }

    #[test]
    fn shards_are_all_of_one_width_and_stay() {
        // The published test vectors of FNV-1a.
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
        let shards: Vec<String> =
            (0..200).map(|n| pushed(&KeyFormat::Shard(12), &INT, &Value::Int(n))).collect();
        assert!(shards.iter().all(|shard| shard.len() == 2 && shard.as_str() < "12"), "{shards:?}");
        assert!((0..12).all(|shard| shards.contains(&format!("{shard:02}"))));
        assert_eq!(pushed(&KeyFormat::Shard(10), &INT, &Value::Int(5)).len(), 1);
    }

    #[test]
    fn a_time_is_written_by_its_pattern() {
        let format = KeyFormat::Time(Text::Borrowed("%Y-%m"));
        let ty = MySqlType::DateTime { fsp: 0 };
        let date = Date { year: 2024, month: 3, day: 9 };
        let value = Value::DateTime(DateTime { date, hour: 1, minute: 2, second: 3, micros: 0 });
        assert_eq!(pushed(&format, &ty, &value), "2024-03");
        assert_eq!(format.pull(&ty, "2024-03#7").expect("ours"), (None, "#7"));
        assert!(format.sorts() && !KeyFormat::Time(Text::Borrowed("%d-%m")).sorts());
    }
}
