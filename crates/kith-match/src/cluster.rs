//! Clusters: pairs put together, strongest first, unless that would make one party of two that cannot be one.

#[cfg(test)]
mod tests;

use crate::score::Pair;

/// In a cluster larger than this only pairs that were compared are given, not all of them.
const CLUSTER_MAX: usize = 200;

/// Rows by cluster.
#[derive(Debug)]
pub struct Clusters {
    /// The cluster of each row, named by its first row.
    of: Vec<u32>,
    /// Members of each cluster of more than one row, at its present root.
    members: Vec<Vec<u32>>,
    /// Pairs that were brought together, each with the weight that did it.
    brought: Vec<Pair>,
}

impl Clusters {
    /// Every row alone.
    #[must_use]
    pub fn alone(rows: usize) -> Self {
        Self { of: (0..rows as u32).collect(), members: vec![Vec::new(); rows], brought: Vec::new() }
    }

    /// Puts pairs together, strongest first. `allows` is asked with the members of both clusters.
    #[must_use]
    pub fn of(rows: usize, pairs: &[Pair], allows: impl Fn(&[u32], &[u32]) -> bool) -> Self {
        let mut clusters = Self::alone(rows);
        let mut order: Vec<&Pair> = pairs.iter().collect();
        order.sort_by(|one, other| {
            other.weight.total_cmp(&one.weight).then((one.left, one.right).cmp(&(other.left, other.right)))
        });
        for pair in order {
            clusters.join(pair, &allows);
        }
        clusters.settle();
        clusters
    }

    /// The cluster of a row: the first row in it.
    #[must_use]
    pub fn cluster(&self, row: usize) -> u32 {
        self.of[row]
    }

    /// Clusters of more than one row, by their first row; rows in order.
    pub fn groups(&self) -> impl Iterator<Item = &[u32]> {
        self.members.iter().filter(|members| members.len() > 1).map(Vec::as_slice)
    }

    /// Every pair within a cluster, with the weight of the pair that joined its two sides.
    #[must_use]
    pub fn brought(&self) -> &[Pair] {
        &self.brought
    }

    fn join(&mut self, pair: &Pair, allows: &impl Fn(&[u32], &[u32]) -> bool) {
        let (one, other) = (self.of[pair.left as usize], self.of[pair.right as usize]);
        if one == other {
            return;
        }
        let alone = |root: u32, members: &mut Vec<u32>| {
            if members.is_empty() {
                members.push(root);
            }
        };
        alone(one, &mut self.members[one as usize]);
        alone(other, &mut self.members[other as usize]);
        if !allows(&self.members[one as usize], &self.members[other as usize]) {
            return;
        }
        self.bring(one, other, pair.weight);
        let (larger, smaller) = if self.members[one as usize].len() >= self.members[other as usize].len() {
            (one, other)
        } else {
            (other, one)
        };
        let moved = std::mem::take(&mut self.members[smaller as usize]);
        for row in &moved {
            self.of[*row as usize] = larger;
        }
        self.members[larger as usize].extend(moved);
    }

    fn bring(&mut self, one: u32, other: u32, weight: f32) {
        let (ones, others) = (&self.members[one as usize], &self.members[other as usize]);
        if ones.len() + others.len() > CLUSTER_MAX {
            return;
        }
        for one in ones {
            let pair = |other: &u32| Pair { left: *one.min(other), right: *one.max(other), weight };
            self.brought.extend(others.iter().map(pair));
        }
    }

    /// Names each cluster by its first row.
    fn settle(&mut self) {
        for root in 0..self.members.len() {
            if self.members[root].len() < 2 {
                continue;
            }
            let mut members = std::mem::take(&mut self.members[root]);
            members.sort_unstable();
            let first = members[0];
            for row in &members {
                self.of[*row as usize] = first;
            }
            self.members[first as usize] = members;
        }
    }
}
