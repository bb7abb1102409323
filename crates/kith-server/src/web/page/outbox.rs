//! The outbox: mails to people outside, what waits and why.

use kith_api::view::{MailView, OutboxView};
use kith_template::{html, say};
use maud::Markup;

use super::super::link::Link;
use super::super::number::words;
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, empty, note};
use super::super::part::pager::pager;
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, word};

/// The outbox.
#[derive(Debug, Clone, Default)]
pub struct OutboxPage {
    /// How mail leaves, and how much waits.
    pub status: OutboxView,
    /// Newest first.
    pub items: Vec<MailView>,
    /// `state` of the address; `all` for every one.
    pub state: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The reader may have mails tried again, and discard them.
    pub may_act: bool,
}

/// One mail.
#[derive(Debug, Clone, Default)]
pub struct MailPage {
    /// The mail.
    pub mail: MailView,
    /// The reader may have it tried again, and discard it.
    pub may_act: bool,
    /// Why the last act was not taken.
    pub fault: Option<String>,
}

/// The states that the list can be narrowed to: value of `state` and title.
const STATES: [(&str, &str); 6] = [
    ("all", word("All")),
    ("queued", word("Queued")),
    ("failed", word("Tried again")),
    ("given_up", word("Given up")),
    ("sent", word("Sent")),
    ("discarded", word("Discarded")),
];

/// The list.
#[must_use]
pub fn outbox(shell: &Shell, page: &OutboxPage) -> Markup {
    let frame = Frame { above: &[], here: t("Outbox"), kind: "outbox", account: None, wide: false };
    let to = |state: &str| Link::to("/outbox").always("state", state);
    let next = page.next.as_deref().map(|cursor| to(&page.state).with("cursor", cursor).done());
    let content = html! {
        .head { .stack .x {
            h1 { "Outbox" }
            p .muted { "Mails to people outside: invitations to sign, links to the portal, reminders." }
        } }
        (way(&page.status))
        .row .wrap {
            nav .seg aria-label="Mails" {
                @for (state, title) in STATES {
                    a href=(to(state).done()) aria-current=[(page.state == state).then_some("true")] { (t(title)) }
                }
            }
        }
        .card {
            @if page.items.is_empty() {
                (empty(Icon::Mail, t("No mail here"), &html! { "A contract that is sent, an access to the portal or a reminder writes one." }))
            } @else {
                ul .list #mails { @for mail in &page.items { (line(shell, mail, page.may_act)) } }
            }
        }
        (pager(next.as_deref(), None, t("More")))
    };
    framed(shell, &frame, &content)
}

/// How mail leaves, or that it does not.
fn way(status: &OutboxView) -> Markup {
    let waiting = status.queued.saturating_add(status.failed);
    if !status.sends {
        return note(
            Kind::Warn,
            &html! {
                p #no-way .b { "No mail leaves this installation." }
                p { (waiting) " wait here until whoever runs it names a mail server or a folder in " span .mono { "mail.json" } ". Until then links are handed over on the page of the contract." }
            },
        );
    }
    html! {
        p #way .sm .muted {
            @match status.by.as_deref() { Some("folder") => "Mail is written into a folder", _ => "Mail leaves by a mail server" }
            @if let Some(route) = &status.route { " " span .mono .broken { (route) } }
            @if let Some(from) = &status.from { ", from " (from) }
            ". " (status.queued) " queued, " (status.failed) " tried again, " (status.given_up) " given up."
        }
    }
}

fn tone(state: &str) -> &'static str {
    match state {
        "sent" => "good",
        "failed" => "warn",
        "given_up" => "bad",
        "queued" => "info",
        _ => "",
    }
}

fn pill(state: &str) -> Markup {
    html! { span class=(format!("pill {}", tone(state))) { @if state == "failed" { "Tried again" } @else { (words(state)) } } }
}

/// Why it did not leave, in a few words.
fn why(mail: &MailView) -> Option<String> {
    let code = mail.code.as_deref().filter(|_| matches!(mail.state.as_str(), "failed" | "given_up"))?;
    Some(match code {
        "unreachable" => t("The mail server does not answer").to_owned(),
        "over" => t("Its link was over before it could leave").to_owned(),
        "address" => t("The address cannot be written to").to_owned(),
        "folder" => t("The folder cannot be written to").to_owned(),
        "erased" => t("Whom it was for was erased").to_owned(),
        _ => match code.strip_prefix("smtp_") {
            Some(status) => say!("The mail server refused it ({status})"),
            None => words(code),
        },
    })
}

