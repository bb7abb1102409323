//! A step in an account's life before it is asked for: what it does, its lane, who approves it, and the reason.

use kith_api::view::{AccountView, OutlookView};
use kith_template::{html, say};
use maud::Markup;
use serde_json::Value;

use super::super::number::{phrase, words};
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, note};
use super::super::part::tone;
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, told};

/// What can be done to an account on a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Make it inactive.
    Deactivate,
    /// Make it a customer again.
    Reactivate,
    /// Close it.
    Close,
    /// Make a closed one inactive.
    Reopen,
    /// Delete it.
    Delete,
    /// Take a merged account out again.
    Unmerge,
}

impl Act {
    /// Reads the last part of the address.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        [Self::Deactivate, Self::Reactivate, Self::Close, Self::Reopen, Self::Delete, Self::Unmerge]
            .into_iter()
            .find(|act| act.name() == text)
    }

    /// The last part of the address.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Deactivate => "deactivate",
            Self::Reactivate => "reactivate",
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::Delete => "delete",
            Self::Unmerge => "unmerge",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Deactivate => t("Deactivate"),
            Self::Reactivate => t("Reactivate"),
            Self::Close => t("Close"),
            Self::Reopen => t("Reopen"),
            Self::Delete => t("Delete"),
            Self::Unmerge => t("Take out again"),
        }
    }

    fn about(self) -> &'static str {
        match self {
            Self::Deactivate => t(
                "It leaves the lists and cannot be edited. Its history stays, and what still happens is still recognised.",
            ),
            Self::Reactivate => t("It is a customer again, with all its history."),
            Self::Close => t("It is a customer no more. Only three approvals open it again."),
            Self::Reopen => t("It becomes inactive, and can be reactivated then."),
            Self::Delete => t(
                "Only what nothing ever happened to. Its personal data is destroyed; the record keeps that it was. This is final.",
            ),
            Self::Unmerge => {
                t("Both accounts are as they would be without the merge. What was added since stays here.")
            }
        }
    }

    /// The steps that an account in a stage can take, for its menu.
    #[must_use]
    pub fn possible(stage: &str) -> &'static [Self] {
        match stage {
            "active" | "probation" => &[Self::Deactivate],
            "inactive" => &[Self::Reactivate, Self::Close, Self::Delete],
            "closed" => &[Self::Reopen, Self::Delete],
            "prospect" => &[Self::Close, Self::Delete],
            _ => &[],
        }
    }

    /// What the menu says.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.title()
    }
}

/// The state of the page.
#[derive(Debug, Clone)]
pub struct ActPage {
    /// The account.
    pub account: AccountView,
    /// What is to be done.
    pub act: Act,
    /// The account that is taken out, for that act.
    pub loser: String,
    /// Its lane and approvers, or the refusal.
    pub outlook: OutlookView,
    /// The reason as typed.
    pub reason: String,
    /// Even though invoices are open.
    pub allow_open_ar: bool,
    /// Why it was not taken.
    pub fault: Option<String>,
}

/// Lane and approvers, or why it would be refused.
pub(crate) fn outlook(outlook: &OutlookView) -> Markup {
    if let Some(refusal) = &outlook.refusal {
        let said = |member: &str| refusal.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
        return note(Kind::Bad, &html! { p .b { (told(&said("sentence"))) } p { (told(&said("clears"))) } });
    }
    html! {
        div #outlook .row .wrap .gap2 {
            span class=(format!("pill {}", tone::of_lane(&outlook.lane))) { (say!("{lane} lane", lane = words(&outlook.lane))) }
            @if outlook.steps.is_empty() { span .sm .muted { "Applies at once." } }
            @else {
                span .sm { "Approved by " (outlook.steps.iter().map(|role| phrase(role)).collect::<Vec<_>>().join(t(", then "))) "." }
            }
        }
    }
}

/// The page of an act.
#[must_use]
pub fn act(shell: &Shell, page: &ActPage) -> Markup {
    let href = format!("/accounts/{}", page.account.id);
    let frame = Frame {
        above: &[(t("Accounts"), "/accounts"), (&page.account.name, &href)],
        here: page.act.title(),
        kind: "account",
        account: None,
        wide: false,
    };
    let refused = page.outlook.refusal.is_some();
    let unsaid = page.fault.is_some() && page.reason.trim().is_empty();
    let content = html! {
        .head { .stack .t { h1 { (page.act.title()) " " (page.account.name) } p .muted { (page.act.about()) } } }
        (outlook(&page.outlook))
        section .card {
            form .body .stack #act method="post" action=(format!("{href}/act/{}", page.act.name())) {
                input type="hidden" name="csrf" value=(shell.csrf);
                @if !page.loser.is_empty() { input type="hidden" name="loser" value=(page.loser); }
                @if let Some(fault) = &page.fault { p #act-fault .bad role="alert" { (fault) } }
                .stack .t {
                    label .sm .b for="reason" { "Reason " span .muted .plain { "kept with the change" } }
                    input #reason .field name="reason" value=(page.reason) required maxlength="2000" autocomplete="off"
                        aria-invalid=[unsaid.then_some("true")] aria-describedby=[unsaid.then_some("reason-fault")];
                    @if unsaid { p #reason-fault .sm .bad { "Say why: the reason is kept." } }
                }
                @if page.act == Act::Deactivate {
                    label .row .gap2 {
                        input type="checkbox" name="allow_open_ar" value="true" checked[page.allow_open_ar];
                        "Even though invoices are open"
                    }
                }
                .row .gap3 {
                    a .btn href=(href) { "Back" }
                    button .btn .pri type="submit" disabled[refused && page.act != Act::Deactivate] { (Icon::Check.show()) "Ask for it" }
                }
            }
        }
    };
    framed(shell, &frame, &content)
}
