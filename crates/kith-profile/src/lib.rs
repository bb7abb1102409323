//! The living profile: what touchpoints mean for an account, as typed columns over all accounts.
//!
//! Pure: no clock, no chance, no input or output. The profile is a function of the *set* of touchpoints
//! and of a closed list of inputs ([`Inputs`]) with the day among them; the order of arrival never shows.
//! Start reading at [`touchpoint::read`], then [`fact::facts`], then [`living::Living`].

mod account;
pub mod correction;
mod credit;
pub mod explain;
pub mod fact;
pub mod input;
pub mod living;
pub mod metric;
#[cfg(test)]
mod testing;
pub mod touchpoint;

pub use correction::{CorrectionRef, Corrections, Kill, Place};
pub use credit::{OrderProgress, merged_number, order_number};
pub use explain::{Component, Driver, Explanation, Staleness};
pub use fact::{Fact, FactKind, facts, lane};
pub use input::{EntityContext, FactContext, Inputs, Lookup, MasterInputs, Rates};
pub use living::Activity;
pub use living::{
    COLLECTED_DAYS, ChunkView, Column, CreditHistory, Fate, Folded, Header, LaneRevenue, Living, LoadError,
    OfEntity, OpenBusiness, Payer, PaymentBehaviour, Promises, SALES_DAYS, SeenOrder, Spending, TurnedOut,
};
pub use metric::{Direction, Metric, MetricKind, Part, Value, catalogue, catalogue_hash, metric_index};
pub use touchpoint::{Data, Kind, Stored, SubjectRef, Touchpoint, Unrecognised, When, read, restore};
