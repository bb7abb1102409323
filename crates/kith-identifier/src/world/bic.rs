//! BIC, ISO 9362.

use super::country::is_country;
use crate::number::{Checked, Raw, component, fits, format};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("bic", bic), ("iso9362", bic)];

/// The bank's code: party, country, place, and perhaps the branch.
fn bic(raw: Raw) -> Checked {
    let number = raw.without(" -").upper().sized(&[8, 11])?;
    let text = number.as_str();
    format(fits("AAAAAAXX", text) || fits("AAAAAAXXXXX", text))?;
    component(is_country(number.part(4..6)) || number.part(4..6) == "XK")?;
    number.done()
}
