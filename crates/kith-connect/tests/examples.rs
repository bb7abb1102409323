//! The examples of the repository are read without a fault.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs::{File, read_to_string};
use std::path::{Path, PathBuf};

use kith_connect::csv::{Options, Reader};
use kith_connect::map::MapFile;
use kith_connect::report::{Bounds, Report, review};
use kith_connect::row::{AccountDraft, Drafter, Known, RowOptions};
use kith_connect::touchpoints::{EventMap, events};
use serde_json::Value;

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

fn open(name: &str) -> Reader<File> {
    Reader::open(File::open(example(name)).unwrap(), &Options::default()).unwrap()
}

fn accounts(folder: &str) -> (Report, Vec<AccountDraft>) {
    let mut reader = open(&format!("{folder}/customers.csv"));
    let header = reader.header().to_vec();
    let file = read_to_string(example(&format!("{folder}/customers.map.json"))).unwrap();
    let mapping = MapFile::parse(&file).unwrap().apply(&header, None).unwrap();
    let known = Known {
        entities: [("US".to_owned(), "USD".parse().unwrap())].into(),
        payment_terms: ["NET30".to_owned()].into(),
        ..Known::default()
    };
    let options = RowOptions { source_system: folder.to_owned(), ..RowOptions::default() };
    let drafter = Drafter::new(&header, &mapping, &known, &options);
    let mut drafts = Vec::new();
    let report = review(&mut reader, &drafter, Bounds::default(), |draft, _| drafts.push(draft), |_, _| {});
    (report, drafts)
}

fn touchpoints(folder: &str, file: &str) -> Vec<Value> {
    let map =
        EventMap::parse(&read_to_string(example(&format!("{folder}/orders.events.json"))).unwrap()).unwrap();
    events(open(&format!("{folder}/{file}")), &map).unwrap().map(|event| event.unwrap()).collect()
}

#[track_caller]
fn belong_together(drafts: &[AccountDraft], events: &[Value], folder: &str) {
    let known: BTreeSet<String> = drafts
        .iter()
        .map(|draft| format!("external:{folder}:{}", draft.external_id.as_deref().unwrap()))
        .collect();
    let ids: BTreeSet<&str> = events.iter().map(|event| event["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), events.len(), "an id occurs twice");
    for event in events {
        assert!(known.contains(event["subject"].as_str().unwrap()), "{event}");
    }
}

#[test]
fn northwind_is_read_whole() {
    let (report, drafts) = accounts("northwind");
    assert_eq!((report.rows, report.valid, report.duplicates_total), (93, 93, 0), "{:?}", report.errors);
    let first = &drafts[0].body;
    assert_eq!(first["name"], "Alfreds Futterkiste");
    assert_eq!(first["email"], "ALFKI@northwind.example");
    assert_eq!(first["addresses"][0]["country"], "DE");
    assert_eq!(first["contacts"][0]["name"], "Maria Anders");
    assert_eq!(first["metadata"]["fax"], "030-0076545");
    let events = touchpoints("northwind", "orders.csv");
    assert_eq!(events.len(), 830 + 809);
    belong_together(&drafts, &events, "northwind");
    let cents: i64 = events
        .iter()
        .filter_map(|event| event["data"]["value"]["amount"].as_str())
        .map(|amount| amount.replace('.', "").parse::<i64>().unwrap())
        .sum();
    // The known total of the data set, to the cent of rounding each order.
    assert!((126_579_304 - cents).abs() < 500, "{cents}");
}

#[test]
fn cdnow_is_read_whole() {
    let (report, drafts) = accounts("cdnow");
    assert_eq!((report.valid, report.invalid), (2_357, 0), "{:?}", report.errors);
    let events = touchpoints("cdnow", "transactions.csv");
    assert_eq!(events.len(), 6_919);
    belong_together(&drafts, &events, "cdnow");
}
