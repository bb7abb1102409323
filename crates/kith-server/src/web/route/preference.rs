//! How the reader reads the pages: language, figures, zone.

use axum::response::{IntoResponse, Redirect};
use kith_domain::command::Command;
use kith_domain::user::{Command as UserCommand, Preferences};
use kith_engine::{Answer, Request};

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::session::own_path;
use crate::web::words::t;

/// Keeps what was chosen and goes back to where it was chosen: `next` of the form. Empty members follow the browser.
pub(super) async fn save(sent: Sent) -> Page {
    let (visit, form) = (&sent.visit, &sent.form);
    let Some(id) = visit.caller.principal.user() else { return Err(Miss::not_found()) };
    let chosen = |member: &str| Some(form.text(member)).filter(|text| !text.is_empty()).map(str::to_owned);
    // Theme, density and the like are chosen elsewhere and stay as they are.
    let preferences = Preferences {
        language: chosen("language"),
        locale: chosen("locale"),
        timezone: chosen("timezone"),
        ..visit.caller.preferences.clone()
    };
    let command = Command::User { id, command: UserCommand::SetPreferences { preferences } };
    match visit.engine.execute(&visit.caller, Request::from(command)).await?.answer {
        Answer::Refused(refusal) => Err(Miss::new(422, t("This cannot be done"), sentence(&refusal))),
        Answer::Done(_) | Answer::Waiting(_) => Ok(Redirect::to(own_path(form.text("next"))).into_response()),
    }
}
