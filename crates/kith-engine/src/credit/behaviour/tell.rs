//! Payment behaviour as the faces show it, with the reason of each measure that is not known.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;
use kith_api::view::{AgingView, CollectionView, MoneyView, PaymentBehaviourView};
use kith_domain::credit::Aging;
use kith_domain::value::{AccountId, Currency, EntityCode, Money};
use kith_profile::{COLLECTED_DAYS, PaymentBehaviour};

use super::usage::Usage;

/// All that is told.
pub(super) struct Told {
    pub(super) account: Option<AccountId>,
    pub(super) entity: Option<EntityCode>,
    pub(super) currency: Currency,
    pub(super) day: Date,
    pub(super) accounts: u64,
    pub(super) unrated: u64,
    /// Nothing where an exchange rate is missing.
    pub(super) sums: Option<PaymentBehaviour>,
    /// Nothing for a portfolio.
    pub(super) usage: Option<Usage>,
}

/// Notes why measures are not known.
struct Reasons(BTreeMap<String, String>);

impl Reasons {
    /// A measure to six decimals, or why there is none.
    fn measure(&mut self, name: &str, value: Option<f64>, why: &str) -> Option<f64> {
        self.note(name, value.map(|value| (value * 1e6).round() / 1e6), why)
    }

    fn note<T>(&mut self, name: &str, value: Option<T>, why: &str) -> Option<T> {
        if value.is_none() {
            self.0.insert(name.to_owned(), why.to_owned());
        }
        value
    }
}

pub(super) fn tell(told: &Told) -> PaymentBehaviourView {
    let mut reasons = Reasons(BTreeMap::new());
    let view = PaymentBehaviourView {
        account: told.account.map(|id| id.to_string()),
        entity: told.entity.as_ref().map(ToString::to_string),
        currency: told.currency.code().to_owned(),
        as_of: told.day.to_string(),
        accounts: told.accounts,
        unrated: told.unrated,
        ..PaymentBehaviourView::default()
    };
    let view = match &told.sums {
        Some(sums) => measured(view, sums, told, &mut reasons),
        None => unrated(view, &mut reasons),
    };
    let view = match &told.usage {
        Some(usage) => used(view, usage, &mut reasons),
        None => view,
    };
    PaymentBehaviourView { insufficient: reasons.0, ..view }
}

/// Without a rate nothing can be said.
fn unrated(view: PaymentBehaviourView, reasons: &mut Reasons) -> PaymentBehaviourView {
    const MEASURES: [&str; 16] = [
        "aging",
        "average_days_delinquent",
        "broken_promises",
        "collection_effectiveness",
        "days_beyond_terms",
        "days_beyond_terms_signed",
        "days_to_pay",
        "dispute_rate",
        "dso",
        "dso_best_possible",
        "dso_countback",
        "on_time",
        "on_time_amount",
        "pay_index",
        "sales_90d",
        "weighted_terms_days",
    ];
    reasons.0.extend(MEASURES.map(|name| (name.to_owned(), "rate_missing".to_owned())));
    view
}

fn measured(
    view: PaymentBehaviourView,
    sums: &PaymentBehaviour,
    told: &Told,
    reasons: &mut Reasons,
) -> PaymentBehaviourView {
    let money = |minor: i128| money(minor, told.currency);
    let (judged, sales) = ("nothing_due", "no_sales");
    let short = if sums.sales_90d > 0 { "sales_too_short" } else { sales };
    let from = told.day.saturating_sub(Span::new().days(i32::from(COLLECTED_DAYS) - 1));
    PaymentBehaviourView {
        judged: u64::try_from(sums.judged()).unwrap_or(u64::MAX),
        days_to_pay: reasons.measure("days_to_pay", sums.days_to_pay(), judged),
        weighted_terms_days: reasons.measure("weighted_terms_days", sums.weighted_terms(), "no_invoices"),
        days_beyond_terms: reasons.measure("days_beyond_terms", sums.days_beyond_terms(), judged),
        days_beyond_terms_signed: reasons.measure(
            "days_beyond_terms_signed",
            sums.days_beyond_terms_signed(),
            judged,
        ),
        on_time: reasons.measure("on_time", sums.on_time(), judged),
        on_time_amount: reasons.measure("on_time_amount", sums.on_time_amount(), judged),
        pay_index: reasons.note("pay_index", sums.pay_index(), judged),
        aging: Some(aging(&sums.aging, sums.disputed, told.currency)),
        sales_90d: Some(money(sums.sales_90d)),
        dso: reasons.measure("dso", sums.dso(), sales),
        dso_countback: reasons.measure("dso_countback", sums.dso_countback(), short),
        dso_best_possible: reasons.measure("dso_best_possible", sums.dso_best_possible(), sales),
        average_days_delinquent: reasons.measure("average_days_delinquent", sums.days_delinquent(), sales),
        collection_effectiveness: reasons.measure(
            "collection_effectiveness",
            sums.period.effectiveness(),
            "nothing_to_collect",
        ),
        collection: Some(CollectionView {
            from: from.to_string(),
            to: told.day.to_string(),
            receivables_begin: money(sums.period.begin),
            sales: money(sums.period.sales),
            receivables_end: money(sums.period.end),
            receivables_end_current: money(sums.period.end_current),
        }),
        dispute_rate: reasons.measure("dispute_rate", sums.disputed_share(), "no_invoices"),
        promises_kept: sums.promises_kept,
        promises_broken: sums.promises_broken,
        broken_promises: reasons.measure("broken_promises", sums.broken_promises(), "no_promises"),
        returned_payments: sums.returned,
        ..view
    }
}

fn used(view: PaymentBehaviourView, usage: &Usage, reasons: &mut Reasons) -> PaymentBehaviourView {
    let why = usage.high.as_ref().err().copied().unwrap_or_default();
    let high = reasons.note("high_credit", usage.high.ok(), why);
    let why = usage.used.as_ref().err().copied().unwrap_or_default();
    let shares = usage.used.ok();
    PaymentBehaviourView {
        high_credit: high.map(|(high, _)| high.into()),
        high_credit_on: high.map(|(_, day)| day.to_string()),
        utilisation_average: reasons.measure("utilisation_average", shares.map(|shares| shares.0), why),
        utilisation_peak: reasons.measure("utilisation_peak", shares.map(|shares| shares.1), why),
        ..view
    }
}

fn money(minor: i128, currency: Currency) -> MoneyView {
    Money::new(i64::try_from(minor).unwrap_or(i64::MAX), currency).into()
}

fn aging(aging: &Aging, disputed: i128, currency: Currency) -> AgingView {
    let [current, month, two, three, four, more] = aging.0.map(|minor| money(minor, currency));
    AgingView {
        current,
        days_1_30: month,
        days_31_60: two,
        days_61_90: three,
        days_91_120: four,
        days_over_120: more,
        total: money(aging.total(), currency),
        disputed: money(disputed, currency),
    }
}
