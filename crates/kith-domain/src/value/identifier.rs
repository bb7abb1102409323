//! Identifiers of companies as the record keeps them: their kinds, and their rules in `kith-identifier` (D§1.10).

use std::fmt;
use std::str::FromStr;

use kith_identifier::{Day, Fault, Refused};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What kind of identifier; on the wire `vat`, `lei` …, a country's number such as `br.cnpj`, or `external:<system>`.
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
    /// A country's number with a rule of its own, by the rule's name, for example `br.cnpj`.
    National(&'static str),
    /// The identifier in another system, for example `external:erp`.
    External(String),
}

/// The kinds with a word of their own, and the word.
const WORDS: [(&str, IdentifierKind); 10] = [
    ("vat", IdentifierKind::Vat),
    ("ein", IdentifierKind::Ein),
    ("lei", IdentifierKind::Lei),
    ("duns", IdentifierKind::Duns),
    ("gln", IdentifierKind::Gln),
    ("company_reg", IdentifierKind::CompanyReg),
    ("scac", IdentifierKind::Scac),
    ("usdot", IdentifierKind::Usdot),
    ("mc", IdentifierKind::Mc),
    ("eori", IdentifierKind::Eori),
];

/// Why a value is not an identifier of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierError {
    /// There is no such kind.
    Kind,
    /// The country is needed, or there is no such country.
    Country,
    /// The value is too short or too long.
    Length,
    /// The value does not have the form of its kind.
    Format,
    /// The form is right, the check digits are not.
    CheckDigit,
    /// A part of the value does not exist.
    Component,
}

impl IdentifierError {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Kind => "identifier_kind_unknown",
            Self::Country => "identifier_country",
            Self::Length => "identifier_length",
            Self::Format => "identifier_format",
            Self::CheckDigit => "identifier_check_digit",
            Self::Component => "identifier_component",
        }
    }
}

impl fmt::Display for IdentifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fault = match self {
            Self::Kind => {
                return f.write_str(
                    "expected vat, ein, lei, duns, gln, company_reg, scac, usdot, mc, eori, a country's number such as \
                     br.cnpj, or external:<system>",
                );
            }
            Self::Country => return f.write_str("expected a country of ISO 3166-1, such as DE"),
            Self::Length => Fault::Length,
            Self::Format => Fault::Format,
            Self::CheckDigit => Fault::Checksum,
            Self::Component => Fault::Component,
        };
        fault.fmt(f)
    }
}

impl std::error::Error for IdentifierError {}

impl From<Refused> for IdentifierError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Kind => Self::Kind,
            Refused::Country | Refused::CountryMissing => Self::Country,
            Refused::Value(Fault::Length) => Self::Length,
            Refused::Value(Fault::Format) => Self::Format,
            Refused::Value(Fault::Checksum) => Self::CheckDigit,
            Refused::Value(Fault::Component) => Self::Component,
        }
    }
}

impl FromStr for IdentifierKind {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        if let Some(system) = text.strip_prefix("external:") {
            let allowed =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-.".contains(&byte);
            let fits = (1..=64).contains(&system.len()) && system.bytes().all(allowed);
            return if fits { Ok(Self::External(system.to_owned())) } else { Err(IdentifierError::Kind) };
        }
        let word = WORDS.into_iter().find(|(word, _)| *word == text).map(|(_, kind)| kind);
        let national =
            || kith_identifier::rule_of(text).filter(|rule| rule.contains('.')).map(Self::National);
        word.or_else(national).ok_or(IdentifierError::Kind)
    }
}

impl fmt::Display for IdentifierKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::National(rule) => f.write_str(rule),
            Self::External(system) => write!(f, "external:{system}"),
            word => f.write_str(WORDS.iter().find(|(_, kind)| kind == word).map_or("", |(word, _)| word)),
        }
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

/// The day on which the record looks at numbers that hold a birthday: so late that each has been, and always the same,
/// since what was accepted once stays accepted.
const DAY: Day = Day { year: 2099, month: 12, day: 31 };

/// The normalised value, when it has the form and the check digits of its kind.
///
/// # Errors
/// [`IdentifierError`] of the value, or of the country.
pub fn validate(
    kind: &IdentifierKind,
    country: Option<&str>,
    value: &str,
) -> Result<String, IdentifierError> {
    if let IdentifierKind::External(_) = kind {
        // The other system's own spelling counts: only the ends are trimmed.
        return super::line(value, 200).map_err(|_| IdentifierError::Format);
    }
    // A register's number is what its extract says; a country's own rule is asked for by name.
    let country = country.filter(|_| matches!(kind, IdentifierKind::Vat));
    Ok(kith_identifier::validate(&kind.to_string(), country, value, DAY)?.normalised)
}

/// The kind and normalised value of a number of which only the country is known, where a rule recognises it.
#[must_use]
pub fn recognise(country: &str, value: &str) -> Option<(IdentifierKind, String)> {
    let read = |kind: &str| kith_identifier::validate(kind, Some(country), value, DAY).ok();
    if let Some(vat) = read("vat").filter(|vat| vat.rule.is_some()) {
        return Some((IdentifierKind::Vat, vat.normalised));
    }
    let tax = read("tax_id")?;
    tax.rule.map(|rule| (IdentifierKind::National(rule), tax.normalised))
}

/// What is wrong with a tax number of the country; nothing where it is one, or where no rule is known.
#[must_use]
pub fn refused_tax(country: &str, value: &str) -> Option<IdentifierError> {
    kith_identifier::validate("tax_id", Some(country), value, DAY).err().map(IdentifierError::from)
}
