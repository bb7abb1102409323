//! Changes of the fields of a form that wait already.

use kith_api::view::{ChangeView, DiffView};
use kith_engine::ChangeRequest;

use super::super::miss::Miss;
use super::super::visit::Visit;
use crate::web::page::edit::{EditPage, Subject, Waiting};
use crate::web::part::diff;

/// Changes that are looked at.
const LOOKED_AT: usize = 50;

/// The changes that wait, by the fields of the form that they touch.
pub(super) async fn waiting(visit: &Visit, page: &EditPage) -> Result<Vec<Waiting>, Miss> {
    let request = ChangeRequest {
        state: Some("waiting".to_owned()),
        account: Some(page.account.id.clone()),
        limit: LOOKED_AT,
        ..ChangeRequest::default()
    };
    // Who may not read changes is not told of them.
    let Ok(found) = visit.engine.changes(&visit.caller, request).await? else { return Ok(Vec::new()) };
    Ok(found.items.iter().flat_map(|change| of_change(page, change)).collect())
}

fn of_change(page: &EditPage, change: &ChangeView) -> Vec<Waiting> {
    let row = match page.subject {
        Subject::Contact(_) => Some("/contacts"),
        Subject::Address(_) => Some("/addresses"),
        Subject::Account | Subject::New => None,
    };
    let one = |field: &str, value: String| Waiting {
        field: field.to_owned(),
        change: change.id.clone(),
        by: change.submitted_by_name.clone(),
        at: change.submitted_at.clone(),
        value,
    };
    if let Some(row) = row {
        let touches = change.diff.iter().any(|line| line.path.starts_with(row));
        return if touches { vec![one("", String::new())] } else { Vec::new() };
    }
    let touched = page.fields.iter().filter_map(|field| {
        let line = change.diff.iter().find(|line| is_of(page, line, &field.id))?;
        Some(one(&field.id, diff::after(line)))
    });
    touched.collect()
}

/// Whether a line of a change is about a field, as the entity that is edited has it.
fn is_of(page: &EditPage, line: &DiffView, field: &str) -> bool {
    let path = format!("/{}", field.replace('.', "/"));
    let place = match &page.entity {
        Some(entity) => format!("/overrides/{entity}{path}"),
        None => path,
    };
    line.path == place || line.path.strip_prefix(&place).is_some_and(|rest| rest.starts_with('/'))
}
