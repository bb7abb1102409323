//! Many applications from one file: a row is an application. A dry run first; then each row by itself, known by its content.

use std::collections::BTreeMap;

use kith_api::view::{BulkError, BulkRow, BulkView};
use kith_connect::csv::{self, FileFault, Lines, Reader, Row};
use kith_connect::map::{Mapping, Target};
use kith_connect::report::number_style;
use kith_connect::row::{Drafter, Known, RowError, RowOptions};
use kith_domain::account::Draft;
use kith_domain::onboarding::{Application as Said, EdiId, PortalPerson};
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::{AccountId, Personal, parse_email};
use kith_store::Fault;
use ring::digest::{SHA256, digest};
use serde_json::Value;

use super::start::{Application, Applied};
use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::facts::all_users;

/// Most rows of one file: each is a case of its own.
const ROWS_MAX: usize = 5_000;
/// The system of ids that a file brings.
const SYSTEM: &str = "onboarding";

/// Where a row stands: its number, and the line on which it begins.
type Place = (u64, u64);

/// A row as it was read.
type ReadRow = (Place, Result<(Value, Said), Vec<BulkError>>);

impl Engine {
    /// Starts a case for each row of a CSV file, or says what would become of it.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write; the rows before stay started.
    pub async fn onboard_many(
        &self,
        caller: &Caller,
        file: &[u8],
        execute: bool,
    ) -> Result<Result<BulkView, Refusal>, Fault> {
        let known = self.known_codes().await?;
        let Reading { unknown_columns, rows, headers } = match read(file, &known) {
            Ok(read) => read,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut view = BulkView { executed: execute, unknown_columns, ..BulkView::default() };
        let mut seen = BTreeMap::new();
        for (place, row) in rows {
            let mut row = match row {
                Ok((body, said)) => match seen.insert(key_of(&body, &said), place) {
                    Some(before) => refused_row(place, name_of(&body), vec![twice(before)]),
                    None => self.apply_row(caller, (place, &body), said, execute).await?,
                },
                Err(errors) => refused_row(place, String::new(), errors),
            };
            // A fault stands in the column as its file calls it.
            for column in row.errors.iter_mut().filter_map(|error| error.column.as_mut()) {
                if let Some(header) = headers.get(column) {
                    column.clone_from(header);
                }
            }
            match row.outcome.as_str() {
                "refused" => view.refused += 1,
                _ => view.ready += 1,
            }
            view.rows.push(row);
        }
        Ok(Ok(view))
    }

    /// The codes that rows are checked against.
    async fn known_codes(&self) -> Result<Known, Fault> {
        let users = self.store().read(all_users).await?;
        let organisation = self.organisation();
        let named = users.iter().filter(|user| user.is_active()).flat_map(|user| {
            let words = [user.name.get(), user.email.get()].into_iter().flatten();
            words.map(|word| (word.to_lowercase(), user.id.to_string())).collect::<Vec<_>>()
        });
        let entities = organisation.entities.iter().map(|entity| (entity.code.to_string(), entity.currency));
        Ok(Known {
            entities: entities.collect(),
            payment_terms: organisation.open_payment_terms().into_iter().collect(),
            users: named.collect(),
        })
    }

    async fn apply_row(
        &self,
        caller: &Caller,
        (place, body): (Place, &Value),
        said: Said,
        execute: bool,
    ) -> Result<BulkRow, Fault> {
        let name = name_of(body);
        let account = AccountId(self.new_uuid()?);
        let engine = self.clone();
        let mut ids = move || engine.new_uuid().unwrap_or_default();
        let (draft, faults) = Draft::read_new(body, account, &mut ids);
        if !faults.is_empty() {
            return Ok(refused_row(place, name, faults.into_iter().map(fault_of).collect()));
        }
        let key = key_of(body, &said);
        let application = Application { who: Applied::New(account, Box::new(draft)), said };
        let (id, command) = match self.application(caller, application).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(refused_row(place, name, errors_of(refusal))),
        };
        let done =
            BulkRow { row: place.0, line: place.1, name, outcome: "ready".to_owned(), ..BulkRow::default() };
        let request = Request { command, key: Some(key), expected_version: None };
        if !execute {
            let refusal = self.dry_run(caller, request).await?;
            return Ok(match refusal {
                Some(refusal) => refused_row(place, done.name, errors_of(refusal)),
                None => done,
            });
        }
        let outcome = self.onboard(caller, request).await?;
        Ok(match outcome.answer {
            Answer::Refused(refusal) => refused_row(place, done.name, errors_of(refusal)),
            Answer::Done(receipt) => {
                let case = if receipt.id.is_empty() { id.to_string() } else { receipt.id };
                let account = self.case(caller, &case).await?.ok().map(|case| case.account);
                BulkRow { outcome: "started".to_owned(), case: Some(case), account, ..done }
            }
            Answer::Waiting(_) => BulkRow { outcome: "started".to_owned(), ..done },
        })
    }
}

