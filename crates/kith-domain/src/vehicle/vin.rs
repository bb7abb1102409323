//! Vehicle identification numbers (ISO 3779), and the check digit of North America (49 CFR 565).

use std::fmt;

use serde::{Deserialize, Serialize};

/// A well-formed number: 17 capital letters and digits, without I, O and Q.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Vin(String);

/// What is wrong with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VinError {
    /// Not 17 letters and digits, or one of I, O and Q.
    Format,
    /// The check digit does not fit, though the vehicle is of the North American market.
    CheckDigit,
}

impl VinError {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Format => "vin_format",
            Self::CheckDigit => "vin_check_digit",
        }
    }
}

impl fmt::Display for VinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Format => "expected 17 letters and digits, without I, O and Q",
            Self::CheckDigit => "the check digit, the ninth character, does not fit the others",
        })
    }
}

impl std::error::Error for VinError {}

const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

impl Vin {
    /// Reads a number; blanks and dashes are left out. The check digit counts where it is mandatory.
    ///
    /// # Errors
    /// [`VinError`] when it is none.
    pub fn parse(text: &str) -> Result<Self, VinError> {
        let vin: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let vin = vin.to_ascii_uppercase();
        if vin.len() != 17 || vin.bytes().any(|byte| value(byte).is_none()) {
            return Err(VinError::Format);
        }
        let vin = Self(vin);
        if is_north_american(&vin.0) && !vin.check_digit_fits() {
            return Err(VinError::CheckDigit);
        }
        Ok(vin)
    }

    /// The number as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the ninth character is the check digit of the others. Outside North America it need not be.
    #[must_use]
    pub fn check_digit_fits(&self) -> bool {
        let sum: u32 =
            self.0.bytes().zip(WEIGHTS).filter_map(|(byte, weight)| Some(value(byte)? * weight)).sum();
        let expected = match sum % 11 {
            10 => b'X',
            digit => u8::try_from(digit).unwrap_or_default() + b'0',
        };
        self.0.as_bytes().get(8) == Some(&expected)
    }
}

/// Whether a number says that the vehicle is of the North American market: it begins with 1 to 5.
#[must_use]
pub fn is_north_american(vin: &str) -> bool {
    vin.bytes().next().is_some_and(|first| (b'1'..=b'5').contains(&first))
}

/// The value of a character; none for what may not stand in a number.
fn value(byte: u8) -> Option<u32> {
    Some(match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'H' => u32::from(byte - b'A') + 1,
        b'J'..=b'N' => u32::from(byte - b'J') + 1,
        b'P' => 7,
        b'R' => 9,
        b'S'..=b'Z' => u32::from(byte - b'S') + 2,
        _ => return None,
    })
}
