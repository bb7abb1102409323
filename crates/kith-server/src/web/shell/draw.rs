//! The frame around a page.

use kith_template::html;
use maud::{DOCTYPE, Markup, PreEscaped};

use super::{Section, Shell};
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
    let live = shell.live && matches!(frame.kind, "accounts" | "account" | "import");
    let topics = if frame.kind == "import" { "import,change" } else { "profile,touchpoint,change" };
    html! {
        (DOCTYPE)
        html lang=(reader().tag()) {
            (head(&shell.title))
            body data-page=(frame.kind) data-account=[frame.account] data-texts=[script()] data-locale=(reader().place())
                data-zone=[shell.clock.zone.iana_name()]
                data-live=[live.then(|| format!("/api/v1/stream?topics={topics}"))] {
                a .skip href="#main" { "Skip to content" }
                .app {
                    (sidebar(shell))
                    .wrap {
                        (top_bar(shell, frame, live))
                        main #main tabindex="-1" .page[!frame.wide] { (content) }
                    }
                    (tab_bar(shell))
                }
            }
        }
    }
}

/// A page on its own: sign-in and errors.
pub(crate) fn bare(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(reader().tag()) {
            (head(title))
            body { main #main .alone { (content) } }
        }
    }
}

/// The product's mark.
pub(crate) fn mark() -> Markup {
    const STROKES: &str = r#"<svg viewBox="0 0 24 24" width="15" height="15" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" aria-hidden="true"><path d="M7 4v16M7 13.5 16.5 5M10.8 10.4 17.5 20"/></svg>"#;
    html! { span .mark { (PreEscaped(STROKES)) } }
}

fn head(title: &str) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) " · Kith" }
            meta name="description" content=(t("Kith, the living customer account"));
            meta name="theme-color" media="(prefers-color-scheme: light)" content="#f7f6f3";
            meta name="theme-color" media="(prefers-color-scheme: dark)" content="#121211";
            link rel="icon" href=(href("icon.svg")) type="image/svg+xml";
            link rel="manifest" href=(href("manifest.webmanifest"));
            script src=(href("kith-theme.js")) {}
            link rel="preload" href="/assets/inter-latin.woff2" as="font" type="font/woff2" crossorigin;
            link rel="stylesheet" href=(href("kith.css"));
            script src=(href("kith.js")) defer {}
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

fn entries(shell: &Shell) -> Vec<Entry> {
    let counts = shell.counts;
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
        entry(
            Some(Section::Inbox),
            Icon::Mail,
            t("Inbox"),
            t("Inbox"),
            "/notifications",
            counts.unread,
            true,
        ),
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
            Some(Section::Catalogues),
            Icon::Settings,
            t("Catalogues"),
            t("Catalogues"),
            "/catalogues",
            None,
            false,
        ),
        entry(Some(Section::Teams), Icon::People, t("Teams"), t("Teams"), "/teams", None, false),
        entry(None, Icon::Code, t("API docs"), "API", "/docs", None, false),
    ];
    // Who may not decide what waits there is not led there.
    all.retain(|entry| match entry.section {
        Some(Section::Alerts) => counts.alerts.is_some(),
        Some(Section::Duplicates) => counts.duplicates.is_some(),
        Some(Section::Screening) => counts.screening.is_some(),
        Some(Section::Quarantine) => counts.quarantine.is_some(),
        Some(Section::Inbox) => {
            counts.unread.is_some_and(|unread| unread > 0) || shell.active == Section::Inbox
        }
        Some(Section::Orders | Section::Credit) => counts.may_credit,
        Some(Section::Audit) => counts.may_audit,
        Some(Section::Imports) => counts.may_import,
        _ => true,
    });
    all
}

fn sidebar(shell: &Shell) -> Markup {
    html! {
        aside .side aria-label="Workspace" {
            a .brand href="/accounts" { (mark()) "Kith" }
            form .ask role="search" aria-label="Ask from any page" action="/accounts" method="get" {
                (Icon::Search.show())
                label .vh for="jump" { "Ask about your accounts" }
                input #jump .grow name="q" type="search" placeholder="Ask or jump to" autocomplete="off"
                    maxlength="500";
                kbd aria-hidden="true" { "Ctrl" }
                kbd aria-hidden="true" { "K" }
            }
            nav .nav aria-label="Main" {
                @for entry in entries(shell) {
                    a href=(entry.href) aria-current=[(entry.section == Some(shell.active)).then_some("page")] {
                        (entry.icon.show()) (entry.title)
                        @if let Some(number) = entry.count.filter(|number| *number > 0 || !entry.hot) {
                            span .cnt .hot[entry.hot] { (count(number)) }
                        }
                    }
                }
            }
            @if !shell.views.is_empty() {
                h2 #saved-views { "Saved views" }
                nav .nav aria-labelledby="saved-views" {
                    @for view in &shell.views {
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

fn top_bar(shell: &Shell, frame: &Frame<'_>, live: bool) -> Markup {
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
                @if live {
                    span #live .row .sm .muted role="status" hidden { span .dot .good .live-dot {} span { "Live" } }
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
                p .scripted .sm .muted { "Theme" }
                .scripted .seg role="group" aria-label="Theme" {
                    button type="button" data-theme-choice="system" aria-pressed="true" { (Icon::Screen.small()) "System" }
                    button type="button" data-theme-choice="light" aria-pressed="false" { (Icon::Sun.small()) "Light" }
                    button type="button" data-theme-choice="dark" aria-pressed="false" { (Icon::Moon.small()) "Dark" }
                }
                a .btn .ghost href="/settings/approvals" { (Icon::Settings.show()) "Approvals and delegations" }
                a .btn .ghost href="/notifications" { (Icon::Mail.show()) "Inbox" }
                form method="post" action="/sign-out" {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button .btn type="submit" { (Icon::Leave.show()) "Sign out" }
                }
            }
        }
    }
}

/// Entries that a small screen always shows; the others are behind one of their own.
const TABS: [Section; 4] = [Section::Accounts, Section::Changes, Section::Portfolio, Section::Reviews];

fn tab_bar(shell: &Shell) -> Markup {
    let (mut tabs, mut more) = (Vec::new(), Vec::new());
    for entry in entries(shell) {
        let shown = entry.section.is_some_and(|section| TABS.contains(&section));
        if shown { tabs.push(entry) } else { more.push(entry) }
    }
    let here = more.iter().any(|entry| entry.section == Some(shell.active));
    let waiting: u64 = more.iter().filter(|entry| entry.hot).filter_map(|entry| entry.count).sum();
    html! {
        nav .tabbar aria-label="Main, small screen" {
            @for entry in tabs {
                a href=(entry.href) aria-current=[(entry.section == Some(shell.active)).then_some("page")] {
                    (entry.icon.large()) (entry.short)
                    @if let Some(number) = entry.count.filter(|number| entry.hot && *number > 0) {
                        span .cnt { (count(number)) }
                    }
                }
            }
            details .menu .more {
                summary aria-current=[here.then_some("true")] {
                    (Icon::More.large()) "More"
                    @if waiting > 0 { span .cnt { (count(waiting)) } }
                }
                .panel .nav {
                    @for entry in more {
                        a href=(entry.href) aria-current=[(entry.section == Some(shell.active)).then_some("page")] {
                            (entry.icon.show()) (entry.title)
                            @if let Some(number) = entry.count.filter(|number| *number > 0 || !entry.hot) {
                                span .cnt .hot[entry.hot] { (count(number)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
