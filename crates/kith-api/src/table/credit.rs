//! Credit: standing, decisions, reservations.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{CreditCheck, ReservationAmend, ReservationCommit, ReservationMake};
use crate::view::{CreditDecisionView, CreditDeskView, CreditView, Page, ReservationView};

const DECISION: &str = r#"{"outcome":"approve","limit":{"amount":"100000.00","currency":"USD"},"exposure":{"amount":"42000.00","currency":"USD"},
"available_before":{"amount":"58000.00","currency":"USD"},"available_after":{"amount":"45500.00","currency":"USD"},"utilisation_after":0.545,
"reasons":[{"code":"within_limit","severity":"info","text":"USD 45500.00 stays available.","values":{}}],
"data_as_of":"2026-11-24T10:00:00Z","policy_version":1,"position":120}"#;

const RESERVATION: &str = r#"{"id":"rsv_0198b2c4d5e67f8091a2b3c4d5e6f709","account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f700","entity":"US",
"amount":{"amount":"12500.00","currency":"USD"},"order_no":"SO-4711","state":"pending","holds":true,"decided_at":"2026-11-24T10:00:00Z",
"expires_at":"2026-11-27T10:00:00Z","resolved_at":null,
"decision":{"outcome":"approve","limit":{"amount":"100000.00","currency":"USD"},"exposure":{"amount":"42000.00","currency":"USD"},
"available_before":{"amount":"58000.00","currency":"USD"},"available_after":{"amount":"45500.00","currency":"USD"},"utilisation_after":0.545,
"reasons":[{"code":"within_limit","severity":"info","text":"USD 45500.00 stays available.","values":{}}],
"data_as_of":"2026-11-24T10:00:00Z","policy_version":1,"position":120}}"#;

const STANDING: &str = r#"{"entity":"US","currency":"USD","limit":{"amount":"100000.00","currency":"USD"},"exposure":{"amount":"42000.00","currency":"USD"},
"available":{"amount":"58000.00","currency":"USD"},"utilisation":0.42,
"buckets":{"open_ar":{"amount":"30000.00","currency":"USD"},"unbilled":{"amount":"0.00","currency":"USD"},"open_orders":{"amount":"12000.00","currency":"USD"},
"pending":{"amount":"0.00","currency":"USD"},"unapplied":{"amount":"0.00","currency":"USD"}},"overdue":{"amount":"0.00","currency":"USD"},"overdue_days":0,
"group":null,"shared_by":["US"],"holds":[],"watch":false,"position":120,"as_of":"2026-11-24T10:00:00Z"}"#;

