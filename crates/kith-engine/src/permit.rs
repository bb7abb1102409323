//! What is said to whoever may not. Unknown and forbidden accounts answer alike.

use kith_domain::access::{Grant, Principal};
use kith_domain::account::Account;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::EntityCode;

use crate::caller::Caller;

/// Nobody gave the caller this grant.
pub(crate) fn denied(grant: Grant) -> Refusal {
    Refusal::new(
        RefusalKind::Forbidden,
        "access.denied",
        format!("This needs the grant {}.", grant.as_str()),
        "Ask an administrator for a role that carries it.",
    )
}

/// The grant does not reach accounts of this entity.
pub(crate) fn denied_for(grant: Grant, entity: &EntityCode) -> Refusal {
    Refusal::new(
        RefusalKind::Forbidden,
        "access.denied",
        format!("This needs the grant {} for {entity}.", grant.as_str()),
        "Ask an administrator for a role in that entity.",
    )
}

/// There is no such account, or none that the caller may know of.
pub(crate) fn no_account() -> Refusal {
    missing("account.not_found", "There is no such account.")
}

/// There is no such thing.
pub(crate) fn missing(code: &str, sentence: &str) -> Refusal {
    Refusal::new(RefusalKind::NotFound, code, sentence, "Check the identifier.")
}

/// Whether somebody may know of an account: from the entity that owns it, or from one that has something of its own there.
pub(crate) fn sees(principal: &Principal, account: &Account) -> bool {
    let own = account.overrides.keys().chain(account.addresses.iter().filter_map(|row| row.entity.as_ref()));
    let entities = std::iter::once(&account.owning_entity).chain(own);
    account.exists() && entities.into_iter().any(|entity| principal.may(Grant::AccountsRead, Some(entity)))
}

/// The record moved on.
pub(crate) fn stale(expected: u64, found: u64) -> Refusal {
    Refusal::new(
        RefusalKind::Stale,
        "account.stale",
        format!("The edit is based on version {expected}, the record is at version {found}."),
        "Read the account again and repeat the edit on it.",
    )
}

/// Whether the caller may say that something is paid: who brings what happened, receipts among it, and who approves.
pub(crate) fn may_say_paid(caller: &Caller) -> bool {
    [Grant::TouchpointsWrite, Grant::ChangesApprove].iter().any(|grant| caller.principal.may(*grant, None))
}

/// That something is paid was said by somebody who does not book receipts.
pub(crate) fn not_theirs_to_say(pointer: &str) -> FieldFault {
    let sentence = "Only who books receipts may say that it is paid; leave it out.";
    FieldFault::new(pointer, "paid_not_yours", sentence)
}
