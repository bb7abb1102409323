//! What a caller asks for: a kind, perhaps a country, and a value.

use crate::contact::{email::Mailbox, phone, web};
use crate::day::Day;
use crate::fault::Fault;
use crate::number::{Checked, LENGTH_MAX, Number, Raw, component, format, length};
use crate::rule::{find, named, register_names, tax_names, vat_name};
use crate::world::{country::is_country, device, eu};

/// A value that is an identifier of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Valid {
    /// The form in which identifiers are stored and compared.
    pub normalised: String,
    /// The rule that it follows, such as `br.cnpj`; none where only the form was looked at.
    pub rule: Option<&'static str>,
    /// What a person should look at although the value is accepted.
    pub warning: Option<Warning>,
}

/// What a person should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// A vehicle outside North America whose ninth place is no check digit.
    CheckDigit,
    /// A mailbox whose domain is a bare host or an address in brackets.
    Domain,
    /// Nothing is known of such numbers of this country; the value is accepted as given.
    Unchecked,
}

impl Warning {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::CheckDigit => "check_digit_mismatch",
            Self::Domain => "domain_not_public",
            Self::Unchecked => "not_checked",
        }
    }
}

/// Why there is no answer, or none but no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// There is no such kind.
    Kind,
    /// There is no such country.
    Country,
    /// Numbers of this kind are a country's, and none is given.
    CountryMissing,
    /// The value is no identifier of the kind.
    Value(Fault),
}

impl Refused {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Kind => "unknown_kind",
            Self::Country => "unknown_country",
            Self::CountryMissing => "country_required",
            Self::Value(fault) => fault.code(),
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Kind => {
                "there is no such kind: expected vat, tax_id, company_reg, lei, iban, bic, gln, gtin, duns, ein, scac, \
                 vin, eori, phone, email, website, or a country's number such as br.cnpj"
            }
            Self::Country => "expected a country of ISO 3166-1, such as DE",
            Self::CountryMissing => "such numbers are a country's: say which, such as country DE",
            Self::Value(fault) => return fault.fmt(f),
        })
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Value(fault)
    }
}

/// Reads a value of a kind; `country` is an ISO 3166-1 code in capital letters, with `EL` and `XI` for VAT.
///
/// # Errors
/// [`Refused`], whose code and sentence say what to mend.
pub fn validate(kind: &str, country: Option<&str>, value: &str, today: Day) -> Result<Valid, Refused> {
    if country.is_some_and(|code| !is_country(code) && !matches!(code, "EL" | "XI" | "EU")) {
        return Err(Refused::Country);
    }
    let raw = Raw { text: value, today };
    let small = kind.trim().to_ascii_lowercase();
    length(value.chars().count() <= if small == "website" { 2048 } else { LENGTH_MAX })
        .or_else(|fault| if matches!(small.as_str(), "email") { Ok(()) } else { Err(fault) })?;
    match small.as_str() {
        "vat" => vat(country, raw),
        "tax_id" => tax(country, raw),
        "company_reg" => register(country, raw),
        "ein" => plain(ein(raw)),
        "email" => {
            let mailbox = Mailbox::parse(value)?;
            let warning = (!mailbox.is_public()).then_some(Warning::Domain);
            Ok(Valid { normalised: mailbox.to_string(), rule: Some("email"), warning })
        }
        "phone" => ruled("phone", phone::e164(country, value)),
        "website" => ruled("website", web::website(value)),
        "domain" => ruled("domain", web::domain(value)),
        "vin" => vin(country, raw),
        other => {
            let local = country.map(|code| format!("{}.{other}", code.to_ascii_lowercase()));
            let rule = local.as_deref().and_then(rule_of).or_else(|| rule_of(other)).ok_or(Refused::Kind)?;
            let read = find(rule).ok_or(Refused::Kind)?;
            let valid = ruled(rule, read(raw))?;
            // An account of another country is none of the one that was named.
            let own =
                |code: &str| iban_country(code).is_none_or(|prefix| valid.normalised.starts_with(prefix));
            component(other != "iban" || country.is_none_or(own))?;
            Ok(valid)
        }
    }
}

/// The country under whose letters the accounts of a country are; none where anything goes.
fn iban_country(code: &str) -> Option<&str> {
    match code {
        "EU" => None,
        "EL" => Some("GR"),
        "XI" | "GG" | "IM" | "JE" => Some("GB"),
        "AX" => Some("FI"),
        "BL" | "GF" | "GP" | "MF" | "MQ" | "NC" | "PF" | "PM" | "RE" | "TF" | "WF" | "YT" => Some("FR"),
        other => Some(other),
    }
}

/// The names of all kinds that have a rule of their own.
pub fn rules() -> impl Iterator<Item = &'static str> {
    crate::rule::all().map(|(name, _)| *name)
}

/// The rule of this name; `xx.vat` is a country's VAT number whatever it is called there.
pub fn rule_of(name: &str) -> Option<&'static str> {
    named(name).or_else(|| {
        let country = name.strip_suffix(".vat")?;
        vat_name(&country.trim_end_matches('_').to_ascii_uppercase())
    })
}

fn ruled(rule: &'static str, read: Checked) -> Result<Valid, Refused> {
    Ok(Valid { normalised: read?, rule: Some(rule), warning: None })
}

fn plain(read: Checked) -> Result<Valid, Refused> {
    Ok(Valid { normalised: read?, rule: None, warning: None })
}

/// Capital letters and digits of a value.
fn alphanumeric(raw: Raw) -> String {
    let folded = raw.without("").upper();
    folded.as_str().chars().filter(char::is_ascii_alphanumeric).collect()
}

