//! The rules of rows of prices: from what was given to the rows as they would be, with every fault.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::overlap::{self, Placed};
use super::{PriceTier, PriceType, QtyBasis, TierDraft, UOM_DEFAULT};
use crate::account::{RowAction, RowChange, RowDraft};
use crate::refusal::FieldFault;
use crate::value::patch::Patched;
use crate::value::{AgreementId, Currency, EntityCode, PriceTierId, line, parse_decimal};

/// Digits after the point of a quantity.
const QTY_PLACES: u32 = 4;
/// Digits after the point of a per cent.
const PCT_PLACES: u32 = 4;
/// Digits of a price beyond those of its currency (D§0.1).
const EXTRA_PLACES: u32 = 4;

/// What the rules of rows need to know of their owner.
#[derive(Debug, Clone)]
pub struct TierRules<'a> {
    /// Where the rows stand in the request, for example `/pricing`.
    pub place: &'a str,
    /// The legal entities and their currencies.
    pub entities: &'a BTreeMap<EntityCode, Currency>,
    /// The currency of a row that names none.
    pub currency: Option<Currency>,
    /// The first day of a row that names none.
    pub today: Option<Date>,
    /// Whether rows may be relative to a list price: not those of a price list itself.
    pub relative: bool,
    /// The agreements that a row may name.
    pub agreements: &'a BTreeSet<AgreementId>,
    /// Most rows of the owner.
    pub most: usize,
}

/// Digits after the point that a price of a currency may have.
pub(super) fn price_places(currency: Currency) -> u32 {
    u32::from(currency.exponent()).saturating_add(EXTRA_PLACES)
}

/// What the actions come to: the rows that are new, different or gone. With faults nothing is to be written.
#[must_use]
pub fn rows(
    rules: &TierRules<'_>,
    now: &[PriceTier],
    drafts: &[RowDraft<PriceTierId, TierDraft>],
) -> (Vec<RowChange<PriceTier>>, Vec<FieldFault>) {
    let mut faults = Vec::new();
    let mut after: Vec<Placed> =
        now.iter().map(|row| Placed { at: None, supersede: false, row: row.clone() }).collect();
    let mut seen = BTreeSet::new();
    for draft in drafts {
        let place = format!("{}/{}", rules.place, draft.at);
        let mut fault = |code: &str, message: &str| {
            faults.push(FieldFault::new(format!("{place}/id"), code, message));
        };
        if !seen.insert(draft.id) {
            fault("action_duplicate", "one row, one action in one request");
            continue;
        }
        let known = after.iter().position(|placed| placed.row.id == draft.id);
        match (draft.action, known) {
            (RowAction::Update | RowAction::Delete, None) => {
                fault("row_unknown", "there is no such row here");
            }
            (RowAction::Delete, Some(known)) => drop(after.remove(known)),
            (RowAction::Add | RowAction::Update, known) => {
                let old = known.and_then(|known| after.get(known)).map(|placed| placed.row.clone());
                let mut one = One { rules, place: &place, old: old.as_ref(), faults: &mut faults };
                let built = one.build(draft.id, &draft.row);
                let Some(row) = built else { continue };
                let supersede = draft.row.supersede.flatten().unwrap_or_default();
                let placed = Placed { at: Some(draft.at), supersede, row };
                match known.and_then(|known| after.get_mut(known)) {
                    Some(slot) => *slot = placed,
                    None => after.push(placed),
                }
            }
        }
    }
    if !drafts.is_empty() && after.len() > rules.most {
        let message = format!("more than {} rows", rules.most);
        faults.push(FieldFault::new(rules.place, "too_many", message));
        return (Vec::new(), faults);
    }
    overlap::supersede(&mut after);
    faults.extend(overlap::faults(rules.place, &after));
    (differences(now, &after), faults)
}

fn differences(now: &[PriceTier], after: &[Placed]) -> Vec<RowChange<PriceTier>> {
    let old: BTreeMap<PriceTierId, &PriceTier> = now.iter().map(|row| (row.id, row)).collect();
    let kept: BTreeSet<PriceTierId> = after.iter().map(|placed| placed.row.id).collect();
    let gone = now.iter().filter(|row| !kept.contains(&row.id)).cloned().map(RowChange::Removed);
    let made = after.iter().filter_map(|placed| match old.get(&placed.row.id) {
        Some(old) if **old == placed.row => None,
        Some(_) => Some(RowChange::Updated(placed.row.clone())),
        None => Some(RowChange::Added(placed.row.clone())),
    });
    gone.chain(made).collect()
}

