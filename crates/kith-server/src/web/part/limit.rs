//! How a limit came about: the steps, what held it back, and what would give another.

use kith_api::view::{ContributionView, CounterfactualView, RailView};
use kith_template::html;
use maud::Markup;

use crate::web::number::{money, phrase};
use crate::web::words::told;

/// The steps from the need to the limit, the counterfactuals, and the guard rails.
pub(crate) fn steps(steps: &[ContributionView], others: &[CounterfactualView], rails: &[RailView]) -> Markup {
    html! {
        .scroll tabindex="0" role="region" aria-label="Steps from the need to the limit" {
            table .diff {
                tbody {
                    @for step in steps {
                        tr { th scope="row" { (told(&step.label)) } td .num .right { (money(&step.amount)) } }
                    }
                    @for other in others {
                        tr {
                            th scope="row" .muted { (phrase(&other.input)) ": " (told(&other.from)) " → " (told(&other.to)) " would give" }
                            td .num .right .muted { (money(&other.limit)) }
                        }
                    }
                }
            }
        }
        @if !rails.is_empty() { .body .stack .t { @for rail in rails { p .sm .muted { (told(&rail.text)) } } } }
    }
}
