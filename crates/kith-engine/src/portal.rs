//! Access to the portal: it follows the account, is activated by a link, and shows that account only.

use jiff::{SignedDuration, Timestamp};
use kith_api::view::{ContractView, PortalView};
use kith_domain::account::Account;
use kith_domain::command::Command as AnyCommand;
use kith_domain::context::Channel;
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::user::{Command, User};
use kith_domain::value::{AccountId, UserId};
use kith_store::{Fault, Noun, Reader};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::contract::{link_digest, link_secret};
use crate::engine::Engine;
use crate::execute::Request;
use crate::mail::{Draft, Pen, language_of};
use crate::noun::{load, read};

/// For so long a link to choose a password works (D§2.3).
const ACTIVATION_HOURS: i64 = 72;
const ACTIVATE: &str = "activation_link";
/// Most people of one account.
const PEOPLE_MAX: u32 = 10_000;

/// A link to choose a password, shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Whose.
    pub user: UserId,
    /// The path of the page that it opens.
    pub path: String,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// Whether an account may use the portal.
pub(crate) fn may_use(account: &Account) -> bool {
    let shut = matches!(account.status(None), "suspended" | "inactive" | "closed" | "rejected" | "erased");
    account.exists() && account.deleted_at.is_none() && account.merged_into.is_none() && !shut
}

/// Whether a user may come in as far as the account decides it: people of ours always.
pub(crate) fn is_open_for(reader: &mut Reader<'_>, user: &User) -> Result<bool, Fault> {
    let Some(portal) = &user.portal else { return Ok(true) };
    Ok(may_use(&load::<Account>(reader, &portal.account.to_string())?.state))
}

fn door() -> Caller {
    Caller { channel: Channel::Web, ..Caller::system() }
}

impl Engine {
    /// Takes access from the people of an account, or gives it back, as the account stands now.
    pub(crate) async fn follow_access(&self, account: &Account) -> Result<usize, Fault> {
        let (id, open) = (account.id.to_string(), may_use(account));
        let people = self.store().read(move |reader| {
            let page = reader.list(Noun::User, &[("account_id", (&id).into())], None, PEOPLE_MAX)?;
            page.into_iter().map(read::<User>).collect::<Result<Vec<_>, _>>()
        });
        let apart: Vec<UserId> = people
            .await?
            .into_iter()
            .filter(|user| user.state.is_revoked() == open)
            .map(|user| user.state.id)
            .collect();
        let moved = apart.len();
        for id in apart {
            let command = if open { Command::RestoreAccess } else { Command::RevokeAccess };
            self.execute(&Caller::system(), Request::from(AnyCommand::User { id, command })).await?;
        }
        Ok(moved)
    }

