//! Why an account is held by itself for what it did or what is said of it (D§3.3).

use super::{Conduct, HoldType};

/// Promises that must be broken within 90 days.
const BROKEN_LEAST: u32 = 2;

/// A cause of a hold, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The rule, as the hold names it.
    pub rule: &'static str,
    /// How far it has come; 0 where it does not hold.
    pub level: u32,
    /// The kind of hold that it asks for.
    pub kind: HoldType,
    /// Why.
    pub reason: String,
    /// What releases the hold.
    pub release_rule: &'static str,
    /// Whether it is released once the cause is gone; else by hand only.
    pub clears_by_itself: bool,
    /// In probation the account is suspended instead.
    pub suspends_in_probation: bool,
}

/// Every cause of an account, as it conducts itself.
#[must_use]
pub fn causes(conduct: &Conduct) -> [Cause; 5] {
    let broken = if conduct.broken >= BROKEN_LEAST { conduct.broken } else { 0 };
    let insolvent = u32::from(conduct.insolvent);
    let credit = |rule, level, reason: String, release_rule| Cause {
        rule,
        level,
        kind: HoldType::Credit,
        reason,
        release_rule,
        clears_by_itself: true,
        suspends_in_probation: false,
    };
    let returned = match conduct.returned {
        1 => "A payment came back.".to_owned(),
        many => format!("{many} payments came back."),
    };
    [
        Cause {
            clears_by_itself: false,
            suspends_in_probation: true,
            ..credit(
                "payment_returned",
                conduct.returned,
                returned,
                "The payment is made good, and somebody with authority for the amount releases it.",
            )
        },
        credit(
            "promises_broken",
            broken,
            format!("{broken} promises to pay were broken within 90 days."),
            "Fewer than 2 promises of the last 90 days are broken, or somebody with authority releases it.",
        ),
        credit(
            "bureau_fell",
            conduct.fell,
            format!("The bureau's word fell by {} classes within 180 days.", conduct.fell),
            "A newer report is less than 2 classes below the best of 180 days, or somebody with authority releases it.",
        ),
        credit(
            "insolvency",
            insolvent,
            "A bureau reports an insolvency.".to_owned(),
            "A newer report no longer says so, or somebody with authority for the amount releases it.",
        ),
        Cause {
            kind: HoldType::Legal,
            clears_by_itself: false,
            ..credit(
                "insolvency_suspended",
                insolvent,
                "A bureau reports an insolvency: everything waits for the administrator.".to_owned(),
                "Legal, then compliance release it.",
            )
        },
    ]
}
