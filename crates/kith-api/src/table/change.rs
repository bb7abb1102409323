//! Changes: what waits, who decides.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::ChangeComment;
use crate::view::{ChangeView, Page};

const COMMENT: Option<Body> = Some(Body {
    schema: schema::<ChangeComment>,
    media: "application/json",
    example: r#"{"comment":"Checked against the contract."}"#,
});

const APPLIED: &str = r#"{"id":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","operation":"account_create","title":"Create Acme Corporation",
"lane":"yellow","state":"applied","steps":[{"role":"ar_manager","state":"approved"},{"role":"controller","state":"approved"}],
"diff":[],"submitted_at":"2026-11-22T10:00:00Z","result":{"account_id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708"}}"#;

const ACT: Operation = Operation {
    method: Method::Post,
    body: COMMENT,
    replies: &[Reply {
        status: 200,
        about: "The change as it stands now.",
        schema: Some(schema::<ChangeView>),
    }],
    example: APPLIED,
    ..READ
};

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "change_list",
        path: "/api/v1/changes",
        grant: Grant::ChangesRead,
        summary: "List changes",
        about: "Newest first.",
        params: &[
            Param { name: "state", about: "Only this state.", example: "waiting" },
            Param {
                name: "for",
                about: "`me`: only those whose next step the caller may decide.",
                example: "me",
            },
            Param { name: "account", about: "Only about this account.", example: "" },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<ChangeView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "change_get",
        path: "/api/v1/changes/{id}",
        grant: Grant::ChangesRead,
        summary: "Read a change",
        about: "What it would do, who decided, what came of it.",
        replies: &[Reply { status: 200, about: "The change.", schema: Some(schema::<ChangeView>) }],
        example: APPLIED,
        ..READ
    },
    Operation {
        id: "change_approve",
        path: "/api/v1/changes/{id}/approve",
        grant: Grant::ChangesApprove,
        summary: "Approve a step",
        about: "The approval that completes a change answers after it is applied. Never by programs or agents, never one's own.",
        ..ACT
    },
    Operation {
        id: "change_reject",
        path: "/api/v1/changes/{id}/reject",
        grant: Grant::ChangesApprove,
        summary: "Reject a change",
        about: "Needs a comment.",
        ..ACT
    },
    Operation {
        id: "change_cancel",
        path: "/api/v1/changes/{id}/cancel",
        grant: Grant::ChangesSubmit,
        summary: "Cancel an own change",
        about: "Only while it waits.",
        ..ACT
    },
];
