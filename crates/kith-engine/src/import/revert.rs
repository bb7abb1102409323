//! Undoing an import: from its last batch to its first, each batch in one transaction, as far as nobody touched an
//! account since. What stays is told with its reason.

use std::sync::PoisonError;

use kith_api::view::RevertReason;
use kith_domain::account::{Account, Command as AccountCommand, Draft, Stage};
use kith_domain::approval::Command as ChangeCommand;
use kith_domain::context::{Actor, Channel};
use kith_domain::decider::Decider;
use kith_domain::import::{Command, Import, ImportState, Undone};
use kith_domain::refusal::Refusal;
use kith_domain::user::User;
use kith_domain::value::{ImportId, Personal};
use kith_store::{Fault, ImportBatch, Unit};
use serde_json::{Value, json};

use super::change_of;
use super::outcome::{self, Outcome};
use super::sealed::Drawer;
use super::settle::{settle, told};
use super::stage::blocking;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::effect::Effect;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::gate::apply_account;
use crate::noun::{Loaded, json_of, load};
use crate::past::replay;
use crate::{facts, life, restore};

/// The beginning of the names of files that say what stays.
const STAYS: &str = "stays-";
/// Records of an account that are looked at for others' hands.
const LOOKED_AT: u32 = 1_000;
/// Members of an account that a patch may bring back.
const RESTORED: [&str; 27] = [
    "name",
    "legal_name",
    "email",
    "phone",
    "website",
    "domain",
    "billing_email",
    "owning_entity",
    "customer_type",
    "tier",
    "currency",
    "credit_limit",
    "payment_terms",
    "tax_code",
    "tax_id",
    "identifiers",
    "party_roles",
    "industry",
    "employees",
    "annual_revenue",
    "language",
    "timezone",
    "account_manager",
    "sales_rep",
    "contacts",
    "addresses",
    "tags",
];
/// The same, of personal objects and texts.
const RESTORED_TEXTS: [&str; 2] = ["notes", "metadata"];

/// What came of undoing a row.
enum Undoing {
    Removed,
    Restored,
    Stays(RevertReason),
}

impl Engine {
    /// Carries out a reversal that was approved, in the background. One that runs already goes on.
    pub(crate) fn start_revert(&self, id: ImportId) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let fresh = self.core().imports.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        if !fresh {
            return;
        }
        let engine = self.clone();
        runtime.spawn(async move {
            if let Err(fault) = engine.run_revert(id).await {
                tracing::warn!(%fault, import = %id, "the reversal of an import paused; it is taken up again");
            }
            engine.core().imports.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        });
    }

    /// Undoes batch after batch until none is left.
    pub(super) async fn run_revert(&self, id: ImportId) -> Result<(), Fault> {
        let caller = self.reverter(id).await?;
        loop {
            let (engine, caller) = (self.clone(), caller.clone());
            let step = self.store().write(move |unit| revert_batch(&engine, unit, id, &caller)).await;
            let (effects, over) = match step {
                Err(Fault::Busy | Fault::Conflict) => {
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    continue;
                }
                other => other?,
            };
            self.apply_effects(effects).await;
            if over {
                return Ok(());
            }
        }
    }

    /// Whoever asked for the reversal, with the roles of today.
    async fn reverter(&self, id: ImportId) -> Result<Caller, Fault> {
        let name = id.to_string();
        let (actor, user) = self
            .store()
            .read(move |reader| {
                let change = change_of(reader, &name)?;
                let actor = change.and_then(|change| change.state.submitted_by).unwrap_or_else(Actor::system);
                let user = actor.user.map(|user| load::<User>(reader, &user.to_string())).transpose()?;
                Ok((actor, user))
            })
            .await?;
        let roles = user.map(|user| user.state.roles).unwrap_or_default();
        Ok(Caller {
            principal: kith_domain::access::Principal { actor, roles },
            channel: Channel::Import,
            correlation: id.to_string(),
            reason: None,
            name: None,
            ..Caller::system()
        })
    }

    /// Why accounts stay as they are, the first ones.
    pub(super) async fn reasons(&self, id: ImportId, most: usize) -> Result<Vec<RevertReason>, Fault> {
        let drawer = Drawer::new(self.store(), id);
        blocking(move || {
            let mut reasons: Vec<RevertReason> = Vec::new();
            for name in drawer.names()?.into_iter().filter(|name| name.starts_with(STAYS)) {
                let kept: Vec<RevertReason> = serde_json::from_slice(&drawer.get(&name)?)
                    .map_err(|_| Fault::corrupt("a kept report of a reversal"))?;
                reasons.extend(kept);
            }
            reasons.sort_by_key(|reason| reason.row);
            reasons.truncate(most);
            Ok(reasons)
        })
        .await
    }
}

