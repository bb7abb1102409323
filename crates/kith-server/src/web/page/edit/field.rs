//! The fields that a form edits: how each is typed, read from the record, and written into a patch.

use std::borrow::Cow;

use kith_api::view::CustomFieldView;
use kith_domain::value::{Currency, Money};
use serde_json::{Map, Value, json};

use crate::web::number;
use crate::web::number::typed::{Misread, of_money};
use crate::web::page::account::custom_help;
use crate::web::words::{t, word};

/// How a value is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typing {
    /// One line of text.
    Line,
    /// Several lines, each a value of its own.
    Lines,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A whole number.
    Whole,
    /// A number that may have decimals.
    Number,
    /// An amount, and the currency that is chosen beside it.
    Money,
    /// A day.
    Day,
    /// Values separated by commas.
    List,
    /// One of a few.
    Choice,
    /// One of the organisation's codes; anything where it has none.
    Code,
    /// One of many, or anything else that the record knows.
    Known,
    /// Yes or no.
    Flag,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditField {
    /// Its name on the record; `custom.` before the name of one of the organisation's own.
    pub id: Cow<'static, str>,
    /// What it is called.
    pub title: Cow<'static, str>,
    /// How it is typed.
    pub typing: Typing,
    /// The part of the form in which it stands.
    pub part: &'static str,
    /// It cannot be left empty.
    pub required: bool,
    /// A sentence for whoever fills it in.
    pub help: String,
}

impl EditField {
    /// What it is called, in the reader's language; a field of the organisation's own as they called it.
    #[must_use]
    pub fn label(&self) -> &str {
        match &self.title {
            Cow::Borrowed(title) => t(title),
            Cow::Owned(title) => title,
        }
    }

    /// The name of a field of the organisation's own.
    #[must_use]
    pub fn custom(&self) -> Option<&str> {
        self.id.strip_prefix(CUSTOM)
    }

    /// The field of a form for one of the organisation's own.
    #[must_use]
    pub fn of_custom(field: &CustomFieldView) -> Self {
        let typing = match field.kind.as_str() {
            "number" => Typing::Number,
            "date" => Typing::Day,
            "bool" | "enum" => Typing::Choice,
            "money" => Typing::Money,
            _ => Typing::Line,
        };
        Self {
            id: Cow::Owned(format!("{CUSTOM}{}", field.name)),
            title: Cow::Owned(field.label.clone()),
            typing,
            part: OWN,
            required: field.required,
            help: custom_help(field),
        }
    }
}

/// What stands before the name of a field of the organisation's own.
const CUSTOM: &str = "custom.";

const fn field(id: &'static str, title: &'static str, typing: Typing, part: &'static str) -> EditField {
    EditField {
        id: Cow::Borrowed(id),
        title: Cow::Borrowed(title),
        typing,
        part,
        required: false,
        help: String::new(),
    }
}

const fn required(mut field: EditField) -> EditField {
    field.required = true;
    field
}

const COMPANY: &str = word("Company");
const REACH: &str = word("How to reach them");
const TERMS: &str = word("Terms");
const CARE: &str = word("Who looks after them");
const OWN: &str = word("Custom fields");

/// The fields of an account.
pub static ACCOUNT: [EditField; 24] = [
    required(field("name", word("Name"), Typing::Line, COMPANY)),
    field("legal_name", word("Registered name"), Typing::Line, COMPANY),
    field("legal_form", word("Legal form"), Typing::Line, COMPANY),
    field("customer_type", word("Type"), Typing::Choice, COMPANY),
    field("industry", word("Industry"), Typing::Known, COMPANY),
    field("employees", word("Employees"), Typing::Whole, COMPANY),
    field("annual_revenue", word("Own revenue"), Typing::Money, COMPANY),
    field("tags", word("Tags"), Typing::List, COMPANY),
    required(field("email", word("E-mail"), Typing::Email, REACH)),
    field("phone", word("Phone"), Typing::Phone, REACH),
    field("website", word("Web"), Typing::Line, REACH),
    field("language", word("Language"), Typing::Known, REACH),
    field("timezone", word("Time zone"), Typing::Known, REACH),
    field("payment_terms", word("Terms"), Typing::Code, TERMS),
    field("credit_limit", word("Credit limit"), Typing::Money, TERMS),
    field("group_credit_limit", word("Group limit"), Typing::Money, TERMS),
    field("currency", word("Currency"), Typing::Choice, TERMS),
    field("tax_code", word("Tax code"), Typing::Code, TERMS),
    field("billing_email", word("Invoices to"), Typing::Email, TERMS),
    field("default_revenue_account", word("Revenue account"), Typing::Code, TERMS),
    field("tier", word("Tier"), Typing::Choice, CARE),
    field("account_manager", word("Account manager"), Typing::Choice, CARE),
    field("sales_rep", word("Sales representative"), Typing::Choice, CARE),
    field("team", word("Team"), Typing::Code, CARE),
];

/// The fields of a new account: three that it must have, and what is most often known besides.
pub static NEW: [EditField; 9] = [
    required(field("name", word("Name"), Typing::Line, "")),
    required(field("email", word("E-mail"), Typing::Email, "")),
    required(field("owning_entity", word("Legal entity"), Typing::Choice, "")),
    field("customer_type", word("Type"), Typing::Choice, word("More, if you know it")),
    field("tier", word("Tier"), Typing::Choice, word("More, if you know it")),
    field("phone", word("Phone"), Typing::Phone, word("More, if you know it")),
    field("website", word("Web"), Typing::Line, word("More, if you know it")),
    field("payment_terms", word("Terms"), Typing::Code, word("More, if you know it")),
    field("account_manager", word("Account manager"), Typing::Choice, word("More, if you know it")),
];