    /// The same for every account with a portal: what no event told is seen here; says how many people it moved.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn follow_all_access(&self) -> Result<usize, Fault> {
        let accounts = self.store().read(|reader| {
            let people = reader.portal_users()?;
            let mut apart: Vec<Account> = Vec::new();
            for group in people.chunk_by(|one, next| one.account_id == next.account_id) {
                let Some(first) = group.first() else { continue };
                let account = load::<Account>(reader, &first.account_id)?.state;
                let open = may_use(&account);
                if group.iter().any(|person| person.access != open) {
                    apart.push(account);
                }
            }
            Ok(apart)
        });
        let mut moved = 0_usize;
        for account in accounts.await? {
            moved = moved.saturating_add(self.follow_access(&account).await?);
        }
        Ok(moved)
    }

    /// Issues a link to choose a password and writes it to whoever it is for; the one before stops to work.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn issue_activation(
        &self,
        caller: &Caller,
        user: UserId,
    ) -> Result<Result<Opening, Refusal>, Fault> {
        let opening = match self.open_activation(caller, user).await? {
            Ok(opening) => opening,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let loaded = self.store().read(move |reader| load::<User>(reader, &user.to_string())).await?.state;
        if let Some(portal) = &loaded.portal {
            let of = portal.account.to_string();
            let account = self.store().read(move |reader| load::<Account>(reader, &of)).await?.state;
            let draft = self.activation_mail(&loaded, &account, &opening);
            self.queue_mails(caller, vec![draft]).await?;
        }
        Ok(Ok(opening))
    }

    /// Issues a link to choose a password to somebody who is before us: nothing is written to them.
    pub(crate) async fn open_activation(
        &self,
        caller: &Caller,
        user: UserId,
    ) -> Result<Result<Opening, Refusal>, Fault> {
        let (command, opening) = self.new_activation(user)?;
        let done = self.execute(caller, Request::from(AnyCommand::User { id: user, command })).await?;
        Ok(match done.answer {
            Answer::Refused(refusal) => Err(refusal),
            Answer::Done(_) | Answer::Waiting(_) => Ok(opening),
        })
    }

    /// A new link to choose a password, and the command that makes it work.
    pub(crate) fn new_activation(&self, user: UserId) -> Result<(Command, Opening), Fault> {
        let secret = link_secret(self)?;
        let now = self.now();
        let expires_at = now.checked_add(SignedDuration::from_hours(ACTIVATION_HOURS)).unwrap_or(now);
        let command = Command::IssueActivation { digest: link_digest(self, ACTIVATE, &secret), expires_at };
        Ok((command, Opening { user, path: format!("/activate/{user}/{secret}"), expires_at }))
    }

    /// The mail with such a link.
    pub(crate) fn activation_mail(&self, user: &User, account: &Account, opening: &Opening) -> Draft {
        let organisation = self.organisation();
        let own = user.preferences.language.as_deref();
        let pen = Pen::new(self, own.or_else(|| language_of_user(account, user)), &organisation.name);
        Draft {
            account: account.id,
            about: user.id.to_string(),
            to: user.email.clone(),
            name: user.name.clone(),
            sheet: pen.activation(&account.name, opening.expires_at),
            link: Some((opening.path.clone(), opening.expires_at)),
        }
    }

    /// The e-mail address that a link to choose a password is for.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn activation(&self, user: &str, secret: &str) -> Result<Result<String, Refusal>, Fault> {
        let (name, digest, now) = (user.to_owned(), link_digest(self, ACTIVATE, secret), self.now());
        let user = self.store().read(move |reader| load::<User>(reader, &name)).await?.state;
        let link = user.activation.as_ref();
        let works = link.is_some_and(|link| link.digest == digest && now < link.expires_at);
        let email = user.email.get().cloned().filter(|_| works);
        Ok(email.ok_or_else(kith_domain::user::refusal::activation_invalid))
    }

    /// Chooses a password with a link, once.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn activate(
        &self,
        (user, secret): (&str, &str),
        password: String,
    ) -> Result<Result<(), Refusal>, Fault> {
        // Whoever guesses is not given 50 ms of hashing.
        if let Err(refusal) = self.activation(user, secret).await? {
            return Ok(Err(refusal));
        }
        let Ok(id) = user.parse::<UserId>() else {
            return Ok(Err(kith_domain::user::refusal::activation_invalid()));
        };
        let hash = self.hash_password(password).await?;
        let command = Command::Activate { digest: link_digest(self, ACTIVATE, secret), hash };
        let done = self.execute(&door(), Request::from(AnyCommand::User { id, command })).await?;
        Ok(match done.answer {
            Answer::Refused(refusal) => Err(refusal),
            Answer::Done(_) | Answer::Waiting(_) => Ok(()),
        })
    }

    /// The account of a name, `acc_…` or its number, if the caller may know of it.
    #[must_use]
    pub fn account_known(&self, caller: &Caller, name: &str) -> Option<AccountId> {
        let (_, id) = self.find_account(name.trim())?;
        self.sees_account(caller, id).then_some(id)
    }

    /// Whose portal a caller uses; `None` for people of ours.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn portal_of(&self, caller: &Caller) -> Result<Option<AccountId>, Fault> {
        let Some(user) = caller.principal.user() else { return Ok(None) };
        let user = self.store().read(move |reader| load::<User>(reader, &user.to_string())).await?.state;
        Ok(user.portal.filter(|portal| portal.revoked_at.is_none()).map(|portal| portal.account))
    }

    /// What a customer's person sees: their own account's name and the contracts that were sent to them.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn portal(&self, caller: &Caller) -> Result<Result<PortalView, Refusal>, Fault> {
        let Some(account) = self.portal_of(caller).await? else { return Ok(Err(no_portal())) };
        let loaded = self.store().read(move |reader| load::<Account>(reader, &account.to_string())).await?;
        let contracts = self.contracts_of(account).await?;
        let sent = contracts.iter().filter(|contract| contract.sending.is_some());
        let contracts: Vec<ContractView> =
            sent.map(|contract| self.portal_contract(contract, &loaded.state)).collect();
        Ok(Ok(PortalView {
            account: account.to_string(),
            account_number: loaded.state.account_number.clone(),
            name: loaded.state.name.clone(),
            contracts,
        }))
    }

    /// The pages of a contract of one's own account.
    ///
    /// # Errors
    /// [`Fault`] when they cannot be read.
    pub async fn portal_pdf(
        &self,
        caller: &Caller,
        contract: &str,
    ) -> Result<Result<crate::document::Content, Refusal>, Fault> {
        let Some(account) = self.portal_of(caller).await? else { return Ok(Err(no_portal())) };
        let found = self.contracts_of(account).await?;
        let own = found.into_iter().find(|one| one.id.to_string() == contract && one.sending.is_some());
        let Some(own) = own else { return Ok(Err(crate::contract::no_contract())) };
        let loaded = self.store().read(move |reader| load::<Account>(reader, &account.to_string())).await?;
        self.pages_of(&own, &loaded.state).await
    }
}

fn no_portal() -> Refusal {
    Refusal::new(
        RefusalKind::NotFound,
        "portal.not_found",
        "There is no portal for you.",
        "Ask the company for access.",
    )
}

/// The language of whoever a user of the portal is among the contacts, else the customer's.
fn language_of_user<'a>(account: &'a Account, user: &User) -> Option<&'a str> {
    let address = user.email.get().map(|address| address.to_lowercase());
    let is_theirs = |known: &kith_domain::value::Personal<String>| {
        known.get().is_some_and(|known| Some(known.to_lowercase()) == address)
    };
    let contact = account.contacts.iter().find(|contact| contact.emails.iter().any(is_theirs));
    language_of(account, contact.map(|contact| contact.id))
}
