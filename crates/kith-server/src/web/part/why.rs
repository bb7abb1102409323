//! What moves a score: one bar for each driver, and the sum.

use kith_api::view::{DriverView, ScoreView};
use kith_template::html;
use maud::Markup;

use crate::web::clock::Clock;
use crate::web::number::{number, signed};
use crate::web::words::told;

/// Half the width of a bar's field, in its own units.
const HALF: f64 = 92.0;

/// The drivers of an account's score, the worst first, then the best last; each leads to the metric behind it.
pub(crate) fn why(account: &str, score: &ScoreView, clock: &Clock) -> Markup {
    let mut drivers: Vec<&DriverView> = score.drivers.iter().collect();
    drivers.sort_by(|one, other| {
        let side = |driver: &DriverView| driver.contribution >= 0.0;
        side(one).cmp(&side(other)).then(other.contribution.abs().total_cmp(&one.contribution.abs()))
    });
    let largest = drivers.iter().map(|driver| driver.contribution.abs()).fold(10.0, f64::max);
    html! {
        ul .why {
            @for driver in drivers {
                @let tone = if driver.contribution < 0.0 { "bad" } else { "good" };
                li {
                    @match driver.metrics.first() {
                        Some(id) => a .txt href=(format!("/accounts/{account}/metrics/{id}")) { (told(&driver.label)) },
                        None => span .txt { (told(&driver.label)) },
                    }
                    (bar(driver.contribution, largest))
                    span class=(format!("num b right {tone}")) { (signed(driver.contribution, 1)) }
                    span .sm .muted .src .nowrap {
                        @if let (Some(evidence), Some(at)) = (driver.evidence.first(), &driver.observed_at) {
                            (short(&evidence.source)) ", " (clock.age_mark(Some(at)))
                        }
                    }
                }
            }
        }
        (sum(score))
    }
}

/// The line that shows that the drivers add up.
fn sum(score: &ScoreView) -> Markup {
    let raw = score.drivers.iter().map(|driver| driver.contribution).fold(score.base, |sum, part| sum + part);
    html! {
        p .sm .muted .sum {
            "Starts at " span .num { (number(score.base, 1)) }
            ", the drivers add up to " span .num { (number(raw, 1)) }
            @if !(0.0..=100.0).contains(&raw) { ", held within 0 and 100" }
            "."
        }
    }
}

fn bar(contribution: f64, largest: f64) -> Markup {
    let width = (contribution.abs() / largest * HALF * 0.95).max(1.0);
    let (x, tone) = if contribution < 0.0 { (HALF - width, "kb") } else { (HALF, "kg") };
    html! {
        svg .div viewBox="0 0 184 10" preserveAspectRatio="none" aria-hidden="true" {
            rect .axis x="91.5" y="0" width="1" height="10" {}
            rect class=(tone) x=(format!("{x:.1}")) y="0" width=(format!("{width:.1}")) height="10" rx="2.5" {}
        }
    }
}

/// The last part of a source: `urn:acme:tms` → `tms`.
pub(crate) fn short(source: &str) -> &str {
    source.trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or(source)
}
