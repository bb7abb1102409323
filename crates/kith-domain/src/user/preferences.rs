//! How a person wants the pages: theme, density, font, keys, time zone, locale. STORED FORMAT: add optional members.

use serde::{Deserialize, Serialize};

use crate::refusal::FieldFault;
use crate::value::patch::{self, Patched};

/// The locales in which figures and dates can be written; the language of texts is their first two letters.
pub const LOCALES: [&str; 5] = ["en-GB", "en-US", "de-DE", "de-AT", "de-CH"];

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the device says.
    #[default]
    System,
    /// Dark text on light ground.
    Light,
    /// Light text on dark ground.
    Dark,
}

/// How much room a line takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Density {
    /// With room.
    #[default]
    Comfortable,
    /// More lines on a screen.
    Compact,
}

/// Which font.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Font {
    /// The product's.
    #[default]
    Inter,
    /// The device's: nothing is fetched.
    System,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Density {
    /// Every density.
    pub const ALL: [Self; 2] = [Self::Comfortable, Self::Compact];

    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }
}

impl Font {
    /// Every font.
    pub const ALL: [Self; 2] = [Self::Inter, Self::System];

    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inter => "inter",
            Self::System => "system",
        }
    }
}

/// What a person chose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Light or dark.
    pub theme: Theme,
    /// How much room a line takes.
    pub density: Density,
    /// Which font.
    pub font: Font,
    /// Single letters are no shortcuts.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub shortcuts_off: bool,
    /// An IANA name; the organisation's zone when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// One of [`LOCALES`]; as the browser says when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
}

/// Preferences as given; absent is unchanged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PreferencesDraft {
    /// `system`, `light` or `dark`.
    pub theme: Option<String>,
    /// `comfortable` or `compact`.
    pub density: Option<String>,
    /// `inter` or `system`.
    pub font: Option<String>,
    /// Whether single letters are shortcuts.
    pub shortcuts: Option<bool>,
    /// An IANA name; none for the organisation's.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub timezone: Patched<String>,
    /// One of [`LOCALES`]; none for the browser's.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub locale: Patched<String>,
}

/// The preferences after a draft, every fault at its place.
pub(super) fn merged(
    now: &Preferences,
    draft: &PreferencesDraft,
    faults: &mut Vec<FieldFault>,
) -> Preferences {
    let mut after = now.clone();
    if let Some(theme) = one_of("theme", draft.theme.as_deref(), &Theme::ALL, Theme::as_str, faults) {
        after.theme = theme;
    }
    if let Some(density) = one_of("density", draft.density.as_deref(), &Density::ALL, Density::as_str, faults)
    {
        after.density = density;
    }
    if let Some(font) = one_of("font", draft.font.as_deref(), &Font::ALL, Font::as_str, faults) {
        after.font = font;
    }
    if let Some(shortcuts) = draft.shortcuts {
        after.shortcuts_off = !shortcuts;
    }
    if let Some(zone) = &draft.timezone {
        if zone.as_deref().is_some_and(|zone| jiff::tz::TimeZone::get(zone).is_err()) {
            let message = "expected an IANA zone such as Europe/Berlin";
            faults.push(FieldFault::new("/timezone", "timezone_unknown", message));
        }
        after.timezone.clone_from(zone);
    }
    if let Some(locale) = &draft.locale {
        if locale.as_deref().is_some_and(|locale| !LOCALES.contains(&locale)) {
            let message = format!("expected one of {}", LOCALES.join(", "));
            faults.push(FieldFault::new("/locale", "not_in_list", message));
        }
        after.locale.clone_from(locale);
    }
    after
}

fn one_of<T: Copy>(
    member: &str,
    text: Option<&str>,
    all: &[T],
    code: fn(T) -> &'static str,
    faults: &mut Vec<FieldFault>,
) -> Option<T> {
    let text = text?;
    let found = all.iter().copied().find(|one| code(*one) == text);
    if found.is_none() {
        let codes: Vec<&str> = all.iter().map(|one| code(*one)).collect();
        let message = format!("expected one of {}", codes.join(", "));
        faults.push(FieldFault::new(format!("/{member}"), "not_in_list", message));
    }
    found
}
