//! How two values of a kind are measured, and what each level means.

use crate::dictionary::MISSING;
use crate::similarity::{edits_within, jaro_winkler, token_set};
use crate::table::{Column, Table};

/// One of the two says nothing.
pub const MISSING_LEVEL: u8 = 0;
/// Both say something, and not the same.
pub const ELSE: u8 = 1;

/// A measure and the columns of the table that it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Name without its legal form.
    Name(usize),
    /// Given name or surname, and the other of the two: they are often swapped.
    Person {
        /// This part.
        own: usize,
        /// The other part.
        other: Option<usize>,
        /// Whether swapped parts count here: once, and not with both parts.
        swaps: bool,
    },
    /// A day.
    Date(usize),
    /// A key that contradicts another of the same form.
    HardKey(usize),
    /// Another identifier.
    Code(usize),
    /// A telephone number.
    Phone(usize),
    /// E-mail address and web address, which depend on each other too much to count twice.
    Web {
        /// The address.
        mail: Option<usize>,
        /// Its domain.
        mail_domain: Option<usize>,
        /// The domain of the website.
        site: Option<usize>,
    },
    /// A street.
    Street {
        /// Its name.
        name: usize,
        /// Its number.
        number: Option<usize>,
    },
    /// A postal code.
    Postal(usize),
    /// A city.
    Place(usize),
    /// One of few values.
    Choice(usize),
    /// A number.
    Number(usize),
    /// Any text.
    Text(usize),
}

impl Measure {
    /// The columns that it reads.
    #[must_use]
    pub fn columns(&self) -> Vec<usize> {
        match *self {
            Self::Name(at)
            | Self::Person { own: at, .. }
            | Self::Date(at)
            | Self::HardKey(at)
            | Self::Code(at)
            | Self::Phone(at)
            | Self::Postal(at)
            | Self::Place(at)
            | Self::Choice(at)
            | Self::Number(at)
            | Self::Text(at) => vec![at],
            Self::Web { mail, mail_domain: _, site } => mail.into_iter().chain(site).collect(),
            Self::Street { name, number } => number.into_iter().chain(Some(name)).collect(),
        }
    }

    /// How dear it is: what only compares numbers comes before what compares letters.
    #[must_use]
    pub fn cost(&self) -> u8 {
        match self {
            Self::Choice(_) => 0,
            Self::HardKey(_) => 1,
            Self::Code(_) => 2,
            Self::Phone(_) => 3,
            Self::Postal(_) => 4,
            Self::Number(_) => 5,
            Self::Date(_) => 6,
            Self::Web { .. } => 7,
            Self::Person { .. } => 8,
            Self::Street { .. } => 9,
            Self::Place(_) => 10,
            Self::Name(_) => 11,
            Self::Text(_) => 12,
        }
    }

