//! Decimal numbers as people and programs write them: prices and quantities, exact, never a float.

use std::fmt;

use rust_decimal::Decimal;

/// Largest price or quantity: with the digits allowed after the point, products stay exact.
const MOST: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// What is wrong with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// Not a decimal number.
    Syntax,
    /// Below zero.
    Negative,
    /// More than so many digits after the point.
    Digits(u32),
    /// A thousand million or more.
    Range,
}

impl DecimalError {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Syntax => "decimal_invalid",
            Self::Negative => "negative",
            Self::Digits(_) => "too_precise",
            Self::Range => "out_of_range",
        }
    }
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax => f.write_str("expected a decimal number such as 12.50"),
            Self::Negative => f.write_str("the number cannot be below zero"),
            Self::Digits(most) => write!(f, "the number has more than {most} digits after the point"),
            Self::Range => f.write_str("the number is too large"),
        }
    }
}

impl std::error::Error for DecimalError {}

/// Reads a decimal number of zero or more with at most `places` digits after the point, without trailing zeros.
///
/// # Errors
/// [`DecimalError`] when it is none.
pub fn parse_decimal(text: &str, places: u32) -> Result<Decimal, DecimalError> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let shaped = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().filter(|byte| *byte == b'.').count() <= 1;
    if !shaped {
        return Err(DecimalError::Syntax);
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    if u32::try_from(fraction.len()).map_or(true, |length| length > places) {
        return Err(DecimalError::Digits(places));
    }
    if whole.trim_start_matches('0').len() > 10 {
        return Err(DecimalError::Range);
    }
    let bare = if fraction.is_empty() { format!("0{whole}") } else { format!("0{whole}.{fraction}") };
    let number: Decimal = bare.parse().map_err(|_| DecimalError::Range)?;
    if text.starts_with('-') && !number.is_zero() {
        return Err(DecimalError::Negative);
    }
    if number > MOST { Err(DecimalError::Range) } else { Ok(number.normalize()) }
}
