//! Learning a card: variables are binned and weighed, the useless left out, the rest fitted, and all of it validated.

use serde::Serialize;

use super::bins::{Bin, Binned, Count, Split, is_missing, number, numbers, words};
use super::factor;
use super::logistic::{Fitted, Prior, Rows, fit, probability};
use super::measure::{Measures, auc, measures};
use super::model::{Card, FORMAT, Variable, average_points};

/// Variables with less information than this are useless.
const IV_LEAST: f64 = 0.02;
/// Folds of the validation.
const FOLDS: usize = 5;
/// Of more rows, a fixed part chooses the prior.
const CHOOSE_FROM: usize = 20_000;
/// Coefficients of weights of evidence are −1 where variables are independent, and nearer to nothing the more they say
/// the same: they are drawn to the middle, as strongly as proves best on rows that were not seen.
const TOWARD: f64 = -0.5;
const STRENGTHS: [f64; 5] = [1.0, 4.0, 16.0, 64.0, 256.0];
/// Good and bad rows below which nothing is learned.
const ROWS_LEAST: u64 = 10;

/// A column with the texts of all rows.
#[derive(Debug, Clone)]
pub struct Column<'a> {
    /// Its header.
    pub name: &'a str,
    /// Its texts, trimmed.
    pub texts: Vec<&'a str>,
}

/// Why a column is not on the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Every row has its own value.
    Identifier,
    /// All rows have the same.
    Constant,
    /// It tells nothing of the outcome.
    Useless,
    /// Others say the same, and better.
    Redundant,
}

/// A learned card, and what was left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// The card.
    pub card: Card,
    /// Columns that are not on it: name, cause, information value where there is one.
    pub left_out: Vec<(String, Cause, Option<f64>)>,
}

/// Too few rows of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLittle {
    /// Rows that turned out well.
    pub good: u64,
    /// Rows that did not.
    pub bad: u64,
    /// Needed of each.
    pub least: u64,
}

/// One variable, binned and weighed.
#[derive(Debug)]
struct Weighed {
    column: usize,
    split: Split,
    bins: Vec<(String, Count, f64)>,
    iv: f64,
}

impl Weighed {
    fn of(column: usize, binned: Binned, all: Count) -> Self {
        let mut iv = 0.0;
        let mut bins = Vec::new();
        for (label, count) in binned.bins {
            let (share, woe) = if count.rows() == 0 { (0.0, 0.0) } else { count.evidence(all) };
            iv += share * woe;
            bins.push((label, count, woe));
        }
        Self { column, split: binned.split, bins, iv }
    }

    fn woe(&self, text: &str) -> f64 {
        let bin = self.split.place(text, self.bins.len()).and_then(|place| self.bins.get(place));
        bin.map_or(0.0, |bin| bin.2)
    }
}

/// Learns a card from columns and outcomes.
///
/// # Errors
/// There are too few good or bad rows.
pub fn train(
    columns: &[Column<'_>],
    bad: &[bool],
    target: &str,
    bad_value: &str,
) -> Result<Training, TooLittle> {
    let all = count(bad);
    if all.good < ROWS_LEAST || all.bad < ROWS_LEAST {
        return Err(TooLittle { good: all.good, bad: all.bad, least: ROWS_LEAST });
    }
    let rows: Vec<usize> = (0..bad.len()).collect();
    let kinds: Vec<Option<Kind>> = columns.iter().map(Kind::of).collect();
    let prior = choose(columns, &kinds, bad);
    let learned = Learned::from(columns, &kinds, bad, &rows, prior);
    let trained = judged(&learned, columns, bad, &rows);
    let validated = cross_validate(columns, &kinds, bad, prior).unwrap_or(trained);
    let left_out = left_out(columns, &kinds, &learned);
    let card = learned.card(columns, target, bad_value, trained, validated);
    Ok(Training { card, left_out })
}

fn count(bad: &[bool]) -> Count {
    let mut count = Count::default();
    bad.iter().for_each(|bad| count.add(*bad));
    count
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Numbers,
    Words,
    Identifier,
    Constant,
}

impl Kind {
    fn of(column: &Column<'_>) -> Option<Self> {
        let mut known: Vec<&str> = column.texts.iter().copied().filter(|text| !is_missing(text)).collect();
        let rows = known.len();
        let numbers: Option<Vec<f64>> = known.iter().map(|text| number(text)).collect();
        known.sort_unstable();
        known.dedup();
        let has_missing = rows < column.texts.len();
        if known.is_empty() || (known.len() == 1 && !has_missing) {
            return Some(Self::Constant);
        }
        let all_differ = known.len() == rows && rows > 2;
        match numbers {
            Some(numbers) => {
                let counts_up = numbers.is_sorted_by(|one, other| one < other);
                let whole = numbers.iter().all(|value| value.fract() == 0.0);
                let names = all_differ && whole && (counts_up || is_name(column.name));
                Some(if names { Self::Identifier } else { Self::Numbers })
            }
            // Texts of which most differ name the rows.
            None if known.len() * 2 > rows && rows > 20 => Some(Self::Identifier),
            None => Some(Self::Words),
        }
    }
}

/// Whether a header says that the column names the rows.
fn is_name(header: &str) -> bool {
    let header = header.to_ascii_lowercase();
    let words = ["id", "row", "nr", "no", "number", "key", "index"];
    header.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| words.contains(&word))
}

