//! An account's place in its life: what it is, what stands in its way, and where it can go from there.

use kith_api::view::{EntityStatus, LifecycleView, MoveView, ObstacleView};
use kith_domain::account::{Account, Command as AccountCommand, Facts, Obstacle, Transition};
use kith_domain::command::Command;
use kith_domain::context::Context;
use kith_domain::refusal::Refusal;
use kith_domain::value::Personal;
use kith_store::Fault;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::noun::Loaded;
use crate::{facts, gate, life, onboarding};

impl Engine {
    /// An account's place in its life, as the caller may see it.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn lifecycle(
        &self,
        caller: &Caller,
        name: &str,
    ) -> Result<Result<LifecycleView, Refusal>, Fault> {
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let view = self.account_view(caller, &loaded, &[]);
        let account = &loaded.state;
        let organisation = self.organisation();
        let status = |code: &kith_domain::value::EntityCode| EntityStatus {
            entity: code.to_string(),
            status: account.status(Some(code)).to_owned(),
            blocked: account.blocked(Some(code)).as_str().to_owned(),
        };
        let statuses = organisation.entities.iter().map(|entity| status(&entity.code)).collect();
        let (onboarding, moves) = self.moves(caller, &loaded).await?;
        Ok(Ok(LifecycleView {
            account: view.id,
            stage: view.stage,
            stage_since: account.stands_since().map(|at| at.to_string()),
            status: view.status,
            statuses,
            holds: view.holds,
            watch: view.watch,
            onboarding,
            moves,
        }))
    }

    /// The latest case of an account, and every move that begins where it stands.
    async fn moves(
        &self,
        caller: &Caller,
        loaded: &Loaded<Account>,
    ) -> Result<(Option<String>, Vec<MoveView>), Fault> {
        let (engine, caller, loaded) = (self.clone(), caller.clone(), loaded.clone());
        let context = caller.context(self.now());
        self.store()
            .write(move |unit| {
                let organisation = engine.organisation_in(unit)?;
                let (caller, context) = (&caller, &context);
                let mut walk =
                    Walk { engine: &engine, unit, caller, context, organisation, effects: Vec::new() };
                let case = onboarding::case_of(walk.unit, &loaded.id)?.map(|case| case.id);
                let facts = gathered(&mut walk, &loaded)?;
                let moves = loaded.state.moves().collect::<Vec<_>>();
                let views = moves.into_iter().map(|transition| {
                    let obstacles = loaded.state.obstacles(transition, context, &facts);
                    view(&mut walk, &loaded, transition, obstacles)
                });
                Ok((case, views.collect::<Result<Vec<_>, Fault>>()?))
            })
            .await
    }
}

/// Everything that the guards of moves ask.
fn gathered(walk: &mut Walk<'_, '_>, loaded: &Loaded<Account>) -> Result<Facts, Fault> {
    let reason = Personal::new(loaded.state.id, String::new());
    let asked = AccountCommand::Delete { reason };
    let mut facts = facts::account(walk, &asked)?;
    life::complete(walk, loaded, &asked, &mut facts, true)?;
    facts.conduct = life::conduct(walk.engine, walk.unit, loaded)?;
    facts.steps_open = onboarding::steps_open(walk.unit, loaded.state.id)?;
    Ok(facts)
}

fn view(
    walk: &mut Walk<'_, '_>,
    loaded: &Loaded<Account>,
    transition: &'static Transition,
    obstacles: Vec<Obstacle>,
) -> Result<MoveView, Fault> {
    let command = command_of(&loaded.state, transition, walk.context);
    let (lane, steps) = match command {
        Some(command) => {
            let whole = Command::Account { id: loaded.state.id, command };
            gate::lane_of(walk, &whole, &loaded.id)?
        }
        None => ("green".to_owned(), Vec::new()),
    };
    let obstacle =
        |one: Obstacle| ObstacleView { code: one.code.to_owned(), text: one.text, clears: one.clears };
    Ok(MoveView {
        name: transition.name.to_owned(),
        to: transition.to.map(|stage| stage.as_str().to_owned()),
        trigger: transition.trigger.as_str().to_owned(),
        allowed: obstacles.is_empty(),
        lane,
        steps,
        obstacles: obstacles.into_iter().map(obstacle).collect(),
    })
}

/// The command that a move is, for its lane.
fn command_of(account: &Account, transition: &Transition, context: &Context) -> Option<AccountCommand> {
    let reason = Personal::new(account.id, String::new());
    let review_on = context.now.to_zoned(jiff::tz::TimeZone::UTC).date();
    Some(match transition.name {
        "apply" => AccountCommand::Apply { again: false },
        "apply_again" => AccountCommand::Apply { again: true },
        "reject" => AccountCommand::Reject { match_found: false, reason },
        "admit" => AccountCommand::Admit { skip_probation: false, review_on },
        "admit_as_active" => AccountCommand::Admit { skip_probation: true, review_on },
        "activate" => AccountCommand::Activate { reason },
        "deactivate" => AccountCommand::Deactivate { reason, allow_open_ar: false },
        "reactivate" => AccountCommand::Reactivate { reason },
        "close" => AccountCommand::Close { reason },
        "reopen" => AccountCommand::Reopen { reason },
        "delete" => AccountCommand::Delete { reason },
        _ => return None,
    })
}
