//! What a scorecard sees of an account: its columns as texts, and what the card in force says.

use kith_api::view::ScorecardUsed;
use kith_domain::account::Account;
use kith_domain::risk::Risk;
use kith_risk::scorecard::Scored;
use kith_store::{Fault, Reader};

use super::inputs::Known;
use crate::engine::Engine;
use crate::noun::load;
use crate::scorecard::{COLUMNS, reasons};

impl Known {
    /// A column of the account; what is not known is empty.
    fn feature(&self, name: &str) -> String {
        let number = |value: Option<f64>| value.map(|value| value.to_string());
        let count = |value: u32| Some(value.to_string());
        let (behaviour, history) = (self.behaviour(), &self.history);
        let bureau = self.risk.bureau.as_ref();
        let value = match name {
            "days_beyond_terms" => number(behaviour.days_beyond_terms),
            "on_time_amount" => number(behaviour.on_time_amount),
            "utilisation_p90" => number(behaviour.utilisation_p90),
            "overdue_60_share" => number(behaviour.overdue_60_share),
            "broken_promises_180d" => count(history.broken_180d),
            "returned_payments_365d" => count(history.returned_365d),
            "tenure_months" => count(self.tenure_months()),
            "orders_decline" => behaviour.is_declining.map(|is| if is { "yes" } else { "no" }.to_owned()),
            "trend_per_week" => number(history.trend_per_week),
            "terms_days" => number(history.terms_days),
            "paid_invoices" => count(history.paid_invoices),
            "paid_months" => count(history.paid_months),
            "history_days" => count(history.history_days),
            "bureau_score" => {
                number(bureau.and_then(|told| told.scale.score(told.value_millionths as f64 / 1e6).ok()))
            }
            "altman_z" => number(self.financials().and_then(|books| books.z())),
            "customer_type" => Some(self.account.customer_type.as_str().to_owned()),
            "tier" => Some(self.account.tier.as_str().to_owned()),
            _ => None,
        };
        value.unwrap_or_default()
    }

    /// What the scorecard in force says of the account, if one is.
    pub(super) fn by_scorecard<T>(&self, told: impl Fn(&Scored<'_>) -> T) -> Option<T> {
        let active = self.card.as_ref()?;
        let texts: Vec<String> =
            active.card.variables.iter().map(|variable| self.feature(&variable.name)).collect();
        Some(told(&active.card.score(|at| texts.get(at).map_or("", String::as_str))))
    }

    /// The version in force and what it says, as it is shown.
    pub(super) fn scorecard_used(&self) -> Option<ScorecardUsed> {
        let version = self.card.as_ref()?.version;
        self.by_scorecard(|judged| ScorecardUsed {
            version,
            points: (judged.points * 1e2).round() / 1e2,
            probability: (judged.probability * 1e6).round() / 1e6,
            reasons: reasons(judged),
        })
    }
}

impl Engine {
    /// How an account looked so many days ago, in the order of the columns; nothing where it had not been invoiced yet.
    pub(crate) fn looked(
        &self,
        reader: &mut Reader<'_>,
        row: u32,
        account: &Account,
        back: u16,
    ) -> Result<Option<Vec<String>>, Fault> {
        let risk = load::<Risk>(reader, &account.id.to_string())?.state;
        let known = self.known_on(row, account, risk, back)?;
        let texts = COLUMNS.iter().map(|name| known.feature(name));
        Ok((known.history.paid_invoices > 0).then(|| texts.collect()))
    }
}
