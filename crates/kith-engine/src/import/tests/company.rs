//! A company with people, for the tests of imports.

use std::path::PathBuf;
use std::time::Duration;

use kith_api::view::ImportView;
use kith_domain::access::{Principal, Role, RoleGrant};
use kith_domain::account::{Account, Key};
use kith_domain::approval::{Command as ChangeCommand, Word};
use kith_domain::command::Command;
use kith_domain::context::{Actor, ActorKind, Channel};
use kith_domain::import::OnDuplicate;
use kith_domain::organisation::LegalEntity;
use kith_domain::refusal::Refusal;
use kith_domain::user;
use kith_domain::value::{ImportId, Personal, UserId};
use kith_store::Location;
use tempfile::TempDir;

use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::{Engine, Settings};
use crate::found::{Founding, found};
use crate::import::{ImportFile, ImportOptions};
use crate::noun::load;

/// A company with two entities, somebody who brings files, and a manager who approves.
pub(super) struct Company {
    pub(super) engine: Engine,
    pub(super) ops: Caller,
    pub(super) manager: Caller,
    dir: TempDir,
}

fn entity(code: &str, currency: &str) -> LegalEntity {
    LegalEntity {
        code: code.parse().unwrap(),
        name: format!("Example {code}"),
        currency: currency.parse().unwrap(),
        timezone: "UTC".to_owned(),
    }
}

impl Company {
    pub(super) async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let founding = Founding {
            name: "Example".to_owned(),
            currency: "USD".parse().unwrap(),
            timezone: "UTC".to_owned(),
            entities: vec![entity("US", "USD"), entity("EU", "EUR")],
            admin_name: "Ada".to_owned(),
            admin_email: "ada@example.com".to_owned(),
            admin_password: None,
        };
        let location = Location::Sqlite(dir.path().join("data"));
        let (engine, founded) = found(&location, founding, Settings::default()).await.unwrap();
        let admin = caller(founded.user_id, Role::Admin, None);
        let ops = add(&engine, &admin, "Omar Ops", Role::Ops, None).await;
        let manager = add(&engine, &admin, "Mia Manager", Role::Manager, None).await;
        Self { engine, ops, manager, dir }
    }

    pub(super) fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// Ends the process, as far as the store sees it, and starts another one.
    pub(super) fn restart(&mut self) {
        self.engine.close();
        let location = self.engine.store().location().clone();
        self.engine = Engine::open(&location, Settings::default()).unwrap();
    }

    pub(super) async fn person(&self, name: &str, role: Role, entity: Option<&str>) -> Caller {
        add(&self.engine, &Caller::system(), name, role, entity).await
    }

    pub(super) fn spooled(&self, text: &str) -> ImportFile {
        let path = self.dir.path().join("spooled.csv");
        std::fs::write(&path, text).unwrap();
        ImportFile { path, name: "customers.csv".to_owned(), contacts: Vec::new() }
    }

    pub(super) async fn try_stage(
        &self,
        by: &Caller,
        text: &str,
        options: ImportOptions,
    ) -> Result<ImportView, Refusal> {
        self.engine.import_stage(by, self.spooled(text), options).await.unwrap()
    }

    pub(super) async fn stage(&self, text: &str, options: ImportOptions) -> ImportView {
        self.try_stage(&self.ops, text, options).await.unwrap()
    }

    pub(super) async fn approve(&self, change: &str) {
        let command =
            Command::Change { id: change.parse().unwrap(), command: ChangeCommand::Approve(Word::default()) };
        let outcome = self.engine.execute(&self.manager, command).await.unwrap();
        assert!(matches!(outcome.answer, Answer::Waiting(_)), "{:?}", outcome.answer);
    }

    /// Stages, submits, has it approved and waits for the end.
    pub(super) async fn import(&self, text: &str, options: ImportOptions) -> ImportView {
        let staged = self.stage(text, ImportOptions { execute: true, ..options }).await;
        self.approve(&staged.change.unwrap()).await;
        self.ended(&staged.id).await
    }

    pub(super) async fn ended(&self, id: &str) -> ImportView {
        for _ in 0..2_000 {
            let view = self.view(id).await;
            if matches!(view.state.as_str(), "finished" | "failed") {
                return view;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("the import did not end");
    }

    pub(super) async fn view(&self, id: &str) -> ImportView {
        self.engine.import_view(&self.ops, id, None).await.unwrap().unwrap()
    }

    /// The account with a key, from the database.
    pub(super) async fn account(&self, key: &str) -> Account {
        let key = Key::from_subject(key).unwrap();
        let row = self.engine.directory().row_of_key(&key).expect(&key.value);
        let id = self.engine.directory().read().entry(row).unwrap().id.to_string();
        self.engine.store().read(move |reader| load::<Account>(reader, &id)).await.unwrap().state
    }

    pub(super) fn accounts(&self) -> usize {
        self.engine.directory().read().len()
    }
}

pub(super) fn on_duplicate(on_duplicate: OnDuplicate) -> ImportOptions {
    ImportOptions {
        on_duplicate,
        source_system: Some("erp".to_owned()),
        entity: Some("US".to_owned()),
        ..ImportOptions::default()
    }
}

pub(super) fn id(view: &ImportView) -> ImportId {
    view.id.parse().unwrap()
}

fn caller(user: UserId, role: Role, entity: Option<&str>) -> Caller {
    let grant = RoleGrant { role, entity: entity.map(|code| code.parse().unwrap()) };
    let actor = Actor { kind: ActorKind::User, user: Some(user) };
    Caller {
        principal: Principal { actor, roles: vec![grant] },
        channel: Channel::Rest,
        correlation: "test".to_owned(),
        reason: None,
        name: None,
        ..Caller::system()
    }
}

async fn add(engine: &Engine, by: &Caller, name: &str, role: Role, entity: Option<&str>) -> Caller {
    let id = UserId(engine.new_uuid().unwrap());
    let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
    let made = caller(id, role, entity);
    let command = user::Command::Add {
        id,
        name: Personal::new(id, name.to_owned()),
        email: Personal::new(id, email),
        roles: made.principal.roles.clone(),
        password_hash: None,
    };
    let outcome = engine.execute(by, Command::User { id, command }).await.unwrap();
    assert!(matches!(outcome.answer, Answer::Done(_)), "{:?}", outcome.answer);
    made
}
