//! What credit is worth the risk: scores and classes, scorecards learned from history, limits that follow behaviour,
//! and spending that is not like the customer.
//!
//! Pure: no clock, no chance, no input or output. Start reading at [`score::assess`] (the score of an account),
//! [`limit::propose`] (its limit), [`anomaly::judge`] (an order of it) and [`scorecard::train`] (a card from a file).

pub mod anomaly;
mod class;
pub mod limit;
pub mod score;
pub mod scorecard;

pub use class::RiskClass;
