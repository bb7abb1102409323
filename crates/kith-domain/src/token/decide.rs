//! The rules of tokens.

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Whether the user of a new token exists and is active.
    pub user_active: bool,
    /// Whether the actor holds [`crate::access::Grant::TokensManage`].
    pub may_manage: bool,
    /// Whether the organisation is being set up.
    pub in_setup: bool,
}
