//! Contracts.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, SchemaOf, schema};
use crate::request::{
    ContractAuthority, ContractInput, ContractRelink, ContractSend, ContractSign, ContractTerminate,
    ReasonGiven,
};
use crate::view::{ContractView, Page, SignerLink};

const ONE: &str = r#"{"id":"ctr_0198b2c4d5e67f8091a2b3c4d5e6f711","version":3,"number":"CT-000012","revision":1,
"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","account_name":"Norvane","type":"msa","title":"Framework agreement","state":"sent",
"template":"standard","template_version":0,"entity":"US","starts_on":"2026-12-01","ends_on":"2027-11-30","renewal":"auto",
"notice_days":60,"auto_renew_term_months":12,"deadline":"2027-10-01","signers":[{"signer":0,"side":"customer","name":"Cleo Park",
"email":"cleo@norvane.example","order":1,"state":"turn","authority":"contact is decision_maker"}],"drafted_at":"2026-11-22T10:00:00Z"}"#;

const FOUND: &[Reply] =
    &[Reply { status: 200, about: "The contract.", schema: Some(schema::<ContractView>) }];
const MADE: &[Reply] = &[Reply { status: 201, about: "The contract.", schema: Some(schema::<ContractView>) }];
const PAGE: &[Reply] = &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<ContractView>>) }];
const EMPTY: &str = r#"{"items":[],"next_cursor":null,"has_more":false}"#;

const fn json(schema: SchemaOf, example: &'static str) -> Option<Body> {
    Some(Body { schema, media: "application/json", example })
}

