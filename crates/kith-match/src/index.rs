//! An index that follows a record: accounts come, change and go, and whoever is like a given one is found at once.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::block::{BLOCK_MAX, Cut, Part};
use crate::comparison::{Comparison, plan};
use crate::dictionary::{Full, join};
use crate::explain::{Waterfall, explain};
use crate::kind::Kind;
use crate::mix::{hash_text, mix};
use crate::model::Model;
use crate::score::Scorer;
use crate::table::{Facet, OpenTable, Table};

/// The fields of an account that are compared, in the order in which their values are given.
pub const FIELDS: [(&str, Kind); 9] = [
    ("name", Kind::Name),
    ("tax_id", Kind::HardKey),
    ("email", Kind::Email),
    ("website", Kind::Domain),
    ("phone", Kind::Phone),
    ("street", Kind::Street),
    ("city", Kind::City),
    ("postal_code", Kind::Postal),
    ("country", Kind::Country),
];

/// The values of one account, in the order of [`FIELDS`]; empty where nothing is known.
pub type Values<'a> = [&'a str; FIELDS.len()];

/// Rules of blocking (D§6.4): what two accounts must share to be compared.
const RULES: [&[(Facet, Cut)]; 9] = [
    &[(Facet::Whole(Kind::HardKey), Cut::Whole)],
    &[(Facet::Whole(Kind::Email), Cut::Whole)],
    &[(Facet::MailDomain, Cut::Whole)],
    &[(Facet::Whole(Kind::Domain), Cut::Whole)],
    &[(Facet::Whole(Kind::Phone), Cut::End(7))],
    &[(Facet::Whole(Kind::Postal), Cut::Whole), (Facet::Whole(Kind::Name), Cut::Begin(4))],
    &[(Facet::Whole(Kind::Name), Cut::Sound), (Facet::Whole(Kind::City), Cut::Whole)],
    &[(Facet::Whole(Kind::Name), Cut::Words), (Facet::Whole(Kind::Country), Cut::Whole)],
    &[(Facet::NumberInStreet, Cut::Whole), (Facet::Whole(Kind::Postal), Cut::Whole)],
];
/// No row follows in the chain.
const END: u32 = u32::MAX;

/// A row that is like the one asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Alike {
    /// Its row.
    pub row: u32,
    /// Why, and how much.
    pub waterfall: Waterfall,
}

/// The accounts by row.
#[derive(Debug, Clone)]
pub struct Index {
    open: OpenTable,
    plan: Vec<Comparison>,
    parts: Vec<Vec<Part>>,
    /// The first row of each block, and how many there are; the others follow in `next`.
    heads: HashMap<u32, (u32, u32)>,
    keys: Vec<[u32; RULES.len()]>,
    next: Vec<[u32; RULES.len()]>,
    /// Learned from the record; what is expected until then.
    learned: Option<Model>,
    known: usize,
}

impl Default for Index {
    fn default() -> Self {
        let open = OpenTable::new(&FIELDS);
        let find = |facet: Facet| open.table.columns().iter().position(|column| column.facet == facet);
        let part =
            |(facet, cut): &(Facet, Cut)| Some(Part { column: find(*facet)?, cut: *cut, agreement: 1.0 });
        let parts = RULES.iter().map(|rule| rule.iter().filter_map(part).collect()).collect();
        let plan = plan(&open.table);
        let (heads, keys, next) = (HashMap::new(), Vec::new(), Vec::new());
        Self { open, plan, parts, heads, keys, next, learned: None, known: 0 }
    }
}

impl Index {
    /// Shows an account in its row, new or changed.
    ///
    /// # Errors
    /// If there is more text than can be addressed.
    pub fn set(&mut self, row: u32, values: &Values<'_>) -> Result<(), Full> {
        self.clear(row);
        let at = row as usize;
        self.open.set(at, values)?;
        self.keys.resize(self.open.table.rows().max(self.keys.len()), [0; RULES.len()]);
        self.next.resize(self.keys.len(), [END; RULES.len()]);
        let keys = self.keys_of(at);
        for (rule, key) in keys.into_iter().enumerate().filter(|(_, key)| *key != 0) {
            let head = self.heads.entry(key).or_insert((END, 0));
            self.next[at][rule] = head.0;
            *head = (row, head.1 + 1);
        }
        self.keys[at] = keys;
        self.known += 1;
        Ok(())
    }

    /// Takes an account out of its row.
    pub fn clear(&mut self, row: u32) {
        let at = row as usize;
        let Some(keys) = self.keys.get(at).copied().filter(|keys| keys.iter().any(|key| *key != 0)) else {
            return;
        };
        for (rule, key) in keys.into_iter().enumerate().filter(|(_, key)| *key != 0) {
            self.unlink(rule, key, row);
        }
        self.keys[at] = [0; RULES.len()];
        self.known = self.known.saturating_sub(1);
        // Texts that are known already: this cannot fail.
        let _kept = self.open.set(at, &[""; FIELDS.len()]);
    }

    fn unlink(&mut self, rule: usize, key: u32, row: u32) {
        let follower = std::mem::replace(&mut self.next[row as usize][rule], END);
        let Some((head, count)) = self.heads.get_mut(&key) else { return };
        *count -= 1;
        if *head == row {
            if follower == END {
                self.heads.remove(&key);
            } else {
                *head = follower;
            }
            return;
        }
        let mut at = *head;
        while at != END {
            let next = &mut self.next[at as usize][rule];
            if *next == row {
                *next = follower;
                return;
            }
            at = *next;
        }
    }

    /// Rows that are like these values, from a weight on, likest first. `own` is left out: the account itself.
    ///
    /// # Errors
    /// If there is more text than can be addressed.
    pub fn alike(&mut self, values: &Values<'_>, own: Option<u32>, least: f64) -> Result<Vec<Alike>, Full> {
        self.alike_within(values, own, (least, BLOCK_MAX))
    }

