//! Credit: asked, reserved, committed, voided. Every request goes through the teller, who takes what is waiting and
//! decides it in one transaction on the very position at which the log stands.

mod absent;
mod accuracy;
mod act;
mod behaviour;
mod desk;
mod extract;
mod foresee;
pub(crate) mod hold;
mod known;
mod line;
mod overview;
mod prefetch;
mod reconcile;
mod show;
mod source;
mod standing;
mod teller;

use jiff::Timestamp;
use kith_domain::account::Key;
use kith_domain::credit::{Decision, Severity};
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::reservation::Reservation;
use kith_domain::value::{AccountId, EntityCode, Money};
use kith_store::Fault;

pub use show::decision_view;
pub(crate) use standing::exchange;

use desk::Desk;
use teller::Teller;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::heard::Heard;
use crate::permit;

/// What is remembered of credit, and who decides on it.
#[derive(Debug, Default)]
pub(crate) struct Office {
    desk: Desk,
    teller: Teller,
    /// Who was heard lately.
    pub(crate) heard: Heard,
    /// How right credit was, when it was last computed.
    accuracy: accuracy::LastMeasured,
    /// How all pay, when it was last computed.
    portfolios: behaviour::LastPortfolios,
    /// What was seen in folders of extracts.
    extracts: extract::Seen,
}

/// A request for credit: what the order door, the faces and agents ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditAsk {
    /// The account: `acc_…`, its number, or a reference such as `external:erp:4711`.
    pub account: String,
    /// The legal entity that sells.
    pub entity: EntityCode,
    /// How much.
    pub amount: Money,
    /// The order that it is for: when `order.placed` with this number arrives, it takes the reservation's place.
    pub order_no: Option<String>,
    /// Whether the amount is paid and cleared: then it needs no credit, and holds none.
    pub prepaid: bool,
    /// The gravest finding about the order ([`Severity::Warning`] for medium, [`Severity::Hold`] for high).
    pub anomaly: Option<Severity>,
    /// Whether whoever orders may order.
    pub authorised: bool,
}

impl CreditAsk {
    /// A request for an amount on credit, with nothing against it.
    #[must_use]
    pub fn new(account: impl Into<String>, entity: EntityCode, amount: Money) -> Self {
        let account = account.into();
        Self { account, entity, amount, order_no: None, prepaid: false, anomaly: None, authorised: true }
    }
}

/// A request to reserve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReserveAsk {
    /// What is asked.
    pub ask: CreditAsk,
    /// The client's own id of the reservation.
    pub id: Option<String>,
    /// How long it holds, in seconds; 0 has no end. 72 hours when absent.
    pub timeout_s: Option<u32>,
    /// The caller's idempotency key.
    pub key: Option<String>,
}

/// What may be done with a reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolve {
    /// The order is confirmed, whole or in part; the order may be named only now.
    Commit {
        /// How much of it.
        amount: Option<Money>,
        /// The order.
        order_no: Option<String>,
    },
    /// The order is off.
    Void,
    /// The order's value changed.
    Amend {
        /// What is to be held from now on.
        amount: Money,
    },
}

/// A reservation after it was asked for or resolved.
#[derive(Debug, Clone, PartialEq)]
pub struct Reserved {
    /// The reservation.
    pub reservation: Reservation,
    /// When it was looked at.
    pub at: Timestamp,
    /// Whether this request made or changed it: a repetition does not.
    pub fresh: bool,
}

impl Reserved {
    /// Whether it was decided for: what was held or rejected reserves nothing.
    #[must_use]
    pub fn goes(&self) -> bool {
        self.reservation.decision.as_ref().is_some_and(|decision| decision.outcome.goes())
    }

    /// Whether the latest amendment was decided against.
    #[must_use]
    pub fn amendment_refused(&self) -> bool {
        self.reservation.amend_decision.as_ref().is_some_and(|decision| !decision.outcome.goes())
    }
}

