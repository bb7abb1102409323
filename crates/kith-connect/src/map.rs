//! What each column of a file means: by its header, by what its values look like, or as a person said.

mod field;
mod file;
mod profile;
mod synonym;
#[cfg(test)]
mod tests;
pub mod value;

use std::collections::BTreeMap;

use serde::Serialize;

pub use field::{AddressPart, Field};
pub use file::{MapFault, MapFile};
pub use synonym::normalise;

/// The system a file comes from; decides between readings of the same header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    /// Plain names.
    Generic,
    /// Salesforce: data export (API names) or report export (labels).
    Salesforce,
    /// HubSpot: labels or internal names.
    HubSpot,
    /// `ERPNext`: the Customer document.
    ErpNext,
    /// Tryton: party export.
    Tryton,
    /// `QuickBooks`: online export or IIF names.
    QuickBooks,
    /// SAP: names of KNA1, KNB1, KNVV, ADRC and BUT000.
    Sap,
}

impl System {
    /// The system of a `--map` name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match normalise(name).as_str() {
            "generic" => Self::Generic,
            "salesforce" => Self::Salesforce,
            "hubspot" => Self::HubSpot,
            "erpnext" => Self::ErpNext,
            "tryton" => Self::Tryton,
            "quickbooks" => Self::QuickBooks,
            "sap" => Self::Sap,
            _ => return None,
        })
    }

    /// The name as it is written in `source_system` and `external:<system>`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::Salesforce => "salesforce",
            Self::HubSpot => "hubspot",
            Self::ErpNext => "erpnext",
            Self::Tryton => "tryton",
            Self::QuickBooks => "quickbooks",
            Self::Sap => "sap",
        }
    }
}

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// One account a row.
    Accounts,
    /// One contact of an account a row.
    Contacts,
}

/// Where the value of a column goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A field of the account, or of the contact.
    Field(Field),
    /// A member of the account's metadata.
    Metadata(String),
    /// A custom field.
    Custom(String),
    /// A dimension, of all entities or of one.
    Dimension {
        /// Its type.
        kind: String,
        /// The entity that it is for.
        entity: Option<String>,
    },
    /// A value that one legal entity has instead of the master's.
    Override {
        /// The entity.
        entity: String,
        /// The field of the account.
        field: String,
    },
    /// Left out on purpose.
    Ignore,
}

impl Target {
    /// What a name says: a field's, `metadata.<name>`, `custom.<key>`, `dimension.<type>` with or without `.<entity>`,
    /// `override.<entity>.<field>`, or `ignore`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if name == "ignore" {
            return Some(Self::Ignore);
        }
        Self::parse_member(name).or_else(|| Field::parse(name).map(Self::Field))
    }

    /// The same for what is no field of its own; also as a header of a file.
    fn parse_member(name: &str) -> Option<Self> {
        let (family, rest) = name.trim().split_once('.')?;
        if rest.is_empty() {
            return None;
        }
        let entity = |code: &str| (!code.is_empty()).then(|| code.to_uppercase());
        Some(match family.to_ascii_lowercase().as_str() {
            "metadata" => Self::Metadata(rest.to_owned()),
            "custom" => Self::Custom(rest.to_owned()),
            "dimension" => match rest.split_once('.') {
                Some((kind, code)) => Self::Dimension { kind: kind.to_owned(), entity: Some(entity(code)?) },
                None => Self::Dimension { kind: rest.to_owned(), entity: None },
            },
            "override" => {
                let (code, field) = rest.split_once('.').filter(|(_, field)| !field.is_empty())?;
                Self::Override { entity: entity(code)?, field: field.to_owned() }
            }
            _ => return None,
        })
    }

    /// The name that [`Self::parse`] reads.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Field(field) => field.name().to_owned(),
            Self::Metadata(member) => format!("metadata.{member}"),
            Self::Custom(key) => format!("custom.{key}"),
            Self::Dimension { kind, entity: None } => format!("dimension.{kind}"),
            Self::Dimension { kind, entity: Some(entity) } => format!("dimension.{kind}.{entity}"),
            Self::Override { entity, field } => format!("override.{entity}.{field}"),
            Self::Ignore => "ignore".to_owned(),
        }
    }
}

/// A column that has a meaning.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Column {
    /// Its place in the row, from 0.
    pub place: usize,
    /// Its header as it stands in the file.
    pub header: String,
    /// Where its value goes.
    pub target: Target,
    /// How sure this is, in hundredths; below [`SURE`] a person is asked (D§6.3).
    pub confidence: u8,
}

/// From here on nobody is asked (D§6.3: 0.8).
pub const SURE: u8 = 80;

/// The meaning of every column of one file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mapping {
    /// What the rows are.
    pub kind: Kind,
    /// The system that the file was read as.
    pub system: System,
    /// Columns with a meaning, in the order of the file.
    pub columns: Vec<Column>,
    /// Headers without one, with their places.
    pub unmapped: Vec<(usize, String)>,
    /// Values for fields that no column gives, from a map file.
    pub constants: BTreeMap<Field, String>,
    /// Texts with `{Header}` places for fields that no column gives, from a map file.
    pub templates: BTreeMap<Field, Template>,
    /// What values of the other system mean here, by their normalised words, from a map file.
    pub values: BTreeMap<Field, BTreeMap<String, String>>,
}

