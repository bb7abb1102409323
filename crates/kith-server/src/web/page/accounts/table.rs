//! The table of the worklist.

use kith_api::view::{AnswerKind, MoneyView, WorkRow};
use kith_domain::view::{WIDTH_LEAST, WIDTH_MOST};
use kith_template::{html, plural, say};
use maud::Markup;
use serde_json::Value;

use super::address::Address;
use super::{AccountsPage, Column, bulk};
use crate::web::clock::date;
use crate::web::number::{change, count, in_unit, money, money_short, value, words};
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::part::pager::pager;
use crate::web::part::spark::{ROW, spark};
use crate::web::part::tone::{Better, of_change};
use crate::web::part::{avatar, badges, health};
use crate::web::shell::Shell;
use crate::web::words::{t, told, word};

/// A column that is drawn in a way of its own.
struct Head {
    id: &'static str,
    title: &'static str,
    /// Field it sorts by.
    field: &'static str,
    /// The first click asks for the highest first.
    falling: bool,
    /// Class of heading and cells.
    class: &'static str,
}

const fn head(
    id: &'static str,
    title: &'static str,
    field: &'static str,
    falling: bool,
    class: &'static str,
) -> Head {
    Head { id, title, field, falling, class }
}

const HEADS: [Head; 10] = [
    head("health", word("Health"), "health", false, ""),
    head("what_is_wrong", word("What is wrong"), "", false, "w-wrong"),
    head("orders_weekly", word("Orders, 13 weeks"), "order_trend_90d", false, ""),
    head("service_issues_30d", word("Issues"), "service_issues_30d", true, "n"),
    head("inquiries_30d", word("Inquiries"), "inquiries_30d", true, "n"),
    head("revenue_365d", word("Revenue"), "revenue_365d", true, "n"),
    head("overdue_balance", word("Overdue"), "overdue_balance", true, "n"),
    head("days_since_contact", word("Contact"), "days_since_contact", true, "n"),
    head("signals", word("Signals"), "inquiries_30d", true, ""),
    head("account_manager_name", word("Owner"), "account_manager_name", false, ""),
];

/// The columns of a list of which nothing was said.
pub(crate) const USUAL: [&str; 9] = [
    "health",
    "what_is_wrong",
    "orders_weekly",
    "service_issues_30d",
    "revenue_365d",
    "overdue_balance",
    "days_since_contact",
    "signals",
    "account_manager_name",
];

/// Those columns, with their titles.
#[must_use]
pub fn usual_columns() -> Vec<Column> {
    let column = |id: &&str| {
        let title = drawn_title(id).unwrap_or_default().to_owned();
        Column { id: (*id).to_owned(), title, ..Column::default() }
    };
    USUAL.iter().map(column).collect()
}

fn drawn(id: &str) -> Option<&'static Head> {
    HEADS.iter().find(|head| head.id == id)
}

/// Whether a column shows a field as text, as the list gives it.
pub(crate) fn is_plain(id: &str) -> bool {
    drawn(id).is_none()
}

/// The title of a column that is drawn in a way of its own.
pub(crate) fn drawn_title(id: &str) -> Option<&'static str> {
    drawn(id).map(|head| t(head.title))
}

/// The heading of a drawn column in a file, where it may become several.
pub(crate) fn exported_title(id: &str) -> Option<&'static str> {
    match id {
        "orders_change" => Some(t("Orders, change of 4 weeks")),
        "unread_inquiries" => Some(t("Unread inquiries")),
        "open_tasks" => Some(t("Open tasks")),
        "inquiries_7d" => Some(t("Inquiries, 7 days")),
        "inquiries_rising" => Some(t("Inquiries rising")),
        _ => drawn_title(id),
    }
}

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
pub(super) fn table(shell: &Shell, page: &AccountsPage) -> Markup {
    if page.list.rows.is_empty() {
        return html! { @if !is_beside_the_point(page) { (nothing(page)) } };
    }
    let address = Address::of(page);
    let shown = count_of(&page.list.rows);
    let next = page
        .list
        .next_cursor
        .as_deref()
        .map(|cursor| address.further("/accounts", cursor, page.from + shown, page.total));
    let start = (page.from > 0).then(|| address.href());
    html! {
        form #list method="post" action="/accounts/bulk" data-draft="off" {
            input type="hidden" name="csrf" value=(shell.csrf);
            (address.hidden(&["view", "cols"]))
            .card .scroll .list-card {
                table .tbl .work .sized[page.columns.iter().any(|column| column.width.is_some())] data-arrange=(arrange_href(page)) {
                    caption .vh { "Accounts, " (super::order_words(&page.sort).unwrap_or_else(|| t("in no order").to_owned())) }
                    (widths(page))
                    thead {
                        tr {
                            th scope="col" .pick { label .hit-box { span .vh { "Select all on this page" } input type="checkbox" data-all; } }
                            th scope="col" .n { "#" }
                            (heading(&address, &Column { id: "name".to_owned(), title: t("Account").to_owned(), width: page.name_width, ..Column::default() }, "name", false, "w-account"))
                            @for column in &page.columns {
                                @match drawn(&column.id) {
                                    Some(head) => (heading(&address, column, head.field, head.falling, head.class)),
                                    None => (heading(&address, column, &column.id, true, "n")),
                                }
                            }
                        }
                    }
                    tbody #rows data-view=[page.view.as_ref().map(|view| view.id.as_str())] data-rows=(rows_href(page, &address)) data-list=(address.href()) data-total=[page.total] data-from=(page.from) data-next=[next.as_deref()] { (rows(page)) }
                }
            }
            (bulk::bar(page))
        }
        p #changed .bulk hidden {
            span role="status" {}
            a .btn .sm href=(address.href()) { "Show" }
        }
        (pager(next.as_deref(), start.as_deref(), &say!("Next {shown}", shown = count(shown))))
    }
}

