//! Teams, and what each of them looks after.

use kith_api::view::{ManagerView, Page, PortfolioView, TeamMemberView, TeamView};
use kith_domain::refusal::Refusal;
use kith_domain::team::{Team, refusal, team_code};
use kith_query::filter;
use kith_query::top;
use kith_store::Fault;

use super::care::managed_by;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::facts::all_teams;
use crate::noun::{Loaded, load};
use crate::table::Accounts;

/// The condition that a team looks after the account. The text of a code is a text of the filter, whatever is in it.
pub(crate) fn of_team(code: &str) -> String {
    format!("team == {}", serde_json::Value::from(code))
}

impl Engine {
    /// The teams, by code.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn teams(&self, caller: &Caller, retired: bool) -> Result<Page<TeamView>, Fault> {
        let teams = self.store().read(all_teams).await?;
        let shown = teams.iter().filter(|team| retired || !team.state.retired);
        let items = shown.map(|team| self.team_view(caller, team)).collect();
        Ok(Page { items, next_cursor: None, has_more: false })
    }

    /// One team.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn team(&self, caller: &Caller, code: &str) -> Result<Result<TeamView, Refusal>, Fault> {
        let team = self.load_team(code).await?;
        Ok(team.map(|team| self.team_view(caller, &team)))
    }

    async fn load_team(&self, code: &str) -> Result<Result<Loaded<Team>, Refusal>, Fault> {
        let code = team_code(code);
        let team = self.store().read(move |reader| load::<Team>(reader, &code)).await?;
        Ok(if team.state.exists() { Ok(team) } else { Err(refusal::not_found()) })
    }

    /// What a team looks after, as far as the caller may see it.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn team_portfolio(
        &self,
        caller: &Caller,
        code: &str,
        limit: usize,
        cursor: Option<String>,
    ) -> Result<Result<PortfolioView, Refusal>, Fault> {
        let team = match self.load_team(code).await? {
            Ok(team) => team.state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let open_changes = self.open_changes(caller, "team", team.code.clone()).await?;
        let looked_after = of_team(&team.code);
        let managers = team.members.iter().map(|user| {
            let id = user.to_string();
            ManagerView {
                name: self.name_of_user(&id),
                user: id,
                lead: team.lead == Some(*user),
                accounts: self.matching(caller, &format!("{looked_after} && {}", managed_by(*user))),
            }
        });
        Ok(self.portfolio_of(caller, &looked_after, limit, cursor).map(|view| PortfolioView {
            team: Some(team.code.clone()),
            name: team.name.clone(),
            open_changes,
            managers: managers.collect(),
            ..view
        }))
    }

    /// How many accounts that the caller may see meet a condition.
    fn matching(&self, caller: &Caller, condition: &str) -> u64 {
        let catalogue = self.catalogue();
        let accounts = Accounts::new(self, caller, None);
        filter::check(condition, &catalogue).map_or(0, |filter| top::count(&filter, &accounts))
    }

    fn name_of_user(&self, user: &str) -> Option<String> {
        self.directory().read().manager_name(user).map(str::to_owned)
    }

    fn team_view(&self, caller: &Caller, loaded: &Loaded<Team>) -> TeamView {
        let team = &loaded.state;
        let mut members: Vec<TeamMemberView> = team
            .members
            .iter()
            .map(|user| TeamMemberView { user: user.to_string(), name: self.name_of_user(&user.to_string()) })
            .collect();
        members.sort_by(|one, other| one.name.cmp(&other.name));
        TeamView {
            id: team.code.clone(),
            version: loaded.version,
            name: team.name.clone(),
            lead: team.lead.map(|user| user.to_string()),
            lead_name: team.lead.and_then(|user| self.name_of_user(&user.to_string())),
            entity: team.entity.as_ref().map(ToString::to_string),
            retired: team.retired,
            members,
            accounts: self.matching(caller, &of_team(&team.code)),
            created_at: team.created_at.map(|at| at.to_string()).unwrap_or_default(),
            updated_at: team.updated_at.map(|at| at.to_string()).unwrap_or_default(),
        }
    }
}
