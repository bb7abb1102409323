//! Many changes decided at once: alike, harmless, each on record by itself (D§5.2).

use std::collections::BTreeSet;

use kith_api::view::{BatchItem, BatchView};
use kith_domain::approval::{Change, Command as ChangeCommand, Word, refusal};
use kith_domain::command::Command;
use kith_domain::policy::Lane;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::{ChangeId, Personal};
use kith_store::Fault;

use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::load;

/// Most changes of one batch.
pub const BATCH_DECIDED_MAX: usize = 200;

/// What is to be decided together.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// `chg_…`, 200 at most.
    pub ids: Vec<String>,
    /// Approve, or reject.
    pub approve: bool,
    /// What to say on each.
    pub comment: Option<String>,
}

impl Engine {
    /// Decides on each change by itself, in a transaction of its own; what fails does not stop the others.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn decide_many(
        &self,
        caller: &Caller,
        batch: &Batch,
    ) -> Result<Result<BatchView, Refusal>, Fault> {
        let mut faults = shape(batch);
        let mut changes = Vec::new();
        for (place, name) in batch.ids.iter().take(BATCH_DECIDED_MAX).enumerate() {
            let id = name.clone();
            let change = self.store().read(move |reader| load::<Change>(reader, &id)).await?.state;
            if change.exists() && self.sees_change(caller, &change) {
                changes.push(change);
            } else {
                let message = "there is no such change";
                faults.push(FieldFault::new(format!("/ids/{place}"), "change.not_found", message));
            }
        }
        faults.extend(unlike(&changes));
        if !faults.is_empty() {
            return Ok(Err(invalid(faults)));
        }
        let name = self.new_uuid()?.simple().to_string();
        let mut view = BatchView { batch: format!("bat_{name}"), ..BatchView::default() };
        for change in &changes {
            let item = self.decide_one(caller, batch, &view.batch, change).await?;
            let count = if item.refusal.is_none() { &mut view.decided } else { &mut view.refused };
            *count = count.saturating_add(1);
            view.items.push(item);
        }
        Ok(Ok(view))
    }

    async fn decide_one(
        &self,
        caller: &Caller,
        batch: &Batch,
        name: &str,
        change: &Change,
    ) -> Result<BatchItem, Fault> {
        let subject = caller.principal.user().map_or_else(String::new, |user| user.to_string());
        let word = Word {
            comment: batch.comment.clone().map(|text| Personal::new(subject, text)),
            revision: Some(change.revision),
            batch: Some(name.to_owned()),
        };
        let command = if batch.approve { ChangeCommand::Approve(word) } else { ChangeCommand::Reject(word) };
        // A red change is told apart before anything else about it is.
        let answer = if change.lane == Lane::Red {
            Answer::Refused(refusal::red_alone())
        } else {
            let request = Request::from(Command::Change { id: change.id, command });
            self.execute(caller, request).await?.answer
        };
        let mut item = BatchItem { id: change.id.to_string(), ..BatchItem::default() };
        match answer {
            Answer::Waiting(after) => item.state = after.state.as_str().to_owned(),
            Answer::Done(_) => {}
            Answer::Refused(refused) => {
                item.state = change.state.as_str().to_owned();
                item.code = Some(refused.code);
                item.refusal = Some(refused.sentence);
                item.clears = Some(refused.clears);
            }
        }
        Ok(item)
    }
}

fn shape(batch: &Batch) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if batch.ids.is_empty() {
        faults.push(FieldFault::new("/ids", "required", "which changes?"));
    }
    if batch.ids.len() > BATCH_DECIDED_MAX {
        faults.push(FieldFault::new("/ids", "too_many", format!("{BATCH_DECIDED_MAX} changes at most")));
    }
    let mut seen = BTreeSet::new();
    for (place, id) in batch.ids.iter().enumerate() {
        if id.parse::<ChangeId>().is_err() {
            faults.push(FieldFault::new(format!("/ids/{place}"), "id_invalid", "expected chg_…"));
        } else if !seen.insert(id) {
            faults.push(FieldFault::new(
                format!("/ids/{place}"),
                "duplicate",
                "this change stands here twice",
            ));
        }
    }
    if !batch.approve && batch.comment.as_deref().is_none_or(|text| text.trim().is_empty()) {
        faults.push(FieldFault::new("/comment", "change.comment_required", "rejecting needs a comment"));
    }
    faults
}

/// Those that are not like the first: of another operation, or at another step. Settled ones are told one by one.
fn unlike(changes: &[Change]) -> Vec<FieldFault> {
    let step = |change: &Change| change.next_step().map(|(_, step)| step.role);
    let waits = |change: &&Change| change.state == kith_domain::approval::ChangeState::Waiting;
    let Some(first) = changes.iter().find(waits) else { return Vec::new() };
    let other = |change: &Change| change.operation != first.operation || step(change) != step(first);
    let places = changes.iter().enumerate().filter(|(_, change)| waits(change) && other(change));
    let message = "decided together are changes of one operation at one step";
    places.map(|(place, _)| FieldFault::new(format!("/ids/{place}"), "change.unlike", message)).collect()
}

fn invalid(faults: Vec<FieldFault>) -> Refusal {
    Refusal::new(
        RefusalKind::Unprocessable,
        "change.batch_invalid",
        "These changes cannot be decided together.",
        "Leave out those that are named, or decide on them one by one.",
    )
    .with_fields(faults)
}
