//! The credit book: what a customer owes and has promised to buy, and whether more may be sold on credit (D§3.1, D§3.2).
//!
//! The book is a function of the *set* of documents that are known of an account and of its reservations; nothing is
//! added up over time, so whatever is corrected, withdrawn or comes in another order gives the same book. Start
//! reading at [`Documents`], then [`Book`], [`Exposure`] and [`judge`].

mod accuracy;
mod book;
mod bucket;
mod collection;
mod decision;
mod document;
mod exposure;
mod judge;
mod reason;
mod reconcile;
mod rules;
mod settle;

pub use accuracy::{Confusion, Share, limit_is_right};
pub use book::{Book, Held};
pub use bucket::{Bucket, Buckets};
pub use collection::{Aging, Period, countback, days_of_sales, pay_index};
pub use decision::{Decision, Outcome};
pub use document::{Allocation, Documents, Invoice, Order, Payer};
pub use exposure::{Exposure, Overdue};
pub use judge::{Asked, Cap, NEVER_HEARD, Standing, ceiling, judge, staleness, utilisation};
pub use reason::{Reason, Severity};
pub use reconcile::{Break, Cause, Evidence, Extract, breaks};
pub use rules::CreditRules;
pub use settle::{Convert, Rated, is_settled};

#[cfg(test)]
mod tests;
