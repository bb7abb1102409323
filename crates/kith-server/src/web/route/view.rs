//! Saving the state of the list under a name.

use axum::response::{IntoResponse, Redirect};
use kith_domain::command::Command;
use kith_domain::value::ViewId;
use kith_domain::view::{Command as ViewCommand, Layout};
use kith_engine::{Answer, ListRequest, Request};
use kith_template::say;

use super::accounts;
use super::form::{Form, Sent};
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::link::Link;

pub(super) async fn save(sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    match keep(&visit, &form).await? {
        Ok(id) => Ok(Redirect::to(&Link::to("/accounts").with("view", &id).done()).into_response()),
        Err(reason) => {
            // The list as it was, and why it has no name yet.
            visit.query = ["q", "f", "sort", "cols"]
                .iter()
                .map(|name| ((*name).to_owned(), form.text(name).to_owned()))
                .collect();
            let mut page = accounts::read(&visit).await?;
            page.refused = Some(say!("The view was not saved. {reason}"));
            accounts::draw(&visit, &page).await
        }
    }
}

/// Keeps the view; gives its id, or why it was not kept.
async fn keep(visit: &Visit, form: &Form) -> Result<Result<String, String>, Miss> {
    let text = |name: &str| form.text(name).to_owned();
    let columns: Vec<String> =
        form.text("cols").split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect();
    // A view that cannot run is not kept.
    let trial = ListRequest {
        filter: text("f"),
        sort: text("sort"),
        fields: columns.clone(),
        limit: Some(1),
        ..ListRequest::default()
    };
    if let Err(refusal) = visit.engine.list(&visit.caller, &trial) {
        return Ok(Err(sentence(&refusal)));
    }
    let id = ViewId(visit.engine.new_uuid()?);
    let layout = Layout {
        name: text("name"),
        shared: form.text("shared") == "true",
        question: Some(text("q")).filter(|question| !question.is_empty()),
        filter: text("f"),
        sort: text("sort"),
        columns,
    };
    let command = Command::View { id, command: ViewCommand::Save { id, layout } };
    Ok(match visit.engine.execute(&visit.caller, Request::from(command)).await?.answer {
        Answer::Refused(refusal) => Err(sentence(&refusal)),
        Answer::Done(receipt) => Ok(receipt.id),
        Answer::Waiting(_) => Ok(id.to_string()),
    })
}
