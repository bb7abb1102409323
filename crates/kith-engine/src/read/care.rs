//! Portfolios, reviews that are due, and the quality of data.

use jiff::civil::Date;
use kith_api::view::{AccountPage, PortfolioView, QualityView};
use kith_domain::account::{Account, freshness};
use kith_domain::approval::Change;
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::team::team_code;
use kith_domain::value::{Money, UserId};
use kith_query::filter;
use kith_query::top;
use kith_store::{Fault, Noun, Reader};

use crate::caller::Caller;
use crate::directory::epoch_day;
use crate::engine::Engine;
use crate::list::{ListRequest, invalid, located};
use crate::noun::read;
use crate::table::Accounts;

use super::team::of_team;

/// The quality of data that is aimed at (D§4.3).
pub const QUALITY_TARGET: f64 = 0.95;
/// Most days ahead that due reviews are asked for.
const DUE_DAYS_MAX: u32 = 3660;
/// A review that falls due within so many days is due soon.
const SOON_DAYS: u32 = 30;
/// Changes read in one go.
const PAGE: u32 = 500;

/// Which reviews.
#[derive(Debug, Clone, Default)]
pub struct ReviewRequest {
    /// Those that fall due within so many days; the overdue ones when absent.
    pub within_days: Option<u32>,
    /// Only accounts of this account manager, `usr_…` or `me`.
    pub manager: Option<String>,
    /// Only accounts of this team, by its code.
    pub team: Option<String>,
    /// Rows of the page.
    pub limit: usize,
    /// Where the page before ended.
    pub cursor: Option<String>,
}

/// The condition that a user answers for the account.
pub(crate) fn managed_by(user: UserId) -> String {
    format!("account_manager == \"{user}\"")
}

