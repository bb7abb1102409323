//! A number with what is counted, one of it or many.

use std::fmt::Display;

/// `1 order is open` or `3 orders are open`: the first of the forms for one, else the second with the number at `{n}`.
#[must_use]
pub fn counted(number: impl Display, one: &str, many: &str) -> String {
    let number = number.to_string();
    if number == "1" { one.to_owned() } else { many.replace("{n}", &number) }
}
