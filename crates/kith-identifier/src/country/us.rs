//! United States: EIN, SSN, ITIN, ATIN, PTIN, TIN, bank routing number.

use crate::fault::Fault;
use crate::number::{Checked, Number, Raw, component, fits, format, listed};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[
    ("us.atin", atin),
    ("us.ein", ein),
    ("us.itin", itin),
    ("us.ptin", ptin),
    ("us.rtn", routing),
    ("us.ssn", ssn),
    ("us.tin", tin),
];

/// Prefixes of the campuses that give out numbers.
const PREFIXES: &str = "01 02 03 04 05 06 10 11 12 13 14 15 16 20 21 22 23 24 25 26 27 30 31 32 33 34 35 36 37 38 39 40 41 \
    42 43 44 45 46 47 48 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 71 72 73 74 75 76 77 80 81 82 83 84 85 \
    86 87 88 90 91 92 93 94 95 98 99";

/// Three, two and four digits, with or without dashes between them.
fn grouped(raw: Raw) -> Result<Number, Fault> {
    let number = raw.without("");
    let text = number.as_str();
    let formed = ["999999999", "999-999999", "99999-9999", "999-99-9999"].iter().any(|form| fits(form, text));
    format(formed)?;
    Ok(raw.without("-"))
}

/// The employer's number: the campus that gave it out must exist.
fn ein(raw: Raw) -> Checked {
    let number = raw.without("");
    format(fits("99-9999999", number.as_str()) || fits("999999999", number.as_str()))?;
    let number = raw.without("-");
    component(listed(PREFIXES, number.part(..2)))?;
    number.done()
}

/// The social security number.
fn ssn(raw: Raw) -> Checked {
    let number = grouped(raw)?;
    let area = number.value(..3);
    component(area > 0 && area != 666 && area < 900 && number.value(3..5) > 0 && number.value(5..) > 0)?;
    // These stood in advertisements and were used by thousands.
    component(!matches!(number.as_str(), "078051120" | "457555462" | "219099999"))?;
    number.done()
}

/// The individual taxpayer's number.
fn itin(raw: Raw) -> Checked {
    let number = grouped(raw)?;
    component(number.begins(&["9"]) && matches!(number.value(3..5), 70..=88 | 90..=92 | 94..=99))?;
    number.done()
}

/// The number of a child whose adoption is pending.
fn atin(raw: Raw) -> Checked {
    grouped(raw)?.done()
}

/// The preparer's number.
fn ptin(raw: Raw) -> Checked {
    raw.without("-").upper().form("P99999999")?.done()
}

/// A tax number of any of these kinds.
fn tin(raw: Raw) -> Checked {
    let kinds = [ssn, itin, ein, ptin, atin];
    kinds.into_iter().find_map(|rule| rule(raw).ok()).ok_or(Fault::Format)
}

/// The routing number of a bank.
fn routing(raw: Raw) -> Checked {
    let number = raw.without("").digits()?.sized(&[9])?;
    let check = number.weigh(&[7, 3, 9, 7, 3, 9, 7, 3]) % 10;
    number.ends(check)
}
