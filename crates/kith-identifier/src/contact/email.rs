//! E-mail addresses: the mailbox of RFC 5321, with letters of all languages (RFC 6531).

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::fault::Fault;
use crate::fold::fold;

/// A mailbox, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Before the sign, without quotes that it does not need.
    pub local: String,
    /// After the sign, as given.
    pub domain: String,
}

impl Mailbox {
    /// Whether the domain is a name with a dot: not a bare host and no address in brackets.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.domain.contains('.') && !self.domain.starts_with('[')
    }

    /// Reads a mailbox; nothing may stand around it.
    ///
    /// # Errors
    /// [`Fault::Length`] above 64 octets before the sign or 254 in all, [`Fault::Format`] otherwise.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let (given, domain) = text.rsplit_once('@').ok_or(Fault::Format)?;
        let local = if given.starts_with('"') { unquoted(given)? } else { atoms(given)? };
        let domain = match domain.strip_prefix('[') {
            Some(rest) => literal(rest.strip_suffix(']').ok_or(Fault::Format)?)?,
            None => host(domain)?,
        };
        if given.len() > 64 || text.len() > 254 {
            return Err(Fault::Length);
        }
        Ok(Self { local, domain })
    }
}

impl std::fmt::Display for Mailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

/// Atoms with single dots between them.
fn atoms(local: &str) -> Result<String, Fault> {
    let atom = |atom: &str| !atom.is_empty() && atom.chars().all(is_atom);
    if local.split('.').all(atom) { Ok(local.to_owned()) } else { Err(Fault::Format) }
}

fn is_atom(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(letter) || is_foreign(letter)
}

/// A printed character beyond ASCII.
fn is_foreign(letter: char) -> bool {
    let hidden = matches!(letter, '\u{80}'..='\u{a0}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}'
        | '\u{37e}' | '\u{1680}' | '\u{3000}' | '\u{e000}'..='\u{f8ff}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{ffff}')
        || u32::from(letter) >= 0x000e_0000;
    !letter.is_ascii() && !hidden
}

/// A quoted text; the quotes go where the text is one of atoms.
fn unquoted(local: &str) -> Result<String, Fault> {
    let inner = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).ok_or(Fault::Format)?;
    let mut text = String::new();
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        let kept = match letter {
            '\\' => letters.next().filter(|escaped| matches!(escaped, ' '..='~')).ok_or(Fault::Format)?,
            '"' => return Err(Fault::Format),
            ' '..='~' => letter,
            other if is_foreign(other) => other,
            _ => return Err(Fault::Format),
        };
        text.push(kept);
    }
    Ok(atoms(&text).unwrap_or_else(|_| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))))
}

/// A domain name: labels of letters, digits and inner dashes.
fn host(domain: &str) -> Result<String, Fault> {
    let folded: String = domain.chars().map(fold).collect();
    let label = |label: &str| {
        let dashes = label.chars().skip(2).take(2).eq("--".chars());
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && (!dashes || label.to_ascii_lowercase().starts_with("xn--"))
            && label.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || is_word(letter))
    };
    if folded.len() <= 253 && folded.split('.').all(label) {
        Ok(domain.to_owned())
    } else {
        Err(Fault::Format)
    }
}

fn is_word(letter: char) -> bool {
    !letter.is_ascii()
        && (letter.is_alphanumeric() || matches!(letter, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}'))
}

/// An address in brackets: IPv4, or IPv6 with its tag.
fn literal(inner: &str) -> Result<String, Fault> {
    let known = match inner.strip_prefix("IPv6:") {
        // Two colons stand for two groups at least.
        Some(address) => {
            let groups = address.split(':').filter(|group| !group.is_empty()).count()
                + usize::from(address.contains('.'));
            address.parse::<Ipv6Addr>().is_ok() && (!address.contains("::") || groups <= 6)
        }
        None => inner.parse::<Ipv4Addr>().is_ok(),
    };
    if known { Ok(format!("[{inner}]")) } else { Err(Fault::Format) }
}
