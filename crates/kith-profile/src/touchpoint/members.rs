//! Reads the members of `data` by type, and remembers which are business and which are personal.

use std::borrow::Cow;

use kith_domain::value::{Currency, Money};

use super::canonical::{find, write, write_object, write_text};
use super::node::{Member, Node};
use super::{Allocation, Unrecognised, When};
use crate::fact::pseudonym;
use crate::input::FactContext;

/// Greatest length of a document number, code or lane in bytes.
const CODE_MAX: usize = 200;
/// Greatest number of allocations of one payment.
const ALLOCATIONS_MAX: usize = 1_000;

/// A fault at a member.
pub(super) fn fault(
    code: &'static str,
    pointer: impl Into<String>,
    detail: impl Into<String>,
) -> Unrecognised {
    Unrecognised { code, pointer: pointer.into(), detail: detail.into() }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Class {
    /// Unknown or a text: personal.
    Personal,
    /// Business: stays clear.
    Clear,
    /// Personal; a pseudonym stands in the clear part.
    Pseudonym(u64),
    /// Allocations: business, but for unknown members within.
    Allocations,
}

/// The members of `data` while they are read.
#[derive(Debug)]
pub(super) struct Members<'n, 'a> {
    members: &'n [Member<'a>],
    class: Vec<Class>,
    context: &'n FactContext,
    stored: bool,
}

type Read<T> = Result<T, Unrecognised>;

