//! Loading and writing a noun: its state is a document, its events are records, both in one transaction.

use data_encoding::HEXLOWER;
use kith_domain::context::Context;
use kith_domain::decider::Decider;
use kith_domain::refusal::Refusal;
use kith_domain::{
    account, alert, approval, contract, contract_template, delegation, delivery, document, duplicate, feed,
    import, mail, mapping, notification, onboarding, order, organisation, policy, price_list, quarantine,
    risk, screening, task, team, token, user, vehicle, view, webhook,
};
use kith_store::{Document, Fault, Index, NewDocument, NewRecord, Noun, Param, Reader, Secrets, Unit};
use serde_json::{Value, json};

mod reservation;
mod subject;

pub(crate) use subject::{subject_digest, subject_key_digest};

/// The one organisation's identifier.
pub(crate) const ORGANISATION: &str = "organisation";

/// The one policy's identifier.
pub(crate) const POLICY: &str = "policy";

/// A decider that is kept as documents.
pub(crate) trait Stored: Decider {
    /// Its table.
    const NOUN: Noun;
    /// The word that begins its streams.
    const WORD: &'static str;
    /// Its index columns.
    fn index(&self, secrets: &Secrets) -> Vec<(&'static str, Index)>;
    /// Writes what an event brings besides the state: documents of other nouns.
    fn beside(_unit: &mut Unit<'_>, _id: &str, _event: &Self::Event) -> Result<(), Fault> {
        Ok(())
    }
}

/// A state as loaded, with the version on which the next write depends.
#[derive(Debug, Clone)]
pub(crate) struct Loaded<D> {
    pub(crate) id: String,
    pub(crate) state: D,
    pub(crate) version: u64,
    pub(crate) row: Option<u32>,
}

pub(crate) fn read<D: Stored>(document: Document) -> Result<Loaded<D>, Fault> {
    let Document { id, version, row, body } = document;
    let state = serde_json::from_value(body).map_err(|_| Fault::corrupt(format!("the state of {id}")))?;
    Ok(Loaded { id, state, version, row })
}

/// The state of an identifier; the empty state at version 0 when there is none.
pub(crate) fn load<D: Stored>(reader: &mut Reader<'_>, id: &str) -> Result<Loaded<D>, Fault> {
    match reader.document(D::NOUN, id)? {
        Some(document) => read(document),
        None => Ok(Loaded { id: id.to_owned(), state: D::default(), version: 0, row: None }),
    }
}

impl<D: Stored> Loaded<D> {
    /// The name of its stream in the ledger.
    pub(crate) fn stream(&self) -> String {
        format!("{}/{}", D::WORD, self.id)
    }

    /// Appends the events, evolves the state and writes it, one version for each event.
    pub(crate) fn append(
        &mut self,
        unit: &mut Unit<'_>,
        secrets: &Secrets,
        context: &Context,
        events: &[D::Event],
        cause: Option<&Value>,
    ) -> Result<(), Fault> {
        for event in events {
            self.record(unit, context, event, cause)?;
            let index = self.index(secrets);
            let params: Vec<(&'static str, Param<'_>)> =
                index.iter().map(|(name, value)| (*name, value.param())).collect();
            self.version = unit.put(D::NOUN, &self.id, self.version, json_of(&self.state)?, &params)?;
            D::beside(unit, &self.id, event)?;
        }
        Ok(())
    }

    /// The same for a state that is not stored yet: its document is to be stored with others, see [`Unit::put_new`].
    pub(crate) fn append_new(
        &mut self,
        unit: &mut Unit<'_>,
        secrets: &Secrets,
        context: &Context,
        events: &[D::Event],
    ) -> Result<NewDocument, Fault> {
        for event in events {
            self.record(unit, context, event, None)?;
            self.version = self.version.saturating_add(1);
            D::beside(unit, &self.id, event)?;
        }
        let (body, index) = (json_of(&self.state)?, self.index(secrets));
        Ok(NewDocument { id: self.id.clone(), version: self.version, body, index })
    }

