//! Credit: standing, decisions, reservations.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{CreditCheck, CreditSourcesSave, ReservationAmend, ReservationCommit, ReservationMake};
use crate::view::{
    ChangeView, CreditAccuracyView, CreditDecisionView, CreditDeskView, CreditSourcesView, CreditView, Page,
    PaymentBehaviourView, ReconciliationFiled, ReconciliationView, ReservationView,
};

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
"unrated":[],"exposure_at_least":null,"available":{"amount":"58000.00","currency":"USD"},"utilisation":0.42,
"buckets":{"open_ar":{"amount":"30000.00","currency":"USD"},"unbilled":{"amount":"0.00","currency":"USD"},"open_orders":{"amount":"12000.00","currency":"USD"},
"pending":{"amount":"0.00","currency":"USD"},"unapplied":{"amount":"0.00","currency":"USD"}},"overdue":{"amount":"0.00","currency":"USD"},"overdue_days":0,
"group":null,"shared_by":["US"],"holds":[],"watch":false,"position":120,"as_of":"2026-11-24T10:00:00Z","age_hours":null}"#;

const ACCURACY: &str = r#"{"as_of":"2026-11-24T23:00:00Z",
"limits":{"measure":{"numerator":1773,"denominator":1800,"value":0.985,"low":0.978309,"high":0.989649,"target":0.985},"from":"2026-08-27","to":"2026-11-24","wrong":[]},
"decisions":{"measure":{"numerator":199,"denominator":200,"value":0.995,"low":0.972219,"high":0.999118,"target":0.985},"decisions":200,
"confusion":[{"decided":"approve","approve":180,"approve_with_warning":0,"hold":1,"reject":0},{"decided":"approve_with_warning","approve":0,"approve_with_warning":9,"hold":0,"reject":0},
{"decided":"hold","approve":0,"approve_with_warning":0,"hold":9,"reject":0},{"decided":"reject","approve":0,"approve_with_warning":0,"hold":0,"reject":1}],
"false_approve":{"count":1,"value":{"amount":"1200.00","currency":"USD"}},"false_hold":{"count":0,"value":{"amount":"0.00","currency":"USD"}},"others":[]},
"adequacy":{"measure":{"numerator":19,"denominator":20,"value":0.95,"low":0.763869,"high":0.991119,"target":null},"from":"2026-04-29","to":"2026-07-27","too_tight":1,"too_loose":0},
"formula":"credit_accuracy@1"}"#;

const BEHAVIOUR: &str = r#"{"account":null,"entity":"US","currency":"USD","as_of":"2026-11-24","accounts":240,"unrated":0,"judged":1804,
"days_to_pay":36.5,"weighted_terms_days":31.2,"days_beyond_terms":6.1,"days_beyond_terms_signed":4.8,"on_time":0.81,"on_time_amount":0.84,"pay_index":77,
"aging":{"current":{"amount":"45000.00","currency":"USD"},"days_1_30":{"amount":"9000.00","currency":"USD"},"days_31_60":{"amount":"3000.00","currency":"USD"},
"days_61_90":{"amount":"2000.00","currency":"USD"},"days_91_120":{"amount":"1000.00","currency":"USD"},"days_over_120":{"amount":"0.00","currency":"USD"},
"total":{"amount":"60000.00","currency":"USD"},"disputed":{"amount":"1500.00","currency":"USD"}},"sales_90d":{"amount":"180000.00","currency":"USD"},"dso":30.0,"dso_countback":28.6,"dso_best_possible":22.5,
"average_days_delinquent":7.5,"collection_effectiveness":85.714286,
"collection":{"from":"2026-10-26","to":"2026-11-24","receivables_begin":{"amount":"100000.00","currency":"USD"},"sales":{"amount":"50000.00","currency":"USD"},
"receivables_end":{"amount":"60000.00","currency":"USD"},"receivables_end_current":{"amount":"45000.00","currency":"USD"}},
"dispute_rate":0.02,"promises_kept":9,"promises_broken":1,"broken_promises":0.1,"returned_payments":0,"high_credit":null,"high_credit_on":null,
"utilisation_average":null,"utilisation_peak":null,"insufficient":{}}"#;

const RESOLVED: Reply =
    Reply { status: 200, about: "The reservation.", schema: Some(schema::<ReservationView>) };

