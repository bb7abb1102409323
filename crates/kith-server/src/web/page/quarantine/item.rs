//! Items of the quarantine: what each says, and what is done with one or several.

use kith_api::view::QuarantineView;
use kith_template::{html, plural};
use maud::Markup;

use super::QuarantinePage;
use crate::web::number::{money, words};
use crate::web::part::icon::Icon;
use crate::web::part::tone;
use crate::web::shell::Shell;
use crate::web::words::{t, told};

/// The items of a cause, with what can be done with those that are chosen.
pub(super) fn bulk(shell: &Shell, page: &QuarantinePage) -> Markup {
    let cause = page.open.and_then(|open| page.desk.causes.get(open));
    let more = cause.map_or(0, |cause| cause.items.saturating_sub(page.items.len() as u64));
    let fault = |name: &str| page.typed.faults.get(name);
    let said = |name: &str| html! { @if let Some(fault) = fault(name) { p .sm .bad role=[page.fault.is_none().then_some("alert")] id=(format!("{name}-fault")) { (fault) } } };
    html! {
        section .card aria-labelledby="items-title" {
            header {
                h2 #items-title { "What waits for this cause" }
                label .push .row .sm .scripted { input #choose-all type="checkbox" data-choose="[name^='item.']"; "Choose all" }
            }
            form #chosen .body .stack .t .bulk-form method="post" action="/quarantine/decide" {
                (tokens(shell, page))
                .row .wrap {
                    .grow .stack .x {
                        label .sm .b for="reason" { "Reason " span .muted .plain { "needed to give to a customer or discard" } }
                        input .field #reason name="reason" maxlength="500" autocomplete="off"
                            aria-invalid=[fault("reason").map(|_| "true")] aria-describedby=[fault("reason").map(|_| "reason-fault")]
                            value=[(page.typed.item.is_empty() && !page.typed.reason.is_empty()).then_some(&page.typed.reason)];
                        (said("reason"))
                    }
                    .grow .stack .x {
                        label .sm .b for="subject" { "Belongs to " span .muted .plain { "needed to give to a customer" } }
                        input .field #subject name="subject" maxlength="200" autocomplete="off" placeholder="C-000123 or external:erp:99"
                            aria-invalid=[fault("subject").map(|_| "true")] aria-describedby=[fault("subject").map(|_| "subject-fault")]
                            value=[(!page.typed.subject.is_empty()).then_some(&page.typed.subject)];
                        (said("subject"))
                    }
                    .grow .stack .x {
                        label .sm .b for="to" { "Looked after by" }
                        select .field #to name="to" {
                            option value="" { "Nobody" }
                            @for person in &page.people {
                                option value=(person.id) { (person.name.as_deref().unwrap_or(&person.id)) }
                            }
                        }
                    }
                }
                .row .wrap {
                    span .sm .muted .grow { "With those chosen below:" }
                    button .btn .pri type="submit" name="act" value="replay" { (Icon::Replay.small()) "Replay" }
                    button .btn type="submit" name="act" value="repair" { (Icon::Check.small()) "Give to customer" }
                    button .btn type="submit" name="act" value="assign" { (Icon::People.small()) "Assign" }
                    button .btn .danger type="submit" name="act" value="discard" { "Discard" }
                }
            }
            ul .list .waits { @for item in &page.items { (line(shell, page, item)) } }
            @if more > 0 {
                .body { p .sm .muted { (plural!(more, "{n} more of this cause follows when these are decided.", "{n} more of this cause follow when these are decided.")) } }
            }
        }
    }
}

/// What a form sends besides: its token, and the cause to come back to.
fn tokens(shell: &Shell, page: &QuarantinePage) -> Markup {
    let cause = page.open.and_then(|open| page.desk.causes.get(open));
    html! {
        input type="hidden" name="csrf" value=(shell.csrf);
        @if let Some(cause) = cause {
            input type="hidden" name="code" value=(cause.code);
            input type="hidden" name="source" value=(cause.source);
            input type="hidden" name="type" value=(cause.kind);
            input type="hidden" name="at" value=(cause.pointer);
        }
    }
}

