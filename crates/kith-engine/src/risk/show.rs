//! The risk of an account, and the limit that its behaviour is worth, as they are shown.

use kith_api::view::{
    BooksView, BureauView, ContributionView, CounterfactualView, LimitProposalView, OverrideView, RailView,
    RiskDriverView, RiskView,
};
use kith_domain::access::Grant;
use kith_domain::refusal::Refusal;
use kith_domain::risk::Risk;
use kith_domain::value::Money;
use kith_risk::RiskClass;
use kith_risk::limit::{LimitInputs, LimitPolicy, Proposal, propose};
use kith_risk::score::{Assessment, FORMULA};
use kith_store::Fault;
use serde_json::{Map, Value, json};

use super::inputs::{Known, limits};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::list::invalid;
use crate::noun::load;
use crate::permit;

/// What an account is worth, whatever was asked for it.
#[derive(Debug)]
pub(crate) struct Worth {
    /// The limit that its history, or the guard rails of a first one, allow.
    pub(crate) limit: Money,
    /// Whether that is as much as the limit that was asked for; nothing without a rate.
    pub(crate) is_enough: Option<bool>,
    /// What held it back.
    pub(crate) rails: Vec<String>,
}

impl Engine {
    /// Gathers what is known of an account's risk, of the whole company or of one legal entity.
    pub(super) async fn known_risk(
        &self,
        caller: &Caller,
        name: &str,
        entity: Option<&str>,
    ) -> Result<Result<Known, Refusal>, Fault> {
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !caller.principal.may(Grant::CreditRead, Some(&loaded.state.owning_entity)) {
            return Ok(Err(permit::denied_for(Grant::CreditRead, &loaded.state.owning_entity)));
        }
        let organisation = self.organisation();
        let seen_from = match entity {
            Some(code) => match organisation.entities.iter().find(|held| held.code.as_str() == code) {
                Some(found) => Some(found.clone()),
                None => {
                    return Ok(Err(invalid(
                        "entity",
                        "unknown_entity",
                        format!("There is no entity {code:?}."),
                    )));
                }
            },
            None => None,
        };
        let home =
            organisation.currency.ok_or_else(|| Fault::corrupt("an organisation without a currency"))?;
        let (day, account) = (self.day(), loaded.state.clone());
        let (currency, limit) = match &seen_from {
            Some(entity) => {
                let seen = account.seen_by(entity, &organisation, day);
                (entity.currency, seen.account.credit_limit)
            }
            None => (home, account.credit_limit),
        };
        let limit = limit.and_then(|limit| organisation.convert(limit, currency, day));
        let row = loaded.row.or_else(|| self.find_account(name).map(|found| found.0)).unwrap_or(u32::MAX);
        let history = self.living().credit_history(row, entity).unwrap_or_default();
        let (id, stream) = (loaded.id.clone(), loaded.stream());
        let of_entity = entity.filter(|code| {
            account.overrides.iter().any(|(held, said)| held.as_str() == *code && said.credit_limit.is_some())
        });
        let (of_entity, engine) = (of_entity.map(str::to_owned), self.clone());
        let (risk, limits) = self
            .store()
            .read(move |reader| {
                engine.follow_cards(reader)?;
                let risk = load::<Risk>(reader, &id)?.state;
                Ok((risk, limits(reader, &stream, of_entity.as_deref())?))
            })
            .await?;
        let (now, card) = (self.now(), self.card_now());
        Ok(Ok(Known { account, risk, history, limit, currency, day, now, limits, card }))
    }

