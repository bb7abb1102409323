//! From the JSON of a request to a draft, with every fault of shape at its place.

use serde_json::Value;
use uuid::Uuid;

use super::{
    AddressDraft, AgreementDraft, ContactDraft, DimensionDraft, Draft, IdentifierDraft, LaneDraft,
    PartyRoleDraft, RowAction, RowDraft, TaxIdDraft,
};
use crate::members::Members;
use crate::pricing::read_tier;
use crate::refusal::FieldFault;
use crate::tax::read_profile;
use crate::value::patch::Patched;
use crate::value::{
    AccountId, AddressId, AgreementId, ContactId, LaneId, Personal, PriceTierId, TaxProfileId,
};

/// Longest list of rows in one request.
const ROWS_MAX: usize = 500;

impl Draft {
    /// Reads the body of a new account. `ids` makes the ids of its rows.
    ///
    /// Members at fault are left out of the draft; [`super::super::Account`]'s rules find the other faults, and
    /// [`crate::refusal::merge_faults`] puts both together.
    #[must_use]
    pub fn read_new(body: &Value, id: AccountId, ids: &mut dyn FnMut() -> Uuid) -> (Self, Vec<FieldFault>) {
        Self::read(body, id, ids, true)
    }

    /// Reads a patch of an account. Rows need an `action`, and an `id` unless they are added.
    #[must_use]
    pub fn read_patch(body: &Value, id: AccountId, ids: &mut dyn FnMut() -> Uuid) -> (Self, Vec<FieldFault>) {
        Self::read(body, id, ids, false)
    }

    fn read(
        body: &Value,
        id: AccountId,
        ids: &mut dyn FnMut() -> Uuid,
        new: bool,
    ) -> (Self, Vec<FieldFault>) {
        let mut draft = Self::default();
        let mut list = Vec::new();
        let faults = &mut list;
        let Some(mut members) = Members::open(body, "", faults) else { return (draft, list) };
        let subject = id.to_string();
        draft.read_plain(&subject, &mut members, faults);
        draft.employees = members.number("employees", faults);
        draft.tax_id = match members.get("tax_id") {
            Some(Some(value)) => tax_id(value, faults).map(Some),
            other => other.map(|_| None),
        };
        draft.party_roles =
            members.list("party_roles", faults).map(|list| list.map(|rows| roles(rows, faults)));
        if let Some(Some(review)) = members.get("review")
            && let Some(mut review) = Members::open(review, "/review", faults)
        {
            draft.review_cadence_days = review.number("cadence_days", faults);
            review.close(faults);
        }
        draft.overrides = super::overrides::read(&mut members, id, ids, faults);
        let mut rows = Rows { ids, new, faults };
        draft.identifiers =
            rows.read(&mut members, "identifiers", |_, members, faults| identifier(members, faults));
        draft.dimensions =
            rows.read(&mut members, "dimensions", |_, members, faults| dimension(members, faults));
        draft.contacts = rows.read(&mut members, "contacts", contact);
        draft.addresses =
            rows.read(&mut members, "addresses", |_, members, faults| address(&subject, members, faults));
        draft.lanes = rows.read(&mut members, "lanes", |_, members, faults| lane(members, faults));
        draft.agreements =
            rows.read(&mut members, "agreements", |_, members, faults| agreement(members, faults));
        draft.pricing = rows.read(&mut members, "pricing", |_, members, faults| read_tier(members, faults));
        draft.tax_profiles =
            rows.read(&mut members, "tax_profiles", |_, members, faults| read_profile(members, faults));
        members.close(faults);
        (draft, list)
    }
}

/// Reads rows of prices: `new` are those of something that has none yet.
pub(crate) fn read_tiers(
    members: &mut Members<'_>,
    name: &'static str,
    (ids, new): (&mut dyn FnMut() -> Uuid, bool),
    faults: &mut Vec<FieldFault>,
) -> Vec<RowDraft<PriceTierId, crate::pricing::TierDraft>> {
    Rows { ids, new, faults }.read(members, name, |_, members, faults| read_tier(members, faults))
}

/// How a row is named: by an id, or by its own content.
trait RowId: Copy {
    /// Whether rows carry an `id`.
    const NAMED: bool;
    /// The id of a new row.
    fn made(ids: &mut dyn FnMut() -> Uuid) -> Self;
    /// The id that a request names.
    fn named(text: &str) -> Option<Self>;
}

impl RowId for () {
    const NAMED: bool = false;
    fn made(_: &mut dyn FnMut() -> Uuid) -> Self {}
    fn named(_: &str) -> Option<Self> {
        None
    }
}

