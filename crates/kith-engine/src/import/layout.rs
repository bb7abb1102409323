//! What the columns of a file mean, and what its rows are checked against.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Arc;

use kith_connect::contacts::{ContactIndex, contact};
use kith_connect::csv::{self, FileFault, Reader, Row};
use kith_connect::map::{Field, Kind, MapFile, Mapping, System, Target};
use kith_connect::report::number_style;
use kith_connect::row::{Known, RowError, RowOptions};
use kith_domain::account::Facts;
use kith_domain::organisation::Organisation;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::team::KnownTeam;
use kith_domain::user::User;
use kith_domain::value::IdentifierKind;
use kith_store::Fault;
use serde::{Deserialize, Serialize};

use super::columns::name_of;

/// Rows looked at before the meaning of a column is settled.
const SAMPLE: usize = 200;

/// Why a file is not staged.
#[derive(Debug)]
pub(super) enum Unfit {
    /// Its owner can mend it.
    Refused(Refusal),
    /// It could not be found out.
    Fault(Fault),
}

impl From<Fault> for Unfit {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<FileFault> for Unfit {
    fn from(fault: FileFault) -> Self {
        if let FileFault::Unreadable(error) = fault {
            return Self::Fault(Fault::unavailable(error));
        }
        let place = fault.row().map_or_else(|| "/rows".to_owned(), |row| format!("/rows/{row}"));
        let fields = vec![FieldFault::new(place, fault.code(), fault.to_string())];
        let code = format!("import.{}", fault.code());
        Self::Refused(
            Refusal::new(
                RefusalKind::Unprocessable,
                code,
                fault.to_string(),
                "Mend the file and bring it again.",
            )
            .with_fields(fields),
        )
    }
}

/// A parameter that does not fit the file or the organisation.
fn unfit(place: &str, code: &str, message: impl Into<String>) -> Unfit {
    let message = message.into();
    let clears = "Correct the parameter, or leave it out.";
    let fields = vec![FieldFault::new(place, code, message.clone())];
    let refusal = Refusal::new(RefusalKind::Unprocessable, format!("import.{code}"), message, clears);
    Unfit::Refused(refusal.with_fields(fields))
}

/// What was asked about the reading of a file; kept with it, so that its execution reads it the same way.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    /// The system of the external ids.
    pub(super) source_system: Option<String>,
    /// The name of a map, or the JSON of a map file.
    pub(super) map: Option<String>,
    /// The entity of rows that name none.
    pub(super) entity: Option<String>,
    /// The column that gives the external ids.
    pub(super) external_id_column: Option<String>,
    /// Whether empty cells clear what is on record.
    pub(super) empty_clears: bool,
}

/// The organisation as rows are checked against it.
#[derive(Debug, Clone)]
pub(super) struct House {
    known: Known,
    pub(super) facts: Facts,
}

impl House {
    pub(super) fn new(
        organisation: &Organisation,
        users: &[User],
        teams: BTreeMap<String, KnownTeam>,
        today: jiff::civil::Date,
    ) -> Self {
        let active = || users.iter().filter(|user| user.is_active());
        let mut names = BTreeMap::new();
        for user in active() {
            // An address names one user; a name that several share names none of them for sure, the first wins.
            let words = [user.name.get(), user.email.get()].into_iter().flatten();
            for word in words {
                names.entry(word.to_lowercase()).or_insert_with(|| user.id.to_string());
            }
        }
        let entities = organisation.entities.iter();
        Self {
            known: Known {
                entities: entities.clone().map(|entity| (entity.code.to_string(), entity.currency)).collect(),
                payment_terms: organisation.open_payment_terms().into_iter().collect(),
                users: names,
            },
            facts: Facts {
                entities: entities.map(|entity| (entity.code.clone(), entity.currency)).collect(),
                catalogues: Arc::clone(&organisation.catalogues),
                custom_fields: Arc::clone(&organisation.custom_fields),
                accounts: BTreeSet::new(),
                users: active().map(|user| user.id).collect(),
                taken: BTreeMap::new(),
                teams,
                today: Some(today),
                ..Facts::default()
            },
        }
    }
}