    /// What its levels are called, from [`ELSE`] to full agreement.
    #[must_use]
    pub fn levels(&self) -> &'static [&'static str] {
        match self {
            Self::Name(_) | Self::Text(_) => {
                &["different", "some words in common", "similar", "very similar", "same words", "equal"]
            }
            Self::Person { .. } => &["different", "similar", "swapped", "very similar", "equal"],
            Self::Date(_) => &["different", "same year", "two edits or swapped", "one edit", "equal"],
            Self::HardKey(_) | Self::Code(_) => &["different", "two edits", "one edit", "equal"],
            Self::Phone(_) => &["different", "one edit or same end", "equal"],
            Self::Web { .. } => {
                &["different", "similar domain", "same domain", "similar address", "same address"]
            }
            Self::Street { .. } => &[
                "different",
                "same number",
                "similar name",
                "same name",
                "similar name, same number",
                "equal",
            ],
            Self::Postal(_) => &["different", "same beginning", "one edit", "equal"],
            Self::Place(_) => &["different", "similar", "very similar", "equal"],
            Self::Choice(_) => &["different", "equal"],
            Self::Number(_) => &["different", "one edit", "equal"],
        }
    }

    /// The highest level.
    #[must_use]
    pub fn top(&self) -> u8 {
        self.levels().len() as u8
    }

    /// The columns whose term frequency counts at that level: the first that says something.
    #[must_use]
    pub fn frequency(&self, level: u8) -> [Option<usize>; 2] {
        match *self {
            Self::Web { mail, .. } if level == self.top() => [mail, None],
            Self::Web { mail_domain, site, .. } if level == 3 => [site, mail_domain],
            Self::Web { .. } => [None; 2],
            Self::Street { name, .. } if level == 4 => [Some(name), None],
            Self::Street { .. } => [None; 2],
            _ if level == self.top() => [self.columns().first().copied(), None],
            _ => [None; 2],
        }
    }

    /// The column whose equality is exactly the highest level, if there is one.
    #[must_use]
    pub fn equality(&self) -> Option<usize> {
        match *self {
            Self::Web { mail, .. } => mail,
            Self::Street { .. } => None,
            _ => self.columns().first().copied(),
        }
    }

    /// Whether equality names one party: such values are rare because each is given once, so their own
    /// frequency counts only when they are conspicuously common.
    #[must_use]
    pub fn names_one(&self, level: u8) -> bool {
        match self {
            Self::HardKey(_) | Self::Code(_) => true,
            Self::Web { .. } => level == self.top(),
            _ => false,
        }
    }

    /// The level of two rows.
    #[must_use]
    pub fn level(&self, table: &Table, left: usize, right: usize) -> u8 {
        let column = |at: usize| &table.columns()[at];
        match *self {
            Self::Web { mail, mail_domain, site } => web(table, [mail, mail_domain, site], left, right),
            Self::Street { name, number } => street(column(name), number.map(column), left, right),
            Self::Person { own, other: Some(other), swaps } => {
                let swapped = if swaps { 3 } else { MISSING_LEVEL };
                person([column(own), column(other)], swapped, left, right)
            }
            Self::Name(at) | Self::Text(at) => name(column(at), left, right),
            Self::Person { own: at, .. } => text(column(at), left, right, self.top(), part_of_name),
            Self::Date(at) => text(column(at), left, right, self.top(), date),
            Self::HardKey(at) | Self::Code(at) => text(column(at), left, right, self.top(), code),
            Self::Phone(at) => text(column(at), left, right, self.top(), phone),
            Self::Postal(at) => text(column(at), left, right, self.top(), postal),
            Self::Place(at) => text(column(at), left, right, self.top(), place),
            Self::Choice(at) => text(column(at), left, right, self.top(), |_, _| ELSE),
            Self::Number(at) => text(column(at), left, right, self.top(), one_edit),
        }
    }
}

/// Missing, equal, or what `unequal` says of two different texts.
fn text(column: &Column, left: usize, right: usize, top: u8, unequal: impl Fn(&str, &str) -> u8) -> u8 {
    let (left, right) = (column.values[left], column.values[right]);
    if left == MISSING || right == MISSING {
        MISSING_LEVEL
    } else if left == right {
        top
    } else {
        unequal(column.dictionary.text(left), column.dictionary.text(right))
    }
}

fn name(column: &Column, left: usize, right: usize) -> u8 {
    let (one, other) = (column.values[left], column.values[right]);
    if one == MISSING || other == MISSING {
        return MISSING_LEVEL;
    }
    if one == other {
        return 6;
    }
    let words = column.words.as_ref().map_or(0.0, |words| words.likeness(one, other));
    if words > 0.999 {
        return 5;
    }
    let (one, other) = (column.dictionary.text(one), column.dictionary.text(other));
    if !same_numbers(one, other) {
        return if words >= 0.4 { 2 } else { ELSE };
    }
    let letters = jaro_winkler(one, other);
    if words >= 0.8 || letters >= 0.94 {
        4
    } else if words >= 0.6 || letters >= 0.88 {
        3
    } else if words >= 0.4 {
        2
    } else {
        ELSE
    }
}

