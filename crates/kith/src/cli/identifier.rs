//! `kith identifier`: looking at identifiers.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use kith_api::request::{IdentifierItem, IdentifierValidate};
use kith_connect::csv::{FileFault, Options, Reader, Row};
use serde_json::{Value, json};

use super::input;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Values in one request.
const BATCH: usize = 1000;

/// Identifiers of companies and persons: tax numbers, LEI, IBAN, telephone numbers
#[derive(Debug, Subcommand)]
pub enum Identifier {
    /// Look at the form and check digits of a value, or of every row of a file; ends with 1 when one is at fault
    Validate(Validate),
}

/// What to look at.
#[derive(Debug, Args)]
pub struct Validate {
    /// vat, `tax_id`, `company_reg`, lei, iban, bic, gln, gtin, duns, ein, scac, vin, eori, phone, email, website, or a
    /// country's number such as br.cnpj
    #[arg(required_unless_present = "file", conflicts_with = "file", requires = "value")]
    kind: Option<String>,
    /// The value as somebody wrote it
    value: Option<String>,
    /// Whose number it is, such as DE
    #[arg(long)]
    country: Option<String>,
    /// CSV file with the columns kind, value and perhaps country; - for standard input
    #[arg(long, value_parser = input::path)]
    file: Option<PathBuf>,
}

impl Identifier {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let Self::Validate(validate) = self;
        match &validate.file {
            Some(file) => validate.rows(file, door, screen).await,
            None => {
                let request = IdentifierValidate {
                    kind: validate.kind.clone(),
                    country: validate.country.clone(),
                    value: validate.value.clone(),
                    items: None,
                };
                let reply = door.call(Call::to("identifier_validate").json(&request)?).await?;
                screen.show(&reply, pairs)?;
                told(reply.json::<Value>()?["valid"] == true)
            }
        }
    }
}

/// What is at fault ends with 1, so that a script need not read the report.
fn told(valid: bool) -> Result<(), Failure> {
    if valid { Ok(()) } else { Err(Failure::Reported) }
}

impl Validate {
    /// A verdict for each row of the file.
    async fn rows(&self, file: &Path, door: &Door, screen: Screen) -> Result<(), Failure> {
        let items = self.items(file)?;
        let mut verdicts = Vec::new();
        for batch in items.chunks(BATCH) {
            let request = IdentifierValidate { items: Some(batch.to_vec()), ..IdentifierValidate::default() };
            let reply = door.call(Call::to("identifier_validate").json(&request)?).await?;
            verdicts.extend(
                reply.json::<Value>()?.get("items").and_then(Value::as_array).cloned().unwrap_or_default(),
            );
        }
        for (verdict, item) in verdicts.iter_mut().zip(&items) {
            verdict["value"] = Value::from(item.value.as_str());
        }
        let valid = verdicts.iter().filter(|verdict| verdict["valid"] == true).count();
        let whole = json!({ "items": verdicts, "valid": valid, "rows": items.len() });
        let all = valid == items.len();
        screen.show_value(&whole, |whole| {
            let columns = ["kind", "value", "valid", "normalised", "reason"].map(Column::of);
            format!("{}{valid} of {} valid\n", render::page(&columns, whole), items.len())
        })?;
        told(all)
    }

    /// The rows of the file. Columns are found by their headers.
    fn items(&self, file: &Path) -> Result<Vec<IdentifierItem>, Failure> {
        let unread = |fault: FileFault| Failure::Here(format!("{}: {fault}", file.display()));
        let mut reader = Reader::open(input::open(file)?, &Options::default()).map_err(unread)?;
        let header: Vec<String> = reader.header().iter().map(|name| name.trim().to_lowercase()).collect();
        let place = |name: &str| header.iter().position(|known| known == name);
        let (Some(kind), Some(value)) = (place("kind"), place("value")) else {
            let sentence =
                format!("{}: expected the columns kind, value and perhaps country", file.display());
            return Err(Failure::Here(sentence));
        };
        let country = place("country");
        let (mut items, mut row) = (Vec::new(), Row::default());
        while reader.read_row(&mut row).map_err(unread)? {
            let cell = |place: usize| row.cells.get(place).cloned().unwrap_or_default();
            let country = country.map(cell).filter(|code| !code.trim().is_empty());
            items.push(IdentifierItem {
                kind: cell(kind),
                country: country.or_else(|| self.country.clone()),
                value: cell(value),
            });
        }
        Ok(items)
    }
}