macro_rules! named {
    ($($id:ty),*) => {$(
        impl RowId for $id {
            const NAMED: bool = true;
            fn made(ids: &mut dyn FnMut() -> Uuid) -> Self {
                Self(ids())
            }
            fn named(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )*};
}

named!(AddressId, AgreementId, ContactId, LaneId, PriceTierId, TaxProfileId);

/// Reads lists of rows.
struct Rows<'a> {
    ids: &'a mut dyn FnMut() -> Uuid,
    new: bool,
    faults: &'a mut Vec<FieldFault>,
}

impl Rows<'_> {
    fn read<I: RowId, T: Default>(
        &mut self,
        members: &mut Members<'_>,
        name: &'static str,
        row: impl Fn(I, &mut Members<'_>, &mut Vec<FieldFault>) -> T,
    ) -> Vec<RowDraft<I, T>> {
        let place = members.place(name);
        let Some(Some(list)) = members.list(name, self.faults) else { return Vec::new() };
        if list.len() > ROWS_MAX {
            self.faults.push(FieldFault::new(
                place,
                "too_many",
                format!("more than {ROWS_MAX} rows in one request"),
            ));
            return Vec::new();
        }
        let mut rows = Vec::new();
        for (at, value) in list.iter().enumerate() {
            let Some(mut members) = Members::open(value, &format!("{place}/{at}"), self.faults) else {
                continue;
            };
            if let Some((action, id)) = self.head::<I>(&mut members) {
                // A row that goes needs no members, but what it names is read all the same: nothing is ignored.
                let row = row(id, &mut members, self.faults);
                members.close(self.faults);
                rows.push(RowDraft { action, id, at, row });
            }
        }
        rows
    }

    /// `action` and `id` of a row; `None` when they are at fault.
    fn head<I: RowId>(&mut self, members: &mut Members<'_>) -> Option<(RowAction, I)> {
        let before = self.faults.len();
        let action = members.text("action", self.faults).flatten();
        let id = if I::NAMED { members.text("id", self.faults).flatten() } else { None };
        if self.faults.len() > before {
            return None;
        }
        let mut fault = |member: &str, code: &str, message: &str| {
            self.faults.push(FieldFault::new(members.place(member), code, message));
            None
        };
        let action = match action.as_deref() {
            Some("add") => RowAction::Add,
            None if self.new => RowAction::Add,
            None => {
                return fault(
                    "action",
                    "action_required",
                    "say what happens to the row: add, update or delete",
                );
            }
            Some("update" | "delete") if self.new => {
                return fault(
                    "action",
                    "action_invalid",
                    "a new account has no rows yet: only add is possible",
                );
            }
            Some("update") if I::NAMED => RowAction::Update,
            Some("delete") => RowAction::Delete,
            Some(_) if I::NAMED => {
                return fault("action", "action_invalid", "expected add, update or delete");
            }
            Some(_) => return fault("action", "action_invalid", "expected add or delete"),
        };
        match (action, id) {
            (RowAction::Add, Some(_)) => fault("id", "id_not_allowed", "a new row gets its id from Kith"),
            (RowAction::Add, None) => Some((action, I::made(self.ids))),
            _ if !I::NAMED => Some((action, I::made(&mut Uuid::nil))),
            (_, None) => fault("id", "id_required", "say which row it is"),
            (_, Some(text)) => match I::named(&text) {
                Some(id) => Some((action, id)),
                None => fault("id", "id_invalid", "this is not the id of such a row"),
            },
        }
    }
}

fn tax_id(value: &Value, faults: &mut Vec<FieldFault>) -> Option<TaxIdDraft> {
    if let Some(text) = value.as_str() {
        return Some(TaxIdDraft { kind: None, value: text.to_owned(), country: None });
    }
    let before = faults.len();
    let mut members = Members::open(value, "/tax_id", faults)?;
    let draft = TaxIdDraft {
        kind: members.text("kind", faults).flatten(),
        value: members.text("value", faults).flatten().unwrap_or_default(),
        country: members.text("country", faults).flatten(),
    };
    members.close(faults);
    (faults.len() == before).then_some(draft)
}

fn roles(rows: &[Value], faults: &mut Vec<FieldFault>) -> Vec<PartyRoleDraft> {
    let mut roles = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(role) = row.as_str() {
            roles.push(PartyRoleDraft { role: role.to_owned(), ..PartyRoleDraft::default() });
            continue;
        }
        let Some(mut members) = Members::open(row, &format!("/party_roles/{at}"), faults) else { continue };
        roles.push(PartyRoleDraft {
            role: members.text("role", faults).flatten().unwrap_or_default(),
            from: members.text("from", faults).flatten(),
            to: members.text("to", faults).flatten(),
            status: members.text("status", faults).flatten(),
        });
        members.close(faults);
    }
    roles
}

