//! Made-up accounts, changes and touchpoints, for looking at the pages and for their tests.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kith_api::view::SavedView;

use super::clock::Clock;
use super::page::SignIn;
use super::shell::{NavCounts, Reader, Section, Shell};

mod account;
mod accounts;
mod alert;
mod care;
mod catalogue;
mod change;
mod duplicate;
mod home;
mod order;
mod profile;

pub(crate) use account::{account_page, metric_page, new_account_page};
pub(crate) use accounts::{accounts_page, all_accounts, answered, clarifying, faulty_filter};
pub(crate) use alert::alerts;
pub(crate) use care::{portfolio, reviews, team, teams, transfer};
pub(crate) use catalogue::catalogues;
pub(crate) use change::{changes, limit_raise, quarantine, stale_change};
pub(crate) use duplicate::duplicates;
pub(crate) use home::{asked, first_run, home, inbox};
pub(crate) use order::{held_order, orders};

/// The frame around a page, read on 22 November 2026 at 09:44 UTC.
pub(crate) fn shell(title: &str, active: Section) -> Shell {
    let view = |id: &str, name: &str| SavedView {
        id: id.to_owned(),
        name: name.to_owned(),
        pinned: true,
        ..SavedView::default()
    };
    Shell {
        title: title.to_owned(),
        reader: Reader {
            id: String::new(),
            name: "Jo Marchetti".to_owned(),
            role_line: "Account manager · GMT".to_owned(),
        },
        organisation: "Meridian Parts & Freight".to_owned(),
        counts: NavCounts {
            accounts: Some(1_284),
            reviews: Some(2),
            changes: Some(4),
            alerts: Some(2),
            duplicates: Some(2),
            screening: Some(2),
            unread: Some(2),
            quarantine: Some(3),
            may_credit: true,
            may_audit: true,
            may_import: true,
        },
        views: vec![
            view("viw_1", "Premium, slipping"),
            view("viw_2", "Not ordered for 60 days"),
            view("viw_3", "Overdue over €10k"),
            view("viw_4", "My accounts"),
        ],
        active,
        live: true,
        csrf: "csrf-token".to_owned(),
        clock: Clock { now: Timestamp::constant(1_795_340_640, 0), zone: TimeZone::UTC },
        look: kith_domain::user::Preferences::default(),
    }
}

/// The sign-in page.
pub(crate) fn sign_in(error: Option<&str>) -> SignIn {
    SignIn {
        error: error.map(str::to_owned),
        email: if error.is_some() { "jo@norvane.example".to_owned() } else { String::new() },
        next: "/accounts".to_owned(),
        csrf: "csrf-token".to_owned(),
    }
}
