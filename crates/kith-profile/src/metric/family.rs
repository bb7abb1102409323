//! The families of metrics: one line each, spread over their windows into the catalogue.

use super::{Direction, Metric, MetricKind};
use Direction::{Down, Neutral, Up};
use MetricKind::{Count, Date, Days, Hours, Label, Money, Number, Ratio};

/// What is computed together; the bits of an account's dirty parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Orders, gaps, trends.
    Orders,
    /// Revenue and its trends.
    Revenue,
    /// Deliveries, exceptions, claims.
    Service,
    /// Inquiries and response times.
    Support,
    /// Service issues and support intensity, made of service and support.
    Issues,
    /// Quotes.
    Quotes,
    /// Payment behaviour and balances.
    Payments,
    /// Portal, surveys, meetings, competitors.
    Engagement,
    /// Touchpoints of any kind, last contact, the engagement score.
    Contact,
    /// Health.
    Health,
}

impl Part {
    /// The bit of the part.
    pub(crate) fn bit(self) -> u16 {
        1 << self as u16
    }

    /// All parts.
    pub(crate) const ALL: u16 = 0x3ff;
}

/// One family.
#[derive(Debug)]
pub(crate) struct Family {
    pub(crate) base: &'static str,
    title: &'static str,
    kind: MetricKind,
    unit: &'static str,
    windows: &'static [u16],
    n_min: u32,
    formula: &'static str,
    direction: Direction,
    part: Part,
    by_entity: bool,
    description: &'static str,
}

const ALL: &[u16] = &[30, 90, 365];
const LONG: &[u16] = &[90, 365];
const NONE: &[u16] = &[];
const TREND: &[&str] = &["declining", "flat", "growing"];
const BAND: &[&str] = &["critical", "at_risk", "watch", "healthy"];
const RISK: &[&str] = &["low", "medium", "high", "critical"];

macro_rules! families {
    ($($name:ident $base:literal $title:literal $kind:expr, $unit:literal $windows:ident $n:literal $formula:literal
        $direction:ident $part:ident $entity:literal $text:literal;)*) => {
        /// The families by name, in the order of the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Name { $($name),* }

        pub(crate) const FAMILIES: &[Family] = &[$(Family {
            base: $base, title: $title, kind: $kind, unit: $unit, windows: $windows, n_min: $n,
            formula: $formula, direction: $direction, part: Part::$part, by_entity: $entity, description: $text,
        }),*];
    };
}

