//! Sudden death of a trading crowd: the server is killed while reservations are committed and voided and orders are placed,
//! invoiced, paid and called off. Afterwards the ledger is replayed: nobody ever went over the limit, every act that was
//! answered is there, and nothing is there twice.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use kith_engine::{Engine, Settings};
use kith_store::Location;
use kith_testkit::http::{Client, Reply};
use kith_testkit::overshoot::check;
use kith_testkit::postgres::{TempDatabase, fresh_database};
use serde_json::{Value, json};

use crate::durable::pages;
use crate::house::{approve, init, person, place, serve};

/// How often the server is killed; more by `KITH_KILL_CYCLES`.
const CYCLES: u64 = 8;
/// Who trades at once.
const CALLERS: u64 = 5;
/// When everything happened that other systems tell: sent again it must be the same.
const TIME: &str = "2026-01-05T10:00:00Z";

/// What became of one act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// There was no room: nothing is held.
    Against,
    Committed,
    Voided,
    /// An order of another system, placed and called off.
    Cancelled,
    /// An order at the door, invoiced and paid.
    Paid,
    /// An order at the door that was called off.
    CalledOff,
}

/// What one caller knows: acts that were answered to the end, and the one that may not have been.
#[derive(Debug, Default)]
struct Caller {
    begun: u64,
    unanswered: bool,
    done: Vec<(u64, Done)>,
}

/// Who acts, and for whom.
struct Trader<'t> {
    seller: Client,
    ops: Client,
    account: &'t str,
    nth: u64,
}

fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

impl Trader<'_> {
    /// Trades until the server is gone; the act without an answer is begun again first, under the same keys.
    fn trade(&self, caller: &mut Caller) {
        loop {
            if !caller.unanswered {
                caller.begun += 1;
                caller.unanswered = true;
            }
            let Some(done) = self.act(caller.begun) else { return };
            caller.done.push((caller.begun, done));
            caller.unanswered = false;
        }
    }

    /// The name of an act, in its numbers and keys.
    fn name(&self, act: u64) -> String {
        format!("{}-{act}", self.nth)
    }

    fn act(&self, act: u64) -> Option<Done> {
        match act % 4 {
            0 => self.resolve(act, "commit", &json!({"amount": usd("0.01")}), Done::Committed),
            1 => self.resolve(act, "void", &json!({}), Done::Voided),
            2 => self.placed_and_cancelled(act),
            _ => self.at_the_door(act),
        }
    }

    /// Posts, unless the server is gone.
    fn post(client: &Client, path: &str, key: &str, body: &Value) -> Option<Reply> {
        let mut headers = vec![("Content-Type", "application/json")];
        headers.extend((!key.is_empty()).then_some(("Idempotency-Key", key)));
        client.try_send("POST", path, &headers, body.to_string().as_bytes()).ok()
    }

    /// Reserves; the inner nothing where there is no room.
    fn reserve(&self, act: u64) -> Option<Option<String>> {
        let name = self.name(act);
        let body = json!({"account": self.account, "entity": "US", "amount": usd("10.00"), "timeout_s": 2_592_000,
            "order_no": format!("R-{name}")});
        let reply =
            Self::post(&self.seller, "/api/v1/credit/reservations", &format!("reserve-{name}"), &body)?;
        match reply.status {
            200 | 201 => Some(Some(reply.json()["id"].as_str().unwrap().to_owned())),
            409 => {
                let code = reply.json()["code"].clone();
                assert!(code == "credit_held" || code == "credit_rejected", "{}", reply.text());
                Some(None)
            }
            other => panic!("{other}: {}", reply.text()),
        }
    }

    fn resolve(&self, act: u64, verb: &str, body: &Value, done: Done) -> Option<Done> {
        let Some(id) = self.reserve(act)? else { return Some(Done::Against) };
        let path = format!("/api/v1/credit/reservations/{id}/{verb}");
        let reply = Self::post(&self.seller, &path, &format!("{verb}-{}", self.name(act)), body)?;
        assert_eq!(reply.status, 200, "{}", reply.text());
        Some(done)
    }

    fn happen(&self, kind: &str, name: &str, data: &Value) -> Option<()> {
        let event = json!({"specversion": "1.0", "id": format!("{kind}-{name}"), "source": "erp",
            "type": format!("io.kith.{kind}"), "time": TIME, "subject": self.account, "data": data});
        let reply = Self::post(&self.ops, "/api/v1/touchpoints", "", &event)?.expect(200);
        let count = |member: &str| reply[member].as_u64().unwrap();
        assert_eq!(count("accepted") + count("duplicates"), 1, "{reply}");
        Some(())
    }

    fn placed_and_cancelled(&self, act: u64) -> Option<Done> {
        if self.reserve(act)?.is_none() {
            return Some(Done::Against);
        }
        let (name, number) = (self.name(act), format!("R-{}", self.name(act)));
        self.happen(
            "order.placed",
            &name,
            &json!({"order_no": number, "entity": "US", "value": usd("10.00")}),
        )?;
        self.happen("order.cancelled", &name, &json!({"order_no": number}))?;
        Some(Done::Cancelled)
    }

    fn at_the_door(&self, act: u64) -> Option<Done> {
        let name = self.name(act);
        let body = json!({"account": self.account, "entity": "US", "type": "service", "total": usd("10.00"),
            "customer_order_no": format!("PO-{name}")});
        let reply = Self::post(&self.seller, "/api/v1/orders", &format!("order-{name}"), &body)?;
        let order = reply.json();
        match reply.status {
            201 => {
                let number = order["order_no"].as_str().unwrap();
                let invoice = json!({"invoice_no": format!("I-{name}"), "entity": "US", "order_no": number,
                    "amount": usd("10.00"), "issued_on": "2026-01-05", "due_on": "2099-12-31"});
                self.happen("invoice.posted", &name, &invoice)?;
                let payment = json!({"payment_no": format!("P-{name}"), "entity": "US", "amount": usd("10.00"),
                    "received_on": "2026-01-06", "allocations": [{"invoice_no": format!("I-{name}"), "amount": usd("10.00")}]});
                self.happen("payment.received", &name, &payment)?;
                Some(Done::Paid)
            }
            202 => {
                let path = format!("/api/v1/orders/{}/cancel", order["id"].as_str().unwrap());
                let gone = Self::post(&self.seller, &path, "", &json!({}))?;
                assert_eq!(gone.status, 200, "{}", gone.text());
                Some(Done::CalledOff)
            }
            // Cancelled before the server died, which could not say so.
            200 => {
                assert_eq!(order["state"], "cancelled", "{order}");
                Some(Done::CalledOff)
            }
            // Far over the limit.
            409 => Some(Done::Against),
            other => panic!("{other}: {}", reply.text()),
        }
    }
}