/// One item.
pub(super) fn line(shell: &Shell, page: &QuarantinePage, item: &QuarantineView) -> Markup {
    let waiting = item.state == "waiting";
    html! {
        li #(item.id) {
            @if waiting {
                label .hit-box { input type="checkbox" form="chosen" name=(format!("item.{}", item.id)) checked[page.typed.chosen.contains(&item.id)]; span .vh { "Choose " (item.external_id) } }
            }
            span .grow .stack .x {
                span .row .wrap .gap1 {
                    b .mono { (item.external_id) }
                    @if let Some(amount) = &item.amount { span .num { (money(amount)) } }
                    @if !waiting { span class=(format!("pill {}", tone::of_state(&item.state))) { (words(&item.state)) } }
                    @if let Some(name) = &item.assignee_name { span .pill { (name) } }
                }
                span { (told(&item.detail)) }
                span .sm .muted .broken {
                    (item.source)
                    @if let Some(subject) = &item.subject { " · " "names " span .mono { (subject) } }
                    @if !item.pointer.is_empty() { " · " span .mono { (item.pointer) } }
                }
                (decided(shell, item))
                (payload(shell, page, item, waiting))
            }
            span .sm .muted .nowrap { (shell.clock.age_mark(Some(&item.received_at))) }
            @if waiting { (alone(shell, page, item)) }
        }
    }
}

fn decided(shell: &Shell, item: &QuarantineView) -> Markup {
    html! {
        @if let Some(by) = &item.repaired_by_name {
            span .sm .muted { "Repaired by " (by) @if let Some(at) = &item.repaired_at { ", " (shell.clock.ago(at)) } }
        }
        @if let Some(by) = item.decided_by_name.as_ref().or(item.decided_by.as_ref()) {
            span .sm .muted { "Decided by " (by) @if let Some(reason) = &item.reason { ": " (reason) } }
        }
    }
}

/// The event as it came, as data; where it waits, in a form in which it is put right.
fn payload(shell: &Shell, page: &QuarantinePage, item: &QuarantineView, waiting: bool) -> Markup {
    let Some(event) = &item.event else {
        return html! { span .sm .muted { "The event is shown to those who may read personal data." } };
    };
    let typed = page.typed.item == item.id;
    let text = if typed {
        page.typed.event.clone()
    } else {
        serde_json::to_string_pretty(event).unwrap_or_default()
    };
    let repairs = waiting && item.code != "conflict";
    let fault = page.typed.faults.get("event").filter(|_| typed);
    let about = format!("text-{}-fault", item.id);
    html! {
        details #(format!("event-{}", item.id)) .whole open[typed] {
            summary .sm .muted { @if repairs { "Event and repair" } @else { "Event" } }
            @if repairs {
                form .stack .t method="post" action=(format!("/quarantine/{}/repair", item.id)) {
                    (tokens(shell, page))
                    input type="hidden" name="item" value=(item.id);
                    label .sm .b for=(format!("text-{}", item.id)) { "Event" }
                    textarea .field .mono #(format!("text-{}", item.id)) name="event" rows="12" spellcheck="false"
                        aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| &about)] { (text) }
                    @if let Some(fault) = fault { p #(about) .sm .bad { (fault) } }
                    label .sm .b for=(format!("why-{}", item.id)) { "Why it is changed" }
                    input .field #(format!("why-{}", item.id)) name="reason" required maxlength="500" autocomplete="off"
                        value=[typed.then_some(&page.typed.reason)];
                    .row { button .btn type="submit" { (Icon::Check.small()) "Repair and replay" } }
                }
            } @else {
                pre .scroll .mono tabindex="0" role="region" aria-label="Event" { (text) }
            }
        }
    }
}

/// What is done with one item without choosing it.
fn alone(shell: &Shell, page: &QuarantinePage, item: &QuarantineView) -> Markup {
    let (act, title) =
        if item.code == "conflict" { ("accept", t("Take this one")) } else { ("replay", t("Replay")) };
    html! {
        form method="post" action=(format!("/quarantine/{}/{act}", item.id)) {
            (tokens(shell, page))
            button .btn .sm type="submit" { (Icon::Replay.small()) (title) }
        }
    }
}