    /// Evolves by an event and appends it to the ledger.
    fn record(
        &mut self,
        unit: &mut Unit<'_>,
        context: &Context,
        event: &D::Event,
        cause: Option<&Value>,
    ) -> Result<(), Fault> {
        self.state.evolve(event);
        let body = json_of(event)?;
        let mut record =
            NewRecord::new(context, self.stream(), self.version.saturating_add(1), D::kind(event), body);
        record.cause = cause.cloned();
        unit.append(record)
    }

    fn index(&self, secrets: &Secrets) -> Vec<(&'static str, Index)> {
        let mut index = self.state.index(secrets);
        if let Some(row) = self.row.filter(|_| self.version == 0) {
            index.push(("account_row", Index::Int(row.into())));
        }
        index
    }

    /// Decides and appends; the refusal, if the rules say no.
    pub(crate) fn act(
        &mut self,
        unit: &mut Unit<'_>,
        secrets: &Secrets,
        context: &Context,
        facts: &D::Facts,
        command: &D::Command,
    ) -> Result<Result<bool, Refusal>, Fault> {
        match self.state.decide(context, facts, command) {
            Ok(events) => {
                self.append(unit, secrets, context, &events, None)?;
                Ok(Ok(!events.is_empty()))
            }
            Err(refusal) => Ok(Err(refusal)),
        }
    }
}

/// A value of ours as JSON: only a bug in a type of ours can fail here.
pub(crate) fn json_of(value: &impl serde::Serialize) -> Result<Value, Fault> {
    serde_json::to_value(value).map_err(|_| Fault::corrupt("a value that cannot be written as JSON"))
}

fn text(value: &(impl ToString + ?Sized)) -> Index {
    Index::Text(value.to_string())
}

impl Stored for organisation::Organisation {
    const NOUN: Noun = Noun::Organisation;
    const WORD: &'static str = "organisation";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        Vec::new()
    }
}

impl Stored for user::User {
    const NOUN: Noun = Noun::User;
    const WORD: &'static str = "user";
    fn index(&self, secrets: &Secrets) -> Vec<(&'static str, Index)> {
        let login = self.email.get().map(|email| login_digest(secrets, email));
        let kind = if self.portal.is_some() { "portal" } else { "staff" };
        let mut index = vec![("kind", text(kind))];
        index.extend(login.map(|digest| ("login", Index::Text(digest))));
        if let Some(portal) = &self.portal {
            index.push(("account_id", text(&portal.account)));
            index.push(("access", text(if self.is_revoked() { "off" } else { "on" })));
        }
        index
    }
}

/// The digest under which a user is found by address.
pub(crate) fn login_digest(secrets: &Secrets, email: &str) -> String {
    HEXLOWER.encode(&secrets.lookup_digest("login", &kith_domain::value::email_key(email)))
}

impl Stored for token::Token {
    const NOUN: Noun = Noun::Token;
    const WORD: &'static str = "token";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        vec![("hash", text(&self.hash)), ("user_id", text(&self.user))]
    }
}

impl Stored for account::Account {
    const NOUN: Noun = Noun::Account;
    const WORD: &'static str = "account";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let digits = self.account_number.trim_start_matches("C-").parse::<i64>();
        digits.into_iter().map(|number| ("number", Index::Int(number))).collect()
    }
    fn beside(unit: &mut Unit<'_>, id: &str, event: &account::Event) -> Result<(), Fault> {
        match event {
            account::Event::NoteAdded { note } => crate::note::put(unit, id, note),
            _ => Ok(()),
        }
    }
}

impl Stored for price_list::PriceList {
    const NOUN: Noun = Noun::PriceList;
    const WORD: &'static str = "price_list";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        vec![("kind", text(self.kind.as_str()))]
    }
}

/// The last day of a document that nobody waits for.
pub(crate) const NEVER: i64 = 9_999_999;

impl Stored for document::Document {
    const NOUN: Noun = Noun::Document;
    const WORD: &'static str = "document";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let until = self.watched_until().map_or(NEVER, crate::directory::epoch_day);
        vec![
            ("account_id", text(&self.account)),
            ("digest", text(&self.digest)),
            ("expires_on", Index::Int(until)),
        ]
    }
}

