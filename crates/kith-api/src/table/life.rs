//! An account's life: deactivate, close, delete, merge, and back.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, READ, Reply, schema};
use crate::request::{Deactivate, MergePreviewRequest, MergeRequest, StageMove, UnmergeRequest};
use crate::view::{AccountView, ChangeView, MergePreview};

const WAITING: &str = r#"{"id":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","operation":"account_deactivate",
"title":"Deactivate Acme Corporation","lane":"yellow","state":"waiting",
"steps":[{"role":"manager","state":"waiting"},{"role":"controller","state":"waiting"}],
"diff":[{"path":"/stage","before":"active","after":"inactive"}],"submitted_at":"2026-11-22T10:00:00Z"}"#;

const REPLIES: &[Reply] = &[
    Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
    Reply { status: 200, about: "The account, where it is so already.", schema: Some(schema::<AccountView>) },
];

const REASON: Body = Body {
    schema: schema::<StageMove>,
    media: "application/json",
    example: r#"{"reason":"Ceased trading."}"#,
};

/// Where these operations start: a change that needs a reason.
const ACT: Operation = Operation {
    method: Method::Post,
    grant: Grant::AccountsWrite,
    key: true,
    body: Some(REASON),
    replies: REPLIES,
    example: WAITING,
    ..READ
};

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "account_deactivate",
        path: "/api/v1/accounts/{id}/deactivate",
        summary: "Deactivate an account",
        about: "Active or on probation → inactive: out of the lists, no more edits, its history stays. Refused while orders are \
                open, or invoices unless `allow_open_ar`. Approved by Manager, then Controller.",
        body: Some(Body {
            schema: schema::<Deactivate>,
            media: "application/json",
            example: r#"{"reason":"Ceased trading.","allow_open_ar":false}"#,
        }),
        ..ACT
    },
    Operation {
        id: "account_reactivate",
        path: "/api/v1/accounts/{id}/reactivate",
        summary: "Reactivate an account",
        about: "Inactive → active; of an active account 409 `account.already_active`. Knowing the business falls due again after a year. Approved by Manager, then Controller.",
        ..ACT
    },
    Operation {
        id: "account_close",
        path: "/api/v1/accounts/{id}/close",
        summary: "Close an account",
        about: "Inactive or prospect → closed. Approved by Manager, then Controller.",
        ..ACT
    },
    Operation {
        id: "account_reopen",
        path: "/api/v1/accounts/{id}/reopen",
        summary: "Reopen a closed account",
        about: "Closed → inactive. Approved by Manager, Controller, then CFO.",
        ..ACT
    },
    Operation {
        id: "account_delete",
        path: "/api/v1/accounts/{id}/delete",
        summary: "Delete an account",
        about: "Only a prospect, an inactive or a closed account to which nothing ever happened. Its keys are free again, its \
                personal data is gone, the ledger keeps that it was. Approved by Manager, Controller, then CFO.",
        ..ACT
    },
    Operation {
        id: "account_merge",
        path: "/api/v1/accounts/{id}/merge",
        summary: "Merge another account into this one",
        about: "The account of the path survives. Values survive by the rules of the preview, or by `picks`; contacts, addresses, \
                identifiers, touchpoints and history follow; what was sent to the other account arrives here. Reading the other \
                account answers 301. Approved by Manager, then Controller.",
        body: Some(Body {
            schema: schema::<MergeRequest>,
            media: "application/json",
            example: r#"{"loser":"C-000124","picks":{"name":"survivor"},"reason":"The same company."}"#,
        }),
        ..ACT
    },
    Operation {
        id: "account_merge_preview",
        path: "/api/v1/accounts/{id}/merge/preview",
        method: Method::Post,
        grant: Grant::AccountsRead,
        summary: "See what a merge would come to",
        about: "Field by field: both values, the one that survives, and the rule. Writes nothing.",
        body: Some(Body {
            schema: schema::<MergePreviewRequest>,
            media: "application/json",
            example: r#"{"loser":"C-000124"}"#,
        }),
        replies: &[Reply { status: 200, about: "The preview.", schema: Some(schema::<MergePreview>) }],
        example: r#"{"survivor":{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","account_number":"C-000123","name":"Acme Corporation"},
"loser":{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f70a","account_number":"C-000124","name":"ACME Corp."},
"fields":[{"field":"name","survivor":"Acme Corporation","loser":"ACME Corp.","result":"Acme Corporation","winner":"survivor",
"rule":"most_complete","pickable":true}],"rows":[],"outlook":{"lane":"yellow","steps":["manager","controller"],"refusal":null}}"#,
        ..READ
    },
    Operation {
        id: "account_unmerge",
        path: "/api/v1/accounts/{id}/unmerge",
        summary: "Take a merged account out again",
        about: "Within 180 days. Both accounts are as they would be without the merge: edits since stay with the survivor, rows of \
                the other go back as they stand. Rows added since stay, and the change names them in `result.left`. Approved by \
                Manager, then Controller.",
        body: Some(Body {
            schema: schema::<UnmergeRequest>,
            media: "application/json",
            example: r#"{"loser":"C-000124","reason":"Two companies after all."}"#,
        }),
        ..ACT
    },
];
