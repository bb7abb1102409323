//! The fields that a form edits: how each is typed, read from the record, and written into a patch.

use serde_json::{Map, Value, json};

use crate::web::words::word;

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
    /// An amount, with the currency before it where it is not the account's.
    Money,
    /// Values separated by commas.
    List,
    /// One of a few.
    Choice,
    /// One of many, or anything else that the record knows.
    Known,
    /// Yes or no.
    Flag,
}

/// A field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditField {
    /// Its name on the record.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// How it is typed.
    pub typing: Typing,
    /// The part of the form in which it stands.
    pub part: &'static str,
    /// It cannot be left empty.
    pub required: bool,
}

const fn field(id: &'static str, title: &'static str, typing: Typing, part: &'static str) -> EditField {
    EditField { id, title, typing, part, required: false }
}

const fn required(field: EditField) -> EditField {
    EditField { required: true, ..field }
}

const COMPANY: &str = word("Company");
const REACH: &str = word("How to reach them");
const TERMS: &str = word("Terms");
const CARE: &str = word("Who looks after them");

/// The fields of an account.
pub const ACCOUNT: [EditField; 24] = [
    required(field("name", word("Name"), Typing::Line, COMPANY)),
    field("legal_name", word("Registered name"), Typing::Line, COMPANY),
    field("legal_form", word("Legal form"), Typing::Line, COMPANY),
    field("customer_type", word("Type"), Typing::Choice, COMPANY),
    field("industry", word("Industry"), Typing::Line, COMPANY),
    field("employees", word("Employees"), Typing::Whole, COMPANY),
    field("annual_revenue", word("Own revenue"), Typing::Money, COMPANY),
    field("tags", word("Tags"), Typing::List, COMPANY),
    required(field("email", word("E-mail"), Typing::Email, REACH)),
    field("phone", word("Phone"), Typing::Phone, REACH),
    field("website", word("Web"), Typing::Line, REACH),
    field("language", word("Language"), Typing::Line, REACH),
    field("timezone", word("Time zone"), Typing::Line, REACH),
    field("payment_terms", word("Terms"), Typing::Known, TERMS),
    field("credit_limit", word("Credit limit"), Typing::Money, TERMS),
    field("group_credit_limit", word("Group limit"), Typing::Money, TERMS),
    field("currency", word("Currency"), Typing::Known, TERMS),
    field("tax_code", word("Tax code"), Typing::Known, TERMS),
    field("billing_email", word("Invoices to"), Typing::Email, TERMS),
    field("default_revenue_account", word("Revenue account"), Typing::Known, TERMS),
    field("tier", word("Tier"), Typing::Choice, CARE),
    field("account_manager", word("Account manager"), Typing::Choice, CARE),
    field("sales_rep", word("Sales representative"), Typing::Choice, CARE),
    field("team", word("Team"), Typing::Known, CARE),
];

/// The fields of a new account: three that it must have, and what is most often known besides.
pub const NEW: [EditField; 9] = [
    required(field("name", word("Name"), Typing::Line, "")),
    required(field("email", word("E-mail"), Typing::Email, "")),
    required(field("owning_entity", word("Legal entity"), Typing::Choice, "")),
    field("customer_type", word("Type"), Typing::Choice, word("More, if you know it")),
    field("tier", word("Tier"), Typing::Choice, word("More, if you know it")),
    field("phone", word("Phone"), Typing::Phone, word("More, if you know it")),
    field("website", word("Web"), Typing::Line, word("More, if you know it")),
    field("payment_terms", word("Terms"), Typing::Known, word("More, if you know it")),
    field("account_manager", word("Account manager"), Typing::Choice, word("More, if you know it")),
];

/// The fields of a contact person.
pub const CONTACT: [EditField; 9] = [
    required(field("name", word("Name"), Typing::Line, "")),
    field("title", word("Title"), Typing::Line, ""),
    field("role", word("Role"), Typing::Choice, ""),
    field("emails", word("E-mail"), Typing::List, ""),
    field("phones", word("Phone"), Typing::List, ""),
    field("language", word("Language"), Typing::Line, ""),
    field("status", word("Status"), Typing::Choice, ""),
    field("is_primary", word("Call first"), Typing::Flag, ""),
    field("opted_out", word("Asked not to be written to"), Typing::Flag, ""),
];

