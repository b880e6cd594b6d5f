use std::cmp::Ordering;
use std::fmt;

use crate::ValueError;
use crate::mysql::Misfit;

/// The most digits a parsed decimal may have on either side of the point: far more than MySQL's 65 or DynamoDB's
/// 38, small enough that a hostile exponent can't make a huge text.
const MAX_SCALE: usize = 200;

/// The most digits that are kept as a number, on either side of the point: what a u128 holds of all.
const SMALL_DIGITS: usize = 38;

/// The first number that has more digits.
const SMALL_END: u128 = POWERS[SMALL_DIGITS];

/// The powers of ten that a u128 holds.
const POWERS: [u128; SMALL_DIGITS + 1] = {
    let mut powers = [1; SMALL_DIGITS + 1];
    let mut power = 1;
    while power < powers.len() {
        powers[power] = powers[power - 1] * 10;
        power += 1;
    }
    powers
};

/// An exact decimal: digits and where the point stands. MySQL holds up to 65 digits, more than any machine number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    negative: bool,
    scale: u8,
    digits: Digits,
}

/// The digits of a decimal without its point. Each number and scale has one form: `Small` where it fits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Digits {
    /// Below [`SMALL_END`], at a scale of up to [`SMALL_DIGITS`]: the upper and the lower half of a u128, so that a value
    /// is no larger for it.
    Small([u64; 2]),
    /// All digits, most significant first, at least `scale + 1` of them; no other leading zeros.
    Large(Box<str>),
}

/// Room for the digits of a small number.
type Buffer = [u8; SMALL_DIGITS + 1];

/// An empty one.
const BUFFER: Buffer = [b'0'; SMALL_DIGITS + 1];

const fn halves(number: u128) -> [u64; 2] {
    [(number >> 64) as u64, number as u64]
}

const fn whole(halves: [u64; 2]) -> u128 {
    (halves[0] as u128) << 64 | halves[1] as u128
}

