//! The approval policy.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, Param, READ, Reply, schema};
use crate::view::{ChangeView, PolicyRules, PolicyView};

const POLICY: &str = r#"{"version":1,"rows":[{"operation":"account_create","lane":"yellow","steps":[{"role":"ar_manager"},{"role":"controller"}]}],
"packs":[],"escalation":[],"calendar":{"opens":"08:00:00","closes":"18:00:00","holidays":[]}}"#;

const WAITS: &[Reply] = &[
    Reply { status: 202, about: "A red change that waits.", schema: Some(schema::<ChangeView>) },
    Reply { status: 200, about: "It says so already.", schema: Some(schema::<PolicyView>) },
];

pub(super) const WAITING: &str = r#"{"id":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","operation":"policy_set","title":"Change the approval policy","lane":"red",
"reasons":[],"policy_version":1,"revision":1,"state":"waiting","steps":[{"role":"controller","state":"waiting","approvals":1},{"role":"cfo","state":"waiting","approvals":1}],
"diff":[],"warnings":[],"submitted_at":"2026-11-22T10:00:00Z"}"#;

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "policy_get",
        path: "/api/v1/approval-policy",
        grant: Grant::ChangesRead,
        summary: "Read the approval policy",
        about: "Who approves what, in which lane, and how long they have. Version 1 is the seed; every change names the version it was judged by.",
        params: &[Param {
            name: "version",
            about: "A version that held; the one that holds, when absent.",
            example: "1",
        }],
        replies: &[Reply { status: 200, about: "The policy.", schema: Some(schema::<PolicyView>) }],
        example: POLICY,
        ..READ
    },
    Operation {
        id: "policy_set",
        method: Method::Put,
        path: "/api/v1/approval-policy",
        grant: Grant::OrganisationManage,
        summary: "Propose another approval policy",
        about: "The whole policy. Becomes a red change; an operation without a row keeps the seed's. Conditions are texts of the filter language over operation, fields, amount, credit_raise, records, actor_kind, entity, tier, customer_type, stage, in_setup, new_submitter, grants_approving, open_compliance, held, hold_type and step.",
        body: Some(Body {
            schema: schema::<PolicyRules>,
            media: "application/json",
            example: r#"{"rows":[{"operation":"account_update","when":"tier == \"strategic\"","lane":"red","steps":[{"role":"controller"},{"role":"cfo"}]},{"operation":"account_update","lane":"yellow","steps":[{"role":"ar_manager"},{"role":"controller"}]}]}"#,
        }),
        replies: WAITS,
        example: WAITING,
        ..READ
    },
    Operation {
        id: "policy_edit",
        method: Method::Patch,
        path: "/api/v1/approval-policy",
        grant: Grant::OrganisationManage,
        summary: "Propose changes to the approval policy",
        about: "A JSON merge patch over the policy that holds; lists are replaced whole. Becomes a red change.",
        body: Some(Body {
            schema: crate::operation::object,
            media: "application/json",
            example: r#"{"packs":["green_minor_edits"]}"#,
        }),
        replies: WAITS,
        example: WAITING,
        ..READ
    },
];
