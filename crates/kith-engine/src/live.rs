//! The live stream: what happened just now, kept for a while so that a reader who was away can resume.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use kith_api::view::LiveEvent;
use tokio::sync::broadcast;

use crate::engine::Engine;

/// What there is to listen to.
pub const TOPICS: [&str; 10] = [
    "profile",
    "touchpoint",
    "change",
    "account",
    "contract",
    "alert",
    "notification",
    "day",
    "import",
    "work",
];

/// How many events are kept for those who resume.
const KEPT: usize = 4_096;

/// An event with its number.
#[derive(Debug, Clone)]
pub struct Numbered {
    /// Grows by one with each event, since the start of this process.
    pub number: u64,
    /// What happened.
    pub event: LiveEvent,
}

#[derive(Debug)]
pub(crate) struct Live {
    sender: broadcast::Sender<Numbered>,
    kept: Mutex<(u64, VecDeque<Numbered>)>,
}

impl Live {
    pub(crate) fn new() -> Self {
        Self { sender: broadcast::channel(1_024).0, kept: Mutex::default() }
    }

    fn send(&self, event: LiveEvent) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.0 = kept.0.saturating_add(1);
        let numbered = Numbered { number: kept.0, event };
        kept.1.push_back(numbered.clone());
        if kept.1.len() > KEPT {
            kept.1.pop_front();
        }
        // Nobody listening is no fault.
        let _ = self.sender.send(numbered);
    }
}

impl Engine {
    /// Tells whoever listens.
    pub(crate) fn publish(&self, event: LiveEvent) {
        debug_assert!(TOPICS.contains(&event.topic.as_str()), "{}: nobody can listen to it", event.topic);
        self.core().live.send(event);
    }

    /// Tells whoever sits at a desk that something moved there; what, they read with their own rights.
    pub(crate) fn publish_work(&self, noun: &str) {
        self.publish(LiveEvent {
            topic: "work".into(),
            position: self.position(),
            data: serde_json::json!({"noun": noun}),
            ..LiveEvent::default()
        });
    }

    /// What was missed after an event number, and everything from now on. Rights are checked by
    /// [`Engine::may_see`].
    #[must_use]
    pub fn follow(&self, after: Option<u64>) -> (Vec<Numbered>, broadcast::Receiver<Numbered>) {
        let live = &self.core().live;
        let kept = live.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let receiver = live.sender.subscribe();
        let missed = after.map(|after| kept.1.iter().filter(|event| event.number > after).cloned().collect());
        (missed.unwrap_or_default(), receiver)
    }
}
