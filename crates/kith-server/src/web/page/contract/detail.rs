//! One contract.

use std::collections::HashMap;

use kith_api::view::{ContractView, SignerLink, SignerView};
use kith_template::{html, plural, say};
use maud::Markup;

use super::{act, tone};
use crate::web::clock::date;
use crate::web::number::{count, in_percent, money, phrase, words};
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, note};
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::t;

/// The page of a contract.
#[derive(Debug, Clone, Default)]
pub struct ContractPage {
    /// The contract.
    pub contract: ContractView,
    /// Links that were made just now: shown once.
    pub links: Vec<SignerLink>,
    /// `usr_…` of the reader.
    pub reader: String,
    /// The reader may edit and send.
    pub may_edit: bool,
    /// The reader may confirm scans and authority.
    pub may_confirm: bool,
    /// The reader may bring files.
    pub may_upload: bool,
    /// Mail leaves this installation: signers are written to.
    pub mails: bool,
    /// Why what was asked for was not done.
    pub fault: Option<String>,
    /// The form that was not taken.
    pub unfit: UnfitForm,
}

/// A form that was not taken: it is drawn as it was typed, with what is wrong at its fields.
#[derive(Debug, Clone, Default)]
pub struct UnfitForm {
    /// Its act.
    pub act: String,
    /// What was typed, by field.
    pub typed: HashMap<String, String>,
    /// Pointers of the fields at fault, each with its sentence.
    pub faults: Vec<(String, String)>,
}

impl UnfitForm {
    /// Whether it is this form, and the signer's it belongs to.
    pub(super) fn is(&self, act: &str, signer: Option<u8>) -> bool {
        let place = || self.typed.get("signer").and_then(|place| place.parse().ok());
        self.act == act && signer.is_none_or(|signer| place() == Some(signer))
    }

    /// What was typed into a field.
    pub(super) fn typed(&self, act: &str, field: &str) -> &str {
        if self.act == act { self.typed.get(field).map_or("", String::as_str) } else { "" }
    }

    /// What is wrong with a field. The place of a signer's field ends with its name.
    pub(super) fn fault(&self, act: &str, field: &str) -> Option<&str> {
        let here = |(pointer, _): &&(String, String)| pointer.rsplit('/').next() == Some(field);
        self.faults.iter().find(here).filter(|_| self.act == act).map(|(_, sentence)| sentence.as_str())
    }
}

impl ContractPage {
    /// The reader's own place among the signers who have not signed.
    pub(super) fn own_signer(&self) -> Option<&SignerView> {
        let own =
            |signer: &&SignerView| signer.user.as_deref() == Some(&self.reader) && signer.state != "signed";
        self.contract.signers.iter().find(own)
    }

    /// Whether it is before its signers.
    pub(super) fn is_out(&self) -> bool {
        matches!(self.contract.state.as_str(), "sent" | "partially_signed")
    }
}

/// The page.
#[must_use]
pub fn contract(shell: &Shell, page: &ContractPage) -> Markup {
    let contract = &page.contract;
    let frame = Frame {
        above: &[(t("Contracts"), "/contracts")],
        here: &contract.number,
        kind: "contract",
        account: None,
        wide: false,
    };
    let content = html! {
        .head {
            .stack .t {
                h1 { (contract.title) }
                .row .wrap {
                    span #state class=(format!("pill {}", tone(&contract.state))) { (words(&contract.state)) }
                    @if contract.validated_at.is_some() { span .pill .good { (Icon::Check.small()) "Validated" } }
                    span .pill .line { (words(&contract.kind)) }
                    span .sm .muted {
                        (contract.number) ", version " (contract.revision) " · "
                        a .ul href=(format!("/accounts/{}?tab=contracts", contract.account)) { (contract.account_name) }
                    }
                }
            }
            a .btn .push href=(format!("/contracts/{}/pdf", contract.id)) download { (Icon::Download.show()) "PDF" }
        }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #contract-fault .b { (fault) } })) }
        (what_happened(page))
        .cols .even {
            .stack { (signers(shell, page)) (act::acts(shell, page)) }
            .stack { (terms(contract)) (deadlines(shell, contract)) (versions(contract)) }
        }
    };
    framed(shell, &frame, &content)
}

