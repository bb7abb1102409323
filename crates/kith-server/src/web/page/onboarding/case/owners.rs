//! Who owns and controls the company, and how it pays: shown, and changed while the case is open.

use std::collections::HashMap;

use kith_api::view::{CaseOwnerView, OnboardingView};
use kith_template::{html, say};
use maud::Markup;

use super::super::super::super::number::{amount, in_percent, number};
use super::super::super::super::part::icon::Icon;
use super::super::super::super::shell::Shell;
use super::super::apply::owner_rows;
use super::super::is_settled;
use super::CasePage;
use crate::web::words::t;

fn is_open(case: &OnboardingView, step: &str) -> bool {
    case.state == "open" && case.steps.iter().any(|one| one.step == step && !is_settled(one))
}

pub(super) fn owners(shell: &Shell, page: &CasePage) -> Markup {
    let case = &page.case;
    let known: f64 = case.owners.iter().filter_map(|owner| owner.percent).sum();
    let name = |owner: &CaseOwnerView| owner.name.clone().unwrap_or_else(|| t("Not shown").to_owned());
    let mut at = 0.0;
    let bars: Vec<(usize, f64, f64)> = case
        .owners
        .iter()
        .enumerate()
        .map(|(place, owner)| {
            let width = owner.percent.unwrap_or_default();
            let from = at;
            at += width;
            (place % 4 + 1, from, width)
        })
        .collect();
    let editable = page.may_work && is_open(case, "owners") && is_open(case, "screening");
    html! {
        section .card aria-labelledby="owners" {
            header { h2 #owners { "Owners" } span .sm .muted .push { (say!("{known} explained", known = in_percent(&number(known, 0)))) } }
            .body .stack .t {
                @if case.owners.is_empty() { p .muted { "Nobody is named." } }
                @else {
                    svg .shares viewBox="0 0 100 4" preserveAspectRatio="none" width="100%" height="14" role="img" aria-label="Shares of the owners" {
                        @for (tone, from, width) in &bars {
                            rect class=(format!("k{tone}")) x=(format!("{from:.2}")) y="0" width=(format!("{width:.2}")) height="4" {}
                        }
                    }
                    .row .wrap .gap4 .sm {
                        @for (place, owner) in case.owners.iter().enumerate() {
                            span .row {
                                span class=(format!("sw k{}", place % 4 + 1)) {}
                                (name(owner))
                                @if let Some(share) = owner.percent { " " (in_percent(&number(share, 0))) }
                                @if owner.controls { " · controls" }
                            }
                        }
                    }
                }
                @if editable { (change(shell, case)) }
            }
        }
    }
}

/// The owners in the fields of the application.
fn change(shell: &Shell, case: &OnboardingView) -> Markup {
    let mut typed = HashMap::new();
    for (owner, place) in case.owners.iter().zip(1..) {
        let mut put = |member: &str, text: String| typed.insert(format!("owner_{member}_{place}"), text);
        put("name", owner.name.clone().unwrap_or_default());
        put("percent", owner.percent.map(|share| share.to_string()).unwrap_or_default());
        put("country", owner.country.clone().unwrap_or_default());
        put("controls", owner.controls.to_string());
        put("company", (!owner.is_person).to_string());
    }
    html! {
        details {
            summary .btn .sm { "Change" span .vh { " the owners" } }
            form .asking #owners-form method="post" action=(format!("/onboarding/{}/owners", case.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                (owner_rows(&typed))
                .row { button .btn .pri type="submit" { (Icon::Check.show()) "Save the owners" } }
            }
        }
    }
}

/// How the customer pays: in advance, or with a limit that is proposed.
pub(super) fn payment(shell: &Shell, page: &CasePage) -> Markup {
    let case = &page.case;
    if !(page.may_work && is_open(case, "credit")) {
        return html! {};
    }
    html! {
        section .card aria-labelledby="payment" {
            header { h2 #payment { "Payment" } span .sm .muted .push { @if case.prepay { "in advance" } @else { "with a credit limit" } } }
            .body .stack .t {
                form .row .wrap method="post" action=(format!("/onboarding/{}/payment", case.id)) {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    @if case.prepay {
                        button .btn type="submit" name="prepay" value="false" { "It wants credit after all" }
                    } @else {
                        label .sm .b for="limit" { "Propose a limit" }
                        input #limit .field .short name="limit" inputmode="decimal" autocomplete="off" placeholder=(amount("25000.00"));
                        button .btn type="submit" name="act" value="limit" { "Propose" }
                        button .btn type="submit" name="prepay" value="true" { "It pays in advance" }
                    }
                }
            }
        }
    }
}