impl Stored for contract_template::ContractTemplate {
    const NOUN: Noun = Noun::ContractTemplate;
    const WORD: &'static str = "contract_template";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        Vec::new()
    }
}

impl Stored for team::Team {
    const NOUN: Noun = Noun::Team;
    const WORD: &'static str = "team";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        Vec::new()
    }
}

impl Stored for contract::Contract {
    const NOUN: Noun = Noun::Contract;
    const WORD: &'static str = "contract";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let due = self.next_look().map_or(i64::MAX, |at| at.as_millisecond());
        vec![
            ("account_id", text(&self.account)),
            ("state", text(self.state.as_str())),
            ("due_ms", Index::Int(due)),
        ]
    }
}

impl Stored for task::Task {
    const NOUN: Noun = Noun::Task;
    const WORD: &'static str = "task";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let mut index = vec![("state", text(self.state.as_str()))];
        index.extend(self.account.map(|account| ("account_id", text(&account))));
        index.extend(self.assignee.map(|user| ("assignee", text(&user))));
        index.extend(self.cause.as_ref().map(|cause| ("cause", text(cause))));
        index
    }
}

impl Stored for vehicle::Vehicle {
    const NOUN: Noun = Noun::Vehicle;
    const WORD: &'static str = "vehicle";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        vec![("vin", text(self.vin.as_str()))]
    }
}

impl Stored for approval::Change {
    const NOUN: Noun = Noun::Change;
    const WORD: &'static str = "change";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let user = self.submitted_by.as_ref().and_then(|actor| actor.user);
        let mut index = vec![("state", text(self.state.as_str()))];
        index.extend(user.map(|user| ("submitted_by", text(&user))));
        index.extend(self.operation.map(|operation| ("operation", text(operation.as_str()))));
        index.extend(self.targets.first().map(|target| ("target", text(target))));
        index.extend(self.next_due().map(|due| ("due_ms", Index::Int(due.as_millisecond()))));
        index
    }
}

impl Stored for policy::Policy {
    const NOUN: Noun = Noun::Policy;
    const WORD: &'static str = "policy";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        Vec::new()
    }
}

impl Stored for delegation::Delegation {
    const NOUN: Noun = Noun::Delegation;
    const WORD: &'static str = "delegation";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let to = self.terms.iter().map(|terms| ("to_user", text(&terms.to)));
        to.chain([("from_user", text(&self.from))]).collect()
    }
}

impl Stored for notification::Notification {
    const NOUN: Noun = Noun::Notification;
    const WORD: &'static str = "notification";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let state = match (self.read_at, self.snoozed_until) {
            (Some(_), _) => "read",
            (None, Some(_)) => "snoozed",
            (None, None) => "unread",
        };
        let user = self.message.iter().map(|message| ("user_id", text(&message.to)));
        user.chain([("state", text(state))]).collect()
    }
}

impl Stored for mail::Mail {
    const NOUN: Noun = Noun::Mail;
    const WORD: &'static str = "mail";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let account = self.letter.iter().map(|letter| ("account_id", text(&letter.account)));
        account.chain([("state", text(self.state.as_str())), ("due_ms", due(self.next_at))]).collect()
    }
}

/// When something is tried next, or never.
fn due(at: Option<jiff::Timestamp>) -> Index {
    Index::Int(at.map_or(i64::MAX, |at| at.as_millisecond()))
}

impl Stored for webhook::Webhook {
    const NOUN: Noun = Noun::Webhook;
    const WORD: &'static str = "webhook";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        Vec::new()
    }
}

impl Stored for delivery::Delivery {
    const NOUN: Noun = Noun::Delivery;
    const WORD: &'static str = "delivery";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let webhook = self.told.iter().map(|told| ("webhook_id", text(&told.webhook)));
        webhook.chain([("state", text(self.state.as_str())), ("due_ms", due(self.next_at))]).collect()
    }
}