impl Decimal {
    /// Reads `12.50`, `-0.5`, `.5`, `1E+3`. Trailing zeros after the point are kept: `1.50` has scale 2.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        match parse_small(text.as_bytes()) {
            Some(decimal) => Ok(decimal),
            None => Self::parse_any(text),
        }
    }

    fn parse_any(text: &str) -> Result<Self, ValueError> {
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
        Ok(Self::from_parts(negative, &digits, scale))
    }

    /// The number with these digits, all of them, and so many after the point. `None` where the number has more than 38
    /// digits, or the scale is more than that.
    pub fn from_mantissa(mantissa: i128, scale: u8) -> Option<Self> {
        Self::small(mantissa < 0, mantissa.unsigned_abs(), scale)
    }

    /// The digits as one number, with the sign; `None` where there are more than 38 of them.
    pub fn mantissa(&self) -> Option<i128> {
        let Digits::Small(halves) = self.digits else { return None };
        let magnitude = i128::try_from(whole(halves)).ok()?;
        Some(if self.negative { -magnitude } else { magnitude })
    }

    fn small(negative: bool, number: u128, scale: u8) -> Option<Self> {
        (number < SMALL_END && usize::from(scale) <= SMALL_DIGITS).then(|| Self {
            negative: negative && number != 0,
            scale,
            digits: Digits::Small(halves(number)),
        })
    }

    /// Brings digits into the one form: no needless leading zeros, at least one digit before the point, no minus zero.
    fn from_parts(negative: bool, digits: &str, scale: u8) -> Self {
        let trimmed = digits.trim_start_matches('0');
        if trimmed.len() <= SMALL_DIGITS {
            let number = trimmed.bytes().fold(0, |number, digit| number * 10 + u128::from(digit - b'0'));
            if let Some(small) = Self::small(negative, number, scale) {
                return small;
            }
        }
        let least = usize::from(scale) + 1;
        let digits = Digits::Large(format!("{trimmed:0>least$}").into());
        Self { negative: negative && !trimmed.is_empty(), scale, digits }
    }

    /// All digits, most significant first, at least `scale + 1` of them; no other leading zeros.
    fn digits<'d>(&'d self, buffer: &'d mut Buffer) -> &'d str {
        match &self.digits {
            Digits::Small(halves) => write_digits(whole(*halves), usize::from(self.scale) + 1, buffer),
            Digits::Large(digits) => digits,
        }
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
        let mut buffer = BUFFER;
        let digits = self.digits(&mut buffer);
        let whole = &digits[..digits.len() - usize::from(self.scale)];
        if whole == "0" { 0 } else { whole.len() }
    }

    /// Digits after the point that aren't zeros at the end.
    pub fn fraction_digits(&self) -> u8 {
        let mut buffer = BUFFER;
        let digits = self.digits(&mut buffer);
        let fraction = &digits[digits.len() - usize::from(self.scale)..];
        // The scale counts them all.
        u8::try_from(fraction.trim_end_matches('0').len()).unwrap_or(self.scale)
    }

    /// All digits as one number, and how many of them stand after the point. `None` past 38 digits.
    pub(crate) fn to_digits(&self) -> Option<(i128, u8)> {
        Some((self.mantissa()?, self.scale))
    }

    /// Whether it plainly has no more digits before the point than `whole`, and no more after it than `scale`. Nothing is
    /// said of zeros at the end that are more, or of numbers of many digits: they have to be looked at.
    pub(crate) fn plainly_fits(&self, whole_digits: usize, scale: u8) -> bool {
        let Digits::Small(halves) = self.digits else { return false };
        let below = POWERS.get(whole_digits + usize::from(self.scale));
        self.scale <= scale && below.is_none_or(|power| whole(halves) < *power)
    }

    /// Whether rounding to `scale` digits after the point gives more than `whole` digits before it: there are as many
    /// nines as fit, and what follows rounds up. (MySQL rounds half away from zero.)
    pub(crate) fn carries_over(&self, whole: usize, scale: u8) -> bool {
        let mut buffer = BUFFER;
        let digits = self.digits(&mut buffer);
        let point = digits.len() - usize::from(self.scale);
        let Some(kept) = digits.get(..point + usize::from(scale)) else { return false };
        let nines = kept.trim_start_matches('0');
        nines.len() == whole + usize::from(scale)
            && nines.bytes().all(|byte| byte == b'9')
            && digits.as_bytes().get(kept.len()).is_some_and(|next| *next >= b'5')
    }

    /// The largest number with so many digits before and after the point: `99.99`.
    pub(crate) fn nines(whole: usize, scale: u8) -> Self {
        Self::from_parts(false, &"9".repeat(whole + usize::from(scale)), scale)
    }

    /// The digits from the first to the last that is not zero.
    pub fn significant_digits(&self) -> usize {
        self.digits(&mut { BUFFER }).trim_matches('0').len()
    }

    /// Whether it has more digits than this, from the first to the last that is not zero.
    pub(crate) fn exceeds_digits(&self, most: usize) -> bool {
        // A small number has no more than that.
        match self.digits {
            Digits::Small(_) if most >= SMALL_DIGITS => false,
            _ => self.significant_digits() > most,
        }
    }

    /// The same number with this many digits after the point. An error where digits other than zero would be lost.
    pub fn rescale(&self, scale: u8) -> Result<Self, ValueError> {
        if scale == self.scale {
            return Ok(self.clone());
        }
        if let Some(small) = self.rescale_small(scale) {
            return Ok(small);
        }
        let mut buffer = BUFFER;
        let mut digits = self.digits(&mut buffer).to_owned();
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
        Ok(Self::from_parts(self.negative, &digits, scale))
    }

    fn rescale_small(&self, scale: u8) -> Option<Self> {
        let Digits::Small(halves) = self.digits else { return None };
        let number = whole(halves);
        let power = *POWERS.get(usize::from(scale.abs_diff(self.scale)))?;
        let number = if scale > self.scale {
            number.checked_mul(power)?
        } else {
            number.is_multiple_of(power).then_some(number / power)?
        };
        Self::small(self.negative, number, scale)
    }

    /// The shortest text of the number: no trailing zeros after the point. What DynamoDB makes of a number.
    pub fn normalized(&self) -> String {
        if let Digits::Small([0, number]) = self.digits {
            return normalized(self.negative, number, self.scale);
        }
        let mut buffer = BUFFER;
        let digits = self.digits(&mut buffer);
        let (whole, fraction) = digits.split_at(digits.len() - usize::from(self.scale));
        self.text(whole, fraction.trim_end_matches('0'))
    }

    fn text(&self, whole: &str, fraction: &str) -> String {
        let mut text = String::with_capacity(whole.len() + fraction.len() + 2);
        if self.negative {
            text.push('-');
        }
        text.push_str(whole);
        if !fraction.is_empty() {
            text.push('.');
            text.push_str(fraction);
        }
        text
    }

    /// The text of the number at its scale.
    pub(crate) fn plain(&self) -> String {
        let mut buffer = BUFFER;
        let digits = self.digits(&mut buffer);
        let (whole, fraction) = digits.split_at(digits.len() - usize::from(self.scale));
        self.text(whole, fraction)
    }

    /// The digits of the absolute value with exactly this many before and after the point, and no point; `None`
    /// where they don't fit.
    pub(crate) fn padded_digits(&self, before: usize, after: u8) -> Option<String> {
        let rescaled = self.rescale(after).ok()?;
        let width = before + usize::from(after);
        let mut buffer = BUFFER;
        let digits = rescaled.digits(&mut buffer).trim_start_matches('0');
        (digits.len() <= width).then(|| format!("{digits:0>width$}"))
    }
}

