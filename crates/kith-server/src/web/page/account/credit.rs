//! Where the account stands with a legal entity, what makes it up, and what was decided.

use kith_api::view::{CreditView, LimitProposalView, PaymentBehaviourView, ReservationView, RiskView};
use kith_template::{html, say};
use maud::Markup;

use super::{AccountPage, risk};
use crate::web::number::{money, words};
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::part::{behaviour, decision, exposure};
use crate::web::shell::Shell;
use crate::web::words::t;

/// What the tab shows; read on this tab only.
#[derive(Debug, Clone)]
pub struct Credit {
    /// The standing with the entity that the account is seen as, or with the one that owns it.
    pub standing: CreditView,
    /// The latest decisions, newest first.
    pub decisions: Vec<ReservationView>,
    /// How it pays.
    pub behaviour: Option<PaymentBehaviourView>,
    /// Score and class.
    pub risk: Option<RiskView>,
    /// The limit that behaviour is worth.
    pub proposal: Option<LimitProposalView>,
}

pub(super) fn credit_tab(shell: &Shell, page: &AccountPage) -> Markup {
    let Some(credit) = &page.credit else {
        return html! { section .card { (empty(Icon::Money, t("Not for you to see"), &html! { "Credit is shown to whoever may read it." })) } };
    };
    html! {
        .cols .even {
            (standing_card(&credit.standing))
            section .card aria-labelledby="decisions" {
                header { h2 #decisions { "Decisions" } span .sm .muted .push { "latest first" } }
                @if credit.decisions.is_empty() {
                    (empty(Icon::Passed, t("No decisions yet"), &html! { "Every request for credit is kept here with its reasons." }))
                } @else {
                    ul .list { @for view in &credit.decisions { (decision::line(&shell.clock, view, false)) } }
                }
            }
        }
        @if let Some(view) = &credit.behaviour { (behaviour::card(view)) }
        .cols .even {
            @if let Some(view) = &credit.risk { (risk::card(view)) }
            @if let Some(view) = &credit.proposal { (risk::proposal(shell, view, page.may_edit)) }
        }
    }
}

fn standing_card(standing: &CreditView) -> Markup {
    html! {
        section .card #credit aria-labelledby="standing" {
            header {
                h2 #standing { "Credit with " (standing.entity) }
                span class=(format!("pill push {}", exposure::tone(standing))) { (exposure::used(standing)) " used" }
            }
            .body .stack {
                @if !standing.holds.is_empty() {
                    p .row .gap1 .wrap { @for hold in &standing.holds { span .pill .bad { (say!("{kind} hold", kind = words(hold))) } } }
                }
                (exposure::bar(standing))
                dl .kv .wide {
                    dt { "Credit limit" }
                    dd .num { @match &standing.limit { Some(limit) => (money(limit)), None => "none set" }
                        @if standing.shared_by.len() > 1 { span .sm .muted { "shared by " (standing.shared_by.join(", ")) } }
                    }
                    dt { "Exposure" }
                    dd .num #exposure { (exposure::amount(standing.exposure.as_ref())) }
                    dt { "Available" }
                    dd .num #available { (exposure::amount(standing.available.as_ref())) }
                    @if let Some(group) = &standing.group {
                        dt { "Group" }
                        dd .num { (exposure::amount(group.exposure.as_ref())) " of " (money(&group.limit)) }
                    }
                    dt { "Past due" }
                    dd .num { (exposure::amount(standing.overdue.as_ref()))
                        @if standing.overdue_days > 0 { span .sm .muted { "oldest " (standing.overdue_days) " days" } }
                    }
                }
                h3 { "What makes up exposure" }
                (exposure::legend(standing))
            }
        }
    }
}
