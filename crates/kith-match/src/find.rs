//! Finding: from a table to pairs and clusters.

use crate::block::Blocks;
use crate::cluster::Clusters;
use crate::comparison::{Comparison, plan};
use crate::em::learn;
use crate::model::Model;
use crate::score::{Pair, Scorer, weight};
use crate::table::Table;
use crate::workers::{Workers, map};

/// Whether two clusters agree on the whole is weighed on so many members of each.
const WEIGHED_MAX: usize = 32;
/// No single pair of members speaks louder than this, for or against.
const DOUBT_MAX: f64 = 8.0;
/// The least that members of two clusters agree on average, in bits. A little below even: a record that says little
/// agrees with nobody strongly.
const MEAN_MIN: f64 = -0.5;

/// What was learned and found.
#[derive(Debug)]
pub struct Found {
    /// The comparisons.
    pub plan: Vec<Comparison>,
    /// The model.
    pub model: Model,
    /// The blocking.
    pub blocks: Blocks,
    /// Pairs from the threshold on, by row.
    pub pairs: Vec<Pair>,
    /// Clusters from the threshold on.
    pub clusters: Clusters,
}

/// Finds the records of one party. `progress` is told the share of the work that is done, as it goes.
#[must_use]
pub fn find(table: &Table, threshold: f64, workers: &dyn Workers, progress: &(dyn Fn(f64) + Sync)) -> Found {
    let plan = plan(table);
    let blocks = Blocks::of(table, workers);
    let model = learn(table, &plan, &blocks, workers);
    let units = blocks.units();
    let scorer = Scorer::new(table, &plan, &model);
    let least = weight(threshold);
    let done = std::sync::atomic::AtomicUsize::new(0);
    let scored = map(workers, units.len(), |at| {
        let mut pairs = Vec::new();
        blocks.visit(table, units[at], |left, right| {
            if let Some(weight) = scorer.weight(left, right, least) {
                pairs.push(Pair { left: left as u32, right: right as u32, weight: weight as f32 });
            }
        });
        let done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        progress(done as f64 / units.len() as f64);
        pairs
    });
    let pairs: Vec<Pair> = scored.into_iter().flatten().collect();
    let (pairs, clusters) = settle(table, &scorer, &pairs, threshold);
    Found { plan, model, blocks, pairs, clusters }
}

/// Puts pairs together, and gives every pair within a cluster: with its own weight, or that of the pair that joined
/// its two sides.
fn settle(table: &Table, scorer: &Scorer<'_>, pairs: &[Pair], threshold: f64) -> (Vec<Pair>, Clusters) {
    let strong: Vec<Pair> = pairs.iter().copied().filter(|pair| pair.probability() >= threshold).collect();
    let clusters = Clusters::of(table.rows(), &strong, |one, other| together(scorer, one, other));
    let key = |pair: &Pair| (pair.left, pair.right);
    let mut within: Vec<Pair> = strong;
    within.retain(|pair| clusters.cluster(pair.left as usize) == clusters.cluster(pair.right as usize));
    within.sort_unstable_by_key(key);
    let own = within.len();
    let may = |pair: &&Pair| table.may_pair(pair.left as usize, pair.right as usize);
    let brought = clusters.brought().iter().filter(may).copied();
    let new: Vec<Pair> =
        brought.filter(|pair| within[..own].binary_search_by_key(&key(pair), key).is_err()).collect();
    within.extend(new);
    within.sort_unstable_by_key(key);
    (within, clusters)
}

/// Whether two clusters may become one: no two members contradict each other, and on the whole they agree.
fn together(scorer: &Scorer<'_>, one: &[u32], other: &[u32]) -> bool {
    let contradict =
        |left: &u32| other.iter().any(|right| scorer.contradict(*left as usize, *right as usize));
    if one.iter().any(contradict) {
        return false;
    }
    let (mut sum, mut pairs) = (0.0, 0.0);
    for left in one.iter().take(WEIGHED_MAX) {
        for right in other.iter().take(WEIGHED_MAX) {
            let weight = scorer.weight(*left as usize, *right as usize, -DOUBT_MAX).unwrap_or(-DOUBT_MAX);
            sum += weight.min(DOUBT_MAX);
            pairs += 1.0;
        }
    }
    sum / pairs > MEAN_MIN
}
