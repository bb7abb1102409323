//! The table of the worklist.

use kith_api::view::{AnswerKind, MoneyView, WorkRow, Worklist};
use kith_template::{html, plural, say};
use maud::Markup;

use super::AccountsPage;
use super::address::Address;
use crate::web::number::{change, count, money, money_short, words};
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::part::pager::pager;
use crate::web::part::spark::{ROW, spark};
use crate::web::part::tone::{Better, of_change};
use crate::web::part::{avatar, health};
use crate::web::words::{t, told, word};

/// A column that every list has.
struct Head {
    title: &'static str,
    /// Field it sorts by.
    field: &'static str,
    /// The first click asks for the highest first.
    falling: bool,
    /// Class of the heading.
    class: &'static str,
}

const HEADS: [Head; 9] = [
    Head { title: word("Account"), field: "name", falling: false, class: "w-account" },
    Head { title: word("Health"), field: "health", falling: false, class: "" },
    Head { title: word("What is wrong"), field: "", falling: false, class: "w-wrong" },
    Head { title: word("Orders, 13 weeks"), field: "order_trend_90d", falling: false, class: "" },
    Head { title: word("Issues"), field: "service_issues_30d", falling: true, class: "n" },
    Head { title: word("Inquiries"), field: "inquiries_30d", falling: true, class: "n" },
    Head { title: word("Revenue"), field: "revenue_365d", falling: true, class: "n" },
    Head { title: word("Overdue"), field: "overdue_balance", falling: true, class: "n" },
    Head { title: word("Contact"), field: "days_since_contact", falling: true, class: "n" },
];

/// The title of a column by the field it sorts by.
pub(super) fn title_of(field: &str) -> Option<&'static str> {
    match field {
        "revenue_365d" => Some(t("revenue, 12 months")),
        "days_since_contact" => Some(t("days since the last contact")),
        "overdue_balance" => Some(t("overdue balance")),
        _ => HEADS.iter().find(|head| head.field == field).map(|head| t(head.title)),
    }
}

/// There are no rows because no list was asked for, or the filter could not be read.
pub(super) fn is_beside_the_point(page: &AccountsPage) -> bool {
    let answered = page.reply.as_ref().is_some_and(|reply| reply.kind != AnswerKind::List);
    page.list.rows.is_empty() && (answered || page.error.is_some())
}

/// The table, or what to do when it is empty.
pub(super) fn table(page: &AccountsPage) -> Markup {
    if page.list.rows.is_empty() {
        return html! { @if !is_beside_the_point(page) { (nothing(page)) } };
    }
    let address = Address::of(page);
    let shown = count_of(&page.list.rows);
    let next = page
        .list
        .next_cursor
        .as_deref()
        .map(|cursor| address.further("/accounts", cursor, page.from + shown));
    let start = (page.from > 0).then(|| address.href());
    html! {
        .card .scroll .list-card {
            table .tbl .work {
                caption .vh { "Accounts, " (super::order_words(&page.sort).unwrap_or_else(|| t("in no order").to_owned())) }
                thead {
                    tr {
                        th scope="col" .n { "#" }
                        @for head in &HEADS { (heading(&address, t(head.title), head.field, head.falling, head.class)) }
                        @for column in &page.columns { (heading(&address, &told(&column.title), &column.id, true, "n")) }
                        th scope="col" { span .vh { "Account manager" } }
                    }
                }
                tbody #rows data-rows=(rows_href(page, &address)) { (rows(&page.list, page.from)) }
            }
        }
        p #changed .bulk hidden {
            span role="status" {}
            a .btn .sm href=(address.href()) { "Show" }
        }
        (pager(next.as_deref(), start.as_deref(), &say!("Next {shown}", shown = count(shown))))
    }
}

/// Where the script fetches these same rows again.
fn rows_href(page: &AccountsPage, address: &Address<'_>) -> String {
    address.further("/accounts/rows", page.cursor.as_deref().unwrap_or_default(), page.from)
}

fn heading(address: &Address<'_>, title: &str, field: &str, falling: bool, class: &str) -> Markup {
    let (way, sort) = match address.sort.split(',').next().unwrap_or_default().strip_prefix('-') {
        Some(first) if first == field => (Some("descending"), field.to_owned()),
        None if !field.is_empty() && address.sort.split(',').next() == Some(field) => {
            (Some("ascending"), format!("-{field}"))
        }
        _ => (None, if falling { format!("-{field}") } else { field.to_owned() }),
    };
    html! {
        th scope="col" class=[(!class.is_empty()).then_some(class)] aria-sort=[way] {
            @if field.is_empty() { (title) } @else {
                a href=(address.sorted(&sort)) {
                    (title)
                    @match way { Some("descending") => " ↓", Some(_) => " ↑", None => "" }
                }
            }
        }
    }
}

