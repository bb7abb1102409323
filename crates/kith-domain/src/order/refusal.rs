//! Why the rules of orders say no.

use crate::access::Role;
use crate::refusal::{FieldFault, Refusal, RefusalKind};

crate::refusal::refusals! {
    /// No such order.
    not_found = NotFound, "order.not_found", "There is no such order.", "Look it up in the list of orders.";
    /// Received twice under one id.
    exists = Conflict, "order.exists", "There is an order under this id already.", "Send it under another id.";
    /// Released when nothing is held.
    not_held = Conflict, "order.not_held", "The order is not held: there is nothing to release.", "Look at where it stands.";
    /// Released by whoever sells to the customer, or placed it.
    own_release = Forbidden, "order.own_release", "Whoever placed the order or looks after the customer does not release it.", "Let somebody else of credit release it.";
    /// Released by a program.
    people_only = Forbidden, "order.people_only", "Only a person releases an order.", "Let a person of credit release it.";
    /// Released without an account.
    account_unknown = Conflict, "order.account_unknown", "It is not known whose order this is.", "Name the account that it belongs to.";
    /// Released without an amount.
    amount_unknown = Conflict, "order.amount_unknown", "It is not known what the order comes to.", "Amend the order: its lines need prices, or it needs a total.";
    /// Too much for the releaser.
    authority = Forbidden, "order.authority", "The amount is beyond what you may release.", "Let somebody release it who may.";
    /// Released although credit rejects it by now.
    would_reject = Conflict, "order.would_reject", "Credit would reject the order now: no release overrides that.", "See the reasons; release it once they are cleared.";
    /// Amended after the end.
    not_open = Conflict, "order.not_open", "The order is over: it cannot be changed any more.", "Place a new order.";
    /// Changed after delivery or invoice.
    under_way = Conflict, "order.under_way", "The order was delivered or invoiced: it cannot be changed any more.", "Claim or credit what is wrong.";
    /// An amendment that does not go.
    amend_refused = Conflict, "order.amend_refused", "The amended order would not go; it stays as it is.", "See the reasons.";
    /// The customer's number was used for another content.
    content_differs = Conflict, "order.content_differs", "An order with this number was sent before with other content.", "Send a new revision, amend the order that is here, or give another number.";
    /// Our number is another order's.
    number_taken = Conflict, "order.number_taken", "There is another order with this number.", "Give another number, or none.";
    /// An amendment that moves the order elsewhere.
    amend_moves = Unprocessable, "order.amend_moves", "An order that goes keeps its account, legal entity and currency.", "Cancel it and place a new one.";
}

/// The amount is beyond what the releaser may release.
#[must_use]
pub fn authority_of(required: Role) -> Refusal {
    let title = required.title();
    Refusal::new(
        RefusalKind::Forbidden,
        "order.authority",
        format!("An order of this amount is released by {title} or above."),
        format!("Let somebody with the role {title} release it."),
    )
}

/// The customer's number was used for another content: which members differ.
#[must_use]
pub fn content_differs_of(number: &str, order_no: &str, differing: Vec<FieldFault>) -> Refusal {
    let sentence =
        format!("Order {number} was sent before with other content: {} differ.", places(&differing));
    let clears = format!(
        "Send a new revision, amend order {order_no}, or give another number; the same content is answered as before."
    );
    Refusal { sentence, clears, ..content_differs() }.with_fields(differing)
}

/// Our number is another order's: which members differ, where that may be told.
#[must_use]
pub fn number_taken_by(order_no: &str, differing: Vec<FieldFault>) -> Refusal {
    let what = if differing.is_empty() { String::new() } else { format!(": {} differ", places(&differing)) };
    let sentence = format!("There is another order {order_no}{what}.");
    Refusal { sentence, ..number_taken() }.with_fields(differing)
}

fn places(faults: &[FieldFault]) -> String {
    faults.iter().map(|fault| fault.pointer.as_str()).collect::<Vec<_>>().join(", ")
}
