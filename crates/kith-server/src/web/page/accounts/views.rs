//! The saved views that the reader sees: open, pin, give away, rename, delete.

use kith_api::view::SavedView;
use kith_template::html;
use maud::Markup;

use crate::web::link::Link;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::shell::{Frame, Shell, framed};

/// The state of the page.
#[derive(Debug, Clone, Default)]
pub struct ViewsPage {
    /// The views, those that are pinned first.
    pub views: Vec<SavedView>,
    /// Teams of the reader: code and name.
    pub teams: Vec<(String, String)>,
    /// Why what was asked for was not done.
    pub fault: Option<String>,
}

/// The page.
#[must_use]
pub fn views(shell: &Shell, page: &ViewsPage) -> Markup {
    let frame = Frame {
        above: &[("Accounts", "/accounts")],
        here: "Saved views",
        kind: "views",
        account: None,
        wide: false,
    };
    let (own, others): (Vec<&SavedView>, Vec<&SavedView>) = page.views.iter().partition(|view| view.own);
    let content = html! {
        .head { .stack .x {
            h1 { "Saved views" }
            p .muted { "A view is a name for a state of the list. Its address can be sent to whoever sees it." }
        } }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        (card(shell, page, "Yours", &own))
        (card(shell, page, "Of your teams and of everybody", &others))
    };
    framed(shell, &frame, &content)
}

fn card(shell: &Shell, page: &ViewsPage, title: &str, views: &[&SavedView]) -> Markup {
    html! {
        section .card aria-label=(title) {
            header { h2 { (title) } span .sm .muted .push .num { (views.len()) } }
            @if views.is_empty() {
                (empty(Icon::Bookmark, "None yet", &html! { "Ask for accounts, then keep what you see under a name." }))
            } @else {
                ul .list { @for view in views { (line(shell, page, view)) } }
            }
        }
    }
}

fn line(shell: &Shell, page: &ViewsPage, view: &SavedView) -> Markup {
    let open = Link::to("/accounts").always("view", &view.id).done();
    html! {
        li .wraps id=(view.id) {
            a .grow .stack .x href=(open) {
                span .b { (view.name) }
                span .sm .muted .mono .broken { @if view.filter.is_empty() { "all accounts" } @else { (view.filter) } }
            }
            @if view.pinned { span .pill { "Pinned" } }
            @if let Some(team) = &view.team { span .pill .acc { "Team " (team) } }
            @if view.shared { span .pill .acc { "Everybody" } }
            @if view.own { (own(shell, page, view)) }
        }
    }
}

fn own(shell: &Shell, page: &ViewsPage, view: &SavedView) -> Markup {
    let id = |member: &str| format!("{member}-{}", view.id);
    html! {
        details .menu .down {
            summary .btn .sm { "Change" (Icon::Down.small()) }
            form .panel method="post" action=(format!("/views/{}", view.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                label .sm .b for=(id("name")) { "Name" }
                input #(id("name")) .field name="name" required maxlength="80" value=(view.name);
                label .sm .b for=(id("for")) { "Who sees it" }
                select #(id("for")) .field name="for" {
                    option value="" selected[!view.shared && view.team.is_none()] { "Only me" }
                    @for (code, name) in &page.teams {
                        option value=(format!("team:{code}")) selected[view.team.as_ref() == Some(code)] { "My team " (name) }
                    }
                    option value="everybody" selected[view.shared] { "Everybody" }
                }
                label .row .sm { input type="checkbox" name="pinned" value="true" checked[view.pinned]; "Pinned in the navigation" }
                .row {
                    button .btn .pri .sm type="submit" { "Save" }
                    button .btn .sm .danger .push type="submit" name="delete" value="true" { "Delete" }
                }
            }
        }
    }
}
