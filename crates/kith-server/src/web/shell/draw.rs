//! The frame around a page.

use std::collections::BTreeMap;

use kith_template::html;
use maud::{DOCTYPE, Markup, PreEscaped};

use super::palette::dialogs;
use super::{NavCounts, Section, Shell};
use crate::web::asset::href;
use crate::web::link::Link;
use crate::web::number::count;
use crate::web::page::Place;
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
    let values = match frame.kind {
        "accounts" | "account" | "home" => "profile,touchpoint,day,",
        _ => "",
    };
    let topics = format!("{values}change,account,alert,notification,import,work");
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
                (dialogs())
            }
        }
    }
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

/// An entry of the navigation.
struct Entry {
    section: Option<Section>,
    icon: Icon,
    title: &'static str,
    short: &'static str,
    href: &'static str,
    count: Option<u64>,
    hot: bool,
}

fn entries(counts: &NavCounts) -> Vec<Entry> {
    let entry = |section, icon, title, short, href, count, hot| Entry {
        section,
        icon,
        title,
        short,
        href,
        count,
        hot,
    };
    let mut all = vec![
        entry(Some(Section::Home), Icon::Home, t("Home"), t("Home"), "/", None, false),
        entry(Some(Section::Inbox), Icon::Mail, t("Inbox"), t("Inbox"), "/inbox", counts.unread, true),
        entry(
            Some(Section::Accounts),
            Icon::Building,
            t("Accounts"),
            t("Accounts"),
            "/accounts",
            counts.accounts,
            false,
        ),
        entry(
            Some(Section::Portfolio),
            Icon::Briefcase,
            t("Portfolio"),
            t("Portfolio"),
            "/portfolio",
            None,
            false,
        ),
        entry(
            Some(Section::Reviews),
            Icon::Calendar,
            t("Reviews"),
            t("Reviews"),
            "/reviews",
            counts.reviews,
            true,
        ),
        entry(
            Some(Section::Onboarding),
            Icon::Flag,
            t("Onboarding"),
            t("Onboard"),
            "/onboarding",
            None,
            false,
        ),
        entry(
            Some(Section::Orders),
            Icon::Package,
            t("Orders"),
            t("Orders"),
            "/orders?state=held",
            None,
            false,
        ),
        entry(Some(Section::Credit), Icon::Money, t("Credit"), t("Credit"), "/credit", None, false),
        entry(
            Some(Section::Changes),
            Icon::Changes,
            t("Changes"),
            t("Changes"),
            "/changes",
            counts.changes,
            true,
        ),
        entry(
            Some(Section::Contracts),
            Icon::Document,
            t("Contracts"),
            t("Contracts"),
            "/contracts",
            None,
            false,
        ),
        entry(Some(Section::Tasks), Icon::Flag, t("Tasks"), t("Tasks"), "/tasks", None, false),
        entry(Some(Section::Outbox), Icon::Mail, t("Outbox"), t("Outbox"), "/outbox", None, false),
        entry(Some(Section::Alerts), Icon::Warning, t("Alerts"), t("Alerts"), "/alerts", counts.alerts, true),
        entry(
            Some(Section::Duplicates),
            Icon::Pair,
            t("Duplicates"),
            t("Pairs"),
            "/duplicates",
            counts.duplicates,
            true,
        ),
        entry(
            Some(Section::Screening),
            Icon::Search,
            t("Screening"),
            t("Screening"),
            "/screening",
            counts.screening,
            true,
        ),
        entry(
            Some(Section::Quarantine),
            Icon::Quarantine,
            t("Quarantine"),
            t("Quarantine"),
            "/quarantine",
            counts.quarantine,
            true,
        ),
        entry(Some(Section::Imports), Icon::Upload, t("Imports"), t("Imports"), "/imports", None, false),
        entry(Some(Section::Audit), Icon::Clock, t("Audit"), t("Audit"), "/audit", None, false),
        entry(
            Some(Section::Settings),
            Icon::Settings,
            t("Settings"),
            t("Settings"),
            "/settings",
            None,
            false,
        ),
        entry(None, Icon::Code, t("API docs"), "API", "/docs", None, false),
    ];
    // Who may not decide what waits there is not led there.
    all.retain(|entry| match entry.section {
        Some(Section::Alerts) => counts.alerts.is_some(),
        Some(Section::Duplicates) => counts.duplicates.is_some(),
        Some(Section::Screening) => counts.screening.is_some(),
        Some(Section::Quarantine) => counts.quarantine.is_some(),
        Some(Section::Orders | Section::Credit) => counts.may_credit,
        Some(Section::Audit) => counts.may_audit,
        Some(Section::Imports) => counts.may_import,
        _ => true,
    });
    all
}

