//! Accounts: create, edit, note, review, read.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, POSITION_PARAM, Param, READ, Reply, schema};
use crate::request::{AccountCreate, AccountPatch, NoteAdd, ReviewRecord, TalkLog};
use crate::view::{
    AccountPage, AccountView, ChangeView, EffectiveView, EvidenceView, Page, ProfileView, TimelineItem,
};

const LIST_PARAMS: &[Param] = &[
    Param {
        name: "filter",
        about: "CEL over the fields of /api/v1/fields.",
        example: "tier == \"premium\" && health < 50",
    },
    Param {
        name: "sort",
        about: "Fields, `-` before one for greatest first.",
        example: "-revenue_365d,name",
    },
    Param {
        name: "fields",
        about: "Which fields to give; `id`, `account_number` and `name` always.",
        example: "tier,health",
    },
    Param { name: "entity", about: "Only accounts that this entity owns.", example: "US" },
    Param { name: "count", about: "`exact` to count all that match.", example: "exact" },
    Param {
        name: "include_inactive",
        about: "`true` for inactive and closed accounts too; a filter on `stage` asks for them by itself.",
        example: "true",
    },
    PAGE_PARAMS[0],
    PAGE_PARAMS[1],
    POSITION_PARAM,
];

const SEEN_PARAMS: [Param; 2] = [
    Param { name: "entity", about: "The legal entity that looks.", example: "EU" },
    Param {
        name: "as_of",
        about: "The record as it was: a moment, or the end of a day.",
        example: "2026-11-20",
    },
];

const ONE: &str = r#"{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","account_number":"C-000123","version":3,
"name":"Acme Corporation","email":"ap@acme.example","owning_entity":"US","customer_type":"enterprise","tier":"premium",
"stage":"active","status":"active","payment_terms":"NET30"}"#;

const WAITING: &str = r#"{"id":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","operation":"account_create",
"title":"Create Acme Corporation","lane":"yellow","state":"waiting",
"steps":[{"role":"ar_manager","state":"waiting"},{"role":"controller","state":"waiting"}],
"diff":[{"path":"/name","before":null,"after":"Acme Corporation"}],"submitted_at":"2026-11-22T10:00:00Z"}"#;

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "account_create",
        method: Method::Post,
        path: "/api/v1/accounts",
        grant: Grant::AccountsWrite,
        summary: "Create an account",
        about: "Makes a change that its approvers decide; 201 at once where policy needs no approval. 409 `probable_duplicate` with `candidates` if it is probably on record (0.99 and more), unless `accept_duplicates` is true; what is alike from 0.70 on is a warning of the change.",
        key: true,
        body: Some(Body {
            schema: schema::<AccountCreate>,
            media: "application/json",
            example: r#"{"name":"Acme Corporation","email":"ap@acme.example","owning_entity":"US","tier":"premium",
"payment_terms":"NET30","identifiers":[{"kind":"external:erp","value":"10482"}],
"addresses":[{"kinds":["billing"],"lines":["1 Main St"],"city":"Chicago","postal_code":"60607","country":"US"}]}"#,
        }),
        replies: &[
            Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
            Reply { status: 201, about: "The account.", schema: Some(schema::<AccountView>) },
        ],
        example: WAITING,
        ..READ
    },
    Operation {
        id: "account_list",
        path: "/api/v1/accounts",
        summary: "List accounts",
        about: "Filter, sort, select and page. A list is not a snapshot: each account is read whole, the list is not.",
        params: LIST_PARAMS,
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<AccountPage>) }],
        example: r#"{"items":[{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","account_number":"C-000123","name":"Acme Corporation","tier":"premium","health":54.2}],
