//! Which value survives a merge, field by field, and why (D§6.5).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::rows::unite;
use super::rule::{FIELDS, Rule, advance, bare, completeness, days_of_terms, is_unset};
use super::{Other, Pick, Picks, not_pickable};
use crate::account::{Account, Changes, Parent, Stage};
use crate::refusal::FieldFault;

/// Where the value of a field comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Provenance {
    /// How far the source is trusted, 0 to 100 (D§4.1).
    pub trust: u8,
    /// When it was put on record.
    pub observed_at: Option<Timestamp>,
}

/// One field of a merge. Personal values stay inside their wrappers.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldMerge {
    /// Which field.
    pub field: &'static str,
    /// The survivor's value.
    pub survivor: Value,
    /// The loser's value.
    pub loser: Value,
    /// The value after the merge.
    pub result: Value,
    /// `survivor`, `loser`, `both` or `same`.
    pub winner: &'static str,
    /// The rule that decided, for example `most_recent`.
    pub rule: &'static str,
}

/// What a merge comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Survivorship {
    /// Field by field.
    pub fields: Vec<FieldMerge>,
    /// What changes at the survivor.
    pub changes: Changes,
    /// What stood there before.
    pub replaced: Changes,
    /// Rows that are taken over.
    pub rows: BTreeSet<String>,
    /// The stage after.
    pub stage: Stage,
    /// The parents after.
    pub parents: Vec<Parent>,
    /// Picks that cannot be made.
    pub faults: Vec<FieldFault>,
}

/// Decides every field: a pick, else the field's own rule, else verified, most trusted, most recent, most complete, lowest
/// account number.
#[must_use]
pub fn survivorship(survivor: &Account, other: &Other, picks: &Picks) -> Survivorship {
    let loser = &other.account;
    let (before, theirs) = (json!(survivor), json!(loser));
    let mut after = before.clone();
    let known = |field: &str| FIELDS.iter().any(|(name, _)| *name == field);
    let faults = picks.keys().filter(|field| !known(field)).map(|field| not_pickable(field)).collect();
    let mut fields = Vec::new();
    for (field, rule) in FIELDS {
        let value = |body: &Value| body.pointer(place(field)).cloned().unwrap_or_default();
        let pair =
            Pair { field, survivor: value(&before), loser: value(&theirs), accounts: (survivor, other) };
        let (result, winner, why) = pair.decide(*rule, picks.get(*field).copied());
        if let Some(slot) = after.pointer_mut(place(field)) {
            slot.clone_from(&result);
        }
        if !is_unset(field, &pair.survivor) || !is_unset(field, &pair.loser) {
            let Pair { survivor, loser, .. } = pair;
            fields.push(FieldMerge { field, survivor, loser, result, winner, rule: why });
        }
    }
    let mut merged: Account = serde_json::from_value(after).unwrap_or_else(|_| survivor.clone());
    let rows = unite(&mut merged, survivor, loser);
    fields.extend(row_fields(&before, &theirs, &json!(merged)));
    let stage = if advance(loser.stage) > advance(survivor.stage) { loser.stage } else { survivor.stage };
    fields.push(choice("stage", json!(survivor.stage), json!(loser.stage), json!(stage), "most_advanced"));
    let parents = parents(survivor, loser);
    let changes = Changes::between(survivor, &merged);
    let replaced = Changes::between(&merged, survivor).without_removed();
    Survivorship { fields, changes, replaced, rows, stage, parents, faults }
}

fn place(field: &str) -> &'static str {
    if field == "review_cadence_days" {
        return "/review/cadence_days";
    }
    PLACES.iter().find(|place| place.get(1..) == Some(field)).copied().unwrap_or("/")
}

/// The places of the fields in an account's JSON.
const PLACES: &[&str] = &[
    "/name",
    "/legal_name",
    "/legal_form",
    "/email",
    "/phone",
    "/website",
    "/domain",
    "/billing_email",
    "/owning_entity",
    "/customer_type",
    "/tier",
    "/currency",
    "/credit_limit",
    "/payment_terms",
    "/tax_code",
    "/default_revenue_account",
    "/tax_id",
    "/price_list",
    "/price_group",
    "/industry",
    "/employees",
    "/annual_revenue",
    "/language",
    "/timezone",
    "/account_manager",
    "/sales_rep",
    "/team",
    "/communication_prefs",
    "/service_preferences",
    "/notes",
    "/metadata",
    "/party_roles",
    "/equipment",
    "/tags",
];

fn choice(
    field: &'static str,
    survivor: Value,
    loser: Value,
    result: Value,
    rule: &'static str,
) -> FieldMerge {
    let winner = if survivor == loser {
        "same"
    } else if result == survivor {
        "survivor"
    } else {
        "loser"
    };
    FieldMerge { field, survivor, loser, result, winner, rule }
}

/// The two values of a field, and whose they are.
struct Pair<'a> {
    field: &'static str,
    survivor: Value,
    loser: Value,
    accounts: (&'a Account, &'a Other),
}

type Decided = (Value, &'static str, &'static str);