/// The name under which the count of an entry changes while a page is open, and the letter that follows `G`.
fn names(section: Option<Section>) -> (&'static str, &'static str) {
    match section {
        Some(Section::Home) => ("", "h"),
        Some(Section::Inbox) => ("unread", "i"),
        Some(Section::Accounts) => ("accounts", "a"),
        Some(Section::Reviews) => ("reviews", "r"),
        Some(Section::Onboarding) => ("", "n"),
        Some(Section::Orders) => ("", "o"),
        Some(Section::Changes) => ("changes", "p"),
        Some(Section::Contracts) => ("", "c"),
        Some(Section::Tasks) => ("", "t"),
        Some(Section::Alerts) => ("alerts", ""),
        Some(Section::Duplicates) => ("duplicates", ""),
        Some(Section::Screening) => ("screening", ""),
        Some(Section::Quarantine) => ("quarantine", "q"),
        Some(Section::Imports) => ("", "m"),
        _ => ("", ""),
    }
}

/// The count of an entry as it is shown; empty where there is none to show.
fn counted(entry: &Entry) -> String {
    entry.count.filter(|number| *number > 0 || !entry.hot).map(count).unwrap_or_default()
}

/// The counts of the navigation as they are shown, by their names.
pub(crate) fn count_texts(counts: &NavCounts) -> BTreeMap<&'static str, String> {
    let entries = entries(counts);
    let named = entries.iter().filter(|entry| entry.count.is_some());
    let mut texts: BTreeMap<&'static str, String> =
        named.map(|entry| (names(entry.section).0, counted(entry))).collect();
    texts.insert("more", waiting(entries.iter().filter(|entry| !is_tab(entry))));
    texts
}

/// What waits behind the entries that a small screen does not show.
fn waiting<'a>(hidden: impl Iterator<Item = &'a Entry>) -> String {
    let all: u64 = hidden.filter(|entry| entry.hot).filter_map(|entry| entry.count).sum();
    if all > 0 { count(all) } else { String::new() }
}

/// The pages of the navigation, with the keys that lead there.
pub(crate) fn places(counts: &NavCounts) -> Vec<Place> {
    let keys = |entry: &Entry| match names(entry.section).1 {
        "" => String::new(),
        letter => format!("G {}", letter.to_uppercase()),
    };
    let place = |entry: Entry| Place {
        keys: keys(&entry),
        title: entry.title.to_owned(),
        href: entry.href.to_owned(),
    };
    entries(counts).into_iter().map(place).collect()
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
            aria-current=[(entry.section == Some(shell.active)).then_some("page")] {
            (entry.icon.show()) (entry.title) (badge(name, &counted(entry), entry.hot))
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
                @for entry in entries(&shell.counts) { (link(shell, &entry)) }
            }
            @if !shell.views.is_empty() {
                h2 #saved-views { a href="/views" { "Saved views" } }
                nav .nav aria-labelledby="saved-views" {
                    @for view in shell.views.iter().filter(|view| view.pinned) {
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
                form method="post" action="/sign-out" {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button .btn type="submit" { (Icon::Leave.show()) "Sign out" }
                }
            }
        }
    }
}

/// Entries that a small screen always shows; the others are behind one of their own.
const TABS: [Section; 4] = [Section::Home, Section::Accounts, Section::Changes, Section::Inbox];

fn is_tab(entry: &Entry) -> bool {
    entry.section.is_some_and(|section| TABS.contains(&section))
}

fn tab_bar(shell: &Shell) -> Markup {
    let (mut tabs, more): (Vec<Entry>, Vec<Entry>) = entries(&shell.counts).into_iter().partition(is_tab);
    tabs.sort_by_key(|entry| TABS.iter().position(|section| Some(*section) == entry.section));
    let here = more.iter().any(|entry| entry.section == Some(shell.active));
    html! {
        nav .tabbar aria-label="Main, small screen" {
            @for entry in tabs {
                a href=(entry.href) aria-current=[(entry.section == Some(shell.active)).then_some("page")] {
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
                    @for entry in &more { (link(shell, entry)) }
                }
            }
        }
    }
}