fn columns(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The score and its parts.
pub(crate) fn quality_view(id: &str, account: &Account, today: Date) -> QualityView {
    let quality = account.quality();
    let confirmed = account.confirmed_on();
    let age = confirmed.map_or(i64::MAX, |on| epoch_day(today).saturating_sub(epoch_day(on)));
    let (completeness, validity, freshness) = (quality.completeness(), quality.validity(), freshness(age));
    let rounded = |share: f64| (share * 1e4).round() / 1e4;
    let owned = |fields: Vec<&str>| fields.into_iter().map(str::to_owned).collect();
    QualityView {
        account: id.to_owned(),
        score: rounded(completeness * validity * freshness),
        target: QUALITY_TARGET,
        completeness: rounded(completeness),
        validity: rounded(validity),
        freshness: rounded(freshness),
        missing_required: owned(quality.missing_required),
        missing_recommended: owned(quality.missing_recommended),
        invalid: owned(quality.invalid),
        confirmed_on: confirmed.map(|on| on.to_string()),
    }
}

impl Engine {
    /// How good an account's data are today.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn data_quality(
        &self,
        caller: &Caller,
        name: &str,
    ) -> Result<Result<QualityView, Refusal>, Fault> {
        let loaded = self.load_account(caller, name).await?;
        Ok(loaded.map(|loaded| quality_view(&loaded.id, &loaded.state, self.day())))
    }

    /// The accounts whose review is due, the longest overdue first.
    ///
    /// # Errors
    /// [`Refusal`] when a parameter is at fault.
    pub fn reviews_due(&self, caller: &Caller, request: &ReviewRequest) -> Result<AccountPage, Refusal> {
        let mut filter = match request.within_days {
            Some(days) if days > DUE_DAYS_MAX => {
                let sentence = format!("Ask for at most {DUE_DAYS_MAX} days ahead.");
                return Err(invalid("due", "out_of_range", sentence));
            }
            Some(days) => format!("next_review_on <= today() + days({days})"),
            None => "next_review_on < today()".to_owned(),
        };
        if let Some(manager) = &request.manager {
            let user = if manager == "me" { caller.principal.user() } else { manager.parse().ok() };
            let user = user.ok_or_else(|| {
                invalid("manager", "user_unknown", "Expected usr_… or me, where a user is asking.")
            })?;
            filter = format!("{filter} && {}", managed_by(user));
        }
        if let Some(team) = &request.team {
            filter = format!("{filter} && {}", of_team(&team_code(team)));
        }
        let fields = columns(&[
            "owning_entity",
            "tier",
            "stage",
            "account_manager",
            "account_manager_name",
            "last_review_on",
            "next_review_on",
            "review_overdue",
        ]);
        self.list(
            caller,
            &ListRequest {
                filter,
                sort: "next_review_on,name".to_owned(),
                fields,
                limit: Some(request.limit),
                cursor: request.cursor.clone(),
                entity: None,
                count: true,
                include_inactive: false,
            },
        )
    }

    /// How many reviews of the caller's own accounts are overdue.
    #[must_use]
    pub fn reviews_overdue(&self, caller: &Caller) -> u64 {
        let Some(user) = caller.principal.user() else { return 0 };
        let filter = filter::check(&format!("{} && review_overdue", managed_by(user)), &self.catalogue());
        filter.map_or(0, |filter| top::count(&filter, &Accounts::new(self, caller, None)))
    }

    /// What an account manager looks after, as far as the caller may see it.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn portfolio(
        &self,
        caller: &Caller,
        user: &str,
        limit: usize,
        cursor: Option<String>,
    ) -> Result<Result<PortfolioView, Refusal>, Fault> {
        let known = self.user(user).await?;
        let (Some(known), Ok(id)) = (known, user.parse::<UserId>()) else { return Ok(Err(no_user())) };
        let open_changes = self.open_changes(caller, "account_manager", id.to_string()).await?;
        Ok(self.portfolio_of(caller, &managed_by(id), limit, cursor).map(|view| PortfolioView {
            user: Some(id.to_string()),
            name: known.name.unwrap_or_default(),
            open_changes,
            ..view
        }))
    }

    /// The accounts of a portfolio and their figures.
    pub(crate) fn portfolio_of(
        &self,
        caller: &Caller,
        managed: &str,
        limit: usize,
        cursor: Option<String>,
    ) -> Result<PortfolioView, Refusal> {
        let fields = columns(&[
            "tier",
            "stage",
            "owning_entity",
            "account_manager",
            "account_manager_name",
            "team",
            "health",
            "health_label",
            "revenue_365d",
            "data_quality",
            "next_review_on",
            "review_overdue",
        ]);
        let page = self.list(
            caller,
            &ListRequest {
                filter: managed.to_owned(),
                sort: "name".to_owned(),
                fields,
                limit: Some(limit),
                cursor,
                entity: None,
                count: true,
                include_inactive: false,
            },
        )?;
        let catalogue = self.catalogue();
        let accounts = Accounts::new(self, caller, None);
        let check =
            |text: &str| filter::check(text, &catalogue).map_err(|errors| located("filter", text, &errors));
        let counted =
            |more: &str| check(&format!("{managed} && {more}")).map(|filter| top::count(&filter, &accounts));
        let revenue = catalogue.index("revenue_365d").and_then(|field| Some((field, check(managed).ok()?)));
        let revenue = revenue.and_then(|(field, all)| top::sum(&all, field, &accounts));
        Ok(PortfolioView {
            accounts: page.count.unwrap_or_default(),
            revenue: revenue.map(|minor| Money::new(minor, catalogue.currency()).into()),
            reviews_overdue: counted("review_overdue")?,
            reviews_due: counted(&format!("next_review_on <= today() + days({SOON_DAYS})"))?,
            data_below_target: counted(&format!("data_quality < {QUALITY_TARGET}"))?,
            items: page.items,
            next_cursor: page.next_cursor,
            ..PortfolioView::default()
        })
    }

    /// How many changes that the caller may see wait on accounts that have a text in a field.
    pub(crate) async fn open_changes(
        &self,
        caller: &Caller,
        field: &'static str,
        value: String,
    ) -> Result<u64, Fault> {
        let (engine, caller) = (self.clone(), caller.clone());
        let waits = move |reader: &mut Reader<'_>| {
            let mut after: Option<String> = None;
            let mut found = 0_u64;
            loop {
                let page =
                    reader.list(Noun::Change, &[("state", "waiting".into())], after.as_deref(), PAGE)?;
                after = page.last().map(|document| document.id.clone());
                if page.is_empty() {
                    return Ok(found);
                }
                for document in page {
                    let change = read::<Change>(document)?.state;
                    let of =
                        change.targets.iter().any(|target| engine.directory().has(target, field, &value));
                    if of && engine.sees_change(&caller, &change) {
                        found = found.saturating_add(1);
                    }
                }
            }
        };
        self.store().read(waits).await
    }
}

pub(crate) fn no_user() -> Refusal {
    Refusal::new(RefusalKind::NotFound, "user.not_found", "There is no such user.", "List the users.")
}
