//! Handing accounts over: an edit like any other, with a receipt of what goes with them.

use kith_api::request::Transfer;
use kith_api::view::{CarriedView, PortfolioTransferView, TransferView};
use kith_domain::access::{Grant, Principal};
use kith_domain::account::{Account, Command as AccountCommand, Draft};
use kith_domain::command::Command;
use kith_domain::context::{Actor, ActorKind};
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::user::User;
use kith_domain::value::{AccountId, EntityCode, UserId};
use kith_store::Fault;
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::list::{LIMIT_MAX, ListRequest};
use crate::noun::{Loaded, load};
use crate::permit;
use crate::read::{ChangeRequest, care};

/// Most accounts that a preview looks at.
const PREVIEW_MAX: usize = 50;
/// Most accounts of one portfolio that are handed over at once.
const PORTFOLIO_MAX: usize = 5_000;

impl Engine {
    /// Asks that another user answers for an account.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn transfer(
        &self,
        caller: &Caller,
        name: &str,
        transfer: &Transfer,
        key: Option<String>,
    ) -> Result<Result<TransferView, Refusal>, Fault> {
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Ok(id) = loaded.id.parse::<AccountId>() else { return Ok(Err(permit::no_account())) };
        if !self.may_answer(&transfer.to, &loaded.state.owning_entity).await? {
            let message = "this person may not write accounts of that entity: choose an account manager";
            let fault = FieldFault::new("/to", "role_unfit", message);
            return Ok(Err(unreadable().with_fields(vec![fault])));
        }
        let carried = match self.carried(caller, &loaded).await? {
            Ok(carried) => carried,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut patch = Map::from_iter([("account_manager".to_owned(), Value::from(transfer.to.as_str()))]);
        if let Some(team) = &transfer.team {
            patch.insert("team".to_owned(), Value::from(team.as_str()));
        }
        let (draft, faults) = Draft::read_patch(&Value::Object(patch), id, &mut Default::default);
        if !faults.is_empty() {
            return Ok(Err(at_transfer(unreadable().with_fields(faults))));
        }
        let caller = &Caller { reason: transfer.reason.clone(), ..caller.clone() };
        let command = Command::Account { id, command: AccountCommand::Update { draft: Box::new(draft) } };
        let outcome = self.execute(caller, Request { command, key, expected_version: None }).await?;
        let view = |state: &str| TransferView {
            account: loaded.id.clone(),
            name: Some(loaded.state.name.clone()),
            state: state.to_owned(),
            from: loaded.state.account_manager.map(|user| user.to_string()),
            to: transfer.to.clone(),
            carried: carried.clone(),
            ..TransferView::default()
        };
        Ok(match outcome.answer {
            Answer::Refused(refusal) => Err(at_transfer(refusal)),
            Answer::Done(_) => Ok(view("done")),
            Answer::Waiting(change) => {
                Ok(TransferView { change: Some(self.change_view(caller, &change)), ..view("waiting") })
            }
        })
    }

    /// Whether a user may answer for accounts of an entity. Who is not known is refused by the rules of the account.
    async fn may_answer(&self, user: &str, entity: &EntityCode) -> Result<bool, Fault> {
        let name = user.to_owned();
        let user = self.store().read(move |reader| load::<User>(reader, &name)).await?.state;
        let actor = Actor { kind: ActorKind::User, user: Some(user.id) };
        let principal = Principal { actor, roles: user.roles.clone() };
        Ok(!user.exists() || principal.may(Grant::AccountsWrite, Some(entity)))
    }

    /// What would go with accounts that are handed over; nothing is asked for yet.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn transfer_preview(
        &self,
        caller: &Caller,
        names: &[String],
    ) -> Result<Result<Vec<TransferView>, Refusal>, Fault> {
        let mut shown = Vec::new();
        for name in names.iter().take(PREVIEW_MAX) {
            let loaded = match self.load_account(caller, name).await? {
                Ok(loaded) => loaded,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let carried = match self.carried(caller, &loaded).await? {
                Ok(carried) => carried,
                Err(refusal) => return Ok(Err(refusal)),
            };
            shown.push(TransferView {
                account: loaded.id.clone(),
                name: Some(loaded.state.name.clone()),
                state: "preview".to_owned(),
                from: loaded.state.account_manager.map(|user| user.to_string()),
                carried,
                ..TransferView::default()
            });
        }
        Ok(Ok(shown))
    }

    /// The ids of the accounts that a user answers for and the caller may see.
    ///
    /// # Errors
    /// [`Refusal`] when there is no such user.
    pub fn managed_accounts(&self, caller: &Caller, user: &str) -> Result<Vec<String>, Refusal> {
        let user = user.parse::<UserId>().map_err(|_| care::no_user())?;
        self.managed(caller, user).map(|(accounts, _)| accounts)
    }

    /// What stays with the account whoever answers for it.
    async fn carried(
        &self,
        caller: &Caller,
        loaded: &Loaded<Account>,
    ) -> Result<Result<CarriedView, Refusal>, Fault> {
        let waiting = ChangeRequest {
            state: Some("waiting".to_owned()),
            for_me: false,
            account: Some(loaded.id.clone()),
            submitted_by: None,
            cursor: None,
            limit: LIMIT_MAX,
        };
        let account = &loaded.state;
        let changes = self.changes(caller, waiting).await?;
        let id = loaded.id.clone();
        let notes = self.store().read(move |reader| crate::note::count(reader, &id)).await?;
        Ok(changes.map(|page| CarriedView {
            open_changes: page.items.into_iter().map(|change| change.id).collect(),
            contacts: account.contacts.len(),
            agreements: account.agreements.len(),
            notes,
            versions: loaded.version,
            next_review_on: account.review_due_on().map(|day| day.to_string()),
        }))
    }

    /// Asks for each account of an account manager that another user answers for it.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn transfer_portfolio(
        &self,
        caller: &Caller,
        from: &str,
        transfer: &Transfer,
        key: &str,
    ) -> Result<Result<PortfolioTransferView, Refusal>, Fault> {
        let Ok(user) = from.parse::<UserId>() else { return Ok(Err(care::no_user())) };
        for (id, place) in [(from, None), (transfer.to.as_str(), Some("to"))] {
            if self.user(id).await?.is_none() {
                let unknown = |member| crate::list::invalid(member, "user_unknown", "There is no such user.");
                return Ok(Err(place.map_or_else(care::no_user, unknown)));
            }
        }
        let mut done = PortfolioTransferView::default();
        let accounts = match self.managed(caller, user) {
            Ok((accounts, remaining)) => {
                done.remaining = remaining;
                accounts
            }
            Err(refusal) => return Ok(Err(refusal)),
        };
        for account in accounts {
            let item =
                match self.transfer(caller, &account, transfer, Some(format!("{key}:{account}"))).await? {
                    Ok(view) => {
                        done.accepted += 1;
                        view
                    }
                    Err(refusal) => {
                        done.refused += 1;
                        TransferView {
                            name: self.account_name(&account),
                            account,
                            state: "refused".to_owned(),
                            from: Some(from.to_owned()),
                            to: transfer.to.clone(),
                            refusal: Some(refusal.sentence.clone()),
                            ..TransferView::default()
                        }
                    }
                };
            done.items.push(item);
        }
        Ok(Ok(done))
    }

    /// The ids of the accounts that a user answers for, and how many there are beyond the most.
    fn managed(&self, caller: &Caller, user: UserId) -> Result<(Vec<String>, u64), Refusal> {
        let mut request = ListRequest {
            filter: care::managed_by(user),
            fields: vec!["name".to_owned()],
            limit: Some(LIMIT_MAX),
            count: true,
            ..ListRequest::default()
        };
        let mut ids = Vec::new();
        loop {
            let page = self.list(caller, &request)?;
            let found = page.items.iter().filter_map(|item| item.get("id")?.as_str().map(str::to_owned));
            ids.extend(found);
            request.cursor = page.next_cursor;
            if request.cursor.is_none() || ids.len() >= PORTFOLIO_MAX {
                let taken = u64::try_from(ids.len()).unwrap_or(u64::MAX);
                return Ok((ids, page.count.unwrap_or_default().saturating_sub(taken)));
            }
        }
    }
}

fn unreadable() -> Refusal {
    Refusal::new(
        RefusalKind::Unprocessable,
        "account.invalid",
        "The account cannot be handed over like this.",
        "Mend the members named.",
    )
}

/// Faults of the edit, at the members of the request that caused them.
fn at_transfer(mut refusal: Refusal) -> Refusal {
    for fault in &mut refusal.fields {
        if fault.pointer == "/account_manager" {
            fault.pointer = "/to".to_owned();
        }
    }
    refusal
}
