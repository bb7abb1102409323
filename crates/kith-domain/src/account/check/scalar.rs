//! The rules of the single fields.

use kith_identifier::{domain, host, website};
use serde_json::Value;

use super::super::draft::{IdentifierDraft, MoneyDraft, TaxIdDraft};
use super::super::{
    Changes, CustomerType, Draft, Identifier, Key, PartyRole, PartyRoleKind, RowChange, TaxId, Tier,
};
use super::Check;
use crate::value::patch::Patched;
use crate::value::{
    Currency, EntityCode, IdentifierError, IdentifierKind, Money, Personal, Phone, UserId, is_country,
    is_eu_vat_area, normalise, paragraph, parse_email, recognise, refused_tax, validate,
};

/// Most bytes of an object that the organisation fills itself (D§1.2).
const OBJECT_BYTES_MAX: usize = 64 * 1024;
/// Deepest nesting of such an object.
const OBJECT_DEPTH_MAX: usize = 8;

/// The tax number of a draft, normalised. Where no kind is given, it is told from the form: a number that a rule of
/// the country recognises gets the rule's kind, another is kept as given.
pub(in super::super) fn checked_tax(draft: &TaxIdDraft) -> Result<TaxId, (&'static str, IdentifierError)> {
    let country = draft.country.as_deref().map(|code| code.trim().to_ascii_uppercase());
    if country.as_deref().is_some_and(|code| !is_country(code)) {
        return Err(("/tax_id/country", IdentifierError::Country));
    }
    let (kind, value) = match draft.kind.as_deref().map(str::trim) {
        Some("tax_id") | None => untyped_tax(draft.kind.is_some(), country.as_deref(), &draft.value)?,
        Some(kind) => {
            let kind: IdentifierKind = kind.parse().map_err(|error| ("/tax_id/kind", error))?;
            let taxed = matches!(
                kind,
                IdentifierKind::Vat
                    | IdentifierKind::Ein
                    | IdentifierKind::CompanyReg
                    | IdentifierKind::National(_)
            );
            if !taxed {
                return Err(("/tax_id/kind", IdentifierError::Kind));
            }
            let value = validate(&kind, country.as_deref(), &draft.value)
                .map_err(|error| ("/tax_id/value", error))?;
            (Some(kind), value)
        }
    };
    Ok(TaxId { kind, value, country })
}

/// A tax number without a kind. `strict` means that the country's rules, where there are any, must recognise it.
fn untyped_tax(
    strict: bool,
    country: Option<&str>,
    given: &str,
) -> Result<(Option<IdentifierKind>, String), (&'static str, IdentifierError)> {
    let value = normalise(given);
    if value.get(..2).is_some_and(is_eu_vat_area)
        && let Ok(vat) = validate(&IdentifierKind::Vat, None, given)
    {
        return Ok((Some(IdentifierKind::Vat), vat));
    }
    if country == Some("US")
        && let Ok(ein) = validate(&IdentifierKind::Ein, None, given)
    {
        return Ok((Some(IdentifierKind::Ein), ein));
    }
    match country.and_then(|country| recognise(country, given)) {
        Some((kind, value)) => return Ok((Some(kind), value)),
        None if strict => {
            let country = country.ok_or(("/tax_id/country", IdentifierError::Country))?;
            refused_tax(country, given).map_or(Ok(()), |error| Err(("/tax_id/value", error)))?;
        }
        None => {}
    }
    if (2..=40).contains(&value.len()) {
        Ok((None, value))
    } else {
        Err(("/tax_id", IdentifierError::Format))
    }
}

/// Kind and normalised value of an identifier of a draft, or the member at fault.
pub(in super::super) fn checked_identifier(
    draft: &IdentifierDraft,
) -> Result<(IdentifierKind, String), (&'static str, IdentifierError)> {
    let kind: IdentifierKind = draft.kind.trim().parse().map_err(|error| ("kind", error))?;
    let value = validate(&kind, None, &draft.value).map_err(|error| ("value", error))?;
    Ok((kind, value))
}

