//! The risk class of an account, for whoever decides by it: credit, and the moves of a life.

use kith_domain::account::Account;
use kith_domain::risk::Risk;
use kith_risk::RiskClass;
use kith_store::{Fault, Reader};

use super::inputs::Known;
use crate::engine::Engine;
use crate::noun::load;

impl Engine {
    /// The class of an account after what a person says of it. Nothing where it never paid and neither a bureau nor its
    /// books tell anything: who is not known is not judged.
    pub(crate) fn risk_class(
        &self,
        reader: &mut Reader<'_>,
        row: u32,
        account: &Account,
    ) -> Result<Option<RiskClass>, Fault> {
        let risk = load::<Risk>(reader, &account.id.to_string())?.state;
        let history = self.living().credit_history(row, None).unwrap_or_default();
        if history.paid_months == 0 && risk.bureau.is_none() && risk.books.is_none() {
            return Ok(None);
        }
        let organisation = self.organisation();
        let day = self.day();
        let currency =
            organisation.currency.ok_or_else(|| Fault::corrupt("an organisation without a currency"))?;
        let limit = account.credit_limit.and_then(|limit| organisation.convert(limit, currency, day));
        let known = Known {
            account: account.clone(),
            risk,
            history,
            limit,
            currency,
            day,
            now: self.now(),
            limits: Vec::new(),
        };
        Ok(Some(known.assess().1))
    }
}
