//! Laws of prices: overlap against points, resolution against a naive specification, sums that never jump.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::{ask, tier, usd};
use crate::pricing::{
    Ask, OVERLAP_CODE, PriceTier, PriceType, QtyBasis, Source, SourceKind, overlaps, resolve,
};
use crate::story::uuid;
use crate::value::PriceTierId;

const DAYS: i64 = 12;
const QTYS: i64 = 12;

fn day(number: i64) -> Date {
    date(2026, 5, 26) + number.days()
}

prop_compose! {
    fn any_tier(id: u128)(
        from in 0..DAYS, days in prop::option::of(0..DAYS), min in 1..QTYS, more in prop::option::of(0..QTYS),
        priority in 0..2_i32, by_item in any::<bool>(), for_us in prop::option::of(any::<bool>()),
        enabled in prop::bool::weighted(0.9), price in 1..500_i64, eur in prop::bool::weighted(0.1),
    ) -> PriceTier {
        PriceTier {
            entity: for_us.map(|us| if us { "US" } else { "EU" }.parse().unwrap()),
            item: by_item.then(|| "A".into()),
            item_group: (!by_item).then(|| "G".into()),
            currency: if eur { "EUR".parse().unwrap() } else { usd() },
            min_qty: min.into(),
            max_qty: more.map(|more| (min + more).into()),
            price: Decimal::new(price, 2),
            effective_from: day(from),
            effective_to: days.map(|days| day(from + days)),
            priority,
            enabled,
            ..tier(id)
        }
    }
}

fn tiers(most: usize) -> impl Strategy<Value = Vec<PriceTier>> {
    prop::collection::vec(any_tier(0), 0..most).prop_map(|mut rows| {
        for (number, row) in rows.iter_mut().enumerate() {
            row.id = PriceTierId(uuid(number as u128 + 1));
        }
        rows
    })
}

/// Two rows share a whole quantity and a day, looked for point by point beyond all ends.
fn shares_a_point(one: &PriceTier, other: &PriceTier) -> bool {
    let points = (0..4 * DAYS).flat_map(|days| (0..4 * QTYS).map(move |qty| (day(days), Decimal::from(qty))));
    let mut both = points.filter(|(day, qty)| {
        one.in_force(*day) && other.in_force(*day) && one.holds(*qty) && other.holds(*qty)
    });
    both.next().is_some()
}

/// D§1.6 read aloud, without a sort: of two candidates, which goes first.
fn goes_first(one: &(usize, PriceTier), other: &(usize, PriceTier)) -> bool {
    let (a, b) = (&one.1, &other.1);
    if one.0 != other.0 {
        return one.0 < other.0;
    }
    if a.entity.is_some() != b.entity.is_some() {
        return a.entity.is_some();
    }
    if a.item.is_some() != b.item.is_some() {
        return a.item.is_some();
    }
    if a.priority != b.priority {
        return a.priority > b.priority;
    }
    if a.min_qty != b.min_qty {
        return a.min_qty > b.min_qty;
    }
    if a.effective_from != b.effective_from {
        return a.effective_from > b.effective_from;
    }
    a.id > b.id
}

fn naive(sources: &[(usize, PriceTier)], ask: &Ask) -> Option<PriceTierId> {
    let candidate = |row: &PriceTier| {
        row.enabled
            && (row.item.as_ref() == Some(&ask.item)
                || (row.item.is_none() && row.item_group == ask.item_group))
            && (row.entity.is_none() || row.entity.as_ref() == Some(&ask.entity))
            && row.currency == ask.currency
            && row.effective_from <= ask.date
            && row.effective_to.is_none_or(|last| ask.date <= last)
            && row.min_qty <= ask.qty
            && row.max_qty.is_none_or(|most| ask.qty <= most)
    };
    let all: Vec<_> = sources.iter().filter(|(_, row)| candidate(row)).collect();
    let first =
        all.iter().find(|one| all.iter().all(|other| one.1.id == other.1.id || goes_first(one, other)));
    first.map(|(_, row)| row.id)
}

proptest! {
    #[test]
    fn overlap_is_a_shared_point(one in any_tier(1), other in any_tier(2)) {
        let rivals = one.entity == other.entity && one.item == other.item && one.item_group == other.item_group
            && one.currency == other.currency && one.priority == other.priority;
        let expected = one.enabled && other.enabled && rivals && shares_a_point(&one, &other);
        prop_assert_eq!(overlaps(&one, &other), expected);
        prop_assert_eq!(overlaps(&other, &one), expected);
        prop_assert!(!OVERLAP_CODE.is_empty());
    }

    #[test]
    fn resolution_is_the_specification_whatever_the_order_of_rows(
        mine in tiers(6), group in tiers(6), qty in 1..15_i64, on in 0..2 * DAYS, turn in any::<prop::sample::Index>(),
    ) {
        let mut group = group;
        group.iter_mut().for_each(|row| row.id = PriceTierId(uuid(row.id.0.as_u128() + 100)));
        let ask = Ask { qty: qty.into(), date: day(on), ..ask("1") };
        let all: Vec<(usize, PriceTier)> =
            mine.iter().map(|row| (0, row.clone())).chain(group.iter().map(|row| (1, row.clone()))).collect();
        let expected = naive(&all, &ask);
        let found = |mine: &[PriceTier], group: &[PriceTier]| {
            let sources = [
                Source { kind: SourceKind::Account, owner: "a".into(), rows: mine },
                Source { kind: SourceKind::PriceGroup, owner: "g".into(), rows: group },
            ];
            let related = all.iter().filter(|(_, row)| row.item.is_some() || row.item_group.is_some()).count();
            match resolve(&sources, &ask, None) {
                Ok(priced) => {
                    assert_eq!(priced.trace.len() + 1, related, "every other row says why not");
                    Some((priced.row.id, priced.trace))
                }
                Err(none) => {
                    assert_eq!(none.trace.len(), related);
                    None
                }
            }
        };
        let first = found(&mine, &group);
        prop_assert_eq!(first.as_ref().map(|(id, _)| *id), expected);
        let (mut mine, mut group) = (mine, group);
        if !mine.is_empty() {
            let by = turn.index(mine.len());
            mine.rotate_left(by);
        }
        group.reverse();
        prop_assert_eq!(found(&mine, &group), first);
    }

    #[test]
    fn graduated_sums_never_jump_and_never_fall(widths in prop::collection::vec((1..20_i64, 0..1000_i64), 1..6)) {
        let mut rows = Vec::new();
        let mut from = 1;
        for (number, (width, cents)) in widths.iter().enumerate() {
            let open = number + 1 == widths.len();
            rows.push(PriceTier {
                min_qty: from.into(),
                max_qty: (!open).then(|| (from + width - 1).into()),
                price: Decimal::new(*cents, 2),
                price_type: PriceType::Fixed,
                qty_basis: QtyBasis::Graduated,
                ..tier(number as u128 + 1)
            });
            from += width;
        }
        let sources = [Source { kind: SourceKind::Account, owner: "a".into(), rows: &rows }];
        let total = |qty: i64| resolve(&sources, &Ask { qty: qty.into(), ..ask("1") }, None).unwrap();
        let mut before = 0;
        for qty in 1..from + 5 {
            let priced = total(qty);
            let step = priced.total.minor - before;
            // One more unit costs what the row that it falls into says: the sum is continuous and monotone.
            let unit = (priced.row.price * Decimal::ONE_HUNDRED).normalize();
            prop_assert_eq!(Decimal::from(step), unit);
            before = priced.total.minor;
        }
    }
}