/// Undoes the last batch that is left; true once there is none.
fn revert_batch(
    engine: &Engine,
    unit: &mut Unit<'_>,
    id: ImportId,
    caller: &Caller,
) -> Result<(Vec<Effect>, bool), Fault> {
    let mut import = load::<Import>(unit, &id.to_string())?;
    if import.state.state != ImportState::Reverting {
        return Ok((Vec::new(), true));
    }
    let last = unit.import_batches_before(&import.id, import.state.rows_left, 1)?;
    let Some(batch) = last.into_iter().next() else { return finish(engine, unit, &mut import) };
    let (undone, effects) = undo(engine, unit, (&import.state, &batch), caller)?;
    told(engine, unit, &mut import, &Command::ProgressRevert { rows_left: batch.row_from, undone })?;
    let progress = Effect::ImportProgress(Box::new(import.state));
    Ok((effects.into_iter().chain([progress]).collect(), false))
}

fn finish(
    engine: &Engine,
    unit: &mut Unit<'_>,
    import: &mut Loaded<Import>,
) -> Result<(Vec<Effect>, bool), Fault> {
    let undone = import.state.undone;
    told(engine, unit, import, &Command::ProgressRevert { rows_left: 0, undone })?;
    told(engine, unit, import, &Command::MarkReverted)?;
    let result = json!({"import_id": import.id, "undone": json_of(&undone)?});
    let mut effects = settle(engine, unit, &import.id, &ChangeCommand::MarkApplied { result, rebase: None })?;
    effects.push(Effect::ImportProgress(Box::new(import.state.clone())));
    Ok((effects, true))
}

fn undo(
    engine: &Engine,
    unit: &mut Unit<'_>,
    (import, batch): (&Import, &ImportBatch),
    caller: &Caller,
) -> Result<(Undone, Vec<Effect>), Fault> {
    let organisation = engine.organisation_in(unit)?;
    let context = caller.context(engine.now());
    let mut walk = Walk { engine, unit, caller, context: &context, organisation, effects: Vec::new() };
    let (mut undone, mut stays) = (import.undone, Vec::new());
    for outcome in outcome::read(batch)?.into_iter().rev() {
        match undo_row(&mut walk, import.staged.id, &outcome)? {
            Undoing::Removed => undone.removed += 1,
            Undoing::Restored => undone.restored += 1,
            Undoing::Stays(reason) => {
                undone.kept += 1;
                stays.push(reason);
            }
        }
    }
    if !stays.is_empty() {
        // Before the commit, under a name that a second try takes again.
        let name = format!("{STAYS}{:010}", batch.row_from);
        Drawer::new(engine.store(), import.staged.id).put(&name, json_of(&stays)?.to_string().as_bytes())?;
    }
    Ok((undone, std::mem::take(&mut walk.effects)))
}

fn undo_row(walk: &mut Walk<'_, '_>, import: ImportId, outcome: &Outcome) -> Result<Undoing, Fault> {
    let stays = |code: &str, message: &str| {
        let (code, message) = (code.to_owned(), message.to_owned());
        Undoing::Stays(RevertReason { row: outcome.row, account: outcome.account.clone(), code, message })
    };
    let loaded = load::<Account>(walk.unit, &outcome.account)?;
    if !untouched(walk, import, &loaded, outcome)? {
        return Ok(stays("changed_since", "The account was changed since the import."));
    }
    let commands = match undoing(walk, &loaded, outcome)? {
        Ok(commands) => commands,
        Err(refusal) => return Ok(stays(&refusal.code, &refusal.sentence)),
    };
    let cause = json!({"import": import.to_string(), "reverts_row": outcome.row});
    for command in commands {
        let loaded = load::<Account>(walk.unit, &outcome.account)?;
        match apply_account(walk, loaded, &command, walk.context, Some(&cause))? {
            Answer::Done(_) => {}
            Answer::Refused(refusal) => return Ok(stays(&refusal.code, &refusal.sentence)),
            Answer::Waiting(_) => return Err(Fault::corrupt("what is applied never waits")),
        }
    }
    Ok(if outcome.made { Undoing::Removed } else { Undoing::Restored })
}

