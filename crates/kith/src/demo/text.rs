//! What customers write, in their language.

mod english;
mod european;

use super::prng::Prng;
use super::story::Cause;

/// What customers of one language write. `{order}` is an order number, `{part}` a part, `{count}` a quantity, `{days}` a number of days,
/// `{day}` a weekday.
struct Texts {
    status: &'static [&'static str],
    invoice: &'static [&'static str],
    product: &'static [&'static str],
    quote: &'static [&'static str],
    change: &'static [&'static str],
    late: &'static [&'static str],
    damaged: &'static [&'static str],
    praise: &'static [&'static str],
    days: &'static [&'static str],
}

fn texts(language: &str) -> &'static Texts {
    match language {
        "de" => &european::GERMAN,
        "nl" => &european::DUTCH,
        "fr" => &european::FRENCH,
        "pl" => &european::POLISH,
        _ => &english::ENGLISH,
    }
}

const PARTS: &[&str] = &[
    "4471-B", "6205-2RS", "HV-210", "KX 88/12", "P-1140", "SKR-35", "TL-09", "V-2260", "22214-E", "GR 3/8",
    "MX-500", "A7-118",
];

/// Intent and text of an inquiry about an order.
pub(super) fn inquiry(
    prng: &mut Prng,
    language: &str,
    cause: Option<Cause>,
    order_no: &str,
) -> (&'static str, String) {
    let texts = texts(language);
    let (intent, of) = match cause {
        Some(Cause::Damage) => ("complaint", texts.damaged),
        Some(_) => ("complaint", if prng.chance(800) { texts.late } else { texts.damaged }),
        None if prng.chance(60) => ("praise", texts.praise),
        None => match prng.weighted(&[38, 22, 16, 12, 12]) {
            0 => ("order_status", texts.status),
            1 => ("invoice_question", texts.invoice),
            2 => ("product_question", texts.product),
            3 => ("quote_request", texts.quote),
            _ => ("order_change", texts.change),
        },
    };
    let text = prng
        .pick(of)
        .replace("{order}", order_no)
        .replace("{part}", PARTS[prng.range(0, PARTS.len() as i64 - 1) as usize])
        .replace("{count}", &(prng.range(2, 60) * 10).to_string())
        .replace("{days}", &prng.range(2, 6).to_string())
        .replace("{day}", texts.days[prng.range(0, texts.days.len() as i64 - 1) as usize]);
    (intent, text)
}

/// Companies that customers compare with.
pub(super) const COMPETITORS: &[&str] =
    &["Halvorsen Supply", "TransAxle Direct", "Corelink Parts", "Bluewater Freight"];
