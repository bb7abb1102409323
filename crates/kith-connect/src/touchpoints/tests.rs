//! Rows of transactions as touchpoints.

use serde_json::{Value, json};

use super::{EventError, EventMap, events};
use crate::csv::{Options, Reader};

const MAP: &str = r#"{
  "source": "shop/orders",
  "events": [
    {"type": "io.kith.order.placed", "id": "placed-{No}", "subject": "external:shop:{Customer}", "time": "Ordered",
     "data": {"order_no": "{No}", "entity": {"constant": "US"},
              "value": {"column": "Total", "kind": "money", "currency": "USD"},
              "requested_delivery": {"column": "Wanted", "kind": "date", "optional": true}}},
    {"type": "io.kith.order.delivered", "id": "delivered-{No}", "subject": "external:shop:{Customer}", "time": "Shipped",
     "when_filled": ["Shipped"],
     "data": {"order_no": "{No}", "delivered_at": {"column": "Shipped", "kind": "time"},
              "promised_by": {"column": "Wanted", "kind": "time"}, "in_full": {"constant": true}}}
  ]
}"#;

fn run(text: &str, map: &str) -> Vec<Result<Value, (u64, String, &'static str)>> {
    let reader = Reader::open(text.as_bytes(), &Options::default()).unwrap();
    let events = events(reader, &EventMap::parse(map).unwrap()).unwrap();
    events
        .map(|event| {
            event.map_err(|error| match error {
                EventError::Row(error) => (error.row, error.column, error.code),
                EventError::File(fault) => (fault.row().unwrap_or(0), String::new(), fault.code()),
            })
        })
        .collect()
}

#[test]
fn a_row_gives_one_touchpoint_for_each_rule_that_it_meets() {
    let found = run(
        "No,Customer,Ordered,Wanted,Shipped,Total\n\
         7,ALFKI,1997-08-25 00:00:00.000,1997-09-22,1997-09-02,814.505\n\
         8,BONAP,1997-08-26T09:30:00Z,,,20\n",
        MAP,
    );
    let found: Vec<Value> = found.into_iter().map(Result::unwrap).collect();
    assert_eq!(found.len(), 3);
    assert_eq!(
        found[0],
        json!({
            "specversion": "1.0", "source": "shop/orders", "type": "io.kith.order.placed", "id": "placed-7",
            "time": "1997-08-25T12:00:00Z", "subject": "external:shop:ALFKI",
            "data": {
                "order_no": "7", "entity": "US", "value": {"amount": "814.51", "currency": "USD"},
                "requested_delivery": "1997-09-22",
            },
        })
    );
    assert_eq!(found[1]["data"]["promised_by"], "1997-09-22T12:00:00Z");
    assert_eq!(found[2]["time"], "1997-08-26T09:30:00Z");
    assert!(found[2]["data"].get("requested_delivery").is_none());
}

#[test]
fn a_faulty_row_is_named_and_the_next_ones_go_on() {
    let found = run(
        "No,Customer,Ordered,Wanted,Shipped,Total\n\
         1,A,someday,,,5\n2,,2020-01-01,,,5\n3,A,2020-01-01,,,much\n4,A,2020-01-01,,,5\n5,A,\"2020",
        MAP,
    );
    let faults: Vec<_> = found.iter().filter_map(|event| event.clone().err()).collect();
    assert_eq!(
        faults,
        [
            (2, "Ordered".to_owned(), "time_invalid"),
            (3, "Customer".to_owned(), "missing"),
            (4, "Total".to_owned(), "number_invalid"),
            (6, String::new(), "csv.unclosed_quote"),
        ]
    );
    assert_eq!(found.iter().filter(|event| event.is_ok()).count(), 1);
}

#[test]
fn amounts_round_half_away_from_zero() {
    let amount = |text: &str| {
        let file = format!("No,Customer,Ordered,Wanted,Shipped,Total\n1,A,2020-01-01,,,{text}\n");
        let event = run(&file, MAP).remove(0).unwrap();
        event["data"]["value"]["amount"].as_str().unwrap().to_owned()
    };
    for (text, rounded) in [
        ("0.005", "0.01"),
        ("0.0049", "0.00"),
        ("9.995", "10.00"),
        ("-0.005", "-0.01"),
        ("99.999", "100.00"),
        ("3", "3.00"),
    ] {
        assert_eq!(amount(text), rounded, "{text}");
    }
}

#[test]
fn a_map_that_does_not_fit_names_every_fault() {
    let reader = Reader::open(&b"No,Customer\n"[..], &Options::default()).unwrap();
    let Err(fault) = events(reader, &EventMap::parse(MAP).unwrap()) else { panic!("the map fits") };
    assert_eq!(fault.faults.len(), 7, "{fault}");
    assert!(EventMap::parse(r#"{"source":"x","events":[],"more":1}"#).is_err());
    let money = r#"{"source":"x","events":[{"type":"t","id":"{No}","subject":"s","time":"No","data":{"v":{"column":"No","kind":"money"}}}]}"#;
    let reader = Reader::open(&b"No\n"[..], &Options::default()).unwrap();
    assert!(events(reader, &EventMap::parse(money).unwrap()).is_err());
}
