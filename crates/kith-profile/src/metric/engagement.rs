//! Portal, surveys, meetings, competitors; touchpoints, last contact and the decayed engagement score.

use super::sheet::{Sheet, View, WINDOWS};
use super::{Name, Value};
use crate::fact::{Fact, FactKind};

/// 2^(−1/30): what a day takes from engagement, whose half-life is 30 days (D§4.3).
const DAY_FACTOR: f64 = 0.977_159_968_434_245_9;
const DECAY_DAYS: usize = 366;

/// Powers of [`DAY_FACTOR`], the same bits everywhere.
static DECAY: [f64; DECAY_DAYS] = {
    let mut powers = [1.0; DECAY_DAYS];
    let mut day = 1;
    while day < DECAY_DAYS {
        powers[day] = powers[day - 1] * DAY_FACTOR;
        day += 1;
    }
    powers
};

/// Writes all metrics of portal, surveys, meetings and competitors.
pub(crate) fn compute(view: &View<'_>, sheet: &mut Sheet) {
    for (place, window) in WINDOWS.into_iter().enumerate() {
        let inside = |kind: FactKind| {
            let facts = view.kind(kind);
            let start = facts.partition_point(|fact| !view.within(fact.day, window));
            facts.get(start..).unwrap_or_default()
        };
        let mut users: Vec<u64> = inside(FactKind::PortalLogin).iter().map(|fact| fact.doc).collect();
        sheet.count(Name::PortalLogins, place, users.len());
        users.sort_unstable();
        users.dedup();
        sheet.count(Name::PortalUsers, place, users.len());
        sheet.count(Name::Meetings, place, inside(FactKind::Meeting).len());
        sheet.count(Name::Competitors, place, inside(FactKind::Competitor).len());
        surveys(view, inside(FactKind::Survey), place, sheet);
    }
    let last = view.kind(FactKind::PortalLogin).last();
    let days = last.map(|fact| f64::from(view.today - fact.day));
    sheet.number(Name::DaysSincePortal, 0, usize::from(last.is_some()), days);
}

fn surveys(view: &View<'_>, answers: &[&Fact], place: usize, sheet: &mut Sheet) {
    sheet.count(Name::SurveyResponses, place, answers.len());
    let of_kind = |flags: u8| answers.iter().filter(move |fact| fact.flags == flags);
    let mut nps: Vec<&Fact> = of_kind(Fact::NPS).copied().collect();
    // The latest answer of each respondent counts.
    nps.sort_unstable_by_key(|fact| fact.doc);
    nps.dedup_by(|next, kept| {
        let same = next.doc == kept.doc;
        if same && next.later_than(kept, view.lookup) {
            *kept = *next;
        }
        same
    });
    let promoters = nps.iter().filter(|fact| fact.aux >= 9).count() as f64;
    let detractors = nps.iter().filter(|fact| fact.aux <= 6).count() as f64;
    let index = (!nps.is_empty()).then(|| (promoters - detractors) * 100.0 / nps.len() as f64);
    sheet.number(Name::Nps, place, nps.len(), index);
    let satisfied = of_kind(Fact::CSAT).filter(|fact| fact.aux >= 4).count();
    sheet.ratio(Name::Csat, place, satisfied, of_kind(Fact::CSAT).count());
    let efforts = of_kind(Fact::CES).count();
    let sum: i64 = of_kind(Fact::CES).map(|fact| fact.aux).sum();
    sheet.number(Name::Ces, place, efforts, (efforts > 0).then(|| sum as f64 / efforts as f64));
}

/// Kinds that we do, or that nobody does: no contact. By bit.
const OURS: u32 = 1 << FactKind::Allocation as u32
    | 1 << FactKind::Competitor as u32
    | 1 << FactKind::CreditNote as u32
    | 1 << FactKind::Delivered as u32
    | 1 << FactKind::Exception as u32
    | 1 << FactKind::Invoice as u32
    | 1 << FactKind::InvoiceOrder as u32
    | 1 << FactKind::OrderLane as u32
    | 1 << FactKind::PromiseSettled as u32
    | 1 << FactKind::OrderMoved as u32
    | 1 << FactKind::QuoteSent as u32
    | 1 << FactKind::Telematics as u32;

/// Whether the customer did it or took part in it.
pub(crate) fn is_contact(fact: &Fact) -> bool {
    OURS >> (fact.kind & 31) & 1 == 0
}

/// Points of engagement (D§4.3) by kind, at most.
static POINTS: [u8; 32] = {
    let mut points = [0; 32];
    points[FactKind::Order as usize] = 5;
    points[FactKind::QuoteRequested as usize] = 4;
    points[FactKind::Meeting as usize] = 4;
    points[FactKind::InquiryReceived as usize] = 3;
    points[FactKind::Survey as usize] = 3;
    points[FactKind::PortalLogin as usize] = 1;
    points
};

/// Points of engagement of a fact: an amendment earns none, an inquiry only if it was written.
pub(crate) fn points(fact: &Fact) -> u32 {
    let amended = fact.is(FactKind::Order) && fact.flags & Fact::AMENDED != 0;
    let spoken = fact.is(FactKind::InquiryReceived) && fact.flags & Fact::WRITTEN == 0;
    if amended || spoken {
        return 0;
    }
    POINTS.get(usize::from(fact.kind)).copied().map_or(0, u32::from)
}

/// Writes touchpoints, last contact and engagement.
pub(crate) fn contact(view: &View<'_>, sheet: &mut Sheet) {
    let mut counts = [0_usize; 3];
    let mut score = 0.0;
    let mut days = 0;
    let start = view.facts.partition_point(|fact| !view.within(fact.day, 365));
    let mut rest = view.facts.get(start..).unwrap_or_default();
    while let Some(date) = rest.first().map(|fact| fact.day) {
        let mut primary = 0;
        let mut sum = 0;
        let mut end = 0;
        for fact in rest.iter().take_while(|fact| fact.day == date) {
            primary += usize::from(fact.is_primary());
            sum += points(fact);
            end += 1;
        }
        rest = rest.get(end..).unwrap_or_default();
        for (count, window) in counts.iter_mut().zip(WINDOWS) {
            *count += if view.within(date, window) { primary } else { 0 };
        }
        days += usize::from(sum > 0);
        score += f64::from(sum) * DECAY.get(usize::from(view.today - date)).copied().unwrap_or(0.0);
    }
    for (place, count) in counts.into_iter().enumerate() {
        sheet.count(Name::Touchpoints, place, count);
    }
    sheet.put(Name::Engagement, 0, days, Some(Value::Number(score as f32)));
    let last = view.facts.iter().rev().find(|fact| is_contact(fact));
    let days = last.map(|fact| f64::from(view.today - fact.day));
    sheet.number(Name::DaysSinceContact, 0, usize::from(last.is_some()), days);
}
