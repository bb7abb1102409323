//! `kith tax`, `kith expiry`: how a sale is taxed, certificates, what ends soon.

use clap::{Args, Subcommand};
use kith_api::request::{ReasonGiven, ShipTo, TaxAsk};
use serde_json::Value;

use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// How sales are taxed, and the certificates that say so
#[derive(Debug, Subcommand)]
pub enum Tax {
    /// Say how a sale to a place is taxed
    Resolve {
        /// acc_… or account number
        account: String,
        /// Where the goods go: US, or US-CA
        ship_to: String,
        /// Legal entity that sells [default: the owning one]
        #[arg(long)]
        entity: Option<String>,
        /// Day [default: the open business day]
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
    },
    /// Record that a certificate was checked with its issuer
    Verify {
        /// acc_… or account number
        account: String,
        /// txp_…
        profile: String,
    },
    /// Take a tax profile back
    Revoke {
        /// acc_… or account number
        account: String,
        /// txp_…
        profile: String,
        /// Why
        reason: String,
    },
}

/// List what ends soon: tax certificates, VAT validations, documents
#[derive(Debug, Args)]
pub struct Expiry {
    /// Days from today [default: 90]
    #[arg(long, value_name = "DAYS")]
    within: Option<u32>,
    /// Only `tax_certificate`, `vat_validation` or document
    #[arg(long)]
    kind: Option<String>,
    /// Only one account
    #[arg(long)]
    account: Option<String>,
}

impl Tax {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::Resolve { account, ship_to, entity, on } => {
                let (country, region) = match ship_to.split_once('-') {
                    Some((country, region)) => (country, Some(region.to_owned())),
                    None => (ship_to.as_str(), None),
                };
                Call::to("tax_resolve").json(&TaxAsk {
                    account: account.clone(),
                    entity: entity.clone(),
                    ship_to: ShipTo { country: country.to_owned(), region },
                    date: on.clone(),
                })?
            }
            Self::Verify { account, profile } => Call::to("tax_profile_verify").place(account).place(profile),
            Self::Revoke { account, profile, reason } => Call::to("tax_profile_revoke")
                .place(account)
                .place(profile)
                .json(&ReasonGiven { reason: reason.clone() })?,
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value: &Value| pairs(value))
    }
}

impl Expiry {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let call = Call::to("expiry_list")
            .with("within_days", self.within)
            .with("kind", self.kind.as_ref())
            .with("account", self.account.as_ref());
        let reply = door.call(call).await?;
        let columns = ["expires_on", "days_left", "kind", "title", "account_name", "id"].map(Column::of);
        screen.show(&reply, |value: &Value| render::page(&columns, value))
    }
}
