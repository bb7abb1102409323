//! The screening desk: hits, one of them beside the list's entry, and the decision; the lists in force.

mod lists;

pub use lists::{ScreeningListsPage, screening_lists};

use kith_api::view::{HitView, OpinionView, ScreeningListView};
use kith_template::html;
use maud::Markup;

use super::super::link::Link;
use super::super::number::{count, signed, words};
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, empty, note};
use super::super::part::pager::pager;
use super::super::part::verdict::{choices, proposal};
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, word};

/// The desk.
#[derive(Debug, Clone, Default)]
pub struct ScreeningPage {
    /// The hits, highest score first.
    pub hits: Vec<HitView>,
    /// `state` of the address: `pending`, `true_match`, `false_positive`.
    pub state: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The hit that is open; one of the list, or one that was led to.
    pub open: Option<HitView>,
    /// The hit was named by the address: on a small screen it stands alone.
    pub named: bool,
    /// The reader may decide.
    pub may_decide: bool,
    /// `usr_…` of the reader.
    pub reader: String,
    /// The lists.
    pub lists: Vec<ScreeningListView>,
    /// The reason as it was typed.
    pub reason: String,
    /// The evidence as it was typed.
    pub evidence: String,
    /// Why the last decision was not taken.
    pub fault: Option<String>,
    /// The fields at fault: pointer and sentence.
    pub at: Vec<(String, String)>,
}

impl ScreeningPage {
    /// Why a field was not taken.
    fn fault_at(&self, field: &str) -> Option<&str> {
        let pointer = |(pointer, _): &&(String, String)| pointer.strip_prefix('/') == Some(field);
        self.at.iter().find(pointer).map(|(_, sentence)| sentence.as_str())
    }
}

/// The states that the list can be narrowed to: value of `state` and title.
const STATES: [(&str, &str); 4] = [
    ("pending", word("Pending")),
    ("true_match", word("True matches")),
    ("false_positive", word("Cleared")),
    ("recorded", word("Recorded")),
];

/// The desk.
#[must_use]
pub fn screening(shell: &Shell, page: &ScreeningPage) -> Markup {
    let frame = Frame { above: &[], here: t("Screening"), kind: "screening", account: None, wide: true };
    let content = html! {
        .cols .inbox .listing[!page.named] {
            (list(shell, page))
            section .pane-r aria-label="Hit" {
                @match &page.open {
                    Some(hit) => (detail(shell, page, hit)),
                    None => (empty(Icon::Passed, t("No hit here"), &html! { "Names that are like an entry of a sanctions list appear here." })),
                }
            }
        }
    };
    framed(shell, &frame, &content)
}

fn list(shell: &Shell, page: &ScreeningPage) -> Markup {
    let to = |state: &str| Link::to("/screening").with("state", state);
    let next = page.next.as_deref().map(|cursor| to(&page.state).with("cursor", cursor).done());
    let open = page.open.as_ref().map(|hit| hit.id.as_str());
    html! {
        section .pane-l aria-label="Hits" {
            .pane-head {
                @if page.named { p .pane-title { "Screening" } } @else { h1 { "Screening" } }
                nav .seg aria-label="Show" {
                    @for (state, title) in STATES {
                        a href=(to(state).done()) aria-current=[(page.state == state).then_some("true")] { (t(title)) }
                    }
                }
                (lists(shell, &page.lists))
            }
            @if page.hits.is_empty() {
                (empty(Icon::Passed, t("Nothing here"), &html! { "No hit is in this state." }))
            }
            .appr {
                @for hit in &page.hits {
                    a .req href=(address(page, &hit.id)) aria-current=[(open == Some(hit.id.as_str())).then_some("true")] {
                        span .row { b .trunc { (hit.party.name) } span class=(format!("pill push {}", shade(hit))) { (score(hit)) } }
                        span .trunc { (hit.matched_name) }
                        span .sm .muted { (hit.account_number) " · " (words(&hit.party.role)) " · " (list_of(hit)) }
                    }
                }
            }
            .foot-pager { (pager(next.as_deref(), None, t("More"))) }
        }
    }
}

