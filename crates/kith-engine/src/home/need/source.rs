//! Where needs come from: what waits for the caller themselves, and what waits at the desks that they may sit at.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use kith_api::view::{CaseStepView, HitView, MoneyView, OnboardingView};
use kith_domain::access::Grant;
use kith_domain::onboarding::{CaseState, StepName};
use kith_domain::order::{OrderState, SLA_MINUTES};
use kith_domain::policy::{Calendar, Policy};
use kith_domain::quarantine::Quarantine;
use kith_domain::screening::HitState;
use kith_domain::value::{Currency, EntityCode, Money, counted};
use kith_store::{Fault, Noun};

use super::{Need, OF_A_KIND, Urgency};
use crate::alert::AlertRequest;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{POLICY, load, read};
use crate::onboarding::CaseRequest;
use crate::order::OrderRequest;
use crate::read::{ChangeRequest, ReviewRequest};
use crate::screening::HitRequest;
use crate::tasks::TaskRequest;

/// How long a touchpoint may lie in quarantine before somebody should look (D§7.4).
const QUARANTINE_WITHIN: SignedDuration = SignedDuration::from_mins(15);

fn time(text: Option<&str>) -> Option<Timestamp> {
    text.and_then(|text| text.parse().ok())
}

/// Minor units, for ranking alone.
fn minor(amount: Option<&MoneyView>) -> i64 {
    let money = amount.and_then(|view| {
        let currency: Currency = view.currency.parse().ok()?;
        Money::parse(&view.amount, currency).ok()
    });
    money.map_or(0, |money| money.minor)
}

impl Engine {
    /// The end of a day, where the organisation is.
    pub(super) fn end_of(&self, day: Date) -> Option<Timestamp> {
        let zone = jiff::tz::TimeZone::get(&self.organisation().timezone).unwrap_or(jiff::tz::TimeZone::UTC);
        let midnight = day.tomorrow().ok()?.to_zoned(zone).ok()?.timestamp();
        midnight.checked_sub(SignedDuration::from_secs(1)).ok()
    }

    /// What waits for the caller in person: steps of approval, tasks, overdue reviews.
    pub(super) async fn own_needs(&self, caller: &Caller, now: Timestamp) -> Result<Vec<Need>, Fault> {
        let mut needs = Vec::new();
        if caller.principal.may(Grant::ChangesApprove, None) {
            let request = ChangeRequest { for_me: true, limit: OF_A_KIND, ..ChangeRequest::default() };
            for change in self.changes(caller, request).await?.map(|page| page.items).unwrap_or_default() {
                let due = time(change.due_at.as_deref());
                let reason = match (change.lane == "red", &change.submitted_by_name) {
                    (true, Some(name)) => format!("Waits for your approval, red lane, asked by {name}"),
                    (true, None) => "Waits for your approval, red lane".to_owned(),
                    (false, Some(name)) => format!("Waits for your approval, asked by {name}"),
                    (false, None) => "Waits for your approval".to_owned(),
                };
                let urgency = Urgency::of_due(due, now, Urgency::Soon);
                let need = Need::new("change", &change.id, &change.title, reason, urgency);
                needs.push(need.of(change.target.filter(|target| target.starts_with("acc_"))).due(due, now));
            }
        }
        let request = TaskRequest {
            state: Some("open".to_owned()),
            assignee: caller.principal.user().map(|user| user.to_string()),
            limit: OF_A_KIND,
            ..TaskRequest::default()
        };
        for task in self.tasks(caller, request).await?.map(|page| page.items).unwrap_or_default() {
            let due = task.due.as_deref().and_then(|day| self.end_of(day.parse().ok()?));
            let what = task.title.unwrap_or_else(|| "A task of yours".to_owned());
            let (title, reason) = match task.account_name {
                Some(name) => (name, what),
                None => (what, "A task of yours".to_owned()),
            };
            let need = Need::new("task", &task.id, &title, reason, Urgency::of_due(due, now, Urgency::Later));
            needs.push(need.of(task.account).due(due, now));
        }
        let request =
            ReviewRequest { manager: Some("me".to_owned()), limit: OF_A_KIND, ..ReviewRequest::default() };
        for item in self.reviews_due(caller, &request).map(|page| page.items).unwrap_or_default() {
            let text = |name: &str| item.get(name).and_then(|value| value.as_str()).unwrap_or_default();
            let due = text("next_review_on").parse().ok().and_then(|day| self.end_of(day));
            let reason = "The review of the account is overdue".to_owned();
            let need = Need::new("review", text("id"), text("name"), reason, Urgency::Today);
            needs.push(need.of(Some(text("id").to_owned())).due(due, now));
        }
        Ok(needs)
    }

