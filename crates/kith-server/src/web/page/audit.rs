//! The audit trail: a search over all records, and the signed head that holds us to them.

use kith_api::view::{AuditView, TreeHeadView};
use kith_template::html;
use maud::Markup;

use super::super::link::Link;
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, empty, note};
use super::super::part::pager::pager;
use super::super::part::record::record;
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, word};

/// What was typed into the search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditTyped {
    /// `usr_…`.
    pub actor: String,
    /// `acc_…`, an account number, `chg_…`.
    pub object: String,
    /// The beginning of a kind.
    pub kind: String,
    /// A day.
    pub from: String,
    /// A day.
    pub to: String,
}

/// The state of the audit page.
#[derive(Debug, Clone, Default)]
pub struct AuditPage {
    /// What was found, newest first, each with the name of the account that it is about.
    pub records: Vec<(AuditView, Option<String>)>,
    /// What was asked.
    pub typed: AuditTyped,
    /// Id and name of everybody who may have done it.
    pub people: Vec<(String, String)>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Why the search cannot be made.
    pub fault: Option<String>,
    /// The newest signed head.
    pub head: Option<TreeHeadView>,
}

/// Kinds that are asked for most: the beginning of the kind and its title.
const KINDS: [(&str, &str); 7] = [
    ("", word("Everything")),
    ("account.", word("Accounts")),
    ("change.", word("Approvals")),
    ("access.", word("Reads and refusals")),
    ("user.", word("Users")),
    ("token.", word("Tokens")),
    ("import.", word("Imports")),
];

impl AuditPage {
    fn link(&self) -> Link {
        let typed = &self.typed;
        Link::to("/audit")
            .with("actor", &typed.actor)
            .with("object", &typed.object)
            .with("kind", &typed.kind)
            .with("from", &typed.from)
            .with("to", &typed.to)
    }
}

/// The audit page.
#[must_use]
pub fn audit(shell: &Shell, page: &AuditPage) -> Markup {
    let frame = Frame { above: &[], here: t("Audit"), kind: "audit", account: None, wide: false };
    let next = page.next.as_deref().map(|cursor| page.link().with("cursor", cursor).done());
    let content = html! {
        .head {
            .stack .x {
                h1 { "Audit" }
                p .muted { "Who did what, before and after, who agreed, who looked. Every record is chained to the one before it." }
            }
        }
        (search(page))
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        section .card aria-label="Records" {
            @if page.records.is_empty() {
                (empty(Icon::Clock, t("Nothing found"), &html! {
                    @if next.is_some() { "Not among the newest 100,000 records: go on with earlier ones." }
                    @else { "No record answers to this search." }
                }))
            } @else {
                ul .list .records {
                    @for (found, name) in &page.records { (record(&shell.clock, found, &about(found, name.as_deref()), &html! {})) }
                }
            }
        }
        (pager(next.as_deref(), None, t("Earlier")))
        @if let Some(head) = &page.head { (signed(shell, head)) }
    };
    framed(shell, &frame, &content)
}

fn about(record: &AuditView, name: Option<&str>) -> Markup {
    let (word, id) = record.object.split_once('/').unwrap_or(("", &record.object));
    html! {
        @match word {
            "account" => a .ul href=(format!("/accounts/{id}?tab=changes")) { (name.unwrap_or(id)) },
            "change" => a .ul .mono href=(format!("/changes/{id}")) { (id) },
            "access" => {},
            _ => span .mono .sm { (id) },
        }
    }
}

fn search(page: &AuditPage) -> Markup {
    let typed = &page.typed;
    html! {
        form .card role="search" aria-label="Search the audit trail" action="/audit" method="get" {
            .body .row .wrap {
            label .stack .x { span .sm .muted { "About" }
                input .field name="object" value=(typed.object) placeholder="C-000123 or acc_…" autocomplete="off" maxlength="80"; }
            label .stack .x { span .sm .muted { "Who" }
                select .field name="actor" {
                    option value="" { "Anybody" }
                    @for (id, name) in &page.people { option value=(id) selected[*id == typed.actor] { (name) } }
                }
            }
            label .stack .x { span .sm .muted { "What" }
                select .field name="kind" {
                    @for (kind, title) in KINDS { option value=(kind) selected[kind == typed.kind] { (t(title)) } }
                }
            }
            label .stack .x { span .sm .muted { "From" } input .field type="date" name="from" value=(typed.from); }
            label .stack .x { span .sm .muted { "To" } input .field type="date" name="to" value=(typed.to); }
            button .btn .pri type="submit" { (Icon::Search.small()) "Search" }
            }
        }
    }
}

/// The newest signed head, to be copied and kept elsewhere.
fn signed(shell: &Shell, head: &TreeHeadView) -> Markup {
    html! {
        section .card aria-labelledby="head" {
            header .wrap {
                h2 #head { "Signed head of the ledger" }
                form .push method="post" action="/audit/head" {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button .btn .sm type="submit" { "Sign now" }
                }
            }
            .body .stack .t {
                p { "Covers " b .num { (head.size) } " records, signed " (shell.clock.age_mark(Some(&head.signed_at)))
                    ". Keep it where we cannot reach it: " code { "kith verify --checkpoint" } " then shows whether any of them was changed." }
                pre .mono .scroll tabindex="0" aria-label="Signed note" { (head.note) }
                p .xs .muted .mono .broken { "public key " (head.public_key) }
            }
        }
    }
}
