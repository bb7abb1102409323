//! The outbox: mails to people outside.

use kith_domain::access::Grant;

use crate::operation::{Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::view::{MailView, OutboxView, Page};

const MAIL: &str = r#"{"id":"mail_0198b2c4d5e67f8091a2b3c4d5e6f70a","kind":"signature_invitation","account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708",
"account_name":"Acme Corporation","about":"ctr_0198b2c4d5e67f8091a2b3c4d5e6f70b","to":"ann@acme.example","name":"Ann Example",
"subject":"Please sign: CT-000012 Framework agreement","text":"Good day,\n\nNorthwind asks you to read and sign …","has_link":true,
"until":"2026-12-06T10:00:00Z","state":"failed","attempts":1,"queued_at":"2026-11-22T10:00:00Z","next_at":"2026-11-22T10:00:07Z",
"sent_at":null,"sent_by":null,"code":"smtp_451","answer":"transient error (451): try again later","decided_by_name":null}"#;

const REPLY: &[Reply] = &[Reply { status: 200, about: "The mail.", schema: Some(schema::<MailView>) }];

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "mail_list",
        path: "/api/v1/outbox",
        summary: "List mails",
        about: "Invitations to sign, links to the portal, reminders and welcomes, newest first; what of them the caller may see.",
        params: &[
            Param {
                name: "state",
                about: "`queued`, `failed` (tried again), `sent`, `given_up` or `discarded`.",
                example: "failed",
            },
            Param {
                name: "account",
                about: "About one account: `acc_…` or account number.",
                example: "C-000123",
            },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<MailView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "mail_status",
        path: "/api/v1/outbox/status",
        summary: "Read how mail leaves",
        about: "Whether the installation names a mail server or a folder, and how much waits. Without one everything waits.",
        replies: &[Reply { status: 200, about: "The outbox.", schema: Some(schema::<OutboxView>) }],
        example: r#"{"sends":true,"by":"smtp","route":null,"from":"Northwind <service@northwind.example>","queued":0,"failed":1,"given_up":0}"#,
        ..READ
    },
    Operation {
        id: "mail_get",
        path: "/api/v1/outbox/{id}",
        summary: "Read a mail",
        about: "With its text; a link in it is never shown.",
        replies: REPLY,
        example: MAIL,
        ..READ
    },
    Operation {
        id: "mail_retry",
        method: Method::Post,
        path: "/api/v1/outbox/{id}/retry",
        grant: Grant::AccountsWrite,
        summary: "Try a mail again now",
        about: "Also one that was given up; refused once its link is over.",
        replies: REPLY,
        example: MAIL,
        ..READ
    },
    Operation {
        id: "mail_discard",
        method: Method::Post,
        path: "/api/v1/outbox/{id}/discard",
        grant: Grant::AccountsWrite,
        summary: "Discard a mail",
        about: "It is not sent; its link can be read nowhere any more.",
        replies: REPLY,
        example: MAIL,
        ..READ
    },
];
