//! Credit reservations of many callers against SELECT … FOR UPDATE and SUM in PostgreSQL, and a replay that counts overshoots.
#![expect(clippy::print_stdout, clippy::panic, reason = "a program for the console")]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use kith_store::Location;
use kith_testkit::market::{Manner, Market};
use kith_testkit::measure::{Arguments, grouped, load, median, number, seconds};
use kith_testkit::overshoot;
use kith_testkit::postgres::{SERVER, fresh_database};
use postgres::{Client, NoTls, Statement};

/// The same allocator as the program's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "\
cargo xtask bench credit [--customers 64] [--items 200] [--callers 64] [--attempts 20000] [--rounds 3] [--trade 20000]

In every round so many callers reserve credit on so many customers, each with so many open invoices, with Kith in this
process on SQLite and on PostgreSQL, and by hand in PostgreSQL: BEGIN, SELECT … FOR UPDATE of the customer, SUM of its open
items and of what is reserved, INSERT, COMMIT, each caller with a connection and prepared statements of its own. All are durable,
and every decision of Kith is in its ledger. With --customers 1 all want the same customer. Then
the crowd trades: it commits, voids, orders, cancels, is invoiced and pays; a replay of ledger and log counts overshoots. With
--trade 1000000 that is the evidence of the budget.";

fn main() {
    let arguments = Arguments::read(USAGE);
    let customers = arguments.get("customers", 64);
    let items = arguments.get("items", 200);
    let callers = arguments.get("callers", 64);
    let attempts = arguments.get("attempts", 20_000);
    let trade = arguments.get("trade", 20_000);
    let database = fresh_database();
    let by_hand = fresh_database();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.unwrap_or_else(|error| panic!("{error}"));
    let dir = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let place = |name: &str| dir.path().join(name);
    let sqlite = Location::Sqlite(place("sqlite"));
    let mut markets = vec![("SQLite", runtime.block_on(Market::open(&sqlite, customers, items, PLENTY)))];
    if let Some(database) = &database {
        let location = Location::Postgres { url: database.url.clone(), dir: place("postgres") };
        markets.push(("PostgreSQL", runtime.block_on(Market::open(&location, customers, items, PLENTY))));
    } else {
        println!("left out on PostgreSQL: {SERVER} is not set");
    }
    println!(
        "{} customers with {items} open items, {callers} callers; load of the machine {}",
        customers,
        load()
    );
    println!("{:>24} {:>12} {:>12} {:>10}", "reservations a second", "attempts", "seconds", "a second");
    let mut rates: Vec<(&str, Vec<f64>)> = Vec::new();
    for _ in 0..arguments.get("rounds", 3) {
        for (name, market) in &markets {
            let start = Instant::now();
            let crowd = runtime.block_on(market.crowd(callers, attempts, Manner::Reserve));
            let crowd = crowd.unwrap_or_else(|fault| panic!("{fault}"));
            assert!(crowd.reserved == crowd.attempts, "there is plenty for all");
            report(&mut rates, name, attempts, seconds(start.elapsed()));
        }
        if let Some(database) = &by_hand {
            let taken = by_hand_run(&database.url, customers, items, callers, attempts);
            report(&mut rates, "by hand", attempts, taken);
        }
    }
    let of =
        |wanted: &str| rates.iter().find(|(name, _)| *name == wanted).map_or(0.0, |(_, rates)| median(rates));
    for (name, _) in &markets {
        println!("{name}: {:.1} × by hand", of(name) / of("by hand").max(f64::MIN_POSITIVE));
    }
    drop(markets);
    trades(&runtime, &dir, customers, callers, trade);
}

/// More than anybody can reserve.
const PLENTY: i64 = 90_000_000_000;
/// So little that most requests meet the limit: a hundred dollars.
const LITTLE: i64 = 10_000;

fn report<'a>(rates: &mut Vec<(&'a str, Vec<f64>)>, name: &'a str, attempts: usize, taken: f64) {
    let rate = number(attempts) / taken;
    println!("{name:>24} {:>12} {taken:>12.2} {rate:>10.0}", grouped(attempts));
    match rates.iter_mut().find(|(known, _)| *known == name) {
        Some((_, found)) => found.push(rate),
        None => rates.push((name, vec![rate])),
    }
}

