//! The account as the faces show it.

use jiff::civil::Date;
use kith_api::view::{
    AccountView, AddressView, AgreementView, ContactView, DimensionView, IdentifierView, NoteView,
    ReviewView, TaxIdView,
};
use kith_domain::access::{AccessAct, Grant};
use kith_domain::account::{Account, Address, Contact, CustomValue, Note};
use kith_domain::refusal::Refusal;
use kith_domain::value::{EntityCode, Personal, Phone};
use kith_store::Fault;
use serde_json::{Map, Value};

use super::lane::lane_view;
use super::price::tier_view;
use super::tax::profile_view;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{Loaded, load};
use crate::permit;

/// What may be shown of personal data: nothing, or what is not erased.
pub(super) struct Eyes {
    personal: bool,
}

impl Eyes {
    pub(super) fn see<T: Clone>(&self, value: &Personal<T>) -> Option<T> {
        value.get().filter(|_| self.personal).cloned()
    }

    fn phone(&self, value: &Personal<Phone>) -> Option<String> {
        self.see(value).map(|phone| phone.raw)
    }

    fn contact(&self, contact: &Contact) -> ContactView {
        ContactView {
            id: contact.id.to_string(),
            name: self.see(&contact.name),
            title: contact.title.as_ref().and_then(|title| self.see(title)),
            role: contact.role.as_str().to_owned(),
            emails: contact.emails.iter().filter_map(|email| self.see(email)).collect(),
            phones: contact.phones.iter().filter_map(|phone| self.phone(phone)).collect(),
            is_primary: contact.is_primary,
            status: contact.status.as_str().to_owned(),
            language: contact.language.clone(),
            opted_out: contact.opted_out,
            entity_visibility: contact.entity_visibility.iter().map(ToString::to_string).collect(),
        }
    }

    fn address(&self, address: &Address) -> AddressView {
        AddressView {
            id: address.id.to_string(),
            kinds: address.kinds.iter().map(|kind| kind.as_str().to_owned()).collect(),
            lines: self.see(&address.lines).unwrap_or_default(),
            city: address.city.clone(),
            state_province: address.state_province.clone(),
            postal_code: address.postal_code.clone(),
            country: address.country.clone(),
            is_default: address.is_default,
            entity: address.entity.as_ref().map(ToString::to_string),
            un_locode: address.un_locode.clone(),
            gln: address.gln.clone(),
            dock_hours: address.dock_hours.clone(),
            appointment_required: address.appointment_required,
            valid_from: day(address.valid_from),
            valid_to: day(address.valid_to),
            verification: address.verification.as_str().to_owned(),
        }
    }

    fn note(&self, note: &Note) -> NoteView {
        NoteView {
            id: note.id.to_string(),
            text: self.see(&note.text),
            by: note.by.map(|by| by.to_string()),
            by_name: None,
            at: note.at.to_string(),
        }
    }

    fn custom(&self, account: &Account) -> Map<String, Value> {
        let seen = account.custom.iter().filter_map(|(name, value)| {
            let value = match value {
                CustomValue::Personal(value) => self.see(value)?,
                CustomValue::Open(value) => value.clone(),
            };
            Some((name.clone(), value))
        });
        seen.collect()
    }

    fn object(&self, value: Option<&Personal<Value>>) -> Map<String, Value> {
        let seen = value.and_then(|value| self.see(value));
        seen.and_then(|value| value.as_object().cloned()).unwrap_or_default()
    }
}

/// What legal entities have otherwise; what the caller may not see is left out.
fn overrides(caller: &Caller, account: &Account) -> Map<String, Value> {
    let said = account.overrides.iter().filter_map(|(entity, said)| {
        let may = |grant| {
            caller.principal.may(grant, Some(&account.owning_entity))
                || caller.principal.may(grant, Some(entity))
        };
        let mut said = serde_json::to_value(said).ok()?;
        let members = said.as_object_mut()?;
        if !may(Grant::CreditRead) {
            members.remove("credit_limit");
        }
        if !may(Grant::PersonalRead) {
            for field in PERSONAL {
                members.remove(*field);
            }
        }
        flatten(&mut said, true);
        phone_text(&mut said);
        Some((entity.to_string(), said))
    });
    said.collect()
}

/// The overridable fields that are personal data.
const PERSONAL: &[&str] = &["email", "phone", "billing_email", "notes", "communication_prefs", "metadata"];

/// A telephone number as it was entered.
fn phone_text(said: &mut Value) {
    let raw = said.pointer("/phone/value/raw").cloned();
    if let (Some(raw), Some(place)) = (raw, said.pointer_mut("/phone/value")) {
        *place = raw;
    }
}

