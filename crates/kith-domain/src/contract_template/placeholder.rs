//! The places in a text where values are put in: `{{name}}`.

/// What every contract knows by itself.
pub const BUILT_IN: &[&str] = &[
    "contract.number",
    "contract.title",
    "contract.version",
    "account.name",
    "account.number",
    "account.payment_terms",
    "entity.name",
    "entity.code",
    "starts_on",
    "ends_on",
    "renewal",
    "notice_days",
    "auto_renew_term_months",
    "committed_volume",
    "price_refs",
    "sla.otif_pct",
    "sla.response_hours",
    "sla.claim_days",
    "tier",
    "governing_law",
];

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'t> {
    /// As it stands.
    Text(&'t str),
    /// Where the value of a name is put in.
    Field(&'t str),
}

/// The parts of a text in their order. Braces that are not closed are text.
#[must_use]
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        if !before.is_empty() {
            found.push(Part::Text(before));
        }
        found.push(Part::Field(name.trim()));
        rest = behind;
    }
    if !rest.is_empty() {
        found.push(Part::Text(rest));
    }
    found
}
