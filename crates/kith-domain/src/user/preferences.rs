//! How a person reads the pages.

use serde::{Deserialize, Serialize};

use crate::refusal::FieldFault;

/// The languages that the pages speak.
pub const LANGUAGES: [&str; 2] = ["en", "de"];

/// The places whose figures, money and dates the pages can write.
pub const LOCALES: [&str; 5] = ["en-GB", "en-US", "de-DE", "de-AT", "de-CH"];

/// Language, figures and zone; what is absent follows the browser, then the organisation.
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