/// Variables with their fit.
#[derive(Debug)]
struct Learned {
    useful: Vec<Weighed>,
    useless: Vec<(usize, f64)>,
    redundant: Vec<(usize, f64)>,
    fitted: Fitted,
}

impl Learned {
    /// Learns from some of the rows.
    fn from(
        columns: &[Column<'_>],
        kinds: &[Option<Kind>],
        bad: &[bool],
        rows: &[usize],
        prior: Prior,
    ) -> Self {
        let weighed = weigh(columns, kinds, bad, rows);
        Self::fit(weighed, columns, bad, rows, prior)
    }

    /// Fits weighed variables; those whose sign contradicts their own evidence say what others say better.
    fn fit(
        weighed: Vec<Weighed>,
        columns: &[Column<'_>],
        bad: &[bool],
        rows: &[usize],
        prior: Prior,
    ) -> Self {
        let (mut useful, useless): (Vec<Weighed>, Vec<Weighed>) =
            weighed.into_iter().partition(|variable| variable.iv >= IV_LEAST);
        let useless = useless.iter().map(|variable| (variable.column, variable.iv)).collect();
        let outcomes: Vec<bool> = rows.iter().map(|row| bad[*row]).collect();
        let mut redundant = Vec::new();
        loop {
            let fitted = fit(&cells(&useful, columns, rows), &outcomes, prior);
            let wrong = fitted.coefficients.iter().enumerate().filter(|(_, beta)| **beta >= 0.0);
            let Some((at, _)) = wrong.max_by(|one, other| one.1.total_cmp(other.1)) else {
                return Self { useful, useless, redundant, fitted };
            };
            let gone = useful.remove(at);
            redundant.push((gone.column, gone.iv));
        }
    }

    fn probability(&self, columns: &[Column<'_>], row: usize) -> f64 {
        let cells: Vec<f64> =
            self.useful.iter().map(|variable| variable.woe(columns[variable.column].texts[row])).collect();
        probability(self.fitted.log_odds(&cells))
    }

    fn card(
        self,
        columns: &[Column<'_>],
        target: &str,
        bad: &str,
        trained: Measures,
        validated: Measures,
    ) -> Card {
        let intercept = self.fitted.intercept;
        let share = average_points(intercept, self.useful.len());
        let coefficients = self.fitted.coefficients;
        let variables = self.useful.into_iter().zip(coefficients).map(|(variable, coefficient)| {
            let bin = |(label, count, woe): (String, Count, f64)| Bin {
                label,
                count,
                woe,
                points: share - factor() * coefficient * woe,
            };
            Variable {
                name: columns[variable.column].name.to_owned(),
                coefficient,
                iv: variable.iv,
                split: variable.split,
                bins: variable.bins.into_iter().map(bin).collect(),
            }
        });
        Card {
            format: FORMAT.to_owned(),
            target: target.to_owned(),
            bad: bad.to_owned(),
            intercept,
            variables: variables.collect(),
            trained,
            validated,
        }
    }
}

fn weigh(columns: &[Column<'_>], kinds: &[Option<Kind>], bad: &[bool], rows: &[usize]) -> Vec<Weighed> {
    let outcomes: Vec<bool> = rows.iter().map(|row| bad[*row]).collect();
    let all = count(&outcomes);
    let mut weighed = Vec::new();
    for (at, (column, kind)) in columns.iter().zip(kinds).enumerate() {
        let texts = rows.iter().map(|row| Some(column.texts[*row]).filter(|text| !is_missing(text)));
        let binned = match kind {
            Some(Kind::Numbers) => {
                numbers(&texts.map(|text| text.and_then(number)).collect::<Vec<_>>(), &outcomes)
            }
            Some(Kind::Words) => words(&texts.collect::<Vec<_>>(), &outcomes),
            Some(Kind::Identifier | Kind::Constant) | None => continue,
        };
        weighed.push(Weighed::of(at, binned, all));
    }
    weighed
}

fn cells(useful: &[Weighed], columns: &[Column<'_>], rows: &[usize]) -> Rows {
    let mut cells = Vec::with_capacity(rows.len() * useful.len());
    for row in rows {
        cells.extend(useful.iter().map(|variable| variable.woe(columns[variable.column].texts[*row])));
    }
    Rows { cells, width: useful.len() }
}

/// Each row's fold, good and bad dealt out evenly.
fn folds(bad: &[bool]) -> Vec<usize> {
    let mut dealt = [0_usize; 2];
    let deal = |bad: &bool| {
        let next = &mut dealt[usize::from(*bad)];
        *next += 1;
        // Neighbouring rows are often alike: a stride that shares no divisor with the folds scatters them.
        (*next * 7 + *next / FOLDS) % FOLDS
    };
    bad.iter().map(deal).collect()
}

fn parted(folds: &[usize], fold: usize, rows: usize) -> (Vec<usize>, Vec<usize>) {
    (0..rows).partition(|row| folds[*row] != fold)
}

fn cross_validate(
    columns: &[Column<'_>],
    kinds: &[Option<Kind>],
    bad: &[bool],
    prior: Prior,
) -> Option<Measures> {
    let folds = folds(bad);
    let mut ranked = Vec::with_capacity(bad.len());
    for fold in 0..FOLDS {
        let (learn, test) = parted(&folds, fold, bad.len());
        let learned = Learned::from(columns, kinds, bad, &learn, prior);
        ranked.extend(test.iter().map(|row| (learned.probability(columns, *row), bad[*row])));
    }
    measures(&ranked)
}

/// The prior whose cards tell best apart what they never saw; of equal ones the strongest.
fn choose(columns: &[Column<'_>], kinds: &[Option<Kind>], bad: &[bool]) -> Prior {
    let every = bad.len().div_ceil(CHOOSE_FROM).max(1);
    let folds = folds(bad);
    let priors = STRENGTHS.map(|strength| Prior { strength, toward: TOWARD });
    let mut sums = vec![0.0; priors.len()];
    for fold in 0..FOLDS {
        let (learn, test) = parted(&folds, fold, bad.len());
        let learn: Vec<usize> = learn.into_iter().step_by(every).collect();
        let weighed = weigh(columns, kinds, bad, &learn);
        let useful: Vec<Weighed> = weighed.into_iter().filter(|variable| variable.iv >= IV_LEAST).collect();
        let outcomes: Vec<bool> = learn.iter().map(|row| bad[*row]).collect();
        let known = cells(&useful, columns, &learn);
        let unseen = cells(&useful, columns, &test);
        for (sum, prior) in sums.iter_mut().zip(&priors) {
            let fitted = fit(&known, &outcomes, *prior);
            let log_odds =
                |at: usize| fitted.log_odds(&unseen.cells[at * unseen.width..(at + 1) * unseen.width]);
            let ranked: Vec<(f64, bool)> =
                test.iter().enumerate().map(|(at, row)| (log_odds(at), bad[*row])).collect();
            *sum += auc(&ranked).unwrap_or(0.5);
        }
    }
    let scored = sums.iter().zip(&priors);
    let best = scored.max_by(|one, other| one.0.total_cmp(other.0));
    best.map_or(Prior { strength: 1.0, toward: TOWARD }, |best| *best.1)
}

fn judged(learned: &Learned, columns: &[Column<'_>], bad: &[bool], rows: &[usize]) -> Measures {
    let ranked: Vec<(f64, bool)> =
        rows.iter().map(|row| (learned.probability(columns, *row), bad[*row])).collect();
    let none = Measures { rows: rows.len(), bad: 0, auc: 0.5, gini: 0.0, ks: 0.0, brier: 0.0 };
    measures(&ranked).unwrap_or(none)
}

fn left_out(
    columns: &[Column<'_>],
    kinds: &[Option<Kind>],
    learned: &Learned,
) -> Vec<(String, Cause, Option<f64>)> {
    let name = |at: usize| columns[at].name.to_owned();
    let mut found: Vec<(usize, Cause, Option<f64>)> = Vec::new();
    for (at, kind) in kinds.iter().enumerate() {
        match kind {
            Some(Kind::Identifier) => found.push((at, Cause::Identifier, None)),
            Some(Kind::Constant) | None => found.push((at, Cause::Constant, None)),
            Some(Kind::Numbers | Kind::Words) => {}
        }
    }
    found.extend(learned.useless.iter().map(|(at, iv)| (*at, Cause::Useless, Some(*iv))));
    found.extend(learned.redundant.iter().map(|(at, iv)| (*at, Cause::Redundant, Some(*iv))));
    found.sort_by_key(|entry| entry.0);
    found.into_iter().map(|(at, cause, iv)| (name(at), cause, iv)).collect()
}
