//! The rules of tax profiles: from what was given to the rows as they would be, with every fault.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{CertificateUse, TaxCategory, TaxProfile, TaxProfileDraft};
use crate::account::{RowAction, RowChange, RowDraft};
use crate::refusal::FieldFault;
use crate::row::RowReader;
use crate::value::{Currency, DocumentId, EntityCode, TaxProfileId, UserId, is_country};

/// The code of two profiles that would both apply.
pub const OVERLAP_CODE: &str = "tax_profile_overlap";
/// Where the rows stand in a request.
const PLACE: &str = "/tax_profiles";
/// Most profiles of an account.
const MOST: usize = 1000;

/// What the rules need to know of the account.
#[derive(Debug, Clone)]
pub struct ProfileRules<'a> {
    /// The legal entities and their currencies.
    pub entities: &'a BTreeMap<EntityCode, Currency>,
    /// The first day of a profile that names none.
    pub today: Option<Date>,
    /// Of the documents named, those that the account has.
    pub documents: &'a BTreeSet<DocumentId>,
}

/// What the actions come to: the rows that are new, different or gone. With faults nothing is to be written.
#[must_use]
pub fn profiles(
    rules: &ProfileRules<'_>,
    now: &[TaxProfile],
    drafts: &[RowDraft<TaxProfileId, TaxProfileDraft>],
) -> (Vec<RowChange<TaxProfile>>, Vec<FieldFault>) {
    let mut faults = Vec::new();
    let mut changes = Vec::new();
    let mut after: Vec<(Option<usize>, TaxProfile)> = now.iter().map(|row| (None, row.clone())).collect();
    let mut seen = BTreeSet::new();
    for draft in drafts {
        let place = format!("{PLACE}/{}", draft.at);
        let mut fault = |code: &str, message: &str| {
            faults.push(FieldFault::new(format!("{place}/id"), code, message));
        };
        if !seen.insert(draft.id) {
            fault("action_duplicate", "one row, one action in one request");
            continue;
        }
        let known = after.iter().position(|(_, row)| row.id == draft.id);
        match (draft.action, known) {
            (RowAction::Update | RowAction::Delete, None) => {
                fault("row_unknown", "the account has no such row");
            }
            (RowAction::Delete, Some(known)) => changes.push(RowChange::Removed(after.remove(known).1)),
            (RowAction::Add | RowAction::Update, known) => {
                let old = known.and_then(|known| after.get(known)).map(|(_, row)| row.clone());
                let mut one = One { rules, old: old.as_ref(), row: RowReader::new(&place, &mut faults) };
                let Some(row) = one.build(draft.id, &draft.row) else { continue };
                match known.and_then(|known| after.get_mut(known)) {
                    Some(slot) => *slot = (Some(draft.at), row.clone()),
                    None => after.push((Some(draft.at), row.clone())),
                }
                match old {
                    Some(old) if old == row => {}
                    Some(_) => changes.push(RowChange::Updated(row)),
                    None => changes.push(RowChange::Added(row)),
                }
            }
        }
    }
    if !drafts.is_empty() && after.len() > MOST {
        faults.push(FieldFault::new(PLACE, "too_many", format!("more than {MOST} rows")));
    }
    faults.extend(rivals(&after));
    (changes, faults)
}

/// At most one profile of an entity, a jurisdiction and a category on a day; those taken back do not count.
fn rivals(after: &[(Option<usize>, TaxProfile)]) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    for (index, (at, row)) in after.iter().enumerate() {
        let Some(at) = at else { continue };
        let meets = after.iter().enumerate().filter(|(other, (placed, rival))| {
            (placed.is_none() || *other < index)
                && rival.id != row.id
                && rival.revoked.is_none()
                && row.revoked.is_none()
                && rival.rival_key() == row.rival_key()
                && rival.meets(row)
        });
        let named: Vec<String> = meets.map(|(_, (_, rival))| rival.id.to_string()).collect();
        if !named.is_empty() {
            let message = format!(
                "{} is for the same entity, jurisdiction and category at the same time: end it before, or revoke it",
                named.join(", ")
            );
            faults.push(FieldFault::new(format!("{PLACE}/{at}"), OVERLAP_CODE, message));
        }
    }
    faults
}

/// Writes down who brought the rows as they stand.
pub fn stamp(changes: &mut [RowChange<TaxProfile>], user: Option<UserId>) {
    for change in changes {
        if let RowChange::Added(row) | RowChange::Updated(row) = change {
            row.entered_by = user;
        }
    }
}

