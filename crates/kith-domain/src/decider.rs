//! The shape of every noun: decide, then evolve.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::context::Context;
use crate::refusal::Refusal;

/// A noun with rules. `decide` is asked what a command means today; `evolve` alone changes the state.
pub trait Decider: Default + Clone + Serialize + DeserializeOwned {
    /// What may be asked.
    type Command: Clone + Serialize + DeserializeOwned;
    /// What happened. STORED FORMAT: add variants and optional members, never change one.
    type Event: Clone + Serialize + DeserializeOwned;
    /// What the rules need and the noun does not own.
    type Facts;

    /// The events that the command means, none when it is already so, or the refusal.
    ///
    /// # Errors
    /// [`Refusal`] when the rules say no.
    fn decide(
        &self,
        context: &Context,
        facts: &Self::Facts,
        command: &Self::Command,
    ) -> Result<Vec<Self::Event>, Refusal>;

    /// Applies one event. Never fails, never asks the world.
    fn evolve(&mut self, event: &Self::Event);

    /// The stored kind of an event, `noun.verb_past.vN`.
    fn kind(event: &Self::Event) -> &'static str;
}
