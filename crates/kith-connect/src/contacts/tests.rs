//! People joined to their accounts.
