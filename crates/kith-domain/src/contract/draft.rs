//! A contract as it was given.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::members::Members;
use crate::refusal::FieldFault;
use crate::value::patch::{self, Patched};
use crate::value::{DocumentId, Personal, UserId};

/// A signer as given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SignerDraft {
    /// For whom, a code; for the customer when absent.
    pub side: Option<String>,
    /// The name; of the contact or the user when absent. Sealed under the account, since the command may be kept.
    pub name: Option<Personal<String>>,
    /// The e-mail address; the same.
    pub email: Option<Personal<String>>,
    /// Their job.
    pub title: Option<Personal<String>>,
    /// A contact of the account.
    pub contact: Option<String>,
    /// A user of ours.
    pub user: Option<String>,
    /// The place in the order.
    pub order: Option<i64>,
}

macro_rules! contract_draft {
    (text { $($text:ident,)* } number { $($number:ident,)* }) => {
        /// Members as given; absent is unchanged, null clears.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct ContractDraft {
            $(#[doc = concat!("`", stringify!($text), "` as given.")]
              #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
              pub $text: Patched<String>,)*
            $(#[doc = concat!("`", stringify!($number), "` as given.")]
              #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
              pub $number: Patched<i64>,)*
            /// Code of the template; of a new contract only.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub template: Option<String>,
            /// `type` as given.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub kind: Patched<String>,
            /// `parties` as given: side and name.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub parties: Patched<Vec<(String, String)>>,
            /// `committed_volume` as given.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub committed_volume: Patched<Value>,
            /// `sla` as given.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub sla: Patched<Value>,
            /// `price_refs` as given.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub price_refs: Patched<Vec<String>>,
            /// `documents` as given.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub documents: Patched<Vec<String>>,
            /// `portal_contacts` as given.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub portal_contacts: Patched<Vec<String>>,
            /// Values of the template's fields; null takes one away.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub fields: Option<Personal<BTreeMap<String, Value>>>,
            /// `signers` as given.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub signers: Patched<Vec<SignerDraft>>,
            /// `in_order` as given.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub in_order: Patched<bool>,
        }

        impl ContractDraft {
            /// Reads the body of a request about an account; `account` and `reason` were taken out before.
            #[must_use]
            pub fn read(body: &Value, subject: &str) -> (Self, Vec<FieldFault>) {
                let (mut draft, mut list) = (Self::default(), Vec::new());
                let faults = &mut list;
                let Some(mut members) = Members::open(body, "", faults) else { return (draft, list) };
                $(draft.$text = members.text(stringify!($text), faults);)*
                $(draft.$number = members.number(stringify!($number), faults);)*
                draft.read_rest(&mut members, subject, faults);
                members.close(faults);
                (draft, list)
            }
        }
    };
}

contract_draft! {
    text { title, entity, starts_on, ends_on, renewal, tier, governing_law, }
    number { notice_days, auto_renew_term_months, }
}

impl ContractDraft {
    fn read_rest(&mut self, members: &mut Members<'_>, subject: &str, faults: &mut Vec<FieldFault>) {
        self.template = members.text("template", faults).flatten();
        self.kind = members.text("type", faults);
        self.committed_volume = members.object("committed_volume", faults);
        self.sla = members.object("sla", faults);
        self.price_refs = members.texts("price_refs", faults);
        self.documents = members.texts("documents", faults);
        self.portal_contacts = members.texts("portal_contacts", faults);
        self.in_order = members.flag("in_order", faults);
        if let Some(given) = members.object("fields", faults).flatten() {
            let map: BTreeMap<String, Value> = given.as_object().into_iter().flatten().map(owned).collect();
            self.fields = Some(Personal { subject: subject.to_owned(), value: Some(map) });
        }
        self.parties = members.list("parties", faults).map(|rows| {
            rows.map(|rows| rows.iter().enumerate().filter_map(|(at, row)| party(row, at, faults)).collect())
        });
        self.signers = members.list("signers", faults).map(|rows| {
            let signers = |rows: &Vec<Value>| {
                rows.iter().enumerate().map(|(at, row)| SignerDraft::read(row, at, subject, faults)).collect()
            };
            rows.map(signers)
        });
    }
}

fn owned((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
}

fn party(row: &Value, index: usize, faults: &mut Vec<FieldFault>) -> Option<(String, String)> {
    let mut members = Members::open(row, &format!("/parties/{index}"), faults)?;
    let side = members.text("side", faults).flatten().unwrap_or_else(|| "other".to_owned());
    let name = members.text("name", faults).flatten().unwrap_or_default();
    members.close(faults);
    Some((side, name))
}

impl SignerDraft {
    fn read(row: &Value, index: usize, subject: &str, faults: &mut Vec<FieldFault>) -> Self {
        let mut draft = Self::default();
        let Some(mut members) = Members::open(row, &format!("/signers/{index}"), faults) else {
            return draft;
        };
        let personal = |text: Option<String>| {
            text.map(|text| Personal { subject: subject.to_owned(), value: Some(text) })
        };
        draft.side = members.text("side", faults).flatten();
        draft.name = personal(members.text("name", faults).flatten());
        draft.email = personal(members.text("email", faults).flatten());
        draft.title = personal(members.text("title", faults).flatten());
        draft.contact = members.text("contact", faults).flatten();
        draft.user = members.text("user", faults).flatten();
        draft.order = members.number("order", faults).flatten();
        members.close(faults);
        draft
    }
}

/// The documents that a draft names, for [`super::Facts::documents`].
#[must_use]
pub fn wanted_documents(draft: &ContractDraft) -> BTreeSet<DocumentId> {
    let named = draft.documents.iter().flatten().flatten();
    named.filter_map(|id| id.trim().parse().ok()).collect()
}

/// The price lists that a draft names, for [`super::Facts::price_refs`].
#[must_use]
pub fn wanted_prices(draft: &ContractDraft) -> BTreeSet<String> {
    draft.price_refs.iter().flatten().flatten().map(|code| code.trim().to_owned()).collect()
}

/// The users that are to sign, for [`super::Facts::users`].
#[must_use]
pub fn wanted_users(draft: &ContractDraft) -> BTreeSet<UserId> {
    let signers = draft.signers.iter().flatten().flatten();
    signers.filter_map(|signer| signer.user.as_deref()?.trim().parse().ok()).collect()
}
