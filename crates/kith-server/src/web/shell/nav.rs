//! The pages of the navigation: in groups, with their counts and the keys that lead there.

use std::collections::BTreeMap;

use super::{NavCounts, Section};
use crate::web::number::count;
use crate::web::page::Place;
use crate::web::part::icon::Icon;
use crate::web::words::t;

/// An entry of the navigation.
pub(super) struct Entry {
    pub(super) section: Section,
    pub(super) icon: Icon,
    pub(super) title: &'static str,
    pub(super) short: &'static str,
    pub(super) href: &'static str,
    pub(super) count: Option<u64>,
    pub(super) hot: bool,
}

pub(super) fn entries(counts: &NavCounts) -> Vec<Entry> {
    let entry = |section, icon, title, short, href, count, hot| Entry {
        section,
        icon,
        title,
        short,
        href,
        count,
        hot,
    };
    let mut all = vec![
        entry(Section::Home, Icon::Home, t("Home"), t("Home"), "/", None, false),
        entry(Section::Inbox, Icon::Mail, t("Inbox"), t("Inbox"), "/inbox", counts.unread, true),
        entry(
            Section::Accounts,
            Icon::Building,
            t("Accounts"),
            t("Accounts"),
            "/accounts",
            counts.accounts,
            false,
        ),
        entry(Section::Portfolio, Icon::Briefcase, t("Portfolio"), t("Portfolio"), "/portfolio", None, false),
        entry(Section::Reviews, Icon::Calendar, t("Reviews"), t("Reviews"), "/reviews", counts.reviews, true),
        entry(Section::Onboarding, Icon::Flag, t("Onboarding"), t("Onboard"), "/onboarding", None, false),
        entry(Section::Orders, Icon::Package, t("Orders"), t("Orders"), "/orders?state=held", None, false),
        entry(Section::Credit, Icon::Money, t("Credit"), t("Credit"), "/credit", None, false),
        entry(Section::Changes, Icon::Changes, t("Changes"), t("Changes"), "/changes", counts.changes, true),
        entry(Section::Contracts, Icon::Document, t("Contracts"), t("Contracts"), "/contracts", None, false),
        entry(Section::Tasks, Icon::Flag, t("Tasks"), t("Tasks"), "/tasks", None, false),
        entry(Section::Outbox, Icon::Mail, t("Outbox"), t("Outbox"), "/outbox", None, false),
        entry(Section::Alerts, Icon::Warning, t("Alerts"), t("Alerts"), "/alerts", counts.alerts, true),
        entry(
            Section::Duplicates,
            Icon::Pair,
            t("Duplicates"),
            t("Pairs"),
            "/duplicates",
            counts.duplicates,
            true,
        ),
        entry(
            Section::Screening,
            Icon::Search,
            t("Screening"),
            t("Screening"),
            "/screening",
            counts.screening,
            true,
        ),
        entry(
            Section::Quarantine,
            Icon::Quarantine,
            t("Quarantine"),
            t("Quarantine"),
            "/quarantine",
            counts.quarantine,
            true,
        ),
        entry(Section::Imports, Icon::Upload, t("Imports"), t("Imports"), "/imports", None, false),
        entry(Section::Audit, Icon::Clock, t("Audit"), t("Audit"), "/audit", None, false),
        entry(Section::Settings, Icon::Settings, t("Settings"), t("Settings"), "/settings", None, false),
    ];
    // Who may not decide what waits there is not led there.
    all.retain(|entry| match entry.section {
        Section::Alerts => counts.alerts.is_some(),
        Section::Duplicates => counts.duplicates.is_some(),
        Section::Screening => counts.screening.is_some(),
        Section::Quarantine => counts.quarantine.is_some(),
        Section::Orders | Section::Credit => counts.may_credit,
        Section::Audit => counts.may_audit,
        Section::Imports => counts.may_import,
        _ => true,
    });
    all
}

