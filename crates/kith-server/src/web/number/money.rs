//! Money as people read it, from exact decimal text: no float on the way.

use kith_api::view::MoneyView;
use kith_domain::value::Currency;

use super::{MINUS, grouped, grouped_by, point};
use crate::web::words::{Format, Language, reader};

/// The whole amount: `€344,000`, `$12,400.50`, `CHF 12,400.50`; in Germany `12.400,50 €`. Cents are left out when they
/// are zero.
pub(crate) fn money(money: &MoneyView) -> String {
    let Some(parts) = Parts::read(&money.amount) else { return raw(money) };
    let cents = if parts.cents.bytes().all(|digit| digit == b'0') {
        String::new()
    } else {
        format!("{}{}", point(), parts.cents)
    };
    marked(parts.negative, &money.currency, &format!("{}{cents}", money_grouped(&parts.whole)))
}

/// The amount alone, with all its decimals, as it stands in a field: `344,000.00`; in Germany `344.000,00`.
pub(crate) fn amount(amount: &str) -> String {
    let Some(parts) = Parts::read(amount) else { return amount.to_owned() };
    let sign = if parts.negative { "-" } else { "" };
    let cents = if parts.cents.is_empty() { String::new() } else { format!("{}{}", point(), parts.cents) };
    format!("{sign}{}{cents}", money_grouped(&parts.whole))
}

/// Thousands of money: Austria separates them otherwise than those of other figures.
fn money_grouped(digits: &str) -> String {
    match reader().format {
        Format::Austria => grouped_by(digits, '.'),
        _ => grouped(digits),
    }
}

/// The marks of thousands, millions and thousands of millions.
fn marks() -> [&'static str; 3] {
    match reader().language {
        Language::English | Language::Pseudo => ["k", "m", "b"],
        Language::German => ["\u{a0}Tsd.", "\u{a0}Mio.", "\u{a0}Mrd."],
    }
}

/// The amount in three or four digits: `€344k`, `$1.84m`, `£9,120`; in Germany `344 Tsd. €`, `1,84 Mio. €`.
pub(crate) fn money_short(money: &MoneyView) -> String {
    let Some(parts) = Parts::read(&money.amount) else { return raw(money) };
    let Ok(units) = parts.whole.parse::<u128>() else { return raw(money) };
    let [thousand, million, billion] = marks();
    let text = match units {
        0..10_000 => money_grouped(&units.to_string()),
        10_000..999_500 => format!("{}{thousand}", (units + 500) / 1_000),
        999_500..999_995_000 => in_hundredths((units + 5_000) / 10_000, million),
        _ => in_hundredths((units + 5_000_000) / 10_000_000, billion),
    };
    marked(parts.negative, &money.currency, &text)
}

/// `184` hundredths → `1.84m`; from 100 up without decimals.
fn in_hundredths(hundredths: u128, mark: &str) -> String {
    let (whole, part) = (hundredths / 100, hundredths % 100);
    if whole >= 100 {
        format!("{}{mark}", money_grouped(&whole.to_string()))
    } else {
        format!("{whole}{}{part:02}{mark}", point())
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

/// Sign, symbol, figure, in the order of the reader's place. Currencies whose symbol is shared by others keep their code.
fn marked(negative: bool, currency: &str, figure: &str) -> String {
    let sign = if negative { MINUS.to_string() } else { String::new() };
    let symbol = match currency {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        code => code,
    };
    match reader().format {
        Format::Britain | Format::America if symbol == currency => format!("{sign}{symbol} {figure}"),
        Format::Britain | Format::America => format!("{sign}{symbol}{figure}"),
        Format::Germany => format!("{sign}{figure}\u{a0}{symbol}"),
        Format::Austria | Format::Switzerland => format!("{sign}{symbol}\u{a0}{figure}"),
    }
}

fn raw(money: &MoneyView) -> String {
    format!("{} {}", money.amount, money.currency)
}

/// Units that a figure has behind it.
const UNITS: [&str; 7] = ["h", "d", "min", "s", "KB", "MB", "pp"];

/// An amount or a bare figure inside an English sentence, as the reader writes it: `12,500.00 EUR`, `EUR 12500`, `98.5 %`,
/// `0.4 h`, `1,204`.
pub(crate) fn reread(value: &str) -> Option<String> {
    let value = value.replace(MINUS, "-");
    if let Some(figure) = value.strip_suffix('%') {
        return reread(figure.trim_end()).map(|figure| super::in_percent(&figure));
    }
    let parts: Vec<&str> = value.split_whitespace().collect();
    let is_code = |text: &str| text.parse::<Currency>().is_ok();
    match *parts.as_slice() {
        [figure, unit] if UNITS.contains(&unit) => {
            reread(figure).map(|figure| format!("{figure}\u{a0}{unit}"))
        }
        [amount, currency] | [currency, amount] if is_code(currency) => {
            let read = MoneyView { amount: amount.replace(',', ""), currency: currency.to_owned() };
            Parts::read(&read.amount).map(|_| money(&read))
        }
        [figure] => {
            let plain = figure.replace(',', "");
            let parts = Parts::read(&plain)?;
            let sign = if parts.negative { MINUS.to_string() } else { String::new() };
            let whole = if figure.contains(',') { grouped(&parts.whole) } else { parts.whole };
            let cents =
                if parts.cents.is_empty() { parts.cents } else { format!("{}{}", point(), parts.cents) };
            Some(format!("{sign}{whole}{cents}"))
        }
        _ => None,
    }
}
