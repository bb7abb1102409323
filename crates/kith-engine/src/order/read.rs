//! From the wire to the content of an order: every fault of shape at its place.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use kith_api::request::{OrderLine, OrderParty, OrderPlace};
use kith_api::view::MoneyView;
use kith_domain::order::{Charge, Content, Line, OrderChannel, OrderKind, Source};
use kith_domain::organisation::Organisation;
use kith_domain::pricing::UOM_DEFAULT;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::{Currency, Money, Personal, is_country, line, parse_decimal};
use kith_store::Fault;
use ring::digest::{SHA256, digest};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::noun::json_of;

/// Lines of an order at most.
const LINES_MAX: usize = 1_000;
/// Bytes of a number at most.
const NUMBER_MAX: usize = 64;
/// Bytes of a reference to a raw document, and of a unit of measure.
const REF_MAX: usize = 500;
const UOM_MAX: usize = 20;
/// Years ahead in which a day may lie: beyond them the year is mistyped.
const YEARS_AHEAD: i32 = 100;
/// Digits after the point of a quantity, and of a price.
const QTY_PLACES: u32 = 4;
const PRICE_PLACES: u32 = 6;

/// Faults while they are gathered.
struct Reading<'r> {
    organisation: &'r Organisation,
    today: Date,
    faults: Vec<FieldFault>,
}

/// What an order says, as the rules look at it; personal members belong to `subject`.
pub(super) fn content(
    order: &OrderPlace,
    (organisation, today): (&Organisation, Date),
    subject: &str,
) -> Result<Result<Content, Vec<FieldFault>>, Fault> {
    let given = json_of(order)?;
    let sha256 = HEXLOWER.encode(digest(&SHA256, given.to_string().as_bytes()).as_ref());
    let mut reading = Reading { organisation, today, faults: Vec::new() };
    reading.number(order.order_no.as_deref());
    reading.places(order);
    let content = reading.content(order, sha256, Personal::new(subject, given));
    Ok(if reading.faults.is_empty() { Ok(content) } else { Err(reading.faults) })
}

/// The refusal of what cannot be read.
pub(super) fn invalid(faults: Vec<FieldFault>) -> Refusal {
    let sentence = "Some fields are at fault.";
    Refusal::new(RefusalKind::Unprocessable, "invalid", sentence, "Correct the fields that are named.")
        .with_fields(faults)
}

