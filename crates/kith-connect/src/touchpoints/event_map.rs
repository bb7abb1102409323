//! The map from rows to touchpoints, as it is written in JSON, and the same bound to the columns of one file.

use std::collections::BTreeMap;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use kith_domain::refusal::ended;
use kith_domain::value::{Currency, Money};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::csv::Row;
use crate::map::normalise;
use crate::row::{RowError, Style, date, decimal};

/// A map file: where the rows come from, and the touchpoints that each row gives.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventMap {
    /// The CloudEvents `source` of all of them.
    pub source: String,
    /// `03/04/2026` is the third of April.
    #[serde(default)]
    pub day_first: bool,
    /// Amounts are written `1.250,50`.
    #[serde(default)]
    pub decimal_comma: bool,
    /// One touchpoint each, for every row that meets it.
    pub events: Vec<EventRule>,
}

/// How a row gives one touchpoint.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRule {
    /// The CloudEvents type, for example `io.kith.order.placed`.
    #[serde(rename = "type")]
    pub type_name: String,
    /// The CloudEvents id, with `{Column}` and `{#row}` places; must be unique for each row.
    pub id: String,
    /// The account, with `{Column}` places, for example `external:erp:{CustomerID}`.
    pub subject: String,
    /// The column of the time. A date alone is taken at noon UTC, so that it is the same day in most zones.
    pub time: String,
    /// Columns that must be filled for the rule to be met.
    #[serde(default)]
    pub when_filled: Vec<String>,
    /// Columns that must have exactly this value.
    #[serde(default)]
    pub when_equal: BTreeMap<String, String>,
    /// The members of `data`.
    #[serde(default)]
    pub data: BTreeMap<String, Member>,
}

/// What a member is made of.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Member {
    /// A text with `{Column}` places.
    Template(String),
    /// The same value in every touchpoint.
    Constant(Constant),
    /// The value of a column.
    Column(FromColumn),
}

/// The same value in every touchpoint.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// The value.
    pub constant: Value,
}

/// The value of a column.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FromColumn {
    /// Its header.
    pub column: String,
    /// What it holds.
    #[serde(default)]
    pub kind: MemberKind,
    /// For money: the currency of the column.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// Left out when the cell is empty, instead of a fault.
    #[serde(default)]
    pub optional: bool,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberKind {
    /// Text as it stands.
    #[default]
    Text,
    /// A number without unit.
    Number,
    /// An amount; more decimals than the currency has are rounded half away from zero.
    Money,
    /// A date, given as `2026-03-31`.
    Date,
    /// An instant, given as RFC 3339; a date alone is taken at noon UTC.
    Time,
    /// Yes or no.
    Boolean,
}

/// The map does not fit the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventFault {
    /// Sentences for people, all of them.
    pub faults: Vec<String>,
}

impl std::fmt::Display for EventFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.faults.join(" "))
    }
}

impl std::error::Error for EventFault {}

/// What stands at a `{…}` place.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// A column.
    Column(usize),
    /// The number of the row, written `{#row}`: for files whose rows have no number of their own.
    RowNumber,
}

/// A text whose places are bound to columns.
#[derive(Debug)]
struct Text {
    parts: Vec<(String, Place, String)>,
    tail: String,
}

#[derive(Debug)]
enum BoundMember {
    Text(Text),
    Constant(Value),
    Column { place: usize, header: String, kind: MemberKind, currency: Option<Currency>, optional: bool },
}

/// A rule bound to the columns of one file.
#[derive(Debug)]
pub(super) struct Bound {
    source: String,
    type_name: String,
    id: Text,
    subject: Text,
    time: (usize, String),
    filled: Vec<usize>,
    equal: Vec<(usize, String)>,
    data: Vec<(String, BoundMember)>,
    day_first: bool,
    style: Style,
}

impl EventMap {
    /// Reads the JSON of a map.
    ///
    /// # Errors
    /// [`EventFault`] when it is no such map.
    pub fn parse(json: &str) -> Result<Self, EventFault> {
        serde_json::from_str(json).map_err(|error| EventFault {
            faults: vec![ended(&format!("The event map cannot be read: {error}"))],
        })
    }

