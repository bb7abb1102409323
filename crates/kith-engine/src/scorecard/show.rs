//! Scorecards as they are shown, and rows of a file scored by one.

use bytes::Bytes;
use kith_api::view::{
    Page, ScorecardBinView, ScorecardLeftOut, ScorecardMeasures, ScorecardOrigin, ScorecardReason,
    ScorecardRow, ScorecardScores, ScorecardVariable, ScorecardView,
};
use kith_domain::access::Grant;
use kith_domain::policy::Policy;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::scorecard::{Origin, Scorecard};
use kith_risk::scorecard::{Card, CellCause, Measures, Scored as Judged, Split, Training, number_fault};
use kith_store::{Fault, Noun};

use super::active::unknown_columns;
use super::sheet::{Sheet, bounded};
use super::{missing, version};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{POLICY, load, read};
use crate::permit;

/// Rows that are scored in one go.
const ROWS_MAX: usize = 10_000;
/// Bad rows from which a card is sure of itself (D§3.7).
const BAD_ENOUGH: usize = 200;
/// Versions that are listed.
const VERSIONS_MAX: u32 = 10_000;

/// The answer of a card about the rows of a file.
pub type Scored = Result<ScorecardScores, Refusal>;

impl Engine {
    /// Every version, the last first, without its bins.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn scorecards(&self, caller: &Caller) -> Result<Result<Page<ScorecardView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(Err(permit::denied(Grant::CreditRead)));
        }
        let (held, in_force) = self
            .store()
            .read(|reader| {
                let in_force = load::<Policy>(reader, POLICY)?.state.rules.credit.scorecard;
                Ok((reader.list(Noun::Scorecard, &[], None, VERSIONS_MAX)?, in_force))
            })
            .await?;
        let mut states: Vec<Scorecard> = Vec::new();
        for document in held {
            states.push(read::<Scorecard>(document)?.state);
        }
        states.sort_by_key(|state| std::cmp::Reverse(state.version));
        let mut items: Vec<ScorecardView> = Vec::new();
        for state in &states {
            let mut view = self.scorecard_view(state, in_force)?;
            view.variables.iter_mut().for_each(|variable| variable.bins.clear());
            items.push(view);
        }
        Ok(Ok(Page { items, next_cursor: None, has_more: false }))
    }

    /// One version, whole.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn scorecard(
        &self,
        caller: &Caller,
        name: &str,
    ) -> Result<Result<ScorecardView, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(Err(permit::denied(Grant::CreditRead)));
        }
        let name = name.to_owned();
        let (found, in_force) = self
            .store()
            .read(move |reader| {
                let in_force = load::<Policy>(reader, POLICY)?.state.rules.credit.scorecard;
                Ok((version(reader, &name)?, in_force))
            })
            .await?;
        found.map_or(Ok(Err(missing())), |state| self.scorecard_view(&state, in_force).map(Ok))
    }

    /// Scores the rows of a file by a version. A column that the card looks at and the file lacks, or a cell that is no
    /// number where one is wanted, is a fault; a word that was never seen counts as average and is told.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn score_by(&self, caller: &Caller, name: &str, bytes: Bytes) -> Result<Scored, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(Err(permit::denied(Grant::CreditRead)));
        }
        let name = name.to_owned();
        let Some(state) = self.store().read(move |reader| version(reader, &name)).await? else {
            return Ok(Err(missing()));
        };
        let card = state.read().ok_or_else(|| Fault::corrupt("a scorecard"))?;
        Ok(scored(state.version, &card, &bytes).map_err(|faults| unscored().with_fields(faults)))
    }

    fn scorecard_view(&self, state: &Scorecard, in_force: Option<u64>) -> Result<ScorecardView, Fault> {
        let card = state.read().ok_or_else(|| Fault::corrupt("a scorecard"))?;
        let origin = match &state.origin {
            Some(Origin::History { observed_on, outcome_days }) => ScorecardOrigin {
                kind: "history".to_owned(),
                observed_on: Some(observed_on.to_string()),
                outcome_days: Some(*outcome_days),
                ..ScorecardOrigin::default()
            },
            Some(Origin::File { name }) => {
                ScorecardOrigin { kind: "file".to_owned(), name: name.clone(), ..ScorecardOrigin::default() }
            }
            None => ScorecardOrigin::default(),
        };
        let by = state.trained_by.as_ref().and_then(|actor| actor.user);
        let unknown: Vec<String> = unknown_columns(&card).into_iter().map(str::to_owned).collect();
        Ok(ScorecardView {
            version: state.version,
            in_force: in_force == Some(state.version),
            origin,
            data_sha256: state.data_sha256.clone(),
            target: card.target.clone(),
            bad: card.bad.clone(),
            validated: measured(&card.validated),
            trained: measured(&card.trained),
            few_bad: card.trained.bad < BAD_ENOUGH,
            intercept: card.intercept,
            variables: card.variables.iter().map(variable).collect(),
            left_out: Vec::new(),
            unknown_columns: unknown,
            trained_by: by.and_then(|by| self.user_name(&by.to_string())),
            trained_at: state.trained_at.map(|at| at.to_string()),
        })
    }
}

