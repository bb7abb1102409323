//! The frame around a page.

use kith_template::html;
use maud::{DOCTYPE, Markup, PreEscaped};

use super::Shell;
use super::nav::{Entry, Group, TABS, counted, entries, group_of, is_tab, names, waiting};
use super::palette::dialogs;
use crate::web::asset::href;
use crate::web::link::Link;
use crate::web::number::count;
use crate::web::part::avatar;
use crate::web::part::icon::Icon;
use crate::web::words::{reader, script, t};

/// What a page gives to its frame.
#[derive(Debug)]
pub(crate) struct Frame<'a> {
    /// Pages above this one: title and address.
    pub(crate) above: &'a [(&'a str, &'a str)],
    /// This page, in the breadcrumb.
    pub(crate) here: &'a str,
    /// Attributes of the live page: `accounts`, `account` or nothing.
    pub(crate) kind: &'a str,
    /// `acc_…` that the page is about.
    pub(crate) account: Option<&'a str>,
    /// The content takes the whole width without padding.
    pub(crate) wide: bool,
}

/// A page inside sidebar, top bar and tab bar.
pub(crate) fn framed(shell: &Shell, frame: &Frame<'_>, content: &Markup) -> Markup {
    let live = shell.live && matches!(frame.kind, "accounts" | "account" | "import" | "home" | "inbox");
    let topics = topics(frame.kind).join(",");
    html! {
        (DOCTYPE)
        html lang=(reader().tag()) data-theme=[other(shell.look.theme.as_deref(), "system")]
            data-density=[other(shell.look.density.as_deref(), "comfortable")] data-font=[other(shell.look.font.as_deref(), "inter")]
            data-keys=[(shell.look.shortcuts == Some(false)).then_some("off")] {
            (head(&shell.title, shell.look.font.as_deref()))
            body data-page=(frame.kind) data-reader=(shell.reader.id) data-kept=(t("What you typed was kept.")) data-discard=(t("Discard"))
                data-offline=(t("There is no connection. Nothing was sent, and what you typed is kept: try again."))
                data-account=[frame.account] data-texts=[script()] data-locale=(reader().place()) data-zone=[shell.clock.zone.iana_name()]
                data-live=[shell.live.then(|| format!("/api/v1/stream?topics={topics}"))] data-shows=[live.then_some("live")] {
                a .skip href="#main" { "Skip to content" }
                p #offline .offline role="status" hidden { "There is no connection. What you see may be old; what you type is kept." }
                .app {
                    (sidebar(shell))
                    .wrap {
                        (top_bar(shell, frame))
                        main #main tabindex="-1" .page[!frame.wide] { (content) (printed(shell)) }
                    }
                    (tab_bar(shell))
                }
                (dialogs(&shell.counts))
            }
        }
    }
}

/// What a page listens to.
pub(crate) fn topics(kind: &str) -> Vec<&'static str> {
    let mut topics = vec!["change", "account", "contract", "alert", "notification", "import", "work"];
    if matches!(kind, "accounts" | "account" | "home") {
        topics.extend(["profile", "touchpoint", "day"]);
    }
    topics
}

/// On paper: when and for whom the page was printed.
fn printed(shell: &Shell) -> Markup {
    let now = shell.clock.now.to_string();
    html! { p .printed { "Kith · " (shell.title) " · " (shell.clock.exact(&now)) " · " (shell.reader.name) } }
}

/// A page on its own: sign-in and errors. `kind` is what its script goes by.
pub(crate) fn bare(kind: &str, title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(reader().tag()) {
            (head(title, None))
            body data-page=(kind) { main #main .alone { (content) } }
        }
    }
}

/// The product's mark.
pub(crate) fn mark() -> Markup {
    const STROKES: &str = r#"<svg viewBox="0 0 24 24" width="15" height="15" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" aria-hidden="true"><path d="M7 4v16M7 13.5 16.5 5M10.8 10.4 17.5 20"/></svg>"#;
    html! { span .mark { (PreEscaped(STROKES)) } }
}