const REASON: Option<Body> = json(schema::<ReasonGiven>, r#"{"reason":"The prices changed."}"#);

const ACT: Operation =
    Operation { method: Method::Post, grant: Grant::AccountsWrite, replies: FOUND, example: ONE, ..READ };
const CONFIRM: Operation = Operation { grant: Grant::VerificationsWrite, ..ACT };

const DRAFT: &str = r#"{"account":"C-000123","title":"Framework agreement 2027","starts_on":"2026-12-01","renewal":"auto",
"sla":{"otif_pct":"97.5","response_hours":8},"signers":[{"name":"Cleo Park","email":"cleo@norvane.example","title":"Head of logistics"}]}"#;

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "contract_create",
        path: "/api/v1/contracts",
        summary: "Draft a contract",
        about: "From a template, filled in from the account; what the body says is laid over it. Nothing is sent yet.",
        body: json(schema::<ContractInput>, DRAFT),
        replies: MADE,
        ..ACT
    },
    Operation {
        id: "contract_list",
        path: "/api/v1/contracts",
        summary: "List contracts",
        about: "Newest first; those of accounts that are not yours to see are left out.",
        params: &[
            Param { name: "account", about: "Only those of an account.", example: "C-000123" },
            Param { name: "state", about: "Only those in a state.", example: "active" },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: PAGE,
        example: EMPTY,
        ..READ
    },
    Operation {
        id: "contract_of_account",
        path: "/api/v1/accounts/{id}/contracts",
        summary: "List the contracts of an account",
        about: "Newest first.",
        params: &[PAGE_PARAMS[0], PAGE_PARAMS[1]],
        replies: PAGE,
        example: EMPTY,
        ..READ
    },
    Operation {
        id: "contract_calendar",
        path: "/api/v1/contracts/calendar.ics",
        summary: "The deadlines of contracts as a calendar",
        about: "iCalendar (RFC 5545): last days of notice, ends of terms, audits. A calendar that can send no header gives the \
                token as parameter.",
        params: &[Param {
            name: "token", about: "A token, where no header can be sent.", example: "kth_…"
        }],
        replies: &[Reply { status: 200, about: "`text/calendar`.", schema: None }],
        example: "{}",
        ..READ
    },
    Operation {
        id: "contract_get",
        path: "/api/v1/contracts/{id}",
        summary: "Read a contract",
        about: "By `ctr_…`, with its signatures and what shows them.",
        replies: FOUND,
        example: ONE,
        ..READ
    },
    Operation {
        id: "contract_update",
        method: Method::Patch,
        path: "/api/v1/contracts/{id}",
        summary: "Edit a draft",
        about: "A merge patch. What was sent is recalled first; what holds is amended.",
        body: Some(Body {
            schema: schema::<ContractInput>,
            media: "application/merge-patch+json",
            example: r#"{"notice_days":90,"fields":{"scope":"Road freight in Europe."}}"#,
        }),
        ..ACT
    },
    Operation {
        id: "contract_pdf",
        path: "/api/v1/contracts/{id}/pdf",
        grant: Grant::PersonalRead,
        summary: "The pages of a contract",
        about: "PDF: the pages that were sent, or how a draft would look. The same contract gives the same bytes.",
        replies: &[Reply { status: 200, about: "`application/pdf`.", schema: None }],
        example: "{}",
        ..READ
    },
    Operation {
        id: "contract_discard",
        path: "/api/v1/contracts/{id}/discard",
        summary: "Discard a draft",
        about: "A draft, or what is in review: nothing was agreed. It stays on record as `discarded`; a contract whose amendment it was can be amended anew.",
        body: REASON,
        ..ACT
    },
    Operation {
        id: "contract_submit",
        path: "/api/v1/contracts/{id}/submit",
        summary: "Submit a contract for review",
        about: "Somebody else than its drafter sends it, or returns it.",
        ..ACT
    },
    Operation {
        id: "contract_return",
        path: "/api/v1/contracts/{id}/return",
        summary: "Return a contract to its drafter",
        about: "It is a draft again.",
        body: REASON,
        ..ACT
    },
    Operation {
        id: "contract_send",
        path: "/api/v1/contracts/{id}/send",
        summary: "Send a contract to its signers",
        about: "The pages become a document of the account. Each signer has a link of their own, which is in this reply only; it \
                shows that contract and nothing else. The account's manager is reminded of missing signatures after 4, 24 and 72 hours.",
        body: json(schema::<ContractSend>, r#"{"link_hours":336}"#),
        ..ACT
    },
    Operation {
        id: "contract_relink",
        path: "/api/v1/contracts/{id}/relink",
        summary: "Give a signer another link",
        about: "The one before stops to work. The link is in this reply only.",
        body: json(schema::<ContractRelink>, r#"{"signer":0}"#),
        replies: &[Reply { status: 200, about: "The link.", schema: Some(schema::<SignerLink>) }],
        example: r#"{"signer":0,"path":"/sign/ctr_0198b2c4d5e67f8091a2b3c4d5e6f711/…","expires_at":"2026-12-06T10:00:00Z"}"#,
        ..ACT
    },
    Operation {
        id: "contract_recall",
        path: "/api/v1/contracts/{id}/recall",
        summary: "Take a contract back",
        about: "Before all have signed: a draft again; links stop to work and signatures are void.",
        body: REASON,
        ..ACT
    },
    Operation {
        id: "contract_sign",
        path: "/api/v1/contracts/{id}/sign",
        grant: Grant::AccountsRead,
        summary: "Sign a contract for us",
        about: "By the user who is named as a signer, in person. Customers sign behind their link. The last signature validates the \
                contract, where everybody's authority is confirmed, and gives the customer's people access to the portal.",
        body: json(schema::<ContractSign>, r#"{"name":"Max Brandt","consent":true}"#),
        ..ACT
    },
    Operation {
        id: "contract_upload_signed",
        path: "/api/v1/contracts/{id}/upload-signed",
        grant: Grant::DocumentsWrite,
        summary: "Bring the scan of a contract signed with ink",
        about: "The body is the file. Somebody else confirms that it shows the signatures.",
        params: &[Param { name: "name", about: "Name of the file.", example: "signed.pdf" }],
        body: Some(Body { schema: schema::<String>, media: "application/pdf", example: "%PDF-1.7\n%%EOF\n" }),
        ..ACT
    },
    Operation {
        id: "contract_confirm_scan",
        path: "/api/v1/contracts/{id}/confirm-scan",
        summary: "Confirm a scan",
        about: "It shows the signatures of everybody who was left. Not by who brought it.",
        ..CONFIRM
    },
    Operation {
        id: "contract_reject_scan",
        path: "/api/v1/contracts/{id}/reject-scan",
        summary: "Reject a scan",
        about: "It does not show them. Not by who brought it.",
        body: REASON,
        ..CONFIRM
    },
    Operation {
        id: "contract_confirm_authority",
        path: "/api/v1/contracts/{id}/confirm-authority",
        summary: "Confirm that a signer may sign",
        about: "Where the record does not tell: contacts who decide, hold the budget or sponsor may, and users of ours who approve. \
                Not by who sent the contract.",
        body: json(schema::<ContractAuthority>, r#"{"signer":0,"basis":"Power of attorney of 2 May 2026."}"#),
        ..CONFIRM
    },
    Operation {
        id: "contract_amend",
        path: "/api/v1/contracts/{id}/amend",
        summary: "Draft an amendment",
        about: "A new version with the same number; once it holds, it stands in place of this one.",
        body: json(schema::<ContractInput>, r#"{"notice_days":90}"#),
        replies: MADE,
        ..ACT
    },
    Operation {
        id: "contract_renew",
        path: "/api/v1/contracts/{id}/renew",
        summary: "Draft a renewal",
        about: "A new contract that begins the day after this one ends; once it holds, it stands in place of this one.",
        body: json(schema::<ContractInput>, r#"{"title":"Framework agreement 2028"}"#),
        replies: MADE,
        ..ACT
    },
    Operation {
        id: "contract_terminate",
        path: "/api/v1/contracts/{id}/terminate",
        summary: "Terminate a contract",
        about: "By notice, in time; at once where both agree or the other side broke it.",
        body: json(
            schema::<ContractTerminate>,
            r#"{"kind":"notice","on":"2027-11-30","reason":"The customer moves on."}"#,
        ),
        ..ACT
    },
    Operation {
        id: "contract_provision",
        path: "/api/v1/contracts/{id}/provision",
        grant: Grant::UsersManage,
        summary: "Give access to the portal again",
        about: "To everybody whom a validated contract names. It happens by itself when the contract is validated; who has access keeps it.",
        ..ACT
    },
];