/// The rows.
pub(super) fn rows(list: &Worklist, from: u64) -> Markup {
    html! { @for (row, rank) in list.rows.iter().zip(from + 1..) { (line(row, rank)) } }
}

fn line(row: &WorkRow, rank: u64) -> Markup {
    html! {
        tr data-account=(row.id) {
            td .n .muted { (rank) }
            td .m {
                a .row .gap3 href=(format!("/accounts/{}", row.id)) {
                    (avatar::account(&row.name))
                    span .stack .x .trunc {
                        span .b .trunc { (row.name) }
                        span .sm .muted .trunc { (row.subtitle) @if !row.tier.is_empty() { " · " (words(&row.tier)) } }
                    }
                }
            }
            td .m { (health::pill(row.health, row.health_label.as_deref())) }
            td .sm .m2 { @if row.wrong.is_empty() { span .muted { "Nothing stands out" } } @else { (told(&row.wrong)) } }
            td { (orders(row)) }
            td .n { (tally(row.issues)) }
            td .n { (tally(row.inquiries)) }
            td .n { (amount(row.revenue.as_ref(), t("No revenue is known"))) }
            td .n { (overdue(row.overdue.as_ref())) }
            td .n .muted {
                @match row.days_since_contact {
                    Some(0) => span title="Last contact today" { "today" },
                    Some(days) => span title=(plural!(days, "Last contact {n} day ago", "Last contact {n} days ago")) { (say!("{n} d", n = days)) },
                    None => span title="Never in contact" { "–" },
                }
            }
            @for text in &row.extra { td .n { (text) } }
            td {
                @if let Some(manager) = &row.manager {
                    span title=(say!("Account manager {manager}")) { (avatar::person(manager)) }
                    span .vh { "Account manager " (manager) }
                }
            }
        }
    }
}

fn orders(row: &WorkRow) -> Markup {
    let tone = row.orders_change.map_or("flat", |change| of_change(change, Better::Up));
    html! {
        @if row.orders_weekly.len() < 2 || row.orders_weekly.iter().all(|orders| *orders == 0.0) {
            span .muted title="No order in these weeks" { "–" }
        } @else {
            span .row {
                (spark(&row.orders_weekly, ROW, tone, t("Orders a week")))
                @match (row.orders_change, &row.order_trend_label) {
                    (Some(fraction), _) => span class=(format!("sm num b nowrap {tone}")) title="The last 4 weeks against the 9 before" { (change(fraction)) },
                    (None, Some(label)) => span .sm .muted { (words(label)) },
                    (None, None) => {},
                }
            }
        }
    }
}

fn tally(number: i64) -> Markup {
    html! { span .muted[number == 0] { (number) } }
}

fn amount(money_view: Option<&MoneyView>, missing: &str) -> Markup {
    match money_view {
        Some(view) => html! { span title=(money(view)) { (money_short(view)) } },
        None => html! { span .muted title=(missing) { "–" } },
    }
}

fn overdue(view: Option<&MoneyView>) -> Markup {
    let nothing = view.is_some_and(|view| view.amount.bytes().all(|byte| matches!(byte, b'0' | b'.' | b'-')));
    html! { @if nothing { span .muted { "0" } } @else { span .bad[view.is_some()] { (amount(view, t("No balance is known"))) } } }
}

fn nothing(page: &AccountsPage) -> Markup {
    html! {
        .card {
            @if page.question.is_empty() && page.filter.is_empty() {
                (empty(Icon::Building, t("No accounts yet"), &html! {
                    "Bring in a file of customers with " code { "kith import customers.csv" }
                    ", or post one to " code { "/api/v1/accounts" } "."
                }))
            } @else {
                (empty(Icon::Search, t("No account matches"), &html! {
                    "Take a condition away, or " a .ul href="/accounts" { "show all accounts" } "."
                }))
            }
        }
    }
}

fn count_of(rows: &[WorkRow]) -> u64 {
    u64::try_from(rows.len()).unwrap_or(u64::MAX)
}
