//! A row of an account file into an [`AccountDraft`].

use kith_domain::value::turns_reading;
use serde_json::{Map, Value, json};

use super::{
    AccountDraft, Known, RowError, RowOptions, address, check, member, money, reference, salesforce, warn,
};
use crate::contacts::ContactIndex;
use crate::csv::Row;
use crate::map::{Field, Mapping, System, Target, normalise, value};

/// Turns the rows of one file into drafts.
#[derive(Debug)]
pub struct Drafter<'a> {
    header: &'a [String],
    pub(super) mapping: &'a Mapping,
    pub(super) known: &'a Known,
    pub(super) options: &'a RowOptions,
    /// Where each field stands, in the order of fields.
    places: Vec<(Field, usize)>,
    pub(super) contacts: Option<&'a ContactIndex>,
}

/// A row on its way to a draft.
pub(super) struct Draft<'a> {
    pub(super) drafter: &'a Drafter<'a>,
    pub(super) row: &'a Row,
    pub(super) body: Map<String, Value>,
    pub(super) errors: Vec<RowError>,
    pub(super) warnings: Vec<RowError>,
}

/// Longest name, in characters (D§1.2).
const NAME_MAX: usize = 255;

impl<'a> Drafter<'a> {
    /// For a file with this header and mapping.
    #[must_use]
    pub fn new(
        header: &'a [String],
        mapping: &'a Mapping,
        known: &'a Known,
        options: &'a RowOptions,
    ) -> Self {
        let fields = mapping.columns.iter().filter_map(|column| match column.target {
            Target::Field(field) => Some((field, column.place)),
            _ => None,
        });
        let mut places: Vec<_> = fields.collect();
        places.sort_unstable();
        Self { header, mapping, known, options, places, contacts: None }
    }

    /// Gives every account its contacts of a contact file; one without an e-mail address of its own takes the
    /// first of theirs.
    #[must_use]
    pub fn with_contacts(mut self, contacts: &'a ContactIndex) -> Self {
        self.contacts = Some(contacts);
        self
    }

    /// The account that a row describes.
    ///
    /// # Errors
    /// Every fault of the row, each with its column.
    pub fn draft(&self, row: &Row) -> Result<AccountDraft, Vec<RowError>> {
        let mut draft =
            Draft { drafter: self, row, body: Map::new(), errors: Vec::new(), warnings: Vec::new() };
        if row.cut {
            let message = "The row is longer than a row may be; a quote may be left open before its end.";
            return Err(vec![RowError::new(row.number, "", "row_too_long", message, "")]);
        }
        draft.width();
        draft.computed();
        let parent = draft.name();
        draft.contact();
        draft.reach();
        money::entity_and_money(&mut draft);
        draft.standing();
        address::addresses(&mut draft);
        let external_id = draft.identifiers();
        draft.people();
        draft.texts();
        draft.metadata();
        member::members(&mut draft);
        warn::warn(&mut draft);
        if !draft.errors.is_empty() {
            return Err(draft.errors);
        }
        let Draft { body, warnings, .. } = draft;
        let empty = if self.options.empty_clears { self.empty(row) } else { Vec::new() };
        Ok(AccountDraft { row: row.number, body: Value::Object(body), external_id, parent, empty, warnings })
    }

    /// The header of the column that gives a field, else the field's own name.
    pub(crate) fn column(&self, field: Field) -> &str {
        self.place(field).and_then(|place| self.header.get(place)).map_or(field.name(), String::as_str)
    }

    fn place(&self, field: Field) -> Option<usize> {
        let found = self.places.binary_search_by_key(&field, |(known, _)| *known).ok()?;
        self.places.get(found).map(|(_, place)| *place)
    }

    /// The trimmed cell of a field, or the constant of the map file; `None` when empty.
    pub(crate) fn cell<'r>(&'r self, row: &'r Row, field: Field) -> Option<&'r str> {
        let cell = self.place(field).and_then(|place| row.cells.get(place)).map(|cell| trim(cell));
        let cell = cell.filter(|cell| !cell.is_empty());
        let meant = cell.map(|cell| {
            let words = self.mapping.values.get(&field);
            words.and_then(|words| words.get(&normalise(cell))).map_or(cell, String::as_str)
        });
        meant.or_else(|| self.mapping.constants.get(&field).map(String::as_str))
    }

    /// Members of the account whose column is there and whose cell is empty.
    fn empty(&self, row: &Row) -> Vec<&'static str> {
        let empty = self.places.iter().filter(|(field, _)| self.cell(row, *field).is_none());
        let mut members: Vec<&str> = empty.filter_map(|(field, _)| clearable(*field)).collect();
        members.dedup();
        members
    }
}

