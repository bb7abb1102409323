//! The rules of scorecards: a card that is kept is whole, and says something.

use kith_risk::scorecard::Card;

use super::{Command, Event, Origin, Scorecard, Trained, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::line;

/// Bytes of a card.
const CARD_MAX: usize = 1 << 20;
/// Bytes of a file's name.
const NAME_MAX: usize = 200;
/// Days in which accounts turn out.
const OUTCOME_DAYS: std::ops::RangeInclusive<u16> = 30..=365;

impl Decider for Scorecard {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        let Command::Keep(trained) = command;
        if self.exists() {
            let origin = self.origin.as_ref();
            let same = origin == Some(&trained.origin)
                && self.version == trained.version
                && self.card == trained.card
                && self.data_sha256 == trained.data_sha256;
            return if same { Ok(vec![]) } else { Err(refusal::exists()) };
        }
        let faults = check(trained);
        if !faults.is_empty() {
            return Err(refusal::invalid().with_fields(faults));
        }
        Ok(vec![Event::Trained { trained: trained.clone(), by: context.actor.clone(), at: context.now }])
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Trained { .. } => "scorecard.trained.v1",
        }
    }
}

fn check(trained: &Trained) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut fault = |place: &str, code: &str, message: String| {
        faults.push(FieldFault::new(place, code, message));
    };
    if trained.version == 0 {
        fault("/version", "out_of_range", "the first version is 1".to_owned());
    }
    let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if trained.data_sha256.len() != 64 || !trained.data_sha256.bytes().all(hexadecimal) {
        fault("/data_sha256", "malformed", "expected 64 hexadecimal digits".to_owned());
    }
    match &trained.origin {
        Origin::File { name: Some(name) } => {
            if let Err(error) = line(name, NAME_MAX) {
                fault("/origin/name", error.code(), error.to_string());
            }
        }
        Origin::History { outcome_days, .. } if !OUTCOME_DAYS.contains(outcome_days) => {
            fault("/outcome_days", "out_of_range", "expected 30 to 365 days".to_owned());
        }
        Origin::File { name: None } | Origin::History { .. } => {}
    }
    if trained.card.len() > CARD_MAX {
        fault("/card", "too_long", format!("a card has at most {CARD_MAX} bytes"));
        return faults;
    }
    match serde_json::from_str::<Card>(&trained.card) {
        Err(error) => fault("/card", "malformed", error.to_string()),
        Ok(card) => {
            if let Err(unreadable) = card.check() {
                fault("/card", "malformed", unreadable.0);
            } else if card.variables.is_empty() {
                let message = "no column tells anything of the outcome: such a card gives everybody the same";
                fault("/card", "says_nothing", message.to_owned());
            }
        }
    }
    faults
}
