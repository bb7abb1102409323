//! What comes next in a case: one sentence at the top, and what a step needs where it waits.

use kith_api::view::{CaseStepView, OnboardingView};
use kith_template::{html, say};
use maud::Markup;

use super::super::super::super::link::Link;
use super::super::super::super::number::words;
use super::super::super::super::part::icon::Icon;
use super::super::super::super::part::note::{Kind, note};
use super::super::is_settled;
use crate::web::words::{t, told};

/// A step that something can be done about now.
fn is_ready(step: &CaseStepView) -> bool {
    !is_settled(step) && step.blocked_by.is_empty() && step.state != "not_started"
}

/// Whose turn it is and what is to be done; after the end, where it goes on.
pub(super) fn next(case: &OnboardingView) -> Markup {
    if case.state == "completed" {
        let order = Link::to("/orders/new").with("account", &case.account).done();
        return note(
            Kind::Info,
            &html! {
                p #next .b { (case.account_name) " is a customer now." }
                p { "Whoever signed has access to the portal; a welcome is on its way." }
                a .btn .pri href=(order) { (Icon::Package.show()) "Place the first order" }
            },
        );
    }
    if case.state != "open" {
        return html! {};
    }
    let ours: Vec<&CaseStepView> = case
        .steps
        .iter()
        .filter(|step| is_ready(step) && matches!(step.state.as_str(), "running" | "failed"))
        .collect();
    let theirs = case.steps.iter().filter(|step| step.state == "awaiting_customer").count();
    let outside = case.steps.iter().filter(|step| step.state == "pending_external").count();
    html! {
        (note(Kind::Info, &html! {
            p #next {
                @match ours.split_first() {
                    Some((first, rest)) => {
                        b { "Next: " a .ul href=(format!("#step-{}", first.step)) { (told(&first.title)) } }
                        @for step in rest { ", " a .ul href=(format!("#step-{}", step.step)) { (told(&step.title)) } }
                        ". "
                    },
                    None if theirs > 0 => b { "The customer is waited for. " },
                    None if outside > 0 => b { "Somebody outside is waited for. " },
                    None => b { "Kith goes on by itself. " },
                }
                @if theirs > 0 { (theirs) @if theirs == 1 { " step waits" } @else { " steps wait" } " for the customer. " }
                @if outside > 0 { (outside) @if outside == 1 { " step waits" } @else { " steps wait" } " for somebody outside and is asked again." }
            }
        }))
    }
}

/// Where a step is worked on, besides its own line: a title and an address.
pub(super) fn way(case: &OnboardingView, step: &CaseStepView) -> Option<(String, String)> {
    let said = |source: &str| {
        let evidence = step.trail.last()?.evidence.iter().find(|item| item.source == source)?;
        evidence.text.clone()
    };
    let named = |title: &str, href: String| Some((title.to_owned(), href));
    match step.step.as_str() {
        "registry" | "tax_id" | "documents" => named(t("Bring the document"), "#papers".to_owned()),
        "owners" => named(t("Name the owners"), "#owners".to_owned()),
        "screening" if case.state == "open" => named(t("See what was found"), "#hits".to_owned()),
        "duplicate_check" => named(t("Compare the accounts"), "/duplicates".to_owned()),
        "credit" => named(t("Agree on the payment"), "#payment".to_owned()),
        "approvals" => {
            let change = said("change").filter(|text| text.starts_with("chg_"))?;
            let id = change.split([' ', '.']).next().unwrap_or_default().to_owned();
            named(t("Open the change"), format!("/changes/{id}"))
        }
        "contract" => match said("contract").filter(|text| text.starts_with("ctr_")) {
            Some(id) => named(t("Open the contract"), format!("/contracts/{id}")),
            None => named(t("See the contracts"), format!("/accounts/{}?tab=contracts", case.account)),
        },
        "provisioning" => named(t("See who has access"), format!("/accounts/{}?tab=contracts", case.account)),
        _ => None,
    }
}

/// What a step waits for, in words.
pub(super) fn waits(step: &CaseStepView) -> String {
    let before = step.blocked_by.iter().map(|name| words(name)).collect::<Vec<_>>().join(", ");
    match (&step.reason, before.is_empty()) {
        (Some(reason), _) => told(reason).into_owned(),
        (None, false) => say!("Waits for {before}"),
        (None, true) if step.state == "not_started" => t("Kith looks at it in a moment").to_owned(),
        (None, true) => words(&step.state),
    }
}
