//! Reconciliation with an extract of another system: every account and entity compared, every break with its cause.

use std::collections::BTreeSet;

use bytes::Bytes;
use kith_api::view::{BreakView, ReconciliationFault, ReconciliationView};
use kith_connect::exposure::{AMOUNTS, Line, Unread, read};
use kith_domain::access::Grant;
use kith_domain::credit::{Bucket, Evidence, Extract, breaks};
use kith_domain::organisation::LegalEntity;
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::value::{Currency, Money};
use kith_store::Fault;

use super::Told;
use super::act::Act;
use super::desk::Sitting;
use super::line::entity_number;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::permit;

/// Rows that are compared in one sitting.
const TOGETHER: usize = 200;
/// What moved within this time may not be in the extract yet.
const RECENT_MS: i64 = 24 * 3_600_000;

/// What one row came to.
#[derive(Debug, Clone)]
pub(super) enum Compared {
    /// Its breaks; none where both agree.
    Breaks(Vec<BreakView>),
    /// It could not be compared.
    Fault(ReconciliationFault),
}

impl Engine {
    /// Compares an extract with the book, at the end of the log. Nothing is changed.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn reconcile_credit(
        &self,
        caller: &Caller,
        extract: Bytes,
    ) -> Result<Result<ReconciliationView, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(Err(permit::denied(Grant::CreditRead)));
        }
        let (view, entities) = match self.compare_extract(caller, extract).await? {
            Ok(compared) => compared,
            Err(refusal) => return Ok(Err(refusal)),
        };
        // Whoever may bring touchpoints may say as of when exposure is known.
        if caller.principal.may(Grant::TouchpointsWrite, None) {
            self.note_extracts(entities).await?;
        }
        Ok(Ok(view))
    }

    /// The same, with the entities of the rows that were compared.
    pub(super) async fn compare_extract(
        &self,
        caller: &Caller,
        extract: Bytes,
    ) -> Result<Result<(ReconciliationView, BTreeSet<String>), Refusal>, Fault> {
        let parsed =
            tokio::task::spawn_blocking(move || read(&extract)).await.map_err(|_| Fault::Panicked)?;
        let lines = match parsed {
            Ok(lines) => lines,
            Err(unread) => return Ok(Err(unreadable(&unread))),
        };
        let mut entities = BTreeSet::new();
        let mut view = ReconciliationView { at: self.now().to_string(), ..ReconciliationView::default() };
        for some in lines.chunks(TOGETHER) {
            view.rows = view.rows.saturating_add(u64::try_from(some.len()).unwrap_or_default());
            let compared = match self.teller().ask(self, caller, Act::Compare(some.to_vec())).await? {
                Ok(Told::Compared(compared)) => compared,
                Ok(_) => return Err(Fault::corrupt("another answer where a comparison was asked for")),
                Err(refusal) => return Ok(Err(refusal)),
            };
            for (line, one) in some.iter().zip(compared) {
                match one {
                    Compared::Breaks(found) => {
                        entities.insert(line.entity.clone());
                        view.compared = view.compared.saturating_add(1);
                        view.agree = view.agree.saturating_add(u64::from(found.is_empty()));
                        view.breaks.extend(found);
                    }
                    Compared::Fault(fault) => view.faults.push(fault),
                }
            }
        }
        Ok(Ok((view, entities)))
    }
}

fn unreadable(unread: &Unread) -> Refusal {
    let sentence = match unread {
        Unread::File(fault) => format!("The extract cannot be read: {fault}."),
        Unread::Columns(missing) => format!("The extract has no column {}.", missing.join(", ")),
    };
    let clears = "Send CSV with the columns account, entity and open_ar; unbilled, open_orders, unapplied and currency may follow.";
    Refusal::new(RefusalKind::Unprocessable, "extract_unreadable", sentence, clears)
}

fn fault(line: &Line, column: &str, code: &str, message: impl Into<String>) -> Compared {
    let (column, code) = (column.to_owned(), code.to_owned());
    Compared::Fault(ReconciliationFault { row: line.row, column, code, message: message.into() })
}

/// The amounts of a row; the column at fault, if one is.
fn amounts(line: &Line, currency: Currency) -> Result<Extract, &'static str> {
    let mut found = [None; 4];
    for ((place, text), column) in found.iter_mut().zip(&line.amounts).zip(AMOUNTS) {
        if !text.is_empty() {
            *place = Some(Money::parse(text, currency).map_err(|_| column)?.minor);
        }
    }
    let [open_ar, unbilled, open_orders, unapplied] = found;
    Ok(Extract { open_ar, unbilled, open_orders, unapplied })
}

fn word(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Pending => "pending",
        Bucket::OpenOrders => "open_orders",
        Bucket::Unbilled => "unbilled",
        Bucket::OpenAr => "open_ar",
        Bucket::Unapplied => "unapplied",
    }
}

impl Sitting<'_, '_> {
    /// Compares rows with the book.
    pub(super) fn compare(&mut self, caller: &Caller, lines: &[Line]) -> Result<Vec<Compared>, Fault> {
        lines.iter().map(|line| self.compare_one(caller, line)).collect()
    }

    fn compare_one(&mut self, caller: &Caller, line: &Line) -> Result<Compared, Fault> {
        let entity = line.entity.parse().ok().and_then(|code| self.entity(&code));
        let Some(entity) = entity else {
            return Ok(fault(line, "entity", "entity_unknown", "There is no such legal entity."));
        };
        let customer = self.customer_named(&line.account)?;
        let may = caller.principal.may(Grant::CreditRead, Some(&entity.code));
        let Some(customer) = customer.filter(|found| may && permit::sees(&caller.principal, &found.account))
        else {
            return Ok(fault(line, "account", "account_unknown", "There is no such account."));
        };
        if !line.currency.is_empty() && line.currency != entity.currency.code() {
            let message = format!("Amounts of {} are in {}.", entity.code, entity.currency);
            return Ok(fault(line, "currency", "currency_differs", message));
        }
        let extract = match amounts(line, entity.currency) {
            Ok(extract) => extract,
            Err(column) => return Ok(fault(line, column, "money_invalid", "Expected a decimal amount.")),
        };
        self.against(line, &entity, &customer, &extract)
    }

    fn against(
        &mut self,
        line: &Line,
        entity: &LegalEntity,
        customer: &super::known::Customer,
        extract: &Extract,
    ) -> Result<Compared, Fault> {
        let Some((ours, open, foreign)) = self.entity_book(customer, entity)? else {
            return Ok(fault(line, "account", "rate_missing", "An exchange rate is missing."));
        };
        let since = self.now.as_millisecond().saturating_sub(RECENT_MS);
        let number = entity_number(&self.organisation, &entity.code).unwrap_or(0);
        let recent = self.engine.living().moved_since(customer.row, number, since);
        let evidence = Evidence { recent, open, foreign };
        let money = |minor| Money::new(minor, entity.currency).into();
        let view = |found: kith_domain::credit::Break| BreakView {
            row: line.row,
            account: customer.account.id.to_string(),
            name: customer.account.name.clone(),
            entity: entity.code.to_string(),
            bucket: word(found.bucket).to_owned(),
            ours: money(found.ours),
            theirs: money(found.theirs),
            difference: money(found.ours.saturating_sub(found.theirs)),
            cause: found.cause.as_str().to_owned(),
            healed: false,
        };
        let found = breaks(extract, &ours, &evidence, entity.currency);
        Ok(Compared::Breaks(found.into_iter().map(view).collect()))
    }
}
