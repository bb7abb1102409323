//! Duplicates: accounts that may be one customer, and what a person decides.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{DuplicateDismiss, DuplicateMerge};
use crate::view::{AccountView, ChangeView, DuplicateClusterView, DuplicateScanView, DuplicateView, Page};

const PAIR: &str = r#"{"id":"dup_0198b2c4d5e67f8091a2b3c4d5e6f708","state":"open","probability":0.9987,"weight":9.6,"prior_weight":-13.3,
"left":{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","account_number":"C-000123","name":"Acme Corporation"},
"right":{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f709","account_number":"C-000456","name":"ACME Corp."},
"waterfall":[{"field":"name","level":"equal","left":"Acme Corporation","right":"ACME Corp.","weight":11.4}],
"raised_at":"2026-11-22T10:00:00Z","decided_by":null,"decided_at":null,"reason":null,"survivor":null}"#;

const SCAN: &str = r#"{"state":"running","progress":0.4,"accounts":1284,"pairs":0,"started_at":"2026-11-22T10:00:00Z","finished_at":null}"#;

const CLUSTERS: &str = r#"{"items":[{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","accounts":[
{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","account_number":"C-000123","name":"Acme Corporation"},
{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f709","account_number":"C-000456","name":"ACME Corp."}],
"pairs":[{"id":"dup_0198b2c4d5e67f8091a2b3c4d5e6f708","left":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708",
"right":"acc_0198b2c4d5e67f8091a2b3c4d5e6f709","probability":0.9987}],
"vetoes":[{"left":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","right":"acc_0198b2c4d5e67f8091a2b3c4d5e6f710","field":"tax_id",
"left_value":"12-3456789","right_value":"98-7654321","reason":"Both have a tax number of one country, and the numbers differ."}]}],
"next_cursor":null,"has_more":false}"#;

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "duplicate_list",
        path: "/api/v1/duplicates",
        summary: "List accounts that may be one",
        about: "Likest first, each with what every comparison adds.",
        params: &[
            Param {
                name: "state",
                about: "`open` when absent, `dismissed`, `merged` or `withdrawn`.",
                example: "open",
            },
            Param { name: "min_probability", about: "Only pairs at least this probable.", example: "0.9" },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<DuplicateView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "duplicate_scan_get",
        path: "/api/v1/duplicates/scan",
        summary: "Read how the scan stands",
        about: "The last scan since the start, or the one that runs.",
        replies: &[Reply { status: 200, about: "The scan.", schema: Some(schema::<DuplicateScanView>) }],
        example: SCAN,
        ..READ
    },
    Operation {
        id: "duplicate_scan",
        method: Method::Post,
        path: "/api/v1/duplicates/scan",
        grant: Grant::AccountsWrite,
        summary: "Scan all accounts for duplicates",
        about: "Learns from the accounts themselves, puts new pairs before a person and withdraws those that are alike no more. One scan at a time.",
        replies: &[Reply {
            status: 202,
            about: "The scan that runs.",
            schema: Some(schema::<DuplicateScanView>),
        }],
        example: SCAN,
        ..READ
    },
    Operation {
        id: "duplicate_clusters",
        path: "/api/v1/duplicates/clusters",
        summary: "List clusters of accounts that are probably one",
        about: "Open pairs put together, strongest first, largest clusters first. Two accounts whose tax numbers of one country differ are never put into one cluster; `vetoes` names them with the reason.",
        params: &[
            Param {
                name: "min_probability",
                about: "Only pairs at least this probable put accounts together; 0.99 when absent.",
                example: "0.99",
            },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply {
            status: 200,
            about: "A page.",
            schema: Some(schema::<Page<DuplicateClusterView>>),
        }],
        example: CLUSTERS,
        ..READ
    },
    Operation {
        id: "duplicate_get",
        path: "/api/v1/duplicates/{id}",
        summary: "Read a pair",
        about: "Both accounts side by side, and what every comparison adds.",
        replies: &[Reply { status: 200, about: "The pair.", schema: Some(schema::<DuplicateView>) }],
        example: PAIR,
        ..READ
    },
    Operation {
        id: "duplicate_dismiss",
        method: Method::Post,
        path: "/api/v1/duplicates/{id}/dismiss",
        grant: Grant::AccountsWrite,
        summary: "Say that they are two",
        about: "Remembered with the reason: the pair comes back only if a field changes on which it was judged.",
        body: Some(Body {
            schema: schema::<DuplicateDismiss>,
            media: "application/json",
            example: r#"{"reason":"Sister companies with one switchboard."}"#,
        }),
        replies: &[Reply { status: 200, about: "The pair.", schema: Some(schema::<DuplicateView>) }],
        example: PAIR,
        ..READ
    },
    Operation {
        id: "duplicate_merge",
        method: Method::Post,
        path: "/api/v1/duplicates/{id}/merge",
        grant: Grant::AccountsWrite,
        summary: "Merge the two",
        about: "Submits the merge of the other account into the one that stays; nothing is merged before its approvers agree.",
        body: Some(Body {
            schema: schema::<DuplicateMerge>,
            media: "application/json",
            example: r#"{"survivor":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708"}"#,
        }),
        replies: &[
            Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
            Reply {
                status: 200,
                about: "The account that stays, where policy needs no approval.",
                schema: Some(schema::<AccountView>),
            },
        ],
        example: r#"{"id":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","operation":"account_merge","title":"Merge C-000456 into C-000123","lane":"yellow","state":"waiting",
"steps":[],"diff":[],"submitted_at":"2026-11-22T10:00:00Z"}"#,
        ..READ
    },
];
