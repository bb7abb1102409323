//! Milliseconds for a list by four predicates, sorted, top 100, in the engine against the same rows in SQLite.
#![expect(clippy::print_stdout, reason = "a program for the console")]

use std::error::Error;

use kith_engine::{Caller, Engine, ListRequest, Settings};
use kith_store::Location;
use kith_testkit::company::Company;
use kith_testkit::measure::{Arguments, grouped, median, timed};
use rusqlite::Connection;
use rusqlite::types::Value as Cell;
use serde_json::Value;

/// The allocator of the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "\
cargo xtask bench list [--accounts 1000000] [--runs 15] [--data DIR]

The engine opens the company with so many customers in this process, as `bench touchpoints` left it with what
happened to them (without touchpoints the metrics are empty: run that first). Forty fields of every account are
written into a table of SQLite. Then the same question goes to both: four predicates, sorted, the first hundred.";

/// A question as the engine and as SQL ask it.
struct Case {
    title: &'static str,
    filter: &'static str,
    sort: &'static str,
    sql: &'static str,
}

const CASES: [Case; 3] = [
    Case {
        title: "selective",
        filter: "tier == \"premium\" && orders_90d >= 1 && revenue_365d > 3000 && service_issues_30d > 0",
        sort: "-revenue_365d",
        sql: "tier = 'premium' AND orders_90d >= 1 AND revenue_365d > 3000 AND service_issues_30d > 0 ORDER BY revenue_365d DESC",
    },
    Case {
        title: "nearly all",
        filter: "tier != \"premium\" && orders_90d >= 0 && orders_30d < 100 && service_issues_30d < 50",
        sort: "-orders_90d",
        sql: "tier <> 'premium' AND orders_90d >= 0 AND orders_30d < 100 AND service_issues_30d < 50 ORDER BY orders_90d DESC",
    },
    Case {
        title: "four numbers",
        filter: "orders_365d >= 1 && revenue_90d > 500 && service_issues_90d == 0 && orders_30d < 5",
        sort: "-revenue_90d",
        sql: "orders_365d >= 1 AND revenue_90d > 500 AND service_issues_90d = 0 AND orders_30d < 5 ORDER BY revenue_90d DESC",
    },
];

/// Fields that the questions name; the table is filled up to forty with others.
const NAMED: [&str; 9] = [
    "tier",
    "orders_30d",
    "orders_90d",
    "orders_365d",
    "revenue_90d",
    "revenue_365d",
    "service_issues_30d",
    "service_issues_90d",
    "health",
];
const COLUMNS: usize = 40;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read(USAGE);
    let runs = arguments.get("runs", 15);
    let company = Company::with(&arguments.data(), arguments.get("accounts", 1_000_000));
    let settings = Settings { no_checkpoints: true, ..Settings::default() };
    let location = Location::Sqlite(company.dir.clone());
    let (opened, engine) = timed(|| Engine::open(&location, settings));
    let engine = engine?;
    println!("{}, {} touchpoints, opened in {opened:.1} s", company.title(), grouped(engine.position()));
    let fields = fields(&engine);
    let (filled, table) = timed(|| table(&engine, &fields));
    let table = table?;
    println!("{} columns written to SQLite in {filled:.0} s; medians of {runs}, milliseconds", fields.len());
    println!("{:<14} {:>9} {:>9} {:>9} {:>8}", "question", "matching", "engine", "SQLite", "ratio");
    for case in &CASES {
        let request = ListRequest {
            filter: case.filter.to_owned(),
            sort: case.sort.to_owned(),
            limit: Some(100),
            ..ListRequest::default()
        };
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..runs {
            let (time, page) = timed(|| engine.list(&Caller::operator(), &request));
            ours.push(time * 1e3);
            let page = page.map_err(|refusal| refusal.sentence)?;
            let (time, found) = timed(|| asked(&table, case.sql));
            theirs.push(time * 1e3);
            let found = found?;
            assert!(
                page.items.len() == found,
                "{} items against {found} rows: {}",
                page.items.len(),
                case.title
            );
        }
        let counted = ListRequest { count: true, ..request };
        let matching = engine.list(&Caller::operator(), &counted).map_err(|refusal| refusal.sentence)?.count;
        let (ours, theirs) = (median(&ours), median(&theirs));
        let ratio = theirs / ours;
        println!(
            "{:<14} {:>9} {ours:>9.2} {theirs:>9.1} {ratio:>8.0}",
            case.title,
            matching.unwrap_or_default()
        );
    }
    engine.close();
    Ok(())
}

/// Forty fields with a single value each, those of the questions among them.
fn fields(engine: &Engine) -> Vec<String> {
    let plain = ["int", "double", "money", "date", "enum", "bool"];
    let all = engine.field_list(&Caller::operator());
    let mut chosen: Vec<String> = NAMED.iter().map(|name| (*name).to_owned()).collect();
    for field in all.iter().filter(|field| plain.contains(&field.kind.as_str())) {
        if chosen.len() < COLUMNS && !chosen.contains(&field.id) {
            chosen.push(field.id.clone());
        }
    }
    chosen
}

/// Every account as a row of a table, read page by page.
fn table(engine: &Engine, fields: &[String]) -> Result<Connection, Box<dyn Error>> {
    let mut table = Connection::open_in_memory()?;
    table.execute_batch(&format!("CREATE TABLE account (id TEXT, {})", fields.join(", ")))?;
    let holes = vec!["?"; fields.len() + 1].join(", ");
    let transaction = table.transaction()?;
    {
        let mut insert = transaction.prepare(&format!("INSERT INTO account VALUES ({holes})"))?;
        let mut request = ListRequest {
            sort: "-orders_365d".to_owned(),
            fields: fields.to_vec(),
            limit: Some(kith_engine::LIMIT_MAX),
            ..ListRequest::default()
        };
        loop {
            let page = engine.list(&Caller::operator(), &request).map_err(|refusal| refusal.sentence)?;
            for item in &page.items {
                let cells = std::iter::once("id").chain(fields.iter().map(String::as_str));
                insert.execute(rusqlite::params_from_iter(cells.map(|name| cell(item.get(name)))))?;
            }
            request.cursor = page.next_cursor;
            if request.cursor.is_none() {
                break;
            }
        }
    }
    transaction.commit()?;
    Ok(table)
}

fn cell(value: Option<&Value>) -> Cell {
    match value {
        None | Some(Value::Null) => Cell::Null,
        Some(Value::Bool(truth)) => Cell::Integer(i64::from(*truth)),
        Some(Value::Number(number)) => {
            number.as_i64().map_or_else(|| number.as_f64().map_or(Cell::Null, Cell::Real), Cell::Integer)
        }
        Some(Value::String(text)) => Cell::Text(text.clone()),
        Some(other) => {
            let amount = other.get("amount").and_then(Value::as_str).and_then(|text| text.parse().ok());
            amount.map_or(Cell::Null, Cell::Real)
        }
    }
}

/// Asks the table and reads all that it answers.
fn asked(table: &Connection, condition: &str) -> rusqlite::Result<usize> {
    let mut statement =
        table.prepare_cached(&format!("SELECT id FROM account WHERE {condition} LIMIT 100"))?;
    let mut rows = statement.query([])?;
    let mut found = 0;
    while rows.next()?.is_some() {
        found += 1;
    }
    Ok(found)
}
