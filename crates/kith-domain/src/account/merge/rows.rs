//! Rows of a merge: what only the loser has is taken over, what both have stays the survivor's.

use std::collections::BTreeSet;

use crate::account::{Account, Address, Agreement, Contact, Lane};
use crate::pricing::overlaps;
use crate::tax::TaxProfile;
use crate::value::email_key;

/// Takes over the rows that the survivor does not have; their names.
pub(super) fn unite(merged: &mut Account, survivor: &Account, loser: &Account) -> BTreeSet<String> {
    let mut rows = BTreeSet::new();
    let has_primary = survivor.primary_contact().is_some();
    for contact in &loser.contacts {
        if let Some(twin) = merged.contacts.iter_mut().find(|held| same_person(held, contact)) {
            twin.opted_out |= contact.opted_out;
            continue;
        }
        let is_primary = contact.is_primary && !has_primary;
        merged.contacts.push(Contact { is_primary, ..contact.clone() });
        rows.insert(contact.id.to_string());
    }
    for address in &loser.addresses {
        let place = |row: &Address| {
            let lines = row.lines.get().map(|lines| lines.join("\n").to_lowercase());
            (lines, row.postal_code.clone(), row.country.clone(), row.city.as_deref().map(str::to_lowercase))
        };
        if merged.addresses.iter().any(|held| place(held) == place(address)) {
            continue;
        }
        let mut row = address.clone();
        let rival =
            |held: &Address| held.is_default && held.kinds.iter().any(|kind| row.kinds.contains(kind));
        row.is_default = row.is_default && !survivor.addresses.iter().any(rival);
        merged.addresses.push(row);
        rows.insert(address.id.to_string());
    }
    for lane in &loser.lanes {
        let key = |row: &Lane| {
            (row.origin.clone(), row.destination.clone(), row.mode.clone(), row.equipment.clone())
        };
        if !merged.lanes.iter().any(|held| key(held) == key(lane)) {
            merged.lanes.push(lane.clone());
            rows.insert(lane.id.to_string());
        }
    }
    for agreement in &loser.agreements {
        let same = |held: &Agreement| held.number == agreement.number && held.kind == agreement.kind;
        if !merged.agreements.iter().any(same) {
            merged.agreements.push(agreement.clone());
            rows.insert(agreement.id.to_string());
        }
    }
    for tier in &loser.pricing {
        if !merged.pricing.iter().any(|held| overlaps(held, tier)) {
            merged.pricing.push(tier.clone());
            rows.insert(tier.id.to_string());
        }
    }
    for profile in &loser.tax_profiles {
        if !merged.tax_profiles.iter().any(|held| rivals(held, profile)) {
            merged.tax_profiles.push(profile.clone());
            rows.insert(profile.id.to_string());
        }
    }
    // What legal entities have otherwise stays the survivor's: limits and terms are agreed, not added up.
    for dimension in &loser.dimensions {
        if !merged.dimensions.iter().any(|held| held.same_place(dimension)) {
            merged.dimensions.push(dimension.clone());
        }
    }
    for (name, value) in &loser.custom {
        merged.custom.entry(name.clone()).or_insert_with(|| value.clone());
    }
    for identifier in &loser.identifiers {
        if !merged.identifiers.iter().any(|held| held.name() == identifier.name()) {
            merged.identifiers.push(identifier.clone());
            rows.insert(identifier.name());
        }
    }
    rows
}

/// One person: an address in common, or the same name where neither has an address.
fn same_person(one: &Contact, two: &Contact) -> bool {
    let emails = |contact: &Contact| -> BTreeSet<String> {
        contact.emails.iter().filter_map(|email| email.get().map(|text| email_key(text))).collect()
    };
    let (ours, theirs) = (emails(one), emails(two));
    let name = |contact: &Contact| contact.name.get().map(|name| name.to_lowercase());
    let nameless = ours.is_empty() && theirs.is_empty() && name(one).is_some() && name(one) == name(two);
    nameless || ours.intersection(&theirs).next().is_some()
}

/// Whether two tax profiles would apply to the same sale.
fn rivals(one: &TaxProfile, two: &TaxProfile) -> bool {
    let key =
        |row: &TaxProfile| (row.entity.clone(), row.country.clone(), row.region.clone(), row.tax_category);
    let meets = one.effective_to.is_none_or(|last| two.effective_from <= last)
        && two.effective_to.is_none_or(|last| one.effective_from <= last);
    one.revoked.is_none() && two.revoked.is_none() && key(one) == key(two) && meets
}
