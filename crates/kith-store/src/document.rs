//! Documents: the state of a noun as one row, its personal values sealed, with the noun's index columns.

use serde_json::Value;

use crate::fault::Fault;
use crate::sql::{Param, Row, all, one, signed};
use crate::unit::{Reader, Unit};

/// A noun that is kept as documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Noun {
    /// The organisation: one document.
    Organisation,
    /// Users; index `login` (keyed digest of the address, unique), `kind` (`staff`, `portal`), of customers' people
    /// `account_id` and `access` (`on`, `off`).
    User,
    /// Tokens; index `hash` (hex, unique), `user_id`.
    Token,
    /// Accounts; index `account_row` and `number` (see [`Unit::next_account`]).
    Account,
    /// Notes of accounts; index `account_id`.
    Note,
    /// Price lists and price groups; index `kind`.
    PriceList,
    /// Teams.
    Team,
    /// Documents of accounts; index `account_id`, `digest`, `expires_on` (day since 1970).
    Document,
    /// Contract templates.
    ContractTemplate,
    /// Contracts; index `account_id`, `state`, `due_ms`.
    Contract,
    /// Tasks; index `account_id`, `assignee`, `state`, `cause`.
    Task,
    /// Vehicles; index `vin` (unique).
    Vehicle,
    /// Changes; index `state`, `submitted_by`, `operation`, `target`, `due_ms`.
    Change,
    /// The approval policy: one document, once it is not the seed any more.
    Policy,
    /// Delegations; index `from_user`, `to_user`.
    Delegation,
    /// Notifications; index `user_id`, `state`.
    Notification,
    /// Mails to people outside; index `account_id`, `state`, `due_ms`.
    Mail,
    /// Addresses that are called when something happens.
    Webhook,
    /// Calls of these addresses; index `webhook_id`, `state`, `due_ms`.
    Delivery,
    /// Saved views; index `owner`, `scope`.
    View,
    /// Pairs of accounts that may be one; index `state`, `weight` (thousandths of a bit).
    Duplicate,
    /// Cases of onboarding; index `account_id`, `state`.
    Onboarding,
    /// What is known of the risk of accounts, by their ids.
    Risk,
    /// Versions of the company's scorecard, by their numbers.
    Scorecard,
    /// Alerts; index `account_id`, `state`, `kind`.
    Alert,
    /// Lists for screening.
    ScreeningList,
    /// Hits of accounts on entries of lists; index `state`, `account_id`, `score` (ten-thousandths).
    Hit,
    /// Owners of accounts, by the account's id.
    Owners,
    /// Touchpoints in quarantine; index `state`, `code`, `subject_key`.
    Quarantine,
    /// Imports; index `state`, `change_id`.
    Import,
    /// Saved mappings of columns.
    Mapping,
    /// Feeds of files; index `name`, empty once it was deleted.
    Feed,
    /// Orders at the door; index `account_id`, `order_no` (unique), `sender_key` (unique), `number_key`, `sha256` (unique),
    /// `state`, `unfinished`.
    Order,
    /// Reservations of credit; index `account_id`, `client_id` (unique), `request_key` (unique), `state`, `expires_ms`.
    Reservation,
}

impl Noun {
    /// All nouns.
    pub const ALL: [Self; 34] = [
        Self::Organisation,
        Self::User,
        Self::Token,
        Self::Account,
        Self::Note,
        Self::PriceList,
        Self::Team,
        Self::Document,
        Self::ContractTemplate,
        Self::Contract,
        Self::Task,
        Self::Vehicle,
        Self::Change,
        Self::Policy,
        Self::Delegation,
        Self::Notification,
        Self::Mail,
        Self::Webhook,
        Self::Delivery,
        Self::View,
        Self::Duplicate,
        Self::Onboarding,
        Self::Risk,
        Self::Scorecard,
        Self::Alert,
        Self::ScreeningList,
        Self::Hit,
        Self::Owners,
        Self::Quarantine,
        Self::Import,
        Self::Mapping,
        Self::Feed,
        Self::Order,
        Self::Reservation,
    ];

