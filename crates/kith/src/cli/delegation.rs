//! `kith delegation`: somebody decides for somebody else, for a while.

use clap::{Args, Subcommand};
use kith_api::request::DelegationMake;
use kith_api::view::MoneyView;

use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Delegations: somebody decides on changes for somebody else, for a while
#[derive(Debug, Subcommand)]
pub enum Delegation {
    /// List the delegations from and to you
    List,
    /// Let somebody else decide in your place
    Make(Make),
    /// End a delegation
    End {
        /// dlg_…
        delegation: String,
    },
}

/// To whom, what, until when.
#[derive(Debug, Args)]
pub struct Make {
    /// E-mail address or usr_… of who decides instead
    to: String,
    /// Until when, RFC 3339; 30 days at most
    #[arg(long)]
    ends: String,
    /// From when, RFC 3339 [default: now]
    #[arg(long)]
    starts: Option<String>,
    /// Operations, separated by commas [default: all]
    #[arg(long, value_delimiter = ',')]
    operations: Vec<String>,
    /// Only up to this amount, for example 50000:USD
    #[arg(long, value_name = "AMOUNT:CURRENCY")]
    cap: Option<String>,
}

impl Delegation {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::List => Call::to("delegation_list"),
            Self::Make(make) => {
                let amount_cap = match &make.cap {
                    None => None,
                    Some(text) => {
                        let (amount, currency) = text.split_once(':').ok_or_else(|| {
                            Failure::Usage(format!("--cap {text}: expected AMOUNT:CURRENCY"))
                        })?;
                        Some(MoneyView { amount: amount.to_owned(), currency: currency.to_uppercase() })
                    }
                };
                Call::to("delegation_make").json(&DelegationMake {
                    to: make.to.clone(),
                    operations: make.operations.clone(),
                    amount_cap,
                    starts: make.starts.clone(),
                    ends: make.ends.clone(),
                })?
            }
            Self::End { delegation } => Call::to("delegation_end").place(delegation),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| match self {
            Self::List => render::page(
                &["id", "from_name", "to_name", "state", "starts", "ends"].map(Column::of),
                value,
            ),
            Self::Make(_) | Self::End { .. } => pairs(value),
        })
    }
}
