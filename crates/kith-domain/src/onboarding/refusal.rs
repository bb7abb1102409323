//! Why the rules of onboarding say no.

crate::refusal::refusals! {
    /// Started twice.
    exists = Conflict, "onboarding.exists", "There is such a case already.", "Look it up in the list of cases.";
    /// No such case.
    not_found = NotFound, "onboarding.not_found", "There is no such case of onboarding.", "Look it up in the list of cases.";
    /// Fields of the application at fault.
    invalid = Unprocessable, "onboarding.invalid", "Some fields of the application are at fault.",
        "Correct the fields that are named.";
    /// It has ended.
    ended = Conflict, "onboarding.ended", "The case has ended.", "Start another one for a new application.";
    /// A step is settled.
    settled = Conflict, "onboarding.step_settled", "That step is settled; what it looked at does not change any more.",
        "Go on with the steps that are open.";
    /// Other steps come first.
    too_early = Conflict, "onboarding.step_too_early", "Other steps come first.", "Settle them first.";
    /// Nobody goes without it.
    not_waivable = Conflict, "onboarding.not_waivable", "Nobody goes without this step.", "Complete it.";
    /// The approvals are a change.
    approved_elsewhere = Conflict, "onboarding.approved_elsewhere", "The approvals are given to the change that waits for them.",
        "Run the step, then approve its change.";
    /// Tried too often.
    too_often = Conflict, "onboarding.tried_too_often", "The step was tried a thousand times.", "Complete, waive or fail it by hand.";
    /// No reason, or one that cannot be kept.
    reason_invalid = Unprocessable, "onboarding.reason_invalid", "The reason is empty, too long, or holds control characters.",
        "Give a reason of 1 to 2000 bytes of plain text.";
}