/// Whether two names hold the same words with digits: branch 1 is not branch 2, however alike the rest is.
fn same_numbers(one: &str, other: &str) -> bool {
    let numbered = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    if !numbered(one) && !numbered(other) {
        return true;
    }
    let words = |text: &str| {
        let mut words: Vec<String> =
            text.split(' ').filter(|word| numbered(word)).map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    words(one) == words(other)
}

fn part_of_name(left: &str, right: &str) -> u8 {
    let likeness = jaro_winkler(left, right);
    if likeness >= 0.92 || edits_within(left, right, 1).is_some() {
        4
    } else if likeness >= 0.8 {
        2
    } else {
        ELSE
    }
}

/// The level of the part, `swapped` where the two parts stand in each other's place.
fn person([own, other]: [&Column; 2], swapped: u8, left: usize, right: usize) -> u8 {
    let straight = text(own, left, right, 5, part_of_name);
    if straight > 2 || text(other, left, right, 5, part_of_name) > 2 {
        return straight;
    }
    let across = [(own, other), (other, own)].map(|(one, another)| {
        let (one, another) = (one.text(left), another.text(right));
        if one.is_empty() || another.is_empty() {
            MISSING_LEVEL
        } else if one == another {
            5
        } else {
            part_of_name(one, another)
        }
    });
    if across.contains(&5) && !across.contains(&ELSE) { swapped } else { straight }
}

fn date(left: &str, right: &str) -> u8 {
    if edits_within(left, right, 1).is_some() {
        return 4;
    }
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != 8 || right.len() != 8 {
        return ELSE;
    }
    let same_year = left[..4] == right[..4];
    let swapped = same_year && left[4..6] == right[6..8] && left[6..8] == right[4..6];
    let apart = left.iter().zip(right).filter(|(left, right)| left != right).count();
    match (swapped || apart <= 2, same_year) {
        (true, _) => 3,
        (false, true) => 2,
        (false, false) => ELSE,
    }
}

fn code(left: &str, right: &str) -> u8 {
    match edits_within(left, right, 2) {
        Some(1) => 3,
        Some(_) => 2,
        None => ELSE,
    }
}

fn phone(left: &str, right: &str) -> u8 {
    let end = |text: &str| text.len().saturating_sub(7);
    let same_end = left[end(left)..] == right[end(right)..];
    if same_end || edits_within(left, right, 1).is_some() { 2 } else { ELSE }
}

fn postal(left: &str, right: &str) -> u8 {
    if edits_within(left, right, 1).is_some() {
        3
    } else if left.bytes().zip(right.bytes()).take(3).filter(|(left, right)| left == right).count() == 3 {
        2
    } else {
        ELSE
    }
}

fn place(left: &str, right: &str) -> u8 {
    let likeness = jaro_winkler(left, right);
    if likeness >= 0.92 {
        3
    } else if likeness >= 0.82 {
        2
    } else {
        ELSE
    }
}

fn one_edit(left: &str, right: &str) -> u8 {
    if left.len() > 1 && edits_within(left, right, 1).is_some() { 2 } else { ELSE }
}

fn street(name: &Column, number: Option<&Column>, left: usize, right: usize) -> u8 {
    let names = text(name, left, right, 2, |left, right| {
        u8::from(jaro_winkler(left, right) >= 0.9 || token_set(left, right) >= 0.66)
    });
    let missing = name.is_missing(left) || name.is_missing(right);
    let numbers = number.map(|number| (number.values[left], number.values[right]));
    let (stated, same) = match numbers {
        Some((MISSING, MISSING)) | None => (false, true),
        Some((left, right)) => (left != MISSING && right != MISSING, left == right),
    };
    match (missing, names, same) {
        (true, ..) => MISSING_LEVEL,
        (_, 2, true) => 6,
        (_, 1, true) if stated => 5,
        (_, 2, false) => 4,
        (_, 1, _) => 3,
        (_, _, true) if stated => 2,
        _ => ELSE,
    }
}

fn web(table: &Table, [mail, mail_domain, site]: [Option<usize>; 3], left: usize, right: usize) -> u8 {
    let columns = table.columns();
    let known =
        |at: Option<usize>, row: usize| at.map(|at| &columns[at]).filter(|column| !column.is_missing(row));
    let mails = known(mail, left).zip(known(mail, right));
    if let Some((column, _)) = mails {
        let (left, right) = (column.values[left], column.values[right]);
        if left == right {
            return 5;
        }
        if edits_within(column.dictionary.text(left), column.dictionary.text(right), 2).is_some() {
            return 4;
        }
    }
    let domains = |row: usize| {
        let of_mail = known(mail_domain, row).map(|column| column.text(row));
        [known(site, row).map(|column| column.text(row)), of_mail].into_iter().flatten()
    };
    let mut level = MISSING_LEVEL;
    for (one, other) in domains(left).flat_map(|one| domains(right).map(move |other| (one, other))) {
        let found = if one == other {
            3
        } else if edits_within(one, other, 2).is_some() {
            2
        } else {
            ELSE
        };
        level = level.max(found);
    }
    // Two addresses at the doors of anybody have no domains to compare, and still differ.
    if level == MISSING_LEVEL && mails.is_some() { ELSE } else { level }
}
