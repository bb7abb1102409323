//! From a draft to terms: every member read by its type, every fault with its place.

mod signer;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde_json::Value;

use super::terms::{CommittedVolume, Party, PartySide, Period, SlaTargets, Terms};
use super::{ContractDraft, Facts, TemplateRef};
use crate::account::{Account, AgreementKind, Contact, Tier};
use crate::contract_template::{ContractTemplate, Renewal, read_value};
use crate::members::Members;
use crate::refusal::FieldFault;
use crate::value::patch::Patched;
use crate::value::{AccountId, EntityCode, Money, Personal, line, parse_decimal};

/// Most signers.
const SIGNERS_MAX: usize = 20;
/// Most rows of any other list.
const ROWS_MAX: usize = 50;

pub(super) struct Check<'a> {
    facts: &'a Facts,
    account: AccountId,
    pub(super) faults: Vec<FieldFault>,
}

impl<'a> Check<'a> {
    pub(super) fn new(facts: &'a Facts, account: AccountId) -> Self {
        Self { facts, account, faults: Vec::new() }
    }

    pub(super) fn fault(&mut self, place: impl Into<String>, code: &str, message: impl Display) {
        self.faults.push(FieldFault::new(place, code, message.to_string()));
    }

    /// The terms that a template and the account give by themselves.
    pub(super) fn usual(&self, template: &ContractTemplate) -> Terms {
        let account = self.facts.account.as_deref();
        let entity = account.map(|account| account.owning_entity.clone()).unwrap_or_default();
        let ours = self.facts.entities.get(&entity).cloned().unwrap_or_else(|| entity.to_string());
        let theirs = account.map_or("", |account| account.legal_name.as_ref().unwrap_or(&account.name));
        let starts_on = self.facts.today;
        Terms {
            kind: template.kind,
            title: template.name.clone(),
            parties: vec![
                Party { side: PartySide::Supplier, name: ours },
                Party { side: PartySide::Customer, name: theirs.to_owned() },
            ],
            starts_on,
            renewal: template.renewal,
            notice_days: template.notice_days,
            auto_renew_term_months: template.auto_renew_term_months,
            governing_law: template.governing_law.clone(),
            tier: account.map(|account| account.tier),
            fields: Personal::new(self.account, BTreeMap::new()),
            signers: self.usual_signers(template),
            in_order: template.countersigned,
            entity,
            ..Terms::default()
        }
    }

    /// The terms after a draft was laid over them.
    pub(super) fn terms(&mut self, old: &Terms, template: &TemplateRef, draft: &ContractDraft) -> Terms {
        let mut new = old.clone();
        self.line(&mut new.title, "/title", &draft.title);
        self.word(&mut new.kind, "/type", &draft.kind, AgreementKind::get, AgreementKind::CODES);
        self.word(&mut new.renewal, "/renewal", &draft.renewal, Renewal::get, Renewal::CODES);
        self.entity(&mut new, draft);
        self.number(&mut new.notice_days, "/notice_days", draft.notice_days, (60, 0, 730));
        let term = (12, 1, 120);
        self.number(
            &mut new.auto_renew_term_months,
            "/auto_renew_term_months",
            draft.auto_renew_term_months,
            term,
        );
        match &draft.tier {
            None => {}
            Some(None) => new.tier = None,
            Some(Some(_)) => {
                let mut tier = Tier::default();
                self.word(&mut tier, "/tier", &draft.tier, Tier::get, Tier::CODES);
                new.tier = Some(tier);
            }
        }
        match &draft.governing_law {
            None => {}
            Some(None) => new.governing_law = None,
            Some(Some(text)) => match line(text, 255) {
                Ok(law) => new.governing_law = Some(law),
                Err(error) => self.fault("/governing_law", error.code(), error),
            },
        }
        self.days(&mut new, old, draft);
        self.parties(&mut new, draft);
        self.volume(&mut new, draft);
        self.sla(&mut new, draft);
        self.references(&mut new, draft);
        self.fields(&mut new, template, draft);
        self.signers(&mut new, draft);
        new.in_order = draft.in_order.map_or(new.in_order, Option::unwrap_or_default);
        new
    }

