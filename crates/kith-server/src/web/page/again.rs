//! A form that was refused and whose page cannot say so itself: what is wrong, what was typed, and sending it again.

use std::collections::HashMap;

use kith_domain::refusal::FieldFault;
use kith_template::html;
use maud::Markup;

use crate::web::number::{capital, words};
use crate::web::part::note::{Kind, note};
use crate::web::shell::{bare, mark};
use crate::web::words::{t, told};

/// A form that was refused.
#[derive(Debug, Clone, Default)]
pub struct Again<'a> {
    /// Where it goes.
    pub action: &'a str,
    /// The page that it stood on.
    pub back: Option<&'a str>,
    /// What was typed.
    pub values: HashMap<String, String>,
    /// What is at fault.
    pub faults: &'a [FieldFault],
    /// Why it was refused, and what would clear it.
    pub sentence: &'a str,
}

/// From so many letters on a text gets a field of several lines.
const LONG: usize = 80;

impl Again<'_> {
    fn faults_of(&self, name: &str) -> Vec<String> {
        let here = |fault: &&FieldFault| fault.pointer.split('/').any(|part| part == name);
        self.faults.iter().filter(here).map(|fault| capital(&told(&fault.message))).collect()
    }

    /// Whether a person typed it: what is at fault, and texts.
    fn is_shown(&self, name: &str, value: &str) -> bool {
        let typed =
            value.contains(char::is_whitespace) || matches!(name, "reason" | "comment" | "text" | "note");
        name != "csrf" && (typed || !self.faults_of(name).is_empty())
    }
}

/// The page.
#[must_use]
pub fn again(page: &Again<'_>) -> Markup {
    let mut members: Vec<(&String, &String)> = page.values.iter().collect();
    members.sort_unstable();
    let known = |fault: &&FieldFault| {
        !members.iter().any(|(name, _)| fault.pointer.split('/').any(|part| part == *name))
    };
    let content = html! {
        .card .sign-in {
            a .brand href="/accounts" { (mark()) "Kith" }
            h1 { "Not taken yet" }
            (note(Kind::Bad, &html! {
                p .b { (page.sentence) }
                @for fault in page.faults.iter().filter(known) { p { (capital(&told(&fault.message))) } }
            }))
            form .stack method="post" action=(page.action) {
                @for (name, value) in &members {
                    @if page.is_shown(name, value) { (field(page, name, value)) }
                    @else { input type="hidden" name=(name) value=(value); }
                }
                .row .wrap {
                    button .btn .pri type="submit" { "Send again" }
                    @if let Some(back) = page.back { a .btn href=(back) { "Back to the page" } }
                }
            }
        }
    };
    bare("error", t("Not taken yet"), &content)
}

fn field(page: &Again<'_>, name: &str, value: &str) -> Markup {
    let id = format!("again-{name}");
    let faults = page.faults_of(name);
    let described = (!faults.is_empty()).then(|| format!("{id}-fault"));
    let invalid = described.as_ref().map(|_| "true");
    html! {
        .stack .x {
            label .sm .b for=(id) { (words(name)) }
            @if value.chars().count() > LONG || value.contains('\n') {
                textarea .field id=(id) name=(name) rows="4" aria-invalid=[invalid] aria-describedby=[described.as_ref()] { (value) }
            } @else {
                input .field id=(id) name=(name) value=(value) autocomplete="off" aria-invalid=[invalid] aria-describedby=[described.as_ref()];
            }
            @if !faults.is_empty() { span .sm .bad id=(format!("{id}-fault")) { (faults.join(" ")) } }
        }
    }
}
