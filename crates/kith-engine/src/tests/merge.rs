//! Merging accounts with a history, taking them apart, deleting: memory and log agree all the way.

use kith_domain::account::{Command as AccountCommand, Picks};
use kith_domain::approval::{Change, ChangeState, Command as ChangeCommand, Word};
use kith_domain::command::Command;
use kith_domain::value::{AccountId, Personal};
use serde_json::{Value, json};

use super::{House, on_each, order};
use crate::{Answer, ChangeRequest, ListRequest, TimelineRequest};

fn approve() -> ChangeCommand {
    ChangeCommand::Approve(Word::default())
}

pub(super) fn why() -> Personal<String> {
    Personal::new("usr_1", "The same company.".into())
}

impl House {
    /// Carries a command through its approvers; gives the change as it ends.
    pub(super) async fn settle(&self, id: AccountId, command: AccountCommand) -> Change {
        let change = match self.answer(&self.seller, Command::Account { id, command }).await {
            Answer::Waiting(change) => *change,
            other => panic!("{other:?}"),
        };
        let mut last = change.clone();
        for step in &change.steps {
            let who = match step.role.as_str() {
                "ar_manager" => &self.ar,
                "manager" => &self.manager,
                "controller" => &self.controller,
                _ => &self.cfo,
            };
            match self.decide(who, &change, approve()).await {
                Answer::Waiting(next) => last = *next,
                other => panic!("{other:?}"),
            }
        }
        last
    }

    pub(super) async fn applied(&self, id: AccountId, command: AccountCommand) -> Change {
        let change = self.settle(id, command).await;
        assert_eq!(change.state, ChangeState::Applied, "{:?}", change.result);
        change
    }