    fn line(&mut self, slot: &mut String, place: &str, given: &Patched<String>) {
        let Some(given) = given else { return };
        match line(given.as_deref().unwrap_or_default(), 255) {
            Ok(text) => *slot = text,
            Err(error) => self.fault(place, error.code(), error),
        }
    }

    fn word<W>(
        &mut self,
        slot: &mut W,
        place: &str,
        given: &Patched<String>,
        get: impl Fn(&str) -> Option<W>,
        codes: &[&str],
    ) {
        let Some(given) = given else { return };
        match get(given.as_deref().unwrap_or_default().trim()) {
            Some(word) => *slot = word,
            None => self.fault(place, "not_in_list", format!("expected one of {}", codes.join(", "))),
        }
    }

    fn number(
        &mut self,
        slot: &mut u16,
        place: &str,
        given: Patched<i64>,
        (usual, least, most): (u16, u16, u16),
    ) {
        match given {
            None => {}
            Some(None) => *slot = usual,
            Some(Some(given)) => {
                match u16::try_from(given).ok().filter(|number| (least..=most).contains(number)) {
                    Some(number) => *slot = number,
                    None => self.fault(place, "out_of_range", format!("expected {least} to {most}")),
                }
            }
        }
    }

    fn entity(&mut self, new: &mut Terms, draft: &ContractDraft) {
        let Some(given) = &draft.entity else { return };
        let known = given.as_deref().and_then(|code| EntityCode::from_str(code.trim()).ok());
        match known.filter(|code| self.facts.entities.contains_key(code)) {
            Some(code) => {
                // Our name in the contract is that of the entity, unless somebody wrote another one.
                let before = self.facts.entities.get(&new.entity).cloned();
                let name = self.facts.entities.get(&code).cloned().unwrap_or_default();
                let ours = new.parties.iter_mut().find(|party| party.side == PartySide::Supplier);
                if let Some(party) = ours.filter(|party| Some(&party.name) == before.as_ref()) {
                    party.name = name;
                }
                new.entity = code;
            }
            None => self.fault("/entity", "entity_unknown", "there is no such legal entity"),
        }
    }

    fn day(&mut self, slot: &mut Option<Date>, place: &str, given: &Patched<String>) {
        match given {
            None => {}
            Some(None) => *slot = None,
            Some(Some(text)) => match text.trim().parse::<Date>().ok().filter(|day| day.year() >= 1900) {
                Some(day) => *slot = Some(day),
                None => self.fault(place, "date_invalid", "expected a date such as 2026-01-31"),
            },
        }
    }

    fn days(&mut self, new: &mut Terms, old: &Terms, draft: &ContractDraft) {
        self.day(&mut new.starts_on, "/starts_on", &draft.starts_on);
        self.day(&mut new.ends_on, "/ends_on", &draft.ends_on);
        if new.starts_on.is_none() {
            self.fault("/starts_on", "required", "a contract has a first day");
        }
        let changed = (new.renewal, new.starts_on, new.auto_renew_term_months)
            != (old.renewal, old.starts_on, old.auto_renew_term_months);
        if new.renewal == Renewal::Evergreen {
            if matches!(&draft.ends_on, Some(Some(_))) {
                self.fault("/ends_on", "no_end", "an evergreen contract has no last day");
            }
            new.ends_on = None;
        } else if new.ends_on.is_none() || (draft.ends_on.is_none() && changed) {
            // One term, and its last day belongs to it.
            new.ends_on = new.starts_on.and_then(|first| term_end(first, new.auto_renew_term_months));
        }
        if new.starts_on.zip(new.ends_on).is_some_and(|(first, last)| last < first) {
            self.fault("/ends_on", "ends_before_start", "the last day lies before the first");
        }
    }

