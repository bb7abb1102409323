//! The way of a change: asked, who decides in which order, applied.

use kith_api::view::{ChangeView, StepView};
use kith_template::{html, say};
use maud::Markup;

use super::icon::Icon;
use crate::web::number::words;

/// The steps of approval.
pub(crate) fn steps(change: &ChangeView) -> Markup {
    let current = change.steps.iter().position(|step| step.state == "waiting");
    let open = matches!(change.state.as_str(), "waiting" | "applying");
    html! {
        ol .steps aria-label="Approval" {
            li .done { span .n { (Icon::Check.small()) } "Asked" }
            @for (place, step) in change.steps.iter().enumerate() {
                @let now = open && current == Some(place);
                @let name = step.by_name.clone().unwrap_or_else(|| words(&step.role));
                @match step.state.as_str() {
                    "approved" => li .done title=(words(&step.role)) { span .n { (Icon::Check.small()) } (name) span .vh { " approved" } }
                    "rejected" => li .refused title=(words(&step.role)) { span .n { (Icon::Close.small()) } (name) " rejected" }
                    _ => li .now[now] aria-current=[now.then_some("step")] title=[handed(&step.handed_to)] {
                        span .n { (place + 1) } (waiting_for(step))
                    }
                }
            }
            @let applied = change.state == "applied";
            li .done[applied] {
                span .n { @if applied { (Icon::Check.small()) } @else { (Icon::Flag.small()) } }
                "Applied" @if !applied { span .vh { " not yet" } }
            }
        }
    }
}

/// Who decides next: the role, how many are still missing.
fn waiting_for(step: &StepView) -> String {
    let decided = u8::try_from(step.decisions.len()).unwrap_or(u8::MAX);
    match step.approvals.saturating_sub(decided) {
        0 | 1 => words(&step.role),
        missing => format!("{missing} × {}", words(&step.role)),
    }
}

/// To whom the step was handed on.
fn handed(roles: &[String]) -> Option<String> {
    let names: Vec<String> = roles.iter().map(|role| words(role)).collect();
    (!names.is_empty()).then(|| say!("Handed on to {join}", join = names.join(", ")))
}
