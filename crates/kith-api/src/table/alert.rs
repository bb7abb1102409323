//! Alerts: over the limit, unusual spending, new addresses, bust-out.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::AlertClose;
use crate::view::{AlertView, Page, ThresholdView};

const ALERT: &str = r#"{"id":"alr_0198b2c4d5e67f8091a2b3c4d5e6f708","account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f709","account_number":"C-000042",
"account_name":"Nordwind Logistik GmbH","entity":"EU","kind":"unusual_spending","severity":"high","score":0.99,
"explanation":[{"detector":"amount","severity":"high","statistic":42.8,"medium":3.5,"high":6.0,
"text":"The amount lies 42.8 robust standard deviations above the last 50 orders; unusual above 3.5, grave above 6.0."}],
"evidence":[{"position":4711,"type":"io.kith.order.placed","source":"erp","id":"e-900","occurred_at":"2026-11-22T10:00:00Z",
"data":{"order_no":"SO-900","entity":"EU","value":{"amount":"90000.00","currency":"EUR"}}}],
"state":"open","cleared":false,"raised_at":"2026-11-22T10:00:01Z","acknowledged_by":null,"acknowledged_at":null,"closed_by":null,
"closed_at":null,"outcome":null,"comment":null}"#;

const REPLY: &[Reply] = &[Reply { status: 200, about: "The alert.", schema: Some(schema::<AlertView>) }];

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "alert_list",
        path: "/api/v1/alerts",
        grant: Grant::CreditRead,
        summary: "List alerts",
        about: "The gravest first, then the newest. New ones come over the live stream within seconds of the event, topic `alert`.",
        params: &[
            Param {
                name: "state",
                about: "`open`, `acknowledged` or `closed`; what is not closed, when absent.",
                example: "open",
            },
            Param {
                name: "kind",
                about: "`over_limit`, `unusual_spending`, `new_ship_to`, `bust_out` or `exposure_unknown`.",
                example: "unusual_spending",
            },
            Param {
                name: "account",
                about: "Of one account: `acc_…`.",
                example: "acc_0198b2c4d5e67f8091a2b3c4d5e6f708",
            },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<AlertView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "alert_thresholds",
        path: "/api/v1/alerts/thresholds",
        grant: Grant::CreditRead,
        summary: "Read thresholds and precision",
        about: "By detector: from where on it is grave, how outcomes have moved that, and what share of its alerts was worth somebody's time. From 20 outcomes on a threshold moves away until at least a fifth is.",
        replies: &[Reply {
            status: 200,
            about: "Every detector whose thresholds move.",
            schema: Some(schema::<Vec<ThresholdView>>),
        }],
        example: r#"[{"detector":"amount","medium":3.5,"high":6.0,"factor":1.0,"outcomes":0,"worth":0,"precision":null,"precision_least":0.2}]"#,
        ..READ
    },
    Operation {
        id: "alert_get",
        path: "/api/v1/alerts/{id}",
        grant: Grant::CreditRead,
        summary: "Read an alert",
        about: "Every sign with its statistic and thresholds, and the touchpoints behind it.",
        replies: REPLY,
        example: ALERT,
        ..READ
    },
    Operation {
        id: "alert_acknowledge",
        method: Method::Post,
        path: "/api/v1/alerts/{id}/acknowledge",
        grant: Grant::AlertsDecide,
        summary: "Say that somebody looks at it",
        about: "Again changes nothing; a closed alert cannot be acknowledged.",
        replies: REPLY,
        example: ALERT,
        ..READ
    },
    Operation {
        id: "alert_close",
        method: Method::Post,
        path: "/api/v1/alerts/{id}/close",
        grant: Grant::AlertsDecide,
        summary: "Close an alert with what it was",
        about: "By credit, receivables, control and compliance; whoever sells does not settle alerts. The outcome tunes the thresholds. An alert whose cause ended by itself can still be given one.",
        body: Some(Body {
            schema: schema::<AlertClose>,
            media: "application/json",
            example: r#"{"outcome":"legitimate","comment":"A yearly order, confirmed by telephone."}"#,
        }),
        replies: REPLY,
        example: ALERT,
        ..READ
    },
];
