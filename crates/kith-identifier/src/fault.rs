//! Why a value is not an identifier of its kind.

use std::fmt;

/// What is wrong with a value, in the order in which a person would mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Too short or too long.
    Length,
    /// Characters where they may not stand.
    Format,
    /// The form is right, the check digits are not.
    Checksum,
    /// A part names something that does not exist: a month 13, a district that was never given out.
    Component,
}

impl Fault {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Length => "invalid_length",
            Self::Format => "invalid_format",
            Self::Checksum => "invalid_checksum",
            Self::Component => "invalid_component",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "the value is too short or too long for its kind",
            Self::Format => "the value does not have the form of its kind",
            Self::Checksum => "the check digits do not match: a digit is probably mistyped",
            Self::Component => "a part of the value, such as its prefix, district or date, does not exist",
        })
    }
}

impl std::error::Error for Fault {}
