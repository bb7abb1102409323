//! One act on many accounts: choosing it, seeing what it would do, following the job.

use kith_api::view::{BulkItemView, BulkJobView};
use kith_engine::{BULK_MAX, BulkLine};
use kith_template::{html, say};
use maud::Markup;

use super::AccountsPage;
use crate::web::number::{count, words};
use crate::web::page::life::outlook;
use crate::web::part::diff::brief;
use crate::web::part::icon::Icon;
use crate::web::part::note::{Kind, empty, note};
use crate::web::part::tone;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::{t, told, word};

/// What can be done with many accounts at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkKind {
    /// Another account manager.
    Owner,
    /// Another tier.
    Tier,
    /// Tags that come and go.
    Tags,
    /// A review that was held.
    Review,
    /// A hold.
    Hold,
    /// A task for each.
    Task,
}

impl BulkKind {
    /// Every one of them.
    pub const ALL: [Self; 6] = [Self::Owner, Self::Task, Self::Tier, Self::Tags, Self::Review, Self::Hold];

    /// The word of the form.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Tier => "tier",
            Self::Tags => "tags",
            Self::Review => "review",
            Self::Hold => "hold",
            Self::Task => "task",
        }
    }

    /// Reads the word of the form.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == text)
    }

    /// What the button says.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Owner => word("Assign"),
            Self::Tier => word("Change tier"),
            Self::Tags => word("Tags"),
            Self::Review => word("Reviewed"),
            Self::Hold => word("Hold"),
            Self::Task => word("Add task"),
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::Owner => Icon::People,
            Self::Tier => Icon::Rose,
            Self::Tags => Icon::Bookmark,
            Self::Review => Icon::Check,
            Self::Hold => Icon::Warning,
            Self::Task => Icon::Flag,
        }
    }
}

/// What was chosen for an act, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BulkTyped {
    /// The account manager, the tier, or the kind of hold.
    pub to: String,
    /// Tags that come.
    pub add: String,
    /// Tags that go.
    pub remove: String,
    /// The day of a review.
    pub on: String,
    /// What is to be done, of a task.
    pub title: String,
    /// By which day, of a task.
    pub due: String,
    /// Why.
    pub reason: String,
}

/// The page before an act.
#[derive(Debug, Clone)]
pub(crate) struct BulkPage {
    /// What is to be done.
    pub kind: BulkKind,
    /// The accounts, as a filter.
    pub filter: String,
    /// How many there are.
    pub total: u64,
    /// What may be chosen: value and title.
    pub choices: Vec<(String, String)>,
    /// What was typed.
    pub typed: BulkTyped,
    /// What it would do to the first of them; once something was chosen.
    pub preview: Vec<BulkLine>,
    /// Names the job, so that sending it twice starts it once.
    pub key: String,
    /// Why it was not taken.
    pub fault: Option<String>,
}

/// The bar under the list: what can be done with what is selected. Without script it always shows.
pub(super) fn bar(page: &AccountsPage) -> Markup {
    html! {
        div #bulk .bulk .desk role="region" aria-label="With the selected accounts" {
            span .b data-picked { "Selected:" }
            @if let Some(total) = page.total.filter(|total| *total > 1) {
                label .row .gap1 .sm { input type="checkbox" name="all" value="1" data-whole; "All " (count(total)) }
            }
            @for kind in &page.acts {
                button .btn .ghost type="submit" name="act" value=(kind.name()) { (kind.icon().show()) (t(kind.title())) }
            }
            button .btn .ghost type="submit" name="act" value="export" { (Icon::Download.show()) "Export" }
            button .btn .ghost .scripted type="button" data-none aria-label="Select none" { (Icon::Close.show()) }
        }
    }
}

