//! `kith fx`: rates of exchange.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use kith_api::request::{RateInput, RatesLoad};
use kith_connect::csv::{FileFault, Options, Reader, Row};
use serde_json::{Value, json};

use super::input::{self, PageArgs};
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::progress;
use crate::render::{self, Column};
use crate::screen::Screen;

/// Rates in one request.
const BATCH: usize = 10_000;
const COLUMNS: [&str; 4] = ["base", "quote", "day", "rate"];

/// Rates of exchange
#[derive(Debug, Subcommand)]
pub enum Fx {
    /// List rates, newest day first
    List {
        /// Rates of this currency
        #[arg(long)]
        base: Option<String>,
        /// Rates in this currency
        #[arg(long)]
        quote: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Load rates from a CSV file with the columns base, quote, day, rate: one base costs `rate` of quote
    Load {
        /// File, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
        /// Where the rates are from, for example ecb
        #[arg(long)]
        source: Option<String>,
    },
}

impl Fx {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let (file, source) = match self {
            Self::Load { file, source } => (file, source),
            Self::List { base, quote, page } => {
                let call =
                    page.on(Call::to("rate_list")).with("base", base.as_ref()).with("quote", quote.as_ref());
                let columns = ["day", "base", "quote", "rate", "source"].map(Column::of);
                return screen.show(&door.call(call).await?, |value| render::page(&columns, value));
            }
        };
        let rates = rates(file, source.as_ref())?;
        let bar = progress::bar(u64::try_from(rates.len()).ok(), "rates");
        for batch in rates.chunks(BATCH) {
            door.call(Call::to("rates_load").json(&RatesLoad { rates: batch.to_vec() })?).await?;
            bar.inc(u64::try_from(batch.len()).unwrap_or_default());
        }
        bar.finish_and_clear();
        screen.show_value(&json!({"loaded": rates.len()}), |value: &Value| {
            format!("{} rates loaded", value["loaded"])
        })
    }
}

/// The rates of a file. Columns are found by their headers.
fn rates(file: &Path, source: Option<&String>) -> Result<Vec<RateInput>, Failure> {
    let unread = |fault: FileFault| Failure::Here(format!("{}: {fault}", file.display()));
    let mut reader = Reader::open(input::open(file)?, &Options::default()).map_err(unread)?;
    let header: Vec<String> = reader.header().iter().map(|name| name.trim().to_lowercase()).collect();
    let place = |name: &str| header.iter().position(|known| known == name);
    let [Some(base), Some(quote), Some(day), Some(rate)] = COLUMNS.map(place) else {
        return Err(Failure::Here(format!(
            "{}: expected the columns {}",
            file.display(),
            COLUMNS.join(", ")
        )));
    };
    let (mut rates, mut row) = (Vec::new(), Row::default());
    while reader.read_row(&mut row).map_err(unread)? {
        let cell = |place: usize| row.cells.get(place).map(|cell| cell.trim().to_owned()).unwrap_or_default();
        rates.push(RateInput {
            base: cell(base),
            quote: cell(quote),
            day: cell(day),
            rate: cell(rate),
            source: source.cloned().unwrap_or_default(),
        });
    }
    Ok(rates)
}
