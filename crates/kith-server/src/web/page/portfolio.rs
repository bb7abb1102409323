//! What a user or a team looks after, and handing accounts over.

use kith_api::view::{PortfolioView, TeamView, TransferView, UserView};
use kith_template::{html, plural};
use maud::Markup;
use serde_json::Value;

use crate::web::clock::date;
use crate::web::link::Link;
use crate::web::number::{count, money_short, percent, words};
use crate::web::part::health;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::part::pager::pager;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::{many, t, told};

/// What somebody looks after.
#[derive(Debug, Clone, Default)]
pub struct PortfolioPage {
    /// The portfolio.
    pub portfolio: PortfolioView,
    /// The people to choose from.
    pub users: Vec<UserView>,
    /// The teams to choose from.
    pub teams: Vec<TeamView>,
    /// It is the reader's own.
    pub own: bool,
    /// The reader may hand accounts over.
    pub may_transfer: bool,
    /// This is not its first page.
    pub further: bool,
    /// Why something was not taken.
    pub fault: Option<String>,
}

/// One figure of a row of figures.
fn figure(title: &str, value: &Markup, href: Option<String>) -> Markup {
    html! {
        .kpi {
            span .sm .muted { (title) }
            @match href {
                Some(href) => a .big .ul href=(href) { (value) },
                None => span .big { (value) },
            }
        }
    }
}

/// The condition by which the list of accounts shows the same accounts.
fn condition(portfolio: &PortfolioView) -> String {
    match (&portfolio.team, &portfolio.user) {
        (Some(team), _) => format!("team == \"{team}\""),
        (None, Some(user)) => format!("account_manager == \"{user}\""),
        (None, None) => String::new(),
    }
}

/// Where the same portfolio is shown.
fn here(portfolio: &PortfolioView) -> Link {
    let link = Link::to("/portfolio");
    match &portfolio.team {
        Some(team) => link.with("team", team),
        None => link.with("user", portfolio.user.as_deref().unwrap_or_default()),
    }
}

/// The figures of a portfolio: how many, how much, what is due.
pub(super) fn figures(portfolio: &PortfolioView) -> Markup {
    let owner = portfolio.user.as_deref().unwrap_or_default();
    let reviews = |due: &str| {
        let link = Link::to("/reviews").with("due", due).with("manager", owner);
        link.with("team", portfolio.team.as_deref().unwrap_or_default()).done()
    };
    let below = format!("{} && data_quality < 0.95", condition(portfolio));
    let accounts =
        |filter: &str, sort: &str| Link::to("/accounts").with("filter", filter).with("sort", sort).done();
    html! {
        section .card aria-label="Figures" {
            .kpis {
                (figure(t("Accounts"), &html! { (count(portfolio.accounts)) }, Some(accounts(&condition(portfolio), "name"))))
                (figure(t("Revenue, 12 months"), &html! { @match &portfolio.revenue { Some(money) => (money_short(money)), None => "–" } }, None))
                (figure(t("Reviews due"), &html! {
                    (count(portfolio.reviews_due))
                    @if portfolio.reviews_overdue > 0 { " " span .sm .bad { (count(portfolio.reviews_overdue)) " overdue" } }
                }, Some(reviews("30"))))
                (figure(t("Changes waiting"), &html! { (count(portfolio.open_changes)) }, Some("/changes?state=waiting".to_owned())))
                (figure(t("Data below 95 %"), &html! { (count(portfolio.data_below_target)) }, Some(accounts(&below, "data_quality"))))
            }
        }
    }
}

/// The page.
#[must_use]
pub fn portfolio(shell: &Shell, page: &PortfolioPage) -> Markup {
    let frame = Frame { above: &[], here: t("Portfolio"), kind: "portfolio", account: None, wide: false };
    let portfolio = &page.portfolio;
    let content = html! {
        .head {
            .stack .x {
                h1 { @if page.own { "Your portfolio" } @else { "Portfolio of " (portfolio.name) } }
                p .muted { "Accounts, what is due, and what is worth knowing before they go to somebody else." }
            }
            (chooser(page))
        }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        (figures(portfolio))
        (accounts(page))
        @let next = portfolio.next_cursor.as_deref().map(|cursor| here(portfolio).with("cursor", cursor).done());
        @let start = page.further.then(|| here(portfolio).done());
        (pager(next.as_deref(), start.as_deref(), t("More")))
    };
    framed(shell, &frame, &content)
}

