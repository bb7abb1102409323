//! In which language, and with which figures and dates, the reader of this request reads.

use std::cell::{Cell, RefCell};

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use jiff::tz::TimeZone;

/// A language that the pages speak.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Language {
    /// English, the language of the keys.
    #[default]
    English,
    /// German, as companies in Germany, Austria and Switzerland write it.
    German,
    /// `en-XA`: each text in brackets and longer, to find what is not in the catalogue and what does not fit.
    Pseudo,
}

/// How figures, money and dates are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// `1,234.56`, `22 Nov 2026, 15:04`.
    #[default]
    Britain,
    /// `1,234.56`, `Nov 22, 2026, 3:04 PM`.
    America,
    /// `1.234,56`, `22.11.2026, 15:04`, `12,50 €`.
    Germany,
    /// `1 234,56`, `22.11.2026, 15:04`, `€ 12,50`.
    Austria,
    /// `1’234.56`, `22.11.2026, 15:04`, `CHF 12.50`.
    Switzerland,
}

/// What a page must know of its reader to speak to them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Reader {
    /// The language.
    pub(crate) language: Language,
    /// Figures and dates.
    pub(crate) format: Format,
    /// Nobody said which language: neither the person nor the browser.
    pub(crate) is_guess: bool,
}

tokio::task_local! {
    static READER: Cell<Reader>;
    static ZONE: RefCell<TimeZone>;
}

/// Who reads; English outside of a request.
pub(crate) fn reader() -> Reader {
    READER.try_with(Cell::get).unwrap_or_default()
}

/// Where it is read; UTC until the person is known.
pub(crate) fn zone() -> TimeZone {
    ZONE.try_with(|zone| zone.borrow().clone()).unwrap_or(TimeZone::UTC)
}

/// What the person has chosen goes before what the browser says; the zone is theirs, or else the organisation's.
pub(crate) fn settle(language: Option<&str>, locale: Option<&str>, zone: TimeZone) {
    let _ = ZONE.try_with(|held| held.replace(zone));
    let mut reader = reader();
    if let Some(chosen) = language.and_then(Reader::named) {
        reader = Reader { is_guess: false, ..chosen };
    }
    if let Some(chosen) = locale.and_then(Reader::named) {
        reader.format = chosen.format;
    }
    // Outside of a request there is nobody to speak to.
    let _ = READER.try_with(|held| held.set(reader));
}

/// Runs a request in the language that its browser asks for, until the person is known.
pub(crate) async fn heard(request: Request, next: Next) -> Response {
    let first = accepted(request.headers());
    let told = async {
        let mut response = next.run(request).await;
        let tag = HeaderValue::from_static(reader().tag());
        let headers = response.headers_mut();
        headers.entry(header::CONTENT_LANGUAGE).or_insert(tag);
        headers.append(header::VARY, HeaderValue::from_static("accept-language"));
        response
    };
    READER.scope(Cell::new(first), ZONE.scope(RefCell::new(TimeZone::UTC), told)).await
}

/// Draws something as a reader sees it.
fn said_as<T>(reader: Reader, zone: TimeZone, draw: impl FnOnce() -> T) -> T {
    READER.sync_scope(Cell::new(reader), || ZONE.sync_scope(RefCell::new(zone), draw))
}

/// Draws something for somebody who reads a language somewhere, outside of a request.
pub(crate) fn read_in<T>(language: &str, zone: &str, draw: impl FnOnce() -> T) -> T {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    said_as(Reader::named(language).unwrap_or_default(), zone, draw)
}

/// Draws something as a test's reader sees it.
#[cfg(test)]
pub(crate) fn reading<T>(tag: &str, draw: impl FnOnce() -> T) -> T {
    said_as(Reader::named(tag).unwrap_or_default(), TimeZone::UTC, draw)
}

impl Reader {
    /// The reader that a language tag means: `de`, `de-AT`, `en-US`. `None` for what is not spoken here.
    pub(crate) fn named(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let mut parts = tag.split('-');
        let language = parts.next().unwrap_or_default();
        let region = parts.find(|part| part.len() == 2);
        let (language, format) = match (language, region) {
            ("en", Some("xa")) => (Language::Pseudo, Format::Britain),
            ("en", Some("us" | "ca" | "ph")) => (Language::English, Format::America),
            ("en", _) => (Language::English, Format::Britain),
            ("de", Some("at")) => (Language::German, Format::Austria),
            ("de", Some("ch" | "li")) => (Language::German, Format::Switzerland),
            ("de", _) => (Language::German, Format::Germany),
            _ => return None,
        };
        Some(Self { language, format, is_guess: false })
    }

    /// The tag of the place whose figures and times are written.
    pub(crate) fn place(self) -> &'static str {
        match self.format {
            Format::Britain => "en-GB",
            Format::America => "en-US",
            Format::Germany => "de-DE",
            Format::Austria => "de-AT",
            Format::Switzerland => "de-CH",
        }
    }

    /// The tag of the page's language.
    pub(crate) fn tag(self) -> &'static str {
        match (self.language, self.format) {
            (Language::German, Format::Austria) => "de-AT",
            (Language::German, Format::Switzerland) => "de-CH",
            (Language::German, _) => "de",
            (Language::English | Language::Pseudo, _) => "en",
        }
    }
}

/// The best language of `Accept-Language` that is spoken here.
fn accepted(headers: &HeaderMap) -> Reader {
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let wishes = header.unwrap_or_default().split(',').filter_map(|wish| {
        let (tag, weight) = wish.split_once(';').unwrap_or((wish, "q=1"));
        let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
        Some((weight, Reader::named(tag)?)).filter(|(weight, _)| *weight > 0.0)
    });
    // The first of equal ones.
    let best = wishes.fold(None, |best: Option<(f32, Reader)>, wish| match best {
        Some(best) if best.0 >= wish.0 => Some(best),
        _ => Some(wish),
    });
    best.map_or(Reader { is_guess: true, ..Reader::default() }, |(_, reader)| reader)
}

#[cfg(test)]
mod tests;
