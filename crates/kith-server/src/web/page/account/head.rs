//! Who it is, how it stands, as which entity it is seen, and the tabs.

use kith_api::view::{CreditView, ScoreView};
use kith_template::{html, say};
use maud::Markup;

use super::{AccountPage, AccountTab, talk};
use crate::web::clock::date;
use crate::web::link::Link;
use crate::web::number::{money_short, phrase, words};
use crate::web::page::Act;
use crate::web::part::exposure;
use crate::web::part::health::{gauge, ring};
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, note};
use crate::web::part::{avatar, tone};
use crate::web::shell::Shell;
use crate::web::words::{t, told};

/// What the reader has just asked for, and who decides it.
pub(super) fn asked(page: &AccountPage) -> Markup {
    let Some(change) = &page.asked else { return html! {} };
    let next = change.steps.iter().find(|step| step.state == "waiting").map(|step| phrase(&step.role));
    html! {
        div #asked role="status" {
            (note(Kind::Info, &html! {
                p {
                    b { "Sent: " (told(&change.title)) ". " }
                    @match &next { Some(role) => { "It waits for " (role) ". " } None => { (words(&change.state)) ". " } }
                    a .ul href=(format!("/changes/{}", change.id)) { "Open the change" }
                }
            }))
        }
    }
}

/// Name, status, tier, health; the entity switch under it.
pub(super) fn head(shell: &Shell, page: &AccountPage) -> Markup {
    let account = &page.account;
    html! {
        nav #walk .row .gap1 aria-label="Accounts of the list" hidden {
            button .btn .ghost .sm type="button" data-step="-1" aria-label="Account before (K)" { (Icon::Up.show()) }
            span .sm .muted .num .nowrap data-place {}
            button .btn .ghost .sm type="button" data-step="1" aria-label="Account after (J)" { (Icon::Down.show()) }
        }
        .head {
            .row .gap4 {
                (avatar::account_large(&account.name))
                .stack .t {
                    h1 { (account.name) }
                    .row .wrap {
                        (status(&account.status))
                        @if !account.tier.is_empty() { span .pill .acc { (words(&account.tier)) } }
                        @if page.account.stage != page.account.status && !account.stage.is_empty() {
                            span .pill .line { (words(&account.stage)) }
                        }
                        span .sm .muted {
                            (account.account_number)
                            span .hide-s {
                                @match &account.account_manager_name {
                                    Some(name) => { " · managed by " (name) }
                                    None => " · no account manager",
                                }
                                @if let Some(day) = shell.clock.day(&account.created_at) { " · on record since " (date(&day.to_string())) }
                            }
                        }
                    }
                }
            }
            (gauges(page))
        }
        @if let Some(parent) = &page.account.parent {
            p .sm { span .muted { "Belongs to " } a .ul href=(format!("/accounts/{}", parent.id)) { (parent.name) } }
        }
        (held(shell, page))
        .row .wrap .under-head {
            (entities(page))
            span .push .row .wrap {
                a .btn .sm .hide-s href=(Link::to("/orders").with("state", "all").with("account", &account.id).done()) { (Icon::Package.small()) "Orders" }
                @if page.may_note { (talk::talk(shell, page)) }
                @if page.may_edit {
                    a .btn .sm data-key="e" href=(Link::to(&format!("/accounts/{}/edit", account.id)).with("entity", page.entity.as_deref().unwrap_or_default()).done()) {
                        (Icon::Pencil.small()) "Edit" kbd aria-hidden="true" { "E" }
                    }
                    a hidden data-key="o" href=(Link::to(&format!("/accounts/{}/edit", account.id)).with("field", "account_manager").done()) { "Change owner" }
                    (actions(page))
                }
                (keys(page))
            }
        }
    }
}

