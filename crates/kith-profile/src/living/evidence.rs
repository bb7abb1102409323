//! Which touchpoints stand behind a metric: the latest twenty, and how many in all.

use std::cmp::Reverse;

use crate::fact::{Fact, FactKind};
use crate::input::Lookup;
use crate::metric::engagement::{is_contact, points};
use crate::metric::service::is_grave;
use crate::metric::sheet::View;
use crate::metric::support::is_issue;

/// How many touchpoints are named.
const NAMED: usize = 20;

/// Touchpoints behind a value.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Log positions, latest first.
    pub(super) latest: Vec<u32>,
    /// How many in all.
    pub(super) count: u32,
    /// Time of the latest, in milliseconds.
    pub(super) observed_at: Option<u64>,
}

/// The touchpoints behind a metric's family within its window.
pub(super) fn evidence(view: &View<'_>, family: &str, window: Option<u16>) -> Evidence {
    let found = counted(view, family, window);
    let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let observed_at = found.first().map(|fact| fact.at());
    Evidence { latest: found.iter().take(NAMED).map(|fact| fact.seq).collect(), count, observed_at }
}

/// The facts behind a metric's family within its window, one for each touchpoint, latest first.
pub(super) fn counted<'a>(view: &View<'a>, family: &str, window: Option<u16>) -> Vec<&'a Fact> {
    let inside = |fact: &&Fact| window.is_none_or(|window| view.within(fact.day, window));
    let mut found: Vec<&Fact> =
        view.facts.iter().filter(inside).filter(|fact| concerns(family, fact)).collect();
    if family.starts_with("days_since_") || family == "last_order_on" {
        // The last one alone says when it was.
        let last = found.last().map(|fact| fact.day);
        found.retain(|fact| Some(fact.day) == last);
    } else if family == "first_order_on" {
        let first = found.first().map(|fact| fact.day);
        found.retain(|fact| Some(fact.day) == first);
    }
    gather(found, view.lookup)
}

fn gather<'a>(mut found: Vec<&'a Fact>, lookup: &dyn Lookup) -> Vec<&'a Fact> {
    found.sort_unstable_by_key(|fact| fact.seq);
    found.dedup_by_key(|fact| fact.seq);
    found.sort_unstable_by_key(|fact| Reverse(fact.at()));
    // Only those that share a moment need their names to be told apart.
    for group in found.chunk_by_mut(|one, other| one.at() == other.at()) {
        if group.len() > 1 {
            group.sort_by_cached_key(|fact| Reverse(lookup.source_id(fact.seq)));
        }
    }
    found
}

/// Whether a fact counts for a family.
fn concerns(family: &str, fact: &Fact) -> bool {
    use FactKind::{
        Claim, Competitor, CreditNote, Delivered, Exception, InquiryReceived, InquiryReopened,
        InquiryReplied, InquiryResolved, Invoice, Meeting, Order, OrderCancelled, Payment, PaymentReturned,
        PortalLogin, QuoteDecided, QuoteRequested, QuoteSent, Survey,
    };
    let any = |kinds: &[FactKind]| kinds.iter().any(|kind| fact.is(*kind));
    let survey = |flags: u8| fact.is(Survey) && fact.flags == flags;
    match family {
        "orders" | "order_value" => any(&[Order, OrderCancelled]),
        "days_since_last_order" | "first_order_on" | "last_order_on" => any(&[Order]),
        "on_time" | "in_full" | "otif" | "deliveries" => any(&[Delivered]),
        "exceptions" | "exception_rate" => any(&[Exception]),
        "claims" | "claim_value" | "claim_ratio" => any(&[Claim]),
        "service_issues" => {
            (fact.is(Exception) && is_grave(fact))
                || fact.is(Claim)
                || (fact.is(InquiryReceived) && is_issue(fact))
        }
        "inquiries" => any(&[InquiryReceived]),
        "complaints" => fact.is(InquiryReceived) && fact.flags & Fact::COMPLAINT != 0,
        "support_intensity" => fact.is(InquiryReceived) && fact.flags & Fact::SERVICE != 0,
        "first_response_hours" => any(&[InquiryReceived, InquiryReplied]),
        "resolution_hours" | "first_contact_resolution" => any(&[InquiryResolved, InquiryReopened]),
        "quotes_requested" => any(&[QuoteRequested]),
        "quotes_won" => fact.is(QuoteDecided) && fact.flags == Fact::WON,
        "quotes_lost" => fact.is(QuoteDecided) && fact.flags == Fact::LOST,
        "win_rate" | "quote_decision_hours" => any(&[QuoteDecided]),
        "quote_response_hours" => any(&[QuoteSent]),
        "days_to_pay"
        | "days_beyond_terms"
        | "weighted_terms_days"
        | "paid_on_time"
        | "open_balance"
        | "overdue_balance"
        | "oldest_overdue_days"
        | "unapplied_cash" => any(&[Invoice, CreditNote, Payment, PaymentReturned]),
        "portal_logins" | "portal_users" | "days_since_portal" => any(&[PortalLogin]),
        "nps" => survey(Fact::NPS),
        "csat" => survey(Fact::CSAT),
        "ces" => survey(Fact::CES),
        "survey_responses" => any(&[Survey]),
        "meetings" => any(&[Meeting]),
        "competitor_mentions" => any(&[Competitor]),
        "engagement" => points(fact) > 0,
        "days_since_contact" => is_contact(fact),
        "touchpoints" | "health" | "health_coverage" | "health_label" | "churn_risk" | "churn_label" => {
            fact.is_primary()
        }
        _ if family.starts_with("order_") => any(&[Order, OrderCancelled]),
        _ if family.starts_with("revenue") => any(&[Invoice, CreditNote]),
        _ => false,
    }
}
