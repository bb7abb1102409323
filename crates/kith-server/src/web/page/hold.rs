//! Putting a hold on an account, asking for its release, and keeping an eye on the account.

use kith_api::view::{AccountView, HoldView, OutlookView};
use kith_domain::account::HoldType;
use kith_template::{html, say};
use maud::Markup;

use super::super::number::words;
use super::super::part::icon::Icon;
use super::super::shell::{Frame, Shell, framed};
use super::life::outlook;
use crate::web::words::{t, told};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldAct {
    /// Put a hold on it.
    Place,
    /// Take one off.
    Release,
    /// Keep an eye on it, or on no more.
    Watch,
}

/// What was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HoldTyped {
    /// Kind of the hold.
    pub kind: String,
    /// The legal entity that alone it holds for.
    pub entity: String,
    /// Why.
    pub reason: String,
    /// When it is looked at again, or ends.
    pub until: String,
}

/// The state of the page.
#[derive(Debug, Clone)]
pub struct HoldPage {
    /// The account.
    pub account: AccountView,
    /// What is done.
    pub act: HoldAct,
    /// The hold that is to be released.
    pub hold: Option<HoldView>,
    /// Codes of the legal entities.
    pub entities: Vec<String>,
    /// What was typed.
    pub typed: HoldTyped,
    /// Lane and approvers of a release, or the refusal.
    pub outlook: Option<OutlookView>,
    /// Why it was not taken.
    pub fault: Option<String>,
}

/// The page.
#[must_use]
pub fn hold(shell: &Shell, page: &HoldPage) -> Markup {
    let href = format!("/accounts/{}", page.account.id);
    let (title, here, about) = match page.act {
        HoldAct::Place => (
            t("Put a hold on"),
            t("Put a hold on it"),
            t(
                "Compliance, fraud and legal holds stand at once and stop everything new; others are approved by the AR Manager.",
            ),
        ),
        HoldAct::Release => (
            t("Release a hold on"),
            t("Release a hold"),
            t("Whoever created the account, and for credit whoever sells to it, does not approve this."),
        ),
        HoldAct::Watch => (
            t("Keep an eye on"),
            t("Keep an eye on it"),
            t("Nothing is stopped. It ends by itself after 90 days."),
        ),
    };
    let frame = Frame {
        above: &[(t("Accounts"), "/accounts"), (&page.account.name, &href)],
        here,
        kind: "account",
        account: None,
        wide: false,
    };
    let action = match (&page.act, &page.hold) {
        (HoldAct::Release, Some(hold)) => format!("{href}/holds/{}/release", hold.id),
        (HoldAct::Watch, _) => format!("{href}/watch"),
        _ => format!("{href}/holds"),
    };
    let unsaid = page.fault.is_some() && page.typed.reason.trim().is_empty();
    let content = html! {
        .head { .stack .t { h1 { (title) " " (page.account.name) } p .muted { (about) } } }
        @if let Some(foreseen) = &page.outlook { (outlook(foreseen)) }
        section .card {
            form .body .stack #hold method="post" action=(action) {
                input type="hidden" name="csrf" value=(shell.csrf);
                @if let Some(fault) = &page.fault { p #hold-fault .bad role="alert" { (fault) } }
                @if let Some(held) = &page.hold {
                    p { span .b { (say!("{kind} hold", kind = words(&held.kind))) ". " } @if let Some(reason) = &held.reason { (told(reason)) } }
                    p .sm .muted { (told(&held.release_rule)) }
                }
                @if page.act == HoldAct::Place { (kinds(page)) }
                .stack .t {
                    label .sm .b for="reason" { "Reason " span .muted .plain { "kept with the account" } }
                    input #reason .field name="reason" value=(page.typed.reason) required maxlength="2000" autocomplete="off"
                        aria-invalid=[unsaid.then_some("true")] aria-describedby=[unsaid.then_some("reason-fault")];
                    @if unsaid { p #reason-fault .sm .bad { "Say why: the reason is kept." } }
                }
                @if page.act != HoldAct::Release {
                    .stack .t {
                        label .sm .b for="until" { @if page.act == HoldAct::Place { "Looked at again on" } @else { "Until" } }
                        input #until .field .short type="date" name="until" value=(page.typed.until);
                    }
                }
                .row .gap3 {
                    a .btn href=(href) { "Back" }
                    button .btn .pri type="submit" { (Icon::Check.show()) @if page.act == HoldAct::Release { "Ask for it" } @else { "Do it" } }
                    @if page.act == HoldAct::Watch && page.account.watch.is_some() {
                        button .btn type="submit" name="clear" value="true" formnovalidate { "Keep no eye on it any more" }
                    }
                }
            }
        }
    };
    framed(shell, &frame, &content)
}

fn kinds(page: &HoldPage) -> Markup {
    html! {
        .row .wrap .gap4 .up {
            .stack .t {
                label .sm .b for="kind" { "Kind" }
                select #kind .field name="kind" {
                    @for kind in HoldType::CODES {
                        option value=(kind) selected[page.typed.kind == *kind] { (words(kind)) }
                    }
                }
            }
            .stack .t {
                label .sm .b for="entity" { "Holds for" }
                select #entity .field name="entity" {
                    option value="" { "The whole account" }
                    @for entity in &page.entities {
                        option value=(entity) selected[page.typed.entity == *entity] { (entity) }
                    }
                }
            }
        }
    }
}