families! {
    Orders "orders" "Orders" Count, "orders" ALL 1 "order_volume@1" Up Orders true
        "Orders placed and not cancelled, by the day they were placed.";
    OrderValue "order_value" "Order value" Money, "money" ALL 1 "order_volume@1" Up Orders true
        "Sum of the latest values of orders placed and not cancelled.";
    OrderFrequency "order_frequency" "Orders a week" Number, "orders/week" ALL 3 "order_frequency@1" Up Orders true
        "Orders divided by the weeks of the window since the first order (at least one).";
    OrderGap "order_gap_days" "Days between orders" Days, "days" ALL 3 "order_gap@1" Down Orders true
        "Median of the days between one order and the next within the window.";
    OrderTrend "order_trend" "Order trend" Ratio, "fraction/week" ALL 8 "order_trend@1" Up Orders true
        "Theil–Sen slope of orders a week over 13 or 52 complete ISO weeks, relative to max(median, mean, 1); 30 days: change against the 30 days before.";
    OrderTrendP "order_trend_p" "Order trend, p" Ratio, "probability" LONG 8 "order_trend@1" Neutral Orders true
        "Two-sided Mann–Kendall p of the weekly orders, with correction for ties.";
    OrderTrendSlope "order_trend_slope" "Order trend, slope" Number, "orders/week²" LONG 8 "order_trend@1" Up Orders true
        "Theil–Sen slope of orders a week, absolute.";
    OrderTrendOls "order_trend_ols" "Order trend, least squares" Number, "orders/week²" LONG 8 "order_trend@1" Up Orders true
        "Least-squares slope of orders a week; shown, not used for labels.";
    OrderTrendLabel "order_trend_label" "Order trend, label" Label(TREND), "label" ALL 8 "order_trend@1" Up Orders true
        "Declining or growing by at least 1 % a week with p < 0.10 (30 days: by 20 %), else flat.";
    DaysSinceLastOrder "days_since_last_order" "Days since last order" Days, "days" NONE 1 "recency@1" Down Orders true
        "Days from the last order placed and not cancelled.";
    FirstOrderOn "first_order_on" "First order" Date, "date" NONE 1 "recency@1" Neutral Orders true
        "Day of the first order placed and not cancelled.";
    LastOrderOn "last_order_on" "Last order" Date, "date" NONE 1 "recency@1" Neutral Orders true
        "Day of the last order placed and not cancelled.";

    Revenue "revenue" "Revenue" Money, "money" ALL 1 "revenue@1" Up Revenue true
        "Invoiced net of credit notes, by their own days.";
    RevenueTrend "revenue_trend" "Revenue trend" Ratio, "fraction/week" ALL 8 "revenue_trend@1" Up Revenue true
        "As the order trend, over revenue a week (in minor units).";
    RevenueTrendP "revenue_trend_p" "Revenue trend, p" Ratio, "probability" LONG 8 "revenue_trend@1" Neutral Revenue true
        "Two-sided Mann–Kendall p of the weekly revenue.";
    RevenueTrendLabel "revenue_trend_label" "Revenue trend, label" Label(TREND), "label" ALL 8 "revenue_trend@1" Up Revenue true
        "As the label of the order trend, over revenue.";

    OnTime "on_time" "On time" Ratio, "fraction" ALL 5 "on_time@1" Up Service false
        "Deliveries not after their promise, of those with a promise and of orders past their promise without delivery.";
    InFull "in_full" "In full" Ratio, "fraction" ALL 5 "in_full@1" Up Service false
        "Deliveries that were complete, of those that say so.";
    Otif "otif" "On time in full" Ratio, "fraction" ALL 5 "otif@1" Up Service false
        "Deliveries on time and complete, of those that say both and of orders past their promise without delivery.";
    Deliveries "deliveries" "Deliveries" Count, "deliveries" ALL 1 "deliveries@1" Up Service false
        "Orders delivered.";
    Exceptions "exceptions" "Exceptions" Count, "exceptions" ALL 1 "exceptions@1" Down Service false
        "Shipment exceptions detected, of any severity.";
    ExceptionRate "exception_rate" "Exception rate" Ratio, "fraction" ALL 10 "exception_rate@1" Down Service false
        "Shipments with an exception of medium severity or more, of all shipments delivered or so hit.";
    Claims "claims" "Claims" Count, "claims" ALL 1 "claims@1" Down Service false
        "Claims filed.";
    ClaimValue "claim_value" "Claim value" Money, "money" ALL 1 "claims@1" Down Service false
        "Sum of the amounts of claims filed.";
    ClaimRatio "claim_ratio" "Claim ratio" Ratio, "claims/delivery" ALL 20 "claim_ratio@1" Down Service false
        "Claims filed per shipment delivered.";

    ServiceIssues "service_issues" "Service issues" Count, "issues" ALL 1 "service_issues@1" Down Issues false
        "Exceptions of medium severity or more, claims, complaints, and inquiries of priority P1 or P2.";
    Inquiries "inquiries" "Inquiries" Count, "inquiries" ALL 1 "inquiries@1" Neutral Support false
        "Inquiries received.";
    Complaints "complaints" "Complaints" Count, "inquiries" ALL 1 "complaints@1" Down Support false
        "Inquiries whose intent is a complaint.";
    SupportIntensity "support_intensity" "Support intensity" Number, "inquiries/100 deliveries" ALL 1 "support_intensity@1" Down Issues false
        "Service inquiries per 100 deliveries; with fewer than 10 deliveries, per 30 days.";
    FirstResponse "first_response_hours" "First response" Hours, "business hours" ALL 3 "first_response@1" Down Support false
        "Median business hours (Mon–Fri 08–18) from an inquiry received in the window to its first reply.";
    Resolution "resolution_hours" "Resolution" Hours, "business hours" ALL 3 "resolution@1" Down Support false
        "Median business hours from an inquiry to its resolution within the window; reopening continues the clock.";
    FirstContact "first_contact_resolution" "First-contact resolution" Ratio, "fraction" ALL 5 "fcr@1" Up Support false
        "Inquiries resolved with exactly one reply, not reopened, and not followed by one of the same intent within 7 days.";

    QuotesRequested "quotes_requested" "Quotes requested" Count, "quotes" ALL 1 "quotes@1" Up Quotes false
        "Quotes asked for.";
    QuotesWon "quotes_won" "Quotes won" Count, "quotes" ALL 1 "quotes@1" Up Quotes false
        "Quotes won, by the day of the decision.";
    QuotesLost "quotes_lost" "Quotes lost" Count, "quotes" ALL 1 "quotes@1" Down Quotes false
        "Quotes lost, by the day of the decision.";
    WinRate "win_rate" "Win rate" Ratio, "fraction" ALL 5 "win_rate@1" Up Quotes false
        "Quotes won of those won, lost or expired.";
    QuoteResponse "quote_response_hours" "Quote response" Hours, "hours" ALL 3 "quote_response@1" Down Quotes false
        "Median hours from a quote's request to its first sending, for quotes sent in the window.";
    QuoteDecision "quote_decision_hours" "Quote decision" Hours, "hours" ALL 3 "quote_decision@1" Neutral Quotes false
        "Median hours from a quote's first sending to the customer's decision, for quotes decided in the window.";

    DaysToPay "days_to_pay" "Days to pay" Days, "days" ALL 3 "adp@1" Down Payments true
        "Average days from invoice to payment, by amount; what is open past due counts as if paid today. Invoices issued in the window.";
    BeyondTerms "days_beyond_terms" "Days beyond terms" Days, "days" ALL 3 "dbt@1" Down Payments true
        "Average days paid after the due day, by amount, early as 0; what is open past due counts as if paid today.";
    Terms "weighted_terms_days" "Terms" Days, "days" ALL 3 "weighted_terms@1" Neutral Payments true
        "Average days from invoice to due day, by amount, over the invoices of the window.";
    PaidOnTime "paid_on_time" "Paid on time" Ratio, "fraction" ALL 3 "paid_on_time@1" Up Payments true
        "Invoices paid by 3 days after the due day, of those paid or overdue.";
    OpenBalance "open_balance" "Open balance" Money, "money" NONE 1 "open_items@1" Neutral Payments true
        "What invoices still ask for.";
    OverdueBalance "overdue_balance" "Overdue balance" Money, "money" NONE 1 "open_items@1" Down Payments true
        "The part of the open balance whose due day has passed.";
    OldestOverdue "oldest_overdue_days" "Oldest overdue" Days, "days" NONE 1 "open_items@1" Down Payments true
        "Days since the due day of the oldest invoice that is open past due; 0 when there is none.";
    Unapplied "unapplied_cash" "Unapplied cash" Money, "money" NONE 1 "open_items@1" Neutral Payments true
        "Payments and credit notes that pay no invoice yet.";

    PortalLogins "portal_logins" "Portal visits" Count, "logins" ALL 1 "portal@1" Up Engagement false
        "Visits to the portal.";
    PortalUsers "portal_users" "Portal users" Count, "users" ALL 1 "portal@1" Up Engagement false
        "Different users of the portal.";
    DaysSincePortal "days_since_portal" "Days since portal visit" Days, "days" NONE 1 "recency@1" Down Engagement false
        "Days from the last visit to the portal.";
    Nps "nps" "NPS" Number, "index" ALL 5 "nps@1" Up Engagement false
        "Share of promoters (9–10) less share of detractors (0–6), −100 to 100, latest answer of each respondent.";
    Csat "csat" "CSAT" Ratio, "fraction" ALL 5 "csat@1" Up Engagement false
        "Answers 4 or 5 of 5.";
    Ces "ces" "Customer effort" Number, "score 1–7" ALL 5 "ces@1" Up Engagement false
        "Mean ease, 1 to 7, 7 the easiest.";
    SurveyResponses "survey_responses" "Survey answers" Count, "answers" ALL 1 "surveys@1" Up Engagement false
        "Survey answers of any kind.";
    Meetings "meetings" "Meetings" Count, "meetings" ALL 1 "meetings@1" Up Engagement false
        "Meetings held.";
    Competitors "competitor_mentions" "Competitor mentions" Count, "mentions" ALL 1 "competitors@1" Down Engagement false
        "Times a competitor was named.";
    Engagement "engagement" "Engagement" Number, "score" NONE 1 "engagement@1" Up Contact false
        "Sum over the last 365 days, by day, halving every 30 days: order 5, quote request 4, meeting 4, inquiry by e-mail 3, survey 3, portal visit 1.";
    Touchpoints "touchpoints" "Touchpoints" Count, "touchpoints" ALL 1 "touchpoints@1" Neutral Contact false
        "Touchpoints of any kind.";
    DaysSinceContact "days_since_contact" "Days since contact" Days, "days" NONE 1 "recency@1" Down Contact false
        "Days from the last thing the customer did or took part in (not deliveries, exceptions, invoices, credit notes, telematics).";

    Health "health" "Relationship health" Number, "score 0–100" NONE 1 "health@1" Up Health false
        "Weighted mean of the available components, plus modifiers; what moves it is told by its drivers.";
    HealthCoverage "health_coverage" "Health coverage" Ratio, "fraction" NONE 1 "health@1" Up Health false
        "Weight of the components that were available; below one half health is provisional.";
    HealthLabel "health_label" "Health band" Label(BAND), "label" NONE 1 "health@1" Up Health false
        "Healthy from 75, watch from 50, at risk from 30, critical below.";

    ChurnRisk "churn_risk" "Churn risk" Ratio, "fraction" NONE 3 "churn_rule@1" Down Health false
        "Chance that a customer of at least three orders in a year orders no more within 90 days, by a rule over silence, declining orders, deliveries, claims, competitors, the end of its agreement and engagement.";
    ChurnLabel "churn_label" "Churn band" Label(RISK), "label" NONE 3 "churn_rule@1" Down Health false
        "Medium from 15 %, high from 35 %, critical from 60 %.";
}