    pub(super) fn bind(&self, header: &[String]) -> Result<Vec<Bound>, EventFault> {
        let mut binder = Binder { header, faults: Vec::new() };
        let style = if self.decimal_comma { Style::Comma } else { Style::Point };
        let rules = self.events.iter().map(|rule| binder.rule(self, rule, style)).collect();
        if binder.faults.is_empty() { Ok(rules) } else { Err(EventFault { faults: binder.faults }) }
    }
}

struct Binder<'a> {
    header: &'a [String],
    faults: Vec<String>,
}

impl Binder<'_> {
    fn place(&mut self, name: &str) -> usize {
        let exact = self.header.iter().position(|column| column.trim_start_matches('\u{feff}') == name);
        let found =
            exact.or_else(|| self.header.iter().position(|column| normalise(column) == normalise(name)));
        found.unwrap_or_else(|| {
            self.faults.push(format!("The file has no column \"{name}\"."));
            usize::MAX
        })
    }

    fn text(&mut self, template: &str) -> Text {
        let mut text = Text { parts: Vec::new(), tail: String::new() };
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, next)) = after.split_once('}') else {
                self.faults.push(format!("\"{template}\" opens {{ without closing it."));
                break;
            };
            let place = if name == "#row" { Place::RowNumber } else { Place::Column(self.place(name)) };
            text.parts.push((before.to_owned(), place, name.to_owned()));
            rest = next;
        }
        rest.clone_into(&mut text.tail);
        text
    }

    fn rule(&mut self, map: &EventMap, rule: &EventRule, style: Style) -> Bound {
        let data = rule.data.iter().map(|(name, member)| {
            let member = match member {
                Member::Template(template) => BoundMember::Text(self.text(template)),
                Member::Constant(constant) => BoundMember::Constant(constant.constant.clone()),
                Member::Column(from) => {
                    if from.kind == MemberKind::Money && from.currency.is_none() {
                        self.faults.push(format!("\"{name}\" is money: name its currency."));
                    }
                    BoundMember::Column {
                        place: self.place(&from.column),
                        header: from.column.clone(),
                        kind: from.kind,
                        currency: from.currency,
                        optional: from.optional,
                    }
                }
            };
            (name.clone(), member)
        });
        let data = data.collect();
        Bound {
            source: map.source.clone(),
            type_name: rule.type_name.clone(),
            id: self.text(&rule.id),
            subject: self.text(&rule.subject),
            time: (self.place(&rule.time), rule.time.clone()),
            filled: rule.when_filled.iter().map(|name| self.place(name)).collect(),
            equal: rule.when_equal.iter().map(|(name, value)| (self.place(name), value.clone())).collect(),
            data,
            day_first: map.day_first,
            style,
        }
    }
}

fn cell(row: &Row, place: usize) -> &str {
    row.cells.get(place).map_or("", |cell| cell.trim())
}

impl Bound {
    /// True when the row gives this touchpoint.
    pub(super) fn met(&self, row: &Row) -> bool {
        self.filled.iter().all(|place| !cell(row, *place).is_empty())
            && self.equal.iter().all(|(place, value)| cell(row, *place) == value)
    }

    /// The touchpoint of a row.
    pub(super) fn event(&self, row: &Row) -> Result<Value, RowError> {
        let mut data = Map::new();
        for (name, member) in &self.data {
            let value = match member {
                BoundMember::Text(text) => Some(Value::from(fill(text, row)?)),
                BoundMember::Constant(value) => Some(value.clone()),
                BoundMember::Column { place, header, kind, currency, optional } => {
                    match (cell(row, *place), optional) {
                        ("", true) => None,
                        ("", false) => {
                            return Err(RowError::new(
                                row.number,
                                header,
                                "missing",
                                "The cell is empty.",
                                "",
                            ));
                        }
                        (text, _) => Some(self.value(row, header, text, *kind, *currency)?),
                    }
                }
            };
            if let Some(value) = value {
                data.insert(name.clone(), value);
            }
        }
        let (place, header) = &self.time;
        Ok(json!({
            "specversion": "1.0",
            "type": self.type_name,
            "source": self.source,
            "id": fill(&self.id, row)?,
            "time": self.value(row, header, cell(row, *place), MemberKind::Time, None)?,
            "subject": fill(&self.subject, row)?,
            "data": data,
        }))
    }

