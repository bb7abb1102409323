//! Merging: the other account, then field by field both values, the one that survives, and why.

use kith_api::view::{AccountView, FieldMergeView, MergePreview};
use kith_template::{html, say};
use maud::Markup;
use serde_json::Value;

use super::super::number::{phrase, value, words};
use super::super::part::icon::Icon;
use super::super::shell::{Frame, Shell, framed};
use super::life::outlook;
use crate::web::words::t;

/// The state of the page.
#[derive(Debug, Clone)]
pub struct MergePage {
    /// The account that stays.
    pub account: AccountView,
    /// The other one, as typed.
    pub loser: String,
    /// What the merge would come to, once there is another one.
    pub preview: Option<MergePreview>,
    /// The reason as typed.
    pub reason: String,
    /// Why it was not taken, or why there is no preview.
    pub fault: Option<String>,
}

/// The page of a merge.
#[must_use]
pub fn merge(shell: &Shell, page: &MergePage) -> Markup {
    let href = format!("/accounts/{}", page.account.id);
    let frame = Frame {
        above: &[(t("Accounts"), "/accounts"), (&page.account.name, &href)],
        here: t("Merge"),
        kind: "account",
        account: None,
        wide: false,
    };
    let content = html! {
        .head { .stack .t {
            h1 { "Merge into " (page.account.name) }
            p .muted { "The other account becomes part of this one: its contacts, addresses, numbers and history follow. It can be taken out again for 180 days." }
        } }
        section .card {
            form .body .row .wrap .gap2 #other method="get" action=(format!("{href}/merge")) {
                label .sm .b for="loser" { "The other account" }
                input #loser .field .short name="loser" value=(page.loser) placeholder="Account number" autocomplete="off" required;
                button .btn type="submit" { "Show what it comes to" }
                @if let Some(fault) = &page.fault { p #merge-fault .bad role="alert" { (fault) } }
            }
        }
        @if let Some(preview) = &page.preview { (asked(shell, page, preview, &href)) }
    };
    framed(shell, &frame, &content)
}

fn asked(shell: &Shell, page: &MergePage, preview: &MergePreview, href: &str) -> Markup {
    html! {
        (outlook(&preview.outlook))
        form .stack #merge method="post" action=(format!("{href}/merge")) {
            input type="hidden" name="csrf" value=(shell.csrf);
            input type="hidden" name="loser" value=(preview.loser.id);
            section .card aria-labelledby="survives" {
                header { h2 #survives { "What survives" } span .sm .muted .push { "pick where you know better" } }
                .scroll { table .tbl {
                    thead { tr {
                        th scope="col" { "Field" }
                        th scope="col" { (preview.survivor.name) " " span .muted .num { (preview.survivor.account_number) } }
                        th scope="col" { (preview.loser.name) " " span .muted .num { (preview.loser.account_number) } }
                        th scope="col" { "Why" }
                    } }
                    tbody { @for field in &preview.fields { (line(field)) } }
                } }
            }
            section .card { .body .stack {
                .stack .t {
                    label .sm .b for="reason" { "Reason " span .muted .plain { "kept with the change" } }
                    input #reason .field name="reason" value=(page.reason) required maxlength="2000" autocomplete="off";
                }
                .row .gap3 {
                    a .btn href=(href) { "Back" }
                    button .btn .pri type="submit" disabled[preview.outlook.refusal.is_some()] { (Icon::Check.show()) "Ask for the merge" }
                }
            } }
        }
    }
}

/// A field: each value with its radio button, the one that survives chosen.
fn line(field: &FieldMergeView) -> Markup {
    let name = format!("pick.{}", field.field);
    let choice = |whose: &str, said: &Value| {
        let chosen = field.winner == whose || (field.winner == "both" && whose == "survivor");
        html! {
            td {
                @if field.pickable && field.winner != "same" && field.rule != "union" {
                    label .row .gap2 {
                        input type="radio" name=(name) value=(whose) checked[chosen];
                        span .b[chosen] { (brief(said)) }
                    }
                } @else { span .b[chosen] { (brief(said)) } }
            }
        }
    };
    html! {
        tr data-field=(field.field) {
            th scope="row" { (words(&field.field)) }
            (choice("survivor", &field.survivor))
            (choice("loser", &field.loser))
            td .sm .muted { (phrase(&field.rule)) }
        }
    }
}

/// A value in short: how many rows there are, or the value.
fn brief(said: &Value) -> String {
    match said {
        Value::Null => "–".to_owned(),
        Value::Array(rows) if rows.iter().any(Value::is_object) => {
            say!("{rows} on record", rows = rows.len())
        }
        other => value(other),
    }
}
