//! The rules of saved views.

use std::collections::BTreeSet;

use super::{Command, Event, Layout, View, refusal};
use crate::context::{ActorKind, Context};
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{TextError, line};

/// Narrowest and widest column, in pixels.
pub const WIDTH_LEAST: u16 = 48;
/// See [`WIDTH_LEAST`].
pub const WIDTH_MOST: u16 = 800;

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Whether the actor administers the installation, and may delete what others share.
    pub is_admin: bool,
    /// The codes of the teams that the actor is in.
    pub teams: BTreeSet<String>,
}

impl Decider for View {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        let actor = &context.actor;
        let own = actor.kind == ActorKind::System || self.owner == actor.user;
        // What one may not see, one may not learn of: but its id is taken.
        let seen = !self.layout.usual && (self.layout.shared || self.is_of(&facts.teams));
        let hidden = !own && !seen && !facts.is_admin;
        match command {
            Command::Save { id, layout } => {
                if self.exists() && !own {
                    return Err(if hidden { refusal::not_found() } else { refusal::not_own() });
                }
                let layout = checked_layout(layout, facts)?;
                if self.exists() && self.layout == layout {
                    return Ok(vec![]);
                }
                let owner = if self.exists() { self.owner } else { actor.user };
                Ok(vec![Event::Saved { id: *id, owner, layout, at: context.now }])
            }
            Command::Delete => {
                if self.deleted_at.is_some() && own {
                    return Ok(vec![]);
                }
                if !self.exists() || hidden {
                    return Err(refusal::not_found());
                }
                if !own && !facts.is_admin {
                    return Err(refusal::not_own());
                }
                Ok(vec![Event::Deleted { at: context.now }])
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Saved { .. } => "view.saved.v1",
            Event::Deleted { .. } => "view.deleted.v1",
        }
    }
}

/// Bounds only: whether filter and sort mean something is for the filter language to say, before and on every use.
fn checked_layout(layout: &Layout, facts: &Facts) -> Result<Layout, Refusal> {
    let mut faults = Vec::new();
    let mut check = |text: &str, most: usize, place: String, required: bool| match line(text, most) {
        Ok(text) => text,
        Err(TextError::Empty) if !required => String::new(),
        Err(error) => {
            faults.push(FieldFault::new(place, error.code(), error.to_string()));
            String::new()
        }
    };
    let checked = Layout {
        name: check(&layout.name, 100, "/name".into(), true),
        shared: layout.shared && !layout.usual,
        team: layout.team.clone().filter(|_| !layout.usual),
        pinned: layout.pinned && !layout.usual,
        usual: layout.usual,
        widths: layout.widths.clone(),
        question: layout
            .question
            .as_ref()
            .map(|text| check(text, 1000, "/question".into(), false))
            .filter(|text| !text.is_empty()),
        filter: check(&layout.filter, 8000, "/filter".into(), false),
        sort: check(&layout.sort, 500, "/sort".into(), false),
        columns: layout
            .columns
            .iter()
            .enumerate()
            .map(|(index, text)| check(text, 100, format!("/columns/{index}"), true))
            .collect(),
    };
    if let Some(team) = layout.team.as_ref().filter(|team| !facts.is_admin && !facts.teams.contains(*team)) {
        let message = format!("you are in no team {team:?}");
        faults.push(FieldFault::new("/team", "team_unknown", message));
    }
    for (column, width) in &layout.widths {
        if !(WIDTH_LEAST..=WIDTH_MOST).contains(width) || column.len() > 100 {
            let message = format!("a column is {WIDTH_LEAST} to {WIDTH_MOST} pixels wide");
            faults.push(FieldFault::new(format!("/widths/{column}"), "out_of_range", message));
        }
    }
    if layout.widths.len() > 100 {
        faults.push(FieldFault::new("/widths", "too_many", "more than 100 widths"));
    }
    if layout.columns.len() > 100 {
        faults.push(FieldFault::new("/columns", "too_many", "more than 100 columns"));
    }
    if faults.is_empty() { Ok(checked) } else { Err(refusal::invalid().with_fields(faults)) }
}
