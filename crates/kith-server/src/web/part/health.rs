//! Health as a pill in a row and as a ring at the head of an account.

use kith_api::view::ScoreView;
use kith_template::{html, say};
use maud::Markup;

use super::tone;
use crate::web::number::{number, percent, words};

/// Number and band.
pub(crate) fn pill(value: Option<f64>, band: Option<&str>) -> Markup {
    let Some(value) = value else {
        return html! { span .muted title="Too little is known for a health score" { "–" span .vh { " not known" } } };
    };
    let band = band.unwrap_or_default();
    html! {
        span class=(format!("pill health {}", tone::of_band(band))) { b { (number(value, 0)) } (words(band)) }
    }
}

/// The score as a ring with its name and band.
pub(crate) fn gauge(name: &str, score: &ScoreView) -> Markup {
    let band = score.band.as_deref().unwrap_or_default();
    let tone = tone::of_band(band);
    let known = percent(score.coverage);
    html! {
        .gauge {
            @match score.value {
                Some(value) => {
                    svg class=(format!("ring {tone}")) viewBox="0 0 48 48" width="46" height="46" role="img"
                        aria-label=(say!("{name} {value} of 100", value = number(value, 0))) {
                        circle .bg cx="24" cy="24" r="20" {}
                        circle .fg cx="24" cy="24" r="20" stroke-dasharray=(arc(value)) {}
                        text x="24" y="24.5" { (number(value, 0)) }
                    }
                    span .lab {
                        b { (name) }
                        span class=(tone) { (words(band)) }
                        @if score.provisional {
                            span title=(say!("Only {known} of what the score weighs is known")) { ", provisional" }
                        }
                    }
                }
                None => {
                    svg .ring viewBox="0 0 48 48" width="46" height="46" role="img"
                        aria-label=(say!("{name} not known")) {
                        circle .bg cx="24" cy="24" r="20" {}
                        text x="24" y="24.5" { "–" }
                    }
                    span .lab { b { (name) } "too little known" }
                }
            }
        }
    }
}

/// A share of 100 as a ring, with its name and what it comes to.
pub(crate) fn ring(name: &str, percent: f64, tone: &str, about: &Markup) -> Markup {
    let shown = format!("{}%", number(percent, 0));
    html! {
        .gauge {
            svg class=(format!("ring {tone}")) viewBox="0 0 48 48" width="46" height="46" role="img" aria-label=(format!("{name} {shown}")) {
                circle .bg cx="24" cy="24" r="20" {}
                circle .fg cx="24" cy="24" r="20" stroke-dasharray=(arc(percent)) {}
                text .t3 x="24" y="24.5" { (shown) }
            }
            span .lab { b { (name) } span class=(tone) { (about) } }
        }
    }
}

/// Dash and gap of a circle of radius 20 for 0 to 100.
fn arc(value: f64) -> String {
    const ROUND: f64 = 125.7;
    format!("{:.1} {ROUND}", value.clamp(0.0, 100.0) / 100.0 * ROUND)
}