    fn parties(&mut self, new: &mut Terms, draft: &ContractDraft) {
        let Some(Some(given)) = &draft.parties else { return };
        let mut parties = Vec::new();
        self.few("/parties", given.len(), ROWS_MAX);
        for (index, (side, name)) in given.iter().take(ROWS_MAX).enumerate() {
            let mut party = Party::default();
            let given = Some(Some(side.clone()));
            self.word(
                &mut party.side,
                &format!("/parties/{index}/side"),
                &given,
                PartySide::get,
                PartySide::CODES,
            );
            self.line(&mut party.name, &format!("/parties/{index}/name"), &Some(Some(name.clone())));
            parties.push(party);
        }
        for side in [PartySide::Supplier, PartySide::Customer] {
            if !parties.iter().any(|party| party.side == side) {
                self.fault("/parties", "side_missing", format!("no party is the {}", side.as_str()));
            }
        }
        new.parties = parties;
    }

    fn few(&mut self, place: &str, count: usize, most: usize) {
        if count > most {
            self.fault(place, "too_many", format!("at most {most} rows"));
        }
    }

    fn volume(&mut self, new: &mut Terms, draft: &ContractDraft) {
        let Some(given) = &draft.committed_volume else { return };
        let Some(given) = given else {
            new.committed_volume = None;
            return;
        };
        let mut faults = Vec::new();
        let Some(mut members) = Members::open(given, "/committed_volume", &mut faults) else { return };
        let amount = members.object("amount", &mut faults).flatten();
        let amount = amount.and_then(|value| match serde_json::from_value::<Money>(value) {
            Ok(money) if money.minor > 0 => Some(money),
            Ok(_) => {
                self.fault("/committed_volume/amount", "too_small", "expected more than 0");
                None
            }
            Err(error) => {
                self.fault("/committed_volume/amount", "money_invalid", error);
                None
            }
        });
        let quantity = members.number("quantity", &mut faults).flatten();
        let counted = quantity.and_then(|number| u32::try_from(number).ok()).filter(|number| *number > 0);
        if quantity.is_some() && counted.is_none() {
            self.fault("/committed_volume/quantity", "out_of_range", "expected a whole number above 0");
        }
        let mut unit = None;
        if let Some(text) = members.text("unit", &mut faults).flatten() {
            match line(&text, 40) {
                Ok(text) => unit = Some(text),
                Err(error) => self.fault("/committed_volume/unit", error.code(), error),
            }
        }
        let mut period = Period::default();
        let given = members.text("period", &mut faults);
        self.word(&mut period, "/committed_volume/period", &given, Period::get, Period::CODES);
        members.close(&mut faults);
        if faults.is_empty() && amount.is_none() && quantity.is_none() {
            self.fault("/committed_volume", "required", "expected an amount or a quantity");
        }
        self.faults.append(&mut faults);
        new.committed_volume = Some(CommittedVolume { amount, quantity: counted, unit, period });
    }

    fn sla(&mut self, new: &mut Terms, draft: &ContractDraft) {
        let Some(given) = &draft.sla else { return };
        let Some(given) = given else {
            new.sla = SlaTargets::default();
            return;
        };
        let mut faults = Vec::new();
        let Some(mut members) = Members::open(given, "/sla", &mut faults) else { return };
        let mut sla = SlaTargets::default();
        if let Some(text) = members.decimal("otif_pct", &mut faults).flatten() {
            let tenths = parse_decimal(&text, 1).ok().and_then(|pct| pct.checked_mul(10.into()));
            let tenths = tenths.and_then(|tenths| u16::try_from(tenths.trunc()).ok());
            match tenths.filter(|tenths| *tenths <= 1_000) {
                Some(tenths) => sla.otif_permille = Some(tenths),
                None => self.fault("/sla/otif_pct", "out_of_range", "expected 0 to 100 with one decimal"),
            }
        }
        for (slot, name) in [(&mut sla.response_hours, "response_hours"), (&mut sla.claim_days, "claim_days")]
        {
            let Some(number) = members.number(name, &mut faults).flatten() else { continue };
            match u16::try_from(number).ok().filter(|number| (1..=8_760).contains(number)) {
                Some(number) => *slot = Some(number),
                None => self.fault(format!("/sla/{name}"), "out_of_range", "expected 1 to 8760"),
            }
        }
        members.close(&mut faults);
        self.faults.append(&mut faults);
        new.sla = sla;
    }

