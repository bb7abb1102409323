//! What leaves this process for the outside: by which way mail goes, how webhooks are called, and under which name it takes
//! such work among the nodes of one database.

use std::sync::OnceLock;

use kith_connect::mail::Mailer;
use kith_connect::webhook::Courier;
use uuid::Uuid;

use crate::engine::Engine;

/// Says an English text of ours in a language (BCP 47), its moments in a zone: who shows pages has the words.
pub type Speaker = fn(language: &str, zone: &str, text: &str) -> String;

/// The ways out.
#[derive(Debug)]
pub(crate) struct Outward {
    node: String,
    mailer: OnceLock<Mailer>,
    speaker: OnceLock<Speaker>,
    /// Whether private addresses may be called, and who calls.
    courier: OnceLock<(bool, Courier)>,
}

impl Outward {
    pub(crate) fn new(node: &Uuid) -> Self {
        Self {
            node: format!("node_{}", node.simple()),
            mailer: OnceLock::new(),
            speaker: OnceLock::new(),
            courier: OnceLock::new(),
        }
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

    /// Says this way what people outside read.
    pub fn speak_by(&self, speaker: Speaker) {
        // Every face over one engine has the same words.
        let _ = self.core().outward.speaker.set(speaker);
    }

    /// A text of ours in the language of whoever reads it; in English where nobody knows another one.
    pub(crate) fn said(&self, language: Option<&str>, text: &str) -> String {
        let zone = self.organisation().timezone.clone();
        let speaker = self.core().outward.speaker.get();
        speaker.map_or_else(|| text.to_owned(), |say| say(language.unwrap_or("en"), &zone, text))
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
