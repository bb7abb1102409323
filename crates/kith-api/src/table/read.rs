//! Asking, fields, views, the live stream.

use kith_domain::access::Grant;
use serde_json::Value;

use crate::operation::{Body, Method, Operation, POSITION_PARAM, Param, READ, Reply, schema};
use crate::request::{AskRequest, ViewSave};
use crate::view::{AskReply, FieldView, Page, SavedView};

/// The operations of these nouns.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "ask",
        method: Method::Post,
        path: "/api/v1/ask",
        grant: Grant::Ask,
        summary: "Ask in words",
        about: "Answers with what was understood, the filter it became, and the ranked or structured answer; says so when it does not understand.",
        params: &[POSITION_PARAM],
        body: Some(Body {
            schema: schema::<AskRequest>,
            media: "application/json",
            example: r#"{"question":"premium customers with declining orders and recent service issues"}"#,
        }),
        replies: &[Reply { status: 200, about: "The answer.", schema: Some(schema::<AskReply>) }],
        example: r#"{"kind":"list","asked":"premium customers","understood":[{"text":"premium customers","as":"tier is premium"}],
"not_understood":[],"filter":"tier == \"premium\"","chips":[],"sort":"-revenue_365d","items":[],"next_cursor":null,"count":0,
"answer":null,"question":null,"refusal":null,"day":"2026-11-22","position":1204,"took_ms":0.8}"#,
        ..READ
    },
    Operation {
        id: "field_list",
        path: "/api/v1/fields",
        summary: "List the fields",
        about: "Every field that can be filtered, sorted, selected and asked for.",
        replies: &[Reply { status: 200, about: "The fields.", schema: Some(schema::<Page<FieldView>>) }],
        example: r#"{"items":[{"id":"orders_90d","title":"Orders, 90 days","kind":"int","unit":"orders","group":"metric","window":90,"description":"Orders placed and not cancelled.","formula":"orders@1"}],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "view_list",
        path: "/api/v1/views",
        summary: "List saved views",
        about: "One's own and those shared.",
        replies: &[Reply { status: 200, about: "The views.", schema: Some(schema::<Page<SavedView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "view_save",
        method: Method::Post,
        path: "/api/v1/views",
        grant: Grant::ViewsWrite,
        summary: "Save a view",
        about: "A name for a filter, a sort and columns; over an own one when `id` is given.",
        body: Some(Body {
            schema: schema::<ViewSave>,
            media: "application/json",
            example: r#"{"name":"Premium, slipping","filter":"tier == \"premium\" && order_trend_label_90d == \"declining\"","sort":"health"}"#,
        }),
        replies: &[Reply { status: 201, about: "The view.", schema: Some(schema::<SavedView>) }],
        example: r#"{"id":"viw_0198b2c4d5e67f8091a2b3c4d5e6f708","name":"Premium, slipping","owner":"usr_0198b2c4d5e67f8091a2b3c4d5e6f701","own":true,"shared":false,"team":null,"pinned":false,"question":null,"filter":"tier == \"premium\"","sort":"health","columns":[]}"#,
        ..READ
    },
    Operation {
        id: "view_delete",
        method: Method::Delete,
        path: "/api/v1/views/{id}",
        grant: Grant::ViewsWrite,
        summary: "Delete an own view",
        about: "Others' views stay.",
        replies: &[Reply { status: 204, about: "It is gone.", schema: None }],
        example: "null",
        ..READ
    },
    Operation {
        id: "stream_open",
        path: "/api/v1/stream",
        summary: "Follow what happens",
        about: "Server-sent events of what the caller may see: `profile`, `touchpoint`, `change`, `account`, `alert`, `notification`, `import`, `day`, and `work` when something moves at a desk. Resumes by `Last-Event-ID`.",
        params: &[Param { name: "topics", about: "Only these topics.", example: "profile,change" }],
        replies: &[Reply { status: 200, about: "A stream of events.", schema: Some(schema::<Value>) }],
        example: "null",
        ..READ
    },
];
