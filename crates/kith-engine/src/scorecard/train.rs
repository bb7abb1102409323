//! Training: from a file of the past, or from Kith's own history; what is trained is kept as the next version.

use bytes::Bytes;
use data_encoding::HEXLOWER;
use kith_api::view::ScorecardView;
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::scorecard::{Command as Asks, Origin, Trained, refusal};
use kith_risk::scorecard::{Column, TooLittle, Training, bad_value, train};
use kith_store::{Fault, Noun};
use ring::digest::{SHA256, digest};

use super::sheet::{Sheet, bounded};
use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::permit;

/// Tries to get a number of its own, while others train, too.
const TRIES: usize = 8;
/// Versions: training is rare.
const VERSIONS_MAX: u32 = 10_000;

/// A file to train from.
#[derive(Debug, Clone, Default)]
pub struct ScorecardFile {
    /// CSV with a header.
    pub bytes: Bytes,
    /// Its name, if it has one.
    pub name: Option<String>,
    /// The column that tells how each row turned out.
    pub target: String,
    /// Its value that is bad; known by its word where nothing is said.
    pub bad: Option<String>,
    /// Columns to leave out.
    pub exclude: Vec<String>,
    /// What is missing is a bin of its own, and no fault.
    pub missing_is_a_bin: bool,
}

/// What is to be learned from.
pub(super) struct Rows<'a> {
    pub(super) columns: Vec<Column<'a>>,
    pub(super) bad: Vec<bool>,
    pub(super) target: &'a str,
    pub(super) bad_value: &'a str,
}

/// A card, or why there is none.
pub(super) fn learn(rows: &Rows<'_>) -> Result<Training, FieldFault> {
    train(&rows.columns, &rows.bad, rows.target, rows.bad_value).map_err(|TooLittle { good, bad, least }| {
        let code = if good == 0 || bad == 0 { "one_class" } else { "too_few" };
        let message =
            format!("{good} rows turned out well and {bad} did not; {least} of each are needed at least");
        FieldFault::new("/target", code, message)
    })
}

/// Trains from a file: all its faults at once, or a card.
fn from_file(file: &ScorecardFile) -> Result<Training, Vec<FieldFault>> {
    let sheet = Sheet::read(&file.bytes)?;
    let mut faults = Vec::new();
    let target = sheet.demand(&file.target).map_err(|fault| faults.push(fault)).ok();
    let mut excluded = Vec::new();
    for header in &file.exclude {
        match sheet.demand(header) {
            Ok(place) => excluded.push(place),
            Err(fault) => faults.push(fault),
        }
    }
    let Some(target) = target else { return Err(faults) };
    let texts = sheet.columns[target].iter().map(String::as_str);
    let bad = bad_value(texts, file.bad.as_deref()).map(str::to_owned);
    let unknown = |values| {
        let message = format!("which value is bad? The column holds: {values}");
        FieldFault::new("/bad", "bad_unknown", message)
    };
    let bad = bad.map_err(|values| faults.push(unknown(values))).ok();
    let places: Vec<usize> =
        (0..sheet.headers.len()).filter(|place| *place != target && !excluded.contains(place)).collect();
    for (row, text) in sheet.columns[target].iter().enumerate() {
        if text.is_empty() {
            faults.push(sheet.fault(row, target, "missing", "how did this row turn out?"));
        }
    }
    faults.extend(sheet.cell_faults(&places, file.missing_is_a_bin));
    let Some(bad) = bad.filter(|_| faults.is_empty()) else { return Err(bounded(faults)) };
    let rows = Rows {
        columns: sheet.taken(&places),
        bad: sheet.columns[target].iter().map(|text| *text == bad).collect(),
        target: &sheet.headers[target],
        bad_value: &bad,
    };
    learn(&rows).map_err(|fault| vec![fault])
}

/// SHA-256 in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest(&SHA256, bytes).as_ref())
}

impl Engine {
    /// Trains a card from a file and keeps it as the next version.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn train_scorecard(
        &self,
        caller: &Caller,
        file: ScorecardFile,
    ) -> Result<Result<ScorecardView, Refusal>, Fault> {
        if !caller.principal.may(Grant::ScorecardsTrain, None) {
            return Ok(Err(permit::denied(Grant::ScorecardsTrain)));
        }
        let (origin, data_sha256) = (Origin::File { name: file.name.clone() }, hash(&file.bytes));
        let trained =
            tokio::task::spawn_blocking(move || from_file(&file)).await.map_err(|_| Fault::Panicked)?;
        match trained {
            Ok(training) => self.keep_scorecard(caller, training, origin, data_sha256).await,
            Err(faults) => Ok(Err(refusal::invalid().with_fields(faults))),
        }
    }

    /// Keeps a card as the next version.
    pub(super) async fn keep_scorecard(
        &self,
        caller: &Caller,
        training: Training,
        origin: Origin,
        data_sha256: String,
    ) -> Result<Result<ScorecardView, Refusal>, Fault> {
        let card =
            serde_json::to_string(&training.card).map_err(|_| Fault::corrupt("a card that was trained"))?;
        let mut taken = None;
        for _ in 0..TRIES {
            let last = self.last_scorecard().await?;
            let version = last.saturating_add(1);
            let trained = Trained {
                version,
                card: card.clone(),
                origin: origin.clone(),
                data_sha256: data_sha256.clone(),
            };
            let command =
                Command::Scorecard { id: version.to_string(), command: Asks::Keep(Box::new(trained)) };
            match self.execute(caller, Request::from(command)).await?.answer {
                Answer::Refused(refused) if refused.code == "scorecard.exists" => taken = Some(refused),
                Answer::Refused(refused) => return Ok(Err(refused)),
                Answer::Done(_) | Answer::Waiting(_) => {
                    let mut view = self.scorecard(caller, &version.to_string()).await?;
                    if let Ok(view) = &mut view {
                        view.left_out = super::show::left_out(&training);
                    }
                    return Ok(view);
                }
            }
        }
        Ok(Err(taken.unwrap_or_else(refusal::exists)))
    }

    /// The number of the last version; 0 before the first.
    async fn last_scorecard(&self) -> Result<u64, Fault> {
        let held = self.store().read(|reader| reader.list(Noun::Scorecard, &[], None, VERSIONS_MAX)).await?;
        Ok(held.iter().filter_map(|document| document.id.parse::<u64>().ok()).max().unwrap_or(0))
    }
}