    /// What waits at the desks that the caller may sit at: cases, alerts, hits, held orders, the quarantine.
    pub(super) async fn account_needs(&self, caller: &Caller, now: Timestamp) -> Result<Vec<Need>, Fault> {
        let mut needs = self.case_needs(caller, now).await?;
        needs.append(&mut self.alert_needs(caller, now).await?);
        needs.append(&mut self.hit_needs(caller, now).await?);
        needs.append(&mut self.order_needs(caller, now).await?);
        if let Some(waiting) = self.quarantine_waiting(caller).await?.filter(|waiting| *waiting > 0) {
            let title = counted(waiting, "1 touchpoint", "{n} touchpoints");
            let reason = "In quarantine: they do not count until somebody decides".to_owned();
            let oldest = self.store().read(|reader| {
                let found = reader.list(Noun::Quarantine, &[("state", "waiting".into())], None, 1)?;
                found.into_iter().next().map(read::<Quarantine>).transpose()
            });
            let since = oldest.await?.and_then(|oldest| oldest.state.held_at);
            let due = since.and_then(|since| since.checked_add(QUARANTINE_WITHIN).ok());
            let need = Need::new("quarantine", "quarantine", &title, reason, Urgency::Soon);
            needs.push(need.due(due, now));
        }
        Ok(needs)
    }

    async fn case_needs(&self, caller: &Caller, now: Timestamp) -> Result<Vec<Need>, Fault> {
        let request =
            CaseRequest { state: Some(CaseState::Open), limit: OF_A_KIND, ..CaseRequest::default() };
        let cases = self.cases(caller, request).await?.map(|page| page.items).unwrap_or_default();
        let may = |case: &OnboardingView| {
            let entity = case.entity.parse().ok();
            caller.principal.may(Grant::VerificationsWrite, entity.as_ref())
                || caller.principal.may(Grant::AccountsWrite, entity.as_ref())
        };
        let needs = cases.into_iter().filter(|case| !case.paused && may(case)).filter_map(|case| {
            let step = case.steps.iter().find(|step| is_stuck(step))?;
            let due = time(step.due_at.as_deref());
            let why = step.reason.clone().unwrap_or_else(|| step.state.replace('_', " "));
            let urgency = match step.state.as_str() {
                "failed" => Urgency::Now,
                _ => Urgency::of_due(due, now, Urgency::Soon),
            };
            let reason = format!("Onboarding, {}: {why}", step.title.to_lowercase());
            let need = Need::new("onboarding", &case.id, &case.account_name, reason, urgency);
            Some(need.of(Some(case.account)).due(due, now))
        });
        Ok(needs.collect())
    }

    /// So many business minutes after a moment, where an entity is.
    fn business_due(
        &self,
        calendar: &Calendar,
        since: Option<Timestamp>,
        minutes: u32,
        entity: &str,
    ) -> Option<Timestamp> {
        let organisation = self.organisation();
        let code = entity.parse::<EntityCode>().ok();
        let seller = code.as_ref().and_then(|code| organisation.entity(code));
        let zone = seller.map_or(organisation.timezone.as_str(), |seller| seller.timezone.as_str());
        since.map(|since| calendar.after(since, minutes, zone, code.as_ref()))
    }

    async fn calendar(&self) -> Result<Calendar, Fault> {
        self.store().read(|reader| Ok(load::<Policy>(reader, POLICY)?.state.rules.calendar)).await
    }