/// The crowd trades on customers with little room; the ledger is replayed afterwards.
fn trades(
    runtime: &tokio::runtime::Runtime,
    dir: &tempfile::TempDir,
    customers: usize,
    callers: usize,
    attempts: usize,
) {
    let database = fresh_database();
    let mut places = vec![("SQLite", Location::Sqlite(dir.path().join("trade")))];
    if let Some(database) = &database {
        let dir = dir.path().join("trade-postgres");
        places.push(("PostgreSQL", Location::Postgres { url: database.url.clone(), dir }));
    }
    for (name, location) in places {
        let market = runtime.block_on(Market::open(&location, customers, 10, LITTLE));
        let start = Instant::now();
        let crowd = runtime.block_on(market.crowd(callers, attempts, Manner::Trade));
        let crowd = crowd.unwrap_or_else(|fault| panic!("{fault}"));
        let taken = seconds(start.elapsed());
        let checked = overshoot::check(&market.engine).unwrap_or_else(|fault| panic!("{fault}"));
        println!(
            "{name}: {} attempts in {taken:.1} s, {} reserved, {} overshoots, {} decisions on another exposure",
            grouped(crowd.attempts),
            grouped(crowd.reserved),
            checked.overshoots,
            checked.differing
        );
    }
}

/// What a careful programmer would write; gives the seconds that it took.
fn by_hand_run(url: &str, customers: usize, items: usize, callers: usize, attempts: usize) -> f64 {
    let connect = || Client::connect(url, NoTls).unwrap_or_else(|error| panic!("{error}"));
    let mut setup = connect();
    let tables = format!(
        "DROP TABLE IF EXISTS customer, item, reservation;
         CREATE TABLE customer (id BIGINT PRIMARY KEY, credit_limit BIGINT NOT NULL);
         CREATE TABLE item (customer_id BIGINT NOT NULL, id BIGINT NOT NULL, amount BIGINT NOT NULL, PRIMARY KEY (customer_id, id));
         CREATE TABLE reservation (id BIGSERIAL PRIMARY KEY, customer_id BIGINT NOT NULL, amount BIGINT NOT NULL, at TIMESTAMPTZ NOT NULL DEFAULT now());
         CREATE INDEX ON reservation (customer_id) INCLUDE (amount);
         INSERT INTO customer SELECT n, {PLENTY} FROM generate_series(0, {customers} - 1) n;
         INSERT INTO item SELECT n, m, 100 FROM generate_series(0, {customers} - 1) n, generate_series(1, {items}) m;
         ANALYZE"
    );
    setup.batch_execute(&tables).unwrap_or_else(|error| panic!("{error}"));
    let next = AtomicUsize::new(0);
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..callers {
            scope.spawn(|| {
                let mut client = connect();
                let statements = Statements::prepare(&mut client).unwrap_or_else(|error| panic!("{error}"));
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    if nth >= attempts {
                        return;
                    }
                    let customer = (nth.wrapping_mul(2_654_435_761) >> 7) % customers.max(1);
                    reserve_by_hand(&mut client, &statements, i64::try_from(customer).unwrap_or(0))
                        .unwrap_or_else(|error| panic!("{error}"));
                }
            });
        }
    });
    seconds(start.elapsed())
}

/// The three statements of a reservation by hand.
struct Statements {
    limit: Statement,
    open: Statement,
    reserve: Statement,
}

impl Statements {
    fn prepare(client: &mut Client) -> Result<Self, postgres::Error> {
        let open = "SELECT ((SELECT COALESCE(SUM(amount), 0) FROM item WHERE customer_id = $1)
            + (SELECT COALESCE(SUM(amount), 0) FROM reservation WHERE customer_id = $1))::bigint";
        Ok(Self {
            limit: client.prepare("SELECT credit_limit FROM customer WHERE id = $1 FOR UPDATE")?,
            open: client.prepare(open)?,
            reserve: client.prepare("INSERT INTO reservation (customer_id, amount) VALUES ($1, 100)")?,
        })
    }
}

fn reserve_by_hand(
    client: &mut Client,
    statements: &Statements,
    customer: i64,
) -> Result<(), postgres::Error> {
    let mut transaction = client.transaction()?;
    let limit = transaction.query_one(&statements.limit, &[&customer])?;
    let open: i64 = transaction.query_one(&statements.open, &[&customer])?.get(0);
    if open + 100 <= limit.get::<_, i64>(0) {
        transaction.execute(&statements.reserve, &[&customer])?;
    }
    transaction.commit()
}