/// The fields of an address.
pub const ADDRESS: [EditField; 10] = [
    required(field("kinds", word("Used for"), Typing::List, "")),
    field("lines", word("Street"), Typing::Lines, ""),
    field("postal_code", word("Postal code"), Typing::Line, ""),
    field("city", word("City"), Typing::Line, ""),
    field("state_province", word("State or province"), Typing::Line, ""),
    required(field("country", word("Country"), Typing::Line, "")),
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

/// What was typed, as a patch takes it. What is no number is left as it is: the rules say what is wrong with it.
pub(crate) fn value_of(typing: Typing, typed: &str) -> Value {
    let typed = typed.trim();
    match typing {
        Typing::Flag => json!(typed == "true"),
        Typing::List => json!(pieces(typed, ',')),
        Typing::Lines => json!(pieces(typed, '\n')),
        _ if typed.is_empty() => Value::Null,
        Typing::Whole => match typed.replace([',', '\u{a0}', ' '], "").parse::<i64>() {
            Ok(number) => json!(number),
            Err(_) => json!(typed),
        },
        Typing::Money => money_of(typed),
        _ => json!(typed),
    }
}

fn pieces(typed: &str, separator: char) -> Vec<&str> {
    typed.split(separator).map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

/// `EUR 520,000.00`, `520000 EUR` or `520000`: the code may stand on either side, commas separate thousands.
fn money_of(typed: &str) -> Value {
    let is_code = |word: &&str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let words: Vec<&str> = typed.split_whitespace().collect();
    let currency = words.iter().find(|word| is_code(word)).map(|code| code.to_uppercase());
    let amount: String = words.iter().filter(|word| !is_code(word)).copied().collect();
    let mut money = Map::from_iter([("amount".to_owned(), json!(amount.replace(',', "")))]);
    money.extend(currency.map(|code| ("currency".to_owned(), json!(code))));
    Value::Object(money)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ACCOUNT, ADDRESS, CONTACT, NEW, Typing, text_of, value_of};

    #[test]
    fn what_is_read_and_not_touched_is_written_as_it_was() {
        let cases = [
            (Typing::Line, json!("Acme")),
            (Typing::Whole, json!(1200)),
            (Typing::Money, json!({"amount": "400000.00", "currency": "EUR"})),
            (Typing::List, json!(["a", "b c"])),
            (Typing::Lines, json!(["Havenweg 41", "Dock 3"])),
            (Typing::Flag, json!(true)),
            (Typing::Line, json!(null)),
        ];
        for (typing, value) in cases {
            assert_eq!(value_of(typing, &text_of(typing, &value)), value, "{typing:?}");
        }
    }

    #[test]
    fn money_is_read_with_its_code_on_either_side() {
        let euro = json!({"amount": "520000.50", "currency": "EUR"});
        assert_eq!(value_of(Typing::Money, "EUR 520,000.50"), euro);
        assert_eq!(value_of(Typing::Money, "520000.50 eur"), euro);
        assert_eq!(value_of(Typing::Money, "520 000"), json!({"amount": "520000"}));
        assert_eq!(value_of(Typing::Money, "much"), json!({"amount": "much"}));
    }

    #[test]
    fn what_is_no_number_reaches_the_rules_as_it_was_typed() {
        assert_eq!(value_of(Typing::Whole, "1,200"), json!(1200));
        assert_eq!(value_of(Typing::Whole, "many"), json!("many"));
        assert_eq!(value_of(Typing::Line, "  "), json!(null));
        assert_eq!(value_of(Typing::List, " , "), json!([]));
    }

    #[test]
    fn no_form_has_a_field_twice() {
        for form in [&ACCOUNT[..], &NEW, &CONTACT, &ADDRESS] {
            let mut ids: Vec<&str> = form.iter().map(|field| field.id).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), form.len());
        }
    }
}
