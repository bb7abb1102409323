//! Texts, sentences with values, plurals, figures and dates in the reader's language.

use jiff::tz::TimeZone;
use kith_api::view::MoneyView;
use kith_template::{plural, say};
use serde_json::json;

use super::catalogue::{Catalogue, Entry, Fault, GERMAN, parse};
use super::{fill, reading, settle, told as heard};
use crate::web::clock::{Clock, date};
use crate::web::number;

mod complete;

fn entry(context: &str, english: &str, other: &str) -> Entry {
    Entry { context: context.to_owned(), english: english.to_owned(), other: other.to_owned() }
}

#[test]
fn an_entry_is_read_with_its_context_and_its_escapes() {
    let file = "# Kith\n\nmsgid \"A\"\nmsgstr \"\\\"Ä\\\"\"\n\nmsgctxt \"code\"\nmsgid \"held\"\nmsgstr \"gehalten\"\n";
    let (entries, faults) = parse(file);
    assert_eq!(faults, []);
    assert_eq!(entries, [entry("", "A", "\"Ä\""), entry("code", "held", "gehalten")]);
}

#[test]
fn every_fault_of_a_catalogue_is_told_with_its_line() {
    let file = "msgid \"B\"\nmsgstr \"b\"\n\nmsgid \"A\"\nmsgstr \"a\"\n\nmsgid \"C\"\nmsgstr \"\"\n\nmsgid D\n\nmsgid \"E\"\nmsgstr \"e\"\nmsgid \"F\"\nmsgstr \"x\\y\"\n";
    let lines: Vec<usize> = parse(file).1.iter().map(|fault: &Fault| fault.line).collect();
    assert_eq!(lines, [4, 8, 10, 13, 15]);
}

#[test]
fn the_german_catalogue_has_no_fault() {
    assert_eq!(parse(GERMAN).1, []);
}

#[test]
fn values_stand_where_the_sentence_has_them() {
    assert_eq!(fill("{b} vor {a}, {b}", &[("a", &1), ("b", &"zwei")]), "zwei vor 1, zwei");
    assert_eq!(fill("{unknown}!", &[]), "!");
    let who = "Ann";
    assert_eq!(say!("Waits for {who}"), "Waits for Ann");
}

#[test]
fn one_is_one_and_all_else_is_many() {
    let said = |number: u64| plural!(number, "1 account", "{n} accounts");
    assert_eq!([0, 1, 2, 1_000].map(said), ["0 accounts", "1 account", "2 accounts", "1,000 accounts"]);
}

fn told(english: &str) -> String {
    let catalogue = Catalogue::of(vec![
        entry("code", "net_30", "30 Tage netto"),
        entry("told", "Order {number} placed", "Auftrag {number} aufgegeben"),
        entry(
            "told",
            "Order {number} placed by {who} on {day}",
            "{who} hat am {day} den Auftrag {number} aufgegeben",
        ),
        entry("told", "Terms {terms}", "Konditionen {terms}"),
        entry("told", "{amount} is over the limit", "{amount} liegt über dem Limit"),
        entry("told", "There is no such page.", "Diese Seite gibt es nicht."),
    ]);
    reading("de", || catalogue.told(english).into_owned())
}

#[test]
fn what_the_engine_wrote_is_known_by_its_form() {
    assert_eq!(told("There is no such page."), "Diese Seite gibt es nicht.");
    assert_eq!(told("Order 4711 placed"), "Auftrag 4711 aufgegeben");
    assert_eq!(
        told("Order 4711 placed by Ann on 2026-11-25"),
        "Ann hat am 25.11.2026 den Auftrag 4711 aufgegeben"
    );
    assert_eq!(told("12,500.50 EUR is over the limit"), "12.500,50\u{a0}€ liegt über dem Limit");
    assert_eq!(told("Terms net_30"), "Konditionen 30 Tage netto");
    assert_eq!(told("Ordered by nobody"), "Ordered by nobody", "what is not known stays as it is");
}

#[test]
fn a_sentence_inside_another_is_said_though_its_point_is_gone() {
    let english = "Order SO-1 is held: No account is known by what the order says of its customer";
    let whole = reading("de", || heard(english).into_owned());
    assert!(whole.starts_with("Auftrag SO-1 ist angehalten: ") && !whole.contains("No account"), "{whole}");
    assert!(!whole.ends_with('.'), "{whole}");
}