/// The lists in force, each with its date and count.
fn lists(shell: &Shell, lists: &[ScreeningListView]) -> Markup {
    let mut in_force = lists.iter().filter(|list| list.in_force).peekable();
    html! {
        @if in_force.peek().is_none() {
            p .sm .muted role="status" { "No list is in force: nothing is screened." " " a .ul href="/screening/lists" { "Lists" } }
        } @else {
            ul .sm .muted aria-label="Lists in force" {
                @for list in in_force {
                    li { b { (list.name) } " " (count(list.snapshot.entries)) " entries, loaded " (shell.clock.age_mark(Some(&list.snapshot.loaded_at))) }
                }
                li { a .ul href="/screening/lists" { "Lists" } }
            }
        }
    }
}

fn address(page: &ScreeningPage, id: &str) -> String {
    Link::to(&format!("/screening/{id}")).with("state", &page.state).done()
}

fn score(hit: &HitView) -> String {
    format!("{:.2}", hit.entry.score)
}

fn shade(hit: &HitView) -> &'static str {
    match hit.state.as_str() {
        "true_match" => "bad",
        "false_positive" | "withdrawn" => "good",
        _ if hit.entry.score >= 0.95 => "bad",
        _ if hit.entry.score >= 0.7 => "warn",
        _ => "",
    }
}

fn list_of(hit: &HitView) -> String {
    hit.entry.datasets.join(", ")
}

