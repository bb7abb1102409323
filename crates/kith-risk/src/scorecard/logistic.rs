//! Logistic regression by Newton's method, drawn toward a common coefficient.

/// Rounds of Newton; it settles in far fewer.
const ROUNDS: usize = 50;
const SETTLED: f64 = 1e-9;
/// Halvings of a step that made it worse.
const HALVINGS: usize = 30;

/// Rows of equal length, one behind the other.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) cells: Vec<f64>,
    pub(super) width: usize,
}

impl Rows {
    fn iter(&self) -> impl Iterator<Item = &[f64]> {
        self.cells.chunks_exact(self.width.max(1))
    }
}

/// How strongly, and to what, coefficients are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Prior {
    pub(super) strength: f64,
    pub(super) toward: f64,
}

/// Intercept and coefficients of the log-odds of bad.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fitted {
    pub(super) intercept: f64,
    pub(super) coefficients: Vec<f64>,
}

pub(super) fn probability(log_odds: f64) -> f64 {
    if log_odds >= 0.0 {
        1.0 / (1.0 + (-log_odds).exp())
    } else {
        let odds = log_odds.exp();
        odds / (1.0 + odds)
    }
}

impl Fitted {
    pub(super) fn log_odds(&self, row: &[f64]) -> f64 {
        self.intercept + dot(&self.coefficients, row)
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// What is made small: minus the log-likelihood, and the pull of the prior.
fn loss(rows: &Rows, bad: &[bool], fitted: &Fitted, prior: Prior) -> f64 {
    let told = |log_odds: f64, bad: bool| {
        let signed = if bad { -log_odds } else { log_odds };
        // ln(1 + e^x), without overflow.
        signed.max(0.0) + (-signed.abs()).exp().ln_1p()
    };
    let data: f64 = if rows.width == 0 {
        bad.iter().map(|bad| told(fitted.intercept, *bad)).sum()
    } else {
        rows.iter().zip(bad).map(|(row, bad)| told(fitted.log_odds(row), *bad)).sum()
    };
    let pull: f64 = fitted.coefficients.iter().map(|beta| (beta - prior.toward).powi(2)).sum();
    data + prior.strength / 2.0 * pull
}

/// Fits the rows; the intercept is drawn to nothing.
pub(super) fn fit(rows: &Rows, bad: &[bool], prior: Prior) -> Fitted {
    let share =
        (bad.iter().filter(|bad| **bad).count() as f64 / bad.len().max(1) as f64).clamp(1e-6, 1.0 - 1e-6);
    let mut fitted =
        Fitted { intercept: (share / (1.0 - share)).ln(), coefficients: vec![prior.toward; rows.width] };
    if rows.width == 0 {
        return fitted;
    }
    let mut known = loss(rows, bad, &fitted, prior);
    for _ in 0..ROUNDS {
        let Some(step) = newton(rows, bad, &fitted, prior) else { break };
        let mut scale = 1.0;
        let mut better = None;
        for _ in 0..HALVINGS {
            let mut next = fitted.clone();
            next.intercept -= scale * step.first().copied().unwrap_or(0.0);
            for (beta, move_by) in next.coefficients.iter_mut().zip(step.iter().skip(1)) {
                *beta -= scale * move_by;
            }
            let reached = loss(rows, bad, &next, prior);
            if reached <= known {
                better = Some((next, reached));
                break;
            }
            scale /= 2.0;
        }
        let Some((next, reached)) = better else { break };
        let settled = known - reached < SETTLED * (1.0 + known.abs());
        fitted = next;
        known = reached;
        if settled {
            break;
        }
    }
    fitted
}

/// Newton's step: the solution of (hessian) × step = gradient.
fn newton(rows: &Rows, bad: &[bool], fitted: &Fitted, prior: Prior) -> Option<Vec<f64>> {
    let size = rows.width + 1;
    let mut gradient = vec![0.0; size];
    let mut hessian = vec![0.0; size * size];
    let mut full = vec![1.0; size];
    for (row, bad) in rows.iter().zip(bad) {
        full[1..].copy_from_slice(row);
        let p = probability(fitted.log_odds(row));
        let off = p - f64::from(u8::from(*bad));
        let weight = p * (1.0 - p);
        for (at, x) in full.iter().enumerate() {
            gradient[at] += off * x;
            let line = &mut hessian[at * size..=at * size + at];
            for (cell, other) in line.iter_mut().zip(&full) {
                *cell += weight * x * other;
            }
        }
    }
    for (at, beta) in fitted.coefficients.iter().enumerate() {
        gradient[at + 1] += prior.strength * (beta - prior.toward);
        hessian[(at + 1) * size + at + 1] += prior.strength;
    }
    solve(hessian, gradient, size)
}

/// Solves a symmetric positive system, of which the lower half is given, by Cholesky's method.
fn solve(mut lower: Vec<f64>, mut right: Vec<f64>, size: usize) -> Option<Vec<f64>> {
    for at in 0..size {
        for column in 0..=at {
            let above: f64 = (0..column).map(|k| lower[at * size + k] * lower[column * size + k]).sum();
            let rest = lower[at * size + column] - above;
            lower[at * size + column] = if at == column {
                // A ridge too small to matter keeps columns that say the same apart.
                Some(rest + 1e-10).filter(|rest| *rest > 0.0)?.sqrt()
            } else {
                rest / lower[column * size + column]
            };
        }
    }
    for at in 0..size {
        let known: f64 = (0..at).map(|k| lower[at * size + k] * right[k]).sum();
        right[at] = (right[at] - known) / lower[at * size + at];
    }
    for at in (0..size).rev() {
        let known: f64 = (at + 1..size).map(|k| lower[k * size + at] * right[k]).sum();
        right[at] = (right[at] - known) / lower[at * size + at];
    }
    Some(right)
}
