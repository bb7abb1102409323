//! Screening: lists, names, accounts, hits, owners.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, PAGE_PARAMS, Param, READ, Reply, schema};
use crate::request::{HitDisposition, OwnersSet, ScreenAsk};
use crate::view::{HitView, OwnershipView, Page, ScreenReply, ScreeningListView, ScreeningView};

const LIST: &str = r#"{"name":"ofac","in_force":true,"snapshot":{"id":"5f2b9c0d1e3a4b5c","loaded_at":"2026-11-22T10:00:00Z","entries":7379,
"files":[{"name":"sdn.csv","format":"OFAC CSV (entries)","sha256":"9c1185a5c5e9fc54612808977ee8f548b2258d31","size":1500628}]},"history":[]}"#;
const ENTRY: &str = r#"{"id":"hit_0198b2c4d5e67f8091a2b3c4d5e6f708","state":"open","account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708",
"account_number":"C-000123","account_name":"Aero Caribbean","party":{"role":"account","id":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","name":"Aero Caribbean"},
"entry":{"id":"36","caption":"AEROCARIBBEAN AIRLINES","schema":"Organization","score":0.8451,"match":true,"features":{"name":0.8451},"datasets":["ofac"],
"snapshot":"5f2b9c0d1e3a4b5c","loaded_at":"2026-11-22T10:00:00Z","properties":{"name":["AEROCARIBBEAN AIRLINES"]}},"matched_name":"AEROCARIBBEAN AIRLINES",
"raised_at":"2026-11-22T10:00:00Z","reviewer":null,"opinions":[],"proposed":null,"decided_at":null,"report_due_on":null}"#;
const OWNERSHIP: &str = r#"{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","owners":[{"id":"o1","name":"Ann Owner","kind":"person","country":"DE",
"direct":60.0,"indirect":60.0,"beneficial":true,"controls":true,"blocked":false}],"threshold":25.0,"known":60.0,"control_named":true,"blocked":0.0,"verdict":"clear"}"#;

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "screening_list_list",
        path: "/api/v1/screening/lists",
        summary: "List the lists for screening",
        about: "Each with the snapshot in force and its history.",
        replies: &[Reply {
            status: 200,
            about: "The lists.",
            schema: Some(schema::<Page<ScreeningListView>>),
        }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "screening_list_load",
        method: Method::Post,
        path: "/api/v1/screening/lists",
        grant: Grant::ListsWrite,
        summary: "Load a list",
        about: "The body is the file, or a form with one part `file` for each file of the list (OFAC: sdn.csv, alt.csv, add.csv). The format is told by the content, packed with gzip or not. A file that is cut off, empty or no list is refused with its place (`screening.list_unreadable`), one with less than 55 of a hundred entries in force as `screening.list_shrunk`; the list in force stays. Then all accounts are screened again.",
        params: &[
            Param { name: "name", about: "The list's name.", example: "ofac" },
            Param {
                name: "smaller",
                about: "true: the list is meant to be so much smaller than the one in force.",
                example: "false",
            },
        ],
        body: Some(Body {
            schema: schema::<String>,
            media: "application/octet-stream",
            example: "id,name\n1,Aero Example",
        }),
        replies: &[Reply { status: 201, about: "The list.", schema: Some(schema::<ScreeningListView>) }],
        example: LIST,
        ..READ
    },
    Operation {
        id: "screening_list_retire",
        method: Method::Delete,
        path: "/api/v1/screening/lists/{id}",
        grant: Grant::ListsWrite,
        summary: "Take a list out of force",
        about: "Its history stays.",
        replies: &[Reply { status: 200, about: "The list.", schema: Some(schema::<ScreeningListView>) }],
        example: LIST,
        ..READ
    },
    Operation {
        id: "screening_names",
        method: Method::Post,
        path: "/api/v1/screen",
        summary: "Screen names",
        about: "Queries in the shape of the common `match` API, or plain names. Nothing is stored. Refused with 409 while no list is in force: nobody is cleared by lists that are not there. Results from a score of 0.50 on, the best first; `match` says whether the score reaches the threshold.",
        params: &[
            Param { name: "threshold", about: "0.70 when absent.", example: "0.7" },
            Param { name: "limit", about: "Results of each query, 1 to 100, 5 when absent.", example: "5" },
        ],
        body: Some(Body {
            schema: schema::<ScreenAsk>,
            media: "application/json",
            example: r#"{"queries":{"q1":{"schema":"Company","properties":{"name":["Aero Caribbean Airlines"],"country":["cu"]}}}}"#,
        }),
        replies: &[Reply { status: 200, about: "What was found.", schema: Some(schema::<ScreenReply>) }],
        example: r#"{"responses":{"q1":{"status":200,"results":[],"total":0}},"threshold":0.7,"limit":5}"#,
        ..READ
    },
    Operation {
        id: "screening_hit_list",
        path: "/api/v1/screening/hits",
        summary: "List hits of accounts",
        about: "The highest score first.",
        params: &[
            Param {
                name: "state",
                about: "One state, or `pending` (open, in review, inconclusive, escalated) when absent.",
                example: "open",
            },
            Param { name: "account", about: "Only of this account.", example: "C-000123" },
            PAGE_PARAMS[0],
            PAGE_PARAMS[1],
        ],
        replies: &[Reply { status: 200, about: "A page.", schema: Some(schema::<Page<HitView>>) }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "screening_hit_get",
        path: "/api/v1/screening/hits/{id}",
        summary: "Read a hit",
        about: "The party beside the entry, with what made the score and what reviewers said.",
        replies: &[Reply { status: 200, about: "The hit.", schema: Some(schema::<HitView>) }],
        example: ENTRY,
        ..READ
    },
    Operation {
        id: "screening_hit_review",
        method: Method::Post,
        path: "/api/v1/screening/hits/{id}/review",
        grant: Grant::VerificationsWrite,
        summary: "Take up a hit",
        about: "Whoever had the party screened does not review it. While something is proposed, the second reviewer takes it up.",
        replies: &[Reply { status: 200, about: "The hit.", schema: Some(schema::<HitView>) }],
        example: ENTRY,
        ..READ
    },
    Operation {
        id: "screening_hit_dispose",
        method: Method::Post,
        path: "/api/v1/screening/hits/{id}/disposition",
        grant: Grant::VerificationsWrite,
        summary: "Decide a hit",
        about: "With reason and evidence. What ends a hit, `false_positive` or `true_match`, needs two people: after the first the hit is `in_review` with what is `proposed`, \
                and another person who says the same ends it; another verdict begins anew. Nobody agrees with themselves, nor for somebody whose decisions they make by delegation; \
                whoever had the party screened, programs and agents decide nothing. A false positive is remembered until the party or the entry changes. What is inconclusive can be escalated.",
        body: Some(Body {
            schema: schema::<HitDisposition>,
            media: "application/json",
            example: r#"{"disposition":"false_positive","reason":"Another country and another business.","evidence":"Extract of the company register of 22 November 2026."}"#,
        }),
        replies: &[Reply { status: 200, about: "The hit.", schema: Some(schema::<HitView>) }],
        example: ENTRY,
        ..READ
    },
    Operation {
        id: "screening_account",
        method: Method::Post,
        path: "/api/v1/accounts/{id}/screen",
        grant: Grant::HoldsWrite,
        summary: "Screen an account",
        about: "The company, its contacts and owners against all lists in force. Hits from 0.70 on wait for a person; from 0.95 on a compliance hold is placed at once.",
        replies: &[Reply { status: 200, about: "What it came to.", schema: Some(schema::<ScreeningView>) }],
        example: r#"{"account":"acc_0198b2c4d5e67f8091a2b3c4d5e6f708","outcome":"clear","parties":3,"lists":["ofac 5f2b9c0d1e3a4b5c"],"hits":[],"recorded":0,"ownership":"clear"}"#,
        ..READ
    },
    Operation {
        id: "screening_ownership",
        path: "/api/v1/accounts/{id}/ownership",
        summary: "Read who owns an account",
        about: "Owners on record and accounts that own it, with their shares through all chains, and what the rules of 25 and 50 percent say.",
        replies: &[Reply { status: 200, about: "Who owns it.", schema: Some(schema::<OwnershipView>) }],
        example: OWNERSHIP,
        ..READ
    },
    Operation {
        id: "screening_owners_set",
        method: Method::Put,
        path: "/api/v1/accounts/{id}/owners",
        grant: Grant::HoldsWrite,
        summary: "Set the owners of an account",
        about: "In place of those before. Owners may own one another (`owned`); accounts that own it are relationships. Then the account is screened again.",
        body: Some(Body {
            schema: schema::<OwnersSet>,
            media: "application/json",
            example: r#"{"owners":[{"id":"o1","name":"Ann Owner","kind":"person","country":"DE","birth_date":"1970-05-01","percent":60,"controls":true}]}"#,
        }),
        replies: &[Reply { status: 200, about: "Who owns it.", schema: Some(schema::<OwnershipView>) }],
        example: OWNERSHIP,
        ..READ
    },
];