    /// The same, where only blocks of at most so many rows are looked through: the work is bounded by that, and nothing
    /// of the values stays behind.
    ///
    /// # Errors
    /// If there is more text than can be addressed.
    pub fn alike_within(
        &mut self,
        values: &Values<'_>,
        own: Option<u32>,
        (least, most): (f64, usize),
    ) -> Result<Vec<Alike>, Full> {
        let probe = self.open.table.rows();
        self.open.set(probe, values)?;
        let alike = self.told((probe, own), &self.keys_of(probe), (least, most));
        self.open.pop();
        Ok(alike)
    }

    /// Rows that are like a row, likest first; only blocks of at most so many rows are looked through.
    #[must_use]
    pub fn alike_row_within(&self, row: u32, least: f64, most: usize) -> Vec<Alike> {
        let Some(keys) = self.keys.get(row as usize) else { return Vec::new() };
        self.told((row as usize, Some(row)), keys, (least, most))
    }

    /// Rows that are like one at a place, each with the reason.
    fn told(
        &self,
        (place, own): (usize, Option<u32>),
        keys: &[u32; RULES.len()],
        (least, most): (f64, usize),
    ) -> Vec<Alike> {
        let rows = self.candidates(keys, own, most);
        if rows.is_empty() {
            return Vec::new();
        }
        let model = self.model();
        let scorer = Scorer::new(&self.open.table, &self.plan, &model);
        let strong = rows.into_iter().filter(|row| scorer.weight(*row as usize, place, least).is_some());
        let tell = |row: u32| {
            let waterfall = explain(&self.open.table, &self.plan, &model, row as usize, place);
            Alike { row, waterfall }
        };
        let mut alike: Vec<Alike> =
            strong.map(tell).filter(|alike| is_named_alike(&alike.waterfall)).collect();
        alike.sort_by(|one, other| other.waterfall.weight.total_cmp(&one.waterfall.weight));
        alike
    }

    /// Rows that are like a row, from a weight on.
    #[must_use]
    pub fn alike_row(&self, row: u32, least: f64) -> Vec<u32> {
        let Some(keys) = self.keys.get(row as usize) else { return Vec::new() };
        let model = self.model();
        let scorer = Scorer::new(&self.open.table, &self.plan, &model);
        let mut rows = self.candidates(keys, Some(row), BLOCK_MAX);
        rows.retain(|other| scorer.weight(row as usize, *other as usize, least).is_some());
        rows
    }

    /// Why two rows are one or are not.
    #[must_use]
    pub fn explain(&self, left: u32, right: u32) -> Option<Waterfall> {
        let rows = self.open.table.rows();
        let known = (left as usize) < rows && (right as usize) < rows;
        known.then(|| explain(&self.open.table, &self.plan, &self.model(), left as usize, right as usize))
    }

    /// Whether two rows cannot be one: their hard keys contradict each other.
    #[must_use]
    pub fn contradict(&self, left: u32, right: u32) -> bool {
        let rows = self.open.table.rows();
        let known = (left as usize) < rows && (right as usize) < rows;
        let model = Model { prior: 0.0, chances: Vec::new() };
        known && Scorer::new(&self.open.table, &[], &model).contradict(left as usize, right as usize)
    }

    /// A digest of the values of a row, as they are compared.
    #[must_use]
    pub fn fingerprint(&self, row: u32) -> u64 {
        let texts = self.open.table.columns().iter().map(|column| column.text(row as usize));
        texts.fold(0, |digest, text| join(digest, hash_text(text)))
    }

    /// How many accounts it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known == 0
    }

    /// How many rows there are, empty ones too.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.open.table.rows()
    }

    /// The table of all rows, for a scan beside the index.
    #[must_use]
    pub fn table(&self) -> Table {
        self.open.table.clone()
    }

    /// Takes over what a scan has learned.
    pub fn adopt(&mut self, model: Model) {
        self.learned = Some(model);
    }

    fn model(&self) -> Model {
        self.learned.clone().unwrap_or_else(|| Model::expected(&self.plan, self.known))
    }

    fn keys_of(&self, row: usize) -> [u32; RULES.len()] {
        std::array::from_fn(|rule| {
            let mut joined = rule as u64 + 1;
            for part in &self.parts[rule] {
                let key = part.cut.key(self.open.table.columns()[part.column].text(row));
                if key == 0 {
                    return 0;
                }
                joined = join(joined, key);
            }
            (mix(joined) >> 32) as u32 | 1
        })
    }

    fn candidates(&self, keys: &[u32; RULES.len()], own: Option<u32>, most: usize) -> Vec<u32> {
        let mut rows = Vec::new();
        for (rule, key) in keys.iter().enumerate().filter(|(_, key)| **key != 0) {
            let Some((head, count)) = self.heads.get(key) else { continue };
            // What so many share says nothing.
            if *count as usize > most {
                continue;
            }
            let mut at = *head;
            while at != END {
                rows.push(at);
                at = self.next[at as usize][rule];
            }
        }
        rows.retain(|row| Some(*row) != own);
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}

/// Whether two agree in their name or in a key that is given once: without it nothing makes one of two (D§6.4).
#[must_use]
pub fn is_named_alike(waterfall: &Waterfall) -> bool {
    let agrees = |step: &crate::explain::Step| match step.label.as_str() {
        "name" => {
            !matches!(step.level, "different" | "missing" | "some words in common") && step.left.len() > 1
        }
        "tax_id" | "email" => matches!(step.level, "equal" | "one edit" | "same address"),
        _ => false,
    };
    waterfall.steps.iter().any(agrees)
}
