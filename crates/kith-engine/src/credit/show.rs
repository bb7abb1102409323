//! Credit as the faces show it.

use kith_api::view::{
    BucketsView, CreditDecisionView, CreditReasonView, CreditView, GroupCreditView, Page, ReservationView,
};
use kith_domain::access::Grant;
use kith_domain::credit::{Decision, NEVER_HEARD, utilisation};
use kith_domain::organisation::LegalEntity;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::reservation::{Reservation, refusal};
use kith_domain::value::{AccountId, EntityCode, Money};
use kith_store::{Fault, Noun};

use super::act::Act;
use super::desk::Sitting;
use super::known::Customer;
use super::{Reserved, Told};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::read;
use crate::permit;

/// A decision as the faces show it.
#[must_use]
pub fn decision_view(decision: &Decision) -> CreditDecisionView {
    CreditDecisionView {
        outcome: decision.outcome.as_str().to_owned(),
        limit: decision.limit.map(Into::into),
        exposure: decision.exposure.map(Into::into),
        available_before: decision.available_before.map(Into::into),
        available_after: decision.available_after.map(Into::into),
        utilisation_after: decision.utilisation_after,
        reasons: decision
            .reasons
            .iter()
            .map(|reason| CreditReasonView {
                code: reason.code.clone(),
                severity: severity(reason.severity).to_owned(),
                text: reason.text.clone(),
                values: reason.values.clone(),
            })
            .collect(),
        data_as_of: decision.data_as_of.to_string(),
        policy_version: decision.policy_version,
        position: decision.position,
    }
}

fn severity(severity: kith_domain::credit::Severity) -> &'static str {
    use kith_domain::credit::Severity;
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Hold => "hold",
        Severity::Reject => "reject",
    }
}

impl Reserved {
    /// The reservation as the faces show it.
    #[must_use]
    pub fn view(&self) -> ReservationView {
        let Reservation { draft, decision, amount, order_no, .. } = &self.reservation;
        let draft = draft.as_ref();
        let holds = self.reservation.held_at(self.at).is_some();
        let state = self.reservation.state_at(self.at);
        ReservationView {
            id: draft.map(|draft| draft.id.clone()).unwrap_or_default(),
            account: draft.map(|draft| draft.account.to_string()).unwrap_or_default(),
            account_name: None,
            entity: draft.map(|draft| draft.entity.to_string()).unwrap_or_default(),
            amount: amount.map(Into::into),
            order_no: order_no.clone(),
            state: state.map(|state| state.as_str().to_owned()).unwrap_or_default(),
            holds,
            decided_at: self.reservation.decided_at.map(|at| at.to_string()).unwrap_or_default(),
            expires_at: self.reservation.expires_at.filter(|_| self.goes()).map(|at| at.to_string()),
            resolved_at: self.reservation.resolved_at.map(|at| at.to_string()),
            decision: decision.as_deref().map(decision_view),
            amend_decision: self.reservation.amend_decision.as_deref().map(decision_view),
        }
    }
}

impl Engine {
    /// A reservation by its id.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn reservation(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Result<ReservationView, Refusal>, Fault> {
        let id = id.to_owned();
        let found = self
            .store()
            .read(move |reader| reader.document_by(Noun::Reservation, ("client_id", (&id).into())))
            .await?;
        let Some(reservation) = found.map(read::<Reservation>).transpose()?.map(|found| found.state) else {
            return Ok(Err(refusal::not_found()));
        };
        let account = reservation.draft.as_ref().map(|draft| draft.account.to_string()).unwrap_or_default();
        if self.load_account(caller, &account).await?.is_err() {
            return Ok(Err(refusal::not_found()));
        }
        Ok(Ok(Reserved { reservation, at: self.now(), fresh: false }.view()))
    }

    /// The latest decisions on an account, newest first.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn reservations_of(
        &self,
        caller: &Caller,
        name: &str,
        limit: usize,
        cursor: Option<String>,
    ) -> Result<Result<Page<ReservationView>, Refusal>, Fault> {
        let account = match self.load_account(caller, name).await? {
            Ok(account) => account,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let id = account.id.clone();
        let asked = u32::try_from(limit.saturating_add(1)).unwrap_or(u32::MAX);
        let found = self
            .store()
            .read(move |reader| {
                let index = [("account_id", (&id).into())];
                reader.list_newest(Noun::Reservation, &index, cursor.as_deref(), asked)
            })
            .await?;
        let at = self.now();
        let view = |document| {
            let reservation = read::<Reservation>(document)?.state;
            Ok(Reserved { reservation, at, fresh: false }.view())
        };
        let Page { items, next_cursor, has_more } = Page::cut(found, limit, |document| document.id.clone());
        let items = items.into_iter().map(view).collect::<Result<Vec<_>, Fault>>()?;
        Ok(Ok(Page { items, next_cursor, has_more }))
    }

    /// Where an account stands with a legal entity; with the one that owns it when none is named.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn account_credit(
        &self,
        caller: &Caller,
        name: &str,
        entity: Option<EntityCode>,
    ) -> Result<Result<CreditView, Refusal>, Fault> {
        let account = match self.load_account(caller, name).await? {
            Ok(account) => account,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let code = entity.unwrap_or_else(|| account.state.owning_entity.clone());
        let may = |entity| caller.principal.may(Grant::CreditRead, Some(entity));
        if !may(&code) && !may(&account.state.owning_entity) {
            return Ok(Err(permit::denied_for(Grant::CreditRead, &code)));
        }
        match self.teller().ask(self, caller, Act::Look(account.state.id, code)).await? {
            Ok(Told::Credit(view)) => Ok(Ok(*view)),
            Ok(_) => Err(Fault::corrupt("another answer where a standing was asked for")),
            Err(refusal) => Ok(Err(refusal)),
        }
    }
}

