//! How a sale is taxed, and what expires.

use jiff::ToSpan;
use jiff::civil::Date;
use kith_api::request::TaxAsk;
use kith_api::view::{ExpiryView, Page, TaxProfileView, TaxedView, WarningView};
use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::document::{Document, DocumentStatus};
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::tax::{Jurisdiction, TaxCategory, TaxProfile, TaxStatus, resolve};
use kith_domain::value::{EntityCode, is_country};
use kith_store::Fault;

use super::account::day;
use crate::caller::Caller;
use crate::directory::epoch_day;
use crate::engine::Engine;
use crate::noun::{load, read};

/// Most lines of the list of what expires.
const LINES_MAX: usize = 1_000;
/// Days before an end on which somebody is reminded (D§1.7), and the end itself.
const REMINDERS: [i64; 5] = [0, 7, 30, 60, 90];

/// What of all that expires is asked for.
#[derive(Debug, Clone, Default)]
pub struct ExpiryRequest {
    /// Days from the open business day.
    pub within_days: i64,
    /// Only `tax_certificate`, `vat_validation` or `document`.
    pub kind: Option<String>,
    /// Only one account.
    pub account: Option<String>,
}

impl Engine {
    /// How a sale to a place is taxed.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn tax(&self, caller: &Caller, ask: &TaxAsk) -> Result<Result<TaxedView, Refusal>, Fault> {
        let account = match self.load_account(caller, &ask.account).await? {
            Ok(loaded) => loaded.state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut faults = Vec::new();
        let mut fault = |place: &str, code: &str, message: &str| {
            faults.push(FieldFault::new(place, code, message));
        };
        let organisation = self.organisation();
        let entity = match &ask.entity {
            None => Some(account.owning_entity.clone()),
            Some(code) => {
                let known = code.trim().parse::<EntityCode>().ok();
                known.filter(|code| organisation.entity(code).is_some())
            }
        };
        if entity.is_none() {
            fault("/entity", "entity_unknown", "there is no such legal entity");
        }
        let country = ask.ship_to.country.trim().to_ascii_uppercase();
        if !is_country(&country) {
            fault("/ship_to/country", "country_unknown", "expected a country code such as US (ISO 3166-1)");
        }
        let date = match &ask.date {
            None => Some(self.day()),
            Some(text) => text.trim().parse::<Date>().ok(),
        };
        if date.is_none() {
            fault("/date", "date_invalid", "expected a date such as 2026-01-31");
        }
        let (Some(entity), Some(date), true) = (entity, date, faults.is_empty()) else {
            let sentence = "Some fields are at fault.";
            let clears = "Correct the fields that are named.";
            let refusal = Refusal::new(RefusalKind::Unprocessable, "invalid", sentence, clears);
            return Ok(Err(refusal.with_fields(faults)));
        };
        let region = ask.ship_to.region.clone().filter(|region| !region.trim().is_empty());
        let to = Jurisdiction { country, region };
        let taxed = resolve(&account.tax_profiles, &entity, &to, date);
        Ok(Ok(TaxedView {
            account: account.id.to_string(),
            entity: entity.to_string(),
            country: to.country.clone(),
            region: to.region.clone(),
            date: date.to_string(),
            tax_category: taxed.category.as_str().to_owned(),
            exempt: taxed.category != TaxCategory::Standard,
            profile: taxed.profile.map(|row| profile_view(row, date)),
            warnings: taxed
                .warnings
                .iter()
                .map(|warning| WarningView {
                    code: warning.code().to_owned(),
                    text: warning.sentence().to_owned(),
                })
                .collect(),
        }))
    }

