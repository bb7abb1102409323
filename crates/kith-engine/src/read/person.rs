//! Who asks, as they see themselves; and the rates of exchange.

use jiff::civil::Date;
use kith_api::view::{Page, PersonView, RateView};
use kith_domain::access::Grant;
use kith_domain::user::User;
use kith_store::Fault;

use super::people::user_view;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::load;

fn cursor(rate: &RateView) -> String {
    format!("{}.{}.{}", rate.day, rate.base, rate.quote)
}

fn is_cursor(text: &str) -> bool {
    let mut parts = text.split('.');
    parts.next().is_some_and(|day| day.parse::<Date>().is_ok()) && parts.count() == 2
}

impl Engine {
    /// The person who asks; `None` for Kith itself.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn person(&self, caller: &Caller) -> Result<Option<PersonView>, Fault> {
        let Some(id) = caller.principal.user() else { return Ok(None) };
        let user = self.store().read(move |reader| load::<User>(reader, &id.to_string())).await?.state;
        let grants = Grant::ALL.iter().filter(|grant| caller.principal.may(**grant, None));
        Ok(Some(PersonView {
            user: user_view(&user),
            grants: grants.map(|grant| grant.as_str().to_owned()).collect(),
        }))
    }

    /// A page of the rates of exchange, newest day first; `None` when the cursor is none.
    #[must_use]
    pub fn rates(
        &self,
        base: Option<&str>,
        quote: Option<&str>,
        after: Option<&str>,
        limit: usize,
    ) -> Option<Page<RateView>> {
        if after.is_some_and(|after| !is_cursor(after)) {
            return None;
        }
        let organisation = self.organisation();
        let wanted = |code: &str, asked: Option<&str>| asked.is_none_or(|asked| asked == code);
        let mut rates: Vec<_> = organisation
            .rates
            .iter()
            .filter(|rate| wanted(rate.base.code(), base) && wanted(rate.quote.code(), quote))
            .collect();
        rates.sort_by(|one, other| other.day.cmp(&one.day));
        let shown = rates.into_iter().map(|rate| RateView {
            base: rate.base.code().to_owned(),
            quote: rate.quote.code().to_owned(),
            day: rate.day.to_string(),
            rate: rate.rate.to_string(),
            source: rate.source.clone(),
        });
        Some(Page::behind(shown.collect(), after, limit, cursor))
    }
}
