//! Reconciliation with an extract of another system: every account and entity compared, every break with its cause.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use kith_api::view::{BreakView, ReconciliationFault, ReconciliationView};
use kith_connect::exposure::{AMOUNTS, Line, Unread, WHOLE, read};
use kith_domain::access::Grant;
use kith_domain::credit::{Bucket, Evidence, Extract, breaks};
use kith_domain::organisation::LegalEntity;
use kith_domain::refusal::{Refusal, RefusalKind, ended};
use kith_domain::value::{AccountId, Currency, EntityCode, Money};
use kith_store::Fault;

use super::Told;
use super::act::Act;
use super::desk::Sitting;
use super::line::entity_number;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::permit;

/// Rows that are compared in one sitting.
pub(super) const TOGETHER: usize = 200;
/// What moved within this time may not be in the extract yet.
const RECENT_MS: i64 = 24 * 3_600_000;

/// An account with a legal entity.
pub(super) type Pair = (AccountId, EntityCode);

/// What one row came to.
#[derive(Debug, Clone)]
pub(super) struct Compared {
    /// What it is about, where that is known.
    pub(super) of: Option<Pair>,
    /// Its breaks, none where both agree; or why it could not be compared.
    pub(super) told: Result<Vec<BreakView>, ReconciliationFault>,
}

/// How an extract is read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Claim<'c> {
    /// Whether somebody says that every entity which it names is in it whole.
    pub(super) whole: bool,
    /// The one entity that it may be whole for; any, when absent.
    pub(super) only: Option<&'c EntityCode>,
}

impl Engine {
    /// Compares an extract with the book, at the end of the log. The book is not changed; what came of each legal entity is
    /// filed, and whoever answers for its credit and receivables is told of what differs, as with an extract of a folder.
    /// With `whole`, what it lacks is told too.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn reconcile_credit(
        &self,
        caller: &Caller,
        extract: Bytes,
        whole: bool,
    ) -> Result<Result<ReconciliationView, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(Err(permit::denied(Grant::CreditRead)));
        }
        let claim = Claim { whole, only: None };
        let (view, entities) = match self.compare_extract(caller, extract, claim).await? {
            Ok(compared) => compared,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.file_sent(&view, &entities).await?;
        // Whoever may bring touchpoints may say as of when exposure is known.
        if caller.principal.may(Grant::TouchpointsWrite, None) {
            self.note_extracts(entities.into_keys().collect()).await?;
        }
        Ok(Ok(view))
    }

    /// The same, with the entities of the rows that were compared and how many rows each had.
    pub(super) async fn compare_extract(
        &self,
        caller: &Caller,
        extract: Bytes,
        claim: Claim<'_>,
    ) -> Result<Result<(ReconciliationView, BTreeMap<String, u64>), Refusal>, Fault> {
        let parsed =
            tokio::task::spawn_blocking(move || read(&extract)).await.map_err(|_| Fault::Panicked)?;
        let sheet = match parsed {
            Ok(sheet) => sheet,
            Err(unread) => return Ok(Err(unreadable(&unread))),
        };
        let (marks, lines): (Vec<Line>, Vec<Line>) =
            sheet.lines.into_iter().partition(|line| line.account == WHOLE);
        let mut view = ReconciliationView { at: self.now().to_string(), ..ReconciliationView::default() };
        let mut seen = BTreeMap::new();
        for some in lines.chunks(TOGETHER) {
            view.rows = view.rows.saturating_add(u64::try_from(some.len()).unwrap_or_default());
            let compared = match self.teller().ask(self, caller, Act::Compare(some.to_vec())).await? {
                Ok(Told::Compared(compared)) => compared,
                Ok(_) => return Err(Fault::corrupt("another answer where a comparison was asked for")),
                Err(refusal) => return Ok(Err(refusal)),
            };
            some.iter().zip(compared).for_each(|(line, one)| count(line, one, &mut seen, &mut view));
        }
        let mut whole: BTreeSet<EntityCode> = BTreeSet::new();
        whole.extend(seen.keys().filter(|_| claim.whole).map(|(_, entity): &Pair| entity.clone()));
        for mark in &marks {
            match mark.entity.parse::<EntityCode>().ok().filter(|code| self.compares(caller, code)) {
                Some(code) => _ = whole.insert(code),
                None => view.faults.push(fault(mark, "entity", "entity_unknown", NO_ENTITY)),
            }
        }
        whole.retain(|code| claim.only.is_none_or(|only| only == code));
        for entity in &whole {
            self.add_absent(caller, (entity, sheet.columns), &seen, &mut view).await?;
        }
        view.whole = whole.iter().map(ToString::to_string).collect();
        let read = seen.iter().filter(|(_, row)| **row > 0).map(|((_, entity), _)| entity);
        let mut entities: BTreeMap<String, u64> = whole.iter().map(|code| (code.to_string(), 0)).collect();
        for code in read {
            let rows = entities.entry(code.to_string()).or_default();
            *rows = rows.saturating_add(1);
        }
        Ok(Ok((view, entities)))
    }

    fn compares(&self, caller: &Caller, entity: &EntityCode) -> bool {
        let known = self.organisation().entity(entity).is_some();
        known && caller.principal.may(Grant::CreditRead, Some(entity))
    }
}