/// A file's columns, and all that its rows are read with.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) header: Vec<String>,
    pub(super) mapping: Mapping,
    pub(super) options: RowOptions,
    pub(super) known: Known,
    pub(super) facts: Facts,
    /// The people of the accounts, from files of contacts that came along.
    pub(super) contacts: Option<Arc<ContactIndex>>,
    /// The first rows.
    pub(super) sample: Vec<Row>,
}

impl Layout {
    /// Reads the header and the first rows.
    pub(super) fn find(input: impl Read, asked: &Asked, house: House) -> Result<Self, Unfit> {
        let House { known, facts } = house;
        let mut reader = Reader::open(input, &csv::Options::default())?;
        let header = reader.header().to_vec();
        let mut sample = Vec::new();
        let mut row = Row::default();
        while sample.len() < SAMPLE && reader.read_row(&mut row)? {
            sample.push(row.clone());
        }
        let (mut mapping, named) = mapping(&header, &sample, asked)?;
        if !asked.map.as_deref().is_some_and(is_file) {
            let open = facts.custom_fields.iter().filter(|(_, field)| !field.retired);
            mapping.take_customs(&header, open.map(|(name, field)| (name.as_str(), field.label.as_str())));
        }
        if let Some(name) = &asked.external_id_column
            && !mapping.take_ids_from(&header, name)
        {
            let message = format!("The file has no column \"{name}\".");
            return Err(unfit("/external_id_column", "column_unknown", message));
        }
        let system = asked.source_system.clone().or(named);
        let system = system.unwrap_or_else(|| mapping.system.name().to_owned());
        if format!("external:{system}").parse::<IdentifierKind>().is_err() {
            return Err(unfit(
                "/source_system",
                "system_invalid",
                "Expected 1 to 64 of a–z, 0–9, _, - and .",
            ));
        }
        let entity = asked.entity.as_ref().map(|code| code.to_uppercase());
        if let Some(code) = entity.as_ref().filter(|code| !known.entities.contains_key(*code)) {
            return Err(unfit("/entity", "entity_unknown", format!("There is no legal entity {code}.")));
        }
        let options = RowOptions {
            source_system: system,
            default_entity: entity,
            default_stage: Some("active".to_owned()),
            keep_unmapped: false,
            empty_clears: asked.empty_clears,
            numbers: number_style(&mapping, &sample),
        };
        Ok(Self { header, mapping, options, known, facts, contacts: None, sample })
    }

    /// Whether the rows are people of accounts instead of accounts.
    pub(super) fn is_contacts(&self) -> bool {
        self.mapping.kind == Kind::Contacts
    }

    /// Takes in the rows of a file of contacts; gives its faults, each with the file's own row.
    pub(super) fn take_contacts(&mut self, input: impl Read) -> Result<Vec<RowError>, Unfit> {
        let mut reader = Reader::open(input, &csv::Options::default())?;
        let header = reader.header().to_vec();
        let mapping = Mapping::infer(&header, Some(self.mapping.system));
        if mapping.kind != Kind::Contacts || self.is_contacts() {
            let message = "Beside a file of accounts, expected one of contacts: with names, and the id or name of their account.";
            return Err(unfit("/contacts", "contacts_expected", message));
        }
        let mut index = self.contacts.take().and_then(Arc::into_inner).unwrap_or_default();
        let (mut faults, mut row) = (Vec::new(), Row::default());
        while reader.read_row(&mut row)? {
            match contact(&row, &header, &mapping, &self.known, &self.options) {
                Ok(contact) => index.add(contact),
                Err(errors) => faults.extend(errors),
            }
        }
        self.contacts = Some(Arc::new(index));
        Ok(faults)
    }

