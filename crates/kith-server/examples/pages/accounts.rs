//! Made-up lists and answers.

use std::cmp::Ordering;

use kith_api::view::{
    AnswerKind, AnswerView, AskReply, ChipView, FieldView, SavedView, UnderstoodView, WorkRow, Worklist,
};
use serde_json::{Map, json};

use super::super::page::{AccountsPage, Choice, Column, FilterFault, usual_columns};
use super::profile::{euro, profile};

const QUESTION: &str = "premium tier, orders declining, service issues in 30 days";
const FILTER: &str =
    r#"tier == "premium" && order_trend_label_90d == "declining" && service_issues_30d >= 1"#;

fn row(
    place: usize,
    name: &str,
    subtitle: &str,
    wrong: &str,
    numbers: (f64, f64, i64, &str, &str),
) -> WorkRow {
    let (health, change, issues, revenue, overdue) = numbers;
    let mut weeks = Vec::new();
    let mut level = 40.0 + f64::from(u8::try_from(place * 11 % 60).unwrap_or(0));
    for week in 0..13_u8 {
        weeks.push((level + f64::from((week * 7 + u8::try_from(place).unwrap_or(0) * 3) % 5)).round());
        level *= 1.0 + change / 9.0;
    }
    WorkRow {
        id: format!("acc_0198f2c0{place:04}"),
        account_number: format!("C-{:06}", 1_042 + place),
        name: name.to_owned(),
        subtitle: subtitle.to_owned(),
        tier: "premium".to_owned(),
        status: "active".to_owned(),
        health: Some(health),
        health_label: Some(if health < 55.0 { "at_risk" } else { "watch" }.to_owned()),
        wrong: wrong.to_owned(),
        orders_weekly: weeks,
        orders_change: Some(change),
        order_trend_label: Some("declining".to_owned()),
        issues,
        revenue: Some(euro(revenue)),
        overdue: Some(euro(overdue)),
        inquiries: issues * 2 + 1,
        unread: u32::try_from(place % 3).unwrap_or(0),
        tasks: u64::try_from(place % 4).unwrap_or(0),
        inquiries_week: u32::try_from(issues).unwrap_or(0),
        inquiries_usual: 1.5,
        inquiries_rising: issues > 3,
        days_since_contact: Some(i64::try_from(place).unwrap_or(0)),
        manager: Some(["Jo Marchetti", "Rui Dantas", "Sam Okafor", "Tomas Adler"][place % 4].to_owned()),
        observed_at: Some("2026-11-22T09:42:00Z".to_owned()),
        extra: Vec::new(),
    }
}

/// Name, short line, what is wrong; health, change of orders, issues, revenue, overdue.
type MadeRow = (&'static str, &'static str, &'static str, (f64, f64, i64, &'static str, &'static str));

const ROWS: [MadeRow; 11] = [
    (
        "Brightwater Foods",
        "Chilled · NL",
        "Orders −31 %, 2 claims open, pays 11 days late",
        (54.0, -0.31, 5, "2140210.55", "64210.00"),
    ),
    (
        "Aldermoor Pharma",
        "GDP · UK",
        "2 temperature excursions, review overdue 18 days",
        (58.0, -0.11, 4, "2310000.00", "0.00"),
    ),
    (
        "Corvane Auto",
        "Parts · US",
        "Competitor named in 2 calls, orders −12 %",
        (63.0, -0.12, 1, "3060000.00", "12400.00"),
    ),
    (
        "Pellucid Beverages",
        "Drinks · UK",
        "Late deliveries on the Leeds lane, 6 tickets",
        (62.0, -0.13, 6, "1470000.00", "0.00"),
    ),
    (
        "Kestrelle Outdoor",
        "Retail · DE",
        "Orders −24 %, quote declined on price",
        (57.0, -0.24, 3, "1120000.00", "8940.10"),
    ),
    (
        "Ostermann Bauteile",
        "Industrial · DE",
        "Orders −19 %, agreement ends in 39 days",
        (61.0, -0.19, 2, "940000.00", "0.00"),
    ),
    (
        "Dovetail Furniture",
        "Home · FR",
        "3 damage claims on two-man delivery",
        (66.0, -0.11, 3, "880000.00", "31200.00"),
    ),
    (
        "Fenwright Tools",
        "Industrial · UK",
        "Orders −10 %, one late collection",
        (72.0, -0.10, 1, "970000.00", "0.00"),
    ),
    (
        "Lindqvist Papper",
        "Packaging · SE",
        "Orders −16 %, portal unused for 34 days",
        (64.0, -0.16, 1, "610000.00", "0.00"),
    ),
    (
        "Sable Ridge",
        "Ambient · US",
        "Orders −14 %, invoice disputed",
        (67.0, -0.14, 1, "790000.00", "21400.00"),
    ),
    (
        "Marisol Ceramics",
        "Home · ES",
        "Orders −10 %, answered late twice",
        (70.0, -0.10, 1, "420000.00", "0.00"),
    ),
];

/// Accounts that slip.
pub(crate) fn worklist() -> Worklist {
    let mut rows: Vec<WorkRow> = ROWS
        .iter()
        .enumerate()
        .map(|(place, (name, subtitle, wrong, numbers))| row(place, name, subtitle, wrong, *numbers))
        .collect();
    rows.sort_by(|one, other| one.health.partial_cmp(&other.health).unwrap_or(Ordering::Equal));
    Worklist {
        rows,
        total: Some(14),
        revenue: Some(euro("14210330.00")),
        next_cursor: Some("eyJhIjoxfQ".to_owned()),
        day: "2026-11-22".to_owned(),
        position: 88_152,
    }
}

fn chips() -> Vec<ChipView> {
    let parts: Vec<&str> = FILTER.split(" && ").collect();
    let words = [
        ("Tier", "is premium"),
        ("Orders, 90 days", "declining"),
        ("Service issues", "1 or more in 30 days"),
    ];
    words
        .iter()
        .enumerate()
        .map(|(place, (label, text))| ChipView {
            label: (*label).to_owned(),
            text: (*text).to_owned(),
            expression: parts.get(place).copied().unwrap_or_default().to_owned(),
            without: parts
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != place)
                .map(|(_, part)| *part)
                .collect::<Vec<_>>()
                .join(" && "),
        })
        .collect()
}

