//! The command walk: permit, recall, load, gather, decide, gate, append, remember. One transaction.

use std::sync::Arc;

use kith_domain::access::Grant;
use kith_domain::account::{Account, Command as AccountCommand};
use kith_domain::command::{Command, required};
use kith_domain::context::Context;
use kith_domain::organisation::Organisation;
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::{
    contract, delegation, document, duplicate as duplicates, feed, import, mapping, notification, onboarding,
    price_list, quarantine, scorecard, screening, task, team, token, user, vehicle, view,
};
use kith_store::idempotency::Answer as Kept;
use kith_store::{Fault, Unit};
use ring::digest::{SHA256, digest};

use crate::answer::{Answer, Outcome, Receipt};
use crate::caller::Caller;
use crate::duplicate;
use crate::effect::Effect;
use crate::engine::Engine;
use crate::gate;
use crate::noun::{Loaded, ORGANISATION, Stored, json_of, load};
use crate::{facts, life, permit};

/// A command with what came along.
#[derive(Debug, Clone)]
pub struct Request {
    /// What is asked.
    pub command: Command,
    /// The caller's idempotency key, if there is one.
    pub key: Option<String>,
    /// The version that the caller's edit is based on (`If-Match`).
    pub expected_version: Option<u64>,
}

impl From<Command> for Request {
    fn from(command: Command) -> Self {
        Self { command, key: None, expected_version: None }
    }
}

/// What one walk needs and collects.
pub(crate) struct Walk<'w, 'u> {
    pub(crate) engine: &'w Engine,
    pub(crate) unit: &'w mut Unit<'u>,
    pub(crate) caller: &'w Caller,
    pub(crate) context: &'w Context,
    pub(crate) organisation: Arc<Organisation>,
    pub(crate) effects: Vec<Effect>,
}

impl Engine {
    /// Carries out a command, or puts it before its approvers, or refuses it.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out; nothing was done then.
    pub async fn execute(&self, caller: &Caller, request: impl Into<Request>) -> Result<Outcome, Fault> {
        self.carry(caller, request.into(), false).await
    }

    /// The same, but a new account that is probably on record is refused as `probable_duplicate`. That is a question
    /// and not an answer: it is not kept under the idempotency key.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out; nothing was done then.
    pub async fn execute_asking(&self, caller: &Caller, request: Request) -> Result<Outcome, Fault> {
        self.carry(caller, request, true).await
    }

    async fn carry(&self, caller: &Caller, request: Request, asks: bool) -> Result<Outcome, Fault> {
        let (engine, caller) = (self.clone(), caller.clone());
        if asks_what_is_open(&request.command) {
            // What is decided on must not lag behind what was taken in before.
            self.all_folded().await;
        }
        let context = caller.context(self.now());
        let (noted, what) = (caller.clone(), kith_domain::command::operation(&request.command).as_str());
        let object = Some(target(&request.command)).filter(|target| !target.is_empty());
        let (outcome, effects) =
            self.store().write(move |unit| engine.walk(unit, &caller, &context, &request, asks)).await?;
        self.apply_effects(effects).await;
        if let Answer::Refused(refusal) = &outcome.answer {
            self.note_refusal(&noted, what, object, &refusal.code);
        }
        Ok(outcome)
    }

