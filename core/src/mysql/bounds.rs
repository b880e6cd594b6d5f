//! What a column of a type holds, in a reader's words.

use super::MySqlType;
use crate::value::Decimal;

/// Digits of a DECIMAL that a reader takes in at a glance.
const READABLE: u8 = 20;

impl MySqlType {
    /// The least and the largest number of an integer or DECIMAL column, and the scale of both; `None` for other types, and
    /// where they have more than 38 digits.
    pub fn range(&self) -> Option<(i128, i128, u8)> {
        Some(match self {
            Self::Int { size, unsigned: false, .. } => {
                let shift = 64 - size.bits();
                (i128::from(i64::MIN >> shift), i128::from(i64::MAX >> shift), 0)
            }
            Self::Int { size, unsigned: true, .. } => (0, i128::from(u64::MAX >> (64 - size.bits())), 0),
            Self::Decimal { precision, scale, unsigned } => {
                let most = 10_i128.checked_pow(u32::from(*precision))? - 1;
                (if *unsigned { 0 } else { -most }, most, *scale)
            }
            _ => return None,
        })
    }

    /// What values a column of this type holds, as one phrase for documentation: `at most 255 characters`, `-128 to
    /// 127`. `None` where the type's name says it all (DOUBLE, DATE, JSON).
    pub fn bounds(&self) -> Option<String> {
        let fractions = |fsp: u8| match fsp {
            0 => "whole seconds".to_owned(),
            1 => "1 digit of a second's fraction".to_owned(),
            _ => format!("{fsp} digits of a second's fraction"),
        };
        Some(match self {
            Self::Int { size, unsigned: false, .. } => {
                format!("{} to {}", i64::MIN >> (64 - size.bits()), i64::MAX >> (64 - size.bits()))
            }
            Self::Int { size, unsigned: true, .. } => format!("0 to {}", u64::MAX >> (64 - size.bits())),
            Self::Decimal { precision, scale, unsigned } => {
                let whole = precision.saturating_sub(*scale);
                let digits = if *scale == 1 { "digit" } else { "digits" };
                if *precision > READABLE {
                    return Some(format!("at most {whole} digits before the point and {scale} after it"));
                }
                let most = Decimal::nines(usize::from(whole), *scale);
                let least = if *unsigned { "0".to_owned() } else { format!("-{most}") };
                format!("{least} to {most}, {scale} {digits} after the point")
            }
            Self::Float { unsigned: true } | Self::Double { unsigned: true } => "not negative".to_owned(),
            Self::Bit { length: 1 } => "0 or 1".to_owned(),
            Self::Bit { length } => {
                let unused = 64_u32.saturating_sub(u32::from(*length));
                format!("0 to {}", u64::MAX.checked_shr(unused).unwrap_or(0))
            }
            Self::Year => "1901 to 2155, or 0".to_owned(),
            Self::Char { length, .. } => format!("at most {length} characters, no blanks at the end"),
            Self::VarChar { length, .. } => format!("at most {length} characters"),
            Self::Text { size, .. } => {
                let charset = self.collation().map_or("", |collation| collation.charset());
                format!("at most {} bytes in {charset}", size.max_bytes())
            }
            Self::Binary { length } => format!("exactly {length} bytes"),
            Self::VarBinary { length } => format!("at most {length} bytes"),
            Self::Blob { size } => format!("at most {} bytes", size.max_bytes()),
            Self::Time { fsp } => format!("-838:59:59 to 838:59:59, {}", fractions(*fsp)),
            Self::DateTime { fsp } => fractions(*fsp),
            Self::Timestamp { fsp } => {
                format!("1970-01-01 00:00:01 to 2038-01-19 03:14:07 in UTC, {}", fractions(*fsp))
            }
            Self::Enum { members, .. } => format!("one of {} members", members.len()),
            Self::Set { members, .. } => format!("any of {} members", members.len()),
            Self::Float { .. } | Self::Double { .. } | Self::Date | Self::Json => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collation::Collation;
    use crate::mysql::{IntSize, LobSize};

    #[test]
    fn bounds_are_said_in_words() {
        let collation = Collation::constant("latin1_bin");
        for (ty, bounds) in [
            (MySqlType::Int { size: IntSize::Medium, unsigned: false, display: None }, "-8388608 to 8388607"),
            (
                MySqlType::Int { size: IntSize::Big, unsigned: true, display: None },
                "0 to 18446744073709551615",
            ),
            (
                MySqlType::Decimal { precision: 5, scale: 2, unsigned: false },
                "-999.99 to 999.99, 2 digits after the point",
            ),
            (
                MySqlType::Decimal { precision: 1, scale: 1, unsigned: true },
                "0 to 0.9, 1 digit after the point",
            ),
            (MySqlType::Bit { length: 64 }, "0 to 18446744073709551615"),
            (MySqlType::VarChar { length: 9, collation: collation.clone() }, "at most 9 characters"),
            (MySqlType::Text { size: LobSize::Tiny, collation }, "at most 255 bytes in latin1"),
            (MySqlType::Time { fsp: 1 }, "-838:59:59 to 838:59:59, 1 digit of a second's fraction"),
        ] {
            assert_eq!(ty.bounds().as_deref(), Some(bounds), "{ty}");
        }
        assert_eq!(MySqlType::Date.bounds(), None);
    }
}