/// Payment behaviour, of one account or of all.
const BEHAVIOUR_READ: Operation = Operation {
    grant: Grant::CreditRead,
    params: &[Param {
        name: "entity",
        about: "The legal entity; all of them together when absent.",
        example: "US",
    }],
    replies: &[Reply { status: 200, about: "The measures.", schema: Some(schema::<PaymentBehaviourView>) }],
    example: BEHAVIOUR,
    ..READ
};

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
        id: "credit_accuracy",
        path: "/api/v1/credit/accuracy",
        grant: Grant::CreditRead,
        summary: "Measure how right limits and decisions were",
        about: "Recomputed from records and touchpoints, at least once a day. Limits: at the end of each of 90 days the limit in force beside the one that approved decisions, policy and events imply. Decisions: those of 90 days replayed with all that is known today. Adequacy: limits that were active 120 days ago, too tight or too loose. Always with numerator, denominator and the Wilson 95 % interval.",
        replies: &[Reply { status: 200, about: "The measures.", schema: Some(schema::<CreditAccuracyView>) }],
        example: ACCURACY,
        ..READ
    },
    Operation {
        id: "credit_source_list",
        path: "/api/v1/credit/sources",
        grant: Grant::CreditRead,
        summary: "See who feeds exposure, and when each was last heard",
        about: "For each legal entity its sources of touchpoints, whether extracts are compared, and how old its exposure is. Over 24 hours an order is approved with a warning, over 72 hours it is held. An entity without sources is fed by hand and has no age.",
        replies: &[Reply {
            status: 200,
            about: "All legal entities.",
            schema: Some(schema::<Page<CreditSourcesView>>),
        }],
        example: r#"{"items":[{"entity":"US","sources":[{"source":"erp","heard_at":"2026-11-24T09:58:00Z","age_hours":1}],"extracts":false,
"folder":null,"reconciled_at":null,"data_as_of":"2026-11-24T09:58:00Z","age_hours":1,"state":"fresh"}],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "credit_source_save",
        method: Method::Put,
        path: "/api/v1/credit/sources/{id}",
        grant: Grant::OrganisationManage,
        summary: "Register who feeds the exposure of a legal entity",
        about: "By the entity's code; the whole list. It is part of the policy and becomes a red change: who ends the watch over old data ends a control of credit.",
        body: Some(Body {
            schema: schema::<CreditSourcesSave>,
            media: "application/json",
            example: r#"{"sources":["erp"],"extracts":true,"reason":"The ERP sends every hour."}"#,
        }),
        replies: &[
            Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
            Reply {
                status: 200,
                about: "It is so already.",
                schema: Some(schema::<Page<CreditSourcesView>>),
            },
        ],
        example: super::policy::WAITING,
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
        id: "credit_behaviour",
        path: "/api/v1/accounts/{id}/credit/payment-behaviour",
        summary: "See how an account pays",
        about: "Days to pay, days beyond terms, what is paid on time, the pay index, aging with what is disputed, DSO (also counted back and the best possible), days delinquent, collection effectiveness, promises, returned payments, high credit and the use of the limit: with one legal entity in its currency, or with all of them in the organisation's. A measure without anything to be measured by is null, and `insufficient` says why.",
        ..BEHAVIOUR_READ
    },
    Operation {
        id: "credit_behaviour_portfolio",
        path: "/api/v1/credit/payment-behaviour",
        summary: "See how all customers pay",
        about: "The measures of payment behaviour over all accounts whose credit the caller may read, added up before anything is divided: of one legal entity's business in its currency, or of all in the organisation's. Accounts that want an exchange rate are left out and counted.",
        ..BEHAVIOUR_READ
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
        id: "credit_reconcile",
        method: Method::Post,
        path: "/api/v1/credit/reconciliations",
        grant: Grant::CreditRead,
        summary: "Compare an extract of another system with the book",
        about: "CSV with the columns account, entity and open_ar; unbilled, open_orders, unapplied and currency may follow. Every difference above 1.00 and a thousandth is told with its probable cause; a second row of the same account and entity is not read and named. Where the extract says that it is whole (`whole=true`, or a row with the account `*` and the entity), accounts with anything open that it lacks are differences, too. The book is not changed; what came of each legal entity is filed with the extracts of the folders, and whoever answers for its credit and receivables is told of what differs.",
        params: &[Param {
            name: "whole",
            about: "`true` where the extract has every account with anything open of the entities that it names.",
            example: "true",
        }],
        body: Some(Body {
            schema: schema::<String>,
            media: "text/csv",
            example: "account,entity,open_ar\nacc_0198b2c4d5e67f8091a2b3c4d5e6f700,US,30000.00\n",
        }),
        replies: &[Reply { status: 200, about: "What differs.", schema: Some(schema::<ReconciliationView>) }],
        example: r#"{"at":"2026-11-24T23:00:00Z","rows":1,"compared":1,"agree":1,"whole":["US"],"breaks":[],"faults":[]}"#,
        ..READ
    },
    Operation {
        id: "credit_reconciliation_list",
        path: "/api/v1/credit/reconciliations",
        grant: Grant::CreditRead,
        summary: "List the extracts that were compared",
        about: "Extracts from the folders of the entities that have one (see the sources) and those that were sent, the latest first, with every difference and its probable cause. Healed is what was gone after events that waited in quarantine for the account, or were not folded yet, had been replayed; what never came stays open, and whoever answers for credit and receivables of the entity is told. A last row with the account `*` says that the extract is whole: accounts with anything open that it lacks are differences, too.",
        params: &PAGE_PARAMS,
        replies: &[Reply {
            status: 200,
            about: "A page.",
            schema: Some(schema::<Page<ReconciliationFiled>>),
        }],
        example: r#"{"items":[{"id":"rec_0198b2c4d5e67f8091a2b3c4d5e6f700","at":"2026-11-24T23:00:00Z","entity":"US","file":"ar-2026-11-24.csv",
"rows":1,"compared":1,"agree":1,"open":0,"healed":0,"whole":true,"breaks":[],"faults":[]}],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "reservation_make",
        method: Method::Post,
        path: "/api/v1/credit/reservations",
        grant: Grant::CreditReserve,
        summary: "Reserve credit",
        about: "Decides and, where the decision is for it, holds the amount until it is committed, voided or expires, in one step: no two requests ever get the same money. What is held or rejected answers 409 with the decision, is kept, and reserves nothing. The same `id` with the same fields gives the same reservation; with others, 409 `exists_with_different_<field>`. `timeout_s` 0 has no end and needs a signed contract with the legal entity: 422 `timeout_needs_contract` else.",
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
        about: "Less is free at once. More is decided like a new request for the difference: where it does not go, 409 with the decision, and the reservation holds what it held. Only what is pending is amended: once its order has come it is 409 `order_has_come` (amend the order), later 409 `already_committed`, `already_voided` or `expired`.",
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