fn identifier(members: &mut Members<'_>, faults: &mut Vec<FieldFault>) -> IdentifierDraft {
    IdentifierDraft {
        kind: members.text("kind", faults).flatten().unwrap_or_default(),
        value: members.text("value", faults).flatten().unwrap_or_default(),
        issuer: members.text("issuer", faults).flatten(),
        valid_from: members.text("valid_from", faults).flatten(),
        valid_to: members.text("valid_to", faults).flatten(),
        verified: members.flag("verified", faults).flatten().unwrap_or_default(),
    }
}

fn dimension(members: &mut Members<'_>, faults: &mut Vec<FieldFault>) -> DimensionDraft {
    DimensionDraft {
        kind: members.text("type", faults).flatten().unwrap_or_default(),
        value: members.text("value", faults).flatten().unwrap_or_default(),
        entity: members.text("entity", faults).flatten(),
    }
}

fn contact(id: ContactId, members: &mut Members<'_>, faults: &mut Vec<FieldFault>) -> ContactDraft {
    let own = |text: Option<String>| text.map(|text| Personal::new(id, text));
    let many = |texts: Option<Vec<String>>| {
        texts.map(|texts| texts.into_iter().map(|text| Personal::new(id, text)).collect::<Vec<_>>())
    };
    // `email` and `phone` are short for a list of one.
    let single = |text: Option<String>| many(text.map(|text| vec![text]));
    let email = members.text("email", faults).map(single);
    let phone = members.text("phone", faults).map(single);
    ContactDraft {
        name: members.text("name", faults).map(own),
        title: members.text("title", faults).map(own),
        role: members.text("role", faults),
        emails: members.texts("emails", faults).map(many).or(email),
        phones: members.texts("phones", faults).map(many).or(phone),
        language: members.text("language", faults),
        is_primary: members.flag("is_primary", faults),
        status: members.text("status", faults),
        opted_out: members.flag("opted_out", faults),
        entity_visibility: members.texts("entity_visibility", faults),
    }
}

fn address(subject: &str, members: &mut Members<'_>, faults: &mut Vec<FieldFault>) -> AddressDraft {
    let lines = members.texts("lines", faults);
    AddressDraft {
        kinds: members.texts("kinds", faults),
        lines: lines.map(|lines| lines.map(|lines| Personal::new(subject, lines))),
        city: members.text("city", faults),
        state_province: members.text("state_province", faults),
        postal_code: members.text("postal_code", faults),
        country: members.text("country", faults),
        is_default: members.flag("is_default", faults),
        entity: members.text("entity", faults),
        un_locode: members.text("un_locode", faults),
        gln: members.text("gln", faults),
        dock_hours: members.text("dock_hours", faults),
        appointment_required: members.flag("appointment_required", faults),
        valid_from: members.text("valid_from", faults),
        valid_to: members.text("valid_to", faults),
        verification: members.text("verification", faults),
    }
}

fn lane(members: &mut Members<'_>, faults: &mut Vec<FieldFault>) -> LaneDraft {
    let (origin, origin_level) = lane_end("origin", members, faults);
    let (destination, destination_level) = lane_end("destination", members, faults);
    LaneDraft {
        origin,
        origin_level,
        destination,
        destination_level,
        mode: members.text("mode", faults),
        equipment: members.text("equipment", faults),
        service_level: members.text("service_level", faults),
        carriers_preferred: members.texts("carriers_preferred", faults),
        carriers_blocked: members.texts("carriers_blocked", faults),
        transit_days_target: members.number("transit_days_target", faults),
        volume_per_week: members.number("volume_per_week", faults),
        temp_min: members.number("temp_min", faults),
        temp_max: members.number("temp_max", faults),
        hazmat: members.flag("hazmat", faults),
        accessorials: members.texts("accessorials", faults),
        rate_ref: members.text("rate_ref", faults),
        priority: members.number("priority", faults),
        valid_from: members.text("valid_from", faults),
        valid_to: members.text("valid_to", faults),
    }
}

/// An end of a lane: a text such as `US.60607`, or `{"level", "value"}`.
fn lane_end(
    name: &'static str,
    members: &mut Members<'_>,
    faults: &mut Vec<FieldFault>,
) -> (Patched<String>, Patched<String>) {
    let place = members.place(name);
    let Some(Some(value)) = members.get(name).filter(|value| value.is_some_and(Value::is_object)) else {
        return (members.text(name, faults), None);
    };
    let Some(mut end) = Members::open(value, &place, faults) else { return (None, None) };
    let found = (end.text("value", faults), end.text("level", faults));
    end.close(faults);
    found
}

fn agreement(members: &mut Members<'_>, faults: &mut Vec<FieldFault>) -> AgreementDraft {
    AgreementDraft {
        number: members.text("number", faults),
        kind: members.text("kind", faults),
        title: members.text("title", faults),
        starts_on: members.text("starts_on", faults),
        ends_on: members.text("ends_on", faults),
    }
}