    /// The name of its table.
    pub(crate) fn table(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::User => "\"user\"",
            Self::Token => "token",
            Self::Account => "account",
            Self::Note => "note",
            Self::PriceList => "price_list",
            Self::Team => "team",
            Self::Document => "document",
            Self::ContractTemplate => "contract_template",
            Self::Contract => "contract",
            Self::Task => "task",
            Self::Vehicle => "vehicle",
            Self::Change => "change",
            Self::Policy => "policy",
            Self::Delegation => "delegation",
            Self::Notification => "notification",
            Self::Mail => "mail",
            Self::Webhook => "webhook",
            Self::Delivery => "delivery",
            Self::View => "saved_view",
            Self::Duplicate => "duplicate",
            Self::Onboarding => "onboarding",
            Self::Risk => "risk",
            Self::Scorecard => "scorecard",
            Self::Alert => "alert",
            Self::ScreeningList => "screening_list",
            Self::Hit => "screening_hit",
            Self::Owners => "account_owners",
            Self::Quarantine => "quarantine",
            Self::Import => "import",
            Self::Mapping => "mapping",
            Self::Feed => "import_feed",
            Self::Order => "sales_order",
            Self::Reservation => "reservation",
        }
    }

    /// Its own index columns.
    #[must_use]
    pub fn index(self) -> &'static [&'static str] {
        match self {
            Self::Organisation
            | Self::Mapping
            | Self::ContractTemplate
            | Self::Scorecard
            | Self::Team
            | Self::ScreeningList
            | Self::Webhook
            | Self::Owners => &[],
            Self::User => &["login", "kind", "account_id", "access"],
            Self::Token => &["hash", "user_id"],
            Self::Account => &["account_row", "number"],
            Self::Note => &["account_id"],
            Self::Change => &["state", "submitted_by", "operation", "target", "due_ms"],
            Self::Policy => &[],
            Self::Delegation => &["from_user", "to_user"],
            Self::Notification => &["user_id", "state"],
            Self::Mail => &["account_id", "state", "due_ms"],
            Self::Delivery => &["webhook_id", "state", "due_ms"],
            Self::PriceList => &["kind"],
            Self::Document => &["account_id", "digest", "expires_on"],
            Self::Contract => &["account_id", "state", "due_ms"],
            Self::Task => &["account_id", "assignee", "state", "cause"],
            Self::Vehicle => &["vin"],
            Self::View => &["owner", "scope"],
            Self::Duplicate => &["state", "weight"],
            Self::Onboarding => &["account_id", "state"],
            Self::Risk => &[],
            Self::Alert => &["account_id", "state", "kind"],
            Self::Hit => &["state", "account_id", "score"],
            Self::Quarantine => &["state", "code", "subject_key"],
            Self::Import => &["state", "change_id"],
            Self::Feed => &["name"],
            Self::Order => {
                &["account_id", "order_no", "sender_key", "number_key", "sha256", "state", "unfinished"]
            }
            Self::Reservation => &["account_id", "client_id", "request_key", "state", "expires_ms"],
        }
    }
}

/// A document as read: personal values put back as far as their keys still open.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Its identifier.
    pub id: String,
    /// Its version, from 1.
    pub version: u64,
    /// The row of an account, from 0; `None` for every other noun.
    pub row: Option<u32>,
    /// The state.
    pub body: Value,
}

/// A document as stored, its personal values still sealed.
#[derive(Debug, Clone)]
pub(crate) struct Closed {
    pub(crate) id: String,
    pub(crate) version: u64,
    pub(crate) row: Option<u32>,
    pub(crate) body: Value,
    pub(crate) sealed: Vec<u8>,
}

/// An index column and the value that it must have.
pub type Equals<'a> = (&'static str, Param<'a>);

