//! What an application says besides the fields of the account: who owns the company, and how it wants to pay.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::price_list::normal_code;
use crate::refusal::FieldFault;
use crate::value::{AccountId, Personal, line, parse_email};

/// Of ten thousand, the share from which somebody is a beneficial owner (D§2.4).
const OWNER_SHARE_BP: u16 = 2_500;
/// Of ten thousand, the share that is known, or it is explained why not.
const KNOWN_SHARE_BP: u32 = 7_500;
/// The year from which on living people are born.
const BORN_FROM: i16 = 1900;
/// Most owners of one company.
const OWNERS_MAX: usize = 200;

/// Somebody who owns or controls the company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Name, sealed under the account.
    pub name: Personal<String>,
    /// Hundredths of a percent that they own, also through others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_bp: Option<u16>,
    /// A natural person; else a company.
    #[serde(default)]
    pub is_person: bool,
    /// They control the company: direct it, or sign for it.
    #[serde(default)]
    pub controls: bool,
    /// ISO 3166-1 alpha-2 country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Day of birth, sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born_on: Option<Personal<String>>,
}

/// Most identifiers for electronic data interchange.
const EDI_MAX: usize = 20;

/// An identifier for electronic data interchange: whose numbering it is, and the number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EdiId {
    /// 1 to 4 letters or digits, as in ISA05 or UNB 0007: `14` for GLN, `01` for DUNS, `ZZ` for agreed.
    pub qualifier: String,
    /// 1 to 35 characters without blanks.
    pub id: String,
}

impl EdiId {
    /// Reads `14:4012345000009`; without a qualifier it is an agreed one, `ZZ`.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let (qualifier, id) = text.split_once(':').unwrap_or(("ZZ", text));
        Self { qualifier: qualifier.trim().to_uppercase(), id: id.trim().to_owned() }
    }

    /// As it is written: `14:4012345000009`.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}:{}", self.qualifier, self.id)
    }

    fn is_wrong(&self) -> bool {
        let plain = |text: &str, most: usize| {
            (1..=most).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':')
        };
        let qualifier = self.qualifier.bytes().all(|byte| byte.is_ascii_alphanumeric());
        !qualifier || !plain(&self.qualifier, 4) || !plain(&self.id, 35)
    }
}

/// Most people of one application who get access to the portal.
const PORTAL_MAX: usize = 50;

/// Somebody of the customer who shall have access to the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortalPerson {
    /// Name, sealed under the account.
    pub name: Personal<String>,
    /// E-mail address, sealed.
    pub email: Personal<String>,
    /// Whether they administer the portal, or use it.
    #[serde(default)]
    pub admin: bool,
}

/// What an application says besides the account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Application {
    /// Who owns and who controls it.
    pub owners: Vec<Owner>,
    /// Why less than three quarters of the owners are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owners_explained: Option<Personal<String>>,
    /// The customer pays in advance and wants no credit.
    pub prepay: bool,
    /// The price list that it shall buy from: assigned when it is provisioned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_list: Option<String>,
    /// Its identifiers for electronic data interchange: assigned when it is provisioned.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub edi_ids: Vec<EdiId>,
    /// Who shall have access to the portal besides the signers of the contract.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub portal_users: Vec<PortalPerson>,
}