/// Ways that have a key and no place on the tab that is open.
fn keys(page: &AccountPage) -> Markup {
    let overview = page.href(AccountTab::Overview).done();
    let elsewhere = page.tab != AccountTab::Overview;
    let way = |key: &str, to: &str, title: &str| html! { a hidden data-key=(key) href=(to) { (title) } };
    html! {
        @if page.may_create { (way("c", "/accounts/new", t("New account"))) }
        @if elsewhere && page.may_note { (way("n", &format!("{overview}#note"), t("New note"))) }
        @if elsewhere && page.work.may_task { (way("t", &format!("{overview}#task-title"), t("Add a task"))) }
    }
}

/// What stands in its way, and what an eye is kept on: why, and what would change it.
fn held(shell: &Shell, page: &AccountPage) -> Markup {
    let day = |at: &str| shell.clock.day(at).map(|day| date(&day.to_string())).unwrap_or_default();
    let by = |name: &Option<String>| name.clone().unwrap_or_else(|| "Kith".to_owned());
    html! {
        @for hold in &page.account.holds {
            (note(if hold.blocks == "nothing" { Kind::Warn } else { Kind::Bad }, &html! {
                p .b {
                    (say!("{kind} hold", kind = words(&hold.kind)))
                    @if let Some(entity) = &hold.entity { " in " (entity) }
                    @match hold.blocks.as_str() {
                        "all" => ": nothing new is taken",
                        "credit" => ": no new orders on credit, no shipments",
                        _ => ": a warning only",
                    }
                }
                @if let Some(reason) = &hold.reason { p { (told(reason)) } }
                p .sm .muted {
                    (told(&hold.release_rule)) " Placed by " (by(&hold.set_by_name)) " on " (day(&hold.set_at))
                    ", looked at again on " (day(&hold.review_at)) ". "
                    @if page.may_edit {
                        a .ul href=(format!("/accounts/{}/holds/{}/release", page.account.id, hold.id)) { "Ask for its release" }
                    }
                }
            }))
        }
        @if let Some(watch) = &page.account.watch {
            (note(Kind::Warn, &html! {
                p .b { "On watch until " (day(&watch.expires_at)) }
                @if let Some(reason) = &watch.reason { p { (told(reason)) } }
                p .sm .muted { "Nothing is stopped. Set by " (by(&watch.set_by_name)) " on " (day(&watch.set_at)) "." }
            }))
        }
    }
}

/// The steps in its life that can be asked for now, each with a page that shows lane and approvers first.
fn actions(page: &AccountPage) -> Markup {
    let base = format!("/accounts/{}", page.account.id);
    let alive = page.account.stage != "closed" && page.account.stage != "erased";
    html! {
        details .menu .down #actions {
            summary .btn .sm { "Actions" (Icon::Down.small()) }
            nav .panel aria-label="Actions" {
                @if alive { a href=(format!("{base}/merge")) { "Merge another account into it" } }
                a href=(format!("{base}/holds")) { "Put a hold on it" }
                a href=(format!("{base}/watch")) { "Keep an eye on it" }
                @for act in Act::possible(&page.account.stage) {
                    a href=(format!("{base}/act/{}", act.name())) { (act.label()) }
                }
            }
        }
    }
}

fn status(status: &str) -> Markup {
    let tone = tone::of_status(status);
    let icon = if tone == "good" { Icon::Passed } else { Icon::Alert };
    html! {
        @if !status.is_empty() { span class=(format!("pill {tone}")) { (icon.small()) (words(status)) } }
    }
}

/// Health as a ring. Scores that are not computed have no ring.
pub(super) fn gauges(page: &AccountPage) -> Markup {
    html! {
        #gauges .push .gauges data-part {
            @if let Some(health) = page.profile.scores.get("health") { (gauge(t("Health"), health)) }
            @if let Some(churn) = page.profile.scores.get("churn") { (churn_gauge(&page.account.id, churn)) }
            @if let Some(standing) = &page.standing { (credit_gauge(standing)) }
        }
    }
}

/// The chance that the customer orders no more; nothing where nobody can tell.
fn churn_gauge(account: &str, churn: &ScoreView) -> Markup {
    let Some(risk) = churn.value else { return html! {} };
    let band = churn.band.as_deref().unwrap_or_default();
    let why = format!("/accounts/{account}/metrics/churn_risk");
    ring(
        t("Churn risk"),
        risk,
        tone::of_band(band),
        &html! { a .ul href=(why) { (words(band)) ", " (t("90 days")) } },
    )
}

