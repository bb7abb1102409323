//! `kith vehicle`: vehicles and whose they are.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::Value;

use super::input::{self, PageArgs};
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Vehicles
#[derive(Debug, Subcommand)]
pub enum Vehicle {
    /// Add a vehicle from the JSON of POST /api/v1/vehicles
    Add {
        /// File, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
    },
    /// List vehicles
    List {
        /// Only those that an account has to do with
        #[arg(long)]
        account: Option<String>,
        /// Only the one with this number
        #[arg(long)]
        vin: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show a vehicle
    Get {
        /// veh_…
        vehicle: String,
    },
    /// Edit a vehicle by a merge patch
    Update {
        /// veh_…
        vehicle: String,
        /// File, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
    },
}

impl Vehicle {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::Add { file } => Call::to("vehicle_add").json(&input::object(file)?)?,
            Self::List { account, vin, page } => {
                page.on(Call::to("vehicle_list").with("account", account.as_ref()).with("vin", vin.as_ref()))
            }
            Self::Get { vehicle } => Call::to("vehicle_get").place(vehicle),
            Self::Update { vehicle, file } => {
                Call::to("vehicle_update").place(vehicle).json(&input::object(file)?)?
            }
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        let columns = ["id", "vin", "make", "model", "model_year", "registration", "status"].map(Column::of);
        screen.show(&reply, |value: &Value| match self {
            Self::List { .. } => render::page(&columns, value),
            _ => pairs(value),
        })
    }
}
