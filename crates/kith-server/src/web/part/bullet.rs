//! A value against its target: a bar with a mark where it should end.

use kith_template::html;
use maud::Markup;

/// Width of the drawing in its own units.
const WIDTH: f64 = 1_000.0;

/// The bar of a value and the mark of its target, both as shares of the whole width.
pub(crate) fn bullet(value: f64, target: f64, tone: &str) -> Markup {
    let place = |share: f64| share.clamp(0.0, 1.0) * WIDTH;
    html! {
        svg class=(format!("mark-bar {tone}")) viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true" {
            rect .whole x="0" y="4" width="1000" height="6" {}
            rect .part x="0" y="4" width=(format!("{:.1}", place(value))) height="6" {}
            rect .aim x=(format!("{:.1}", place(target) - 5.0)) y="0" width="10" height="14" {}
        }
    }
}
