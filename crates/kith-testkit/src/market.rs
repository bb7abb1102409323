//! A market for tests and benchmarks of credit: an engine with customers who owe something, and a crowd that wants more.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use kith_domain::access::{Principal, Role, RoleGrant};
use kith_domain::account::{Command as AccountCommand, Draft};
use kith_domain::approval::{ChangeState, Command as ChangeCommand, Word};
use kith_domain::command::Command;
use kith_domain::context::{Actor, ActorKind, Channel};
use kith_domain::organisation::LegalEntity;
use kith_domain::reservation::TIMEOUT_MAX_S;
use kith_domain::user;
use kith_domain::value::{AccountId, Money, Personal, UserId};
use kith_engine::{Answer, Caller, CreditAsk, Engine, Fault, Founding, ReserveAsk, Resolve, Settings, found};
use kith_store::Location;
use serde_json::{Value, json};

/// What a crowd came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Crowd {
    /// Requests to reserve.
    pub attempts: u64,
    /// Those that got it.
    pub reserved: u64,
}

/// How a crowd behaves besides reserving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Reserves, and nothing else.
    Reserve,
    /// Commits and voids what it gets, places and cancels orders, is invoiced and pays.
    Trade,
}

/// An engine with customers of entity `US`, all with the same limit.
#[derive(Debug, Clone)]
pub struct Market {
    /// The engine.
    pub engine: Engine,
    /// Who asks; holds the grants of an administrator.
    pub caller: Caller,
    /// The customers: customer `n` is `external:erp:n`.
    pub customers: Vec<AccountId>,
}

fn person(id: UserId, role: Role) -> Caller {
    Caller {
        principal: Principal {
            actor: Actor { kind: ActorKind::User, user: Some(id) },
            roles: vec![RoleGrant::everywhere(role)],
        },
        channel: Channel::Rest,
        correlation: "market".into(),
        reason: None,
        name: None,
        ..Caller::system()
    }
}

fn usd(minor: i64) -> Value {
    json!({"amount": Money::new(minor, dollars()).amount(), "currency": "USD"})
}

fn dollars() -> kith_domain::value::Currency {
    match "USD".parse() {
        Ok(currency) => currency,
        Err(_) => unreachable!("a currency of the table"),
    }
}

impl Market {
    /// Founds it, with so many customers who have so many open invoices of a dollar each, and a limit in cents.
    ///
    /// # Panics
    /// If anything is refused.
    pub async fn open(location: &Location, customers: usize, items: usize, limit: i64) -> Self {
        let founding = Founding {
            name: "Market".into(),
            currency: dollars(),
            timezone: "UTC".into(),
            entities: vec![LegalEntity {
                code: "US".parse().unwrap_or_else(|_| unreachable!("a code")),
                name: "Market US".into(),
                currency: dollars(),
                timezone: "UTC".into(),
            }],
            admin_name: "Ada Admin".into(),
            admin_email: "ada@market.example".into(),
            admin_password: None,
        };
        let settings = Settings { no_checkpoints: true, ..Settings::default() };
        let opened = found(location, founding, settings).await;
        let (engine, founded) = opened.unwrap_or_else(|_| panic!("the market could not be founded"));
        let caller = engine.caller_of_token(&founded.token, Channel::Rest).await;
        let Ok(Some(caller)) = caller else { panic!("the administrator's token opens nothing") };
        let mut market = Self { engine, caller, customers: Vec::new() };
        let people = [
            market.add(Role::AccountManager).await,
            market.add(Role::ArManager).await,
            market.add(Role::Controller).await,
            market.add(Role::Cfo).await,
        ];
        for nth in 0..customers {
            let customer = market.customer(nth, limit, &people).await;
            market.customers.push(customer);
        }
        for nth in 0..customers {
            market.owe(nth, items).await;
        }
        market
    }

    async fn add(&self, role: Role) -> Caller {
        let id = UserId(self.engine.new_uuid().unwrap_or_default());
        let add = user::Command::Add {
            id,
            name: Personal::new(id, role.title().to_owned()),
            email: Personal::new(id, format!("{role}@market.example")),
            roles: vec![RoleGrant::everywhere(role)],
            password_hash: None,
        };
        let answer = self.answer(&self.caller, Command::User { id, command: add }).await;
        assert!(matches!(answer, Answer::Done(_)), "{answer:?}");
        person(id, role)
    }

    async fn answer(&self, caller: &Caller, command: Command) -> Answer {
        match self.engine.execute(caller, command).await {
            Ok(outcome) => outcome.answer,
            Err(fault) => panic!("{fault}"),
        }
    }

    async fn customer(&self, nth: usize, limit: i64, people: &[Caller; 4]) -> AccountId {
        let [seller, approvers @ ..] = people;
        let id = AccountId(self.engine.new_uuid().unwrap_or_default());
        let body = json!({
            "name": format!("Customer {nth}"), "email": format!("ap{nth}@customer.example"), "owning_entity": "US",
            "stage": "active", "credit_limit": usd(limit), "identifiers": [{"kind": "external:erp", "value": nth.to_string()}],
        });
        let ids = self.engine.clone();
        let (draft, faults) = Draft::read_new(&body, id, &mut || ids.new_uuid().unwrap_or_default());
        assert!(faults.is_empty(), "{faults:?}");
        let create = AccountCommand::Create { id, number: 0, draft: Box::new(draft), application: false };
        let answer = self.answer(seller, Command::Account { id, command: create }).await;
        let Answer::Waiting(mut change) = answer else { panic!("{answer:?}") };
        // A limit above a million asks the CFO too.
        for approver in approvers {
            if change.state == ChangeState::Waiting {
                let command = ChangeCommand::Approve(Word::default());
                let answer = self.answer(approver, Command::Change { id: change.id, command }).await;
                let Answer::Waiting(decided) = answer else { panic!("{answer:?}") };
                change = decided;
            }
        }
        assert_eq!(change.state, ChangeState::Applied, "{:?}", change.result);
        id
    }

