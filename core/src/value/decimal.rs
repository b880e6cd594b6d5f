use std::cmp::Ordering;
use std::fmt;

use crate::ValueError;
use crate::mysql::Misfit;

/// The most digits a parsed decimal may have on either side of the point: far more than MySQL's 65 or DynamoDB's
/// 38, small enough that a hostile exponent can't make a huge text.
const MAX_SCALE: usize = 200;

/// An exact decimal: digits and where the point stands. MySQL holds up to 65 digits, more than any machine number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    negative: bool,
    /// All digits, most significant first, at least `scale + 1` of them; no other leading zeros.
    digits: String,
    scale: u8,
}

impl Decimal {
    /// Reads `12.50`, `-0.5`, `.5`, `1E+3`. Trailing zeros after the point are kept: `1.50` has scale 2.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let malformed = || ValueError::Malformed { what: "decimal number" };
        let (negative, rest) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, exponent) = match rest.find(['e', 'E']) {
            Some(at) => (&rest[..at], rest[at + 1..].parse::<i32>().map_err(|_| malformed())?),
            None => (rest, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return Err(malformed());
        }
        let mut digits = format!("{whole}{fraction}");
        let scale = i64::try_from(fraction.len()).map_err(|_| malformed())? - i64::from(exponent);
        if scale.unsigned_abs() > MAX_SCALE as u64 {
            return Err(malformed());
        }
        if scale < 0 {
            digits.extend(std::iter::repeat_n('0', usize::try_from(-scale).map_err(|_| malformed())?));
        }
        let scale = u8::try_from(scale.max(0)).map_err(|_| malformed())?;
        Ok(Self::from_parts(negative, digits, scale))
    }

    /// Brings digits into the one form: no needless leading zeros, at least one digit before the point, no minus zero.
    fn from_parts(negative: bool, digits: String, scale: u8) -> Self {
        let least = usize::from(scale) + 1;
        let trimmed = digits.trim_start_matches('0');
        let digits = format!("{trimmed:0>least$}");
        let negative = negative && !trimmed.is_empty();
        Self { negative, digits, scale }
    }

    /// Digits after the point, trailing zeros counted.
    pub const fn scale(&self) -> u8 {
        self.scale
    }

    /// Whether it is below zero.
    pub const fn is_negative(&self) -> bool {
        self.negative
    }

    /// Digits before the point; 0 where the number is below one.
    pub fn integer_digits(&self) -> usize {
        let whole = &self.digits[..self.digits.len() - usize::from(self.scale)];
        if whole == "0" { 0 } else { whole.len() }
    }

    /// Digits after the point that aren't zeros at the end.
    pub fn fraction_digits(&self) -> u8 {
        let fraction = &self.digits[self.digits.len() - usize::from(self.scale)..];
        // The scale counts them all.
        u8::try_from(fraction.trim_end_matches('0').len()).unwrap_or(self.scale)
    }

    /// All digits as one number, and how many of them stand after the point. `None` past 38 digits.
    pub(crate) fn to_digits(&self) -> Option<(i128, u8)> {
        let digits: i128 = self.digits.parse().ok()?;
        Some((if self.negative { -digits } else { digits }, self.scale))
    }

    /// Whether rounding to `scale` digits after the point gives more than `whole` digits before it: there are as many
    /// nines as fit, and what follows rounds up. (MySQL rounds half away from zero.)
    pub(crate) fn carries_over(&self, whole: usize, scale: u8) -> bool {
        let point = self.digits.len() - usize::from(self.scale);
        let Some(kept) = self.digits.get(..point + usize::from(scale)) else { return false };
        let nines = kept.trim_start_matches('0');
        nines.len() == whole + usize::from(scale)
            && nines.bytes().all(|byte| byte == b'9')
            && self.digits.as_bytes().get(kept.len()).is_some_and(|next| *next >= b'5')
    }

    /// The largest number with so many digits before and after the point: `99.99`.
    pub(crate) fn nines(whole: usize, scale: u8) -> Self {
        let digits = "9".repeat(whole + usize::from(scale));
        Self::from_parts(false, digits, scale)
    }

    /// The digits from the first to the last that is not zero.
    pub fn significant_digits(&self) -> usize {
        self.digits.trim_matches('0').len()
    }

    /// The same number with this many digits after the point. An error where digits other than zero would be lost.
    pub fn rescale(&self, scale: u8) -> Result<Self, ValueError> {
        let mut digits = self.digits.clone();
        if scale >= self.scale {
            digits.extend(std::iter::repeat_n('0', usize::from(scale - self.scale)));
        } else {
            let kept = digits.len() - usize::from(self.scale - scale);
            if digits[kept..].bytes().any(|byte| byte != b'0') {
                return Err(ValueError::Range {
                    ty: format!("a decimal with {scale} digits after the point"),
                    reason: Misfit::Scale { actual: self.fraction_digits(), most: scale },
                });
            }
            digits.truncate(kept);
        }
        Ok(Self::from_parts(self.negative, digits, scale))
    }

    /// The shortest text of the number: no trailing zeros after the point. What DynamoDB makes of a number.
    pub fn normalized(&self) -> String {
        let text = self.to_string();
        if self.scale == 0 {
            return text;
        }
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// The digits of the absolute value with exactly this many before and after the point, and no point; `None`
    /// where they don't fit.
    pub(crate) fn padded_digits(&self, before: usize, after: u8) -> Option<String> {
        let rescaled = self.rescale(after).ok()?;
        let width = before + usize::from(after);
        let digits = rescaled.digits.trim_start_matches('0');
        (digits.len() <= width).then(|| format!("{digits:0>width$}"))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = self.digits.split_at(self.digits.len() - usize::from(self.scale));
        let sign = if self.negative { "-" } else { "" };
        if fraction.is_empty() { write!(f, "{sign}{whole}") } else { write!(f, "{sign}{whole}.{fraction}") }
    }
}

