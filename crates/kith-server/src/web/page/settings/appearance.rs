//! How the reader wants the pages.

use kith_domain::user::Preferences;
use maud::{Markup, html};

use super::{heading, within};
use crate::web::part::field::{Line, Said, Typed};
use crate::web::part::note::{Kind, note};
use crate::web::shell::Shell;

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
    let themes = options(&[("system", "As the device says"), ("light", "Light"), ("dark", "Dark")]);
    let densities =
        options(&[("comfortable", "Comfortable"), ("compact", "Compact: more lines on a screen")]);
    let fonts = options(&[("inter", "Inter"), ("system", "The device's own: nothing is fetched")]);
    let languages = options(&[("", "As the browser says"), ("en", "English"), ("de", "Deutsch")]);
    let locales = options(&[
        ("", "As the browser says"),
        ("en-GB", "United Kingdom"),
        ("en-US", "United States"),
        ("de-DE", "Germany"),
        ("de-AT", "Austria"),
        ("de-CH", "Switzerland"),
    ]);
    let chosen = |held: &Option<String>, usual: &str| held.clone().unwrap_or_else(|| usual.to_owned());
    let zone_help = format!("Empty: the organisation's, {}.", page.zone);
    let content = html! {
        (heading("Appearance", "Yours alone, on every device that you sign in on."))
        @if page.saved { (note(Kind::Info, &html! { p .b role="status" { "Saved." } })) }
        datalist #zones { @for zone in &page.zones { option value=(zone) {} } }
        section .card aria-labelledby="pages" {
            header { h2 #pages { "Pages" } }
            form #appearance .body .asked method="post" action="/settings/appearance" {
                (said.head(&shell.csrf))
                (said.choice("theme", "Theme", &themes, &chosen(&held.theme, "system")))
                (said.choice("density", "Density", &densities, &chosen(&held.density, "comfortable")))
                (said.choice("font", "Font", &fonts, &chosen(&held.font, "inter")))
                (said.choice("language", "Language", &languages, &chosen(&held.language, "")))
                (said.choice("locale", "Figures and dates", &locales, &chosen(&held.locale, "")))
                (said.line(&Line::may("timezone", "Time zone").list("zones").help(&zone_help), held.timezone.as_deref().unwrap_or_default()))
                .stack .x { span .sm .b { "Keyboard" } (said.tick("shortcuts", "Single letters are shortcuts", held.shortcuts != Some(false))) }
                button .btn .pri type="submit" { "Save" }
            }
        }
    };
    within(shell, "Appearance", &content)
}
