//! A line of weekly values, as small as a word.

use std::fmt::Write as _;

use kith_template::{html, say};
use maud::Markup;

/// Size of the drawing in its own units; the style sheet stretches it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    width: u16,
    height: u16,
}

/// In a row of the list.
pub(crate) const ROW: Size = Size { width: 72, height: 24 };
/// In a tile.
pub(crate) const TILE: Size = Size { width: 150, height: 26 };
/// On the page of a metric.
pub(crate) const WIDE: Size = Size { width: 640, height: 120 };

/// The line, with an area under it. Fewer than two values draw nothing.
pub(crate) fn spark(values: &[f64], size: Size, tone: &str, label: &str) -> Markup {
    let values: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    let (Some(first), Some(last), 2..) = (values.first(), values.last(), values.len()) else {
        return html! {};
    };
    let points = points(&values, size);
    let line = points.iter().fold(String::new(), |mut line, (x, y)| {
        let _ = write!(line, "{}{x:.1},{y:.1}", if line.is_empty() { "" } else { " " });
        line
    });
    let (left, right) = (2.0, f64::from(size.width) - 2.0);
    let area =
        format!("M{left:.1},{0} L{line} L{right:.1},{0}Z", size.height, line = line.replace(' ', " L"));
    let (from, to) = (super::super::number::number(*first, 1), super::super::number::number(*last, 1));
    html! {
        svg class=(format!("spark {tone}")) viewBox=(format!("0 0 {} {}", size.width, size.height))
            width=(size.width) height=(size.height) preserveAspectRatio="none" role="img"
            aria-label=(say!("{label}, {values} weeks, from {from} to {to}", values = values.len())) {
            path .a d=(area) {}
            polyline .l points=(line) vector-effect="non-scaling-stroke" {}
        }
    }
}

fn points(values: &[f64], size: Size) -> Vec<(f64, f64)> {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (top, bottom) = (3.0, f64::from(size.height) - 3.0);
    let mut x = 2.0;
    let step = (f64::from(size.width) - 4.0) / values.iter().skip(1).fold(0.0, |steps, _| steps + 1.0);
    values
        .iter()
        .map(|value| {
            let share = if high > low { (value - low) / (high - low) } else { 0.5 };
            let point = (x, bottom - share * (bottom - top));
            x += step;
            point
        })
        .collect()
}

/// Mean of the last four weeks, and of the weeks before. `None` under eight weeks, or where fewer than two weeks
/// of either side are known.
pub(crate) fn drift(values: &[f64]) -> Option<(f64, f64)> {
    let split = values.len().checked_sub(4).filter(|before| *before >= 4)?;
    let (before, recent) = values.split_at(split);
    Some((mean(recent)?, mean(before)?))
}

fn mean(values: &[f64]) -> Option<f64> {
    let known = values.iter().filter(|value| value.is_finite());
    let (sum, number) = known.fold((0.0, 0.0), |(sum, number), value| (sum + value, number + 1.0));
    (number >= 2.0).then(|| sum / number)
}