/// The name under which the count of an entry changes while a page is open, and the letter that follows `G`.
pub(super) fn names(section: Section) -> (&'static str, &'static str) {
    match section {
        Section::Home => ("", "h"),
        Section::Inbox => ("unread", "i"),
        Section::Accounts => ("accounts", "a"),
        Section::Reviews => ("reviews", "r"),
        Section::Onboarding => ("", "n"),
        Section::Orders => ("", "o"),
        Section::Changes => ("changes", "p"),
        Section::Contracts => ("", "c"),
        Section::Tasks => ("", "t"),
        Section::Alerts => ("alerts", ""),
        Section::Duplicates => ("duplicates", ""),
        Section::Screening => ("screening", ""),
        Section::Quarantine => ("quarantine", "q"),
        Section::Imports => ("", "m"),
        _ => ("", ""),
    }
}

/// The count of an entry as it is shown; empty where there is none to show.
pub(super) fn counted(entry: &Entry) -> String {
    entry.count.filter(|number| *number > 0 || !entry.hot).map(count).unwrap_or_default()
}

/// The counts of the navigation as they are shown, by their names.
pub(crate) fn count_texts(counts: &NavCounts) -> BTreeMap<&'static str, String> {
    let entries = entries(counts);
    let named = entries.iter().filter(|entry| entry.count.is_some());
    let mut texts: BTreeMap<&'static str, String> =
        named.map(|entry| (names(entry.section).0, counted(entry))).collect();
    texts.insert("more", waiting(entries.iter().filter(|entry| !is_tab(entry))));
    for group in Group::ALL {
        texts.insert(group.id(), waiting(entries.iter().filter(|entry| group_of(entry.section) == group)));
    }
    texts
}

/// What waits behind the entries that a small screen does not show.
pub(super) fn waiting<'a>(hidden: impl Iterator<Item = &'a Entry>) -> String {
    let all: u64 = hidden.filter(|entry| entry.hot).filter_map(|entry| entry.count).sum();
    if all > 0 { count(all) } else { String::new() }
}

/// The pages of the navigation, with the keys that lead there.
pub(crate) fn places(counts: &NavCounts) -> Vec<Place> {
    let keys = |entry: &Entry| match names(entry.section).1 {
        "" => String::new(),
        letter => format!("G {}", letter.to_uppercase()),
    };
    let place = |entry: Entry| Place {
        keys: keys(&entry),
        title: entry.title.to_owned(),
        href: entry.href.to_owned(),
    };
    entries(counts).into_iter().map(place).collect()
}

/// Pages that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// What waits for the reader.
    Own,
    /// Customers and what is agreed with them.
    Customers,
    /// Orders, and credit for them.
    Selling,
    /// What the record is made of.
    Data,
    /// What keeps it going.
    Operation,
}

impl Group {
    /// All, as they stand below each other.
    pub(super) const ALL: [Self; 5] =
        [Self::Own, Self::Customers, Self::Selling, Self::Data, Self::Operation];

    /// The name under which its state is kept and its count changes.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Own => "group-own",
            Self::Customers => "group-customers",
            Self::Selling => "group-selling",
            Self::Data => "group-data",
            Self::Operation => "group-operation",
        }
    }

    /// Its heading; the first needs none.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Own => "",
            Self::Customers => t("Customers"),
            Self::Selling => t("Orders and credit"),
            Self::Data => t("Data"),
            Self::Operation => t("Operation"),
        }
    }
}

/// Where a page stands.
pub(super) fn group_of(section: Section) -> Group {
    match section {
        Section::Home | Section::Inbox | Section::Changes | Section::Tasks | Section::Ask => Group::Own,
        Section::Accounts
        | Section::Portfolio
        | Section::Reviews
        | Section::Onboarding
        | Section::Contracts => Group::Customers,
        Section::Orders | Section::Credit | Section::Alerts => Group::Selling,
        Section::Screening | Section::Duplicates | Section::Quarantine | Section::Imports => Group::Data,
        Section::Outbox | Section::Audit | Section::Settings => Group::Operation,
    }
}

/// Entries that a small screen always shows; the others are behind one of their own.
pub(super) const TABS: [Section; 4] = [Section::Home, Section::Accounts, Section::Changes, Section::Inbox];

pub(super) fn is_tab(entry: &Entry) -> bool {
    TABS.contains(&entry.section)
}
