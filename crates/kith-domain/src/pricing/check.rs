//! The rules of rows of prices: from what was given to the rows as they would be, with every fault.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::overlap::{self, Placed};
use super::{PriceTier, PriceType, QtyBasis, TierDraft, UOM_DEFAULT};
use crate::account::{RowAction, RowChange, RowDraft};
use crate::refusal::FieldFault;
use crate::row::RowReader;
use crate::value::patch::Patched;
use crate::value::{AgreementId, Currency, EntityCode, PriceTierId};

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
                let mut one = One { rules, old: old.as_ref(), row: RowReader::new(&place, &mut faults) };
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
    old: Option<&'a PriceTier>,
    row: RowReader<'a>,
}

impl One<'_> {
    /// The row; `None` when it is at fault, and then every fault was noted.
    fn build(&mut self, id: PriceTierId, draft: &TierDraft) -> Option<PriceTier> {
        let old = self.old;
        let currency = self.currency(draft);
        let price_type = self.row.word("price_type", &draft.price_type, PriceType::CODES, PriceType::get);
        let price_type = price_type.or(old.map(|old| old.price_type)).unwrap_or_default();
        if price_type != PriceType::Fixed && !self.rules.relative {
            self.row.fault("price_type", "not_allowed", "a list price is fixed: it is relative to nothing");
        }
        let qty_basis = self.row.word("qty_basis", &draft.qty_basis, QtyBasis::CODES, QtyBasis::get);
        let (item, item_group) = self.what(draft);
        let min_qty = self
            .row
            .decimal("min_qty", draft.min_qty.as_ref(), QTY_PLACES)
            .map_or(old.map_or(Decimal::ONE, |old| old.min_qty), |given| given.unwrap_or(Decimal::ONE));
        let max_qty = self.row.decimal("max_qty", draft.max_qty.as_ref(), QTY_PLACES);
        let max_qty = max_qty.unwrap_or(old.and_then(|old| old.max_qty));
        if max_qty.is_some_and(|most| most < min_qty) {
            self.row.fault("max_qty", "ends_before_start", "the greatest quantity lies below the least one");
        }
        let price = self.price(draft, price_type, currency);
        let (effective_from, effective_to) = self.days(draft);
        let entity =
            self.row.entity(&draft.entity, old.and_then(|old| old.entity.as_ref()), self.rules.entities);
        let (uom, priority) = (self.uom(draft), self.priority(draft));
        let missing = ("agreement", "agreement_unknown", "there is no such agreement here");
        let held = old.and_then(|old| old.agreement);
        let agreement = self.row.id(missing, &draft.agreement, held, self.rules.agreements);
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
        self.row.is_clean().then_some(row)
    }

    fn currency(&mut self, draft: &TierDraft) -> Option<Currency> {
        let given = draft.currency.clone().flatten().or(draft.price_currency.clone().flatten());
        let Some(code) = given else {
            let known = self.old.map(|old| old.currency).or(self.rules.currency);
            if known.is_none() {
                self.row.fault("currency", "required", "say which currency the price is in");
            }
            return known;
        };
        let currency = code.trim().to_ascii_uppercase().parse::<Currency>();
        match (&currency, draft.price_currency.as_ref().and_then(Option::as_ref)) {
            (Err(error), _) => self.row.fault("currency", "currency_unknown", error),
            (Ok(currency), Some(other)) if !other.trim().eq_ignore_ascii_case(currency.code()) => {
                self.row.fault(
                    "price/currency",
                    "currency_differs",
                    "the row and its price name two currencies",
                );
            }
            _ => {}
        }
        currency.ok()
    }

    /// Item or group: exactly one of them.
    fn what(&mut self, draft: &TierDraft) -> (Option<String>, Option<String>) {
        let old = self.old;
        let mut item = self.row.text("item", &draft.item, 100, old.and_then(|old| old.item.clone()));
        let mut group =
            self.row.text("item_group", &draft.item_group, 100, old.and_then(|old| old.item_group.clone()));
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
                self.row.fault(
                    "item_group",
                    "item_or_group",
                    "a row prices an item or a group of items, not both",
                );
            }
            (None, None) if !named(&draft.item) && !named(&draft.item_group) => {
                self.row.fault("item", "required", "say which item, or which item_group, is priced");
            }
            _ => {}
        }
        (item, group)
    }

    fn uom(&mut self, draft: &TierDraft) -> String {
        let old = self.old.map(|old| old.uom.clone());
        let given = self.row.text("uom", &draft.uom, 20, old);
        given.map_or_else(|| UOM_DEFAULT.to_owned(), |uom| uom.to_uppercase())
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
            Some(Some(_)) => self.row.decimal("price", draft.price.as_ref(), places)?,
            None if self.old.is_some() => self.old.map(|old| old.price),
            _ => {
                self.row.fault("price", "required", "a row has a price");
                None
            }
        };
        let hundred = Decimal::ONE_HUNDRED;
        if price_type == PriceType::DiscountPct && price.is_some_and(|price| price > hundred) {
            self.row.fault("price", "out_of_range", "a discount is 100 per cent at most");
        }
        price
    }

    fn days(&mut self, draft: &TierDraft) -> (Option<Date>, Option<Date>) {
        let old = self.old;
        let first = self.row.date("effective_from", &draft.effective_from, old.map(|old| old.effective_from));
        let given = matches!(draft.effective_from, Some(Some(_)));
        let first = if given { first } else { first.or(self.rules.today) };
        if first.is_none() && !given {
            self.row.fault("effective_from", "required", "say from which day on it holds");
        }
        let last = self.row.date("effective_to", &draft.effective_to, old.and_then(|old| old.effective_to));
        self.row.period("effective_to", first, last);
        (first, last)
    }

    fn priority(&mut self, draft: &TierDraft) -> i32 {
        let Some(given) = draft.priority else { return self.old.map_or(0, |old| old.priority) };
        let fits = i32::try_from(given.unwrap_or_default()).ok();
        let fits = fits.filter(|priority| (-1_000..=1_000).contains(priority));
        if fits.is_none() {
            self.row.fault("priority", "out_of_range", "expected -1000 to 1000");
        }
        fits.unwrap_or_default()
    }
}
