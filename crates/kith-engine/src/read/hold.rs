//! Holds and the watch as the faces show them.

use kith_api::view::{HoldView, Page, WatchView};
use kith_domain::account::{Hold, Watch};
use kith_domain::refusal::Refusal;
use kith_domain::value::{EntityCode, HoldId, UserId};
use kith_store::Fault;

use super::account::Eyes;
use crate::caller::Caller;
use crate::engine::Engine;

impl Engine {
    pub(super) fn hold_view(&self, eyes: &Eyes, hold: &Hold) -> HoldView {
        HoldView {
            id: hold.id.to_string(),
            kind: hold.kind.as_str().to_owned(),
            scope: if hold.entity.is_some() { "entity" } else { "account" }.to_owned(),
            entity: hold.entity.as_ref().map(ToString::to_string),
            reason: eyes.see(&hold.reason),
            cause: hold.cause.clone(),
            release_rule: hold.release_rule.clone(),
            blocks: hold.blocks.as_str().to_owned(),
            set_by: hold.set_by.map(|by| by.to_string()),
            set_by_name: self.name_of(hold.set_by),
            set_at: hold.set_at.to_string(),
            review_at: hold.review_at.to_string(),
        }
    }

    pub(super) fn watch_view(&self, eyes: &Eyes, watch: &Watch) -> WatchView {
        WatchView {
            reason: eyes.see(&watch.reason),
            cause: watch.cause.clone(),
            set_by: watch.set_by.map(|by| by.to_string()),
            set_by_name: self.name_of(watch.set_by),
            set_at: watch.set_at.to_string(),
            expires_at: watch.expires_at.to_string(),
        }
    }

    fn name_of(&self, user: Option<UserId>) -> Option<String> {
        self.user_name(&user?.to_string())
    }

    /// The holds on an account, as a legal entity sees them.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn account_holds(
        &self,
        caller: &Caller,
        name: &str,
        entity: Option<&EntityCode>,
    ) -> Result<Result<Page<HoldView>, Refusal>, Fault> {
        Ok(self.load_account(caller, name).await?.map(|loaded| {
            let items = self.account_view_as(caller, &loaded, &[], entity).holds;
            Page { items, next_cursor: None, has_more: false }
        }))
    }

    /// One hold on an account, as it is on record; `None` when there is none of that id.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn account_hold(
        &self,
        caller: &Caller,
        name: &str,
        id: HoldId,
    ) -> Result<Result<Option<Hold>, Refusal>, Fault> {
        let loaded = self.load_account(caller, name).await?;
        Ok(loaded.map(|loaded| loaded.state.holds.into_iter().find(|hold| hold.id == id)))
    }
}
