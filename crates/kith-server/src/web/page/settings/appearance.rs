//! How the reader wants the pages.

use kith_domain::user::Preferences;
use kith_template::{html, say};
use maud::Markup;

use super::{heading, within};
use crate::web::part::field::{Line, Said, Typed};
use crate::web::part::note::{Kind, note};
use crate::web::shell::Shell;
use crate::web::words::t;

/// What the page shows, and what was typed.
#[derive(Debug, Clone, Default)]
pub struct AppearancePage {
    /// What is chosen.
    pub preferences: Preferences,
    /// The organisation's zone.
    pub zone: String,
    /// Names of time zones to propose.
    pub zones: Vec<String>,
    /// It was saved.
    pub saved: bool,
    /// A form that was not taken.
    pub typed: Option<Typed>,
}

fn options(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(code, title)| ((*code).to_owned(), (*title).to_owned())).collect()
}

/// The page.
#[must_use]
pub fn appearance(shell: &Shell, page: &AppearancePage) -> Markup {
    let held = &page.preferences;
    let said = Said::of("appearance", page.typed.as_ref());
    let themes = options(&[("system", t("As the device says")), ("light", t("Light")), ("dark", t("Dark"))]);
    let densities =
        options(&[("comfortable", t("Comfortable")), ("compact", t("Compact: more lines on a screen"))]);
    let fonts = options(&[("inter", t("Inter")), ("system", t("The device's own: nothing is fetched"))]);
    let languages = options(&[("", t("As the browser says")), ("en", "English"), ("de", "Deutsch")]);
    let locales = options(&[
        ("", t("As the browser says")),
        ("en-GB", "United Kingdom"),
        ("en-US", "United States"),
        ("de-DE", "Germany"),
        ("de-AT", "Austria"),
        ("de-CH", "Switzerland"),
    ]);
    let chosen = |held: &Option<String>, usual: &str| held.clone().unwrap_or_else(|| usual.to_owned());
    let zone = &page.zone;
    let zone_help = say!("Empty: the organisation's, {zone}.");
    let content = html! {
        (heading(t("Appearance"), t("Yours alone, on every device that you sign in on.")))
        @if page.saved { (note(Kind::Info, &html! { p .b role="status" { "Saved." } })) }
        datalist #zones { @for zone in &page.zones { option value=(zone) {} } }
        section .card aria-labelledby="pages" {
            header { h2 #pages { "Pages" } }
            form #appearance .body .asked method="post" action="/settings/appearance" {
                (said.head(&shell.csrf))
                (said.choice("theme", t("Theme"), &themes, &chosen(&held.theme, "system")))
                (said.choice("density", t("Density"), &densities, &chosen(&held.density, "comfortable")))
                (said.choice("font", t("Font"), &fonts, &chosen(&held.font, "inter")))
                (said.choice("language", t("Language"), &languages, &chosen(&held.language, "")))
                (said.choice("locale", t("Figures and dates"), &locales, &chosen(&held.locale, "")))
                (said.line(&Line::may("timezone", t("Time zone")).list("zones").help(&zone_help), held.timezone.as_deref().unwrap_or_default()))
                .stack .x { span .sm .b { "Keyboard" } (said.tick("shortcuts", t("Single letters are shortcuts"), held.shortcuts != Some(false))) }
                button .btn .pri type="submit" { "Save" }
            }
        }
    };
    within(shell, t("Appearance"), &content)
}
