//! Whom the account belongs to, what belongs to it, what they come to together, how it is related.

use kith_api::view::{AccountRef, BranchView, HierarchyView, MergedView, RelationshipView, RollupView};
use kith_domain::account::RelationshipKind;
use kith_template::{html, say};
use maud::Markup;

use super::AccountPage;
use crate::web::link::Link;
use crate::web::number::{metric, number, percent, words};
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::shell::Shell;
use crate::web::words::{t, told};

/// What the tab shows; read on this tab only.
#[derive(Debug, Clone)]
pub struct Group {
    /// The group.
    pub hierarchy: HierarchyView,
    /// What the account and all below it come to.
    pub rollup: RollupView,
    /// Relationships in both directions.
    pub relationships: Vec<RelationshipView>,
}

/// The metrics of the roll-up that are shown, in their order.
const SHOWN: [&str; 8] = [
    "revenue_365d",
    "order_value_90d",
    "orders_90d",
    "order_gap_days_90d",
    "otif_90d",
    "open_balance",
    "overdue_balance",
    "service_issues_30d",
];

pub(super) fn group_tab(shell: &Shell, page: &AccountPage) -> Markup {
    let Some(group) = &page.group else { return html! {} };
    html! {
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        .cols .even {
            .stack { (tree_card(shell, page, &group.hierarchy)) (merged_card(shell, page)) }
            .stack { (rollup_card(&group.rollup)) (relationships_card(shell, page, &group.relationships)) }
        }
    }
}

fn link(account: &AccountRef) -> Markup {
    html! { a .ul href=(format!("/accounts/{}?tab=group", account.id)) { (account.name) } " " span .sm .muted .num { (account.account_number) } }
}

fn tree_card(shell: &Shell, page: &AccountPage, group: &HierarchyView) -> Markup {
    html! {
        section .card #group aria-labelledby="group-title" {
            header { h2 #group-title { "Group" } span .sm .muted .push .num { (group.tree.len()) " accounts" } }
            @if group.tree.len() < 2 {
                (empty(Icon::Building, t("No group"), &html! { "It belongs to nobody, and nobody belongs to it." }))
            } @else {
                .body { ul .tree {
                    @for root in group.tree.iter().filter(|branch| branch.parent.is_none()) { (branch(&group.tree, root, &page.account.id)) }
                } }
            }
            @if group.left_out > 0 { .body { p .sm .muted { (group.left_out) " more that you may not see." } } }
            @if page.may_edit { (parent_form(shell, page, group)) }
        }
    }
}

fn branch(tree: &[BranchView], one: &BranchView, own: &str) -> Markup {
    let children: Vec<&BranchView> =
        tree.iter().filter(|branch| branch.parent.as_deref() == Some(&one.account.id)).collect();
    let here = one.account.id == own;
    html! {
        li {
            @if here { b aria-current="true" { (one.account.name) } " " span .sm .muted .num { (one.account.account_number) } }
            @else { (link(&one.account)) }
            @if !children.is_empty() { ul { @for child in children { (branch(tree, child, own)) } } }
        }
    }
}

/// Asks for another parent; an empty one takes it away.
fn parent_form(shell: &Shell, page: &AccountPage, group: &HierarchyView) -> Markup {
    let now = group.parent.as_ref().map(|parent| parent.account_number.as_str()).unwrap_or_default();
    html! {
        form .body .row .wrap .gap2 #parent-form method="post" action=(format!("/accounts/{}/parent", page.account.id)) {
            input type="hidden" name="csrf" value=(shell.csrf);
            label .sm .b for="parent" { "Belongs to" }
            input #parent .field .short name="parent" value=(now) placeholder="Account number" autocomplete="off";
            label .sm for="parent-from" { "from" }
            input #parent-from .field .short name="valid_from" type="date" value=(group.as_of);
            button .btn .sm type="submit" { "Ask for this" }
            span .sm .muted { "Approved by Manager, then Controller." }
        }
    }
}

fn rollup_card(rollup: &RollupView) -> Markup {
    let health = rollup.scores.get("health");
    html! {
        section .card #rollup aria-labelledby="rollup-title" {
            header { h2 #rollup-title { "Together" } span .sm .muted .push .num { (rollup.accounts.len()) " accounts, itself and all below" } }
            .body { dl .kv .wide {
                @for id in SHOWN {
                    @if let Some(found) = rollup.metrics.get(id) {
                        dt { (told(&found.title)) }
                        dd .num data-metric=(id) { (metric(found).unwrap_or_else(|| t("not known").to_owned())) }
                    }
                }
                @if let Some(health) = health {
                    dt { "Health, mean by revenue" }
                    dd .num { (health.weighted_mean.map_or_else(|| t("not known").to_owned(), |mean| number(mean, 1))) }
                    dt { "Health, lowest" }
                    dd .num {
                        (health.min.map_or_else(|| t("not known").to_owned(), |min| number(min, 1)))
                        @if let Some(account) = &health.min_account { " " (link(account)) }
                    }
                }
            } }
            @if rollup.left_out > 0 { .body { p .sm .muted { (rollup.left_out) " accounts that you may not see are left out." } } }
        }
    }
}