/// What was chosen, unless it is what holds anyway.
fn other<'a>(chosen: Option<&'a str>, usual: &str) -> Option<&'a str> {
    chosen.filter(|chosen| *chosen != usual)
}

fn head(title: &str, font: Option<&str>) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) " · Kith" }
            meta name="description" content=(t("Kith, the living customer account"));
            meta name="theme-color" media="(prefers-color-scheme: light)" content="#f7f6f3";
            meta name="theme-color" media="(prefers-color-scheme: dark)" content="#121211";
            link rel="icon" href=(href("icon.svg")) type="image/svg+xml";
            link rel="apple-touch-icon" href=(href("icon-touch-180.png"));
            link rel="manifest" href=(href("manifest.webmanifest"));
            script src=(href("kith-theme.js")) {}
            @if font != Some("system") { link rel="preload" href="/assets/inter-latin.woff2" as="font" type="font/woff2" crossorigin; }
            link rel="stylesheet" href=(href("kith.css"));
            script src=(href("kith.js")) defer {}
            script src=(href("kith-palette.js")) defer {}
            script src=(href("kith-form.js")) defer {}
            script src=(href("kith-desk.js")) defer {}
        }
    }
}

/// The count beside an entry, which changes while the page is open.
fn badge(name: &'static str, text: &str, hot: bool) -> Markup {
    html! {
        @if !name.is_empty() { span .cnt .hot[hot] data-count=(name) hidden[text.is_empty()] { (text) } }
    }
}

/// A link of the navigation.
fn link(shell: &Shell, entry: &Entry) -> Markup {
    let (name, letter) = names(entry.section);
    html! {
        a href=(entry.href) data-jump=[Some(letter).filter(|letter| !letter.is_empty())]
            aria-current=[(entry.section == shell.active).then_some("page")] {
            (entry.icon.show()) (entry.title) (badge(name, &counted(entry), entry.hot))
        }
    }
}

/// Pinned views beside every page; all of them are a page of their own.
const PINNED: usize = 3;

/// A group of the navigation: open, unless the reader has folded it away.
fn grouped(shell: &Shell, group: Group) -> Markup {
    let entries = entries(&shell.counts);
    let of: Vec<&Entry> = entries.iter().filter(|entry| group_of(entry.section) == group).collect();
    html! {
        @if group == Group::Own { @for entry in &of { (link(shell, entry)) } }
        @else if !of.is_empty() {
            details open #(group.id()) {
                summary { (Icon::Down.small()) (group.title()) (badge(group.id(), &waiting(of.iter().copied()), true)) }
                @for entry in &of { (link(shell, entry)) }
            }
        }
    }
}

fn sidebar(shell: &Shell) -> Markup {
    html! {
        aside .side aria-label="Workspace" {
            a .brand href="/" { (mark()) "Kith" }
            form .ask role="search" aria-label="Ask from any page" action="/ask" method="get" data-palette {
                (Icon::Search.show())
                label .vh for="jump" { "Ask about your accounts" }
                input #jump .grow name="q" type="search" placeholder="Ask or jump to" autocomplete="off"
                    maxlength="500";
                kbd aria-hidden="true" { "Ctrl" }
                kbd aria-hidden="true" { "K" }
            }
            nav .nav aria-label="Main" {
                @for group in Group::ALL { (grouped(shell, group)) }
            }
            @if !shell.views.is_empty() {
                h2 #saved-views { a href="/views" { "Saved views" } }
                nav .nav aria-labelledby="saved-views" {
                    @for view in shell.views.iter().filter(|view| view.pinned).take(PINNED) {
                        a href=(Link::to("/accounts").always("view", &view.id).done()) {
                            (Icon::Bookmark.show())
                            span .trunc { (view.name) }
                        }
                    }
                }
            }
            .foot {
                (avatar::person(&shell.reader.name))
                span .stack .x {
                    span .b .trunc { (shell.reader.name) }
                    span .xs .muted .trunc { (shell.reader.role_line) }
                }
                (menu(shell, "up", &Icon::Settings.show()))
            }
        }
    }
}