/// The page before an act.
#[must_use]
pub(crate) fn bulk(shell: &Shell, page: &BulkPage) -> Markup {
    let title = format!(
        "{}: {} {}",
        page.kind.title(),
        count(page.total),
        if page.total == 1 { "account" } else { "accounts" }
    );
    let frame = Frame {
        above: &[(t("Accounts"), "/accounts")],
        here: &title,
        kind: "bulk",
        account: None,
        wide: false,
    };
    let ready = !page.preview.is_empty();
    let content = html! {
        .head { .stack .x {
            h1 { (title) }
            p .muted { "Each becomes a change of its own and goes through its lane. Nothing is sent before you have seen it." }
        } }
        section .card .narrow {
            form .body .stack method="post" action="/accounts/bulk" {
                input type="hidden" name="csrf" value=(shell.csrf);
                input type="hidden" name="act" value=(page.kind.name());
                input type="hidden" name="filter" value=(page.filter);
                input type="hidden" name="key" value=(page.key);
                @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #bulk-fault .b { (fault) } })) }
                (fields(page))
                .stack .x {
                    label .sm .b for="bulk-reason" { "Reason " span .muted .plain { "kept with each change" } }
                    input #bulk-reason .field name="reason" value=(page.typed.reason) maxlength="1000" autocomplete="off" required[page.kind == BulkKind::Hold];
                }
                .row .gap2 {
                    button .btn .pri[!ready] type="submit" name="step" value="look" { "Show what it does" }
                    @if ready {
                        button .btn .pri type="submit" name="step" value="send" data-same { (Icon::Check.show()) "Send " (count(page.total)) @if page.total == 1 { " change" } @else { " changes" } }
                    }
                    a .btn href="/accounts" { "Cancel" }
                }
            }
        }
        @if ready { (preview(page)) }
    };
    framed(shell, &frame, &content)
}

