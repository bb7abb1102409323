//! Money as people read it, from exact decimal text: no float on the way.

use kith_api::view::MoneyView;

use super::{MINUS, grouped};

/// The whole amount: `€344,000`, `$12,400.50`, `CHF 12,400.50`. Cents are left out when they are zero.
pub(crate) fn money(money: &MoneyView) -> String {
    let Some(parts) = Parts::read(&money.amount) else { return raw(money) };
    let cents = if parts.cents.bytes().all(|digit| digit == b'0') {
        String::new()
    } else {
        format!(".{}", parts.cents)
    };
    marked(parts.negative, &money.currency, &format!("{}{cents}", grouped(&parts.whole)))
}

/// The amount in three or four digits: `€344k`, `$1.84m`, `£9,120`.
pub(crate) fn money_short(money: &MoneyView) -> String {
    let Some(parts) = Parts::read(&money.amount) else { return raw(money) };
    let Ok(units) = parts.whole.parse::<u128>() else { return raw(money) };
    let text = match units {
        0..10_000 => grouped(&units.to_string()),
        10_000..999_500 => format!("{}k", (units + 500) / 1_000),
        999_500..999_995_000 => in_hundredths((units + 5_000) / 10_000, 'm'),
        _ => in_hundredths((units + 5_000_000) / 10_000_000, 'b'),
    };
    marked(parts.negative, &money.currency, &text)
}

/// `184` hundredths → `1.84m`; from 100 up without decimals.
fn in_hundredths(hundredths: u128, letter: char) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    if whole >= 100 {
        format!("{}{letter}", grouped(&whole.to_string()))
    } else {
        format!("{whole}.{part:02}{letter}")
    }
}

struct Parts {
    negative: bool,
    whole: String,
    cents: String,
}

impl Parts {
    fn read(amount: &str) -> Option<Self> {
        let (negative, digits) = match amount.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, amount),
        };
        let (whole, cents) = digits.split_once('.').unwrap_or((digits, ""));
        let sound = !whole.is_empty() && whole.bytes().chain(cents.bytes()).all(|byte| byte.is_ascii_digit());
        sound.then(|| Self { negative, whole: whole.to_owned(), cents: cents.to_owned() })
    }
}

/// Sign, symbol, figure. Currencies whose symbol is shared by others keep their code.
fn marked(negative: bool, currency: &str, figure: &str) -> String {
    let sign = if negative { MINUS.to_string() } else { String::new() };
    match currency {
        "EUR" => format!("{sign}€{figure}"),
        "USD" => format!("{sign}${figure}"),
        "GBP" => format!("{sign}£{figure}"),
        code => format!("{sign}{code} {figure}"),
    }
}

fn raw(money: &MoneyView) -> String {
    format!("{} {}", money.amount, money.currency)
}
