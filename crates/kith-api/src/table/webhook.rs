//! Webhooks: addresses that are called when an alert is raised, cleared or closed.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{WebhookCreate, WebhookPatch};
use crate::view::{DeliveryView, Page, WebhookSecret, WebhookView};

const WEBHOOK: &str = r#"{"id":"hook_0198b2c4d5e67f8091a2b3c4d5e6f70a","name":"Fraud desk","url":"https://fraud.example/kith","kinds":["bust_out"],
"severity_least":"medium","entity":null,"on":true,"gone":false,"created_at":"2026-11-22T10:00:00Z","created_by_name":"Ada Admin"}"#;

const SECRET: &str = r#"{"id":"hook_0198b2c4d5e67f8091a2b3c4d5e6f70a","name":"Fraud desk","url":"https://fraud.example/kith","kinds":["bust_out"],
"severity_least":"medium","entity":null,"on":true,"gone":false,"created_at":"2026-11-22T10:00:00Z","created_by_name":"Ada Admin",
"secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}"#;

const DELIVERY: &str = r#"{"id":"msg_0198b2c4d5e67f8091a2b3c4d5e6f70c","webhook":"hook_0198b2c4d5e67f8091a2b3c4d5e6f70a","kind":"alert.raised",
"about":"alr_0198b2c4d5e67f8091a2b3c4d5e6f708","body":{"type":"alert.raised","timestamp":"2026-11-22T10:00:00Z","data":{"severity":"high"}},
"state":"failed","attempts":1,"queued_at":"2026-11-22T10:00:00Z","next_at":"2026-11-22T10:00:05Z","tried_at":"2026-11-22T10:00:00Z",
"arrived_at":null,"code":"http_500","answer":"it answered 500","decided_by_name":null}"#;

const SHOWN: &[Reply] = &[Reply { status: 200, about: "The webhook.", schema: Some(schema::<WebhookView>) }];
const TOLD: &[Reply] = &[Reply { status: 200, about: "The delivery.", schema: Some(schema::<DeliveryView>) }];

/// Where these operations start: whoever manages the organisation.
const MANAGED: Operation = Operation { grant: Grant::OrganisationManage, ..READ };

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "webhook_list",
        path: "/api/v1/webhooks",
        summary: "List webhooks",
        about: "The oldest first.",
        replies: &[Reply { status: 200, about: "All of them.", schema: Some(schema::<Page<WebhookView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..MANAGED
    },
    Operation {
        id: "webhook_create",
        method: Method::Post,
        path: "/api/v1/webhooks",
        summary: "Make a webhook",
        about: "Calls are POSTs, signed as Standard Webhooks 1.0.0 says: headers `webhook-id`, `webhook-timestamp`, `webhook-signature`. \
                A body names ids, codes and times, nobody's data. Only 2xx has arrived; redirects are not followed; 410 switches it off. \
                Tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h. Private addresses are not called unless the \
                installation allows it. The secret is shown in this answer only.",
        body: Some(Body {
            schema: schema::<WebhookCreate>,
            media: "application/json",
            example: r#"{"name":"Fraud desk","url":"https://fraud.example/kith","kinds":["bust_out","unusual_spending"],"severity_least":"medium"}"#,
        }),
        replies: &[Reply {
            status: 201,
            about: "The webhook and its secret.",
            schema: Some(schema::<WebhookSecret>),
        }],
        example: SECRET,
        ..MANAGED
    },
    Operation {
        id: "webhook_get",
        path: "/api/v1/webhooks/{id}",
        summary: "Read a webhook",
        about: "Without its secret.",
        replies: SHOWN,
        example: WEBHOOK,
        ..MANAGED
    },
    Operation {
        id: "webhook_update",
        method: Method::Patch,
        path: "/api/v1/webhooks/{id}",
        summary: "Change a webhook, or switch it off and on",
        about: "What is absent stays.",
        body: Some(Body {
            schema: schema::<WebhookPatch>,
            media: "application/merge-patch+json",
            example: r#"{"on":false}"#,
        }),
        replies: SHOWN,
        example: WEBHOOK,
        ..MANAGED
    },
    Operation {
        id: "webhook_rotate",
        method: Method::Post,
        path: "/api/v1/webhooks/{id}/secret",
        summary: "Sign with another secret",
        about: "It is shown in this answer only; the one before signs no more.",
        replies: &[Reply {
            status: 200,
            about: "The webhook and its secret.",
            schema: Some(schema::<WebhookSecret>),
        }],
        example: SECRET,
        ..MANAGED
    },
    Operation {
        id: "webhook_test",
        method: Method::Post,
        path: "/api/v1/webhooks/{id}/test",
        summary: "Call a webhook once without an alert",
        about: "Type `webhook.test`; what came of it is said by the delivery.",
        replies: &[Reply { status: 202, about: "The delivery.", schema: Some(schema::<DeliveryView>) }],
        example: DELIVERY,
        ..MANAGED
    },
    Operation {
        id: "webhook_delete",
        method: Method::Delete,
        path: "/api/v1/webhooks/{id}",
        summary: "Delete a webhook",
        about: "Its secret is destroyed; what still waits for it becomes a dead letter.",
        replies: &[Reply { status: 204, about: "It is deleted.", schema: None }],
        example: "null",
        ..MANAGED
    },
    Operation {
        id: "delivery_list",
        path: "/api/v1/deliveries",
        summary: "List deliveries to webhooks",
        about: "Newest first. `state=dead_letter` are those that reached nobody.",
        params: &[
            Param {
                name: "state",
                about: "`queued`, `failed` (tried again), `delivered`, `dead_letter` or `discarded`.",
                example: "dead_letter",
            },
            Param {
                name: "webhook",
                about: "To one webhook: `hook_…`.",
                example: "hook_0198b2c4d5e67f8091a2b3c4d5e6f70a",
            },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<DeliveryView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..MANAGED
    },
    Operation {
        id: "delivery_get",
        path: "/api/v1/deliveries/{id}",
        summary: "Read a delivery",
        about: "With its body, its tries and the last answer.",
        replies: TOLD,
        example: DELIVERY,
        ..MANAGED
    },
    Operation {
        id: "delivery_retry",
        method: Method::Post,
        path: "/api/v1/deliveries/{id}/retry",
        summary: "Try a delivery again now",
        about: "Also a dead letter.",
        replies: TOLD,
        example: DELIVERY,
        ..MANAGED
    },
    Operation {
        id: "delivery_discard",
        method: Method::Post,
        path: "/api/v1/deliveries/{id}/discard",
        summary: "Discard a delivery",
        about: "It is not tried any more.",
        replies: TOLD,
        example: DELIVERY,
        ..MANAGED
    },
];