const fn width(family: &Family) -> u16 {
    if family.windows.is_empty() { 1 } else { family.windows.len() as u16 }
}

/// Place of the first metric of every family.
static OFFSETS: [u16; FAMILIES.len()] = {
    let mut offsets = [0; FAMILIES.len()];
    let mut place = 1;
    while place < offsets.len() {
        offsets[place] = offsets[place - 1] + width(&FAMILIES[place - 1]);
        place += 1;
    }
    offsets
};

impl Name {
    /// The place of the family's first metric; the others follow in the order of their windows.
    pub(crate) fn first(self) -> u16 {
        OFFSETS.get(self as usize).copied().unwrap_or(0)
    }
}

pub(super) fn build() -> Vec<Metric> {
    let mut metrics = Vec::new();
    for family in FAMILIES {
        if family.windows.is_empty() {
            metrics.push(metric(family, None));
        }
        metrics.extend(family.windows.iter().map(|days| metric(family, Some(*days))));
    }
    metrics
}

fn metric(family: &Family, window: Option<u16>) -> Metric {
    let id = window.map_or_else(|| family.base.to_owned(), |days| format!("{}_{days}d", family.base));
    let title =
        window.map_or_else(|| family.title.to_owned(), |days| format!("{}, {days} days", family.title));
    Metric {
        id,
        title,
        family: family.base,
        unit: family.unit,
        kind: family.kind,
        window,
        n_min: family.n_min,
        formula: family.formula,
        description: family.description,
        direction: family.direction,
        part: family.part,
        by_entity: family.by_entity,
    }
}
