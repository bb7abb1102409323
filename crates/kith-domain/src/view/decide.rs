//! The rules of saved views.

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Whether the actor administers the installation, and may delete what others share.
    pub is_admin: bool,
}