/// Rows that cannot be scored.
fn unscored() -> Refusal {
    Refusal::new(
        RefusalKind::Unprocessable,
        "scorecard.rows_invalid",
        "These rows cannot be scored.",
        "Correct the lines and columns that are named.",
    )
}

fn scored(version: u64, card: &Card, bytes: &[u8]) -> Result<ScorecardScores, Vec<FieldFault>> {
    let sheet = Sheet::read(bytes)?;
    if sheet.lines.len() > ROWS_MAX {
        let message = format!("{} rows; {ROWS_MAX} are scored in one go", sheet.lines.len());
        return Err(vec![FieldFault::new("", "too_many_rows", message)]);
    }
    let mut faults = Vec::new();
    let mut places = Vec::new();
    for variable in &card.variables {
        match sheet.demand(&variable.name) {
            Ok(place) => places.push(place),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(bounded(faults));
    }
    for row in 0..sheet.lines.len() {
        for (variable, place) in card.variables.iter().zip(&places) {
            let numbers = matches!(variable.split, Split::Numbers(_));
            let cause = number_fault(sheet.cell(*place, row)).filter(|_| numbers);
            // What is missing has a bin of its own on the card.
            let cause = cause.filter(|cause| *cause != CellCause::Missing);
            faults.extend(cause.map(|cause| sheet.cell_fault(row, *place, cause)));
        }
    }
    if !faults.is_empty() {
        return Err(bounded(faults));
    }
    let rows = sheet.lines.iter().enumerate().map(|(row, line)| {
        let text = |at: usize| places.get(at).map_or("", |place| sheet.cell(*place, row));
        told(*line, card, &card.score(text))
    });
    Ok(ScorecardScores { version, rows: rows.collect() })
}

fn told(line: u64, card: &Card, judged: &Judged<'_>) -> ScorecardRow {
    let strange = judged.not_understood.iter().filter_map(|at| card.variables.get(*at));
    ScorecardRow {
        line,
        points: rounded(judged.points, 1e2),
        probability: rounded(judged.probability, 1e6),
        class: judged.class.to_string(),
        reasons: reasons(judged),
        not_understood: strange.map(|variable| variable.name.clone()).collect(),
    }
}

/// What cost the most points.
pub(crate) fn reasons(judged: &Judged<'_>) -> Vec<ScorecardReason> {
    let told = judged.reasons.iter().map(|reason| ScorecardReason {
        column: reason.variable.to_owned(),
        bin: reason.bin.to_owned(),
        points: rounded(reason.points, 1e2),
    });
    told.collect()
}

fn measured(measures: &Measures) -> ScorecardMeasures {
    ScorecardMeasures {
        rows: measures.rows as u64,
        bad: measures.bad as u64,
        auc: rounded(measures.auc, 1e4),
        gini: rounded(measures.gini, 1e4),
        ks: rounded(measures.ks, 1e4),
        brier: rounded(measures.brier, 1e4),
    }
}

fn variable(variable: &kith_risk::scorecard::Variable) -> ScorecardVariable {
    ScorecardVariable {
        column: variable.name.clone(),
        coefficient: variable.coefficient,
        iv: rounded(variable.iv, 1e4),
        kind: match variable.split {
            Split::Numbers(_) => "numbers",
            Split::Words(_) => "words",
        }
        .to_owned(),
        bins: variable
            .bins
            .iter()
            .map(|bin| ScorecardBinView {
                label: bin.label.clone(),
                good: bin.count.good,
                bad: bin.count.bad,
                woe: rounded(bin.woe, 1e4),
                points: rounded(bin.points, 1e2),
            })
            .collect(),
    }
}

/// Columns that are not on a card that was just trained, and why.
pub(super) fn left_out(training: &Training) -> Vec<ScorecardLeftOut> {
    let told = training.left_out.iter().map(|(name, cause, iv)| ScorecardLeftOut {
        column: name.clone(),
        cause: serde_json::to_value(cause)
            .ok()
            .and_then(|word| word.as_str().map(str::to_owned))
            .unwrap_or_default(),
        iv: iv.map(|iv| rounded(iv, 1e4)),
    });
    told.collect()
}

fn rounded(value: f64, to: f64) -> f64 {
    (value * to).round() / to
}