/// What must be said first: links that are shown once, why it came back, what it lacks.
fn what_happened(page: &ContractPage) -> Markup {
    let contract = &page.contract;
    html! {
        @if !page.links.is_empty() {
            (note(Kind::Info, &html! {
                @if page.mails { p { b { "Each signer is written to with their link." } " It is shown here once, too, and works until it is used or over." } }
                @else { p { b { "Send each signer their link." } " It is shown here only, and works until it is used or over." } }
                ul .stack .x #links { @for link in &page.links {
                    @let signer = contract.signers.iter().find(|signer| signer.signer == link.signer);
                    li .sm {
                        b { (signer.and_then(|signer| signer.name.as_deref()).unwrap_or(t("Signer"))) } ": "
                        a .ul .mono .broken href=(link.path) { (link.path) }
                    }
                } }
            }))
        }
        @if let Some(reason) = &contract.declined { (note(Kind::Warn, &html! { p { b { "A signer declined: " } (reason) } })) }
        @if let Some(reason) = contract.returned.as_ref().filter(|_| matches!(contract.state.as_str(), "draft" | "sent" | "partially_signed")) {
            (note(Kind::Warn, &html! { p { b { "It came back: " } (reason) } }))
        }
        @if contract.state == "draft" && !contract.missing.is_empty() {
            (note(Kind::Warn, &html! {
                p { b { "Missing before it can be sent: " } (contract.missing.iter().map(|place| place_name(place)).collect::<Vec<_>>().join(", ")) "." }
            }))
        }
        @if contract.state == "signed" && contract.validated_at.is_none() {
            (note(Kind::Warn, &html! { p { "All have signed. It is valid once somebody confirms that the signers may sign." } }))
        }
    }
}

/// `/fields/base_rate` → `base rate`.
fn place_name(place: &str) -> String {
    let parts: Vec<String> =
        place.split('/').filter(|part| !part.is_empty() && *part != "fields").map(phrase).collect();
    parts.join(" ")
}

fn signers(shell: &Shell, page: &ContractPage) -> Markup {
    let contract = &page.contract;
    html! {
        section .card aria-labelledby="signers" {
            header { h2 #signers { "Signatures" } span .sm .muted .push { @if contract.in_order { "one after the other" } @else { "in any order" } } }
            @if contract.signers.is_empty() { p .body .muted { "Nobody signs yet." } }
            ul .list .waits { @for signer in &contract.signers { (signer_line(shell, page, signer)) } }
        }
    }
}

fn signer_line(shell: &Shell, page: &ContractPage, signer: &SignerView) -> Markup {
    let (mark, text) = match signer.state.as_str() {
        "signed" => ("good", t("Signed")),
        "turn" => ("warn", t("Waiting")),
        _ => ("", t("Not yet")),
    };
    html! {
        li {
            span .grow .stack .x {
                span .row .wrap .gap1 {
                    b { (signer.name.as_deref().unwrap_or(t("Signer"))) }
                    span .sm .muted { @if let Some(title) = &signer.title { (title) ", " } "for the " (signer.side) }
                }
                @if let Some(email) = &signer.email { span .sm .muted .broken { (email) } }
                @match &signer.authority {
                    Some(basis) => span .sm .muted { (Icon::Check.small()) " May sign: " (basis) },
                    None => span .sm { (Icon::Warning.small()) " Nobody confirmed that they may sign" },
                }
                @if let Some(evidence) = &signer.signature {
                    details .sm {
                        summary { "Evidence" }
                        dl .kv .wide {
                            dt { "Method" } dd { (method(&evidence.method)) }
                            dt { "Name" } dd { (evidence.name.as_deref().unwrap_or("–")) }
                            dt { "Time" } dd { (shell.clock.exact(&evidence.at)) }
                            @if let Some(address) = &evidence.address { dt { "Address" } dd .mono { (address) } }
                            dt { "Document" } dd .mono .broken { "sha256 " (evidence.sha256) }
                            @if let Some(scan) = &evidence.scan_sha256 { dt { "Scan" } dd .mono .broken { "sha256 " (scan) } }
                            dt { "Envelope" } dd .mono .broken { (evidence.envelope) }
                        }
                    }
                }
            }
            span class=(format!("pill {mark}")) { (text) }
            (act::for_signer(shell, page, signer))
        }
    }
}

fn method(code: &str) -> &'static str {
    match code {
        "wet" => t("Ink on paper"),
        "aes" => t("Advanced electronic (AES)"),
        "qes" => t("Qualified electronic (QES)"),
        _ => t("Simple electronic (SES)"),
    }
}

fn line(title: &str, content: Option<&str>) -> Markup {
    html! { @if let Some(text) = content.filter(|text| !text.is_empty()) { dt { (title) } dd { (text) } } }
}

