//! The accounts of the demo: proposed by their account managers, approved by those who may.

use std::sync::Arc;

use kith_api::view::ChangeView;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::care;
use super::people::People;
use crate::demo::{Cause, Story};
use crate::door::{Call, Door, Local};
use crate::failure::Failure;
use crate::progress;

/// Accounts under way at once: their writes share commits.
const IN_FLIGHT: usize = 64;

/// An account that was created.
#[derive(Debug, Clone)]
pub(super) struct Created {
    pub(super) id: String,
    pub(super) name: String,
    /// Address of the account manager.
    pub(super) manager: String,
    pub(super) tier: String,
    pub(super) entity: String,
    pub(super) is_active: bool,
    pub(super) story: Story,
    pub(super) cause: Cause,
}

/// Creates the accounts; gives them in the order of the bodies. The first one is alone, so that its number is
/// the first one too.
pub(super) async fn create(
    local: &Local,
    people: &People,
    bodies: Vec<(Value, (Story, Cause))>,
) -> Result<Vec<Created>, Failure> {
    let bar = progress::bar(u64::try_from(bodies.len()).ok(), "accounts");
    let (permits, people) = (Arc::new(Semaphore::new(IN_FLIGHT)), Arc::new(people.clone()));
    let mut tasks = JoinSet::new();
    let mut created = vec![None; bodies.len()];
    let mut bodies = bodies.into_iter().enumerate();
    if let (Some((_, body)), Some(slot)) = (bodies.next(), created.first_mut()) {
        *slot = Some(one(local, &people, body).await?);
        bar.inc(1);
    }
    for (place, body) in bodies {
        let permit = Arc::clone(&permits).acquire_owned().await;
        let permit = permit.map_err(|error| Failure::Here(error.to_string()))?;
        let (local, people) = (local.clone(), Arc::clone(&people));
        tasks.spawn(async move {
            let made = one(&local, &people, body).await;
            drop(permit);
            (place, made)
        });
    }
    while let Some(done) = tasks.join_next().await {
        let (place, made) = done.map_err(|error| Failure::Here(error.to_string()))?;
        if let Some(slot) = created.get_mut(place) {
            *slot = Some(made?);
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(created.into_iter().flatten().collect())
}

async fn one(
    local: &Local,
    people: &People,
    (mut body, (story, cause)): (Value, (Story, Cause)),
) -> Result<Created, Failure> {
    let text = |body: &Value, name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let (name, manager) = (text(&body, "name"), text(&body, "account_manager"));
    for member in ["account_manager", "sales_rep"] {
        body[member] = Value::from(people.id(&text(&body, member))?);
    }
    // The account manager of one entity does not speak for another: what that one agreed is asked for by a manager of all.
    let overrides = body.as_object_mut().and_then(|members| members.remove("overrides"));
    let proposer = Door::Local(local.of(people.with_address(&manager)?));
    let change: ChangeView = proposer.call(Call::to("account_create").json(&body)?).await?.json()?;
    let applied = approve(local, people, change).await?;
    let id = applied.result.as_ref().and_then(|result| result.get("account_id")).and_then(Value::as_str);
    let id = id.ok_or_else(|| Failure::Here(format!("{name}: the change is {}", applied.state)))?.to_owned();
    if let Some(overrides) = overrides {
        let change = care::agree(local, people, &id, &overrides).await?;
        approve(local, people, change).await?;
    }
    Ok(Created {
        id,
        name,
        manager,
        tier: text(&body, "tier"),
        entity: text(&body, "owning_entity"),
        is_active: text(&body, "stage") == "active",
        story,
        cause,
    })
}

/// Approves step after step, each by somebody who holds its role.
pub(super) async fn approve(
    local: &Local,
    people: &People,
    mut change: ChangeView,
) -> Result<ChangeView, Failure> {
    while change.state == "waiting" {
        change = approve_step(local, people, &change).await?;
    }
    Ok(change)
}

/// Approves the step that waits.
pub(super) async fn approve_step(
    local: &Local,
    people: &People,
    change: &ChangeView,
) -> Result<ChangeView, Failure> {
    let waits = change.steps.iter().find(|step| step.state == "waiting");
    let step = waits.ok_or_else(|| Failure::Here(format!("{} waits for nobody", change.title)))?;
    let decided = step.decisions.iter().map(|decision| decision.by.as_str());
    let taken: Vec<&str> = decided.chain(change.submitted_by.as_deref()).collect();
    let approver = Door::Local(local.of(people.approver(&step.role, &taken)?));
    approver.call(Call::to("change_approve").place(&change.id).json(&json!({}))?).await?.json()
}
