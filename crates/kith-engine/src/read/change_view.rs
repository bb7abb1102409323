//! One change as the faces show it: every decision, why that lane, what became of former revisions.

use std::collections::BTreeSet;

use kith_api::view::{
    ChangeView, ConflictView, DecisionView, DiffView, FormerView, GlassView, ReasonView, RebaseView,
    RemarkView, StepView, WarningView,
};
use kith_domain::access::Grant;
use kith_domain::approval::{Change, ChangeState, Decision, Diff, Former, Glass, Remark, Step};
use kith_domain::value::Personal;
use serde_json::Value;

use super::account::flatten;
use crate::caller::Caller;
use crate::engine::Engine;

fn plain(text: &Personal<String>) -> Option<String> {
    text.get().cloned()
}

fn plain_value(value: &Value, personal: bool) -> Value {
    let mut value = value.clone();
    flatten(&mut value, personal);
    value
}

/// What one reader may see of a change.
struct Showing<'e> {
    engine: &'e Engine,
    personal: bool,
}

impl Engine {
    /// One line of a diff, with the names of what ids and codes stand for; personal values only for those who may read them.
    pub(crate) fn diff_line(&self, diff: &Diff, personal: bool) -> DiffView {
        let (before, after) = (plain_value(&diff.before, personal), plain_value(&diff.after, personal));
        self.diff_view(&diff.path, before, after)
    }

    /// One value before and after, with the names of what ids and codes stand for.
    #[must_use]
    pub fn diff_view(&self, path: &str, before: Value, after: Value) -> DiffView {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let label = match parts.as_slice() {
            ["custom", name, ..] => {
                self.organisation().custom_fields.get(*name).map(|field| field.label.clone())
            }
            _ => None,
        };
        let field = parts.iter().rev().find(|part| part.parse::<u64>().is_err() && **part != "value");
        let field = field.copied().unwrap_or_default();
        DiffView {
            path: path.to_owned(),
            label,
            before_name: self.name_of_value(field, &before),
            after_name: self.name_of_value(field, &after),
            before,
            after,
        }
    }

    /// The name of the user or account with an id.
    #[must_use]
    pub fn called(&self, id: &str) -> Option<String> {
        self.name_of_value("", &Value::from(id))
    }

    /// The name behind a value of a field: of a user, an account, or a code of the organisation's.
    pub(crate) fn name_of_value(&self, field: &str, value: &Value) -> Option<String> {
        let text = value.as_str()?;
        match field {
            _ if text.starts_with("usr_") => self.directory().read().manager_name(text).map(str::to_owned),
            _ if text.starts_with("acc_") => {
                let row = self.directory().row(text.parse().ok()?)?;
                self.directory().read().entry(row).map(|entry| entry.name.to_string())
            }
            "payment_terms" | "tax_code" | "default_revenue_account" => {
                let kind = if field == "default_revenue_account" { "revenue_account" } else { field };
                let known = self.organisation().catalogues.get(kind)?.entries.get(text)?.label.clone()?;
                Some(format!("{text} · {known}")).filter(|_| known != text)
            }
            "owning_entity" | "entity" => {
                let organisation = self.organisation();
                let entity = organisation.entities.iter().find(|entity| entity.code.to_string() == text)?;
                Some(entity.name.clone())
            }
            _ => None,
        }
    }

    /// A change as it is shown.
    #[must_use]
    pub fn change_view(&self, caller: &Caller, change: &Change) -> ChangeView {
        let entity = self.entity_of_change(change);
        let personal = caller.principal.may(Grant::PersonalRead, entity.as_ref());
        let showing = Showing { engine: self, personal };
        let submitter =
            change.submitted_by.as_ref().and_then(|actor| actor.user).map(|user| user.to_string());
        let lapsed = change.has_lapsed(self.now());
        let failed = matches!(change.state, ChangeState::Failed | ChangeState::Stale);
        let waits = change.state == ChangeState::Waiting;
        ChangeView {
            id: change.id.to_string(),
            operation: change.operation.map(|operation| operation.as_str().to_owned()).unwrap_or_default(),
            title: self.title_of(change),
            limit_ground: change.command.as_deref().and_then(crate::risk::ground_view),
            lane: change.lane.as_str().to_owned(),
            reasons: change
                .reasons
                .iter()
                .map(|reason| ReasonView { code: reason.code.clone(), text: reason.text.clone() })
                .collect(),
            policy_version: change.policy_version,
            revision: change.revision,
            state: if lapsed { "expired" } else { change.state.as_str() }.to_owned(),
            target: change.targets.first().cloned(),
            steps: change.steps.iter().map(|step| showing.step(step)).collect(),
            diff: change.diff.iter().map(|diff| showing.diff(diff)).collect(),
            warnings: change
                .warnings
                .iter()
                .map(|warning| WarningView {
                    code: warning.code.clone(),
                    text: format!("{}: {}", warning.pointer.trim_start_matches('/'), warning.message),
                })
                .collect(),
            submitted_by_name: submitter.as_deref().and_then(|user| showing.name(user)),
            submitted_by: submitter,
            submitted_at: change.submitted_at.map(|at| at.to_string()).unwrap_or_default(),
            on_behalf_of: change.on_behalf_of.map(|user| user.to_string()),
            due_at: change.due_at().filter(|_| waits).map(|at| at.to_string()),
            expires_at: change.expires_at.map(|at| at.to_string()),
            entity: entity.map(|entity| entity.to_string()),
            credit_effects: Vec::new(),
            group_effect: None,
            deciders: Vec::new(),
            reason: change.reason.as_ref().and_then(plain),
            former: change.former.iter().map(|former| showing.former(former, change)).collect(),
            comments: change.comments.iter().map(|remark| showing.remark(remark)).collect(),
            conflicts: change.conflicts.iter().map(|conflict| showing.conflict(conflict)).collect(),
            rebase: change.rebase.map(|rebase| RebaseView { from: rebase.from, to: rebase.to }),
            break_glass: change.glass.as_ref().map(|glass| showing.glass(glass)),
            result: change.result.as_ref().filter(|_| !failed).and_then(|result| result.as_object().cloned()),
            refusal: change.result.clone().filter(|_| failed),
        }
    }
}

