//! The rules of price lists.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Command, Event, PriceList, PriceListDraft, PriceListKind, normal_code, refusal};
use crate::account::RowChange;
use crate::context::Context;
use crate::decider::Decider;
use crate::pricing::{self, OVERLAP_CODE, PriceTier, TierRules};
use crate::refusal::{FieldFault, Refusal};
use crate::value::{Currency, EntityCode, line};

/// Most rows of a list.
const ROWS_MAX: usize = 20_000;

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The legal entities and their currencies.
    pub entities: BTreeMap<EntityCode, Currency>,
    /// Today, in the zone of the organisation.
    pub today: Option<Date>,
    /// The code of the list that is the standard, if there is one.
    pub standard: Option<String>,
}

/// What a draft comes to.
struct Checked {
    name: String,
    currency: Option<Currency>,
    is_standard: bool,
    rows: Vec<RowChange<PriceTier>>,
}

impl Decider for PriceList {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = context.now;
        match command {
            Command::Create { kind, code, draft } => {
                if self.exists() {
                    return Err(refusal::exists());
                }
                let code = normal_code(code);
                let mut faults = Vec::new();
                let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
                if !(1..=40).contains(&code.len()) || !code.bytes().all(allowed) {
                    let message = "expected 1 to 40 letters, digits, _ - or .";
                    faults.push(FieldFault::new("/code", "code_invalid", message));
                }
                let Checked { name, currency, is_standard, rows } =
                    self.check(facts, (*kind, &code), draft, faults)?;
                Ok(vec![Event::Created { kind: *kind, code, name, currency, is_standard, rows, at }])
            }
            Command::Update { draft } => {
                if !self.exists() {
                    return Err(refusal::not_found());
                }
                let Checked { name, currency, is_standard, rows } =
                    self.check(facts, (self.kind, &self.code), draft, Vec::new())?;
                let same = name == self.name && currency == self.currency && is_standard == self.is_standard;
                if same && rows.is_empty() {
                    return Ok(vec![]);
                }
                Ok(vec![Event::Updated { name, currency, is_standard, rows, at }])
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Created { .. } => "price_list.created.v1",
            Event::Updated { .. } => "price_list.updated.v1",
        }
    }
}

impl PriceList {
    fn check(
        &self,
        facts: &Facts,
        (kind, code): (PriceListKind, &str),
        draft: &PriceListDraft,
        mut faults: Vec<FieldFault>,
    ) -> Result<Checked, Refusal> {
        let name = self.checked_name(draft, &mut faults);
        let currency = self.checked_currency(draft, &mut faults);
        let is_standard = draft.is_standard.map_or(self.is_standard, Option::unwrap_or_default);
        if is_standard && kind == PriceListKind::Group {
            faults.push(FieldFault::new(
                "/is_standard",
                "not_allowed",
                "a price group is never the standard",
            ));
        }
        let rules = TierRules {
            place: "/rows",
            entities: &facts.entities,
            currency,
            today: facts.today,
            relative: kind == PriceListKind::Group,
            agreements: &BTreeSet::new(),
            most: ROWS_MAX,
        };
        let (rows, row_faults) = pricing::rows(&rules, &self.rows, &draft.rows);
        faults.extend(row_faults);
        if !faults.is_empty() {
            let overlap = faults.iter().all(|fault| fault.code == OVERLAP_CODE);
            let refused = if overlap { refusal::overlap() } else { refusal::invalid() };
            return Err(refused.with_fields(faults));
        }
        if is_standard && facts.standard.as_deref().is_some_and(|standard| standard != code) {
            return Err(refusal::standard_taken());
        }
        Ok(Checked { name, currency, is_standard, rows })
    }

    fn checked_name(&self, draft: &PriceListDraft, faults: &mut Vec<FieldFault>) -> String {
        let text = match &draft.name {
            None if self.exists() => return self.name.clone(),
            Some(Some(name)) => name.as_str(),
            _ => "",
        };
        line(text, 255).unwrap_or_else(|error| {
            faults.push(FieldFault::new("/name", error.code(), error.to_string()));
            String::new()
        })
    }

    fn checked_currency(&self, draft: &PriceListDraft, faults: &mut Vec<FieldFault>) -> Option<Currency> {
        let Some(given) = &draft.currency else { return self.currency };
        match given.as_ref()?.trim().to_ascii_uppercase().parse() {
            Ok(currency) => Some(currency),
            Err(error) => {
                let error: crate::value::CurrencyError = error;
                faults.push(FieldFault::new("/currency", "currency_unknown", error.to_string()));
                None
            }
        }
    }
}