/// Reads `-12.50` where it has no exponent and few digits; `None` for everything else, right or wrong.
fn parse_small(text: &[u8]) -> Option<Decimal> {
    let (negative, rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    // A u64 holds 19 digits.
    if rest.len() > 20 {
        return None;
    }
    let (mut number, mut digits, mut point) = (0_u64, 0_u8, None);
    for byte in rest {
        match byte {
            b'0'..=b'9' if digits < 19 => {
                number = number * 10 + u64::from(byte - b'0');
                digits += 1;
            }
            b'.' if point.is_none() => point = Some(digits),
            _ => return None,
        }
    }
    if digits == 0 {
        return None;
    }
    Decimal::small(negative, number.into(), point.map_or(0, |point| digits - point))
}

/// What [`Decimal::normalized`] gives, of a number that a machine word holds.
fn normalized(negative: bool, number: u64, scale: u8) -> String {
    let (mut rest, mut scale) = (number, scale);
    while scale > 0 && rest.is_multiple_of(10) {
        rest /= 10;
        scale -= 1;
    }
    // Room for a sign, a digit before the point, the point, and the digits after it.
    let mut buffer = [b'0'; SMALL_DIGITS + 3];
    let mut at = buffer.len();
    for _ in 0..scale {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if scale > 0 {
        at -= 1;
        buffer[at] = b'.';
    }
    loop {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if negative {
        at -= 1;
        buffer[at] = b'-';
    }
    std::str::from_utf8(&buffer[at..]).unwrap_or_default().to_owned()
}

/// The digits of a number, at least so many.
fn write_digits(number: u128, least: usize, buffer: &mut Buffer) -> &str {
    let mut at = buffer.len();
    // Machine words are divided faster.
    let mut rest = number;
    while u64::try_from(rest).is_err() {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    let mut rest = rest as u64;
    while rest > 0 {
        at -= 1;
        buffer[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    // What is in front is zeros.
    let start = at.min(buffer.len() - least);
    std::str::from_utf8(&buffer[start..]).unwrap_or_default()
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain())
    }
}

/// By number, not by text: `1.5` and `1.50` are equal here (and differ under `==`, which compares the scale too).
impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let scale = self.scale.max(other.scale);
        let (a, b) = (self.rescale(scale).ok()?, other.rescale(scale).ok()?);
        let (mut of_a, mut of_b) = (BUFFER, BUFFER);
        let (of_a, of_b) = (a.digits(&mut of_a), b.digits(&mut of_b));
        let magnitude = (of_a.len(), of_a).cmp(&(of_b.len(), of_b));
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
            ("-18446744073709551615", "-18446744073709551615", "-18446744073709551615"),
            ("18446744073709551616.50", "18446744073709551616.50", "18446744073709551616.5"),
            (
                "-1e-38",
                "-0.00000000000000000000000000000000000001",
                "-0.00000000000000000000000000000000000001",
            ),
            ("10.0500", "10.0500", "10.05"),
        ] {
            assert_eq!(decimal(text).to_string(), canonical, "{text}");
            assert_eq!(decimal(text).normalized(), normalized, "{text}");
        }
    }

    #[test]
    fn what_plainly_fits_has_no_more_digits_on_either_side() {
        for (text, whole, scale, fits) in [
            ("999.99", 3, 2, true),
            ("1000.00", 3, 2, false),
            ("-999.9", 3, 2, true),
            ("0.05", 0, 2, true),
            ("1", 0, 2, false),
            ("1.250", 1, 2, false),
            ("99999999999999999999999999999999999999", 65, 0, true),
            ("99999999999999999999999999999999999999", 37, 0, false),
        ] {
            assert_eq!(decimal(text).plainly_fits(whole, scale), fits, "{text} in {whole}, {scale}");
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
