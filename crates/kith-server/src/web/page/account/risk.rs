//! The risk of an account and the limit that its behaviour is worth, with what they are made of.

use kith_api::view::{LimitProposalView, RiskView, ScorecardUsed};
use kith_template::{html, say};
use maud::Markup;

use crate::web::number::{money, number, percent};
use crate::web::part::limit;
use crate::web::shell::Shell;
use crate::web::words::{t, told};

/// Score and class.
pub(super) fn card(risk: &RiskView) -> Markup {
    html! {
        section .card #risk aria-labelledby="risk-title" {
            header {
                h2 #risk-title { "Risk" }
                span .pill .push { "Class " (risk.class) } " " span .sm .muted { (number(risk.score, 1)) " of 100" }
            }
            .body .stack {
                p .sm .muted {
                    @match &risk.scorecard {
                        Some(used) => { (say!("Scored by the scorecard, version {version}.", version = used.version)) },
                        None => "Scored by the expert card.",
                    }
                    " " (say!("Its own behaviour counts {share}, the rest is what others say.", share = percent(risk.credibility)))
                    @if risk.class != risk.class_of_score { " " (say!("The score alone is class {class}.", class = risk.class_of_score)) }
                }
                dl .kv .wide {
                    @for driver in &risk.drivers {
                        dt { (told(&driver.label)) }
                        dd .num { (number(driver.contribution, 1)) " " span .sm .muted { "of " (number(driver.most, 1)) } }
                    }
                }
                @if let Some(used) = &risk.scorecard { (reasons(used)) }
            }
        }
    }
}

fn reasons(used: &ScorecardUsed) -> Markup {
    html! {
        h3 { "What cost the most points" }
        p .sm { a .ul href=(format!("/credit/scorecards/{}", used.version)) { (number(used.points, 0)) " points" } ", " (say!("probability of bad {share}", share = percent(used.probability))) }
        @if !used.reasons.is_empty() {
            ul .plain { @for reason in &used.reasons { li .sm { (reason.column) ": " (reason.bin) " " span .num .muted { "−" (number(reason.points, 0)) } } } }
        }
    }
}

/// The limit that behaviour is worth.
pub(super) fn proposal(shell: &Shell, view: &LimitProposalView, may_propose: bool) -> Markup {
    html! {
        section .card #proposal aria-labelledby="proposal-title" {
            header {
                h2 #proposal-title { "The limit that behaviour is worth" }
                span .pill .push { (outcome(&view.outcome)) }
            }
            .body .stack .t {
                p { b .num { (money(&view.proposed)) } " " span .sm .muted {
                    @match &view.current { Some(current) => { "now " (money(current)) }, None => "none set" }
                } }
            }
            (limit::steps(&view.contributions, &view.counterfactuals, &view.guard_rails))
            @if may_propose && view.outcome != "keep" {
                form .body method="post" action=(format!("/accounts/{}/limit", view.account)) {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    input type="hidden" name="entity" value=(view.entity.as_deref().unwrap_or_default());
                    button .btn type="submit" { "Propose" }
                }
            }
        }
    }
}

fn outcome(code: &str) -> &'static str {
    match code {
        "set" => t("First limit"),
        "raise" => t("Raise"),
        "cut" => t("Cut"),
        _ => t("Stays"),
    }
}
