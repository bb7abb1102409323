//! Delegations on their way: made, ended, listed.

use kith_api::view::{DelegationView, Page};
use kith_domain::access::Grant;
use kith_domain::delegation::{Command, Delegation, Facts};
use kith_domain::notification::NotificationKind;
use kith_domain::user::User;
use kith_store::{Fault, Noun};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::gate::{News, tell};
use crate::noun::{load, read};

/// Most delegations of a list.
const LISTED: u32 = 1_000;

pub(crate) fn carry_out(walk: &mut Walk<'_, '_>, id: &str, command: &Command) -> Result<Answer, Fault> {
    let mut loaded = load::<Delegation>(walk.unit, id)?;
    let to_roles = match command {
        Command::Make { terms, .. } => {
            let to = load::<User>(walk.unit, &terms.to.to_string())?.state;
            to.is_active().then_some(to.roles)
        }
        Command::End => None,
    };
    let principal = &walk.caller.principal;
    let is_admin = principal.may(Grant::UsersManage, None);
    let facts = Facts { from_roles: principal.roles.clone(), to_roles, is_admin };
    let answer = walk.plain(&mut loaded, &facts, command)?;
    if let (Answer::Done(receipt), Command::Make { terms, .. }) = (&answer, command)
        && receipt.changed
    {
        let name = walk.caller.name.clone().unwrap_or_else(|| "Somebody".to_owned());
        let until = terms.ends.strftime("%Y-%m-%d %H:%M UTC");
        let text = format!("{name} lets you decide on changes in their place until {until}.");
        let news = News { kind: NotificationKind::DelegationMade, text, about: id };
        tell(walk, &[terms.to].into(), &news)?;
    }
    Ok(answer)
}

impl Engine {
    /// The delegations from and to the caller; all of them for whoever manages users or audits.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn delegations(&self, caller: &Caller) -> Result<Page<DelegationView>, Fault> {
        let user = caller.principal.user();
        let all =
            caller.principal.may(Grant::UsersManage, None) || caller.principal.may(Grant::AuditRead, None);
        let documents =
            self.store().read(|reader| reader.list_newest(Noun::Delegation, &[], None, LISTED)).await?;
        let mut items = Vec::new();
        for document in documents {
            let delegation = read::<Delegation>(document)?.state;
            let to = delegation.terms.as_ref().map(|terms| terms.to);
            if all || Some(delegation.from) == user || (to.is_some() && to == user) {
                items.push(self.delegation_view(&delegation));
            }
        }
        Ok(Page { items, next_cursor: None, has_more: false })
    }

    /// One delegation.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn delegation(&self, id: &str) -> Result<DelegationView, Fault> {
        let id = id.to_owned();
        let loaded = self.store().read(move |reader| load::<Delegation>(reader, &id)).await?;
        Ok(self.delegation_view(&loaded.state))
    }

    fn delegation_view(&self, delegation: &Delegation) -> DelegationView {
        let name_of = |user: &str| self.directory().read().manager_name(user).map(str::to_owned);
        let terms = delegation.terms.as_ref();
        let (from, to) =
            (delegation.from.to_string(), terms.map(|terms| terms.to.to_string()).unwrap_or_default());
        let now = self.now();
        let state = match terms {
            _ if delegation.ended_at.is_some() => "ended",
            Some(terms) if terms.ends <= now => "over",
            Some(terms) if terms.starts > now => "planned",
            _ => "active",
        };
        DelegationView {
            id: delegation.id.to_string(),
            from_name: name_of(&from),
            from,
            to_name: name_of(&to),
            to,
            operations: terms
                .iter()
                .flat_map(|terms| &terms.operations)
                .map(|one| one.as_str().to_owned())
                .collect(),
            amount_cap: terms.and_then(|terms| terms.amount_cap).map(Into::into),
            starts: terms.map(|terms| terms.starts.to_string()).unwrap_or_default(),
            ends: terms.map(|terms| terms.ends.to_string()).unwrap_or_default(),
            state: state.to_owned(),
            made_at: delegation.made_at.map(|at| at.to_string()).unwrap_or_default(),
        }
    }
}
