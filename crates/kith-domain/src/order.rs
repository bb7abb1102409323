//! Orders at the door: what was asked, whose it is, what it costs, and whether it may go (D§7.5, D§3.2, D§3.3).
//!
//! An order is received, validated by the rules of its channel, priced, and checked for credit; then it is confirmed, held for
//! a person, or rejected. What happens to it afterwards (delivery, invoice) are touchpoints, and the order shows them.

mod check;
mod command;
mod content;
mod decide;
mod event;
mod finding;
mod queue;
pub mod refusal;
mod rule;
mod state;

pub use check::{Facts as CheckFacts, PriceFound, check};
pub use command::{Amendment, Assessment, Command, Received};
pub use content::{
    Charge, Content, Line, OrderChannel, OrderKind, PaymentMethod, PricedLine, Source, order_total,
};
pub use decide::{Facts, RELEASE_HOURS};
pub use event::Event;
pub use finding::{Finding, clears};
pub use queue::{SLA_MINUTES, priority, tier_weight, urgency};
pub use rule::{Authority, Check, OrderRule, OrderRules, RuleSeverity};
pub use state::{COURSE, Match, Order, OrderState, Progress, Release, STANDS, stored_state};

#[cfg(test)]
mod tests;
