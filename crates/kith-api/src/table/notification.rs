//! Notifications: what the caller should know.

use kith_domain::access::Grant;

use crate::operation::{Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::view::{NotificationView, Page, ReadCount};

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "notification_list",
        path: "/api/v1/notifications",
        grant: Grant::AccountsRead,
        summary: "List one's own notifications",
        about: "Newest first. New ones come over the live stream too, topic `notification`.",
        params: &[
            Param { name: "state", about: "`unread` or `read`; both, when absent.", example: "unread" },
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