fn relationships_card(shell: &Shell, page: &AccountPage, relationships: &[RelationshipView]) -> Markup {
    html! {
        section .card #relationships aria-labelledby="relationships-title" {
            header { h2 #relationships-title { "Relationships" } span .sm .muted .push .num { (relationships.len()) } }
            @if relationships.is_empty() { .body { p .muted { "None on record." } } } @else {
                ul .list {
                    @for held in relationships {
                        li {
                            span .grow {
                                (link(&held.from)) " " span .muted { (words(&held.kind).to_lowercase()) } " " (link(&held.to))
                                @if let Some(share) = held.percent { " " span .num { (percent(share / 100.0)) } }
                            }
                            span .sm .muted .nowrap { (held.valid_from) " – " (held.valid_to.as_deref().unwrap_or("today")) }
                            @if !held.current { span .pill { "not today" } }
                            @if page.may_edit && held.valid_to.is_none() && held.from.id == page.account.id { @if let Some(id) = &held.id { (end_form(shell, page, held, id)) } }
                        }
                    }
                }
            }
            @if page.may_edit { (relate_form(shell, page)) }
        }
    }
}

/// Kinds of relationships that can be added here; the parent has a form of its own, and two accounts of one customer are merged.
fn kinds() -> impl Iterator<Item = &'static str> {
    RelationshipKind::CODES.iter().copied().filter(|kind| !matches!(*kind, "parent_of" | "same_as"))
}

/// Ends a relationship today.
fn end_form(shell: &Shell, page: &AccountPage, held: &RelationshipView, id: &str) -> Markup {
    html! {
        form .end-relationship method="post" action=(format!("/accounts/{}/relationships/{}/end", page.account.id, id)) {
            input type="hidden" name="csrf" value=(shell.csrf);
            button .btn .sm type="submit" { "End" span .vh { " the relationship to " (held.to.name) } }
        }
    }
}

fn relate_form(shell: &Shell, page: &AccountPage) -> Markup {
    let typed = |member: &str| page.typed.get(member).map_or("", String::as_str);
    html! {
        details .body open[page.typed.contains_key("to")] {
            summary .btn .sm { "Add a relationship" }
            form .asking #relate method="post" action=(format!("/accounts/{}/relationships", page.account.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                .asked {
                    .stack .x {
                        label .sm .b for="relation" { (page.account.name) }
                        select #relation .field name="type" {
                            @for kind in kinds() { option value=(kind) selected[kind == typed("type")] { (words(kind)) } }
                        }
                    }
                    .stack .x { label .sm .b for="related" { "The other account" } input #related .field name="to" required placeholder="Account number" autocomplete="off" value=(typed("to")); }
                    .stack .x { label .sm .b for="share" { "Share " span .muted .plain { "percent, of owning only" } } input #share .field name="percent" inputmode="decimal" autocomplete="off" value=(typed("percent")); }
                    .stack .x { label .sm .b for="related-from" { "From" } input #related-from .field type="date" name="valid_from" value=(typed("valid_from")); }
                    .stack .x { label .sm .b for="related-to" { "To " span .muted .plain { "empty: open" } } input #related-to .field type="date" name="valid_to" value=(typed("valid_to")); }
                    .stack .x { label .sm .b for="related-source" { "Who says so" } input #related-source .field name="source" maxlength="255" autocomplete="off" value=(typed("source")); }
                }
                .row { button .btn .pri type="submit" { "Ask for this" } }
            }
        }
    }
}

fn merged_card(shell: &Shell, page: &AccountPage) -> Markup {
    html! {
        @if !page.account.merged.is_empty() {
            section .card #merged aria-labelledby="merged-title" {
                header { h2 #merged-title { "Merged into it" } span .sm .muted .push .num { (page.account.merged.len()) } }
                ul .list { @for merged in &page.account.merged { (merged_line(shell, page, merged)) } }
            }
        }
    }
}

fn merged_line(shell: &Shell, page: &AccountPage, merged: &MergedView) -> Markup {
    let to =
        Link::to(&format!("/accounts/{}/act/unmerge", page.account.id)).with("loser", &merged.account.id);
    let days = shell.clock.day(&merged.unmerge_until).map(|day| day.to_string()).unwrap_or_default();
    html! {
        li {
            span .grow { b { (merged.account.name) } " " span .sm .muted .num { (merged.account.account_number) } }
            span .sm .muted { (shell.clock.age_mark(Some(&merged.merged_at))) }
            @if page.may_edit { a .btn .sm href=(to.done()) title=(until_title(&days)) { "Take out again" } }
        }
    }
}

fn until_title(until: &str) -> String {
    say!("Possible until {until}")
}
