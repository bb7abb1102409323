//! Acts on many accounts.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, READ, Reply, schema};
use crate::request::BulkStart;
use crate::view::{BulkForecast, BulkJobView, Page};

const JOB: &str = r#"{"id":"renewals-2026","title":"Change tier","act":{"tier":"premium"},"state":"finished","started_at":"2026-11-22T10:00:00Z",
"total":1,"looked_at":1,"done":0,"waiting":1,"nothing":0,"refused":0,"items":[{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708",
"name":"Acme Corporation","state":"waiting","sentence":null,"change":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709"}]}"#;

const FOUND: &[Reply] = &[Reply { status: 200, about: "The job.", schema: Some(schema::<BulkJobView>) }];

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "bulk_start",
        method: Method::Post,
        path: "/api/v1/accounts:bulk",
        grant: Grant::NotesWrite,
        key: true,
        summary: "Do one thing with many accounts",
        about: "Another account manager, another tier, tags, a review that was held, a hold, or a task; each account gets a change of its \
                own, which goes through its lane. At most 5,000 accounts. `dry_run` tells what it would do to the first of them. \
                The `Idempotency-Key` names the job (letters, digits, `-`, `_`): the same again is the same job.",
        body: Some(Body {
            schema: schema::<BulkStart>,
            media: "application/json",
            example: r#"{"filter":"tier == \"standard\" && revenue_365d > 100000","act":{"tier":"premium"},"reason":"Reviewed in November","dry_run":true}"#,
        }),
        replies: &[
            Reply { status: 200, about: "What it would do.", schema: Some(schema::<BulkForecast>) },
            Reply { status: 202, about: "The job.", schema: Some(schema::<BulkJobView>) },
        ],
        example: r#"{"total":1,"first":{"items":[{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","name":"Acme Corporation",
"diff":[{"path":"/tier","before":"standard","after":"premium"}],"lane":"yellow","steps":["ar_manager"],"refusal":null}],"next_cursor":null,"has_more":false}}"#,
        ..READ
    },
    Operation {
        id: "bulk_list",
        path: "/api/v1/bulk-jobs",
        summary: "List your jobs on many accounts",
        about: "The latest first, without their accounts; kept for 30 days.",
        replies: &[Reply { status: 200, about: "The jobs.", schema: Some(schema::<Page<BulkJobView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "bulk_get",
        path: "/api/v1/bulk-jobs/{id}",
        summary: "Read a job on many accounts",
        about: "How far it has come, account by account. Whoever follows `/api/v1/events` is told of every step: topic `work`, noun `bulk`.",
        replies: FOUND,
        example: JOB,
        ..READ
    },
    Operation {
        id: "bulk_resume",
        method: Method::Post,
        path: "/api/v1/bulk-jobs/{id}/resume",
        grant: Grant::NotesWrite,
        summary: "Take up a job that broke off",
        about: "With the rights of today. What was done is not done again; a job that runs or is finished stays as it is.",
        replies: FOUND,
        example: JOB,
        ..READ
    },
];
