//! `kith openapi`: the description of every operation.

use clap::Args;

use crate::failure::Failure;
use crate::screen::Screen;

/// Print the OpenAPI 3.1 document of every operation
#[derive(Debug, Args)]
pub struct Openapi {}

impl Openapi {
    pub(crate) fn run(&self, screen: Screen) -> Result<(), Failure> {
        let Self {} = self;
        let document = kith_api::openapi::document(env!("CARGO_PKG_VERSION"));
        screen.line(&format!("{document:#}"))
    }
}