impl<'n, 'a> Members<'n, 'a> {
    /// `stored` members come from the log: pseudonyms stand in place of people.
    pub(super) fn new(members: &'n [Member<'a>], context: &'n FactContext, stored: bool) -> Self {
        Self { members, class: vec![Class::Personal; members.len()], context, stored }
    }

    /// A member that is there and not null.
    fn take(&mut self, name: &str, class: Class) -> Option<&'n Node<'a>> {
        let (place, node) = find(self.members, name)?;
        if *node == Node::Null {
            return None;
        }
        if let Some(slot) = self.class.get_mut(place) {
            *slot = class;
        }
        Some(node)
    }

    /// A business text that may be missing.
    pub(super) fn code(&mut self, name: &'static str) -> Read<Option<Cow<'a, str>>> {
        let Some(node) = self.take(name, Class::Clear) else { return Ok(None) };
        text_of(node, name).map(|text| Some(text.clone()))
    }

    /// A business text that must be there.
    pub(super) fn need_code(&mut self, name: &'static str) -> Read<Cow<'a, str>> {
        self.code(name)?.ok_or_else(|| missing(name))
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Read<Option<T>> {
        let Some(node) = self.take(name, Class::Clear) else { return Ok(None) };
        let text = text_of(node, name)?;
        let known = words.iter().find(|word| word.0 == &**text).map(|word| Some(word.1));
        known.ok_or_else(|| {
            let list: Vec<&str> = words.iter().map(|word| word.0).collect();
            fault("value_unknown", at(name), format!("expected one of {}", list.join(", ")))
        })
    }

    /// A text that stays clear if it is a code of small letters, and is personal otherwise.
    pub(super) fn reason(&mut self, name: &'static str) -> Read<Option<Cow<'a, str>>> {
        let Some((_, Node::Text(text))) = find(self.members, name) else { return Ok(None) };
        let letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
        if text.is_empty() || text.len() > 40 || !text.bytes().all(letter) {
            return Ok(None);
        }
        self.code(name)
    }

    /// The legal entity: must be one of the organisation's.
    pub(super) fn entity(&mut self) -> Read<Cow<'a, str>> {
        let code = self.need_code("entity")?;
        if self.context.entity_number(&code).is_none() {
            return Err(fault("entity_unknown", at("entity"), "the organisation has no such legal entity"));
        }
        Ok(code)
    }

    /// An amount of money, not negative.
    pub(super) fn money(&mut self, name: &'static str) -> Read<Option<Money>> {
        let Some(node) = self.take(name, Class::Clear) else { return Ok(None) };
        money_of(node, Pointer::Member(name)).map(Some)
    }

    /// An amount of money that must be there.
    pub(super) fn need_money(&mut self, name: &'static str) -> Read<Money> {
        self.money(name)?.ok_or_else(|| missing(name))
    }

    /// A date or date-time.
    pub(super) fn when(&mut self, name: &'static str) -> Read<Option<When>> {
        let Some(node) = self.take(name, Class::Clear) else { return Ok(None) };
        let text = text_of(node, name)?;
        let detail = "expected a date or date-time of RFC 3339 between 1971 and 2105";
        When::parse(text).map(Some).ok_or_else(|| fault("date_invalid", at(name), detail))
    }

    /// A date or date-time that must be there.
    pub(super) fn need_when(&mut self, name: &'static str) -> Read<When> {
        self.when(name)?.ok_or_else(|| missing(name))
    }

    /// True or false.
    pub(super) fn flag(&mut self, name: &'static str) -> Read<Option<bool>> {
        match self.take(name, Class::Clear) {
            None => Ok(None),
            Some(Node::Bool(value)) => Ok(Some(*value)),
            Some(_) => Err(wrong(name, "true or false")),
        }
    }

    /// A whole number within bounds.
    pub(super) fn score(&mut self, name: &'static str, least: u8, most: u8) -> Read<u8> {
        let node = self.take(name, Class::Clear).ok_or_else(|| missing(name))?;
        let Node::Int(score) = node else { return Err(wrong(name, "a whole number")) };
        let score = u8::try_from(*score).ok().filter(|score| (least..=most).contains(score));
        score.ok_or_else(|| {
            fault("score_out_of_range", at(name), format!("expected a whole number from {least} to {most}"))
        })
    }

    /// A person or name: kept sealed, with a keyed hash in the clear part.
    pub(super) fn person(&mut self, name: &'static str) -> Read<Option<u64>> {
        let Some(node) = self.take(name, Class::Clear) else { return Ok(None) };
        let text = text_of(node, name)?;
        if self.stored {
            let hash = text.strip_prefix('~').and_then(|hex| u64::from_str_radix(hex, 16).ok());
            return hash.map(Some).ok_or_else(|| wrong(name, "a pseudonym"));
        }
        let hash = pseudonym(&self.context.hash_key, name, text);
        self.take(name, Class::Pseudonym(hash));
        Ok(Some(hash))
    }

    /// A person or name that must be there.
    pub(super) fn need_person(&mut self, name: &'static str) -> Read<u64> {
        self.person(name)?.ok_or_else(|| missing(name))
    }

    /// The allocations of a payment: of its currency, together not more than its amount.
    pub(super) fn allocations(&mut self, payment: Money) -> Read<Vec<Allocation<'a>>> {
        let Some(node) = self.take("allocations", Class::Allocations) else { return Ok(Vec::new()) };
        let Node::List(items) = node else { return Err(wrong("allocations", "a list")) };
        if items.len() > ALLOCATIONS_MAX {
            return Err(fault(
                "too_many",
                at("allocations"),
                format!("at most {ALLOCATIONS_MAX} allocations"),
            ));
        }
        let mut left = payment.minor;
        let mut read = Vec::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            let allocation = allocation_of(item, place, payment.currency)?;
            left = left.checked_sub(allocation.amount.minor).filter(|left| *left >= 0).ok_or_else(|| {
                let detail = "the allocations are more than the payment";
                fault("allocations_exceed_amount", Pointer::Allocation(place), detail)
            })?;
            read.push(allocation);
        }
        Ok(read)
    }

    /// Canonical JSON of the business members.
    pub(super) fn clear(&self) -> String {
        let mut out = String::with_capacity(128);
        out.push('{');
        let rows = self.members.iter().zip(&self.class).filter(|row| *row.1 != Class::Personal);
        for (place, ((name, node), class)) in rows.enumerate() {
            if place > 0 {
                out.push(',');
            }
            write_text(name, &mut out);
            out.push(':');
            match class {
                Class::Pseudonym(hash) => write_pseudonym(*hash, &mut out),
                Class::Allocations => write_allocations(node, true, &mut out),
                Class::Clear | Class::Personal => write(node, &mut out),
            }
        }
        out.push('}');
        out
    }

    /// Whether anything is personal.
    pub(super) fn has_personal(&self) -> bool {
        let rows = self.members.iter().zip(&self.class);
        rows.into_iter().any(|((_, node), class)| is_personal(node, *class))
    }

    /// Canonical JSON of the personal and unknown members.
    pub(super) fn write_personal(&self, out: &mut String) {
        let rows =
            self.members.iter().zip(&self.class).filter(|((_, node), class)| is_personal(node, **class));
        out.push('{');
        for (place, ((name, node), class)) in rows.enumerate() {
            if place > 0 {
                out.push(',');
            }
            write_text(name, out);
            out.push(':');
            match class {
                Class::Allocations => write_allocations(node, false, out),
                Class::Clear | Class::Personal | Class::Pseudonym(_) => write(node, out),
            }
        }
        out.push('}');
    }
}

fn is_personal(node: &Node<'_>, class: Class) -> bool {
    match class {
        Class::Personal | Class::Pseudonym(_) => true,
        Class::Clear => false,
        Class::Allocations => {
            let Node::List(items) = node else { return false };
            items.iter().any(|item| matches!(item, Node::Object(members) if members.len() > 2))
        }
    }
}

