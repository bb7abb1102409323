//! Lines over weeks, drawn by the server: a picture with a sentence, and the same figures as a table.

use std::fmt::Write as _;

use kith_template::html;
use maud::Markup;

/// One line.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// What it is.
    pub(crate) name: &'a str,
    /// Its class in the style sheet: `l1` or `l2`.
    pub(crate) class: &'a str,
    /// Its values, the oldest first.
    pub(crate) values: &'a [f64],
    /// The last value as text.
    pub(crate) last: String,
}

/// A drawing's own units.
struct Canvas {
    class: &'static str,
    width: f64,
    height: f64,
    left: f64,
    /// Room for the names of the lines, which stand beside their ends; above them where there is none.
    right: f64,
    /// Texts below the scale.
    ticks: usize,
}

/// On a screen.
const WIDE: Canvas =
    Canvas { class: "desk", width: 720.0, height: 220.0, left: 52.0, right: 130.0, ticks: 5 };
/// On a phone: as wide as it is shown there, so that nothing shrinks.
const NARROW: Canvas =
    Canvas { class: "mob", width: 340.0, height: 210.0, left: 48.0, right: 16.0, ticks: 3 };
const TOP: f64 = 22.0;
const BOTTOM: f64 = 26.0;
/// Least distance of two texts, one above the other.
const APART: f64 = 15.0;

/// The picture, one for a screen and one for a phone, of which only one is there. `amount` writes a value of the scale,
/// `days` names each week, `sentence` says what is to be seen.
pub(crate) fn lines(
    lines: &[Line<'_>],
    days: &[String],
    amount: &dyn Fn(f64) -> String,
    sentence: &str,
) -> Markup {
    html! {
        @for canvas in [WIDE, NARROW] { (canvas.draw(lines, days, amount, sentence)) }
    }
}

impl Canvas {
    fn draw(
        &self,
        lines: &[Line<'_>],
        days: &[String],
        amount: &dyn Fn(f64) -> String,
        sentence: &str,
    ) -> Markup {
        let top = scale(lines.iter().flat_map(|line| line.values).copied().fold(0.0, f64::max));
        let y = |value: f64| TOP + (1.0 - (value / top).clamp(0.0, 1.0)) * (self.height - TOP - BOTTOM);
        let end = self.width - self.right;
        let steps = days.iter().skip(1).fold(0.0, |steps: f64, _| steps + 1.0).max(1.0);
        let place = |at: &mut f64| {
            let x = self.left + *at / steps * (end - self.left);
            *at += 1.0;
            Some(x)
        };
        let xs: Vec<f64> = days.iter().scan(0.0, |at, _| place(at)).collect();
        let grid: Vec<f64> = [0.0, 0.5, 1.0].iter().map(|share| share * top).collect();
        let labels = label_places(lines, &y);
        let is_beside = self.right > 40.0;
        let every = days.len().div_ceil(self.ticks).max(1);
        html! {
            svg class=(format!("chart {}", self.class)) viewBox=(format!("0 0 {} {}", self.width, self.height)) role="img" aria-label=(sentence) {
                @for value in grid {
                    line .grid x1=(self.left) x2=(end) y1=(px(y(value))) y2=(px(y(value))) {}
                    text .tick x=(self.left - 8.0) y=(px(y(value) + 4.0)) text-anchor="end" { (amount(value)) }
                }
                @for (place, (day, x)) in days.iter().zip(&xs).enumerate() {
                    @if (days.len() - 1 - place).is_multiple_of(every) {
                        text .tick x=(px(*x)) y=(self.height - 6.0) text-anchor=(if place + 1 == days.len() && !is_beside { "end" } else { "middle" }) { (day) }
                    }
                }
                @for (line, label) in lines.iter().zip(labels) {
                    @if let (Some(x), Some(last)) = (xs.last(), line.values.last()) {
                        path class=(format!("area {}", line.class)) d=(area(&xs, line.values, &y)) {}
                        polyline class=(format!("line {}", line.class)) points=(points(&xs, line.values, &y)) {}
                        circle class=(format!("dot {}", line.class)) cx=(px(*x)) cy=(px(y(*last))) r="4" {}
                        @if is_beside {
                            text .name x=(px(*x + 10.0)) y=(px(label + 4.0)) { (line.last) " " (line.name) }
                        } @else {
                            text .name x=(px(*x)) y=(px(label - 9.0)) text-anchor="end" { (line.last) " " (line.name) }
                        }
                    }
                }
            }
        }
    }
}

fn px(value: f64) -> String {
    format!("{value:.1}")
}

/// A round number from which the scale goes down to nothing: 1, 2 or 5 and zeros.
fn scale(largest: f64) -> f64 {
    if !largest.is_finite() || largest <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(largest.log10().floor());
    [1.0, 2.0, 4.0, 5.0, 10.0]
        .into_iter()
        .map(|step| step * power)
        .find(|top| *top >= largest)
        .unwrap_or(largest)
}

fn points(xs: &[f64], values: &[f64], y: &dyn Fn(f64) -> f64) -> String {
    xs.iter().zip(values).fold(String::new(), |mut out, (x, value)| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{}{x:.1},{:.1}", if out.is_empty() { "" } else { " " }, y(*value));
        out
    })
}

fn area(xs: &[f64], values: &[f64], y: &dyn Fn(f64) -> f64) -> String {
    let (first, last) = (xs.first().copied().unwrap_or_default(), xs.last().copied().unwrap_or_default());
    let line = points(xs, values, y).replace(' ', " L");
    format!("M{first:.1},{0:.1} L{line} L{last:.1},{0:.1}Z", y(0.0))
}

/// Where the names of the lines stand: beside their ends, and never one over the other.
fn label_places(lines: &[Line<'_>], y: &dyn Fn(f64) -> f64) -> Vec<f64> {
    let ends: Vec<f64> =
        lines.iter().map(|line| y(line.values.last().copied().unwrap_or_default())).collect();
    match ends.as_slice() {
        [one, other] if (one - other).abs() < APART => {
            let middle = (one + other) / 2.0;
            let (up, down) = (middle - APART / 2.0, middle + APART / 2.0);
            if one <= other { vec![up, down] } else { vec![down, up] }
        }
        _ => ends,
    }
}

#[cfg(test)]
mod tests;