fn detail(shell: &Shell, page: &ScreeningPage, hit: &HitView) -> Markup {
    let account = format!("/accounts/{}", hit.account);
    html! {
        .stack .pane-in {
            .stack .t {
                .row .wrap {
                    span class=(format!("pill {}", shade(hit))) { (score(hit)) }
                    span .pill { (words(&hit.state)) }
                    span .sm .muted { "found " (shell.clock.age_mark(Some(&hit.raised_at))) }
                }
                @if page.named { h1 { (hit.party.name) " and " (hit.matched_name) } } @else { h2 .like-h1 { (hit.party.name) " and " (hit.matched_name) } }
                p .sm { (words(&hit.party.role)) " of " a .ul href=(account) { (hit.account_name) " " (hit.account_number) } }
                @if let Some(due) = &hit.report_due_on {
                    (note(Kind::Warn, &html! { p { "A true match: report it by " b { (due) } ", and do not tell the customer." } }))
                }
            }
            section .card aria-labelledby="sides" {
                header { h2 #sides { "Side by side" } span .sm .muted .push { "list of " (shell.clock.age_mark(Some(&hit.entry.loaded_at))) } }
                (side_by_side(hit))
            }
            section .card aria-labelledby="features" {
                header { h2 #features { "Why " (score(hit)) } }
                (features(hit))
            }
            @if !hit.opinions.is_empty() {
                section .card aria-labelledby="opinions" {
                    header { h2 #opinions { "What was said" } }
                    @if let Some(proposal) = proposal(hit, &page.reader) { (note(Kind::Info, &html! { p #proposal { (proposal) } })) }
                    .body .stack .t { @for opinion in &hit.opinions { (said(shell, opinion)) } }
                }
            }
        }
        @let decided = matches!(hit.state.as_str(), "false_positive" | "true_match" | "withdrawn");
        @if page.may_decide && !decided { (decide(shell, page, hit)) }
    }
}

fn said(shell: &Shell, opinion: &OpinionView) -> Markup {
    html! {
        p {
            b { (words(&opinion.disposition)) } " "
            @if let Some(reason) = &opinion.reason { "“" (reason) "” " }
            @if let Some(evidence) = &opinion.evidence { span .muted { (evidence) " " } }
            span .sm .muted { (opinion.by_name.as_deref().unwrap_or(t("Somebody"))) ", " (shell.clock.age_mark(Some(&opinion.at))) }
        }
    }
}

fn side_by_side(hit: &HitView) -> Markup {
    let listed =
        |name: &str| hit.entry.properties.get(name).map(|values| values.join("; ")).unwrap_or_default();
    let rows = [
        (t("Name"), hit.party.name.clone(), hit.matched_name.clone()),
        (t("Other names"), String::new(), listed("name")),
        (t("Sort"), words(&hit.party.role), hit.entry.schema.clone()),
        (t("Countries"), String::new(), listed("country")),
        (t("Born or registered"), String::new(), listed("birthDate")),
        (t("Programmes"), String::new(), listed("topics")),
        (t("Number in the list"), String::new(), format!("{} {}", list_of(hit), hit.entry.id)),
        (t("Snapshot"), String::new(), hit.entry.snapshot.clone()),
    ];
    let cell = |text: &str| html! { @if text.is_empty() { span .muted { "–" } } @else { (text) } };
    html! {
        .scroll tabindex="0" role="region" aria-label="Party and entry" {
            table .diff {
                thead { tr { th scope="col" { "Field" } th scope="col" { "Ours" } th scope="col" { "The list" } } }
                tbody {
                    @for (title, ours, theirs) in &rows {
                        tr { th scope="row" { (title) } td { (cell(ours)) } td { (cell(theirs)) } }
                    }
                }
            }
        }
    }
}

fn features(hit: &HitView) -> Markup {
    let said = |name: &str, value: f64| match (name, value > 0.0) {
        ("name", _) => t("likeness of the names, 0 to 1"),
        ("country", true) => t("the same country"),
        ("country", false) => t("another country"),
        ("birth_date", true) => t("the same year"),
        ("birth_date", false) => t("another year"),
        ("kind", _) => t("a person and a body"),
        _ => t("the same number: that settles it"),
    };
    html! {
        .scroll tabindex="0" role="region" aria-label="What made the score" {
            table .diff .falls {
                thead { tr { th scope="col" { "Part" } th scope="col" { "What it says" } th scope="col" .right { "Adds" } } }
                tbody {
                    @for (name, value) in &hit.entry.features {
                        tr {
                            th scope="row" { (words(name)) }
                            td { (said(name, *value)) }
                            td class=(format!("num right {}", if *value < 0.0 { "good" } else { "bad" })) { (signed(*value, 2)) }
                        }
                    }
                    tr { th scope="row" { "In all" } td { "0.70 and more is for a person to decide" } td .num .right .b { (score(hit)) } }
                }
            }
        }
    }
}

/// Reason, evidence, and what it is.
fn decide(shell: &Shell, page: &ScreeningPage, hit: &HitView) -> Markup {
    html! {
        form .decide method="post" action=(format!("/screening/{}/disposition", hit.id)) {
            input type="hidden" name="csrf" value=(shell.csrf);
            @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #decision-fault { (fault) } })) }
            .stack .t {
                label .sm .b for="reason" { "Reason " span .muted .plain { "kept with the decision" } }
                input #reason .field name="reason" value=(page.reason) maxlength="1000" autocomplete="off" required
                    aria-invalid=[page.fault_at("reason").map(|_| "true")] aria-describedby=[page.fault_at("reason").map(|_| "reason-fault")];
                @if let Some(fault) = page.fault_at("reason") { p #reason-fault .sm .bad role="alert" { (fault) } }
                label .sm .b for="evidence" { "Evidence " span .muted .plain { "what shows it: an extract, a passport, a document" } }
                input #evidence .field name="evidence" value=(page.evidence) maxlength="1000" autocomplete="off" required
                    aria-invalid=[page.fault_at("evidence").map(|_| "true")] aria-describedby=[page.fault_at("evidence").map(|_| "evidence-fault")];
                @if let Some(fault) = page.fault_at("evidence") { p #evidence-fault .sm .bad role="alert" { (fault) } }
                .row .wrap .gap2 .ends {
                    @for (value, title) in choices(hit, &page.reader) {
                        button .btn type="submit" name="disposition" value=(value) { (title) }
                    }
                }
            }
        }
    }
}