fn said(tag: &str, english: &str) -> String {
    reading(tag, || heard(english).into_owned())
}

#[test]
fn amounts_in_a_sentence_are_written_as_the_reader_writes_them_in_english_too() {
    let text = "Exposure would be EUR 120000.50, above the limit of EUR 100000.00.";
    assert_eq!(said("en-GB", text), "Exposure would be €120,000.50, above the limit of €100,000.");
    assert_eq!(said("de", text), "Das Obligo wäre 120.000,50\u{a0}€, über dem Limit von 100.000\u{a0}€.");
}

#[test]
fn one_day_is_a_day_and_many_are_days() {
    let text = |oldest: &str| format!("EUR 900.00 is past due, the oldest of it by {oldest}.");
    let last = |tag: &str, oldest: &str| said(tag, &text(oldest)).rsplit_once(", ").unwrap().1.to_owned();
    assert_eq!(last("de", "1 day"), "der älteste Posten 1 Tag.");
    assert_eq!(last("de", "31 days"), "der älteste Posten 31 Tage.");
    assert_eq!(last("en", "1 day"), "the oldest of it by 1 day.");
}

#[test]
fn a_moment_in_a_sentence_is_told_in_the_zone_of_the_reader() {
    let text = "Ann Lee lets you decide on changes in their place until 2026-11-25 14:05 UTC.";
    let told = reading("de", || {
        settle(None, None, TimeZone::get("Europe/Berlin").unwrap());
        heard(text).into_owned()
    });
    assert_eq!(
        told,
        "Ann Lee lässt Sie bis 25.11.2026, 15:05 MEZ vertretungsweise über Änderungen entscheiden."
    );
    assert_eq!(
        said("en-US", text),
        "Ann Lee lets you decide on changes in their place until Nov 25, 2026, 2:05 PM UTC."
    );
}

#[test]
fn every_sentence_of_several_is_said_by_itself() {
    let text = "Acme Ltd. is held: A payment came back. The payment is made good, and somebody with authority for the amount releases it.";
    let german = said("de", text);
    assert!(german.starts_with("Acme Ltd. ist gesperrt: Eine Zahlung kam zurück. "), "{german}");
    assert!(!german.contains("payment"), "{german}");
    assert_eq!(said("de", "No order for 45 days, 1 claim"), "Seit 45 Tagen kein Auftrag, 1 Reklamation");
    let three = "No order for 275 days, NPS −100, no contact for 174 days";
    assert_eq!(said("de", three), "Seit 275 Tagen kein Auftrag, NPS −100, seit 174 Tagen kein Kontakt");
    assert_eq!(said("en-US", three), three, "what is no currency is no amount");
    let late = "Pays 18 days late, on time in full 0\u{a0}%";
    assert_eq!(said("de", late), "Zahlt 18 Tage zu spät, pünktlich und vollständig 0\u{a0}%");
}

#[test]
fn figures_with_units_are_written_as_the_reader_writes_them() {
    assert_eq!(
        said("de", "Support: first response 0.4 h, resolution 30.9 h"),
        "Betreuung: Erste Antwort 0,4\u{a0}h, Lösung 30,9\u{a0}h"
    );
    assert_eq!(said("de", "Open critical claim: claims 4"), "Offene schwere Reklamation: Reklamationen 4");
}

#[test]
fn what_stands_beside_each_other_is_said_each_by_itself() {
    assert_eq!(said("de", "due 2027-01-02 · SO-10068-0291"), "fällig 02.01.2027 · SO-10068-0291");
    assert_eq!(said("en-GB", "due 2027-01-02 · SO-10068-0291"), "due 2 Jan 2027 · SO-10068-0291");
}

#[test]
fn the_title_of_a_change_is_said_inside_a_sentence() {
    let text = "Nobody decided on Delete Farrell Food Machinery Inc in time; Ruth Castellano may.";
    let german = "Niemand hat rechtzeitig über „Farrell Food Machinery Inc löschen“ entschieden; entscheiden darf: Ruth Castellano.";
    assert_eq!(said("de", text), german);
    assert_eq!(said("en-GB", text), text);
}

#[test]
fn a_name_is_never_written_anew() {
    assert_eq!(
        said("de", "Order 1,204 is held: A payment came back."),
        "Auftrag 1,204 ist angehalten: Eine Zahlung kam zurück."
    );
    assert_eq!(said("de", "12,500 Miles was rejected."), "„12,500 Miles“ wurde abgelehnt.");
}