fn line(shell: &Shell, mail: &MailView, may_act: bool) -> Markup {
    html! {
        li .wraps {
            span .grow .stack .x {
                span .row .wrap .gap1 {
                    a .b .ul href=(format!("/outbox/{}", mail.id)) { (words(&mail.kind)) }
                    (pill(&mail.state))
                }
                span .sm .muted .broken {
                    "to " (mail.to.as_deref().unwrap_or(t("somebody whose address is not shown"))) " · "
                    a .ul href=(format!("/accounts/{}", mail.account)) { (mail.account_name) }
                }
                @if let Some(why) = why(mail) {
                    span .sm { (why) ", " (mail.attempts) @if mail.attempts == 1 { " try" } @else { " tries" }
                        @if let Some(at) = &mail.next_at { "; next " (shell.clock.exact(at)) } }
                }
            }
            span .stack .x .nowrap {
                span .sm .muted { (shell.clock.age_mark(Some(mail.sent_at.as_ref().unwrap_or(&mail.queued_at)))) }
                @if may_act && matches!(mail.state.as_str(), "failed" | "given_up") { (act(shell, mail, "retry", t("Try again"))) }
            }
        }
    }
}

fn act(shell: &Shell, mail: &MailView, name: &str, title: &str) -> Markup {
    html! {
        form method="post" action=(format!("/outbox/{}/{name}", mail.id)) {
            input type="hidden" name="csrf" value=(shell.csrf);
            button .btn .sm .danger[name == "discard"] type="submit" { (title) }
        }
    }
}

/// Where what a mail is about is found.
fn target(about: &str) -> Option<String> {
    match about.split_once('_')?.0 {
        "ctr" => Some(format!("/contracts/{about}")),
        "onb" => Some(format!("/onboarding/{about}")),
        _ => None,
    }
}

/// One mail: to whom, what it says, and what became of it.
#[must_use]
pub fn mail(shell: &Shell, page: &MailPage) -> Markup {
    let mail = &page.mail;
    let title = words(&mail.kind);
    let frame = Frame {
        above: &[(t("Outbox"), "/outbox")],
        here: &title,
        kind: "outbox",
        account: None,
        wide: false,
    };
    let at = |time: &Option<String>| time.as_deref().map(|time| shell.clock.exact(time));
    let facts = [
        (t("To"), mail.to.clone()),
        (t("Name"), mail.name.clone()),
        (t("Queued"), at(&Some(mail.queued_at.clone()))),
        (t("Sent"), at(&mail.sent_at)),
        (t("Next try"), at(&mail.next_at)),
        (t("Worth sending until"), at(&mail.until)),
        (t("Tries that failed"), (mail.attempts > 0).then(|| mail.attempts.to_string())),
        (t("Last answer"), mail.answer.clone()),
        (t("Decided by"), mail.decided_by_name.clone()),
    ];
    let content = html! {
        .head {
            .stack .x {
                span .row .wrap { h1 { (title) } (pill(&mail.state)) }
                p .muted {
                    a .ul href=(format!("/accounts/{}", mail.account)) { (mail.account_name) }
                    @if let Some(href) = target(&mail.about) { " · " a .ul href=(href) { "what it is about" } }
                }
            }
            @if page.may_act && !matches!(mail.state.as_str(), "sent" | "discarded") {
                .push .row {
                    @if mail.state != "queued" { (act(shell, mail, "retry", t("Try again"))) }
                    (act(shell, mail, "discard", t("Discard")))
                }
            }
        }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        @if let Some(why) = why(mail) { (note(Kind::Warn, &html! { p .b { (why) "." } })) }
        section .card aria-labelledby="facts" {
            header { h2 #facts { "Delivery" } }
            .body { dl .kv .wide {
                @for (title, value) in facts { @if let Some(value) = value { dt { (title) } dd .broken { (value) } } }
            } }
        }
        section .card aria-labelledby="text" {
            header { h2 #text { (mail.subject.as_deref().unwrap_or(t("Its subject is not shown"))) } }
            .body .stack .t {
                @match &mail.text {
                    Some(text) => { @for part in text.split("\n\n") { p { (part) } } },
                    None => p .muted { "Its text was erased, or is not yours to see." },
                }
            }
        }
    };
    framed(shell, &frame, &content)
}
