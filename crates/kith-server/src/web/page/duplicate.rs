//! Accounts that may be one customer: the pairs, one of them side by side, and the decision.

use kith_api::view::{DuplicateAccount, DuplicateScanView, DuplicateView, WaterfallStep};
use kith_template::html;
use maud::Markup;

use super::super::link::Link;
use super::super::number::{self, signed, words};
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, empty, note};
use super::super::part::pager::pager;
use super::super::part::tone;
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, word};

/// The review desk.
#[derive(Debug, Clone, Default)]
pub struct DuplicatesPage {
    /// The pairs, likest first.
    pub pairs: Vec<DuplicateView>,
    /// `state` of the address: `open`, `dismissed`, `merged`.
    pub state: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The pair that is open; one of the list, or one that was led to.
    pub open: Option<DuplicateView>,
    /// The pair was named by the address: on a small screen it stands alone.
    pub named: bool,
    /// The reader may decide.
    pub may_decide: bool,
    /// The scan of all accounts.
    pub scan: DuplicateScanView,
    /// The reason as it was typed, and why the decision was not taken.
    pub typed: String,
    /// Why the last decision was not taken.
    pub fault: Option<String>,
}

/// The states that the list can be narrowed to: value of `state` and title.
const STATES: [(&str, &str); 3] =
    [("open", word("Open")), ("dismissed", word("Dismissed")), ("merged", word("Merged"))];

/// The review desk.
#[must_use]
pub fn duplicates(shell: &Shell, page: &DuplicatesPage) -> Markup {
    let frame = Frame { above: &[], here: t("Duplicates"), kind: "duplicates", account: None, wide: true };
    let content = html! {
        .cols .inbox .listing[!page.named] {
            (list(shell, page))
            section .pane-r aria-label="Pair" {
                @match &page.open {
                    Some(pair) => (detail(shell, page, pair)),
                    None => (empty(Icon::Passed, t("No pair here"), &html! { "Accounts that may be one customer appear here." })),
                }
            }
        }
    };
    framed(shell, &frame, &content)
}

fn list(shell: &Shell, page: &DuplicatesPage) -> Markup {
    let to = |state: &str| Link::to("/duplicates").with("state", state);
    let next = page.next.as_deref().map(|cursor| to(&page.state).with("cursor", cursor).done());
    let open = page.open.as_ref().map(|pair| pair.id.as_str());
    html! {
        section .pane-l aria-label="Pairs" {
            .pane-head {
                @if page.named { p .pane-title { "Duplicates" } } @else { h1 { "Duplicates" } }
                nav .seg aria-label="Show" {
                    @for (state, title) in STATES {
                        a href=(to(state).done()) aria-current=[(page.state == state).then_some("true")] { (t(title)) }
                    }
                }
                @if page.may_decide { (scan(shell, &page.scan)) }
            }
            @if page.pairs.is_empty() {
                (empty(Icon::Passed, t("Nothing here"), &html! { "No pair of accounts is in this state." }))
            }
            .appr {
                @for pair in &page.pairs {
                    a .req href=(address(page, &pair.id)) aria-current=[(open == Some(pair.id.as_str())).then_some("true")] {
                        span .row { b .trunc { (pair.left.name) } span class=(format!("pill push {}", shade(pair))) { (percent(pair)) } }
                        span .trunc { (pair.right.name) }
                        span .sm .muted .num { (pair.left.account_number) " · " (pair.right.account_number) }
                    }
                }
            }
            .foot-pager { (pager(next.as_deref(), None, t("More"))) }
        }
    }
}

fn address(page: &DuplicatesPage, id: &str) -> String {
    Link::to(&format!("/duplicates/{id}")).with("state", &page.state).done()
}

/// The button that begins a scan, or how far it is.
fn scan(shell: &Shell, scan: &DuplicateScanView) -> Markup {
    html! {
        @if scan.state == "running" {
            p .sm .muted role="status" { "Scanning the accounts, " (format!("{:.0}", scan.progress * 100.0)) " % done" }
        } @else {
            form .row method="post" action="/duplicates/scan" {
                input type="hidden" name="csrf" value=(shell.csrf);
                button .btn .sm type="submit" { (Icon::Replay.small()) "Scan all accounts" }
                @if let Some(at) = &scan.finished_at {
                    span .sm .muted { "Last scan " (shell.clock.age_mark(Some(at))) }
                }
            }
        }
    }
}

fn percent(pair: &DuplicateView) -> String {
    // Only what is certain is shown as 100 %.
    number::percent((pair.probability * 1_000.0).floor() / 1_000.0)
}

fn shade(pair: &DuplicateView) -> &'static str {
    if pair.probability >= 0.99 { "bad" } else { "warn" }
}

