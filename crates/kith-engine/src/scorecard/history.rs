//! Training from Kith's own history: how accounts looked on a day, and how they turned out after it.

use kith_api::view::ScorecardView;
use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::refusal::Refusal;
use kith_domain::scorecard::{Origin, refusal};
use kith_profile::TurnedOut;
use kith_risk::scorecard::Column;
use kith_store::{Fault, Reader};

use super::active::COLUMNS;
use super::train::{Rows, hash, learn};
use crate::caller::Caller;
use crate::engine::{Engine, profile_day};
use crate::noun::load;
use crate::permit;

/// Accounts that are looked at under one hold of the store.
const AT_ONCE: usize = 200;
/// The column that tells how accounts turned out.
const TARGET: &str = "outcome";
const BAD: &str = "bad";

/// How an account looked, and whether it turned out bad.
type Observed = (Vec<String>, bool);

impl Engine {
    /// Trains a card from how accounts looked so many days ago and turned out since, and keeps it as the next version.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn learn_scorecard(
        &self,
        caller: &Caller,
        outcome_days: u16,
    ) -> Result<Result<ScorecardView, Refusal>, Fault> {
        if !caller.principal.may(Grant::ScorecardsTrain, None) {
            return Ok(Err(permit::denied(Grant::ScorecardsTrain)));
        }
        self.all_folded().await;
        let rows: Vec<u32> = self.directory().read().rows().map(|(row, _)| row).collect();
        let mut observed: Vec<Observed> = Vec::new();
        for part in rows.chunks(AT_ONCE) {
            let (engine, part) = (self.clone(), part.to_vec());
            let found = self.store().read(move |reader| engine.observed(reader, &part, outcome_days)).await?;
            observed.extend(found);
        }
        let data = written(&observed);
        let observed_on = self.day().saturating_sub(jiff::Span::new().days(outcome_days));
        let origin = Origin::History { observed_on, outcome_days };
        match learn(&table(&observed)) {
            Ok(training) => self.keep_scorecard(caller, training, origin, hash(data.as_bytes())).await,
            Err(fault) => Ok(Err(refusal::invalid().with_fields(vec![fault]))),
        }
    }

    /// Those of some accounts that turned out one way or the other.
    fn observed(
        &self,
        reader: &mut Reader<'_>,
        rows: &[u32],
        outcome_days: u16,
    ) -> Result<Vec<Observed>, Fault> {
        let today = profile_day(self.day());
        let after = today.saturating_sub(outcome_days);
        let mut found = Vec::new();
        for row in rows {
            let bad = match self.living().turned_out(*row, after, today) {
                Some(TurnedOut::Good) => false,
                Some(TurnedOut::Bad) => true,
                Some(TurnedOut::Doubtful) | None => continue,
            };
            let Some(id) = self.directory().read().entry(*row).map(|entry| entry.id) else { continue };
            let account = load::<Account>(reader, &id.to_string())?.state;
            if account.deleted_at.is_some() || account.merged_into.is_some() {
                continue;
            }
            let seen = self.looked(reader, *row, &account, outcome_days)?;
            found.extend(seen.map(|texts| (texts, bad)));
        }
        Ok(found)
    }
}

fn table(observed: &[Observed]) -> Rows<'_> {
    let column = |(place, name): (usize, &'static str)| Column {
        name,
        texts: observed.iter().map(|(texts, _)| texts.get(place).map_or("", String::as_str)).collect(),
    };
    Rows {
        columns: COLUMNS.into_iter().enumerate().map(column).collect(),
        bad: observed.iter().map(|(_, bad)| *bad).collect(),
        target: TARGET,
        bad_value: BAD,
    }
}

/// The rows as a file, of which the hash is kept: who they are of is not told.
fn written(observed: &[Observed]) -> String {
    let mut text = format!("{},{TARGET}\n", COLUMNS.join(","));
    for (texts, bad) in observed {
        text.push_str(&texts.join(","));
        text.push_str(if *bad { ",bad\n" } else { ",good\n" });
    }
    text
}
