//! Delegations of approvals.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, READ, Reply, schema};
use crate::request::DelegationMake;
use crate::view::{DelegationView, Page};

const DELEGATION: &str = r#"{"id":"dlg_0198b2c4d5e67f8091a2b3c4d5e6f709","from":"usr_0198b2c4d5e67f8091a2b3c4d5e6f701","to":"usr_0198b2c4d5e67f8091a2b3c4d5e6f702",
"operations":[],"starts":"2026-11-22T10:00:00Z","ends":"2026-12-01T18:00:00Z","state":"active","made_at":"2026-11-22T10:00:00Z"}"#;

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "delegation_list",
        path: "/api/v1/delegations",
        grant: Grant::ChangesRead,
        summary: "List delegations",
        about: "Those from and to the caller, newest first; all of them for whoever manages users or audits.",
        replies: &[Reply {
            status: 200,
            about: "All of them.",
            schema: Some(schema::<Page<DelegationView>>),
        }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "delegation_make",
        method: Method::Post,
        path: "/api/v1/delegations",
        grant: Grant::ChangesApprove,
        summary: "Let somebody else decide",
        about: "For 30 days at most, on all or some operations, up to an amount. The delegate must hold a role that approves, decides with the delegator's roles, passes nothing on, and never decides on what the delegator submitted. Both stand on the decision.",
        body: Some(Body {
            schema: schema::<DelegationMake>,
            media: "application/json",
            example: r#"{"to":"usr_0198b2c4d5e67f8091a2b3c4d5e6f702","operations":["account_update"],"amount_cap":{"amount":"50000.00","currency":"USD"},"ends":"2026-12-01T18:00:00Z"}"#,
        }),
        replies: &[Reply { status: 201, about: "The delegation.", schema: Some(schema::<DelegationView>) }],
        example: DELEGATION,
        ..READ
    },
    Operation {
        id: "delegation_end",
        method: Method::Delete,
        path: "/api/v1/delegations/{id}",
        grant: Grant::ChangesRead,
        summary: "End a delegation",
        about: "By either of the two, or by whoever manages users.",
        replies: &[Reply { status: 200, about: "It is over.", schema: Some(schema::<DelegationView>) }],
        example: DELEGATION,
        ..READ
    },
];
