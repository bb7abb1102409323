//! Tax profiles, how a sale is taxed, and what expires, over REST.

use kith_api::request::{ReasonGiven, TaxAsk};
use kith_domain::account::Command as AccountCommand;
use kith_domain::value::TaxProfileId;
use kith_engine::ExpiryRequest;

use super::{Call, account, invalid};
use crate::reply::{Reply, Stop, json};

pub(super) async fn resolve(call: Call) -> Reply {
    let ask: TaxAsk = call.read()?;
    json(200, &call.engine.tax(&call.caller, &ask).await??)
}

fn row(call: &Call) -> Result<TaxProfileId, Stop> {
    let missing = || Stop::new(404, "account.tax_profile_not_found", "The account has no such tax profile.");
    call.place("row").parse().map_err(|_| missing())
}

pub(super) async fn verify(call: Call) -> Reply {
    let id = row(&call);
    account::act(call, |_| Ok(AccountCommand::VerifyTaxProfile { id: id? }), 200).await
}

pub(super) async fn revoke(call: Call) -> Reply {
    let (id, request) = (row(&call), call.read::<ReasonGiven>());
    let command = |_| Ok(AccountCommand::RevokeTaxProfile { id: id?, reason: request?.reason });
    account::act(call, command, 200).await
}

pub(super) async fn expiries(call: Call) -> Reply {
    let within_days = match call.param("within_days") {
        None => 90,
        Some(text) => {
            let days = text.parse().ok().filter(|days| (0..=730).contains(days));
            days.ok_or_else(|| invalid("within_days", "out_of_range", "expected 0 to 730 days"))?
        }
    };
    let kind = call.param("kind");
    if kind.as_deref().is_some_and(|kind| !["tax_certificate", "vat_validation", "document"].contains(&kind))
    {
        let message = "expected tax_certificate, vat_validation or document";
        return Err(invalid("kind", "not_allowed", message));
    }
    let request = ExpiryRequest { within_days, kind, account: call.param("account") };
    json(200, &call.engine.expiries(&call.caller, &request).await??)
}