/// Widths of the columns, where they were set. The first two are as wide as what is in them.
fn widths(page: &AccountsPage) -> Markup {
    html! {
        colgroup {
            col .c-pick; col .c-rank;
            col data-col="name" width=[page.name_width];
            @for column in &page.columns { col data-col=(column.id) width=[column.width]; }
        }
    }
}

/// Where widths that were set are kept: in the view that is open if it is the reader's own, else for the reader.
/// Nowhere when somebody else's view is open.
fn arrange_href(page: &AccountsPage) -> &'static str {
    if page.view.as_ref().is_none_or(|view| view.own) { "/views/arrange" } else { "" }
}

/// Where the script fetches these same rows again.
fn rows_href(page: &AccountsPage, address: &Address<'_>) -> String {
    address.further("/accounts/rows", page.cursor.as_deref().unwrap_or_default(), page.from, page.total)
}

fn heading(address: &Address<'_>, column: &Column, field: &str, falling: bool, class: &str) -> Markup {
    let title = column.title.as_str();
    let first = address.sort.split(',').next().unwrap_or_default();
    let (way, sort) = match first.strip_prefix('-') {
        Some(first) if first == field => (Some("descending"), field.to_owned()),
        None if !field.is_empty() && first == field => (Some("ascending"), format!("-{field}")),
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
            span .grip .scripted role="separator" aria-orientation="vertical" tabindex="0" data-grip=(column.id)
                aria-label=(say!("Width of {title}")) aria-valuenow=(column.width.unwrap_or(0)) aria-valuemin=(WIDTH_LEAST) aria-valuemax=(WIDTH_MOST) {}
        }
    }
}

/// The rows.
pub(super) fn rows(page: &AccountsPage) -> Markup {
    html! { @for (row, rank) in page.list.rows.iter().zip(page.from + 1..) { (line(page, row, rank)) } }
}

fn line(page: &AccountsPage, row: &WorkRow, rank: u64) -> Markup {
    let mut extra = row.extra.iter();
    html! {
        tr data-account=(row.id) {
            td .pick { label .hit-box { span .vh { "Select " (row.name) } input type="checkbox" name=(format!("pick.{}", row.account_number)) value="1" data-pick; } }
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
            @for column in &page.columns {
                @match drawn(&column.id) {
                    Some(head) => (cell(row, head.id)),
                    None => td .n { (plain(column, extra.next().unwrap_or(&Value::Null))) },
                }
            }
        }
    }
}

/// A value of a field that is shown as it is.
fn plain(column: &Column, content: &Value) -> String {
    let spelt = matches!(column.id.as_str(), "currency" | "payment_terms" | "owning_entity" | "risk_class");
    let coded = column.kind == "enum" && !spelt && !column.id.starts_with("custom_");
    match content {
        Value::String(code) if coded => words(code),
        Value::String(day) if column.kind == "date" => date(day),
        Value::Array(items) if column.id == "missing_fields" => {
            let fields = items.iter().filter_map(Value::as_str);
            fields.map(words).collect::<Vec<_>>().join(", ")
        }
        Value::Number(number) => {
            number.as_f64().map_or_else(|| number.to_string(), |number| in_unit(number, &column.unit))
        }
        other => value(other),
    }
}

/// A cell that is drawn in a way of its own.
fn cell(row: &WorkRow, id: &str) -> Markup {
    html! {
        @match id {
            "health" => td .m { (health::pill(row.health, row.health_label.as_deref())) },
            "what_is_wrong" => td .sm .m2 { @if row.wrong.is_empty() { span .muted { "Nothing stands out" } } @else { (told(&row.wrong)) } },
            "orders_weekly" => td { (orders(row)) },
            "service_issues_30d" => td .n { (tally(row.issues)) },
            "inquiries_30d" => td .n { (tally(row.inquiries)) },
            "revenue_365d" => td .n { (amount(row.revenue.as_ref(), t("No revenue is known"))) },
            "overdue_balance" => td .n { (overdue(row.overdue.as_ref())) },
            "days_since_contact" => td .n .muted { (contacted(row)) },
            "signals" => td { (badges::signals(row)) },
            _ => td {
                @if let Some(manager) = &row.manager {
                    span title=(say!("Account manager {manager}")) { (avatar::person(manager)) }
                    span .vh { "Account manager " (manager) }
                }
            },
        }
    }
}

fn contacted(row: &WorkRow) -> Markup {
    html! {
        @match row.days_since_contact {
            Some(0) => span title="Last contact today" { "today" },
            Some(days) => span title=(plural!(days, "Last contact {n} day ago", "Last contact {n} days ago")) { (say!("{n} d", n = days)) },
            None => span title="Never in contact" { "–" },
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
                    "Bring your customers in from a " a .ul href="/imports" { "file" } "."
                    @if page.may_create { " Or enter the first " a .ul href="/accounts/new" { "by hand" } "." }
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