impl Check<'_> {
    /// A field that an account cannot be without: null is a fault, absent one only of a new account.
    fn required<T>(&mut self, place: &str, given: bool, value: Patched<T>) -> Option<T> {
        let missing = matches!(value, Some(None)) || (!given && !self.account.exists());
        if missing {
            self.fault(place, "required", "an account cannot be without this");
        }
        value.flatten()
    }

    pub(super) fn identity(&mut self, draft: &Draft, changes: &mut Changes) {
        let name = self.text("/name", &draft.name, 255);
        changes.name = self.required("/name", draft.name.is_some(), name);
        let email = self.email("/email", &draft.email);
        changes.email = self.required("/email", draft.email.is_some(), email);
        changes.billing_email = self.email("/billing_email", &draft.billing_email);
        changes.legal_name = self.text("/legal_name", &draft.legal_name, 255);
        changes.legal_form = self.text("/legal_form", &draft.legal_form, 64);
        changes.phone = self.phone("/phone", &draft.phone);
        changes.website = self.read("/website", "url_invalid", &draft.website, |text| {
            website(text).map_err(|_| "expected a web address such as https://acme.example")
        });
        changes.domain = self.read("/domain", "domain_invalid", &draft.domain, |text| {
            domain(text).map_err(|_| "expected a domain name such as acme.example")
        });
        if draft.domain.is_none()
            && self.account.domain.is_none()
            && let Some(Some(site)) = &changes.website
        {
            changes.domain = host(site).and_then(|host| domain(host).ok()).map(Some);
        }
        let known: Vec<&str> = self.facts.entities.keys().map(EntityCode::as_str).collect();
        let expected = format!("expected the code of a legal entity: {}", known.join(", "));
        let entities = &self.facts.entities;
        let entity = self.read("/owning_entity", "entity_unknown", &draft.owning_entity, |code| {
            let code = code.trim().parse::<EntityCode>().ok();
            code.filter(|code| entities.contains_key(code)).ok_or(&expected)
        });
        changes.owning_entity = self.required("/owning_entity", draft.owning_entity.is_some(), entity);
        changes.customer_type =
            self.word("/customer_type", &draft.customer_type, CustomerType::CODES, CustomerType::get);
        changes.tier = self.word("/tier", &draft.tier, Tier::CODES, Tier::get);
        if let Some(tax) = &draft.tax_id {
            changes.tax_id = match tax.as_ref().map(checked_tax).transpose() {
                Ok(tax) => Some(tax),
                Err((place, error)) => {
                    self.fault(place, error.code(), error);
                    None
                }
            };
        }
    }

    pub(super) fn terms(&mut self, draft: &Draft, changes: &mut Changes) {
        changes.currency = self.read("/currency", "currency_unknown", &draft.currency, |code| {
            code.trim().to_ascii_uppercase().parse::<Currency>()
        });
        let own = changes.owning_entity.as_ref().unwrap_or(&self.account.owning_entity);
        let entity_currency = self.facts.entities.get(own).copied();
        if !self.account.exists() && changes.currency.is_none() && draft.currency.is_none() {
            changes.currency = entity_currency.map(Some);
        }
        let currency = changes.currency.flatten().or(self.account.currency).or(entity_currency);
        changes.credit_limit = self.money("/credit_limit", &draft.credit_limit, currency);
        changes.group_credit_limit = self.money("/group_credit_limit", &draft.group_credit_limit, currency);
        changes.annual_revenue = self.money("/annual_revenue", &draft.annual_revenue, currency);
        let now = self.account;
        changes.payment_terms =
            self.code("/payment_terms", "payment_terms", &draft.payment_terms, now.payment_terms.as_ref());
        changes.tax_code = self.code("/tax_code", "tax_code", &draft.tax_code, now.tax_code.as_ref());
        let revenue = now.default_revenue_account.as_ref();
        let place = "/default_revenue_account";
        changes.default_revenue_account =
            self.code(place, "revenue_account", &draft.default_revenue_account, revenue);
        let days = &draft.review_cadence_days;
        let place = "/review/cadence_days";
        let days = self.read(place, "out_of_range", days, |days| {
            u16::try_from(*days).ok().filter(|days| (1..=730).contains(days)).ok_or("expected 1 to 730 days")
        });
        changes.review_cadence_days = days.map(|days| days.unwrap_or(90));
    }

    pub(super) fn company(&mut self, draft: &Draft, changes: &mut Changes) {
        changes.industry = self.text("/industry", &draft.industry, 120);
        changes.employees = self.read("/employees", "out_of_range", &draft.employees, |count| {
            u32::try_from(*count).map_err(|_| "expected a number of people, 0 or more")
        });
        changes.language = self.read("/language", "language_invalid", &draft.language, |tag| language(tag));
        changes.timezone = self.read("/timezone", "timezone_unknown", &draft.timezone, |zone| {
            let zone = zone.trim();
            let known = jiff::tz::TimeZone::get(zone).is_ok();
            if known { Ok(zone.to_owned()) } else { Err("expected an IANA zone such as Europe/Berlin") }
        });
        changes.team = self.team("/team", &draft.team, changes.owning_entity.as_ref());
        changes.equipment = self.texts("/equipment", &draft.equipment, 50);
        changes.tags = self.texts("/tags", &draft.tags, 100).map(|mut tags| {
            tags.sort();
            tags
        });
        changes.party_roles = draft.party_roles.as_ref().map(|rows| {
            let rows = rows.as_deref().unwrap_or_default();
            let read = rows.iter().enumerate().map(|(index, row)| {
                let place = format!("/party_roles/{index}");
                let given = Some(Some(row.role.clone()));
                let role =
                    self.word(&format!("{place}/role"), &given, PartyRoleKind::CODES, PartyRoleKind::get);
                let from = self.date(&format!("{place}/from"), row.from.as_deref());
                let to = self.date(&format!("{place}/to"), row.to.as_deref());
                self.period(&format!("{place}/to"), from, to);
                let status = self.text(&format!("{place}/status"), &Some(row.status.clone()), 60).flatten();
                PartyRole { role: role.unwrap_or_default(), from, to, status }
            });
            read.collect()
        });
    }

    pub(super) fn people(&mut self, draft: &Draft, changes: &mut Changes) {
        changes.account_manager = self.user("/account_manager", &draft.account_manager);
        changes.sales_rep = self.user("/sales_rep", &draft.sales_rep);
    }

    fn user(&mut self, place: &str, given: &Patched<String>) -> Patched<UserId> {
        let users = &self.facts.users;
        self.read(place, "user_unknown", given, |id| {
            let id = id.trim().parse::<UserId>().ok();
            id.filter(|id| users.contains(id)).ok_or("there is no such active user")
        })
    }

    pub(super) fn objects(&mut self, draft: &Draft, changes: &mut Changes) {
        let account = self.account;
        changes.metadata = self.object("/metadata", &draft.metadata, account.metadata.as_ref());
        let prefs = account.communication_prefs.as_ref();
        changes.communication_prefs = self.object("/communication_prefs", &draft.communication_prefs, prefs);
        let prefs = account.service_preferences.as_ref();
        changes.service_preferences = self.object("/service_preferences", &draft.service_preferences, prefs);
        let id = self.id;
        changes.notes = self.read("/notes", "text_invalid", &draft.notes, |notes| {
            let text = notes.get().map_or("", String::as_str);
            paragraph(text, OBJECT_BYTES_MAX).map(|text| Personal::new(id, text))
        });
    }

    /// A merge patch (RFC 7396) on the object that is there; an object without members is none.
    fn object(
        &mut self,
        place: &str,
        given: &Patched<Personal<Value>>,
        now: Option<&Personal<Value>>,
    ) -> Patched<Personal<Value>> {
        let Some(patch) = given.as_ref()? else { return Some(None) };
        let patch = patch.get()?;
        if depth(patch) > OBJECT_DEPTH_MAX {
            self.fault(place, "too_deep", format!("nested more than {OBJECT_DEPTH_MAX} levels deep"));
            return None;
        }
        let mut merged =
            now.and_then(Personal::get).cloned().unwrap_or_else(|| Value::Object(Default::default()));
        merge(&mut merged, patch);
        if merged.to_string().len() > OBJECT_BYTES_MAX {
            self.fault(place, "too_long", format!("more than {OBJECT_BYTES_MAX} bytes"));
            return None;
        }
        let empty = merged.as_object().is_none_or(serde_json::Map::is_empty);
        Some((!empty).then(|| Personal::new(self.id, merged)))
    }

    pub(super) fn email(
        &mut self,
        place: &str,
        given: &Patched<Personal<String>>,
    ) -> Patched<Personal<String>> {
        self.read(place, "email_invalid", given, |email| {
            let address = parse_email(email.get().map_or("", String::as_str))?;
            Ok::<_, crate::value::EmailError>(Personal {
                subject: email.subject.clone(),
                value: Some(address),
            })
        })
    }

    pub(super) fn phone(
        &mut self,
        place: &str,
        given: &Patched<Personal<String>>,
    ) -> Patched<Personal<Phone>> {
        self.read(place, "phone_invalid", given, |phone| {
            let number = Phone::parse(phone.get().map_or("", String::as_str))?;
            Ok::<_, crate::value::PhoneError>(Personal {
                subject: phone.subject.clone(),
                value: Some(number),
            })
        })
    }

    pub(super) fn money(
        &mut self,
        place: &str,
        given: &Patched<MoneyDraft>,
        default: Option<Currency>,
    ) -> Patched<Money> {
        let Some(money) = given.as_ref()? else { return Some(None) };
        let currency = match &money.currency {
            Some(code) => code.trim().to_ascii_uppercase().parse().ok(),
            None => default,
        };
        let Some(currency) = currency else {
            self.fault(format!("{place}/currency"), "currency_unknown", crate::value::CurrencyError);
            return None;
        };
        match Money::parse(money.amount.trim(), currency) {
            Ok(amount) if amount.minor >= 0 => Some(Some(amount)),
            Ok(_) => {
                self.fault(place, "negative", "the amount cannot be below zero");
                None
            }
            Err(error) => {
                self.fault(format!("{place}/amount"), "amount_invalid", error);
                None
            }
        }
    }

    /// Keys of which there is one only must not be another account's.
    pub(super) fn keys_free(&mut self, draft: &Draft, changes: &Changes) {
        let taken = |key: &Key| self.facts.taken.get(key).is_some_and(|owner| *owner != self.id);
        let mut faults = Vec::new();
        if let Some(Some(tax)) = &changes.tax_id
            && taken(&Key::tax(tax.kind.as_ref(), &tax.value))
        {
            faults.push(("/tax_id".to_owned(), "tax_id_taken", "another account has this tax number"));
        }
        for row in &draft.identifiers {
            let Ok((kind, value)) = checked_identifier(&row.row) else { continue };
            let added = changes.identifiers.iter().any(|change| {
                matches!(change, RowChange::Added(Identifier { kind: k, value: v, .. }) if *k == kind && *v == value)
            });
            let key = Key::identifier(&kind, &value);
            if added && key.kind.unique() && taken(&key) {
                let place = format!("/identifiers/{}/value", row.at);
                faults.push((place, "external_id_taken", "another account has this identifier"));
            }
        }
        for (place, code, message) in faults {
            self.fault(place, code, message);
        }
    }
}

/// The levels of nesting: 1 for a flat object.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(depth).max().unwrap_or(0).saturating_add(1),
        Value::Object(members) => members.values().map(depth).max().unwrap_or(0).saturating_add(1),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// JSON merge patch, RFC 7396.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(members) = patch else {
        target.clone_from(patch);
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Default::default());
    }
    let Some(object) = target.as_object_mut() else { return };
    for (name, value) in members {
        if value.is_null() {
            object.remove(name);
        } else {
            merge(object.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}

/// The form of a BCP 47 language tag.
fn language(tag: &str) -> Result<String, &'static str> {
    let tag = tag.trim();
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or("");
    let head = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let tail = parts
        .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let fits = head && tail && tag.len() <= 35;
    if fits { Ok(tag.to_owned()) } else { Err("expected a language tag such as en or de-AT") }
}
