//! Tests of prices: rows, overlap, resolution, graduated sums.

mod laws;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use super::*;
use crate::account::{RowAction, RowChange, RowDraft};
use crate::story::uuid;
use crate::value::{Currency, EntityCode, PriceTierId};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn usd() -> Currency {
    "USD".parse().unwrap()
}

/// A row that prices item A from 1 on, for 10.00.
pub(super) fn tier(id: u128) -> PriceTier {
    PriceTier {
        id: PriceTierId(uuid(id)),
        entity: None,
        item: Some("A".into()),
        item_group: None,
        currency: usd(),
        uom: UOM_DEFAULT.into(),
        min_qty: Decimal::ONE,
        max_qty: None,
        price_type: PriceType::Fixed,
        price: dec("10"),
        effective_from: date(2026, 1, 1),
        effective_to: None,
        qty_basis: QtyBasis::AllUnits,
        priority: 0,
        agreement: None,
        enabled: true,
    }
}

fn ask(qty: &str) -> Ask {
    Ask {
        entity: "US".parse().unwrap(),
        item: "A".into(),
        item_group: Some("G".into()),
        qty: dec(qty),
        uom: UOM_DEFAULT.into(),
        date: date(2026, 6, 1),
        currency: usd(),
    }
}

fn own(rows: &[PriceTier]) -> Vec<Source<'_>> {
    vec![Source { kind: SourceKind::Account, owner: "acc".into(), rows }]
}

#[track_caller]
fn price(rows: &[PriceTier], qty: &str) -> (String, String, u128) {
    let priced = resolve(&own(rows), &ask(qty), None).unwrap();
    (priced.unit.to_string(), priced.total.amount(), priced.row.id.0.as_u128())
}

#[test]
fn the_order_is_owner_entity_item_priority_quantity_date_age() {
    let us: EntityCode = "US".parse().unwrap();
    let ladder = [
        tier(1),
        PriceTier { id: PriceTierId(uuid(2)), ..tier(1) },
        PriceTier { effective_from: date(2026, 2, 1), ..tier(1) },
        PriceTier { min_qty: dec("2"), ..tier(1) },
        PriceTier { priority: 1, ..tier(1) },
    ];
    let reasons = ["created", "effective_from", "min_qty", "priority"];
    for (pair, reason) in ladder.windows(2).zip(reasons) {
        // The later rung wins though the other has the greater id.
        let low =
            PriceTier { id: PriceTierId(uuid(if reason == "created" { 1 } else { 9 })), ..pair[0].clone() };
        let high = PriceTier { id: PriceTierId(uuid(5)), ..pair[1].clone() };
        let rows = [low, high];
        let priced = resolve(&own(&rows), &ask("5"), None).unwrap();
        assert_eq!(priced.row.id, PriceTierId(uuid(5)), "{reason}");
        assert_eq!(priced.trace[0].reason.as_str(), format!("outranked_by_{reason}"));
    }
    let group = PriceTier { item: None, item_group: Some("G".into()), priority: 9, ..tier(9) };
    assert_eq!(price(&[group.clone(), tier(1)], "5").2, 1);
    let entity_group = PriceTier { entity: Some(us), ..group };
    assert_eq!(price(&[entity_group.clone(), tier(1)], "5").2, 9);
    let (mine, parents) = ([tier(1)], [entity_group]);
    let sources = [
        Source { kind: SourceKind::Account, owner: "me".into(), rows: &mine },
        Source { kind: SourceKind::Ancestor, owner: "parent".into(), rows: &parents },
    ];
    let priced = resolve(&sources, &ask("5"), None).unwrap();
    assert_eq!((priced.source, priced.trace[0].reason), (0, Reason::OutrankedByOwner));
}

#[test]
fn boundaries_are_inclusive() {
    let row = PriceTier {
        min_qty: dec("10"),
        max_qty: Some(dec("20")),
        effective_to: Some(date(2026, 6, 1)),
        ..tier(1)
    };
    let at = |qty: &str, day: Date| {
        resolve(&own(std::slice::from_ref(&row)), &Ask { date: day, ..ask(qty) }, None)
            .map(|_| ())
            .map_err(|none| none.trace[0].reason)
    };
    for qty in ["10", "20"] {
        for day in [date(2026, 1, 1), date(2026, 6, 1)] {
            assert_eq!(at(qty, day), Ok(()));
        }
    }
    assert_eq!(at("9.9999", date(2026, 6, 1)), Err(Reason::QuantityOutOfRange));
    assert_eq!(at("20.0001", date(2026, 6, 1)), Err(Reason::QuantityOutOfRange));
    assert_eq!(at("10", date(2025, 12, 31)), Err(Reason::NotInForce));
    assert_eq!(at("10", date(2026, 6, 2)), Err(Reason::NotInForce));
}