impl Sitting<'_, '_> {
    /// Where an account stands with an entity.
    pub(super) fn look(
        &mut self,
        account: AccountId,
        code: &EntityCode,
    ) -> Result<Result<Told, Refusal>, Fault> {
        let Some(entity) = self.entity(code) else { return Ok(Err(entity_unknown())) };
        let Some(customer) = self.customer(account)? else { return Ok(Err(permit::no_account())) };
        let standing = self.standing(&customer, &entity, None)?;
        Ok(Ok(Told::Credit(Box::new(self.credit_view(&customer, &entity, &standing)?))))
    }
}

impl Sitting<'_, '_> {
    /// A standing as the faces show it, with what is not known of it.
    pub(super) fn credit_view(
        &mut self,
        customer: &Customer,
        entity: &LegalEntity,
        standing: &kith_domain::credit::Standing,
    ) -> Result<CreditView, Fault> {
        let shared_by = self.sharers(customer, entity);
        let view = credit_view(&entity.code, standing, shared_by);
        if standing.exposure.is_some() {
            return Ok(view);
        }
        let (least, unrated) = self.without_rates(customer, entity)?;
        Ok(CreditView {
            unrated: unrated.into_iter().map(|currency| currency.code().to_owned()).collect(),
            exposure_at_least: least.map(|minor| Money::new(minor, standing.currency).into()),
            overdue_days: self.overdue_at_least(customer, entity)?.oldest_days,
            ..view
        })
    }
}

/// There is no such entity.
pub(super) fn entity_unknown() -> Refusal {
    let message = "There is no such legal entity.";
    Refusal::new(RefusalKind::Unprocessable, "entity_unknown", message, "Name one that there is.")
        .with_fields(vec![FieldFault::new("/entity", "entity_unknown", message)])
}

/// A standing as the faces show it.
pub(super) fn credit_view(
    entity: &EntityCode,
    standing: &kith_domain::credit::Standing,
    shared_by: Vec<String>,
) -> CreditView {
    let money = |minor| Money::new(minor, standing.currency);
    let exposure = standing.exposure.map(|exposure| exposure.buckets.exposure());
    let limit = standing.limit.unwrap_or(0);
    let mut holds = Vec::new();
    holds.extend(standing.suspended.clone());
    holds.extend(standing.credit_hold.then(|| "credit".to_owned()));
    CreditView {
        entity: entity.to_string(),
        currency: standing.currency.code().to_owned(),
        limit: standing.limit.map(|limit| money(limit).into()),
        exposure: exposure.map(|exposure| money(exposure).into()),
        unrated: Vec::new(),
        exposure_at_least: None,
        available: exposure.map(|exposure| money(limit.saturating_sub(exposure)).into()),
        utilisation: exposure.map(|exposure| utilisation(exposure, limit)),
        buckets: standing.exposure.map(|exposure| BucketsView {
            open_ar: money(exposure.buckets.open_ar).into(),
            unbilled: money(exposure.buckets.unbilled).into(),
            open_orders: money(exposure.buckets.open_orders).into(),
            pending: money(exposure.buckets.pending).into(),
            unapplied: money(exposure.buckets.unapplied).into(),
        }),
        overdue: standing.exposure.map(|exposure| money(exposure.overdue.minor).into()),
        overdue_days: standing.exposure.map_or(0, |exposure| exposure.overdue.oldest_days),
        group: standing.caps.first().map(|cap| GroupCreditView {
            limit: cap.limit.into(),
            exposure: cap.exposure.map(|minor| Money::new(minor, cap.limit.currency).into()),
        }),
        shared_by,
        holds,
        watch: standing.watch,
        position: standing.position,
        as_of: standing.data_as_of.to_string(),
        age_hours: standing.age_hours.filter(|hours| *hours != NEVER_HEARD),
    }
}
