//! Onboarding: from the application to the first order.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{OnboardingPatch, OnboardingReject, OnboardingStart, StepJudged, StepReason};
use crate::view::{BulkView, ChangeView, LifecycleView, OnboardingKpi, OnboardingView, Page};

const CASE: &str = r#"{"id":"onb_0198b2c4d5e67f8091a2b3c4d5e6f70d","account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708",
"account_number":"C-000123","account_name":"Acme Corporation","stage":"onboarding","entity":"US","customer_type":"enterprise",
"state":"open","submitted_at":"2026-11-22T10:00:00Z","paused":false,"net_minutes":12,"gross_minutes":12,"budget_minutes":240,
"steps":[{"step":"intake","title":"Intake and completeness","state":"passed"}]}"#;

const WAITING: &str = r#"{"id":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","operation":"onboarding_waive","title":"Waive a step of Acme Corporation",
"lane":"yellow","state":"waiting","steps":[{"role":"ar_manager","state":"waiting"}],"submitted_at":"2026-11-22T10:00:00Z"}"#;

const SHOWN: &[Reply] = &[Reply { status: 200, about: "The case.", schema: Some(schema::<OnboardingView>) }];
const HELD: &[Reply] = &[
    Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
    Reply { status: 200, about: "The case, where nobody is asked.", schema: Some(schema::<OnboardingView>) },
];

const REASON: Body = Body {
    schema: schema::<StepReason>,
    media: "application/json",
    example: r#"{"reason":"The register is closed this week; the extract is in the file."}"#,
};

const JUDGED: Body = Body {
    schema: schema::<StepJudged>,
    media: "application/json",
    example: r#"{"reason":"The extract of 2026-11-20 has the same name and number.","documents":[]}"#,
};