/// The fields of a contact person.
pub static CONTACT: [EditField; 9] = [
    required(field("name", word("Name"), Typing::Line, "")),
    field("title", word("Title"), Typing::Line, ""),
    field("role", word("Role"), Typing::Choice, ""),
    field("emails", word("E-mail"), Typing::List, ""),
    field("phones", word("Phone"), Typing::List, ""),
    field("language", word("Language"), Typing::Known, ""),
    field("status", word("Status"), Typing::Choice, ""),
    field("is_primary", word("Call first"), Typing::Flag, ""),
    field("opted_out", word("Asked not to be written to"), Typing::Flag, ""),
];

/// The fields of an address.
pub static ADDRESS: [EditField; 10] = [
    required(field("kinds", word("Used for"), Typing::List, "")),
    field("lines", word("Street"), Typing::Lines, ""),
    field("postal_code", word("Postal code"), Typing::Line, ""),
    field("city", word("City"), Typing::Line, ""),
    field("state_province", word("State or province"), Typing::Line, ""),
    required(field("country", word("Country"), Typing::Choice, "")),
    field("un_locode", word("UN/LOCODE"), Typing::Line, ""),
    field("dock_hours", word("Dock hours"), Typing::Line, ""),
    field("entity", word("Only for"), Typing::Choice, ""),
    field("is_default", word("Default for its uses"), Typing::Flag, ""),
];

/// A value of the record as it is typed.
pub(crate) fn text_of(typing: Typing, value: &Value) -> String {
    let texts = |separator: &str| {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(separator)
    };
    match typing {
        Typing::List => texts(", "),
        Typing::Lines => texts("\n"),
        Typing::Flag => if value.as_bool() == Some(true) { "true" } else { "" }.to_owned(),
        Typing::Money => {
            let part = |name: &str| value.get(name).and_then(Value::as_str);
            match (part("currency"), part("amount")) {
                (Some(currency), Some(amount)) => format!("{currency} {amount}"),
                _ => String::new(),
            }
        }
        _ => match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        },
    }
}

/// What the form keeps, as a patch takes it. What is no number is left as it is: the rules say what is wrong with it.
pub(crate) fn value_of(typing: Typing, typed: &str) -> Value {
    let typed = typed.trim();
    match typing {
        Typing::Flag => json!(typed == "true"),
        Typing::List => json!(pieces(typed, ',')),
        Typing::Lines => json!(pieces(typed, '\n')),
        _ if typed.is_empty() => Value::Null,
        Typing::Whole => typed.parse::<i64>().map_or_else(|_| json!(typed), |number| json!(number)),
        Typing::Money => money_of(typed),
        _ => json!(typed),
    }
}

fn pieces(typed: &str, separator: char) -> Vec<&str> {
    typed.split(separator).map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

/// The currency and the amount of money as it was typed: the code may stand on either side of it.
pub(crate) fn money_parts(typed: &str) -> (Option<String>, String) {
    let is_code = |word: &&str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let words: Vec<&str> = typed.split_whitespace().collect();
    let currency = words.iter().find(|word| is_code(word)).map(|code| code.to_uppercase());
    (currency, words.iter().filter(|word| !is_code(word)).copied().collect())
}

/// What was typed in a field, as the form keeps it: figures in plain decimals. What is no figure is kept as it is; the
/// error is what can mean two amounts.
pub(crate) fn kept(typing: Typing, typed: &str, chosen: &str) -> Result<String, Misread> {
    match typing {
        Typing::Money => money_kept(typed, chosen),
        Typing::Whole | Typing::Number => Ok(number::typed(typed).unwrap_or_else(|| typed.to_owned())),
        _ => Ok(typed.replace("\r\n", "\n")),
    }
}

/// Money as it was typed in its field, as the form keeps it: `EUR 520000.00`. `chosen` is the currency beside the field.
fn money_kept(typed: &str, chosen: &str) -> Result<String, Misread> {
    let (code, amount) = money_parts(typed);
    if amount.is_empty() {
        // Letters alone are no amount, and nothing to take away either: they are refused where they stand.
        return Ok(typed.trim().to_owned());
    }
    let code = code.unwrap_or_else(|| chosen.to_owned());
    let currency = code.parse::<Currency>().ok();
    let plain = match of_money(&amount, currency) {
        Ok(plain) => plain,
        Err(Misread::NoFigure | Misread::Broken) => amount,
        Err(two @ Misread::TwoWays(..)) => return Err(two),
    };
    let exact = currency.and_then(|code| Money::parse(&plain, code).ok());
    Ok(exact.map_or_else(|| format!("{code} {plain}").trim().to_owned(), |money| money.to_string()))
}

/// `EUR 520000.00` as a patch takes it. What is no amount is left as it is: the rules say what is wrong with it.
fn money_of(typed: &str) -> Value {
    let (currency, amount) = money_parts(typed);
    let mut money = Map::from_iter([("amount".to_owned(), json!(amount))]);
    money.extend(currency.map(|code| ("currency".to_owned(), json!(code))));
    Value::Object(money)
}

#[cfg(test)]
mod tests;
