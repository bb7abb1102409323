//! Tasks, and access to the portal.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::TaskOpen;
use crate::view::{ActivationView, Page, PortalUserView, TaskView};

const ONE: &str = r#"{"id":"tsk_0198b2c4d5e67f8091a2b3c4d5e6f712","account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708",
"account_name":"Norvane","kind":"contract_renewal","title":"Decide on CT-000012 before 2027-10-01","due":"2027-10-01","overdue":false,
"state":"open","opened_at":"2027-06-03T00:00:00Z"}"#;

const FOUND: &[Reply] = &[Reply { status: 200, about: "The task.", schema: Some(schema::<TaskView>) }];
const CLOSE: Operation =
    Operation { method: Method::Post, grant: Grant::NotesWrite, replies: FOUND, example: ONE, ..READ };

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "task_list",
        path: "/api/v1/tasks",
        summary: "List tasks",
        about: "Newest first; those about accounts that are not yours to see are left out.",
        params: &[
            Param { name: "account", about: "Only those about an account.", example: "C-000123" },
            Param { name: "state", about: "`open`, `done`, `cancelled`.", example: "open" },
            Param { name: "assignee", about: "`usr_…`, or `me`.", example: "me" },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<TaskView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "task_open",
        path: "/api/v1/tasks",
        summary: "Open a task",
        about: "Whoever is to do it is told.",
        body: Some(Body {
            schema: schema::<TaskOpen>,
            media: "application/json",
            example: r#"{"account":"C-000123","kind":"call_back","title":"Call about the new rates","due":"2026-12-01"}"#,
        }),
        replies: &[Reply { status: 201, about: "The task.", schema: Some(schema::<TaskView>) }],
        ..CLOSE
    },
    Operation {
        id: "task_done",
        path: "/api/v1/tasks/{id}/done",
        summary: "Finish a task",
        about: "It is done.",
        ..CLOSE
    },
    Operation {
        id: "task_cancel",
        path: "/api/v1/tasks/{id}/cancel",
        summary: "Cancel a task",
        about: "It need not be done any more.",
        ..CLOSE
    },
    Operation {
        id: "portal_user_list",
        path: "/api/v1/accounts/{id}/portal-users",
        summary: "List who uses the portal of an account",
        about: "Access is given when a contract is validated, and follows the account: revoked while it is suspended or inactive.",
        replies: &[Reply { status: 200, about: "The people.", schema: Some(schema::<Page<PortalUserView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "user_activation",
        method: Method::Post,
        path: "/api/v1/users/{id}/activation",
        grant: Grant::UsersManage,
        summary: "Issue a link to choose a password",
        about: "Works once, for 72 hours; the one before stops to work. It is in this reply only. Somebody who approves changes and has a password keeps it.",
        replies: &[Reply { status: 200, about: "The link.", schema: Some(schema::<ActivationView>) }],
        example: r#"{"user":"usr_0198b2c4d5e67f8091a2b3c4d5e6f713","path":"/activate/usr_…/…","expires_at":"2026-11-25T10:00:00Z"}"#,
        ..READ
    },
];