fn top_bar(shell: &Shell, frame: &Frame<'_>) -> Markup {
    html! {
        header .top {
            nav .crumb aria-label="Breadcrumb" {
                @for (title, href) in frame.above {
                    a .hide-s href=(href) { (title) }
                    span .hide-s { (Icon::Right.small()) }
                }
                span aria-current="page" .trunc { (frame.here) }
            }
            span .push .row {
                @if shell.live {
                    span #live .row .sm .muted role="status" hidden { span .dot .good .live-dot {} span { "Live" } }
                }
                a .btn .ghost .mob href="/ask" data-palette { (Icon::Search.show()) span .vh { "Ask or jump" } }
                a .btn .ghost .bell href="/inbox" {
                    (Icon::Bell.show()) span .vh { "Inbox" }
                    (badge("unread", &shell.counts.unread.filter(|unread| *unread > 0).map(count).unwrap_or_default(), true))
                }
                span .mob { (menu(shell, "down", &avatar::person(&shell.reader.name))) }
            }
        }
    }
}

/// Theme and sign-out. The theme needs the script and is hidden without it.
fn menu(shell: &Shell, way: &str, face: &Markup) -> Markup {
    html! {
        details class=(format!("menu push {way}")) {
            summary .btn .ghost { (face) span .vh { "Your settings" } }
            .panel {
                p .scripted .sm .muted { "Theme on this device" }
                .scripted .seg role="group" aria-label="Theme" {
                    button type="button" data-theme-choice="system" aria-pressed="true" { (Icon::Screen.small()) "System" }
                    button type="button" data-theme-choice="light" aria-pressed="false" { (Icon::Sun.small()) "Light" }
                    button type="button" data-theme-choice="dark" aria-pressed="false" { (Icon::Moon.small()) "Dark" }
                }
                a .btn .ghost href="/settings/appearance" { (Icon::Sun.show()) "Appearance" }
                a .btn .ghost href="/settings" { (Icon::Settings.show()) "Settings" }
                a .btn .ghost href="/inbox" { (Icon::Mail.show()) "Inbox" }
                a .btn .ghost href="/docs" { (Icon::Code.show()) "API docs" }
                form method="post" action="/sign-out" {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button .btn type="submit" { (Icon::Leave.show()) "Sign out" }
                }
            }
        }
    }
}

fn tab_bar(shell: &Shell) -> Markup {
    let (mut tabs, more): (Vec<Entry>, Vec<Entry>) = entries(&shell.counts).into_iter().partition(is_tab);
    tabs.sort_by_key(|entry| TABS.iter().position(|section| *section == entry.section));
    let here = more.iter().any(|entry| entry.section == shell.active);
    html! {
        nav .tabbar aria-label="Main, small screen" {
            @for entry in tabs {
                a href=(entry.href) aria-current=[(entry.section == shell.active).then_some("page")] {
                    (entry.icon.large()) (entry.short)
                    @if entry.hot { (badge(names(entry.section).0, &counted(&entry), false)) }
                }
            }
            details .menu .more {
                summary aria-current=[here.then_some("true")] {
                    (Icon::More.large()) "More"
                    (badge("more", &waiting(more.iter()), false))
                }
                .panel .nav {
                    @for group in Group::ALL {
                        @let of: Vec<&Entry> = more.iter().filter(|entry| group_of(entry.section) == group).collect();
                        @if !of.is_empty() && group != Group::Own { p .xs .muted .group { (group.title()) } }
                        @for entry in of { (link(shell, entry)) }
                    }
                }
            }
        }
    }
}