/// One row that is being read.
struct One<'a> {
    rules: &'a TierRules<'a>,
    place: &'a str,
    old: Option<&'a PriceTier>,
    faults: &'a mut Vec<FieldFault>,
}

impl One<'_> {
    fn fault(&mut self, member: &str, code: &str, message: impl Display) {
        self.faults.push(FieldFault::new(format!("{}/{member}", self.place), code, message.to_string()));
    }

    /// The row; `None` when it is at fault, and then every fault was noted.
    fn build(&mut self, id: PriceTierId, draft: &TierDraft) -> Option<PriceTier> {
        let before = self.faults.len();
        let old = self.old;
        let currency = self.currency(draft);
        let price_type = self.word("price_type", &draft.price_type, PriceType::CODES, PriceType::get);
        let price_type = price_type.or(old.map(|old| old.price_type)).unwrap_or_default();
        if price_type != PriceType::Fixed && !self.rules.relative {
            self.fault("price_type", "not_allowed", "a list price is fixed: it is relative to nothing");
        }
        let qty_basis = self.word("qty_basis", &draft.qty_basis, QtyBasis::CODES, QtyBasis::get);
        let (item, item_group) = self.what(draft);
        let min_qty = self
            .decimal("min_qty", draft.min_qty.as_ref(), QTY_PLACES)
            .map_or(old.map_or(Decimal::ONE, |old| old.min_qty), |given| given.unwrap_or(Decimal::ONE));
        let max_qty = self.decimal("max_qty", draft.max_qty.as_ref(), QTY_PLACES);
        let max_qty = max_qty.unwrap_or(old.and_then(|old| old.max_qty));
        if max_qty.is_some_and(|most| most < min_qty) {
            self.fault("max_qty", "ends_before_start", "the greatest quantity lies below the least one");
        }
        let price = self.price(draft, price_type, currency);
        let (effective_from, effective_to) = self.days(draft);
        let (entity, uom) = (self.entity(draft), self.uom(draft));
        let (priority, agreement) = (self.priority(draft), self.agreement(draft));
        // Everything is read by now: nothing is left out because something before it is at fault.
        let row = PriceTier {
            id,
            entity,
            item,
            item_group,
            currency: currency?,
            uom,
            min_qty,
            max_qty,
            price_type,
            price: price?,
            effective_from: effective_from?,
            effective_to,
            qty_basis: qty_basis.or(old.map(|old| old.qty_basis)).unwrap_or_default(),
            priority,
            agreement,
            enabled: draft.enabled.map_or(old.is_none_or(|old| old.enabled), |on| on.unwrap_or(true)),
        };
        (self.faults.len() == before).then_some(row)
    }

    fn currency(&mut self, draft: &TierDraft) -> Option<Currency> {
        let given = draft.currency.clone().flatten().or(draft.price_currency.clone().flatten());
        let Some(code) = given else {
            let known = self.old.map(|old| old.currency).or(self.rules.currency);
            if known.is_none() {
                self.fault("currency", "required", "say which currency the price is in");
            }
            return known;
        };
        let currency = code.trim().to_ascii_uppercase().parse::<Currency>();
        match (&currency, draft.price_currency.as_ref().and_then(Option::as_ref)) {
            (Err(error), _) => self.fault("currency", "currency_unknown", error),
            (Ok(currency), Some(other)) if !other.trim().eq_ignore_ascii_case(currency.code()) => {
                self.fault("price/currency", "currency_differs", "the row and its price name two currencies");
            }
            _ => {}
        }
        currency.ok()
    }

    fn entity(&mut self, draft: &TierDraft) -> Option<EntityCode> {
        let Some(given) = &draft.entity else { return self.old.and_then(|old| old.entity.clone()) };
        let code = given.as_ref()?.trim().parse::<EntityCode>().ok();
        let code = code.filter(|code| self.rules.entities.contains_key(code));
        if code.is_none() {
            self.fault("entity", "entity_unknown", "there is no such legal entity");
        }
        code
    }

    /// Item or group: exactly one of them.
    fn what(&mut self, draft: &TierDraft) -> (Option<String>, Option<String>) {
        let old = self.old;
        let mut item = self.text("item", &draft.item, 100, old.and_then(|old| old.item.clone()));
        let mut group =
            self.text("item_group", &draft.item_group, 100, old.and_then(|old| old.item_group.clone()));
        // One that is newly named takes the place of the other.
        if item.is_some() && group.is_some() && old.is_some() {
            match (draft.item.is_some(), draft.item_group.is_some()) {
                (true, false) => group = None,
                (false, true) => item = None,
                _ => {}
            }
        }
        let named = |given: &Patched<String>| matches!(given, Some(Some(_)));
        match (&item, &group) {
            (Some(_), Some(_)) => {
                self.fault(
                    "item_group",
                    "item_or_group",
                    "a row prices an item or a group of items, not both",
                );
            }
            (None, None) if !named(&draft.item) && !named(&draft.item_group) => {
                self.fault("item", "required", "say which item, or which item_group, is priced");
            }
            _ => {}
        }
        (item, group)
    }

    fn text(
        &mut self,
        member: &str,
        given: &Patched<String>,
        most: usize,
        old: Option<String>,
    ) -> Option<String> {
        let Some(given) = given else { return old };
        match line(given.as_ref()?, most) {
            Ok(text) => Some(text),
            Err(error) => {
                self.fault(member, error.code(), error);
                None
            }
        }
    }

    fn uom(&mut self, draft: &TierDraft) -> String {
        let old = self.old.map(|old| old.uom.clone());
        let given = self.text("uom", &draft.uom, 20, old);
        given.map_or_else(|| UOM_DEFAULT.to_owned(), |uom| uom.to_uppercase())
    }

    fn word<T>(
        &mut self,
        member: &str,
        given: &Patched<String>,
        codes: &[&str],
        get: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let word = given.as_ref()?.as_ref()?;
        let found = get(word.trim());
        if found.is_none() {
            self.fault(member, "not_in_list", format!("expected one of {}", codes.join(", ")));
        }
        found
    }

    /// A number that is given; null passes through. `None` when it is absent or at fault.
    fn decimal(&mut self, member: &str, given: Option<&Option<String>>, places: u32) -> Patched<Decimal> {
        let Some(text) = given? else { return Some(None) };
        match parse_decimal(text, places) {
            Ok(number) => Some(Some(number)),
            Err(error) => {
                self.fault(member, error.code(), error);
                None
            }
        }
    }

    fn price(
        &mut self,
        draft: &TierDraft,
        price_type: PriceType,
        currency: Option<Currency>,
    ) -> Option<Decimal> {
        let per_cent = matches!(price_type, PriceType::DiscountPct | PriceType::MarkupPct);
        let places = if per_cent { PCT_PLACES } else { currency.map_or(8, price_places) };
        let price = match &draft.price {
            Some(Some(_)) => self.decimal("price", draft.price.as_ref(), places)?,
            None if self.old.is_some() => self.old.map(|old| old.price),
            _ => {
                self.fault("price", "required", "a row has a price");
                None
            }
        };
        let hundred = Decimal::ONE_HUNDRED;
        if price_type == PriceType::DiscountPct && price.is_some_and(|price| price > hundred) {
            self.fault("price", "out_of_range", "a discount is 100 per cent at most");
        }
        price
    }

    fn days(&mut self, draft: &TierDraft) -> (Option<Date>, Option<Date>) {
        let first = match &draft.effective_from {
            None => self.old.map(|old| old.effective_from).or(self.rules.today),
            Some(None) => self.rules.today,
            Some(Some(text)) => self.date("effective_from", text),
        };
        if first.is_none() && !matches!(draft.effective_from, Some(Some(_))) {
            self.fault("effective_from", "required", "say from which day on it holds");
        }
        let last = match &draft.effective_to {
            None => self.old.and_then(|old| old.effective_to),
            Some(None) => None,
            Some(Some(text)) => self.date("effective_to", text),
        };
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            self.fault("effective_to", "ends_before_start", "the last day lies before the first");
        }
        (first, last)
    }

    fn date(&mut self, member: &str, text: &str) -> Option<Date> {
        let day = text.trim().parse::<Date>().ok();
        if day.is_none() {
            self.fault(member, "date_invalid", "expected a date such as 2026-01-31");
        }
        day
    }

    fn priority(&mut self, draft: &TierDraft) -> i32 {
        let Some(given) = draft.priority else { return self.old.map_or(0, |old| old.priority) };
        let fits = i32::try_from(given.unwrap_or_default()).ok();
        let fits = fits.filter(|priority| (-1_000..=1_000).contains(priority));
        if fits.is_none() {
            self.fault("priority", "out_of_range", "expected -1000 to 1000");
        }
        fits.unwrap_or_default()
    }

    fn agreement(&mut self, draft: &TierDraft) -> Option<AgreementId> {
        let Some(given) = &draft.agreement else { return self.old.and_then(|old| old.agreement) };
        let id = given.as_ref()?.trim().parse::<AgreementId>().ok();
        let id = id.filter(|id| self.rules.agreements.contains(id));
        if id.is_none() {
            self.fault("agreement", "agreement_unknown", "there is no such agreement here");
        }
        id
    }
}
