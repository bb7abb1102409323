//! How a person reads the pages.

use serde::{Deserialize, Serialize};

use crate::refusal::FieldFault;

/// The languages that the pages speak.
pub const LANGUAGES: [&str; 2] = ["en", "de"];

/// The places whose figures, money and dates the pages can write.
pub const LOCALES: [&str; 5] = ["en-GB", "en-US", "de-DE", "de-AT", "de-CH"];

/// Light or dark, or as the device says.
pub const THEMES: [&str; 3] = ["system", "light", "dark"];

/// How much room a line takes.
pub const DENSITIES: [&str; 2] = ["comfortable", "compact"];

/// The product's font, or the device's, for which nothing is fetched.
pub const FONTS: [&str; 2] = ["inter", "system"];

/// Language, figures and zone, theme, density, font and keys; what is absent follows the browser, then the organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    /// One of [`LANGUAGES`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// One of [`LOCALES`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// IANA time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// One of [`THEMES`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    /// One of [`DENSITIES`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub density: Option<String>,
    /// One of [`FONTS`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font: Option<String>,
    /// Whether single letters are shortcuts; they are when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortcuts: Option<bool>,
}

impl Preferences {
    /// Whether everything follows the browser and the organisation.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The same as they are kept, every fault at its place. An empty text is absent.
    pub(super) fn checked(&self, faults: &mut Vec<FieldFault>) -> Self {
        let language = one_of(self.language.as_deref(), &LANGUAGES);
        let locale = one_of(self.locale.as_deref(), &LOCALES);
        let theme = one_of(self.theme.as_deref(), &THEMES);
        let density = one_of(self.density.as_deref(), &DENSITIES);
        let font = one_of(self.font.as_deref(), &FONTS);
        let zone = stated(self.timezone.as_deref()).map(|zone| match jiff::tz::TimeZone::get(zone) {
            Ok(known) => Ok(known.iana_name().unwrap_or(zone).to_owned()),
            Err(_) => Err(()),
        });
        let mut kept =
            |read: Option<Result<String, ()>>, place: &str, code: &str, expected: String| match read {
                Some(Ok(text)) => Some(text),
                Some(Err(())) => {
                    faults.push(FieldFault::new(place, code, expected));
                    None
                }
                None => None,
            };
        Self {
            language: kept(language, "/language", "language_unknown", expected(&LANGUAGES)),
            locale: kept(locale, "/locale", "locale_unknown", expected(&LOCALES)),
            timezone: kept(
                zone,
                "/timezone",
                "timezone_unknown",
                "expected an IANA zone such as Europe/Berlin".to_owned(),
            ),
            theme: kept(theme, "/theme", "theme_unknown", expected(&THEMES)),
            density: kept(density, "/density", "density_unknown", expected(&DENSITIES)),
            font: kept(font, "/font", "font_unknown", expected(&FONTS)),
            shortcuts: self.shortcuts,
        }
    }
}

fn stated(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

fn one_of(text: Option<&str>, known: &[&str]) -> Option<Result<String, ()>> {
    let text = stated(text)?;
    let found = known.iter().find(|known| known.eq_ignore_ascii_case(text));
    Some(found.map(|known| (*known).to_owned()).ok_or(()))
}

fn expected(known: &[&str]) -> String {
    format!("expected one of {}", known.join(", "))
}
