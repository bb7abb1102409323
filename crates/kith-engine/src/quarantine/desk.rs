//! The quarantine as it is shown: what waits, one by one and by its causes.

use std::collections::{BTreeMap, BTreeSet};

use kith_api::view::{MoneyView, Page, QuarantineCause, QuarantineDesk, QuarantineView};
use kith_domain::access::Grant;
use kith_domain::quarantine::Quarantine;
use kith_domain::refusal::Refusal;
use kith_domain::value::Money;
use kith_store::{Fault, Noun, Reader};
use serde_json::Value;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{load, read};
use crate::permit;

/// Items, the latest, that the causes are made of.
const LOOKED_MAX: u32 = 2_000;
/// Items that a cause names.
const NAMED: usize = 200;
/// Members of an event's data that say how much it is about.
const AMOUNTS: [&str; 2] = ["/data/value", "/data/amount"];

/// What has the same cause.
type Cause = (String, String, String, String);

#[derive(Debug, Default)]
struct Found {
    items: Vec<Quarantine>,
    subjects: BTreeSet<String>,
    minor: Option<i64>,
}

impl Engine {
    /// What waits in quarantine, or waited.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn quarantined(
        &self,
        caller: &Caller,
        state: String,
        before: Option<String>,
        limit: usize,
    ) -> Result<Result<Page<QuarantineView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::TouchpointsDecide, None) {
            return Ok(Err(permit::denied(Grant::TouchpointsDecide)));
        }
        let asked = u32::try_from(limit.saturating_add(1)).unwrap_or(u32::MAX);
        let items = self
            .store()
            .read(move |reader| {
                let index = [("state", state.as_str().into())];
                let documents = reader.list_newest(Noun::Quarantine, &index, before.as_deref(), asked)?;
                documents.into_iter().map(|document| Ok(read::<Quarantine>(document)?.state)).collect()
            })
            .await?;
        let items: Vec<Quarantine> = items;
        let items = items.iter().map(|item| self.quarantine_view(caller, item)).collect();
        Ok(Ok(Page::cut(items, limit, |item| item.id.clone())))
    }

    /// Some items of the quarantine, in the order asked for; those that are not there are left out.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn quarantine_items(
        &self,
        caller: &Caller,
        ids: Vec<String>,
    ) -> Result<Result<Vec<QuarantineView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::TouchpointsDecide, None) {
            return Ok(Err(permit::denied(Grant::TouchpointsDecide)));
        }
        let read = move |reader: &mut Reader<'_>| {
            ids.iter().map(|id| Ok(load::<Quarantine>(reader, id)?.state)).collect::<Result<Vec<_>, Fault>>()
        };
        let items = self.store().read(read).await?;
        let there = items.iter().filter(|item| item.exists());
        Ok(Ok(there.map(|item| self.quarantine_view(caller, item)).collect()))
    }

    /// How many items wait in quarantine; `None` for who may not decide them.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn quarantine_waiting(&self, caller: &Caller) -> Result<Option<u64>, Fault> {
        if !caller.principal.may(Grant::TouchpointsDecide, None) {
            return Ok(None);
        }
        let waiting =
            |reader: &mut Reader<'_>| reader.count(Noun::Quarantine, &[("state", "waiting".into())]);
        self.store().read(waiting).await.map(Some)
    }

    /// What waits by its causes, those that hold up most first: by money, then by customers, then by number.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn quarantine_desk(&self, caller: &Caller) -> Result<Result<QuarantineDesk, Refusal>, Fault> {
        if !caller.principal.may(Grant::TouchpointsDecide, None) {
            return Ok(Err(permit::denied(Grant::TouchpointsDecide)));
        }
        let (waiting, items) = self
            .store()
            .read(|reader| {
                let index = [("state", "waiting".into())];
                let waiting = reader.count(Noun::Quarantine, &index)?;
                let documents = reader.list_newest(Noun::Quarantine, &index, None, LOOKED_MAX)?;
                let items = documents.into_iter().map(|document| Ok(read::<Quarantine>(document)?.state));
                Ok((waiting, items.collect::<Result<Vec<_>, Fault>>()?))
            })
            .await?;
        let looked_at = u64::try_from(items.len()).unwrap_or(u64::MAX);
        let mut causes: BTreeMap<Cause, Found> = BTreeMap::new();
        for item in items {
            let suspect = &item.suspect;
            let pointer = suspect.pointer.clone().unwrap_or_default();
            let cause = (suspect.code.clone(), suspect.source.clone(), kind(&item), pointer);
            let found = causes.entry(cause).or_default();
            found.subjects.extend(suspect.subject.as_ref().and_then(|subject| subject.get().cloned()));
            if let Some(minor) = self.worth(&item) {
                found.minor = Some(found.minor.unwrap_or_default().saturating_add(minor));
            }
            found.items.push(item);
        }
        let mut ranked: Vec<(Cause, Found)> = causes.into_iter().collect();
        ranked.sort_by_key(|(_, found)| {
            std::cmp::Reverse((found.minor.unwrap_or_default(), found.subjects.len(), found.items.len()))
        });
        let causes = ranked.into_iter().map(|(cause, found)| self.cause_view(cause, &found)).collect();
        Ok(Ok(QuarantineDesk { causes, waiting, looked_at }))
    }

    fn cause_view(&self, (code, source, kind, pointer): Cause, found: &Found) -> QuarantineCause {
        let count = |many: usize| u64::try_from(many).unwrap_or(u64::MAX);
        let came = found.items.iter().filter_map(|item| item.held_at);
        let text = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        QuarantineCause {
            code,
            source,
            kind,
            pointer,
            detail: found.items.first().map(|item| item.suspect.detail.clone()).unwrap_or_default(),
            items: count(found.items.len()),
            subjects: count(found.subjects.len()),
            amount: found.minor.zip(self.currency()).map(|(minor, home)| Money::new(minor, home).into()),
            oldest_at: text(came.clone().min()),
            newest_at: text(came.max()),
            ids: found.items.iter().take(NAMED).map(|item| item.suspect.id.to_string()).collect(),
        }
    }

    /// What an event is about, in minor units of the organisation's currency.
    fn worth(&self, item: &Quarantine) -> Option<i64> {
        let amount = amount(item)?;
        let money = Money::parse(&amount.amount, amount.currency.parse().ok()?).ok()?;
        self.in_home_currency(money)
    }

    pub(super) fn quarantine_view(&self, caller: &Caller, item: &Quarantine) -> QuarantineView {
        let suspect = &item.suspect;
        let user = |actor: Option<&kith_domain::context::Actor>| {
            actor.and_then(|actor| actor.user).map(|user| user.to_string())
        };
        let decided_by = user(item.decided_by.as_ref());
        let assignee = item.assignee.map(|user| user.to_string());
        let repaired_by = user(item.repaired_by.as_ref());
        let named = |user: &Option<String>| user.as_ref().and_then(|user| self.user_name(user));
        QuarantineView {
            id: suspect.id.to_string(),
            code: suspect.code.clone(),
            pointer: suspect.pointer.clone().unwrap_or_default(),
            detail: suspect.detail.clone(),
            source: suspect.source.clone(),
            external_id: suspect.external_id.clone(),
            subject: suspect.subject.as_ref().and_then(|subject| subject.get().cloned()),
            state: item.state.as_str().to_owned(),
            received_at: item.held_at.map(|at| at.to_string()).unwrap_or_default(),
            decided_by_name: named(&decided_by),
            decided_by,
            reason: item.reason.as_ref().and_then(|reason| reason.get().cloned()),
            kind: kind(item),
            event: event(item).filter(|_| caller.reads_personal()).cloned(),
            amount: amount(item),
            assignee_name: named(&assignee),
            assignee,
            repaired_by_name: named(&repaired_by),
            repaired_at: item.repaired_at.map(|at| at.to_string()),
        }
    }
}

fn event(item: &Quarantine) -> Option<&Value> {
    item.suspect.event.as_ref().and_then(|event| event.get())
}

fn kind(item: &Quarantine) -> String {
    event(item).and_then(|event| event.get("type")?.as_str()).unwrap_or_default().to_owned()
}

fn amount(item: &Quarantine) -> Option<MoneyView> {
    let money = AMOUNTS.iter().find_map(|place| event(item)?.pointer(place))?;
    let text = |name: &str| money.get(name)?.as_str().map(str::to_owned);
    Some(MoneyView { amount: text("amount")?, currency: text("currency")? })
}