/// A row is known by what stands in it.
fn key_of(body: &Value, said: &Said) -> String {
    let prepay = said.prepay;
    let more = format!("{:?}{:?}{:?}", said.price_list, said.edi_ids, said.portal_users);
    let text = format!("{body}{prepay}{more}");
    format!("bulk-{}", data_encoding::HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref()))
}

/// A file as it was read.
struct Reading {
    /// The columns without meaning.
    unknown_columns: Vec<String>,
    rows: Vec<ReadRow>,
    /// What the file calls the members of an account.
    headers: BTreeMap<String, String>,
}

fn read(file: &[u8], known: &Known) -> Result<Reading, Refusal> {
    let mut reader = Reader::open(file, &csv::Options::default()).map_err(unfit)?;
    let header = reader.header().to_vec();
    let mut lines = Lines::below(&header);
    let (mut rows, mut begin) = (Vec::new(), Vec::new());
    let mut row = Row::default();
    while reader.read_row(&mut row).map_err(unfit)? {
        begin.push(lines.of(&row));
        rows.push(row.clone());
        if rows.len() > ROWS_MAX {
            let message = format!("The file has more than {ROWS_MAX} rows.");
            return Err(told("onboarding.too_many_rows", message, "Bring it in parts."));
        }
    }
    let own = OwnColumns::of(&header);
    let said: Vec<_> = rows.iter().map(|row| own.said(row)).collect();
    // What they say is not for the account: nobody guesses that it is one of its fields.
    let (mut header, mut rows) = (header, rows);
    own.blank(&mut header);
    rows.iter_mut().for_each(|row| own.blank(&mut row.cells));
    let mut mapping = Mapping::infer(&header, None);
    mapping.profile(&rows);
    let options = RowOptions {
        source_system: SYSTEM.to_owned(),
        numbers: number_style(&mapping, &rows),
        ..RowOptions::default()
    };
    let unknown = mapping.unmapped.iter().filter(|(place, _)| !own.has(*place));
    let unknown_columns = unknown.map(|(_, name)| name.clone()).collect();
    let headers = mapping.columns.iter().filter_map(|column| match &column.target {
        Target::Field(field) => Some((field.name().to_owned(), column.header.clone())),
        _ => None,
    });
    let headers = headers.collect();
    let drafter = Drafter::new(&header, &mapping, known, &options);
    let drafted = rows.iter().zip(begin).zip(said).map(|((row, line), said)| {
        ((row.number, line), both(drafter.draft(row).map(|draft| draft.body), said))
    });
    Ok(Reading { unknown_columns, rows: drafted.collect(), headers })
}

/// The account and what is said besides, or everything that is wrong with either.
fn both(
    drafted: Result<Value, Vec<RowError>>,
    said: Result<Said, Vec<BulkError>>,
) -> Result<(Value, Said), Vec<BulkError>> {
    match (drafted, said) {
        (Ok(body), Ok(said)) => Ok((without_stage(body), said)),
        (drafted, said) => {
            let errors = drafted.err().into_iter().flatten().map(error_of);
            Err(errors.chain(said.err().into_iter().flatten()).collect())
        }
    }
}

/// The columns that say more than the account: `prepay`, `price_list`, `edi_id`, and of the portal's people
/// `portal_user_name`, `portal_user_email`, `portal_user_role`, for more people with `_2` to `_9` behind them.
struct OwnColumns(BTreeMap<String, usize>);

impl OwnColumns {
    fn of(header: &[String]) -> Self {
        let plain = |name: &String| name.trim().to_lowercase().replace([' ', '-'], "_");
        let own = |name: &str| {
            matches!(name, "prepay" | "price_list" | "edi_id") || name.starts_with("portal_user_")
        };
        Self(header.iter().map(plain).zip(0..).filter(|(name, _)| own(name)).collect())
    }

    fn has(&self, place: usize) -> bool {
        self.0.values().any(|known| *known == place)
    }

    fn blank(&self, cells: &mut [String]) {
        for place in self.0.values() {
            if let Some(cell) = cells.get_mut(*place) {
                cell.clear();
            }
        }
    }

