//! Touchpoints and quarantine: what comes in from outside.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{DiscardReason, QuarantineAssign, QuarantineDecide, QuarantineRepair, TouchpointEvent};
use crate::view::{Page, QuarantineBatch, QuarantineDesk, QuarantineView, TouchpointReply};

const ITEM: &str = r#"{"id":"qua_0198b2c4d5e67f8091a2b3c4d5e6f708","code":"subject_unknown","pointer":"/subject","detail":"No account has this subject.",
"source":"erp","external_id":"so-1","subject":"external:erp:99","state":"waiting","received_at":"2026-11-22T10:00:00Z","decided_by":null,"reason":null}"#;

const DECIDE: Operation = Operation {
    method: Method::Post,
    grant: Grant::TouchpointsDecide,
    replies: &[Reply {
        status: 200,
        about: "The item as it stands now.",
        schema: Some(schema::<QuarantineView>),
    }],
    example: ITEM,
    ..READ
};

/// The operations of these nouns.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "touchpoint_record",
        method: Method::Post,
        path: "/api/v1/touchpoints",
        grant: Grant::TouchpointsWrite,
        summary: "Record what happened",
        about: "One CloudEvent or up to 10,000, structured or batch. Durable before the reply. Repetitions are counted, faulty or unknown ones wait in quarantine; only a body that cannot be read is 400.",
        body: Some(Body {
            schema: schema::<TouchpointEvent>,
            media: "application/cloudevents+json",
            example: r#"{"specversion":"1.0","id":"so-1042","source":"erp","type":"io.kith.order.placed","time":"2026-11-20T09:30:00Z",
"subject":"external:erp:10482","data":{"order_no":"SO-1042","entity":"US","value":{"amount":"12400.00","currency":"USD"}}}"#,
        }),
        replies: &[Reply {
            status: 200,
            about: "What became of them.",
            schema: Some(schema::<TouchpointReply>),
        }],
        example: r#"{"accepted":1,"duplicates":0,"quarantined":[],"position":1205}"#,
        ..READ
    },
    Operation {
        id: "quarantine_list",
        path: "/api/v1/quarantine",
        grant: Grant::TouchpointsDecide,
        summary: "List what waits in quarantine",
        about: "Newest first.",
        params: &[
            Param { name: "state", about: "`waiting` when absent.", example: "waiting" },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<QuarantineView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "quarantine_desk",
        path: "/api/v1/quarantine/causes",
        grant: Grant::TouchpointsDecide,
        summary: "Read what waits by its causes",
        about: "What has the same fault, source and type is one cause. Those that hold up most money come first.",
        replies: &[Reply { status: 200, about: "The causes.", schema: Some(schema::<QuarantineDesk>) }],
        example: r#"{"causes":[{"code":"subject_unknown","source":"erp","type":"io.kith.order.placed","pointer":"/subject","detail":"No account has this subject.",
"items":12,"subjects":3,"amount":{"amount":"48200.00","currency":"USD"},"oldest_at":"2026-11-20T10:00:00Z","newest_at":"2026-11-22T10:00:00Z",
"ids":["qua_0198b2c4d5e67f8091a2b3c4d5e6f708"]}],"waiting":12,"looked_at":12}"#,
        ..READ
    },
    Operation {
        id: "quarantine_get",
        path: "/api/v1/quarantine/{id}",
        grant: Grant::TouchpointsDecide,
        summary: "Read an item of the quarantine",
        about: "With the event as it stands, for those who may read personal data.",
        replies: &[Reply { status: 200, about: "The item.", schema: Some(schema::<QuarantineView>) }],
        example: ITEM,
        ..READ
    },
    Operation {
        id: "quarantine_repair",
        path: "/api/v1/quarantine/{id}/repair",
        summary: "Repair it and try it again",
        about: "Says whose it is, or gives the whole event as it should be; source and id stay. What it said before stays on record. It goes on waiting if it still cannot be read.",
        body: Some(Body {
            schema: schema::<QuarantineRepair>,
            media: "application/json",
            example: r#"{"subject":"C-000123","reason":"The customer has a new number."}"#,
        }),
        ..DECIDE
    },
    Operation {
        id: "quarantine_assign",
        path: "/api/v1/quarantine/{id}/assign",
        summary: "Say who looks after it",
        about: "A user who may decide about it, or nobody.",
        body: Some(Body {
            schema: schema::<QuarantineAssign>,
            media: "application/json",
            example: r#"{"to":"me"}"#,
        }),
        ..DECIDE
    },
    Operation {
        id: "quarantine_decide",
        path: "/api/v1/quarantine/decide",
        summary: "Do the same with several",
        about: "Each is decided and recorded for itself; one that is refused holds up no other.",
        body: Some(Body {
            schema: schema::<QuarantineDecide>,
            media: "application/json",
            example: r#"{"items":["qua_0198b2c4d5e67f8091a2b3c4d5e6f708"],"act":"repair","subject":"C-000123","reason":"The customer has a new number."}"#,
        }),
        replies: &[Reply {
            status: 200,
            about: "What became of each.",
            schema: Some(schema::<QuarantineBatch>),
        }],
        example: r#"{"done":1,"refused":0,"items":[{"id":"qua_0198b2c4d5e67f8091a2b3c4d5e6f708","state":"replayed","code":null,"refusal":null}]}"#,
        ..DECIDE
    },
    Operation {
        id: "quarantine_replay",
        path: "/api/v1/quarantine/{id}/replay",
        summary: "Try it again",
        about: "After the account exists or the entity was added. Unknown subjects are replayed by themselves once the account exists.",
        ..DECIDE
    },
    Operation {
        id: "quarantine_accept",
        path: "/api/v1/quarantine/{id}/accept",
        summary: "Take the other of a conflict",
        about: "The second content replaces the first, as a correction on record.",
        ..DECIDE
    },
    Operation {
        id: "quarantine_discard",
        path: "/api/v1/quarantine/{id}/discard",
        summary: "Discard it",
        about: "It stays on record with the reason.",
        body: Some(Body {
            schema: schema::<DiscardReason>,
            media: "application/json",
            example: r#"{"reason":"Test event of the carrier."}"#,
        }),
        ..DECIDE
    },
];