/// A VAT number with its prefix. The prefix, or else the country, tells whose it is.
fn vat(country: Option<&str>, raw: Raw) -> Result<Valid, Refused> {
    let country = country.map(|code| if code == "GR" { "EL" } else { code });
    let text = raw.without("").upper();
    let given: String = text.as_str().chars().filter(|letter| !" -.".contains(*letter)).take(2).collect();
    let prefix = country.unwrap_or(&given).to_owned();
    let union = |code: &str| eu::is_eu_vat_area(code) || matches!(code, "EU" | "IM");
    let foreign = country.is_some_and(union) && given.bytes().all(|byte| byte.is_ascii_uppercase());
    let same = given == prefix || (prefix == "EL" && given == "GR");
    // A number that bears the prefix of another member state is that state's, not a misspelt one of this.
    component(!(foreign && !same && union(&given) && vat_named(&prefix, raw).is_err()))?;
    match vat_name(&prefix) {
        // In Norway the organisation number stands for itself with the letters MVA.
        Some(rule) if prefix == "NO" && !text.as_str().ends_with("MVA") => {
            let value = vat_named("NO", raw.other(&format!("{}MVA", text.as_str())))?;
            Ok(Valid { normalised: value, rule: Some(rule), warning: None })
        }
        Some(rule) => {
            let value = vat_named(&prefix, raw)?;
            Ok(Valid { normalised: value, rule: Some(rule), warning: None })
        }
        None if union(&prefix) => ruled("eu.oss", eu::vat(raw)),
        None if country.is_some() => {
            let value = alphanumeric(raw);
            format((2..=15).contains(&value.len()))?;
            let value = if value.starts_with(&prefix) { value } else { format!("{prefix}{value}") };
            Ok(Valid { normalised: value, rule: None, warning: Some(Warning::Unchecked) })
        }
        None if given.len() == 2 && given.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            Err(Fault::Component.into())
        }
        None => Err(Refused::CountryMissing),
    }
}

/// The number of a country by its rule, with or without its prefix, and with it afterwards.
fn vat_named(prefix: &str, raw: Raw) -> Checked {
    let read = vat_name(prefix).and_then(find).ok_or(Fault::Component)?;
    let folded = raw.without("").upper();
    let bare =
        folded.as_str().strip_prefix(prefix).map(|rest| rest.trim_start_matches([' ', '-', '.', ':', '/']));
    let value = match bare.map(|bare| read(raw.other(bare))) {
        Some(Ok(value)) => value,
        _ => read(raw.other(folded.as_str()))?,
    };
    Ok(if value.starts_with(prefix) { value } else { format!("{prefix}{value}") })
}

/// A tax number of the country, of any of its kinds.
fn tax(country: Option<&str>, raw: Raw) -> Result<Valid, Refused> {
    let Some(country) = country else {
        return match vat(None, raw) {
            Err(Refused::Value(Fault::Component)) => Err(Refused::CountryMissing),
            other => other,
        };
    };
    let names = tax_names(if country == "EL" { "GR" } else { country });
    let mut worst = None;
    for name in &names {
        let Some(read) = find(name) else { continue };
        match read(raw) {
            Ok(value) => return ruled(name, Ok(value)),
            Err(fault) => worst = Some(graver(worst, fault)),
        }
    }
    match worst {
        Some(fault) => Err(fault.into()),
        None => accepted(raw, 40),
    }
}

/// The fault that tells most: a number of the right form with a wrong digit is rather that than another number.
fn graver(known: Option<Fault>, other: Fault) -> Fault {
    let rank = |fault: Fault| match fault {
        Fault::Checksum => 3,
        Fault::Component => 2,
        Fault::Format => 1,
        Fault::Length => 0,
    };
    known.filter(|known| rank(*known) >= rank(other)).unwrap_or(other)
}

/// A number in a company register of the country, by its form where nothing is known of it.
fn register(country: Option<&str>, raw: Raw) -> Result<Valid, Refused> {
    let mut worst = None;
    for name in country.map(register_names).unwrap_or_default() {
        let Some(read) = find(name) else { continue };
        match read(raw) {
            Ok(value) => return ruled(name, Ok(value)),
            Err(fault) => worst = Some(graver(worst, fault)),
        }
    }
    match worst {
        Some(fault) => Err(fault.into()),
        None => accepted(raw, 40),
    }
}

/// A value of which only this is known: that it has letters or digits, and not too many.
fn accepted(raw: Raw, most: usize) -> Result<Valid, Refused> {
    let value = alphanumeric(raw);
    length((1..=most).contains(&value.len()))?;
    Ok(Valid { normalised: value, rule: None, warning: Some(Warning::Unchecked) })
}

/// The employer's number by its form, since new prefixes are given out; `us.ein` looks at the prefix too.
fn ein(raw: Raw) -> Checked {
    let number = raw.without(" -").digits()?.sized(&[9])?;
    // No campus ever had this prefix.
    component(number.part(..2) != "00")?;
    Ok(format!("{}-{}", number.part(..2), number.part(2..)))
}

/// A vehicle. In North America the check digit is the law; elsewhere a mismatch is worth a look.
fn vin(country: Option<&str>, raw: Raw) -> Result<Valid, Refused> {
    let number: Number = device::vehicle(raw)?;
    let holds = device::is_vin_checked(number.as_str());
    let american = matches!(country, Some("US" | "CA" | "MX")) || matches!(number.letter(0), '1'..='5');
    if american && !holds {
        return Err(Fault::Checksum.into());
    }
    let warning = (!holds).then_some(Warning::CheckDigit);
    Ok(Valid { normalised: number.as_str().to_owned(), rule: Some("vin"), warning })
}