#[test]
fn relative_prices_need_a_list_price_and_round_away_from_zero() {
    let discount = PriceTier { price_type: PriceType::DiscountPct, price: dec("12.5"), ..tier(1) };
    let fixed = PriceTier { price: dec("99"), priority: -1, ..tier(2) };
    let rows = [discount.clone(), fixed];
    let priced = resolve(&own(&rows), &ask("1"), None).unwrap();
    assert_eq!((priced.unit, priced.trace[0].reason), (dec("99"), Reason::NoListPrice));
    let list = [PriceTier { price: dec("0.33333"), ..tier(3) }];
    let mut sources = own(&rows);
    sources.push(Source { kind: SourceKind::PriceList, owner: "WHOLESALE".into(), rows: &list });
    // 0.33333 × 0.875 = 0.29166375 → 0.291664; × 3 = 0.874992 → 0.87.
    let priced = resolve(&sources, &ask("3"), None).unwrap();
    assert_eq!((priced.unit.to_string(), priced.total.amount()), ("0.291664".into(), "0.87".into()));
    let expected = [
        (PriceType::MarkupPct, "50", "0.499995"),
        (PriceType::DiscountAmt, "0.1", "0.23333"),
        (PriceType::DiscountAmt, "5", "0"),
    ];
    for (price_type, by, unit) in expected {
        let rows = [PriceTier { price_type, price: dec(by), ..tier(1) }];
        let mut sources = own(&rows);
        sources.push(Source { kind: SourceKind::StandardPrice, owner: "STD".into(), rows: &list });
        let priced = resolve(&sources, &ask("1"), None).unwrap();
        assert_eq!(priced.unit, dec(unit), "{price_type:?} {by}");
    }
    let half = [PriceTier { price: dec("0.125"), ..tier(1) }];
    assert_eq!(price(&half, "1").1, "0.13", "half away from zero, not to even");
    assert_eq!(price(&half, "3").1, "0.38");
}

#[test]
fn graduated_prices_sum_their_bands() {
    let band = |id, min: &str, max: Option<&str>, price: &str| PriceTier {
        min_qty: dec(min),
        max_qty: max.map(dec),
        price: dec(price),
        qty_basis: QtyBasis::Graduated,
        ..tier(id)
    };
    let rows = [band(1, "1", Some("10"), "10"), band(2, "11", Some("100"), "8"), band(3, "101", None, "5")];
    for (qty, total, winner) in [
        ("1", "10.00", 1),
        ("10", "100.00", 1),
        ("11", "108.00", 2),
        ("100", "820.00", 2),
        ("101", "825.00", 3),
        ("200", "1320.00", 3),
    ] {
        let (_, amount, row) = price(&rows, qty);
        assert_eq!((amount.as_str(), row), (total, winner), "{qty}");
    }
    let priced = resolve(&own(&rows), &ask("200"), None).unwrap();
    let bands: Vec<String> = priced.bands.iter().map(|band| band.qty.to_string()).collect();
    assert_eq!(bands, ["10", "90", "100"]);
    assert_eq!(priced.unit, dec("6.6"));
    let gap = [band(1, "1", Some("10"), "10"), band(2, "13", None, "8")];
    let none = resolve(&own(&gap), &ask("20"), None).unwrap_err();
    assert!(none.trace.iter().any(|rejected| rejected.reason == Reason::GraduatedGap));
}

#[test]
fn another_currency_counts_only_when_it_may_and_has_a_rate() {
    let eur = [PriceTier { currency: "EUR".parse().unwrap(), price: dec("9.99"), ..tier(1) }];
    let none = resolve(&own(&eur), &ask("1"), None).unwrap_err();
    assert_eq!(none.trace[0].reason, Reason::OtherCurrency);
    let priced = resolve(&own(&eur), &ask("3"), Some(&|_| Some(dec("1.0842")))).unwrap();
    assert_eq!((priced.unit, priced.total.amount()), (dec("10.831158"), "32.49".to_owned()));
    assert_eq!(priced.rate, Some(dec("1.0842")));
    assert!(resolve(&own(&eur), &ask("1"), Some(&|_| None)).is_err());
    let both = [eur[0].clone(), PriceTier { priority: -5, ..tier(2) }];
    let priced = resolve(&own(&both), &ask("1"), Some(&|_| Some(dec("1.0842")))).unwrap();
    assert_eq!(priced.rate, None, "a price in the asked currency goes before any converted one");
}

fn rules<'a>(entities: &'a BTreeMap<EntityCode, Currency>) -> TierRules<'a> {
    static NONE: BTreeSet<crate::value::AgreementId> = BTreeSet::new();
    let today = Some(date(2026, 6, 1));
    TierRules {
        place: "/pricing",
        entities,
        currency: Some(usd()),
        today,
        relative: true,
        agreements: &NONE,
        most: 50,
    }
}

fn add(at: usize, id: u128, row: TierDraft) -> RowDraft<PriceTierId, TierDraft> {
    RowDraft { action: RowAction::Add, id: PriceTierId(uuid(id)), at, row }
}