pub(crate) fn bound_to(noun: Noun, id: &str, version: u64) -> String {
    format!("document/{}/{id}/{version}", noun.table())
}

/// The columns that every read asks for, in the order of [`closed`].
pub(crate) fn columns(noun: Noun) -> String {
    let row = if noun == Noun::Account { ", account_row" } else { "" };
    format!("id, version, body, sealed{row}")
}

pub(crate) fn closed(noun: Noun, row: &dyn Row) -> Result<Closed, Fault> {
    let id = row.text(0)?.to_owned();
    let body = serde_json::from_str(row.text(2)?);
    let body = body.map_err(|_| Fault::corrupt(format!("document {id} is not JSON")))?;
    let place = if noun == Noun::Account { u32::try_from(row.int(4)?).ok() } else { None };
    Ok(Closed { id, version: row.count(1)?, row: place, body, sealed: row.blob(3)?.to_vec() })
}

impl Reader<'_> {
    /// The document with this identifier.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or the document is damaged.
    pub fn document(&mut self, noun: Noun, id: &str) -> Result<Option<Document>, Fault> {
        self.document_by(noun, ("id", id.into()))
    }

    /// The first document whose index column has this value (`hash` of a token, `login` of a user).
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or the document is damaged.
    pub fn document_by(&mut self, noun: Noun, equals: Equals<'_>) -> Result<Option<Document>, Fault> {
        let text = format!(
            "SELECT {} FROM {} WHERE {} = $1 ORDER BY id LIMIT 1",
            columns(noun),
            noun.table(),
            equals.0
        );
        let found = one(self.sql, &text, &[equals.1], |row| closed(noun, row))?;
        found.map(|document| self.open_document(noun, document)).transpose()
    }

    /// Documents in the order of their identifiers (which is that of their making), after one of them.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or a document is damaged.
    pub fn list(
        &mut self,
        noun: Noun,
        equals: &[Equals<'_>],
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Document>, Fault> {
        self.page(noun, equals, after.map(|id| (">", id)), "ASC", limit)
    }

    /// Documents from the newest identifier down, before one of them.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or a document is damaged.
    pub fn list_newest(
        &mut self,
        noun: Noun,
        equals: &[Equals<'_>],
        before: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Document>, Fault> {
        self.page(noun, equals, before.map(|id| ("<", id)), "DESC", limit)
    }

    fn page(
        &mut self,
        noun: Noun,
        equals: &[Equals<'_>],
        from: Option<(&str, &str)>,
        order: &str,
        limit: u32,
    ) -> Result<Vec<Document>, Fault> {
        let mut text = format!("SELECT {} FROM {} WHERE 1 = 1", columns(noun), noun.table());
        let mut params = Vec::new();
        for (column, value) in equals {
            params.push(*value);
            text.push_str(&format!(" AND {column} = ${}", params.len()));
        }
        if let Some((sign, id)) = from {
            params.push(id.into());
            text.push_str(&format!(" AND id {sign} ${}", params.len()));
        }
        params.push(limit.into());
        text.push_str(&format!(" ORDER BY id {order} LIMIT ${}", params.len()));
        let rows = all(self.sql, &text, &params, |row| closed(noun, row))?;
        self.open_documents(noun, rows)
    }

    /// Waiting changes that must be looked after at an instant, the most urgent first.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or a document is damaged.
    pub fn due_changes(&mut self, now_ms: i64, limit: u32) -> Result<Vec<Document>, Fault> {
        let text = format!(
            "SELECT {} FROM change WHERE state = 'waiting' AND due_ms <= $1 ORDER BY due_ms, id LIMIT $2",
            columns(Noun::Change)
        );
        let rows =
            all(self.sql, &text, &[Param::Int(now_ms), limit.into()], |row| closed(Noun::Change, row))?;
        self.open_documents(Noun::Change, rows)
    }

    /// Mails or deliveries whose next try is due at an instant, the oldest first.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or a document is damaged.
    pub fn due_tries(&mut self, noun: Noun, now_ms: i64, limit: u32) -> Result<Vec<Document>, Fault> {
        let text = format!(
            "SELECT {} FROM {} WHERE due_ms <= $1 ORDER BY due_ms, id LIMIT $2",
            columns(noun),
            noun.table()
        );
        let rows = all(self.sql, &text, &[Param::Int(now_ms), limit.into()], |row| closed(noun, row))?;
        self.open_documents(noun, rows)
    }

    /// Opens a page; asks the vault once for all its keys.
    pub(crate) fn open_documents(&self, noun: Noun, page: Vec<Closed>) -> Result<Vec<Document>, Fault> {
        self.shared.vault.load(page.iter().map(|document| document.sealed.as_slice()))?;
        page.into_iter().map(|document| self.open_document(noun, document)).collect()
    }

    pub(crate) fn open_document(&self, noun: Noun, closed: Closed) -> Result<Document, Fault> {
        let Closed { id, version, row, mut body, sealed } = closed;
        self.shared.vault.open_and_join(&bound_to(noun, &id, version), &mut body, &sealed)?;
        Ok(Document { id, version, row, body })
    }

    /// How many documents have these index values.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn count(&mut self, noun: Noun, equals: &[Equals<'_>]) -> Result<u64, Fault> {
        let mut text = format!("SELECT COUNT(*) FROM {} WHERE 1 = 1", noun.table());
        let mut params = Vec::new();
        for (column, value) in equals {
            params.push(*value);
            text.push_str(&format!(" AND {column} = ${}", params.len()));
        }
        Ok(one(self.sql, &text, &params, |row| row.count(0))?.unwrap_or(0))
    }
}

impl Unit<'_> {
    /// Writes a document: a new one where `expected` is 0, else over exactly that version. Personal values
    /// are sealed. Gives the new version.
    ///
    /// `index` names every index column of the noun that shall have a value; the others become NULL in a
    /// new document and stay in an old one.
    ///
    /// # Errors
    /// [`Fault::Conflict`] when the document has another version, or a unique index value is taken.
    pub fn put(
        &mut self,
        noun: Noun,
        id: &str,
        expected: u64,
        mut body: Value,
        index: &[Equals<'_>],
    ) -> Result<u64, Fault> {
        let version = expected.saturating_add(1);
        let sealed = self.shared.vault.split_and_seal(&bound_to(noun, id, version), &mut body)?;
        let body = body.to_string();
        let mut params: Vec<Param<'_>> = vec![(&body).into(), Param::Blob(&sealed), signed(version).into()];
        params.extend(index.iter().map(|(_, value)| *value));
        params.push(id.into());
        let text = if expected == 0 {
            let names: String = index.iter().map(|(column, _)| format!("{column}, ")).collect();
            let places: Vec<String> = (1..=params.len()).map(|place| format!("${place}")).collect();
            let (table, places) = (noun.table(), places.join(", "));
            format!("INSERT INTO {table} (body, sealed, version, {names}id) VALUES ({places})")
        } else {
            let sets: String =
                index.iter().zip(4..).map(|((column, _), place)| format!(", {column} = ${place}")).collect();
            let place = params.len();
            params.push(signed(expected).into());
            format!(
                "UPDATE {} SET body = $1, sealed = $2, version = $3{sets} WHERE id = ${place} AND version = ${}",
                noun.table(),
                params.len()
            )
        };
        if self.execute(&text, &params)? == 1 { Ok(version) } else { Err(Fault::Conflict) }
    }

    /// Removes a document; says whether there was one.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn remove(&mut self, noun: Noun, id: &str) -> Result<bool, Fault> {
        let text = format!("DELETE FROM {} WHERE id = $1", noun.table());
        Ok(self.execute(&text, &[id.into()])? > 0)
    }
}
