//! Texts, numbers of people, tags and metadata of a row.

use serde_json::{Map, Value};

use super::account::{Draft, trim};
use super::number::decimal;
use crate::map::{Field, Target};

/// Longest notes, in bytes (D§1.2).
const NOTES_MAX: usize = 64 << 10;
/// Longest other text, in characters.
const TEXT_MAX: usize = 1_000;

impl Draft<'_> {
    pub(super) fn texts(&mut self) {
        let members = [
            (Field::LegalName, "legal_name"),
            (Field::TaxCode, "tax_code"),
            (Field::Industry, "industry"),
            (Field::Language, "language"),
            (Field::Timezone, "timezone"),
        ];
        for (field, member) in members {
            if let Some(text) = self.cell(field) {
                if text.chars().count() > TEXT_MAX {
                    self.error(field, "text_too_long", format!("At most {TEXT_MAX} characters."), text);
                } else {
                    self.body.insert(member.to_owned(), Value::from(text));
                }
            }
        }
        if let Some(text) = self.cell(Field::Notes) {
            match text.len() <= NOTES_MAX {
                true => drop(self.body.insert("notes".to_owned(), Value::from(text))),
                false => self.error(Field::Notes, "notes_too_long", "Notes have at most 64 KiB.", text),
            }
        }
        if let Some(text) = self.cell(Field::Tags) {
            let tags = text.split([';', ',']).map(str::trim).filter(|tag| !tag.is_empty());
            self.body.insert("tags".to_owned(), tags.map(Value::from).collect());
        }
        if let Some(text) = self.cell(Field::Employees) {
            let number =
                decimal(text, self.drafter.options.numbers).filter(|(_, letters)| letters.is_empty());
            let whole =
                number.and_then(|(number, _)| number.split('.').next().and_then(|n| n.parse::<u32>().ok()));
            match whole {
                Some(count) => drop(self.body.insert("employees".to_owned(), Value::from(count))),
                None => self.error(
                    Field::Employees,
                    "number_invalid",
                    "Expected a whole number, 0 or more.",
                    text,
                ),
            }
        }
    }

    /// Columns that a map file sends to metadata, those without meaning when asked, and the account number of
    /// the other system (ours is given when the account is created).
    pub(super) fn metadata(&mut self) {
        let mut metadata = Map::new();
        let mapping = self.drafter.mapping;
        let named = mapping.columns.iter().filter_map(|column| match &column.target {
            Target::Metadata(member) => Some((column.place, member.as_str())),
            _ => None,
        });
        let unmapped = mapping.unmapped.iter().filter(|_| self.drafter.options.keep_unmapped);
        let unmapped = unmapped.map(|(place, header)| (*place, header.as_str()));
        for (place, member) in named.chain(unmapped) {
            if let Some(cell) =
                self.row.cells.get(place).map(|cell| trim(cell)).filter(|cell| !cell.is_empty())
            {
                metadata.insert(member.to_owned(), Value::from(cell));
            }
        }
        if let Some(number) = self.cell(Field::AccountNumber) {
            metadata.insert("source_account_number".to_owned(), Value::from(number));
        }
        if !metadata.is_empty() {
            self.body.insert("metadata".to_owned(), Value::Object(metadata));
        }
    }
}