impl Showing<'_> {
    fn name(&self, user: &str) -> Option<String> {
        self.engine.directory().read().manager_name(user).map(str::to_owned)
    }

    fn value(&self, value: &Value) -> Value {
        plain_value(value, self.personal)
    }

    fn diff(&self, diff: &Diff) -> DiffView {
        self.engine.diff_line(diff, self.personal)
    }

    fn conflict(&self, conflict: &kith_domain::approval::Conflict) -> ConflictView {
        ConflictView {
            path: conflict.path.clone(),
            base: self.value(&conflict.base),
            theirs: self.value(&conflict.theirs),
            mine: self.value(&conflict.mine),
        }
    }

    fn step(&self, step: &Step) -> StepView {
        let last = step.decisions.last().map(|decision| self.decision(decision));
        StepView {
            role: step.role.as_str().to_owned(),
            state: step.state.as_str().to_owned(),
            by: last.as_ref().map(|last| last.by.clone()),
            by_name: last.as_ref().and_then(|last| last.by_name.clone()),
            at: last.as_ref().map(|last| last.at.clone()),
            comment: last.and_then(|last| last.comment),
            approvals: step.approvals,
            proof: step.proof.clone(),
            due_at: step.schedule.map(|schedule| schedule.escalate_at.to_string()),
            handed_to: step.roles().skip(1).map(|role| role.as_str().to_owned()).collect(),
            decisions: step.decisions.iter().map(|decision| self.decision(decision)).collect(),
        }
    }

    fn decision(&self, decision: &Decision) -> DecisionView {
        let by = decision.by.to_string();
        let behalf = decision.on_behalf_of.map(|user| user.to_string());
        DecisionView {
            by_name: self.name(&by),
            by,
            on_behalf_of_name: behalf.as_deref().and_then(|user| self.name(user)),
            on_behalf_of: behalf,
            role: decision.role.as_str().to_owned(),
            at: decision.at.to_string(),
            comment: decision.comment.as_ref().and_then(plain),
            batch: decision.batch.clone(),
        }
    }

    fn remark(&self, remark: &Remark) -> RemarkView {
        let by = remark.by.user.map(|user| user.to_string());
        RemarkView {
            by_name: by.as_deref().and_then(|user| self.name(user)),
            by,
            at: remark.at.to_string(),
            text: plain(&remark.text),
        }
    }

    fn glass(&self, glass: &Glass) -> GlassView {
        let decision = self.decision(&glass.decision);
        GlassView {
            by: decision.by,
            by_name: decision.by_name,
            at: decision.at,
            reason: decision.comment,
            review_by: glass.review_by.to_string(),
            review: glass.review.as_ref().map(|remark| self.remark(remark)),
        }
    }

    /// What is asked for now, against what a former revision asked for.
    fn former(&self, former: &Former, now: &Change) -> FormerView {
        let find = |diff: &[Diff], path: &str| diff.iter().find(|diff| diff.path == path).cloned();
        let paths: BTreeSet<&str> =
            former.diff.iter().chain(&now.diff).map(|diff| diff.path.as_str()).collect();
        let since = paths.into_iter().filter_map(|path| {
            let (then, today) = (find(&former.diff, path), find(&now.diff, path));
            // What one of the two leaves alone stays as it is on record.
            let untouched = then.as_ref().or(today.as_ref()).map(|diff| diff.before.clone())?;
            let before = then.map_or_else(|| untouched.clone(), |diff| diff.after);
            let after = today.map_or(untouched, |diff| diff.after);
            let diff = Diff { path: path.to_owned(), before, after };
            (diff.before != diff.after).then(|| self.diff(&diff))
        });
        FormerView {
            revision: former.revision,
            decisions: former.decisions.iter().map(|decision| self.decision(decision)).collect(),
            edited_by_name: former.edited_by.user.and_then(|user| self.name(&user.to_string())),
            edited_at: former.edited_at.to_string(),
            since: since.collect(),
        }
    }
}
