//! Which touchpoints were seen.
/// Seen.
pub(crate) struct Seen;
impl Seen { pub(crate) fn close(&self) {} }