impl Pair<'_> {
    fn decide(&self, rule: Rule, pick: Option<Pick>) -> Decided {
        match pick {
            Some(Pick::Survivor) => return self.ours("picked"),
            Some(Pick::Loser) => return self.theirs("picked"),
            None => {}
        }
        if bare(&self.survivor) == bare(&self.loser) {
            return (self.survivor.clone(), "same", "same");
        }
        if is_unset(self.field, &self.loser) {
            return self.ours("only_value");
        }
        if is_unset(self.field, &self.survivor) {
            return self.theirs("only_value");
        }
        match rule {
            Rule::Best => self.best(),
            Rule::Survivor => self.ours("survivor"),
            Rule::Lower => self.by(self.loser_limit_lower(), "lower"),
            Rule::Stricter => {
                let days = |value: &Value| value.as_str().and_then(days_of_terms);
                let pair = days(&self.survivor).zip(days(&self.loser));
                self.by(pair.map(|(ours, theirs)| theirs < ours), "stricter")
            }
            Rule::Shorter => {
                let pair = self.survivor.as_u64().zip(self.loser.as_u64());
                self.by(pair.map(|(ours, theirs)| theirs < ours), "shorter")
            }
            Rule::Union => (self.united(), "both", "union"),
        }
    }

    fn ours(&self, rule: &'static str) -> Decided {
        (self.survivor.clone(), "survivor", rule)
    }

    fn theirs(&self, rule: &'static str) -> Decided {
        (self.loser.clone(), "loser", rule)
    }

    /// The loser's where it is found to win; the survivor's where that cannot be told.
    fn by(&self, loser_wins: Option<bool>, rule: &'static str) -> Decided {
        match loser_wins {
            Some(true) => self.theirs(rule),
            Some(false) => self.ours(rule),
            None => self.ours("not_comparable"),
        }
    }

    fn loser_limit_lower(&self) -> Option<bool> {
        let (survivor, other) = self.accounts;
        let (ours, theirs) = survivor.credit_limit.zip(other.account.credit_limit)?;
        if ours.currency == theirs.currency {
            return Some(theirs.minor < ours.minor);
        }
        other.limit_lower
    }

    fn best(&self) -> Decided {
        let (survivor, other) = self.accounts;
        let verified = |account: &Account| {
            let tax = account.tax_id.as_ref().filter(|_| self.field == "tax_id");
            tax.is_some_and(|tax| {
                account.identifiers.iter().any(|row| row.verified && row.value == tax.value)
            })
        };
        let of = |map: &BTreeMap<String, Provenance>| map.get(self.field).copied().unwrap_or_default();
        let (ours, theirs) = (of(&other.survivor), of(&other.loser));
        let rules = [
            (verified(&other.account).cmp(&verified(survivor)), "verified"),
            (theirs.trust.cmp(&ours.trust), "most_trusted"),
            (theirs.observed_at.cmp(&ours.observed_at), "most_recent"),
            (completeness(&self.loser).cmp(&completeness(&self.survivor)), "most_complete"),
            (survivor.account_number.cmp(&other.account.account_number), "lowest_number"),
        ];
        for (order, rule) in rules {
            match order {
                std::cmp::Ordering::Greater => return self.theirs(rule),
                std::cmp::Ordering::Less => return self.ours(rule),
                std::cmp::Ordering::Equal => {}
            }
        }
        self.ours("survivor")
    }

    /// Lists: the survivor's, then what only the loser has. Objects: member by member, the survivor's first.
    fn united(&self) -> Value {
        match (&self.survivor, &self.loser) {
            (Value::Array(ours), Value::Array(theirs)) => {
                let same = |one: &Value, two: &Value| match (one.get("role"), two.get("role")) {
                    (Some(one), Some(two)) => one == two,
                    _ => one == two,
                };
                let mut all = ours.clone();
                let new = theirs.iter().filter(|item| !ours.iter().any(|held| same(held, item)));
                all.extend(new.cloned());
                if self.field == "tags" {
                    all.sort_by(|one, two| one.as_str().cmp(&two.as_str()));
                }
                Value::Array(all)
            }
            _ => {
                let mut all = self.survivor.clone();
                if let (Some(Value::Object(held)), Value::Object(more)) =
                    (all.get_mut("$value"), bare(&self.loser))
                {
                    for (name, value) in more {
                        held.entry(name.clone()).or_insert_with(|| value.clone());
                    }
                }
                all
            }
        }
    }
}

fn row_fields(before: &Value, theirs: &Value, after: &Value) -> Vec<FieldMerge> {
    let rows = ["contacts", "addresses", "identifiers", "lanes", "agreements", "pricing", "tax_profiles"];
    let of = |body: &Value, field: &str| body.get(field).cloned().unwrap_or_default();
    let line = |field: &'static str| FieldMerge {
        field,
        survivor: of(before, field),
        loser: of(theirs, field),
        result: of(after, field),
        winner: "both",
        rule: "union",
    };
    let full = |field: &FieldMerge| field.survivor != json!([]) || field.loser != json!([]);
    rows.into_iter().map(line).filter(full).collect()
}

/// The loser's parents where the survivor never had one, unless they are one family already.
fn parents(survivor: &Account, loser: &Account) -> Vec<Parent> {
    let own = loser.parents.iter().any(|parent| parent.account == survivor.id);
    if survivor.parents.is_empty() && !own { loser.parents.clone() } else { survivor.parents.clone() }
}
