//! Why the rules of users say no.

crate::refusal::refusals! {
    /// Added twice.
    exists = Conflict, "user.exists", "There is such a user already.", "Change the user instead.";
    /// No such user.
    not_found = NotFound, "user.not_found", "There is no such user.", "Look it up in the list of users.";
    /// Fields at fault.
    invalid = Unprocessable, "user.invalid", "Some fields are at fault.", "Correct the fields that are named.";
    /// The e-mail address is another user's.
    email_taken = Conflict, "user.email_taken", "Another user has this e-mail address.",
        "Use another address, or reinstate that user.";
    /// Nobody would be left to administer.
    last_admin = Conflict, "user.last_admin", "This is the last active administrator.",
        "Make somebody else an administrator first.";
    /// Another user's password.
    not_own = Forbidden, "user.not_own", "Only whoever manages users may set this for somebody else.",
        "Ask an administrator.";
    /// More rights for oneself.
    own_rights = Forbidden, "user.own_rights", "Nobody gives more rights to themselves.",
        "Ask another administrator.";
    /// Somebody else's sessions.
    not_own_sessions = Forbidden, "user.not_own_sessions", "Only whoever manages users may end somebody else's sessions.",
        "Ask an administrator.";
    /// A new password for somebody who approves.
    keeps_password = Conflict, "user.keeps_password",
        "This person approves changes and has a password: no link may give another one away.",
        "Whoever runs the installation can issue the link on its machine: kith user activation.";
    /// Not a user of a portal, or of another account's.
    not_portal = Conflict, "user.not_portal", "This user does not belong to the portal of that account.",
        "Use another e-mail address for the portal.";
    /// A link that does not work.
    activation_invalid = Gone, "user.activation_invalid", "This link does not work any more.", "Ask for a new one.";
    /// The account may not use the portal.
    access_revoked = Forbidden, "user.access_revoked", "The account has no access to the portal at the moment.",
        "Ask your contact person; access comes back with the account.";
}
