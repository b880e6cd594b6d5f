//! Exact numbers of up to 38 digits, as MySQL adds, multiplies and compares them.

use std::cmp::Ordering;

use crate::value::Decimal;

/// Digits after the point a product may have before MySQL rounds it.
const MAX_SCALE: u8 = 30;

/// An exact number: an integer of BIGINT's two ranges, or a DECIMAL.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    digits: i128,
    scale: u8,
    /// Whether it is an integer, which BIGINT has to hold.
    integer: bool,
    /// Whether MySQL takes it for an unsigned number, or may: then results below zero are an error of the server.
    unsigned: bool,
}

impl Number {
    pub(super) const fn literal(digits: i128, scale: u8) -> Self {
        Self { digits, scale, integer: scale == 0, unsigned: digits > i64::MAX as i128 }
    }

    pub(super) fn signed(number: i64) -> Self {
        Self { digits: i128::from(number), scale: 0, integer: true, unsigned: false }
    }

    pub(super) fn unsigned(number: u64) -> Self {
        Self { digits: i128::from(number), scale: 0, integer: true, unsigned: true }
    }

    /// `None` where it has more than 38 digits.
    pub(super) fn decimal(number: &Decimal, unsigned: bool) -> Option<Self> {
        let (digits, scale) = number.to_digits()?;
        Some(Self { digits, scale, integer: false, unsigned })
    }

    pub(super) const fn is_zero(self) -> bool {
        self.digits == 0
    }

    pub(super) fn negated(self) -> Option<Self> {
        // What MySQL makes of a negated unsigned number depends on its mode; small ones are the same in all.
        let number = Self { digits: self.digits.checked_neg()?, unsigned: false, ..self };
        number.in_range()
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let digits = self.at(scale)?.checked_add(other.at(scale)?)?;
        self.with(other, digits, scale)
    }

    pub(super) fn minus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let digits = self.at(scale)?.checked_sub(other.at(scale)?)?;
        self.with(other, digits, scale)
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        let scale = self.scale + other.scale;
        let digits = self.digits.checked_mul(other.digits)?;
        (scale <= MAX_SCALE).then(|| self.with(other, digits, scale))?
    }

    /// A result of two numbers, if MySQL gives the same and no error.
    fn with(self, other: Self, digits: i128, scale: u8) -> Option<Self> {
        let integer = self.integer && other.integer;
        let unsigned = self.unsigned || other.unsigned;
        (Self { digits, scale, integer, unsigned }).in_range()
    }

    fn in_range(self) -> Option<Self> {
        let fits = i64::try_from(self.digits).is_ok() || !self.integer;
        (fits && !(self.unsigned && self.digits < 0)).then_some(self)
    }

    /// The digits with this many after the point, which are as many as now or more.
    fn at(self, scale: u8) -> Option<i128> {
        self.digits.checked_mul(power(scale - self.scale)?)
    }

    pub(super) fn order(self, other: Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        match (self.at(scale), other.at(scale)) {
            (Some(left), Some(right)) => left.cmp(&right),
            // One of them is too large for the other's digits after the point: what stands before it decides, unless equal,
            // and then the rest does.
            _ => self.parts(scale).cmp(&other.parts(scale)),
        }
    }

    /// What stands before the point (rounded down), and what after it, with so many digits.
    fn parts(self, scale: u8) -> (i128, i128) {
        let unit = power(self.scale).unwrap_or(i128::MAX);
        let rest = self.digits.rem_euclid(unit);
        (self.digits.div_euclid(unit), rest.saturating_mul(power(scale - self.scale).unwrap_or(i128::MAX)))
    }

    /// The nearest double, where that is exact arithmetic: digits and power of ten are doubles, and so is rounded once.
    pub(super) fn to_real(self) -> Option<f64> {
        const EXACT: u128 = 1 << 53;
        const POWERS: [f64; 23] = [
            1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
            1e18, 1e19, 1e20, 1e21, 1e22,
        ];
        #[expect(clippy::cast_precision_loss, reason = "none: it has at most 53 bits")]
        let digits = (self.digits.unsigned_abs() <= EXACT).then_some(self.digits as f64)?;
        Some(digits / POWERS.get(usize::from(self.scale))?)
    }
}

fn power(exponent: u8) -> Option<i128> {
    10_i128.checked_pow(u32::from(exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_exactly_whatever_their_scales() {
        let most = i128::MAX / 10;
        for (left, right, order) in [
            ((150, 2), (15, 1), Ordering::Equal),
            ((-1, 1), (0, 0), Ordering::Less),
            ((most, 0), (5, 30), Ordering::Greater),
            ((most, 0), (most, 30), Ordering::Greater),
            ((-most, 0), (-5, 30), Ordering::Less),
            ((-5, 1), (-most, 0), Ordering::Greater),
        ] {
            let number = |(digits, scale)| Number::literal(digits, scale);
            assert_eq!(number(left).order(number(right)), order, "{left:?} {right:?}");
            assert_eq!(number(right).order(number(left)), order.reverse(), "{left:?} {right:?}");
        }
    }

    #[test]
    fn what_mysql_answers_with_an_error_has_no_result() {
        let most = Number::signed(i64::MAX);
        assert!(most.plus(Number::signed(1)).is_none());
        assert!(most.times(Number::signed(2)).is_none());
        assert!(Number::unsigned(1).minus(Number::signed(2)).is_none());
        assert!(Number::signed(1).minus(Number::signed(2)).is_some());
        assert!(Number::literal(1, 20).times(Number::literal(1, 20)).is_none());
    }
}
