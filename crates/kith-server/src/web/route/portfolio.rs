//! Portfolios, and handing accounts over.

use axum::response::{Html, IntoResponse};
use kith_api::request::Transfer;
use kith_api::view::TransferView;
use kith_domain::access::Grant;
use kith_domain::refusal::Refusal;

use super::form::Sent;
use super::miss::{Page, sentence_by_place};
use super::visit::Visit;
use crate::web::page::{self, PortfolioPage, TransferPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Accounts of a page.
const LIMIT: usize = 50;

pub(super) async fn show(visit: Visit) -> Page {
    let (engine, caller) = (&visit.engine, &visit.caller);
    let cursor = visit.param("cursor");
    let further = cursor.is_some();
    let own = caller.principal.user().map(|user| user.to_string()).unwrap_or_default();
    let user = visit.param("user").unwrap_or_else(|| own.clone());
    let portfolio = match visit.param("team") {
        Some(team) => engine.team_portfolio(caller, &team, LIMIT, cursor).await??,
        None => engine.portfolio(caller, &user, LIMIT, cursor).await??,
    };
    let page = PortfolioPage {
        own: portfolio.user.as_ref() == Some(&own),
        portfolio,
        users: engine.users(caller).await?.items,
        teams: engine.teams(caller, false).await?.items,
        may_transfer: caller.principal.may(Grant::AccountsWrite, None),
        further,
        fault: None,
    };
    let shell = visit.shell(t("Portfolio"), Section::Portfolio).await?;
    Ok(Html(page::portfolio(&shell, &page).into_string()).into_response())
}

/// What was chosen to be handed over.
struct Chosen {
    from: String,
    from_team: String,
    all: bool,
    picked: Vec<String>,
}

impl Chosen {
    /// The accounts: those picked, or all of the portfolio.
    fn accounts(&self, visit: &Visit) -> Result<Vec<String>, Refusal> {
        if self.all {
            visit.engine.managed_accounts(&visit.caller, &self.from)
        } else {
            Ok(self.picked.clone())
        }
    }
}

/// What would go with the accounts that were picked.
pub(super) async fn preview(visit: Visit) -> Page {
    let mut picked: Vec<String> =
        visit.query.keys().filter_map(|name| name.strip_prefix("account.")).map(str::to_owned).collect();
    picked.sort_unstable();
    let chosen = Chosen {
        from: visit.text("from").to_owned(),
        from_team: visit.text("from_team").to_owned(),
        all: visit.text("all") == "true",
        picked,
    };
    let accounts = chosen.accounts(&visit)?;
    let items = visit.engine.transfer_preview(&visit.caller, &accounts).await??;
    draw(&visit, chosen, TransferPage { total: accounts.len(), items, ..TransferPage::default() }).await
}

async fn draw(visit: &Visit, chosen: Chosen, page: TransferPage) -> Page {
    let Chosen { from, from_team, all, picked } = chosen;
    let page = TransferPage {
        from,
        from_team,
        all,
        picked,
        users: visit.engine.users(&visit.caller).await?.items,
        teams: visit.engine.teams(&visit.caller, false).await?.items,
        key: visit.engine.new_uuid()?.to_string(),
        ..page
    };
    let shell = visit.shell(t("Hand over"), Section::Portfolio).await?;
    Ok(Html(page::transfer(&shell, &page).into_string()).into_response())
}

/// Asks for each of them.
pub(super) async fn send(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let chosen = Chosen {
        from: form.text("from").to_owned(),
        from_team: form.text("from_team").to_owned(),
        all: form.text("all") == "true",
        picked: form.picked("account."),
    };
    let given = |name: &str| Some(form.text(name).to_owned()).filter(|text| !text.is_empty());
    let transfer = Transfer { to: form.text("to").to_owned(), team: given("team"), reason: given("reason") };
    let accounts = chosen.accounts(&visit)?;
    let mut page = TransferPage {
        total: accounts.len(),
        to: transfer.to.clone(),
        team: transfer.team.clone().unwrap_or_default(),
        reason: transfer.reason.clone().unwrap_or_default(),
        ..TransferPage::default()
    };
    if visit.engine.user(&transfer.to).await?.is_none() {
        page.fault = Some(t("Choose who shall answer for them.").to_owned());
        page.items = visit.engine.transfer_preview(&visit.caller, &accounts).await??;
        return draw(&visit, chosen, page).await;
    }
    let key = form.text("key").to_owned();
    for account in accounts {
        let once = Some(format!("{key}:{account}"));
        page.items.push(match visit.engine.transfer(&visit.caller, &account, &transfer, once).await? {
            Ok(view) => view,
            Err(refusal) => refused(&visit, account, &refusal),
        });
    }
    page.asked = true;
    draw(&visit, chosen, page).await
}

fn refused(visit: &Visit, account: String, refusal: &Refusal) -> TransferView {
    TransferView {
        name: visit.engine.account_name(&account),
        account,
        state: "refused".to_owned(),
        refusal: Some(sentence_by_place(refusal)),
        ..TransferView::default()
    }
}