/// Where these operations start: an act on a case.
const ACT: Operation = Operation {
    method: Method::Post,
    grant: Grant::AccountsWrite,
    key: true,
    replies: SHOWN,
    example: CASE,
    ..READ
};

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "onboarding_start",
        path: "/api/v1/onboarding",
        summary: "Submit an application",
        about: "Of a prospect on record, or of a new company with the fields of `POST /api/v1/accounts`: it becomes an account in stage \
                `onboarding` and a case of twelve steps. What Kith can do by itself is done at once. A rejected account applies again by \
                approval.",
        body: Some(Body {
            schema: schema::<OnboardingStart>,
            media: "application/json",
            example: r#"{"account":{"name":"Acme Corporation","legal_name":"Acme Corporation Inc.","email":"ap@acme.example",
"owning_entity":"US","customer_type":"enterprise"},"owners":[{"name":"Ann Example","percent":80,"controls":true}],"prepay":false}"#,
        }),
        replies: &[
            Reply { status: 201, about: "The case.", schema: Some(schema::<OnboardingView>) },
            Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
        ],
        ..ACT
    },
    Operation {
        id: "onboarding_list",
        path: "/api/v1/onboarding",
        summary: "List cases of onboarding",
        about: "The latest first.",
        params: &[
            Param {
                name: "state",
                about: "`open`, `completed`, `rejected` or `withdrawn`.",
                example: "open",
            },
            Param {
                name: "account",
                about: "Of one account: `acc_…` or account number.",
                example: "C-000123",
            },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "The cases.", schema: Some(schema::<Page<OnboardingView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "onboarding_kpi",
        path: "/api/v1/onboarding/kpi",
        summary: "Read how long onboarding takes",
        about: "Of the customers taken on in the last 30 days: hours from the application, without waiting for the customer (net) and \
                with it (gross); target below 4 hours on the average; minutes of each step.",
        replies: &[Reply { status: 200, about: "The figures.", schema: Some(schema::<OnboardingKpi>) }],
        example: r#"{"days":30,"cases":12,"target_hours":4.0,"mean_net_hours":3.1,"p50_net_hours":2.4,"p90_net_hours":6.0,
"mean_gross_hours":20.5,"mean_business_hours":2.2,"share_under_target":0.83,"meets_target":true,"steps":[]}"#,
        ..READ
    },
    Operation {
        id: "onboarding_bulk",
        path: "/api/v1/onboarding/bulk",
        method: Method::Post,
        grant: Grant::ImportsWrite,
        summary: "Submit many applications from a file",
        about: "CSV with a header, one application a row: columns as in imports of accounts, besides `prepay`, `price_list`, `edi_id`, and \
                `portal_user_name`, `portal_user_email`, `portal_user_role` of who gets the portal (more people with `_2` to `_9`). Without `execute` it is a \
                dry run that writes nothing. A row is known by its content: the same file again starts nothing twice.",
        params: &[Param { name: "execute", about: "`true` writes; a dry run else.", example: "false" }],
        body: Some(Body {
            schema: schema::<String>,
            media: "text/csv",
            example: "name,email,entity,customer type\nAcme Corporation,ap@acme.example,US,enterprise\n",
        }),
        replies: &[Reply { status: 200, about: "Row by row.", schema: Some(schema::<BulkView>) }],
        example: r#"{"executed":false,"ready":1,"refused":0,"unknown_columns":[],"rows":[{"row":2,"line":2,"name":"Acme Corporation","outcome":"ready",
"case":null,"account":null,"errors":[]}]}"#,
        ..READ
    },
    Operation {
        id: "onboarding_get",
        path: "/api/v1/onboarding/{id}",
        summary: "Read a case",
        about: "Each step with what it needs, what was found, by whom and on what evidence; the clock with its pauses.",
        replies: SHOWN,
        example: CASE,
        ..READ
    },
    Operation {
        id: "onboarding_amend",
        path: "/api/v1/onboarding/{id}",
        method: Method::Patch,
        key: false,
        summary: "Change an application",
        about: "Its owners and how it pays; refused once the step that looked at it is settled.",
        body: Some(Body {
            schema: schema::<OnboardingPatch>,
            media: "application/merge-patch+json",
            example: r#"{"prepay":true}"#,
        }),
        ..ACT
    },
    Operation {
        id: "onboarding_step_run",
        path: "/api/v1/onboarding/{id}/steps/{step}/run",
        summary: "Run a step",
        about: "Looks again at what Kith can find out by itself, also after a failure; a provider that is down leaves it \
                `pending_external`, and it is tried again. The step `approvals` submits the change that AR Manager and Controller approve.",
        ..ACT
    },
    Operation {
        id: "onboarding_step_complete",
        path: "/api/v1/onboarding/{id}/steps/{step}/complete",
        grant: Grant::VerificationsWrite,
        summary: "Complete a step by hand",
        about: "People only. Refused while steps that it needs are open.",
        body: Some(JUDGED),
        ..ACT
    },
    Operation {
        id: "onboarding_step_fail",
        path: "/api/v1/onboarding/{id}/steps/{step}/fail",
        grant: Grant::VerificationsWrite,
        summary: "Fail a step by hand",
        about: "People only. It can be run again, waived, or the case is turned down.",
        body: Some(JUDGED),
        ..ACT
    },
    Operation {
        id: "onboarding_step_waive",
        path: "/api/v1/onboarding/{id}/steps/{step}/waive",
        summary: "Go without a step",
        about: "Owners and screening in the red lane by compliance and Controller, others by the AR Manager; never intake or approvals.",
        body: Some(REASON),
        replies: HELD,
        example: WAITING,
        ..ACT
    },
    Operation {
        id: "onboarding_step_await_customer",
        path: "/api/v1/onboarding/{id}/steps/{step}/await_customer",
        summary: "Wait for the customer",
        about: "The clock stands still until the step goes on (for a contract: while nothing else is with us); reminders after 4, 24 and 72 hours.",
        body: Some(REASON),
        ..ACT
    },
    Operation {
        id: "onboarding_withdraw",
        path: "/api/v1/onboarding/{id}/withdraw",
        summary: "Withdraw an application",
        about: "The customer does not want any more; approved by the AR Manager.",
        body: Some(REASON),
        replies: HELD,
        example: WAITING,
        ..ACT
    },
    Operation {
        id: "onboarding_reject",
        path: "/api/v1/onboarding/{id}/reject",
        summary: "Turn an application down",
        about: "Approved by the AR Manager; a sanctions match by two compliance officers, in the red lane.",
        body: Some(Body {
            schema: schema::<OnboardingReject>,
            media: "application/json",
            example: r#"{"code":"kyb_failed","reason":"The register does not know the company."}"#,
        }),
        replies: HELD,
        example: WAITING,
        ..ACT
    },
    Operation {
        id: "account_lifecycle",
        path: "/api/v1/accounts/{id}/lifecycle",
        summary: "Read an account's place in its life",
        about: "Stage, status with each legal entity, holds and watch; and of every move that begins there whether it would be allowed, in \
                which lane, what stands in its way, and what would change that.",
        replies: &[Reply { status: 200, about: "Its place.", schema: Some(schema::<LifecycleView>) }],
        example: r#"{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","stage":"probation","status":"probation","statuses":[],"holds":[],
"watch":null,"onboarding":null,"moves":[{"name":"activate","to":"active","trigger":"automatic","allowed":false,"lane":"green","steps":[],
"obstacles":[{"code":"too_few_invoices","text":"1 invoices are paid of 3.","clears":"2 more invoices are paid."}]}]}"#,
        ..READ
    },
];