pub(super) fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

impl Engine {
    /// The account with this id or number, and whose it is.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn account(&self, caller: &Caller, name: &str) -> Result<Result<AccountView, Refusal>, Fault> {
        self.account_with(caller, name, crate::note::SHOWN).await
    }

    /// As [`Engine::account`], with so many of its latest notes.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn account_with(
        &self,
        caller: &Caller,
        name: &str,
        notes: u32,
    ) -> Result<Result<AccountView, Refusal>, Fault> {
        Ok(match self.load_with(caller, name, notes).await? {
            Ok((loaded, notes)) => {
                let mut view = self.account_view(caller, &loaded, &notes);
                self.add_family(caller, &loaded, &mut view);
                Ok(view)
            }
            Err(refusal) => Err(refusal),
        })
    }

    /// The account, if the caller may know that it exists.
    pub(crate) async fn load_account(
        &self,
        caller: &Caller,
        name: &str,
    ) -> Result<Result<Loaded<Account>, Refusal>, Fault> {
        Ok(self.load_with(caller, name, 0).await?.map(|(loaded, _)| loaded))
    }

    pub(super) async fn load_with(
        &self,
        caller: &Caller,
        name: &str,
        notes: u32,
    ) -> Result<Result<(Loaded<Account>, Vec<Note>), Refusal>, Fault> {
        let Some((_, id)) = self.find_account(name) else { return Ok(Err(permit::no_account())) };
        let id = id.to_string();
        let (loaded, notes) = self
            .store()
            .read(move |reader| {
                let loaded = load::<Account>(reader, &id)?;
                let mut found = Vec::new();
                if notes > 0 {
                    found = crate::note::latest(reader, &id, notes)?;
                    // Notes keep the account that they were written on; they are read together.
                    for loser in loaded.state.losers() {
                        found.extend(crate::note::latest(reader, &loser.to_string(), notes)?);
                    }
                    found.sort_by_key(|note| std::cmp::Reverse(note.at));
                }
                Ok((loaded, found))
            })
            .await?;
        let entity = &loaded.state.owning_entity;
        let seen = permit::sees(&caller.principal, &loaded.state);
        if !seen || !loaded.state.exists() {
            return Ok(Err(permit::no_account()));
        }
        if caller.principal.may(Grant::PersonalRead, Some(entity)) {
            self.note_access(caller, AccessAct::Read, "account", Some(loaded.id.clone()), 1);
        }
        Ok(Ok((loaded, notes)))
    }

    pub(crate) fn account_view(
        &self,
        caller: &Caller,
        loaded: &Loaded<Account>,
        notes: &[Note],
    ) -> AccountView {
        self.account_view_as(caller, loaded, notes, None)
    }

    /// The account for who looks at it as a legal entity: with the rights that the caller has there besides.
    #[expect(clippy::too_many_lines, reason = "one line for each field, nothing else")]
    pub(crate) fn account_view_as(
        &self,
        caller: &Caller,
        loaded: &Loaded<Account>,
        notes: &[Note],
        entity: Option<&EntityCode>,
    ) -> AccountView {
        let account = &loaded.state;
        let may = |grant| {
            caller.principal.may(grant, Some(&account.owning_entity))
                || entity.is_some_and(|entity| caller.principal.may(grant, Some(entity)))
        };
        let eyes = Eyes { personal: may(Grant::PersonalRead) };
        let credit = may(Grant::CreditRead);
        let stage = account.stage.as_str().to_owned();
        let manager = account.account_manager.map(|user| user.to_string());
        let manager_name =
            manager.as_ref().and_then(|user| self.directory().read().manager_name(user).map(str::to_owned));
        let prefs = eyes.object(account.communication_prefs.as_ref());
        let service = eyes.object(account.service_preferences.as_ref());
        let due = account.review_due_on();
        AccountView {
            id: account.id.to_string(),
            account_number: account.account_number.clone(),
            version: loaded.version,
            name: account.name.clone(),
            legal_name: account.legal_name.clone(),
            legal_form: account.legal_form.clone(),
            email: eyes.see(&account.email),
            phone: account.phone.as_ref().and_then(|phone| eyes.phone(phone)),
            website: account.website.clone(),
            domain: account.domain.clone(),
            billing_email: account.billing_email.as_ref().and_then(|email| eyes.see(email)),
            owning_entity: account.owning_entity.to_string(),
            customer_type: account.customer_type.as_str().to_owned(),
            tier: account.tier.as_str().to_owned(),
            status: account.status(entity).to_owned(),
            holds: account.holds_on(entity).map(|hold| self.hold_view(&eyes, hold)).collect(),
            watch: account.watch.as_ref().map(|watch| self.watch_view(&eyes, watch)),
            stage,
            currency: account.currency.map(|currency| currency.code().to_owned()),
            credit_limit: account.credit_limit.filter(|_| credit).map(Into::into),
            group_credit_limit: account.group_credit_limit.filter(|_| credit).map(Into::into),
            payment_terms: account.payment_terms.clone(),
            tax_code: account.tax_code.clone(),
            default_revenue_account: account.default_revenue_account.clone(),
            tax_id: account.tax_id.as_ref().map(|tax| TaxIdView {
                kind: tax.kind.as_ref().map(ToString::to_string),
                value: tax.value.clone(),
                country: tax.country.clone(),
            }),
            identifiers: account
                .identifiers
                .iter()
                .map(|row| IdentifierView {
                    kind: row.kind.to_string(),
                    value: row.value.clone(),
                    issuer: row.issuer.clone(),
                    valid_from: day(row.valid_from),
                    valid_to: day(row.valid_to),
                    verified: row.verified,
                })
                .collect(),
            party_roles: account.party_roles.iter().map(|role| role.role.as_str().to_owned()).collect(),
            industry: account.industry.clone(),
            employees: account.employees.map(u64::from),
            annual_revenue: account.annual_revenue.map(Into::into),
            language: account.language.clone(),
            timezone: account.timezone.clone(),
            account_manager: manager,
            account_manager_name: manager_name,
            sales_rep: account.sales_rep.map(|user| user.to_string()),
            team: account.team.clone(),
            contacts: account.contacts.iter().map(|contact| eyes.contact(contact)).collect(),
            addresses: account.addresses.iter().map(|address| eyes.address(address)).collect(),
            lanes: account.lanes.iter().map(lane_view).collect(),
            equipment: account.equipment.clone(),
            communication_prefs: prefs,
            service_preferences: service,
            agreements: account
                .agreements
                .iter()
                .map(|row| AgreementView {
                    id: row.id.to_string(),
                    number: row.number.clone(),
                    kind: row.kind.as_str().to_owned(),
                    title: row.title.clone(),
                    starts_on: day(row.starts_on),
                    ends_on: day(row.ends_on),
                })
                .collect(),
            pricing: account.pricing.iter().map(tier_view).collect(),
            tax_profiles: account.tax_profiles.iter().map(|row| profile_view(row, self.day())).collect(),
            price_list: account.price_list.clone(),
            price_group: account.price_group.clone(),
            review: ReviewView {
                cadence_days: account.review.cadence_days.into(),
                last_review_on: day(account.review.last_review_on),
                next_review_on: day(due),
                overdue: due.is_some_and(|due| due < self.day()),
            },
            missing_fields: account.missing_fields().into_iter().map(str::to_owned).collect(),
            notes: account.notes.as_ref().and_then(|notes| eyes.see(notes)),
            note_log: notes.iter().map(|note| self.named(eyes.note(note))).collect(),
            metadata: eyes.object(account.metadata.as_ref()),
            tags: account.tags.clone(),
            dimensions: account
                .dimensions
                .iter()
                .map(|row| DimensionView {
                    kind: row.kind.clone(),
                    value: row.value.clone(),
                    entity: row.entity.as_ref().map(ToString::to_string),
                })
                .collect(),
            custom: eyes.custom(account),
            overrides: overrides(caller, account),
            stage_since: account.stage_since.map(|at| at.to_string()),
            merged_into: account.merged_into.as_ref().map(|merged| merged.survivor.to_string()),
            merged: Vec::new(),
            parent: None,
            created_at: account.created_at.map(|at| at.to_string()).unwrap_or_default(),
            updated_at: account.updated_at.map(|at| at.to_string()).unwrap_or_default(),
        }
    }

    fn named(&self, note: NoteView) -> NoteView {
        let by_name = note.by.as_deref().and_then(|by| self.user_name(by));
        NoteView { by_name, ..note }
    }

    /// The name of a user, as memory holds it.
    pub(crate) fn user_name(&self, user: &str) -> Option<String> {
        self.directory().read().manager_name(user).map(str::to_owned)
    }
}

/// Puts personal values in place of their wrappers, or null where they may not be seen.
pub(crate) fn flatten(value: &mut Value, personal: bool) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| flatten(item, personal)),
        Value::Object(members) => {
            if members.contains_key("$subject") {
                let seen = members.remove("$value").filter(|_| personal);
                *value = seen.unwrap_or(Value::Null);
            } else {
                members.values_mut().for_each(|member| flatten(member, personal));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