/// A text with places for cells, for example `{CustomerID}@example.com`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Template {
    /// Text before each cell, with the cell's place in the row.
    pub parts: Vec<(String, usize)>,
    /// Text after the last cell.
    pub tail: String,
}

impl Template {
    /// The text with the cells of one row filled in; `None` when one of them is empty.
    #[must_use]
    pub fn fill(&self, cells: &[String]) -> Option<String> {
        let mut text = String::new();
        for (before, place) in &self.parts {
            let cell = cells.get(*place).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())?;
            text.push_str(before);
            text.push_str(cell);
        }
        text.push_str(&self.tail);
        Some(text)
    }
}

impl Mapping {
    /// Reads the header of an account or contact file. Without a `system` the one whose names fit best is taken.
    #[must_use]
    pub fn infer(header: &[String], system: Option<System>) -> Self {
        let kind = synonym::kind(header);
        let system = system.unwrap_or_else(|| synonym::system(header));
        let mut mapping = Self {
            kind,
            system,
            columns: Vec::new(),
            unmapped: Vec::new(),
            constants: BTreeMap::new(),
            templates: BTreeMap::new(),
            values: BTreeMap::new(),
        };
        // Of two columns that could be the same field, the surer and then the first one is it.
        let mut best: BTreeMap<Field, (u8, usize)> = BTreeMap::new();
        let member = |name: &str| Target::parse_member(name).filter(|_| kind == Kind::Accounts);
        let readings: Vec<_> = header
            .iter()
            .map(|name| if member(name).is_some() { None } else { synonym::read(name, system, kind) })
            .collect();
        for (place, reading) in readings.iter().enumerate() {
            if let Some((field, confidence)) = reading {
                let entry = best.entry(*field).or_insert((*confidence, place));
                if *confidence > entry.0 {
                    *entry = (*confidence, place);
                }
            }
        }
        for (place, (name, reading)) in header.iter().zip(readings).enumerate() {
            match reading {
                Some((field, confidence)) if best.get(&field).is_some_and(|(_, first)| *first == place) => {
                    mapping.columns.push(Column {
                        place,
                        header: name.clone(),
                        target: Target::Field(field),
                        confidence,
                    });
                }
                _ => mapping.keep(place, name),
            }
        }
        mapping
    }

    /// A column that is no field: what its header names outright, metadata that the system is known for, or nothing.
    fn keep(&mut self, place: usize, header: &str) {
        let named = Target::parse_member(header).map(|target| (target, 100));
        let known =
            || synonym::metadata(header, self.system).map(|name| (Target::Metadata(name.to_owned()), 95));
        let member = named.or_else(known).filter(|_| self.kind == Kind::Accounts);
        match member {
            Some((target, confidence)) => {
                self.columns.push(Column { place, header: header.to_owned(), target, confidence });
            }
            None => self.unmapped.push((place, header.to_owned())),
        }
    }

    /// Gives a column a meaning that was asked for, and takes it from the column that had it.
    pub fn assign(&mut self, header: &[String], place: usize, target: Target) {
        let name = header.get(place).cloned().unwrap_or_default();
        self.unmapped.retain(|(other, _)| *other != place);
        let Self { columns, unmapped, .. } = self;
        columns.retain(|column| {
            let loses =
                column.place != place && column.target == target && matches!(target, Target::Field(_));
            if loses {
                unmapped.push((column.place, column.header.clone()));
            }
            column.place != place && !loses
        });
        columns.push(Column { place, header: name, target, confidence: 100 });
        columns.sort_by_key(|column| column.place);
    }

    /// Takes columns that nothing else explains for custom fields of their name or label.
    pub fn take_customs<'f>(&mut self, header: &[String], fields: impl Iterator<Item = (&'f str, &'f str)>) {
        if self.kind != Kind::Accounts {
            return;
        }
        for (name, label) in fields {
            // The list takes them away as `custom_<name>`, the filter language knows them so.
            let names = [normalise(name), normalise(label), normalise(&format!("custom_{name}"))];
            let found = self.unmapped.iter().find(|(_, header)| names.contains(&normalise(header)));
            if let Some(place) = found.map(|(place, _)| *place) {
                self.assign(header, place, Target::Custom(name.to_owned()));
            }
        }
    }

    /// Takes the ids of the other system from a column named by whoever brings the file; false without one.
    pub fn take_ids_from(&mut self, header: &[String], name: &str) -> bool {
        let Some(place) = place_of(header, name) else { return false };
        self.assign(header, place, Target::Field(Field::ExternalId));
        true
    }

    /// Looks at values of columns that their header did not explain (D§6.3: value profiling). What it finds is
    /// never sure, so a person is asked.
    pub fn profile(&mut self, rows: &[crate::csv::Row]) {
        profile::profile(self, rows);
    }

    /// The column that gives a field.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|column| column.target == Target::Field(field))
    }

    /// True when a column, a constant or a template gives the field.
    #[must_use]
    pub fn gives(&self, field: Field) -> bool {
        self.column(field).is_some()
            || self.constants.contains_key(&field)
            || self.templates.contains_key(&field)
    }

    /// Columns whose meaning a person should confirm.
    pub fn unsure(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.confidence < SURE)
    }
}

/// Where a column stands: by its name as written, else without case and marks.
fn place_of(header: &[String], name: &str) -> Option<usize> {
    let exact = header.iter().position(|column| column == name);
    exact.or_else(|| header.iter().position(|column| normalise(column) == normalise(name)))
}
