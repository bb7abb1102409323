//! The level at which a fault was found (D§6.2): what its owner does about it depends on that.

use kith_api::view::RowFault;

/// A value that cannot be what its column says.
pub(super) const FIELD: &str = "field";
/// A value that names something the organisation does not have.
const REFERENCE: &str = "reference";
/// A value that the rules of the business do not allow.
const RULE: &str = "rule";
/// A row whose record is there already.
const DUPLICATE: &str = "duplicate";
/// A remark that stops nothing.
pub(super) const WARNING: &str = "warning";

/// The levels, in the order in which they are looked at.
pub(super) const LEVELS: [&str; 5] = [FIELD, REFERENCE, RULE, DUPLICATE, WARNING];

/// The level of a fault's code.
fn of(code: &str) -> &'static str {
    match code {
        "duplicate" | "duplicate_ambiguous" | "tax_id_taken" | "external_id_taken" | "contact_exists" => {
            DUPLICATE
        }
        "payment_terms_unknown"
        | "owning_entity_unknown"
        | "entity_unknown"
        | "user_unknown"
        | "account_unknown"
        | "account_ambiguous" => REFERENCE,
        "credit_limit_negative"
        | "negative"
        | "customer_type_unknown"
        | "tier_unknown"
        | "stage_unknown"
        | "stage_not_startable"
        | "not_editable"
        | "entity_forbidden" => RULE,
        _ => FIELD,
    }
}

/// The fault with its level.
pub(super) fn levelled(mut fault: RowFault) -> RowFault {
    if fault.level.is_empty() {
        of(&fault.code).clone_into(&mut fault.level);
    }
    fault
}

/// A remark with its level.
pub(super) fn remark(mut fault: RowFault) -> RowFault {
    WARNING.clone_into(&mut fault.level);
    fault
}