/// Whether nobody but this import wrote the account since the row.
fn untouched(
    walk: &mut Walk<'_, '_>,
    import: ImportId,
    loaded: &Loaded<Account>,
    outcome: &Outcome,
) -> Result<bool, Fault> {
    let since = walk.unit.stream(&loaded.stream(), outcome.version, LOOKED_AT)?;
    let own = |cause: &Option<Value>| {
        let named = cause.as_ref().and_then(|cause| cause.get("import")).and_then(Value::as_str);
        named == Some(import.to_string().as_str())
    };
    let all = u32::try_from(since.len()).unwrap_or(u32::MAX) < LOOKED_AT;
    Ok(all && since.iter().all(|record| own(&record.header.cause)))
}

/// The commands that undo a row; none where nothing is left to undo.
fn undoing(
    walk: &mut Walk<'_, '_>,
    loaded: &Loaded<Account>,
    outcome: &Outcome,
) -> Result<Result<Vec<AccountCommand>, Refusal>, Fault> {
    if outcome.made {
        return removal(walk, loaded);
    }
    let before = outcome.version.saturating_sub(1);
    let past = replay::<Account>(walk.unit, &loaded.id, |record| record.header.version <= before)?;
    let then = Loaded { id: loaded.id.clone(), state: past.state, version: past.version, row: loaded.row };
    let system = Caller::system();
    let view = |loaded: &Loaded<Account>| json_of(&walk.engine.account_view(&system, loaded, &[]));
    let (today, then) = (view(loaded)?, view(&then)?);
    let wanted =
        |field: &String| RESTORED.contains(&field.as_str()) || RESTORED_TEXTS.contains(&field.as_str());
    let patch = restore::patch(&today, &then, wanted);
    if patch.is_empty() {
        return Ok(Ok(Vec::new()));
    }
    let account = loaded.state.id;
    let read = super::candidate::drafted(walk.engine, |ids| {
        Draft::read_patch(&Value::Object(patch.clone()), account, ids)
    });
    let (draft, faults) = read?;
    if let Some(fault) = faults.into_iter().next() {
        let sentence = format!("{}: {}", fault.pointer, fault.message);
        let kind = kith_domain::refusal::RefusalKind::Unprocessable;
        return Ok(Err(Refusal::new(kind, fault.code, sentence, "Correct the account by hand.")));
    }
    Ok(Ok(vec![AccountCommand::Update { draft: Box::new(draft) }]))
}

/// The commands that take away an account that the import made, once their rules were asked one after the other: whether
/// anything ever happened to it is for them to say.
fn removal(
    walk: &mut Walk<'_, '_>,
    loaded: &Loaded<Account>,
) -> Result<Result<Vec<AccountCommand>, Refusal>, Fault> {
    let reason = || Personal::new(&loaded.id, "The import that made it is undone.".to_owned());
    let mut commands = Vec::new();
    if loaded.state.stage == Stage::Active {
        commands.push(AccountCommand::Deactivate { reason: reason(), allow_open_ar: false });
    }
    commands.push(AccountCommand::Delete { reason: reason() });
    let mut probe = loaded.clone();
    for command in &commands {
        let mut facts = facts::account(walk, command)?;
        life::complete(walk, &probe, command, &mut facts, false)?;
        match probe.state.decide(walk.context, &facts, command) {
            Ok(events) => events.iter().for_each(|event| probe.state.evolve(event)),
            Err(refusal) => return Ok(Err(refusal)),
        }
    }
    Ok(Ok(commands))
}