    /// What each column became, as `(header, field)`.
    pub(super) fn columns(&self) -> Vec<(String, String)> {
        let given = self.mapping.columns.iter();
        given.map(|column| (column.header.clone(), name_of(&column.target))).collect()
    }

    /// The header of the column that a fault of the record's rules is about.
    pub(super) fn column_of(&self, pointer: &str) -> String {
        let parts: Vec<&str> = pointer.split('/').filter(|part| !part.is_empty()).collect();
        let first = parts.first().copied().unwrap_or_default();
        let last = parts.iter().rev().find(|part| part.parse::<usize>().is_err()).copied().unwrap_or(first);
        let fields: &[&str] = match (first, last) {
            ("identifiers", _) => &["external_id"],
            ("account", _) => &["account.external_id", "account.name"],
            ("contacts", "emails") => &["contact.email"],
            ("contacts", "phones") => &["contact.phone", "contact.mobile"],
            ("contacts", "title") => &["contact.title"],
            ("contacts", "role") => &["contact.role"],
            ("contacts", _) => &["contact.name", "contact.last_name"],
            ("addresses", "country") => &["billing.country", "shipping.country"],
            ("addresses", "city") => &["billing.city", "shipping.city"],
            ("addresses", "postal_code") => &["billing.postal_code", "shipping.postal_code"],
            ("addresses", _) => &["billing.line1", "shipping.line1"],
            ("tax_id", _) => &["tax_id", "identifier.vat", "identifier.ein"],
            ("stage", _) => &["stage", "inactive", "active"],
            _ => &[first],
        };
        if let Some(column) = self.member_of(&parts) {
            return column;
        }
        let fields = fields.iter().filter_map(|name| Field::parse(name));
        let column = fields.into_iter().find_map(|field| self.mapping.column(field));
        column.map_or_else(|| parts.join("."), |column| column.header.clone())
    }
}

impl Layout {
    /// The header of a custom field's, a dimension's or an entity's own column; of several dimensions the first.
    fn member_of(&self, parts: &[&str]) -> Option<String> {
        let fits = |target: &Target| match (target, parts) {
            (Target::Custom(key), ["custom", name, ..]) => key == name,
            (Target::Dimension { .. }, ["dimensions", ..]) => true,
            (Target::Override { entity, field }, ["overrides", code, name, ..]) => {
                entity == code && field == name
            }
            _ => false,
        };
        // The rows of dimensions stand in the order of their columns.
        let place = match parts {
            ["dimensions", place, ..] => place.parse().unwrap_or(0),
            _ => 0,
        };
        let mut columns = self.mapping.columns.iter().filter(|column| fits(&column.target));
        columns.nth(place).map(|column| column.header.clone())
    }
}

/// The meaning of the columns, and the system that a map file names.
/// Whether a map is written out, and not the name of one.
fn is_file(map: &str) -> bool {
    map.trim_start().starts_with('{')
}

fn mapping(header: &[String], sample: &[Row], asked: &Asked) -> Result<(Mapping, Option<String>), Unfit> {
    let Some(map) = asked.map.as_deref() else {
        let mut mapping = Mapping::infer(header, asked.source_system.as_deref().and_then(System::parse));
        mapping.profile(sample);
        return Ok((mapping, None));
    };
    if !is_file(map) {
        let Some(system) = System::parse(map) else {
            let message =
                "Expected salesforce, hubspot, erpnext, tryton, quickbooks, sap, generic, or a map file.";
            return Err(unfit("/map", "map_unknown", message));
        };
        let mut mapping = Mapping::infer(header, Some(system));
        mapping.profile(sample);
        return Ok((mapping, None));
    }
    let file = MapFile::parse(map).map_err(|fault| unfit("/map", "map_invalid", fault.to_string()))?;
    let mapping =
        file.apply(header, None).map_err(|fault| unfit("/map", "map_invalid", fault.to_string()))?;
    Ok((mapping, file.system))
}
