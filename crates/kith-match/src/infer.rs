//! What the columns of a file hold, by their headers and, where those say nothing, by their values.

mod header;
mod profile;

#[cfg(test)]
mod tests;

use crate::kind::Kind;
use header::Said;
pub use profile::Profile;

/// Columns that name the row itself, best first.
const ROW_NAMES: [&str; 2] = ["id", "rec_id"];
/// Fewer different values than this share of the rows make a category.
const CATEGORY_SHARE: f64 = 0.02;
const CATEGORY_MAX: usize = 60;
/// From this share on, the values decide.
const MOST: f64 = 0.8;

/// The column that names the row when none is asked for: `id`, else `rec_id`.
#[must_use]
pub fn row_name(headers: &[String]) -> Option<usize> {
    ROW_NAMES
        .iter()
        .find_map(|wanted| headers.iter().position(|header| header.trim().eq_ignore_ascii_case(wanted)))
}

/// The kind of each column, none where it is not to be compared. `asked` are columns that were named: they are
/// compared whatever they look like.
#[must_use]
pub fn kinds(headers: &[String], profiles: &[Profile], asked: Option<&[usize]>) -> Vec<Option<Kind>> {
    let of = |at: usize| match asked {
        Some(asked) if !asked.contains(&at) => None,
        Some(_) => Some(kind(&headers[at], &profiles[at]).unwrap_or_else(|| by_values(&profiles[at]))),
        None => kind(&headers[at], &profiles[at]),
    };
    (0..headers.len()).map(of).collect()
}

fn kind(header: &str, profile: &Profile) -> Option<Kind> {
    if profile.known() == 0 {
        return None;
    }
    match header::read(header) {
        Said::Kind(kind) => Some(fitting(kind, profile)),
        Said::Nothing => None,
        // A number of the row: every value stands once.
        Said::RowNumber if profile.is_unique() => None,
        Said::RowNumber => Some(Kind::Identifier),
        Said::Unknown if profile.is_constant() => None,
        Said::Unknown => Some(by_values(profile)),
    }
}

/// The header's kind, unless the values speak against it.
fn fitting(kind: Kind, profile: &Profile) -> Kind {
    match kind {
        Kind::Email if profile.emails() < 0.5 => by_values(profile),
        Kind::Date if profile.dates() < 0.5 => Kind::Text,
        Kind::Domain if profile.domains() + profile.emails() < 0.5 => by_values(profile),
        Kind::Phone if profile.phones() + profile.codes() < 0.5 => Kind::Text,
        kind => kind,
    }
}

fn by_values(profile: &Profile) -> Kind {
    let most = |share: f64| share >= MOST;
    if most(profile.emails()) {
        Kind::Email
    } else if most(profile.dates()) {
        Kind::Date
    } else if most(profile.domains()) {
        Kind::Domain
    } else if most(profile.phones()) {
        Kind::Phone
    } else if profile.different() <= CATEGORY_MAX
        && (profile.different() as f64) <= CATEGORY_SHARE * profile.known() as f64
    {
        Kind::Category
    } else if most(profile.codes()) {
        Kind::Identifier
    } else if most(profile.numbers()) {
        Kind::Number
    } else if profile.legal_forms() >= 0.2 {
        Kind::Name
    } else {
        Kind::Text
    }
}
