//! The template that is built in: a short framework agreement for a new customer.

use super::{ContractTemplate, FieldKind, FieldSpec, Renewal, STANDARD};
use crate::account::AgreementKind;

const TEXT: &str = "# Framework agreement
This agreement {{contract.number}} is made between {{entity.name}} (the supplier) and {{account.name}} (the customer).

## 1 What it covers
Every order of the customer is placed and carried out under this agreement. {{scope}}

## 2 Prices and payment
Prices are those agreed for the customer in the supplier's price lists on the day of the order. Invoices are paid by the \
terms {{account.payment_terms}}. Committed volume: {{committed_volume}}.

## 3 Service
- On time and in full: {{sla.otif_pct}}
- Inquiries are answered within: {{sla.response_hours}}
- Claims are filed within: {{sla.claim_days}}

## 4 Term
The agreement begins on {{starts_on}} and ends on {{ends_on}}. Renewal: {{renewal}}. Either side may give notice \
{{notice_days}} days before the end of a term.

## 5 Electronic dealings
The customer's named people get access to the supplier's portal; what they order there binds the customer. Access ends \
when the supplier or the customer says so.

## 6 Law
Governing law: {{governing_law}}.
";

pub(super) fn template() -> ContractTemplate {
    ContractTemplate {
        code: STANDARD.to_owned(),
        name: "Framework agreement".to_owned(),
        kind: AgreementKind::Msa,
        version: 0,
        language: "en".to_owned(),
        text: TEXT.to_owned(),
        fields: vec![FieldSpec {
            name: "scope".to_owned(),
            label: "Scope".to_owned(),
            kind: FieldKind::Paragraph,
            required: false,
            choices: Vec::new(),
            default: Some("It covers all goods and services that the supplier offers.".to_owned()),
        }],
        renewal: Renewal::Auto,
        notice_days: 60,
        auto_renew_term_months: 12,
        ..ContractTemplate::default()
    }
}
