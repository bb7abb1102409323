//! What leaves this process for the outside: by which way mail goes, how webhooks are called, and under which name it takes
//! such work among the nodes of one database.

use std::sync::OnceLock;

use kith_connect::mail::Mailer;
use kith_connect::webhook::Courier;
use uuid::Uuid;

use crate::engine::Engine;

/// The ways out.
#[derive(Debug)]
pub(crate) struct Outward {
    node: String,
    mailer: OnceLock<Mailer>,
    /// Whether private addresses may be called, and who calls.
    courier: OnceLock<(bool, Courier)>,
}

impl Outward {
    pub(crate) fn new(node: &Uuid) -> Self {
        Self { node: format!("node_{}", node.simple()), mailer: OnceLock::new(), courier: OnceLock::new() }
    }
}

impl Engine {
    /// The name of this process among those on one database.
    pub(crate) fn node(&self) -> &str {
        &self.core().outward.node
    }

    /// Sends mail this way. Told before the first mail leaves.
    pub fn send_mail_by(&self, mailer: Mailer) {
        // Whoever comes second is told by the first one's.
        drop(self.core().outward.mailer.set(mailer));
    }

    /// How mail leaves, if it does.
    pub(crate) fn mailer(&self) -> Option<Mailer> {
        self.core().outward.mailer.get().cloned()
    }

    /// Lets webhooks call private addresses too. Told before the first call.
    pub fn call_private_addresses(&self) {
        // Whoever comes second is told by the first one's.
        drop(self.core().outward.courier.set((true, Courier::new(true))));
    }

    /// Whether private addresses may be called, and who calls.
    pub(crate) fn courier(&self) -> &(bool, Courier) {
        self.core().outward.courier.get_or_init(|| (false, Courier::new(false)))
    }
}
