//! Why the rules of scorecards say no.

crate::refusal::refusals! {
    /// Trained twice under one version.
    exists = Conflict, "scorecard.exists", "There is a scorecard of this version already.", "Train again: it gets the next version.";
    /// Fields at fault.
    invalid = Unprocessable, "scorecard.invalid", "The scorecard cannot be kept.", "Train it again from better data.";
}
