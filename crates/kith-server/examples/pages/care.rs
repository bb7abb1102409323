//! Made-up portfolios, reviews and teams.

use kith_api::view::{
    AccountPage as Accounts, CarriedView, ManagerView, PortfolioView, TeamMemberView, TeamView, TransferView,
    UserView,
};
use serde_json::{Map, Value, json};

use super::super::page::{PortfolioPage, ReviewsPage, TeamPage, TeamsPage, TransferPage};

fn user(id: &str, name: &str) -> UserView {
    UserView {
        id: id.to_owned(),
        name: Some(name.to_owned()),
        status: "active".to_owned(),
        ..UserView::default()
    }
}

fn users() -> Vec<UserView> {
    vec![user("usr_1", "Jo Marchetti"), user("usr_2", "Ada Stone")]
}

fn item(id: &str, name: &str) -> Map<String, Value> {
    let item = json!({
        "id": id, "name": name, "account_number": "C-000001", "tier": "premium", "stage": "active", "owning_entity": "US",
        "account_manager_name": "Jo Marchetti", "health": 41.0, "health_label": "at_risk", "data_quality": 0.8,
        "last_review_on": "2026-05-01", "next_review_on": "2026-08-01", "review_overdue": true,
    });
    item.as_object().cloned().unwrap_or_default()
}

fn team_view() -> TeamView {
    TeamView {
        id: "NORTH".to_owned(),
        name: "Northern region".to_owned(),
        lead: Some("usr_1".to_owned()),
        lead_name: Some("Jo Marchetti".to_owned()),
        members: vec![
            TeamMemberView { user: "usr_1".to_owned(), name: Some("Jo Marchetti".to_owned()) },
            TeamMemberView { user: "usr_2".to_owned(), name: Some("Ada Stone".to_owned()) },
        ],
        accounts: 2,
        ..TeamView::default()
    }
}

fn held() -> PortfolioView {
    PortfolioView {
        user: Some("usr_1".to_owned()),
        name: "Jo Marchetti".to_owned(),
        accounts: 2,
        reviews_overdue: 1,
        reviews_due: 2,
        open_changes: 1,
        data_below_target: 2,
        managers: vec![ManagerView {
            user: "usr_1".to_owned(),
            accounts: 2,
            lead: true,
            ..ManagerView::default()
        }],
        items: vec![item("acc_1", "Brightwater Foods"), item("acc_2", "Calder Chemicals")],
        ..PortfolioView::default()
    }
}

/// A portfolio of two accounts.
pub(crate) fn portfolio() -> PortfolioPage {
    PortfolioPage {
        portfolio: held(),
        users: users(),
        teams: vec![team_view()],
        own: true,
        may_transfer: true,
        ..PortfolioPage::default()
    }
}

/// Two accounts before they are handed over.
pub(crate) fn transfer() -> TransferPage {
    let view = |account: &str, name: &str| TransferView {
        account: account.to_owned(),
        name: Some(name.to_owned()),
        state: "preview".to_owned(),
        carried: CarriedView { contacts: 2, versions: 9, ..CarriedView::default() },
        ..TransferView::default()
    };
    TransferPage {
        from: "usr_1".to_owned(),
        total: 2,
        picked: vec!["acc_1".to_owned(), "acc_2".to_owned()],
        items: vec![view("acc_1", "Brightwater Foods"), view("acc_2", "Calder Chemicals")],
        users: users(),
        teams: vec![team_view()],
        key: "k".to_owned(),
        ..TransferPage::default()
    }
}

/// Two reviews, one of which was not taken.
pub(crate) fn reviews() -> ReviewsPage {
    ReviewsPage {
        accounts: Accounts {
            items: vec![item("acc_1", "Brightwater Foods"), item("acc_2", "Calder Chemicals")],
            count: Some(2),
            ..Accounts::default()
        },
        due: "overdue".to_owned(),
        manager: "me".to_owned(),
        users: users(),
        may_record: true,
        today: "2026-11-22".to_owned(),
        fault: Some(("acc_1".to_owned(), "Give a later day.".to_owned())),
        ..ReviewsPage::default()
    }
}

/// One team in the list.
pub(crate) fn teams() -> TeamsPage {
    TeamsPage {
        teams: vec![team_view()],
        entities: vec!["US".to_owned()],
        may_manage: true,
        ..TeamsPage::default()
    }
}

/// The team.
pub(crate) fn team() -> TeamPage {
    TeamPage {
        team: team_view(),
        portfolio: held(),
        entities: vec!["US".to_owned()],
        users: vec![user("usr_3", "Max Hill")],
        may_manage: true,
        fault: None,
    }
}
