//! Where an import stands: its own steps on record, its end, and the change that carried it.

use kith_domain::access::Principal;
use kith_domain::approval::{self, Change, Command as ChangeCommand};
use kith_domain::context::{Actor, Context};
use kith_domain::import::{Command, Import, ImportState};
use kith_domain::value::ImportId;
use kith_store::{Fault, Unit};
use serde_json::json;

use super::change_of;
use crate::caller::Caller;
use crate::effect::Effect;
use crate::engine::Engine;
use crate::noun::{Loaded, json_of, load};

/// A step of the import itself, as Kith: the rules of imports must not refuse it.
pub(super) fn told(
    engine: &Engine,
    unit: &mut Unit<'_>,
    import: &mut Loaded<Import>,
    command: &Command,
) -> Result<(), Fault> {
    let context = system(engine, &import.id);
    let acted = import.act(unit, engine.store().secrets(), &context, &(), command)?;
    acted.map(drop).map_err(|refusal| Fault::corrupt(format!("an import cannot go on: {}", refusal.code)))
}

pub(super) fn system(engine: &Engine, import: &str) -> Context {
    Context {
        actor: Actor::system(),
        correlation: import.to_owned(),
        ..Caller::system().context(engine.now())
    }
}

/// Ends an import, well or with a reason, and settles the change that carried it.
pub(super) fn end(
    engine: &Engine,
    unit: &mut Unit<'_>,
    import: &mut Loaded<Import>,
    reason: Option<String>,
) -> Result<Vec<Effect>, Fault> {
    let counts = json_of(&import.state.counts)?;
    let settled = match reason {
        None => {
            told(engine, unit, import, &Command::Finish)?;
            ChangeCommand::MarkApplied {
                result: json!({"import_id": import.id, "counts": counts}),
                rebase: None,
            }
        }
        Some(reason) => {
            told(engine, unit, import, &Command::Fail { reason: reason.clone() })?;
            let result = json!({"code": "import.failed", "sentence": reason, "import_id": import.id, "counts": counts});
            ChangeCommand::MarkFailed { result }
        }
    };
    let mut effects = settle(engine, unit, &import.id, &settled)?;
    effects.push(Effect::ImportProgress(Box::new(import.state.clone())));
    Ok(effects)
}

/// Settles the change that carries an import.
pub(super) fn settle(
    engine: &Engine,
    unit: &mut Unit<'_>,
    import: &str,
    settled: &ChangeCommand,
) -> Result<Vec<Effect>, Fault> {
    let Some(mut change) = change_of(unit, import)?.filter(|change| is_applying(&change.state)) else {
        return Ok(Vec::new());
    };
    let facts = approval::Facts::of(Principal::system());
    let context = system(engine, import);
    let acted = change.act(unit, engine.store().secrets(), &context, &facts, settled)?;
    acted.map_err(|refusal| Fault::corrupt(format!("a change cannot be settled: {}", refusal.code)))?;
    let state = change.state.state.as_str();
    Ok(vec![Effect::Change { id: change.id, target: Some(import.to_owned()), state }])
}

fn is_applying(change: &Change) -> bool {
    change.state == approval::ChangeState::Applying
}

impl Engine {
    /// Ends an import that cannot go on.
    pub(super) async fn fail_import(&self, id: ImportId, reason: String) -> Result<(), Fault> {
        let engine = self.clone();
        let effects = self
            .store()
            .write(move |unit| {
                let mut import = load::<Import>(unit, &id.to_string())?;
                if import.state.state != ImportState::Running {
                    return Ok(Vec::new());
                }
                end(&engine, unit, &mut import, Some(reason.clone()))
            })
            .await?;
        self.apply_effects(effects).await;
        Ok(())
    }
}