fn terms(contract: &ContractView) -> Markup {
    let volume = contract.committed_volume.as_ref().map(|volume| {
        let counted = volume
            .quantity
            .map(|number| format!("{} {}", count(number.into()), volume.unit.as_deref().unwrap_or_default()));
        let parts: Vec<String> = volume.amount.as_ref().map(money).into_iter().chain(counted).collect();
        say!("{volume} a {period}", volume = parts.join(", "), period = phrase(&volume.period))
    });
    let sla = [
        contract
            .sla
            .otif_pct
            .as_ref()
            .map(|pct| say!("{share} on time and in full", share = in_percent(pct))),
        contract
            .sla
            .response_hours
            .map(|hours| plural!(hours, "answers within {n} hour", "answers within {n} hours")),
        contract.sla.claim_days.map(|days| plural!(days, "claims within {n} day", "claims within {n} days")),
    ];
    let sla: Vec<String> = sla.into_iter().flatten().collect();
    html! {
        section .card aria-labelledby="terms" {
            header { h2 #terms { "Terms" } span .sm .muted .push { "template " (contract.template) @if contract.template_version > 0 { " version " (contract.template_version) } } }
            .body { dl .kv .wide {
                @for party in &contract.parties { dt { (words(&party.side)) } dd { (party.name) } }
                (line(t("Legal entity"), Some(&contract.entity)))
                (line(t("First day"), contract.starts_on.as_deref().map(date).as_deref()))
                (line(t("Last day"), Some(&contract.ends_on.as_deref().map_or_else(|| t("No end").to_owned(), date))))
                (line(t("Renewal"), Some(&words(&contract.renewal))))
                (line(t("Notice"), Some(&plural!(contract.notice_days, "{n} day", "{n} days"))))
                (line(t("Term"), Some(&plural!(contract.auto_renew_term_months, "{n} month", "{n} months"))))
                (line(t("Volume"), volume.as_deref()))
                (line(t("Service"), Some(&sla.join(", "))))
                (line(t("Price lists"), Some(&contract.price_refs.join(", "))))
                (line(t("Tier"), contract.tier.as_deref().map(words).as_deref()))
                (line(t("Law"), contract.governing_law.as_deref()))
                @for (name, value) in &contract.fields { dt { (words(name)) } dd { (value) } }
            } }
        }
    }
}

fn deadlines(shell: &Shell, contract: &ContractView) -> Markup {
    let left = |day: &str| match shell.clock.days_until(day) {
        Some(days) if days >= 0 => plural!(days, "{day}, in {n} day", "{day}, in {n} days", day = date(day)),
        _ => date(day),
    };
    html! {
        section .card aria-labelledby="deadlines" {
            header { h2 #deadlines { "Deadlines" } a .sm .ul .push href="/contracts/calendar.ics" { "Calendar" } }
            .body { dl .kv .wide {
                @if contract.ended_on.is_none() { (line(t("Notice until"), contract.deadline.as_deref().map(left).as_deref())) }
                (line(t("Ends"), contract.ends_on.as_deref().map(left).as_deref()))
                (line(t("Next audit"), contract.next_audit_on.as_deref().map(left).as_deref()))
                @if let Some(notice) = &contract.notice { dt { "Ends early" } dd { (date(&notice.on)) ", " (words(&notice.kind)) ": " (notice.reason) } }
                (line(t("Ended on"), contract.ended_on.as_deref().map(date).as_deref()))
            } }
        }
    }
}

fn versions(contract: &ContractView) -> Markup {
    let to = |id: &str| format!("/contracts/{id}");
    let any = contract.amends.is_some() || contract.renews.is_some() || contract.superseded_by.is_some();
    html! {
        section .card aria-labelledby="versions" {
            header { h2 #versions { "Versions" } }
            .body { dl .kv .wide {
                dt { "This one" } dd { "version " (contract.revision) ", drafted by " (contract.drafted_by_name.as_deref().unwrap_or("Kith")) }
                @if let Some(id) = &contract.amends { dt { "Amends" } dd { a .ul href=(to(id)) { "version " (contract.revision.saturating_sub(1)) } } }
                @if let Some(id) = &contract.renews { dt { "Renews" } dd { a .ul href=(to(id)) { "the contract before" } } }
                @if let Some(id) = &contract.superseded_by { dt { "In its place" } dd { a .ul href=(to(id)) { "the contract that follows" } } }
                @if !any { dt { "Others" } dd .muted { "none" } }
                @if let Some(sha256) = &contract.sha256 { dt { "Document" } dd .mono .broken { "sha256 " (sha256) } }
            } }
        }
    }
}
