//! How accounts belong together: parents, groups and their roll-ups, relationships.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, POSITION_PARAM, Param, READ, Reply, schema};
use crate::request::{ParentSet, RelationshipAdd, RelationshipPatch};
use crate::view::{AccountView, ChangeView, HierarchyView, Page, RelationshipView, RollupView};

const AS_OF: Param =
    Param { name: "as_of", about: "As of this day; today when absent.", example: "2026-11-20" };

const WAITING: &str = r#"{"id":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","operation":"account_set_parent",
"title":"Change the parent of Acme Corporation","lane":"yellow","state":"waiting",
"steps":[{"role":"manager","state":"waiting"},{"role":"controller","state":"waiting"}],"submitted_at":"2026-11-22T10:00:00Z"}"#;

const REPLIES: &[Reply] = &[
    Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
    Reply { status: 200, about: "The account, where it is so already.", schema: Some(schema::<AccountView>) },
];

const ACT: Operation = Operation { grant: Grant::AccountsWrite, replies: REPLIES, example: WAITING, ..READ };

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "account_parent_set",
        method: Method::Put,
        path: "/api/v1/accounts/{id}/parent",
        summary: "Set the parent of an account",
        about: "From a day on; the parent before ends the day before. No circles, 20 levels at most. Approved by Manager, then \
                Controller.",
        body: Some(Body {
            schema: schema::<ParentSet>,
            media: "application/json",
            example: r#"{"parent":"C-000100","valid_from":"2026-11-22","reason":"Acquired."}"#,
        }),
        ..ACT
    },
    Operation {
        id: "account_parent_end",
        method: Method::Delete,
        path: "/api/v1/accounts/{id}/parent",
        summary: "End the parent of an account",
        about: "From a day on it belongs to nobody.",
        params: &[Param {
            name: "valid_from",
            about: "First day without; today when absent.",
            example: "2026-11-22",
        }],
        ..ACT
    },
    Operation {
        id: "account_hierarchy",
        path: "/api/v1/accounts/{id}/hierarchy",
        summary: "Read the group of an account",
        about: "Parent, ultimate parent, ancestors, children, and the whole tree.",
        params: &[AS_OF],
        replies: &[Reply { status: 200, about: "The group.", schema: Some(schema::<HierarchyView>) }],
        example: r#"{"as_of":"2026-11-22","account":{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","account_number":"C-000123",
"name":"Acme Corporation"},"parent":null,"ancestors":[],"children":[],"tree":[],"parents":[],"left_out":0}"#,
        ..READ
    },
    Operation {
        id: "account_rollup",
        path: "/api/v1/accounts/{id}/hierarchy/profile",
        summary: "Read the profile of a group",
        about: "The account and all below it, computed from the touchpoints of all of them: sums are sums, ratios are made of their \
                parts, medians of all values. Scores are not added up: the lowest, and the mean weighted by revenue.",
        params: &[
            Param { name: "metrics", about: "Only these metric ids.", example: "orders_90d,revenue_365d" },
            AS_OF,
            POSITION_PARAM,
        ],
        replies: &[Reply { status: 200, about: "The roll-up.", schema: Some(schema::<RollupView>) }],
        example: r#"{"as_of":"2026-11-22T10:00:00Z","day":"2026-11-22","position":1204,"account":{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708",
"account_number":"C-000123","name":"Acme Corporation"},"accounts":[],"left_out":0,"metrics":{},"scores":{}}"#,
        ..READ
    },
    Operation {
        id: "relationship_list",
        path: "/api/v1/accounts/{id}/relationships",
        summary: "List the relationships of an account",
        about: "From it and to it, its parents and children among them. With `as_of`, those that hold on that day.",
        params: &[AS_OF],
        replies: &[Reply {
            status: 200,
            about: "All of them.",
            schema: Some(schema::<Page<RelationshipView>>),
        }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "relationship_add",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/relationships",
        summary: "Relate an account to another",
        about: "Read from the account of the path: it `owns` the other. Approved by AR Manager, then Controller; `parent_of` sets the \
                other's parent.",
        key: true,
        body: Some(Body {
            schema: schema::<RelationshipAdd>,
            media: "application/json",
            example: r#"{"to":"C-000124","type":"owns","percent":51.5,"valid_from":"2026-01-01","source":"annual report"}"#,
        }),
        ..ACT
    },
    Operation {
        id: "relationship_update",
        method: Method::Patch,
        path: "/api/v1/accounts/{id}/relationships/{relationship}",
        summary: "Change or end a relationship",
        about: "Its share, its days, its source. Whom it is to, and its type, never change.",
        body: Some(Body {
            schema: schema::<RelationshipPatch>,
            media: "application/merge-patch+json",
            example: r#"{"valid_to":"2026-12-31"}"#,
        }),
        ..ACT
    },
    Operation {
        id: "relationship_delete",
        method: Method::Delete,
        path: "/api/v1/accounts/{id}/relationships/{relationship}",
        summary: "Take a relationship away",
        about: "As if it had never been; to end it on a day, set `valid_to`.",
        ..ACT
    },
];