    /// What ends within so many days of the open business day, or has ended; those that end first at the top.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn expiries(
        &self,
        caller: &Caller,
        request: &ExpiryRequest,
    ) -> Result<Result<Page<ExpiryView>, Refusal>, Fault> {
        let only = match &request.account {
            Some(name) => match self.load_account(caller, name).await? {
                Ok(loaded) => Some(loaded.id),
                Err(refusal) => return Ok(Err(refusal)),
            },
            None => None,
        };
        let today = self.day();
        let until = today.checked_add(request.within_days.days()).unwrap_or(Date::MAX);
        let wanted = |kind: &str| request.kind.as_deref().is_none_or(|only| only == kind);
        let mut found = Vec::new();
        if wanted("tax_certificate") || wanted("vat_validation") {
            found.extend(self.tax_expiries(caller, only.as_deref(), (today, until)).await?);
        }
        if wanted("document") {
            found.extend(self.document_expiries(caller, only.as_deref(), (today, until)).await?);
        }
        found.retain(|line| wanted(&line.kind));
        found.sort_by(|one, other| (&one.expires_on, &one.id).cmp(&(&other.expires_on, &other.id)));
        let has_more = found.len() > LINES_MAX;
        found.truncate(LINES_MAX);
        Ok(Ok(Page { items: found, next_cursor: None, has_more }))
    }

    /// The accounts that have tax profiles at all are marked in memory: only these are read.
    async fn tax_expiries(
        &self,
        caller: &Caller,
        only: Option<&str>,
        (today, until): (Date, Date),
    ) -> Result<Vec<ExpiryView>, Fault> {
        let reach = caller.principal.reach(Grant::AccountsRead);
        let ids: Vec<String> = {
            let inner = self.directory().read();
            let rows = inner.rows().filter(|(_, entry)| entry.taxed && reach.covers(&entry.entity));
            let ids = rows.map(|(_, entry)| entry.id.to_string());
            ids.filter(|id| only.is_none_or(|only| only == id)).collect()
        };
        self.store()
            .read(move |reader| {
                let mut found = Vec::new();
                for id in &ids {
                    let account = load::<Account>(reader, id)?.state;
                    for row in &account.tax_profiles {
                        found.extend(profile_expiries(&account, row, (today, until)));
                    }
                }
                Ok(found)
            })
            .await
    }

    async fn document_expiries(
        &self,
        caller: &Caller,
        only: Option<&str>,
        (today, until): (Date, Date),
    ) -> Result<Vec<ExpiryView>, Fault> {
        let most = u32::try_from(LINES_MAX.saturating_mul(10)).unwrap_or(u32::MAX);
        let documents = self.store().read(move |reader| {
            let documents = reader.documents_expiring(epoch_day(until), most)?;
            documents.into_iter().map(read::<Document>).collect::<Result<Vec<_>, _>>()
        });
        let reach = caller.principal.reach(Grant::AccountsRead);
        let personal = caller.reads_personal();
        let documents = documents.await?;
        let inner = self.directory().read();
        let mut found = Vec::new();
        for document in documents.into_iter().map(|loaded| loaded.state) {
            let account = document.account.to_string();
            let entry = inner.row(document.account).and_then(|row| inner.entry(row));
            let Some(entry) = entry.filter(|entry| reach.covers(&entry.entity)) else { continue };
            if only.is_some_and(|only| only != account) || document.status(today) == DocumentStatus::Rejected
            {
                continue;
            }
            let Some(last) = document.watched_until() else { continue };
            let kind = document.kind.as_str().replace('_', " ");
            let name = document.name.get().filter(|_| personal);
            let title = name.map_or_else(|| kind.clone(), |name| format!("{kind}: {name}"));
            let line = ("document", document.id.to_string(), title);
            found.push(expiry(line, (account, entry.name.to_string()), (today, last)));
        }
        Ok(found)
    }
}

fn profile_expiries(account: &Account, row: &TaxProfile, (today, until): (Date, Date)) -> Vec<ExpiryView> {
    if row.status(today) == TaxStatus::Revoked {
        return Vec::new();
    }
    let place =
        row.region.as_ref().map_or_else(|| row.country.clone(), |region| format!("{}-{region}", row.country));
    let certificate = row.certificate_no.as_deref().unwrap_or("without a number");
    let whose = || (account.id.to_string(), account.name.clone());
    let mut found = Vec::new();
    if let Some(last) = row.effective_to.filter(|last| *last <= until) {
        let line = ("tax_certificate", row.id.to_string(), format!("Certificate {certificate}, {place}"));
        found.push(expiry(line, whose(), (today, last)));
    }
    let ended = row.status(today) == TaxStatus::Expired;
    if let Some(due) = row.validation_due_on().filter(|due| *due <= until && !ended) {
        let line = ("vat_validation", row.id.to_string(), format!("Validate the VAT number again, {place}"));
        found.push(expiry(line, whose(), (today, due)));
    }
    found
}

fn expiry(
    (kind, id, title): (&str, String, String),
    (account, account_name): (String, String),
    (today, last): (Date, Date),
) -> ExpiryView {
    let days_left = epoch_day(last) - epoch_day(today);
    let reminder = REMINDERS.into_iter().find(|days| days_left <= *days);
    ExpiryView {
        kind: kind.to_owned(),
        id,
        account,
        account_name,
        title,
        expires_on: last.to_string(),
        days_left,
        reminder: reminder.and_then(|days| u16::try_from(days).ok()),
    }
}

/// A tax profile as it stands on a day.
pub(crate) fn profile_view(row: &TaxProfile, today: Date) -> TaxProfileView {
    TaxProfileView {
        id: row.id.to_string(),
        entity: row.entity.as_ref().map(ToString::to_string),
        country: row.country.clone(),
        region: row.region.clone(),
        tax_category: row.tax_category.as_str().to_owned(),
        exempt_code: row.exempt_code.clone(),
        certificate_no: row.certificate_no.clone(),
        certificate_document: row.certificate_document.map(|id| id.to_string()),
        certificate_use: row.certificate_use.as_str().to_owned(),
        issued_on: day(row.issued_on),
        effective_from: row.effective_from.to_string(),
        effective_to: day(row.effective_to),
        status: row.status(today).as_str().to_owned(),
        verified_by: row.verified.and_then(|verified| verified.by).map(|user| user.to_string()),
        verified_on: day(row.verified.map(|verified| verified.on)),
        validation_due_on: day(row.validation_due_on()),
        revoked_reason: row.revoked.as_ref().map(|revoked| revoked.reason.clone()),
    }
}
