//! Whose limit is meant: one legal entity's, or the account's own where it trades with one entity only.

use kith_domain::organisation::Organisation;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::EntityCode;
use kith_store::Fault;

use super::inputs::Known;
use crate::caller::Caller;
use crate::engine::Engine;

/// What is known for a limit, and the entity whose own limit it is; nothing for the account's.
pub(super) struct KnownLimit {
    pub(super) known: Known,
    pub(super) scope: Option<EntityCode>,
}

fn ambiguous(codes: &[EntityCode]) -> Refusal {
    let codes: Vec<&str> = codes.iter().map(EntityCode::as_str).collect();
    let message = format!("It trades with {}: the limit of which is meant?", codes.join(", "));
    let way_out = "Name the legal entity (`entity`).";
    Refusal::new(RefusalKind::Unprocessable, "limit.entity_ambiguous", message.clone(), way_out)
        .with_fields(vec![FieldFault::new("/entity", "entity_ambiguous", message)])
}

/// The entities of numbers as facts carry them.
fn codes(organisation: &Organisation, numbers: &[u8]) -> Vec<EntityCode> {
    let place = |number: &u8| usize::from(*number).checked_sub(1);
    let found = numbers.iter().filter_map(place).filter_map(|place| organisation.entities.get(place));
    found.map(|entity| entity.code.clone()).collect()
}

impl Engine {
    /// What is known of an account for a limit. Where no entity is named it is looked at as the only one that it trades
    /// with sees it, or as the one that owns it; with several it has to be said which.
    pub(super) async fn known_limit(
        &self,
        caller: &Caller,
        name: &str,
        entity: Option<&str>,
    ) -> Result<Result<KnownLimit, Refusal>, Fault> {
        if let Some(code) = entity {
            let known = self.known_risk(caller, name, Some(code)).await?;
            return Ok(known.map(|known| KnownLimit { known, scope: code.parse().ok() }));
        }
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let account = &loaded.state;
        let row = loaded.row.or_else(|| self.find_account(name).map(|found| found.0)).unwrap_or(u32::MAX);
        let trades = codes(&self.organisation(), &self.living().trades_with(row));
        let only = match trades.as_slice() {
            [] => account.owning_entity.clone(),
            [one] => one.clone(),
            several => {
                // Who may not read the account's credit learns nothing of its business.
                let known = self.known_risk(caller, name, None).await?;
                return Ok(known.and_then(|_| Err(ambiguous(several))));
            }
        };
        let has_own = account.overrides.get(&only).is_some_and(|own| own.credit_limit.is_some());
        let known = self.known_risk(caller, name, Some(only.as_str())).await?;
        Ok(known.map(|known| KnownLimit { known, scope: has_own.then_some(only) }))
    }
}