    /// Posts open invoices of a dollar each.
    async fn owe(&self, nth: usize, items: usize) {
        let invoice = |item: usize| {
            let data = json!({"invoice_no": format!("I-{nth}-{item}"), "entity": "US", "amount": usd(100),
                "issued_on": "2026-11-01", "due_on": "2099-12-31"});
            touchpoint(nth, "invoice.posted", &format!("i-{nth}-{item}"), &data)
        };
        let events: Vec<Value> = (0..items).map(invoice).collect();
        if !events.is_empty() {
            self.happen(&events).await.unwrap_or_else(|fault| panic!("{fault}"));
        }
    }

    async fn happen(&self, events: &[Value]) -> Result<(), Fault> {
        let body = bytes_of(&Value::from(events.to_vec()));
        let taken = self.engine.ingest(&self.caller, body).await?;
        assert!(taken.is_ok_and(|reply| reply.quarantined.is_empty()), "an event was not taken");
        Ok(())
    }

    /// Lets so many callers ask at once, until so many requests were made. Amounts are one to nine dollars.
    ///
    /// # Errors
    /// The first [`Fault`] that a caller met.
    pub async fn crowd(&self, callers: usize, attempts: usize, manner: Manner) -> Result<Crowd, Fault> {
        static RUN: AtomicU64 = AtomicU64::new(0);
        let run = RUN.fetch_add(1, Ordering::Relaxed);
        let (next, reserved) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicU64::new(0)));
        let mut tasks = Vec::with_capacity(callers);
        for _ in 0..callers {
            let (market, next, reserved) = (self.clone(), Arc::clone(&next), Arc::clone(&reserved));
            tasks.push(tokio::spawn(async move {
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    if nth >= attempts {
                        return Ok::<(), Fault>(());
                    }
                    if market.one(run, nth, manner).await? {
                        reserved.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }));
        }
        for task in tasks {
            task.await.map_err(|_| Fault::Panicked)??;
        }
        let attempts = u64::try_from(attempts).unwrap_or(u64::MAX);
        Ok(Crowd { attempts, reserved: reserved.load(Ordering::Relaxed) })
    }

    /// One request, and what follows; whether it got what it asked for.
    async fn one(&self, run: u64, nth: usize, manner: Manner) -> Result<bool, Fault> {
        // Spread without randomness: a run can be repeated.
        let chosen = nth.wrapping_mul(2_654_435_761) >> 7;
        let customer = chosen % self.customers.len().max(1);
        let Some(account) = self.customers.get(customer) else { return Ok(false) };
        let minor = i64::try_from(chosen / 64 % 9).unwrap_or(0) * 100 + 100;
        let entity = "US".parse().unwrap_or_else(|_| unreachable!("a code"));
        let mut ask = CreditAsk::new(account.to_string(), entity, Money::new(minor, dollars()));
        let order = format!("O-{run}-{nth}");
        ask.order_no = (manner == Manner::Trade && nth.is_multiple_of(3)).then(|| order.clone());
        let ask = ReserveAsk { ask, id: None, timeout_s: Some(TIMEOUT_MAX_S), key: None };
        let reserved = match self.engine.reserve(&self.caller, ask).await? {
            Ok(reserved) => reserved,
            Err(refusal) => panic!("{refusal:?}"),
        };
        let goes = reserved.goes();
        if manner == Manner::Trade && goes {
            let id = reserved.reservation.draft.map(|draft| draft.id).unwrap_or_default();
            self.follow(nth, customer, &id, &order, minor).await?;
        }
        Ok(goes)
    }

    /// What becomes of a reservation: an order that is invoiced and paid, or cancelled; else it is committed or voided.
    async fn follow(
        &self,
        nth: usize,
        customer: usize,
        id: &str,
        order: &str,
        minor: i64,
    ) -> Result<(), Fault> {
        let event = |kind: &str, data: &Value| touchpoint(customer, kind, &format!("{kind}-{order}"), data);
        if nth.is_multiple_of(3) {
            let placed = json!({"order_no": order, "entity": "US", "value": usd(minor)});
            self.happen(&[event("order.placed", &placed)]).await?;
            if nth.is_multiple_of(2) {
                return self.happen(&[event("order.cancelled", &json!({"order_no": order}))]).await;
            }
            let invoice = json!({"invoice_no": order, "entity": "US", "order_no": order, "amount": usd(minor),
                "issued_on": "2026-11-01", "due_on": "2099-12-31"});
            let payment = json!({"payment_no": order, "entity": "US", "amount": usd(minor), "received_on": "2026-11-02",
                "allocations": [{"invoice_no": order, "amount": usd(minor)}]});
            return self
                .happen(&[event("invoice.posted", &invoice), event("payment.received", &payment)])
                .await;
        }
        let resolve = match nth % 5 {
            0 => Resolve::Commit { amount: Some(Money::new(minor / 2, dollars())), order_no: None },
            _ => Resolve::Void,
        };
        let told = self.engine.resolve_reservation(&self.caller, id, resolve, None).await?;
        assert!(told.is_ok(), "{told:?}");
        Ok(())
    }
}

fn bytes_of(value: &Value) -> bytes::Bytes {
    bytes::Bytes::from(value.to_string())
}

fn touchpoint(customer: usize, kind: &str, id: &str, data: &Value) -> Value {
    json!({
        "specversion": "1.0", "id": id, "source": "erp", "type": format!("io.kith.{kind}"),
        "time": jiff::Timestamp::now().to_string(), "subject": format!("external:erp:{customer}"), "data": data,
    })
}
