//! The measures as the faces show them.

use std::collections::BTreeMap;

use kith_api::view::{
    AdequacyView, ConfusionRow, CreditAccuracyView, DecisionAccuracyView, FalseView, LimitAccuracyView,
    OtherDecisionView, ShareView, WrongLimitView,
};
use kith_domain::access::Grant;
use kith_domain::credit::{Confusion, Share};
use kith_domain::value::{AccountId, EntityCode, Money};

use super::limits::{Day, LimitDays};
use super::{Frame, Other, Sums};
use crate::caller::Caller;
use crate::engine::Engine;

/// Formulas and version.
const FORMULA: &str = "credit_accuracy@1";
/// What limits and decisions should be right at least (D§3.9).
const TARGET: f64 = 0.985;
/// Rows of a list.
const SHOWN: usize = 20;

fn share_view(share: Share, target: Option<f64>) -> ShareView {
    let rounded = |value: f64| (value * 1e6).round() / 1e6;
    let interval = share.interval();
    ShareView {
        numerator: share.numerator,
        denominator: share.denominator,
        value: share.value().map(rounded),
        low: interval.map(|(low, _)| rounded(low)),
        high: interval.map(|(_, high)| rounded(high)),
        target,
    }
}

fn span(days: &[Day]) -> (String, String) {
    let told = |day: Option<&Day>| day.map(|day| day.date.to_string()).unwrap_or_default();
    (told(days.first()), told(days.last()))
}

impl Engine {
    pub(super) fn accuracy_view(&self, sums: &Sums, frame: &Frame) -> CreditAccuracyView {
        let (from, to) = span(&frame.days);
        let mut wrong: Vec<WrongLimitView> =
            sums.wrong.iter().flat_map(|(id, limits)| self.wrong_views(*id, limits)).collect();
        wrong.sort_by(|one, other| other.days.cmp(&one.days).then_with(|| one.account.cmp(&other.account)));
        let home = self.organisation().currency;
        let of = |(count, minor): (u64, i64)| FalseView {
            count,
            value: home.map(|home| Money::new(minor, home).into()),
        };
        let mut others: Vec<&Other> = sums.others.iter().collect();
        others.sort_by(|one, other| other.reservation.id.cmp(&one.reservation.id));
        let (lag_from, lag_to) = span(&frame.lagged);
        CreditAccuracyView {
            as_of: self.now().to_string(),
            limits: LimitAccuracyView { measure: share_view(sums.limits, Some(TARGET)), from, to, wrong },
            decisions: DecisionAccuracyView {
                measure: share_view(sums.confusion.share(), Some(TARGET)),
                decisions: sums.decisions,
                confusion: confusion_rows(&sums.confusion),
                false_approve: of(sums.false_approve),
                false_hold: of(sums.false_hold),
                others: others.into_iter().map(other_view).collect(),
            },
            adequacy: AdequacyView {
                measure: share_view(sums.fits, None),
                from: lag_from,
                to: lag_to,
                too_tight: sums.too_tight,
                too_loose: sums.too_loose,
            },
            formula: FORMULA.to_owned(),
        }
    }

    /// The report with those accounts that the caller may see credit of.
    pub(super) fn accuracy_for(&self, caller: &Caller, view: &CreditAccuracyView) -> CreditAccuracyView {
        let mut view = view.clone();
        let sees = |account: &str| {
            let owner = account.parse::<AccountId>().ok().and_then(|id| self.owner_of(id));
            owner.is_some_and(|owner| caller.principal.may(Grant::CreditRead, Some(&owner)))
        };
        view.limits.wrong.retain(|row| sees(&row.account));
        view.limits.wrong.truncate(SHOWN);
        view.decisions.others.retain(|row| sees(&row.account));
        view.decisions.others.truncate(SHOWN);
        view
    }

    fn wrong_views(&self, id: AccountId, limits: &LimitDays) -> Vec<WrongLimitView> {
        let mut by_entity: BTreeMap<&EntityCode, WrongLimitView> = BTreeMap::new();
        for ((entity, day), wrong) in &limits.wrong {
            let row = by_entity.entry(entity).or_insert_with(|| WrongLimitView {
                account: id.to_string(),
                name: self.account_name(&id.to_string()).unwrap_or_default(),
                entity: entity.to_string(),
                from: day.to_string(),
                ..WrongLimitView::default()
            });
            row.to = day.to_string();
            row.days = row.days.saturating_add(1);
            row.enforced = wrong.enforced.map(Into::into);
            row.implied = wrong.implied.map(Into::into);
        }
        by_entity.into_values().collect()
    }
}

fn confusion_rows(confusion: &Confusion) -> Vec<ConfusionRow> {
    let row = |made: kith_domain::credit::Outcome| {
        let [approve, warning, hold, reject] =
            Confusion::OUTCOMES.map(|replayed| confusion.cell(made, replayed));
        ConfusionRow {
            decided: made.as_str().to_owned(),
            approve,
            approve_with_warning: warning,
            hold,
            reject,
        }
    };
    Confusion::OUTCOMES.into_iter().map(row).collect()
}

fn other_view(other: &Other) -> OtherDecisionView {
    let draft = other.reservation.state.draft.as_ref();
    OtherDecisionView {
        id: draft.map(|draft| draft.id.clone()).unwrap_or_default(),
        account: draft.map(|draft| draft.account.to_string()).unwrap_or_default(),
        entity: draft.map(|draft| draft.entity.to_string()).unwrap_or_default(),
        amount: draft.map(|draft| draft.amount.into()),
        decided_at: other.reservation.state.decided_at.map(|at| at.to_string()).unwrap_or_default(),
        decided: other.made.as_str().to_owned(),
        replayed: other.replayed.outcome.as_str().to_owned(),
        reasons: other.replayed.reasons.iter().map(|reason| reason.code.clone()).collect(),
    }
}
