//! The moves of an account's life as a table: from where, to where, who begins it, and what must hold (D§2.2).

use jiff::{Span, Timestamp};

use super::{Account, Facts, Stage};
use crate::approval::Operation;
use crate::context::Context;
use crate::refusal::{FieldFault, ended};
use crate::value::counted;

/// Days of probation at least.
const PROBATION_DAYS: i64 = 90;
/// Invoices paid in probation at least.
const PROBATION_INVOICES: u32 = 3;
/// Of a hundred invoices, so many are paid at most five days late.
const PROBATION_IN_TIME: u32 = 90;
/// The worst class of risk that leaves probation.
const PROBATION_RISK: char = 'C';
/// Days late after which an open invoice suspends an account in probation.
pub const SUSPENDED_LATE_DAYS: u32 = 30;

/// Who begins a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// A person asks for it.
    Request,
    /// A case of onboarding comes to its end.
    Case,
    /// Kith itself, once its guards hold.
    Automatic,
}

impl Trigger {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Case => "case",
            Self::Automatic => "automatic",
        }
    }
}

/// What must hold before a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Every mandatory step of its case is passed or waived.
    StepsPassed,
    /// Nothing stops it.
    NoHold,
    /// No hold of compliance, fraud or law.
    NoComplianceHold,
    /// Long enough in probation.
    DaysInProbation,
    /// Enough invoices paid.
    InvoicesPaid,
    /// Enough of them in time.
    PaidInTime,
    /// The class of risk is good enough, where one is known.
    RiskClass,
    /// No order is open.
    NoOpenOrders,
    /// No invoice is open; a person may go on in spite of it.
    NoOpenInvoices,
    /// Nothing ever happened to it, and nothing hangs on it.
    Untouched,
}

/// One move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// Its name, the business's verb.
    pub name: &'static str,
    /// Where it begins.
    pub from: &'static [Stage],
    /// Where it ends; none for deleting.
    pub to: Option<Stage>,
    /// What the policy and the audit trail call it.
    pub operation: Operation,
    /// Who begins it.
    pub trigger: Trigger,
    /// What must hold.
    pub guards: &'static [Guard],
}

const fn asked(
    name: &'static str,
    from: &'static [Stage],
    to: Stage,
    operation: Operation,
    guards: &'static [Guard],
) -> Transition {
    Transition { name, from, to: Some(to), operation, trigger: Trigger::Request, guards }
}

/// Every move.
pub const TRANSITIONS: &[Transition] = {
    use Stage::{Active, Closed, Inactive, Onboarding, Probation, Prospect, Rejected};
    const ADMITTED: &[Guard] = &[Guard::StepsPassed, Guard::NoComplianceHold];
    const PROVEN: &[Guard] =
        &[Guard::DaysInProbation, Guard::InvoicesPaid, Guard::PaidInTime, Guard::NoHold, Guard::RiskClass];
    &[
        asked("apply", &[Prospect], Onboarding, Operation::AccountApply, &[]),
        asked("apply_again", &[Rejected], Onboarding, Operation::AccountApplyAgain, &[]),
        asked("reject", &[Onboarding], Rejected, Operation::AccountReject, &[]),
        Transition {
            trigger: Trigger::Case,
            ..asked("admit", &[Onboarding], Probation, Operation::AccountAdmit, ADMITTED)
        },
        Transition {
            trigger: Trigger::Case,
            ..asked("admit_as_active", &[Onboarding], Active, Operation::AccountAdmit, ADMITTED)
        },
        Transition {
            trigger: Trigger::Automatic,
            ..asked("activate", &[Probation], Active, Operation::AccountActivate, PROVEN)
        },
        asked(
            "deactivate",
            &[Active, Probation],
            Inactive,
            Operation::AccountDeactivate,
            &[Guard::NoOpenOrders, Guard::NoOpenInvoices],
        ),
        asked("reactivate", &[Inactive], Active, Operation::AccountReactivate, &[Guard::NoComplianceHold]),
        asked("close", &[Inactive, Prospect], Closed, Operation::AccountClose, &[]),
        asked("reopen", &[Closed], Inactive, Operation::AccountReopen, &[]),
        Transition {
            to: None,
            ..asked(
                "delete",
                &[Prospect, Inactive, Closed],
                Closed,
                Operation::AccountDelete,
                &[Guard::Untouched],
            )
        },
    ]
};

/// The move of a name.
#[must_use]
pub fn transition(name: &str) -> Option<&'static Transition> {
    TRANSITIONS.iter().find(|transition| transition.name == name)
}

/// How an account pays and buys, as its living profile tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conduct {
    /// Invoices that are paid.
    pub paid: u32,
    /// Those of them that were paid at most five days late.
    pub in_time: u32,
    /// Open invoices that are more than five days late.
    pub late: u32,
    /// Days by which the open invoice that is latest is late.
    pub latest_days: u32,
    /// Payments that came back.
    pub returned: u32,
    /// Promises to pay that were broken in 90 days.
    pub broken: u32,
    /// Classes that a bureau's word fell by, where that is grave.
    pub fell: u32,
    /// A bureau reports an insolvency.
    pub insolvent: bool,
    /// Class of risk, `A` the best; none where it was never judged.
    pub risk_class: Option<char>,
}

/// What stands in the way of a move, and what would change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Stable code.
    pub code: &'static str,
    /// A sentence for people.
    pub text: String,
    /// What would change it.
    pub clears: String,
}

fn obstacle(code: &'static str, text: String, clears: impl Into<String>) -> Obstacle {
    Obstacle { code, text, clears: clears.into() }
}

