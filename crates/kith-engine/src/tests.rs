//! The engine over real SQLite, and over real PostgreSQL where a server is given.

mod accuracy;
mod cause;
mod contract;
mod credit;
mod currency;
mod damage;
mod family;
mod gate;
mod intake;
mod mail;
mod merge;
mod onboarding;
mod reads;
mod record;
mod scorecard;
mod tend;
mod watch;

use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use kith_api::view::TouchpointReply;
use kith_domain::access::{Principal, Role, RoleGrant};
use kith_domain::account::{Command as AccountCommand, Draft};
use kith_domain::approval::{Change, Command as ChangeCommand, Word};
use kith_domain::command::Command;
use kith_domain::context::{Actor, ActorKind, Channel};
use kith_domain::organisation::LegalEntity;
use kith_domain::user;
use kith_domain::value::{AccountId, Personal, UserId};
use kith_store::Location;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{Answer, Caller, Engine, Founding, Request, Settings, found};

/// An organisation with people in it.
pub(super) struct House {
    pub(super) engine: Engine,
    pub(super) admin: Caller,
    pub(super) manager: Caller,
    pub(super) seller: Caller,
    pub(super) ar: Caller,
    pub(super) controller: Caller,
    pub(super) cfo: Caller,
    location: Location,
    settings: Settings,
    _dir: TempDir,
}

/// The databases that tests run on: SQLite, and PostgreSQL where `KITH_TEST_POSTGRES` names a server.
fn locations(dir: &TempDir) -> Vec<Location> {
    let mut all = vec![Location::Sqlite(dir.path().join("sqlite"))];
    if let Ok(server) = std::env::var("KITH_TEST_POSTGRES") {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
        let nth = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("engine_{}_{since}_{nth}", std::process::id());
        let mut client =
            postgres::Client::connect(&server, postgres::NoTls).expect("the server that is named");
        client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        let url =
            server.rsplit_once('/').map(|(head, _)| format!("{head}/{name}")).expect("a database in the URL");
        all.push(Location::Postgres { url, dir: dir.path().join("postgres") });
    }
    all
}

/// Runs a story on every database.
pub(super) fn on_each<F: Future<Output = ()>>(story: impl Fn(House) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let dir = tempfile::tempdir().unwrap();
    for location in locations(&dir) {
        runtime.block_on(async { story(House::build(location, "2026-11-22").await).await });
    }
}

/// The same on another day, with the clock at an instant.
pub(super) fn on_each_at<F: Future<Output = ()>>(today: &str, clock: &str, story: impl Fn(House) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let behind = jiff::Timestamp::now().duration_since(clock.parse().unwrap());
    let settings = Settings { today: Some(today.parse().unwrap()), behind, ..Settings::default() };
    for location in locations(&dir) {
        runtime.block_on(async { story(House::build_with(location, settings).await).await });
    }
}

impl House {
    async fn build(location: Location, today: &str) -> Self {
        let settings = Settings { today: Some(today.parse().unwrap()), ..Settings::default() };
        Self::build_with(location, settings).await
    }

    async fn build_with(location: Location, settings: Settings) -> Self {
        let entity = |code: &str, currency: &str| LegalEntity {
            code: code.parse().unwrap(),
            name: format!("Norvane {code}"),
            currency: currency.parse().unwrap(),
            timezone: "UTC".into(),
        };
        let founding = Founding {
            name: "Norvane".into(),
            currency: "USD".parse().unwrap(),
            timezone: "UTC".into(),
            entities: vec![entity("US", "USD"), entity("EU", "EUR")],
            admin_name: "Ada Admin".into(),
            admin_email: "ada@norvane.example".into(),
            admin_password: None,
        };
        let (engine, founded) = found(&location, founding, settings).await.unwrap();
        let admin = engine.caller_of_token(&founded.token, Channel::Rest).await.unwrap().unwrap();
        let mut house = Self {
            seller: admin.clone(),
            ar: admin.clone(),
            controller: admin.clone(),
            manager: admin.clone(),
            cfo: admin.clone(),
            admin,
            engine,
            location,
            settings,
            _dir: tempfile::tempdir().unwrap(),
        };
        house.seller = house.person("Sam Seller", Role::AccountManager).await;
        house.ar = house.person("Rhea Receivable", Role::ArManager).await;
        house.controller = house.person("Cleo Controller", Role::Controller).await;
        house.manager = house.person("Max Manager", Role::Manager).await;
        house.cfo = house.person("Fay Finance", Role::Cfo).await;
        house
    }

