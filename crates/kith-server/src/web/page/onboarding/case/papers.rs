//! The documents that a customer must bring: what is there, one more, and whether it is right.

use kith_api::view::{OnboardingView, PaperView};
use kith_template::html;
use maud::Markup;

use super::super::super::super::number::{phrase, words};
use super::super::super::super::part::icon::Icon;
use super::super::super::super::shell::Shell;
use super::CasePage;
use crate::web::words::t;

/// Kinds of documents besides those that are asked for.
const OTHERS: [&str; 5] = ["ownership_chart", "bank_letter", "financials", "contract", "other"];

pub(super) fn papers(shell: &Shell, page: &CasePage) -> Markup {
    let case = &page.case;
    let all = format!("/accounts/{}?tab=documents", case.account);
    html! {
        section .card aria-labelledby="papers" {
            header { h2 #papers { "Documents" } a .sm .ul .push href=(all) { "All documents" } }
            @if case.papers.is_empty() { p .body .muted { "Nothing is asked for." } }
            @else { ul .list { @for paper in &case.papers { (line(shell, page, paper)) } } }
            @if page.may_upload && case.state == "open" { (upload(shell, case)) }
        }
    }
}

fn line(shell: &Shell, page: &CasePage, paper: &PaperView) -> Markup {
    let own = paper.received_by.as_deref() == Some(page.reader.as_str());
    let (tone, text) = match paper.status.as_deref() {
        Some("verified") => ("good", t("verified").to_owned()),
        Some("received") => ("warn", t("received, being looked at").to_owned()),
        Some("scanned") if own => ("warn", t("to verify by somebody else").to_owned()),
        Some("scanned") => ("warn", t("to verify").to_owned()),
        Some(status) => ("bad", words(status)),
        None => ("muted", t("missing").to_owned()),
    };
    let open = paper.document.as_ref().filter(|_| paper.status.as_deref() == Some("scanned"));
    html! {
        li {
            span class=(tone) { (Icon::Document.show()) }
            span .grow .trunc {
                @match &paper.document {
                    Some(id) => a .ul href=(format!("/accounts/{}/documents/{id}/content", page.case.account)) download { (words(&paper.title)) },
                    None => (words(&paper.title)),
                }
            }
            span class=(format!("sm {tone}")) { (text) }
            @if let Some(id) = open.filter(|_| !own && page.may_judge && page.case.state == "open") {
                form method="post" action=(format!("/onboarding/{}/documents/{id}/verify", page.case.id)) {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button .btn .sm type="submit" { (Icon::Check.small()) "Verify" span .vh { " " (paper.title) } }
                }
            }
        }
    }
}

/// A file and its kind; what is missing stands first.
fn upload(shell: &Shell, case: &OnboardingView) -> Markup {
    let missing = case.papers.iter().filter(|paper| paper.status.is_none());
    let there = case.papers.iter().filter(|paper| paper.status.is_some());
    let mut kinds: Vec<&str> =
        missing.chain(there).flat_map(|paper| paper.kinds.iter().map(String::as_str)).collect();
    kinds.extend(OTHERS);
    let mut seen = Vec::new();
    kinds.retain(|kind| {
        !seen.contains(kind) && {
            seen.push(*kind);
            true
        }
    });
    html! {
        form #upload .body .row .wrap method="post" enctype="multipart/form-data" action=(format!("/onboarding/{}/documents", case.id)) {
            input type="hidden" name="csrf" value=(shell.csrf);
            label .vh for="document-type" { "Type" }
            select .field .short #document-type name="type" { @for kind in &kinds { option value=(kind) { (words(&phrase(kind))) } } }
            label .vh for="file" { "File" }
            input #file .field .grow type="file" name="file" required;
            button .btn type="submit" { (Icon::Upload.small()) "Add" }
        }
    }
}