/// What the teller answers.
#[derive(Debug, Clone)]
enum Told {
    Decision(Box<Decision>),
    Reserved(Box<Reserved>),
    Credit(Box<kith_api::view::CreditView>),
    Rows(Vec<kith_api::view::CreditRow>),
    Compared(Vec<reconcile::Compared>),
    Moves(Vec<hold::Move>),
    Foreseen(Box<kith_api::view::CreditEffectView>),
    ForeseenGroup(Box<kith_api::view::GroupEffectView>),
}

impl Engine {
    pub(crate) fn desk(&self) -> &Desk {
        &self.core().credit.desk
    }

    /// The account that a request names: by its id, its number, or a reference such as `external:erp:4711`.
    pub(crate) fn account_named(&self, name: &str) -> Option<AccountId> {
        if let Some((_, id)) = self.find_account(name) {
            return Some(id);
        }
        let row = Key::from_subject(name).and_then(|key| self.directory().row_of_key(&key))?;
        self.directory().read().entry(row).map(|entry| entry.id)
    }

    /// The legal entity that owns the account that a request names.
    #[must_use]
    pub fn owning_entity(&self, name: &str) -> Option<EntityCode> {
        self.owner_of(self.account_named(name)?)
    }

    fn teller(&self) -> &Teller {
        &self.core().credit.teller
    }

    /// What would be decided now. Nothing is written.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn credit_check(
        &self,
        caller: &Caller,
        ask: CreditAsk,
    ) -> Result<Result<Decision, Refusal>, Fault> {
        match self.teller().ask(self, caller, act::Act::Check(ask)).await? {
            Ok(Told::Decision(decision)) => Ok(Ok(*decision)),
            Ok(_) => Err(Fault::corrupt("another answer where a decision was asked for")),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Decides and, where the decision is for it, reserves: both at one position of the log. The decision is kept for ever
    /// either way; look at [`Reserved::goes`].
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out; nothing was reserved then.
    pub async fn reserve(
        &self,
        caller: &Caller,
        ask: ReserveAsk,
    ) -> Result<Result<Reserved, Refusal>, Fault> {
        if ask.ask.prepaid && !permit::may_say_paid(caller) {
            let refused = Refusal::new(
                RefusalKind::Unprocessable,
                "credit.prepaid_not_yours",
                "The reservation says that it is paid.",
                "Leave it out, or let somebody reserve who books receipts.",
            );
            return Ok(Err(refused.with_fields(vec![permit::not_theirs_to_say("/prepaid")])));
        }
        self.reserved(caller, act::Act::Reserve(Box::new(ask))).await
    }

    /// Commits, voids or amends a reservation. With an idempotency key the same request is answered again; without one
    /// it is refused as `already_committed` or `already_voided`.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out; nothing was changed then.
    pub async fn resolve_reservation(
        &self,
        caller: &Caller,
        id: &str,
        resolve: Resolve,
        key: Option<String>,
    ) -> Result<Result<Reserved, Refusal>, Fault> {
        self.reserved(caller, act::Act::Resolve { id: id.to_owned(), resolve, key }).await
    }

    async fn reserved(&self, caller: &Caller, act: act::Act) -> Result<Result<Reserved, Refusal>, Fault> {
        match self.teller().ask(self, caller, act).await? {
            Ok(Told::Reserved(reserved)) => Ok(Ok(*reserved)),
            Ok(_) => Err(Fault::corrupt("another answer where a reservation was asked for")),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Notes which reservations nobody resolved in time; they hold nothing from their moment on, noted or not.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn expire_reservations(&self) -> Result<u32, Fault> {
        let now_ms = self.now().as_millisecond();
        let due = self.store().read(move |reader| reader.due_reservations(now_ms, EXPIRED_AT_ONCE)).await?;
        let count = u32::try_from(due.len()).unwrap_or(u32::MAX);
        let system = Caller::system();
        let acts: Vec<_> = due
            .into_iter()
            .map(|document| self.teller().ask(self, &system, act::Act::Expire(document.id)))
            .collect();
        for told in acts {
            if let Err(refusal) = told.await? {
                tracing::warn!(code = refusal.code, "a reservation could not be noted as expired");
            }
        }
        Ok(count)
    }
}

/// Reservations that are noted as expired in one go.
const EXPIRED_AT_ONCE: u32 = 1_000;