    /// Asks the rules without doing anything: the refusal, if they say no.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn dry_run(&self, caller: &Caller, request: Request) -> Result<Option<Refusal>, Fault> {
        let (engine, caller) = (self.clone(), caller.clone());
        let context = caller.context(self.now());
        self.store()
            .write(move |unit| {
                let organisation = engine.organisation_in(unit)?;
                let (caller, context) = (&caller, &context);
                let mut walk =
                    Walk { engine: &engine, unit, caller, context, organisation, effects: Vec::new() };
                match &request.command {
                    Command::Account { id, command } => {
                        let mut facts = facts::account(&mut walk, command)?;
                        let loaded = load::<Account>(walk.unit, &id.to_string())?;
                        life::complete(&mut walk, &loaded, command, &mut facts, true)?;
                        refused::<Account>(&mut walk, &id.to_string(), &facts, command)
                    }
                    Command::Onboarding { id, command } => {
                        crate::onboarding::refused(&mut walk, &id.to_string(), command)
                    }
                    Command::PriceList { id, command } => {
                        let facts = facts::price_list(&mut walk)?;
                        refused::<price_list::PriceList>(&mut walk, id, &facts, command)
                    }
                    Command::Contract { id, command } => walk.contract_refused(&id.to_string(), command),
                    Command::ContractTemplate { id, command } => refused::<
                        kith_domain::contract_template::ContractTemplate,
                    >(
                        &mut walk, id, &(), command
                    ),
                    Command::Team { id, command } => {
                        let state = load::<team::Team>(walk.unit, id)?.state;
                        let facts = facts::team(&mut walk, command, &state)?;
                        refused::<team::Team>(&mut walk, id, &facts, command)
                    }
                    Command::Vehicle { id, command } => {
                        let facts = facts::vehicle(&mut walk, command)?;
                        refused::<vehicle::Vehicle>(&mut walk, &id.to_string(), &facts, command)
                    }
                    _ => Ok(None),
                }
            })
            .await
    }

    fn walk(
        &self,
        unit: &mut Unit<'_>,
        caller: &Caller,
        context: &Context,
        request: &Request,
        asks: bool,
    ) -> Result<(Outcome, Vec<Effect>), Fault> {
        let key = request.key.as_deref().map(|key| (scope(caller, &request.command), key));
        let fingerprint = fingerprint(request)?;
        if let Some((scope, key)) = &key
            && let Some(kept) = unit.recall(scope, key)?
        {
            return Ok((recalled(&kept, &fingerprint)?, Vec::new()));
        }
        let organisation = self.organisation_in(unit)?;
        let mut walk = Walk { engine: self, unit, caller, context, organisation, effects: Vec::new() };
        if asks && let Some(refusal) = duplicate::asked(&mut walk, &request.command)? {
            return Ok((Outcome { answer: Answer::Refused(refusal), replayed: false }, Vec::new()));
        }
        let answer = walk.carry_out(request)?;
        let effects = std::mem::take(&mut walk.effects);
        if let Some((scope, key)) = key {
            let reply = json_of(&answer)?.to_string();
            let user = caller.principal.user().map_or_else(|| "system".to_owned(), |user| user.to_string());
            unit.remember(&Kept {
                scope: &scope,
                key,
                fingerprint: &fingerprint,
                status: 0,
                reply: reply.as_bytes(),
                subject: &user,
                at_ms: context.now.as_millisecond(),
            })?;
        }
        Ok((Outcome { answer, replayed: false }, effects))
    }
}

/// Whether a command may come to a decision on the living profile.
fn asks_what_is_open(command: &Command) -> bool {
    use kith_domain::approval::Command as ChangeCommand;
    match command {
        Command::Account { command, .. } => {
            matches!(
                command,
                AccountCommand::Deactivate { .. }
                    | AccountCommand::ReleaseHold { .. }
                    | AccountCommand::Activate { .. }
            )
        }
        Command::Change { command, .. } => matches!(command, ChangeCommand::Approve { .. }),
        _ => false,
    }
}

/// What the rules say against a command.
fn refused<D: Stored>(
    walk: &mut Walk<'_, '_>,
    id: &str,
    facts: &D::Facts,
    command: &D::Command,
) -> Result<Option<Refusal>, Fault> {
    let loaded = load::<D>(walk.unit, id)?;
    Ok(loaded.state.decide(walk.context, facts, command).err())
}

/// Keys are the caller's own, for one operation.
fn scope(caller: &Caller, command: &Command) -> String {
    let user = caller.principal.user().map_or_else(|| "system".to_owned(), |user| user.to_string());
    format!("{user}/{}", kith_domain::command::operation(command).as_str())
}

/// What was asked, without the identifiers made for it: the same words twice are the same request.
fn fingerprint(request: &Request) -> Result<Vec<u8>, Fault> {
    let mut body = json_of(&request.command)?;
    blank_ids(&mut body);
    if let Command::Onboarding { command: onboarding::Command::Start(started), .. } = &request.command
        && started.draft.is_some()
        && let Some(account) = body.pointer_mut("/onboarding/command/start/account")
    {
        // The account is as new as the case.
        *account = serde_json::Value::Null;
    }
    if let Command::Import { command: import::Command::Stage(staged), .. } = &request.command {
        // What validation says of the same file may differ from one day to the next.
        body = serde_json::json!([staged.file_sha256, staged.source_system, json_of(&staged.options)?]);
    }
    let text = format!("{}{body}{:?}", target(&request.command), request.expected_version);
    Ok(digest(&SHA256, text.as_bytes()).as_ref().to_vec())
}

