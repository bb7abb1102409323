//! The rules of teams.

use std::collections::{BTreeMap, BTreeSet};

use super::{Command, Event, Team, TeamDraft, refusal, team_code};
use crate::access::{Grant, RoleGrant, grants};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{EntityCode, UserId, line};

/// Most members of a team.
const MEMBERS_MAX: usize = 1_000;

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The legal entities.
    pub entities: BTreeSet<EntityCode>,
    /// Of the users of [`wanted_users`], those that are active, and their roles.
    pub users: BTreeMap<UserId, Vec<RoleGrant>>,
}

/// The users whom the rules ask about: those named, and those who are members already.
#[must_use]
pub fn wanted_users(team: &Team, command: &Command) -> BTreeSet<UserId> {
    let mut wanted = team.members.clone();
    match command {
        Command::Create { draft, .. } | Command::Update { draft } => {
            let named = draft.members.iter().flatten().flatten().chain(draft.lead.iter().flatten());
            wanted.extend(named.filter_map(|id| id.trim().parse::<UserId>().ok()));
        }
        Command::AddMember { user } => {
            wanted.insert(*user);
        }
        Command::RemoveMember { .. } => {}
    }
    wanted
}

/// What a draft comes to.
#[derive(PartialEq)]
struct Checked {
    name: String,
    lead: Option<UserId>,
    entity: Option<EntityCode>,
    members: BTreeSet<UserId>,
    retired: bool,
}

impl Decider for Team {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = context.now;
        match command {
            Command::Create { .. } if self.exists() => Err(refusal::exists()),
            Command::Create { code, draft } => {
                let code = team_code(code);
                let mut faults = Vec::new();
                let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
                if !(1..=40).contains(&code.len()) || !code.bytes().all(allowed) {
                    let message = "expected 1 to 40 letters, digits, _ - or .";
                    faults.push(FieldFault::new("/code", "code_invalid", message));
                }
                let Checked { name, lead, entity, members, .. } = self.check(facts, draft, faults)?;
                Ok(vec![Event::Created { code, name, lead, entity, members, at }])
            }
            _ if !self.exists() => Err(refusal::not_found()),
            Command::Update { draft } => {
                let next = self.check(facts, draft, Vec::new())?;
                if next == self.as_checked() {
                    return Ok(vec![]);
                }
                let Checked { name, lead, entity, members, retired } = next;
                Ok(vec![Event::Updated { name, lead, entity, members, retired, at }])
            }
            Command::AddMember { user } if self.members.contains(user) => Ok(vec![]),
            Command::AddMember { user } => {
                let mut faults = Vec::new();
                member(facts, *user, self.entity.as_ref(), "/user", &mut faults);
                if self.members.len() >= MEMBERS_MAX {
                    faults.push(FieldFault::new(
                        "/user",
                        "too_many",
                        format!("at most {MEMBERS_MAX} members"),
                    ));
                }
                if faults.is_empty() {
                    Ok(vec![Event::MemberAdded { user: *user, at }])
                } else {
                    Err(refusal::invalid().with_fields(faults))
                }
            }
            Command::RemoveMember { user } if self.lead == Some(*user) => Err(refusal::leads()),
            Command::RemoveMember { user } if self.members.contains(user) => {
                Ok(vec![Event::MemberRemoved { user: *user, at }])
            }
            Command::RemoveMember { .. } => Ok(vec![]),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Created { .. } => "team.created.v1",
            Event::Updated { .. } => "team.updated.v1",
            Event::MemberAdded { .. } => "team.member_added.v1",
            Event::MemberRemoved { .. } => "team.member_removed.v1",
        }
    }
}

/// A member is an active user; in the team of an entity, one whose roles reach that entity's accounts.
fn member(
    facts: &Facts,
    user: UserId,
    entity: Option<&EntityCode>,
    place: &str,
    faults: &mut Vec<FieldFault>,
) {
    let Some(roles) = facts.users.get(&user) else {
        faults.push(FieldFault::new(place, "user_unknown", "there is no such active user"));
        return;
    };
    let reads = |held: &RoleGrant| {
        grants(held.role).contains(&Grant::AccountsRead) && (entity.is_none() || held.reaches(entity))
    };
    if !roles.iter().any(reads) {
        let message = match entity {
            Some(entity) => {
                format!("this user has no role that reaches accounts of {entity}: give one first")
            }
            None => "this user has no role that reaches accounts: give one first".to_owned(),
        };
        faults.push(FieldFault::new(place, "member_out_of_reach", message));
    }
}

impl Team {
    fn as_checked(&self) -> Checked {
        Checked {
            name: self.name.clone(),
            lead: self.lead,
            entity: self.entity.clone(),
            members: self.members.clone(),
            retired: self.retired,
        }
    }

    fn check(
        &self,
        facts: &Facts,
        draft: &TeamDraft,
        mut faults: Vec<FieldFault>,
    ) -> Result<Checked, Refusal> {
        let mut next = self.as_checked();
        if draft.name.is_some() || !self.exists() {
            match line(draft.name.iter().flatten().next().map_or("", String::as_str), 100) {
                Ok(name) => next.name = name,
                Err(error) => faults.push(FieldFault::new("/name", error.code(), error.to_string())),
            }
        }
        if let Some(given) = &draft.entity {
            let code = given.as_ref().and_then(|code| code.trim().parse::<EntityCode>().ok());
            next.entity = code.filter(|code| facts.entities.contains(code));
            if given.is_some() && next.entity.is_none() {
                let known: Vec<&str> = facts.entities.iter().map(EntityCode::as_str).collect();
                let message = format!("expected the code of a legal entity: {}", known.join(", "));
                faults.push(FieldFault::new("/entity", "entity_unknown", message));
            }
        }
        next.retired = draft.retired.map_or(self.retired, Option::unwrap_or_default);
        let moved = next.entity != self.entity;
        if let Some(given) = &draft.members {
            next.members = members(facts, given.as_deref().unwrap_or_default(), &mut faults);
        }
        for (place, user) in next.members.iter().enumerate() {
            // Who is a member already stays one, unless the team goes to another entity.
            if moved || !self.members.contains(user) {
                member(facts, *user, next.entity.as_ref(), &format!("/members/{place}"), &mut faults);
            }
        }
        if let Some(given) = &draft.lead {
            next.lead = given.as_ref().and_then(|id| id.trim().parse().ok());
            if given.is_some() && next.lead.is_none() {
                faults.push(FieldFault::new("/lead", "user_unknown", "there is no such active user"));
            }
        }
        if next.lead.is_some_and(|lead| !next.members.contains(&lead)) {
            let message = "whoever leads a team is one of its members: add them first";
            faults.push(FieldFault::new("/lead", "lead_not_member", message));
        }
        if faults.is_empty() { Ok(next) } else { Err(refusal::invalid().with_fields(faults)) }
    }
}

/// The members of a list, each once.
fn members(facts: &Facts, given: &[String], faults: &mut Vec<FieldFault>) -> BTreeSet<UserId> {
    if given.len() > MEMBERS_MAX {
        faults.push(FieldFault::new("/members", "too_many", format!("at most {MEMBERS_MAX} members")));
        return BTreeSet::new();
    }
    let mut found = BTreeSet::new();
    for (place, text) in given.iter().enumerate() {
        match text.trim().parse::<UserId>() {
            Ok(user) if facts.users.contains_key(&user) => {
                found.insert(user);
            }
            _ => {
                let message = "there is no such active user";
                faults.push(FieldFault::new(format!("/members/{place}"), "user_unknown", message));
            }
        }
    }
    found
}