/// One row that is being read.
struct One<'a> {
    rules: &'a ProfileRules<'a>,
    old: Option<&'a TaxProfile>,
    row: RowReader<'a>,
}

impl One<'_> {
    /// The row; `None` when it is at fault. What was verified is verified no more once it says something else.
    fn build(&mut self, id: TaxProfileId, draft: &TaxProfileDraft) -> Option<TaxProfile> {
        let old = self.old;
        let country = self.country(draft);
        let category =
            self.row.word("tax_category", &draft.tax_category, TaxCategory::CODES, TaxCategory::get);
        let category = category.or(old.map(|old| old.tax_category));
        if category.is_none() && !matches!(draft.tax_category, Some(Some(_))) {
            self.row.fault("tax_category", "required", "say how it is taxed: S, Z, E, AE, K, G or O");
        }
        let kind = self.row.word(
            "certificate_use",
            &draft.certificate_use,
            CertificateUse::CODES,
            CertificateUse::get,
        );
        let first = self.row.date("effective_from", &draft.effective_from, old.map(|old| old.effective_from));
        let first = first.or(self.rules.today);
        let last = self.row.date("effective_to", &draft.effective_to, old.and_then(|old| old.effective_to));
        self.row.period("effective_to", first, last);
        let issued_on = self.row.date("issued_on", &draft.issued_on, old.and_then(|old| old.issued_on));
        let region = self.region(draft, country.as_deref());
        let held = old.and_then(|old| old.exempt_code.clone());
        let exempt_code = self.row.text_or_blank("exempt_code", &draft.exempt_code, 40, held);
        let held = old.and_then(|old| old.certificate_no.clone());
        let certificate_no = self.row.text_or_blank("certificate_no", &draft.certificate_no, 100, held);
        let missing = ("certificate_document", "document_unknown", "the account has no such document");
        let held = old.and_then(|old| old.certificate_document);
        let certificate_document =
            self.row.id(missing, &draft.certificate_document, held, self.rules.documents);
        let mut row = TaxProfile {
            id,
            entity: self.row.entity(
                &draft.entity,
                old.and_then(|old| old.entity.as_ref()),
                self.rules.entities,
            ),
            region,
            country: country.unwrap_or_default(),
            tax_category: category.unwrap_or_default(),
            exempt_code,
            certificate_no,
            certificate_document,
            certificate_use: kind.or(old.map(|old| old.certificate_use)).unwrap_or_default(),
            issued_on,
            effective_from: first.unwrap_or_default(),
            effective_to: last,
            entered_by: old.and_then(|old| old.entered_by),
            verified: old.and_then(|old| old.verified),
            revoked: old.and_then(|old| old.revoked.clone()),
        };
        if old.is_some_and(|old| *old != row) {
            row.verified = None;
        }
        self.row.is_clean().then_some(row)
    }

    fn country(&mut self, draft: &TaxProfileDraft) -> Option<String> {
        match &draft.country {
            None if self.old.is_some() => self.old.map(|old| old.country.clone()),
            Some(Some(code)) => {
                let code = code.trim().to_ascii_uppercase();
                if !is_country(&code) {
                    self.row.fault(
                        "country",
                        "country_unknown",
                        "expected a country code such as US (ISO 3166-1)",
                    );
                }
                Some(code)
            }
            _ => {
                self.row.fault("country", "required", "a tax profile is of a country");
                None
            }
        }
    }

    /// A region with or without its country before it: `US-CA` and `CA` are the same in the US.
    fn region(&mut self, draft: &TaxProfileDraft, country: Option<&str>) -> Option<String> {
        let region = self.row.text_or_blank(
            "region",
            &draft.region,
            10,
            self.old.and_then(|old| old.region.clone()),
        )?;
        let region = region_code(&region, country.unwrap_or_default());
        let shaped =
            (1..=3).contains(&region.len()) && region.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !shaped {
            self.row.fault(
                "region",
                "region_invalid",
                "expected a subdivision such as CA or US-CA (ISO 3166-2)",
            );
        }
        Some(region)
    }
}

/// The code of a region without its country.
pub(super) fn region_code(region: &str, country: &str) -> String {
    let region = region.trim().to_ascii_uppercase();
    match region.split_once('-') {
        Some((prefix, rest)) if prefix == country => rest.to_owned(),
        _ => region,
    }
}