/// By number, not by text: `1.5` and `1.50` are equal here (and differ under `==`, which compares the scale too).
impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let scale = self.scale.max(other.scale);
        let (a, b) = (self.rescale(scale).ok()?, other.rescale(scale).ok()?);
        let magnitude = (a.digits.len(), &a.digits).cmp(&(b.digits.len(), &b.digits));
        Some(match (a.negative, b.negative) {
            (false, false) => magnitude,
            (true, true) => magnitude.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).expect("a decimal")
    }

    #[test]
    fn one_form_for_each_number_and_scale() {
        for (text, canonical, normalized) in [
            ("12.50", "12.50", "12.5"),
            ("-0.50", "-0.50", "-0.5"),
            (".5", "0.5", "0.5"),
            ("-0", "0", "0"),
            ("-0.00", "0.00", "0"),
            ("007", "7", "7"),
            ("1E+3", "1000", "1000"),
            ("1.5e-3", "0.0015", "0.0015"),
            ("100", "100", "100"),
        ] {
            assert_eq!(decimal(text).to_string(), canonical, "{text}");
            assert_eq!(decimal(text).normalized(), normalized, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-", ".", "1.2.3", "1e", "0x10", "NaN", "inf", "1e999", "1e-999", "١", "1 "] {
            assert!(Decimal::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rescaling_never_loses_a_digit() {
        assert_eq!(decimal("1.5").rescale(3).expect("wider").to_string(), "1.500");
        assert_eq!(decimal("1.500").rescale(1).expect("zeros only").to_string(), "1.5");
        assert!(decimal("1.25").rescale(1).is_err());
        assert_eq!(decimal("0.05").rescale(2).expect("same").to_string(), "0.05");
    }

    #[test]
    fn order_is_by_number() {
        let ordered = ["-10", "-9.99", "-0.1", "0", "0.05", "0.1", "9", "10", "10.01"];
        for pair in ordered.windows(2) {
            assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
        }
        assert_eq!(decimal("1.5").partial_cmp(&decimal("1.50")), Some(Ordering::Equal));
    }
}