const RESOLVED: Reply =
    Reply { status: 200, about: "The reservation.", schema: Some(schema::<ReservationView>) };

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "credit_desk",
        path: "/api/v1/credit",
        grant: Grant::CreditRead,
        summary: "See who is close to a limit",
        about: "The fifty accounts that use most of what they may, by what they owe, each with its standing at the end of the log, and the latest requests that were held or rejected.",
        params: &[Param {
            name: "entity",
            about: "One legal entity; each account's own when absent.",
            example: "US",
        }],
        replies: &[Reply { status: 200, about: "The desk.", schema: Some(schema::<CreditDeskView>) }],
        example: r#"{"over":0,"close":0,"held":0,"pending":0,"rows":[],"against":[]}"#,
        ..READ
    },
    Operation {
        id: "credit_get",
        path: "/api/v1/accounts/{id}/credit",
        grant: Grant::CreditRead,
        summary: "See where an account stands",
        about: "Limit, exposure by bucket, what is past due and what stands in the way, with one legal entity, at the end of the log.",
        params: &[Param {
            name: "entity",
            about: "The legal entity; the one that owns the account when absent.",
            example: "US",
        }],
        replies: &[Reply { status: 200, about: "The standing.", schema: Some(schema::<CreditView>) }],
        example: STANDING,
        ..READ
    },
    Operation {
        id: "credit_decision_list",
        path: "/api/v1/accounts/{id}/credit/reservations",
        grant: Grant::CreditRead,
        summary: "List credit decisions",
        about: "Every reservation and every request that was held or rejected, newest first, with its reasons.",
        params: &PAGE_PARAMS,
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<ReservationView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "credit_check",
        method: Method::Post,
        path: "/api/v1/credit/check",
        grant: Grant::CreditRead,
        summary: "Ask what would be decided",
        about: "All rows of the decision table are looked at, and all that hold are told; the first decides. Nothing is reserved or kept.",
        body: Some(Body {
            schema: schema::<CreditCheck>,
            media: "application/json",
            example: r#"{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f700","entity":"US","amount":{"amount":"12500.00","currency":"USD"}}"#,
        }),
        replies: &[Reply { status: 200, about: "The decision.", schema: Some(schema::<CreditDecisionView>) }],
        example: DECISION,
        ..READ
    },
    Operation {
        id: "reservation_make",
        method: Method::Post,
        path: "/api/v1/credit/reservations",
        grant: Grant::CreditReserve,
        summary: "Reserve credit",
        about: "Decides and, where the decision is for it, holds the amount until it is committed, voided or expires, in one step: no two requests ever get the same money. What is held or rejected answers 409 with the decision, is kept, and reserves nothing. The same `id` with the same fields gives the same reservation; with others, 409 `exists_with_different_<field>`.",
        key: true,
        body: Some(Body {
            schema: schema::<ReservationMake>,
            media: "application/json",
            example: r#"{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f700","entity":"US","amount":{"amount":"12500.00","currency":"USD"},"timeout_s":259200,"order_no":"SO-4711"}"#,
        }),
        replies: &[
            Reply { status: 201, about: "Reserved.", schema: Some(schema::<ReservationView>) },
            Reply { status: 200, about: "It was reserved before.", schema: Some(schema::<ReservationView>) },
        ],
        example: RESERVATION,
        ..READ
    },
    Operation {
        id: "reservation_get",
        path: "/api/v1/credit/reservations/{id}",
        grant: Grant::CreditRead,
        summary: "See a reservation",
        about: "As it stands now: what nobody resolved in time has expired.",
        replies: &[RESOLVED],
        example: RESERVATION,
        ..READ
    },
    Operation {
        id: "reservation_commit",
        method: Method::Post,
        path: "/api/v1/credit/reservations/{id}/commit",
        grant: Grant::CreditReserve,
        summary: "Commit a reservation",
        about: "The order is confirmed: the amount becomes an open order, and the rest is free. Once: later 409 `already_committed`, `already_voided` or `expired`; more than was reserved is 409 `exceeds_reserved_amount`.",
        body: Some(Body {
            schema: schema::<ReservationCommit>,
            media: "application/json",
            example: r#"{"amount":{"amount":"12000.00","currency":"USD"}}"#,
        }),
        replies: &[RESOLVED],
        example: RESERVATION,
        ..READ
    },
    Operation {
        id: "reservation_void",
        method: Method::Post,
        path: "/api/v1/credit/reservations/{id}/void",
        grant: Grant::CreditReserve,
        summary: "Void a reservation",
        about: "The order is off: all of it is free again. Once: later 409 `already_voided`, `already_committed` or `expired`.",
        replies: &[RESOLVED],
        example: RESERVATION,
        ..READ
    },
    Operation {
        id: "reservation_amend",
        method: Method::Post,
        path: "/api/v1/credit/reservations/{id}/amend",
        grant: Grant::CreditReserve,
        summary: "Amend a reservation",
        about: "Less is free at once. More is decided like a new request for the difference: where it does not go, 409 with the decision, and the reservation holds what it held.",
        body: Some(Body {
            schema: schema::<ReservationAmend>,
            media: "application/json",
            example: r#"{"amount":{"amount":"15000.00","currency":"USD"}}"#,
        }),
        replies: &[RESOLVED],
        example: RESERVATION,
        ..READ
    },
];
