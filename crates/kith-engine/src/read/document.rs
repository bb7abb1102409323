//! Documents and vehicles as the faces show them.

use std::collections::BTreeMap;

use kith_api::view::{DocumentView, Page, VehicleView, WarrantyView};
use kith_domain::access::Grant;
use kith_domain::document::Document;
use kith_domain::refusal::Refusal;
use kith_domain::value::{AccountId, Personal};
use kith_domain::vehicle::{Vehicle, Vin};
use kith_store::{Fault, Noun, Reader};

use super::account::day;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{Loaded, load, read};
use crate::permit;

/// Most documents of one account that are listed.
const DOCUMENTS_MAX: u32 = 1_000;

/// Which vehicles are asked for.
#[derive(Debug, Clone, Default)]
pub struct VehicleRequest {
    /// Only those of an account.
    pub account: Option<String>,
    /// Only the one with a number.
    pub vin: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: usize,
}

impl Engine {
    /// The documents of an account, newest first.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn document_list(
        &self,
        caller: &Caller,
        account: &str,
    ) -> Result<Result<Page<DocumentView>, Refusal>, Fault> {
        let id = match self.load_account(caller, account).await? {
            Ok(loaded) => loaded.state.id,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let accounts = self.with_merged(id);
        let found = self.store().read(move |reader| {
            let mut found = Vec::new();
            for account in &accounts {
                let account = account.to_string();
                let own = [("account_id", (&account).into())];
                for document in reader.list_newest(Noun::Document, &own, None, DOCUMENTS_MAX)? {
                    found.push(read::<Document>(document)?);
                }
            }
            Ok::<_, Fault>(found)
        });
        let mut found = found.await?;
        found.sort_by(|one, other| other.id.cmp(&one.id));
        let items = found.iter().filter(|loaded| loaded.state.exists());
        let items = items.map(|loaded| self.document_view(caller, &loaded.state)).collect();
        Ok(Ok(Page { items, next_cursor: None, has_more: false }))
    }

    /// One document of an account.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn document_get(
        &self,
        caller: &Caller,
        account: &str,
        id: &str,
    ) -> Result<Result<DocumentView, Refusal>, Fault> {
        let document = self.load_document(caller, account, id).await?;
        Ok(document.map(|document| self.document_view(caller, &document)))
    }

    /// An account and those that were merged into it: what is theirs shows at the one that stands for all.
    pub(crate) fn with_merged(&self, account: AccountId) -> Vec<AccountId> {
        let inner = self.directory().read();
        let rows = inner.row(account).map(|row| inner.members(row)).unwrap_or_default();
        let mut ids: Vec<AccountId> =
            rows.into_iter().filter_map(|row| inner.entry(row)).map(|entry| entry.id).collect();
        if !ids.contains(&account) {
            ids.push(account);
        }
        ids
    }

    fn document_view(&self, caller: &Caller, document: &Document) -> DocumentView {
        let entity = self.owner_of(document.account);
        let personal = caller.principal.may(Grant::PersonalRead, entity.as_ref());
        let see = |text: &Personal<String>| text.get().filter(|_| personal).cloned();
        let received_by = document.received_by.map(|user| user.to_string());
        let decided_by =
            document.decision.as_ref().and_then(|decision| decision.by).map(|user| user.to_string());
        DocumentView {
            id: document.id.to_string(),
            account: document.account.to_string(),
            kind: document.kind.as_str().to_owned(),
            name: see(&document.name),
            mime: document.mime.clone(),
            size: document.size,
            sha256: see(&document.sha256),
            status: document.status(self.day()).as_str().to_owned(),
            issued_on: day(document.issued_on),
            expires_on: day(document.expires_on),
            retention: document.retention.as_str().to_owned(),
            legal_hold: document.legal_hold,
            duplicate_of: document.duplicate_of.map(|id| id.to_string()),
            received_by_name: received_by.as_deref().and_then(|user| self.user_name(user)),
            received_by,
            received_at: document.received_at.map(|at| at.to_string()).unwrap_or_default(),
            decided_by_name: decided_by.as_deref().and_then(|user| self.user_name(user)),
            decided_by,
            reason: document.decision.as_ref().and_then(|decision| decision.reason.clone()),
        }
    }

    /// Vehicles in the order of their making.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn vehicles(
        &self,
        caller: &Caller,
        request: VehicleRequest,
    ) -> Result<Result<Page<VehicleView>, Refusal>, Fault> {
        let account = match &request.account {
            Some(name) => match self.load_account(caller, name).await? {
                Ok(loaded) => Some(self.with_merged(loaded.state.id)),
                Err(refusal) => return Ok(Err(refusal)),
            },
            None => None,
        };
        let vin = request.vin.as_ref().map(|vin| {
            Vin::parse(vin).map_or_else(|_| vin.trim().to_uppercase(), |vin| vin.as_str().to_owned())
        });
        let most = u32::try_from(request.limit.saturating_add(1)).unwrap_or(u32::MAX);
        let cursor = request.cursor.clone();
        let found = self.store().read(move |reader| {
            let page = match (&vin, &account) {
                (Some(vin), _) => {
                    reader.list(Noun::Vehicle, &[("vin", vin.into())], cursor.as_deref(), most)?
                }
                (None, Some(accounts)) => vehicles_of(reader, accounts, cursor.as_deref(), most)?,
                (None, None) => reader.list(Noun::Vehicle, &[], cursor.as_deref(), most)?,
            };
            page.into_iter().map(read::<Vehicle>).collect::<Result<Vec<_>, _>>()
        });
        let page = Page::cut(found.await?, request.limit, |loaded| loaded.id.clone());
        Ok(Ok(page.shown(|found| {
            let seen = found.iter().filter(|loaded| self.sees_vehicle(caller, &loaded.state));
            seen.map(|loaded| self.vehicle_view(caller, loaded)).collect()
        })))
    }

    /// One vehicle.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn vehicle(&self, caller: &Caller, id: &str) -> Result<Result<VehicleView, Refusal>, Fault> {
        let name = id.to_owned();
        let loaded = self.store().read(move |reader| load::<Vehicle>(reader, &name)).await?;
        Ok(if loaded.state.exists() && self.sees_vehicle(caller, &loaded.state) {
            Ok(self.vehicle_view(caller, &loaded))
        } else {
            Err(permit::missing("vehicle.not_found", "There is no such vehicle."))
        })
    }

    fn sees_vehicle(&self, caller: &Caller, vehicle: &Vehicle) -> bool {
        let accounts = vehicle.accounts();
        accounts.is_empty() || accounts.iter().any(|account| self.sees_account(caller, *account))
    }

    fn vehicle_view(&self, caller: &Caller, loaded: &Loaded<Vehicle>) -> VehicleView {
        let vehicle = &loaded.state;
        let shown = |account: Option<AccountId>| {
            account.filter(|account| self.sees_account(caller, *account)).map(|account| account.to_string())
        };
        let odd = !vehicle.vin.check_digit_fits();
        VehicleView {
            id: vehicle.id.to_string(),
            version: loaded.version,
            vin: vehicle.vin.as_str().to_owned(),
            make: vehicle.make.clone(),
            model: vehicle.model.clone(),
            model_year: vehicle.model_year,
            registration: vehicle.registration.clone(),
            vendor_id: shown(vehicle.vendor_id),
            customer_id: shown(vehicle.customer_id),
            sales_order_customer_id: shown(vehicle.sales_order_customer_id),
            end_customer_id: shown(vehicle.end_customer_id),
            warranty_customer_id: shown(vehicle.warranty_customer_id),
            warranty: WarrantyView {
                start: day(vehicle.warranty.start),
                end: day(vehicle.warranty.end),
                km: vehicle.warranty.km,
            },
            telematics_device_id: vehicle.telematics_device_id.clone(),
            odometer_km: vehicle.odometer_km,
            status: vehicle.status.as_str().to_owned(),
            warnings: odd.then(|| "vin_check_digit".to_owned()).into_iter().collect(),
        }
    }
}

/// Vehicles of any of some accounts, each once, in the order of their making.
fn vehicles_of(
    reader: &mut Reader<'_>,
    accounts: &[AccountId],
    after: Option<&str>,
    most: u32,
) -> Result<Vec<kith_store::Document>, Fault> {
    let mut found = BTreeMap::new();
    for account in accounts {
        for vehicle in reader.vehicles_of(&account.to_string(), after, most)? {
            found.insert(vehicle.id.clone(), vehicle);
        }
    }
    Ok(found.into_values().take(usize::try_from(most).unwrap_or(usize::MAX)).collect())
}
