//! How customers are taxed, and what expires.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, Param, READ, Reply, schema};
use crate::request::{ReasonGiven, TaxAsk};
use crate::view::{AccountView, ExpiryView, Page, TaxedView};

const ACCOUNT: &[Reply] =
    &[Reply { status: 200, about: "The account.", schema: Some(schema::<AccountView>) }];

const ACCOUNT_EXAMPLE: &str = r#"{"id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","account_number":"C-000123","version":4,
"name":"Acme Corporation","tax_profiles":[{"id":"txp_0198b2c4d5e67f8091a2b3c4d5e6f70b","country":"US","region":"CA",
"tax_category":"E","certificate_no":"ST-105","status":"valid"}]}"#;

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "tax_resolve",
        method: Method::Post,
        path: "/api/v1/tax/resolve",
        summary: "Say how a sale is taxed",
        about: "By the destination: the most specific region first, the row of the entity first. Only a verified profile \
                in force decides; else the category is `S` with the reason as a warning, such as `exemption_expired`.",
        body: Some(Body {
            schema: schema::<TaxAsk>,
            media: "application/json",
            example: r#"{"account":"C-000123","entity":"US","ship_to":{"country":"US","region":"CA"},"date":"2026-11-22"}"#,
        }),
        replies: &[Reply { status: 200, about: "How it is taxed.", schema: Some(schema::<TaxedView>) }],
        example: r#"{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","entity":"US","country":"US","region":"CA","date":"2026-11-22",
"tax_category":"E","exempt":true,"profile":null,"warnings":[]}"#,
        ..READ
    },
    Operation {
        id: "tax_profile_verify",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/tax-profiles/{row}/verify",
        grant: Grant::VerificationsWrite,
        summary: "Verify a tax profile",
        about: "The certificate was checked with its issuer; again for a later check. Not by whoever brought it. People only.",
        replies: ACCOUNT,
        example: ACCOUNT_EXAMPLE,
        ..READ
    },
    Operation {
        id: "tax_profile_revoke",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/tax-profiles/{row}/revoke",
        grant: Grant::VerificationsWrite,
        summary: "Revoke a tax profile",
        about: "It decides nothing from now on. People only.",
        body: Some(Body {
            schema: schema::<ReasonGiven>,
            media: "application/json",
            example: r#"{"reason":"The issuer does not know the number."}"#,
        }),
        replies: ACCOUNT,
        example: ACCOUNT_EXAMPLE,
        ..READ
    },
    Operation {
        id: "expiry_list",
        path: "/api/v1/expiries",
        summary: "List what expires",
        about: "Tax certificates, VAT validations and documents that end within so many days of the open business day or \
                have ended, those that end first at the top, 1,000 at most. `reminder` says which reminder is due.",
        params: &[
            Param { name: "within_days", about: "0 to 730; 90 when absent.", example: "60" },
            Param {
                name: "kind",
                about: "Only `tax_certificate`, `vat_validation` or `document`.",
                example: "document",
            },
            Param { name: "account", about: "Only one account.", example: "C-000123" },
        ],
        replies: &[Reply { status: 200, about: "What expires.", schema: Some(schema::<Page<ExpiryView>>) }],
        example: r#"{"items":[{"kind":"tax_certificate","id":"txp_0198b2c4d5e67f8091a2b3c4d5e6f70b","account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708",
"account_name":"Acme Corporation","title":"Certificate ST-105, US-CA","expires_on":"2026-12-31","days_left":39,"reminder":60}],
"next_cursor":null,"has_more":false}"#,
        ..READ
    },
];