/// Writes of each allocation the known members, or the others.
fn write_allocations(node: &Node<'_>, known: bool, out: &mut String) {
    let Node::List(items) = node else { return };
    out.push('[');
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        let Node::Object(members) = item else { continue };
        let wanted = members.iter().filter(|(name, _)| (name == "amount" || name == "invoice_no") == known);
        write_object(wanted.map(|(name, node)| (&**name, node)), out);
    }
    out.push(']');
}

/// `"~…"`: a tilde and 16 hex digits, as a text.
fn write_pseudonym(hash: u64, out: &mut String) {
    use std::fmt::Write as _;
    // Writing to a String cannot fail.
    let _ = write!(out, "\"~{hash:016x}\"");
}

/// Where a member stands; made into a JSON Pointer only where there is a fault to tell.
#[derive(Debug, Clone, Copy)]
enum Pointer {
    Member(&'static str),
    Allocation(usize),
    /// A member of an allocation.
    Within(usize, &'static str),
}

impl From<Pointer> for String {
    fn from(pointer: Pointer) -> Self {
        match pointer {
            Pointer::Member(name) => at(name),
            Pointer::Allocation(place) => format!("/data/allocations/{place}"),
            Pointer::Within(place, name) => format!("/data/allocations/{place}/{name}"),
        }
    }
}

fn at(name: &str) -> String {
    format!("/data/{name}")
}

fn missing(name: &str) -> Unrecognised {
    fault("missing", at(name), format!("{name} is required"))
}

fn wrong(name: &str, expected: &str) -> Unrecognised {
    fault("wrong_type", at(name), format!("expected {expected}"))
}

fn text_of<'n, 'a>(node: &'n Node<'a>, name: &'static str) -> Read<&'n Cow<'a, str>> {
    code_text(node, Pointer::Member(name))
}

fn code_text<'n, 'a>(node: &'n Node<'a>, pointer: Pointer) -> Read<&'n Cow<'a, str>> {
    let Node::Text(text) = node else { return Err(fault("wrong_type", pointer, "expected a text")) };
    if text.is_empty() || text.len() > CODE_MAX || has_control(text) {
        let detail = format!("expected 1 to {CODE_MAX} bytes of text without control characters");
        return Err(fault("text_invalid", pointer, detail));
    }
    Ok(text)
}

/// Whether a text holds a control character; most texts are plain ASCII and need no decoding.
pub(super) fn has_control(text: &str) -> bool {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return false;
    }
    text.chars().any(char::is_control)
}

fn money_of(node: &Node<'_>, pointer: Pointer) -> Read<Money> {
    let within = |name: &str| format!("{}/{name}", String::from(pointer));
    let shape = || fault("money_invalid", pointer, r#"expected {"amount":"1250.00","currency":"USD"}"#);
    let Node::Object(members) = node else { return Err(shape()) };
    let (Some((_, amount)), Some((_, currency)), 2) =
        (find(members, "amount"), find(members, "currency"), members.len())
    else {
        return Err(shape());
    };
    let Node::Text(code) = currency else {
        return Err(fault("wrong_type", within("currency"), "expected a text"));
    };
    let currency: Currency = code.parse().map_err(|error: kith_domain::value::CurrencyError| {
        fault("currency_unknown", within("currency"), error.to_string())
    })?;
    let Node::Text(amount) = amount else {
        let detail = "expected the amount as a text, for example \"1250.00\"";
        return Err(fault("wrong_type", within("amount"), detail));
    };
    let money = Money::parse(amount, currency)
        .map_err(|error| fault("money_invalid", within("amount"), error.to_string()))?;
    if money.minor < 0 {
        return Err(fault("amount_negative", within("amount"), "the amount must not be negative"));
    }
    Ok(money)
}

fn allocation_of<'a>(item: &Node<'a>, place: usize, currency: Currency) -> Read<Allocation<'a>> {
    let Node::Object(members) = item else {
        return Err(fault("wrong_type", Pointer::Allocation(place), "expected an object"));
    };
    let need = |name: &'static str| {
        let absent = || fault("missing", Pointer::Within(place, name), format!("{name} is required"));
        find(members, name).map(|found| found.1).ok_or_else(absent)
    };
    let invoice_no = code_text(need("invoice_no")?, Pointer::Within(place, "invoice_no"))?.clone();
    let pointer = Pointer::Within(place, "amount");
    let amount = money_of(need("amount")?, pointer)?;
    if amount.currency != currency {
        let detail = "an allocation has the currency of its payment";
        return Err(fault("currency_mismatch", format!("{}/currency", String::from(pointer)), detail));
    }
    Ok(Allocation { invoice_no, amount })
}