impl Application {
    /// The application as it is kept, or everything that is wrong with it.
    pub(super) fn checked(&self, account: AccountId, today: Date) -> Result<Self, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let mut fault = |place: String, code: &str, message: &str| {
            faults.push(FieldFault::new(place, code, message));
        };
        if self.owners.len() > OWNERS_MAX {
            fault("/owners".to_owned(), "too_many", "at most 200 owners");
        }
        let mut checked = self.clone();
        for (place, owner) in checked.owners.iter_mut().enumerate() {
            let at = |member: &str| format!("/owners/{place}/{member}");
            match line(owner.name.get().map_or("", String::as_str), 300) {
                Ok(name) if !name.is_empty() => owner.name = Personal::new(account, name),
                Ok(_) => fault(at("name"), "required", "an owner has a name"),
                Err(error) => fault(at("name"), error.code(), &error.to_string()),
            }
            if owner.share_bp.is_some_and(|share| share > 10_000) {
                fault(at("percent"), "out_of_range", "a share is 0 to 100 percent");
            }
            owner.country = owner.country.as_ref().map(|code| code.trim().to_ascii_uppercase());
            if owner.country.as_ref().is_some_and(|code| !is_country(code)) {
                fault(at("country"), "country_unknown", "expected two letters, ISO 3166-1");
            }
            if let Some(born) = owner.born_on.as_mut() {
                born.subject = account.to_string();
                match born.get().map(|text| text.trim().parse::<Date>()) {
                    Some(Ok(day)) if day > today => {
                        fault(at("born_on"), "in_the_future", "nobody is born on a day to come");
                    }
                    Some(Ok(day)) if day.year() < BORN_FROM => {
                        fault(
                            at("born_on"),
                            "out_of_range",
                            "nobody who owns a company was born before 1900",
                        );
                    }
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => {
                        fault(at("born_on"), "date_invalid", "expected a day such as 1970-01-31");
                    }
                }
            }
        }
        if checked.known_share_bp() > 10_000 {
            fault("/owners".to_owned(), "over_whole", "the shares come to more than 100 percent");
        }
        if let Some(why) = checked.owners_explained.as_mut() {
            match line(why.get().map_or("", String::as_str), 1_000) {
                Ok(text) => *why = Personal::new(account, text),
                Err(error) => fault("/owners_explained".to_owned(), error.code(), &error.to_string()),
            }
        }
        checked.price_list =
            checked.price_list.map(|code| normal_code(&code)).filter(|code| !code.is_empty());
        if checked.price_list.as_ref().is_some_and(|code| code.len() > 64) {
            faults.push(FieldFault::new("/price_list", "too_long", "a code has at most 64 bytes"));
        }
        if checked.portal_users.len() > PORTAL_MAX {
            faults.push(FieldFault::new("/portal_users", "too_many", "at most 50 people"));
        }
        for (place, person) in checked.portal_users.iter_mut().enumerate() {
            let at = |member: &str| format!("/portal_users/{place}/{member}");
            match line(person.name.get().map_or("", String::as_str), 255) {
                Ok(name) if !name.is_empty() => person.name = Personal::new(account, name),
                Ok(_) => faults.push(FieldFault::new(at("name"), "required", "a person has a name")),
                Err(error) => faults.push(FieldFault::new(at("name"), error.code(), error.to_string())),
            }
            match parse_email(person.email.get().map_or("", String::as_str)) {
                Ok(email) => person.email = Personal::new(account, email),
                Err(error) => faults.push(FieldFault::new(at("email"), "email_invalid", error.to_string())),
            }
        }
        if checked.edi_ids.len() > EDI_MAX {
            faults.push(FieldFault::new("/edi_ids", "too_many", "at most 20 identifiers"));
        }
        for (place, edi) in checked.edi_ids.iter().enumerate().filter(|(_, edi)| edi.is_wrong()) {
            let message = format!(
                "{:?} is no EDI identifier: expected a qualifier and a number, such as 14:4012345000009",
                edi.text()
            );
            faults.push(FieldFault::new(format!("/edi_ids/{place}"), "edi_id_invalid", message));
        }
        if faults.is_empty() { Ok(checked) } else { Err(faults) }
    }

    fn known_share_bp(&self) -> u32 {
        self.owners.iter().filter_map(|owner| owner.share_bp).map(u32::from).sum()
    }

    /// What is missing about owners: nothing where at least one person controls the company, and three quarters of it
    /// are known or explained (D§2.3).
    #[must_use]
    pub fn owners_missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        if !self.owners.iter().any(|owner| owner.controls && owner.is_person) {
            missing.push("a natural person who controls the company".to_owned());
        }
        if self.known_share_bp() < KNOWN_SHARE_BP && self.owners_explained.is_none() {
            missing.push(format!(
                "owners of {} more hundredths of a percent, or why they are not known",
                KNOWN_SHARE_BP.saturating_sub(self.known_share_bp())
            ));
        }
        missing
    }

    /// The natural persons who own a quarter or more.
    pub fn beneficial_owners(&self) -> impl Iterator<Item = &Owner> {
        self.owners
            .iter()
            .filter(|owner| owner.is_person && owner.share_bp.is_some_and(|share| share >= OWNER_SHARE_BP))
    }
}

fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
}