/// Whose portfolio is shown: people and teams.
fn chooser(page: &PortfolioPage) -> Markup {
    html! {
        .row .wrap .push {
            form .row method="get" action="/portfolio" {
                label .vh for="whose" { "Account manager" }
                select #whose .field name="user" {
                    @for user in page.users.iter().filter(|user| user.status == "active") {
                        option value=(user.id) selected[page.portfolio.user.as_ref() == Some(&user.id)] {
                            (user.name.as_deref().unwrap_or(&user.id))
                        }
                    }
                }
                button .btn type="submit" { "Show" }
            }
            @if !page.teams.is_empty() {
                form .row method="get" action="/portfolio" {
                    label .vh for="which-team" { "Team" }
                    select #which-team .field name="team" {
                        @for team in &page.teams {
                            option value=(team.id) selected[page.portfolio.team.as_ref() == Some(&team.id)] { (team.name) }
                        }
                    }
                    button .btn type="submit" { "Show" }
                }
            }
        }
    }
}

fn text<'a>(item: &'a serde_json::Map<String, Value>, field: &str) -> &'a str {
    item.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The accounts, each of which can be picked for handing over.
fn accounts(page: &PortfolioPage) -> Markup {
    let portfolio = &page.portfolio;
    html! {
        section .card aria-labelledby="accounts-title" {
            header { h2 #accounts-title { "Accounts" } span .sm .muted .push { (count(portfolio.accounts)) } }
            @if portfolio.items.is_empty() {
                (empty(Icon::Building, t("No accounts here"), &html! { "Nobody was asked to look after any, or you may not see them." }))
            } @else {
                form #picks method="get" action="/portfolio/transfer" {
                    @if let Some(user) = &portfolio.user { input type="hidden" name="from" value=(user); }
                    @if let Some(team) = &portfolio.team { input type="hidden" name="from_team" value=(team); }
                    ul .list { @for item in &portfolio.items { (line(page, item)) } }
                    @if page.may_transfer {
                        .body .row .wrap {
                            button .btn .pri type="submit" { "Hand over those picked" }
                            @if portfolio.user.is_some() {
                                button .btn type="submit" name="all" value="true" { "Hand over the whole portfolio" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn line(page: &PortfolioPage, item: &serde_json::Map<String, Value>) -> Markup {
    let (id, name) = (text(item, "id"), text(item, "name"));
    let overdue = item.get("review_overdue").and_then(Value::as_bool).unwrap_or_default();
    html! {
        li {
            @if page.may_transfer {
                label .hit-box {
                    span .vh { "Pick " (name) }
                    input type="checkbox" name=(format!("account.{id}")) value="on";
                }
            }
            span .grow .stack .x {
                a .b .ul href=(format!("/accounts/{id}")) { (name) }
                span .sm .muted {
                    (text(item, "account_number")) " · " (words(text(item, "tier"))) " · " (words(text(item, "stage")))
                    @if page.portfolio.team.is_some() && !text(item, "account_manager_name").is_empty() { " · " (text(item, "account_manager_name")) }
                }
            }
            span .stack .x .right .sm .hide-s {
                span .muted { "review" }
                span .bad[overdue] { (date(text(item, "next_review_on"))) }
            }
            span .stack .x .right .sm .hide-s {
                span .muted { "data" }
                span .num { (item.get("data_quality").and_then(Value::as_f64).map_or_else(|| "–".to_owned(), percent)) }
            }
            (health::pill(item.get("health").and_then(Value::as_f64), Some(text(item, "health_label")).filter(|band| !band.is_empty())))
        }
    }
}

/// Accounts that are to be handed over, before or after it was asked for.
#[derive(Debug, Clone, Default)]
pub struct TransferPage {
    /// `usr_…` whose accounts they are, where a portfolio was chosen.
    pub from: String,
    /// Code of the team whose portfolio was chosen.
    pub from_team: String,
    /// All accounts of the portfolio.
    pub all: bool,
    /// How many accounts.
    pub total: usize,
    /// The ids that were picked.
    pub picked: Vec<String>,
    /// What goes with each; the first ones.
    pub items: Vec<TransferView>,
    /// It was asked for.
    pub asked: bool,
    /// The people to choose from.
    pub users: Vec<UserView>,
    /// The teams to choose from.
    pub teams: Vec<TeamView>,
    /// To whom, as chosen.
    pub to: String,
    /// Which team, as chosen.
    pub team: String,
    /// Why, as typed.
    pub reason: String,
    /// Key under which a repetition is known.
    pub key: String,
    /// Why it was not taken.
    pub fault: Option<String>,
}

/// The page of a handover.
#[must_use]
pub fn transfer(shell: &Shell, page: &TransferPage) -> Markup {
    let back = match page.from_team.as_str() {
        "" => Link::to("/portfolio").with("user", &page.from).done(),
        team => Link::to("/portfolio").with("team", team).done(),
    };
    let above = [(t("Portfolio"), back.as_str())];
    let frame = Frame { above: &above, here: t("Hand over"), kind: "transfer", account: None, wide: false };
    let content = html! {
        .head { .stack .x {
            h1 { @if page.asked { "Handed over" } @else { "Hand over " (count_of(page.total)) } }
            p .muted { "Nothing is lost: open changes, contacts, agreements, notes, the review and the whole history stay with each account." }
        } }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        @if !page.asked && page.total > 0 { (ask(shell, page, &back)) }
        (carried(page))
        @if page.asked { .row { a .btn .pri href=(back) { "Back to the portfolio" } } }
    };
    framed(shell, &frame, &content)
}

fn count_of(accounts: usize) -> String {
    plural!(accounts, "1 account", "{n} accounts")
}

fn ask(shell: &Shell, page: &TransferPage, back: &str) -> Markup {
    html! {
        section .card aria-label="To whom" {
            form .body .stack #transfer method="post" action="/portfolio/transfer" {
                input type="hidden" name="csrf" value=(shell.csrf);
                input type="hidden" name="key" value=(page.key);
                input type="hidden" name="from" value=(page.from);
                input type="hidden" name="from_team" value=(page.from_team);
                @if page.all { input type="hidden" name="all" value="true"; }
                @for id in &page.picked { input type="hidden" name=(format!("account.{id}")) value="on"; }
                .asked {
                    .stack .x {
                        label .sm .b for="to" { "Who shall answer for " @if page.total == 1 { "it" } @else { "them" } }
                        select #to .field name="to" required {
                            option value="" { "Choose" }
                            @for user in page.users.iter().filter(|user| user.status == "active" && user.id != page.from) {
                                option value=(user.id) selected[user.id == page.to] { (user.name.as_deref().unwrap_or(&user.id)) }
                            }
                        }
                    }
                    @if !page.teams.is_empty() {
                        .stack .x {
                            label .sm .b for="to-team" { "Team" }
                            select #to-team .field name="team" {
                                option value="" { "As it is" }
                                @for team in &page.teams { option value=(team.id) selected[team.id == page.team] { (team.name) } }
                            }
                        }
                    }
                    .stack .x {
                        label .sm .b for="reason" { "Reason" }
                        input #reason .field name="reason" value=(page.reason) maxlength="2000" autocomplete="off";
                    }
                }
                p .sm .muted { "Each account becomes a change of its own, decided on like any edit." }
                .row .gap3 {
                    a .btn href=(back) { "Back" }
                    button .btn .pri type="submit" { (Icon::Check.show()) "Ask for it" }
                }
            }
        }
    }
}

/// What goes with each account, or what came of it.
fn carried(page: &TransferPage) -> Markup {
    html! {
        section .card aria-labelledby="carried-title" {
            header {
                h2 #carried-title { @if page.asked { "What came of each" } @else { "What goes with each" } }
                span .sm .muted .push { (page.total) }
            }
            @if page.items.is_empty() { (empty(Icon::Building, t("No account was picked"), &html! { "Go back and pick at least one." })) }
            ul .list #carried { @for item in &page.items { (carried_line(item)) } }
            @if page.items.len() < page.total { .body { p .sm .muted { "and " (page.total - page.items.len()) " more" } } }
        }
    }
}

fn carried_line(item: &TransferView) -> Markup {
    let carried = &item.carried;
    let parts = [
        (
            many(carried.open_changes.len()),
            plural!(carried.open_changes.len(), "{n} open change", "{n} open changes"),
        ),
        (many(carried.contacts), plural!(carried.contacts, "{n} contact", "{n} contacts")),
        (many(carried.agreements), plural!(carried.agreements, "{n} agreement", "{n} agreements")),
        (many(carried.notes), plural!(carried.notes, "{n} note", "{n} notes")),
        (
            many(carried.versions),
            plural!(carried.versions, "{n} version of history", "{n} versions of history"),
        ),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(many, _)| *many > 0).map(|(_, said)| said).collect();
    html! {
        li {
            span .grow .stack .x {
                a .b .ul href=(format!("/accounts/{}", item.account)) { (item.name.as_deref().unwrap_or(&item.account)) }
                span .sm .muted {
                    (parts.join(" · "))
                    @if let Some(day) = &carried.next_review_on { " · review " (date(day)) }
                }
                @if let Some(refusal) = &item.refusal { span .sm .bad { (told(refusal)) } }
            }
            @match (item.state.as_str(), &item.change) {
                ("waiting", Some(change)) => a .btn .sm href=(format!("/changes/{}", change.id)) { "Waiting for approval" },
                ("done", _) => span .pill .good { "Done" },
                ("refused", _) => span .pill .bad { "Refused" },
                _ => {},
            }
        }
    }
}
