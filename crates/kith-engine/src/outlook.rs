//! What a command would come to, without doing it: for whoever is about to ask.

use kith_api::view::{DiffView, OutlookView};
use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::command::Command;
use kith_store::Fault;
use serde_json::json;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::gate;
use crate::noun::load;

impl Engine {
    /// The lane and the approvers of a command to an account, and the refusal that it would meet today.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn outlook(&self, caller: &Caller, command: &Command) -> Result<OutlookView, Fault> {
        Ok(self.foresee(caller, command).await?.0)
    }

    /// The same, with what the command would alter.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn foresee(
        &self,
        caller: &Caller,
        command: &Command,
    ) -> Result<(OutlookView, Vec<DiffView>), Fault> {
        let (engine, caller, command) = (self.clone(), caller.clone(), command.clone());
        let context = caller.context(self.now());
        self.store()
            .write(move |unit| {
                let organisation = engine.organisation_in(unit)?;
                let (caller, context) = (&caller, &context);
                let mut walk =
                    Walk { engine: &engine, unit, caller, context, organisation, effects: Vec::new() };
                let Command::Account { id, command: asked } = &command else {
                    return Ok((OutlookView::default(), Vec::new()));
                };
                let loaded = load::<Account>(walk.unit, &id.to_string())?;
                let found = gate::outlook(&mut walk, &loaded, asked, &command)?;
                let personal = caller.principal.may(Grant::PersonalRead, None)
                    || caller.principal.may(Grant::PersonalRead, Some(&loaded.state.owning_entity));
                let view = OutlookView {
                    lane: found.lane.as_str().to_owned(),
                    steps: found.steps.iter().map(|role| role.as_str().to_owned()).collect(),
                    refusal: found.refusal.map(|refusal| {
                        json!({"code": refusal.code, "sentence": refusal.sentence, "clears": refusal.clears})
                    }),
                };
                Ok((view, found.diff.iter().map(|diff| engine.diff_line(diff, personal)).collect()))
            })
            .await
    }
}
