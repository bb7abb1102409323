//! Money: a whole number of minor units and its currency. Never a float.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Currency;

/// An amount of one currency, exact. On the wire `{"amount":"100000.00","currency":"USD"}`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// Minor units: cents for USD, yen for JPY.
    pub minor: i64,
    /// The currency of the amount.
    pub currency: Currency,
}

/// The text is not an amount of the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// Not a decimal number such as `-12.50`.
    Syntax,
    /// More digits after the point than the currency has.
    Digits,
    /// Too large for 64 bits of minor units.
    Range,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Syntax => "expected a decimal amount such as 1250.00",
            Self::Digits => "the amount has more decimals than its currency",
            Self::Range => "the amount is too large",
        })
    }
}

impl std::error::Error for MoneyError {}

impl Money {
    /// Minor units of a currency.
    #[must_use]
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads a decimal amount. Trailing zeros beyond the currency's digits are allowed.
    ///
    /// # Errors
    /// [`MoneyError`] when the text is no decimal, has digits the currency does not have, or is too large.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (negative, digits) = match amount.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, amount),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let numeric = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !numeric(whole) || !numeric(fraction) || digits.ends_with('.') {
            return Err(MoneyError::Syntax);
        }
        let places = usize::from(currency.exponent());
        let (kept, rest) = fraction.split_at(places.min(fraction.len()));
        if rest.bytes().any(|byte| byte != b'0') {
            return Err(MoneyError::Digits);
        }
        let mut minor: i64 = 0;
        let padded = kept.bytes().chain(std::iter::repeat_n(b'0', places.saturating_sub(kept.len())));
        for byte in whole.bytes().chain(padded) {
            let digit = i64::from(byte.wrapping_sub(b'0'));
            let next = minor.checked_mul(10).and_then(|value| value.checked_sub(digit));
            minor = next.ok_or(MoneyError::Range)?;
        }
        let minor = if negative { minor } else { minor.checked_neg().ok_or(MoneyError::Range)? };
        Ok(Self { minor, currency })
    }

    /// The decimal text with all digits of the currency, for example `1250.00`.
    #[must_use]
    pub fn amount(self) -> String {
        let places = usize::from(self.currency.exponent());
        let digits = format!("{:0width$}", self.minor.unsigned_abs(), width = places.saturating_add(1));
        let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places));
        let sign = if self.minor < 0 { "-" } else { "" };
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.amount())
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    amount: String,
    currency: Currency,
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire { amount: self.amount(), currency: self.currency }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        Self::parse(&wire.amount, wire.currency).map_err(serde::de::Error::custom)
    }
}
