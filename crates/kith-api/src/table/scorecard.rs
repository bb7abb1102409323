//! Scorecards: trained, kept as versions, put in force through approval.

use kith_domain::access::Grant;

use crate::operation::{Body, Method, Operation, Param, READ, Reply, schema};
use crate::request::{ScorecardActivate, ScorecardLearn};
use crate::view::{ChangeView, Page, ScorecardScores, ScorecardView};

const CARD: &str = r#"{"version":1,"in_force":false,"origin":{"kind":"file","name":"loans.csv","observed_on":null,"outcome_days":null},
"data_sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","target":"outcome","bad":"bad",
"validated":{"rows":1000,"bad":300,"auc":0.79,"gini":0.58,"ks":0.45,"brier":0.16},"trained":{"rows":1000,"bad":300,"auc":0.82,"gini":0.64,"ks":0.49,"brier":0.15},
"few_bad":false,"intercept":-0.85,"variables":[{"column":"days_beyond_terms","kind":"numbers","coefficient":-0.8,"iv":0.31,
"bins":[{"label":"up to 3","good":500,"bad":80,"woe":0.98,"points":72.4}]}],"left_out":[],"unknown_columns":[],"trained_by":"Ada Analyst","trained_at":"2026-11-22T10:00:00Z"}"#;

const MISSING: Param = Param {
    name: "missing",
    about: "`bin` where what is missing is a bin of its own; a fault when absent.",
    example: "bin",
};

const TRAINED: &[Reply] =
    &[Reply { status: 201, about: "The version.", schema: Some(schema::<ScorecardView>) }];

/// The operations of this noun.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "scorecard_list",
        path: "/api/v1/scorecards",
        grant: Grant::CreditRead,
        summary: "List the versions of the scorecard",
        about: "The last first, without their bins. The one in force scores the behaviour of accounts; without one the expert card does.",
        replies: &[Reply {
            status: 200,
            about: "All versions.",
            schema: Some(schema::<Page<ScorecardView>>),
        }],
        example: r#"{"items":[],"next_cursor":null,"has_more":false}"#,
        ..READ
    },
    Operation {
        id: "scorecard_train",
        method: Method::Post,
        path: "/api/v1/scorecards",
        grant: Grant::ScorecardsTrain,
        summary: "Train a scorecard from a file",
        about: "CSV with a header; one column tells how each row turned out. Numbers are cut into steadily rising or falling bins of at least 5 %, words into bins of their own; weights of evidence go into a logistic model, judged by cross-validation. Kept as the next version with the hash of the file; it scores nothing before it is put in force. Every cell that cannot be learned from is named by line and column.",
        params: &[
            Param { name: "target", about: "The column that tells the outcome.", example: "outcome" },
            Param {
                name: "bad",
                about: "Its value that is bad; known by its word (bad, default, 1, true, yes …) when absent.",
                example: "bad",
            },
            Param { name: "exclude", about: "Columns to leave out, by commas.", example: "id" },
            MISSING,
            Param { name: "name", about: "The name of the file.", example: "loans.csv" },
        ],
        body: Some(Body {
            schema: schema::<String>,
            media: "text/csv",
            example: "days_beyond_terms,outcome\n2,good\n45,bad\n",
        }),
        replies: TRAINED,
        example: CARD,
        ..READ
    },
    Operation {
        id: "scorecard_learn",
        method: Method::Post,
        path: "/api/v1/scorecards/from-history",
        grant: Grant::ScorecardsTrain,
        summary: "Train a scorecard from the history of the accounts",
        about: "Each account as it looked so many days ago; bad is who since then had at least 500, or 5 % of its highest exposure, 60 days past due. Who came to 30 to 59 days is left out, as is who was bad already. Touchpoints are kept in memory for 400 days: with more than about 200 days there is little left to look at.",
        body: Some(Body {
            schema: schema::<ScorecardLearn>,
            media: "application/json",
            example: r#"{"outcome_days":180}"#,
        }),
        replies: TRAINED,
        example: CARD,
        ..READ
    },
    Operation {
        id: "scorecard_get",
        path: "/api/v1/scorecards/{id}",
        grant: Grant::CreditRead,
        summary: "Read a version of the scorecard",
        about: "With bins, weights of evidence, coefficients, measures, the hash of its rows, and who trained it when.",
        replies: &[Reply { status: 200, about: "The version.", schema: Some(schema::<ScorecardView>) }],
        example: CARD,
        ..READ
    },
    Operation {
        id: "scorecard_activate",
        method: Method::Post,
        path: "/api/v1/scorecards/{id}/activate",
        grant: Grant::OrganisationManage,
        summary: "Put a version of the scorecard in force",
        about: "`expert` in place of a version goes back to the expert card. It is part of the policy and becomes a red change. A card with columns that accounts do not have is refused: 422 with `columns_unknown`.",
        key: true,
        body: Some(Body {
            schema: schema::<ScorecardActivate>,
            media: "application/json",
            example: r#"{"reason":"Validated on last year's accounts."}"#,
        }),
        replies: &[
            Reply { status: 202, about: "The change that waits.", schema: Some(schema::<ChangeView>) },
            Reply { status: 200, about: "It is so already.", schema: Some(schema::<Page<ScorecardView>>) },
        ],
        example: super::policy::WAITING,
        ..READ
    },
    Operation {
        id: "scorecard_score",
        method: Method::Post,
        path: "/api/v1/scorecards/{id}/score",
        grant: Grant::CreditRead,
        summary: "Score the rows of a file by a version",
        about: "CSV with the columns that the card looks at; others are passed over. At most 10,000 rows. A column that is not there, or a word where a number is wanted, is named by line and column; a word that was never seen counts as average and is told.",
        body: Some(Body {
            schema: schema::<String>,
            media: "text/csv",
            example: "days_beyond_terms\n2\n45\n",
        }),
        replies: &[Reply { status: 200, about: "Row by row.", schema: Some(schema::<ScorecardScores>) }],
        example: r#"{"version":1,"rows":[{"line":2,"points":612.4,"probability":0.013,"class":"A","reasons":[],"not_understood":[]}]}"#,
        ..READ
    },
];
