//! The lists of screening: what is in force, loading one, retiring one.

use axum::extract::{Path, Request};
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::refusal::Refusal;

use crate::rest::screening::read_lists;
use crate::web::page::{self, ScreeningListsPage};
use crate::web::route::form::Sent;
use crate::web::route::miss::{Miss, Page, refused, sentence};
use crate::web::route::visit::Visit;
use crate::web::shell::Section;
use crate::web::words::t;

pub(in crate::web::route) async fn show(visit: Visit) -> Page {
    draw(&visit, (String::new(), None)).await
}

async fn draw(visit: &Visit, (name, refusal): (String, Option<Refusal>)) -> Page {
    let fault = |code: &str| refusal.as_ref().is_some_and(|refusal| refusal.code == code);
    let page = ScreeningListsPage {
        lists: visit.engine.screening_lists(&visit.caller).await??.items,
        may_load: visit.caller.principal.may(Grant::ListsWrite, None),
        name,
        fault: refusal.as_ref().map(sentence),
        shrunk: fault("screening.list_shrunk"),
        at_name: fault("screening.list_invalid"),
    };
    let shell = visit.shell(t("Lists"), Section::Screening).await?;
    let drawn = Html(page::screening_lists(&shell, &page).into_string()).into_response();
    Ok(refused(drawn, refusal.as_ref()))
}

/// Takes in the files of a list. Its token comes with the form: nothing is read before it fits.
pub(in crate::web::route) async fn load(visit: Visit, request: Request) -> Page {
    let (parts, body) = request.into_parts();
    let unread = || {
        Miss::new(
            400,
            t("This form cannot be read"),
            t("Nothing was changed. Go back, and choose the files again."),
        )
    };
    let form = read_lists(&parts.headers, body).await.map_err(|_| unread())?;
    if !visit.engine.csrf_fits(&visit.session, form.text("csrf")) {
        return Err(Miss::stale_form());
    }
    let (name, smaller) = (form.text("name").to_owned(), form.text("smaller") == "true");
    match visit.engine.load_screening_list(&visit.caller, &name, form.files, smaller).await? {
        Ok(_) => Ok(Redirect::to("/screening/lists").into_response()),
        Err(refusal) => draw(&visit, (name, Some(refusal))).await,
    }
}

pub(in crate::web::route) async fn retire(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, .. } = sent;
    match visit.engine.retire_screening_list(&visit.caller, &name).await? {
        Ok(_) => Ok(Redirect::to("/screening/lists").into_response()),
        Err(refusal) => draw(&visit, (name, Some(refusal))).await,
    }
}