    fn value(
        &self,
        row: &Row,
        header: &str,
        text: &str,
        kind: MemberKind,
        currency: Option<Currency>,
    ) -> Result<Value, RowError> {
        let value = match kind {
            MemberKind::Text => Some(Value::from(text)),
            MemberKind::Boolean => crate::map::value::truth(text).map(Value::from),
            MemberKind::Date => date(text, self.day_first).map(|day| Value::from(day.to_string())),
            MemberKind::Time => instant(text, self.day_first).map(Value::from),
            MemberKind::Number => {
                let number = decimal(text, self.style).filter(|(_, letters)| letters.is_empty());
                number.and_then(|(number, _)| serde_json::from_str(number.trim_start_matches('+')).ok())
            }
            MemberKind::Money => {
                currency.zip(decimal(text, self.style)).and_then(|(currency, (number, _))| {
                    let money = Money::parse(&rounded(&number, currency.exponent())?, currency).ok()?;
                    Some(json!({ "amount": money.amount(), "currency": currency.code() }))
                })
            }
        };
        value.ok_or_else(|| {
            let (code, message) = match kind {
                MemberKind::Date | MemberKind::Time => ("time_invalid", "This is no date or time."),
                MemberKind::Boolean => ("yes_no_invalid", "Expected yes or no."),
                _ => ("number_invalid", "This is no number."),
            };
            RowError::new(row.number, header, code, message, text)
        })
    }
}

fn fill(text: &Text, row: &Row) -> Result<String, RowError> {
    let mut filled = String::new();
    for (before, place, header) in &text.parts {
        filled.push_str(before);
        match place {
            Place::RowNumber => filled.push_str(&row.number.to_string()),
            Place::Column(place) => match cell(row, *place) {
                "" => return Err(RowError::new(row.number, header, "missing", "The cell is empty.", "")),
                cell => filled.push_str(cell),
            },
        }
    }
    filled.push_str(&text.tail);
    Ok(filled)
}

/// An instant as RFC 3339. A time without an offset is UTC; a date alone, or at midnight, is noon.
fn instant(text: &str, day_first: bool) -> Option<String> {
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(instant.to_string());
    }
    let day = date(text, day_first)?;
    let clock = text.split_once([' ', 'T']).and_then(|(_, clock)| clock.parse::<Time>().ok());
    let clock = clock.filter(|clock| *clock != Time::midnight()).unwrap_or(Time::constant(12, 0, 0, 0));
    let zoned = day.to_datetime(clock).to_zoned(TimeZone::UTC).ok()?;
    Some(zoned.timestamp().to_string())
}

/// A decimal text with at most `places` decimals, rounded half away from zero.
fn rounded(number: &str, places: u8) -> Option<String> {
    let places = usize::from(places);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let Some((kept, rest)) = fraction.split_at_checked(places) else { return Some(number.to_owned()) };
    let text = if kept.is_empty() { whole.to_owned() } else { format!("{whole}.{kept}") };
    if rest.bytes().next().is_none_or(|digit| digit < b'5') {
        return Some(text);
    }
    // One step up in the last place, on the digits without the point.
    let negative = whole.starts_with('-');
    let digits: u128 = format!("{}{kept}", whole.trim_start_matches('-')).parse().ok()?;
    let padded = format!("{:0width$}", digits.checked_add(1)?, width = places + 1);
    let (whole, kept) = padded.split_at_checked(padded.len() - places)?;
    let sign = if negative { "-" } else { "" };
    Some(if kept.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{kept}") })
}
