//! Touchpoints, quarantine, imports: what comes in from outside.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{DiscardReason, TouchpointEvent};
use crate::view::{ImportView, Page, QuarantineView, TouchpointReply};

const ITEM: &str = r#"{"id":"qua_0198b2c4d5e67f8091a2b3c4d5e6f708","code":"subject_unknown","pointer":"/subject","detail":"No account has this subject.",
"source":"erp","external_id":"so-1","subject":"external:erp:99","state":"waiting","received_at":"2026-11-22T10:00:00Z","decided_by":null,"reason":null}"#;

const IMPORT: &str = r#"{"id":"imp_0198b2c4d5e67f8091a2b3c4d5e6f708","state":"waiting","change":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","source_system":"erp",
"mapping":[["Account Name","name"]],"unmapped":[],"counts":{"rows":93,"valid":93,"invalid":0,"duplicates":0,"done":0,"created":0,"updated":0,"skipped":0,"failed":0},
"errors":[],"warnings":[],"duplicates":[]}"#;

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
    Operation {
        id: "import_create",
        method: Method::Post,
        path: "/api/v1/imports",
        grant: Grant::ImportsWrite,
        summary: "Bring a file of accounts",
        about: "Validated at once; `execute=true` submits it as a change whose approval carries it out.",
        key: true,
        params: &[
            Param { name: "format", about: "`csv`.", example: "csv" },
            Param { name: "source_system", about: "System that the external ids are of.", example: "erp" },
            Param { name: "execute", about: "`true` to submit it for review.", example: "true" },
            Param { name: "on_duplicate", about: "`skip`, `update` or `error`.", example: "skip" },
            Param { name: "batch_size", about: "1 to 1,000; 100 when absent.", example: "100" },
            Param {
                name: "stop_on_error",
                about: "`true` to stop at the first row that fails.",
                example: "false",
            },
            Param { name: "validate_only", about: "`true` to report only.", example: "false" },
            Param {
                name: "map",
                about: "`salesforce`, `hubspot`, `erpnext`, `tryton`, `quickbooks`; found by itself when absent.",
                example: "salesforce",
            },
            Param { name: "entity", about: "Entity that owns rows without one.", example: "US" },
        ],
        body: Some(Body {
            schema: schema::<String>,
            media: "text/csv",
            example: "Account ID,Account Name,Email,Billing Country\n0015g00000A1,Acme Corporation,ap@acme.example,US\n",
        }),
        replies: &[Reply {
            status: 202,
            about: "The import and its report.",
            schema: Some(schema::<ImportView>),
        }],
        example: IMPORT,
        ..READ
    },
    Operation {
        id: "import_get",
        path: "/api/v1/imports/{id}",
        grant: Grant::ImportsWrite,
        summary: "Read an import",
        about: "Counts, faults per row, warnings, duplicates, progress.",
        replies: &[Reply { status: 200, about: "The import.", schema: Some(schema::<ImportView>) }],
        example: IMPORT,
        ..READ
    },
    Operation {
        id: "import_execute",
        method: Method::Post,
        path: "/api/v1/imports/{id}/execute",
        grant: Grant::ImportsWrite,
        summary: "Submit a validated import",
        about: "Makes the change that a manager reviews.",
        replies: &[Reply {
            status: 202,
            about: "The import with its change.",
            schema: Some(schema::<ImportView>),
        }],
        example: IMPORT,
        ..READ
    },
];