fn fields(page: &BulkPage) -> Markup {
    let typed = &page.typed;
    let pick = |id: &str, title: &str| {
        html! {
            .stack .x {
                label .sm .b for=(id) { (title) }
                select #(id) .field name="to" required {
                    option value="" { "Choose" }
                    @for (value, title) in &page.choices { option value=(value) selected[*value == typed.to] { (title) } }
                }
            }
        }
    };
    html! {
        @match page.kind {
            BulkKind::Owner => (pick("bulk-to", t("Who answers for them"))),
            BulkKind::Tier => (pick("bulk-to", t("Tier"))),
            BulkKind::Hold => (pick("bulk-to", t("Kind of hold"))),
            BulkKind::Task => {
                .stack .x { label .sm .b for="bulk-title" { "What is to be done" } input #bulk-title .field name="title" value=(typed.title) required maxlength="300" autocomplete="off"; }
                .row .wrap .up {
                    .stack .x { label .sm .b for="bulk-due" { "By" } input #bulk-due .field .short type="date" name="due" value=(typed.due); }
                    .grow .stack .x {
                        label .sm .b for="bulk-to" { "Who does it" }
                        select #bulk-to .field name="to" {
                            option value="" { "I do" }
                            @for (value, title) in &page.choices { option value=(value) selected[*value == typed.to] { (title) } }
                        }
                    }
                }
            },
            BulkKind::Tags => .row .wrap .up {
                .grow .stack .x { label .sm .b for="bulk-add" { "Add" } input #bulk-add .field name="add" value=(typed.add) placeholder="key-account, cold-chain" autocomplete="off"; }
                .grow .stack .x { label .sm .b for="bulk-remove" { "Take away" } input #bulk-remove .field name="remove" value=(typed.remove) autocomplete="off"; }
            },
            BulkKind::Review => .stack .x {
                label .sm .b for="bulk-on" { "On which day" }
                input #bulk-on .field .short type="date" name="on" required value=(typed.on);
            },
        }
    }
}

/// Before and after, lane and approvers of the first accounts.
fn preview(page: &BulkPage) -> Markup {
    let shown = u64::try_from(page.preview.len()).unwrap_or(u64::MAX);
    html! {
        section .card #preview aria-labelledby="preview-title" {
            header { h2 #preview-title { "What it does" } span .sm .muted .push { "the first " (shown) " of " (count(page.total)) } }
            ul .list {
                @for line in &page.preview {
                    li .wraps {
                        a .grow .stack .x href=(format!("/accounts/{}", line.account)) {
                            span .b { (line.name) }
                            span .sm .muted { @match brief(&line.diff) { Some(brief) => (brief), None if line.outlook.refusal.is_none() => "Nothing changes", None => "" } }
                        }
                        (outlook_line(line))
                    }
                }
            }
            @if page.total > u64::try_from(BULK_MAX).unwrap_or(u64::MAX) { .body { p .warn { "One job takes at most " (BULK_MAX) " accounts." } } }
        }
    }
}

fn outlook_line(line: &BulkLine) -> Markup {
    html! {
        @if line.outlook.refusal.is_some() { (outlook(&line.outlook)) } @else {
            span class=(format!("pill {}", tone::of_lane(&line.outlook.lane))) { (words(&line.outlook.lane)) }
            @if !line.outlook.steps.is_empty() { span .sm .muted { (line.outlook.steps.iter().map(|role| words(role)).collect::<Vec<_>>().join(t(", then "))) } }
        }
    }
}

/// The page of a job.
#[must_use]
pub(crate) fn bulk_job(shell: &Shell, view: &BulkJobView) -> Markup {
    let frame = Frame {
        above: &[(t("Accounts"), "/accounts"), (t("Jobs on many accounts"), "/accounts/bulk")],
        here: &view.title,
        kind: "bulk",
        account: None,
        wide: false,
    };
    let content = html! {
        .head { .stack .x { h1 { (view.title) } p .muted { "Started " (shell.clock.ago(&view.started_at)) ". It goes on when you leave this page." } } }
        #parts data-parts=(format!("/accounts/bulk/{}/live", view.id)) data-job=(view.id) { (job(shell, view)) }
    };
    framed(shell, &frame, &content)
}

/// The jobs of the reader.
#[must_use]
pub(crate) fn bulk_jobs(shell: &Shell, jobs: &[BulkJobView]) -> Markup {
    let title = t("Jobs on many accounts");
    let frame = Frame {
        above: &[(t("Accounts"), "/accounts")],
        here: title,
        kind: "bulk-jobs",
        account: None,
        wide: false,
    };
    let content = html! {
        .head { .stack .x { h1 { (title) } p .muted { "Yours of the last 30 days." } } }
        section .card aria-label=(title) {
            @if jobs.is_empty() {
                (empty(Icon::Check, t("No jobs yet"), &html! { "Select accounts in the list, and choose what to do with them." }))
            } @else {
                ul .list { @for view in jobs {
                    li {
                        a .grow .stack .x href=(format!("/accounts/bulk/{}", view.id)) {
                            span .b { (view.title) }
                            span .sm .muted { (count(view.looked_at)) " of " (count(view.total)) " · " (shell.clock.ago(&view.started_at)) }
                        }
                        (state(view))
                    }
                } }
            }
        }
    };
    framed(shell, &frame, &content)
}

fn state(view: &BulkJobView) -> Markup {
    html! {
        @match view.state.as_str() {
            "finished" => span .pill .good { "Finished" },
            "running" => span .pill .acc { "Running" },
            _ => span .pill .bad { "Broken off" },
        }
    }
}

/// The part of a job that changes while it runs.
#[must_use]
pub(crate) fn job(shell: &Shell, view: &BulkJobView) -> Markup {
    let share = view.looked_at.saturating_mul(100) / view.total.max(1);
    let counts = [
        (view.done, t("applied"), "good"),
        (view.waiting, t("wait for approval"), "warn"),
        (view.nothing, t("were so already"), ""),
        (view.refused, t("refused"), "bad"),
    ];
    html! {
        section #job .card data-part aria-labelledby="job-title" {
            header {
                h2 #job-title role="status" { @if view.state == "finished" { "Finished: " } (count(view.looked_at)) " of " (count(view.total)) }
                span .push .row .wrap .sm {
                    @for (number, title, tone) in counts {
                        @if number > 0 { span class=(format!("pill {tone}")) { (count(number)) " " (title) } }
                    }
                }
            }
            .body .stack {
                svg .meter .tall viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label=(say!("{share} percent")) { rect .k1 width=(share) height="1" {} }
                @if view.state == "broken_off" { (broken_off(shell, view)) }
                @if view.state == "running" { p .sm .muted { a .ul href=(format!("/accounts/bulk/{}", view.id)) { "Look again" } } }
            }
            ul .list { @for item in view.items.iter().rev().take(200) { (item_line(item)) } }
        }
    }
}

fn broken_off(shell: &Shell, view: &BulkJobView) -> Markup {
    note(
        Kind::Bad,
        &html! {
            p .b { "It broke off: what is done is done, the rest was not looked at." }
            form method="post" action=(format!("/accounts/bulk/{}/resume", view.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                button .btn .pri type="submit" { "Take it up again" }
            }
        },
    )
}

fn item_line(item: &BulkItemView) -> Markup {
    html! {
        li {
            a .grow .stack .x href=(format!("/accounts/{}", item.account)) {
                span .b { (item.name.as_deref().unwrap_or(t("An account"))) }
                @if let Some(sentence) = &item.sentence { span .sm .bad { (told(sentence)) } }
            }
            @match (&item.change, item.state.as_str()) {
                (Some(change), _) => a .pill .warn href=(format!("/changes/{change}")) { "Waits for approval" },
                (None, "done") => span .pill .good { "Applied" },
                (None, "refused") => span .pill .bad { "Refused" },
                (None, _) => span .pill { "So already" },
            }
        }
    }
}