impl Reading<'_> {
    fn fault(&mut self, pointer: impl Into<String>, code: &str, message: impl Into<String>) {
        self.faults.push(FieldFault::new(pointer, code, message));
    }

    fn content(&mut self, order: &OrderPlace, sha256: String, given: Personal<Value>) -> Content {
        let currency = self.currency(order.currency.as_deref());
        let parties = order.parties.clone().unwrap_or_default();
        let has_place = |party: &Option<OrderParty>| {
            party.as_ref().is_some_and(|party| party.city.is_some() || party.lines.is_some())
        };
        let has_stops = order.stops.len() >= 2;
        if order.lines.len() > LINES_MAX {
            self.fault("/lines", "too_many", format!("at most {LINES_MAX} lines"));
        }
        self.line_numbers(&order.lines);
        let lines: Vec<Line> =
            order.lines.iter().enumerate().filter_map(|(place, given)| self.line(place, given)).collect();
        let mut charges: Vec<Charge> = Vec::new();
        for (place, charge) in order.charges.iter().enumerate() {
            let code = self.text(&format!("/charges/{place}/code"), &charge.code, 40);
            let amount = self.money(&format!("/charges/{place}/amount"), Some(&charge.amount));
            charges.extend(code.zip(amount).map(|(code, amount)| Charge { code, amount }));
        }
        let (requested_pickup, requested_delivery) = self.requested(order);
        let tax = self.money("/tax", order.tax.as_ref());
        charges.extend(tax.map(|amount| Charge { code: "tax".to_owned(), amount }));
        Content {
            customer_order_no: self.maybe("/customer_order_no", order.customer_order_no.as_deref(), 64),
            revision: order.revision.unwrap_or_default(),
            kind: self.word("/type", order.kind.as_deref(), OrderKind::ALL.iter().map(|kind| kind.as_str())),
            entity: self.entity(order.entity.as_deref()),
            currency,
            payment_method: order.payment_method.as_deref().and_then(|text| {
                let words = kith_domain::order::PaymentMethod::ALL.iter().map(|method| method.as_str());
                self.some_word("/payment_method", text, words)
            }),
            paid: self.money("/paid", order.paid.as_ref()),
            requested_pickup,
            requested_delivery,
            lines,
            charges,
            total: self.money("/total", order.total.as_ref()),
            has_ship_to: has_place(&parties.ship_to)
                || has_place(&parties.consignee)
                || has_place(&order.destination),
            has_route: has_stops || (has_place(&order.origin) && has_place(&order.destination)),
            source: self.source(order, sha256),
            given,
        }
    }

    fn source(&mut self, order: &OrderPlace, own: String) -> Source {
        let given = order.source.clone().unwrap_or_default();
        let sha256 = given.sha256.map(|text| text.trim().to_ascii_lowercase());
        if let Some(text) = &sha256
            && HEXLOWER.decode(text.as_bytes()).map_or(0, |bytes| bytes.len()) != 32
        {
            self.fault("/source/sha256", "sha256_invalid", "expected 64 hexadecimal digits");
        }
        let words = OrderChannel::ALL.iter().map(|channel| channel.as_str());
        Source {
            channel: self.word("/source/channel", given.channel.as_deref(), words),
            format: self
                .maybe("/source/format", given.format.as_deref(), NUMBER_MAX)
                .unwrap_or_else(|| "json".to_owned()),
            raw_ref: self.maybe("/source/raw_ref", given.raw_ref.as_deref(), REF_MAX),
            sha256: sha256.unwrap_or(own),
            control_no: self.maybe("/source/control_no", given.control_no.as_deref(), NUMBER_MAX),
        }
    }

    fn line(&mut self, place: usize, given: &OrderLine) -> Option<Line> {
        let at = |member: &str| format!("/lines/{place}/{member}");
        let item = self.text(&at("item"), &given.item, 100);
        let qty = match &given.qty {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let qty = self.decimal(&at("qty"), Some(&qty), QTY_PLACES);
        if qty.is_some_and(|qty| qty.is_zero()) {
            self.fault(at("qty"), "out_of_range", "expected a quantity above 0");
        }
        let price = self.decimal(&at("price"), given.price.as_deref(), PRICE_PLACES);
        let per = self.decimal(&at("per"), given.per.as_deref(), QTY_PLACES);
        if per.is_some_and(|per| per.is_zero()) {
            self.fault(at("per"), "out_of_range", "expected a number of units above 0");
        }
        let un = |text: &String| {
            let digits = text.trim().trim_start_matches("UN").trim();
            digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
        };
        let item_group = self.maybe(&at("item_group"), given.item_group.as_deref(), 100);
        let uom = self.maybe(&at("uom"), given.uom.as_deref(), UOM_MAX);
        let hazmat = given.hazmat.as_ref().map(|hazmat| hazmat.un.as_ref().is_some_and(un));
        Some(Line {
            line_no: line_no(place, given),
            item: item?,
            item_group,
            qty: qty?,
            uom: uom.map_or_else(|| UOM_DEFAULT.to_owned(), |uom| uom.to_uppercase()),
            price,
            per: per.unwrap_or(Decimal::ONE),
            hazmat_complete: hazmat,
        })
    }

    /// Our number, where the order brings one.
    fn number(&mut self, number: Option<&str>) {
        let Some(number) = number.map(str::trim) else { return };
        if line(number, NUMBER_MAX).is_err() || number.len() > NUMBER_MAX || number.starts_with("ord_") {
            let message = "expected 1 to 64 bytes without control characters that do not begin with ord_";
            self.fault("/order_no", "order_no_invalid", message);
        }
    }

    /// Everybody and every place: countries are codes of ISO 3166-1, windows are days or times in their order.
    fn places(&mut self, order: &OrderPlace) {
        let parties = order.parties.clone().unwrap_or_default();
        let named = [
            ("/parties/sold_to", &parties.sold_to),
            ("/parties/ship_to", &parties.ship_to),
            ("/parties/bill_to", &parties.bill_to),
            ("/parties/shipper", &parties.shipper),
            ("/parties/consignee", &parties.consignee),
            ("/parties/third_party", &parties.third_party),
            ("/origin", &order.origin),
            ("/destination", &order.destination),
        ];
        for (pointer, party) in named {
            self.country(pointer, party.as_ref());
        }
        for (place, stop) in order.stops.iter().enumerate() {
            self.country(&format!("/stops/{place}/address"), stop.address.as_ref());
            let to = format!("/stops/{place}/window_to");
            let from = self.day(&format!("/stops/{place}/window_from"), stop.window_from.as_deref());
            let until = self.day(&to, stop.window_to.as_deref());
            if from.zip(until).is_some_and(|(from, until)| until < from) {
                self.fault(to, "before_start", "the window ends before it begins");
            }
        }
    }

    fn country(&mut self, pointer: &str, party: Option<&OrderParty>) {
        let code = party.and_then(|party| party.country.as_deref());
        if code.is_some_and(|code| !is_country(&code.trim().to_ascii_uppercase())) {
            let message = "expected a country code of ISO 3166-1 with two letters, for example US";
            self.fault(format!("{pointer}/country"), "country_unknown", message);
        }
    }

    /// No two lines have one number, given or by their place.
    fn line_numbers(&mut self, lines: &[OrderLine]) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (place, given) in lines.iter().enumerate() {
            let pointer = format!("/lines/{place}/line_no");
            if given
                .line_no
                .as_deref()
                .is_some_and(|number| self.text(&pointer, number, NUMBER_MAX).is_none())
            {
                continue;
            }
            match seen.get(&line_no(place, given)) {
                Some(first) => {
                    let message =
                        format!("line {} of the list has this number already", first.saturating_add(1));
                    self.fault(pointer, "duplicate", message);
                }
                None => {
                    seen.insert(line_no(place, given), place);
                }
            }
        }
    }

    /// The days on which it is wanted: delivery follows pickup.
    fn requested(&mut self, order: &OrderPlace) -> (Option<Date>, Option<Date>) {
        let pickup = self.day("/requested_pickup", order.requested_pickup.as_deref());
        let delivery = self.day("/requested_delivery", order.requested_delivery.as_deref());
        if pickup.zip(delivery).is_some_and(|(pickup, delivery)| delivery < pickup) {
            self.fault("/requested_delivery", "before_start", "the delivery is wanted before the pickup");
        }
        (pickup, delivery)
    }

    fn text(&mut self, pointer: &str, text: &str, most: usize) -> Option<String> {
        match line(text, most) {
            Ok(text) => Some(text),
            Err(error) => {
                self.fault(pointer, error.code(), error.to_string());
                None
            }
        }
    }

    fn maybe(&mut self, pointer: &str, text: Option<&str>, most: usize) -> Option<String> {
        text.and_then(|text| self.text(pointer, text, most))
    }

    fn decimal(&mut self, pointer: &str, text: Option<&str>, places: u32) -> Option<Decimal> {
        match parse_decimal(text?, places) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fault(pointer, error.code(), error.to_string());
                None
            }
        }
    }

    fn money(&mut self, pointer: &str, given: Option<&MoneyView>) -> Option<Money> {
        let wrong = match given?.read() {
            Ok(money) if money.minor >= 0 => return Some(money),
            Ok(_) => "the amount cannot be below zero".to_owned(),
            Err(told) => told,
        };
        self.fault(pointer, "money_invalid", wrong);
        None
    }

    fn currency(&mut self, code: Option<&str>) -> Option<Currency> {
        let found = code?.trim().to_ascii_uppercase().parse().ok();
        if found.is_none() {
            self.fault(
                "/currency",
                "currency_unknown",
                "expected a currency code of ISO 4217, for example USD",
            );
        }
        found
    }

    fn entity(&mut self, code: Option<&str>) -> Option<kith_domain::value::EntityCode> {
        let known = code?.trim().parse().ok().filter(|code| self.organisation.entity(code).is_some());
        if known.is_none() {
            self.fault("/entity", "entity_unknown", "there is no such legal entity");
        }
        known
    }

    fn day(&mut self, pointer: &str, text: Option<&str>) -> Option<Date> {
        let text = text?.trim();
        let instant = || text.parse::<Timestamp>().ok().map(|at| TimeZone::UTC.to_datetime(at).date());
        let found = text.parse::<Date>().ok().or_else(instant);
        if found.is_none() {
            self.fault(pointer, "date_invalid", "expected a date such as 2026-01-31, or a date and time");
        }
        let latest = self.today.saturating_add(Span::new().years(YEARS_AHEAD));
        if found.is_some_and(|day| day > latest) {
            self.fault(pointer, "date_too_far", format!("expected a day no later than {latest}"));
            return None;
        }
        found
    }

    fn some_word<T: std::str::FromStr>(
        &mut self,
        pointer: &str,
        text: &str,
        words: impl Iterator<Item = &'static str>,
    ) -> Option<T> {
        let found = text.trim().parse().ok();
        if found.is_none() {
            let list: Vec<&str> = words.collect();
            self.fault(pointer, "not_allowed", format!("expected one of {}", list.join(", ")));
        }
        found
    }

    fn word<T: std::str::FromStr + Default>(
        &mut self,
        pointer: &str,
        text: Option<&str>,
        words: impl Iterator<Item = &'static str>,
    ) -> T {
        text.and_then(|text| self.some_word(pointer, text, words)).unwrap_or_default()
    }
}

/// The number of a line: its own, or its place.
fn line_no(place: usize, given: &OrderLine) -> String {
    let own = given.line_no.as_deref().map(|number| number.trim().to_owned());
    own.unwrap_or_else(|| place.saturating_add(1).to_string())
}
