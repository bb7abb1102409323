//! How the reader wants the pages.

use kith_api::view::PreferencesView;
use maud::{Markup, html};

use super::{heading, within};
use crate::web::part::field::{Line, Said, Typed};
use crate::web::part::note::{Kind, note};
use crate::web::shell::Shell;

/// What the page shows, and what was typed.
#[derive(Debug, Clone, Default)]
pub struct AppearancePage {
    /// What is chosen.
    pub preferences: PreferencesView,
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
    let densities = options(&[("comfortable", "Comfortable"), ("compact", "Compact: more lines on a screen")]);
    let fonts = options(&[("inter", "Inter"), ("system", "The device's own: nothing is fetched")]);
    let locales = options(&[
        ("", "As the browser says"),
        ("en-GB", "English, United Kingdom"),
        ("en-US", "English, United States"),
        ("de-DE", "Deutsch, Deutschland"),
        ("de-AT", "Deutsch, Österreich"),
        ("de-CH", "Deutsch, Schweiz"),
    ]);
    let zone_help = format!("Empty: the organisation's, {}.", page.zone);
    let content = html! {
        (heading("Appearance", "Yours alone, on every device that you sign in on."))
        @if page.saved { (note(Kind::Info, &html! { p .b role="status" { "Saved." } })) }
        datalist #zones { @for zone in &page.zones { option value=(zone) {} } }
        section .card aria-labelledby="pages" {
            header { h2 #pages { "Pages" } }
            form #appearance .body .asked method="post" action="/settings/appearance" {
                (said.head(&shell.csrf))
                (said.choice("theme", "Theme", &themes, &held.theme))
                (said.choice("density", "Density", &densities, &held.density))
                (said.choice("font", "Font", &fonts, &held.font))
                (said.choice("locale", "Language, figures and dates", &locales, held.locale.as_deref().unwrap_or_default()))
                (said.line(&Line::may("timezone", "Time zone").list("zones").help(&zone_help), held.timezone.as_deref().unwrap_or_default()))
                .stack .x { span .sm .b { "Keyboard" } (said.tick("shortcuts", "Single letters are shortcuts", held.shortcuts)) }
                button .btn .pri type="submit" { "Save" }
            }
        }
    };
    within(shell, "Appearance", &content)
}