fn understood(text: &str, meaning: &str) -> UnderstoodView {
    UnderstoodView { text: text.to_owned(), meaning: meaning.to_owned(), ..UnderstoodView::default() }
}

/// The list that a question found.
pub(crate) fn accounts_page() -> AccountsPage {
    let reply = AskReply {
        kind: AnswerKind::List,
        asked: QUESTION.to_owned(),
        understood: vec![
            understood("premium tier", r#"tier == "premium""#),
            understood("orders declining", r#"order_trend_label_90d == "declining""#),
            understood("service issues in 30 days", "service_issues_30d >= 1"),
        ],
        filter: Some(FILTER.to_owned()),
        chips: chips(),
        items: Some(Vec::new()),
        took_ms: 0.4,
        ..AskReply::default()
    };
    AccountsPage {
        question: QUESTION.to_owned(),
        reply: Some(reply),
        filter: FILTER.to_owned(),
        sort: "health".to_owned(),
        list: worklist(),
        columns: usual_columns(),
        total: Some(14),
        acts: vec![],
        fields: vec![FieldView {
            id: "otif_90d".to_owned(),
            title: "On time in full, 90 days".to_owned(),
            kind: "double".to_owned(),
            values: Vec::new(),
            unit: "fraction".to_owned(),
            group: "metric".to_owned(),
            window: Some(90),
            description: String::new(),
            formula: Some("otif@1".to_owned()),
        }],
        ..AccountsPage::default()
    }
}

/// All accounts under a saved view, with an extra column and rows about which little is known.
pub(crate) fn all_accounts() -> AccountsPage {
    let mut list = worklist();
    for (place, row) in list.rows.iter_mut().enumerate() {
        row.extra = vec![serde_json::json!(0.97 - place as f64 / 100.0)];
        if place % 3 == 1 {
            *row = WorkRow {
                id: row.id.clone(),
                name: row.name.clone(),
                subtitle: row.subtitle.clone(),
                extra: vec![serde_json::Value::Null],
                ..WorkRow::default()
            };
        }
    }
    AccountsPage {
        view: Some(SavedView {
            id: "viw_4".to_owned(),
            name: "My accounts".to_owned(),
            ..SavedView::default()
        }),
        sort: "-revenue_365d".to_owned(),
        list,
        from: 100,
        cursor: Some("abc".to_owned()),
        columns: {
            let mut columns = usual_columns();
            columns.push(Column {
                id: "otif_90d".to_owned(),
                title: "On time".to_owned(),
                width: Some(90),
                ..Column::default()
            });
            columns
        },
        changed: true,
        total: Some(1_284),
        may_create: true,
        ..AccountsPage::default()
    }
}

/// A filter that cannot be read.
pub(crate) fn faulty_filter() -> AccountsPage {
    AccountsPage {
        error: Some(FilterFault {
            filter: r#"teir == "premium" && orders_90d > 5"#.to_owned(),
            at: 0,
            len: 4,
            message: "there is no field “teir”".to_owned(),
            hint: Some("Is “tier” meant?".to_owned()),
        }),
        list: worklist(),
        ..AccountsPage::default()
    }
}

/// An answer about one account, with a word that was not understood.
pub(crate) fn answered() -> AccountsPage {
    let mut known = profile();
    known.metrics.retain(|id, _| {
        matches!(id.as_str(), "order_frequency_90d" | "otif_90d" | "revenue_365d" | "nps_365d")
    });
    let reply = AskReply {
        kind: AnswerKind::Answer,
        asked: "what is Brightwater's relationship health lately".to_owned(),
        understood: vec![
            understood("Brightwater", "Brightwater Foods"),
            understood("relationship health", "health"),
        ],
        not_understood: vec!["lately".to_owned()],
        answer: Some(AnswerView {
            sentence: "The health of Brightwater Foods is 54 of 100: at risk.".to_owned(),
            account: Some("acc_0198f2c00000".to_owned()),
            account_name: Some("Brightwater Foods".to_owned()),
            values: Map::from_iter([("health".to_owned(), json!(54))]),
            profile: Some(known),
        }),
        took_ms: 0.6,
        ..AskReply::default()
    };
    AccountsPage {
        question: reply.asked.clone(),
        reply: Some(reply),
        list: Worklist { total: Some(1), day: "2026-11-22".to_owned(), ..Worklist::default() },
        ..AccountsPage::default()
    }
}

/// A question back.
pub(crate) fn clarifying() -> AccountsPage {
    let reply = AskReply {
        kind: AnswerKind::Clarify,
        asked: "how is Acme doing".to_owned(),
        question: Some("Two accounts are called Acme. Which one is meant?".to_owned()),
        choices: vec!["Acme Corporation".to_owned(), "Acme Logistics".to_owned()],
        ..AskReply::default()
    };
    AccountsPage {
        question: reply.asked.clone(),
        choices: vec![
            Choice {
                label: "Acme Corporation".to_owned(),
                question: "how is Acme Corporation doing".to_owned(),
            },
            Choice { label: "Acme Logistics".to_owned(), question: "how is Acme Logistics doing".to_owned() },
        ],
        reply: Some(reply),
        ..AccountsPage::default()
    }
}