/// What is acted on, where it is there already; nothing for what is new.
fn target(command: &Command) -> String {
    match command {
        Command::Account { command: AccountCommand::Create { .. }, .. }
        | Command::User { command: user::Command::Add { .. } | user::Command::Provision { .. }, .. }
        | Command::Contract { command: contract::Command::Create { .. }, .. }
        | Command::Task { command: task::Command::Open { .. }, .. }
        | Command::Token { command: token::Command::Create { .. }, .. }
        | Command::Import { command: import::Command::Stage(_), .. }
        | Command::Delegation { command: delegation::Command::Make { .. }, .. }
        | Command::Policy(_)
        | Command::PriceList { command: price_list::Command::Create { .. }, .. }
        | Command::Team { command: team::Command::Create { .. }, .. }
        | Command::Document { command: document::Command::Receive(_), .. }
        | Command::Vehicle { command: vehicle::Command::Add { .. }, .. }
        | Command::Onboarding { command: onboarding::Command::Start(_), .. }
        | Command::Organisation(_) => String::new(),
        Command::Onboarding { id, .. } => id.to_string(),
        Command::Account { id, .. } => id.to_string(),
        Command::User { id, .. } => id.to_string(),
        Command::Token { id, .. } => id.to_string(),
        Command::PriceList { id, .. } => id.clone(),
        Command::Team { id, .. } => id.clone(),
        Command::Document { id, .. } => id.to_string(),
        Command::ContractTemplate { id, .. } | Command::Scorecard { id, .. } => id.clone(),
        Command::Contract { id, .. } => id.to_string(),
        Command::Task { id, .. } => id.to_string(),
        Command::Vehicle { id, .. } => id.to_string(),
        Command::Change { id, .. } => id.to_string(),
        Command::Delegation { id, .. } => id.to_string(),
        Command::Notification { id, .. } => id.to_string(),
        Command::View { id, .. } => id.to_string(),
        Command::Duplicate { id, .. } => id.to_string(),
        Command::Risk { id, .. } => id.to_string(),
        Command::Alert { id, .. } => id.to_string(),
        Command::ScreeningList { id, .. } => id.clone(),
        Command::Hit { id, .. } => id.to_string(),
        Command::Owners { id, .. } => id.to_string(),
        Command::Quarantine { id, .. } => id.to_string(),
        Command::Import { id, .. } => id.to_string(),
        Command::Mapping { id, .. } => id.to_string(),
        Command::Feed { id, .. } => id.to_string(),
    }
}

