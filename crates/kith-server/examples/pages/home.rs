//! A start page in full, an inbox, an answer of the palette, and first run.

use kith_api::view::{
    FoundAccount, HappeningView, HomeView, LimitUseView, MoneyView, NeedView, NotificationView, OutcomeView,
    RevenueRiskView, RevenueWeek,
};

use super::super::page::{AskPage, HomePage, InboxPage, Place, WelcomePage};

fn money(amount: &str) -> MoneyView {
    MoneyView { amount: amount.to_owned(), currency: "GBP".to_owned() }
}

fn outcome(id: &str, title: &str, value: f64, target: f64, met: bool) -> OutcomeView {
    OutcomeView {
        id: id.to_owned(),
        title: title.to_owned(),
        value,
        unit: if id == "onboarding_hours" { "hours" } else { "fraction" }.to_owned(),
        target,
        less_is_better: id == "onboarding_hours",
        met,
        n: 56,
        counted: "customers a year ago".to_owned(),
        window_days: Some(365),
        source: "orders and agreements".to_owned(),
        formula: "with an order in the year, of those that ordered in the year before".to_owned(),
        observed_at: Some("2026-11-22T09:20:00Z".to_owned()),
        filter: (id != "onboarding_hours").then(|| "data_quality < 0.95".to_owned()),
    }
}

fn need(kind: &str, about: &str, title: &str, reason: &str, urgency: &str, due: Option<&str>) -> NeedView {
    NeedView {
        kind: kind.to_owned(),
        about: about.to_owned(),
        title: title.to_owned(),
        reason: reason.to_owned(),
        urgency: urgency.to_owned(),
        due_at: due.map(str::to_owned),
        overdue: urgency == "now" && due.is_some(),
        amount: (kind == "order").then(|| money("9300.00")),
        account: None,
        account_name: (kind == "task").then(|| "Pellucid Beverages".to_owned()),
    }
}

fn happening(
    position: u64,
    name: &str,
    group: &str,
    title: &str,
    minutes: u32,
    alert: bool,
) -> HappeningView {
    HappeningView {
        position,
        account: "acc_1".to_owned(),
        name: name.to_owned(),
        group: group.to_owned(),
        title: title.to_owned(),
        occurred_at: format!("2026-11-22T09:{:02}:00Z", 44 - minutes),
        alert,
    }
}

fn limit(name: &str, utilisation: f64, held: bool) -> LimitUseView {
    LimitUseView {
        account: format!("acc_{}", name.to_lowercase().replace(' ', "-")),
        name: name.to_owned(),
        entity: "UK".to_owned(),
        utilisation,
        exposure: Some(money("91000.00")),
        limit: Some(money("100000.00")),
        held,
    }
}

