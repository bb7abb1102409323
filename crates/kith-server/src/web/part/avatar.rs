//! Initials on a quiet colour, the same for the same name.

use kith_template::html;
use maud::Markup;

/// How many colours there are in the style sheet.
const COLOURS: u32 = 7;

/// A person: round.
pub(crate) fn person(name: &str) -> Markup {
    disc("", name)
}

/// An account in a row: square.
pub(crate) fn account(name: &str) -> Markup {
    disc("sq", name)
}

/// An account at the head of its page.
pub(crate) fn account_large(name: &str) -> Markup {
    disc("xl", name)
}

fn disc(size: &str, name: &str) -> Markup {
    let colour = name.chars().fold(0_u32, |sum, letter| sum.wrapping_mul(31).wrapping_add(u32::from(letter)))
        % COLOURS;
    html! { span class=(format!("av {size} av{colour}")) aria-hidden="true" { (initials(name)) } }
}

/// First letters of the first two words that begin with a letter or digit.
pub(crate) fn initials(name: &str) -> String {
    let mut words =
        name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let mut text: String = words.by_ref().take(2).flat_map(char::to_uppercase).collect();
    if text.chars().count() < 2 {
        text.extend(name.chars().filter(|letter| letter.is_alphanumeric()).nth(1));
    }
    text
}
