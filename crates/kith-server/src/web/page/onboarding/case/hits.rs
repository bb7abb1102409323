//! What the screening found about the parties of a case, side by side with the entry, to be decided here.

use kith_api::view::HitView;
use kith_template::{html, say};
use maud::Markup;

use super::super::super::super::number::{phrase, words};
use super::super::super::super::part::verdict::{choices, proposal};
use super::super::super::super::shell::Shell;
use super::CasePage;
use crate::web::words::t;

pub(super) fn hits(shell: &Shell, page: &CasePage) -> Markup {
    let pending = page.hits.iter().filter(|hit| is_pending(hit)).count();
    let ruled_out = page.hits.iter().filter(|hit| hit.state == "false_positive").count();
    html! {
        @if !page.hits.is_empty() {
            section .card aria-labelledby="hits" {
                header { h2 #hits { "Screening hits" } span .sm .muted .push { (pending) " to decide, " (ruled_out) " ruled out" } }
                @for hit in &page.hits { (one(shell, page, hit)) }
            }
        }
    }
}

fn is_pending(hit: &HitView) -> bool {
    !matches!(hit.state.as_str(), "false_positive" | "true_match" | "withdrawn")
}

/// Which share of a circle of radius 20 a score is, as dash and gap.
fn arc(score: f64) -> String {
    format!("{:.1} 125.7", score.clamp(0.0, 1.0) * 125.7)
}

fn one(shell: &Shell, page: &CasePage, hit: &HitView) -> Markup {
    let listed =
        |name: &str| hit.entry.properties.get(name).map(|values| values.join(", ")).unwrap_or_default();
    let agrees = |name: &str| hit.entry.features.get(name).copied();
    let said = |feature: Option<f64>| match feature {
        Some(value) if value < 0.0 => ("good", t("differs")),
        Some(value) if value > 0.0 => ("warn", t("the same")),
        _ => ("muted", t("not known")),
    };
    let (tone, verdict) = match hit.entry.score {
        score if score >= 0.95 => ("bad", t("very close")),
        score if score >= 0.8 => ("warn", t("needs a look")),
        _ => ("good", t("likely not a match")),
    };
    let alike = format!("{:.0}", hit.entry.score * 100.0);
    let rows = [
        (t("Country"), listed("country"), said(agrees("country"))),
        (t("Born or registered"), listed("birthDate"), said(agrees("birth_date"))),
        (t("Matter"), listed("topics"), ("muted", "")),
    ];
    html! {
        .hit id=(hit.id) {
            .row .wrap .gap2 {
                svg class=(format!("ring {tone}")) viewBox="0 0 48 48" width="38" height="38" role="img" aria-label=(say!("{alike} of 100 alike")) {
                    circle .bg cx="24" cy="24" r="20" {}
                    circle .fg cx="24" cy="24" r="20" stroke-dasharray=(arc(hit.entry.score)) {}
                    text x="24" y="24.5" .t3 { (format!("{:.0}", hit.entry.score * 100.0)) }
                }
                .stack .x .grow {
                    b { (hit.party.name) ", " (phrase(&hit.party.role)) }
                    span .sm .muted { (hit.entry.datasets.join(", ")) ", entry " (hit.entry.id) ", list of " (shell.clock.age_mark(Some(&hit.entry.loaded_at))) }
                }
                span class=(format!("pill {tone}")) { @if is_pending(hit) { (verdict) } @else { (words(&hit.state)) } }
            }
            table .cmp {
                thead { tr { td {} th scope="col" { "Applicant" } th scope="col" { "List entry" } td {} } }
                tbody {
                    tr { th scope="row" { "Name" } td { (hit.party.name) } td { (hit.matched_name) } td .warn { "close" } }
                    @for (title, listed, (tone, said)) in rows {
                        @if !listed.is_empty() {
                            tr { th scope="row" { (title) } td { @if title == t("Country") { (page.case.owners.iter().find(|owner| owner.name.as_deref() == Some(&hit.party.name)).and_then(|owner| owner.country.as_deref()).unwrap_or("–")) } @else { "–" } } td { (listed) } td class=(tone) { (said) } }
                        }
                    }
                }
            }
            @if is_pending(hit) && page.may_judge && page.case.state == "open" { (decide(shell, page, hit)) }
            @else { a .sm .ul href=(format!("/screening/{}", hit.id)) { "What was said about it" } }
        }
    }
}

fn decide(shell: &Shell, page: &CasePage, hit: &HitView) -> Markup {
    let (reason, evidence) = (format!("reason-{}", hit.id), format!("evidence-{}", hit.id));
    html! {
        form .stack .x method="post" action=(format!("/onboarding/{}/hits/{}", page.case.id, hit.id)) {
            input type="hidden" name="csrf" value=(shell.csrf);
            @if let Some(proposal) = proposal(hit, &page.reader) { p .sm .proposal { (proposal) } }
            .row .wrap .gap2 {
                label .vh for=(reason) { "Reason" }
                input #(reason) .field .grow name="reason" required maxlength="1000" autocomplete="off" placeholder="Reason, kept with the case";
                label .vh for=(evidence) { "Evidence" }
                input #(evidence) .field .grow name="evidence" required maxlength="1000" autocomplete="off" placeholder="What shows it: passport, extract";
            }
            .row .wrap .gap2 .ends {
                a .sm .ul href=(format!("/screening/{}", hit.id)) { "Side by side" }
                @for (value, title) in choices(hit, &page.reader) {
                    button .btn .sm .danger[value == "true_match"] type="submit" name="disposition" value=(value) { (title) }
                }
            }
        }
    }
}