    /// Score, class and what they are made of.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn account_risk(
        &self,
        caller: &Caller,
        name: &str,
    ) -> Result<Result<RiskView, Refusal>, Fault> {
        let known = match self.known_risk(caller, name, None).await? {
            Ok(known) => known,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let personal = caller.principal.may(Grant::PersonalRead, Some(&known.account.owning_entity));
        let (assessment, class) = known.assess();
        Ok(Ok(self.risk_view(&known, &assessment, class, personal)))
    }

    /// The limit that the account's behaviour is worth, and why.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn limit_proposal(
        &self,
        caller: &Caller,
        name: &str,
        entity: Option<&str>,
    ) -> Result<Result<LimitProposalView, Refusal>, Fault> {
        let limit = match self.known_limit(caller, name, entity).await? {
            Ok(limit) => limit,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let scope = limit.scope.as_ref().map(|code| code.as_str());
        let (inputs, proposal) = self.proposed(&limit.known);
        Ok(Ok(proposal_view(&limit.known, scope, &inputs, &proposal)))
    }

    /// The limit that an account is worth as if none had been set; nothing where it cannot be told.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub(crate) async fn limit_worth(&self, caller: &Caller, name: &str) -> Result<Option<Worth>, Fault> {
        let Ok(limit) = self.known_limit(caller, name, None).await? else { return Ok(None) };
        let known = Known { limit: None, ..limit.known };
        let (_, proposal) = self.proposed(&known);
        let limit = Money::new(proposal.proposed_minor, known.currency);
        let asked = known.account.credit_limit;
        let asked = asked.and_then(|asked| self.organisation().convert(asked, known.currency, known.day));
        let rails = proposal.rails.into_iter().map(|rail| rail.text).collect();
        Ok(Some(Worth { limit, is_enough: asked.map(|asked| asked.minor <= limit.minor), rails }))
    }

    /// The limit that behaviour is worth.
    pub(super) fn proposed(&self, known: &Known) -> (LimitInputs, Proposal) {
        let (_, class) = known.assess();
        let inputs = known.limit_inputs(&self.organisation(), class);
        let scale = 10_i64.saturating_pow(known.currency.exponent().into());
        let proposal = propose(&inputs, &LimitPolicy::standard(scale));
        (inputs, proposal)
    }

    fn risk_view(
        &self,
        known: &Known,
        assessment: &Assessment,
        class: RiskClass,
        personal: bool,
    ) -> RiskView {
        let points = |milli: i64| milli as f64 / 1_000.0;
        let drivers = assessment.drivers.iter().map(|driver| RiskDriverView {
            id: driver.id.clone(),
            label: driver.label.clone(),
            contribution: points(driver.milli),
            most: points(driver.most_milli),
        });
        RiskView {
            account: known.account.id.to_string(),
            score: points(assessment.score_milli),
            class: class.to_string(),
            class_of_score: assessment.class.to_string(),
            internal: assessment.internal.map(rounded),
            external: assessment.external.map(rounded),
            credibility: rounded(assessment.credibility),
            drivers: drivers.collect(),
            inputs: behaviour(known),
            bureau: known.risk.bureau.as_ref().map(|report| BureauView {
                bureau: report.bureau.clone(),
                scale: report.scale.as_str().to_owned(),
                value: report.value_millionths as f64 / 1e6,
                score: report.scale.score(report.value_millionths as f64 / 1e6).unwrap_or(0.0),
                reported_on: report.reported_on.to_string(),
                recommended_limit: report.recommended_limit.map(Into::into),
                insured_limit: report.insured_limit.map(Into::into),
                insolvent: report.is_insolvent,
            }),
            financials: known.risk.books.as_ref().map(|books| {
                let told = known.financials();
                BooksView {
                    statement_on: books.statement_on.to_string(),
                    figures: books
                        .figures()
                        .into_iter()
                        .map(|(name, money)| (name.to_owned(), money.into()))
                        .collect(),
                    z: told.and_then(|told| told.z()).map(rounded),
                    zone: told.and_then(|told| told.zone()).map(|zone| zone.as_str().to_owned()),
                    z_emerging: told.and_then(|told| told.z_emerging()).map(rounded),
                    zone_emerging: told
                        .and_then(|told| told.zone_emerging())
                        .map(|zone| zone.as_str().to_owned()),
                }
            }),
            class_override: known.risk.class_override.as_ref().map(|moved| OverrideView {
                notches: moved.notches,
                reason: moved.reason.get().filter(|_| personal).cloned(),
                by: moved.by.and_then(|by| self.user_name(&by.to_string())),
                set_at: moved.set_at.to_string(),
                expires_at: moved.expires_at.to_string(),
                expired: moved.expires_at <= known.now,
            }),
            scorecard: known.scorecard_used(),
            formula: FORMULA.to_owned(),
            as_of: known.now.to_string(),
        }
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// What the expert card looked at.
fn behaviour(known: &Known) -> Map<String, Value> {
    let behaviour = known.behaviour();
    let history = &known.history;
    let inputs = json!({
        "days_beyond_terms": behaviour.days_beyond_terms.map(rounded),
        "on_time_amount": behaviour.on_time_amount.map(rounded),
        "utilisation_p90": behaviour.utilisation_p90.map(rounded),
        "overdue_60_share": behaviour.overdue_60_share.map(rounded),
        "returned_payments_365d": history.returned_365d,
        "tenure_months": behaviour.tenure_months,
        "orders_decline": behaviour.is_declining,
        "paid_months": history.paid_months,
        "paid_invoices": history.paid_invoices,
    });
    inputs.as_object().cloned().unwrap_or_default()
}

/// What the limit looked at, in words and figures.
pub(super) fn told_inputs(known: &Known, inputs: &LimitInputs) -> Map<String, Value> {
    let money = |minor: i64| json!(kith_api::view::MoneyView::from(Money::new(minor, known.currency)));
    let told = json!({
        "credit_sales_90d": money(inputs.sales_90d_minor),
        "terms_days": rounded(inputs.terms_days),
        "trend_per_week": rounded(inputs.trend_per_week),
        "risk_class": inputs.class,
        "scorecard": known.card.as_ref().map(|card| card.version),
        "days_beyond_terms": rounded(inputs.days_beyond_terms),
        "on_time_amount": rounded(inputs.on_time_amount),
        "returned_payments_365d": inputs.returned_payments_365d,
        "broken_promises_180d": inputs.broken_promises_180d,
        "history_days": inputs.history_days,
        "paid_invoices": inputs.paid_invoices,
        "exposure": money(inputs.guard.exposure_minor),
        "days_since_raise": inputs.guard.days_since_raise,
        "in_probation": inputs.guard.in_probation,
        "on_watch": inputs.guard.on_watch,
        "holds": known.holds().len(),
    });
    told.as_object().cloned().unwrap_or_default()
}

pub(super) fn proposal_view(
    known: &Known,
    entity: Option<&str>,
    inputs: &LimitInputs,
    proposal: &Proposal,
) -> LimitProposalView {
    let money = |minor: i64| Money::new(minor, known.currency).into();
    let contributions = proposal.contributions.iter().map(|step| ContributionView {
        id: step.id.clone(),
        label: step.label.clone(),
        amount: money(step.minor),
    });
    let counterfactuals = proposal.counterfactuals.iter().map(|other| CounterfactualView {
        input: other.input.clone(),
        from: other.from.clone(),
        to: other.to.clone(),
        limit: money(other.limit_minor),
    });
    LimitProposalView {
        account: known.account.id.to_string(),
        entity: entity.map(str::to_owned),
        currency: known.currency.code().to_owned(),
        outcome: proposal.outcome.as_str().to_owned(),
        current: known.limit.map(Into::into),
        proposed: money(proposal.proposed_minor),
        target: money(proposal.target_minor),
        raw: money(proposal.raw_minor),
        need: money(proposal.need_minor),
        class: inputs.class.to_string(),
        inputs: told_inputs(known, inputs),
        contributions: contributions.collect(),
        guard_rails: proposal
            .rails
            .iter()
            .map(|rail| RailView { code: rail.code.clone(), text: rail.text.clone() })
            .collect(),
        counterfactuals: counterfactuals.collect(),
        formula: proposal.formula.clone(),
        as_of: known.now.to_string(),
    }
}