/// New identifiers differ from call to call; a fingerprint must not.
fn blank_ids(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::Array(items) => items.iter_mut().for_each(blank_ids),
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                let made = name == "id" || name == "$subject";
                if made && member.is_string() { *member = Value::Null } else { blank_ids(member) }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn recalled(kept: &kith_store::Remembered, fingerprint: &[u8]) -> Result<Outcome, Fault> {
    if kept.fingerprint != fingerprint {
        let refusal = Refusal::new(
            RefusalKind::Unprocessable,
            "idempotency_key_reused",
            "This Idempotency-Key was used for another request.",
            "Use a new key for a new request.",
        );
        return Ok(Outcome { answer: Answer::Refused(refusal), replayed: false });
    }
    let reply = kept.reply.as_deref().ok_or_else(|| Fault::corrupt("a kept answer was erased"))?;
    let answer = serde_json::from_slice(reply).map_err(|_| Fault::corrupt("a kept answer"))?;
    Ok(Outcome { answer, replayed: true })
}

impl Walk<'_, '_> {
    fn carry_out(&mut self, request: &Request) -> Result<Answer, Fault> {
        let grant = required(&request.command);
        if !self.caller.principal.may(grant, None) {
            return Ok(Answer::Refused(permit::denied(grant)));
        }
        match &request.command {
            Command::Account { id, command } => self.account(&id.to_string(), command, request),
            Command::Change { id, command } => gate::decide_change(self, &id.to_string(), command),
            Command::Organisation(command) => {
                let mut loaded = load::<Organisation>(self.unit, ORGANISATION)?;
                let facts = facts::organisation(self, command)?;
                let answer = self.plain(&mut loaded, &facts, command)?;
                let organisation = Box::new(loaded.state);
                self.effects.push(Effect::Organisation { version: loaded.version, organisation });
                Ok(answer)
            }
            Command::User { id, command } => self.user(&id.to_string(), command, &request.command),
            Command::Token { id, command } => {
                let mut loaded = load::<token::Token>(self.unit, &id.to_string())?;
                let facts = facts::token(self, command, &loaded.state)?;
                self.plain(&mut loaded, &facts, command)
            }
            Command::Policy(command) => crate::policy::propose(self, command, &request.command),
            Command::Delegation { id, command } => {
                crate::delegation::carry_out(self, &id.to_string(), command)
            }
            Command::Notification { id, command } => {
                let mut loaded = load::<notification::Notification>(self.unit, &id.to_string())?;
                let answer = self.plain(&mut loaded, &(), command)?;
                if let Some(message) = &loaded.state.message {
                    let (user, kind) = (message.to, message.kind);
                    self.effects.push(Effect::Notification { id: loaded.id.clone(), user, kind });
                }
                Ok(answer)
            }
            Command::View { id, command } => {
                let mut loaded = load::<view::View>(self.unit, &id.to_string())?;
                let facts = view::Facts {
                    is_admin: self.caller.principal.may(Grant::OrganisationManage, None),
                    teams: crate::read::teams_of(self.unit, self.caller.principal.user())?,
                };
                self.plain(&mut loaded, &facts, command)
            }
            Command::Duplicate { id, command } => {
                let mut loaded = load::<duplicates::Duplicate>(self.unit, &id.to_string())?;
                self.plain(&mut loaded, &(), command)
            }
            Command::Risk { id, command } => {
                crate::risk::carry_out(self, &id.to_string(), command, &request.command)
            }
            Command::Scorecard { id, command } => {
                let mut loaded = load::<scorecard::Scorecard>(self.unit, id)?;
                self.plain(&mut loaded, &(), command)
            }
            Command::Alert { id, command } => crate::alert::carry_out(self, &id.to_string(), command),
            Command::ScreeningList { id, command } => {
                let mut loaded = load::<screening::ScreeningList>(self.unit, id)?;
                self.plain(&mut loaded, &(), command)
            }
            Command::Hit { id, command } => crate::screening::carry_out(self, &id.to_string(), command),
            Command::Owners { id, command } => {
                let account = load::<Account>(self.unit, &id.to_string())?.state;
                if !permit::sees(&self.caller.principal, &account) {
                    return Ok(Answer::Refused(permit::no_account()));
                }
                if !self.caller.principal.may(grant, Some(&account.owning_entity)) {
                    return Ok(Answer::Refused(permit::denied_for(grant, &account.owning_entity)));
                }
                let mut loaded = load::<screening::Owners>(self.unit, &id.to_string())?;
                self.plain(&mut loaded, &(), command)
            }
            Command::Quarantine { id, command } => {
                let mut loaded = load::<quarantine::Quarantine>(self.unit, &id.to_string())?;
                self.plain(&mut loaded, &(), command)
            }
            Command::Import { id, command } => self.import(&id.to_string(), command, &request.command),
            Command::Mapping { id, command } => {
                let mut loaded = load::<mapping::Mapping>(self.unit, &id.to_string())?;
                self.plain(&mut loaded, &(), command)
            }
            Command::Feed { id, command } => {
                let mut loaded = load::<feed::Feed>(self.unit, &id.to_string())?;
                let facts = facts::feed(self, command, &loaded.id)?;
                self.plain(&mut loaded, &facts, command)
            }
            Command::Onboarding { id, command } => {
                self.onboarding(&id.to_string(), command, &request.command)
            }
            Command::PriceList { id, command } => self.price_list(id, command, request),
            Command::Team { id, command } => self.team(id, command, request),
            Command::Document { id, command } => self.document(&id.to_string(), command),
            Command::ContractTemplate { id, command } => self.contract_template(id, command),
            Command::Contract { id, command } => self.contract(&id.to_string(), command, request),
            Command::Task { id, command } => self.task(&id.to_string(), command),
            Command::Vehicle { id, command } => self.vehicle(&id.to_string(), command, request),
        }
    }

    /// Decides and appends where no gate and no further projection stands in between.
    pub(crate) fn plain<D: Stored>(
        &mut self,
        loaded: &mut Loaded<D>,
        facts: &D::Facts,
        command: &D::Command,
    ) -> Result<Answer, Fault> {
        let acted = loaded.act(self.unit, self.engine.store().secrets(), self.context, facts, command)?;
        Ok(match acted {
            Ok(changed) => {
                self.effects.extend(Some(Effect::Work(D::WORD)).filter(|_| changed && is_work(D::WORD)));
                Answer::Done(Receipt { id: loaded.id.clone(), version: loaded.version, changed })
            }
            Err(refusal) => Answer::Refused(refusal),
        })
    }

    fn user(&mut self, id: &str, command: &user::Command, whole: &Command) -> Result<Answer, Fault> {
        let mut loaded = load::<user::User>(self.unit, id)?;
        let facts = facts::user(self, command, &loaded.state)?;
        let decided = kith_domain::decider::Decider::decide(&loaded.state, self.context, &facts, command);
        if let Err(refusal) = decided {
            return Ok(Answer::Refused(refusal));
        }
        if let Some(waiting) = gate::hold(
            self,
            whole,
            id,
            (loaded.version > 0).then_some(loaded.version),
            gate::Shown::default(),
        )? {
            return Ok(waiting);
        }
        let answer = self.plain(&mut loaded, &facts, command)?;
        let ends = matches!(
            command,
            user::Command::Suspend | user::Command::SetPassword { .. } | user::Command::RevokeAccess
        );
        if ends {
            self.unit.end_sessions_of(id)?;
        }
        self.effects.push(Effect::Users);
        Ok(answer)
    }

    fn import(&mut self, id: &str, command: &import::Command, whole: &Command) -> Result<Answer, Fault> {
        let mut loaded = load::<import::Import>(self.unit, id)?;
        let effect = match command {
            import::Command::Start => Effect::ImportStart,
            import::Command::Revert => Effect::ImportRevert,
            _ => return self.plain(&mut loaded, &(), command),
        };
        match kith_domain::decider::Decider::decide(&loaded.state, self.context, &(), command) {
            Err(refusal) => return Ok(Answer::Refused(refusal)),
            Ok(events) if events.is_empty() => return self.plain(&mut loaded, &(), command),
            Ok(_) => {}
        }
        let (change, now) = (crate::import::change_of(self.unit, id)?, self.context.now);
        if let Some(change) = change.filter(|change| crate::import::still_waits(&change.state, now)) {
            return Ok(Answer::Waiting(Box::new(change.state)));
        }
        let shown = crate::import::shown(&loaded.state, command);
        if let Some(waiting) = gate::hold(self, whole, id, Some(loaded.version), shown)? {
            return Ok(waiting);
        }
        let answer = self.plain(&mut loaded, &(), command)?;
        self.effects.push(effect(loaded.state.staged.id));
        Ok(answer)
    }

    fn account(&mut self, id: &str, command: &AccountCommand, request: &Request) -> Result<Answer, Fault> {
        let loaded = load::<Account>(self.unit, id)?;
        let creating = matches!(command, AccountCommand::Create { .. });
        let grant = required(&request.command);
        let reached = facts::entities_reached(command, &loaded.state);
        if !creating && !permit::sees(&self.caller.principal, &loaded.state) {
            return Ok(Answer::Refused(permit::no_account()));
        }
        if let Some(entity) = reached.iter().find(|entity| !self.caller.principal.may(grant, Some(entity))) {
            return Ok(Answer::Refused(permit::denied_for(grant, entity)));
        }
        if let Some(expected) = request.expected_version
            && expected != loaded.version
        {
            return Ok(Answer::Refused(permit::stale(expected, loaded.version)));
        }
        gate::account(self, loaded, command, &request.command)
    }
}

/// Nouns that wait at a desk: whoever sits there is told that something moved.
fn is_work(noun: &str) -> bool {
    matches!(noun, "task" | "quarantine" | "hit" | "duplicate")
}