/// How much of the limit is used; nothing where there is no limit to use.
fn credit_gauge(standing: &CreditView) -> Markup {
    let Some(used) = standing.utilisation.filter(|_| standing.limit.is_some()) else { return html! {} };
    let left = match &standing.available {
        Some(available) if available.amount.starts_with('-') => t("over the limit").to_owned(),
        Some(available) => say!("{amount} left", amount = money_short(available)),
        None => t("of the limit").to_owned(),
    };
    ring(t("Credit used"), used * 100.0, exposure::tone(standing), &html! { (left) })
}

/// As which entity the account is seen, `[` and `]` for the one before and the one after.
fn entities(page: &AccountPage) -> Markup {
    let to = |code: &str| {
        Link::to(&format!("/accounts/{}", page.account.id))
            .with("tab", page.tab.name())
            .with("entity", code)
            .done()
    };
    let seen = page.entities.iter().find(|entity| Some(&entity.code) == page.entity.as_ref());
    let codes: Vec<&str> =
        std::iter::once("").chain(page.entities.iter().map(|entity| entity.code.as_str())).collect();
    let here = codes.iter().position(|code| *code == page.entity.as_deref().unwrap_or_default()).unwrap_or(0);
    let key = |at: usize| match at {
        _ if at == here + 1 => Some("]"),
        _ if at + 1 == here => Some("["),
        _ => None,
    };
    html! {
        @if page.entities.len() > 1 || page.entity.is_some() {
            nav .seg aria-label="See it as" {
                a href=(to("")) data-key=[key(0)] aria-current=[page.entity.is_none().then_some("true")] { "Group master" }
                @for (at, entity) in page.entities.iter().enumerate() {
                    a href=(to(&entity.code)) data-key=[key(at + 1)] aria-current=[(Some(&entity.code) == page.entity.as_ref()).then_some("true")] {
                        (entity.name)
                        @if let Some(count) = page.overridden.get(&entity.code) { " " span .pill .acc { (count) span .vh { " overridden" } } }
                    }
                }
            }
            @if let Some(entity) = seen {
                span .sm .muted .hide-s {
                    "You see what " (entity.name) " sees, in " (entity.currency) ": "
                    @match page.overridden.get(&entity.code) {
                        Some(1) => "the master record plus 1 override.",
                        Some(count) => { "the master record plus " (count) " overrides." }
                        None => "the master record.",
                    }
                }
            }
        }
    }
}

/// The tabs, as links.
pub(super) fn tabs(page: &AccountPage) -> Markup {
    let waiting = page.open_changes.len();
    let missing = page.account.missing_fields.len();
    html! {
        nav .tabs aria-label="Account sections" {
            @for (at, (tab, title)) in [
                (AccountTab::Overview, t("Overview")),
                (AccountTab::Timeline, t("Timeline")),
                (AccountTab::Metrics, t("Metrics")),
                (AccountTab::Master, t("Master data")),
                (AccountTab::Group, t("Group & relations")),
                (AccountTab::Credit, t("Credit")),
                (AccountTab::Commerce, t("Pricing & tax")),
                (AccountTab::Documents, t("Documents")),
                (AccountTab::Contracts, t("Contracts")),
                (AccountTab::Vehicles, t("Vehicles")),
                (AccountTab::Changes, t("Changes")),
            ].into_iter().enumerate() {
                a href=(page.href(tab).done()) data-key=[(at < 9).then(|| at + 1)] aria-current=[(page.tab == tab).then_some("page")] {
                    (title)
                    @if tab == AccountTab::Changes && waiting > 0 {
                        span .pill .warn { (waiting) span .vh { " waiting" } }
                    }
                    @if tab == AccountTab::Master && missing > 0 {
                        span .pill { (missing) span .vh { " missing" } }
                    }
                }
            }
        }
    }
}