    fn cell(&self, row: &Row, name: &str) -> Option<String> {
        let text = row.cells.get(*self.0.get(name)?)?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn said(&self, row: &Row) -> Result<Said, Vec<BulkError>> {
        let mut errors = Vec::new();
        let prepay = self.cell(row, "prepay").map(|text| text.to_lowercase());
        let prepay = match prepay.as_deref() {
            Some("true" | "yes" | "y" | "1" | "ja") => true,
            None | Some("false" | "no" | "n" | "0" | "nein") => false,
            Some(_) => {
                errors.push(fault("prepay", "not_in_list", "expected true or false"));
                false
            }
        };
        let portal_users = (1..=9).filter_map(|place| self.person(row, place, &mut errors)).collect();
        let said = Said {
            prepay,
            price_list: self.cell(row, "price_list"),
            edi_ids: self.cell(row, "edi_id").iter().map(|text| EdiId::read(text)).collect(),
            portal_users,
            ..Said::default()
        };
        if errors.is_empty() { Ok(said) } else { Err(errors) }
    }

    /// The portal's person of a place from 1, where the row names one.
    fn person(&self, row: &Row, place: u8, errors: &mut Vec<BulkError>) -> Option<PortalPerson> {
        let suffix = if place == 1 { String::new() } else { format!("_{place}") };
        let column = |member: &str| format!("portal_user_{member}{suffix}");
        let cell = |member: &str| self.cell(row, &column(member));
        let (name, email, role) = (cell("name"), cell("email"), cell("role"));
        if name.is_none() && email.is_none() && role.is_none() {
            return None;
        }
        match email.as_deref().map(parse_email) {
            None => errors.push(fault(&column("email"), "required", "a person of the portal has an address")),
            Some(Err(error)) => errors.push(fault(&column("email"), "email_invalid", &error.to_string())),
            Some(Ok(_)) => {}
        }
        if role.as_deref().is_some_and(|role| !matches!(role, "portal_admin" | "portal_user")) {
            errors.push(fault(&column("role"), "not_in_list", "expected portal_admin or portal_user"));
        }
        let email = email?;
        let admin = role.as_deref() == Some("portal_admin");
        let name = Personal::new("", name.unwrap_or_else(|| email.clone()));
        Some(PortalPerson { name, email: Personal::new("", email), admin })
    }
}

fn fault(column: &str, code: &str, message: &str) -> BulkError {
    BulkError { column: Some(column.to_owned()), code: code.to_owned(), message: message.to_owned() }
}

/// The same row a second time: whoever meant another company wrote the wrong one.
fn twice((_, line): Place) -> BulkError {
    let message = format!("the row is the same as the one of line {line}");
    BulkError { column: None, code: "duplicate".to_owned(), message }
}

fn name_of(body: &Value) -> String {
    body.get("name").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A stage is not for the file to say: an application begins in onboarding.
fn without_stage(mut body: Value) -> Value {
    if let Some(members) = body.as_object_mut() {
        members.remove("stage");
    }
    body
}

fn unfit(fault: FileFault) -> Refusal {
    let place = fault.row().map_or_else(|| "/rows".to_owned(), |row| format!("/rows/{row}"));
    let message = fault.to_string();
    let code = format!("onboarding.{}", fault.code());
    told(&code, message.clone(), "Mend the file and bring it again.").with_fields(vec![FieldFault::new(
        place,
        fault.code(),
        message,
    )])
}

fn told(code: &str, message: String, clears: &str) -> Refusal {
    Refusal::new(RefusalKind::Unprocessable, code, message, clears)
}

fn refused_row((row, line): Place, name: String, errors: Vec<BulkError>) -> BulkRow {
    BulkRow { row, line, name, outcome: "refused".to_owned(), errors, ..BulkRow::default() }
}

fn error_of(error: RowError) -> BulkError {
    let column = Some(error.column).filter(|column| !column.is_empty());
    BulkError { column, code: error.code.to_owned(), message: error.message }
}

fn fault_of(fault: FieldFault) -> BulkError {
    BulkError { column: Some(column_of(&fault.pointer)), code: fault.code, message: fault.message }
}

/// The column that a member of an application comes from; a pointer where that is no single one.
fn column_of(pointer: &str) -> String {
    let parts: Vec<&str> = pointer.split('/').skip(1).collect();
    match parts.as_slice() {
        ["edi_ids", _] => "edi_id".to_owned(),
        [member] => (*member).to_owned(),
        _ => pointer.to_owned(),
    }
}

fn errors_of(refusal: Refusal) -> Vec<BulkError> {
    if refusal.fields.is_empty() {
        let message = format!("{} {}", refusal.sentence, refusal.clears);
        return vec![BulkError { column: None, code: refusal.code, message }];
    }
    refusal.fields.into_iter().map(fault_of).collect()
}
