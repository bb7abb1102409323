//! Whose accounts are meant: one's own, those of one's teams, or all that one may see.

use kith_domain::refusal::Refusal;
use kith_query::top;
use kith_store::Fault;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::facts::all_teams;
use crate::list::invalid;
use crate::read::care::managed_by;
use crate::table::Accounts;

/// Whose accounts are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Me,
    Team,
    All,
}

impl Scope {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Team => "team",
            Self::All => "all",
        }
    }

    /// The scopes that a caller can choose: a program has no accounts of its own, and not everybody is in a team.
    pub(super) fn offered(caller: &Caller, teams: &[String]) -> Vec<Self> {
        let person = caller.principal.user().is_some();
        let own = person.then_some(Self::Me).into_iter();
        let team = (person && !teams.is_empty()).then_some(Self::Team);
        own.chain(team).chain([Self::All]).collect()
    }

    /// The scope asked for; without a word one's own accounts, if there are any.
    pub(super) fn chosen(
        engine: &Engine,
        caller: &Caller,
        teams: &[String],
        asked: Option<&str>,
    ) -> Result<Self, Refusal> {
        let offered = Self::offered(caller, teams);
        let Some(asked) = asked else {
            let own = offered.contains(&Self::Me) && engine.manages_any(caller);
            return Ok(if own { Self::Me } else { Self::All });
        };
        offered.iter().copied().find(|scope| scope.as_str() == asked).ok_or_else(|| {
            let words: Vec<&str> = offered.iter().map(|scope| scope.as_str()).collect();
            invalid("scope", "not_allowed", format!("Expected one of {}.", words.join(", ")))
        })
    }

    /// The condition that an account is in the scope; empty for all.
    pub(super) fn condition(self, caller: &Caller, teams: &[String]) -> String {
        match (self, caller.principal.user()) {
            (Self::Me, Some(user)) => managed_by(user),
            (Self::Team, _) => format!("team in {}", serde_json::Value::from(teams)),
            (Self::Me, None) | (Self::All, _) => String::new(),
        }
    }
}

impl Engine {
    /// The codes of the teams that the caller is in.
    pub(super) async fn teams_of(&self, caller: &Caller) -> Result<Vec<String>, Fault> {
        let Some(user) = caller.principal.user() else { return Ok(Vec::new()) };
        let teams = self.store().read(all_teams).await?;
        let mine = teams.into_iter().filter(|team| !team.state.retired && team.state.members.contains(&user));
        Ok(mine.map(|team| team.state.code).collect())
    }

    fn manages_any(&self, caller: &Caller) -> bool {
        let own = caller.principal.user().and_then(|user| self.own_filter(&managed_by(user)));
        own.is_some_and(|own| {
            let first = top::run(&own, &[], 1, None, &Accounts::new(self, caller, None));
            !first.hits.is_empty()
        })
    }
}
