//! A row as the record's rules see it: a draft of an account with its keys, or every fault of it.

use kith_api::view::RowFault;
use kith_connect::contacts::{AccountKey, contact};
use kith_connect::csv::Row;
use kith_connect::row::{Drafter, RowError};
use kith_domain::account::{Account, Command, Draft, Key, KeyKind, wanted_keys};
use kith_domain::context::Context;
use kith_domain::decider::Decider;
use kith_domain::refusal::{FieldFault, merge_faults};
use kith_domain::value::{AccountId, IdentifierKind};
use kith_store::Fault;
use serde_json::{Value, json};
use uuid::Uuid;

use super::layout::Layout;
use crate::engine::Engine;

/// What one record is recognised by (D§6.4, exact).
#[derive(Debug, Clone, Default)]
pub(super) struct Keys {
    /// The same record for sure.
    pub(super) external: Option<Key>,
    /// The same customer, most likely.
    pub(super) tax: Option<Key>,
    /// The same customer, most likely.
    pub(super) email: Option<Key>,
}

impl Keys {
    /// The key of an account in the system that a file of contacts comes from.
    fn of_external(system: &str, id: &str) -> Self {
        let kind: Option<IdentifierKind> = format!("external:{system}").parse().ok();
        Self { external: kind.map(|kind| Key::identifier(&kind, id)), ..Self::default() }
    }

    fn of(command: &Command, draft: &Draft) -> Self {
        let mut keys = Self::default();
        for key in wanted_keys(command) {
            match key.kind {
                KeyKind::External => keys.external = Some(key),
                KeyKind::Tax => keys.tax = Some(key),
                KeyKind::TaxNumber | KeyKind::Email | KeyKind::Identifier => {}
            }
        }
        let email = draft.email.as_ref().and_then(Option::as_ref).and_then(|email| email.get());
        keys.email = email.map(|email| Key::email(email)).filter(|key| !key.value.is_empty());
        keys
    }

    /// Every key with the word that the report uses, the surest first.
    pub(super) fn each(&self) -> impl Iterator<Item = (&'static str, &Key)> {
        let keys = [("external_id", &self.external), ("tax_id", &self.tax), ("email", &self.email)];
        keys.into_iter().filter_map(|(by, key)| Some((by, key.as_ref()?)))
    }
}

/// An account that a row describes.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Row of the file, the header counted as row 1.
    pub(super) row: u64,
    /// The body of `POST /api/v1/accounts`.
    pub(super) body: Value,
    /// Id of the account, if it is created.
    pub(super) id: AccountId,
    /// The body as a draft of that account.
    pub(super) draft: Box<Draft>,
    /// What it is recognised by.
    pub(super) keys: Keys,
    /// Members of the account that empty cells clear.
    pub(super) empty: Vec<&'static str>,
    /// For a person of an account: the account's name, lower case, where its id is not given.
    pub(super) of_account: Option<String>,
    /// What the record's rules say about creating it; all but the stage also holds for an update.
    pub(super) faults: Vec<RowFault>,
    /// Remarks that stop nothing.
    pub(super) warnings: Vec<RowFault>,
}

/// Reads the rows of one file.
#[derive(Debug)]
pub(super) struct Readings<'l> {
    engine: &'l Engine,
    layout: &'l Layout,
    drafter: Drafter<'l>,
    context: Context,
}

impl<'l> Readings<'l> {
    pub(super) fn new(engine: &'l Engine, layout: &'l Layout, context: Context) -> Self {
        let mut drafter = Drafter::new(&layout.header, &layout.mapping, &layout.known, &layout.options);
        if let Some(contacts) = layout.contacts.as_deref() {
            drafter = drafter.with_contacts(contacts);
        }
        Self { engine, layout, drafter, context }
    }

    /// The candidate of a row, or the faults of its cells.
    pub(super) fn read(&self, row: &Row) -> Result<Result<Candidate, Vec<RowFault>>, Fault> {
        if self.layout.is_contacts() {
            return Ok(self.person(row));
        }
        let read = match self.drafter.draft(row) {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors.into_iter().map(shown).collect())),
        };
        let mut body = read.body;
        if let (Some(parent), Some(members)) = (read.parent, body.as_object_mut()) {
            // An account has no parent yet; what the file says is kept.
            let metadata = members.entry("metadata").or_insert_with(|| json!({}));
            if let Some(metadata) = metadata.as_object_mut() {
                metadata.insert("source_parent".to_owned(), Value::from(parent));
            }
        }
        let id = AccountId(self.engine.new_uuid()?);
        let (draft, shape) = drafted(self.engine, |ids| Draft::read_new(&body, id, ids))?;
        let command = Command::Create { id, number: 0, draft: Box::new(draft), application: false };
        let decided = Account::default().decide(&self.context, &self.layout.facts, &command);
        let rules = decided.err().map(|refusal| refusal.fields).unwrap_or_default();
        let faults = merge_faults(shape, rules);
        let faults = faults.iter().map(|fault| self.fault(row.number, fault, &body)).collect();
        let Command::Create { draft, .. } = command else {
            return Err(Fault::corrupt("a command that is another one"));
        };
        let keys = Keys::of(&Command::Update { draft: draft.clone() }, &draft);
        let warnings = read.warnings.into_iter().map(shown).collect();
        let (row, empty) = (row.number, read.empty);
        Ok(Ok(Candidate { row, body, id, draft, keys, empty, of_account: None, faults, warnings }))
    }

    /// A person of an account that is on record.
    fn person(&self, row: &Row) -> Result<Candidate, Vec<RowFault>> {
        let Layout { header, mapping, known, options, .. } = self.layout;
        let read = contact(row, header, mapping, known, options);
        let read = read.map_err(|errors| errors.into_iter().map(shown).collect::<Vec<_>>())?;
        let (keys, of_account) = match read.account {
            AccountKey::ExternalId(id) => (Keys::of_external(&options.source_system, &id), None),
            AccountKey::Name(name) => (Keys::default(), Some(name)),
        };
        Ok(Candidate {
            row: row.number,
            body: json!({"contacts": [read.body]}),
            id: AccountId::default(),
            draft: Box::default(),
            keys,
            empty: Vec::new(),
            of_account,
            faults: Vec::new(),
            warnings: Vec::new(),
        })
    }

    fn fault(&self, row: u64, fault: &FieldFault, body: &Value) -> RowFault {
        let value = match body.pointer(&fault.pointer) {
            Some(Value::String(text)) => text.chars().take(200).collect(),
            Some(Value::Null) | None => String::new(),
            Some(value) => value.to_string().chars().take(200).collect(),
        };
        RowFault {
            row,
            column: self.layout.column_of(&fault.pointer),
            code: fault.code.clone(),
            message: fault.message.clone(),
            value,
            ..RowFault::default()
        }
    }
}

/// Reads a draft with ids made on the way.
pub(super) fn drafted<T>(
    engine: &Engine,
    read: impl FnOnce(&mut dyn FnMut() -> Uuid) -> T,
) -> Result<T, Fault> {
    let mut failed = None;
    let drafted = read(&mut || {
        engine.new_uuid().unwrap_or_else(|fault| {
            failed = Some(fault);
            Uuid::nil()
        })
    });
    failed.map_or(Ok(drafted), Err)
}

pub(super) fn shown(error: RowError) -> RowFault {
    RowFault {
        row: error.row,
        column: error.column,
        code: error.code.to_owned(),
        message: error.message,
        value: error.value,
        suggestion: error.suggestion,
        ..RowFault::default()
    }
}