impl Account {
    /// When it came to where it stands.
    #[must_use]
    pub fn stands_since(&self) -> Option<Timestamp> {
        self.stage_since.or(self.created_at)
    }

    /// The moves that begin where it stands.
    pub fn moves(&self) -> impl Iterator<Item = &'static Transition> {
        let stage = self.stage;
        TRANSITIONS.iter().filter(move |transition| transition.from.contains(&stage))
    }

    /// Everything that stands in the way of a move today.
    #[must_use]
    pub fn obstacles(&self, transition: &Transition, context: &Context, facts: &Facts) -> Vec<Obstacle> {
        transition.guards.iter().flat_map(|guard| self.obstacle(*guard, context, facts)).collect()
    }

    fn obstacle(&self, guard: Guard, context: &Context, facts: &Facts) -> Vec<Obstacle> {
        let conduct = &facts.conduct;
        let found = match guard {
            Guard::StepsPassed => steps_passed(facts),
            Guard::NoHold => (!self.holds.is_empty()).then(|| {
                let text = counted(self.holds.len(), "1 hold is on it.", "{n} holds are on it.");
                obstacle("is_held", text, "Release the holds.")
            }),
            Guard::NoComplianceHold => {
                let held = self.holds.iter().find(|hold| hold.kind.is_compliance());
                held.map(|hold| {
                    let text = format!("A {} hold is on it.", hold.kind.as_str());
                    obstacle("is_held", text, hold.release_rule.clone())
                })
            }
            Guard::DaysInProbation => self.too_soon(context.now),
            Guard::InvoicesPaid => (conduct.paid < PROBATION_INVOICES).then(|| {
                let text = format!("Of {PROBATION_INVOICES} invoices {} are paid.", conduct.paid);
                let more = PROBATION_INVOICES.saturating_sub(conduct.paid);
                let clears = counted(more, "1 more invoice is paid.", "{n} more invoices are paid.");
                obstacle("too_few_invoices", text, clears)
            }),
            Guard::PaidInTime => late(conduct),
            Guard::RiskClass => conduct.risk_class.filter(|class| *class > PROBATION_RISK).map(|class| {
                let clears = format!("It comes to class {PROBATION_RISK} or better.");
                obstacle("risk_class", format!("Its risk is of class {class}."), clears)
            }),
            Guard::NoOpenOrders => (facts.standing.open_orders > 0).then(|| {
                let text = counted(facts.standing.open_orders, "1 order is open.", "{n} orders are open.");
                obstacle("open_orders", text, "Deliver, invoice or cancel the open orders.")
            }),
            Guard::NoOpenInvoices => (facts.standing.open_invoices > 0).then(|| {
                let text =
                    counted(facts.standing.open_invoices, "1 invoice is open.", "{n} invoices are open.");
                obstacle("open_balance", text, "Collect or credit them, or send allow_open_ar: true.")
            }),
            Guard::Untouched => return self.hangs_on(&facts.standing).into_iter().map(stays).collect(),
        };
        found.into_iter().collect()
    }

    fn too_soon(&self, now: Timestamp) -> Option<Obstacle> {
        let since = self.stands_since()?;
        let until = since.checked_add(Span::new().hours(PROBATION_DAYS.saturating_mul(24))).ok()?;
        (now < until).then(|| {
            let day = until.to_zoned(jiff::tz::TimeZone::UTC).date();
            let text = format!("It is in probation for less than {PROBATION_DAYS} days.");
            obstacle("too_soon", text, format!("Wait until {day}."))
        })
    }
}

fn stays(fault: FieldFault) -> Obstacle {
    let text = ended(&fault.message);
    let clears = "Nothing: deactivate or close it instead.";
    let code = match fault.code.as_str() {
        "is_held" => "is_held",
        "has_merged" => "has_merged",
        "has_children" => "has_children",
        "is_related" => "is_related",
        _ => "has_history",
    };
    obstacle(code, text, clears)
}

fn steps_passed(facts: &Facts) -> Option<Obstacle> {
    match &facts.steps_open {
        None => {
            let text = "There is no case of onboarding for it.".to_owned();
            Some(obstacle("no_case", text, "Start its onboarding: POST /api/v1/onboarding."))
        }
        Some(open) if open.is_empty() => None,
        Some(open) => {
            let text = counted(
                open.len(),
                "1 step of its onboarding is open.",
                "{n} steps of its onboarding are open.",
            );
            Some(obstacle("steps_open", text, format!("Finish {}.", open.join(", "))))
        }
    }
}

fn late(conduct: &Conduct) -> Option<Obstacle> {
    let all = conduct.paid.saturating_add(conduct.late);
    let enough = u64::from(conduct.in_time).saturating_mul(100)
        >= u64::from(all).saturating_mul(PROBATION_IN_TIME.into());
    (!enough).then(|| {
        let text = format!("{} of {all} invoices were paid at most 5 days late.", conduct.in_time);
        obstacle("paid_late", text, format!("{PROBATION_IN_TIME} of 100 are paid at most 5 days late."))
    })
}

/// Why an account in probation is suspended by itself: the rule, how far its condition has come, and the reason.
#[must_use]
pub fn suspensions(conduct: &Conduct) -> [(&'static str, u32, String); 2] {
    let late = conduct.latest_days > SUSPENDED_LATE_DAYS;
    [
        (
            "probation_late",
            u32::from(late),
            format!("An invoice is {} days late, in probation.", conduct.latest_days),
        ),
        ("probation_returned", conduct.returned, "A payment came back, in probation.".to_owned()),
    ]
}
