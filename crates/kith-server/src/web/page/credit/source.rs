//! Who feeds exposure, how old it is, and what extracts of other systems came to.

use kith_api::view::CreditSourcesView;
use kith_template::html;
use maud::Markup;

use super::CreditPage;
use crate::web::number::{count, money, words};
use crate::web::part::note::{Kind, note};
use crate::web::shell::Shell;

/// Entities with their sources, a form for each, and the latest extracts.
pub(super) fn card(shell: &Shell, page: &CreditPage) -> Markup {
    html! {
        section .card aria-labelledby="sources" {
            header { h2 #sources { "Where exposure comes from" } span .sm .muted .push { "over 24 hours it warns, over 72 hours it holds" } }
            @if let Some(fault) = &page.fault { .body { (note(Kind::Bad, &html! { p #source-fault { (fault) } })) } }
            ul .list { @for sources in &page.sources { (line(shell, page, sources)) } }
            @if !page.filed.is_empty() {
                .scroll #extracts tabindex="0" role="region" aria-label="Extracts that were compared" { table .tbl .tight {
                    thead { tr { th { "Extract" } th { "When" } th .n { "Rows" } th .n { "Agree" } th .n { "Open" } th .n { "Healed" } } }
                    tbody { @for filed in &page.filed { tr {
                        td { (filed.file) " " span .sm .muted { (filed.entity) } @for found in filed.breaks.iter().take(3) {
                            div .sm .muted { (found.name) ": " (words(&found.bucket)) " differs by " (money(&found.difference)) ", " (words(&found.cause)) @if found.absent { ", not in the extract" } @if found.healed { ", healed" } }
                        } }
                        td .sm { (shell.clock.age_mark(Some(&filed.at))) }
                        td .n .num { (count(filed.rows)) }
                        td .n .num { (count(filed.agree)) }
                        td .n .num { span class=(if filed.open > 0 { "pill warn" } else { "" }) { (count(filed.open)) } }
                        td .n .num { (count(filed.healed)) }
                    } } }
                } }
            }
        }
    }
}

fn tone(state: &str) -> &'static str {
    match state {
        "fresh" => "good",
        "stale" => "warn",
        "too_old" | "never_heard" => "bad",
        _ => "",
    }
}

fn line(shell: &Shell, page: &CreditPage, sources: &CreditSourcesView) -> Markup {
    let named: Vec<&str> = sources.sources.iter().map(|source| source.source.as_str()).collect();
    let of = |member: &str| format!("source-{}-{member}", sources.entity);
    html! {
        li .wraps {
            span .grow .stack .x {
                b { (sources.entity) }
                @if sources.sources.is_empty() && !sources.extracts { span .sm .muted { "Fed by hand: nobody waits for data." } }
                @for source in &sources.sources {
                    span .sm { (source.source) " " @match &source.heard_at { Some(at) => (shell.clock.age_mark(Some(at))), None => span .muted { "never heard" } } }
                }
                @if sources.extracts {
                    span .sm .muted { "Extracts" @if let Some(at) = &sources.reconciled_at { ", last " (shell.clock.age_mark(Some(at))) } }
                }
            }
            span class=(format!("pill {}", tone(&sources.state))) { (words(&sources.state)) }
            @if page.may_register {
                details .whole {
                    summary .btn .sm { "Change" span .vh { " the sources of " (sources.entity) } }
                    form .asked method="post" action="/credit/sources" {
                        input type="hidden" name="csrf" value=(shell.csrf);
                        input type="hidden" name="entity" value=(sources.entity);
                        .stack .x .grow {
                            label .sm .b for=(of("names")) { "Sources " span .muted .plain { "of touchpoints, with commas between" } }
                            input .field id=(of("names")) name="sources" value=(named.join(", ")) autocomplete="off" placeholder="erp";
                        }
                        label .row .gap1 for=(of("extracts")) {
                            input id=(of("extracts")) type="checkbox" name="extracts" value="yes" checked[sources.extracts];
                            "Compare extracts put into its folder"
                        }
                        button .btn type="submit" { "Propose" }
                    }
                }
            }
        }
    }
}
