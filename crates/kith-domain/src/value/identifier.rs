//! Identifiers of companies: their formats and check digits (D§1.10).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::is_eu_vat_area;

/// What kind of identifier; on the wire `vat`, `lei` …, or `external:<system>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentifierKind {
    /// VAT number with its country prefix.
    Vat,
    /// Employer identification number of the United States.
    Ein,
    /// Legal entity identifier, ISO 17442.
    Lei,
    /// D-U-N-S number.
    Duns,
    /// Global location number of GS1.
    Gln,
    /// Number in a company register.
    CompanyReg,
    /// Standard carrier alpha code.
    Scac,
    /// Number at the US Department of Transportation.
    Usdot,
    /// Motor carrier number.
    Mc,
    /// Economic operators registration and identification number.
    Eori,
    /// The identifier in another system, for example `external:erp`.
    External(String),
}

/// Why a value is not an identifier of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierError {
    /// There is no such kind.
    Kind,
    /// The value does not have the form of its kind.
    Format,
    /// The form is right, the check digits are not.
    CheckDigit,
}

impl IdentifierError {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Kind => "identifier_kind_unknown",
            Self::Format => "identifier_format",
            Self::CheckDigit => "identifier_check_digit",
        }
    }
}

impl fmt::Display for IdentifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kind => {
                "expected vat, ein, lei, duns, gln, company_reg, scac, usdot, mc, eori or external:<system>"
            }
            Self::Format => "the value does not have the form of its kind",
            Self::CheckDigit => "the check digits do not match: a digit is probably mistyped",
        })
    }
}

impl std::error::Error for IdentifierError {}

impl FromStr for IdentifierKind {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        if let Some(system) = text.strip_prefix("external:") {
            let allowed =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-.".contains(&byte);
            let fits = (1..=64).contains(&system.len()) && system.bytes().all(allowed);
            return if fits { Ok(Self::External(system.to_owned())) } else { Err(IdentifierError::Kind) };
        }
        Ok(match text {
            "vat" => Self::Vat,
            "ein" => Self::Ein,
            "lei" => Self::Lei,
            "duns" => Self::Duns,
            "gln" => Self::Gln,
            "company_reg" => Self::CompanyReg,
            "scac" => Self::Scac,
            "usdot" => Self::Usdot,
            "mc" => Self::Mc,
            "eori" => Self::Eori,
            _ => return Err(IdentifierError::Kind),
        })
    }
}

impl fmt::Display for IdentifierKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Vat => "vat",
            Self::Ein => "ein",
            Self::Lei => "lei",
            Self::Duns => "duns",
            Self::Gln => "gln",
            Self::CompanyReg => "company_reg",
            Self::Scac => "scac",
            Self::Usdot => "usdot",
            Self::Mc => "mc",
            Self::Eori => "eori",
            Self::External(system) => return write!(f, "external:{system}"),
        })
    }
}

impl Serialize for IdentifierKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for IdentifierKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Capital letters and digits only: the form in which identifiers are compared.
#[must_use]
pub fn normalise(value: &str) -> String {
    value.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// The normalised value, when it has the form and the check digits of its kind.
///
/// # Errors
/// [`IdentifierError::Format`] or [`IdentifierError::CheckDigit`].
pub fn validate(
    kind: &IdentifierKind,
    country: Option<&str>,
    value: &str,
) -> Result<String, IdentifierError> {
    let text = normalise(value);
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let letters = text.bytes().all(|byte| byte.is_ascii_uppercase());
    let form = |fits: bool| if fits { Ok(()) } else { Err(IdentifierError::Format) };
    let check = |fits: bool| if fits { Ok(()) } else { Err(IdentifierError::CheckDigit) };
    match kind {
        IdentifierKind::Vat => return vat(&text, country),
        IdentifierKind::Ein => {
            form(digits && text.len() == 9)?;
            return Ok(format!("{}-{}", text.get(..2).unwrap_or(""), text.get(2..).unwrap_or("")));
        }
        IdentifierKind::Lei => {
            let tail = text.bytes().rev().take(2).all(|byte| byte.is_ascii_digit());
            form(text.len() == 20 && tail)?;
            check(mod97(&text) == 1)?;
        }
        IdentifierKind::Duns => form(digits && text.len() == 9)?,
        IdentifierKind::Gln => {
            form(digits && text.len() == 13)?;
            check(gs1(&text))?;
        }
        IdentifierKind::CompanyReg => form((1..=40).contains(&text.len()))?,
        IdentifierKind::Scac => form(letters && (2..=4).contains(&text.len()))?,
        IdentifierKind::Usdot | IdentifierKind::Mc => {
            let number = text.strip_prefix("MC").or_else(|| text.strip_prefix("USDOT")).unwrap_or(&text);
            form((1..=8).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()))?;
            return Ok(number.to_owned());
        }
        IdentifierKind::Eori => {
            let prefix = text.bytes().take(2).all(|byte| byte.is_ascii_uppercase());
            form((3..=17).contains(&text.len()) && prefix)?;
        }
        IdentifierKind::External(_) => {
            // The other system's own spelling counts: only the ends are trimmed.
            return super::line(value, 200).map_err(|_| IdentifierError::Format);
        }
    }
    Ok(text)
}

