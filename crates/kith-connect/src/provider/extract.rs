//! An extract out of named values: which name means what, and when two names are one.

use std::collections::BTreeMap;

use super::{Extract, ProviderKind, Standing};

/// Names of the golden copy of legal entity identifiers first, then those of other extracts.
const NAMES: &[&str] =
    &["entity.legalname", "legal_name", "legalname", "company_name", "companyname", "name", "title"];
const STATUSES: &[&str] = &[
    "entity.entitystatus",
    "entity_status",
    "company_status",
    "companystatus",
    "status",
    "valid",
    "isvalid",
    "registration.registrationstatus",
];
const COUNTRIES: &[&str] = &[
    "entity.legaladdress.country",
    "entity.legaljurisdiction",
    "country_code",
    "countrycode",
    "country",
    "jurisdiction",
];
const DATES: &[&str] =
    &["registration.lastupdatedate", "as_of", "last_update", "updated_at", "requestdate", "date"];
const REGISTRY_NUMBERS: &[&str] = &[
    "entity.registrationauthority.registrationauthorityentityid",
    "company_number",
    "companynumber",
    "registration_number",
    "registry_number",
    "number",
    "id",
];
const VAT_NUMBERS: &[&str] = &["vat_number", "vatnumber", "vat", "tax_id", "tax_number", "ein", "number"];
const LEI_NUMBERS: &[&str] = &["lei"];
const BUREAU_NUMBERS: &[&str] =
    &["duns", "duns_number", "company_number", "registration_number", "lei", "vat", "number"];

const ACTIVE: &[&str] =
    &["active", "issued", "valid", "true", "yes", "1", "registered", "live", "in business", "good standing"];

/// What says nothing of the status.
const UNSAID: &[&str] = &["unknown", "maybe", "pending", "null", "none", "n/a", "-", "---", "?"];

/// Endings that say what kind of company it is, not which.
const FORMS: &[&str] = &[
    "inc",
    "ooo",
    "oao",
    "pao",
    "zao",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "llc",
    "llp",
    "lp",
    "ltd",
    "limited",
    "plc",
    "gmbh",
    "ag",
    "kg",
    "ohg",
    "ug",
    "se",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "oy",
    "ab",
    "as",
    "aps",
    "kk",
    "pty",
    "sl",
    "lda",
    "kft",
    "sro",
    "doo",
    "zoo",
];

impl ProviderKind {
    /// Where the number stands by which such a provider knows a company.
    pub(super) fn numbers(self) -> &'static [&'static str] {
        match self {
            Self::Registry => REGISTRY_NUMBERS,
            Self::Vat => VAT_NUMBERS,
            Self::Lei => LEI_NUMBERS,
            Self::Bureau => BUREAU_NUMBERS,
        }
    }
}

/// What a number is compared by: letters and digits.
pub(super) fn number_key(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// What a name is compared by: its words in order, without what says the kind of company.
#[must_use]
pub fn name_key(name: &str) -> String {
    let plain: String = name
        .chars()
        .filter(|letter| *letter != '.' && *letter != '\'')
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    let lower = plain.to_lowercase();
    let all: Vec<&str> = lower.split_whitespace().collect();
    let mut words: Vec<&str> = all.iter().copied().filter(|word| !FORMS.contains(word)).collect();
    if words.is_empty() {
        words = all;
    }
    words.sort_unstable();
    words.join(" ")
}

/// How much two names of companies are alike, 0 to 1.
#[must_use]
pub fn alike(one: &str, other: &str) -> f64 {
    let key = |name: &str| name_key(&any_ascii::any_ascii(name));
    let (one, other) = (key(one), key(other));
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    strsim::jaro_winkler(&one, &other)
}

fn first<'f>(fields: &'f BTreeMap<String, String>, names: &[&str]) -> Option<&'f str> {
    let with = |name: &&str| {
        let named = fields.iter().find(|(field, _)| field.to_lowercase() == **name);
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    };
    names.iter().find_map(with)
}

/// The extract that named values are.
pub(super) fn extract(kind: ProviderKind, fields: BTreeMap<String, String>) -> Extract {
    let standing = first(&fields, STATUSES).map_or(Standing::Unknown, |status| {
        let status = status.to_lowercase();
        let is_one_of = |words: &[&str]| words.contains(&status.as_str());
        match (is_one_of(ACTIVE), is_one_of(UNSAID)) {
            (true, _) => Standing::Active,
            (_, true) => Standing::Unknown,
            _ => Standing::Inactive,
        }
    });
    let owned = |names: &[&str]| first(&fields, names).map(str::to_owned);
    Extract {
        number: owned(kind.numbers()),
        name: owned(NAMES),
        standing,
        country: owned(COUNTRIES).map(|country| country.get(..2).unwrap_or(&country).to_uppercase()),
        as_of: owned(DATES),
        fields,
    }
}
