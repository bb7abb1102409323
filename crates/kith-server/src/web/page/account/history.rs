//! What happened and what was changed.

use kith_api::view::{AuditView, ChangeView};
use kith_template::html;
use maud::Markup;

use super::{AccountPage, AccountTab};
use crate::web::number::words;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::part::pager::pager;
use crate::web::part::record::{asker, record};
use crate::web::part::timeline::{GROUPS, timeline};
use crate::web::part::{diff, tone};
use crate::web::shell::Shell;
use crate::web::words::{t, told};

pub(super) fn timeline_tab(shell: &Shell, page: &AccountPage) -> Markup {
    html! { (timeline_card(shell, page, true)) }
}

/// The timeline with its groups as links.
pub(super) fn timeline_card(shell: &Shell, page: &AccountPage, detailed: bool) -> Markup {
    let tab = if detailed { AccountTab::Timeline } else { page.tab };
    let next = page.next.as_deref().map(|cursor| {
        page.href(AccountTab::Timeline).with("group", &page.timeline_filter).with("cursor", cursor).done()
    });
    html! {
        section #timeline .card data-part aria-labelledby="timeline-title" {
            header .wrap {
                h2 #timeline-title { "Timeline" }
                nav .seg .push aria-label="Show of the timeline" {
                    @for (group, title) in GROUPS {
                        @let open = page.timeline_filter == group;
                        a id=(format!("group-{}", if group.is_empty() { "all" } else { group }))
                            href=(page.href(tab).with("group", group).done()) aria-current=[open.then_some("true")] { (t(title)) }
                    }
                }
            }
            @if page.timeline.is_empty() {
                (empty(Icon::Clock, t("Nothing here yet"), &html! {
                    @if page.timeline_filter.is_empty() { "Orders, deliveries, payments and messages appear as they happen." }
                    @else { "Nothing of this kind has happened." }
                }))
            } @else {
                (timeline(&page.timeline, &shell.clock, detailed))
                .foot-pager data-more[detailed] { (pager(next.as_deref(), None, t("Earlier"))) }
            }
        }
    }
}

pub(super) fn changes_tab(shell: &Shell, page: &AccountPage) -> Markup {
    html! {
        (as_of(page, shell))
        (changes_card(shell, t("Waiting"), &page.open_changes, t("Nothing waits for a decision.")))
        (changes_card(shell, t("Decided"), &page.past_changes, t("No change of this account has been decided yet.")))
        @if !page.history.is_empty() { (records_card(shell, page)) }
    }
}

/// The way to the record as it was on a day.
fn as_of(page: &AccountPage, shell: &Shell) -> Markup {
    html! {
        section .card aria-labelledby="as-of-title" {
            form .body .row .wrap method="get" action=(format!("/accounts/{}/as-of", page.account.id)) {
                h2 #as-of-title { "See the record as it was" }
                @if let Some(entity) = &page.entity { input type="hidden" name="entity" value=(entity); }
                label .vh for="as-of-day" { "On which day" }
                input #as-of-day .field .short name="day" type="date" required value=(shell.clock.today().to_string());
                button .btn type="submit" { (Icon::Clock.show()) "Show" }
            }
        }
    }
}

/// Every record of the account with its values before and after, and the way back to them.
fn records_card(shell: &Shell, page: &AccountPage) -> Markup {
    let next = page.earlier.as_deref();
    let next = next.map(|before| page.href(AccountTab::Changes).with("before", before).done());
    html! {
        section .card #history aria-labelledby="history-title" {
            header { h2 #history-title { "History" } span .sm .muted .push { "every record, newest first" } }
            @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
            ul .list .records {
                @for found in &page.history { (record(&shell.clock, found, &html! {}, &back(shell, page, found))) }
            }
            .foot-pager { (pager(next.as_deref(), None, t("Earlier"))) }
        }
    }
}

/// The button that asks for the values before a record.
fn back(shell: &Shell, page: &AccountPage, found: &AuditView) -> Markup {
    let mut fields: Vec<&str> = found.changes.iter().filter_map(|line| line.path.split('/').nth(1)).collect();
    fields.dedup();
    let possible = page.may_edit && found.kind == "account.updated.v1" && !fields.is_empty();
    html! {
        @if possible {
            form method="post" action=(format!("/accounts/{}/restore", page.account.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                input type="hidden" name="version" value=(found.version.saturating_sub(1));
                input type="hidden" name="fields" value=(fields.join(","));
                button .btn .sm type="submit" title="Asks for a change that brings back the values before this record" { (Icon::Replay.small()) "Bring back" }
            }
        }
    }
}

fn changes_card(shell: &Shell, title: &str, changes: &[ChangeView], nothing: &str) -> Markup {
    html! {
        section .card aria-label=(title) {
            header { h2 { (title) } span .sm .muted .push .num { (changes.len()) } }
            @if changes.is_empty() { .body { p .muted { (nothing) } } } @else {
                ul .list {
                    @for change in changes {
                        li {
                            a .grow .stack .x href=(format!("/changes/{}", change.id)) {
                                span .b { (told(&change.title)) }
                                span .sm .muted {
                                    (asker(change))
                                    @if let Some(brief) = diff::brief(&change.diff) { " · " (brief) }
                                }
                            }
                            span class=(format!("pill {}", tone::of_state(&change.state))) { (words(&change.state)) }
                            span .sm .muted .nowrap { (shell.clock.age_mark(Some(&change.submitted_at))) }
                        }
                    }
                }
            }
        }
    }
}
