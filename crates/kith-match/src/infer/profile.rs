//! What the values of a column look like, counted over the first rows.

use std::collections::HashSet;

use crate::normalise::{date, fold, legal::LegalForms};

/// Values that are looked at; the rest of a long file looks the same.
const VALUES_MAX: usize = 2_000;

/// Ends of names of files, which look like those of domains.
const FILES: [&str; 9] = ["csv", "tsv", "txt", "xls", "xlsx", "json", "xml", "pdf", "sql"];

/// Whether a value is the name of a host, with or without what a web address has around it.
fn is_host(value: &str) -> bool {
    let rest = value.split_once("://").map_or(value, |(_, rest)| rest);
    let host = rest.split(['/', '?', ':']).next().unwrap_or_default();
    let Some((name, end)) = host.rsplit_once('.') else { return false };
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let ends = end.len() >= 2 && end.bytes().all(|byte| byte.is_ascii_alphabetic());
    ends && name.split('.').all(part) && !FILES.contains(&end.to_ascii_lowercase().as_str())
}

/// Counts over the values of one column.
#[derive(Debug, Default)]
pub struct Profile {
    known: usize,
    emails: usize,
    dates: usize,
    domains: usize,
    phones: usize,
    codes: usize,
    numbers: usize,
    legal_forms: usize,
    different: HashSet<String>,
}

impl Profile {
    /// Looks at the values of a column, of the second file too where there is one.
    #[must_use]
    pub fn of<'a>(values: impl Iterator<Item = &'a str>, others: impl Iterator<Item = &'a str>) -> Self {
        let mut profile = Self::default();
        let forms = LegalForms::default();
        let (mut plain, mut core, mut form) = (String::new(), String::new(), String::new());
        let stated = |value: &&str| !value.is_empty();
        let first = values.map(str::trim).filter(stated).take(VALUES_MAX);
        for value in first.chain(others.map(str::trim).filter(stated).take(VALUES_MAX)) {
            profile.known += 1;
            profile.count(value);
            fold(value, &mut plain);
            forms.part(&plain, &mut core, &mut form);
            profile.legal_forms += usize::from(!form.is_empty());
            profile.different.insert(value.to_owned());
        }
        profile
    }

    fn count(&mut self, value: &str) {
        let spaces = value.contains(char::is_whitespace);
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        let letters = value.chars().filter(|letter| letter.is_alphabetic()).count();
        let email = !spaces
            && value.split_once('@').is_some_and(|(local, rest)| !local.is_empty() && rest.contains('.'));
        let domain = !spaces && !email && letters > 3 && is_host(value);
        let marks = value.len() - digits;
        let phone_marks = value.bytes().all(|byte| byte.is_ascii_digit() || b" +-()./x".contains(&byte));
        self.emails += usize::from(email);
        self.domains += usize::from(domain);
        self.dates += usize::from(date::is_date(value));
        self.phones += usize::from(phone_marks && (7..=15).contains(&digits) && (marks > 0 || digits >= 9));
        self.codes +=
            usize::from(!spaces && digits >= 4 && digits * 2 >= value.len() && !value.contains('.'));
        self.numbers += usize::from(value.replace(',', "").parse::<f64>().is_ok());
    }

    fn share(&self, count: usize) -> f64 {
        if self.known == 0 { 0.0 } else { count as f64 / self.known as f64 }
    }

    pub(super) fn known(&self) -> usize {
        self.known
    }

    pub(super) fn different(&self) -> usize {
        self.different.len()
    }

    pub(super) fn is_unique(&self) -> bool {
        self.different.len() == self.known
    }

    pub(super) fn is_constant(&self) -> bool {
        self.different.len() <= 1
    }

    pub(super) fn emails(&self) -> f64 {
        self.share(self.emails)
    }

    pub(super) fn dates(&self) -> f64 {
        self.share(self.dates)
    }

    pub(super) fn domains(&self) -> f64 {
        self.share(self.domains)
    }

    pub(super) fn phones(&self) -> f64 {
        self.share(self.phones)
    }

    pub(super) fn codes(&self) -> f64 {
        self.share(self.codes)
    }

    pub(super) fn numbers(&self) -> f64 {
        self.share(self.numbers)
    }

    pub(super) fn legal_forms(&self) -> f64 {
        self.share(self.legal_forms)
    }
}