fn detail(shell: &Shell, page: &DuplicatesPage, pair: &DuplicateView) -> Markup {
    html! {
        .stack .pane-in {
            .stack .t {
                .row .wrap {
                    span class=(format!("pill {}", shade(pair))) { (percent(pair)) }
                    @if pair.state != "open" {
                        span class=(format!("pill {}", tone::of_state(&pair.state))) { (words(&pair.state)) }
                    }
                    span .sm .muted { "found " (shell.clock.age_mark(Some(&pair.raised_at))) }
                }
                @if page.named { h1 { (pair.left.name) " and " (pair.right.name) } } @else { h2 .like-h1 { (pair.left.name) " and " (pair.right.name) } }
                @if let Some(reason) = &pair.reason {
                    p { "“" (reason) "” " span .muted { (pair.decided_by_name.as_deref().unwrap_or(t("Somebody"))) } }
                }
            }
            section .card aria-labelledby="sides" {
                header { h2 #sides { "Side by side" } span .sm .muted .push { "differences are marked" } }
                (side_by_side(pair))
            }
            section .card aria-labelledby="waterfall" {
                header { h2 #waterfall { "Why " (percent(pair)) } span .sm .muted .push { "in bits: each one doubles the odds" } }
                (waterfall(pair))
            }
        }
        @if page.may_decide && pair.state == "open" { (decide(shell, page, pair)) }
    }
}

/// The fields that are told of an account: title, and the two values.
fn fields<'a>(
    left: &'a DuplicateAccount,
    right: &'a DuplicateAccount,
) -> [(&'static str, &'a str, &'a str); 11] {
    [
        (t("Name"), &left.name, &right.name),
        (t("Tax number"), &left.tax_id, &right.tax_id),
        ("E-mail", &left.email, &right.email),
        (t("Website"), &left.website, &right.website),
        (t("Telephone"), &left.phone, &right.phone),
        (t("Street"), &left.street, &right.street),
        (t("City"), &left.city, &right.city),
        (t("Postal code"), &left.postal_code, &right.postal_code),
        (t("Country"), &left.country, &right.country),
        (t("Entity"), &left.owning_entity, &right.owning_entity),
        (t("Stage"), &left.stage, &right.stage),
    ]
}

fn side_by_side(pair: &DuplicateView) -> Markup {
    let account = |account: &DuplicateAccount| {
        html! { a .ul href=(format!("/accounts/{}", account.id)) { (account.account_number) } }
    };
    let stated = |text: &str, differs: bool| {
        html! {
            @if text.is_empty() { span .muted { "not set" } } @else if differs { mark { (text) } } @else { (text) }
        }
    };
    html! {
        .scroll tabindex="0" role="region" aria-label="Both accounts" {
            table .diff {
                thead { tr { th scope="col" { "Field" } th scope="col" { (account(&pair.left)) } th scope="col" { (account(&pair.right)) } } }
                tbody {
                    @for (title, left, right) in fields(&pair.left, &pair.right) {
                        @if !left.is_empty() || !right.is_empty() {
                            @let differs = left != right && !left.is_empty() && !right.is_empty();
                            tr { th scope="row" { (title) } td { (stated(left, differs)) } td { (stated(right, differs)) } }
                        }
                    }
                }
            }
        }
    }
}

fn waterfall(pair: &DuplicateView) -> Markup {
    html! {
        .scroll tabindex="0" role="region" aria-label="What each comparison adds" {
            table .diff .falls {
                thead { tr { th scope="col" { "Comparison" } th scope="col" { "Agreement" } th scope="col" .right { "Adds" } } }
                tbody {
                    tr { th scope="row" { "Before anything is compared" } td { span .muted { "two accounts by chance" } } td .num .right { (signed(pair.prior_weight, 1)) } }
                    @for step in &pair.waterfall { (line(step)) }
                    tr { th scope="row" { "In all" } td { (percent(pair)) } td .num .right .b { (signed(pair.weight, 1)) } }
                }
            }
        }
    }
}

fn line(step: &WaterfallStep) -> Markup {
    let tone = if step.weight < 0.0 { "bad" } else { "good" };
    let silent = step.level == "missing";
    html! {
        tr {
            th scope="row" { (words(&step.field)) }
            td { @if silent { span .muted { "not known of both" } } @else { (step.level) } }
            td class=(format!("num right {tone}")) { @if silent { span .muted { "0" } } @else { (signed(step.weight, 1)) } }
        }
    }
}

/// Dismiss with a reason, or go on.
fn decide(shell: &Shell, page: &DuplicatesPage, pair: &DuplicateView) -> Markup {
    let after = page.pairs.iter().skip_while(|other| other.id != pair.id).nth(1);
    html! {
        form .decide method="post" action=(format!("/duplicates/{}/dismiss", pair.id)) {
            input type="hidden" name="csrf" value=(shell.csrf);
            @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #decision-fault { (fault) } })) }
            .row .gap3 .ends {
                .grow .stack .t {
                    label .sm .b for="reason" { "Reason " span .muted .plain { "kept with the decision, needed to dismiss" } }
                    input #reason .field name="reason" value=(page.typed) maxlength="1000" autocomplete="off" placeholder="Why they are two";
                }
                @if let Some(after) = after {
                    a .btn href=(address(page, &after.id)) data-key="n" { "Next " kbd aria-hidden="true" { "N" } }
                }
                a .btn href=(Link::to(&format!("/accounts/{}/merge", pair.left.id)).always("loser", &pair.right.id).done()) data-key="m" {
                    "Merge " kbd aria-hidden="true" { "M" }
                }
                button .btn type="submit" data-key="d" { "They are two " kbd aria-hidden="true" { "D" } }
            }
        }
    }
}
