//! How loud something is said: a class of the style sheet that goes with words, never alone.

/// Which way a figure should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Better {
    /// More is better: orders, revenue.
    Up,
    /// Less is better: days to pay, claims.
    Down,
}

/// The tone of a relative change: a fifth the wrong way is bad, a twentieth worth a look.
pub(crate) fn of_change(change: f64, better: Better) -> &'static str {
    let gain = match better {
        Better::Up => change,
        Better::Down => -change,
    };
    match gain {
        _ if gain <= -0.20 => "bad",
        _ if gain <= -0.05 => "warn",
        _ if gain >= 0.05 => "good",
        _ => "flat",
    }
}

/// The tone of a health band.
pub(crate) fn of_band(band: &str) -> &'static str {
    match band {
        "healthy" | "low" => "good",
        "watch" | "medium" => "warn",
        "at_risk" | "high" | "critical" => "bad",
        _ => "",
    }
}

/// The tone of an account's status.
pub(crate) fn of_status(status: &str) -> &'static str {
    match status {
        "active" => "good",
        "on_hold" | "blocked" | "suspended" | "credit_hold" | "rejected" => "bad",
        "onboarding" | "probation" | "watch" | "pending" | "dormant" => "warn",
        _ => "",
    }
}

/// The tone of an alert's severity.
pub(crate) fn of_severity(severity: &str) -> &'static str {
    match severity {
        "medium" => "warn",
        "high" => "bad",
        _ => "",
    }
}

/// The tone of a lane of approval.
pub(crate) fn of_lane(lane: &str) -> &'static str {
    match lane {
        "green" => "good",
        "yellow" => "warn",
        "red" => "bad",
        _ => "",
    }
}

/// The tone of a change's state.
pub(crate) fn of_state(state: &str) -> &'static str {
    match state {
        "applied" | "approved" | "accepted" | "replayed" => "good",
        "waiting" | "applying" => "warn",
        "rejected" | "failed" | "stale" => "bad",
        _ => "",
    }
}

/// The tone of where a certificate or a document stands.
pub(crate) fn of_standing(status: &str) -> &'static str {
    match status {
        "valid" | "verified" => "good",
        "pending_verification" | "expiring" | "received" => "warn",
        "expired" | "revoked" | "rejected" => "bad",
        _ => "",
    }
}

/// The class that gives an SVG shape the colour of a tone.
pub(crate) fn fill(tone: &str) -> &'static str {
    match tone {
        "good" => "kg",
        "warn" => "kw",
        "bad" => "kb",
        _ => "k4",
    }
}
