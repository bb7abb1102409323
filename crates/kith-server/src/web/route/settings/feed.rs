//! Feeds and mappings: saved and deleted.

use axum::extract::Path;
use kith_api::request::FeedSave;

use super::super::form::Sent;
use super::super::miss::Page;
use super::super::visit::Visit;
use super::{entities, html, said, to};
use crate::web::page::{self, FeedsPage};
use crate::web::part::field::Typed;
use crate::web::shell::Section;

pub(in crate::web::route) async fn show(visit: Visit) -> Page {
    draw(&visit, None).await
}

async fn draw(visit: &Visit, typed: Option<Typed>) -> Page {
    let page = FeedsPage {
        feeds: visit.engine.feeds(&visit.caller).await??.items,
        mappings: visit.engine.mappings(&visit.caller).await??.items,
        entities: entities(visit),
        typed,
    };
    let shell = visit.shell("Feeds and mappings", Section::Settings).await?;
    html(&page::feeds(&shell, &page))
}

pub(in crate::web::route) async fn save(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let request = FeedSave {
        name: form.text("name").to_owned(),
        format: said(form.text("format")),
        source_system: said(form.text("source_system")),
        entity: said(form.text("entity")),
        mapping_id: said(form.text("mapping_id")),
        on_duplicate: said(form.text("on_duplicate")),
        watched: form.text("watched") == "true",
        ..FeedSave::default()
    };
    match visit.engine.feed_save(&visit.caller, request).await? {
        Ok(_) => to("/settings/feeds"),
        Err(refusal) => draw(&visit, Some(Typed::refused(form.members(), &refusal))).await,
    }
}

pub(in crate::web::route) async fn delete(Path(name): Path<String>, sent: Sent) -> Page {
    sent.visit.engine.feed_delete(&sent.visit.caller, &name).await??;
    to("/settings/feeds")
}

pub(in crate::web::route) async fn mapping_delete(Path(id): Path<String>, sent: Sent) -> Page {
    sent.visit.engine.mapping_delete(&sent.visit.caller, &id).await??;
    to("/settings/feeds")
}