#[test]
fn a_trading_crowd_survives_sudden_death_once() {
    survive(None);
}

#[test]
fn a_trading_crowd_survives_sudden_death_once_on_postgresql() {
    match fresh_database() {
        Some(database) => survive(Some(&database)),
        None => eprintln!("left out: {} is not set", kith_testkit::postgres::SERVER),
    }
}

fn survive(database: Option<&TempDatabase>) {
    let cycles = std::env::var("KITH_KILL_CYCLES").map_or(CYCLES, |count| count.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let words = place(&data, database);
    let token = init(&words);
    let server = serve(&words);
    let admin = server.client().with_token(&token);
    let people =
        [("seller", "account_manager"), ("ar", "ar_manager"), ("controller", "controller"), ("ops", "ops")];
    let tokens = people.map(|(name, role)| person(&admin, name, &[role]));
    let [seller, ar, controller, _] = tokens.each_ref().map(|token| server.client().with_token(token));
    // Little enough that many are told no.
    let body = json!({"name": "Acme", "email": "a@customer.example", "owning_entity": "US", "stage": "active",
        "credit_limit": usd("35")});
    let waiting = seller.post_once("/api/v1/accounts", "create", &body).expect(202);
    let account = approve(&ar, &controller, &waiting)["target"].as_str().unwrap().to_owned();
    server.kill();
    let callers: Vec<Mutex<Caller>> = (0..CALLERS).map(|_| Mutex::default()).collect();
    for cycle in 0..cycles {
        let server = serve(&words);
        thread::scope(|scope| {
            for (nth, caller) in (0..).zip(&callers) {
                let trader = Trader {
                    seller: server.client().with_token(&tokens[0]),
                    ops: server.client().with_token(&tokens[3]),
                    account: &account,
                    nth,
                };
                scope.spawn(move || trader.trade(&mut caller.lock().unwrap()));
            }
            thread::sleep(Duration::from_millis(300 + cycle * 137 % 500));
            server.kill();
        });
    }
    let callers: Vec<Caller> = callers.into_iter().map(|caller| caller.into_inner().unwrap()).collect();
    let server = serve(&words);
    all_there(&server.client().with_token(&tokens[0]), &account, &callers);
    assert!(server.stop().0.success());
    replayed(&data, database);
}

/// Everything that was answered is there once; the act without an answer at most once.
fn all_there(client: &Client, account: &str, callers: &[Caller]) {
    let reservations = pages(client, &format!("/api/v1/accounts/{account}/credit/reservations?limit=200"));
    let made = by(&reservations, "order_no", |row| row["state"].as_str().unwrap().to_owned());
    let orders = pages(client, &format!("/api/v1/orders?account={account}&limit=200"));
    let orders = by(&orders, "customer_order_no", |row| row["state"].as_str().unwrap().to_owned());
    let timeline = pages(client, &format!("/api/v1/accounts/{account}/timeline?limit=200"));
    let happened = by(&timeline, "id", |row| row["type"].to_string());
    for (what, twice) in [("reservation", &made), ("order", &orders), ("touchpoint", &happened)] {
        let found = twice.iter().filter(|(name, _)| !name.starts_with("SO-")).find(|(_, all)| all.len() > 1);
        assert!(found.is_none(), "a {what} is there twice: {found:?}");
    }
    let mut counted: BTreeMap<String, u64> = BTreeMap::new();
    for (nth, caller) in callers.iter().enumerate() {
        for (act, done) in &caller.done {
            let name = format!("{nth}-{act}");
            let state = |found: &BTreeMap<String, Vec<String>>, key: String| {
                found.get(&key).map(|all| all[0].clone())
            };
            let reservation = state(&made, format!("R-{name}"));
            let touched = |kind: &str| happened.contains_key(&format!("{kind}-{name}"));
            match done {
                Done::Against => {}
                Done::Committed => assert_eq!(reservation.as_deref(), Some("committed"), "{name}"),
                Done::Voided => assert_eq!(reservation.as_deref(), Some("voided"), "{name}"),
                Done::Cancelled => assert!(touched("order.placed") && touched("order.cancelled"), "{name}"),
                Done::Paid => {
                    assert!(touched("invoice.posted") && touched("payment.received"), "{name}");
                    assert_eq!(state(&orders, format!("PO-{name}")).as_deref(), Some("closed"), "{name}");
                }
                Done::CalledOff => {
                    assert_eq!(state(&orders, format!("PO-{name}")).as_deref(), Some("cancelled"), "{name}");
                }
            }
            *counted.entry(format!("{done:?}")).or_default() += 1;
        }
    }
    let lost = callers.iter().filter(|caller| caller.unanswered).count();
    eprintln!("answered: {counted:?}; without an answer at the end: {lost}");
    for kind in ["Committed", "Voided", "Cancelled", "Paid"] {
        assert!(counted.contains_key(kind), "nothing was {kind}: {counted:?}");
    }
}

/// What stands under each value of a member.
fn by(rows: &[Value], member: &str, told: impl Fn(&Value) -> String) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows {
        if let Some(key) = row[member].as_str() {
            found.entry(key.to_owned()).or_default().push(told(row));
        }
    }
    found
}

/// The checker replays the ledger, and the records give the same books as memory had.
fn replayed(data: &std::path::Path, database: Option<&TempDatabase>) {
    let location = match database {
        Some(database) => Location::Postgres { url: database.url.clone(), dir: data.to_owned() },
        None => Location::Sqlite(data.to_owned()),
    };
    let engine = Engine::open(&location, Settings { no_checkpoints: true, ..Settings::default() }).unwrap();
    let checked = check(&engine).unwrap();
    eprintln!("{checked:?}");
    assert_eq!((checked.overshoots, checked.differing), (0, 0), "{checked:?}");
    assert!(checked.reserved > 20 && checked.decisions > checked.reserved, "{checked:?}");
    assert_eq!(engine.verify().unwrap().faults, Vec::<String>::new());
    engine.close();
}