impl Stored for view::View {
    const NOUN: Noun = Noun::View;
    const WORD: &'static str = "view";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let scope = match &self.layout {
            layout if layout.usual => "usual",
            layout if layout.shared => "everybody",
            layout if layout.team.is_some() => "team",
            _ => "own",
        };
        let owner = self.owner.into_iter().map(|owner| ("owner", text(&owner)));
        owner.chain([("scope", text(scope))]).collect()
    }
}

impl Stored for duplicate::Duplicate {
    const NOUN: Noun = Noun::Duplicate;
    const WORD: &'static str = "duplicate";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        vec![("state", text(self.state.as_str())), ("weight", Index::Int(self.finding.weight_millibits))]
    }
}

impl Stored for onboarding::Onboarding {
    const NOUN: Noun = Noun::Onboarding;
    const WORD: &'static str = "onboarding";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        vec![("account_id", text(&self.account)), ("state", text(self.state.as_str()))]
    }
}

impl Stored for risk::Risk {
    const NOUN: Noun = Noun::Risk;
    const WORD: &'static str = "risk";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        Vec::new()
    }
}

impl Stored for screening::ScreeningList {
    const NOUN: Noun = Noun::ScreeningList;
    const WORD: &'static str = "screening_list";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        Vec::new()
    }
}

impl Stored for alert::Alert {
    const NOUN: Noun = Noun::Alert;
    const WORD: &'static str = "alert";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let found = self.finding.iter();
        let found = found
            .flat_map(|found| [("account_id", text(&found.account)), ("kind", text(found.kind.as_str()))]);
        found.chain([("state", text(self.state.as_str()))]).collect()
    }
}

impl Stored for screening::Hit {
    const NOUN: Noun = Noun::Hit;
    const WORD: &'static str = "hit";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        vec![
            ("state", text(self.state.as_str())),
            ("account_id", text(&self.finding.account)),
            ("score", Index::Int(self.finding.score.into())),
        ]
    }
}

impl Stored for screening::Owners {
    const NOUN: Noun = Noun::Owners;
    const WORD: &'static str = "owners";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        Vec::new()
    }
}

impl Stored for quarantine::Quarantine {
    const NOUN: Noun = Noun::Quarantine;
    const WORD: &'static str = "quarantine";
    fn index(&self, secrets: &Secrets) -> Vec<(&'static str, Index)> {
        let subject = self.suspect.subject.as_ref().and_then(|subject| subject.get());
        let mut index = vec![("state", text(self.state.as_str())), ("code", text(&self.suspect.code))];
        index.extend(subject.map(|subject| ("subject_key", Index::Text(subject_digest(secrets, subject)))));
        index
    }
}

impl Stored for import::Import {
    const NOUN: Noun = Noun::Import;
    const WORD: &'static str = "import";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        vec![("state", text(self.state.as_str()))]
    }
}

impl Stored for mapping::Mapping {
    const NOUN: Noun = Noun::Mapping;
    const WORD: &'static str = "mapping";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        Vec::new()
    }
}

impl Stored for feed::Feed {
    const NOUN: Noun = Noun::Feed;
    const WORD: &'static str = "feed";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        // A name is free again once its feed was deleted.
        vec![("name", if self.exists() { text(&self.plan.name) } else { text("") })]
    }
}

impl Stored for order::Order {
    const NOUN: Noun = Noun::Order;
    const WORD: &'static str = "order";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let unfinished = if self.is_unfinished() { "yes" } else { "no" };
        let mut index = vec![
            ("order_no", text(&self.order_no)),
            ("sha256", text(&self.content.source.sha256)),
            ("state", text(self.state.as_str())),
            ("unfinished", text(unfinished)),
        ];
        index.extend(self.matched.account.map(|account| ("account_id", text(&account))));
        index.extend(self.sender_key.iter().map(|key| ("sender_key", text(key))));
        index.extend(self.number_key.iter().map(|key| ("number_key", text(key))));
        index
    }
}

/// The cause of what an applied change does.
pub(crate) fn cause_of_change(id: &str) -> Value {
    json!({"change": id})
}