/// Counts what a row came to. The first row of an account and entity that can be read is the one that counts; `seen` has its
/// number, 0 where none of them could be read.
fn count(line: &Line, one: Compared, seen: &mut BTreeMap<Pair, u64>, view: &mut ReconciliationView) {
    let first = one.of.as_ref().and_then(|of| seen.get(of)).copied().unwrap_or_default();
    match one.told {
        Err(fault) => {
            view.faults.push(fault);
            seen.extend(one.of.map(|of| (of, first)));
        }
        Ok(_) if first > 0 => {
            let message =
                format!("Row {first} is of the same account and legal entity; this one is not read.");
            view.faults.push(fault(line, "account", "duplicate_row", message));
        }
        Ok(found) => {
            seen.extend(one.of.map(|of| (of, line.row)));
            view.compared = view.compared.saturating_add(1);
            view.agree = view.agree.saturating_add(u64::from(found.is_empty()));
            view.breaks.extend(found);
        }
    }
}

const NO_ENTITY: &str = "There is no such legal entity.";

fn unreadable(unread: &Unread) -> Refusal {
    let sentence = match unread {
        Unread::File(fault) => ended(&format!("The extract cannot be read: {fault}")),
        Unread::Columns(missing) => format!("The extract has no column {}.", missing.join(", ")),
    };
    let clears = "Send CSV with the columns account, entity and open_ar; unbilled, open_orders, unapplied and currency may follow.";
    Refusal::new(RefusalKind::Unprocessable, "extract_unreadable", sentence, clears)
}

fn fault(line: &Line, column: &str, code: &str, message: impl Into<String>) -> ReconciliationFault {
    let (column, code) = (column.to_owned(), code.to_owned());
    ReconciliationFault { row: line.row, column, code, message: message.into() }
}

/// The amounts of a row; the column at fault, if one is.
fn amounts(line: &Line, currency: Currency) -> Result<Extract, &'static str> {
    let mut found = [None; 4];
    for ((place, text), column) in found.iter_mut().zip(&line.amounts).zip(AMOUNTS) {
        if !text.is_empty() {
            *place = Some(Money::parse(text, currency).map_err(|_| column)?.minor);
        }
    }
    // A row that says nothing agrees with nothing.
    if found.iter().all(Option::is_none) {
        let [first, ..] = AMOUNTS;
        return Err(first);
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
        let wrong = |fault| Ok(Compared { of: None, told: Err(fault) });
        let entity = line.entity.parse().ok().and_then(|code| self.entity(&code));
        let Some(entity) = entity else {
            return wrong(fault(line, "entity", "entity_unknown", NO_ENTITY));
        };
        let customer = self.customer_named(&line.account)?;
        let may = caller.principal.may(Grant::CreditRead, Some(&entity.code));
        let Some(customer) = customer.filter(|found| may && permit::sees(&caller.principal, &found.account))
        else {
            return wrong(fault(line, "account", "account_unknown", "There is no such account."));
        };
        let of = Some((customer.account.id, entity.code.clone()));
        let wrong = |fault| Ok(Compared { of: of.clone(), told: Err(fault) });
        if !line.currency.is_empty() && line.currency != entity.currency.code() {
            let message = format!("Amounts of {} are in {}.", entity.code, entity.currency);
            return wrong(fault(line, "currency", "currency_differs", message));
        }
        let extract = match amounts(line, entity.currency) {
            Ok(extract) => extract,
            Err(column) => return wrong(fault(line, column, "money_invalid", "Expected a decimal amount.")),
        };
        let found = self.against(line.row, &entity, &customer, &extract)?;
        let found =
            found.ok_or_else(|| fault(line, "account", "rate_missing", "An exchange rate is missing."));
        Ok(Compared { of, told: found })
    }

    /// Where the book of an account with an entity differs from what the extract says, or from nothing where it has no row
    /// of it (`row` 0); nothing where a rate is missing.
    pub(super) fn against(
        &mut self,
        row: u64,
        entity: &LegalEntity,
        customer: &super::known::Customer,
        extract: &Extract,
    ) -> Result<Option<Vec<BreakView>>, Fault> {
        let Some((ours, open, foreign)) = self.entity_book(customer, entity)? else { return Ok(None) };
        let since = self.now.as_millisecond().saturating_sub(RECENT_MS);
        let number = entity_number(&self.organisation, &entity.code).unwrap_or(0);
        let recent = self.engine.living().moved_since(customer.row, number, since);
        let absent = row == 0;
        let evidence = Evidence { recent, open, foreign, absent };
        let money = |minor| Money::new(minor, entity.currency).into();
        let view = |found: kith_domain::credit::Break| BreakView {
            row,
            absent,
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
        Ok(Some(found.into_iter().map(view).collect()))
    }
}