    fn references(&mut self, new: &mut Terms, draft: &ContractDraft) {
        if let Some(given) = &draft.price_refs {
            let codes = given.clone().unwrap_or_default();
            self.few("/price_refs", codes.len(), ROWS_MAX);
            new.price_refs.clear();
            for (index, code) in codes.iter().take(ROWS_MAX).enumerate() {
                let code = code.trim().to_owned();
                if !self.facts.price_refs.contains(&code) {
                    self.fault(
                        format!("/price_refs/{index}"),
                        "price_list_unknown",
                        "there is no such price list",
                    );
                }
                new.price_refs.push(code);
            }
        }
        if let Some(given) = &draft.documents {
            let ids = given.clone().unwrap_or_default();
            self.few("/documents", ids.len(), ROWS_MAX);
            new.documents.clear();
            for (index, id) in ids.iter().take(ROWS_MAX).enumerate() {
                match id.trim().parse().ok().filter(|id| self.facts.documents.contains(id)) {
                    Some(id) => new.documents.push(id),
                    None => self.fault(
                        format!("/documents/{index}"),
                        "document_unknown",
                        "the account has no such document",
                    ),
                }
            }
        }
        if let Some(given) = &draft.portal_contacts {
            let ids = given.clone().unwrap_or_default();
            self.few("/portal_contacts", ids.len(), ROWS_MAX);
            new.portal_contacts.clear();
            for (index, id) in ids.iter().take(ROWS_MAX).enumerate() {
                let place = format!("/portal_contacts/{index}");
                match self.contact(id).map(|contact| (contact.id, contact.emails.is_empty())) {
                    None => self.fault(place, "contact_unknown", "the account has no such contact"),
                    Some((_, true)) => {
                        self.fault(place, "email_missing", "the contact has no e-mail address")
                    }
                    Some((id, false)) => new.portal_contacts.push(id),
                }
            }
        }
    }

    fn contact(&self, id: &str) -> Option<&'a Contact> {
        let account: &'a Account = self.facts.account.as_deref()?;
        let id = id.trim().parse().ok()?;
        account.contacts.iter().find(|contact| contact.id == id)
    }

    fn fields(&mut self, new: &mut Terms, template: &TemplateRef, draft: &ContractDraft) {
        let Some(given) = draft.fields.as_ref().and_then(Personal::get) else { return };
        let mut held = new.fields.get().cloned().unwrap_or_default();
        for (name, value) in given {
            let place = format!("/fields/{}", name.replace('~', "~0").replace('/', "~1"));
            let Some(spec) = template.fields.iter().find(|spec| spec.name == *name) else {
                self.fault(place, "member_unknown", "the template has no such field");
                continue;
            };
            if *value == Value::Null {
                held.remove(name);
                continue;
            }
            match read_value(spec, value) {
                Ok(text) => drop(held.insert(name.clone(), text)),
                Err((code, message)) => self.fault(place, code, message),
            }
        }
        new.fields = Personal::new(self.account, held);
    }
}

/// The last day of a term that begins on a day.
pub(super) fn term_end(first: Date, months: u16) -> Option<Date> {
    first.checked_add(Span::new().months(i64::from(months))).ok()?.checked_sub(1.day()).ok()
}
