//! What a header says.

use crate::kind::Kind;

/// What a header means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Kind(Kind),
    /// The row's own number.
    RowNumber,
    /// Not a property of what the row is about: a label, a source, a time of writing.
    Nothing,
    Unknown,
}

/// Headers in one writing, words apart by one space.
const KNOWN: [(Kind, &[&str]); 18] = [
    (
        Kind::Name,
        &[
            "name",
            "company",
            "company name",
            "organisation",
            "organization",
            "organisation name",
            "organization name",
            "account",
            "account name",
            "customer",
            "customer name",
            "business name",
            "legal name",
            "site name",
            "firm",
            "firm name",
            "vendor",
            "vendor name",
            "supplier",
            "supplier name",
            "full name",
            "fullname",
            "person name",
            "display name",
            "trading name",
            "name1",
            "agency",
            "agency name",
            "org name",
            "entity name",
        ],
    ),
    (
        Kind::GivenName,
        &[
            "given name",
            "givenname",
            "first name",
            "firstname",
            "forename",
            "fname",
            "first",
            "given",
            "vorname",
            "prenom",
        ],
    ),
    (
        Kind::Surname,
        &[
            "surname",
            "last name",
            "lastname",
            "family name",
            "familyname",
            "lname",
            "last",
            "nachname",
            "nom",
        ],
    ),
    (
        Kind::LegalForm,
        &["legal form", "legalform", "company type", "entity type", "rechtsform", "legal type"],
    ),
    (
        Kind::Date,
        &[
            "date",
            "dob",
            "date of birth",
            "birth date",
            "birthdate",
            "birthday",
            "born",
            "founded",
            "founded on",
            "incorporation date",
            "date of incorporation",
            "geburtsdatum",
        ],
    ),
    (
        Kind::HardKey,
        &[
            "tax id",
            "taxid",
            "tax number",
            "tax no",
            "vat",
            "vat id",
            "vat number",
            "vat no",
            "vatid",
            "ein",
            "lei",
            "duns",
            "duns number",
            "d u n s",
            "tin",
            "ust id",
            "ustid",
            "siren",
            "siret",
            "company number",
            "registration number",
            "company reg",
            "register number",
            "fein",
            "cif",
            "nif",
            "partita iva",
        ],
    ),
    (
        Kind::Identifier,
        &[
            "soc sec id",
            "ssn",
            "social security number",
            "social security",
            "nhs number",
            "passport",
            "passport number",
            "national id",
            "id number",
            "license number",
            "licence number",
            "identifier",
        ],
    ),
    (
        Kind::Phone,
        &[
            "phone",
            "phone number",
            "telephone",
            "tel",
            "mobile",
            "mobile phone",
            "cell",
            "fax",
            "fax number",
            "phone1",
            "phone2",
            "phone no",
            "telefon",
            "mobile number",
            "telephone number",
            "work phone",
            "home phone",
        ],
    ),
    (
        Kind::Email,
        &["email", "e mail", "mail", "email address", "e mail address", "emailaddress", "contact email"],
    ),
    (
        Kind::Domain,
        &[
            "domain",
            "website",
            "web",
            "url",
            "web site",
            "homepage",
            "website url",
            "web address",
            "company domain",
            "company domain name",
            "site url",
            "www",
        ],
    ),
    (
        Kind::Street,
        &[
            "street",
            "address",
            "address 1",
            "address1",
            "address line 1",
            "address 2",
            "address2",
            "address line 2",
            "street address",
            "billing street",
            "street name",
            "addr",
            "addr1",
            "strasse",
            "line 1",
            "line 2",
            "billing address",
            "shipping address",
            "street 1",
            "street 2",
            "full address",
        ],
    ),
    (
        Kind::StreetNumber,
        &[
            "street number",
            "street no",
            "house number",
            "house no",
            "housenumber",
            "streetnumber",
            "hausnummer",
        ],
    ),
    (
        Kind::Postal,
        &[
            "postal",
            "postal code",
            "postalcode",
            "postcode",
            "post code",
            "zip",
            "zip code",
            "zipcode",
            "plz",
            "billing zip",
            "billing postal code",
        ],
    ),
    (
        Kind::City,
        &[
            "city",
            "town",
            "suburb",
            "place",
            "locality",
            "ort",
            "stadt",
            "ville",
            "billing city",
            "municipality",
            "birth place",
            "birthplace",
            "place of birth",
        ],
    ),
    (
        Kind::Region,
        &["state", "province", "region", "county", "billing state", "bundesland", "district", "state code"],
    ),
    (
        Kind::Country,
        &["country", "country code", "land", "billing country", "nation", "country name", "nationality"],
    ),
    (Kind::Category, &["gender", "sex", "industry", "sector", "type", "category", "occupation", "age group"]),
    (
        Kind::Number,
        &["age", "employees", "revenue", "amount", "price", "latitude", "longitude", "lat", "lon", "lng"],
    ),
];
const ROW_NUMBERS: [&str; 10] =
    ["id", "rec id", "unique id", "record id", "row id", "uid", "guid", "uuid", "key", "index"];
/// What a person knows or a system wrote about the row, and the answer itself.
const NOTHING: [&str; 30] = [
    "cluster",
    "cluster id",
    "true id",
    "true match id",
    "label",
    "labels",
    "group",
    "group id",
    "entity id",
    "match id",
    "true cluster",
    "ground truth",
    "is duplicate",
    "duplicate",
    "dup",
    "duplicate of",
    "source",
    "source dataset",
    "data source",
    "created",
    "created at",
    "updated",
    "updated at",
    "modified",
    "timestamp",
    "owner",
    "notes",
    "note",
    "canonical id",
    "block",
];

/// Reads a header.
pub(super) fn read(header: &str) -> Said {
    let plain = plain(header);
    if NOTHING.contains(&plain.as_str()) {
        return Said::Nothing;
    }
    if ROW_NUMBERS.contains(&plain.as_str()) {
        return Said::RowNumber;
    }
    let known = |text: &str| KNOWN.iter().find(|(_, headers)| headers.contains(&text)).map(|(kind, _)| *kind);
    if let Some(kind) = known(&plain) {
        return Said::Kind(kind);
    }
    // `contact_phone`, `billing_city_name`: the last words, then the first ones, as long as they say something.
    let words: Vec<&str> = plain.split(' ').collect();
    let ends = (1..words.len()).map(|from| words[from..].join(" "));
    let begins = (1..words.len()).rev().map(|to| words[..to].join(" "));
    let found = ends
        .chain(begins)
        .filter(|part| part.len() > 2 && part != "name" && part != "type" && part != "last");
    found.filter_map(|part| known(&part)).next().map_or(Said::Unknown, Said::Kind)
}

/// Lower case, words apart by one space, `camelCase` parted.
fn plain(header: &str) -> String {
    let mut plain = String::new();
    let mut before_lower = false;
    for letter in header.trim_start_matches('\u{feff}').chars() {
        let parts = !letter.is_alphanumeric() || (letter.is_uppercase() && before_lower);
        if parts && !plain.is_empty() && !plain.ends_with(' ') {
            plain.push(' ');
        }
        before_lower = letter.is_lowercase();
        if letter.is_alphanumeric() {
            plain.extend(letter.to_lowercase());
        }
    }
    plain.trim_end().to_owned()
}
