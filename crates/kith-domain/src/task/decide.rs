//! The rules of tasks.

use jiff::civil::Date;

use super::{Command, Event, Task, TaskState, Work, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{Personal, TaskId, line};

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Whether the assignee is an active user.
    pub assignee_known: bool,
}

impl Decider for Task {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        let (by, at) = (context.actor.clone(), context.now);
        match command {
            Command::Open { .. } if self.exists() => Err(refusal::exists()),
            Command::Open { id, work } => opened(context, facts, *id, work).map(|event| vec![event]),
            _ if !self.exists() => Err(refusal::not_found()),
            Command::Finish => match self.state {
                TaskState::Done => Ok(vec![]),
                TaskState::Cancelled => Err(refusal::closed()),
                TaskState::Open => Ok(vec![Event::Done { by, at }]),
            },
            Command::Cancel => match self.state {
                TaskState::Cancelled => Ok(vec![]),
                TaskState::Done => Err(refusal::closed()),
                TaskState::Open => Ok(vec![Event::Cancelled { by, at }]),
            },
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Opened { .. } => "task.opened.v1",
            Event::Done { .. } => "task.done.v1",
            Event::Cancelled { .. } => "task.cancelled.v1",
        }
    }
}

fn opened(context: &Context, facts: &Facts, id: TaskId, work: &Work) -> Result<Event, Refusal> {
    let mut faults = Vec::new();
    let kind = work.kind.trim().to_owned();
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if kind.is_empty() || kind.len() > 60 || !kind.bytes().all(word) {
        faults.push(FieldFault::new("/kind", "kind_invalid", "expected a code such as call_back"));
    }
    let given = work.title.get().map_or("", String::as_str);
    let title = line(given, 300).unwrap_or_else(|error| {
        faults.push(FieldFault::new("/title", error.code(), error.to_string()));
        String::new()
    });
    let due = work.due.as_deref().and_then(|text| {
        let day = text.trim().parse::<Date>().ok();
        if day.is_none() {
            faults.push(FieldFault::new("/due", "date_invalid", "expected a date such as 2026-01-31"));
        }
        day
    });
    if work.assignee.is_some() && !facts.assignee_known {
        faults.push(FieldFault::new("/assignee", "user_unknown", "there is no such active user"));
    }
    if !faults.is_empty() {
        return Err(refusal::invalid().with_fields(faults));
    }
    Ok(Event::Opened {
        id,
        account: work.account,
        kind,
        title: Personal { subject: work.title.subject.clone(), value: Some(title) },
        due,
        assignee: work.assignee,
        cause: work.cause.clone(),
        by: context.actor.clone(),
        at: context.now,
    })
}
