//! Support: inquiries, response and resolution times, service issues.

use super::Name;
use super::service::is_grave;
use super::sheet::{Sheet, View, WINDOWS, median};
use crate::fact::{Fact, FactKind};

const SECONDS_AN_HOUR: f64 = 3_600.0;
const WEEK_MS: u64 = 7 * 86_400_000;

/// An inquiry and what became of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Inquiry {
    pub(crate) received: Fact,
    /// Business seconds to the first reply.
    pub(crate) first_reply: Option<i64>,
    /// The resolution that was not reopened, and the business seconds to it.
    pub(crate) resolved: Option<(Fact, i64)>,
    replies: usize,
    reopened: bool,
}

/// All inquiries that were received, by document.
pub(crate) fn inquiries(view: &View<'_>) -> Vec<Inquiry> {
    let mut found: Vec<&Fact> = view.kinds(FactKind::InquiryReceived, FactKind::InquiryReopened).to_vec();
    found.sort_unstable_by_key(|fact| (fact.doc, fact.at()));
    found.chunk_by(|one, other| one.doc == other.doc).filter_map(|group| inquiry(view, group)).collect()
}

fn inquiry(view: &View<'_>, group: &[&Fact]) -> Option<Inquiry> {
    let latest = |kind: FactKind| -> Option<&Fact> {
        let of_kind = group.iter().copied().filter(|fact| fact.is(kind));
        of_kind.reduce(|kept, next| if next.later_than(kept, view.lookup) { next } else { kept })
    };
    let received = *latest(FactKind::InquiryReceived)?;
    let replies = || group.iter().filter(|fact| fact.is(FactKind::InquiryReplied));
    let first = replies().find(|fact| fact.at() >= received.at());
    let reopened = latest(FactKind::InquiryReopened);
    let resolved = latest(FactKind::InquiryResolved);
    let resolved = resolved.filter(|resolved| reopened.is_none_or(|reopened| reopened.at() <= resolved.at()));
    let since = |fact: &Fact| fact.amount.saturating_sub(received.amount).max(0);
    Some(Inquiry {
        received,
        first_reply: first.map(|fact| since(fact)),
        resolved: resolved.map(|fact| (*fact, since(fact))),
        replies: replies().count(),
        reopened: reopened.is_some(),
    })
}

/// Business seconds to the first reply, of inquiries received in the window.
pub(crate) fn first_replies(view: &View<'_>, inquiries: &[Inquiry], window: u16) -> Vec<i64> {
    let inside = inquiries.iter().filter(|inquiry| view.within(inquiry.received.day, window));
    inside.filter_map(|inquiry| inquiry.first_reply).collect()
}

/// Business seconds to the resolution, of inquiries resolved in the window.
pub(crate) fn resolutions(view: &View<'_>, inquiries: &[Inquiry], window: u16) -> Vec<i64> {
    let resolved = inquiries.iter().filter_map(|inquiry| inquiry.resolved);
    resolved.filter(|(fact, _)| view.within(fact.day, window)).map(|(_, seconds)| seconds).collect()
}

/// Inquiries resolved at the first contact, and all resolved, in the window.
fn first_contacts(
    view: &View<'_>,
    inquiries: &[Inquiry],
    topics: &[(i64, u64)],
    window: u16,
) -> (usize, usize) {
    let mut all = 0;
    let mut first = 0;
    for inquiry in inquiries {
        let Some((fact, _)) = inquiry.resolved.filter(|(fact, _)| view.within(fact.day, window)) else {
            continue;
        };
        all += 1;
        let intent = inquiry.received.aux;
        let after = topics.partition_point(|topic| *topic <= (intent, fact.at()));
        let again = topics.get(after).is_some_and(|next| next.0 == intent && next.1 <= fact.at() + WEEK_MS);
        let again = intent != 0 && again;
        first += usize::from(inquiry.replies == 1 && !inquiry.reopened && !again);
    }
    (first, all)
}

/// Writes the metrics of inquiries.
pub(crate) fn compute(view: &View<'_>, sheet: &mut Sheet) {
    let inquiries = inquiries(view);
    let mut topics: Vec<(i64, u64)> =
        inquiries.iter().map(|inquiry| (inquiry.received.aux, inquiry.received.at())).collect();
    topics.sort_unstable();
    for (place, window) in WINDOWS.into_iter().enumerate() {
        let received = || inquiries.iter().filter(|inquiry| view.within(inquiry.received.day, window));
        let complaints = received().filter(|inquiry| inquiry.received.flags & Fact::COMPLAINT != 0).count();
        sheet.count(Name::Inquiries, place, received().count());
        sheet.count(Name::Complaints, place, complaints);
        let mut replies = first_replies(view, &inquiries, window);
        let hours = median(&mut replies).map(|seconds| seconds / SECONDS_AN_HOUR);
        sheet.number(Name::FirstResponse, place, replies.len(), hours);
        let mut ends = resolutions(view, &inquiries, window);
        let hours = median(&mut ends).map(|seconds| seconds / SECONDS_AN_HOUR);
        sheet.number(Name::Resolution, place, ends.len(), hours);
        let (first, all) = first_contacts(view, &inquiries, &topics, window);
        sheet.ratio(Name::FirstContact, place, first, all);
    }
}

/// Writes what service and support make together.
pub(crate) fn issues(view: &View<'_>, sheet: &mut Sheet) {
    let exceptions = view.latest(FactKind::Exception);
    let claims = view.latest(FactKind::Claim);
    let deliveries = view.latest(FactKind::Delivered);
    let received = view.latest(FactKind::InquiryReceived);
    for (place, window) in WINDOWS.into_iter().enumerate() {
        let count = |facts: &[&Fact], wanted: fn(&Fact) -> bool| {
            facts.iter().filter(|fact| view.within(fact.day, window) && wanted(fact)).count()
        };
        let issues = count(&exceptions, is_grave) + count(&claims, |_| true) + count(&received, is_issue);
        sheet.count(Name::ServiceIssues, place, issues);
        let service = count(&received, |fact| fact.flags & Fact::SERVICE != 0);
        let (rate, sample) = intensity(service, count(&deliveries, |_| true), window);
        sheet.number(Name::SupportIntensity, place, sample, Some(rate));
    }
}

/// Deliveries below which support intensity is told per 30 days.
pub(crate) const SHIPMENTS_LEAST: usize = 10;

/// Inquiries per 100 shipments, or per 30 days when there are too few; and the sample.
fn intensity(service: usize, shipments: usize, window: u16) -> (f64, usize) {
    if shipments < SHIPMENTS_LEAST {
        return (service as f64 * 30.0 / f64::from(window), service.max(1));
    }
    (service as f64 * 100.0 / shipments as f64, shipments)
}

/// Complaints and inquiries of priority P1 or P2 are service issues.
pub(crate) fn is_issue(fact: &Fact) -> bool {
    let priority = fact.flags & Fact::PRIORITY;
    fact.flags & Fact::COMPLAINT != 0 || priority == 1 || priority == 2
}

/// Mean and 90th percentile (nearest rank) of business seconds, in hours.
pub(crate) fn mean_and_p90(seconds: &mut [i64]) -> Option<(f64, f64)> {
    seconds.sort_unstable();
    let sum: i64 = seconds.iter().sum();
    let rank = (seconds.len() * 9).div_ceil(10).checked_sub(1)?;
    let p90 = *seconds.get(rank)?;
    Some((sum as f64 / seconds.len() as f64 / SECONDS_AN_HOUR, p90 as f64 / SECONDS_AN_HOUR))
}
