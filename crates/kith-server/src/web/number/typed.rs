//! A figure that was typed in a form, as plain decimals: the one place where forms read numbers.
//!
//! What the reader's place writes is read as it means it there; what only another place writes is read where one
//! reading is possible. Money that could be a thousand times more elsewhere is asked about again.

use kith_domain::value::{Currency, Money};
use kith_template::say;

use super::{MINUS, amount, point};
use crate::web::words::t;

/// Why a figure cannot be taken as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Misread {
    /// It is no figure.
    NoFigure,
    /// It is no whole number.
    Broken,
    /// It can mean two amounts: both, as plain decimals.
    TwoWays(String, String),
}

impl Misread {
    /// What is said at the field.
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::NoFigure => {
                say!("This is no number. Type one such as {example}.", example = amount("1500.00"))
            }
            Self::Broken => {
                say!("This is no whole number. Type one such as {example}.", example = amount("1500"))
            }
            Self::TwoWays(small, large) => say!(
                "This can mean {small} or {large}. Type it as one of them.",
                small = amount(small),
                large = amount(large)
            ),
        }
    }
}

/// A figure with any decimals.
pub(crate) fn typed(text: &str) -> Option<String> {
    read(text).map(|(plain, _)| plain)
}

/// The same, or why not.
pub(crate) fn figure(text: &str) -> Result<String, Misread> {
    typed(text).ok_or(Misread::NoFigure)
}

/// A count: no decimals.
pub(crate) fn whole(text: &str) -> Result<i64, Misread> {
    let plain = figure(text)?;
    plain.parse().map_err(|_| Misread::Broken)
}

/// A percentage, with or without its sign.
pub(crate) fn percentage(text: &str) -> Result<String, Misread> {
    figure(text.trim().trim_end_matches('%'))
}

/// An amount of a currency, or of one that is not known here: no more decimals than it has, and never one that elsewhere
/// would be a thousand times as much.
pub(crate) fn of_money(text: &str, currency: Option<Currency>) -> Result<String, Misread> {
    let (plain, thousands) = read(text).ok_or(Misread::NoFigure)?;
    let places = currency.map_or(2, |currency| usize::from(currency.exponent()));
    match thousands {
        Some(large) if places < 3 => {
            let small = plain.trim_end_matches('0').trim_end_matches('.');
            Err(Misread::TwoWays(small.to_owned(), large))
        }
        _ => Ok(plain),
    }
}

/// An amount with its currency: `50.000,00 EUR`, `€ 50,000`, or one without, in the currency that is `meant`.
pub(crate) fn money_with(text: &str, meant: Option<Currency>) -> Result<Money, String> {
    let (text, negative) = match text.trim().strip_prefix(['-', MINUS]) {
        Some(rest) => (rest, true),
        None => (text.trim(), false),
    };
    let symbol =
        [("€", "EUR"), ("$", "USD"), ("£", "GBP")].into_iter().find(|(symbol, _)| text.contains(symbol));
    let text = symbol
        .map_or_else(|| text.to_owned(), |(symbol, code)| text.replacen(symbol, &format!(" {code} "), 1));
    let known = |word: &&str| word.to_uppercase().parse::<Currency>().ok();
    let words: Vec<&str> = text.split_whitespace().collect();
    let currency = words.iter().find_map(known).or(meant);
    let figure: String = words.iter().filter(|word| known(word).is_none()).copied().collect();
    let figure = if negative { format!("-{figure}") } else { figure };
    let plain = of_money(&figure, currency).map_err(|misread| misread.sentence())?;
    let currency = currency.ok_or_else(|| t("An amount and its currency, such as 50000 EUR.").to_owned())?;
    let fault = || {
        say!("{currency} has {places} decimals.", currency = currency.code(), places = currency.exponent())
    };
    Money::parse(&plain, currency).map_err(|_| fault())
}

/// The plain figure, and what it is elsewhere: where the reader's decimal mark could be one between thousands.
fn read(text: &str) -> Option<(String, Option<String>)> {
    let blank = |letter: &char| letter.is_whitespace() || matches!(letter, '\'' | '’');
    let text: String = text.chars().filter(|letter| !blank(letter)).collect();
    let text = text.replace(MINUS, "-");
    let (sign, figure) = text.strip_prefix('-').map_or(("", text.as_str()), |figure| ("-", figure));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let marks: Vec<char> = figure.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    if marks.iter().any(|mark| !matches!(mark, '.' | ',')) {
        return None;
    }
    let parts = |mark: char| figure.rsplit_once(mark).unwrap_or((figure, ""));
    let mut elsewhere = None;
    let plain = match (marks.first().copied(), marks.last().copied()) {
        (None, _) | (_, None) => digits(figure).then(|| figure.to_owned())?,
        (Some(group), Some(decimal)) if group != decimal => {
            let (before, after) = parts(decimal);
            let once = marks.iter().filter(|mark| **mark == decimal).count() == 1;
            let before = thousands(before, group).filter(|_| once && digits(after))?;
            format!("{before}.{after}")
        }
        (Some(mark), _) if marks.len() == 1 && (mark == point() || thousands(figure, mark).is_none()) => {
            let (before, after) = parts(mark);
            let before = if before.is_empty() { "0" } else { before };
            let large = thousands(figure, mark).filter(|_| !before.starts_with('0'));
            elsewhere = large.map(|large| format!("{sign}{large}"));
            (digits(before) && digits(after)).then(|| format!("{before}.{after}"))?
        }
        (Some(mark), _) => thousands(figure, mark)?,
    };
    Some((format!("{sign}{plain}"), elsewhere))
}

/// Groups of three digits without their marks.
fn thousands(text: &str, mark: char) -> Option<String> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = text.split(mark);
    let first = groups.next().is_some_and(|first| digits(first) && first.len() <= 3);
    (first && groups.all(|group| digits(group) && group.len() == 3)).then(|| text.replace(mark, ""))
}

#[cfg(test)]
mod tests;
