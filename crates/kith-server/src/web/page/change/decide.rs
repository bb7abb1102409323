//! The forms of a change: approve, reject, together, and what else may be done to it.

use kith_api::view::ChangeView;
use kith_template::html;
use maud::Markup;

use super::{Acts, Decision};
use crate::web::part::icon::Icon;
use crate::web::shell::Shell;
use crate::web::words::t;

/// Approve or reject, with a reason.
pub(super) fn decide(shell: &Shell, change: &ChangeView, decision: &Decision) -> Markup {
    let proof =
        change.steps.iter().find(|step| step.state == "waiting").and_then(|step| step.proof.as_deref());
    html! {
        form .decide method="post" action=(format!("/changes/{}/approve", change.id)) data-lane=(change.lane) {
            input type="hidden" name="csrf" value=(shell.csrf);
            input type="hidden" name="revision" value=(change.revision);
            @if let Some(fault) = &decision.fault { p #decision-fault .bad role="alert" { (fault) } }
            .row .gap3 .ends {
                .grow .stack .t {
                    label .sm .b for="comment" {
                        "Reason "
                        span .muted .plain {
                            "kept with the decision, needed to reject"
                            @if let Some(proof) = proof { " and as the proof: " (proof.replace('_', " ")) }
                        }
                    }
                    input #comment .field name="comment" value=(decision.comment) maxlength="1000"
                        aria-describedby=[decision.fault.as_ref().map(|_| "decision-fault")] autocomplete="off" placeholder="Add a reason";
                }
                button .btn .danger type="submit" formaction=(format!("/changes/{}/reject", change.id)) aria-keyshortcuts="r" {
                    "Reject" kbd aria-hidden="true" { "R" }
                }
                button .btn .pri type="submit" aria-keyshortcuts="a" {
                    (Icon::Check.show()) "Approve" kbd aria-hidden="true" { "A" }
                }
            }
        }
    }
}

/// Decide on all that are selected.
pub(super) fn together(shell: &Shell) -> Markup {
    html! {
        form #together .together method="post" action="/changes/decide" {
            input type="hidden" name="csrf" value=(shell.csrf);
            label .vh for="together-comment" { "Reason for all that are selected" }
            input #together-comment .field name="comment" maxlength="1000" autocomplete="off"
                placeholder="Reason for all selected";
            .row {
                button .btn .sm .danger type="submit" name="act" value="reject" { "Reject selected" }
                button .btn .sm type="submit" name="act" value="approve" { (Icon::Check.small()) "Approve selected" }
            }
        }
    }
}

/// Say something.
pub(super) fn comment(shell: &Shell, change: &ChangeView) -> Markup {
    html! {
        form .body .row method="post" action=(format!("/changes/{}/comment", change.id)) {
            input type="hidden" name="csrf" value=(shell.csrf);
            label .vh for="remark" { "Comment" }
            input #remark .field .grow name="text" maxlength="4000" autocomplete="off" placeholder="Ask or explain; this voids nothing";
            button .btn type="submit" { "Comment" }
        }
    }
}

/// Withdraw, break the glass, review.
pub(super) fn besides(shell: &Shell, change: &ChangeView, acts: Acts) -> Markup {
    let waits = change.state == "waiting";
    html! {
        @if acts.own && matches!(change.state.as_str(), "waiting" | "stale") {
            form method="post" action=(format!("/changes/{}/cancel", change.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                button .btn .sm type="submit" { "Withdraw this change" }
            }
        }
        @if acts.break_glass && waits {
            (reasoned(shell, change, "break-glass", t("In an emergency: apply it without its steps"), t("Why it cannot wait")))
        }
        @if acts.review && change.break_glass.as_ref().is_some_and(|glass| glass.review.is_none()) {
            (reasoned(shell, change, "review", t("Review this emergency"), t("What came out of looking at it")))
        }
    }
}

fn reasoned(shell: &Shell, change: &ChangeView, act: &str, title: &str, hint: &str) -> Markup {
    html! {
        details .card {
            summary .body .b { (title) }
            form .body .row method="post" action=(format!("/changes/{}/{act}", change.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                label .vh for=(act) { (hint) }
                input .field .grow #(act) name="text" maxlength="4000" autocomplete="off" placeholder=(hint) required;
                button .btn .danger type="submit" { (title) }
            }
        }
    }
}
