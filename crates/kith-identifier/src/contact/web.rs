//! Web addresses and domain names.

use crate::fault::Fault;

/// A web address: `http` or `https`, `https` when none is given.
///
/// # Errors
/// [`Fault::Length`] above 2048 characters, [`Fault::Format`] otherwise.
pub fn website(text: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.chars().count() > 2048 {
        return Err(Fault::Length);
    }
    let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let scheme = full.starts_with("https://") || full.starts_with("http://");
    let plain = !full
        .contains(|letter: char| letter.is_whitespace() || letter.is_control() || "<>\"@".contains(letter));
    let named = host(&full).is_some_and(|host| domain(host).is_ok());
    if scheme && plain && named { Ok(full) } else { Err(Fault::Format) }
}

/// The host of a web address.
#[must_use]
pub fn host(site: &str) -> Option<&str> {
    let rest = site.split_once("://").map_or(site, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    Some(authority.rsplit_once(':').map_or(authority, |(host, _)| host))
}

/// A domain name in lower case, without `www.`.
///
/// # Errors
/// [`Fault::Format`] when it is none.
pub fn domain(text: &str) -> Result<String, Fault> {
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    let name = lower.strip_prefix("www.").unwrap_or(&lower);
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let fits = name.len() <= 253 && name.contains('.') && name.split('.').all(label);
    if fits { Ok(name.to_owned()) } else { Err(Fault::Format) }
}
