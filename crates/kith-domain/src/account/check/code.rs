//! The rules of what refers to the organisation's catalogues: single codes, and dimensions.

use std::collections::BTreeSet;

use super::super::draft::{DimensionDraft, Draft, RowAction, RowDraft};
use super::super::{Changes, Dimension, RowChange};
use super::Check;
use crate::organisation::{Named, alike};
use crate::team::{TeamCheck, find};
use crate::value::patch::Patched;
use crate::value::{EntityCode, line};

/// Most dimensions of an account.
const DIMENSIONS_MAX: usize = 200;

/// What to say of a code that is not there.
fn unknown(near: &[String]) -> String {
    if near.is_empty() {
        "the organisation has no such code".to_owned()
    } else {
        format!("the organisation has no such code; did you mean {}?", near.join(", "))
    }
}

impl Check<'_> {
    /// A code of a catalogue, whatever its case. Where the organisation has no codes of the kind, any text is one.
    pub(super) fn code(
        &mut self,
        place: &str,
        kind: &str,
        given: &Patched<String>,
        now: Option<&String>,
    ) -> Patched<String> {
        let text = match self.text(place, given, 64)? {
            Some(text) => text,
            None => return Some(None),
        };
        self.known_code(place, kind, text, now).map(Some)
    }

    /// A team of the organisation, for what the entity owns. Where the organisation has no teams, any text is one.
    pub(super) fn team(
        &mut self,
        place: &str,
        given: &Patched<String>,
        entity: Option<&EntityCode>,
    ) -> Patched<String> {
        let text = match self.text(place, given, 100)? {
            Some(text) => text,
            None => return Some(None),
        };
        let entity = entity.unwrap_or(&self.account.owning_entity);
        let (code, message) = match find(&self.facts.teams, &text, entity, self.account.team.as_ref()) {
            TeamCheck::Free => return Some(Some(text)),
            TeamCheck::Code(code) => return Some(Some(code)),
            TeamCheck::Retired => ("team_retired", "this team is retired: choose another".to_owned()),
            TeamCheck::OtherEntity(other) => {
                ("team_of_other_entity", format!("this team works for {other}, not for {entity}"))
            }
            TeamCheck::Unknown(near) if near.is_empty() => {
                ("team_unknown", "there is no such team: choose one of the list of teams".to_owned())
            }
            TeamCheck::Unknown(near) => {
                ("team_unknown", format!("there is no such team; did you mean {}?", near.join(", ")))
            }
        };
        self.fault(place, code, message);
        None
    }

    fn known_code(&mut self, place: &str, kind: &str, text: String, now: Option<&String>) -> Option<String> {
        match self.facts.catalogues.find(kind, &text) {
            Named::Free => Some(text),
            Named::Code(code) => Some(code),
            Named::Retired(code) if now == Some(&code) => Some(code),
            Named::Retired(_) => {
                self.fault(place, "code_retired", "this code is retired: choose another");
                None
            }
            Named::Unknown(near) => {
                self.fault(place, "unknown_code", unknown(&near));
                None
            }
        }
    }

    /// Dimensions have no ids: the kind and the entity name them, and a new value takes the place of the old one.
    pub(super) fn dimensions(&mut self, draft: &Draft, changes: &mut Changes) {
        let mut after = self.account.dimensions.clone();
        let mut seen = BTreeSet::new();
        for row in &draft.dimensions {
            let place = format!("/dimensions/{}", row.at);
            let Some(named) = self.dimension(&place, &row.row, row.action) else { continue };
            if !seen.insert((named.kind.clone(), named.entity.clone())) {
                self.fault(place, "action_duplicate", "one dimension, one action in one request");
                continue;
            }
            let old = after.iter().position(|old| old.same_place(&named));
            match (row.action, old.and_then(|old| after.get(old)).cloned()) {
                (RowAction::Delete, Some(old)) => {
                    after.retain(|row| !row.same_place(&old));
                    changes.dimensions.push(RowChange::Removed(old));
                }
                (RowAction::Delete, None) => {
                    self.fault(place, "row_unknown", "the account has no such dimension");
                }
                (_, Some(old)) if old == named => {}
                (_, Some(_)) => {
                    after.retain(|row| !row.same_place(&named));
                    after.push(named.clone());
                    changes.dimensions.push(RowChange::Updated(named));
                }
                (_, None) => {
                    after.push(named.clone());
                    changes.dimensions.push(RowChange::Added(named));
                }
            }
        }
        if after.len() > DIMENSIONS_MAX {
            self.fault("/dimensions", "too_many", format!("more than {DIMENSIONS_MAX} dimensions"));
        }
        self.mandatory(&draft.dimensions, &after);
    }

    fn dimension(&mut self, place: &str, row: &DimensionDraft, action: RowAction) -> Option<Dimension> {
        let before = self.faults.len();
        let at = |member: &str| format!("{place}/{member}");
        let kinds = &self.facts.catalogues;
        let kind = row.kind.trim().to_owned();
        if !kinds.get(&kind).is_some_and(|kind| kind.dimension) {
            let near = alike(
                &kind,
                kinds.dimensions().map(|(name, kind)| (name.as_str(), Some(kind.label.as_str()))),
            );
            let known: Vec<&str> = kinds.dimensions().map(|(name, _)| name.as_str()).collect();
            let known = if near.is_empty() { known.join(", ") } else { near.join(", ") };
            self.fault(
                at("type"),
                "unknown_code",
                format!("there is no such kind of dimension; there is {known}"),
            );
        }
        let entity = self.entity(&at("entity"), row.entity.as_deref());
        let now = self.account.dimensions.iter().find(|old| old.kind == kind && old.entity == entity);
        let now = now.map(|old| old.value.clone());
        let value = if action == RowAction::Delete {
            String::new()
        } else {
            match line(&row.value, 64) {
                Ok(value) => {
                    let known = self.known_code(&at("value"), &kind, value, now.as_ref());
                    known.unwrap_or_default()
                }
                Err(error) => {
                    self.fault(at("value"), error.code(), error);
                    String::new()
                }
            }
        };
        (self.faults.len() == before).then_some(Dimension { kind, value, entity })
    }

    /// A new account has every mandatory dimension, and none is taken away later. What an account has lacked since before it
    /// became mandatory stops no other edit.
    fn mandatory(&mut self, given: &[RowDraft<(), DimensionDraft>], after: &[Dimension]) {
        let has =
            |rows: &[Dimension], kind: &str| rows.iter().any(|row| row.kind == kind && row.entity.is_none());
        let kinds: Vec<String> = self
            .facts
            .catalogues
            .dimensions()
            .filter(|(kind, catalogue)| {
                let wanted = !self.account.exists() || has(&self.account.dimensions, kind);
                catalogue.mandatory && wanted && !has(after, kind)
            })
            .map(|(kind, _)| kind.clone())
            .collect();
        for kind in kinds {
            if !given.iter().any(|row| row.row.kind.trim() == kind && row.action != RowAction::Delete) {
                self.fault("/dimensions", "required", format!("an account has a {kind}"));
            }
        }
    }
}
