//! Contracts: the list, and one contract with its terms, its signatures and what shows them, its deadlines.

mod act;
mod detail;
mod list;

pub use detail::{ContractPage, UnfitForm, contract};
pub use list::{ContractsPage, contracts};

pub(crate) use list::rows;

/// How loud a state is said.
pub(crate) fn tone(state: &str) -> &'static str {
    match state {
        "active" | "signed" => "good",
        "expiring" | "sent" | "partially_signed" | "in_review" => "warn",
        "terminated" | "expired" => "bad",
        _ => "",
    }
}