fn money(amount: &str, currency: &str) -> MoneyView {
    MoneyView { amount: amount.into(), currency: currency.into() }
}

#[test]
fn money_is_written_as_the_place_writes_it() {
    let in_place = |tag: &str, amount: &str, currency: &str| {
        reading(tag, || {
            (number::money(&money(amount, currency)), number::money_short(&money(amount, currency)))
        })
    };
    let pair = |whole: &str, short: &str| (whole.to_owned(), short.to_owned());
    assert_eq!(in_place("de", "1234.56", "EUR"), pair("1.234,56\u{a0}€", "1.234\u{a0}€"));
    assert_eq!(in_place("de", "-344000.00", "CHF"), pair("−344.000\u{a0}CHF", "−344\u{a0}Tsd.\u{a0}CHF"));
    assert_eq!(in_place("de", "1842000.00", "EUR"), pair("1.842.000\u{a0}€", "1,84\u{a0}Mio.\u{a0}€"));
    assert_eq!(in_place("de-AT", "1234.56", "EUR"), pair("€\u{a0}1.234,56", "€\u{a0}1.234"));
    assert_eq!(in_place("de-CH", "1234.56", "CHF"), pair("CHF\u{a0}1’234.56", "CHF\u{a0}1’234"));
    assert_eq!(in_place("en-US", "1234.56", "USD"), pair("$1,234.56", "$1,234"));
    assert_eq!(in_place("en-GB", "12400.50", "CHF"), pair("CHF 12,400.50", "CHF 12k"));
}

#[test]
fn figures_are_written_as_the_place_writes_them() {
    let figures = |tag: &str| {
        reading(tag, || [number::number(-12_345.5, 2), number::percent(0.912), number::count(1_284)])
    };
    assert_eq!(figures("en"), ["−12,345.5", "91.2 %", "1,284"]);
    assert_eq!(figures("de"), ["−12.345,5", "91,2\u{a0}%", "1.284"]);
    assert_eq!(figures("de-AT"), ["−12\u{a0}345,5", "91,2\u{a0}%", "1\u{a0}284"]);
    assert_eq!(figures("de-CH"), ["−12’345.5", "91.2%", "1’284"]);
}

#[test]
fn moments_are_told_in_the_readers_zone_with_its_name() {
    let clock = |zone: &str| Clock {
        now: "2026-11-25T09:00:00Z".parse().unwrap(),
        zone: TimeZone::get(zone).unwrap(),
    };
    let exact = |tag: &str, zone: &str, at: &str| reading(tag, || clock(zone).exact(at));
    let at = "2026-11-25T14:05:00Z";
    assert_eq!(exact("en-GB", "Europe/London", at), "25 Nov 2026, 14:05 GMT");
    assert_eq!(exact("en-US", "America/Chicago", at), "Nov 25, 2026, 8:05 AM CST");
    assert_eq!(exact("de", "Europe/Berlin", at), "25.11.2026, 15:05 MEZ");
    assert_eq!(exact("de", "Europe/Berlin", "2026-07-01T22:30:00Z"), "02.07.2026, 00:30 MESZ");
    assert_eq!(reading("de", || date("2026-11-05")), "05.11.2026");
    let day = |tag: &str, day: &str| reading(tag, || clock("UTC").day_name(day.parse().unwrap()));
    assert_eq!(day("en-GB", "2026-11-20"), "Fri 20 Nov");
    assert_eq!(day("en-US", "2025-11-20"), "Thu, Nov 20, 2025");
    assert_eq!(day("de", "2026-03-02"), "Mo., 2. März");
    assert_eq!(day("de", "2025-11-20"), "Do., 20. Nov. 2025");
}

#[test]
fn values_inside_sentences_are_written_anew() {
    let reread = |value: &str| reading("de", || number::reread(value));
    assert_eq!(reread("98.5 %").as_deref(), Some("98,5\u{a0}%"));
    assert_eq!(reread("12500 EUR").as_deref(), Some("12.500\u{a0}€"));
    assert_eq!(reread("1,204").as_deref(), Some("1.204"));
    assert_eq!(reread("C-000123"), None);
    assert_eq!(reread("4711").as_deref(), Some("4711"), "a number of an order is no count");
    assert_eq!(json!(reread("Acme")), json!(null));
}