    pub(super) async fn refused(&self, id: AccountId, command: AccountCommand) -> String {
        match self.answer(&self.seller, Command::Account { id, command }).await {
            Answer::Refused(refusal) => refusal.code,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    pub(super) fn is_true(&self) {
        let verified = self.engine.verify().unwrap();
        assert_eq!(verified.faults, Vec::<String>::new());
    }

    fn listed(&self, request: &ListRequest) -> Vec<String> {
        let page = self.engine.list(&self.admin, request).unwrap();
        page.items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
    }
}

pub(super) fn merge(loser: AccountId) -> AccountCommand {
    AccountCommand::Merge { loser, picks: Picks::new(), reason: why() }
}

fn unmerge(loser: AccountId) -> AccountCommand {
    AccountCommand::Unmerge { loser, reason: why() }
}

fn by_mail(mut event: Value, address: &str) -> Value {
    event["subject"] = json!(format!("email:{address}"));
    event
}

#[test]
fn a_merge_moves_everything_and_its_undoing_moves_it_back() {
    on_each(|house| async move {
        let one = house.account("Acme", "1", json!({})).await;
        let two = house
            .account(
                "Acme Corporation",
                "2",
                json!({"contacts": [{"name": "Bob", "emails": ["bob@acme.example"]}]}),
            )
            .await;
        // Both systems count their orders from one: the numbers meet.
        house.ingest(&[order("1", "SO-1", 3, "100.00"), order("1", "SO-2", 9, "50.00")]).await;
        let mut other = order("2", "SO-1", 4, "30.00");
        other["source"] = json!("old-erp");
        house.ingest(&[other]).await;
        house.applied(one, merge(two)).await;
        assert_eq!(house.number(one, "orders_90d"), Some(3.0));
        assert_eq!(house.number(two, "orders_90d"), Some(0.0));
        house.is_true();
        // What is sent to the loser, by any of its names, arrives at the survivor.
        let mut direct = order("2", "SO-5", 2, "5.00");
        direct["subject"] = json!(two.to_string());
        let reply = house
            .ingest(&[
                order("2", "SO-3", 1, "10.00"),
                by_mail(order("2", "SO-4", 1, "7.00"), "bob@acme.example"),
                direct,
            ])
            .await;
        assert_eq!((reply.accepted, reply.quarantined.len()), (3, 0), "{reply:?}");
        house.ingest(&[order("1", "SO-6", 1, "1.00")]).await;
        assert_eq!(house.number(one, "orders_90d"), Some(7.0));
        let request = || TimelineRequest { limit: 50, ..TimelineRequest::default() };
        let seen = house.engine.timeline(&house.admin, &one.to_string(), request()).await.unwrap().unwrap();
        assert_eq!(seen.items.len(), 7);
        let trail = house.engine.audit(&house.admin, &one.to_string(), None, 50).await.unwrap().unwrap();
        let kinds: Vec<&str> = trail.items.iter().map(|item| item.kind.as_str()).collect();
        assert_eq!(
            kinds,
            ["account.merged_into.v1", "account.merged.v1", "account.created.v1", "account.created.v1"]
        );
        assert_eq!(house.engine.merged_into(&house.admin, "C-000002"), Some(one.to_string()));
        assert_eq!(house.listed(&ListRequest::default()), ["Acme Corporation"]);
        house.is_true();
        // A start from the checkpoint and a start without one come to the same.
        house.engine.checkpoint().unwrap();
        let house = house.reopen().await;
        assert_eq!(house.number(one, "orders_90d"), Some(7.0));
        house.is_true();
        house.applied(one, unmerge(two)).await;
        assert_eq!(house.number(one, "orders_90d"), Some(3.0));
        assert_eq!(house.number(two, "orders_90d"), Some(4.0));
        house.is_true();
        // The checkpoint of before does not know that they came apart.
        let house = house.reopen().await;
        assert_eq!(house.number(one, "orders_90d"), Some(3.0));
        assert_eq!(house.number(two, "orders_90d"), Some(4.0));
        house.is_true();
        let account = house.engine.account(&house.admin, &one.to_string()).await.unwrap().unwrap();
        assert_eq!((account.name.as_str(), account.contacts.len()), ("Acme", 0));
        let account = house.engine.account(&house.admin, &two.to_string()).await.unwrap().unwrap();
        assert_eq!(
            (account.name.as_str(), account.stage.as_str(), account.contacts.len()),
            ("Acme Corporation", "active", 1)
        );
        house.ingest(&[order("2", "SO-7", 1, "10.00")]).await;
        assert_eq!(house.number(two, "orders_90d"), Some(5.0));
    });
}

#[test]
fn a_shared_address_finds_its_account_once_the_two_are_one() {
    on_each(|house| async move {
        let mail = |name: &str| json!({"name": name, "emails": ["desk@acme.example"]});
        let one = house.account("Acme", "1", json!({"contacts": [mail("Ann")]})).await;
        let two = house.account("Acme Corporation", "2", json!({"contacts": [mail("Ann A.")]})).await;
        let event = by_mail(order("1", "SO-1", 3, "100.00"), "desk@acme.example");
        let reply = house.ingest(&[event]).await;
        assert_eq!(reply.quarantined[0].code, "subject_unknown");
        house.applied(one, merge(two)).await;
        let (_, head) = house.engine.heads().await.unwrap();
        assert_eq!(head, 1, "what waited was replayed");
        assert!(house.engine.wait_for(head).await);
        assert_eq!(house.number(one, "orders_90d"), Some(1.0));
        house.is_true();
    });
}

#[test]
fn what_waits_for_the_loser_is_cancelled_and_it_takes_no_commands() {
    on_each(|house| async move {
        let one = house.account("Acme", "1", json!({})).await;
        let two = house.account("Acme Corporation", "2", json!({"stage": "prospect"})).await;
        let close = AccountCommand::Close { reason: why() };
        let Answer::Waiting(waiting) =
            house.answer(&house.seller, Command::Account { id: two, command: close.clone() }).await
        else {
            panic!()
        };
        house.applied(one, merge(two)).await;
        let request = ChangeRequest { limit: 50, ..ChangeRequest::default() };
        let changes = house.engine.changes(&house.admin, request).await.unwrap().unwrap();
        let found = changes.items.iter().find(|change| change.id == waiting.id.to_string()).unwrap();
        assert_eq!(found.state, "cancelled");
        assert_eq!(house.refused(two, close).await, "account.merged");
        let three = house.account("Brick", "3", json!({})).await;
        assert_eq!(house.refused(three, merge(two)).await, "account.loser_merged");
        house.is_true();
    });
}

#[test]
fn a_number_of_the_loser_can_be_taken_over_and_keeps_it_from_coming_apart() {
    on_each(|house| async move {
        let tax = |value: &str| json!({"tax_id": {"kind": "vat", "value": value, "country": value.get(..2)}});
        let one = house.account("Acme", "1", json!({})).await;
        let two = house.account("Acme Corporation", "2", tax("DE136695976")).await;
        house.applied(one, merge(two)).await;
        let account = house.engine.account(&house.admin, &one.to_string()).await.unwrap().unwrap();
        assert_eq!(account.tax_id.unwrap().value, "DE136695976");
        // Nobody else can have it, and it is free for nobody while it is merged.
        let (id, draft) = house.draft(&json!({"name": "X", "email": "x@x.example", "owning_entity": "US",
            "tax_id": {"kind": "vat", "value": "DE136695976", "country": "DE"}}));
        let create = AccountCommand::Create { id, number: 0, draft, application: false };
        assert_eq!(house.refused(id, create).await, "account.tax_id_taken");
        house.applied(one, unmerge(two)).await;
        let account = house.engine.account(&house.admin, &one.to_string()).await.unwrap().unwrap();
        assert!(account.tax_id.is_none());
        house.is_true();
    });
}

#[test]
fn a_deleted_account_is_gone_and_the_record_still_proves() {
    on_each(|house| async move {
        let one = house.account("Acme", "1", json!({})).await;
        let two = house
            .account(
                "Mistake",
                "2",
                json!({"stage": "prospect", "contacts": [{"name": "Bob", "emails": ["bob@acme.example"]}]}),
            )
            .await;
        house.ingest(&[order("1", "SO-1", 3, "100.00")]).await;
        let delete = || AccountCommand::Delete { reason: why() };
        assert_eq!(house.refused(one, delete()).await, "account.not_deletable");
        house.applied(two, delete()).await;
        assert!(house.engine.account(&house.admin, &two.to_string()).await.unwrap().is_err());
        assert_eq!(house.listed(&ListRequest { include_inactive: true, ..ListRequest::default() }), ["Acme"]);
        house.is_true();
        let vault_is_empty = |house: &House| {
            let opened = house.engine.store().vault().destroy(&two.to_string()).unwrap();
            assert!(!opened, "the key was destroyed before");
        };
        vault_is_empty(&house);
        let reply = house.ingest(&[order("2", "SO-2", 1, "5.00")]).await;
        assert_eq!(reply.quarantined[0].code, "subject_unknown");
        let house = house.reopen().await;
        house.is_true();
        assert!(house.engine.account(&house.admin, &two.to_string()).await.unwrap().is_err());
        // Its number of the other system is free again.
        let three = house.account("Successor", "2", json!({})).await;
        let (_, head) = house.engine.heads().await.unwrap();
        assert!(house.engine.wait_for(head).await);
        assert_eq!(house.number(three, "orders_90d"), Some(1.0));
        house.is_true();
    });
}

#[test]
fn open_business_is_read_from_the_living_profile() {
    on_each(|house| async move {
        let one = house.account("Acme", "1", json!({"stage": "active"})).await;
        house.ingest(&[order("1", "SO-1", 3, "100.00")]).await;
        let deactivate = || AccountCommand::Deactivate { reason: why(), allow_open_ar: false };
        assert_eq!(house.refused(one, deactivate()).await, "account.open_business");
        let cancelled = json!({"specversion": "1.0", "id": "c-1", "source": "erp", "type": "io.kith.order.cancelled",
            "time": "2026-11-21T09:00:00Z", "subject": "external:erp:1", "data": {"order_no": "SO-1"}});
        house.ingest(&[cancelled]).await;
        let change =
            match house.answer(&house.seller, Command::Account { id: one, command: deactivate() }).await {
                Answer::Waiting(change) => *change,
                other => panic!("{other:?}"),
            };
        // Decided again on the day it is approved: an order came in between.
        house.decide(&house.manager, &change, approve()).await;
        house.ingest(&[order("1", "SO-2", 0, "100.00")]).await;
        match house.decide(&house.controller, &change, approve()).await {
            Answer::Waiting(change) => assert_eq!(change.state, ChangeState::Failed, "{change:?}"),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn inactive_accounts_are_listed_only_when_asked_for() {
    on_each(|house| async move {
        let one = house.account("Acme", "1", json!({"stage": "active"})).await;
        house.account("Brick", "2", json!({"stage": "active"})).await;
        house.applied(one, AccountCommand::Deactivate { reason: why(), allow_open_ar: false }).await;
        assert_eq!(house.listed(&ListRequest::default()), ["Brick"]);
        let filter = |text: &str| ListRequest { filter: text.to_owned(), ..ListRequest::default() };
        assert_eq!(house.listed(&filter("stage == \"inactive\"")), ["Acme"]);
        assert_eq!(house.listed(&filter("tier == \"standard\"")), ["Brick"]);
        let all = ListRequest { include_inactive: true, ..ListRequest::default() };
        assert_eq!(house.listed(&all), ["Acme", "Brick"]);
        // Still recognised.
        assert_eq!(house.ingest(&[order("1", "SO-1", 3, "100.00")]).await.accepted, 1);
        house.applied(one, AccountCommand::Reactivate { reason: why() }).await;
        assert_eq!(house.listed(&ListRequest::default()), ["Acme", "Brick"]);
    });
}