/// The number of ISO 7064 mod 97-10 with letters as two digits (A = 10).
fn mod97(text: &str) -> u32 {
    text.bytes().fold(0, |rest: u32, byte| {
        if byte.is_ascii_digit() {
            (rest * 10 + u32::from(byte - b'0')) % 97
        } else {
            (rest * 100 + u32::from(byte - b'A') + 10) % 97
        }
    })
}

/// The check digit of GS1: weights 3 and 1 from the right.
fn gs1(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .zip([1, 3].into_iter().cycle())
        .map(|(byte, weight)| u32::from(byte - b'0') * weight)
        .sum();
    sum.is_multiple_of(10)
}

/// The check digit of ISO 7064 mod 11,10, as German VAT numbers carry it.
fn mod11_10(digits: &str) -> bool {
    let (body, last) = digits.split_at(digits.len().saturating_sub(1));
    let product = body.bytes().fold(10, |product, byte| {
        let sum = (u32::from(byte - b'0') + product) % 10;
        (if sum == 0 { 10 } else { sum } * 2) % 11
    });
    last.bytes().next().is_some_and(|byte| u32::from(byte - b'0') == (11 - product) % 10)
}

/// A VAT number with its prefix; `country` supplies the prefix when the value lacks it (Greece is `EL`).
fn vat(text: &str, country: Option<&str>) -> Result<String, IdentifierError> {
    let country = country.map(|code| if code == "GR" { "EL" } else { code });
    let prefixed = text.get(..2).is_some_and(|prefix| is_eu_vat_area(prefix) || Some(prefix) == country);
    let full = match country {
        Some(code) if !prefixed => format!("{code}{text}"),
        _ => text.to_owned(),
    };
    let (prefix, rest) = full.split_at_checked(2).ok_or(IdentifierError::Format)?;
    if !prefix.bytes().all(|byte| byte.is_ascii_uppercase()) || !(2..=13).contains(&rest.len()) {
        return Err(IdentifierError::Format);
    }
    if is_eu_vat_area(prefix) && !patterns(prefix).iter().any(|pattern| fits(pattern, rest)) {
        return Err(IdentifierError::Format);
    }
    if prefix == "DE" && !mod11_10(rest) {
        return Err(IdentifierError::CheckDigit);
    }
    Ok(full)
}

/// The forms after the prefix: `9` a digit, `A` a letter, `X` either, `1` a zero or one, others themselves.
fn patterns(prefix: &str) -> &'static [&'static str] {
    match prefix {
        "AT" => &["U99999999"],
        "BE" => &["1999999999"],
        "BG" => &["999999999", "9999999999"],
        "CY" => &["99999999A"],
        "CZ" => &["99999999", "999999999", "9999999999"],
        "DE" | "EE" | "EL" | "PT" => &["999999999"],
        "DK" | "FI" | "HU" | "LU" | "MT" | "SI" => &["99999999"],
        "ES" => &["X9999999X"],
        "FR" => &["XX999999999"],
        "HR" | "IT" | "LV" => &["99999999999"],
        "IE" => &["9999999A", "9999999AA", "9X99999A"],
        "LT" => &["999999999", "999999999999"],
        "NL" => &["999999999B99"],
        "PL" | "SK" => &["9999999999"],
        "RO" => &["99", "999", "9999", "99999", "999999", "9999999", "99999999", "999999999", "9999999999"],
        "SE" => &["999999999999"],
        "XI" => &["999999999", "999999999999"],
        _ => &[],
    }
}

fn fits(pattern: &str, text: &str) -> bool {
    pattern.len() == text.len()
        && pattern.bytes().zip(text.bytes()).all(|(form, byte)| match form {
            b'9' => byte.is_ascii_digit(),
            b'A' => byte.is_ascii_uppercase(),
            b'X' => byte.is_ascii_alphanumeric(),
            b'1' => byte == b'0' || byte == b'1',
            other => byte == other,
        })
}
