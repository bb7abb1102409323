//! Ordinary words that look like a slip of another word, and are none.

/// Words of the language that the grammar has no use for, one space between; as stems.
const ORDINARY: &str = "ballet batter bitter black blowing border bother butter calling chase chilling chin close coast \
    compliant contract contrast costumer cover crash cropping customary demark drilling drooping \
    field float flour flowing folder fountain green holder hungry killing latter letter loving \
    mailing melting monkey mortal mother mountain mowing nailing overture pajama paste pavement \
    pilling postal premise racing railing raise reach recline revenge rinsing sailing saving scale \
    seize shaving shopping smell spelling standing stone surveyor swell sword table teach tiger \
    towing trapping turnkey unite unstable wailing wealth wealthy wheat width willing wrapping";

/// Whether a stem is such a word.
pub(super) fn ordinary(stem: &str) -> bool {
    ORDINARY.split(' ').any(|word| word == stem)
}
