//! What happened last, of the accounts in a scope.

use kith_api::view::HappeningView;
use kith_query::top;
use kith_store::Fault;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::read::{instant, tell};
use crate::table::Accounts;

/// Happenings that are shown.
const SHOWN: usize = 12;
/// Touchpoints that are read in one go.
const READ: u32 = 100;
/// How often is read before it is given up: somebody who sees few accounts is not worth reading the whole log.
const TRIES: u32 = 6;

impl Engine {
    /// The latest touchpoints of the accounts in a scope, the latest first.
    pub(super) async fn happenings(
        &self,
        caller: &Caller,
        within: &str,
    ) -> Result<Vec<HappeningView>, Fault> {
        let Some(scope) = self.own_filter(within) else { return Ok(Vec::new()) };
        let (engine, caller) = (self.clone(), caller.clone());
        let head = self.position();
        self.store()
            .read(move |reader| {
                let (mut found, mut until) = (Vec::new(), head);
                for _ in 0..TRIES {
                    let from = until.saturating_sub(u64::from(READ));
                    let page = reader.touchpoints_after(from, READ)?;
                    let accounts = Accounts::new(&engine, &caller, None).with_dormant(true);
                    for touchpoint in page.into_iter().rev().filter(|one| one.position <= until) {
                        let stored = &touchpoint.stored;
                        let row = accounts.inner().canonical(stored.account_row);
                        let wanted = top::passes(&scope, &accounts, row);
                        let dead = engine.corrections().is_dead(&stored.source, &stored.id);
                        let Some(entry) = accounts.inner().entry(row).filter(|_| wanted && !dead) else {
                            continue;
                        };
                        let data = serde_json::from_str(&stored.clear).unwrap_or_default();
                        let told = tell(&stored.kind, &data);
                        found.push(HappeningView {
                            position: touchpoint.position,
                            account: entry.id.to_string(),
                            name: entry.name.to_string(),
                            group: told.group.to_owned(),
                            title: told.title,
                            occurred_at: instant(stored.at_ms),
                            alert: told.alert,
                        });
                        if found.len() == SHOWN {
                            return Ok(found);
                        }
                    }
                    until = from;
                    if until == 0 {
                        break;
                    }
                }
                Ok(found)
            })
            .await
    }
}