fn draft(item: &str, price: &str) -> TierDraft {
    TierDraft { item: Some(Some(item.into())), price: Some(Some(price.into())), ..TierDraft::default() }
}

#[test]
fn every_fault_of_a_row_is_named() {
    let entities = [("US".parse().unwrap(), usd())].into();
    let text = |text: &str| Some(Some(text.to_owned()));
    let wrong = TierDraft {
        entity: text("ZZ"),
        item_group: text("G"),
        currency: text("ZZZ"),
        min_qty: text("5"),
        max_qty: text("4"),
        price_type: text("gift"),
        effective_from: text("2026-02-01"),
        effective_to: text("2026-01-01"),
        qty_basis: text("some"),
        priority: Some(Some(5000)),
        agreement: text("agr_x"),
        ..draft("A", "-1")
    };
    let (changes, faults) =
        rows(&rules(&entities), &[], &[add(0, 1, wrong), add(1, 2, TierDraft::default())]);
    assert_eq!(changes, vec![]);
    let mut found: Vec<&str> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
    found.sort_unstable();
    let wanted = [
        "/pricing/0/agreement",
        "/pricing/0/currency",
        "/pricing/0/effective_to",
        "/pricing/0/entity",
        "/pricing/0/item_group",
        "/pricing/0/max_qty",
        "/pricing/0/price",
        "/pricing/0/price_type",
        "/pricing/0/priority",
        "/pricing/0/qty_basis",
        "/pricing/1/item",
        "/pricing/1/price",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn a_row_supersedes_what_it_meets() {
    let entities = BTreeMap::new();
    let now = [tier(1)];
    let (_, faults) = rows(&rules(&entities), &now, &[add(0, 2, draft("A", "9"))]);
    assert_eq!(faults[0].code, OVERLAP_CODE);
    assert!(faults[0].message.contains(&tier(1).id.to_string()), "{}", faults[0].message);
    let newer = TierDraft { supersede: Some(Some(true)), ..draft("A", "9") };
    let (changes, faults) = rows(&rules(&entities), &now, &[add(0, 2, newer.clone())]);
    assert_eq!(faults, vec![]);
    let ended = PriceTier { effective_to: Some(date(2026, 5, 31)), ..tier(1) };
    assert_eq!(changes[0], RowChange::Updated(ended));
    assert!(matches!(&changes[1], RowChange::Added(row) if row.effective_from == date(2026, 6, 1)));
    // One that begins on the same day cannot end before: it is switched off.
    let same_day = [PriceTier { effective_from: date(2026, 6, 1), ..tier(1) }];
    let (changes, faults) = rows(&rules(&entities), &same_day, &[add(0, 2, newer.clone())]);
    assert_eq!(faults, vec![]);
    assert!(matches!(&changes[0], RowChange::Updated(row) if !row.enabled));
    // One that goes on after the new one has ended would be lost: refused.
    let longer = TierDraft { effective_to: Some(Some("2026-07-01".into())), ..newer };
    let (_, faults) = rows(&rules(&entities), &same_day, &[add(0, 2, longer)]);
    assert_eq!(faults[0].code, OVERLAP_CODE);
}

#[test]
fn rows_are_updated_and_deleted_by_their_ids() {
    let entities = BTreeMap::new();
    let now = [tier(1), PriceTier { item: Some("B".into()), ..tier(2) }];
    let act = |action, id: u128, row| RowDraft { action, id: PriceTierId(uuid(id)), at: 0, row };
    let raise = TierDraft { price: Some(Some("11.5".into())), ..TierDraft::default() };
    let (changes, faults) = rows(
        &rules(&entities),
        &now,
        &[act(RowAction::Update, 1, raise.clone()), act(RowAction::Delete, 2, raise.clone())],
    );
    assert_eq!(faults, vec![]);
    let raised = PriceTier { price: dec("11.5"), ..tier(1) };
    assert_eq!(changes, vec![RowChange::Removed(now[1].clone()), RowChange::Updated(raised)]);
    let (_, faults) = rows(&rules(&entities), &now, &[act(RowAction::Update, 3, raise)]);
    assert_eq!(faults[0].code, "row_unknown");
}

#[test]
fn decimals_are_exact_and_bounded() {
    use crate::value::{DecimalError, parse_decimal};
    assert_eq!(parse_decimal(" 0012.5000 ", 2), Ok(dec("12.5")));
    assert_eq!(parse_decimal("-0.00", 2), Ok(Decimal::ZERO));
    assert_eq!(parse_decimal("1.005", 2), Err(DecimalError::Digits(2)));
    assert_eq!(parse_decimal("-1", 2), Err(DecimalError::Negative));
    assert_eq!(parse_decimal("99999999999", 2), Err(DecimalError::Range));
    for text in ["", ".", "1e5", "1,5", "1.2.3", "٣"] {
        assert_eq!(parse_decimal(text, 2), Err(DecimalError::Syntax), "{text}");
    }
}
