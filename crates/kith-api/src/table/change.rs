//! Changes: what waits, who decides.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{BatchDecision, BreakGlass, ChangeComment, ChangeRemark};
use crate::view::{BatchView, ChangeView, Page};

const COMMENT: Option<Body> = Some(Body {
    schema: schema::<ChangeComment>,
    media: "application/json",
    example: r#"{"comment":"Checked against the contract."}"#,
});

const APPLIED: &str = r#"{"id":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","operation":"account_create","title":"Create Acme Corporation",
"lane":"yellow","reasons":[{"code":"policy_row","text":"The policy asks for AR Manager, then Controller."}],"policy_version":1,"revision":1,
"state":"applied","steps":[{"role":"ar_manager","state":"approved","approvals":1},{"role":"controller","state":"approved","approvals":1}],
"diff":[],"warnings":[],"submitted_at":"2026-11-22T10:00:00Z","result":{"account_id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708"}}"#;

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

const REMARK: Option<Body> = Some(Body {
    schema: schema::<ChangeRemark>,
    media: "application/json",
    example: r#"{"text":"Is this the limit for the whole group?"}"#,
});

const DECIDED: &str = r#"{"batch":"bat_0198b2c4d5e67f8091a2b3c4d5e6f701","decided":1,"refused":0,
"items":[{"id":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","state":"waiting"}]}"#;

const MANY: Operation = Operation {
    method: Method::Post,
    grant: Grant::ChangesApprove,
    body: Some(Body {
        schema: schema::<BatchDecision>,
        media: "application/json",
        example: r#"{"ids":["chg_0198b2c4d5e67f8091a2b3c4d5e6f709"],"comment":"Checked against the list."}"#,
    }),
    replies: &[Reply { status: 200, about: "What became of each.", schema: Some(schema::<BatchView>) }],
    example: DECIDED,
    ..READ
};

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "change_list",
        path: "/api/v1/changes",
        grant: Grant::ChangesRead,
        summary: "List changes",
        about: "Newest first; those `for=me` by urgency: what is due first comes first.",
        params: &[
            Param { name: "state", about: "Only this state.", example: "waiting" },
            Param {
                name: "for",
                about: "`me`: only those whose next step the caller may decide.",
                example: "me",
            },
            Param {
                name: "by",
                about: "`me`: only those that the caller submitted; or a user.",
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
    Operation {
        id: "change_edit",
        method: Method::Patch,
        path: "/api/v1/changes/{id}",
        grant: Grant::ChangesSubmit,
        summary: "Edit a change that waits",
        about: "A merge patch over what the change asks for: fields of the account, or of the policy. Makes another revision: all decisions are void, the steps begin anew, and who had approved sees the difference. By the submitter, or by whoever may edit the target; that person then does not approve.",
        body: Some(Body {
            schema: schema::<crate::request::AccountPatch>,
            media: "application/json",
            example: r#"{"tier":"premium","reason":"The tier was mistyped."}"#,
        }),
        ..ACT
    },
    Operation {
        id: "change_resubmit",
        path: "/api/v1/changes/{id}/resubmit",
        grant: Grant::ChangesSubmit,
        summary: "Submit a stale change again",
        about: "On the record as it is today, as it stands or with a merge patch over it. The `conflicts` of a stale change say where base, theirs and mine differ.",
        body: Some(Body {
            schema: schema::<crate::request::AccountPatch>,
            media: "application/json",
            example: "{}",
        }),
        ..ACT
    },
    Operation {
        id: "change_comment",
        path: "/api/v1/changes/{id}/comments",
        grant: Grant::ChangesRead,
        summary: "Comment on a change",
        about: "Voids nothing.",
        body: REMARK,
        ..ACT
    },
    Operation {
        id: "change_break_glass",
        path: "/api/v1/changes/{id}/break-glass",
        grant: Grant::ChangesApprove,
        summary: "Apply a change in an emergency",
        about: "By the CFO alone, never on an own change, never against sanctions or the policy. Somebody else must review it within 24 hours.",
        body: Some(Body {
            schema: schema::<BreakGlass>,
            media: "application/json",
            example: r#"{"reason":"The vessel sails in an hour and the controller cannot be reached."}"#,
        }),
        ..ACT
    },
    Operation {
        id: "change_review",
        path: "/api/v1/changes/{id}/review",
        grant: Grant::AuditRead,
        summary: "Review a change that was applied in an emergency",
        about: "By somebody who had no hand in it.",
        body: REMARK,
        ..ACT
    },
    Operation {
        id: "change_approve_many",
        path: "/api/v1/changes/approve",
        summary: "Approve changes together",
        about: "200 at most, of one operation and one step, none of them red, none with warnings unless opened by itself before. Each is decided by itself: what is refused is told and stops nothing.",
        ..MANY
    },
    Operation {
        id: "change_reject_many",
        path: "/api/v1/changes/reject",
        summary: "Reject changes together",
        about: "As approving together; the comment is required and stands on each.",
        ..MANY
    },
];
