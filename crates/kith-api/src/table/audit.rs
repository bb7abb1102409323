//! The audit trail and the proofs of the ledger.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::RestoreRequest;
use crate::view::{
    AccountView, AuditView, ChangeView, ConsistencyView, InclusionView, LedgerRecordView, Page, TreeHeadView,
};

const HEAD: &str = r#"{"origin":"kith/5f2b0c11d3e4a6b7","size":1204,
"root":"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328","signed_at":"2026-11-22T10:00:00Z",
"public_key":"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
"note":"kith/5f2b0c11d3e4a6b7\n1204\nXcnaeacGWaKtnLVnAd7ZoqudgjqtL0lgz+Nw7/RgQyg=\n\n— kith/5f2b0c11d3e4a6b7 AAAAAA==\n"}"#;

const EMPTY_PAGE: &str = r#"{"items":[],"next_cursor":null,"has_more":false}"#;

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "audit_list",
        path: "/api/v1/audit",
        grant: Grant::AuditRead,
        summary: "Search the audit trail",
        about: "Who did what, before and after, who approved, who read personal data, what was refused; newest first. \
                A page may hold fewer than asked for and still have more: a search looks through 100,000 records at a time.",
        params: &[
            Param { name: "actor", about: "Who: `usr_…`.", example: "" },
            Param {
                name: "object",
                about: "About what: `acc_…`, `chg_…`, an account number.",
                example: "C-000123",
            },
            Param { name: "kind", about: "The beginning of the kind.", example: "account." },
            Param {
                name: "channel",
                about: "`rest`, `web`, `cli`, `mcp`, `import`, `system`.",
                example: "rest",
            },
            Param { name: "correlation", about: "All that one request caused.", example: "" },
            Param {
                name: "from",
                about: "Recorded at this time or later: a time or a day.",
                example: "2026-11-01",
            },
            Param {
                name: "to",
                about: "Recorded before this time, or up to the end of this day.",
                example: "2026-11-30",
            },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<AuditView>>) }],
        example: EMPTY_PAGE,
        ..READ
    },
    Operation {
        id: "account_audit",
        path: "/api/v1/accounts/{id}/audit",
        grant: Grant::AuditRead,
        summary: "Read who changed an account",
        about: "The ledger's records of the account with every value before and after, newest first, each with its hash.",
        params: &PAGE_PARAMS,
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<AuditView>>) }],
        example: EMPTY_PAGE,
        ..READ
    },
    Operation {
        id: "account_restore",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/restore",
        grant: Grant::AccountsWrite,
        summary: "Bring back earlier values",
        about: "Makes a change that sets fields to what they were at a version of the account's history, decided like any edit.",
        key: true,
        body: Some(Body {
            schema: schema::<RestoreRequest>,
            media: "application/json",
            example: r#"{"version":3,"fields":["payment_terms"],"reason":"Agreed for one order only."}"#,
        }),
        replies: &[
            Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
            Reply {
                status: 200,
                about: "The account: nothing differed, or policy needs no approval.",
                schema: Some(schema::<AccountView>),
            },
        ],
        example: r#"{"id":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","operation":"account_update",
"title":"Edit Acme Corporation","lane":"yellow","state":"waiting","steps":[{"role":"ar_manager","state":"waiting"}],
"diff":[{"path":"/payment_terms","before":"NET45","after":"NET30"}],"submitted_at":"2026-11-22T10:00:00Z"}"#,
        ..READ
    },
    Operation {
        id: "ledger_head_get",
        path: "/api/v1/ledger/head",
        grant: Grant::AuditRead,
        summary: "Read the newest signed head",
        about: "A C2SP checkpoint of the ledger's Merkle tree (RFC 9162), signed every minute in which the ledger grew. Keep it: what it covers cannot be rewritten unseen.",
        replies: &[Reply { status: 200, about: "The head.", schema: Some(schema::<TreeHeadView>) }],
        example: HEAD,
        ..READ
    },
    Operation {
        id: "ledger_head_sign",
        method: Method::Post,
        path: "/api/v1/ledger/head",
        grant: Grant::AuditRead,
        summary: "Sign the head now",
        about: "Covers every record there is.",
        replies: &[Reply { status: 200, about: "The head.", schema: Some(schema::<TreeHeadView>) }],
        example: HEAD,
        ..READ
    },
    Operation {
        id: "ledger_head_list",
        path: "/api/v1/ledger/heads",
        grant: Grant::AuditRead,
        summary: "List signed heads",
        about: "Every head that was given out, the newest first.",
        params: &PAGE_PARAMS,
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<TreeHeadView>>) }],
        example: EMPTY_PAGE,
        ..READ
    },
    Operation {
        id: "ledger_inclusion",
        path: "/api/v1/ledger/inclusion",
        grant: Grant::AuditRead,
        summary: "Prove that a record is in the ledger",
        about: "RFC 9162 §2.1.3. Without a size: against the smallest signed head that covers the record.",
        params: &[
            Param { name: "position", about: "Place of the record, from 1.", example: "17" },
            Param { name: "size", about: "Size of the tree.", example: "1204" },
        ],
        replies: &[Reply { status: 200, about: "The proof.", schema: Some(schema::<InclusionView>) }],
        example: r#"{"position":1,"index":0,"size":1,"leaf":"022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c","root":"022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c","path":[],"head":null}"#,
        ..READ
    },
    Operation {
        id: "ledger_consistency",
        path: "/api/v1/ledger/consistency",
        grant: Grant::AuditRead,
        summary: "Prove that the ledger only grew",
        about: "RFC 9162 §2.1.4: the tree of `first` records is a beginning of the tree of `second`. Without a second: the newest signed head.",
        params: &[
            Param { name: "first", about: "Size of the smaller tree, from 1.", example: "1000" },
            Param { name: "second", about: "Size of the larger tree.", example: "1204" },
        ],
        replies: &[Reply { status: 200, about: "The proof.", schema: Some(schema::<ConsistencyView>) }],
        example: r#"{"first":1,"second":2,"first_root":"022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c","second_root":"b137985ff484fb600db93107c77b0365c80d78f5b429ded0fd97361d077999eb","path":["57eb35615d47f34ec714cacdf5fd74608a5e8e102724e80b24b287c0c27b6a31"]}"#,
        ..READ
    },
    Operation {
        id: "ledger_record_list",
        path: "/api/v1/ledger/records",
        grant: Grant::AuditRead,
        summary: "Read records as they are hashed",
        about: "In order, from the first or after the cursor: what `kith verify --records` checks offline. Nothing personal is in it.",
        params: &PAGE_PARAMS,
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<LedgerRecordView>>) }],
        example: EMPTY_PAGE,
        ..READ
    },
];
