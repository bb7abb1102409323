//! Credit risk: scores, what they are made of, and limits that follow behaviour.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, Param, READ, Reply, schema};
use crate::request::{BooksRecord, BureauRecord, ClassOverrideRequest};
use crate::view::{AccountView, ChangeView, LimitProposalView, RiskView};

const RISK: &str = r#"{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","score":71.4,"class":"B","class_of_score":"B","internal":88.0,"external":54.8,
"credibility":0.5,"drivers":[{"id":"days_beyond_terms","label":"Days beyond terms","contribution":12.5,"most":12.5}],
"inputs":{"days_beyond_terms":1.2,"paid_months":12},"bureau":null,"financials":null,"class_override":null,"scorecard":null,"formula":"risk_score@1",
"as_of":"2026-11-22T10:00:00Z"}"#;

const PROPOSAL: &str = r#"{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","entity":null,"currency":"USD","outcome":"raise",
"current":{"amount":"80000.00","currency":"USD"},"proposed":{"amount":"100000.00","currency":"USD"},
"target":{"amount":"110000.00","currency":"USD"},"raw":{"amount":"112304.25","currency":"USD"},"need":{"amount":"98512.50","currency":"USD"},
"class":"B","inputs":{"days_beyond_terms":8.0},
"contributions":[{"id":"need","label":"Sales for the terms and a buffer","amount":{"amount":"92500.00","currency":"USD"}}],
"guard_rails":[{"code":"raise_too_fast","text":"A limit is raised by 25 % in 30 days at most."}],
"counterfactuals":[{"input":"days_beyond_terms","from":"8.0 days","to":"3 days","limit":{"amount":"115000.00","currency":"USD"}}],
"formula":"dynamic_limit@1","as_of":"2026-11-22T10:00:00Z"}"#;

const CHANGE: &str = r#"{"id":"chg_0198b2c4d5e67f8091a2b3c4d5e6f709","operation":"limit_raise","title":"Raise the limit of Acme Corporation",
"lane":"yellow","state":"waiting","steps":[{"role":"ar_manager","state":"waiting"},{"role":"controller","state":"waiting"}],
"diff":[],"submitted_at":"2026-11-22T10:00:00Z"}"#;

const ENTITY: Param = Param {
    name: "entity",
    about: "The legal entity whose limit it is, in its currency. When absent it is the account's own limit, as the only entity that it trades with sees it, or the one that owns it; where it trades with several, 422 `limit.entity_ambiguous`.",
    example: "US",
};

const RECORDED: &[Reply] =
    &[Reply { status: 200, about: "The risk as it is now.", schema: Some(schema::<RiskView>) }];

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "account_risk",
        path: "/api/v1/accounts/{id}/risk",
        grant: Grant::CreditRead,
        summary: "Read the credit risk of an account",
        about: "Its own behaviour counts more with every month of paid history, a bureau and its books for the rest. The drivers add up to the score.",
        replies: &[Reply { status: 200, about: "Score and class.", schema: Some(schema::<RiskView>) }],
        example: RISK,
        ..READ
    },
    Operation {
        id: "account_bureau_record",
        method: Method::Put,
        path: "/api/v1/accounts/{id}/bureau",
        grant: Grant::AccountsWrite,
        summary: "Record what a bureau says",
        about: "In place of what was recorded before, unless that is newer. After 180 days it counts half, after 365 nothing.",
        body: Some(Body {
            schema: schema::<BureauRecord>,
            media: "application/json",
            example: r#"{"bureau":"Creditwatch","scale":"paydex","value":72,"reported_on":"2026-10-01","recommended_limit":{"amount":"25000.00","currency":"USD"}}"#,
        }),
        replies: RECORDED,
        example: RISK,
        ..READ
    },
    Operation {
        id: "account_financials_record",
        method: Method::Put,
        path: "/api/v1/accounts/{id}/financials",
        grant: Grant::AccountsWrite,
        summary: "Record a balance sheet",
        about: "In place of the one before, unless that is newer. After 18 months it counts nothing.",
        body: Some(Body {
            schema: schema::<BooksRecord>,
            media: "application/json",
            example: r#"{"statement_on":"2025-12-31","working_capital":{"amount":"300000.00","currency":"USD"},"retained_earnings":{"amount":"200000.00","currency":"USD"},
"ebit":{"amount":"100000.00","currency":"USD"},"equity":{"amount":"400000.00","currency":"USD"},"total_assets":{"amount":"1000000.00","currency":"USD"},
"total_liabilities":{"amount":"600000.00","currency":"USD"}}"#,
        }),
        replies: RECORDED,
        example: RISK,
        ..READ
    },
    Operation {
        id: "account_class_override",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/class-override",
        grant: Grant::AccountsWrite,
        summary: "Move the class of risk by a notch",
        about: "For 180 days, through approval. 0 ends it.",
        key: true,
        body: Some(Body {
            schema: schema::<ClassOverrideRequest>,
            media: "application/json",
            example: r#"{"notches":-1,"reason":"The parent vouches for it."}"#,
        }),
        replies: &[
            Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
            Reply {
                status: 200,
                about: "The account, where it is so already.",
                schema: Some(schema::<AccountView>),
            },
        ],
        example: CHANGE,
        ..READ
    },
    Operation {
        id: "account_limit_proposal",
        path: "/api/v1/accounts/{id}/limit-proposal",
        grant: Grant::CreditRead,
        summary: "Read the limit that behaviour is worth",
        about: "With its inputs, every step, what held it back, and what would give more. Nothing is changed.",
        params: &[ENTITY],
        replies: &[Reply { status: 200, about: "The proposal.", schema: Some(schema::<LimitProposalView>) }],
        example: PROPOSAL,
        ..READ
    },
    Operation {
        id: "account_limit_propose",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/limit-proposal",
        grant: Grant::AccountsWrite,
        summary: "Put that limit before its approvers",
        about: "The change holds inputs, steps and what would give more. With the policy's pack `dynamic_limits` less applies at once, and limits follow behaviour by themselves.",
        key: true,
        params: &[ENTITY],
        replies: &[
            Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
            Reply {
                status: 200,
                about: "The account, where policy needs no approval.",
                schema: Some(schema::<AccountView>),
            },
        ],
        example: CHANGE,
        ..READ
    },
];
