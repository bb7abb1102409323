//! Ownership and care: portfolios, handing over, reviews that are due, the quality of data.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::Transfer;
use crate::view::{AccountPage, PortfolioTransferView, PortfolioView, QualityView, TransferView};

const TRANSFER: Body = Body {
    schema: schema::<Transfer>,
    media: "application/json",
    example: r#"{"to":"usr_0198b2c4d5e67f8091a2b3c4d5e6f701","reason":"New territory"}"#,
};

/// The operations of care.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "account_data_quality",
        path: "/api/v1/accounts/{id}/data-quality",
        summary: "Read the quality of an account's data",
        about: "Completeness times validity times freshness, and what is missing. The field `data_quality` filters and sorts by it.",
        replies: &[Reply {
            status: 200,
            about: "The score and its parts.",
            schema: Some(schema::<QualityView>),
        }],
        example: r#"{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","score":0.72,"target":0.95,"completeness":0.79,"validity":1.0,"freshness":0.91,
"missing_required":["payment_terms"],"missing_recommended":["employees"],"invalid":[],"confirmed_on":"2026-04-02"}"#,
        ..READ
    },
    Operation {
        id: "review_list",
        path: "/api/v1/reviews",
        summary: "List the reviews that are due",
        about: "Accounts whose review is overdue or falls due, the longest overdue first.",
        params: &[
            Param {
                name: "due",
                about: "`overdue`, which it is when absent, or within how many days.",
                example: "30",
            },
            Param {
                name: "manager",
                about: "Only accounts of this account manager; `me` for one's own.",
                example: "me",
            },
            Param { name: "team", about: "Only accounts of this team, by its code.", example: "NORTH" },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "A page of accounts.", schema: Some(schema::<AccountPage>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false,"count":0}"#,
        ..READ
    },
    Operation {
        id: "user_portfolio",
        path: "/api/v1/users/{id}/portfolio",
        summary: "Read what an account manager looks after",
        about: "Their accounts that the caller may see, with what is due and what it is worth.",
        params: &PAGE_PARAMS,
        replies: &[Reply { status: 200, about: "The portfolio.", schema: Some(schema::<PortfolioView>) }],
        example: r#"{"user":"usr_0198b2c4d5e67f8091a2b3c4d5e6f701","team":null,"name":"Jo Roe","accounts":12,"revenue":{"amount":"120000.00","currency":"USD"},"reviews_overdue":2,"reviews_due":3,"open_changes":1,"data_below_target":5,"managers":[],"items":[],"next_cursor":null}"#,
        ..READ
    },
    Operation {
        id: "account_transfer",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/transfer",
        grant: Grant::AccountsWrite,
        summary: "Hand an account over",
        about: "Another user answers for it, and another team where one is named. It waits for its steps like any edit; what goes with it is listed.",
        key: true,
        body: Some(TRANSFER),
        replies: &[
            Reply { status: 202, about: "The change that waits.", schema: Some(schema::<TransferView>) },
            Reply { status: 200, about: "It is done.", schema: Some(schema::<TransferView>) },
        ],
        example: r#"{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","name":"Acme","state":"done","from":null,"to":"usr_0198b2c4d5e67f8091a2b3c4d5e6f701","change":null,"refusal":null,
"carried":{"open_changes":[],"contacts":2,"agreements":1,"notes":4,"versions":9,"next_review_on":"2027-01-31"}}"#,
        ..READ
    },
    Operation {
        id: "user_transfer_portfolio",
        method: Method::Post,
        path: "/api/v1/users/{id}/transfer-portfolio",
        grant: Grant::AccountsWrite,
        summary: "Hand a portfolio over",
        about: "Every account of this account manager that the caller may see, 200 at a time, each as a change of its own.",
        key: true,
        body: Some(TRANSFER),
        replies: &[Reply {
            status: 200,
            about: "What came of each.",
            schema: Some(schema::<PortfolioTransferView>),
        }],
        example: r#"{"items":[],"accepted":0,"refused":0,"remaining":0}"#,
        ..READ
    },
];