    /// Adds a person with a role everywhere.
    pub(super) async fn person(&self, name: &str, role: Role) -> Caller {
        self.person_with(name, RoleGrant { role, entity: None }).await
    }

    pub(super) async fn person_with(&self, name: &str, role: RoleGrant) -> Caller {
        let id = UserId(self.engine.new_uuid().unwrap());
        let address = format!("{}@norvane.example", name.to_lowercase().replace(' ', "."));
        let command = user::Command::Add {
            id,
            name: Personal::new(id, name.to_owned()),
            email: Personal::new(id, address),
            roles: vec![role.clone()],
            password_hash: None,
        };
        self.done(&self.admin, Command::User { id, command }).await;
        Caller {
            principal: Principal {
                actor: Actor { kind: ActorKind::User, user: Some(id) },
                roles: vec![role],
            },
            channel: Channel::Rest,
            correlation: "test".into(),
            reason: None,
            name: Some(name.to_owned()),
            ..Caller::system()
        }
    }

    #[track_caller]
    pub(super) fn draft(&self, body: &Value) -> (AccountId, Box<Draft>) {
        let id = AccountId(self.engine.new_uuid().unwrap());
        let engine = self.engine.clone();
        let (draft, faults) = Draft::read_new(body, id, &mut || engine.new_uuid().unwrap());
        assert!(faults.is_empty(), "{faults:?}");
        (id, Box::new(draft))
    }

    pub(super) async fn answer(&self, caller: &Caller, request: impl Into<Request>) -> Answer {
        self.engine.execute(caller, request).await.unwrap().answer
    }

    pub(super) async fn done(&self, caller: &Caller, command: Command) {
        let answer = self.answer(caller, command).await;
        assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
    }

    pub(super) async fn submit(&self, body: Value) -> (AccountId, Change) {
        let (id, draft) = self.draft(&body);
        let command = Command::Account {
            id,
            command: AccountCommand::Create { id, number: 0, draft, application: false },
        };
        match self.answer(&self.seller, command).await {
            Answer::Waiting(change) => (id, *change),
            other => panic!("{other:?}"),
        }
    }

    pub(super) async fn decide(&self, caller: &Caller, change: &Change, command: ChangeCommand) -> Answer {
        self.answer(caller, Command::Change { id: change.id, command }).await
    }

    /// Creates an account and has it approved.
    pub(super) async fn account(&self, name: &str, erp: &str, more: Value) -> AccountId {
        let mut body = json!({
            "name": name, "email": format!("ap{erp}@customer.example"), "owning_entity": "US", "stage": "active",
            "identifiers": [{"kind": "external:erp", "value": erp}],
        });
        if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
            body.extend(more);
        }
        let (id, change) = self.submit(body).await;
        self.decide(&self.ar, &change, ChangeCommand::Approve(Word::default())).await;
        match self.decide(&self.controller, &change, ChangeCommand::Approve(Word::default())).await {
            Answer::Waiting(change) => assert_eq!(change.state.as_str(), "applied", "{:?}", change.result),
            other => panic!("{other:?}"),
        }
        id
    }

    /// Takes in events and waits until they are folded.
    pub(super) async fn ingest(&self, events: &[Value]) -> TouchpointReply {
        let body = Bytes::from(Value::from(events.to_vec()).to_string());
        let reply = self.engine.ingest(&self.admin, body).await.unwrap().unwrap();
        assert!(self.engine.wait_for(reply.position).await);
        reply
    }

    pub(super) fn number(&self, id: AccountId, metric: &str) -> Option<f64> {
        let row = self.engine.directory().row(id).unwrap();
        self.engine.number(row, metric)
    }

    /// Closes the engine and opens the store again.
    pub(super) async fn reopen(self) -> Self {
        let Self { engine, location, settings, .. } = &self;
        engine.close();
        let (location, settings) = (location.clone(), *settings);
        let opened = tokio::task::spawn_blocking(move || Engine::open(&location, settings)).await.unwrap();
        Self { engine: opened.unwrap(), ..self }
    }
}

/// An order placed `days` before 2026-11-22.
pub(super) fn order(erp: &str, number: &str, days: i64, amount: &str) -> Value {
    let day: jiff::civil::Date = "2026-11-22".parse().unwrap();
    let at = day.checked_sub(jiff::Span::new().days(days)).unwrap();
    json!({
        "specversion": "1.0", "id": format!("placed-{number}"), "source": "erp", "type": "io.kith.order.placed",
        "time": format!("{at}T09:00:00Z"), "subject": format!("external:erp:{erp}"),
        "data": {"order_no": number, "entity": "US", "value": {"amount": amount, "currency": "USD"}},
    })
}
