//! Reminds account managers of the reviews that fell due when a day was opened.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use kith_domain::context::Context;
use kith_domain::notification::NotificationKind;
use kith_domain::value::UserId;
use kith_store::{Fault, Unit};

use crate::caller::Caller;
use crate::directory::epoch_day;
use crate::effect::Effect;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::gate::{News, tell};
use crate::list::{LIMIT_MAX, ListRequest};

/// Most accounts that a reminder names.
const NAMED: usize = 3;

/// Accounts of one manager: id and name.
type Due = Vec<(String, String)>;

impl Engine {
    /// Tells each account manager whose reviews fell due after `since`, up to the open day; says how many were told.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write; who was told before stays told.
    pub(crate) async fn remind_of_reviews(&self, since: Option<Date>) -> Result<usize, Fault> {
        let days = since.map_or(1, |since| epoch_day(self.day()).saturating_sub(epoch_day(since)));
        let due = self.due_by_manager(days.max(1));
        let told = due.len();
        for (manager, accounts) in due {
            let (engine, caller) = (self.clone(), Caller::system());
            let context = caller.context(self.now());
            let send =
                move |unit: &mut Unit<'_>| send(&engine, unit, &caller, &context, (manager, &accounts));
            let effects = self.store().write(send).await?;
            self.apply_effects(effects).await;
        }
        Ok(told)
    }

    /// The accounts whose review fell due within so many days, today among them.
    fn due_by_manager(&self, days: i64) -> BTreeMap<UserId, Due> {
        let mut request = ListRequest {
            filter: format!("next_review_on <= today() && next_review_on > today() - days({days})"),
            fields: vec!["account_manager".to_owned()],
            limit: Some(LIMIT_MAX),
            ..ListRequest::default()
        };
        let mut due = BTreeMap::<UserId, Due>::new();
        // The filter is our own: it is refused only if the fields are gone, and then nobody is reminded.
        while let Ok(page) = self.list(&Caller::system(), &request) {
            for item in &page.items {
                let text = |name: &str| item.get(name).and_then(|value| value.as_str());
                let manager = text("account_manager").and_then(|user| user.parse().ok());
                if let (Some(manager), Some(id), Some(name)) = (manager, text("id"), text("name")) {
                    due.entry(manager).or_default().push((id.to_owned(), name.to_owned()));
                }
            }
            request.cursor = page.next_cursor;
            if request.cursor.is_none() {
                break;
            }
        }
        due
    }
}

fn send(
    engine: &Engine,
    unit: &mut Unit<'_>,
    caller: &Caller,
    context: &Context,
    (manager, accounts): (UserId, &Due),
) -> Result<Vec<Effect>, Fault> {
    let organisation = engine.organisation_in(unit)?;
    let mut walk = Walk { engine, unit, caller, context, organisation, effects: Vec::new() };
    let about = match accounts.as_slice() {
        [(id, _)] => id,
        _ => "reviews",
    };
    let news = News { kind: NotificationKind::ReviewDue, text: sentence(accounts), about };
    tell(&mut walk, &BTreeSet::from([manager]), &news)?;
    Ok(walk.effects)
}

fn sentence(accounts: &Due) -> String {
    let named: Vec<&str> = accounts.iter().take(NAMED).map(|(_, name)| name.as_str()).collect();
    match (named.as_slice(), accounts.len().saturating_sub(NAMED)) {
        ([one], _) => format!("The review of {one} is due."),
        (_, 0) => format!("The reviews of {} are due.", named.join(", ")),
        (_, more) => format!("The reviews of {} and {more} more are due.", named.join(", ")),
    }
}