/// The member of the account that an empty cell clears, where it may be cleared.
fn clearable(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::LegalName => "legal_name",
        Field::BillingEmail => "billing_email",
        Field::Phone => "phone",
        Field::Website => "website",
        Field::Domain => "domain",
        Field::CreditLimit => "credit_limit",
        Field::PaymentTerms => "payment_terms",
        Field::TaxCode => "tax_code",
        Field::TaxId => "tax_id",
        Field::AccountManager => "account_manager",
        Field::SalesRep => "sales_rep",
        Field::Industry => "industry",
        Field::Employees => "employees",
        Field::AnnualRevenue => "annual_revenue",
        Field::Language => "language",
        Field::Timezone => "timezone",
        Field::Notes => "notes",
        Field::Tags => "tags",
        _ => return None,
    })
}

/// Without white space at the ends, ideographic and unbreakable ones included.
pub(super) fn trim(cell: &str) -> &str {
    cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
}

impl<'a> Draft<'a> {
    pub(super) fn cell(&self, field: Field) -> Option<&'a str> {
        self.drafter.cell(self.row, field)
    }

    /// The cell, or the filled template of the map file.
    pub(super) fn text(&self, field: Field) -> Option<std::borrow::Cow<'a, str>> {
        let template =
            || self.drafter.mapping.templates.get(&field).and_then(|text| text.fill(&self.row.cells));
        self.cell(field).map(Into::into).or_else(|| template().map(Into::into))
    }

    pub(super) fn error(
        &mut self,
        field: Field,
        code: &'static str,
        message: impl Into<String>,
        value: &str,
    ) {
        self.push_error(field, code, message, value, None);
    }

    pub(super) fn push_error(
        &mut self,
        field: Field,
        code: &'static str,
        message: impl Into<String>,
        value: &str,
        suggestion: Option<String>,
    ) {
        let column = self.drafter.column(field);
        self.errors.push(RowError::new(self.row.number, column, code, message, value).suggest(suggestion));
    }

    pub(super) fn warning(
        &mut self,
        field: Field,
        code: &'static str,
        message: impl Into<String>,
        value: &str,
    ) {
        let column = self.drafter.column(field);
        self.warnings.push(RowError::new(self.row.number, column, code, message, value));
    }

    /// Cells in which a spreadsheet could compute nothing.
    fn computed(&mut self) {
        const FAULTS: [&str; 8] =
            ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!"];
        for (field, _) in &self.drafter.places {
            if let Some(text) = self.cell(*field).filter(|text| FAULTS.contains(text)) {
                let message = "The spreadsheet could not compute this cell; write the value into it.";
                self.error(*field, "cell_error", message, text);
            }
        }
    }

    fn width(&mut self) {
        let (cells, columns) = (self.row.cells.len(), self.drafter.header.len());
        let beyond = self.row.cells.iter().skip(columns).any(|cell| !cell.trim().is_empty());
        if beyond {
            let message = format!(
                "The row has {cells} cells, the header has {columns}. A cell with the delimiter in it needs quotes."
            );
            self.errors.push(RowError::new(self.row.number, "", "too_many_cells", message, ""));
        }
    }

    fn name(&mut self) -> Option<String> {
        let Some(text) = self.text(Field::Name) else {
            self.error(Field::Name, "name_missing", "Every account needs a name.", "");
            return self.cell(Field::Parent).map(str::to_owned);
        };
        let more = [Field::NameMore, Field::NameMore2].into_iter().filter_map(|field| self.cell(field));
        let text = std::iter::once(text.as_ref()).chain(more).collect::<Vec<_>>().join(" ");
        let split =
            if self.drafter.mapping.system == System::QuickBooks { text.rsplit_once(':') } else { None };
        let (parent, name) =
            split.map_or((None, text.as_str()), |(parent, name)| (Some(parent.trim()), name.trim()));
        if name.chars().count() > NAME_MAX {
            self.error(
                Field::Name,
                "name_too_long",
                format!("A name has at most {NAME_MAX} characters."),
                name,
            );
        } else if name.chars().any(|letter| letter.is_control() || turns_reading(letter)) {
            self.error(
                Field::Name,
                "name_invalid",
                "The name holds a line break, a control character, or one that turns the direction of reading.",
                name,
            );
        } else {
            self.body.insert("name".to_owned(), Value::from(name));
        }
        parent.map(str::to_owned).or_else(|| self.cell(Field::Parent).map(str::to_owned))
    }

    fn reach(&mut self) {
        match (self.text(Field::Email), self.email_of_contact()) {
            (Some(email), _) => self.email(Field::Email, "email", &email),
            (None, Some(email)) => {
                let message = "The account has no e-mail address of its own; its contact's is taken.";
                self.warning(Field::Email, "email_of_contact", message, &email);
                self.body.insert("email".to_owned(), Value::from(email));
            }
            _ => self.error(Field::Email, "email_missing", "Every account needs an e-mail address.", ""),
        }
        if let Some(email) = self.text(Field::BillingEmail) {
            self.email(Field::BillingEmail, "billing_email", &email);
        }
        if let Some(phone) = self.cell(Field::Phone) {
            match check::phone(phone) {
                true => drop(self.body.insert("phone".to_owned(), Value::from(phone))),
                false => self.error(Field::Phone, "phone_invalid", "This is no telephone number.", phone),
            }
        }
        if let Some(text) = self.cell(Field::Website) {
            match check::website(text) {
                Some(website) => drop(self.body.insert("website".to_owned(), Value::from(website))),
                None => self.error(Field::Website, "website_invalid", "This is no address of the web.", text),
            }
        }
        if let Some(domain) = self.cell(Field::Domain) {
            self.body.insert("domain".to_owned(), Value::from(domain.to_lowercase()));
        }
    }

    pub(super) fn email(&mut self, field: Field, member: &str, text: &str) {
        if check::email(text) {
            self.body.insert(member.to_owned(), Value::from(text));
            return;
        }
        let bare = text.trim_start_matches("mailto:").trim_matches(|c| " <>;,.\"'".contains(c));
        let last = bare.rsplit('<').next().unwrap_or(bare);
        let cleaned: String = last.chars().filter(|c| !c.is_whitespace()).collect();
        let suggestion = check::email(&cleaned).then_some(cleaned);
        self.push_error(field, "email_invalid", "This is no e-mail address.", text, suggestion);
    }

    fn standing(&mut self) {
        let mut stage = self.drafter.options.default_stage.clone();
        if let Some(text) = self.cell(Field::CustomerType) {
            match value::customer_type(text) {
                Some(reading) => {
                    if let Some(kind) = reading.customer_type {
                        self.body.insert("customer_type".to_owned(), Value::from(kind));
                    }
                    if let Some(role) = reading.role {
                        self.body.insert("party_roles".to_owned(), json!([role]));
                    }
                    stage = reading.stage.map(str::to_owned).or(stage);
                }
                None => {
                    let message =
                        format!("The customer type is one of {}.", value::CUSTOMER_TYPES.join(", "));
                    let near = reference::nearest(text, value::CUSTOMER_TYPES);
                    self.push_error(Field::CustomerType, "customer_type_unknown", message, text, near);
                }
            }
        }
        if let Some(text) = self.cell(Field::Tier) {
            match value::tier(text) {
                Some(tier) => drop(self.body.insert("tier".to_owned(), Value::from(tier))),
                None => {
                    let message = format!("The tier is one of {}.", value::TIERS.join(", "));
                    let near = reference::nearest(text, value::TIERS);
                    self.push_error(Field::Tier, "tier_unknown", message, text, near);
                }
            }
        }
        if let Some(text) = self.cell(Field::Stage) {
            match value::stage(text) {
                Some(found) => stage = Some(found.to_owned()),
                None => {
                    let message = format!("The stage is one of {}.", value::STAGES.join(", "));
                    let near = reference::nearest(text, value::STAGES);
                    self.push_error(Field::Stage, "stage_unknown", message, text, near);
                }
            }
        }
        for (field, off) in [(Field::Inactive, true), (Field::Active, false)] {
            if self.truth(field) == Some(off) {
                stage = Some("inactive".to_owned());
            }
        }
        let code = self.cell(Field::Blocked).is_some_and(|code| !matches!(code, "0" | "false" | "no"));
        if self.truth(Field::Frozen) == Some(true) || code {
            let message = "The account is blocked where it comes from; place a hold after the import.";
            let field = if code { Field::Blocked } else { Field::Frozen };
            self.warning(field, "hold_not_imported", message, "");
        }
        if let Some(stage) = stage {
            self.body.insert("stage".to_owned(), Value::from(stage));
        }
    }

    pub(super) fn truth(&mut self, field: Field) -> Option<bool> {
        let text = self.cell(field)?;
        let truth = value::truth(text);
        if truth.is_none() {
            self.error(field, "yes_no_invalid", "Expected yes or no.", text);
        }
        truth
    }

    fn identifiers(&mut self) -> Option<String> {
        let mut identifiers = Vec::new();
        let external_id = self.text(Field::ExternalId).map(std::borrow::Cow::into_owned);
        if let Some(id) = &external_id {
            if id.chars().count() > 120 || id.chars().any(char::is_control) {
                let message = "An external id has at most 120 characters and no control characters.";
                self.error(Field::ExternalId, "external_id_invalid", message, id);
            }
            let kind = format!("external:{}", self.drafter.options.source_system);
            identifiers.push(json!({ "kind": kind, "value": id }));
            if self.drafter.mapping.system == System::Salesforce
                && let Some(other) = salesforce::other_form(id)
            {
                identifiers.push(json!({ "kind": kind, "value": other }));
            }
        }
        reference::tax(self, &mut identifiers);
        if !identifiers.is_empty() {
            self.body.insert("identifiers".to_owned(), Value::Array(identifiers));
        }
        external_id
    }

    fn people(&mut self) {
        reference::user(self, Field::AccountManager, "account_manager");
        reference::user(self, Field::SalesRep, "sales_rep");
    }
}
