//! What a column of a file holds.

use std::fmt;

/// The kinds of columns that are compared, each in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The name of a company, an organisation, or of a person in one piece.
    Name,
    /// Given name of a person.
    GivenName,
    /// Family name of a person.
    Surname,
    /// Legal form of a company.
    LegalForm,
    /// A day: of birth, of foundation.
    Date,
    /// A number that is given once for life: tax number, LEI, DUNS. Two different ones contradict each other.
    HardKey,
    /// Another number that names somebody, such as a social-security number.
    Identifier,
    /// Telephone or fax.
    Phone,
    /// E-mail address.
    Email,
    /// Web address or domain.
    Domain,
    /// Street, with or without its number.
    Street,
    /// Number of the house.
    StreetNumber,
    /// Postal code.
    Postal,
    /// City, suburb, place.
    City,
    /// State, province, county.
    Region,
    /// Country.
    Country,
    /// A quantity.
    Number,
    /// One of few values.
    Category,
    /// Any other text.
    Text,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "name",
            Self::GivenName => "given name",
            Self::Surname => "surname",
            Self::LegalForm => "legal form",
            Self::Date => "date",
            Self::HardKey => "hard key",
            Self::Identifier => "identifier",
            Self::Phone => "phone",
            Self::Email => "e-mail",
            Self::Domain => "domain",
            Self::Street => "street",
            Self::StreetNumber => "street number",
            Self::Postal => "postal code",
            Self::City => "city",
            Self::Region => "region",
            Self::Country => "country",
            Self::Number => "number",
            Self::Category => "category",
            Self::Text => "text",
        })
    }
}