/// A morning with seven things to do.
pub(crate) fn home() -> HomePage {
    let week = |nth: u32| RevenueWeek {
        ends_on: format!("2026-{:02}-{:02}", 9 + nth / 5, 1 + nth % 5 * 6),
        at_risk: money(&format!("{}.00", 52_000 + nth * 1_900)),
        kept: money(&format!("{}.00", 141_000 + nth % 4 * 14_000)),
    };
    let home = HomeView {
        scope: "me".to_owned(),
        scopes: ["me", "team", "all"].map(str::to_owned).to_vec(),
        accounts: 63,
        outcomes: vec![
            outcome("onboarding_hours", "Onboarding time", 3.43, 4.0, true),
            outcome("retention", "Customers kept", 0.946, 0.95, false),
            outcome("satisfaction", "Satisfied answers", 0.927, 0.9, true),
            outcome("data_quality", "Data quality", 0.881, 0.95, false),
        ],
        needs: vec![
            need(
                "task",
                "tsk_1",
                "Brightwater Foods",
                "Reply to Maren, claim opened 13 min ago",
                "now",
                Some("2026-11-22T08:00:00Z"),
            ),
            need(
                "screening",
                "hit_1",
                "Halvorsen Seafood",
                "A name is 94 % like Halvor Sen of a sanctions list",
                "today",
                None,
            ),
            need(
                "order",
                "ord_1",
                "Tamsin & Roe",
                "Order O-000042 is held: the limit would be passed by £9,300",
                "today",
                Some("2026-11-22T12:44:00Z"),
            ),
            need(
                "change",
                "chg_1",
                "Raise the limit of Ostermann Bauteile",
                "Waits for your approval, red lane",
                "soon",
                Some("2026-11-24T12:00:00Z"),
            ),
            need(
                "overdue",
                "acc_9",
                "Pellucid Beverages",
                "Invoices are overdue, the oldest for 41 days",
                "soon",
                None,
            ),
        ],
        needs_total: 5,
        needs_pressing: 3,
        revenue: Some(RevenueRiskView {
            at_risk: money("3000000.00"),
            kept: money("9300000.00"),
            customers_at_risk: 14,
            customers_kept: 86,
            filter: "health_label in [\"at_risk\", \"critical\"]".to_owned(),
            kept_filter: "!has(health_label) || !(health_label in [\"at_risk\", \"critical\"])".to_owned(),
            weeks: (0..13).map(week).collect(),
        }),
        limits: Some(vec![
            limit("Tamsin & Roe", 1.03, true),
            limit("Pellucid Beverages", 0.91, false),
            limit("Corvane Auto", 0.86, false),
        ]),
        happenings: vec![
            happening(9, "Brightwater Foods", "shipments", "Claim CL-7 filed, GBP 8,900.00", 0, true),
            happening(8, "Fenwright", "money", "Payment P-88201 received, GBP 12,480.00", 2, false),
            happening(7, "Halvorsen Seafood", "orders", "Order SO-1042 placed, GBP 3,120.00", 6, false),
            happening(6, "Dovetail", "quotes", "Quote Q-7 won, GBP 22,000.00", 22, false),
            happening(5, "Pellucid Beverages", "messages", "Inquiry I-3 received, delivery", 31, false),
        ],
        day: "2026-11-22".to_owned(),
        position: 9,
        as_of: "2026-11-22T09:44:00Z".to_owned(),
    };
    HomePage { home, whole: false }
}

/// An inbox with two things about the same change.
pub(crate) fn inbox() -> InboxPage {
    let item = |id: &str, about: &str, text: &str, hour: u32, read: bool| NotificationView {
        id: id.to_owned(),
        kind: "change_reminder".to_owned(),
        text: text.to_owned(),
        about: about.to_owned(),
        sent_at: format!("2026-11-2{}T0{}:10:00Z", if hour > 5 { 2 } else { 1 }, hour),
        read_at: read.then(|| "2026-11-22T09:00:00Z".to_owned()),
        snoozed_until: None,
    };
    InboxPage {
        items: vec![
            item("ntf_4", "chg_1", "Raise the limit of Ostermann Bauteile waits for you.", 9, false),
            item("ntf_3", "chg_1", "There is a comment on Raise the limit of Ostermann Bauteile.", 8, false),
            item("ntf_2", "acc_3", "Halvorsen Seafood: over the credit limit.", 7, true),
            item("ntf_1", "reviews", "The reviews of Dovetail, Fenwright and 3 more are due.", 4, true),
        ],
        show: "all".to_owned(),
        next: None,
        fault: None,
    }
}

/// What the palette says of a name.
pub(crate) fn asked() -> AskPage {
    let place = |title: &str, href: &str, keys: &str| Place {
        title: title.to_owned(),
        href: href.to_owned(),
        keys: keys.to_owned(),
    };
    AskPage {
        asked: "brightwater".to_owned(),
        answer: None,
        accounts: vec![FoundAccount {
            id: "acc_1".to_owned(),
            account_number: "C-000042".to_owned(),
            name: "Brightwater Foods".to_owned(),
            entity: "UK".to_owned(),
            by: "name".to_owned(),
            score: 0.95,
        }],
        acts: vec![
            place("Write a note on Brightwater Foods", "/accounts/acc_1#note", ""),
            place("Place a hold on Brightwater Foods", "/accounts/acc_1/holds", ""),
            place("New account", "/accounts/new", "C"),
        ],
        pages: vec![place("Home", "/", "G H"), place("The list", "/accounts", "G A")],
        views: Vec::new(),
        meanings: Vec::new(),
        facts: Vec::new(),
    }
}

/// Nothing here yet.
pub(crate) fn first_run() -> WelcomePage {
    WelcomePage { may_import: true, may_create: true, may_connect: true, accounts: 0, entities: 2, people: 1 }
}
