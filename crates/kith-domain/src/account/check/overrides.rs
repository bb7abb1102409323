//! The rules of what a legal entity may have otherwise than the master record.

use jiff::Timestamp;

use super::super::draft::{OverridesDraft, under_value};
use super::super::overrides::{AddressSet, Override, Overrides, TagSet};
use super::super::{Account, Changes, Draft};
use super::Check;
use crate::refusal::FieldFault;
use crate::value::{AddressId, Currency, EntityCode};

impl Check<'_> {
    pub(super) fn overrides(&mut self, draft: &Draft, changes: &mut Changes) {
        for said in &draft.overrides {
            let place = format!("/overrides/{}", said.entity);
            let entity = said.entity.parse::<EntityCode>().ok();
            let known = entity.and_then(|code| self.facts.entities.get_key_value(&code));
            let Some((entity, currency)) = known.map(|(code, currency)| (code.clone(), *currency)) else {
                let codes: Vec<&str> = self.facts.entities.keys().map(EntityCode::as_str).collect();
                let message = format!("expected the code of a legal entity: {}", codes.join(", "));
                self.fault(place, "entity_unknown", message);
                continue;
            };
            let now = self.account.overrides.get(&entity).cloned().unwrap_or_default();
            let next = self.overrides_of(&place, &entity, currency, said, &now);
            if next != now {
                changes.overrides.insert(entity, next);
            }
        }
    }

    fn overrides_of(
        &mut self,
        place: &str,
        entity: &EntityCode,
        currency: Currency,
        said: &OverridesDraft,
        now: &Overrides,
    ) -> Overrides {
        let mut next = if said.clear { Overrides::default() } else { now.clone() };
        said.inherit.iter().for_each(|field| next.inherit(field));
        said.blank.iter().for_each(|field| next.blank(field));
        let mut values = self.checked_values(place, entity, currency, said, &next);
        let add = values.tags.take();
        next.take(values);
        self.tag_set(place, said, add, &mut next);
        self.address_set(place, said, &mut next);
        next
    }

    /// The values are checked by the rules of the master's fields, on an account that has what the entity says already.
    fn checked_values(
        &mut self,
        place: &str,
        entity: &EntityCode,
        currency: Currency,
        said: &OverridesDraft,
        now: &Overrides,
    ) -> Changes {
        let mut lens = Account { id: self.id, created_at: Some(Timestamp::UNIX_EPOCH), ..Account::default() };
        now.stand_in(&mut lens);
        lens.owning_entity.clone_from(entity);
        lens.currency = Some(currency);
        lens.metadata = now.metadata.as_ref().and_then(Override::value).cloned();
        lens.communication_prefs = now.communication_prefs.as_ref().and_then(Override::value).cloned();
        let mut check = Check { account: &lens, id: self.id, facts: self.facts, faults: Vec::new() };
        let mut values = Changes::default();
        check.identity(&said.values, &mut values);
        check.terms(&said.values, &mut values);
        check.price_codes(&said.values, &mut values);
        check.company(&said.values, &mut values);
        check.people(&said.values, &mut values);
        check.objects(&said.values, &mut values);
        let foreign = values.credit_limit.flatten().filter(|limit| limit.currency != currency);
        if foreign.is_some() {
            let message = format!("a limit of an entity is in the entity's currency: {currency}");
            check.faults.push(FieldFault::new("/credit_limit/currency", "currency_not_of_entity", message));
        }
        self.faults.extend(check.faults.into_iter().map(|fault| under_value(place, fault)));
        values
    }

    fn tag_set(
        &mut self,
        place: &str,
        said: &OverridesDraft,
        add: Option<Vec<String>>,
        next: &mut Overrides,
    ) {
        if add.is_none() && said.suppress_tags.is_none() {
            return;
        }
        let now = next.tags.as_ref().and_then(Override::value).cloned().unwrap_or_default();
        let given = said.suppress_tags.clone().map(Some);
        let suppress = self.texts(&format!("{place}/tags/value/suppress"), &given, 100);
        let mut set = TagSet { add: add.unwrap_or(now.add), suppress: suppress.unwrap_or(now.suppress) };
        set.suppress.sort();
        next.tags = (set != TagSet::default()).then_some(Override::Value(set));
    }

    fn address_set(&mut self, place: &str, said: &OverridesDraft, next: &mut Overrides) {
        let Some(given) = &said.suppress_addresses else { return };
        let mut suppress: Vec<AddressId> = Vec::new();
        for (index, text) in given.iter().enumerate() {
            let id = text.trim().parse::<AddressId>().ok();
            let of_master = |id: &AddressId| {
                self.account.addresses.iter().any(|row| row.id == *id && row.entity.is_none())
            };
            match id.filter(of_master) {
                Some(id) => suppress.push(id),
                None => {
                    let at = format!("{place}/addresses/value/suppress/{index}");
                    self.fault(at, "row_unknown", "the master record has no such address");
                }
            }
        }
        suppress.sort();
        suppress.dedup();
        next.addresses = (!suppress.is_empty()).then_some(Override::Value(AddressSet { suppress }));
    }
}
