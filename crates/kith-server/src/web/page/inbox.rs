//! What the reader should know: notifications, put together by what they are about.

use kith_api::view::NotificationView;
use kith_template::{html, plural, say};
use maud::Markup;

use crate::web::link::Link;
use crate::web::number::words;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::part::pager::pager;
use crate::web::part::target::target;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::{t, told, word};

/// The inbox.
#[derive(Debug, Clone, Default)]
pub struct InboxPage {
    /// Newest first.
    pub items: Vec<NotificationView>,
    /// `show` of the address: `unread`, `all`, `snoozed`.
    pub show: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Why what was asked for was not done.
    pub fault: Option<String>,
}

const SHOWN: [(&str, &str); 3] =
    [("unread", word("Unread")), ("all", word("All")), ("snoozed", word("Snoozed"))];

/// How long something is put off: value of `until` and title.
pub(crate) const SNOOZES: [(&str, &str); 3] =
    [("hour", word("For an hour")), ("tomorrow", word("Until tomorrow")), ("week", word("For a week"))];

/// Notifications about the same thing, the newest first.
struct Thread<'a> {
    about: &'a str,
    items: Vec<&'a NotificationView>,
}

fn threads(items: &[NotificationView]) -> Vec<Thread<'_>> {
    let mut threads: Vec<Thread<'_>> = Vec::new();
    for item in items {
        match threads.iter_mut().find(|thread| thread.about == item.about && !item.about.is_empty()) {
            Some(thread) => thread.items.push(item),
            None => threads.push(Thread { about: &item.about, items: vec![item] }),
        }
    }
    threads
}

/// The threads under the day of their latest notification.
fn by_day<'a>(shell: &Shell, items: &'a [NotificationView]) -> Vec<(String, Vec<Thread<'a>>)> {
    let mut days: Vec<(String, Vec<Thread<'a>>)> = Vec::new();
    for thread in threads(items) {
        let day = thread.items.first().and_then(|item| shell.clock.day(&item.sent_at));
        let name = day.map(|day| shell.clock.day_name(day)).unwrap_or_default();
        match days.last_mut().filter(|(last, _)| *last == name) {
            Some((_, threads)) => threads.push(thread),
            None => days.push((name, vec![thread])),
        }
    }
    days
}

/// The page.
#[must_use]
pub fn inbox(shell: &Shell, page: &InboxPage) -> Markup {
    let frame = Frame { above: &[], here: t("Inbox"), kind: "inbox", account: None, wide: false };
    let to = |show: &str| Link::to("/inbox").with("show", show);
    let unread = page.items.iter().any(is_unread);
    let content = html! {
        .head {
            .stack .x { h1 { "Inbox" } p .muted { "What you should know, put together by what it is about." } }
            .row .wrap .push {
                nav .seg aria-label="Show" {
                    @for (show, title) in SHOWN {
                        a href=(to(show).done()) aria-current=[(page.show == show).then_some("true")] { (t(title)) }
                    }
                }
                @if unread {
                    form method="post" action="/inbox/read" {
                        input type="hidden" name="csrf" value=(shell.csrf);
                        input type="hidden" name="show" value=(page.show);
                        input type="hidden" name="all" value="true";
                        button .btn type="submit" { (Icon::Check.show()) "Mark all as read" }
                    }
                }
            }
        }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        .stack data-parts=(to(&page.show).with("part", "list").done()) { (inbox_live(shell, page)) }
        (pager(page.next.as_deref().map(|cursor| to(&page.show).with("cursor", cursor).done()).as_deref(), None, t("More")))
    };
    framed(shell, &frame, &content)
}

/// The list, which changes by itself.
#[must_use]
pub fn inbox_live(shell: &Shell, page: &InboxPage) -> Markup {
    html! {
        .card #inbox-list data-part data-calm {
            @if page.items.is_empty() {
                @match page.show.as_str() {
                    "snoozed" => (empty(Icon::Clock, t("Nothing is put off"), &html! { "What you put off waits here until its time." })),
                    "unread" => (empty(Icon::Passed, t("All read"), &html! { "Reminders and news of your changes, tasks and accounts appear here." })),
                    _ => (empty(Icon::Passed, t("Nothing here"), &html! { "Reminders and news of your changes, tasks and accounts appear here." })),
                }
            } @else {
                ul .list .waits .inbox {
                    @for (day, threads) in by_day(shell, &page.items) {
                        li .day { h2 .xs .muted { (day) } }
                        @for thread in threads { (row(shell, page, &thread)) }
                    }
                }
            }
        }
    }
}

fn is_unread(item: &NotificationView) -> bool {
    item.read_at.is_none() && item.snoozed_until.is_none()
}

fn row(shell: &Shell, page: &InboxPage, thread: &Thread<'_>) -> Markup {
    let Some((latest, earlier)) = thread.items.split_first() else { return html! {} };
    let unread = thread.items.iter().any(|item| is_unread(item));
    html! {
        li #(latest.id) .unread[unread] {
            span .grow .stack .x {
                span .row .wrap .gap1 .sm .muted {
                    span { (words(&latest.kind)) }
                    @if unread { span .pill .info { "New" } }
                    @if let Some(until) = &latest.snoozed_until { span .pill { (say!("back {time}", time = shell.clock.exact(until))) } }
                }
                @match target(&latest.about) {
                    Some(href) => a .ul .b[unread] href=(href) { (told(&latest.text)) },
                    None => span .b[unread] { (told(&latest.text)) },
                }
                @if !earlier.is_empty() {
                    details #(format!("thread-{}", latest.id)) {
                        summary .sm .muted { (plural!(earlier.len(), "{n} earlier one", "{n} earlier ones")) }
                        ul .stack .x .sm {
                            @for item in earlier { li .muted { (told(&item.text)) " · " (shell.clock.age_mark(Some(&item.sent_at))) } }
                        }
                    }
                }
            }
            span .sm .muted .nowrap { (shell.clock.age_mark(Some(&latest.sent_at))) }
            (acts(shell, page, thread, unread))
        }
    }
}

/// What is done with all of a thread.
fn acts(shell: &Shell, page: &InboxPage, thread: &Thread<'_>, unread: bool) -> Markup {
    let id = thread.items.first().map_or("", |item| item.id.as_str());
    html! {
        form .row .wrap method="post" action=(if unread { "/inbox/read" } else { "/inbox/unread" }) {
            input type="hidden" name="csrf" value=(shell.csrf);
            input type="hidden" name="show" value=(page.show);
            @for item in &thread.items { input type="hidden" name=(format!("item.{}", item.id)) value="on"; }
            button .btn .sm #(format!("mark-{id}")) type="submit" {
                @if unread { (Icon::Check.small()) "Read" } @else { (Icon::Undo.small()) "Unread" }
            }
            label .vh for=(format!("until-{id}")) { "Put off" }
            select .field .short #(format!("until-{id}")) name="until" {
                @for (until, title) in SNOOZES { option value=(until) { (t(title)) } }
            }
            button .btn .sm type="submit" formaction="/inbox/snooze" { (Icon::Clock.small()) "Snooze" }
        }
    }
}
