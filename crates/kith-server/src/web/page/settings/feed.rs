//! Feeds of files, and the mappings that were saved.

use kith_api::view::{FeedView, MappingView};
use kith_template::html;
use maud::Markup;

use super::{heading, within};
use crate::web::part::field::{Line, Said, Typed, codes};
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::shell::Shell;
use crate::web::words::t;

/// What the page shows, and what was typed.
#[derive(Debug, Clone, Default)]
pub struct FeedsPage {
    /// The feeds.
    pub feeds: Vec<FeedView>,
    /// The mappings.
    pub mappings: Vec<MappingView>,
    /// Codes of the legal entities.
    pub entities: Vec<String>,
    /// A form that was not taken.
    pub typed: Option<Typed>,
}

/// The page.
#[must_use]
pub fn feeds(shell: &Shell, page: &FeedsPage) -> Markup {
    let content = html! {
        (heading(t("Feeds and mappings"), t("A feed takes files at its address or from a watched folder, and imports each by its rules. A mapping says which column is which field.")))
        section .card aria-labelledby="feeds" {
            header { h2 #feeds { "Feeds" } span .sm .muted .push .num { (page.feeds.len()) } }
            @if page.feeds.is_empty() {
                (empty(Icon::Upload, t("No feeds yet"), &html! { "Save one below, then post files to its address." }))
            } @else { ul .list { @for feed in &page.feeds { (feed_line(shell, feed)) } } }
            (save(shell, page))
        }
        section .card aria-labelledby="mappings" {
            header { h2 #mappings { "Mappings" } span .sm .muted .push .num { (page.mappings.len()) } }
            @if page.mappings.is_empty() {
                (empty(Icon::Columns, t("No mappings yet"), &html! { "Save one from the report of an " a .ul href="/imports" { "import" } "." }))
            } @else { ul .list { @for mapping in &page.mappings { (mapping_line(shell, mapping)) } } }
        }
    };
    within(shell, t("Feeds and mappings"), &content)
}

fn feed_line(shell: &Shell, feed: &FeedView) -> Markup {
    html! {
        li {
            span .grow .stack .x {
                span .row .wrap .gap1 { b .mono { (feed.name) } @if feed.folder.is_some() { span .pill { "Watched folder" } } }
                span .sm .muted .broken { "POST " (feed.endpoint) " · ids of " (feed.source_system) @if let Some(entity) = &feed.entity { " · " (entity) } }
            }
            (delete(shell, &format!("/settings/feeds/{}/delete", feed.name), &feed.name))
        }
    }
}

fn mapping_line(shell: &Shell, mapping: &MappingView) -> Markup {
    html! {
        li {
            span .grow .stack .x {
                b { (mapping.name) }
                span .sm .muted { (mapping.columns.len()) " columns" @if let Some(system) = &mapping.system { " · ids of " (system) } }
            }
            (delete(shell, &format!("/settings/mappings/{}/delete", mapping.id), &mapping.name))
        }
    }
}

fn delete(shell: &Shell, action: &str, name: &str) -> Markup {
    html! {
        form method="post" action=(action) {
            (Said::of("delete", None).head(&shell.csrf))
            button .btn .sm .danger type="submit" { "Delete" span .vh { " " (name) } }
        }
    }
}

fn save(shell: &Shell, page: &FeedsPage) -> Markup {
    let said = Said::of("feed", page.typed.as_ref());
    let none = |title: &str| (String::new(), title.to_owned());
    let entities: Vec<_> =
        std::iter::once(none(t("None"))).chain(codes(page.entities.iter().map(String::as_str))).collect();
    let mappings: Vec<_> = std::iter::once(none(t("By its headers")))
        .chain(page.mappings.iter().map(|mapping| (mapping.id.clone(), mapping.name.clone())))
        .collect();
    let formats: Vec<_> =
        std::iter::once(none(t("As its content says"))).chain(codes(["csv", "xlsx", "iif"])).collect();
    let seen = codes(["update", "skip", "error"]);
    html! {
        details .body open[said.is_refused()] {
            summary .btn .sm { (Icon::Plus.small()) "Save a feed" }
            form #feed .asked .row-form method="post" action="/settings/feeds" {
                (said.head(&shell.csrf))
                (said.line(&Line { most: 64, ..Line::must("name", t("Name")).help(t("a–z, 0–9, - and _: its address")) }, ""))
                (said.choice("format", t("Format"), &formats, ""))
                (said.line(&Line { most: 64, ..Line::may("source_system", t("System of the ids")) }, ""))
                (said.choice("entity", t("Entity of rows without one"), &entities, ""))
                (said.choice("mapping_id", t("Mapping"), &mappings, ""))
                (said.choice("on_duplicate", t("Account that is there"), &seen, "update"))
                .stack .x { span .sm .b { "Folder" } (said.tick("watched", t("Watch feeds/<name>"), false)) }
                button .btn .pri type="submit" { "Save" }
            }
        }
    }
}
