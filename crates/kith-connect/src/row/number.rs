//! Numbers, amounts and dates as people and systems write them.

use jiff::civil::Date;

/// Which mark stands before decimals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Style {
    /// `1,250.50`
    #[default]
    Point,
    /// `1.250,50`
    Comma,
}

impl Style {
    /// Finds out the style from cells that hold amounts: a comma followed by one or two last digits, or points
    /// before a comma, speak for [`Style::Comma`]. Doubtful cells say nothing.
    #[must_use]
    pub fn find<'a>(cells: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut point, mut comma) = (0_u32, 0_u32);
        for cell in cells {
            match mark(cell) {
                Some(Self::Point) => point += 1,
                Some(Self::Comma) => comma += 1,
                None => {}
            }
        }
        if comma > point { Self::Comma } else { Self::Point }
    }
}

/// What one cell says about the style.
fn mark(cell: &str) -> Option<Style> {
    let (point, comma) = (cell.rfind('.'), cell.rfind(','));
    let digits_after = |place: usize| cell.len() - place - 1;
    match (point, comma) {
        (Some(point), Some(comma)) => Some(if point > comma { Style::Point } else { Style::Comma }),
        (Some(place), None) if cell.matches('.').count() == 1 && digits_after(place) != 3 => {
            Some(Style::Point)
        }
        (None, Some(place)) if cell.matches(',').count() == 1 && digits_after(place) != 3 => {
            Some(Style::Comma)
        }
        (Some(_), None) if cell.matches('.').count() > 1 => Some(Style::Comma),
        (None, Some(_)) if cell.matches(',').count() > 1 => Some(Style::Point),
        _ => None,
    }
}

/// A plain decimal text (`-1250.50`) from a cell such as `$1,250.50`, `EUR 1.250,50`, `(300)`; with the letters
/// found beside the number. `None` when it is no number.
#[must_use]
pub fn decimal(cell: &str, style: Style) -> Option<(String, String)> {
    let style = match mark(cell) {
        Some(clear) if cell.contains('.') && cell.contains(',') => clear,
        _ => style,
    };
    let (separator, group) = match style {
        Style::Point => ('.', ','),
        Style::Comma => (',', '.'),
    };
    let (mut text, mut letters, mut negative, mut point) = (String::new(), String::new(), false, false);
    for c in cell.trim().chars() {
        match c {
            '0'..='9' => text.push(c),
            '-' | '\u{2212}' if text.is_empty() && !negative => negative = true,
            '(' if text.is_empty() => negative = true,
            ')' if negative => {}
            '+' if text.is_empty() => {}
            c if c == separator && !point => {
                point = true;
                text.push('.');
            }
            c if c == group && !point => {}
            ' ' | '\u{a0}' | '\u{202f}' | '\'' => {}
            '$' | '\u{20ac}' | '\u{a3}' | '\u{a5}' => letters.push(c),
            c if c.is_ascii_alphabetic() => letters.push(c.to_ascii_uppercase()),
            _ => return None,
        }
    }
    let text = text.strip_suffix('.').unwrap_or(&text);
    let text = if text.starts_with('.') { format!("0{text}") } else { text.to_owned() };
    if text.is_empty() || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some((if negative { format!("-{text}") } else { text }, letters))
}

/// A date written as ISO (`2026-03-31`, with or without a time), `20260331`, `31-Mar-26`, `31.03.2026`, or with
/// slashes in the order given by `day_first`.
#[must_use]
pub fn date(cell: &str, day_first: bool) -> Option<Date> {
    let text = cell.trim();
    let head = text.split(['T', ' ']).next().unwrap_or_default();
    if let Ok(date) = head.parse::<Date>() {
        return Some(date);
    }
    let parts: Vec<&str> = head.split(['-', '/', '.']).collect();
    match parts.as_slice() {
        [compact] if compact.len() == 8 => {
            let (year, rest) = compact.split_at_checked(4)?;
            let (month, day) = rest.split_at_checked(2)?;
            build(year, month, day)
        }
        [year, month, day] if year.len() == 4 => build(year, month, day),
        [day, month, year] if month.len() == 3 && month.chars().all(char::is_alphabetic) => {
            build(year, month_number(month)?, day)
        }
        [first, second, year] if head.contains('.') || day_first => build(year, second, first),
        [first, second, year] => build(year, first, second).or_else(|| build(year, second, first)),
        _ => None,
    }
}

fn build(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = match (year.len(), year.parse().ok()?) {
        (2, short @ 0..70) => 2000 + short,
        (2, short) => 1900 + short,
        (4, year) => year,
        _ => return None,
    };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

fn month_number(name: &str) -> Option<&'static str> {
    const MONTHS: [(&str, &str); 12] = [
        ("jan", "1"),
        ("feb", "2"),
        ("mar", "3"),
        ("apr", "4"),
        ("may", "5"),
        ("jun", "6"),
        ("jul", "7"),
        ("aug", "8"),
        ("sep", "9"),
        ("oct", "10"),
        ("nov", "11"),
        ("dec", "12"),
    ];
    let lower = name.to_lowercase();
    MONTHS.iter().find(|(month, _)| *month == lower).map(|(_, number)| *number)
}
