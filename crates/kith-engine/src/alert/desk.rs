//! Alerts as they are shown.

use std::collections::BTreeSet;

use kith_api::view::{AlertTouchpoint, AlertView, Page, SignView};
use kith_domain::access::Grant;
use kith_domain::alert::{Alert, Sign};
use kith_domain::context::Actor;
use kith_domain::refusal::Refusal;
use kith_store::{Fault, Noun, Reader};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{Loaded, load, read};
use crate::permit;
use crate::read::instant;

/// Alerts of one state that are looked through for a page.
const LOOKED_MAX: u32 = 20_000;

/// Which alerts.
#[derive(Debug, Clone, Default)]
pub struct AlertRequest {
    /// `open`, `acknowledged`, `closed`; open and acknowledged ones when absent.
    pub state: Option<String>,
    /// `over_limit`, `unusual_spending`, `new_ship_to`, `bust_out`, `exposure_unknown`.
    pub kind: Option<String>,
    /// Of one account: `acc_…`.
    pub account: Option<String>,
    /// The alert after which to go on.
    pub cursor: Option<String>,
    /// How many.
    pub limit: usize,
}

impl Engine {
    /// Alerts, the gravest first, then the newest.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn alerts(
        &self,
        caller: &Caller,
        request: AlertRequest,
    ) -> Result<Result<Page<AlertView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(Err(permit::denied(Grant::CreditRead)));
        }
        let states = match &request.state {
            Some(state) => vec![state.clone()],
            None => vec!["open".to_owned(), "acknowledged".to_owned()],
        };
        let (kind, account) = (request.kind.clone(), request.account.clone());
        let mut all = self
            .store()
            .read(move |reader| {
                let mut found = Vec::new();
                for state in &states {
                    let mut index = vec![("state", state.as_str().into())];
                    index.extend(kind.as_deref().map(|kind| ("kind", kind.into())));
                    index.extend(account.as_deref().map(|account| ("account_id", account.into())));
                    let documents = reader.list(Noun::Alert, &index, None, LOOKED_MAX)?;
                    found.extend(documents.into_iter().map(read::<Alert>).collect::<Result<Vec<_>, _>>()?);
                }
                Ok(found)
            })
            .await?;
        all.retain(|alert| self.sees_alert(caller, &alert.state));
        let rank = |alert: &Loaded<Alert>| {
            let finding = alert.state.finding.as_ref();
            (finding.map(|finding| finding.severity), alert.state.raised_at)
        };
        all.sort_by(|one, other| rank(other).cmp(&rank(one)).then_with(|| one.id.cmp(&other.id)));
        let page = Page::behind(all, request.cursor.as_deref(), request.limit, |alert| alert.id.clone());
        let Page { items, next_cursor, has_more } = page;
        let items = self.alert_views(caller, items).await?;
        Ok(Ok(Page { items, next_cursor, has_more }))
    }

    /// One alert; none that the caller may not see.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn alert(&self, caller: &Caller, id: &str) -> Result<Result<AlertView, Refusal>, Fault> {
        let name = id.to_owned();
        let alert = self.store().read(move |reader| load::<Alert>(reader, &name)).await?;
        let missing = || permit::missing("alert.not_found", "There is no such alert.");
        if !self.sees_alert(caller, &alert.state) {
            return Ok(Err(missing()));
        }
        Ok(self.alert_views(caller, vec![alert]).await?.pop().ok_or_else(missing))
    }

    /// How many alerts are open; none for who may not decide them.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn alerts_open(&self, caller: &Caller) -> Result<Option<u64>, Fault> {
        if !caller.principal.may(Grant::AlertsDecide, None) {
            return Ok(None);
        }
        let open = |reader: &mut Reader<'_>| reader.count(Noun::Alert, &[("state", "open".into())]);
        self.store().read(open).await.map(Some)
    }

    fn sees_alert(&self, caller: &Caller, alert: &Alert) -> bool {
        let owner = alert.finding.as_ref().and_then(|finding| self.owner_of(finding.account));
        owner.is_some_and(|owner| caller.principal.may(Grant::CreditRead, Some(&owner)))
    }

    async fn alert_views(
        &self,
        caller: &Caller,
        alerts: Vec<Loaded<Alert>>,
    ) -> Result<Vec<AlertView>, Fault> {
        let findings = alerts.iter().filter_map(|alert| alert.state.finding.as_ref());
        let positions: BTreeSet<u64> =
            findings.flat_map(|finding| finding.evidence.iter().copied()).collect();
        let positions: Vec<u64> = positions.into_iter().collect();
        let touchpoints = self.store().read(move |reader| reader.touchpoints_at(&positions)).await?;
        let personal = caller.principal.may(Grant::PersonalRead, None);
        let mut views = Vec::new();
        for alert in alerts {
            let Some(finding) = &alert.state.finding else { continue };
            let mine = touchpoints.iter().filter(|found| finding.evidence.contains(&found.position));
            let evidence = mine.map(|found| AlertTouchpoint {
                position: found.position,
                r#type: found.stored.kind.clone(),
                source: found.stored.source.clone(),
                id: found.stored.id.clone(),
                occurred_at: instant(found.stored.at_ms),
                data: serde_json::from_str(&found.stored.clear).unwrap_or_default(),
            });
            views.push(self.alert_view(&alert, evidence.collect(), personal));
        }
        Ok(views)
    }

    fn alert_view(&self, alert: &Loaded<Alert>, evidence: Vec<AlertTouchpoint>, personal: bool) -> AlertView {
        let state = &alert.state;
        let mut view = AlertView {
            id: alert.id.clone(),
            state: state.state.as_str().to_owned(),
            cleared: state.was_cleared(),
            raised_at: state.raised_at.map(|at| at.to_string()).unwrap_or_default(),
            acknowledged_by: state.acknowledged_by.as_ref().and_then(|by| self.actor_name(by)),
            acknowledged_at: state.acknowledged_at.map(|at| at.to_string()),
            closed_by: state.closed_by.as_ref().and_then(|by| self.actor_name(by)),
            closed_at: state.closed_at.map(|at| at.to_string()),
            outcome: state.outcome.map(|outcome| outcome.as_str().to_owned()),
            comment: state.comment.as_ref().filter(|_| personal).and_then(|comment| comment.get().cloned()),
            evidence,
            ..AlertView::default()
        };
        if let Some(finding) = &state.finding {
            view.account = finding.account.to_string();
            view.kind = finding.kind.as_str().to_owned();
            view.severity = finding.severity.as_str().to_owned();
            view.score = finding.score_milli as f64 / 1_000.0;
            view.explanation = finding.signs.iter().map(told).collect();
            let row = self.directory().row(finding.account);
            let inner = self.directory().read();
            if let Some(entry) = row.and_then(|row| inner.entry(row)) {
                view.account_name = entry.name.to_string();
                view.account_number = entry.number.to_string();
                view.entity = entry.entity.to_string();
            }
        }
        view
    }

    fn actor_name(&self, actor: &Actor) -> Option<String> {
        self.user_name(&actor.user?.to_string())
    }
}

fn told(sign: &Sign) -> SignView {
    let of = |milli: i64| milli as f64 / 1_000.0;
    SignView {
        detector: sign.detector.map(|detector| detector.as_str().to_owned()),
        severity: sign.severity.as_str().to_owned(),
        statistic: of(sign.statistic_milli),
        medium: of(sign.medium_milli),
        high: of(sign.high_milli),
        text: sign.text.clone(),
    }
}
