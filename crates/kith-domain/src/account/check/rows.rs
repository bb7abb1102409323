//! The rules of the rows: contacts, addresses, lanes, agreements, identifiers.

use std::collections::BTreeSet;

use super::super::draft::{AddressDraft, AgreementDraft, ContactDraft, Draft, RowAction, RowDraft};
use super::super::{
    Address, AddressKind, Agreement, AgreementKind, Changes, Contact, ContactRole, ContactStatus, Identifier,
    RowChange, Verification,
};
use super::{Check, checked_identifier};
use crate::value::patch::Patched;
use crate::value::{
    AddressId, AgreementId, ContactId, EntityCode, IdentifierKind, Personal, email_key, is_country, line,
    validate,
};

/// Most rows of one kind that an account has.
const ROWS_MAX: usize = 1000;

/// The rows as they would be; those of the request with their places.
struct After<T> {
    changes: Vec<RowChange<T>>,
    rows: Vec<(Option<usize>, T)>,
}

impl Check<'_> {
    pub(super) fn rows(&mut self, draft: &Draft, changes: &mut Changes) {
        let account = self.account;
        changes.identifiers = self.identifiers(draft);
        let contacts = self.children(
            ("contacts", &draft.contacts),
            (&account.contacts, |row| row.id),
            |check, place, id, old, row| check.contact(place, id, old, row),
        );
        self.contacts_together(&contacts.rows);
        changes.contacts = contacts.changes;
        let addresses = self.children(
            ("addresses", &draft.addresses),
            (&account.addresses, |row| row.id),
            |check, place, id, old, row| check.address(place, id, old, row),
        );
        self.addresses_together(&addresses.rows);
        changes.addresses = addresses.changes;
        let lanes = self.children(
            ("lanes", &draft.lanes),
            (&account.lanes, |row| row.id),
            |check, place, id, old, row| check.lane(place, id, old, row),
        );
        changes.lanes = lanes.changes;
        let agreements = self.children(
            ("agreements", &draft.agreements),
            (&account.agreements, |row| row.id),
            |check, place, id, old, row| check.agreement(place, id, old, row),
        );
        changes.agreements = agreements.changes;
    }

    /// What the actions of one list come to. Everything or nothing: one fault and the draft is refused.
    fn children<I: Copy + Ord, D, T: Clone + PartialEq>(
        &mut self,
        (name, drafts): (&str, &[RowDraft<I, D>]),
        (now, id_of): (&[T], impl Fn(&T) -> I),
        build: impl Fn(&mut Self, &str, I, Option<&T>, &D) -> T,
    ) -> After<T> {
        let mut after =
            After { changes: Vec::new(), rows: now.iter().map(|row| (None, row.clone())).collect() };
        let mut seen = BTreeSet::new();
        for draft in drafts {
            let place = format!("/{name}/{}", draft.at);
            if !seen.insert(draft.id) {
                self.fault(format!("{place}/id"), "action_duplicate", "one row, one action in one request");
                continue;
            }
            let known = after.rows.iter().position(|(_, row)| id_of(row) == draft.id);
            let old = known.and_then(|known| after.rows.get(known)).map(|(_, row)| row.clone());
            match (draft.action, old) {
                (RowAction::Delete, Some(old)) => {
                    after.rows.retain(|(_, row)| id_of(row) != draft.id);
                    after.changes.push(RowChange::Removed(old));
                }
                (RowAction::Update | RowAction::Delete, None) => {
                    self.fault(format!("{place}/id"), "row_unknown", "the account has no such row");
                }
                (RowAction::Add | RowAction::Update, Some(old)) => {
                    let row = build(self, &place, draft.id, Some(&old), &draft.row);
                    if let Some(slot) = known.and_then(|known| after.rows.get_mut(known)) {
                        *slot = (Some(draft.at), row.clone());
                    }
                    if row != old {
                        after.changes.push(RowChange::Updated(row));
                    }
                }
                (RowAction::Add, None) => {
                    let row = build(self, &place, draft.id, None, &draft.row);
                    after.rows.push((Some(draft.at), row.clone()));
                    after.changes.push(RowChange::Added(row));
                }
            }
        }
        if !drafts.is_empty() && after.rows.len() > ROWS_MAX {
            self.fault(format!("/{name}"), "too_many", format!("more than {ROWS_MAX} rows"));
        }
        after
    }

    fn contact(&mut self, place: &str, id: ContactId, old: Option<&Contact>, row: &ContactDraft) -> Contact {
        let at = |member: &str| format!("{place}/{member}");
        let mut contact = old.cloned().unwrap_or_else(|| Contact {
            id,
            name: Personal::default(),
            title: None,
            role: ContactRole::default(),
            emails: Vec::new(),
            phones: Vec::new(),
            language: None,
            is_primary: false,
            status: ContactStatus::default(),
            opted_out: false,
            entity_visibility: Vec::new(),
        });
        match &row.name {
            None if old.is_some() => {}
            Some(Some(name)) => match line(name.get().map_or("", String::as_str), 255) {
                Ok(name) => contact.name = Personal::new(id, name),
                Err(error) => self.fault(at("name"), error.code(), error),
            },
            _ => self.fault(at("name"), "required", "a contact has a name"),
        }
        let title = row.title.as_ref().map(|title| title.as_ref().and_then(Personal::get).cloned());
        if let Some(title) = self.text(&at("title"), &title, 120) {
            contact.title = title.map(|title| Personal::new(id, title));
        }
        if let Some(role) = self.word(&at("role"), &row.role, ContactRole::CODES, ContactRole::get) {
            contact.role = role;
        }
        if let Some(status) = self.word(&at("status"), &row.status, ContactStatus::CODES, ContactStatus::get)
        {
            contact.status = status;
        }
        if let Some(emails) = &row.emails {
            contact.emails = self.each(&at("emails"), emails.as_deref(), |check, place, email| {
                check.email(place, &Some(Some(email.clone()))).flatten()
            });
        }
        if let Some(phones) = &row.phones {
            contact.phones = self.each(&at("phones"), phones.as_deref(), |check, place, phone| {
                check.phone(place, &Some(Some(phone.clone()))).flatten()
            });
        }
        if let Some(language) = self.text(&at("language"), &row.language, 35) {
            contact.language = language;
        }
        if let Some(entities) = &row.entity_visibility {
            let seen = self.each(&at("entity_visibility"), entities.as_deref(), |check, place, code| {
                check.entity(place, Some(code))
            });
            contact.entity_visibility = seen.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        }
        contact.is_primary = row.is_primary.map_or(contact.is_primary, Option::unwrap_or_default);
        contact.opted_out = row.opted_out.map_or(contact.opted_out, Option::unwrap_or_default);
        contact
    }

    fn each<S, T>(
        &mut self,
        place: &str,
        given: Option<&[S]>,
        read: impl Fn(&mut Self, &str, &S) -> Option<T>,
    ) -> Vec<T> {
        let given = given.unwrap_or_default();
        if given.len() > 20 {
            self.fault(place, "too_many", "more than 20 entries");
            return Vec::new();
        }
        let read =
            given.iter().enumerate().map(|(index, value)| read(self, &format!("{place}/{index}"), value));
        read.collect::<Vec<_>>().into_iter().flatten().collect()
    }

    /// At most one primary contact; an e-mail address names one contact of the account (D§1.5).
    fn contacts_together(&mut self, rows: &[(Option<usize>, Contact)]) {
        let primaries = rows.iter().filter(|(_, row)| row.is_primary).count();
        let mut emails = BTreeSet::new();
        for (at, row) in
            rows.iter().filter(|(at, _)| at.is_none()).chain(rows.iter().filter(|(at, _)| at.is_some()))
        {
            for (index, email) in row.emails.iter().enumerate() {
                let Some(address) = email.get() else { continue };
                if !emails.insert(email_key(address))
                    && let Some(at) = at
                {
                    let place = format!("/contacts/{at}/emails/{index}");
                    self.fault(place, "email_twice", "another contact of the account has this address");
                }
            }
            // The one that was primary before is not the one at fault.
            let was = self.account.contacts.iter().any(|old| old.id == row.id && old.is_primary);
            if let (Some(at), true) = (at, row.is_primary && !was && primaries > 1) {
                let message = "an account has one primary contact: set is_primary to false on the other";
                self.fault(format!("/contacts/{at}/is_primary"), "primary_twice", message);
            }
        }
    }

    fn address(&mut self, place: &str, id: AddressId, old: Option<&Address>, row: &AddressDraft) -> Address {
        let at = |member: &str| format!("{place}/{member}");
        let mut address = old.cloned().unwrap_or_else(|| Address {
            id,
            kinds: Vec::new(),
            lines: Personal::new(self.id, Vec::new()),
            city: None,
            state_province: None,
            postal_code: None,
            country: String::new(),
            is_default: false,
            entity: None,
            un_locode: None,
            gln: None,
            dock_hours: None,
            appointment_required: false,
            valid_from: None,
            valid_to: None,
            verification: Verification::default(),
        });
        if let Some(kinds) = &row.kinds {
            let kinds = self.each(&at("kinds"), kinds.as_deref(), |check, place, kind| {
                check.word(place, &Some(Some(kind.clone())), AddressKind::CODES, AddressKind::get)
            });
            address.kinds = kinds.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        }
        if address.kinds.is_empty()
            && !self.faults.iter().any(|fault| fault.pointer.starts_with(&at("kinds")))
        {
            self.fault(at("kinds"), "required", "say what the address is for, for example billing");
        }
        if let Some(lines) = &row.lines {
            let given = lines.as_ref().and_then(Personal::get).map(Vec::as_slice).unwrap_or_default();
            if given.len() > 4 {
                self.fault(at("lines"), "too_many", "an address has up to 4 lines");
            }
            let mut texts = Vec::new();
            for (index, text) in given.iter().enumerate() {
                let text = self.text(&format!("{place}/lines/{index}"), &Some(Some(text.clone())), 120);
                texts.extend(text.flatten());
            }
            address.lines = Personal::new(self.id, texts);
        }
        self.set(&mut address.city, &at("city"), &row.city, 120);
        self.set(&mut address.state_province, &at("state_province"), &row.state_province, 80);
        self.set(&mut address.postal_code, &at("postal_code"), &row.postal_code, 20);
        match &row.country {
            None if old.is_some() => {}
            Some(Some(code)) if is_country(code.trim().to_ascii_uppercase().as_str()) => {
                address.country = code.trim().to_ascii_uppercase();
            }
            Some(Some(_)) => {
                self.fault(
                    at("country"),
                    "country_unknown",
                    "expected a country code such as US (ISO 3166-1)",
                );
            }
            _ => self.fault(at("country"), "required", "an address has a country"),
        }
        address.is_default = row.is_default.map_or(address.is_default, Option::unwrap_or_default);
        self.address_extras(place, &mut address, row);
        address
    }

    /// Whose the address is, and what a driver must know.
    fn address_extras(&mut self, place: &str, address: &mut Address, row: &AddressDraft) {
        let at = |member: &str| format!("{place}/{member}");
        if let Some(code) = &row.entity {
            address.entity = self.entity(&at("entity"), code.as_deref());
        }
        if let Some(code) =
            self.read(&at("un_locode"), "un_locode_invalid", &row.un_locode, |code| un_locode(code))
        {
            address.un_locode = code;
        }
        let gln =
            self.read(&at("gln"), "gln_invalid", &row.gln, |text| validate(&IdentifierKind::Gln, None, text));
        if let Some(gln) = gln {
            address.gln = gln;
        }
        self.set(&mut address.dock_hours, &at("dock_hours"), &row.dock_hours, 120);
        let appointment = row.appointment_required.map(Option::unwrap_or_default);
        address.appointment_required = appointment.unwrap_or(address.appointment_required);
        if let Some(day) = &row.valid_from {
            address.valid_from = self.date(&at("valid_from"), day.as_deref());
        }
        if let Some(day) = &row.valid_to {
            address.valid_to = self.date(&at("valid_to"), day.as_deref());
        }
        self.period(&at("valid_to"), address.valid_from, address.valid_to);
        if let Some(word) =
            self.word(&at("verification"), &row.verification, Verification::CODES, Verification::get)
        {
            address.verification = word;
        }
    }

    /// The code of a legal entity, if one is given.
    pub(super) fn entity(&mut self, place: &str, code: Option<&str>) -> Option<EntityCode> {
        let code = code?;
        let entity = code.trim().parse::<EntityCode>().ok();
        let entity = entity.filter(|entity| self.facts.entities.contains_key(entity));
        if entity.is_none() {
            let codes: Vec<&str> = self.facts.entities.keys().map(EntityCode::as_str).collect();
            let message = format!("expected the code of a legal entity: {}", codes.join(", "));
            self.fault(place, "entity_unknown", message);
        }
        entity
    }

    pub(super) fn set(
        &mut self,
        target: &mut Option<String>,
        place: &str,
        given: &Patched<String>,
        most: usize,
    ) {
        if let Some(text) = self.text(place, given, most) {
            *target = text;
        }
    }

    /// At most one default address of each kind, of the master record and of each entity.
    fn addresses_together(&mut self, rows: &[(Option<usize>, Address)]) {
        let owners: BTreeSet<Option<&EntityCode>> = rows.iter().map(|(_, row)| row.entity.as_ref()).collect();
        let each =
            owners.into_iter().flat_map(|owner| AddressKind::ALL.iter().map(move |kind| (owner, kind)));
        for (owner, kind) in each {
            let of_owner = || rows.iter().filter(|(_, row)| row.entity.as_ref() == owner);
            let defaults = || of_owner().filter(|(_, row)| row.is_default && row.kinds.contains(kind));
            let Some(at) =
                defaults().filter_map(|(at, _)| *at).next_back().filter(|_| defaults().count() > 1)
            else {
                continue;
            };
            let place = format!("/addresses/{at}/is_default");
            if !self.faults.iter().any(|fault| fault.pointer == place) {
                let message =
                    format!("one default {} address: set is_default to false on the other", kind.as_str());
                self.fault(place, "default_twice", message);
            }
        }
    }

    fn agreement(
        &mut self,
        place: &str,
        id: AgreementId,
        old: Option<&Agreement>,
        row: &AgreementDraft,
    ) -> Agreement {
        let at = |member: &str| format!("{place}/{member}");
        let mut agreement = old.cloned().unwrap_or_else(|| Agreement {
            id,
            number: String::new(),
            kind: AgreementKind::default(),
            title: None,
            starts_on: None,
            ends_on: None,
        });
        match &row.number {
            None if old.is_some() => {}
            Some(Some(number)) => match line(number, 60) {
                Ok(number) => agreement.number = number,
                Err(error) => self.fault(at("number"), error.code(), error),
            },
            _ => self.fault(at("number"), "required", "an agreement has a number"),
        }
        if let Some(kind) = self.word(&at("kind"), &row.kind, AgreementKind::CODES, AgreementKind::get) {
            agreement.kind = kind;
        }
        self.set(&mut agreement.title, &at("title"), &row.title, 200);
        if let Some(day) = &row.starts_on {
            agreement.starts_on = self.date(&at("starts_on"), day.as_deref());
        }
        if let Some(day) = &row.ends_on {
            agreement.ends_on = self.date(&at("ends_on"), day.as_deref());
        }
        self.period(&at("ends_on"), agreement.starts_on, agreement.ends_on);
        agreement
    }

    /// Identifiers have no ids: kind and value name them.
    fn identifiers(&mut self, draft: &Draft) -> Vec<RowChange<Identifier>> {
        let now = &self.account.identifiers;
        let mut changes = Vec::new();
        let mut seen = BTreeSet::new();
        for row in &draft.identifiers {
            let place = format!("/identifiers/{}", row.at);
            let (kind, value) = match checked_identifier(&row.row) {
                Ok(named) => named,
                Err((member, error)) => {
                    self.fault(format!("{place}/{member}"), error.code(), error);
                    continue;
                }
            };
            if !seen.insert((kind.clone(), value.clone())) {
                self.fault(place, "action_duplicate", "one identifier, one action in one request");
                continue;
            }
            let old = now.iter().find(|old| old.kind == kind && old.value == value);
            if row.action == RowAction::Delete {
                match old {
                    Some(old) => changes.push(RowChange::Removed(old.clone())),
                    None => self.fault(place, "row_unknown", "the account has no such identifier"),
                }
                continue;
            }
            let given = &row.row;
            let issuer = self.text(&format!("{place}/issuer"), &Some(given.issuer.clone()), 120).flatten();
            let valid_from = self.date(&format!("{place}/valid_from"), given.valid_from.as_deref());
            let valid_to = self.date(&format!("{place}/valid_to"), given.valid_to.as_deref());
            self.period(&format!("{place}/valid_to"), valid_from, valid_to);
            let new = Identifier { kind, value, issuer, valid_from, valid_to, verified: given.verified };
            match old {
                Some(old) if *old == new => {}
                Some(_) => changes.push(RowChange::Updated(new)),
                None => changes.push(RowChange::Added(new)),
            }
        }
        if !draft.identifiers.is_empty() && now.len().saturating_add(changes.len()) > ROWS_MAX {
            self.fault("/identifiers", "too_many", format!("more than {ROWS_MAX} rows"));
        }
        changes
    }
}

/// A UN/LOCODE: a country and three letters or digits 2 to 9.
fn un_locode(text: &str) -> Result<String, &'static str> {
    let code: String = text.split_whitespace().collect::<String>().to_ascii_uppercase();
    let place = |byte: u8| byte.is_ascii_uppercase() || (b'2'..=b'9').contains(&byte);
    let fits = code.len() == 5 && code.get(..2).is_some_and(is_country) && code.bytes().skip(2).all(place);
    if fits { Ok(code) } else { Err("expected a UN/LOCODE such as USCHI") }
}
