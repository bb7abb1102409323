//! Given, when, then: what the tests of every noun share.

use std::fmt::Debug;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use crate::context::{Actor, ActorKind, Channel, Context};
use crate::decider::Decider;
use crate::refusal::Refusal;
use crate::value::{UserId, join, split};

/// Seconds after the beginning of 2026.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_767_225_600 + seconds).unwrap()
}

/// A UUID that tells its number.
pub(crate) fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Ids in sequence, for drafts.
pub(crate) fn ids() -> impl FnMut() -> Uuid {
    let mut next = 1000;
    move || {
        next += 1;
        uuid(next)
    }
}

/// An actor of a kind who is, or whose token belongs to, user number `user`; Kith itself has none.
pub(crate) fn context(kind: ActorKind, user: u128, now: Timestamp) -> Context {
    let user = (kind != ActorKind::System).then(|| UserId(uuid(user)));
    Context {
        now,
        actor: Actor { kind, user },
        channel: Channel::Rest,
        correlation: "test".into(),
        reason: None,
    }
}

/// What is stored comes back equal, also through the sealing of personal values.
#[track_caller]
pub(crate) fn round_trips<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_value(value).unwrap();
    assert_eq!(serde_json::from_value::<T>(json.clone()).unwrap(), *value);
    let mut sealed = json;
    let secrets = split(&mut sealed);
    // Through text, as the store does it.
    let mut stored: Value = serde_json::from_str(&sealed.to_string()).unwrap();
    join(&mut stored, &secrets);
    assert_eq!(serde_json::from_value::<T>(stored).unwrap(), *value);
    // Without any key it still reads, with less in it.
    join(&mut sealed, &[]);
    serde_json::from_value::<T>(sealed).unwrap();
}

/// One noun in a test.
pub(crate) struct Story<D: Decider> {
    pub(crate) state: D,
    pub(crate) context: Context,
    pub(crate) facts: D::Facts,
}

impl<D> Story<D>
where
    D: Decider + PartialEq + Debug,
    D::Event: PartialEq + Debug,
    D::Command: PartialEq + Debug,
{
    pub(crate) fn new(facts: D::Facts) -> Self {
        Self { state: D::default(), context: context(ActorKind::User, 1, at(0)), facts }
    }

    /// The rules agree: the events are applied, and asking again writes nothing more.
    #[track_caller]
    pub(crate) fn accepts(&mut self, command: &D::Command) -> Vec<D::Event> {
        round_trips(command);
        let decided = self.state.decide(&self.context, &self.facts, command);
        let events = match decided {
            Ok(events) => events,
            Err(refusal) => panic!("refused: {refusal:?}"),
        };
        for event in &events {
            round_trips(event);
            assert!(D::kind(event).ends_with(".v1"));
            self.state.evolve(event);
        }
        round_trips(&self.state);
        if let Ok(again) = self.state.decide(&self.context, &self.facts, command) {
            assert_eq!(again, vec![], "written twice");
        }
        events
    }

    /// The rules agree that it is so already.
    #[track_caller]
    pub(crate) fn nothing(&mut self, command: &D::Command) {
        assert_eq!(self.accepts(command), vec![]);
    }

    /// The rules say no, with this code, and say what would clear it.
    #[track_caller]
    pub(crate) fn refuses(&self, command: &D::Command, code: &str) -> Refusal {
        let refusal = self.state.decide(&self.context, &self.facts, command).unwrap_err();
        assert_eq!(refusal.code, code, "{refusal:?}");
        assert!(!refusal.sentence.is_empty() && !refusal.clears.is_empty());
        refusal
    }

    /// The rules say no because of these fields, and of no others.
    #[track_caller]
    pub(crate) fn faults(&self, command: &D::Command, code: &str, places: &[(&str, &str)]) {
        let refusal = self.refuses(command, code);
        let found: Vec<(&str, &str)> =
            refusal.fields.iter().map(|fault| (fault.pointer.as_str(), fault.code.as_str())).collect();
        assert_eq!(found, places);
    }
}
