//! Rows that are probably an account on record, or an earlier row: found by the engine of duplicates (D§6.4).

use kith_api::view::{ImportPair, RowFault, WaterfallStep};
use kith_domain::access::{Grant, Principal};
use kith_match::explain::Waterfall;
use kith_match::index::{FIELDS, Index, Values};
use kith_match::score::{probability, weight};
use serde_json::Value;

use crate::duplicate::{PROBABLE, SIMILAR, rounded};
use crate::engine::Engine;

/// What a row shares with more than so many others says nothing; it bounds the work on a row.
const BLOCK_MAX: usize = 40;
/// Earlier rows that are compared. Of a larger file the rest is compared with these and with the accounts.
const ROWS_MAX: usize = 1_000_000;
/// Fields whose values on record tell of a person, or of more than a row has to know.
const CLOSED: [&str; 3] = ["email", "phone", "street"];

/// The rows that were read, and how they are compared.
#[derive(Debug, Default)]
pub(super) struct Probable {
    index: Index,
    /// The number in the file of each row of the index.
    rows: Vec<u64>,
}

/// What is compared of a row, in the order of [`FIELDS`].
pub(super) struct Told([String; FIELDS.len()]);

impl Told {
    /// The values of the body of an account.
    pub(super) fn of(body: &Value) -> Self {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let addresses =
            body.get("addresses").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let is_billing = |address: &&Value| {
            let kinds = address.get("kinds").and_then(Value::as_array);
            kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "billing"))
        };
        let address = addresses.iter().find(is_billing).or_else(|| addresses.first());
        let part = |name: &str| text(address.and_then(|address| address.get(name)));
        let tax = body.get("tax_id");
        let country = Some(part("country")).filter(|country| !country.is_empty());
        Self([
            text(body.get("name")),
            text(tax.and_then(|tax| tax.get("value")).or(tax)),
            text(body.get("email")),
            text(body.get("domain").or_else(|| body.get("website"))),
            text(body.get("phone").and_then(|phone| phone.get("raw")).or_else(|| body.get("phone"))),
            text(address.and_then(|address| address.pointer("/lines/0"))),
            part("city"),
            part("postal_code"),
            country.unwrap_or_else(|| text(tax.and_then(|tax| tax.get("country")))),
        ])
    }

    fn values(&self) -> Values<'_> {
        std::array::from_fn(|at| self.0[at].as_str())
    }
}

impl Probable {
    /// Keeps a row for those after it. What does not fit is not compared with later rows.
    pub(super) fn keep(&mut self, row: u64, told: &Told) {
        let Ok(place) = u32::try_from(self.rows.len()) else { return };
        if self.rows.len() < ROWS_MAX && self.index.set(place, &told.values()).is_ok() {
            self.rows.push(row);
        }
    }

    /// The likeliest account or earlier row. The row itself was kept just before.
    pub(super) fn find(
        &self,
        (engine, principal): (&Engine, &Principal),
        row: u64,
        told: &Told,
    ) -> Option<ImportPair> {
        let account = on_record(engine, principal, (row, told));
        account
            .into_iter()
            .chain(self.earlier(row))
            .max_by(|one, other| one.weight.unwrap_or_default().total_cmp(&other.weight.unwrap_or_default()))
    }

    fn earlier(&self, row: u64) -> Option<ImportPair> {
        let place = self.rows.len().checked_sub(1).filter(|place| self.rows.get(*place) == Some(&row))?;
        let own = u32::try_from(place).ok()?;
        let mut found = self.index.alike_row_within(own, weight(SIMILAR), BLOCK_MAX).into_iter();
        let alike = found.next()?;
        let of = self.rows.get(usize::try_from(alike.row).ok()?)?;
        Some(pair(row, format!("row {of}"), &alike.waterfall, &|_| true))
    }
}

fn on_record(engine: &Engine, principal: &Principal, (row, told): (u64, &Told)) -> Option<ImportPair> {
    let similar = engine.core().likeness.alike_within(&told.0, (SIMILAR, BLOCK_MAX)).into_iter().next()?;
    let inner = engine.directory().read();
    let entry = inner.entry(similar.row)?;
    let may = principal.may(Grant::AccountsRead, Some(&entry.entity));
    let of = if may { entry.id.to_string() } else { "an account of another entity".to_owned() };
    Some(pair(row, of, &similar.waterfall, &|field| may && !CLOSED.contains(&field)))
}

/// A pair with its explanation; `tells` says whether the other's value of a field is told.
fn pair(row: u64, of: String, waterfall: &Waterfall, tells: &dyn Fn(&str) -> bool) -> ImportPair {
    let step = |step: &kith_match::explain::Step| WaterfallStep {
        field: step.label.clone(),
        level: step.level.to_owned(),
        left: step.right.clone(),
        right: if tells(&step.label) { step.left.clone() } else { String::new() },
        weight: rounded(step.weight),
    };
    ImportPair {
        row,
        of,
        by: "likeness".to_owned(),
        exact: false,
        probability: Some(rounded(probability(waterfall.weight))),
        weight: Some(rounded(waterfall.weight)),
        prior_weight: Some(rounded(waterfall.prior)),
        waterfall: waterfall.steps.iter().filter(|step| step.level != "missing").map(step).collect(),
        decision: None,
    }
}

/// The remark on a row that is probably there already.
pub(super) fn remarked(pair: &ImportPair, column: String) -> RowFault {
    let chance = pair.probability.unwrap_or_default();
    let code = if chance >= PROBABLE { "probable_duplicate" } else { "similar_account" };
    RowFault {
        row: pair.row,
        column,
        code: code.to_owned(),
        message: format!(
            "This is {} with a probability of {:.1} %.",
            pair.of,
            (chance * 1_000.0).floor() / 10.0
        ),
        ..RowFault::default()
    }
}
