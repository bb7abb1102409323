//! The order metrics of every customer of the examples, against `examples/recompute.py`, which knows the CSV files
//! and the definitions and nothing of Kith.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use kith_testkit::http::Client;
use kith_testkit::process::{Server, kith};
use serde_json::{Value, json};

use crate::house::{init, place};

/// Where the examples are.
pub(crate) fn examples() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// Runs `kith --json` at a place and gives what it printed.
#[track_caller]
pub(crate) fn said(words: &[&str], place: &[OsString]) -> Value {
    let output = kith(words).arg("--json").args(place).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "kith {words:?}: {told}{}", String::from_utf8_lossy(&output.stdout));
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("kith {words:?}: {error}: {told}"))
}

/// Imports the customers of an example, approved by a manager, and takes in its orders. Gives the counts of both.
pub(crate) fn bring(example: &str, rows: &str, place: &[OsString]) -> (Value, Value) {
    let file = |name: &str| examples().join(example).join(name).to_str().unwrap().to_owned();
    let map = file("customers.map.json");
    let import = said(&["import", &file("customers.csv"), "--map", &map, "--yes"], place);
    said(&["user", "add", "--name", "Manager", "--email", "m@house.example", "--role", "manager"], place);
    let token = said(&["token", "create", "--user", "m@house.example"], place);
    let change = import["change"].as_str().unwrap();
    said(&["change", "approve", change, "--token", token["token"].as_str().unwrap()], place);
    let import = said(&["import", "show", import["id"].as_str().unwrap()], place);
    assert_eq!(import["state"], "finished", "{import}");
    let taken = said(&["ingest", &file(rows), "--map", &file("orders.events.json")], place);
    (import["counts"].clone(), taken)
}

/// The metrics compared: Kith's field, and how the script tells it.
/// How a value of ours is read for the comparison.
type Reading = fn(&Value, &str) -> Value;

fn pairs() -> Vec<(String, Reading)> {
    let plain: fn(&Value, &str) -> Value = |customer, field| customer[field].clone();
    let label: fn(&Value, &str) -> Value =
        |customer, field| customer[field.replace("_label", "")]["label"].clone();
    let mut pairs: Vec<(String, Reading)> = vec![("days_since_last_order".into(), plain)];
    for name in ["first_order_on", "last_order_on"] {
        pairs.push((name.into(), plain));
    }
    for window in [30, 90, 365] {
        for name in ["orders", "order_value", "order_gap_days", "on_time"] {
            pairs.push((format!("{name}_{window}d"), plain));
        }
    }
    for window in [90, 365] {
        pairs.push((format!("order_trend_{window}d"), |customer, field| customer[field]["relative"].clone()));
        pairs.push((format!("order_trend_p_{window}d"), |customer, field| {
            customer[field.replace("_p_", "_")]["p"].clone()
        }));
        pairs.push((format!("order_trend_slope_{window}d"), |customer, field| {
            customer[field.replace("_slope_", "_")]["slope"].clone()
        }));
        pairs.push((format!("order_trend_label_{window}d"), label));
    }
    pairs
}

/// Kith's value of a field as the script would tell it: money in cents.
fn plain(value: &Value) -> Value {
    match value["amount"].as_str() {
        Some(amount) => json!(amount.replace('.', "").parse::<i64>().unwrap()),
        None => value.clone(),
    }
}

fn same(ours: &Value, theirs: &Value) -> bool {
    match (ours.as_f64(), theirs.as_f64()) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() <= 1e-6 * theirs.abs().max(1.0),
        _ => ours == theirs,
    }
}

/// How few of a thing a metric says nothing about, where the script always answers.
fn too_few(field: &str, customer: &Value) -> bool {
    let window = field.rsplit('_').next().unwrap_or_default();
    let count = |name: &str| customer[format!("{name}_{window}")].as_u64().unwrap_or_default();
    if field.starts_with("on_time") {
        return count("on_time_sample") < 5;
    }
    if field.starts_with("order_gap") {
        return count("orders") < 4;
    }
    let weeks = &customer[format!("order_trend_{window}")]["weeks"];
    field.starts_with("order_trend") && weeks.as_u64().is_none_or(|weeks| weeks < 8)
}

fn compare(example: &str, rows: &str, day: &str) {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("left out: python3 is not installed, so {example} cannot be recomputed");
        return;
    }
    let script =
        Command::new("python3").arg(examples().join("recompute.py")).args([example, "--as-of", day]).output();
    let script = script.unwrap();
    assert!(script.status.success(), "{}", String::from_utf8_lossy(&script.stderr));
    let recomputed: Value = serde_json::from_slice(&script.stdout).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut words = place(&dir.path().join("data"), None);
    words.extend(["--today".into(), day.into()]);
    let token = init(&words);
    bring(example, rows, &words);
    let server = Server::spawn(kith(["serve", "--listen", "127.0.0.1:0"]).args(&words));
    let admin = server.client().with_token(&token);
    let customers = recomputed["customers"].as_object().unwrap();
    let accounts = accounts(&admin);
    assert_eq!(accounts.len(), customers.len(), "as many accounts as customers");
    let (mut equal, mut silent, mut wrong) = (0_u32, 0_u32, Vec::new());
    for account in &accounts {
        let whole = admin.get(&format!("/api/v1/accounts/{}", account["id"].as_str().unwrap())).expect(200);
        let name = whole["identifiers"][0]["value"].as_str().unwrap();
        let trimmed = || customers.iter().find(|(id, _)| id.trim() == name).map(|(_, customer)| customer);
        let customer =
            customers.get(name).or_else(trimmed).unwrap_or_else(|| panic!("{name} is no customer"));
        for (field, tell) in pairs() {
            let (ours, theirs) = (plain(&account[&field]), tell(customer, &field));
            if same(&ours, &theirs) {
                equal += 1;
            } else if ours.is_null() && too_few(&field, customer) {
                silent += 1;
            } else {
                wrong.push(format!("{name} {field}: Kith says {ours}, the script {theirs}"));
            }
        }
    }
    eprintln!(
        "{example}: {} customers, {equal} values equal, {silent} withheld for too few samples",
        accounts.len()
    );
    assert!(
        wrong.is_empty(),
        "{} differ, among them\n{}",
        wrong.len(),
        wrong[..wrong.len().min(20)].join("\n")
    );
    assert!(equal > silent, "most values must be there to be compared");
}

/// Every account with the fields compared, page after page.
fn accounts(client: &Client) -> Vec<Value> {
    let fields: Vec<String> = pairs().into_iter().map(|(field, _)| field).collect();
    let path = format!("/api/v1/accounts?limit=200&fields={}", fields.join(","));
    crate::durable::pages(client, &path)
}

#[test]
fn the_wholesalers_figures_equal_those_of_the_script() {
    compare("northwind", "orders.csv", "1998-05-06");
}

#[test]
fn the_wholesalers_figures_are_right_on_an_earlier_day_too() {
    compare("northwind", "orders.csv", "1997-11-20");
}

#[test]
fn the_shops_figures_equal_those_of_the_script() {
    compare("cdnow", "transactions.csv", "1998-06-30");
}
