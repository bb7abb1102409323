//! Holds on an account, and the watch.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{HoldPlace, StageMove, WatchSet};
use crate::view::{AccountView, ChangeView, HoldView, Page};

const HELD: &str = r#"{"id":"hld_0198b2c4d5e67f8091a2b3c4d5e6f70b","type":"credit","scope":"entity","entity":"US",
"reason":"Two promises broken.","cause":null,"release_rule":"The oldest invoice is at most 15 days late.","blocks":"credit",
"set_by":"usr_0198b2c4d5e67f8091a2b3c4d5e6f70c","set_by_name":"Maya Chen","set_at":"2026-11-22T10:00:00Z",
"review_at":"2026-12-20T10:00:00Z"}"#;

const WAITING: &str = r#"{"id":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","operation":"hold_release",
"title":"Release the hold on Acme Corporation","lane":"yellow","state":"waiting",
"steps":[{"role":"ar_manager","state":"waiting"}],"submitted_at":"2026-11-22T10:00:00Z"}"#;

const ACCOUNT: &str = r#"{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","account_number":"C-000123","version":7,
"name":"Acme Corporation","stage":"active","status":"watch"}"#;

const APPLIED: &[Reply] =
    &[Reply { status: 200, about: "The account.", schema: Some(schema::<AccountView>) }];

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "hold_list",
        path: "/api/v1/accounts/{id}/holds",
        summary: "List the holds on an account",
        about: "Each with its reason and what would release it; the oldest first. With `entity`, those that reach it.",
        params: &[
            Param { name: "entity", about: "As this legal entity sees it.", example: "US" },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "The holds.", schema: Some(schema::<Page<HoldView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "hold_get",
        path: "/api/v1/accounts/{id}/holds/{hold}",
        summary: "Read a hold on an account",
        about: "Released holds are in the audit trail.",
        replies: &[Reply { status: 200, about: "The hold.", schema: Some(schema::<HoldView>) }],
        example: HELD,
        ..READ
    },
    Operation {
        id: "hold_place",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/holds",
        grant: Grant::HoldsWrite,
        key: true,
        summary: "Put a hold on an account",
        about: "Compliance, fraud and legal holds stand at once and stop everything new; credit, dispute and manual holds of people \
                are approved by the AR Manager. A hold is looked at again within 30 days.",
        body: Some(Body {
            schema: schema::<HoldPlace>,
            media: "application/json",
            example: r#"{"type":"fraud","reason":"The bank details were changed by mail.","review_at":"2026-12-01"}"#,
        }),
        replies: &[
            Reply { status: 201, about: "The account with its hold.", schema: Some(schema::<AccountView>) },
            Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
        ],
        example: ACCOUNT,
        ..READ
    },
    Operation {
        id: "hold_release",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/holds/{hold}/release",
        grant: Grant::HoldsWrite,
        key: true,
        summary: "Release a hold",
        about: "Compliance and fraud holds: two compliance officers; legal: Legal, then compliance. Credit holds by what the account \
                owes: credit analyst up to 25,000, AR Manager up to 100,000, Controller up to 500,000, CFO above. Never by who created \
                the account, and a credit hold never by who sells to it.",
        body: Some(Body {
            schema: schema::<StageMove>,
            media: "application/json",
            example: r#"{"reason":"The bank confirmed the change."}"#,
        }),
        replies: &[
            Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
            Reply { status: 200, about: "The account without it.", schema: Some(schema::<AccountView>) },
        ],
        example: WAITING,
        ..READ
    },
    Operation {
        id: "watch_set",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/watch",
        grant: Grant::HoldsWrite,
        key: true,
        summary: "Keep an eye on an account",
        about: "Stops nothing and warns; ends by itself. Setting it again replaces reason and end.",
        body: Some(Body {
            schema: schema::<WatchSet>,
            media: "application/json",
            example: r#"{"reason":"Their largest customer is insolvent.","expires_at":"2027-01-31"}"#,
        }),
        replies: APPLIED,
        example: ACCOUNT,
        ..READ
    },
    Operation {
        id: "watch_clear",
        method: Method::Delete,
        path: "/api/v1/accounts/{id}/watch",
        grant: Grant::HoldsWrite,
        summary: "Keep no eye on an account any more",
        about: "Also where nobody does.",
        params: &[Param { name: "reason", about: "Why.", example: "The insolvency is over." }],
        replies: APPLIED,
        example: ACCOUNT,
        ..READ
    },
];
