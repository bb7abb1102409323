//! Montenegro: PIB and IBAN.

use crate::check::{mod97, modulo};
use crate::number::{Checked, Number, Raw, component};
use crate::rule::Rule;
use crate::world::iban;

pub(crate) const RULES: &[Rule] = &[("me.iban", account), ("me.pib", pib)];

/// The tax number: eight digits.
fn pib(raw: Raw) -> Checked {
    let number = raw.without(" ").sized(&[8])?.digits()?;
    let check = modulo(-number.weigh(&[8, 7, 6, 5, 4, 3, 2]), 11) % 10;
    number.ends(check)
}

/// An account of Montenegro: the account itself leaves 1 by 97.
fn account(raw: Raw) -> Checked {
    let number = Number::new(iban::general(raw)?);
    component(number.begins(&["ME"]))?;
    let holds = mod97(number.part(4..)) == Some(1);
    number.pass(holds)
}