"next_cursor":null,"has_more":false,"day":"2026-11-22","position":1204}"#,
        ..READ
    },
    Operation {
        id: "account_export",
        path: "/api/v1/accounts/export",
        summary: "Take a list away as a file",
        about: "CSV, JSON lines or XLSX with every account of a list. Money takes two columns, the amount and the currency. \
                What the list draws may be asked for too: `what_is_wrong`, `orders_weekly` (with its change), `signals` (unread inquiries, open tasks, inquiries of 7 days, whether they rise). \
                Noted in the audit trail before the first row leaves.",
        params: &[
            Param { name: "format", about: "`csv` when absent, `jsonl`, `xlsx`.", example: "csv" },
            LIST_PARAMS[0],
            LIST_PARAMS[1],
            LIST_PARAMS[2],
            LIST_PARAMS[3],
            LIST_PARAMS[5],
            POSITION_PARAM,
        ],
        replies: &[Reply { status: 200, about: "The file.", schema: None }],
        ..READ
    },
    Operation {
        id: "account_get",
        path: "/api/v1/accounts/{id}",
        summary: "Read an account",
        about: "By `acc_…` or account number. Answers with an `ETag`. With `entity`: as that legal entity sees it. An account that was merged into another answers 301.",
        params: &SEEN_PARAMS,
        replies: &[
            Reply { status: 200, about: "The account.", schema: Some(schema::<AccountView>) },
            Reply {
                status: 301,
                about: "Merged: `Location` names the account that stands for it.",
                schema: None,
            },
        ],
        example: ONE,
        ..READ
    },
    Operation {
        id: "account_effective",
        path: "/api/v1/accounts/{id}/effective",
        summary: "Read an account as a legal entity sees it",
        about: "Every field with its value, where it comes from (`entity`, `master`, `default`, `derived`), the version that brought it and who put it on record.",
        params: &SEEN_PARAMS,
        replies: &[Reply { status: 200, about: "The fields.", schema: Some(schema::<EffectiveView>) }],
        example: r#"{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","account_number":"C-000123","entity":"EU","version":3,"as_of":null,"warnings":[],
"payment_terms":{"value":"NET45","origin":"entity","master":"NET30","version":3,"provenance":{"method":"asserted","recorded_at":"2026-11-20T10:00:00Z"}}}"#,
        ..READ
    },
    Operation {
        id: "account_update",
        method: Method::Patch,
        path: "/api/v1/accounts/{id}",
        grant: Grant::AccountsWrite,
        summary: "Edit an account",
        about: "A merge patch with `If-Match`; child rows carry `action`; all of it or nothing.",
        if_match: true,
        body: Some(Body {
            schema: schema::<AccountPatch>,
            media: "application/merge-patch+json",
            example: r#"{"tier":"strategic","website":null,"contacts":[{"action":"add","name":"Jo Roe","emails":["jo@acme.example"],"is_primary":true}]}"#,
        }),
        replies: &[
            Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
            Reply { status: 200, about: "The account.", schema: Some(schema::<AccountView>) },
        ],
        example: WAITING,
        ..READ
    },
    Operation {
        id: "account_note_add",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/notes",
        grant: Grant::NotesWrite,
        summary: "Add a note",
        about: "Applies at once; sealed as personal data.",
        body: Some(Body {
            schema: schema::<NoteAdd>,
            media: "application/json",
            example: r#"{"text":"Prefers morning pickups."}"#,
        }),
        replies: &[Reply { status: 201, about: "The account.", schema: Some(schema::<AccountView>) }],
        example: ONE,
        ..READ
    },
    Operation {
        id: "account_talk_log",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/talks",
        grant: Grant::NotesWrite,
        summary: "Log a call, a meeting or a visit",
        about: "A touchpoint `meeting.held` of source `kith/log`: it counts as a contact and stands in the timeline. What was said is sealed as personal data.",
        body: Some(Body {
            schema: schema::<TalkLog>,
            media: "application/json",
            example: r#"{"channel":"call","with":"Maren de Wit","text":"Wants a trial on the Lille lane."}"#,
        }),
        replies: &[Reply { status: 201, about: "The touchpoint.", schema: Some(schema::<EvidenceView>) }],
        example: r#"{"source":"kith/log","id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708:0198b2c4","type":"io.kith.meeting.held","time":"2026-11-20T10:00:00Z"}"#,
        ..READ
    },
    Operation {
        id: "account_review",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/review",
        grant: Grant::NotesWrite,
        summary: "Record a review",
        about: "The account manager looked at the account; the next review is due a cadence later, or on the day that was agreed.",
        body: Some(Body {
            schema: schema::<ReviewRecord>,
            media: "application/json",
            example: r#"{"on":"2026-11-20"}"#,
        }),
        replies: &[Reply { status: 200, about: "The account.", schema: Some(schema::<AccountView>) }],
        example: ONE,
        ..READ
    },
    Operation {
        id: "account_profile",
        path: "/api/v1/accounts/{id}/profile",
        summary: "Read the living profile",
        about: "Every metric and score with its source, freshness, formula and evidence.",
        params: &[
            Param { name: "metrics", about: "Only these metric ids.", example: "orders_90d,health" },
            Param { name: "entity", about: "Money of one entity, in its currency.", example: "US" },
            Param {
                name: "rollup",
                about: "`true`: of the account and all below it together; `rollup` says over which accounts and how.",
                example: "true",
            },
            POSITION_PARAM,
        ],
        replies: &[Reply { status: 200, about: "The profile.", schema: Some(schema::<ProfileView>) }],
        example: r#"{"as_of":"2026-11-22T10:00:00Z","day":"2026-11-22","position":1204,"entity":null,"metrics":{},"scores":{},"lanes":[]}"#,
        ..READ
    },
    Operation {
        id: "account_timeline",
        path: "/api/v1/accounts/{id}/timeline",
        summary: "Read what happened",
        about: "Touchpoints, newest first; corrected and withdrawn ones are marked.",
        params: &[
            Param {
                name: "group",
                about: "Only one group: orders, shipments, money, messages, quotes, surveys, portal, other.",
                example: "money",
            },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
            POSITION_PARAM,
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<TimelineItem>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
];
