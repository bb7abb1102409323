//! Checks of single values: e-mail, telephone, web address, codes.

/// True for an address that mail can be sent to: local part and a domain with a dot, within the lengths of
/// RFC 5321. Quoted local parts are not taken in files.
#[must_use]
pub fn email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let local_ok = !local.is_empty()
        && local.len() <= 64
        && local.chars().all(atom)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let label = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    local_ok && text.len() <= 254 && domain.contains('.') && domain.split('.').all(label)
}

/// True for something that can be dialled: 4 to 20 digits with the usual marks and an extension.
#[must_use]
pub fn phone(text: &str) -> bool {
    let lower = text.to_lowercase();
    // An extension says nothing about the number before it.
    let number =
        ["ext", "x", "#"].iter().find_map(|mark| lower.split_once(mark)).map_or(lower.as_str(), |cut| cut.0);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    (4..=20).contains(&digits)
        && number.chars().all(|c| c.is_ascii_digit() || " +-().//\u{a0}\u{2011}".contains(c))
}

/// The address with a scheme, when it is one of the web.
#[must_use]
pub fn website(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.unwrap_or(text).split(['/', '?', '#', ':']).next().unwrap_or_default();
    let label =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let good = host.contains('.') && host.split('.').all(label) && !text.contains(char::is_whitespace);
    good.then(|| if rest.is_some() { text.to_owned() } else { format!("https://{text}") })
}

/// True for mail providers that serve anybody; a company of size seldom uses them (D§6.2).
#[must_use]
pub fn free_mail(domain: &str) -> bool {
    const FREE: &[&str] = &[
        "aol.com",
        "gmail.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "mail.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "orange.fr",
        "outlook.com",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "web.de",
        "yahoo.com",
        "yandex.ru",
        "163.com",
    ];
    let lower = domain.to_lowercase();
    FREE.contains(&lower.as_str()) || lower.starts_with("yahoo.co")
}
