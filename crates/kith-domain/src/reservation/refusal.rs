//! Why the rules of reservations say no. The codes are those of the contract.

use crate::refusal::{Refusal, RefusalKind};

crate::refusal::refusals! {
    /// No such reservation.
    not_found = NotFound, "reservation.not_found", "There is no such reservation.", "Check the identifier.";
    /// The order has come: the reservation holds nothing that could be amended.
    order_has_come = Conflict, "order_has_come", "The order of this reservation has come and stands in its place: amending the reservation would move nothing.", "Amend the order: at the door, or with order.amended from the system that keeps it.";
    /// The order is confirmed: what is held is the order's.
    amend_committed = Conflict, "already_committed", "This reservation was committed: what is held is its order's.", "Amend the order: at the door, or with order.amended from the system that keeps it.";
    /// No end without a contract that is signed.
    timeout_needs_contract = Unprocessable, "timeout_needs_contract", "A reservation without an end needs a signed contract with the customer.", "Give a timeout_s of 1 to 2592000 seconds (30 days), or have a contract with this legal entity signed first.";
    /// Committed before.
    already_committed = Conflict, "already_committed", "This reservation was committed before.", "Nothing is left to do.";
    /// Voided before.
    already_voided = Conflict, "already_voided", "This reservation was voided before.", "Reserve again.";
    /// Nobody resolved it in time.
    expired = Conflict, "expired", "This reservation has expired.", "Reserve again.";
    /// It was decided against: there is nothing to resolve.
    not_reserved = Conflict, "not_reserved", "This request was held or rejected: nothing is reserved.", "Reserve again.";
    /// More is committed than was reserved.
    exceeds_reserved_amount = Conflict, "exceeds_reserved_amount", "This is more than was reserved.", "Commit no more than the reserved amount, or amend the reservation first.";
    /// The amount is zero or less.
    amount_not_positive = Unprocessable, "amount_not_positive", "The amount must be more than zero.", "Give an amount above zero.";
    /// Another currency than that of the reservation.
    currency_differs = Unprocessable, "currency_differs", "The amount is in another currency than the reservation.", "Give it in the currency of the reservation.";
    /// The same id with another account.
    exists_with_different_account = Conflict, "exists_with_different_account", "This id was used for another account.", "Use a new id for a new reservation.";
    /// The same id with another entity.
    exists_with_different_entity = Conflict, "exists_with_different_entity", "This id was used for another legal entity.", "Use a new id for a new reservation.";
    /// The same id with another amount.
    exists_with_different_amount = Conflict, "exists_with_different_amount", "This id was used for another amount.", "Use a new id for a new reservation.";
    /// The same id with another order.
    exists_with_different_order_no = Conflict, "exists_with_different_order_no", "This id was used for another order.", "Use a new id for a new reservation.";
    /// The same id with another timeout.
    exists_with_different_timeout_s = Conflict, "exists_with_different_timeout_s", "This id was used with another timeout.", "Use a new id for a new reservation.";
    /// The same id, paid and not paid.
    exists_with_different_prepaid = Conflict, "exists_with_different_prepaid", "This id was used with another word about payment.", "Use a new id for a new reservation.";
    /// The reservation has an order already.
    order_no_differs = Conflict, "order_no_differs", "This reservation was made for another order.", "Commit it for its own order.";
    /// It cannot be judged without facts.
    undecided = Unprocessable, "reservation.undecided", "The request could not be judged.", "Try again.";
}

/// As [`fn@expired`], but at its moment.
pub(super) fn expired_at(at: jiff::Timestamp) -> Refusal {
    let sentence = format!("This reservation expired at {at}.");
    Refusal::new(RefusalKind::Conflict, "expired", sentence, "Reserve again.")
}
