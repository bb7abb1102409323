//! Why the rules of tokens say no.

crate::refusal::refusals! {
    /// Made twice.
    exists = Conflict, "token.exists", "There is such a token already.", "Make another one.";
    /// No such token.
    not_found = NotFound, "token.not_found", "There is no such token.", "Look it up in the list of tokens.";
    /// Fields at fault.
    invalid = Unprocessable, "token.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// Its user is not there or suspended.
    user_inactive = Conflict, "token.user_inactive", "The user of the token does not exist or is suspended.",
        "Add or reinstate the user first.";
    /// For somebody else.
    not_own = Forbidden, "token.not_own", "After set-up people make and revoke their own tokens.",
        "Let the user do it, or ask an administrator for a token of a program.";
    /// A program or agent asks.
    people_only = Forbidden, "token.people_only", "Programs and agents do not make tokens.", "Let a person make it.";
}
