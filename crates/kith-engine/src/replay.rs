//! Reading the touchpoint log again: at the start, after a gap, and for a whole rebuild.

use kith_profile::{CorrectionRef, Fact, FactContext, Place, Stored, facts, lane, restore};
use kith_store::{Fault, Reader, Touchpoint, TouchpointView};

use crate::engine::Engine;
use crate::feed::Fold;

/// Flag of a stored touchpoint: its target is withdrawn, not corrected.
pub(crate) const RETRACTS: i64 = 1;

/// Touchpoints read in one go.
const PAGE: u32 = 20_000;

/// What a stored touchpoint brings to the profile, apart from the row that it was read from.
#[derive(Debug)]
pub(crate) struct Unfolded {
    pub(crate) position: u64,
    pub(crate) row: u32,
    pub(crate) source: String,
    pub(crate) id: String,
    pub(crate) facts: Vec<Fact>,
    pub(crate) lane: Option<(u64, String)>,
    pub(crate) correction: Option<CorrectionRef>,
}

impl Unfolded {
    fn fold(&self) -> Fold<'_> {
        Fold {
            position: self.position,
            row: self.row,
            source: &self.source,
            id: &self.id,
            facts: &self.facts,
            lane: self.lane.as_ref().map(|(pseudonym, name)| (*pseudonym, &**name)),
            correction: self.correction.clone(),
        }
    }
}

/// What a stored touchpoint brings to the profile.
pub(crate) fn unfolded(view: &TouchpointView<'_>, context: &FactContext) -> Result<Unfolded, Fault> {
    let retracts = view.flags & RETRACTS != 0;
    let stored = Stored {
        source: view.source,
        id: view.id,
        type_name: view.kind,
        at_ms: view.at_ms,
        supersedes: view.target.filter(|_| !retracts),
        retracts: view.target.filter(|_| retracts),
        clear: view.clear,
    };
    let damaged = |what: &str| Fault::corrupt(format!("the touchpoint at {}: {what}", view.position));
    let touchpoint = restore(&stored, context).map_err(|fault| damaged(fault.code))?;
    let seq = u32::try_from(view.position).map_err(|_| damaged("a position beyond 32 bits"))?;
    Ok(Unfolded {
        position: view.position,
        row: view.account_row,
        source: view.source.to_owned(),
        id: view.id.to_owned(),
        facts: facts(&touchpoint, seq, context),
        lane: lane(&touchpoint, context).map(|(pseudonym, name)| (pseudonym, name.to_owned())),
        correction: view.target.map(|target| CorrectionRef {
            source: view.source.to_owned(),
            id: view.id.to_owned(),
            target: target.to_owned(),
            at_ms: view.at_ms,
            retracts,
            place: Place { row: view.account_row, seq },
        }),
    })
}

/// All touchpoints of an account, latest position first.
pub(crate) fn all_of(reader: &mut Reader<'_>, row: u32) -> Result<Vec<Touchpoint>, Fault> {
    let mut all: Vec<Touchpoint> = Vec::new();
    loop {
        let before = all.last().map_or(u64::MAX >> 1, |touchpoint| touchpoint.position);
        let page = reader.timeline(row, before, 1_000)?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

impl Engine {
    /// Folds the log after a position, up to and with another; gives the position reached. Everything folded is shown.
    pub(crate) fn replay_range(
        &self,
        after: u64,
        until: u64,
        shown: &mut dyn FnMut(&Fold<'_>),
    ) -> Result<u64, Fault> {
        let context = self.fact_context();
        let mut at = after;
        while at < until {
            let limit = u32::try_from(until.saturating_sub(at)).unwrap_or(PAGE).min(PAGE);
            let context = context.clone();
            let folds = self.store().read_blocking(move |reader| {
                let mut folds = Vec::new();
                reader.replay(at, limit, &mut |view| {
                    folds.push(unfolded(&view, &context)?);
                    Ok(())
                })?;
                Ok(folds)
            })?;
            let Some(last) = folds.last().map(|fold| fold.position) else { break };
            for fold in &folds {
                let fold = fold.fold();
                self.fold(&fold)?;
                shown(&fold);
            }
            at = last;
        }
        Ok(at)
    }
}
