//! Contracts, their templates, tasks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::account::{member, patch};
use crate::view::MoneyView;

macro_rules! body {
    ($($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[schemars(deny_unknown_fields)]
        pub struct $name { $($(#[$member_doc])* pub $member: $type,)* }
    )*};
}

body! {
    /// A party of a contract.
    PartyInput {
        /// `supplier`, `customer`, `guarantor`, `other`.
        side: String,
        /// Its name in the contract.
        name: String,
    }

    /// How much the customer commits to: an amount or a quantity.
    VolumeInput {
        /// As money.
        amount: Option<MoneyView>,
        /// As a quantity.
        quantity: Option<u32>,
        /// Of what.
        unit: Option<String>,
        /// `month`, `quarter`, `year`; `year` when absent.
        period: Option<String>,
    }

    /// What service is promised.
    SlaInput {
        /// Deliveries on time and in full, percent with one decimal.
        otif_pct: Option<String>,
        /// Hours until an inquiry is answered.
        response_hours: Option<u16>,
        /// Days within which a claim is filed.
        claim_days: Option<u16>,
    }

    /// Somebody who signs: a contact, a user of ours, or a name and an address.
    SignerInput {
        /// `customer` (when absent) or `supplier`.
        side: Option<String>,
        /// `con_…` of the account.
        contact: Option<String>,
        /// `usr_…`: for us a user signs.
        user: Option<String>,
        /// Name; the contact's when absent.
        name: Option<String>,
        /// E-mail; the contact's when absent.
        email: Option<String>,
        /// Job.
        title: Option<String>,
        /// The place in the order, 1 to 20; 1 when absent.
        order: Option<u8>,
    }

    /// `POST …/{id}/send`
    ContractSend {
        /// Hours for which the links work, 1 to 720; 336 when absent.
        link_hours: Option<u16>,
    }

    /// `POST …/{id}/relink`
    ContractRelink {
        /// Which signer.
        signer: u8,
        /// Hours for which the link works, 1 to 720; 336 when absent.
        link_hours: Option<u16>,
    }

    /// `POST …/{id}/sign`: by the user who is named as a signer of ours.
    ContractSign {
        /// One's name, as a signature.
        name: String,
        /// That one agrees to sign electronically.
        consent: bool,
    }

    /// `POST …/{id}/confirm-authority`
    ContractAuthority {
        /// Which signer.
        signer: u8,
        /// Why they may sign, 1 to 500 characters.
        basis: String,
    }

    /// `POST …/{id}/terminate`
    ContractTerminate {
        /// `notice` (when absent), `mutual`, `breach`.
        kind: Option<String>,
        /// The last day, ISO date.
        on: String,
        /// Why, 1 to 500 characters.
        reason: String,
    }

    /// A field of a template.
    TemplateFieldInput {
        /// Name in the text, `{{name}}`: a-z, 0-9 and _.
        name: String,
        /// What people call it; the name when absent.
        label: Option<String>,
        /// `text` (when absent), `paragraph`, `number`, `money`, `date`, `choice`, `flag`.
        r#type: Option<String>,
        /// A contract cannot be sent without it.
        required: Option<bool>,
        /// Of a choice: the words.
        choices: Option<Vec<String>>,
        /// The value when nobody gives one.
        default: Option<Value>,
    }

    /// `POST /api/v1/contract-templates`: a new template, or a new version of the one with that code.
    TemplateSave {
        /// Its code: a-z, 0-9 and _.
        code: String,
        /// What people call it.
        name: String,
        /// `msa` (when absent), `rate_agreement`, `sla`, `nda`, `dpa`, `credit_application`, `guarantee`.
        r#type: Option<String>,
        /// Language of the text, BCP 47; `en` when absent.
        language: Option<String>,
        /// The text: `# ` and `## ` begin headings, `- ` an item, an empty line ends a paragraph, `{{name}}` is a field.
        text: String,
        /// Its fields.
        fields: Option<Vec<TemplateFieldInput>>,
        /// `none` (when absent), `manual`, `auto`, `evergreen`.
        renewal: Option<String>,
        /// Days of notice; 60 when absent.
        notice_days: Option<u16>,
        /// Months of a term; 12 when absent.
        auto_renew_term_months: Option<u16>,
        /// Which law governs it.
        governing_law: Option<String>,
        /// We sign as well, after the customer.
        countersigned: Option<bool>,
        /// Somebody else than the drafter reviews.
        reviewed: Option<bool>,
        /// Onboarding drafts from it.
        is_default: Option<bool>,
    }

    /// `POST /api/v1/tasks`
    TaskOpen {
        /// `acc_…` or account number that it is about.
        account: Option<String>,
        /// What kind of work, a code such as `call_back`.
        kind: String,
        /// What is to be done, 1 to 300 characters.
        title: String,
        /// By which day, ISO date.
        due: Option<String>,
        /// `usr_…` who does it.
        assignee: Option<String>,
    }
}

patch! {
    /// `POST /api/v1/contracts` (`account` is required), `PATCH /api/v1/contracts/{id}` (null clears).
    ContractInput {
        /// `acc_…` or account number; of a new contract only.
        account: String,
        /// Code of the template; the default one when absent; of a new contract only.
        template: String,
        /// What people call it.
        title: String,
        /// `msa`, `rate_agreement`, `sla`, `nda`, `dpa`, `credit_application`, `guarantee`; the template's when absent.
        r#type: String,
        /// Code of the legal entity; the one that owns the account when absent.
        entity: String,
        /// First day, ISO date; today when absent.
        starts_on: String,
        /// Last day, ISO date; one term after the first when absent.
        ends_on: String,
        /// `none`, `manual`, `auto`, `evergreen`; the template's when absent.
        renewal: String,
        /// Days of notice; the template's when absent.
        notice_days: u16,
        /// Months of a term; the template's when absent.
        auto_renew_term_months: u16,
        /// How well the customer is served; as the account when absent.
        tier: String,
        /// Which law governs it; the template's when absent.
        governing_law: String,
        /// The parties; the entity and the account when absent.
        parties: Vec<PartyInput>,
        /// What the customer commits to.
        committed_volume: VolumeInput,
        /// What service is promised.
        sla: SlaInput,
        /// Codes of price lists.
        price_refs: Vec<String>,
        /// `doc_…` of the account that belong to it.
        documents: Vec<String>,
        /// Values of the template's fields, each of its type; null takes one away.
        fields: BTreeMap<String, Value>,
        /// Who signs; who decides at the customer when absent.
        signers: Vec<SignerInput>,
        /// They sign one after the other, by `order`.
        in_order: bool,
        /// `con_…` who get access to the portal besides the customer's signers.
        portal_contacts: Vec<String>,
    } rows {}
}