    async fn alert_needs(&self, caller: &Caller, now: Timestamp) -> Result<Vec<Need>, Fault> {
        if !caller.principal.may(Grant::AlertsDecide, None) {
            return Ok(Vec::new());
        }
        let request =
            AlertRequest { state: Some("open".to_owned()), limit: OF_A_KIND, ..AlertRequest::default() };
        let alerts = self.alerts(caller, request).await?.map(|page| page.items).unwrap_or_default();
        let calendar = self.calendar().await?;
        let day = calendar.minutes_of_day();
        Ok(alerts
            .into_iter()
            .map(|alert| {
                let (urgency, minutes) = match alert.severity.as_str() {
                    "high" => (Urgency::Now, SLA_MINUTES),
                    "medium" => (Urgency::Today, day),
                    _ => (Urgency::Soon, day.saturating_mul(5)),
                };
                let due = self.business_due(&calendar, time(Some(&alert.raised_at)), minutes, &alert.entity);
                let sign = alert.explanation.first().map(|sign| sign.text.clone());
                let reason = sign.unwrap_or_else(|| alert.kind.replace('_', " "));
                let need = Need::new("alert", &alert.id, &alert.account_name, reason, urgency);
                need.of(Some(alert.account)).due(due, now)
            })
            .collect())
    }

    async fn hit_needs(&self, caller: &Caller, now: Timestamp) -> Result<Vec<Need>, Fault> {
        if !caller.principal.may(Grant::VerificationsWrite, None) {
            return Ok(Vec::new());
        }
        let states = HitState::ALL.into_iter().filter(|state| state.is_pending()).collect();
        let request = HitRequest { states, limit: OF_A_KIND, ..HitRequest::default() };
        let hits = self.hits(caller, request).await?.map(|page| page.items).unwrap_or_default();
        let me = caller.principal.user().map(|user| user.to_string());
        // Whoever proposed how it ends waits for somebody else.
        let is_mine = |hit: &HitView| {
            hit.proposed.is_some()
                && hit.opinions.last().is_some_and(|said| said.by.is_some() && said.by == me)
        };
        let calendar = self.calendar().await?;
        let minutes = StepName::Screening.budget_minutes();
        Ok(hits
            .into_iter()
            .filter(|hit| !is_mine(hit))
            .map(|hit| {
                let owner = hit.account.parse().ok().and_then(|account| self.owner_of(account));
                let entity = owner.map(|entity| entity.to_string()).unwrap_or_default();
                let due = self.business_due(&calendar, time(Some(&hit.raised_at)), minutes, &entity);
                let share = (hit.entry.score * 100.0).round();
                let reason = format!("A name is {share} % like {} of a sanctions list", hit.matched_name);
                let need = Need::new("screening", &hit.id, &hit.account_name, reason, Urgency::Today);
                need.of(Some(hit.account)).due(due, now)
            })
            .collect())
    }

    async fn order_needs(&self, caller: &Caller, now: Timestamp) -> Result<Vec<Need>, Fault> {
        if !caller.principal.may(Grant::ChangesApprove, None) {
            return Ok(Vec::new());
        }
        let request =
            OrderRequest { state: Some(OrderState::Held), limit: OF_A_KIND, ..OrderRequest::default() };
        let orders = self.orders(caller, request).await?.map(|page| page.items).unwrap_or_default();
        let releasers =
            self.store().read(|reader| Ok(load::<Policy>(reader, POLICY)?.state.rules.orders)).await?;
        Ok(orders
            .into_iter()
            .filter(|order| self.may_release(caller, &releasers, order))
            .map(|order| {
                let due = order.held.as_ref().and_then(|held| time(Some(&held.due_at)));
                let why =
                    order.reasons.first().map_or("It waits for a decision.", |reason| reason.text.as_str());
                let reason = format!("Order {} is held. {why}", order.order_no);
                let title = order.account_name.clone().unwrap_or_else(|| "Customer not known".to_owned());
                let urgency = Urgency::of_due(due, now, Urgency::Today);
                let need = Need::new("order", &order.id, &title, reason, urgency);
                let worth = minor(order.total.as_ref());
                need.of(order.account).due(due, now).worth(order.total, worth)
            })
            .collect())
    }
}

/// A step that goes on only if somebody looks at it: it failed, or it takes longer than it may.
fn is_stuck(step: &CaseStepView) -> bool {
    let waits = !matches!(step.state.as_str(), "passed" | "waived" | "not_started" | "awaiting_customer");
    step.blocked_by.is_empty() && (step.state == "failed" || waits && step.overdue)
}
