//! Notifications: what the caller should know.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::NotificationSnooze;
use crate::view::{NotificationView, Page, ReadCount};

const NOW: &[Reply] =
    &[Reply { status: 200, about: "As it stands now.", schema: Some(schema::<NotificationView>) }];

const ONE: &str = r#"{"id":"ntf_0198b2c4d5e67f8091a2b3c4d5e6f708","kind":"change_reminder","text":"Create Acme waits for you.",
"about":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","sent_at":"2026-11-22T10:00:00Z","read_at":null,"snoozed_until":null}"#;

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "notification_list",
        path: "/api/v1/notifications",
        grant: Grant::AccountsRead,
        summary: "List one's own notifications",
        about: "Newest first. New ones come over the live stream too, topic `notification`.",
        params: &[
            Param {
                name: "state",
                about: "`unread`, `read` or `snoozed`; unread and read ones, when absent.",
                example: "unread",
            },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<NotificationView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "notification_read",
        method: Method::Post,
        path: "/api/v1/notifications/{id}/read",
        grant: Grant::AccountsRead,
        summary: "Mark a notification as read",
        about: "Only one's own.",
        replies: &[Reply { status: 200, about: "It is read.", schema: Some(schema::<ReadCount>) }],
        example: r#"{"read":1}"#,
        ..READ
    },
    Operation {
        id: "notification_unread",
        method: Method::Post,
        path: "/api/v1/notifications/{id}/unread",
        grant: Grant::AccountsRead,
        summary: "Mark a notification as not read",
        about: "Only one's own. It stands out again.",
        replies: NOW,
        example: ONE,
        ..READ
    },
    Operation {
        id: "notification_snooze",
        method: Method::Post,
        path: "/api/v1/notifications/{id}/snooze",
        grant: Grant::AccountsRead,
        summary: "Put a notification off",
        about: "Only one's own. It comes back, not read, at that time; a year from now at most.",
        body: Some(Body {
            schema: schema::<NotificationSnooze>,
            media: "application/json",
            example: r#"{"until":"2026-11-26T08:00:00Z"}"#,
        }),
        replies: NOW,
        example: ONE,
        ..READ
    },
    Operation {
        id: "notification_read_all",
        method: Method::Post,
        path: "/api/v1/notifications/read",
        grant: Grant::AccountsRead,
        summary: "Mark all notifications as read",
        about: "Only one's own.",
        replies: &[Reply { status: 200, about: "How many were not.", schema: Some(schema::<ReadCount>) }],
        example: r#"{"read":3}"#,
        ..READ
    },
];
